"""The wards of one area, each made once of what stands of it, and what they add up to, kept up as they change."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

import msgspec

from dashboard.count.night import Ward
from dashboard.count.standing import Saying, Standing, baseline_of, moment, stage_of, turnout_of
from dashboard.count.ward_checks import Poll, contradictions, seats_contradict
from feeds.plural import many
from feeds.report import AreaKind, Baseline, Result, Seats


class Rule(msgspec.Struct, frozen=True, gc=False):
    """How an area elects: its kind, and whether votes are transferred where its councils are elected."""

    kind: AreaKind
    by_transfer: bool

    def is_by_most_votes(self, result: Result) -> bool:
        """Return whether those with the most votes win: not where votes are transferred, nor from a list."""
        if self.kind not in {"council", "constituency"} or result.round != 1:
            return False
        local = self.kind == "council" or result.election.kind == "by-election"
        return not (local and self.by_transfer)


class Known(msgspec.Struct, frozen=True, gc=False):
    """A ward, and what it was made of: the result that stands, what was said beforehand.

    `deferred` are its seats that are not filled tonight, by the result, else beforehand.
    """

    found: Standing | None
    said_before: Saying | None
    ward: Ward
    deferred: int

    @property
    def before(self) -> Baseline | None:
        """What was said of the ward beforehand."""
        return None if self.said_before is None else baseline_of(self.said_before)


class Wards:
    """The wards of an area by folded name; one that changes costs as much however many there are.

    `told` counts those of which it is known who was elected, `filled` the seats of those of them that are not declared
    in part. `seats` are those of all wards. `deferred` are not filled tonight, `stated` those by results alone.
    `nominated` counts the wards of which candidates were told beforehand, `candidates` these.
    """

    def __init__(self) -> None:
        self.known: dict[str, Known] = {}
        self.told = self.filled = self.seats = self.deferred = self.stated = self.nominated = self.candidates = 0
        self._keys: list[str] = []
        self._wards: list[Ward] = []
        self._rule: Rule | None = None
        self._seats: dict[str, list[int]] = {}
        self._revisions: Counter[int] = Counter()
        self._rivals: dict[str, tuple[str, ...]] = {}
        self._overfull: dict[str, str] = {}
        self._odd: dict[str, tuple[str, ...]] = {}
        self._reframed: dict[str, str] = {}

    def __bool__(self) -> bool:
        return bool(self.known)

    @property
    def all(self) -> tuple[Ward, ...]:
        """The wards in the order of their folded names."""
        return tuple(self._wards)

    @property
    def elected(self) -> Seats | None:
        """The seats won in the wards, by party in the order of codes; None where none is declared."""
        return {code: self._seats[code][0] for code in sorted(self._seats)} if self.told else None

    @property
    def revision(self) -> int | None:
        """The highest revision of a ward's result."""
        return max(self._revisions, default=None)

    def rivals(self) -> list[tuple[str, ...]]:
        """Return groups of files that say different things of a ward at one revision."""
        return [self._rivals[key] for key in sorted(self._rivals)]

    def overfull(self) -> Iterator[tuple[str, str]]:
        """Yield the wards with more deferred seats than seats, by folded name, each with a sentence."""
        return iter(sorted(self._overfull.items()))

    def reframed(self) -> Iterator[tuple[str, str]]:
        """Yield the wards whose seats were other ones beforehand, by folded name, each with a sentence."""
        return iter(sorted(self._reframed.items()))

    def odd(self, rule: Rule) -> Iterator[tuple[str, str]]:
        """Yield a sentence for each pair of figures of a ward that contradict each other, with its folded name."""
        if rule != self._rule:
            self._rule, self._odd = rule, {}
            for key, known in self.known.items():
                self._check(key, known)
        for key in sorted(self._odd):
            for text in self._odd[key]:
                yield key, text

    def put(self, key: str, found: Standing | None, said_before: Saying | None) -> None:
        """Let this stand of a ward, in place of what stood of it."""
        before = self.known.get(key)
        if before is not None and before.found is found and before.said_before is said_before:
            return
        now = self.known[key] = _known(key, found, said_before)
        place = bisect_left(self._keys, key)
        if before is None:
            self._keys.insert(place, key)
            self._wards.insert(place, now.ward)
        else:
            self._wards[place] = now.ward
            self._leave(key, before)
        self._count(now, 1)
        self._note(key, now)

    def take(self, key: str) -> None:
        """Let nothing stand of a ward any more."""
        before = self.known.pop(key, None)
        if before is not None:
            place = bisect_left(self._keys, key)
            del self._keys[place], self._wards[place]
            self._leave(key, before)

    def _leave(self, key: str, known: Known) -> None:
        self._count(known, -1)
        for noted in (self._rivals, self._overfull, self._odd, self._reframed):
            noted.pop(key, None)

    def _count(self, known: Known, by: int) -> None:
        ward, before = known.ward, known.before
        self.seats += by * (ward.seats or 0)
        self.deferred += by * known.deferred
        if known.found is not None:
            self.stated += by * (known.found.result.deferred or 0)
        if before is not None and before.candidates is not None:
            self.nominated += by
            self.candidates += by * sum(before.candidates.values())
        _add(self._revisions, ward.revision, by)
        if ward.elected is not None:
            self.told += by
            self.filled += by * sum(ward.elected.values()) if ward.stage != "partial" else 0
            self._count_seats(ward.elected, by)

    def _count_seats(self, elected: Seats, by: int) -> None:
        for code, seats in elected.items():
            held = self._seats.setdefault(code, [0, 0])
            held[0] += by * seats
            held[1] += by
            if not held[1]:
                del self._seats[code]

    def _note(self, key: str, known: Known) -> None:
        """Note what is odd of a ward."""
        ward, before, found = known.ward, known.before, known.found
        if found is not None and found.rivals:
            self._rivals[key] = tuple(sorted({found.saying.path, *found.rivals}))
        if known.deferred and ward.seats is not None and known.deferred > ward.seats:
            self._overfull[key] = f"{ward.name}: {known.deferred} deferred of {many(ward.seats, 'seat')}"
        up, stood = found.result.up if found is not None else None, before.up if before is not None else None
        if before is not None and up is not None and stood is not None and up != stood:
            self._reframed[key] = f"{before.ward}: {many(up, 'seat')} up, {stood} by the baseline"
        self._check(key, known)

    def _check(self, key: str, known: Known) -> None:
        if self._rule is None or known.found is None or known.ward.elected is None:
            return
        result = known.found.result
        texts = tuple(_odd(known, result, self._rule.is_by_most_votes(result)))
        if texts:
            self._odd[key] = texts


def _add(numbers: Counter[int], number: int, by: int) -> None:
    numbers[number] += by
    if not numbers[number]:
        del numbers[number]


def _odd(known: Known, result: Result, plurality: bool) -> Iterator[str]:
    ward, before = known.ward, known.before
    poll = Poll(
        seats=ward.seats,
        elected=ward.elected,
        deferred=result.deferred or 0,
        candidates=ward.candidates,
        electorate=ward.electorate,
        ballots=ward.ballots,
        turnout=ward.turnout,
        stood=before.candidates if before else None,
        unopposed=before.unopposed if before else None,
        whole=result.stage == "full",
        plurality=plurality,
    )
    yield from (f"{ward.name}: {text}" for text in (*seats_contradict(poll), *contradictions(poll)))


def _known(key: str, found: Standing | None, said_before: Saying | None) -> Known:
    before = None if said_before is None else baseline_of(said_before)
    name = (found.result.ward if found else before.ward if before else None) or key
    ward = _ward_of(name, found, before)
    stated = before if ward.elected is None or found is None else found.result
    return Known(found, said_before, ward, (stated.deferred or 0) if stated is not None else 0)


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
