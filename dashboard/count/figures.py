"""The figures of one area: seats, composition, control, change, certainty (RULES 1-4, 7, 11, 25-27)."""

from dashboard.count.control import Count, add_up, certain, control_of
from dashboard.count.evidence import Evidence
from dashboard.count.measure import measure
from dashboard.count.night import DECLARED, SINGLE, Measure, Path, Stage
from dashboard.count.outstanding import outstanding
from dashboard.count.standing import stage_of
from feeds.report import Seats


class Figures:
    """The figures of one area, each worked out once from what stands; names as in `night.Area`.

    `one_seat` says whether it elects one person, `declared` whether it counts as declared. `in_wards` is what its wards
    add up to.
    """

    def __init__(self, said: Evidence) -> None:
        self.said = said
        self.result = said.result
        self.frames = said.frames
        self.rule = said.rule
        self.kind = self.rule.kind
        self.one_seat = self.kind in SINGLE
        self.in_wards = said.wards
        self.wards = said.wards.all
        self.up = self._up()
        self.deferred = self._deferred()
        self.elected = self._elected()
        self.stage = self._stage()
        self.declared = self.stage in DECLARED
        self.vacant = self.result.vacant if self.result else None
        self.total = self._total()
        self.composition = self._composition()
        self.control = self._control()
        self.measures = self._measures()
        self.before, self.before_total = self.measures[0].before, self.measures[0].before_total
        self.previous = self.measures[0].previous

    def _up(self) -> int | None:
        result = self.result
        if result is not None and result.up is not None:
            return result.up
        for frame in self.frames:
            if frame.up is not None:
                return frame.up
        if result is not None and result.elected is not None and result.stage == "full":
            return sum(result.elected.values()) + (result.deferred or 0)
        return None

    def _deferred(self) -> int:
        if self.result is not None and self.result.deferred is not None:
            return self.result.deferred
        for frame in self.frames:
            if frame.deferred is not None:
                return frame.deferred
        return self.in_wards.stated

    def _elected(self) -> Seats | None:
        if self.result is not None and self.result.elected is not None:
            return self.result.elected
        return self.in_wards.elected

    def _stage(self) -> Stage:
        if self.said.area is not None and self.result is not None:
            return stage_of(self.said.area)
        if not self.in_wards.told:
            return "expected"
        if self.said.retracted or self.up is None:
            return "partial"
        return "declared" if self.in_wards.filled + self.deferred >= self.up else "partial"

    def _total(self) -> int | None:
        if self.result is not None and self.result.total is not None:
            return self.result.total
        if self.result is not None and self.result.composition:
            return sum(self.result.composition.values()) + (self.result.vacant or 0)
        for frame in self.frames:
            if frame.total is not None:
                return frame.total
        return 1 if self.one_seat else None

    def _composition(self) -> Seats | None:
        if self.result is not None and self.result.composition is not None:
            return self.result.composition
        if not self.declared or self.elected is None:
            return None
        if self.total is not None and self.up == self.total:
            return self.elected
        continuing = self.continuing()
        if continuing is not None:
            return add_up([continuing, self.elected])
        return self.elected if self.one_seat else None

    def _control(self) -> str | None:
        if self.kind == "region" or not self.declared:
            return None
        if self.result is not None and self.result.control is not None:
            return self.result.control
        if self.composition is not None and self.total:
            return control_of(self.composition, self.total)
        return None

    def _measures(self) -> tuple[Measure, ...]:
        """Return the area against each baseline that is known of it, and against none where there is none."""
        names = self.said.names
        if self.said.wanted not in names:
            names = (self.said.wanted, *names)
        return tuple([measure(self, name) for name in names])

    def continuing(self) -> Seats | None:
        """Return the seats that are not up, per party, None where no baseline says so."""
        return next((b.continuing for b in self.frames if b.continuing is not None), None)

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
        continuing = {} if self.up == self.total else self.continuing()
        won = self.elected or {}
        if continuing is None or sum(won.values()) + self.deferred > self.up:
            return nothing
        unnamed = self.total - self.up - sum(continuing.values())
        if unnamed < 0:
            return nothing
        out = outstanding(self.said, won, self.undeclared() or 0, self.deferred)
        vacant = next((b.vacant for b in self.frames if b.vacant is not None), 0)
        return certain(
            Count(
                total=self.total,
                continuing=continuing,
                won=won,
                ballots=out.ballots,
                unopposed=out.unopposed,
                deferred=self.deferred + max(0, unnamed - vacant),
                loose=out.loose,
            )
        )
