"""Lines of styled text without a terminal: the pieces that a screen draws, their widths, wrapping and tables.

A piece is a text and the name of a style. Names are words of the view (`title`, `head`, `quiet`, `strong`,
`good`, `warning`, `alarm`), `party:LAB` for a party's colour. No meaning hangs on a style alone: the text says
the same.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

import msgspec

from feeds.text import char_width
from feeds.text import width as width_of_text

Piece = tuple[str, str]
Cell = str | Piece
"""A cell of a table, or a part of a line: a text, or a text with its style."""

GAP: Final = 2
"""Cells between the columns of a table."""


class Row(msgspec.Struct, frozen=True):
    """One line on the screen. `stop` names what Enter opens and closes there; None where there is nothing."""

    pieces: tuple[Piece, ...] = ()
    stop: str | None = None

    @property
    def text(self) -> str:
        """The line without its styles."""
        return "".join(text for text, _ in self.pieces)


class Section(msgspec.Struct, frozen=True):
    """A titled group of lines; `side`: it goes beside the others where there is room for two columns."""

    title: str
    rows: tuple[Row, ...]
    side: bool = False


class Column(msgspec.Struct, frozen=True):
    """A column of a table; `right` aligns it to the right, `flexible` lets it shrink in a narrow table."""

    title: str
    right: bool = False
    flexible: bool = False


@lru_cache(maxsize=16_384)
def cells(text: str) -> int:
    """Return how many cells a terminal gives to a clean text (see `feeds.text.width`)."""
    return width_of_text(text)


def cut(text: str, width: int) -> str:
    """Return a text of at most `width` cells; a longer one ends in `…`."""
    if cells(text) <= width:
        return text
    out, used = "", 0
    for char in text:
        used += char_width(char)
        if used > width - 1:
            break
        out += char
    return f"{out}…" if width > 0 else ""


def fit(text: str, width: int, right: bool = False) -> str:
    """Return a text of exactly `width` cells, cut or filled with spaces."""
    text = cut(text, width)
    space = " " * (width - cells(text))
    return space + text if right else text + space


def padded(text: str, width: int, right: bool = False) -> str:
    """Return a text of at least `width` cells, filled with spaces; a longer one as it is. `right` aligns it there."""
    space = " " * (width - cells(text))
    return space + text if right else text + space


def wrapped(text: str, width: int) -> list[str]:
    """Return a text broken at spaces into lines of at most `width` cells; a word too long is broken, too."""
    width = max(2, width)
    lines, line = [], ""
    for whole in text.split():
        word = whole
        if line and cells(line) + 1 + cells(word) <= width:
            line += f" {word}"
            continue
        if line:
            lines.append(line)
        while cells(word) > width:
            head = _head(word, width)
            lines.append(head)
            word = word[len(head) :]
        line = word
    return [*lines, line] if line else lines


def _head(word: str, width: int) -> str:
    used = 0
    for index, char in enumerate(word):
        used += char_width(char)
        if used > width:
            return word[:index]
    return word


def paragraph(text: str, width: int, style: str = "", lead: Cell = "") -> list[Row]:
    """Return a wrapped text; `lead` stands before the first line, and the others are indented by as much."""
    first = _piece(lead)
    indent = " " * cells(first[0])
    lines = wrapped(text, width - len(indent)) or [""]
    return [sentence(indent if number else first, (line, style)) for number, line in enumerate(lines)]


def sentence(*pieces: Cell, stop: str | None = None) -> Row:
    """Return one line of pieces and plain texts; empty ones are left out."""
    return Row(tuple(piece for piece in map(_piece, pieces) if piece[0]), stop)


def _piece(cell: Cell) -> Piece:
    return (cell, "") if isinstance(cell, str) else cell


def table(columns: Sequence[Column], body: Sequence[Sequence[Cell]], width: int) -> list[Row]:
    """Return a head and one line for each row of the body, columns aligned, at most `width` cells wide."""
    rows = [[_piece(cell) for cell in row] for row in body]
    widths = _widths(columns, rows, width)
    head = [(column.title, "head") for column in columns]
    return [_aligned(columns, widths, row) for row in (head, *rows)]


def _widths(columns: Sequence[Column], rows: Iterable[Sequence[Piece]], width: int) -> list[int]:
    widths = [cells(column.title) for column in columns]
    for row in rows:
        widths = [max(w, cells(text)) for w, (text, _) in zip(widths, row, strict=True)]
    excess = sum(widths) + GAP * (len(widths) - 1) - width
    for index in sorted(range(len(widths)), key=lambda i: -widths[i]):
        if excess > 0 and columns[index].flexible:
            taken = min(excess, max(0, widths[index] - 8))
            widths[index] -= taken
            excess -= taken
    return widths


def _aligned(columns: Sequence[Column], widths: Sequence[int], row: Sequence[Piece]) -> Row:
    pieces: list[Piece] = []
    for column, width, (text, style) in zip(columns, widths, row, strict=True):
        if pieces:
            pieces.append((" " * GAP, ""))
        pieces.append((fit(text, width, column.right), style))
    return Row(tuple(pieces))


def flattened(sections: Iterable[Section], width: int) -> list[Row]:
    """Return sections one below the other, each under its title and a rule, with an empty line between."""
    rows: list[Row] = []
    for section in sections:
        if rows:
            rows.append(Row())
        if section.title:
            rule = "─" * max(0, width - cells(section.title) - 4)
            rows.append(sentence(("── ", "faint"), (section.title, "strong"), (f" {rule}", "faint")))
        rows += section.rows
    return rows
