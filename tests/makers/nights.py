"""Whole nights made by hand, for tests of the screen: a local one, a parliament, an empty one."""

from collections.abc import Sequence
from typing import Any

import msgspec

from dashboard.count.night import Area, Certain, Happening, Line, Moment, Night, Said
from feeds.report import Candidate, Quote, Settings
from tests.makers.states import area, at, change, declared, election, moment, night, party, wandsworth, ward


def counted(areas: Sequence[Area]) -> tuple[Happening, ...]:
    """Return the declarations of the declared areas, in their order, a minute apart."""
    found = [declared(a) for a in areas if a.is_declared]
    return tuple(msgspec.structs.replace(h, at=at(0, n % 60), turn=n + 1) for n, h in enumerate(found))


def barnet() -> Area:
    """Return Barnet while two of its three wards are in: Labour needs 8 of 21."""
    wards = (
        ward("Barnet Vale", seats=3, elected={"LAB": 2, "CON": 1}, stage="declared"),
        ward("Brunswick Park", seats=3, elected={"LAB": 3}, stage="declared"),
        ward("Burnt Oak", seats=3),
    )
    facts: dict[str, Any] = {"stage": "partial", "total": 9, "up": 9, "undeclared": 3, "previous": "CON"}
    return area("Barnet", elected={"LAB": 5, "CON": 1}, wards=wards, expected_at=at(6), **facts)


def havant() -> Area:
    """Return a council that was no party's and stays so, at a time that no source gives."""
    facts: dict[str, Any] = {"stage": "declared", "revision": 1, "total": 38, "up": 13, "undeclared": 0}
    facts |= {"elected": {"CON": 7, "LAB": 3, "LD": 3}, "composition": {"CON": 18, "LAB": 10, "LD": 10}}
    facts |= {"control": "NOC", "previous": "NOC", "outcome": "stays-noc"}
    return area("Havant", region="South East", declared=Moment(at=None, basis="unknown"), **facts)


def small_local() -> Night:
    """Return a night of five councils: a gain, one that stays NOC, one in part, two still out."""
    areas = (
        wandsworth(region="London"),
        havant(),
        barnet(),
        area("Glyndŵr", previous="PC", region="Wales", expected_at=at(3, 30)),
        area("Adur", previous="CON", total=29, up=14),
    )
    parties = (
        party("LAB", 43, change=9, change_areas=2, areas=1, areas_change=1),
        party("CON", 30, change=-11, change_areas=2, areas_change=-1),
        party("LD", 3, change=2, change_areas=1),
        party("IND", 1, change=1, change_areas=1),
        party("NOC", areas=1),
    )
    one = election(
        *areas,
        parties=parties,
        changes=(change(areas[0]),),
        partial=1,
        time_unknown=1,
        seats_declared=77,
        seats_up=120,
    )
    said = Said(
        quote=Quote(text="not us being wonderful", speaker="Barry Rawlings", party="LAB", area="Barnet"),
        at=at(1),
        path="quotes.csv",
    )
    return night(one, quotes=(said,), happenings=counted(areas), last_at=at(1, 39))


def many_local(number: int, declare: int = 0) -> Night:
    """Return a night of so many councils, of which the first `declare` have declared, a minute apart."""
    facts: dict[str, Any] = {"stage": "declared", "revision": 1, "total": 30, "up": 30, "undeclared": 0}
    facts |= {"elected": {"LAB": 16, "CON": 14}, "composition": {"LAB": 16, "CON": 14}}
    facts |= {"control": "LAB", "previous": "LAB", "outcome": "hold"}
    areas = [
        area(f"Town {n:03}", **({**facts, "declared": moment(0, n % 60)} if n < declare else {"previous": "LAB"}))
        for n in range(number)
    ]
    parties = (party("LAB", 16 * declare, areas=declare), party("CON", 14 * declare), party("NOC"))
    return night(election(*areas, parties=parties), happenings=counted(areas))


def seat(name: str, winner: str, before: str, minute: int, votes: int = 20_000) -> Area:
    """Return a constituency that declared at so many minutes past midnight."""
    candidates = (
        Candidate(name=f"Ann of {name}", party=winner, votes=votes, elected=True),
        Candidate(name=f"Ben of {name}", party="OTH", votes=votes - 712, elected=False),
    )
    facts: dict[str, Any] = {"kind": "constituency", "stage": "declared", "revision": 1, "total": 1, "up": 1}
    facts |= {"elected": {winner: 1}, "composition": {winner: 1}, "candidates": candidates, "undeclared": 0}
    facts |= {"control": winner, "previous": before, "outcome": "hold" if winner == before else "gain"}
    return area(name, declared=moment(minute // 60, minute % 60), **facts)


def small_parliament() -> Night:
    """Return a parliament of seven seats with a line at four, five of them declared."""
    areas = (
        seat("Newcastle", "LAB", "LAB", 1),
        seat("Blyth Valley", "CON", "LAB", 5),
        seat("Swindon", "CON", "CON", 11),
        seat("Foyle", "SDLP", "SF", 20),
        seat("Leigh", "CON", "LAB", 30),
        area("St Ives", kind="constituency", previous="CON", total=1, up=1),
        area("Ynys Môn", kind="constituency", previous="LAB", total=1, up=1),
    )
    parties = (
        party("CON", 3, change=2, change_areas=5, areas=3, areas_change=2),
        party("LAB", 1, change=-2, change_areas=5, areas=1, areas_change=-2),
        party("SDLP", 1, change=1, change_areas=5, areas=1, areas_change=1),
    )
    one = election(
        *areas,
        id="general",
        name="General election",
        kind="parliament",
        parties=parties,
        line=Line(seats=4, party=None, reached_at=None),
        changes=tuple(change(a) for a in areas if a.outcome == "gain"),
        seats_declared=5,
        seats_up=7,
    )
    found = tuple(msgspec.structs.replace(h, election="general") for h in counted(areas))
    return night(one, settings=Settings(title="General election"), happenings=found)


def certain_local() -> Night:
    """Return a night in which one council's control is certain although seats are out."""
    half = area("Havant", stage="partial", total=38, up=38, previous="CON", certain="NOC", certain_sum="no party can")
    return night(
        election(
            half,
            partial=1,
            certain=(Certain(area="Havant", area_id="havant", control="NOC", undeclared=6, sum="no party can"),),
        )
    )


def two_elections() -> Night:
    """Return a night of councils and mayors."""
    local = small_local().elections[0]
    mayor = area("Croydon", kind="mayor", total=1, up=1)
    return night(local, election(mayor, id="mayors", name="Mayors", kind="mayor"))


def empty() -> Night:
    """Return a night of which nothing is known yet."""
    return night(settings=Settings(), poll_date=None)
