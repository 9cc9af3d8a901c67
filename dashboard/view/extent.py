"""What the columns of the areas table depend on, added up over its areas; of a later night only what is another.

Which areas are others is told by comparing the objects: an area that stands is the very object that it was.
"""

from collections import Counter
from collections.abc import Sequence

from dashboard.count.night import Area
from dashboard.view.lines import cells
from feeds.report import Seats


def seats_of(area: Area) -> Seats | None:
    """Return the whole council after the result where it is known, else the seats won tonight, else None."""
    return area.composition if area.composition is not None else area.elected


class Extent:
    """The sums over some areas: `held` seats by party, now and before together, `before` those before alone."""

    def __init__(self, areas: Sequence[Area] = ()) -> None:
        self.held = Counter[str]()
        self.before = Counter[str]()
        self._widths = Counter[int]()
        self._with = Counter[str]()
        self._areas: Sequence[Area] = ()
        self._known: dict[int, Area] = {}
        self.follow(areas)

    def follow(self, areas: Sequence[Area]) -> None:
        """Be the sums over these areas; those that were among the ones before are not looked at."""
        if areas is self._areas:
            return
        before, known = self._known, dict(zip(map(id, areas), areas, strict=True))
        self._areas, self._known = areas, known
        for gone in before.keys() - known.keys():
            self._add(before[gone], -1)
        for new in known.keys() - before.keys():
            self._add(known[new], 1)

    @property
    def longest(self) -> int:
        """The cells of the longest name; 0 where there is no area."""
        return max((width for width, number in self._widths.items() if number), default=0)

    @property
    def is_single(self) -> bool:
        """Whether no area is a council."""
        return not self._with["council"]

    def has(self, what: str) -> bool:
        """Return whether any area has a `turnout`, a `region` or `candidates`."""
        return self._with[what] > 0

    def _add(self, area: Area, by: int) -> None:
        for seats in (seats_of(area), area.before):
            for code, number in (seats or {}).items():
                self.held[code] += by * number
        for code, number in (area.before or {}).items():
            self.before[code] += by * number
        self._widths[cells(area.name)] += by
        self._with["council"] += by * (area.kind == "council")
        self._with["turnout"] += by * (area.turnout is not None)
        self._with["region"] += by * bool(area.region)
        self._with["candidates"] += by * bool(area.candidates)
