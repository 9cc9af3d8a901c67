"""The order of the areas: by when they declared, by name, or by what stands in any column of their table.

It is kept as the night goes on: of a later one only what is another is put in its place.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any, Final, Generic, TypeVar

import msgspec

from dashboard.count.night import Area, Night
from dashboard.view.among import others, place_of
from dashboard.view.extent import seats_of
from dashboard.view.filters import Test, matcher
from dashboard.view.pieces import PARTY
from dashboard.view.rows import REST, majority
from dashboard.view.told import told
from dashboard.view.words import party_short
from feeds.parties import rank
from feeds.text import folded

LAST: Final = datetime.max.replace(tzinfo=UTC)

SHARE: Final = 0.05
"""The share of the areas up to which those that are others are put in place one by one."""

T = TypeVar("T")
M = TypeVar("M")

Order = Mapping[str, int]
"""For each declared area when it was last counted, as a place in the night's order."""


def counted_order(night: Night, election_id: str) -> dict[str, int]:
    """Return for each declared area of an election when it was last counted, as a place in the night's order.

    The last one counted is at the end.
    """
    return told(night.happenings, election_id).order


def _newest(area: Area, order: Order) -> tuple[int, int, datetime, str]:
    if area.is_declared:
        return (0, -order.get(area.id, -1), LAST, folded(area.name))
    return (1 if area.stage == "partial" else 2, 0, area.expected_at or LAST, folded(area.name))


def _expected(area: Area, order: Order) -> tuple[bool, bool, datetime, str]:
    return (area.is_declared, area.stage != "partial", area.expected_at or LAST, folded(area.name))


def _control(area: Area, order: Order) -> tuple[bool, tuple[int, str], str]:
    code = area.control if area.is_declared else area.previous
    return (not area.is_declared, rank(code or "~"), folded(area.name))


SORTS: Final[dict[str, Callable[[Area, Order], Any]]] = {
    "newest": _newest,
    "name": lambda area, order: (folded(area.name),),
    "control": _control,
    "next expected": _expected,
}
"""The ways to sort that every table has, in the order in which the key goes through them."""


def _winner(area: Area) -> str | None:
    return next((folded(c.name) for c in area.candidates if c.elected), None)


TEXTS: Final[dict[str, Callable[[Area], str | None]]] = {
    "region": lambda area: folded(area.region) if area.region else None,
    "elected": _winner,
}
FIGURES: Final[dict[str, Callable[[Area], float | None]]] = {
    "seats up": lambda area: area.up,
    "turnout": lambda area: area.turnout,
    "majority": majority,
}
"""The ways to sort by a column: texts from A to Z, figures from the largest down; what is not known comes last."""

COLUMNS: Final = {
    "name": "name",
    "declared": "newest",
    "control": "control",
    "region": "region",
    "seats": "seats up",
    "turnout": "turnout",
    "winner": "elected",
    "majority": "majority",
}
"""The way to sort that a column stands for, by its key; the one of a party stands for itself."""


def sort_of(column: str) -> str | None:
    """Return the way to sort by a column, given its key; None for one that is a picture."""
    return column if column.startswith(PARTY) or column == REST else COLUMNS.get(column)


def sort_words(sort: str) -> str:
    """Return what a way to sort is called."""
    if sort == REST:
        return "Oth"
    return party_short(sort.removeprefix(PARTY)) if sort.startswith(PARTY) else sort


def sorts_of(columns: Iterable[str]) -> list[str]:
    """Return the ways to sort a table with these columns, by key: those of every table, then the others."""
    found = (sort_of(column) for column in columns)
    return list(dict.fromkeys([*SORTS, *(sort for sort in found if sort is not None)]))


def next_sort(current: str, sorts: Sequence[str]) -> str:
    """Return the way to sort after the current one, round and round; the first where the current one is not there."""
    return sorts[(sorts.index(current) + 1) % len(sorts)] if current in sorts else sorts[0]


def arranged(
    areas: Iterable[Area], fits: Test, sort: str, order: Order, *, turned: bool = False, rest: Sequence[str] = ()
) -> list[Area]:
    """Return the areas that fit a test, sorted, or the other way round where `turned`.

    `rest` are the parties that the column of the rest sums. Areas with the same figure are in the order of their names.
    """
    shown = filter(fits, areas)
    if sort in SORTS:
        key = SORTS[sort]
        return sorted(shown, key=lambda area: key(area, order), reverse=turned)
    named = sorted(shown, key=lambda area: folded(area.name))
    value = TEXTS.get(sort) or _figure(sort, rest)
    valued = [(value(area), area) for area in named]
    known = [(v, area) for v, area in valued if v is not None]
    known.sort(key=lambda pair: pair[0], reverse=turned != (sort not in TEXTS))
    return [area for _, area in known] + [area for v, area in valued if v is None]


