"""The order of the areas: by when they declared, by name, or by what stands in any column of their table."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from dashboard.count.night import Area, Night
from dashboard.view.extent import seats_of
from dashboard.view.filters import Test
from dashboard.view.pieces import PARTY
from dashboard.view.rows import REST, majority
from dashboard.view.told import told
from dashboard.view.words import party_short
from feeds.parties import rank
from feeds.text import folded

LAST: Final = datetime.max.replace(tzinfo=UTC)

Order = Mapping[str, int]
"""For each declared area when it was last counted, as a place in the night's order."""


def counted_order(night: Night, election_id: str) -> Mapping[str, int]:
    """Return for each declared area of an election when it was last counted, as a place in the night's order."""
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


def _figure(sort: str, rest: Sequence[str]) -> Callable[[Area], float | None]:
    if sort in FIGURES:
        return FIGURES[sort]
    codes = rest if sort == REST else (sort.removeprefix(PARTY),)

    def seats(area: Area) -> float | None:
        held = seats_of(area)
        return None if held is None else sum(held.get(code, 0) for code in codes)

    return seats
