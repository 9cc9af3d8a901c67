"""Spreadsheets as they are saved (.xlsx, .ods): the first worksheet that has a known sheet's columns is that sheet.

It is read by the very code that reads the sheet as CSV, from texts that stand for the cells' values: 31.0 is "31", a
date is 2022-05-05, a time is 02:14, true is "true", and a formula that went wrong is "#REF!", which no column takes.

A cell that shows 34.5% holds 0.345. So in the column `turnout`, and there alone, a number between 0 and 1 is a
fraction: as a number of ballots it is none, and no poll has had a turnout below one per cent. 0 and 1 themselves stay
what they are in a CSV file, numbers of ballots.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from typing import Final

import msgspec

from feeds.cells import PER_CENT, CellError, shown
from feeds.grid import Grid, folded_column, grid_of
from feeds.limits import year_believed
from feeds.report import Problem, Reading
from feeds.workbook import Value, Worksheet, worksheets

FORMAT: Final = "spreadsheet"

_PROTECTED: Final = "EncryptedPackage".encode("utf-16-le")
_FRACTIONS: Final = frozenset({"turnout"})
_DAY: Final = timedelta(days=1)
_MIDNIGHT: Final = datetime.fromisoformat("2000-01-01")
MAX_NAMED: Final = 6
_EXACT: Final = 10**15
"""Whole numbers up to here are exact; a spreadsheet program shows 15 digits of any number."""

Sort = Callable[[Grid], Reading]


def read(path: str, data: bytes, sort: Callable[[Grid], Sort | None]) -> Reading:
    """Return what a spreadsheet says, or the problem that keeps it out, with its row. The path plays no part.

    `sort` returns what reads a sheet with a grid's columns, None where no format has them.
    """
    del path
    try:
        reader, grid = _chosen(worksheets(data), sort)
    except CellError as error:
        return Reading(format=FORMAT, problem=Problem(reason=error.reason, line=error.line))
    return msgspec.structs.replace(reader(grid), format=FORMAT)


def read_old(path: str, data: bytes) -> Reading:
    """Return the problem of a file from before 2007, or of a protected one, which are not read."""
    del path
    reason = "an old Excel file (.xls): save it as .xlsx or CSV"
    if _PROTECTED in data:
        reason = "protected by a password: save it without one"
    return Reading(format=FORMAT, problem=Problem(reason=reason))


def _chosen(sheets: list[Worksheet], sort: Callable[[Grid], Sort | None]) -> tuple[Sort, Grid]:
    """Return the first worksheet with columns that are known, as a sheet, and what reads it."""
    heads = [(sheet, head) for sheet in sheets if (head := _head(sheet)) is not None]
    fitting = [(sheet, head, reader) for sheet, head in heads if (reader := sort(head)) is not None]
    if not fitting:
        raise CellError(_unfit(heads))
    sheet, head, reader = fitting[0]
    return reader, grid_of(_texts(sheet, head), _passed_over([other.name for other, *_ in fitting[1:]], sheet))


def _head(sheet: Worksheet) -> Grid | None:
    """Return a worksheet's column names without its rows; None where nothing stands in it."""
    for line, values in sheet.rows:
        cells = [text(value) for value in values]
        while cells and not cells[-1].strip():
            del cells[-1]
        if cells:
            return Grid(tuple(cells), tuple(map(folded_column, cells)), (), line, (), False)
    return None


def _texts(sheet: Worksheet, head: Grid) -> Iterator[tuple[int, list[str]]]:
    yield head.header_line, list(head.header)
    fractions = [i for i, name in enumerate(head.names) if name in _FRACTIONS]
    for line, values in sheet.rows:
        if line > head.header_line:
            cells = [text(value) for value in values]
            for i in fractions:
                cells[i] = _per_cent(values[i])
            yield line, cells


def text(value: Value) -> str:
    """Return the text that stands for a cell's value in a CSV file."""
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < _EXACT else f"{value:.15g}"
        case datetime():
            return _to_the_second(value).isoformat()
        case time():
            return _clock(_to_the_second(datetime.combine(_MIDNIGHT, value)).time())
        case timedelta():
            return _clock(_to_the_second(_MIDNIGHT + value).time()) if timedelta() <= value < _DAY else str(value)
        case _:
            return str(value)


def _per_cent(value: Value) -> str:
    if isinstance(value, float) and 0 < value < 1:
        return f"{round(value * PER_CENT, 6):.15g}%"
    return text(value)


def _clock(at: time) -> str:
    return at.isoformat("seconds" if at.second else "minutes")


def _to_the_second(at: datetime) -> datetime:
    """Return a time without the fraction that a spreadsheet's arithmetic leaves in it."""
    if not year_believed(at):
        return at
    return (at + timedelta(microseconds=500_000)).replace(microsecond=0)


def _passed_over(names: list[str], chosen: Worksheet) -> tuple[Problem, ...]:
    if not names:
        return ()
    listed = ", ".join(map(shown, names))
    return (Problem(reason=f"not read: {listed}, for {shown(chosen.name)} is the first worksheet with such columns"),)


def _unfit(sheets: list[tuple[Worksheet, Grid]]) -> str:
    if not sheets:
        return "there is nothing in the worksheets"
    sheet, head = sheets[0]
    columns = ", ".join([shown(name) for name in head.header if name.strip()][:MAX_NAMED])
    return f"no worksheet begins with columns such as area, party, elected: {shown(sheet.name)} begins with {columns}"
