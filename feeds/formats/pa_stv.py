"""PA's messages of counts in rounds: nominations and results by single transferable or supplementary vote.

Each result repeats all rounds so far. It is partial until as many are elected as there are seats: one for a mayor,
a commissioner or a by-election; else as many as the quota is made for. Votes are the first preferences.
"""

from typing import Final, NamedTuple

from feeds.attributes import moment, number, required_number
from feeds.limits import MAX_PEOPLE, MAX_SEATS
from feeds.pa import ZONE, Reader, Remarks, added
from feeds.pa_contest import Person, Seat, mark, message, people, percentage, revision, seats
from feeds.report import AreaKind, Baseline, Candidate, Contest, Result, Seats
from feeds.xml import Element, XmlProblem

_MAX_ROUNDS: Final = 1_000
_STATUSES: Final = "*-SD"
"""Elected, eliminated, surplus distributed, votes distributed."""


class _Count(NamedTuple):
    """How a count stands: who stood, with first preferences; the keys of the elected and of the eliminated."""

    stood: list[Person]
    elected: set[str]
    out: set[str]


def _kind(election: Contest) -> AreaKind:
    """Return the kind of area: one person is elected to some bodies; of the others each place elects several."""
    kinds: dict[str, AreaKind] = {"mayor": "mayor", "by-election": "constituency"}
    return kinds.get(election.kind, "region")


def _results(root: Element, remarks: Remarks) -> tuple[Result, ...]:
    return tuple(_result(root, seat, remarks) for seat in seats(root, _kind))


def _result(root: Element, seat: Seat, remarks: Remarks) -> Result:
    row = seat.row
    rounds = _rounds(root, seat)
    count = _count(rounds, remarks)
    up = _up(seat, remarks)
    elected = added((person.party, 1) for person in count.stood if person.key in count.elected)
    if up is not None and len(count.elected) > up:
        raise XmlProblem(f"{len(count.elected)} candidates are marked as elected for {_words(up)}", row.line)
    whole = len(count.elected) == up
    return Result(
        area=seat.place,
        election=seat.election,
        revision=revision(root),
        round=max(rounds),
        stage="full" if whole else "partial",
        elected=dict.fromkeys((person.party for person in count.stood), 0) | elected if whole else elected or None,
        total=up,
        up=up,
        control=next(iter(elected)) if whole and seat.place.kind != "region" else None,
        candidates=tuple(_candidate(person, count, whole) for person in count.stood),
        electorate=number(row, "electorate", MAX_PEOPLE),
        ballots=number(row, "turnout", MAX_PEOPLE),
        turnout=percentage(row, "percentageTurnout"),
        declared_at=moment(root, "declarationTime", ZONE),
        line=row.line,
    )


def _words(up: int) -> str:
    return "1 seat" if up == 1 else f"{up} seats"


def _rounds(root: Element, seat: Seat) -> dict[int, Element]:
    rounds: dict[int, Element] = {}
    name = seat.place.name
    for element in seat.row.all("Round"):
        which = required_number(element, "number", _MAX_ROUNDS, 1)
        if which in rounds:
            raise XmlProblem(f"round {which} stands twice in {name}", element.line)
        rounds[which] = element
    if 1 not in rounds:
        raise XmlProblem(f"{name} has no round 1", seat.row.line)
    stated = number(root, "roundNumber", _MAX_ROUNDS, 1)
    if stated is not None and stated != max(rounds):
        raise XmlProblem(f"roundNumber is {stated}, but the last round of {name} is {max(rounds)}", root.line)
    return rounds


def _count(rounds: dict[int, Element], remarks: Remarks) -> _Count:
    """Return how a count stands after its rounds; someone elected or eliminated in one need not be in the next."""
    count = _Count(people(rounds[1], remarks), set(), set())
    known = {person.key for person in count.stood}
    for which in sorted(rounds):
        for person in people(rounds[which], remarks):
            if person.key not in known:
                raise XmlProblem(f"{person.name} stands in round {which}, but not in round 1", person.row.line)
            status = mark(person.row, "resultStatus", _STATUSES)
            {"*": count.elected, "-": count.out}.get(status or "", set()).add(person.key)
            if person.key in count.elected & count.out:
                raise XmlProblem(f"{person.name} is marked as elected and as eliminated", person.row.line)
    return count


def _up(seat: Seat, remarks: Remarks) -> int | None:
    """Return how many are to be elected: one, or what the quota is made for; None with a warning if not known.

    The quota is the least whole number of votes above `votes / (seats + 1)`, so that it tells the seats.
    """
    if seat.place.kind != "region":
        return 1
    row = seat.row
    votes, quota = number(row, "validVotes", MAX_PEOPLE), number(row, "quota", MAX_PEOPLE, 1)
    if votes is None or quota is None:
        remarks.odd(f"how many seats {seat.place.name} has cannot be told without validVotes and quota", row.line)
        return None
    up = votes // (quota - 1) - 1 if quota > 1 else 0
    if not 1 <= up <= MAX_SEATS or votes // (up + 1) + 1 != quota:
        remarks.odd(f"a quota of {quota:,} fits no number of seats for {votes:,} votes", row.line)
        return None
    return up


def _candidate(person: Person, count: _Count, whole: bool) -> Candidate:
    lost = False if whole or person.key in count.out else None
    return Candidate(
        name=person.name,
        party=person.party,
        votes=person.votes,
        elected=True if person.key in count.elected else lost,
    )


def _nominations(root: Element, remarks: Remarks) -> tuple[Baseline, ...]:
    return tuple(_baseline(seat, remarks) for seat in seats(root, _kind))


def _baseline(seat: Seat, remarks: Remarks) -> Baseline:
    one = None if seat.place.kind == "region" else 1
    held = _held(seat.row, one, remarks)
    return Baseline(
        area=seat.place,
        election=seat.election,
        baseline="last-election" if held else None,
        total=one,
        up=one,
        held=held,
        candidates=added((person.party, 1) for person in people(seat.row, remarks)) or None,
        line=seat.row.line,
    )


def _held(row: Element, up: int | None, remarks: Remarks) -> Seats | None:
    """Return who was elected the last time; None where that is not said, or is not as many as there are seats."""
    before = row.only("PreviousFirstRoundResultsSummary")
    elected = before.only("CandidatesElected") if before else None
    held = added((person.party, 1) for person in people(elected, remarks)) if elected else {}
    return held if held and up in {None, sum(held.values())} else None


ROOTS: Final[dict[str, Reader]] = {
    "ElectionResult": message("PA result in rounds", _results),
    "ElectionNominations": message("PA nominations for a count in rounds", _nominations),
}
"""The readers by root element."""
