"""What the figures of one area rest on: the reports that stand, and how a figure comes about, as data.

A reckoning has terms with their files, what they give, and what the night shows; the two are worked out apart, so
that a difference can be seen.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from dashboard.count.night import Area, Frozen, Measure, Source
from dashboard.count.standing import Saying, standing
from feeds.places import folded_place
from feeds.report import Baseline, Result, Seats

Subject = tuple[str, ...]
Sayings = Mapping[Subject, Sequence[Saying]]
Value = int | float | str | None
How = Literal["stated", "sum", "majority", "comparison", "share", "unknown"]
FigureName = Literal[
    "elected", "composition", "before", "change", "total", "up", "deferred", "vacant", "undeclared",
    "control", "previous", "outcome", "turnout", "votes", "lead", "needs", "certain",
    "seats", "areas", "areas_change",
]  # fmt: skip
TermKind = Literal[
    "stated", "unnamed", "ward", "area", "elected", "continuing", "all-up", "unopposed", "after", "before",
    "holder", "stated-change", "total", "up", "deferred", "majority", "control", "previous", "ballots", "electorate",
    "candidate",
]  # fmt: skip


class Term(Frozen, frozen=True, kw_only=True):
    """One number of a sum with its sign, what it is, whose it is (a ward, an area, a party), and its file."""

    kind: TermKind
    value: Value
    name: str | None = None
    source: Source | None = None


class Reckoning(Frozen, frozen=True, kw_only=True):
    """How one figure comes about: what its terms give, and what the night shows.

    `check` marks a second way to a figure that stands by another one: stated seats against their sum. `baseline`
    names what is measured against, where anything is. `note` is a sentence of the count itself.
    """

    figure: FigureName
    party: str | None
    how: How
    terms: tuple[Term, ...]
    value: Value
    shown: Value
    check: bool = False
    baseline: str | None = None
    note: str | None = None

    @property
    def agrees(self) -> bool:
        """Whether the terms give what the night shows."""
        return self.value == self.shown


def source_of(saying: Saying) -> Source:
    """Return the version of a file that a saying is from."""
    return saying.source


class Facts:
    """What stands about an area: its own result, its wards' results, its baselines, the one in use first.

    `own` is the name of the night's own baseline: only against that one a result states what changed.
    """

    def __init__(self, area: Area, sayings: Sayings, measure: Measure, own: str | None) -> None:
        self.area = area
        self.measure = measure
        self.own = own
        self.result: Result | None = None
        self.result_source: Source | None = None
        self.wards: dict[str, Source] = {}
        self.baselines: list[tuple[Baseline, Source]] = []
        self.unopposed: list[tuple[Seats, Source]] = []
        for subject, said in sayings.items():
            if subject[0] == "result":
                self._take_result(subject[1], said)
            else:
                self._take_baseline(subject[1], said)
        self.baselines.sort(key=lambda item: not self._names(item[0], measure.name))

    def _take_result(self, ward: str, said: Sequence[Saying]) -> None:
        found = standing(said)
        if found.result.stage == "retracted":
            return
        if ward:
            self.wards[ward] = source_of(found.saying)
        else:
            self.result, self.result_source = found.result, source_of(found.saying)

    def _take_baseline(self, ward: str, said: Sequence[Saying]) -> None:
        newest = max(said, key=lambda s: (s.turn, s.path))
        if isinstance(newest.report, Baseline) and newest.report.unopposed:
            self.unopposed.append((newest.report.unopposed, source_of(newest)))
        if isinstance(newest.report, Baseline) and not ward:
            self.baselines.append((newest.report, source_of(newest)))

    def _names(self, baseline: Baseline, name: str | None) -> bool:
        return (baseline.baseline or self.own) == name or name is None

    @property
    def states_change(self) -> bool:
        """Whether what the result says of before belongs to the baseline in use."""
        return self.measure.name in {self.own, None} or self.own is None

    def stated(self, seats: Seats | None, code: str, source: Source | None) -> tuple[Term, ...]:
        """Return what a file states of a party: nothing is 0 where it names others."""
        if seats is None:
            return ()
        kind: TermKind = "stated" if code in seats else "unnamed"
        return (Term(kind=kind, value=seats.get(code, 0), name=code, source=source),)

    def against(self) -> tuple[Baseline, Source] | None:
        """Return the baseline in use, None where nothing is said of it."""
        return next((b for b in self.baselines if self._names(b[0], self.measure.name)), None)

    def continuing(self, code: str) -> tuple[Term, ...]:
        """Return the party's seats that are not up; none where all are up, nothing where it is not known."""
        if self.area.up is not None and self.area.up == self.area.total:
            return (Term(kind="all-up", value=0, name=code),)
        for baseline, source in self.baselines:
            if baseline.continuing is not None:
                return (Term(kind="continuing", value=baseline.continuing.get(code, 0), name=code, source=source),)
        return ()

    def ward_terms(self, code: str) -> tuple[Term, ...]:
        """Return the party's seats ward by ward, of the wards that are in."""
        return tuple(
            Term(kind="ward", value=w.elected.get(code, 0), name=w.name, source=self.wards.get(folded_place(w.name)))
            for w in self.area.wards
            if w.elected is not None
        )

    @property
    def wards_complete(self) -> bool:
        """Whether the wards that are in fill as many seats as the area has elected."""
        won = sum(sum(w.elected.values()) for w in self.area.wards if w.elected is not None)
        return bool(self.area.elected) and won >= sum((self.area.elected or {}).values())


def total_of(terms: Iterable[Term]) -> int:
    """Return the sum of the terms that are whole numbers."""
    return sum(t.value for t in terms if isinstance(t.value, int))


def unknown(figure: FigureName, code: str | None, note: str | None = None) -> Reckoning:
    """Return that a figure is not known, with a word on why."""
    return Reckoning(figure=figure, party=code, how="unknown", terms=(), value=None, shown=None, note=note)


def summed(
    figure: FigureName, code: str | None, terms: tuple[Term, ...], shown: Value, *, check: bool = False
) -> Reckoning:
    """Return a figure as the sum of its terms."""
    return Reckoning(figure=figure, party=code, how="sum", terms=terms, value=total_of(terms), shown=shown, check=check)


def as_stated(figure: FigureName, code: str | None, terms: tuple[Term, ...], shown: Value) -> Reckoning:
    """Return a figure as it is stated; without a file to point to, as it is shown."""
    terms = terms or (Term(kind="stated", value=shown, name=code),)
    return Reckoning(figure=figure, party=code, how="stated", terms=terms, value=terms[0].value, shown=shown)


def measured(reckoning: Reckoning, measure: Measure) -> Reckoning:
    """Return a reckoning that says what it is measured against."""
    return Reckoning(
        figure=reckoning.figure, party=reckoning.party, how=reckoning.how, terms=reckoning.terms,
        value=reckoning.value, shown=reckoning.shown, check=reckoning.check, baseline=measure.name,
        note=reckoning.note,
    )  # fmt: skip
