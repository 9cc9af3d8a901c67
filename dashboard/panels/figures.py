"""Figures that can be read from across the room: three lines high in strokes, five lines high in blocks."""

from typing import Final

from textual.renderables.digits import DIGITS, DIGITS3X3_BOLD

BIG: Final = 3
HUGE: Final = 5
"""Lines of a figure."""

_PIXELS: Final[dict[str, tuple[str, ...]]] = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    "–": ("   ", "   ", "###", "   ", "   "),
}
_COMMA: Final = ("  ", "  ", "  ", "  ", "▟▘")


def figure(text: str, lines: int) -> list[str]:
    """Return a number as it is written (`1,021`) in so many lines, all of the same width: 1, `BIG` or `HUGE`."""
    if lines == HUGE:
        return _huge(text)
    return _big(text) if lines == BIG else [text]


def _big(text: str) -> list[str]:
    rows = ["", "", ""]
    for char in text:
        at = DIGITS.find(char)
        for row in range(BIG):
            if at < 0:
                rows[row] += char if row == BIG - 1 else " "
            else:
                rows[row] += DIGITS3X3_BOLD[at * BIG + row].ljust(BIG)
    return rows


def _huge(text: str) -> list[str]:
    rows = []
    for row in range(HUGE):
        parts = [_COMMA[row] if c == "," else _PIXELS[c][row].replace("#", "██").replace(" ", "  ") for c in text]
        rows.append(" ".join(parts))
    return rows
