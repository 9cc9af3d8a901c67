"""Democracy Club's results: the API's JSON, the archive's JSON, and the CSV files; ward by ward, entered by volunteers.

There are no seats before and no control in them; those come from another file beside them.
"""

from feeds.cells import CellError
from feeds.formats import democracy_club_csv, democracy_club_json
from feeds.formats.democracy_club_ballots import FORMAT, reading
from feeds.grid import Grid, read_grid
from feeds.report import Problem, Reading

looks_like = democracy_club_json.looks_like
has_columns = democracy_club_csv.has_columns
begins_like_csv = democracy_club_csv.begins_like


def read(path: str, data: bytes) -> Reading:
    """Return what a JSON document says, or the problem that keeps it out, with its line. The path plays no part."""
    del path
    try:
        return reading(democracy_club_json.entries(data))
    except CellError as error:
        return _problem(error)


def read_csv(path: str, data: bytes) -> Reading:
    """Return what a CSV file says, or the problem that keeps it out, with its line. The path plays no part."""
    del path
    try:
        grid = read_grid(data)
    except CellError as error:
        return _problem(error)
    return read_table(grid)


def read_table(grid: Grid) -> Reading:
    """Return what the rows of a CSV file say, wherever they were written, or the problem that keeps them out."""
    try:
        return reading(democracy_club_csv.entries(grid))
    except CellError as error:
        return _problem(error)


def _problem(error: CellError) -> Reading:
    return Reading(format=FORMAT, problem=Problem(reason=error.reason, line=error.line))
