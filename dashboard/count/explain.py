"""Which areas explain that a publisher's totals are not our sum (RULES 13).

Three kinds of evidence, the strongest first: an area by an older result, or by figures of its own that contradict
those that were taken, makes the sums agree in all figures; so do two together; else it must be an area that the
totals do not share with earlier ones that agree. Nothing is adjusted.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from dashboard.count.claims import Claim, only
from dashboard.count.night import Area, Explanation, Figure
from dashboard.count.otherwise import (
    Background,
    Candidate,
    Vector,
    as_of,
    minus,
    plus,
)
from dashboard.count.suspects import Suspect, can_alone, suspects

MOST_UNPLACED = 5
"""So many areas of totals with nothing earlier to set them against are still named; more say nothing."""

Frozen = frozenset[tuple[tuple[str, Figure], int]]
AGREES: Frozen = frozenset()


class _Way(NamedTuple):
    """What is left of a difference if these areas, by id, were added up by an older result."""

    left: Frozen
    outdated: frozenset[str]


class _Step(NamedTuple):
    """One of several totals over more and more areas, and the ways in which it may have been added up."""

    claim: Claim
    ways: list[_Way]

    def after(self, lefts: set[Frozen]) -> "_Step":
        """Return the step by the ways that leave what was left before, else by those that leave no needless seats."""
        same = [way for way in self.ways if way.left in lefts]
        sizes = {_size(way.left) for way in self.ways}
        least = {one for one in sizes if not any(o[0] < one[0] and o[1] <= one[1] for o in sizes)}
        return _Step(self.claim, same or [way for way in self.ways if _size(way.left) in least])

    @property
    def lefts(self) -> set[Frozen]:
        """What may be left of the difference."""
        return {way.left for way in self.ways}


class _Break(NamedTuple):
    """Where a difference comes in: between which totals, and among which areas."""

    before: _Step | None
    step: _Step
    areas: list[Area]


class Explainer:
    """Explains the claims of one election; `look` gives what is known of an area beside its figures."""

    def __init__(self, claims: Sequence[Claim], look: Callable[[Area], Background]) -> None:
        self._claims = sorted(claims, key=lambda c: (len(c.areas), c.turn))
        self._look = look

    def explain(self, claim: Claim) -> tuple[Explanation, ...]:
        """Return the areas that explain why a claim is not our sum; empty where nothing tells one from the others."""
        cut = claim.figures
        earlier = [
            replace(c, off=only(c.off, cut)) if c.figures > cut else c
            for c in self._claims
            if c.turn < claim.turn and c.figures >= cut and c.areas.keys() <= claim.areas.keys()
        ]
        breaks = self._breaks(claim, earlier)
        placed = {area.id for found in breaks for area in found.areas}
        agreed = {key for c in earlier if not c.off for key in c.areas}
        known = [self._look(a) for key, a in claim.areas.items() if (key in placed if placed else key not in agreed)]
        older = list(_seen((c for one in known for c in one.older), cut))
        twisted = list(_seen((c for one in known for c in one.contradictions), cut))
        singles = _by_area(c for c in (*older, *twisted) if c.delta == claim.off)
        if any(c in twisted for c in singles):
            return tuple(_named(c, len(singles)) for c in singles)
        joint: tuple[Candidate, ...] = ()
        if not singles:
            bases = [base for base in self._bases(claim, cut, agreed) if base]
            whole = [base for base in bases if not breaks and _sum(base) == claim.off]
            joint = whole[0] if whole else _joint(claim, bases, older, twisted)
            if any(c in twisted for c in joint):
                return tuple(_named(c) for c in joint)
        # Older results may only happen to make the same difference: what they hide may be wrong instead.
        may = self._may(claim, earlier, {c.area.id for c in (*singles, *joint)})
        among = len(singles) + len(may) + bool(joint)
        found = (*(_named(c, among) for c in singles), *(_named(c) for c in joint), *(_may_be(s, among) for s in may))
        return found or tuple(e for found_in in breaks for e in _among(found_in))

    def _may(self, claim: Claim, earlier: Sequence[Claim], named: set[str]) -> list[Suspect]:
        """Return the areas that may be wrong, beside those named; with nothing to set them against, only if few."""
        found = [one for one in suspects(claim, earlier, self._look) if one.area.id not in named]
        placed = [one for one in found if one.without is not None]
        return found if not named and len(found) <= MOST_UNPLACED else placed

    def _bases(self, claim: Claim, cut: frozenset[Figure], agreed: set[str]) -> Iterator[tuple[Candidate, ...]]:
        """Yield what a publisher may have added up in place of what stands: as it stood then, or all first results."""
        for turn in (claim.turn, None):
            areas = ((a, self._look(a)) for key, a in claim.areas.items() if key not in agreed)
            found = (as_of(area, known, turn) for area, known in areas if known.older)
            yield tuple(_seen((c for c in found if c is not None), cut))

    def _breaks(self, claim: Claim, earlier: Sequence[Claim]) -> list[_Break]:
        """Return where the difference comes in, going from the smaller totals to the larger ones."""
        cut, agreed = claim.figures, set[str]()
        steps: list[_Step] = []
        for one in (*sorted(earlier, key=lambda c: c.turn), claim):
            steps.append(_Step(one, self._ways(one, cut, agreed)))
            agreed |= set() if one.off else one.areas.keys()
        beside = [step.after({AGREES}) for step in steps if step.claim.region != claim.region]
        chain = [step for step in steps if step.claim.region == claim.region]
        found: list[_Break] = []
        before: _Step | None = None
        for one_step in sorted(chain, key=lambda s: (len(s.claim.areas), s.claim.turn)):
            covered = before.claim.areas if before is not None else {}
            lefts = before.lefts if before is not None else {AGREES}
            if not covered.keys() <= one_step.claim.areas.keys():
                continue
            step = one_step.after(lefts)
            if not step.lefts & lefts:
                new = [a for key, a in step.claim.areas.items() if key not in covered]
                group = [a for a in new if a.id not in agreed] or new
                until = None if step.claim is claim else step.claim.turn
                areas = [*_beside(group, beside, step), *self._revised(step, covered, agreed, until)]
                if before is not None or len(areas) <= MOST_UNPLACED:
                    found.append(_Break(before, step, areas))
            before = step
        return found

    def _ways(self, claim: Claim, cut: frozenset[Figure], agreed: set[str]) -> list[_Way]:
        """Return what is left of a claim's difference by each way in which it may have been added up."""
        if not claim.off:
            return [_Way(AGREES, frozenset())]
        olds = [self._look(a).older for key, a in claim.areas.items() if key not in agreed]
        shifts: list[tuple[Candidate, ...]] = [(), *self._bases(claim, cut, agreed)]
        found = [(minus(claim.off, _sum(s)), frozenset(c.area.id for c in s)) for s in shifts]
        found += [(minus(claim.off, c.delta), frozenset()) for some in olds for c in _seen(some, cut)]
        return [_Way(_freeze(left), outdated) for left, outdated in found]

    def _revised(self, step: _Step, covered: Mapping[str, Area], agreed: set[str], until: int | None) -> Iterator[Area]:
        """Yield the areas that earlier totals cover only by an older result: they tell nothing of the newer one.

        Totals in the middle cannot hold a result that came after them; the last may be what a later one contradicts.
        """
        for key, area in covered.items():
            if key not in agreed and any(key not in way.outdated for way in step.ways):
                known = self._look(area)
                in_time = until is None or known.versions[-1].turn <= until
                if in_time and any(_seen(known.older, step.claim.figures)):
                    yield area


