"""The identity of places: when two names mean the same area (RULES 6).

Places are matched on official code where both have one, else on the folded name, and always within one kind of
contest: Glasgow is a council and a region. A name alone joins the one code that was seen with that name; where two
codes share a name, a name alone stays apart from both.
"""

from feeds.report import Place
from feeds.text import folded

_PREFIXES = ("city of ", "royal borough of ", "london borough of ")

PlaceKey = tuple[str, str, str]
"""Kind, official code (empty where none was given), folded name."""


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

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], set[str]] = {}
        self._names: dict[tuple[str, str], set[str]] = {}

    def copy(self) -> "Gazetteer":
        """Return an independent copy."""
        other = Gazetteer()
        other._codes = {k: set(v) for k, v in self._codes.items()}
        other._names = {k: set(v) for k, v in self._names.items()}
        return other

    def add(self, key: PlaceKey) -> bool:
        """Take note of a key; return whether an answer given earlier may have changed."""
        kind, code, name = key
        codes = self._codes.setdefault((kind, name), set())
        if not code or code in codes:
            return False
        codes.add(code)
        names = self._names.setdefault((kind, code), set())
        names.add(name)
        return True

    def identity(self, key: PlaceKey) -> PlaceKey:
        """Return the key that stands for the place: by code where one is known, else by name."""
        kind, code, name = key
        if code:
            return (kind, code, "")
        codes = self._codes.get((kind, name), set())
        if len(codes) == 1:
            return (kind, next(iter(codes)), "")
        return (kind, "", name)
