"""A sheet as lines and named columns, before it is asked what it means: encoding, delimiter, quoting, completeness."""

import codecs
import csv
import difflib
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TextIO

import msgspec

from feeds.cells import CellError, shown
from feeds.report import Problem
from feeds.text import clean

MAX_ROWS: Final = 30_000
MAX_COLUMNS: Final = 100
MAX_CELL: Final = 10_000
MAX_CELLS: Final = 1_000_000
"""Cells of all rows together, empty ones included."""

MAX_LINE: Final = MAX_COLUMNS * MAX_CELL
"""Characters of one line; the cells of a row may hold several lines."""

CHUNK: Final = 1024 * 1024

TRAILER: Final = re.compile(r"#\s*rows\s*=\s*([0-9]{1,9})", re.IGNORECASE)
"""The last line of a sheet that says how many data rows it has, and so that it is whole."""

_UTF8_BOM: Final = b"\xef\xbb\xbf"
_UTF16_BOMS: Final = (b"\xff\xfe", b"\xfe\xff")
_NOT_CP1252: Final = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")
_QUOTING: Final = {
    "unexpected end of data": "a quotation mark is opened here and never closed",
    "field larger": "a quotation mark is opened here and not closed for very long",
    "expected after": "there is more text after a closing quotation mark",
}

Line = tuple[int, dict[str, str]]
"""The number of the physical line that a row begins at, and its cells that are not empty, by column."""


class Grid(msgspec.Struct, frozen=True):
    """A sheet in lines: the column names as they came (folded in `names`), and the rows with their line numbers.

    `counted` says that a last line stated how many rows there are.
    """

    header: tuple[str, ...]
    names: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]
    header_line: int
    warnings: tuple[Problem, ...]
    counted: bool


def folded_column(name: str) -> str:
    """Return a column's name as it is compared: lower case; spaces, hyphens and underscores are the same."""
    return re.sub(r"[\s_\-]+", "_", name.strip().casefold())


def read_grid(data: bytes) -> Grid:
    """Return the rows of a sheet. Raises `CellError` where it is not one, or not whole by its own last line."""
    encoding, warnings = _encoding(data)
    return grid_of(_records(_opened(data, encoding), _delimiter(_opened(data, encoding))), warnings)


def grid_of(records: Iterable[tuple[int, list[str]]], warnings: tuple[Problem, ...] = ()) -> Grid:
    """Return the sheet of lines and their cells, the column names first; lines without any text are passed over.

    Raises `CellError` where it is not a sheet, or not whole by its own last line.
    """
    filled = ((line, [_cleaned(c) for c in cells]) for line, cells in records if any(c.strip() for c in cells))
    first = next(filled, None)
    if first is None:
        raise CellError("the sheet has no rows")
    header_line, header = first
    if len(header) > MAX_COLUMNS:
        raise CellError(f"there are {len(header):,} columns, more than {MAX_COLUMNS}", header_line)
    if any(len(name) > MAX_CELL for name in header):
        raise CellError(f"the name of a column is more than {MAX_CELL:,} characters long", header_line)
    names = tuple(folded_column(name) for name in header)
    for name, times in Counter(n for n in names if n).items():
        if times > 1:
            raise CellError(f"the column {shown(name)} is there {times} times", header_line)
    rows, counted = _rows(filled, len(header))
    return Grid(tuple(header), names, rows, header_line, warnings, counted)


def _cleaned(cell: str) -> str:
    """Return a cell's text safe to show; one that is too long is left for what refuses it."""
    return cell if len(cell) > MAX_CELL else clean(cell, MAX_CELL)


def lines(grid: Grid, fields: Mapping[str, str]) -> tuple[list[Line], tuple[Problem, ...]]:
    """Return the rows by field, and warnings of columns that no field is known for.

    `fields` maps column names to fields. Raises `CellError` where two columns mean the same field.
    """
    seen: dict[str, str] = {}
    for name in grid.names:
        field = fields.get(name)
        if field in seen:
            raise CellError(f"the columns {shown(seen[field])} and {shown(name)} mean the same", grid.header_line)
        if field is not None:
            seen[field] = name
    places = [(i, fields[name]) for i, name in enumerate(grid.names) if name in fields]
    found = [
        (line, {field: cell for i, field in places if i < len(cells) and (cell := cells[i].strip())})
        for line, cells in grid.rows
    ]
    return found, _unknown(grid, fields)


def _unknown(grid: Grid, fields: Mapping[str, str]) -> tuple[Problem, ...]:
    strangers = [
        _suggested(i, grid, fields)
        for i, name in enumerate(grid.names)
        if name not in fields and (name or any(i < len(cells) and cells[i].strip() for _, cells in grid.rows))
    ]
    if not strangers:
        return ()
    words = "unknown column" if len(strangers) == 1 else "unknown columns"
    return (Problem(reason=f"{words}, not read: {', '.join(strangers)}", line=grid.header_line),)


