"""Lines of the panels, made of the pieces of `dashboard.view.lines`: a text and the name of its style.

Beside the names there, the panels use `faint` (hardly there), `accent`, `bad`, `key`, and `chip:error` for a label
on the theme's colour of that name. The empty name is ordinary text.
"""

from collections.abc import Iterable
from typing import Final

from dashboard.view.lines import Cell, Piece, cells, cut
from feeds.parties import party

PARTY: Final = "party:"

TILE: Final = "tile:"
"""A style: the ground's colour on the colour of a party."""

Line = tuple[Piece, ...]
"""One line, or one cell of a table."""


def line(*parts: Cell) -> Line:
    """Return a line of pieces; a plain string is ordinary text, empty pieces are left out."""
    pieces = ((part, "") if isinstance(part, str) else part for part in parts)
    return tuple(piece for piece in pieces if piece[0])


def party_style(code: str | None) -> str:
    """Return the style name of a party's code; ordinary text for None."""
    return "" if code is None else PARTY + code


def party_mark(code: str) -> Piece:
    """Return a party's glyph in its own colour: what tells it apart without colour."""
    return (party(code).glyph, party_style(code))


def merged(pieces: Iterable[Piece]) -> Line:
    """Return a line in which neighbours of the same style are one piece."""
    out: list[Piece] = []
    for text, style in pieces:
        if out and out[-1][1] == style:
            out[-1] = (out[-1][0] + text, style)
        elif text:
            out.append((text, style))
    return tuple(out)


def plain(pieces: Iterable[Piece]) -> str:
    """Return the text of a line without its styles."""
    return "".join(text for text, _ in pieces)


def width_of(pieces: Iterable[Piece]) -> int:
    """Return how many cells a line takes."""
    return sum(cells(text) for text, _ in pieces)


def fitted(pieces: Line, width: int, right: bool = False) -> Line:
    """Return a line of exactly `width` cells, cut with `…` or filled with spaces."""
    free = width - width_of(pieces)
    if free >= 0:
        space = (" " * free, "")
        return line(space, *pieces) if right else line(*pieces, space)
    out: list[Piece] = []
    left = width
    for text, style in pieces:
        size = cells(text)
        if size >= left:
            short = cut(text, left) if size > left else cut(f"{text} ", left)
            out.append((short, style))
            left -= cells(short)
            break
        out.append((text, style))
        left -= size
    return line(*out, (" " * left, ""))


def between(left: Line, right: Line, width: int) -> Line:
    """Return a line with one part at each end; where there is no room for both, the left one is cut."""
    room = max(0, width - width_of(right) - 1)
    return fitted((*fitted(left, room), (" ", ""), *right), width)


def first_that_fits(width: int, *choices: Line) -> Line:
    """Return the first of the lines that fits the width, else the last, cut."""
    for choice in choices:
        if width_of(choice) <= width:
            return choice
    return fitted(choices[-1], max(0, width))
