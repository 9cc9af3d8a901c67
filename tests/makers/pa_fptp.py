"""Makes PA first-past-the-post messages: nominations, rush, result, recount and state of the parties."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from tests.makers.pa import NAMES
from tests.makers.pa_contest import DECLARED, Election, Figure, Seat, Stood, document, element, flat, known, named

ELECTION = Election()
SEAT = Seat()


class Row(NamedTuple):
    """A party's row in a state of the parties. None is left out, as PA leaves out what is 0."""

    party: str
    seats: int | None = None
    gains: int | None = None
    losses: int | None = None


class Maker(Protocol):
    """Makes a result or a rush of those who stood."""

    def __call__(self, stood: Sequence[Stood], /) -> bytes:
        """Return the message."""


def result(
    stood: Sequence[Stood],
    seat: Seat = SEAT,
    election: Election = ELECTION,
    *,
    revision: int | None = 1,
    sitting: str | None = None,
    winning: str | None = "",
    outcome: str | None = "",
    declared: str | None = DECLARED,
    turnout: Figure = "",
    before: Sequence[str] = (),
) -> bytes:
    """Return a result. The winning party is that of who is elected, the outcome follows, unless they are given.

    None leaves an attribute out. `before` are the elements of earlier elections (see `earlier`).
    """
    cast = sum(person.votes or 0 for person in stood)
    share = f"{100 * cast / seat.electorate:.2f}" if seat.electorate and turnout == "" else None
    winner = _winner(stood) if winning == "" else winning
    own = {
        "electorate": seat.electorate,
        "turnout": cast if turnout == "" else turnout,
        "percentageTurnout": share,
        "winningParty": winner,
        "gainOrHold": _outcome(winner, sitting) if outcome == "" else outcome,
        "sittingParty": sitting,
    }
    people = flat(person.lines() for person in stood)
    body = element("Election", election.attributes(), element("Constituency", seat.attributes() | known(own), people))
    root = known({"revision": revision, "declarationTime": declared})
    return document("FirstPastThePostResult", root, [*body, *before])


def rush(
    stood: Sequence[Stood],
    seat: Seat = SEAT,
    election: Election = ELECTION,
    *,
    revision: int | None = 1,
    sitting: str | None = None,
    winning: str | None = "",
    outcome: str | None = "",
) -> bytes:
    """Return a rush: who is elected and who held the seat, without votes and without a time."""
    winner = _winner(stood) if winning == "" else winning
    own = {
        "electorate": seat.electorate,
        "gainOrHold": _outcome(winner, sitting) if outcome == "" else outcome,
        "winningPartyAbbreviation": winner,
        "winningPartyName": NAMES.get(winner, winner) if winner else None,
        "sittingPartyAbbreviation": sitting,
        "sittingPartyName": NAMES.get(sitting, sitting) if sitting else None,
        "change": str(winner != sitting).lower(),
    }
    people = flat(Stood(p.name, p.party, None, p.elected, extra=p.extra).lines() for p in stood)
    body = element("Election", election.attributes(), element("Constituency", seat.attributes() | known(own), people))
    return document("FirstPastThePostRush", known({"revision": revision}), body)


def nominations(
    stood: Sequence[Stood], seat: Seat = SEAT, election: Election = ELECTION, *, before: Sequence[str] = ()
) -> bytes:
    """Return the nominations of a seat, with the elements of earlier elections (see `earlier`)."""
    people = flat(Stood(p.name, p.party, extra=p.extra).lines() for p in stood)
    own = seat.attributes() | known({"electorate": seat.electorate})
    body = element("Election", election.attributes(), element("Constituency", own, people))
    return document("FirstPastThePostNominations", {"revision": "1"}, [*body, *before])


def earlier(
    winning: str | None, seat: Seat = SEAT, *, notional: bool = False, date: str = "2021-05-06", name: str = ""
) -> list[str]:
    """Return an earlier election of a seat; a notional one has parties, and no candidates."""
    own = seat.attributes() | known({"turnout": 100, "winningParty": winning}) | ({"name": name} if name else {})
    votes = known({"votes": 60})
    party = element("Party", named(winning or "C") | votes)
    people = party if notional else Stood("Old Holder Test", winning or "C", 60).lines()
    tag = "PreviousNotionalElection" if notional else "PreviousElection"
    return element(tag, {"name": "Earlier", "date": date, "type": "S"}, element("Constituency", own, people))


def recount(seat: Seat = SEAT, election: Election = ELECTION, *, which: int | None = 1, revision: int = 1) -> bytes:
    """Return the message that votes are counted again."""
    own = seat.attributes() | known({"recount": which})
    body = element("Election", election.attributes(), element("Constituency", own))
    return document("Recount", {"revision": str(revision)}, body)


def sop(
    rows: Iterable[Row],
    seats: Sequence[Seat],
    election: Election = ELECTION,
    *,
    expected: int,
    number: int | None = None,
    forecast: str | None = None,
) -> bytes:
    """Return a state of the parties over `seats`, of `expected`; `number` is how many unless given."""
    figures = {"numberOfResults": len(seats) if number is None else number, "totalNumberOfConstituencies": expected}
    parties: list[str] = []
    for row in rows:
        own = named(row.party) | ({"paId": "-9999"} if row.party == "Others" else {})
        own |= known({"totalSeats": row.seats, "gains": row.gains, "losses": row.losses, "totalVotes": 1_000})
        parties += element("Party", own)
    included = flat(element("Constituency", seat.attributes()) for seat in seats)
    return document(
        "FirstPastThePostStateOfParties",
        known(figures | {"forecastWinningParty": forecast}),
        [
            *element("Election", election.attributes()),
            *element("Parties", {}, parties),
            *element("ConstituenciesIncluded", {}, included),
        ],
    )


def file_name(kind: str, revision: int = 1, seat: Seat = SEAT, election: Election = ELECTION) -> str:
    """Return the file name that PA gives a message of a kind: `nominations`, `rush`, `result` or `recount`."""
    return f"{election.slug}_{kind}_{seat.slug}_{revision}.xml"


def _winner(stood: Sequence[Stood]) -> str | None:
    return next((person.party for person in stood if person.elected), None)


def _outcome(winner: str | None, sitting: str | None) -> str:
    if sitting is None:
        return "win"
    return "hold" if winner == sitting else "gain"
