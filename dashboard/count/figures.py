"""The figures of one area: seats, composition, control, change, certainty (RULES 1-4, 7, 11, 25-27)."""

from dashboard.count.control import Count, add_up, certain, control_of
from dashboard.count.evidence import Evidence, stage_of, wards_of
from dashboard.count.measure import measure
from dashboard.count.night import Measure, Path, Stage
from dashboard.count.outstanding import outstanding
from feeds.report import Seats


class Figures:
    """The figures of one area, each worked out once from what stands; names as in `night.Area`."""

    def __init__(self, said: Evidence) -> None:
        self.said = said
        self.result = said.result
        self.frames = said.frames
        self.wards = wards_of(said)
        self.up = self._up()
        self.deferred = self._deferred()
        self.elected = self._elected()
        self.stage = self._stage()
        self.vacant = self.result.vacant if self.result else None
        self.total = self._total()
        self.composition = self._composition()
        self.control = self._control()
        self.measures = self._measures()
        self.before, self.before_total = self.measures[0].before, self.measures[0].before_total
        self.previous = self.measures[0].previous

    @property
    def declared(self) -> bool:
        """Whether the area counts as declared."""
        return self.stage in {"declared", "rush", "under-correction"}

    def _up(self) -> int | None:
        for report in (self.result, *self.frames):
            if report is not None and report.up is not None:
                return report.up
        if self.result is not None and self.result.elected is not None and self.result.stage == "full":
            return sum(self.result.elected.values()) + (self.result.deferred or 0)
        return None

    def _deferred(self) -> int:
        for report in (self.result, *self.frames):
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
        stated = next((b.total for b in self.frames if b.total is not None), None)
        return stated if stated is not None or not self.one_seat else 1

    @property
    def one_seat(self) -> bool:
        """Whether the area elects one person: a constituency, a mayor."""
        places = self.said.places
        return bool(places) and places[0].kind in {"constituency", "mayor"}

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

    @property
    def kind(self) -> str:
        """The kind of area."""
        return self.said.places[0].kind

    def _measures(self) -> tuple[Measure, ...]:
        """Return the area against each baseline that is known of it, and against none where there is none."""
        names = list(self.said.names)
        if self.said.wanted not in names:
            names.insert(0, self.said.wanted)
        return tuple(measure(self, name) for name in names)

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
        out = outstanding(self.said, self.wards, won, self.undeclared() or 0, self.deferred)
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