def _joint(
    claim: Claim, bases: Iterable[tuple[Candidate, ...]], older: list[Candidate], twisted: list[Candidate]
) -> tuple[Candidate, ...]:
    """Return several areas that explain a claim together, as far as only these do; else nothing.

    Either older results throughout and one area that contradicts itself, or any two.
    """
    for base in bases:
        rest, taken = minus(claim.off, _sum(base)), {c.area.id for c in base}
        more = _by_area(c for c in twisted if c.delta == rest and c.area.id not in taken)
        if len(more) == 1:
            return (*base, *more)
    return _pair((*older, *twisted), claim.off)


def _pair(candidates: Sequence[Candidate], off: Vector) -> tuple[Candidate, ...]:
    """Return the two candidates that make a difference together, if only one pair of areas does; else nothing."""
    found: dict[frozenset[str], tuple[Candidate, ...]] = {}
    by_delta: dict[Frozen, list[Candidate]] = {}
    for one in candidates:
        for other in by_delta.get(_freeze(minus(off, one.delta)), ()):
            if other.area.id != one.area.id:
                found.setdefault(frozenset((one.area.id, other.area.id)), (other, one))
        by_delta.setdefault(_freeze(one.delta), []).append(one)
    return next(iter(found.values())) if len(found) == 1 else ()


