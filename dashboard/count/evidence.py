"""What stands about one area and its wards, among all that is said of it (RULES 11, 17)."""

from bisect import bisect_left
from collections.abc import Mapping
from operator import itemgetter
from typing import Final, TypeVar

from dashboard.count.followed import Following
from dashboard.count.heard import Heard
from dashboard.count.night import Source
from dashboard.count.standing import Saying, Standing, baseline_of, baseline_standing
from dashboard.count.subjects import Subject
from dashboard.count.wards import Rule, Wards
from feeds.report import Baseline, BaselineName, Place, Result

T = TypeVar("T")

Voices = Mapping[Subject, Heard]

BY_TRANSFER: Final = frozenset({"Scotland", "Northern Ireland"})
"""Regions whose councils are elected by transferable vote: first preferences do not tell who wins."""

_subject: Final = itemgetter(0)


class Evidence:
    """What stands about one area: its own result and baselines, and those of its wards.

    It follows what is said: what has changed is taken in, and the rest, however much it is, not looked at again.

    `own` is the name of the night's own baseline, which one without a name is; `wanted` is the one to measure
    against, the night's own where it is None. `names` are those of the area's baselines, the one to measure against
    first, then the night's own; `frames` are these baselines. `result` is the area's own result, None where there is
    none or it is `retracted`. `sources` are the sayings that stand, in the order in which they came, and `files` the
    versions of files that they are in.
    """

    def __init__(self, voices: Voices, own: BaselineName | None = None, wanted: BaselineName | None = None) -> None:
        self.own = own
        self.wanted = wanted or own
        self.area: Standing | None = None
        self.wards = Wards()
        self.sources: list[Saying] = []
        self.names: tuple[BaselineName | None, ...] = ()
        self.frames: list[Baseline] = []
        self._baselines: dict[BaselineName | None, Saying] = {}
        self._named: set[str] = set()
        self._removed = 0
        self._turns: list[tuple[int, str, Subject]] = []
        self._files: list[Source] = []
        self._places = _Places()
        self._followed: Following[Subject, Heard] = Following()
        self.follow(voices)

    def follow(self, voices: Voices) -> None:
        """Let this be all that is said of the area."""
        wards: dict[str, None] = {}
        own = False
        for subject, before, now in self._followed.changes(voices):
            if before is not None:
                self._leave(subject, before.best)
            if now is not None:
                self._enter(subject, now.best)
            if subject[1]:
                wards[subject[1]] = None
            else:
                own = True
        for ward in wards:
            self._take_ward(ward, voices)
        if own:
            self._take_own(voices)
        self.retracted = self.area is not None and self.area.result.stage == "retracted"
        self.result: Result | None = None if self.area is None or self.retracted else self.area.result

    @property
    def files(self) -> tuple[Source, ...]:
        """The versions of files that what stands is in, in the order in which they came."""
        return tuple(self._files)

    @property
    def is_removed(self) -> bool:
        """Whether one of these files is no longer there."""
        return self._removed > 0

    @property
    def place(self) -> Place:
        """The area as the standing reports name it: its baseline first, then its result, then its wards."""
        own = self._own_places()
        return own[0] if own else self._places.first()

    @property
    def code(self) -> str | None:
        """The official code, as the first report gives it that has one."""
        return next((p.code for p in self._own_places() if p.code), None) or self._places.code()

    @property
    def region(self) -> str | None:
        """The region, as the first report gives it that has one."""
        return next((p.region for p in self._own_places() if p.region), None) or self._places.region()

    @property
    def rule(self) -> Rule:
        """How the area elects."""
        return Rule(self.place.kind, self._places.by_transfer)

    def _own_places(self) -> list[Place]:
        own = [baseline.area for baseline in self.frames]
        return [*own, self.area.result.area] if self.area else own

    def _enter(self, subject: Subject, saying: Saying) -> None:
        turn = (saying.turn, saying.path, subject)
        place = bisect_left(self._turns, turn)
        self._turns.insert(place, turn)
        self.sources.insert(place, saying)
        self._files.insert(place, saying.source)
        self._removed += saying.removed
        self._places.count(subject, saying, 1)
        if subject[0] == "baseline":
            self._named.add(subject[2])

    def _leave(self, subject: Subject, saying: Saying) -> None:
        place = bisect_left(self._turns, (saying.turn, saying.path, subject))
        del self._turns[place], self.sources[place], self._files[place]
        self._removed -= saying.removed
        self._places.count(subject, saying, -1)

    def _take_ward(self, ward: str, voices: Voices) -> None:
        said = voices.get(("result", ward, ""))
        before: Saying | None = None
        for found in self._said_before(ward, voices):
            if before is None or baseline_of(found).baseline == self.wanted:
                before = found
        if said is None and before is None:
            self.wards.take(ward)
        else:
            self.wards.put(ward, said.result if said is not None else None, before)

    def _said_before(self, ward: str, voices: Voices) -> list[Saying]:
        subjects = (("baseline", ward, name) for name in sorted(self._named))
        return [voices[subject].best for subject in subjects if subject in voices]

    def _take_own(self, voices: Voices) -> None:
        said = voices.get(("result", "", ""))
        self.area = said.result if said is not None else None
        self._baselines = {}
        for found in self._said_before("", voices):
            name = baseline_of(found).baseline or self.own
            self._baselines[name] = baseline_standing([found, *(s for s in [self._baselines.get(name)] if s)])
        self.names = self._in_order() if self._baselines else ()
        self.frames = [baseline_of(self._baselines[name]) for name in self.names]

    def _in_order(self) -> tuple[BaselineName | None, ...]:
        order = (self.wanted, self.own)
        return tuple(sorted(self._baselines, key=lambda n: (order.index(n) if n in order else len(order), n or "")))

    def baseline(self, name: BaselineName | None) -> Baseline | None:
        """Return the area's baseline of a name, None where it has none."""
        saying = self._baselines.get(name)
        return None if saying is None else baseline_of(saying)

    def of_area(self) -> list[Saying]:
        """Return what stands about the area itself: its baselines and its own result."""
        return [*self._baselines.values(), *([self.area.saying] if self.area else [])]

    def of_ward(self, ward: str) -> list[Saying]:
        """Return what stands about a ward, by its folded name: its baseline and its result."""
        known = self.wards.known.get(ward)
        if known is None:
            return []
        found = [] if known.found is None else [known.found.saying]
        return found if known.said_before is None else [known.said_before, *found]

    def rivals(self) -> list[tuple[str, ...]]:
        """Return groups of files that say different things at one revision."""
        own = self.area
        first = [tuple(sorted({own.saying.path, *own.rivals}))] if own is not None and own.rivals else []
        return first + self.wards.rivals()


