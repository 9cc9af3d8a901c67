"""A publisher's own totals against our sum over the same areas (RULES 13), and runs that were mixed (RULES 22)."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import structs

from dashboard.count.claims import FIGURES, Basis, Claim, Find, Known, Memory, Sums, claim_of, totals_of
from dashboard.count.night import Area, Conflict, Explanation, Figure, TotalsCheck, TotalsDifference
from dashboard.count.otherwise import Background
from dashboard.count.standing import Saying
from feeds.places import PlaceKey

if TYPE_CHECKING:
    from dashboard.count.explain import Explainer

Places = Mapping[PlaceKey, tuple[str, Area | None]]
"""Every place that totals name: its identity, and its area where there is one."""


def totals_checks(sayings: Sequence[Saying], find: Find, memory: Memory | None = None) -> tuple[TotalsCheck, ...]:
    """Return the comparison of each state of the parties of one election, the one that covers most areas last.

    One whose areas a newer one of the same region contains is not compared, since it is not rewritten when a result
    is corrected; it is listed only where it names areas that have no result. `memory` may be kept for the next call.
    """
    bench = _Bench(sorted(sayings, key=_order), find, memory or Memory())
    listed = [(n, one) for n, one in enumerate(bench.sayings) if bench.missing(one) or not bench.outdated(n)]
    claims = {n: bench.claim(one) for n, one in listed}
    checks = [_check(one, bench, claims[n]) for n, one in listed]
    for index, (n, one) in enumerate(listed):
        claim = claims[n]
        if claim is not None and not checks[index].agrees:
            checks[index] = structs.replace(checks[index], explained=bench.explained(one, claim))
    return tuple(sorted(checks, key=lambda c: (c.areas, c.number or 0, c.path)))


class _Bench:
    """The totals of one election in their order, with the places that they name; each is looked up once."""

    def __init__(self, sayings: Sequence[Saying], find: Find, memory: Memory) -> None:
        self.sayings, self._find, self._memory = sayings, find, memory
        self._places: Places = {
            key: find(place) for key, place in {k: p for s in sayings for k, p in memory.places(s).items()}.items()
        }
        self._explainer: Explainer | None = None
        self._undeclared = {key for key, (_, area) in self._places.items() if area is None or not area.is_declared}

    def missing(self, saying: Saying) -> tuple[str, ...]:
        """Return the names of the places without a result."""
        places = self._memory.places(saying)
        return tuple(sorted(places[key].name for key in self._undeclared & places.keys()))

    def outdated(self, index: int) -> bool:
        """Whether a newer state of the parties of the same region contains the areas of this one."""
        one, region = self._memory.places(self.sayings[index]), totals_of(self.sayings[index]).region
        for later in self.sayings[index + 1 :]:
            if totals_of(later).region == region:
                other = self._memory.places(later)
                if one.keys() <= other.keys() or self._identities(one) <= self._identities(other):
                    return True
        return False

    def _identities(self, places: Mapping[PlaceKey, object]) -> set[str]:
        return {self._places[key][0] for key in places}

    def known(self, saying: Saying) -> list[Known]:
        """Return the areas of a state of the parties, each once."""
        areas = (self._places[key][1] for key in self._memory.places(saying))
        once = {area.id: area for area in areas if area is not None}
        return [self._memory.known(area, self._find) for area in once.values()]

    def claim(self, saying: Saying) -> Claim | None:
        """Return what a state of the parties claims, None where it cannot be compared."""
        known = self.known(saying)
        return None if self.reason(saying, known) else claim_of(saying, known, Sums().over(known))

    def claims(self) -> list[Claim]:
        """Return the claims of all that can be compared."""
        sums: dict[str, Sums] = {}
        found = []
        for saying in self.sayings:
            known = self.known(saying)
            if not self.reason(saying, known):
                ours = sums.setdefault(totals_of(saying).region, Sums()).over(known)
                found.append(claim_of(saying, known, ours))
        return found

    def reason(self, saying: Saying, known: Sequence[Known]) -> str | None:
        """Return why a state of the parties cannot be compared, None where it can."""
        missing = self.missing(saying)
        if not totals_of(saying).areas:
            return "not comparable: it does not name its areas"
        if missing:
            return f"not comparable: no result of {', '.join(missing)}"
        if any("seats" in one.unknown for one in known):
            return f"not comparable: {_unknown('seats', known)}"
        return None

    def background(self, area: Area) -> Background:
        """Return what is known of an area beside its figures."""
        return self._memory.background(area, self._find)

    def explained(self, saying: Saying, claim: Claim) -> tuple[Explanation, ...]:
        """Return the areas that explain why a claim is not our sum."""
        basis: Basis = (*self.sayings, *claim.areas.values())
        held = self._memory.explained(saying.path, basis)
        if held is None:
            if self._explainer is None:
                from dashboard.count.explain import Explainer  # noqa: PLC0415 - most nights agree with their totals

                self._explainer = Explainer(self.claims(), self.background)
            held = self._explainer.explain(claim)
            self._memory.keep(saying.path, basis, held)
        return held


def _check(saying: Saying, bench: _Bench, claim: Claim | None) -> TotalsCheck:
    totals, known = totals_of(saying), bench.known(saying)
    differences = () if claim is None else tuple(_differences(claim))
    left_out = [_unknown(f, known) for f in FIGURES if any(f in one.unknown for one in known)]
    return TotalsCheck(
        publisher=totals.publisher,
        region=totals.region,
        number=totals.number,
        areas=len(totals.areas),
        agrees=None if claim is None else not differences,
        reason=bench.reason(saying, known) if claim is None else "; ".join(left_out) or None,
        missing=bench.missing(saying),
        differences=differences,
        path=saying.path,
    )


def _unknown(figure: Figure, known: Sequence[Known]) -> str:
    names = ", ".join(sorted(one.area.name for one in known if figure in one.unknown))
    return f"{figure.replace('_', ' ')} not known of {names}"


def _differences(claim: Claim) -> Iterator[TotalsDifference]:
    for code, figure in sorted(claim.off, key=lambda key: (key[0], FIGURES.index(key[1]))):
        theirs, ours = claim.theirs.get((code, figure), 0), claim.ours.get((code, figure), 0)
        yield TotalsDifference(party=code, figure=figure, theirs=theirs, ours=ours)


def _order(saying: Saying) -> tuple[int, int, str]:
    return (totals_of(saying).number or 0, saying.turn, saying.path)


def mixed_runs(sayings: Sequence[Saying], find: Find, memory: Memory | None = None) -> Iterator[Conflict]:
    """Yield a conflict for each state of the parties that lacks areas of the one numbered below it."""
    memory = memory or Memory()
    by_region: dict[str, list[Saying]] = {}
    for saying in sorted(sayings, key=_order):
        by_region.setdefault(totals_of(saying).region, []).append(saying)
    for run in by_region.values():
        for lower, higher in pairwise(run):
            gone = _gone(lower, higher, find, memory)
            if gone and (totals_of(lower).number or 0) < (totals_of(higher).number or 0):
                yield Conflict(
                    what=(
                        f"two runs are mixed: the state of the parties after {totals_of(higher).number} results lacks "
                        f"{', '.join(gone)}, which the one after {totals_of(lower).number} includes"
                    ),
                    paths=(lower.path, higher.path),
                )


def _gone(lower: Saying, higher: Saying, find: Find, memory: Memory) -> list[str]:
    """Return the names of the places that the lower of two totals has and the higher has not."""
    below, above = memory.places(lower), memory.places(higher)
    if below.keys() <= above.keys():
        return []
    have = {find(place)[0] for place in above.values()}
    return sorted({identity: p.name for p in below.values() if (identity := find(p)[0]) not in have}.values())
