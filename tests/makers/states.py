"""States of a night made by hand, for tests of what words, tables and data make of them."""

from datetime import UTC, date, datetime
from typing import Any

from dashboard.count.night import (
    Area,
    Change,
    Correction,
    Deed,
    Discrepancy,
    Election,
    FileCounts,
    Happening,
    Line,
    Moment,
    Night,
    PartyTally,
    Ward,
)
from feeds.report import Basis, Settings

POLL = date(2022, 5, 5)


def at(hour: int, minute: int = 0, day: int = 6) -> datetime:
    """Return a UTC time in the night of 5 May 2022 (an hour behind the clocks of London)."""
    return datetime(2022, 5, day, hour, minute, tzinfo=UTC)


def moment(hour: int, minute: int = 0, basis: Basis = "declared") -> Moment:
    return Moment(at=at(hour, minute), basis=basis)


def area(name: str = "Wandsworth", **fields: Any) -> Area:
    """Return a council: undeclared, unless `fields` say otherwise."""
    base: dict[str, Any] = dict.fromkeys(Area.__struct_fields__)
    base |= {"id": name.lower(), "name": name, "kind": "council", "stage": "expected", "deferred": 0}
    base |= {"measures": (), "paths": (), "wards": (), "candidates": (), "discrepancies": (), "files": ()}
    return Area(**(base | {"source_removed": False} | fields))


def odd(*texts: str) -> tuple[Discrepancy, ...]:
    """Return disagreements in those words, of no file."""
    return tuple(Discrepancy(text=text, files=()) for text in texts)


def wandsworth(**fields: Any) -> Area:
    """Return Wandsworth as it was declared in 2022, at 02:39."""
    seats = {"LAB": 35, "CON": 22, "IND": 1}
    facts: dict[str, Any] = {"stage": "declared", "revision": 1, "total": 58, "up": 58, "undeclared": 0}
    facts |= {"elected": seats, "composition": seats, "change": {"LAB": 9, "CON": -11, "IND": 1}}
    facts |= {"control": "LAB", "previous": "CON", "outcome": "gain", "declared": moment(1, 39)}
    return area(**({"name": "Wandsworth"} | facts | fields))


def ward(name: str = "Furzedown", **fields: Any) -> Ward:
    base: dict[str, Any] = dict.fromkeys(Ward.__struct_fields__)
    base |= {"name": name, "candidates": (), "stage": "expected", "revision": 1}
    return Ward(**(base | fields))


def party(code: str, seats: int = 0, **fields: Any) -> PartyTally:
    base: dict[str, Any] = {"party": code, "seats": seats, "change": None, "change_areas": 0, "areas": 0}
    return PartyTally(**(base | {"areas_change": 0} | fields))


def change(of: Area) -> Change:
    """Return the change of control that a declared area means."""
    assert of.outcome and of.control and of.declared
    return Change(
        area=of.name,
        area_id=of.id,
        outcome=of.outcome,
        control=of.control,
        previous=of.previous,
        declared=of.declared,
        composition=of.composition,
    )


def election(*areas: Area, **fields: Any) -> Election:
    """Return a local election of these areas, with no tallies unless `fields` give them."""
    declared = sum(a.is_declared for a in areas)
    base: dict[str, Any] = {"id": "local", "name": "Local elections", "kind": "local", "poll_date": POLL}
    base |= {"status": "provisional", "baseline": "eve-of-poll", "expected": len(areas), "declared": declared}
    base |= {"partial": 0, "time_unknown": 0, "seats_declared": 58 * declared, "seats_up": 58 * len(areas)}
    base |= {"line": Line(seats=None, party=None, reached_at=None), "parties": (), "areas": areas}
    base |= {"changes": (), "certain": (), "totals_check": None, "totals_checks": ()}
    return Election(**(base | fields))


def night(*elections: Election, **fields: Any) -> Night:
    """Return a night of these elections, with nothing wrong in it unless `fields` say so."""
    base: dict[str, Any] = {"settings": Settings(title="Local elections, 5 May 2022"), "poll_date": POLL}
    base |= {"test": (), "elections": elections, "corrections": (), "conflicts": (), "problems": ()}
    base |= {"files": FileCounts(), "quotes": (), "notes": (), "happenings": (), "unknown_parties": ()}
    return Night(**(base | {"events": 0, "last_at": None} | fields))


def declared(of: Area) -> Happening:
    """Return the declaration of an area as a happening of the night, counted at 03:00 by the clocks."""
    return happening("declared", election="local", area=of)


def happening(what: Deed, **fields: Any) -> Happening:
    """Return a thing that happened, counted at 03:00 by the clocks, as the first event of the night."""
    return Happening(**({"what": what, "at": at(2), "turn": 1} | fields))


def correction(**fields: Any) -> Correction:
    """Return a correction of Redditch's seats, made at 02:05 by the clocks."""
    base: dict[str, Any] = {"election": "local", "area": "Redditch", "area_id": "redditch", "ward": None}
    base |= {"what": "seats", "before": "CON 18", "after": "CON 17", "at": at(1, 5), "path": "r2.xml"}
    return Correction(**(base | fields))
