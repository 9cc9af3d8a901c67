"""One election's totals from its areas: parties, changes of control, the line, what is certain (RULES 7-10)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from dashboard.count.control import majority, without_new
from dashboard.count.night import Area, Certain, Change, Line, Moment, PartyTally, Status
from feeds.parties import rank
from feeds.report import NOC, Kind

CHAMBERS: frozenset[Kind] = frozenset({"parliament", "assembly"})
"""Kinds of election whose seats add up to one chamber with a majority line."""

_NEVER = datetime.min.replace(tzinfo=UTC)

NO_LINE = Line(seats=None, party=None, reached_at=None)


class _Row:
    def __init__(self) -> None:
        self.seats = self.change = self.areas = self.areas_change = 0
        self.measured = self.lumped = False

    @property
    def change_known(self) -> bool:
        """Whether any area says how the party changed: not where it is counted among the others everywhere."""
        return self.measured or not self.lumped


def party_rows(areas: Iterable[Area]) -> tuple[PartyTally, ...]:
    """Return a row for every party with a figure, and NOC, most seats first, ties in register order (RULES 8).

    Seats are those elected tonight, wards of undeclared areas included; the other figures are over declared areas.
    """
    rows: defaultdict[str, _Row] = defaultdict(_Row)
    covered = 0
    for area in areas:
        for code, seats in (area.elected or {}).items():
            rows[code].seats += seats
        if not area.is_declared:
            continue
        if area.change is not None:
            covered += 1
            for code, n in area.change.items():
                rows[code].change += n
                rows[code].measured = True
            for code in (area.composition or {}).keys() - area.change.keys():
                rows[code].lumped = True
        if area.control is not None:
            rows[area.control].areas += 1
            before = without_new(area.previous)
            if before is not None and before != area.control:
                rows[area.control].areas_change += 1
                rows[before].areas_change -= 1
    return tuple(
        PartyTally(
            party=code,
            seats=r.seats,
            change=r.change if covered and r.change_known and code != NOC else None,
            change_areas=covered,
            areas=r.areas,
            areas_change=r.areas_change,
        )
        for code, r in sorted(rows.items(), key=lambda item: (-item[1].seats, rank(item[0])))
        if r.seats or r.change or r.areas or r.areas_change or code == NOC
    )


def changes_of(areas: Iterable[tuple[int, Area]]) -> tuple[Change, ...]:
    """Return the changes of control, oldest first: `areas` come with the turn in which they were declared."""
    return tuple(
        Change(
            area=a.name,
            area_id=a.id,
            outcome=a.outcome,
            control=a.control,
            previous=a.previous,
            declared=a.declared or Moment(at=None, basis="unknown"),
            composition=a.composition,
        )
        for a in _oldest_first(areas)
        if a.control is not None and a.outcome in {"gain", "loss"}
    )


def _oldest_first(areas: Iterable[tuple[int, Area]]) -> list[Area]:
    """Return the declared areas by time; one at an unknown time follows the one that was counted before it."""
    timed, last = [], _NEVER
    for _, area in sorted(areas, key=lambda item: (item[0], item[1].name)):
        if not area.is_declared:
            continue
        moment = area.declared
        if moment is not None and moment.at is not None and moment.basis != "unknown":
            last = moment.at
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


def line_of(kind: Kind, areas: Sequence[tuple[int, Area]], expected: int, stated: int | None) -> Line:
    """Return a chamber's majority line and who reached it when; nothing where the election is no chamber.

    `areas` come with the turn in which they were declared. The line is the stated one, else the majority of the
    seats of all areas; areas that are expected but unknown count as one seat each (RULES 10). An assembly's line is
    not known before its lists are.
    """
    lists = any(area.kind == "region" for _, area in areas)
    if kind not in CHAMBERS or (kind == "assembly" and stated is None and not lists):
        return NO_LINE
    known = [area.up if area.up is not None else area.total for _, area in areas]
    if stated is None and any(n is None for n in known):
        return NO_LINE
    seats = stated or majority(sum(n or 0 for n in known) + max(0, expected - len(known)))
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
