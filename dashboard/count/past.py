"""What tables held at every step of the past: each value that was set is kept once, packed, and found by its step.

For every key of every table it is known at which steps it changed. What it held at a step is what it was given at the
last of those that are not later. So going anywhere costs what is another there, not the way between.
"""

import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final, Protocol

import msgspec

from dashboard.count.codec import CANNOT, Codec
from dashboard.count.shelf import FAST, OPEN, SIZE

GONE: Final = object()
"""What stands where nothing stands."""

NEAR: Final = 4
"""Blocks that are looked through for what changed in them; above that all keys are asked."""

Change = tuple[int, Any, Any, Any]
"""What a step did to a key of a table: the table's number, the key, what it held before and after."""

Row = tuple[int, int, int, bytes | None]
"""At which step of a block which table's which key was given which value; None where it was taken out."""

_write: Final = msgspec.msgpack.Encoder().encode
_read: Final = msgspec.msgpack.Decoder(list[Row]).decode


class Held(Protocol):
    """A table as the past knows it."""

    codec: Codec[Any]
    held: bool

    def put(self, key: Any, value: Any) -> None:
        """Let a key hold a value again."""
        ...

    def take(self, key: Any) -> None:
        """Let a key hold nothing again, if it holds anything."""
        ...


class _Keys:
    """The keys that a table has ever held, by number, and for each the steps at which it changed: one or many."""

    def __init__(self) -> None:
        self.all: list[Any] = []
        self.steps: list[int | array[int]] = []
        self._numbers: dict[Any, int] = {}

    def changed(self, key: Any, step: int) -> int:
        """Enter that a key changed at a step, the newest so far; return its number."""
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.all)
            self.all.append(key)
            self.steps.append(step)
            return number
        steps = self.steps[number]
        if not isinstance(steps, int):
            steps.append(step)
        else:
            self.steps[number] = array("I", (steps, step)) if steps else step
        return number

    def last(self, number: int, upto: int) -> int:
        """Return the last step up to one at which a key changed, 0 for none."""
        steps = self.steps[number]
        if isinstance(steps, int):
            return steps if steps <= upto else 0
        place = bisect_right(steps, upto)
        return steps[place - 1] if place else 0

    def cut(self, upto: int) -> None:
        """Forget all changes behind a step."""
        for number, steps in enumerate(self.steps):
            if isinstance(steps, int):
                self.steps[number] = steps if steps <= upto else 0
            elif steps[-1] > upto:
                kept = steps[: bisect_right(steps, upto)]
                self.steps[number] = kept if len(kept) > 1 else kept[0] if kept else 0


@lru_cache(maxsize=OPEN)
def _opened(block: bytes) -> list[Row]:
    return _read(zlib.decompress(block))


class Past:
    """The steps up to `steps`, in whole blocks, of these tables (by number; the list may grow)."""

    def __init__(self, tables: Sequence[Held]) -> None:
        self._tables = tables
        self._keys: list[_Keys] = []
        self._blocks: list[bytes] = []
        self._odd: dict[tuple[int, int, int], Any] = {}

    @property
    def steps(self) -> int:
        """How many steps are packed here."""
        return SIZE * len(self._blocks)

    @property
    def size(self) -> int:
        """How many bytes they take, the steps of every key included."""
        steps = (known for keys in self._keys for known in keys.steps if not isinstance(known, int))
        return sum(map(len, self._blocks)) + sum(known.itemsize * len(known) for known in steps)

    def add(self, steps: list[list[Change]]) -> None:
        """Pack a block of steps that follow those that are here; of each key the last value in a step counts."""
        rows: list[Row] = []
        self._keys += [_Keys() for _ in self._tables[len(self._keys) :]]
        for step, changes in enumerate(steps, self.steps + 1):
            first: dict[tuple[int, Any], Any] = {}
            last: dict[tuple[int, Any], Any] = {}
            for table, key, before, after in changes:
                first.setdefault((table, key), before)
                last[table, key] = after
            for (table, key), after in last.items():
                before = first[table, key]
                if after is before or (type(after) is int and after == before):
                    continue
                number = self._keys[table].changed(key, step)
                data = None if after is GONE else self._bytes(step, table, number, after)
                rows.append((step % SIZE, table, number, data))
        self._blocks.append(zlib.compress(_write(rows), FAST))

    def go(self, here: int, there: int, held: bool) -> None:
        """Bring the tables that are held, or those that are not, from one step to another, both of them packed."""
        if here == there:
            return
        wanted: dict[int, set[tuple[int, int, int]]] = {}
        for table, number in self._changed(min(here, there), max(here, there), held):
            if self._tables[table].held != held:
                continue
            keys = self._keys[table]
            step = keys.last(number, there)
            if step:
                wanted.setdefault((step - 1) // SIZE, set()).add((step, table, number))
            else:
                self._tables[table].take(keys.all[number])
        for block, rows in wanted.items():
            for step, table, number, data in self._rows(block):
                if (step, table, number) in rows:
                    self._give(step, table, number, data)

    def changes(self, begin: int, end: int) -> Iterator[list[tuple[int, Any, Any]]]:
        """Yield what each step after `begin`, up to `end`, of one block gave to which key of which table."""
        found: dict[int, list[tuple[int, Any, Any]]] = {step: [] for step in range(begin + 1, end + 1)}
        for step, table, number, data in self._rows(begin // SIZE):
            if step in found:
                value = self._value(step, table, number, data)
                found[step].append((table, self._keys[table].all[number], value))
        yield from found.values()

    def cut(self, step: int) -> None:
        """Forget all steps behind one with which a block ends."""
        del self._blocks[step // SIZE :]
        for keys in self._keys:
            keys.cut(step)
        self._odd = {place: value for place, value in self._odd.items() if place[0] <= step}

    def _changed(self, low: int, high: int, held: bool) -> Iterable[tuple[int, int]]:
        """Return the tables and keys that changed after one step and up to another."""
        first, last = low // SIZE, (high - 1) // SIZE
        if last - first < NEAR:
            rows = (row for block in range(first, last + 1) for row in self._rows(block))
            return {(table, number) for step, table, number, _ in rows if low < step <= high}
        return (
            (table, number)
            for table, keys in enumerate(self._keys)
            if self._tables[table].held == held
            for number in range(len(keys.all))
            if keys.last(number, high) > low
        )

    def _rows(self, block: int) -> Iterator[Row]:
        begin = SIZE * block
        for step, table, number, data in _opened(self._blocks[block]):
            yield begin + (step or SIZE), table, number, data

    def _bytes(self, step: int, table: int, number: int, value: Any) -> bytes | None:
        try:
            return self._tables[table].codec.encode(value)
        except CANNOT:
            self._odd[step, table, number] = value
            return None

    def _value(self, step: int, table: int, number: int, data: bytes | None) -> Any:
        if data is None:
            return self._odd.get((step, table, number), GONE)
        return self._tables[table].codec.decode(data)

    def _give(self, step: int, table: int, number: int, data: bytes | None) -> None:
        key, value = self._keys[table].all[number], self._value(step, table, number, data)
        if value is GONE:
            self._tables[table].take(key)
        else:
            self._tables[table].put(key, value)
