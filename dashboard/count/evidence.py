"""What stands about one area and its wards, among all that is said of it (RULES 11, 17)."""

from collections.abc import Mapping
from functools import cached_property

from dashboard.count.book import Subject
from dashboard.count.night import Moment, Stage, Ward
from dashboard.count.standing import Saying, Standing, baseline_of, baseline_standing, standing
from feeds.report import Baseline, BaselineName, Place, Result

Sayings = Mapping[Subject, list[Saying]]


class Evidence:
    """What stands about one area: its own result and baselines, and those of its wards by folded name.

    `own` is the name of the night's own baseline, which one without a name is; `wanted` is the one to measure
    against, the night's own where it is None.
    """

    def __init__(self, sayings: Sayings, own: BaselineName | None = None, wanted: BaselineName | None = None) -> None:
        self.own = own
        self.wanted = wanted or own
        self.area: Standing | None = None
        self.wards: dict[str, Standing] = {}
        self.ward_baselines: dict[str, Baseline] = {}
        self.sources: list[Saying] = []
        self._baselines: dict[BaselineName | None, Saying] = {}
        self._before_wards: dict[str, Saying] = {}
        for (kind, ward, _), said in sorted(sayings.items()):
            if kind == "result":
                self._take_result(ward, said)
            else:
                self._take_baseline(ward, said)

    def _take_result(self, ward: str, said: list[Saying]) -> None:
        found = standing(said)
        self.sources.append(found.saying)
        if ward:
            self.wards[ward] = found
        else:
            self.area = found

    def _take_baseline(self, ward: str, said: list[Saying]) -> None:
        found = baseline_standing(said)
        report = baseline_of(found)
        if not ward:
            name = report.baseline or self.own
            self._baselines[name] = baseline_standing([found, *(s for s in [self._baselines.get(name)] if s)])
        elif ward not in self.ward_baselines or report.baseline == self.wanted:
            self.ward_baselines[ward] = report
            self._before_wards[ward] = found
        self.sources.append(found)

    @cached_property
    def names(self) -> tuple[BaselineName | None, ...]:
        """The names of the area's baselines: the one to measure against first, then the night's own."""
        order = (self.wanted, self.own)
        return tuple(sorted(self._baselines, key=lambda n: (order.index(n) if n in order else len(order), n or "")))

    def baseline(self, name: BaselineName | None) -> Baseline | None:
        """Return the area's baseline of a name, None where it has none."""
        saying = self._baselines.get(name)
        return None if saying is None else baseline_of(saying)

    def frames(self) -> list[Baseline]:
        """Return the area's baselines, the best known first, for what does not depend on which one it is."""
        return [b for name in self.names if (b := self.baseline(name)) is not None]

    @property
    def result(self) -> Result | None:
        """The area's own result, None where there is none or it is retracted."""
        return None if self.area is None or self.retracted else self.area.result

    @property
    def retracted(self) -> bool:
        """Whether the area's own result was taken back."""
        return self.area is not None and self.area.result.stage == "retracted"

    @cached_property
    def places(self) -> list[Place]:
        """The places as the standing reports name them: baseline first, then the area's result, then wards."""
        own = [self._baselines[name] for name in self.names]
        own += [self.area.saying] if self.area else []
        reports = [s.report for s in own + self.sources]
        return [r.area for r in reports if isinstance(r, Baseline | Result)]

    def of_area(self) -> list[Saying]:
        """Return what stands about the area itself: its baselines and its own result."""
        return [*self._baselines.values(), *([self.area.saying] if self.area else [])]

    def of_ward(self, ward: str) -> list[Saying]:
        """Return what stands about a ward, by its folded name: its baseline and its result."""
        before, result = self._before_wards.get(ward), self.wards.get(ward)
        return [*([before] if before else []), *([result.saying] if result else [])]

    def rivals(self) -> list[tuple[str, ...]]:
        """Return groups of files that say different things at one revision."""
        found = ([self.area] if self.area else []) + list(self.wards.values())
        return [tuple(sorted({s.saying.path, *s.rivals})) for s in found if s.rivals]


def _ward_of(name: str, found: Standing | None, baseline: Baseline | None) -> Ward:
    result = found.result if found else None
    up = (result.up if result else None) or (baseline.up if baseline else None)
    if result is None or found is None or result.stage == "retracted":
        return Ward(
            name=name, seats=up, elected=None, candidates=(), electorate=None, turnout=None, ballots=None,
            stage="expected", declared=None, revision=result.revision if result else 0,
        )  # fmt: skip
    elected = result.elected
    if up is None and elected is not None and result.stage == "full":
        up = sum(elected.values()) + (result.deferred or 0)
    return Ward(
        name=name,
        seats=up,
        elected=elected,
        candidates=() if found.pending else result.candidates,
        electorate=result.electorate,
        turnout=turnout_of(result),
        ballots=result.ballots,
        stage=stage_of(found),
        declared=moment(found.saying),
        revision=result.revision,
    )


def stage_of(found: Standing) -> Stage:
    """Return the stage that a standing result puts its place in."""
    if found.pending:
        return "under-correction"
    stages: dict[str, Stage] = {
        "full": "declared",
        "rush": "rush",
        "partial": "partial",
        "retracted": "expected",
    }
    return stages[found.result.stage]


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


def wards_of(said: Evidence) -> tuple[Ward, ...]:
    """Return the wards that anything is said about, by name."""
    names: dict[str, str] = {}
    for key, found in said.wards.items():
        names[key] = found.result.ward or key
    for key, baseline in said.ward_baselines.items():
        names.setdefault(key, baseline.ward or key)
    return tuple(_ward_of(names[key], said.wards.get(key), said.ward_baselines.get(key)) for key in sorted(names))