def _suggested(index: int, grid: Grid, fields: Mapping[str, str]) -> str:
    if not grid.names[index]:
        return f"column {index + 1}, which has no name"
    near = [n for n in difflib.get_close_matches(grid.names[index], fields, 1, 0.75) if n not in grid.names]
    own = shown(grid.header[index].strip())
    return f"{own} (did you mean {near[0]}?)" if near else own


def _encoding(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """Return the encoding of a sheet, found out piece by piece: a sheet as one text can be four times as large."""
    if data[:2] in _UTF16_BOMS or b"\0" in data:
        raise CellError("this is not plain text but UTF-16 or a workbook: save it as “CSV UTF-8”")
    decoder = codecs.getincrementaldecoder("utf-8")()
    for begin in range(0, len(data), CHUNK):
        waiting = len(decoder.getstate()[0])
        try:
            decoder.decode(data[begin : begin + CHUNK], begin + CHUNK >= len(data))
        except UnicodeDecodeError as error:
            return _not_utf8(data, begin - waiting + error.start, error.reason)
    return "utf-8", ()


def _not_utf8(data: bytes, place: int, reason: str) -> tuple[str, tuple[Problem, ...]]:
    line = data.count(b"\n", 0, place) + 1
    if reason == "unexpected end of data" and not data[:place].removeprefix(_UTF8_BOM).isascii():
        raise CellError("the file ends in the middle of a character: is it whole?", line) from None
    if any(byte in data for byte in _NOT_CP1252):
        raise CellError("neither UTF-8 nor Windows-1252: save it as “CSV UTF-8”", line)
    return "cp1252", (Problem(reason="not UTF-8, read as Windows-1252: check names with accents", line=line),)


def _opened(data: bytes, encoding: str) -> TextIO:
    body = io.BytesIO(data)
    body.seek(len(_UTF8_BOM) if data.startswith(_UTF8_BOM) else 0)
    return io.TextIOWrapper(body, encoding=encoding, newline="")


def bounded_lines(text: TextIO) -> Iterator[str]:
    """Yield the lines of a text with their ends. Raises `CellError` at one that no row can be in."""
    number = 1
    while line := text.readline(MAX_LINE + 1):
        if len(line) > MAX_LINE:
            raise CellError(f"one line is longer than {MAX_LINE:,} characters", number)
        yield line
        number += 1


def _delimiter(text: TextIO) -> str:
    head = next((line for line in bounded_lines(text) if line.strip(" \t\r\n,;")), "")[: MAX_COLUMNS * 100]
    return max(",;\t", key=lambda mark: len(next(csv.reader([head], delimiter=mark), [])))


def _records(text: TextIO, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(bounded_lines(text), delimiter=delimiter, strict=True, skipinitialspace=True)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            words = next((w for sign, w in _QUOTING.items() if sign in str(error)), "this cannot be read as a row")
            raise CellError(words, start) from error
        yield start, cells


def _rows(records: Iterator[tuple[int, list[str]]], width: int) -> tuple[tuple[tuple[int, list[str]], ...], bool]:
    """Return the data rows, and whether a last line states their number."""
    trailer: tuple[int, int] | None = None
    rows: list[tuple[int, list[str]]] = []
    filled = 0
    for line, cells in records:
        if trailer is not None:
            raise CellError("there are rows after the line that says how many there are", trailer[0])
        if cells[0].lstrip().startswith("#") and not any(c.strip() for c in cells[1:]):
            trailer = (line, _said(line, cells[0]))
            continue
        rows.append((line, cells))
        filled += len(cells)
        if filled > MAX_CELLS:
            raise CellError(f"there are more than {MAX_CELLS:,} cells", line)
        _checked(line, cells, len(rows), width)
    if trailer is not None and trailer[1] != len(rows):
        said, there = _counted(trailer[1]), f"there {'is' if len(rows) == 1 else 'are'} {len(rows):,}"
        raise CellError(f"the last line says {said}, {there}: is the file whole?", trailer[0])
    return tuple(rows), trailer is not None


def _counted(rows: int) -> str:
    return "1 row" if rows == 1 else f"{rows:,} rows"


def _said(line: int, cell: str) -> int:
    match = TRAILER.fullmatch(cell.strip())
    if match is None:
        raise CellError(f"{shown(cell)} begins with #, as only a last line such as # rows=12 may", line)
    return int(match[1])


def _checked(line: int, cells: list[str], rows: int, width: int) -> None:
    if rows > MAX_ROWS:
        raise CellError(f"there are more than {MAX_ROWS:,} rows", line)
    for i, cell in enumerate(cells):
        if len(cell) > MAX_CELL:
            raise CellError(f"a cell is {len(cell):,} characters long: is a quotation mark left open?", line)
        if i >= width and cell.strip():
            raise CellError(f"there are more cells than columns: {shown(clean(cell))} has no column", line)
