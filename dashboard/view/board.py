"""The items and rows of the control-changes panel, kept as the night goes on: only what is another is looked at.

What has turned and what was corrected is kept in its order. Certain calls and notable defeats are few, and made anew.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import takewhile
from typing import Final, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from dashboard.count.night import Area, Election, Night
from dashboard.count.ticks import ticks
from dashboard.view.among import ById, among, others, places_of
from dashboard.view.changes import (
    KINDS,
    Beside,
    Item,
    Kept,
    columns_for,
    corrected,
    has_turned,
    is_plain,
    key_of,
    newest_first,
    others_of,
    row_of,
    rows,
    same,
    turned,
)
from dashboard.view.rows import Column, Row
from dashboard.view.sorting import Ordered
from dashboard.view.told import Told, told

T = TypeVar("T")

MANY: Final = 60
SHARE: Final = 0.2
"""More areas than so many that are others, and than that share of what is held: everything is put in order anew."""

UNMADE: Final = Row(id="", cells=())
"""Stands where a row is still to be made."""

Look = tuple[tuple[Column, ...], ZoneInfo, datetime]


class Listed(NamedTuple):
    """What the panel shows: columns, rows, and how many items there are of all kinds."""

    columns: tuple[Column, ...]
    rows: list[Row]
    every: int


def _place(item: Item) -> tuple[int, int]:
    """Return the key of the order, newest first."""
    at, number = item.place
    return (-ticks(at), -number)


class Board:
    """The panel's items, newest first, and a row for each."""

    def __init__(self) -> None:
        self._held: Ordered[Item, Row] = Ordered()
        self._turns: dict[str, Item] = {}
        self._about: set[str] = set()
        self._odd = 0
        self._aside: list[Item] = []
        self._made_aside: Kept = {}
        self._look: Look | None = None
        self._forget()

    def _forget(self) -> None:
        self._areas: Sequence[Area] = ()
        self._night: Night | None = None
        self._counted: object = None
        self._last = self._seen = self._corrections = 0

    @property
    def every(self) -> list[Item]:
        """All items."""
        return self._merged(self._held.things, self._aside)

    def follow(self, night: Night, election: Election | None) -> None:
        """Hold what there is to tell of an election at a moment of a night."""
        if election is None:
            self._held.begin((), ())
            self._aside = []
            self._forget()
            return
        found = told(night.happenings, election.id)
        if not self._stands(night, found) or not self._went_along(night, election, found):
            self._begin(night, election, found)
        self._night, self._areas, self._counted = night, election.areas, found.counted
        self._last = next(reversed(found.counted.values()), (None, -1))[1]
        self._aside = newest_first(others_of(night, election, found, among(ById, night, election).areas))

    def listed(self, kind: str, width: int, zone: ZoneInfo, begin: datetime) -> Listed:
        """Return the rows of a kind (a key of `KINDS`) for a width in cells; those that stand are not made again."""
        wanted, every = KINDS[kind], len(self._held.things) + len(self._aside)
        if kind == "all":
            plain = not self._odd and all(map(is_plain, self._aside))
        else:
            plain = all(map(is_plain, filter(wanted, self.every)))
        layout = columns_for(width, plain)
        found = self._merged(*self._rows((layout, zone, begin)))
        if kind != "all":
            found = [row for item, row in zip(self.every, found, strict=True) if wanted(item)]
        return Listed(layout, found, every)

    def _rows(self, look: Look) -> tuple[list[Row], list[Row]]:
        """Return the rows of what is kept, and of what is made anew."""
        made, things = self._held.made, self._held.things
        if look != self._look:
            self._look = look
            made[:] = [UNMADE] * len(made)
            self._made_aside.clear()
        for place in places_of(made, UNMADE):
            made[place] = row_of(things[place], *look)
        return made, rows(self._aside, *look, self._made_aside)

    def _merged(self, held: Sequence[T], aside: Sequence[T]) -> list[T]:
        """Return what belongs to the items that are kept, with what belongs to the others in its place."""
        merged = list(held)
        for item, each in zip(reversed(self._aside), reversed(aside), strict=True):
            merged.insert(self._held.behind(_place(item), _place), each)
        return merged

    def _stands(self, night: Night, found: Told) -> bool:
        """Whether it is the same election, and nothing else is said about its areas."""
        before = self._night
        if before is None or found.counted is not self._counted or len(night.corrections) < self._seen:
            return False
        return before.quotes == night.quotes and before.notes == night.notes

    def _begin(self, night: Night, election: Election, found: Told) -> None:
        made = {key_of(item): (item, row) for item, row in zip(self._held.things, self._held.made, strict=True)}
        beside, areas = Beside(night), among(ById, night, election).areas
        self._turns = {area.id: turned(area, found, beside) for area in election.areas if has_turned(area)}
        self._seen = self._corrections = 0
        self._about.clear()
        held = newest_first([*self._turns.values(), *self._corrected(night, election, found, areas)])
        self._odd = sum(not is_plain(item) for item in held)
        before = [made.get(key_of(item)) for item in held]
        stands = [old is not None and same(old[0], item) for old, item in zip(before, held, strict=True)]
        self._held.begin(
            held, [old[1] if old and is_same else UNMADE for old, is_same in zip(before, stands, strict=True)]
        )

    def _corrected(self, night: Night, election: Election, found: Told, areas: dict[str, Area]) -> Iterator[Item]:
        """Yield the items of the corrections that have come."""
        for correction in night.corrections[self._seen :]:
            if correction.election == election.id:
                yield corrected(correction, areas.get(correction.area_id), self._corrections, found)
                self._corrections += 1
                self._about.add(correction.area_id)
        self._seen = len(night.corrections)

    def _went_along(self, night: Night, election: Election, found: Told) -> bool:
        """Put in place what is another; return False where everything has to be put in order anew."""
        gone, come = others(self._areas, election.areas)
        ids, before = {area.id for area in come}, {area.id for area in gone}
        many = max(MANY, SHARE * len(self._held.things))
        if len(gone) + len(come) > many or (ids ^ before) & self._about:
            return False
        again = takewhile(lambda item: item[1][1] > self._last, reversed(found.counted.items()))
        if any(area_id in self._turns for area_id, _ in again if area_id not in ids):
            return False
        for area in gone:
            if (item := self._turns.pop(area.id, None)) is not None:
                self._held.take(item, _place)
                self._odd -= not is_plain(item)
        beside = Beside(night)
        new = [turned(area, found, beside) for area in come if has_turned(area)]
        self._turns |= {item.area.id: item for item in new if item.area is not None}
        new += self._corrected(night, election, found, among(ById, night, election).areas)
        self._odd += sum(not is_plain(item) for item in new)
        return all(self._held.put(item, UNMADE, _place) for item in new)
