"""Lines of coloured text as a picture in SVG that fetches nothing: for `tally --format svg` and for `x`.

It looks the same whatever fonts the reader has: blocks and boxes are shapes, and every word and every mark is put into
its own cells.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

import msgspec

from dashboard.spans import DARK, Span
from dashboard.svg_shapes import LOOKS, SHAPES, paths
from feeds.text import inert, width

CELL: Final = 9.6
LINE: Final = 20
"""Pixels of a cell: how wide, and how high."""

SIZE: Final = 16
"""Pixels of the letters."""

MARGIN: Final = 16

BASE: Final = 15
"""Pixels from the top of a cell down to the line that letters stand on."""

FONTS: Final = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"

_MARK: Final = "\u2190-\u2bff"
"""Arrows, geometric shapes, symbols: what a reader's font may have in another width."""

_SHAPE: Final = "".join(sorted(SHAPES))
_WORD: Final = rf"[^\s{_MARK}]+"
_WORDS: Final = re.compile(rf"{_WORD}(?: {_WORD})*|[^\s{_SHAPE}]")


def svg(lines: Sequence[Iterable[Span]], title: str, colours: tuple[str, str] = DARK) -> str:
    """Return the lines as an SVG document; `title` is read out by a screen reader, `colours` are ground and text.

    Every text is made inert and escaped, and takes exactly the cells that it takes on a terminal.
    """
    ground, ordinary = colours
    rows = [[msgspec.structs.replace(span, text=inert(span.text)) for span in each] for each in lines]
    columns = max((sum(width(span.text) for span in row) for row in rows), default=0)
    wide, high = columns * CELL + 2 * MARGIN, len(rows) * LINE + 2 * MARGIN
    drawn = [element for number, row in enumerate(rows) for element in _row(row, number)]
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.0f}" height="{high:.0f}" '
            f'viewBox="0 0 {wide:.1f} {high:.1f}" role="img">',
            f"<title>{escape(inert(title), quote=False)}</title>",
            f'<rect width="100%" height="100%" fill="{ground}"/>',
            f'<g fill="{ordinary}" color="{ordinary}" font-family="{FONTS}" font-size="{SIZE}">',
            *drawn,
            "</g>",
            "</svg>",
            "",
        )
    )


def _row(row: Sequence[Span], number: int) -> list[str]:
    out, at, top = [], 0, MARGIN + number * LINE
    for span in row:
        size = width(span.text)
        left = round(MARGIN + at * CELL, 1)
        at += size
        if span.ground is not None and size:
            box = f'x="{left:g}" y="{top}" width="{size * CELL:.1f}" height="{LINE}"'
            out.append(f'<rect {box} fill="{escape(span.ground)}"/>')
        colour = span.colour or "currentColor"
        for kind, path in paths(span.text, left, top, CELL, LINE).items():
            out.append(f'<path {LOOKS[kind].format(escape(colour))} d="{path}"/>')
        out += _words(span, left, top)
    return out


def _words(span: Span, left: float, top: int) -> list[str]:
    """Return what is not drawn as shapes: words that one space parts together, a mark by itself."""
    look = f' fill="{escape(span.colour)}"' if span.colour is not None else ""
    look += ' font-weight="bold"' if span.bold else ""
    out = []
    for word in _WORDS.finditer(span.text):
        x, wide = left + width(span.text[: word.start()]) * CELL, width(word[0]) * CELL
        place = f'x="{x:.1f}" y="{top + BASE}" textLength="{wide:.1f}" lengthAdjust="spacingAndGlyphs"'
        out.append(f"<text {place}{look}>{escape(word[0], quote=False)}</text>")
    return out
