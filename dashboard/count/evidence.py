"""What stands about one area and its wards, among all that is said of it (RULES 11, 17)."""

from collections.abc import Mapping
from typing import Final

from dashboard.count.book import Subject
from dashboard.count.heard import Heard
from dashboard.count.night import Moment, Stage
from dashboard.count.standing import Saying, Standing, baseline_of, baseline_standing
from feeds.report import Baseline, BaselineName, Place, Result

Voices = Mapping[Subject, Heard]


class Evidence:
    """What stands about one area: its own result and baselines, and those of its wards by folded name.

    `own` is the name of the night's own baseline, which one without a name is; `wanted` is the one to measure
    against, the night's own where it is None. `names` are those of the area's baselines, the one to measure against
    first, then the night's own; `frames` are these baselines. `result` is the area's own result, None where there is
    none or it is `retracted`. `places` are as the standing reports name them: baseline first, then the area's result,
    then wards.
    """

    def __init__(self, voices: Voices, own: BaselineName | None = None, wanted: BaselineName | None = None) -> None:
        self.own = own
        self.wanted = wanted or own
        self.area: Standing | None = None
        self.wards: dict[str, Standing] = {}
        self.ward_baselines: dict[str, Baseline] = {}
        self.sources: list[Saying] = []
        self._baselines: dict[BaselineName | None, Saying] = {}
        self._before_wards: dict[str, Saying] = {}
        for (_, ward, _), said in sorted(voices.items()) if len(voices) > 1 else voices.items():
            self.sources.append(said.best)
            if said.result is None:
                self._take_baseline(ward, said.best)
            elif ward:
                self.wards[ward] = said.result
            else:
                self.area = said.result
        self.retracted = self.area is not None and self.area.result.stage == "retracted"
        self.result: Result | None = None if self.area is None or self.retracted else self.area.result
        self.names = self._in_order() if self._baselines else ()
        self.frames = [baseline_of(self._baselines[name]) for name in self.names]
        self.places = self._named()

    @property
    def has_wards(self) -> bool:
        """Whether anything is said of a ward."""
        return bool(self.wards or self.ward_baselines)

    def _take_baseline(self, ward: str, found: Saying) -> None:
        report = baseline_of(found)
        if not ward:
            name = report.baseline or self.own
            self._baselines[name] = baseline_standing([found, *(s for s in [self._baselines.get(name)] if s)])
        elif ward not in self.ward_baselines or report.baseline == self.wanted:
            self.ward_baselines[ward] = report
            self._before_wards[ward] = found

    def _in_order(self) -> tuple[BaselineName | None, ...]:
        order = (self.wanted, self.own)
        return tuple(sorted(self._baselines, key=lambda n: (order.index(n) if n in order else len(order), n or "")))

    def _named(self) -> list[Place]:
        own = [baseline.area for baseline in self.frames]
        own += [self.area.result.area] if self.area else []
        return own + [s.report.area for s in self.sources if isinstance(s.report, Baseline | Result)]

    def baseline(self, name: BaselineName | None) -> Baseline | None:
        """Return the area's baseline of a name, None where it has none."""
        saying = self._baselines.get(name)
        return None if saying is None else baseline_of(saying)

    def of_area(self) -> list[Saying]:
        """Return what stands about the area itself: its baselines and its own result."""
        return [*self._baselines.values(), *([self.area.saying] if self.area else [])]

    def of_ward(self, ward: str) -> list[Saying]:
        """Return what stands about a ward, by its folded name: its baseline and its result."""
        before, result = self._before_wards.get(ward), self.wards.get(ward)
        return [*([before] if before else []), *([result.saying] if result else [])]

    def rivals(self) -> list[tuple[str, ...]]:
        """Return groups of files that say different things at one revision."""
        found = [self.area, *self.wards.values()] if self.area else self.wards.values()
        return [tuple(sorted({s.saying.path, *s.rivals})) for s in found if s.rivals]


_STAGES: Final[dict[str, Stage]] = {
    "full": "declared",
    "rush": "rush",
    "partial": "partial",
    "retracted": "expected",
}


def stage_of(found: Standing) -> Stage:
    """Return the stage that a standing result puts its place in."""
    if found.pending:
        return "under-correction"
    return _STAGES[found.result.stage]


def turnout_of(result: Result) -> float | None:
    """Return the turnout in per cent: as stated, else ballots of the electorate, None where that is not known."""
    if result.turnout is not None or result.ballots is None or not result.electorate:
        return result.turnout
    return round(100 * result.ballots / result.electorate, 2)


def moment(saying: Saying) -> Moment:
    """Return when a result was declared: by the feed where it says so, else when it came, on that basis (RULES 29)."""
    report = saying.report
    if isinstance(report, Result) and report.declared_at is not None:
        return Moment(at=report.declared_at, basis="declared")
    return Moment(at=None if saying.basis == "unknown" else saying.at, basis=saying.basis)
