"""The sizes of terminals, and what is shown while one is smaller than anything can be shown in."""

from typing import Final

from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from dashboard.panels.boundary import steady
from dashboard.view.status import THIRD_LINE

LEAST: Final = Size(60, 20)
"""The smallest terminal: columns and lines."""


WIDTHS: Final = [(0, "-narrow"), (100, "-medium"), (THIRD_LINE, "-wide"), (280, "-huge")]
HEIGHTS: Final = [(0, "-short"), (32, "-tall"), (38, "-high")]
"""From how many columns and lines on a screen has which class; the style sheet does the rest."""


def classes_for(size: Size) -> str:
    """Return the classes of a screen of that size: given to it when it is made, it is not styled for another first."""
    across = [name for least, name in WIDTHS if size.width >= least]
    down = [name for least, name in HEIGHTS if size.height >= least]
    return f"{across[-1]} {down[-1]}"


def fits(size: Size) -> bool:
    """Return whether a terminal is large enough."""
    return size.width >= LEAST.width and size.height >= LEAST.height


def size_words(size: Size) -> str:
    """Return what size is needed, and what there is, in as many words as there is room for."""
    needed, there = f"{LEAST.width} × {LEAST.height}", f"{size.width} × {size.height}"
    whole = (
        f"Election night needs a terminal of {needed}.",
        f"This one is {there}.",
        "Make it larger, or the letters smaller.",
    )
    if size.width >= max(map(len, whole)) and size.height >= len(whole):
        return "\n".join(whole)
    return f"needs\n{needed}" if size.height > 1 else needed.replace(" ", "")


@steady
class TooSmall(Screen[None]):
    """Says what size it needs; the count goes on behind it."""

    def compose(self) -> ComposeResult:
        """Yield the message."""
        yield Static(size_words(self.app.size), id="too-small", markup=False)

    def say(self, size: Size) -> None:
        """Say it for another size."""
        self.query_one("#too-small", Static).update(size_words(size))
