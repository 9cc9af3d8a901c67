"""Figures of one poll, in a ward or for one seat, that do not agree: seats, votes, ballots, turnout, winners."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from feeds.parties import party
from feeds.plural import be, many
from feeds.report import Candidate, Seats

WHOLE = 100
NEAR = 0.2
"""Percentage points by which a stated turnout may differ from ballots of the electorate."""


class Poll(msgspec.Struct, frozen=True, kw_only=True):
    """What was declared of one poll. `stood` are candidates per party as they were known beforehand.

    `whole` says whether all of it is declared, and `plurality` whether those with the most votes win.
    """

    seats: int | None
    elected: Seats | None
    deferred: int
    candidates: Sequence[Candidate]
    electorate: int | None
    ballots: int | None
    turnout: float | None
    stood: Seats | None
    unopposed: Seats | None
    whole: bool
    plurality: bool


def contradictions(poll: Poll) -> Iterator[str]:
    """Yield a sentence for each pair of figures of the poll that contradict each other, its seats left out."""
    if poll.stood is not None or poll.unopposed:
        yield from _stood(poll)
    if poll.ballots is not None or poll.turnout is not None:
        yield from _people(poll)
    if poll.candidates:
        yield from _votes(poll)
        yield from _marks(poll)
        if poll.plurality and poll.whole:
            yield from _winners(poll)


def short(code: str) -> str:
    """Return a party's name as the sentences say it."""
    return party(code).short


def tally(codes: Iterable[str]) -> Seats:
    """Return how often each party is named."""
    return dict(Counter(codes))


def seats_contradict(poll: Poll) -> Iterator[str]:
    """Yield a sentence where more or fewer are elected than there are seats, deferred ones left out."""
    if poll.elected is None or poll.seats is None:
        return
    filled = sum(poll.elected.values())
    if filled > poll.seats:
        yield f"{filled} elected for {many(poll.seats, 'seat')}"
    elif filled + poll.deferred > poll.seats:
        yield f"{filled} elected and {poll.deferred} deferred, for {many(poll.seats, 'seat')}"
    elif poll.whole and filled + poll.deferred < poll.seats:
        up = f"{many(poll.seats, 'seat')} {be(poll.seats, 'was', 'were')} up"
        yield f"{filled} elected and {poll.deferred} deferred, but {up}"


def _stood(poll: Poll) -> Iterator[str]:
    """Compare those elected and those who stood with those who were nominated; a list's own row is no person."""
    returned, named = poll.unopposed or {}, tally(c.party for c in poll.candidates if c.name)
    listed = dict.fromkeys((c.party for c in poll.candidates), 1) | named
    for code, number in listed.items():
        if poll.stood is not None and number > poll.stood.get(code, 0):
            yield f"{short(code)}: {number} stood, but {poll.stood.get(code, 0)} nominated"
    for code, seats in (poll.elected or {}).items():
        if poll.stood is not None and seats > poll.stood.get(code, 0):
            yield f"{short(code)}: {seats} elected, but {poll.stood.get(code, 0)} nominated"
    for code, seats in returned.items():
        if poll.stood is not None and seats > poll.stood.get(code, 0):
            yield f"{short(code)}: {seats} returned unopposed, but {poll.stood.get(code, 0)} nominated"
        if poll.whole and poll.elected is not None and seats > poll.elected.get(code, 0):
            yield f"{short(code)}: {seats} returned unopposed, but {poll.elected.get(code, 0)} elected"


def _people(poll: Poll) -> Iterator[str]:
    ballots, electorate, turnout = poll.ballots, poll.electorate, poll.turnout
    if ballots is not None and electorate is not None and ballots > electorate:
        yield f"{ballots:,} ballots of an electorate of {electorate:,}"
    elif ballots is not None and electorate and turnout is not None:
        share = WHOLE * ballots / electorate
        if round(abs(share - turnout), 6) > NEAR:
            yield f"turnout is stated as {turnout:g} %, but {ballots:,} of {electorate:,} is {share:.1f} %"
    if turnout is not None and not 0 <= turnout <= WHOLE:
        yield f"turnout is stated as {turnout:g} %"


def _votes(poll: Poll) -> Iterator[str]:
    votes = sum(c.votes or 0 for c in poll.candidates)
    seats = poll.seats or sum((poll.elected or {}).values())
    for people, name in ((poll.ballots, "ballots"), (poll.electorate, "electors")):
        if people is not None and seats and votes > people * seats:
            yield f"{votes:,} votes, more than {people:,} {name} for {seats} {'seat' if seats == 1 else 'seats'} allow"
            return


def _marks(poll: Poll) -> Iterator[str]:
    """Compare the candidates that are marked as elected with the seats of their parties."""
    marked, elected = tally(c.party for c in poll.candidates if c.elected), poll.elected
    if not marked or elected is None:
        return
    for code in sorted(marked | elected):
        if marked.get(code, 0) != elected.get(code, 0):
            yield f"{short(code)}: {elected.get(code, 0)} elected, but {marked.get(code, 0)} marked as elected"


def _winners(poll: Poll) -> Iterator[str]:
    """Compare those elected with those who have the most votes; at equal votes lots are drawn (RULES 26)."""
    counted = [(c.votes, c) for c in poll.candidates if c.votes is not None]
    if len(counted) != len(poll.candidates) or not counted or not poll.elected:
        return
    won = [(votes, c) for votes, c in counted if c.elected]
    lost = [(votes, c) for votes, c in counted if not c.elected]
    if won and lost:
        fewest, winner = min(won, key=lambda pair: pair[0])
        most, loser = max(lost, key=lambda pair: pair[0])
        if fewest < most:
            yield f"{_who(winner)} is elected with {fewest:,} votes, {_who(loser)} is not with {most:,}"
    elif not won:
        yield from _unmarked(poll.elected, counted)


def _unmarked(elected: Seats, counted: Sequence[tuple[int, Candidate]]) -> Iterator[str]:
    """Compare the seats of parties with those of the candidates that have the most votes."""
    seats = sum(elected.values())
    ordered = sorted(counted, key=lambda pair: -pair[0])
    if not 0 < seats < len(ordered) or ordered[seats - 1][0] == ordered[seats][0]:
        return
    first = tally(c.party for _, c in ordered[:seats])
    for code in sorted(first):
        if first[code] > elected.get(code, 0):
            yield f"{short(code)}: {elected.get(code, 0)} elected, but {first[code]} by the most votes"


def _who(candidate: Candidate) -> str:
    return f"{candidate.name} ({short(candidate.party)})"
