"""Tables that remember what was done to them, so that a count can go back and forth without counting again.

Every change of a table is entered in the journal: where, what stood there before and after. Going back takes the
entries back one by one, going on again does them once more; both cost as much as what changed, not as much as what
is held. A table's own order of keys is not restored: values whose order matters are replaced whole, never changed.
"""

from typing import Any, Final, TypeVar

K = TypeVar("K")
V = TypeVar("V")

GONE: Final = object()
"""What stands where nothing stands."""


class Journal:
    """The changes of all tables of one count, in order; `place` of them are in force."""

    def __init__(self) -> None:
        self._entries: list[tuple[Table[Any, Any], Any, Any, Any]] = []
        self.place = 0

    def table(self) -> "Table[Any, Any]":
        """Return an empty table whose changes are entered here."""
        return Table(self)

    def note(self, where: "Table[K, V]", key: object, before: object, after: object) -> None:
        """Enter a change that is being made; what was taken back before it can no longer be done again."""
        if self.place < len(self._entries):
            self.forget()
        self._entries.append((where, key, before, after))
        self.place += 1

    def go(self, place: int) -> None:
        """Take back, or do again, all changes up to a place at which the journal has been."""
        put, take = dict.__setitem__, dict.pop  # past the tables' own methods: this is not to be entered again
        for where, key, before, _ in reversed(self._entries[place : self.place]):
            if before is GONE:
                take(where, key)
            else:
                put(where, key, before)
        for where, key, _, after in self._entries[self.place : place]:
            if after is GONE:
                take(where, key)
            else:
                put(where, key, after)
        self.place = place

    def forget(self) -> None:
        """Forget what was taken back."""
        del self._entries[self.place :]


class Table(dict[K, V]):
    """A dictionary whose changes are entered in a journal."""

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self._journal = journal

    def __setitem__(self, key: K, value: V) -> None:
        self._journal.note(self, key, dict.get(self, key, GONE), value)
        super().__setitem__(key, value)

    def __delitem__(self, key: K) -> None:
        self._journal.note(self, key, self[key], GONE)
        super().__delitem__(key)

    def pop(self, key: K, default: Any = None) -> Any:
        """Take out the value of a key; return it, or the default where there is none."""
        if key not in self:
            return default
        value = self[key]
        del self[key]
        return value

    def setdefault(self, key: K, default: V) -> V:
        """Return the value of a key, set to the default where there is none."""
        if key not in self:
            self[key] = default
        return self[key]


class Bag(Table[K, None]):
    """A set whose changes are entered in a journal."""

    def add(self, item: K) -> None:
        """Put an item in, where it is not in yet."""
        if item not in self:
            self[item] = None

    def discard(self, item: K) -> None:
        """Take an item out, where it is in."""
        if item in self:
            del self[item]


class Numbers(Table[K, int]):
    """Numbers by key, 0 where there is none, whose changes are entered in a journal."""

    def __missing__(self, key: K) -> int:
        return 0


class Row(Table[int, V]):
    """Values by number, from 0 on, whose changes are entered in a journal."""

    def append(self, value: V) -> None:
        """Add a value under the next number."""
        self[len(self)] = value
