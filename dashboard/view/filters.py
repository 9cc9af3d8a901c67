"""Which areas are shown, and in which order: filters as people type them, and the ways to sort."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from dashboard.count.night import Area, Election, Night
from feeds.parties import party, rank
from feeds.places import folded_place
from feeds.report import NOC
from feeds.text import folded

Test = Callable[[Area], bool]

WORDS: Final[dict[str, Test]] = {
    "gain": lambda a: a.is_declared and a.outcome == "gain",
    "loss": lambda a: a.is_declared and a.outcome == "loss",
    "hold": lambda a: a.is_declared and a.outcome == "hold",
    "new": lambda a: a.outcome == "new" or a.previous == "NEW",
    "changed": lambda a: a.is_declared and a.outcome in {"gain", "loss"},
    "declared": lambda a: a.is_declared,
    "undeclared": lambda a: not a.is_declared,
    "partial": lambda a: a.stage == "partial",
    "rush": lambda a: a.stage == "rush",
    "certain": lambda a: a.certain is not None and not a.is_declared,
    "odd": lambda a: bool(a.discrepancies) or a.source_removed or a.stage == "under-correction",
}
"""Words with a meaning of their own in a filter."""

WATCHED: Final = "watched"
"""The word for the areas with a star."""

LAST: Final = datetime.max.replace(tzinfo=UTC)


def parties_named(election: Election) -> dict[str, str]:
    """Return what may be typed for each party of an election (code, short and full name, folded), with its code."""
    codes = {p.party for p in election.parties} | {NOC}
    codes |= {c for a in election.areas for c in (a.control, a.previous) if c is not None}
    return {folded(name): code for code in sorted(codes) for name in (code, party(code).short, party(code).name)}


def matcher(text: str, parties: Mapping[str, str], watch: frozenset[str] = frozenset()) -> Test:
    """Return a test of areas for a filter as it was typed; `watch` holds the folded names of the areas with a star.

    All its words must fit; a word after `!` must not. A word is `watched`, one of `WORDS`, a party (who controls
    the area, or did before while it is undeclared), else a part of the area's name or region, without case and accents.
    """
    tests = [_word(word, parties, watch) for word in text.split() if word.strip("!")]
    return lambda area: all(test(area) for test in tests)


def _word(word: str, parties: Mapping[str, str], watch: frozenset[str]) -> Test:
    if word.startswith("!"):
        inner = _word(word[1:], parties, watch)
        return lambda area: not inner(area)
    key = folded(word)
    if key == WATCHED:
        return lambda area: folded_place(area.name) in watch
    if key in WORDS:
        return WORDS[key]
    if key in parties:
        code = parties[key]
        return lambda area: (area.control if area.is_declared else area.previous) == code
    return lambda area: key in folded(area.name) or key in folded(area.region or "")


def counted_order(night: Night, election_id: str) -> dict[str, int]:
    """Return for each declared area of an election when it was last counted, as a place in the night's order."""
    return {
        h.area.id: place
        for place, h in enumerate(night.happenings)
        if h.what == "declared" and h.election == election_id and h.area is not None
    }


Order = Mapping[str, int]


def _newest(area: Area, order: Order) -> tuple[int, int, datetime, str]:
    if area.is_declared:
        return (0, -order.get(area.id, -1), LAST, folded(area.name))
    return (1 if area.stage == "partial" else 2, 0, area.expected_at or LAST, folded(area.name))


def _expected(area: Area, order: Order) -> tuple[bool, bool, datetime, str]:
    return (area.is_declared, area.stage != "partial", area.expected_at or LAST, folded(area.name))


def _control(area: Area, order: Order) -> tuple[bool, tuple[int, str], str]:
    code = area.control if area.is_declared else area.previous
    return (not area.is_declared, rank(code or "~"), folded(area.name))


def _turnout(area: Area, order: Order) -> tuple[float, str]:
    return (-(area.turnout or -1.0), folded(area.name))


SORTS: Final[dict[str, Callable[[Area, Order], Any]]] = {
    "newest": _newest,
    "name": lambda area, order: (folded(area.name),),
    "control": _control,
    "next expected": _expected,
    "turnout": _turnout,
}
"""The ways to sort, in the order in which the key goes through them."""


def next_sort(current: str) -> str:
    """Return the way to sort after the current one, round and round."""
    names = list(SORTS)
    return names[(names.index(current) + 1) % len(names)]


def arranged(areas: Iterable[Area], fits: Test, sort: str, order: Order) -> list[Area]:
    """Return the areas that fit a test, sorted."""
    key = SORTS[sort]
    return sorted(filter(fits, areas), key=lambda area: key(area, order))
