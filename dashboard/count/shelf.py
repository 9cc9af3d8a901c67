"""Long lists that grow: the newest items are held as they are, the older ones packed together, a few bytes each.

An item that is asked for is unpacked: an equal one, not the same one, each time.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, Generic, Protocol, TypeVar, overload

import msgspec

from dashboard.count.codec import CANNOT, Codec

T = TypeVar("T")

SIZE: Final = 64
"""Items in a block. What is alike in them is kept once, so larger blocks take less room and longer to open."""

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

    __slots__ = ("_blocks", "_packed", "_packing", "_tail")

    def __init__(self, blocks: list[_Block[T]], tail: list[T], packing: Packing[T]) -> None:
        self._blocks, self._tail, self._packing = blocks, tail, packing
        self._packed = SIZE * len(blocks)

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
        block = self._blocks[index // SIZE]
        if isinstance(block, bytes):
            return self._packing.unpack(_opened(block), index % SIZE)
        return block[index % SIZE]

    def __iter__(self) -> Iterator[T]:
        for number in range(self._packed // SIZE):
            block = self._blocks[number]
            if isinstance(block, bytes):
                rows = _opened(block)
                yield from (self._packing.unpack(rows, place) for place in range(SIZE))
            else:
                yield from block
        yield from self._tail


class Shelf(Generic[T]):
    """A list of values of one type; `packing` makes bytes of them."""

    def __init__(self, packing: Packing[T], items: Iterable[T] = ()) -> None:
        self._packing = packing
        self._blocks: list[_Block[T]] = []
        self._tail = list(items)

    def __len__(self) -> int:
        return SIZE * len(self._blocks) + len(self._tail)

    def __getitem__(self, index: int) -> T:
        packed = SIZE * len(self._blocks)
        return self._tail[index - packed] if index >= packed else self.stand()[index]

    @property
    def size(self) -> int:
        """How many bytes the packed items take."""
        return sum(len(block) for block in self._blocks if isinstance(block, bytes))

    def append(self, item: T) -> None:
        """Add an item at the end."""
        self._tail.append(item)

    def insert(self, index: int, item: T) -> None:
        """Put an item in before the one at an index; what is packed from there on is unpacked."""
        packed = SIZE * len(self._blocks)
        if index < packed:
            self._unpack(index // SIZE)
            packed = SIZE * len(self._blocks)
        self._tail.insert(index - packed, item)

    def replace(self, index: int, item: T) -> None:
        """Put another item in the place of one that is not packed yet."""
        self._tail[index - SIZE * len(self._blocks)] = item

    def cut(self, length: int) -> None:
        """Take off all items but the first so many."""
        if length < SIZE * len(self._blocks):
            self._unpack(length // SIZE)
        self._tail = self._tail[: length - SIZE * len(self._blocks)]

    def until(self, length: int, packing: Packing[T]) -> "Shelf[T]":
        """Return a shelf with the first so many items, of which more are packed by `packing`."""
        found = Shelf(packing)
        found._blocks = self._blocks[: length // SIZE]
        found._tail = self.stand()[SIZE * len(found._blocks) : length]
        return found

    def loosen(self, index: int) -> None:
        """Let the items from the block of an index on be held as they are again."""
        if index < SIZE * len(self._blocks):
            self._unpack(index // SIZE)

    def pack(self, upto: int) -> None:
        """Pack as many whole blocks of the first `upto` items as there are."""
        number = (upto - SIZE * len(self._blocks)) // SIZE
        if number <= 0:
            return
        for begin in range(0, SIZE * number, SIZE):
            self._blocks.append(_pack(self._tail[begin : begin + SIZE], self._packing))
        self._tail = self._tail[SIZE * number :]

    def stand(self) -> Stand[T]:
        """Return what lies there now."""
        return Stand(self._blocks, self._tail, self._packing)

    def _unpack(self, block: int) -> None:
        """Let the items from a block on be held as they are again."""
        self._tail = self.stand()[SIZE * block :]
        self._blocks = self._blocks[:block]
