"""The first picture: nothing is laid out or painted until there is something on it, or too long has passed."""

from contextlib import ExitStack
from typing import Any, Final

from textual.app import App

HELD: Final = 0.3
"""Seconds after which a picture is painted however little of the night is counted: a big directory shows progress."""


class Opening:
    """Holds back the painting of a program from `begin` until `end`, or until `HELD` seconds have passed.

    `is_awaited` says that something is still to come before the first picture is worth painting.
    """

    def __init__(self, app: App[Any], is_awaited: bool) -> None:
        self.is_awaited = is_awaited
        self._app = app
        self._held = ExitStack()
        self._is_over = False

    def begin(self) -> None:
        """Hold back the painting from now on."""
        self._held.enter_context(self._app.batch_update())
        self._app.set_timer(HELD, self.end)

    def waits(self, backlog: int) -> bool:
        """Return whether the first picture still waits, with so many events left to count."""
        return not self._is_over and (self.is_awaited or backlog > 0)

    def end(self) -> None:
        """Let everything be painted from now on."""
        if self._is_over:
            return
        self._is_over = True
        self._held.close()
        self._app.screen.refresh()
