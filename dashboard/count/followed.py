"""What of a table is another than when it was last looked at: found by comparing objects, not what is in them."""

from collections.abc import Mapping
from itertools import compress, count
from operator import is_not
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Following(Generic[K, V]):
    """Looks at a table again and again. A table that was changed in few places is looked through quickly."""

    def __init__(self) -> None:
        self._keys: list[K] = []
        self._values: list[V] = []

    def moved(self, table: Mapping[K, V]) -> list[K]:
        """Return the keys at which another object lies than the last time, or none any more, or one for the first."""
        return [key for key, _, _ in self.changes(table)]

    def changes(self, table: Mapping[K, V]) -> list[tuple[K, V | None, V | None]]:
        """Return the keys at which another object lies than the last time, with the one before and the one now."""
        keys, values = list(table), list(table.values())
        before_keys, before = self._keys, self._values
        self._keys, self._values = keys, values
        known = len(before_keys)
        if not known:
            return [(key, None, value) for key, value in zip(keys, values, strict=True)]
        if keys[:known] != before_keys:
            held = dict(zip(before_keys, before, strict=True))
            moved = [(key, held.get(key), value) for key, value in table.items() if held.get(key) is not value]
            return [*moved, *((key, value, None) for key, value in held.items() if key not in table)]
        new: list[tuple[K, V | None, V | None]] = []
        new += [(key, None, value) for key, value in zip(keys[known:], values[known:], strict=True)]
        places = compress(count(), map(is_not, values, before))
        return [*((keys[place], before[place], values[place]) for place in places), *new]


class Followed(Following[K, object]):
    """Looks at a table of which only the keys matter."""
