"""What the columns of the areas table depend on, added up over its areas; of a later night only what is another."""

from collections import Counter
from collections.abc import Sequence
from operator import attrgetter

from dashboard.count.night import Area, Election
from dashboard.view.among import Following
from dashboard.view.lines import cells
from feeds.report import Seats

_kind = attrgetter("kind")


def seats_of(area: Area) -> Seats | None:
    """Return the whole council after the result where it is known, else the seats won tonight, else None."""
    return area.composition if area.composition is not None else area.elected


def has_councils(election: Election) -> bool:
    """Return whether any area of an election is a council."""
    return "council" in map(_kind, election.areas)


class Extent(Following):
    """The sums over some areas: `held` seats by party, now and before together, `before` those before alone.

    `codes` counts who controls them and who did before.
    """

    def __init__(self, areas: Sequence[Area] = ()) -> None:
        super().__init__()
        self.held = Counter[str]()
        self.before = Counter[str]()
        self.codes = Counter[str]()
        self._widths = Counter[int]()
        self._with = Counter[str]()
        self.follow(areas)

    def put(self, area: Area) -> None:
        """Add an area."""
        self._add(area, 1)

    def take(self, area: Area) -> None:
        """Take an area away."""
        self._add(area, -1)

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
        for party in (area.control, area.previous):
            if party is not None:
                self.codes[party] += by
        self._widths[cells(area.name)] += by
        self._with["council"] += by * (area.kind == "council")
        self._with["turnout"] += by * (area.turnout is not None)
        self._with["region"] += by * bool(area.region)
        self._with["candidates"] += by * bool(area.candidates)
