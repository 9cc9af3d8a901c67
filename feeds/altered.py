"""A result altered as corrections alter it: another winner, by the fewest seats that make the difference. Pure."""

from collections.abc import Mapping

import msgspec

from feeds.parties import rank
from feeds.report import NOC, Candidate, Result, Seats

SINGLE = frozenset({"constituency", "mayor"})
"""Kinds of areas that elect one person."""


def flipped(result: Result) -> Result | None:
    """Return the next revision of a result, in which somebody else wins; None where that cannot be made of it.

    In a one-seat area the first two change places. A council that a party controls loses so many of that party's
    seats to the next party that this one controls it, or else that nobody does. What would no longer be true (net
    changes, the stated outcome) is left out.
    """
    next_one = msgspec.structs.replace(
        result, revision=result.revision + 1, change=None, outcome=None, line=None, stage="full"
    )
    if result.area.kind in SINGLE:
        return _other_winner(next_one)
    return _other_control(next_one)


def retracted(result: Result) -> Result:
    """Return the retraction of a result, as its next revision."""
    return Result(
        area=result.area,
        election=result.election,
        ward=result.ward,
        round=result.round,
        revision=result.revision + 1,
        stage="retracted",
    )


def control_of(seats: Mapping[str, int], total: int) -> str:
    """Return the party with more than half of all seats, else NOC."""
    return next((code for code, number in seats.items() if 2 * number > total), NOC)


def _other_winner(result: Result) -> Result | None:
    running = sorted(
        (c for c in result.candidates if c.votes is not None), key=lambda c: (-(c.votes or 0), rank(c.party), c.name)
    )
    if len(running) < 2 or not running[0].elected or running[0].party == running[1].party:  # noqa: PLR2004 (a contest)
        return None
    first, second = running[0], running[1]
    swapped = {
        id(first): msgspec.structs.replace(first, votes=second.votes, elected=False),
        id(second): msgspec.structs.replace(second, votes=first.votes, elected=True),
    }
    people: tuple[Candidate, ...] = tuple(swapped.get(id(one), one) for one in result.candidates)
    won: Seats = {**dict.fromkeys(result.elected or {}, 0), second.party: 1}
    after = None if result.composition is None else won
    return msgspec.structs.replace(result, candidates=people, elected=won, composition=after, control=second.party)


def _other_control(result: Result) -> Result | None:
    won, after = result.elected, result.composition or result.elected
    if not won or not after or len(after) < 2 or (result.composition is None and result.total != sum(won.values())):  # noqa: PLR2004 (a contest)
        return None
    total = result.total or sum(after.values())
    winner = control_of(after, total)
    if winner == NOC or not won.get(winner):
        return None
    rival = min((code for code in after if code != winner), key=lambda code: (-after[code], rank(code)))
    to_lose = after[winner] - total // 2
    to_win = total // 2 + 1 - after[rival]
    moved = to_win if to_win <= won[winner] else to_lose
    if not 0 < moved <= won[winner]:
        return None
    elected = _shifted(won, winner, rival, moved)
    composition = None if result.composition is None else _shifted(result.composition, winner, rival, moved)
    control = control_of(composition or elected, total)
    return msgspec.structs.replace(result, elected=elected, composition=composition, control=control, candidates=())


def _shifted(seats: Seats, giver: str, taker: str, number: int) -> Seats:
    return {**seats, giver: seats[giver] - number, taker: seats.get(taker, 0) + number}
