"""One row of a sheet of results, its cells turned into values."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final, TypeVar, get_args

import msgspec

from feeds.cells import CellError, control, day, moment, party, shown, turnout, whole, yes_no
from feeds.grid import Line
from feeds.report import NEW, NOC, AreaKind, BaselineName, Contest, Stage
from feeds.text import clean

Word = TypeVar("Word", bound=str)

PARTY_COLUMNS: Final = frozenset(
    {"candidate", "elected", "votes", "composition", "change", "held", "continuing", "candidates", "unopposed"}
)
"""What is said of a party or a candidate; everything else is said of the area or the ward."""

_NUMBERS: Final = (PARTY_COLUMNS - {"candidate"}) | {
    "seats",
    "total",
    "vacant",
    "deferred",
    "electorate",
    "revision",
}
_TIMES: Final = ("declared_at", "expected_at")
_CONTROLS: Final = ("control", "previous_control")


class Frame(msgspec.Struct, frozen=True):
    """What a sheet says of all its rows: the kind of area, and the election and poll date of a row that names none."""

    kind: AreaKind
    election: str
    poll_date: date | None


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row with its values. `party` is a code, empty where the row names none; `cells` are the texts as they came.

    `elected` of a candidate's row is 1 or 0. The column `turnout` is either `ballots` or `turnout`, a percentage.
    """

    line: int
    contest: Contest
    area: str
    ward: str | None
    party: str
    candidate: str
    cells: Mapping[str, str]
    numbers: Mapping[str, int]
    times: Mapping[str, datetime]
    controls: Mapping[str, str]
    ballots: int | None
    turnout: float | None
    stage: Stage | None
    baseline: BaselineName | None


def frame(rows: list[Line], by_constituency: bool) -> Frame:
    """Return what holds for all rows; an election or a date that is the only one in the sheet holds for every row."""
    names, dates = (_only(rows, column) for column in ("election", "poll_date"))
    usual = "General election" if by_constituency else "Local elections"
    poll_date = None
    if dates is not None:
        line, text = dates
        try:
            poll_date = day("poll_date", text)
        except CellError as error:
            raise CellError(error.reason, line) from None
    return Frame("constituency" if by_constituency else "council", clean(names[1]) if names else usual, poll_date)


def _only(rows: list[Line], column: str) -> tuple[int, str] | None:
    found: dict[str, int] = {}
    for line, cells in rows:
        if column in cells:
            found.setdefault(cells[column], line)
    return next(((line, text) for text, line in found.items()), None) if len(found) == 1 else None


def read_row(row: Line, sheet: Frame) -> Row:
    """Return a row's values. Raises `CellError`, with the line, where a cell is not what its column holds."""
    line, cells = row
    try:
        return _row(line, cells, sheet)
    except CellError as error:
        raise CellError(error.reason, line) from None


def _row(line: int, cells: dict[str, str], sheet: Frame) -> Row:
    if "area" not in cells:
        raise CellError("area is empty")
    contest = _contest(cells, sheet)
    stage: Stage | None = _word(cells, "stage", get_args(Stage))
    ballots, percentage = turnout(cells["turnout"]) if "turnout" in cells else (None, None)
    return Row(
        line=line,
        contest=contest,
        area=clean(cells["area"]),
        ward=clean(cells["ward"]) if "ward" in cells else None,
        party=_party(cells, stage),
        candidate=clean(cells.get("candidate", "")),
        cells=cells,
        numbers=_numbers(cells),
        times={c: moment(c, cells[c], contest.poll_date) for c in _TIMES if c in cells},
        controls={c: control(c, cells[c]) for c in _CONTROLS if c in cells},
        ballots=ballots,
        turnout=percentage,
        stage=stage,
        baseline=_word(cells, "baseline", get_args(BaselineName)),
    )


def _contest(cells: dict[str, str], sheet: Frame) -> Contest:
    return Contest(
        kind="parliament" if sheet.kind == "constituency" else "local",
        name=clean(cells["election"]) if "election" in cells else sheet.election,
        poll_date=day("poll_date", cells["poll_date"]) if "poll_date" in cells else sheet.poll_date,
    )


def _numbers(cells: dict[str, str]) -> dict[str, int]:
    numbers = {c: whole(c, text) for c, text in cells.items() if c in _NUMBERS and c != "elected"}
    if "elected" in cells:
        text = cells["elected"]
        numbers["elected"] = int(yes_no("elected", text)) if "candidate" in cells else whole("elected", text)
    return numbers


def _word(cells: dict[str, str], column: str, words: tuple[Word, ...]) -> Word | None:
    """Return the one of the words that a cell holds, whatever its case, None where it is empty."""
    if column not in cells:
        return None
    for word in words:
        if word == cells[column].casefold():
            return word
    expected = f"{', '.join(words[:-1])} or {words[-1]}"
    raise CellError(f"{column} is {shown(cells[column])}, {expected} was expected")


def _party(cells: dict[str, str], stage: Stage | None) -> str:
    if "party" not in cells:
        figures = cells.keys() & PARTY_COLUMNS
        if figures and stage != "retracted":
            raise CellError(f"party is empty, but {min(figures)} is {shown(cells[min(figures)])}")
        return ""
    code = party("party", cells["party"])
    if code in {NOC, NEW}:
        raise CellError(f"party is {shown(cells['party'])}, which is not a party")
    return code
