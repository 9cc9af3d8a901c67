"""Events and reports in a few words, for tests of the count: no files, no clock."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import msgspec

from dashboard.count.fold import Count, fold
from dashboard.count.night import Area, Election, Night
from feeds.arrival import Arrival, Event, Sighting, digest, order
from feeds.report import (
    Baseline,
    BaselineName,
    Basis,
    Contest,
    PartyTotals,
    Place,
    Problem,
    Reading,
    Report,
    Result,
    Seats,
    Stage,
    Totals,
)

POLL = date(2022, 5, 5)
CLOSE = datetime(2022, 5, 5, 21, 0, tzinfo=UTC)
"""Ten in the evening, British Summer Time."""

LOCAL = Contest(kind="local", name="Local elections", poll_date=POLL)
Pair = tuple[Event, Reading | None]


def at(minutes: float) -> datetime:
    """Return a moment so many minutes after polls close."""
    return CLOSE + timedelta(minutes=minutes)


def place(name: str, code: str | None = None) -> Place:
    return Place(name=name, code=code)


def result(
    name: str,
    elected: Seats | None = None,
    *,
    code: str | None = None,
    ward: str | None = None,
    revision: int = 1,
    stage: Stage = "full",
    election: Contest = LOCAL,
    composition: Seats | None = None,
    change: Seats | None = None,
    total: int | None = None,
    up: int | None = None,
    vacant: int | None = None,
    deferred: int | None = None,
    control: str | None = None,
    previous: str | None = None,
    declared_at: datetime | None = None,
) -> Result:
    return Result(
        area=place(name, code),
        election=election,
        ward=ward,
        revision=revision,
        stage=stage,
        elected=elected,
        composition=composition,
        change=change,
        total=total,
        up=up,
        vacant=vacant,
        deferred=deferred,
        control=control,
        previous=previous,
        declared_at=declared_at,
    )


def baseline(
    name: str,
    held: Seats | None = None,
    *,
    code: str | None = None,
    ward: str | None = None,
    total: int | None = None,
    up: int | None = None,
    continuing: Seats | None = None,
    candidates: Seats | None = None,
    unopposed: Seats | None = None,
    vacant: int | None = None,
    deferred: int | None = None,
    control: str | None = None,
    election: Contest = LOCAL,
) -> Baseline:
    return Baseline(
        area=place(name, code),
        election=election,
        ward=ward,
        total=total,
        up=up,
        held=held,
        continuing=continuing,
        candidates=candidates,
        unopposed=unopposed,
        vacant=vacant,
        deferred=deferred,
        control=control,
    )


def arrive(path: str, minutes: float, *reports: Report, basis: Basis = "arrived", mark: str = "") -> Pair:
    """Return the arrival of a file that says these reports; its bytes are made from them (and from `mark`)."""
    data = msgspec.json.encode([msgspec.structs.asdict(r) for r in reports]) + mark.encode()
    event = Arrival(path=path, data=data, digest=digest(data), at=at(minutes), basis=basis)
    return event, Reading(format="test", reports=tuple(reports))


def broken(path: str, minutes: float, reason: str = "torn", line: int | None = None, mark: str = "") -> Pair:
    """Return the arrival of a file that cannot be read."""
    data = f"{reason}{line}{mark}".encode()
    event = Arrival(path=path, data=data, digest=digest(data), at=at(minutes), basis="arrived")
    return event, Reading(format="test", problem=Problem(reason=reason, line=line))


def gone(path: str, minutes: float) -> Pair:
    """Return the sighting that a file has disappeared."""
    return Sighting(path=path, at=at(minutes), state="removed", reason="no longer there"), None


def night(*pairs: Pair) -> Night:
    """Return the night that these add up to, taken in their proper order."""
    return fold(sorted(pairs, key=lambda pair: order(pair[0])))


def count(pairs: Iterable[Pair], against: BaselineName | None = None) -> Count:
    """Return the count after these, taken as they come, measured against a baseline (the night's own)."""
    counted = Count(against)
    for event, reading in pairs:
        counted.apply(event, reading)
    return counted


def only(found: Night) -> Election:
    """Return the night's one election."""
    (election,) = found.elections
    return election


def area(found: Night, name: str) -> Area:
    """Return the one area of that name."""
    (match,) = [a for e in found.elections for a in e.areas if a.name == name]
    return match


def flagged(found: Area) -> tuple[str, ...]:
    """Return the sentences about an area's figures that do not agree."""
    return tuple(each.text for each in found.discrepancies)


def sop(number: int, parties: dict[str, tuple[int, int, int, int]], *names: str, region: str = "All") -> Totals:
    """Return a state of the parties: party to (seats, change, councils, change in councils), over the named areas."""
    return Totals(
        election=LOCAL,
        number=number,
        region=region,
        areas=tuple(place(n) for n in names),
        parties={
            code: PartyTotals(seats=s, change=c, areas=a, areas_change=ac) for code, (s, c, a, ac) in parties.items()
        },
    )
