"""The rows of a sheet put together: what they say of each area, and of each ward, as results and baselines."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeVar

from feeds.cells import PER_CENT, CellError, shown
from feeds.formats.sheet_rows import Row, frame, read_row
from feeds.grid import Grid, lines
from feeds.parties import register
from feeds.places import folded_place
from feeds.report import NEW, AreaKind, Baseline, Candidate, Contest, Place, Problem, Reading, Report, Result, Seats
from feeds.testmark import test_in_election
from feeds.text import clean, folded

T = TypeVar("T")

AREA_COLUMNS: Final = ("area", "council", "constituency")

FIELDS: Final = {
    **dict.fromkeys(AREA_COLUMNS, "area"),
    **{
        name: name
        for name in (
            *("party", "code", "region", "election", "poll_date", "elected", "ward", "seats", "candidate", "votes"),
            *("electorate", "turnout", "composition", "change", "held", "continuing", "candidates", "unopposed"),
            *("total", "vacant", "deferred", "control", "previous_control", "revision", "stage"),
            *("declared_at", "expected_at", "baseline"),
        )
    },
}
"""The columns of a sheet of results, and the field that each one is."""

_BEFORE: Final = ("held", "continuing", "candidates", "unopposed")
_AFTER: Final = ("votes", "composition", "change", "turnout", "declared_at")

Group = list[Row]
Key = tuple[Contest, str, str, str]


MAX_PLACES: Final = 8_000
"""Areas and wards of one sheet: a country has fewer wards up at once."""


def read_reports(grid: Grid) -> Reading:
    """Return the results and baselines of a sheet. Raises `CellError` where a row is wrong or rows disagree."""
    table, warnings = lines(grid, FIELDS)
    sheet = frame(table, by_constituency="constituency" in grid.names)
    groups: dict[Key, Group] = {}
    areas: dict[str, Group] = {}
    for line in table:
        if len(groups) > MAX_PLACES:
            raise CellError(f"there are more than {MAX_PLACES:,} areas and wards: send them in parts", line[0])
        row = read_row(line, sheet)
        area = folded_place(row.area)
        groups.setdefault((row.contest, area, folded(row.ward or ""), row.baseline or ""), []).append(row)
        areas.setdefault(area, []).append(row)
    places = {area: _place(rows, sheet.kind) for area, rows in areas.items()}
    rows = [row for group in groups.values() for row in group]
    return Reading(
        format="sheet",
        reports=tuple(r for (_, area, _, _), group in groups.items() for r in _reports(group, places[area])),
        warnings=(*grid.warnings, *warnings, *_doubts(groups.values())),
        test=_test(rows),
        unknown_parties=_strangers(rows),
    )


def _reports(group: Group, place: Place) -> list[Report]:
    _once(group)
    if not _declared(group):
        return [_baseline(group, place, declared=False)]
    before = any(c in row.cells for row in group for c in (*_BEFORE, "expected_at"))
    return [_result(group, place), *([_baseline(group, place, declared=True)] if before else [])]


def _declared(group: Group) -> bool:
    return any("elected" in row.numbers or row.stage == "retracted" for row in group)


def _result(group: Group, place: Place) -> Result:
    control = _control(group, "control")
    if control == NEW:
        row = next(r for r in group if "control" in r.controls)
        raise CellError(f"control is {shown(row.cells['control'])}, which only previous_control can be", row.line)
    return Result(
        area=place,
        election=group[0].contest,
        ward=group[0].ward,
        revision=_number(group, "revision") or 1,
        stage=_agreed(group, "stage", lambda row: row.stage) or "full",
        elected=_seats(group, "elected"),
        composition=_seats(group, "composition"),
        change=_seats(group, "change"),
        total=_number(group, "total"),
        up=_number(group, "seats"),
        vacant=_number(group, "vacant"),
        deferred=_number(group, "deferred"),
        control=control,
        previous=_control(group, "previous_control"),
        candidates=tuple(_candidate(row) for row in group if row.candidate or "votes" in row.numbers),
        electorate=_number(group, "electorate"),
        ballots=_agreed(group, "turnout", lambda row: row.ballots),
        turnout=_agreed(group, "turnout", lambda row: row.turnout),
        declared_at=_agreed(group, "declared_at", lambda row: row.times.get("declared_at")),
        line=group[0].line,
    )


def _baseline(group: Group, place: Place, *, declared: bool) -> Baseline:
    stated = None if declared else _control(group, "control")
    return Baseline(
        area=place,
        election=group[0].contest,
        ward=group[0].ward,
        baseline=group[0].baseline,
        total=_number(group, "total"),
        up=_number(group, "seats"),
        held=_seats(group, "held"),
        continuing=_seats(group, "continuing"),
        candidates=_seats(group, "candidates") or _standing(group),
        unopposed=_seats(group, "unopposed"),
        vacant=None if declared else _number(group, "vacant"),
        deferred=_number(group, "deferred"),
        control=_control(group, "previous_control") or stated,
        expected_at=_agreed(group, "expected_at", lambda row: row.times.get("expected_at")),
        line=group[0].line,
    )


def _candidate(row: Row) -> Candidate:
    seats = row.numbers.get("elected")
    return Candidate(
        name=row.candidate,
        party=row.party,
        votes=row.numbers.get("votes"),
        elected=bool(seats) if seats is not None and seats <= 1 else None,
    )


def _standing(group: Group) -> Seats | None:
    standing: Seats = {}
    for row in group:
        if row.candidate:
            standing[row.party] = standing.get(row.party, 0) + 1
    return standing or None


def _seats(group: Group, column: str) -> Seats | None:
    """Return a column by party, None where no row fills it.

    Labels of one party are added, and so are its elected candidates; any other figure that stands beside each
    candidate is the party's, said again.
    """
    stated: dict[tuple[str, str], int] = {}
    for row in group:
        if column not in row.numbers:
            continue
        label = (row.party, folded(row.cells.get("party", "")))
        if column == "elected":
            stated[label] = stated.get(label, 0) + row.numbers[column]
        elif stated.setdefault(label, row.numbers[column]) != row.numbers[column]:
            raise CellError(f"{column} of {shown(row.cells['party'])} is not the same in all its rows", row.line)
    seats: Seats = {}
    for (code, _), number in stated.items():
        if code:
            seats[code] = seats.get(code, 0) + number
    return seats or None


def _number(group: Group, column: str) -> int | None:
    return _agreed(group, column, lambda row: row.numbers.get(column))


def _control(group: Group, column: str) -> str | None:
    return _agreed(group, column, lambda row: row.controls.get(column))


def _agreed(group: Group, column: str, value: Callable[[Row], T | None]) -> T | None:
    """Return what the rows say of a fact that is not a party's. Raises `CellError` where they disagree."""
    first: Row | None = None
    agreed: T | None = None
    for row in group:
        own = value(row)
        if own is None:
            continue
        if first is None:
            first, agreed = row, own
        elif own != agreed:
            theirs, ours = shown(first.cells[column]), shown(row.cells[column])
            raise CellError(f"{column} is {ours}, but line {first.line} says {theirs} of {row.area}", row.line)
    return agreed


