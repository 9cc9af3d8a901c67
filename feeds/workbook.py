"""Spreadsheet files (.xlsx, .ods) as worksheets of plain values, by python-calamine, which is an optional extra."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from feeds.cells import CellError, shown
from feeds.text import clean
from feeds.workbook_bounds import MIMETYPE, check
from feeds.zipped import unpacked

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

NOT_INSTALLED: Final = "a spreadsheet: install election-night[xlsx], or save it as CSV"

MAX_SHEETS: Final = 50

Value = int | float | str | bool | time | date | datetime | timedelta
"""What one cell holds; an empty one holds an empty text."""

MAX_WORDS: Final = 200

_PANIC: Final = "PanicException"

_MANIFEST: Final = "META-INF/manifest.xml"
_PARTS: Final = (".xml", ".rels", MIMETYPE)
_OPEN_DOCUMENT: Final = frozenset({MIMETYPE, "content.xml"})
_WORKBOOK: Final = "workbook.xml"
_QUOTED: Final = rb"(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?"
_EXCEL_ERROR: Final = re.compile(rb"(<(?:[\w.-]+:)?c\b" + _QUOTED + rb"\st\s*=\s*)(?:\"e\"|'e')")
_ODS_ERROR: Final = re.compile(
    rb"<table:table-cell\b(?=" + _QUOTED + rb"\scalcext:value-type=\"error\")" + _QUOTED + rb">"
)
_ODS_EMPTY: Final = b' office:string-value=""'


class Worksheet(NamedTuple):
    """One visible worksheet: its rows from the first that is filled, each with its number as the program shows it."""

    name: str
    rows: list[tuple[int, list[Value]]]


def worksheets(data: bytes) -> list[Worksheet]:
    """Return the visible worksheets of a file, in their order; hidden ones are nobody's table.

    Raises `CellError` where the file cannot be read, or nothing is installed that can read it.
    """
    parts = _parts(data)
    if b"encryption-data" in parts.get(_MANIFEST, b""):
        raise CellError("protected by a password: save it without one")
    try:
        import python_calamine as calamine  # noqa: PLC0415 - an extra that may be missing
    except ImportError:
        raise CellError(NOT_INSTALLED) from None
    check(parts)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(_packed(parts)))
        visible = [sheet.name for sheet in book.sheets_metadata if sheet.visible == calamine.SheetVisibleEnum.Visible]
        return [_worksheet(book.get_sheet_by_name(name)) for name in _bounded(visible)]
    except calamine.WorksheetNotFound as error:
        raise CellError(f"the worksheet {shown(str(error))} is listed, but is not there") from None
    except (calamine.CalamineError, OSError) as error:
        raise CellError(f"the spreadsheet cannot be read: {clean(str(error), MAX_WORDS)}") from None
    except BaseException as error:  # a fault within the library is not an Exception, and its class has no module
        if type(error).__name__ != _PANIC:
            raise
        raise CellError("the spreadsheet cannot be read: save it as CSV") from None


def _bounded(names: list[str]) -> list[str]:
    if len(names) > MAX_SHEETS:
        raise CellError(f"there are {len(names)} worksheets, more than {MAX_SHEETS}")
    return names


def _parts(data: bytes) -> dict[str, bytes]:
    """Return the parts that a spreadsheet is read from; what programs pack with them may be anything."""
    parts = unpacked(data, _PARTS)
    if parts.keys() >= _OPEN_DOCUMENT:
        return {name: part for name, part in parts.items() if name in {*_OPEN_DOCUMENT, _MANIFEST}}
    if not any(name.lower().endswith(_WORKBOOK) for name in parts):
        raise CellError("a packed file (zip), but not a spreadsheet: .xlsx and .ods are read")
    return {name: part for name, part in parts.items() if part and name != MIMETYPE}


def _worksheet(sheet: "CalamineSheet") -> Worksheet:
    first = sheet.start[0] + 1 if sheet.start else 1
    return Worksheet(clean(sheet.name), list(enumerate(sheet.to_python(), first)))


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """Return the parts as an archive that is what it says; errors in cells become texts, lest they count as empty."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), _with_errors(part))
    return out.getvalue()


def _with_errors(part: bytes) -> bytes:
    if b'"e"' in part or b"'e'" in part:
        part = _EXCEL_ERROR.sub(rb'\1"str"', part)
    if b'"error"' in part:
        part = _ODS_ERROR.sub(lambda cell: cell[0].replace(_ODS_EMPTY, b""), part)
    return part
