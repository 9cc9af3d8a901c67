"""Makes PA messages of counts in rounds: nominations and results by single transferable or supplementary vote."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tests.makers.pa_contest import Election, Figure, Seat, Stood, document, element, flat, known

ELECTION = Election("London mayor", "M")
CITY = Seat("London", 5_634_331)


class Round(NamedTuple):
    """One round: the candidates still in it, `status` by their names (`*` elected, `-` out), its own revision."""

    stood: Sequence[Stood]
    status: Mapping[str, str] = {}
    revision: int = 1
    distributed: Sequence[Stood] = ()


def result(
    rounds: Sequence[Round],
    seat: Seat = CITY,
    election: Election = ELECTION,
    *,
    revision: int | None = None,
    number: Figure = "",
    declared: str | None = "2026-05-08T17:24:02",
    valid: Figure = None,
    quota: Figure = None,
) -> bytes:
    """Return a result after the rounds so far; it has the last round's number and revision unless they are given."""
    own = {"electorate": seat.electorate, "turnout": 3_334_573, "percentageTurnout": "59.18"}
    lines = flat(_round(which, part) for which, part in enumerate(rounds, start=1))
    body = element("Constituency", seat.attributes() | known(own | {"validVotes": valid, "quota": quota}), lines)
    root = {
        "roundNumber": len(rounds) if number == "" else number,
        "revision": rounds[-1].revision if revision is None and rounds else revision,
        "declarationTime": declared,
    }
    return document("ElectionResult", known(root), element("Election", election.attributes(), body))


def nominations(
    stood: Sequence[Stood], seat: Seat = CITY, election: Election = ELECTION, *, before: Sequence[Stood] | None = None
) -> bytes:
    """Return nominations; `before` were elected the last time, None leaves the earlier election out."""
    lines = flat(person.lines() for person in stood)
    if before is not None:
        chosen = element("CandidatesElected", {}, flat(person.lines() for person in before))
        first = flat(person.lines(votes_of_candidate=True) for person in before)
        lines += element("PreviousFirstRoundResultsSummary", {}, [*first, *chosen])
    own = seat.attributes() | known({"electorate": seat.electorate})
    body = element("Election", election.attributes(), element("Constituency", own, lines))
    return document("ElectionNominations", {"revision": "2"}, body)


def file_name(round_number: int, revision: int = 1, seat: Seat = CITY, election: Election = ELECTION) -> str:
    """Return the file name that PA gives the result after a round."""
    return f"{election.slug}_result_{seat.slug}_round_{round_number}_rev_{revision}.xml"


def _round(which: int, part: Round) -> list[str]:
    spread = [Stood(p.name, p.party, extra=(("resultStatus", "D"),)) for p in part.distributed]
    lines = element("VotesDistributed", {}, flat(p.lines() for p in spread)) if spread else []
    for person in part.stood:
        own = known({"resultStatus": part.status.get(person.name)})
        marked = Stood(person.name, person.party, person.votes, extra=tuple(own.items()))
        lines += marked.lines(votes_of_candidate=True)
    return element("Round", {"number": str(which), "revision": str(part.revision)}, lines)
