"""One election's totals from its areas: parties, changes of control, the line, what is certain (RULES 7-10)."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from dashboard.count.control import majority, without_new
from dashboard.count.night import Area, Certain, Change, Line, Moment, PartyTally, Status
from feeds.parties import rank
from feeds.report import NOC, Kind, Seats

CHAMBERS: frozenset[Kind] = frozenset({"parliament", "assembly"})
"""Kinds of election whose seats add up to one chamber with a majority line."""

_NEVER = datetime.min.replace(tzinfo=UTC)

NO_LINE = Line(seats=None, party=None, reached_at=None)


class _Row:
    """One party's figures; `touched`, `measured` and `lumped` count the areas that name it, measure it, lump it."""

    __slots__ = ("areas", "areas_change", "change", "lumped", "measured", "seats", "touched")

    def __init__(self) -> None:
        self.seats = self.change = self.areas = self.areas_change = self.measured = self.lumped = self.touched = 0

    @property
    def change_known(self) -> bool:
        """Whether any area says how the party changed: not where it is counted among the others everywhere."""
        return bool(self.measured or not self.lumped)


class Rows:
    """The parties' figures over some areas, which can be added and taken away again."""

    def __init__(self) -> None:
        self._rows: dict[str, _Row] = {}
        self._covered = 0

    def add(self, area: Area, by: int) -> None:
        """Add an area (`by` 1), or take it away (-1)."""
        for code, seats in (area.elected or {}).items():
            self._row(code, by).seats += by * seats
        if area.is_declared and area.change is not None:
            self._covered += by
            self._measure(area.change, area.composition or {}, by)
        if area.is_declared and area.control is not None:
            self._row(area.control, by).areas += by
            before = without_new(area.previous)
            if before is not None and before != area.control:
                self._row(area.control, by).areas_change += by
                self._row(before, by).areas_change -= by
        for code in [code for code, row in self._rows.items() if not row.touched] if by < 0 else ():
            del self._rows[code]

    def _measure(self, change: Seats, composition: Seats, by: int) -> None:
        for code, n in change.items():
            row = self._row(code, by)
            row.change += by * n
            row.measured += by
        for code in composition:
            if code not in change:
                self._row(code, by).lumped += by

    def _row(self, code: str, by: int) -> _Row:
        row = self._rows.get(code)
        if row is None:
            row = self._rows[code] = _Row()
        row.touched += by
        return row

    def most(self) -> int:
        """Return the most seats that a party has."""
        return max((row.seats for row in self._rows.values()), default=0)

    def tallies(self) -> tuple[PartyTally, ...]:
        """Return a row for every party with a figure, and NOC, most seats first, ties in register order (RULES 8).

        Seats are those elected tonight, wards of undeclared areas included; the other figures are over declared areas.
        """
        return tuple(
            PartyTally(
                party=code,
                seats=r.seats,
                change=r.change if self._covered and r.change_known and code != NOC else None,
                change_areas=self._covered,
                areas=r.areas,
                areas_change=r.areas_change,
            )
            for code, r in sorted(self._rows.items(), key=lambda item: (-item[1].seats, rank(item[0])))
            if r.seats or r.change or r.areas or r.areas_change or code == NOC
        )


def changes_of(areas: Iterable[tuple[int, Area]]) -> tuple[Change, ...]:
    """Return the changes of control, oldest first: `areas` come with the turn in which they were declared."""
    return tuple(change for area in _oldest_first(areas) if (change := change_of(area)) is not None)


def change_of(area: Area) -> Change | None:
    """Return the change of control that an area is, None where it is none."""
    if not area.is_declared or area.control is None or area.outcome is None:
        return None
    if area.outcome not in {"gain", "loss"}:
        return None
    return Change(
        area=area.name,
        area_id=area.id,
        outcome=area.outcome,
        control=area.control,
        previous=area.previous,
        declared=area.declared or Moment(at=None, basis="unknown"),
        composition=area.composition,
    )


def is_timed(area: Area) -> bool:
    """Return whether it is known when an area was declared."""
    moment = area.declared
    return moment is not None and moment.at is not None and moment.basis != "unknown"


def _oldest_first(areas: Iterable[tuple[int, Area]]) -> list[Area]:
    """Return the declared areas by time; one at an unknown time follows the one that was counted before it."""
    timed, last = [], _NEVER
    for _, area in sorted(areas, key=lambda item: (item[0], item[1].name)):
        if not area.is_declared:
            continue
        if is_timed(area) and area.declared is not None:
            last = area.declared.at or last
        timed.append((last, area))
    return [area for _, area in sorted(timed, key=lambda item: item[0])]


def certain_of(areas: Iterable[Area]) -> tuple[Certain, ...]:
    """Return the areas whose control is certain although they are undeclared, by name."""
    return tuple(
        Certain(
            area=a.name,
            area_id=a.id,
            control=a.certain,
            undeclared=a.undeclared or 0,
            sum=a.certain_sum or "",
        )
        for a in areas
        if a.certain is not None
    )


def needed_of(kind: Kind, lists: int, known: tuple[int | None, int], expected: int, stated: int | None) -> int | None:
    """Return a chamber's majority line in seats; None where the election is no chamber or it is not known.

    `known` are the seats of all areas, None where they are not known, and how many areas these are. The line is the
    stated one, else the majority of those seats; areas that are expected but unknown count as one seat each (RULES
    10). An assembly's line is not known before its lists are.
    """
    if kind not in CHAMBERS or (kind == "assembly" and stated is None and not lists):
        return None
    seats, areas = known
    if stated is None and seats is None:
        return None
    return stated or majority((seats or 0) + max(0, expected - areas))


def line_of(seats: int, areas: Sequence[tuple[int, Area]]) -> Line:
    """Return a chamber's line and who reached it when; `areas` come with the turn in which they were declared."""
    won: dict[str, int] = {}
    for _, area in sorted(areas, key=lambda item: (item[0], item[1].name)):
        for code, n in (area.elected or {}).items():
            won[code] = won.get(code, 0) + n
            if won[code] >= seats:
                known_time = area.declared is not None and area.declared.basis not in {"expected", "unknown"}
                return Line(
                    seats=seats,
                    party=code,
                    reached_at=area.declared.at if area.declared and known_time else None,
                )
    return Line(seats=seats, party=None, reached_at=None)


def status_of(declared: int, partial: int, expected: int) -> Status:
    """Return how far an election is: nothing yet, some, or all areas declared."""
    if declared and declared == expected:
        return "complete"
    return "provisional" if declared or partial else "expected"
