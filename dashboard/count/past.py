"""What tables held at every step of the past: each value that was set is kept once, packed, and found by its step.

For every key of every table it is known at which steps it changed. What it held at a step is what it was given at the
last of those that are not later. So going anywhere costs what is another there, not the way between.
"""

import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any, Final, Protocol

import msgspec

from dashboard.count.codec import CANNOT, Codec
from dashboard.count.shelf import FAST, OPEN

GONE: Final = object()
"""What stands where nothing stands."""

PART: Final = 64
PART_SIZE: Final = 65_536
"""Rows packed in one part, or so many bytes of them."""

NEAR: Final = 4
"""Blocks that are looked through for what changed in them; above that all keys are asked."""

Change = tuple[int, Any, Any, Any]
"""What a step did to a key of a table: the table's number, the key, what it held before and after."""

Row = tuple[int, int, int, bytes | None]
"""At which step of a block, from 1, which table's which key was given which value; None where it was taken out."""

_write: Final = msgspec.msgpack.Encoder().encode
_read: Final = msgspec.msgpack.Decoder(list[Row]).decode
_LIST: Final = b"\xdd"
"""Stands, in MessagePack, before a list: its length in four bytes, then its items."""


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
def _opened(rows: int, block: bytes) -> list[Row]:
    return _read(_LIST + rows.to_bytes(4, "big") + zlib.decompress(block))


class Past:
    """The steps up to `steps`, in blocks, of these tables (by number; the list may grow)."""

    def __init__(self, tables: Sequence[Held]) -> None:
        self._tables = tables
        self._keys: list[_Keys] = []
        self._blocks: list[tuple[int, bytes]] = []
        self._ends: list[int] = []
        self._odd: dict[tuple[int, int, int], Any] = {}

    @property
    def steps(self) -> int:
        """How many steps are packed here."""
        return self._ends[-1] if self._ends else 0

    @property
    def blocks(self) -> int:
        """How many blocks they are in."""
        return len(self._ends)

    def begin(self, step: int) -> int:
        """Return the last step up to one with which a block ends, 0 for none."""
        number = bisect_right(self._ends, step)
        return self._ends[number - 1] if number else 0

    @property
    def size(self) -> int:
        """How many bytes they take, the steps of every key included."""
        steps = (known for keys in self._keys for known in keys.steps if not isinstance(known, int))
        return sum(len(block) for _, block in self._blocks) + sum(known.itemsize * len(known) for known in steps)

    def adding(self, steps: Sequence[list[Change]]) -> Generator[None, None, None]:
        """Pack steps that follow those that are here as a block, in parts, each short; at the end they are here.

        Of each key the last value in a step counts. Whoever lets go of this before its end has packed nothing.
        """
        begin, number = self.steps, 0
        self._keys += [_Keys() for _ in self._tables[len(self._keys) :]]
        packer, packed, rows = zlib.compressobj(FAST), list[bytes](), bytearray()
        try:
            for row in self._made(begin, steps):
                if row is not None:
                    number += 1
                    rows += row
                if row is None or not number % PART or len(rows) >= PART_SIZE:
                    packed.append(packer.compress(rows))
                    rows.clear()
                    yield
            packed += (packer.compress(rows), packer.flush())
            self._blocks.append((number, b"".join(packed)))
            self._ends.append(begin + len(steps))
        finally:
            if self.steps == begin:
                self._forget(begin)

    def _made(self, begin: int, steps: Sequence[list[Change]]) -> Iterator[bytes | None]:
        """Yield the rows of the steps behind one; None comes where a part has been made of what one of them needs."""
        for place, changes in enumerate(steps, 1):
            first: dict[tuple[int, Any], Any] = {}
            last: dict[tuple[int, Any], Any] = {}
            for table, key, before, after in changes:
                first.setdefault((table, key), before)
                last[table, key] = after
            for (table, key), after in last.items():
                before = first[table, key]
                if after is before or (type(after) is int and after == before):
                    continue
                if after is not GONE and (parts := self._tables[table].codec.ahead(after)):
                    with suppress(*CANNOT):
                        yield from parts
                step = begin + place
                number = self._keys[table].changed(key, step)
                data = None if after is GONE else self._bytes(step, table, number, after)
                yield _write((place, table, number, data))

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
                wanted.setdefault(bisect_left(self._ends, step), set()).add((step, table, number))
            else:
                self._tables[table].take(keys.all[number])
        for block, rows in wanted.items():
            for step, table, number, data in self._rows(block):
                if (step, table, number) in rows:
                    self._give(step, table, number, data)

    def changes(self, begin: int, end: int) -> Iterator[list[tuple[int, Any, Any]]]:
        """Yield what each step after `begin`, up to `end`, of one block gave to which key of which table."""
        found: dict[int, list[tuple[int, Any, Any]]] = {step: [] for step in range(begin + 1, end + 1)}
        for step, table, number, data in self._rows(bisect_right(self._ends, begin)):
            if step in found:
                value = self._value(step, table, number, data)
                found[step].append((table, self._keys[table].all[number], value))
        yield from found.values()

    def cut(self, step: int) -> None:
        """Forget all steps behind one with which a block ends."""
        number = bisect_right(self._ends, step)
        del self._blocks[number:], self._ends[number:]
        self._forget(step)

    def _forget(self, step: int) -> None:
        for keys in self._keys:
            keys.cut(step)
        self._odd = {place: value for place, value in self._odd.items() if place[0] <= step}

    def _changed(self, low: int, high: int, held: bool) -> Iterable[tuple[int, int]]:
        """Return the tables and keys that changed after one step and up to another."""
        first, last = bisect_right(self._ends, low), bisect_left(self._ends, high)
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
        begin = self._ends[block - 1] if block else 0
        for place, table, number, data in _opened(*self._blocks[block]):
            yield begin + place, table, number, data

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
