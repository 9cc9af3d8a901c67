"""Text that is typed before the field is there for which it is meant waits for it.

A key that opens a field takes a while to do so. Textual would hand the keys behind it to the panel that has the focus
until then, where they would be lost, or do something else. In a field, too, a letter would overtake a key that is an
action (to delete, to go to the end), which takes a longer way.
"""

from collections.abc import Callable, Mapping
from typing import Final

from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

ASKING: Final = frozenset({"go_to", "filter", "export"})
"""The actions that open a field for text."""

LONGEST: Final = 2.0
"""Seconds after which what was typed goes where it would have gone; by then the field has failed to come."""


class TypedAhead(App[int]):
    """A program in which the keys behind one that opens a field go to that field, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self._held: list[events.Event] = []
        self._awaited: str | None = None
        self._patience: Timer | None = None

    def hear_keys(self, heard: Callable[[], object]) -> None:
        """Have something called for each key that is pressed, in the thread that reads it, before it is handed over.

        Its message has to wait until whatever runs in the main thread is done.
        """
        driver = self._driver
        if driver is None:
            return
        send = driver.send_message

        def noted(message: Message) -> None:
            if isinstance(message, events.Key):
                heard()
            send(message)

        setattr(driver, "send_message", noted)  # noqa: B010 (whichever driver the terminal has)

    async def on_event(self, event: events.Event) -> None:
        """Hold a key, or a paste, while an action is awaited; let any other event take its course."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            if self._awaited is not None:
                self._held.append(event)
                return
            self._awaited = self._action_of(event) if isinstance(event, events.Key) else None
            if self._awaited is not None:
                self._patience = self.set_timer(LONGEST, self._let_go)
        await super().on_event(event)

    def _action_of(self, event: events.Key) -> str | None:
        """Return the action for which what is typed next has to wait; None for a key that is none, or a letter."""
        in_field = isinstance(self.focused, Input)
        if in_field and event.is_printable:
            return None
        found = self.active_bindings.get(event.key)
        action = found.binding.action if found is not None and found.enabled else None
        return action if in_field or action in ASKING else None

    async def run_action(
        self,
        action: str | tuple[str, str, tuple[object, ...]],
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run an action; after the one that was awaited, let what was typed meanwhile go where the focus is then."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        finally:
            if self._awaited is not None and action == self._awaited:
                self.call_later(self._let_go)  # behind the taking of the focus, which is put off in the same way

    async def _let_go(self) -> None:
        if self._patience is not None:
            self._patience.stop()
        held, self._held, self._awaited = self._held, [], None
        for place, event in enumerate(held):
            await TypedAhead.on_event(self, event)
            if self._awaited is not None:
                self._held = [*held[place + 1 :], *self._held]
                return