def _beside(areas: list[Area], beside: Iterable[_Step], step: _Step) -> list[Area]:
    """Return those areas that totals of other regions leave open: in none that agree, in all that are off the same."""
    left = areas
    for other in beside:
        if AGREES in other.lefts:
            left = [a for a in left if a.id not in other.claim.areas]
        elif other.lefts & step.lefts:
            left = [a for a in left if a.id in other.claim.areas]
    return left or areas


def _seen(candidates: Iterable[Candidate], figures: frozenset[Figure]) -> Iterator[Candidate]:
    """Yield the candidates that change something in these figures."""
    for candidate in candidates:
        delta = only(candidate.delta, figures)
        if delta:
            yield replace(candidate, delta=delta)


def _among(found: _Break) -> Iterator[Explanation]:
    """Yield the areas among which a difference comes in, those with figures that do not agree first."""
    areas = _possible(found.areas, found.before.lefts if found.before is not None else {AGREES}, found.step.lefts)
    for area in sorted(areas, key=lambda a: (not a.discrepancies, a.name)):
        yield Explanation(area=area.name, area_id=area.id, why=_new_in(area, found.before), among=len(areas))


def _new_in(area: Area, before: _Step | None) -> str:
    if before is None:
        return _not_in(area, None, agrees=False)
    return _not_in(area, before.claim, agrees=AGREES in before.lefts)


def _may_be(suspect: Suspect, among: int) -> Explanation:
    area, without = suspect
    return Explanation(area=area.name, area_id=area.id, why=_not_in(area, without, agrees=True), among=among)


def _not_in(area: Area, claim: Claim | None, *, agrees: bool) -> str:
    if claim is None:
        return "no earlier totals are without it"
    number = "" if claim.number is None else f" {claim.number:,}"
    what = f"its revision {area.revision}" if area.id in claim.areas else "it"
    return f"{what} is not in totals{number}, which {'agree' if agrees else 'differ otherwise'}"


def _possible(areas: Iterable[Area], before: set[Frozen], after: set[Frozen]) -> list[Area]:
    """Return those areas that alone can make the difference between what was left before and after, all if none can."""
    distinct = list({a.id: a for a in areas}.values())
    steps = [minus(dict(new), dict(old)) for new in after for old in before]
    return [a for a in distinct if any(can_alone(a, step) for step in steps)] or distinct


def _by_area(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the first candidate of each area."""
    found: dict[str, Candidate] = {}
    for candidate in candidates:
        found.setdefault(candidate.area.id, candidate)
    return list(found.values())


def _named(candidate: Candidate, among: int = 1) -> Explanation:
    return Explanation(area=candidate.area.name, area_id=candidate.area.id, why=candidate.why, among=among)


def _sum(candidates: Iterable[Candidate]) -> Vector:
    return plus(*(c.delta for c in candidates))


def _size(left: Frozen) -> tuple[int, int]:
    """Return how many seats a difference is about, and how many councils."""
    seats, change, areas = (sum(abs(n) for (_, f), n in left if f == own) for own in ("seats", "change", "areas"))
    return max(seats, change), areas


def _freeze(vector: Vector) -> Frozen:
    return frozenset(vector.items())
