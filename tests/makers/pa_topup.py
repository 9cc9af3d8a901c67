"""Makes PA messages about party lists: nominations, rush and result of a region."""

from collections.abc import Sequence
from typing import NamedTuple

from tests.makers.pa_contest import DECLARED, Election, Seat, Stood, document, element, flat, known, named

ELECTION = Election()
REGION = Seat("Highlands & Islands", 335_283)


class List(NamedTuple):
    """A party's list: its votes, and how many of it are elected where that is stated."""

    party: str
    votes: int | None = None
    elected: int | None = None


def result(
    stood: Sequence[Stood],
    lists: Sequence[List],
    region: Seat = REGION,
    election: Election = ELECTION,
    *,
    revision: int | None = 1,
    declared: str | None = DECLARED,
) -> bytes:
    """Return a result: the people who are elected, then the lists with their votes."""
    cast = sum(row.votes or 0 for row in lists)
    most = max(lists, key=lambda row: row.votes or 0, default=None)
    own = {"electorate": region.electorate, "turnout": cast, "percentageTurnout": "54.81"}
    own |= {"winningParty": most.party if most else None}
    rows = flat(
        element("Party", named(row.party) | known({"votes": row.votes, "candidatesElected": row.elected}))
        for row in lists
    )
    body = _constituency(region, own, [*flat(person.lines() for person in stood), *rows])
    root = known({"revision": revision, "declarationTime": declared})
    return document("TopUpResult", root, element("Election", election.attributes(), body))


def rush(
    stood: Sequence[Stood], region: Seat = REGION, election: Election = ELECTION, *, revision: int | None = 1
) -> bytes:
    """Return a rush: only the people who are elected."""
    body = _constituency(region, {"electorate": region.electorate}, flat(person.lines() for person in stood))
    return document("TopUpRush", known({"revision": revision}), element("Election", election.attributes(), body))


def nominations(stood: Sequence[Stood], region: Seat = REGION, election: Election = ELECTION) -> bytes:
    """Return the nominations of a region: everybody on every list."""
    body = _constituency(region, {"electorate": region.electorate}, flat(person.lines() for person in stood))
    return document("TopUpNominations", {"revision": "1"}, element("Election", election.attributes(), body))


def _constituency(region: Seat, figures: dict[str, int | str | None], lines: Sequence[str]) -> list[str]:
    return element("Constituency", region.attributes() | known(dict(figures)), lines)
