"""What an error costs: the panel, the page or the key in which it happened, not the night.

Only what goes wrong in the count itself, in the following of the feed or in the painting of the whole screen ends the
program: then what stands on it could not be believed any more.
"""

from traceback import extract_tb
from typing import Any, Final

from rich.text import Text
from textual.screen import Screen
from textual.timer import Timer, TimerCallback
from textual.worker import WorkerFailed

from dashboard.crash import crash_text
from dashboard.panels.boundary import fault_words, steady
from dashboard.screens.ahead import TypedAhead
from dashboard.screens.following import Follows, Told
from dashboard.screens.overview import OverviewScreen

TOLD: Final = 12.0
"""Seconds for which a trouble is shown where it has no place of its own."""

PAINTING: Final = frozenset({"_on_timer_update", "_display"})
"""Where a screen is painted; nothing could be said on one that cannot be."""

MOST_TOLD: Final = 5
"""So many errors are told in full when the program ends."""


@steady
class SteadyApp(TypedAhead):
    """A program that goes on after an error in one of its parts, and says so."""

    contains = True
    """Whether it does; tests of anything else want to see every error."""

    def __init__(self) -> None:
        super().__init__()
        self.counting = False
        """Whether the night is being counted; an error then is one of the count."""
        self._faults: set[str] = set()
        self.health_said: list[str] = []

    def set_timer(
        self,
        delay: float,
        callback: TimerCallback | None = None,
        *,
        name: str | None = None,
        pause: bool = False,
    ) -> Timer:
        """Call something after so many seconds, however late.

        Textual never calls it where the time had passed before the timer was first looked at: on a busy machine that
        happens to one of a thousandth of a second, and a count that goes on by it stood still.
        """
        timer = super().set_timer(delay, callback, name=name, pause=pause)
        timer._skip = False  # it is looked at in another turn of the loop
        return timer

    def told(self) -> Told:
        """Return what is to be said of the feed on every screen."""
        return Told()

    def tell_health(self, words: list[str]) -> None:
        """Say what is wrong with the feed over a screen that has no banners; the others say it themselves."""
        if not isinstance(self.screen, OverviewScreen | Follows):
            for each in words:
                if each and each not in self.health_said:
                    self.notify(each, severity="error", timeout=TOLD, markup=False)
        self.health_said = words

    def _handle_exception(self, error: Exception) -> None:
        if not self.contains or self._is_fatal(error):
            super()._handle_exception(error)
            return
        words = fault_words(error, "a fault of the program")
        if words in self._faults:
            return
        self._faults.add(words)
        if len(self._faults) <= MOST_TOLD:
            self._exit_renderables.append(Text(crash_text(error)))
        self.notify(words, severity="error", timeout=TOLD, markup=False)
        front = self.screen
        if isinstance(front, Follows) and not front.children:
            self.call_later(self._leave, front)

    def _is_fatal(self, error: Exception) -> bool:
        if self.counting or isinstance(error, WorkerFailed) or not self.is_running or not self.screen_stack:
            return True
        return any(frame.name in PAINTING for frame in extract_tb(error.__traceback__))

    def _leave(self, front: Screen[Any]) -> None:
        """Go back from a page that could not even be laid out."""
        if front.is_current:
            self.pop_screen()

    def _fatal_error(self) -> None:
        """End after an error that nothing caught, and tell it without the values of variables: they are feed text."""
        error = self._exception
        if error is not None:
            self._exit_renderables.append(Text(crash_text(error)))
        self._close_messages_no_wait()
