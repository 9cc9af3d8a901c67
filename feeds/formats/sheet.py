"""The project's own sheet (CSV, TSV): results and baselines, quotes, notes, or a map, told apart by its first line.

The columns are described in the README. A row without `elected` is baseline, one with it a result; both may stand
in one sheet. All or nothing: one row that cannot be read keeps the whole version out.
"""

from collections.abc import Callable
from typing import Final

from feeds.cells import CellError
from feeds.formats.sheet_map import COLUMNS as MAP_COLUMNS
from feeds.formats.sheet_map import read_map
from feeds.formats.sheet_reports import AREA_COLUMNS, read_reports
from feeds.formats.sheet_words import read_notes, read_quotes
from feeds.grid import Grid, read_grid
from feeds.report import Problem, Reading

_QUOTES: Final = {"text", "speaker"}
_NOTES: Final = {"kind", "text"}


def read(path: str, data: bytes) -> Reading:
    """Return what a sheet says, or the problem that keeps it out, with its line. The path plays no part."""
    del path
    try:
        grid = read_grid(data)
    except CellError as error:
        return Reading(format="sheet", problem=Problem(reason=error.reason, line=error.line))
    return read_table(grid)


def read_table(grid: Grid) -> Reading:
    """Return what the rows of a sheet say, wherever they were written, or the problem that keeps them out."""
    try:
        reader = _reader(grid)
        _filled(grid)
        return reader(grid)
    except CellError as error:
        return Reading(format="sheet", problem=Problem(reason=error.reason, line=error.line))


def has_columns(grid: Grid) -> bool:
    """Return whether the columns that a sheet needs are there: of results and baselines, quotes, notes, or a map."""
    names = set(grid.names)
    placed = bool(names & set(AREA_COLUMNS))
    return names >= _QUOTES or names >= MAP_COLUMNS or (placed and (names >= _NOTES or "party" in names))


def _reader(grid: Grid) -> Callable[[Grid], Reading]:
    names = set(grid.names)
    placed = bool(names & set(AREA_COLUMNS))
    if names >= _QUOTES:
        return read_quotes
    if names >= MAP_COLUMNS:
        return read_map
    if names >= _NOTES and placed:
        return read_notes
    if not placed:
        raise _missing("area", grid.header_line)
    if "party" not in names:
        raise _missing("party", grid.header_line)
    return read_reports


def _filled(grid: Grid) -> None:
    """Raise `CellError` where a sheet has no rows and does not say that it means none."""
    if not grid.rows and not grid.counted:
        raise CellError("there are column names but no rows below them", grid.header_line)


def _missing(column: str, line: int) -> CellError:
    return CellError(f"no column “{column}”; the first line must name the columns, such as area,party,elected", line)
