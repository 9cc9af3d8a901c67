"""Control of a council: majority, outcome, and when control is certain (RULES 1-4 and "Certain control")."""

from collections.abc import Sequence

import msgspec

from dashboard.count.night import Path
from feeds.parties import party, rank
from feeds.report import NEW, NOC, Outcome, Seats

ANYBODY = ""
"""Stands for a party that nobody has named yet, where candidates are not known."""


def majority(total: int) -> int:
    """Return the seats that a majority of `total` needs; exactly half is not one (RULES 1)."""
    return total // 2 + 1


def control_of(composition: Seats, total: int) -> str:
    """Return the party with a majority of `total` seats, vacant ones included in it, or NOC."""
    needed = majority(total)
    return next((code for code, seats in composition.items() if seats >= needed), NOC)


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

    `candidates` are numbers per party, None where they are not known (any party may then win every seat).
    """

    seats: int
    candidates: Seats | None = None

    def most(self, code: str) -> int:
        """Return the most seats that the party can win here."""
        return self.seats if self.candidates is None else min(self.seats, self.candidates.get(code, 0))

    def least(self, code: str) -> int:
        """Return the fewest seats that the party can win here: those for which the others have no candidates."""
        if self.candidates is None:
            return 0
        return max(0, self.seats - sum(n for other, n in self.candidates.items() if other != code))


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a council whose count goes on: seats in all, seats that are safe, and what is still out."""

    total: int
    continuing: Seats
    won: Seats
    ballots: Sequence[Ballot]
    deferred: int = 0

    @property
    def undeclared(self) -> int:
        """Seats up that nobody has been said to have won, deferred ones not included."""
        return sum(b.seats for b in self.ballots)

    def parties(self) -> list[str]:
        """Every party that holds, has won or may win a seat, in register order."""
        named = set(self.continuing) | set(self.won)
        for ballot in self.ballots:
            named |= set(ballot.candidates or {})
        if self.deferred or any(b.candidates is None for b in self.ballots):
            named.add(ANYBODY)
        return sorted(named, key=rank)

    def path(self, code: str) -> Path:
        """Return what a party is sure of, the most it can reach, and what it needs of what it can still win."""
        held = self.continuing.get(code, 0) + self.won.get(code, 0)
        most = held + sum(b.most(code) for b in self.ballots) + self.deferred
        least = held + sum(b.least(code) for b in self.ballots)
        return Path(
            party=code,
            least=least,
            most=most,
            needs=max(0, majority(self.total) - held),
            available=most - held,
        )


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
    continuing = count.continuing.get(path.party, 0)
    won = count.won.get(path.party, 0)
    forced = path.least - continuing - won
    terms = [f"{continuing} continuing"] if continuing else []
    terms += [f"{won} won"] if won or not terms else []
    terms += [f"{forced} that nobody else can win"] if forced else []
    return (
        f"{party(path.party).short} {' + '.join(terms)} = {path.least} of {count.total}: "
        f"certain with {count.undeclared} undeclared"
    )


def without_new(control: str | None) -> str | None:
    """Return a previous control that is a party or NOC, None for a new council or where it is not known."""
    return None if control in {None, NEW} else control
