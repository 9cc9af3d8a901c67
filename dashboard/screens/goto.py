"""Where to? A time, a length of time, a share of the bar, or an area."""

from collections.abc import Callable

from textual.widgets import Input

from dashboard.screens.asking import AskScreen

PLACES = "02:14   +15m   -5m   40%   or the name of an area"


class GoToScreen(AskScreen):
    """Asks where to go; `go` goes there, and returns what is wrong, None for nothing."""

    def __init__(self, go: Callable[[str], str | None]) -> None:
        super().__init__("Go to", "↵ goes there · esc stays", Input(placeholder=PLACES, id="where", max_length=80))
        self._go = go

    def answer(self, text: str) -> str | None:
        """Go there, or say what is wrong."""
        return self._go(text)
