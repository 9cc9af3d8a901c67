"use strict";

// The keys go to the screen as soon as it is there, without a click on it first.
window.addEventListener("load", () => {
  const focus = () => {
    const keys = document.querySelector(".xterm-helper-textarea");
    if (keys) keys.focus();
  };
  new MutationObserver(focus).observe(document.body, { attributeFilter: ["class"] });
  window.addEventListener("focus", focus);
  focus();
});
