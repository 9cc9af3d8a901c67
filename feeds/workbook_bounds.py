"""What a workbook would take to read, found out before the library that reads it is let near it.

A cell far away, a cell repeated, or a number of strings stated by the file makes that library reserve memory, and
where there is not as much it ends the whole program; a table that is not closed keeps it waiting for ever. So each
part must be well-formed XML, and what it would grow to is added up first.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final
from xml.parsers import expat

from feeds.cells import CellError, shown

MAX_CELLS: Final = 750_000
"""Cells of the smallest rectangle around a table, for all worksheets together."""

MAX_TEXT: Final = 24 * 1024 * 1024
"""Bytes of all cells' texts, one that stands in several cells counted in each."""

MAX_ELEMENTS: Final = 400_000
MAX_DEPTH: Final = 64
"""Of all parts together, and how deep they stand in one another."""

MIMETYPE: Final = "mimetype"

_PLACE: Final = re.compile(r"([A-Za-z]{0,3})([0-9]{1,7})")
_NUMBER: Final = re.compile(r"\+?([0-9]{1,9})")
_MOST_COLUMNS: Final = 16_384
_STRINGS: Final = "sharedstrings.xml"

Attributes = dict[str, str]


class Size:
    """What all parts of a workbook add up to; `strings` are the lengths of the texts that cells point to by number."""

    def __init__(self) -> None:
        self.strings: dict[int, int] = {}
        self.cells = 0
        self.text = 0
        self.elements = 0

    def grow(self, cells: int, text: int) -> None:
        """Add a worksheet. Raises `CellError` where that is too much."""
        self.cells += cells
        self.text += text
        if self.cells > MAX_CELLS:
            raise CellError(
                "a worksheet reaches too far to the right or down: "
                "delete what stands beyond the table, or save the table as CSV"
            )
        if self.text > MAX_TEXT:
            raise CellError("there is too much text in the worksheets: save the one that counts as CSV")


class _Part:
    """One part of a workbook as its elements come and go, those of `starts` and `ends`, by name with any prefix."""

    def __init__(self, size: Size) -> None:
        self.size = size
        self.depth = 0
        self.starts: dict[str, Callable[[Attributes], None]] = {}
        self.ends: dict[str, Callable[[], None]] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        self.size.elements += 1
        self.depth += 1
        if self.depth > MAX_DEPTH or self.size.elements > MAX_ELEMENTS:
            raise CellError("the workbook is too large to be read: save the table as CSV")
        handler = self.starts.get(name) or self.starts.get(name.rpartition(":")[2])
        if handler is not None:
            handler(attributes)

    def end(self, name: str) -> None:
        self.depth -= 1
        handler = self.ends.get(name) or self.ends.get(name.rpartition(":")[2])
        if handler is not None:
            handler()

    def characters(self, text: str) -> None:
        """Take the text between two elements."""


class _Excel(_Part):
    """A part of an .xlsx: a worksheet, or the texts that its cells point to."""

    def __init__(self, size: Size) -> None:
        super().__init__(size)
        self.starts = {
            "sst": self._strings,
            "si": self._string,
            "row": self._row,
            "c": self._cell,
            "v": self._value,
            "is": self._value,
        }
        self.ends = {"si": self._end_string, "row": self._end_row, "v": self._end_value, "sheetData": self._end_sheet}
        self._at_row, self._at_column = 1, 0
        self._last = self._widest = self._text = self._string_number = 0
        self._at = (1, 0)
        self._points = False
        self._read: list[str] | None = None

    def characters(self, text: str) -> None:
        if self._read is not None:
            self._read.append(text)

    def _strings(self, attributes: Attributes) -> None:
        said = attributes.get("uniqueCount", "").lstrip("+0")
        if len(said) > len(str(MAX_CELLS)) or (said.isdecimal() and int(said) > MAX_CELLS):
            raise CellError(f"it says that it has {shown(said)} texts, more than can be")

    def _string(self, _attributes: Attributes) -> None:
        self._read = []

    def _end_string(self) -> None:
        length = sum(map(len, self._read or ()))
        self.size.strings[self._string_number] = max(length, self.size.strings.get(self._string_number, 0))
        self._string_number += 1
        self._read = None

    def _row(self, attributes: Attributes) -> None:
        if "r" in attributes:
            self._at_row, _ = _place(attributes["r"])

    def _end_row(self) -> None:
        self._at_row += 1
        self._at_column = 0

    def _cell(self, attributes: Attributes) -> None:
        self._at = (self._at_row, self._at_column + 1)
        if "r" in attributes:
            self._at = _place(attributes["r"])
        self._at_column = self._at[1]
        self._points = attributes.get("t") == "s"

    def _value(self, _attributes: Attributes) -> None:
        self._last, self._widest = max(self._last, self._at[0]), max(self._widest, self._at[1])
        self._read = [] if self._points else None

    def _end_value(self) -> None:
        if self._read is not None:
            number = _NUMBER.fullmatch("".join(self._read))
            lengths = self.size.strings
            self._text += lengths.get(int(number[1]), 0) if number else max(lengths.values(), default=0)
            self._read = None

    def _end_sheet(self) -> None:
        self.size.grow(self._last * self._widest, self._text)


