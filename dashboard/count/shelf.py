"""Long lists that grow: the newest items are held as they are, the older ones packed together, a few bytes each.

An item that is asked for is unpacked: an equal one, not the same one, each time.
"""

import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Final, Generic, Protocol, TypeVar, overload

import msgspec

from dashboard.count.codec import CANNOT, Codec

T = TypeVar("T")

SIZE: Final = 64
"""Items in a whole block. What is alike in them is kept once, so larger blocks take less room and longer to open."""

RECENT: Final = 256
"""So many of the newest items, and up to a block more, are held as they are."""

FAST: Final = 1
"""The level of compression: higher ones take much longer and make little of it."""

OPEN: Final = 4
"""Blocks that stay open; one of large files takes megabytes."""

_Block = bytes | tuple[T, ...]
"""A block of items: packed, or as they are where one of them has no form in bytes."""

_write: Final = msgspec.msgpack.Encoder().encode
_rows: Final = msgspec.msgpack.Decoder(list[bytes]).decode


@lru_cache(maxsize=OPEN)
def _opened(block: bytes) -> list[bytes]:
    return _rows(zlib.decompress(block))


class Packing(Protocol[T]):
    """Makes bytes of the items of a block, one row for each, and an equal item of its row."""

    def ahead(self, items: Sequence[T]) -> Iterable[None]:
        """Make, in parts, each short, what `pack` will need of the items of a block. Raises as that does."""
        ...

    def pack(self, items: Sequence[T]) -> list[bytes]:
        """Return the rows of a block. Raises one of `CANNOT` where an item has no such form."""
        ...

    def unpack(self, rows: Sequence[bytes], place: int) -> T:
        """Return the item of a row of a block."""
        ...


class Each(Generic[T]):
    """Packs each item by itself, by a codec."""

    def __init__(self, codec: Codec[T]) -> None:
        self._codec = codec

    def ahead(self, items: Sequence[T]) -> Iterable[None]:
        """Make, in parts, what `pack` will need of the items of a block."""
        for item in items:
            yield from self._codec.ahead(item)

    def pack(self, items: Sequence[T]) -> list[bytes]:
        """Return the rows of a block. Raises one of `CANNOT` where an item has no such form."""
        return [self._codec.encode(item) for item in items]

    def unpack(self, rows: Sequence[bytes], place: int) -> T:
        """Return the item of a row of a block."""
        return self._codec.decode(rows[place])


def _pack(items: list[T], packing: Packing[T]) -> _Block[T]:
    try:
        return zlib.compress(_write(packing.pack(items)), FAST)
    except CANNOT:
        return tuple(items)


class Stand(Sequence[T], Generic[T]):
    """What lies on a shelf at a moment; what is packed, appended or cut off later changes no item of it."""

    __slots__ = ("_blocks", "_ends", "_number", "_packed", "_packing", "_tail")

    def __init__(self, blocks: list[_Block[T]], ends: list[int], tail: list[T], packing: Packing[T]) -> None:
        self._blocks, self._ends, self._tail, self._packing = blocks, ends, tail, packing
        self._number = len(blocks)
        self._packed = ends[-1] if ends else 0

    def __len__(self) -> int:
        return self._packed + len(self._tail)

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> list[T]: ...

    def __getitem__(self, index: int | slice) -> T | list[T]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        if index < 0:
            raise IndexError(index)
        if index >= self._packed:
            return self._tail[index - self._packed]
        number = bisect_right(self._ends, index)
        block, place = self._blocks[number], index - (self._ends[number - 1] if number else 0)
        if isinstance(block, bytes):
            return self._packing.unpack(_opened(block), place)
        return block[place]

    def __iter__(self) -> Iterator[T]:
        for number in range(self._number):
            block = self._blocks[number]
            if isinstance(block, bytes):
                rows = _opened(block)
                yield from (self._packing.unpack(rows, place) for place in range(len(rows)))
            else:
                yield from block
        yield from self._tail


class Shelf(Generic[T]):
    """A list of values of one type; `packing` makes bytes of them."""

    def __init__(self, packing: Packing[T], items: Iterable[T] = ()) -> None:
        self._packing = packing
        self._blocks: list[_Block[T]] = []
        self._ends: list[int] = []
        self._tail = list(items)

    def __len__(self) -> int:
        return self.packed + len(self._tail)

    def __getitem__(self, index: int) -> T:
        packed = self.packed
        return self._tail[index - packed] if index >= packed else self.stand()[index]

    @property
    def packed(self) -> int:
        """How many items are packed."""
        return self._ends[-1] if self._ends else 0

    @property
    def size(self) -> int:
        """How many bytes the packed items take."""
        return sum(len(block) for block in self._blocks if isinstance(block, bytes))

    def append(self, item: T) -> None:
        """Add an item at the end."""
        self._tail.append(item)

    def insert(self, index: int, item: T) -> None:
        """Put an item in before the one at an index; what is packed from there on is unpacked."""
        self.loosen(index)
        self._tail.insert(index - self.packed, item)

    def replace(self, index: int, item: T) -> None:
        """Put another item in the place of one that is not packed yet."""
        self._tail[index - self.packed] = item

    def cut(self, length: int) -> None:
        """Take off all items but the first so many."""
        self.loosen(length)
        self._tail = self._tail[: length - self.packed]

    def until(self, length: int, packing: Packing[T]) -> "Shelf[T]":
        """Return a shelf with the first so many items, of which more are packed by `packing`."""
        found = Shelf(packing)
        number = bisect_right(self._ends, length)
        found._blocks, found._ends = self._blocks[:number], self._ends[:number]
        found._tail = self.stand()[found.packed : length]
        return found

    def loosen(self, index: int) -> None:
        """Let the items from the block of an index on be held as they are again."""
        if index < self.packed:
            number = bisect_right(self._ends, index)
            self._tail = self.stand()[self._ends[number - 1] if number else 0 :]
            self._blocks, self._ends = self._blocks[:number], self._ends[:number]

    def pack(self, upto: int, *, whole: bool = True) -> None:
        """Pack the first `upto` items, unless `whole` is false only as many as fill whole blocks."""
        begin, upto = self.packed, upto - (upto - self.packed) % SIZE if whole else upto
        if upto <= begin:
            return
        for place in range(0, upto - begin, SIZE):
            block = self._tail[place : min(place + SIZE, upto - begin)]
            self._blocks.append(_pack(block, self._packing))
            self._ends.append((self._ends[-1] if self._ends else 0) + len(block))
        self._tail = self._tail[upto - begin :]

    def packing(self, upto: int) -> Iterator[None]:
        """Pack as many of the first `upto` items as fill whole blocks, in parts, each short."""
        while self.packed + SIZE <= upto:
            with suppress(*CANNOT):
                yield from self._packing.ahead(self._tail[:SIZE])
            self.pack(self.packed + SIZE)
            yield

    def stand(self) -> Stand[T]:
        """Return what lies there now."""
        return Stand(self._blocks, self._ends, self._tail, self._packing)