class _Places:
    """The places as the standing reports name them, by subject, those that have a code and those that have a region."""

    def __init__(self) -> None:
        self._named: list[tuple[Subject, Place]] = []
        self._coded: list[tuple[Subject, str]] = []
        self._regions: list[tuple[Subject, str]] = []
        self._by_transfer = 0

    @property
    def by_transfer(self) -> bool:
        """Whether one of them is where votes are transferred."""
        return self._by_transfer > 0

    def count(self, subject: Subject, saying: Saying, by: int) -> None:
        """Take a report in (`by` 1), or leave it out again (-1)."""
        report = saying.report
        if not isinstance(report, Baseline | Result):
            return
        place = report.area
        _keep(self._named, subject, place, by)
        _keep(self._coded, subject, place.code, by)
        _keep(self._regions, subject, place.region, by)
        self._by_transfer += by * (place.region in BY_TRANSFER or (place.code or "")[:1] in {"S", "N"})

    def first(self) -> Place:
        """Return the place that the first of the subjects names. At least one does."""
        return self._named[0][1]

    def code(self) -> str | None:
        """Return the code of the first subject that has one."""
        return self._coded[0][1] if self._coded else None

    def region(self) -> str | None:
        """Return the region of the first subject that has one."""
        return self._regions[0][1] if self._regions else None


def _keep(items: list[tuple[Subject, T]], subject: Subject, value: T | None, by: int) -> None:
    """Put what a subject has in its place in a list in their order, or take it out of it."""
    if not value:
        return
    place = bisect_left(items, subject, key=_subject)
    if by > 0:
        items.insert(place, (subject, value))
    else:
        del items[place]
