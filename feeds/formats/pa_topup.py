"""PA's messages about party lists: nominations, rush and result of a region (top-up seats, or all of a Senedd's).

A region elects several people at once and has no control (RULES 12): who has most votes there is not passed on.
Seats are counted from the people who are marked as elected. A list's votes stand with no candidate's name.
"""

from collections.abc import Callable
from typing import Final

from feeds.attributes import moment, number, required, text
from feeds.limits import MAX_PEOPLE, MAX_SEATS
from feeds.pa import ZONE, Reader, Remarks, added
from feeds.pa_contest import Person, Seat, mark, message, people, percentage, revision, seats
from feeds.report import AreaKind, Baseline, Candidate, Contest, Report, Result, Seats, Stage
from feeds.text import folded
from feeds.xml import Element, XmlProblem

Rows = list[tuple[str, Element]]
"""Party rows, each with its party's code."""


def _kind(_election: Contest) -> AreaKind:
    return "region"


def _declared(stage: Stage) -> Callable[[Element, Remarks], tuple[Report, ...]]:
    """Return the reading of a result or a rush; a rush has only the people who are elected."""

    def read(root: Element, remarks: Remarks) -> tuple[Report, ...]:
        return tuple(_result(root, region, stage, remarks) for region in seats(root, _kind))

    return read


def _result(root: Element, seat: Seat, stage: Stage, remarks: Remarks) -> Result:
    region = seat.row
    named = people(region, remarks)
    lists = _lists(region, remarks)
    elected = added((person.party, 1) for person in named if mark(person.row, "elected", "*"))
    if not elected:
        raise XmlProblem(f"nobody is marked as elected in {seat.place.name}", region.line)
    _compare(lists, elected, remarks)
    # All seats of a list region are filled at once, so as many are up as are elected.
    filled = sum(elected.values())
    return Result(
        area=seat.place,
        election=seat.election,
        revision=revision(root),
        stage=stage,
        elected=dict.fromkeys((code for code, _ in lists), 0) | elected,
        total=filled,
        up=filled,
        candidates=(*_people(named), *_votes(lists)),
        electorate=number(region, "electorate", MAX_PEOPLE),
        ballots=number(region, "turnout", MAX_PEOPLE),
        turnout=percentage(region, "percentageTurnout"),
        declared_at=moment(root, "declarationTime", ZONE),
        line=region.line,
    )


def _lists(region: Element, remarks: Remarks) -> Rows:
    """Return the lists with their parties. Two independents are two lists; one list twice is refused."""
    rows: Rows = []
    seen: set[tuple[str, ...]] = set()
    for row in region.all("Party"):
        name, abbreviation = required(row, "name"), text(row, "abbreviation")
        label = (folded(name), folded(abbreviation or ""), text(row, "paId") or "")
        if label in seen:
            raise XmlProblem(f"{name} stands twice in {region.tag}", row.line)
        seen.add(label)
        rows.append((remarks.party(name, abbreviation), row))
    return rows


def _compare(lists: Rows, elected: Seats, remarks: Remarks) -> None:
    """Warn of each party whose stated number of elected candidates is not the number of those marked."""
    stated = [(code, row, number(row, "candidatesElected", MAX_SEATS)) for code, row in lists]
    sums = added((code, n) for code, _, n in stated if n is not None)
    told: set[str] = set()
    for code, row, n in stated:
        if n is not None and code not in told and sums[code] != elected.get(code, 0):
            told.add(code)
            name, marked = required(row, "name"), elected.get(code, 0)
            remarks.odd(f"candidatesElected of {name} is {sums[code]}, but {marked} are marked as elected", row.line)


def _people(named: list[Person]) -> tuple[Candidate, ...]:
    """Return the people by list, in the order in which the lists begin, and in the order of each list."""
    order = {code: position for position, code in enumerate(dict.fromkeys(person.party for person in named))}
    ranks = {person.key: number(person.row, "partyListRank", MAX_SEATS) for person in named}

    def rank(person: Person) -> tuple[int, int]:
        own = ranks[person.key]
        return order[person.party], MAX_SEATS if own is None else own

    return tuple(
        Candidate(name=person.name, party=person.party, elected=mark(person.row, "elected", "*") is not None)
        for person in sorted(named, key=rank)
    )


def _votes(lists: Rows) -> tuple[Candidate, ...]:
    figures = ((code, number(row, "votes", MAX_PEOPLE)) for code, row in lists)
    votes = added((code, figure) for code, figure in figures if figure is not None)
    return tuple(Candidate(name="", party=code, votes=figure) for code, figure in votes.items())


def _nominations(root: Element, remarks: Remarks) -> tuple[Baseline, ...]:
    """Return the regions that are expected, with the candidates of each list. How many seats are up is not said."""
    return tuple(
        Baseline(
            area=region.place,
            election=region.election,
            candidates=added((person.party, 1) for person in people(region.row, remarks)) or None,
            line=region.row.line,
        )
        for region in seats(root, _kind)
    )


ROOTS: Final[dict[str, Reader]] = {
    "TopUpResult": message("PA list result", _declared("full")),
    "TopUpRush": message("PA list rush", _declared("rush")),
    "TopUpNominations": message("PA list nominations", _nominations),
}
"""The readers by root element."""
