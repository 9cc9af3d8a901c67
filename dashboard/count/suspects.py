"""Which areas could each, alone, have a wrong figure: those that all of a publisher's totals allow (RULES 13).

One area is taken to be wrong by some seats, all others to be right. Every state of the parties must then be off by
just these seats where it holds that area, and by nothing where it does not; but it may hold older results than those
that stand, as they stood when it came or the first ones throughout.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from dashboard.count.claims import Claim, only
from dashboard.count.night import Area, Figure
from dashboard.count.otherwise import Background, Vector, as_of, contribution, minus, plus

Look = Callable[[Area], Background]


class Suspect(NamedTuple):
    """An area that may be wrong, and the largest totals without its newest result, which agree; None without any."""

    area: Area
    without: Claim | None


class _Shift(NamedTuple):
    """A way in which totals may have been added up: what it changes, by area and in all."""

    by_area: dict[str, Vector]
    whole: Vector

    def beside(self, area_id: str) -> Vector:
        """Return what it changes in all areas but one."""
        own = self.by_area.get(area_id)
        return minus(self.whole, own) if own else self.whole


def suspects(claim: Claim, earlier: Sequence[Claim], look: Look) -> list[Suspect]:
    """Return the areas of a claim, each of which alone may be wrong by what `earlier` claims and this one allow."""
    cut = claim.figures
    told = [(one, _shifts(one, look, cut)) for one in sorted(earlier, key=lambda c: (bool(c.off), -len(c.areas)))]
    found: dict[str, Suspect] = {}
    for shift in _shifts(claim, look, cut):
        whole = minus(claim.off, shift.whole)
        for key, area in claim.areas.items():
            wrong = minus(claim.off, shift.beside(key)) if key in shift.by_area else whole
            if wrong and key not in found and can_alone(area, wrong):
                held = list(_held(area, wrong, told, look, cut))
                if None not in held:
                    outside = [one for (one, _), newest in zip(told, held, strict=True) if not newest]
                    found[key] = Suspect(area, max(outside, key=lambda c: (len(c.areas), -c.turn), default=None))
    return sorted(found.values(), key=lambda s: (not s.area.discrepancies, s.area.name))


def can_alone(area: Area, off: Vector) -> bool:
    """Whether an area alone can make a difference: nobody wins less than nothing, and only its control is another."""
    lost = [(code, n) for (code, figure), n in off.items() if figure == "areas" and n < 0]
    if lost not in ([], [(area.control, -1)]):
        return False
    won = area.elected or {}
    return all(won.get(code, 0) + n >= 0 for (code, figure), n in off.items() if figure == "seats")


def _held(
    area: Area, wrong: Vector, told: Sequence[tuple[Claim, list[_Shift]]], look: Look, cut: frozenset[Figure]
) -> Iterator[bool | None]:
    """Yield of each of the totals whether they hold the area's newest result; None, and no more, where neither fits."""
    for one, shifts in told:
        left = [minus(only(one.off, cut), shift.beside(area.id)) for shift in shifts]
        if area.id not in one.areas:
            fits = False if {} in left else None
        else:
            fits = True if wrong in left else False if any(each in left for each in _older(area, look, cut)) else None
        yield fits
        if fits is None:
            return


def _older(area: Area, look: Look, cut: frozenset[Figure]) -> Iterator[Vector]:
    """Yield what the area would change by each of its older results."""
    for version in look(area).versions[:-1]:
        yield only(minus(contribution(version.area), contribution(area)), cut)


def _shifts(claim: Claim, look: Look, cut: frozenset[Figure]) -> list[_Shift]:
    """Return the ways in which totals may have been added up: as it stands now, as it stood then, by first results."""
    corrected = [(area, known) for area in claim.areas.values() if (known := look(area)).older]
    ways: list[_Shift] = [_Shift({}, {})]
    for turn in (claim.turn, None):
        found = (as_of(area, known, turn) for area, known in corrected)
        by_area = {c.area.id: only(c.delta, cut) for c in found if c is not None}
        ways.append(_Shift(by_area, plus(*by_area.values())))
    return ways
