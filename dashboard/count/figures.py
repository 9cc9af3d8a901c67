"""The figures of one area: seats, composition, control, change, certainty (RULES 1-4, 7, 11, 25-27)."""

from dashboard.count.control import Ballot, Count, certain, control_of, without_new
from dashboard.count.evidence import Evidence, stage_of, wards_of
from dashboard.count.night import Path, Stage
from feeds.places import folded_place
from feeds.report import NEW, Seats


def add_up(parts: list[Seats]) -> Seats:
    """Return the sum of several seat counts, party by party."""
    total: Seats = {}
    for part in parts:
        for code, seats in part.items():
            total[code] = total.get(code, 0) + seats
    return total


def _difference(after: Seats, before: Seats) -> Seats:
    return {code: after.get(code, 0) - before.get(code, 0) for code in after | before}


class Figures:
    """The figures of one area, each worked out once from what stands; names as in `night.Area`."""

    def __init__(self, said: Evidence) -> None:
        self.said = said
        self.result = said.result
        self.baseline = said.baseline
        self.wards = wards_of(said)
        self.up = self._up()
        self.deferred = self._deferred()
        self.elected = self._elected()
        self.stage = self._stage()
        self.vacant = self.result.vacant if self.result else None
        self.total = self._total()
        self.composition = self._composition()
        self.before, self.before_total = self._before()
        self.control = self._control()
        self.previous = self._previous()

    @property
    def declared(self) -> bool:
        """Whether the area counts as declared."""
        return self.stage in {"declared", "rush", "under-correction"}

    def _up(self) -> int | None:
        for report in (self.result, self.baseline):
            if report is not None and report.up is not None:
                return report.up
        if self.result is not None and self.result.elected is not None and self.result.stage == "full":
            return sum(self.result.elected.values()) + (self.result.deferred or 0)
        return None

    def _deferred(self) -> int:
        for report in (self.result, self.baseline):
            if report is not None and report.deferred is not None:
                return report.deferred
        results = (s.result.deferred or 0 for s in self.said.wards.values())
        return sum(results)

    def _elected(self) -> Seats | None:
        if self.result is not None and self.result.elected is not None:
            return self.result.elected
        parts = [w.elected for w in self.wards if w.elected is not None]
        return add_up(parts) if parts else None

    def _stage(self) -> Stage:
        if self.said.area is not None and self.result is not None:
            return stage_of(self.said.area)
        if not any(w.elected is not None for w in self.wards):
            return "expected"
        if self.said.retracted or self.up is None:
            return "partial"
        filled = sum(sum(w.elected.values()) for w in self.wards if w.elected is not None and w.stage != "partial")
        return "declared" if filled + self.deferred >= self.up else "partial"

    def _total(self) -> int | None:
        if self.result is not None and self.result.total is not None:
            return self.result.total
        if self.result is not None and self.result.composition:
            return sum(self.result.composition.values()) + (self.result.vacant or 0)
        if self.baseline is not None and self.baseline.total is not None:
            return self.baseline.total
        return 1 if self.one_seat else None

    @property
    def one_seat(self) -> bool:
        """Whether the area elects one person: a constituency, a mayor."""
        places = self.said.places()
        return bool(places) and places[0].kind in {"constituency", "mayor"}

    def _composition(self) -> Seats | None:
        if self.result is not None and self.result.composition is not None:
            return self.result.composition
        if not self.declared or self.elected is None:
            return None
        if self.total is not None and self.up == self.total:
            return self.elected
        if self.baseline is not None and self.baseline.continuing is not None:
            return add_up([self.baseline.continuing, self.elected])
        return self.elected if self.one_seat else None

    def _before(self) -> tuple[Seats | None, int | None]:
        stated = self.result.change if self.result else None
        if stated is not None and self.composition is not None:
            back = {code: -n for code, n in stated.items()}
            before = {code: n for code, n in add_up([self.composition, back]).items() if n}
            return before, sum(before.values()) + ((self.baseline.vacant or 0) if self.baseline else 0)
        if self.baseline is not None and self.baseline.held is not None:
            return self.baseline.held, sum(self.baseline.held.values()) + (self.baseline.vacant or 0)
        previous = without_new(self.result.previous if self.result else None)
        return ({previous: 1}, 1) if self.one_seat and previous else (None, None)

    def _control(self) -> str | None:
        if self.kind == "region" or not self.declared:
            return None
        if self.result is not None and self.result.control is not None:
            return self.result.control
        if self.composition is not None and self.total:
            return control_of(self.composition, self.total)
        return None

    @property
    def kind(self) -> str:
        """The kind of area."""
        return self.said.places()[0].kind

    def _previous(self) -> str | None:
        for stated in (
            self.result.previous if self.result else None,
            self.baseline.control if self.baseline else None,
        ):
            if stated is not None:
                return stated
        if self.kind == "region" or not self.before or not self.before_total:
            return None
        return control_of(self.before, self.before_total)

    def change(self) -> Seats | None:
        """Return the net change: as stated, else composition less before; None where it is not known (RULES 8)."""
        if not self.declared or self.previous == NEW:
            return None
        if self.result is not None and self.result.change is not None:
            return self.result.change
        if self.composition is None or self.before is None:
            return None
        return _difference(self.composition, self.before)

    def undeclared(self) -> int | None:
        """Return the seats up that nobody has been said to have won, None where the seats up are not known."""
        if self.declared:
            return 0
        if self.up is None:
            return None
        return max(0, self.up - self.deferred - sum((self.elected or {}).values()))

    def certainty(self) -> tuple[str | None, str | None, tuple[Path, ...]]:
        """Return the control that is certain, its sum in words, and the paths still open (RULES, Certain control)."""
        nothing: tuple[None, None, tuple[Path, ...]] = (None, None, ())
        if self.declared or self.kind != "council" or self.total is None or self.up is None or self.up > self.total:
            return nothing
        continuing = self.baseline.continuing if self.baseline else None
        if self.up == self.total:
            continuing = {}
        if continuing is None or sum(continuing.values()) + self.up > self.total:
            return nothing
        won, ballots = self._outstanding()
        if ballots is None:
            return nothing
        return certain(Count(total=self.total, continuing=continuing, won=won, ballots=ballots, deferred=self.deferred))

    def _outstanding(self) -> tuple[Seats, list[Ballot] | None]:
        """Return the seats won so far and the ballots still out; None where they do not add up to the seats up."""
        won = self.elected or {}
        out = self.undeclared() or 0
        waiting = [w for w in self.wards if w.elected is None]
        if waiting and all(w.seats is not None for w in waiting) and sum(w.seats or 0 for w in waiting) == out:
            keys = {folded_place(w.name): w for w in waiting}
            return won, [
                Ballot(
                    seats=w.seats or 0,
                    candidates=b.candidates if (b := self.said.ward_baselines.get(k)) else None,
                )
                for k, w in keys.items()
            ]
        candidates = self.baseline.candidates if self.baseline else None
        if candidates is None:
            return won, [Ballot(seats=out)]
        if not won and self.baseline is not None and self.baseline.unopposed:
            won = self.baseline.unopposed
            out -= sum(won.values())
        left = {code: n - won.get(code, 0) for code, n in candidates.items()}
        if out < 0 or any(n < 0 for n in left.values()) or not set(won) <= set(candidates):
            return won, None
        return won, [Ballot(seats=out, candidates=left)]