class Down:
    """A value that comes before smaller ones."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Down) and bool(self.value == other.value)

    def __hash__(self) -> int:
        return hash(self.value)

    def __lt__(self, other: "Down") -> bool:
        return bool(other.value < self.value)


def key_of(sort: str, order: Order, *, turned: bool = False, rest: Sequence[str] = ()) -> Callable[[Area], Any]:
    """Return the key by whose order `arranged` arranges areas that differ in it."""
    if sort in SORTS:
        whole = SORTS[sort]
        return (lambda area: Down(whole(area, order))) if turned else (lambda area: whole(area, order))
    value = TEXTS.get(sort) or _figure(sort, rest)
    falling = turned != (sort not in TEXTS)

    def key(area: Area) -> Any:
        found = value(area)
        if found is None:
            return (1, folded(area.name))
        return (0, Down(found) if falling else found, folded(area.name))

    return key


def _figure(sort: str, rest: Sequence[str]) -> Callable[[Area], float | None]:
    if sort in FIGURES:
        return FIGURES[sort]
    codes = rest if sort == REST else (sort.removeprefix(PARTY),)

    def seats(area: Area) -> float | None:
        held = seats_of(area)
        return None if held is None else sum(held.get(code, 0) for code in codes)

    return seats


class Ordered(Generic[T, M]):
    """`things` in the order of a key, and in `made`, at the place of each, what is made of it."""

    def __init__(self) -> None:
        self.things: list[T] = []
        self.made: list[M] = []
        self._keys: list[Any] | None = None

    def begin(self, things: Sequence[T], made: Iterable[M]) -> None:
        """Hold things that are in their order already."""
        self.things, self.made, self._keys = list(things), list(made), None

    def take(self, thing: T, key: Callable[[T], Any] | None = None) -> None:
        """Hold a thing no more; with a key that has not changed it is found without a look at the others."""
        place = place_of(self.things, thing) if key is None else bisect_left(self._known(key), key(thing))
        while self.things[place] is not thing:  # of equals it is another one
            place += 1
        del self.things[place], self.made[place]
        if self._keys is not None:
            del self._keys[place]

    def put(self, thing: T, made: M, key: Callable[[T], Any]) -> bool:
        """Put a thing in its place; return False, with nothing done, where another one has its key.

        The key of a thing that is held does not change; else it is taken before anything is put.
        """
        keys, own = self._known(key), key(thing)
        place = bisect_left(keys, own)
        if place < len(keys) and keys[place] == own:
            return False
        keys.insert(place, own)
        self.things.insert(place, thing)
        self.made.insert(place, made)
        return True

    def behind(self, own: Any, key: Callable[[T], Any]) -> int:
        """Return the place behind all things that come before a key, or have it."""
        return bisect_right(self._known(key), own)

    def _known(self, key: Callable[[T], Any]) -> list[Any]:
        if self._keys is None:
            self._keys = [key(each) for each in self.things]
        return self._keys


class How(msgspec.Struct, frozen=True, kw_only=True):
    """Which areas are shown, and how: what `dashboard.view.filters.matcher` and `arranged` are asked for."""

    sort: str
    turned: bool
    rest: tuple[str, ...]
    filter: str
    parties: dict[str, str]
    watch: frozenset[str]

    @property
    def fits(self) -> Test:
        """Whether an area is shown."""
        return matcher(self.filter, self.parties, self.watch)


class Arrangement(Generic[M]):
    """The areas that are shown, in their order, and what is made of each."""

    def __init__(self) -> None:
        self._held: Ordered[Area, M] = Ordered()
        self._areas: Sequence[Area] = ()
        self._how: How | None = None
        self._order: dict[str, int] = {}
        self._last = -1

    @property
    def made(self) -> list[M]:
        """What is made of the areas that are shown, in their order."""
        return self._held.made

    def clear(self) -> None:
        """Forget everything, because what is made of an area would be made in another way."""
        self._how = None

    def follow(self, areas: Sequence[Area], order: dict[str, int], how: How, make: Callable[[Area], M]) -> None:
        """Show these areas; those that stand as before stay as they are.

        `order` is that of `counted_order`: the same object only grows, and a later one at its end.
        """
        if how != self._how or order is not self._order or not self._went_along(areas, how, make):
            shown = arranged(areas, how.fits, how.sort, order, turned=how.turned, rest=how.rest)
            self._held.begin(shown, map(make, shown))
        self._areas, self._how, self._order = areas, how, order
        self._last = next(reversed(order.values()), -1)

    def _went_along(self, areas: Sequence[Area], how: How, make: Callable[[Area], M]) -> bool:
        """Put in place what is another; return False where everything has to be put in order anew."""
        gone, come = others(self._areas, areas)
        if len(gone) + len(come) > SHARE * len(areas) or self._counted() - {area.id for area in come}:
            return False
        fits, key = how.fits, key_of(how.sort, self._order, turned=how.turned, rest=how.rest)
        for area in filter(fits, gone):
            self._held.take(area)
        return all(self._held.put(area, make(area), key) for area in filter(fits, come))

    def _counted(self) -> set[str]:
        """Return which areas have another place in the order than before."""
        return {area_id for area_id, _ in takewhile(lambda item: item[1] > self._last, reversed(self._order.items()))}