class _OpenDocument(_Part):
    """The content of an .ods: its worksheets one after the other, with rows and cells that stand for many."""

    def __init__(self, size: Size) -> None:
        super().__init__(size)
        self.starts = {
            "table:table": self._table,
            "table:table-row": self._row,
            "table:table-cell": self._cell,
            "table:covered-table-cell": self._cell,
            "text:s": self._spaces,
        }
        self.ends = {"table:table-row": self._end_row, "table:table": self._end_table}
        self._rows = self._last = self._widest = self._cells = self._text = 0
        self._repeat = self._columns = self._waiting = self._copies = self._row_text = 0
        self._filled = False

    def characters(self, text: str) -> None:
        self._row_text += len(text) * self._copies

    def _table(self, _attributes: Attributes) -> None:
        self._rows = self._last = self._widest = self._cells = self._text = 0

    def _row(self, attributes: Attributes) -> None:
        self._repeat = _times(attributes, "table:number-rows-repeated")
        self._columns = self._waiting = self._row_text = 0
        self._filled = False

    def _cell(self, attributes: Attributes) -> None:
        times = min(_times(attributes, "table:number-columns-repeated"), _MOST_COLUMNS)
        filled = any(name.startswith("office:") or name == "table:formula" for name in attributes)
        # Cells without a value take room only once another one follows in their row.
        self._copies = times if filled else 0
        self._columns = min(self._columns + self._waiting + self._copies, _MOST_COLUMNS)
        self._waiting = times - self._copies
        self._filled |= filled
        self._row_text += self._copies * sum(map(len, attributes.values()))

    def _spaces(self, attributes: Attributes) -> None:
        self._row_text += _times(attributes, "text:c") * self._copies

    def _end_row(self) -> None:
        self._rows += self._repeat
        self._cells += self._columns
        if self._filled:
            self._last, self._widest = self._rows, max(self._widest, self._columns)
            self._text += self._row_text * self._repeat

    def _end_table(self) -> None:
        self.size.grow(max(self._last * self._widest, self._cells), self._text)


def check(parts: Mapping[str, bytes]) -> None:
    """Raise `CellError` where a part is not well-formed XML, or the worksheets are too large to be read.

    An OpenDocument is known by its part "mimetype", which is no XML.
    """
    size = Size()
    kind = _OpenDocument if MIMETYPE in parts else _Excel
    for name in sorted(parts.keys() - {MIMETYPE}, key=lambda name: (not name.lower().endswith(_STRINGS), name)):
        _read(name, parts[name], kind(size))


def _read(name: str, data: bytes, part: _Part) -> None:
    if b"\0" in data:
        raise CellError(f"{shown(name)} in it is not UTF-8, which spreadsheets are always written in")
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = part.start
    parser.EndElementHandler = part.end
    parser.CharacterDataHandler = part.characters
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise CellError(f"{shown(name)} in it is damaged: {expat.ErrorString(error.code)}") from None


def _refuse_doctype(*_: object) -> None:
    raise CellError("it has a document type, which no spreadsheet program writes")


def _place(text: str) -> tuple[int, int]:
    """Return row and column, from 1, of a cell such as B12; column 0 of a row such as 12."""
    match = _PLACE.fullmatch(text)
    if match is None:
        raise CellError(f"{shown(text)} in it is not a cell")
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def _times(attributes: Attributes, name: str) -> int:
    text = attributes.get(name, "1")
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise CellError(f"{name} is {shown(text)}, a whole number was expected")
    return int(match[1])
