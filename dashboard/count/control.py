"""Control of a council: majority, outcome, and when control is certain (RULES 1-4 and "Certain control")."""

from collections.abc import Iterable, Sequence

import msgspec

from dashboard.count.night import Path
from feeds.parties import party, rank
from feeds.report import NEW, NOC, Outcome, Seats

ANYBODY = ""
"""Stands for a party that nobody has named yet, where candidates are not known."""


def majority(total: int) -> int:
    """Return the seats that a majority of `total` needs; exactly half is not one (RULES 1)."""
    return total // 2 + 1


def add_up(parts: Iterable[Seats]) -> Seats:
    """Return the sum of several seat counts, party by party."""
    total: Seats = {}
    for part in parts:
        for code, seats in part.items():
            total[code] = total.get(code, 0) + seats
    return total


def control_of(composition: Seats, total: int) -> str:
    """Return the party with a majority of `total` seats, vacant ones included in it, or NOC."""
    needed = majority(total)
    for code, seats in composition.items():
        if seats >= needed:
            return code
    return NOC


def outcome_of(control: str, previous: str | None) -> Outcome | None:
    """Return what happened to control (RULES 3); None where the previous control is not known."""
    if previous is None:
        return None
    if previous == NEW:
        return "new"
    if control == previous:
        return "stays-noc" if control == NOC else "hold"
    return "loss" if control == NOC else "gain"


class Ballot(msgspec.Struct, frozen=True, kw_only=True):
    """Undeclared seats that are filled together: a ward, or all of a council where wards are not known.

    `candidates` are numbers per party, None where they are not known (any party may then win every seat). Seats for
    which there are not enough candidates stay empty.
    """

    seats: int
    candidates: Seats | None = None

    def most(self, code: str) -> int:
        """Return the most seats that the party can win here."""
        return self.seats if self.candidates is None else min(self.seats, self.candidates.get(code, 0))

    def least(self, code: str) -> int:
        """Return the fewest seats that the party can win here: those for which the others have no candidates."""
        return min(self.most(code), max(0, self.seats - self._others(code)))

    def empty(self, code: str) -> int:
        """Return the seats that would stay empty if all others won: those that the party has no candidates for."""
        return max(0, self.seats - self._others(code) - self.most(code))

    def _others(self, code: str) -> int:
        if self.candidates is None:
            return self.seats
        return sum(n for other, n in self.candidates.items() if other != code)


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a council whose count goes on: seats in all, seats that are safe, and what is still out.

    `won` are seats declared tonight, `unopposed` those returned without a poll and not declared yet. `deferred` seats
    may go to anybody or to nobody; `loose` of them are among the ballots' seats, nobody says in which.
    """

    total: int
    continuing: Seats
    won: Seats
    ballots: Sequence[Ballot]
    unopposed: Seats = {}
    deferred: int = 0
    loose: int = 0

    @property
    def undeclared(self) -> int:
        """Seats up that nobody has been declared to have won, deferred ones not included."""
        return sum(b.seats for b in self.ballots) + sum(self.unopposed.values()) - self.loose

    def parties(self) -> list[str]:
        """Every party that holds, has won or may win a seat, in register order."""
        named = set(self.continuing) | set(self.won) | set(self.unopposed)
        for ballot in self.ballots:
            named |= set(ballot.candidates or {})
        if self.deferred or any(b.candidates is None for b in self.ballots):
            named.add(ANYBODY)
        return sorted(named, key=rank)

    def path(self, code: str) -> Path:
        """Return what a party is sure of, the most it can reach, and what it needs of what it can still win."""
        held = sum(seats.get(code, 0) for seats in (self.continuing, self.won, self.unopposed))
        most = held + sum(b.most(code) for b in self.ballots)
        beyond = sum(b.seats - b.most(code) for b in self.ballots)
        most += self.deferred - self.loose + min(self.loose, beyond)
        least = held + sum(b.least(code) for b in self.ballots) - self._lost(code)
        return Path(
            party=code,
            least=least,
            most=most,
            needs=max(0, majority(self.total) - held),
            available=most - held,
        )

    def _lost(self, code: str) -> int:
        """Return the most of a party's forced seats that the loose deferred seats can be.

        In a ballot, they take the seats that would stay empty first.
        """
        lost = [0] * (self.loose + 1)
        for ballot in self.ballots if self.loose else ():
            empty, least = ballot.empty(code), ballot.least(code)
            lost = [
                max([lost[n], *(lost[n - empty - k] + k for k in range(1, least + 1) if empty + k <= n)])
                for n in range(self.loose + 1)
            ]
        return lost[self.loose]


def certain(count: Count) -> tuple[str | None, str | None, tuple[Path, ...]]:
    """Return the control that is certain (a party or NOC) with its sum in words, and the paths still open."""
    needed = majority(count.total)
    paths = [count.path(code) for code in count.parties()]
    for path in paths:
        if path.least >= needed:
            return path.party, _sum(count, path), ()
    open_paths = tuple(p for p in paths if p.most >= needed and p.party != ANYBODY)
    if all(p.most < needed for p in paths):
        return (
            NOC,
            f"no party can reach {needed} of {count.total}: certain with {count.undeclared} undeclared",
            (),
        )
    return None, None, open_paths


def _sum(count: Count, path: Path) -> str:
    continuing, won, unopposed = (s.get(path.party, 0) for s in (count.continuing, count.won, count.unopposed))
    forced = path.least - continuing - won - unopposed
    terms = [f"{continuing} continuing"] if continuing else []
    terms += [f"{won} won"] if won or not terms else []
    terms += [f"{unopposed} unopposed"] if unopposed else []
    terms += [f"{forced} that nobody else can win"] if forced else []
    return (
        f"{party(path.party).short} {' + '.join(terms)} = {path.least} of {count.total}: "
        f"certain with {count.undeclared} undeclared"
    )


def without_new(control: str | None) -> str | None:
    """Return a previous control that is a party or NOC, None for a new council or where it is not known."""
    return None if control in {None, NEW} else control