def _place(rows: Group, kind: AreaKind) -> Place:
    code = _agreed(rows, "code", lambda row: row.cells.get("code"))
    region = _agreed(rows, "region", lambda row: row.cells.get("region"))
    return Place(
        name=rows[0].area, kind=kind, code=clean(code) if code else None, region=clean(region) if region else None
    )


def _once(group: Group) -> None:
    """Raise `CellError` where a party or a candidate stands in a group twice."""
    parties: dict[str, Row] = {}
    people: dict[tuple[str, ...], Row] = {}
    for row in group:
        if row.candidate:
            who = (folded(row.candidate), row.party, row.cells.get("votes", ""))
            other = people.setdefault(who, row)
        else:
            other = parties.setdefault(folded(row.cells.get("party", "")), row) if row.party else row
        if other is not row:
            what = row.candidate or row.cells["party"]
            raise CellError(f"{shown(what)} is there twice for {_where(row)}: see line {other.line}", row.line)
    named = {row.party: row for row in people.values() if "elected" in row.numbers}
    for row in parties.values():
        if "elected" in row.numbers and row.party in named:
            raise CellError(
                f"{shown(row.cells['party'])} has rows with and without a candidate for {_where(row)}: "
                f"see line {named[row.party].line}",
                row.line,
            )


def _where(row: Row) -> str:
    return f"{row.area}, {row.ward}" if row.ward else row.area


def _doubts(groups: Iterable[Group]) -> list[Problem]:
    """Return warnings of figures that are not counted, or that may have been meant otherwise."""
    doubts = []
    for column in _AFTER:
        row = next((r for g in groups if not _declared(g) for r in g if column in r.cells), None)
        if row is not None:
            doubts.append(Problem(reason=f"{column} is not counted where elected is empty", line=row.line))
    for row in (r for g in groups for r in g):
        people = row.numbers.get("electorate")
        if row.ballots is not None and people is not None and row.ballots <= PER_CENT < people:
            reason = f"turnout is {row.ballots}, read as a number of ballots; a percentage is written {row.ballots}%"
            doubts.append(Problem(reason=reason, line=row.line))
            break
    return doubts


def _test(rows: Group) -> str | None:
    for row in rows:
        if test_in_election(row.contest.name):
            return f"the election is called {shown(row.contest.name)}"
        if row.candidate.split()[-1:] == ["Test"]:
            return f"a candidate is called {shown(row.candidate)}"
    return None


def _strangers(rows: Group) -> dict[str, str]:
    named: Mapping[str, str] = {
        code: clean(row.cells.get(column, ""))
        for row in reversed(rows)
        for column, code in (("party", row.party), *row.controls.items())
    }
    return {code: name for code, name in named.items() if code and code != NEW and code not in register()}
