"""The sums of one election, kept up as its areas change: one area more costs as much however many there are.

What is kept follows from the areas alone, whichever way they came to be as they are.
"""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, Generic, TypeVar

import msgspec

from dashboard.count.night import Area, Certain, Change
from dashboard.count.subjects import AreaKey
from dashboard.count.tally import Rows, certain_of, change_of, changes_of, is_timed
from feeds.text import folded

T = TypeVar("T")
Order = tuple[str, str, AreaKey]
"""Where an area stands among the others: by name, then by id."""


class _Held(msgspec.Struct, frozen=True, gc=False):
    """An area as it is in the sums; `turn` is when it was declared, 0 before that."""

    order: Order
    turn: int
    area: Area


class Sums:
    """The areas of one election in their order, and what they add up to.

    `moved` counts the changes. `lists` are regions, `time_unknown` declared areas of which it is not known when,
    `seats` those elected, `up` those up where that is known of all. `size` are the seats of a chamber, those up where
    that is known. `measured` counts the areas of which anything before is known. `rows` are the parties.
    """

    def __init__(self) -> None:
        self.moved = 0
        self.rows = Rows()
        self.lists = self.declared = self.partial = self.time_unknown = self.measured = 0
        self.seats = self._up = self._up_unknown = self._size = self._size_unknown = self._untimed = 0
        self._held: dict[AreaKey, _Held] = {}
        self._orders: list[Order] = []
        self._areas: list[Area] = []
        self._changes: _InOrder[Change] = _InOrder()
        self._certain: _InOrder[Certain] = _InOrder()

    def __len__(self) -> int:
        return len(self._areas)

    def __iter__(self) -> Iterator[AreaKey]:
        return iter(self._held)

    def put(self, key: AreaKey, area: Area, turn: int) -> None:
        """Let an area stand, in place of what stood under its key."""
        before = self._held.get(key)
        if before is not None and before.area is area and before.turn == turn:
            return
        if before is not None:
            self._leave(before)
        now = self._held[key] = _Held((folded(area.name), area.id, key), turn, area)
        place = bisect_left(self._orders, now.order)
        self._orders.insert(place, now.order)
        self._areas.insert(place, area)
        self._count(now, 1)

    def take(self, key: AreaKey) -> None:
        """Take an area out."""
        self._leave(self._held.pop(key))

    def _leave(self, held: _Held) -> None:
        place = bisect_left(self._orders, held.order)
        del self._orders[place], self._areas[place]
        self._count(held, -1)

    def _count(self, held: _Held, by: int) -> None:
        area = held.area
        self.moved += 1
        self.rows.add(area, by)
        self._count_seats(area, by)
        self.lists += by * (area.kind == "region")
        self.partial += by * (area.stage == "partial")
        self.measured += by * (area.before is not None or area.previous is not None)
        if area.is_declared:
            self.declared += by
            self.time_unknown += by * (area.declared is None or area.declared.basis in {"expected", "unknown"})
            self._untimed += by * (not is_timed(area))
        change = change_of(area)
        if change is not None and change.declared.at is not None:
            self._changes.keep((change.declared.at, held.turn, area.name, held.order), change, by)
        for certain in certain_of((area,)):
            self._certain.keep(held.order, certain, by)

    def _count_seats(self, area: Area, by: int) -> None:
        size = area.up if area.up is not None else area.total
        self.seats += by * sum((area.elected or {}).values())
        self._up += by * (area.up or 0)
        self._up_unknown += by * (area.up is None)
        self._size += by * (size or 0)
        self._size_unknown += by * (size is None)

    @property
    def up(self) -> int | None:
        """The seats up, None where they are not known of every area."""
        return None if self._up_unknown else self._up

    @property
    def size(self) -> int | None:
        """The seats of the areas, None where they are not known of every one."""
        return None if self._size_unknown else self._size

    @property
    def areas(self) -> tuple[Area, ...]:
        """The areas in their order."""
        return tuple(self._areas)

    def timed(self) -> list[tuple[int, Area]]:
        """Return the areas in their order, each with the turn in which it was declared."""
        return [(self._held[order[2]].turn, area) for order, area in zip(self._orders, self._areas, strict=True)]

    def changes(self) -> tuple[Change, ...]:
        """Return the changes of control, oldest first; one at an unknown time follows what was counted before it."""
        return changes_of(self.timed()) if self._untimed else tuple(self._changes.values)

    def certain(self) -> tuple[Certain, ...]:
        """Return the areas whose control is certain although they are undeclared, by name."""
        return tuple(self._certain.values)


class _InOrder(Generic[T]):
    """Values in the order of their keys, beside which they lie."""

    def __init__(self) -> None:
        self.values: list[T] = []
        self._keys: list[Any] = []

    def keep(self, key: Any, value: T, by: int) -> None:
        """Put a value in its place (`by` 1), or take it out of it (-1)."""
        place = bisect_left(self._keys, key)
        if by > 0:
            self._keys.insert(place, key)
            self.values.insert(place, value)
        else:
            del self._keys[place], self.values[place]
