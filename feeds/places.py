"""The identity of places: when two names mean the same area (RULES 6).

Places are matched on official code where both have one, else on the folded name, and always within one kind of
contest: Glasgow is a council and a region. A name alone joins the one code that was seen with that name; where two
codes share a name, a name alone stays apart from both.
"""

from collections.abc import Callable
from functools import lru_cache

from feeds.report import Place
from feeds.text import folded

_PREFIXES = ("city of ", "royal borough of ", "london borough of ")

PlaceKey = tuple[str, str, str]
"""Kind, official code (empty where none was given), folded name."""


@lru_cache(maxsize=65_536)
def folded_place(name: str) -> str:
    """Return a place's name as it is compared: folded, and without "City of"."""
    text = folded(name)
    for prefix in _PREFIXES:
        text = text.removeprefix(prefix)
    return text


def place_key(place: Place) -> PlaceKey:
    """Return what a feed said of a place's identity."""
    return (place.kind, (place.code or "").upper(), folded_place(place.name))


class Gazetteer:
    """Which keys mean the same place, given every key seen so far, in whatever order they were seen."""

    def __init__(self, table: Callable[[], dict[tuple[str, str], frozenset[str]]] = dict) -> None:
        """Keep what was seen in two tables that `table` makes; their values are replaced, never changed."""
        self._codes = table()
        self._names = table()

    def add(self, key: PlaceKey) -> bool:
        """Take note of a key; return whether an answer given earlier may have changed."""
        kind, code, name = key
        codes = self._codes.get((kind, name), frozenset())
        if not code or code in codes:
            return False
        self._codes[kind, name] = codes | {code}
        self._names[kind, code] = self._names.get((kind, code), frozenset()) | {name}
        return True

    def identity(self, key: PlaceKey) -> PlaceKey:
        """Return the key that stands for the place: by code where one is known, else by name."""
        kind, code, name = key
        if code:
            return (kind, code, "")
        codes = self._codes.get((kind, name), frozenset())
        if len(codes) == 1:
            return (kind, next(iter(codes)), "")
        return (kind, "", name)
