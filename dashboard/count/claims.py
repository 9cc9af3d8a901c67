"""What a publisher's totals claim, beside what we have over the same areas: the two sides of a totals check."""

from collections.abc import Iterable, Sequence
from typing import Final, Protocol

import msgspec

from dashboard.count.night import Area, Explanation, Figure
from dashboard.count.otherwise import Background, Vector, contribution, minus, plus
from dashboard.count.standing import Saying
from feeds.places import PlaceKey, place_key
from feeds.report import NEW, NOC, Place, Totals

VACANT: Final = "VAC"
FIGURES: Final[tuple[Figure, ...]] = ("seats", "change", "areas", "areas_change")


class Find(Protocol):
    """Finds what is known of the places that totals name."""

    def __call__(self, place: Place) -> tuple[str, Area | None]:
        """Return a place's identity, and its area where there is one."""

    def published(self, area: Area) -> Area:
        """Return an area as the publisher measures it: against the night's own baseline."""

    def background(self, area: Area) -> Background:
        """Return what is known of an area beside its figures."""


class Known(msgspec.Struct, frozen=True, gc=False):
    """An area as the publisher measures it: what it adds to the totals, and which figures are not known of it."""

    area: Area
    adds: Vector
    unknown: tuple[Figure, ...]


class Claim(msgspec.Struct, frozen=True, gc=False):
    """A state of the parties that can be compared: the event that brought it, and its areas by id.

    `figures` are those that are compared; `theirs` and `ours` hold them by party, and `off` what theirs have more.
    """

    turn: int
    number: int | None
    region: str
    areas: dict[str, Area]
    figures: frozenset[Figure]
    theirs: Vector
    ours: Vector
    off: Vector


Basis = tuple[Saying | Area, ...]
"""All totals there are, and the areas of those that are explained."""


class Memory:
    """What was worked out of areas and totals that have not changed since. It changes no answer, only its cost."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Area, Known]] = {}
        self._keys: dict[str, tuple[Totals, dict[PlaceKey, Place]]] = {}
        self._backgrounds: dict[str, tuple[Area, Background]] = {}
        self._explained: dict[str, tuple[Basis, tuple[Explanation, ...]]] = {}

    def known(self, area: Area, find: Find) -> Known:
        """Return what an area adds to totals."""
        held = self._known.get(area.id)
        if held is None or held[0] is not area:
            own = find.published(area)
            unknown = tuple(f for f in FIGURES if own.is_declared and not _knows(own, f))
            held = self._known[area.id] = (area, Known(own, contribution(own), unknown))
        return held[1]

    def places(self, saying: Saying) -> dict[PlaceKey, Place]:
        """Return the places of totals by what they say of their identity."""
        totals = totals_of(saying)
        held = self._keys.get(saying.path)
        if held is None or held[0] is not totals:
            held = self._keys[saying.path] = (totals, {place_key(place): place for place in totals.areas})
        return held[1]

    def background(self, area: Area, find: Find) -> Background:
        """Return what is known of an area beside its figures."""
        held = self._backgrounds.get(area.id)
        if held is None or held[0] is not area:
            held = self._backgrounds[area.id] = (area, find.background(area))
        return held[1]

    def explained(self, path: str, basis: Basis) -> tuple[Explanation, ...] | None:
        """Return what explains the totals of a path, None where it was not worked out from just this basis."""
        held = self._explained.get(path)
        if held is None or len(held[0]) != len(basis) or any(a is not b for a, b in zip(held[0], basis, strict=True)):
            return None
        return held[1]

    def keep(self, path: str, basis: Basis, explained: tuple[Explanation, ...]) -> None:
        """Keep what explains the totals of a path, and what it was worked out from."""
        self._explained[path] = (basis, explained)


def _knows(area: Area, figure: Figure) -> bool:
    """Whether a declared area has a figure; a new council has no change (RULES 8)."""
    if figure == "seats":
        return area.elected is not None
    if figure == "change":
        return area.change is not None or area.previous == NEW
    return (area.control if figure == "areas" else area.previous) is not None


def totals_of(saying: Saying) -> Totals:
    """Return the totals that a saying gives."""
    report = saying.report
    if not isinstance(report, Totals):
        raise TypeError(f"not totals: {type(report).__name__}")
    return report


def claim_of(saying: Saying, known: Sequence[Known], ours: Vector) -> Claim:
    """Return what totals claim over these areas, of which `ours` is the sum."""
    totals = totals_of(saying)
    rows = totals.parties.values()
    unknown = {figure for one in known for figure in one.unknown}
    stated = {f for f in FIGURES if not rows or any(getattr(row, f) is not None for row in rows)}
    figures = frozenset(stated - unknown)
    theirs: Vector = {}
    for code, row in totals.parties.items():
        for figure in figures:
            theirs[code, figure] = getattr(row, figure) or 0
    theirs, ours = only(theirs, figures), only(ours, figures)
    return Claim(
        turn=saying.turn,
        number=totals.number,
        region=totals.region,
        areas={one.area.id: one.area for one in known},
        figures=figures,
        theirs=theirs,
        ours=ours,
        off=minus(theirs, ours),
    )


class Sums:
    """Our sums over the areas of one state of the parties after another; one that holds the last goes on from it."""

    def __init__(self) -> None:
        self._have: dict[str, Vector] = {}
        self._sum: Vector = {}

    def over(self, known: Iterable[Known]) -> Vector:
        """Return the sum over these areas."""
        adds = {one.area.id: one.adds for one in known}
        if not self._have.keys() <= adds.keys():
            self._have, self._sum = {}, {}
        self._sum = plus(self._sum, *(more for key, more in adds.items() if key not in self._have))
        self._have = adds
        return self._sum


def only(vector: Vector, figures: frozenset[Figure]) -> Vector:
    """Return these figures of a vector, without what is no party's."""
    return {
        (code, figure): n
        for (code, figure), n in vector.items()
        if n and figure in figures and code != VACANT and (code, figure) != (NOC, "change")
    }
