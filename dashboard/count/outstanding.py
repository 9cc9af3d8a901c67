"""What is still out in a council whose count goes on: which seats, and who can win them (RULES, Certain control).

Wards are taken where they and the seats up agree. What is said of candidates is taken only where it is possible; else
anybody may win the seats.
"""

from collections.abc import Sequence

import msgspec

from dashboard.count.control import Ballot, add_up
from dashboard.count.evidence import Evidence
from dashboard.count.night import Ward
from dashboard.count.wards import Known
from feeds.report import Seats


class Outstanding(msgspec.Struct, frozen=True, kw_only=True):
    """The ballots that are out, the unopposed returns that are not declared yet, and deferred seats of no known ward.

    `loose` deferred seats are among the ballots' seats.
    """

    ballots: list[Ballot]
    unopposed: Seats
    loose: int = 0


class _Ward(msgspec.Struct, frozen=True, kw_only=True):
    """A ward as far as it matters here.

    `left` seats are out, `gone` are deferred, and `short` are missing although the ward is declared. `left_for` are
    the candidates for the seats that are left, None where they are not known; `standing` are those of the council's
    candidates that can win no other seat than the ward's. `sure` are unopposed returns.
    """

    left: int
    gone: int
    short: int
    left_for: Seats | None
    standing: Seats
    sure: Seats
    elected: Seats
    contested: bool


def _less(one: Seats, other: Seats) -> Seats | None:
    """Return what is left of one without the other, None where it does not hold it."""
    left = {code: one.get(code, 0) - other.get(code, 0) for code in one | other}
    return left if all(n >= 0 for n in left.values()) else None


def outstanding(said: Evidence, won: Seats, out: int, deferred: int) -> Outstanding:
    """Return what is out of a council of which `out` seats up are neither won nor deferred; `won` are all that are.

    A seat that a declared ward did not fill is a deferred one, told or not. Deferred seats of which no ward is told may
    be in any ward whose seats are out.
    """
    frames = said.frames
    known = [_ward(known) for _, known in sorted(said.wards.known.items())]
    if not _agree(known, won, out):
        known = [_nowhere(won)]
    short, loose, untold = _places(known, out, deferred)
    if untold < 0:
        known = [_nowhere(won)]
        short, loose, untold = _places(known, out, deferred)
    ballots = [Ballot(seats=w.left, candidates=w.left_for) for w in known if w.left and w.left_for is not None]
    pool = untold + sum(w.left for w in known if w.left_for is None)
    limit = _limit(known, next((b.candidates for b in frames if b.candidates is not None), None), pool)
    sure = add_up([w.sure for w in known])
    most = min(pool, out - sum(sure.values()))
    safe = _safe(known, next((b.unopposed for b in frames if b.unopposed), {}), most, limit)
    if pool:
        left_for = None if limit is None else _less(limit, safe)
        ballots.append(Ballot(seats=pool - sum(safe.values()), candidates=left_for))
    if short:
        ballots.append(Ballot(seats=short))
    return Outstanding(ballots=ballots, unopposed=add_up([safe, sure]), loose=loose)


def _places(known: Sequence[_Ward], out: int, deferred: int) -> tuple[int, int, int]:
    """Return the deferred seats beyond those stated, those stated of no known ward, and the seats of untold wards."""
    gone, missing = sum(w.gone for w in known), sum(w.short for w in known)
    beyond, loose = max(0, gone + missing - deferred), max(0, deferred - gone - missing)
    return beyond, loose, out + loose - beyond - sum(w.left + sum(w.sure.values()) for w in known)


def _nowhere(won: Seats) -> _Ward:
    """Return a ward that stands for all that is won, where the wards do not say where."""
    return _Ward(left=0, gone=0, short=0, left_for=None, standing=won, sure={}, elected=won, contested=False)


def _agree(known: Sequence[_Ward], won: Seats, out: int) -> bool:
    """Return whether the wards have won what the council has, and have no more unopposed returns than are out."""
    elected = add_up([w.elected for w in known])
    same = all(elected.get(code, 0) == won.get(code, 0) for code in elected | won)
    return same and sum(sum(w.sure.values()) for w in known) <= out


def _ward(known: Known) -> _Ward:
    ward, baseline = known.ward, known.before
    elected = ward.elected or {}
    done = ward.elected is not None and ward.stage != "partial"
    gone = known.deferred
    free = max(0, (ward.seats or 0) - sum(elected.values()) - gone)
    candidates = baseline.candidates if baseline is not None else None
    standing = _standing(ward, candidates)
    left_for = None if candidates is None or done else _less(candidates, elected)
    sure = baseline.unopposed or {} if baseline is not None and ward.elected is None else {}
    others = _less(sure if left_for is None else left_for, sure)
    if others is None or sum(sure.values()) > free:
        sure, others = {}, left_for
    return _Ward(
        left=0 if done else free - sum(sure.values()),
        gone=gone,
        short=free if done else 0,
        left_for=None if left_for is None else others,
        standing=standing if done or left_for is not None else add_up([elected, sure]),
        sure=sure,
        elected=elected,
        contested=ward.seats is not None and sum(standing.values()) > ward.seats,
    )


def _standing(ward: Ward, stated: Seats | None) -> Seats:
    """Return how many candidates of each party are known to have stood in a ward."""
    listed: Seats = {}
    for candidate in ward.candidates:
        listed[candidate.party] = listed.get(candidate.party, 0) + 1
    known = (stated or {}, listed, ward.elected or {})
    return {code: max(s.get(code, 0) for s in known) for seats in known for code in seats}


def _limit(known: Sequence[_Ward], candidates: Seats | None, pool: int) -> Seats | None:
    """Return the council's candidates for the seats of the wards of which none are known.

    What is left of them is not believed where it is fewer than the seats, but where it is all that is known.
    """
    if candidates is None:
        return None
    left = _less(candidates, add_up([w.standing for w in known]))
    alone = all(w.left_for is None and w.standing == w.elected for w in known)
    if left is not None and sum(left.values()) < pool and not alone:
        return None
    return left


def _safe(known: Sequence[_Ward], unopposed: Seats, pool: int, limit: Seats | None) -> Seats:
    """Return the council's unopposed returns that must be among the seats of the wards of which nothing is known."""
    elsewhere = add_up(
        [
            *(w.sure for w in known),
            *(w.elected for w in known if not w.contested),
            *(w.left_for for w in known if w.left_for is not None and sum(w.left_for.values()) <= w.left),
        ]
    )
    safe = {c: n - elsewhere.get(c, 0) for c, n in unopposed.items() if n > elsewhere.get(c, 0)}
    possible = sum(safe.values()) <= pool and (limit is None or _less(limit, safe) is not None)
    return safe if possible else {}
