"""Which of several reports about one place stands (RULES 17, 18).

All that was said about a place is kept; what stands is worked out from it, so that nothing depends on the order in
which it was seen.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from operator import attrgetter
from typing import Final

import msgspec

from dashboard.count.night import Moment, Source, Stage
from feeds.report import Baseline, Basis, Report, Result

Number = tuple[int, int]
"""The round, then the revision in it."""

Rank = tuple[Number, bool, int, str]

_NOWHERE = Source(path="", digest="", revision=0, at=datetime.min.replace(tzinfo=UTC), basis="unknown")


class Saying(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One report as a version of a file says it: `number` is the version's, `turn` the event that brought it.

    `rank`, `rush` and `source` (where it is from) follow from the rest: they are asked for whenever another comes.
    """

    report: Report
    path: str
    number: int
    turn: int
    digest: str
    at: datetime
    basis: Basis
    removed: bool = False
    rank: Rank = ((0, 0), False, 0, "")
    rush: bool = False
    source: Source = _NOWHERE

    def __post_init__(self) -> None:
        report = self.report
        result = report if isinstance(report, Result) else None
        _set(self, "rank", _rank(self))
        _set(self, "source", _source(self, result))
        if result is not None and result.stage == "rush":
            _set(self, "rush", True)


class Standing(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The result that stands for a place or a ward.

    `pending` is true where a rush above the newest full result says that a correction is on its way: its winner is
    taken, and `superseded` holds the result whose votes are withheld. `rivals` are files that say something else at
    the same revision.
    """

    saying: Saying
    pending: bool = False
    rivals: tuple[str, ...] = ()

    @property
    def result(self) -> Result:
        """The report that stands."""
        return result_of(self.saying)


def result_of(saying: Saying) -> Result:
    """Return the result that a saying gives. Raises TypeError where it gives none."""
    if not isinstance(saying.report, Result):
        raise TypeError(f"not a result: {type(saying.report).__name__}")
    return saying.report


def baseline_of(saying: Saying) -> Baseline:
    """Return the baseline that a saying gives. Raises TypeError where it gives none."""
    if not isinstance(saying.report, Baseline):
        raise TypeError(f"not a baseline: {type(saying.report).__name__}")
    return saying.report


_set = msgspec.structs.force_setattr
_by_rank = attrgetter("rank")


def _rank(saying: Saying) -> Rank:
    report = saying.report
    if isinstance(report, Result):
        return ((report.round, report.revision), report.stage != "partial", saying.turn, saying.path)
    return ((1, report.revision if isinstance(report, Baseline) else 1), True, saying.turn, saying.path)


def _says(saying: Saying) -> Result:
    """Return the report without what may differ between two files that say the same."""
    report = result_of(saying)
    return msgspec.structs.replace(report, line=None, area=msgspec.structs.replace(report.area, code=None, region=None))


def _rivals(best: Saying, family: list[Saying]) -> tuple[str, ...]:
    number, of = best.rank[0], best.rank[:2]
    level = [s for s in family if s.rank[0] == number and s is not best and not s.removed and s.rank[:2] == of]
    if not level:
        return ()
    said = _says(best)
    return tuple(sorted(s.path for s in level if _says(s) != said))


def standing(sayings: Iterable[Saying]) -> Standing:
    """Return the result that stands among what several files say of one place; at least one says something.

    A full result stands over a rush of the same or a lower revision; then the later round and the higher revision in
    it; then the later arrival. A rush above the newest full result stands as a pending correction.
    """
    fulls: list[Saying] = []
    rushes: list[Saying] = []
    for saying in sayings:
        (rushes if saying.rush else fulls).append(saying)
    full = max(fulls, key=_by_rank, default=None)
    if full is None or (rushes and max(map(_by_rank, rushes))[0] > full.rank[0]):
        rush = max(rushes, key=_by_rank)
        return Standing(saying=rush, pending=full is not None, rivals=_rivals(rush, rushes))
    return Standing(saying=full, rivals=_rivals(full, fulls))


def baseline_standing(sayings: Iterable[Saying]) -> Saying:
    """Return the baseline that stands, of at least one: the higher revision, then the later arrival."""
    return max(sayings, key=_by_rank)


def sources(sayings: Sequence[Saying]) -> tuple[Source, ...]:
    """Return the versions of files that say these things, in the order in which they came."""
    ordered = sayings if len(sayings) == 1 else sorted(sayings, key=by_turn)
    return tuple([saying.source for saying in ordered])


def by_turn(saying: Saying) -> tuple[int, str]:
    """Return the sort key of the order in which sayings came."""
    return (saying.turn, saying.path)


def _source(saying: Saying, result: Result | None) -> Source:
    report = saying.report
    return Source(
        path=saying.path,
        digest=saying.digest,
        revision=result.revision if result is not None else 0,
        at=saying.at,
        basis=saying.basis,
        line=report.line if isinstance(report, Baseline | Result) else None,
        removed=saying.removed,
    )


def higher(one: Saying | None, other: Saying) -> Saying:
    """Return which of two reports stands that one version of a file gives of one subject, in their order in it."""
    if one is None or not isinstance(other.report, Result | Baseline):
        return other
    if isinstance(other.report, Baseline):
        return max(other, one, key=_by_rank)
    return standing([other, one]).saying


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
