"""What of a table is another than when it was last looked at: found by comparing objects, not what is in them."""

from collections.abc import Mapping
from operator import is_
from typing import Generic, TypeVar

K = TypeVar("K")


class Followed(Generic[K]):
    """Looks at a table again and again. A table that was changed in few places is looked through quickly."""

    def __init__(self) -> None:
        self._keys: list[K] = []
        self._values: list[object] = []

    def moved(self, table: Mapping[K, object]) -> list[K]:
        """Return the keys at which another object lies than the last time, or none any more, or one for the first."""
        keys, values = list(table), list(table.values())
        before_keys, before = self._keys, self._values
        self._keys, self._values = keys, values
        known = len(before_keys)
        if keys[:known] != before_keys:
            held = dict(zip(before_keys, before, strict=True))
            return [key for key, value in table.items() if key not in held or held[key] is not value] + [
                key for key in before_keys if key not in table
            ]
        if all(map(is_, values, before)):
            return keys[known:]
        return [key for key, now, was in zip(keys, values, before, strict=False) if now is not was] + keys[known:]
