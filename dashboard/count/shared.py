"""Areas as bytes: a ward or a source that many of them have is kept once, and found by its number.

An area that is counted ward by ward is another after every file, and most of what it holds is not. Written whole each
time, a night of n wards would take the room of n times n.
"""

from array import array
from collections.abc import Iterable, Sequence
from typing import Any, Final, Generic, NamedTuple, TypeVar

import msgspec

from dashboard.count.codec import CANNOT, AtOnce, Codec, plain
from dashboard.count.night import Area, Source, Ward
from dashboard.count.shelf import SIZE, Each, Shelf

T = TypeVar("T")

BESIDE: Final = 4 * SIZE
"""Areas whose numbers are remembered: what is packed together is asked for one soon after the other."""


AT_ONCE: Final = 100
ITSELF: Final = 10
"""Wards taken in in one part, few enough for a key to wait for; an area itself takes as long as some of them."""


class _Same(AtOnce):
    """The codec of what is bytes already."""

    def encode(self, value: bytes) -> bytes:
        """Return the bytes."""
        return value

    def decode(self, data: bytes) -> bytes:
        """Return the bytes."""
        return data


class Store(Generic[T]):
    """Items, each with a number; bytes are made of them as they come. `number` is that of the next one."""

    def __init__(self, codec: Codec[T]) -> None:
        self._codec = codec
        self._shelf: Shelf[bytes] = Shelf(Each(_Same()))
        self._odd: dict[int, T] = {}
        self.number = 0

    def __getitem__(self, number: int) -> T:
        return self._odd[number] if number in self._odd else self._codec.decode(self._shelf[number])

    @property
    def size(self) -> int:
        """How many bytes the packed items take."""
        return self._shelf.size

    def add(self, item: T) -> int:
        """Take an item in; return its number."""
        try:
            self._shelf.append(self._codec.encode(item))
        except CANNOT:
            self._odd[self.number] = item
            self._shelf.append(b"")
        self.number += 1
        if not self.number % SIZE:
            self._shelf.pack(self.number)
        return self.number - 1

    def until(self, length: int, codec: Codec[T]) -> "Store[T]":
        """Return a store of its first so many items."""
        found = Store(codec)
        found._shelf = self._shelf.until(length, Each(_Same()))
        found._odd = {number: item for number, item in self._odd.items() if number < length}
        found.number = length
        return found


class _Items(NamedTuple, Generic[T]):
    """Items as they were numbered last."""

    items: Sequence[T]
    numbers: Sequence[int]


_NONE: Final[_Items[Any]] = _Items((), ())


class _Numbered(Generic[T]):
    """The items of each area, which are nearly all those that it had before, by number and back."""

    def __init__(self, codec: Codec[T]) -> None:
        self._codec = codec
        self._last: dict[str, _Items[T]] = {}
        self.store = Store(codec)

    def numbers(self, area: str, items: Sequence[T]) -> Sequence[int]:
        """Return the numbers of an area's items; one that it did not have the last time is taken in."""
        last = self._last.get(area, _NONE)
        if items is not last.items:
            known = dict(zip(map(id, last.items), last.numbers, strict=True))
            ids = list(map(id, items))
            for place in [place for place, each in enumerate(ids) if each not in known]:
                known[ids[place]] = self.store.add(items[place])
            last = self._last[area] = _Items(items, array("I", map(known.__getitem__, ids)))
        return last.numbers

    def items(self, area: str, numbers: Sequence[int]) -> tuple[T, ...]:
        """Return an area's items of these numbers; those that it had the last time are the very same."""
        last = self._last.get(area, _NONE)
        known = dict(zip(last.numbers, last.items, strict=True))
        return tuple([known[n] if n in known else self.store[n] for n in numbers])

    def until(self, length: int) -> "_Numbered[T]":
        """Return these without the items from a number on."""
        found = _Numbered(self._codec)
        found.store = self.store.until(length, self._codec)
        for area, last in self._last.items():
            kept = [(i, n) for i, n in zip(last.items, last.numbers, strict=True) if n < length]
            found._last[area] = _Items([i for i, _ in kept], array("I", [n for _, n in kept]))
        return found


class _Form(msgspec.Struct, frozen=True, array_like=True):
    area: Area
    wards: list[int]
    files: list[int]


class _Whole(AtOnce):
    """The codec of areas whose wards and sources are elsewhere."""

    def __init__(self, wards: _Numbered[Ward], files: _Numbered[Source]) -> None:
        self.wards, self.files = wards, files
        self._write = msgspec.msgpack.Encoder().encode
        self._read = msgspec.msgpack.Decoder(_Form).decode

    def encode(self, value: Area) -> bytes:
        """Return an area as bytes. Raises one of `CANNOT` where it has no such form."""
        wards, files = self.wards.numbers(value.id, value.wards), self.files.numbers(value.id, value.files)
        bare = msgspec.structs.replace(value, wards=(), files=())
        return self._write((bare, tuple(wards), tuple(files)))

    def decode(self, data: bytes) -> Area:
        """Return the area of these bytes."""
        kept = self._read(data)
        name = kept.area.id
        return msgspec.structs.replace(
            kept.area, wards=self.wards.items(name, kept.wards), files=self.files.items(name, kept.files)
        )


class Areas:
    """The codec of one count's areas: each is kept once, its bytes elsewhere are its number.

    After each block of events that is packed it is told so (`mark`). Where events are taken back, one that holds what
    was kept up to some block takes its place; whoever goes by the old one, such as a frozen night, finds all there.
    """

    def __init__(self) -> None:
        self._whole = _Whole(_Numbered(plain(Ward)), _Numbered(plain(Source)))
        self._store = Store(self._whole)
        self._marks = [self._lengths()]
        self._beside: dict[int, tuple[Area, bytes]] = {}
        self._in_part = 0
        self._write = msgspec.msgpack.Encoder().encode
        self._read = msgspec.msgpack.Decoder(int).decode

    @property
    def size(self) -> int:
        """How many bytes the areas, their wards and their sources take that are packed."""
        return self._store.size + self._whole.wards.store.size + self._whole.files.store.size

    def encode(self, value: Area) -> bytes:
        """Return an area's number as bytes."""
        known = self._beside.get(id(value))
        if known is None:
            if len(self._beside) >= BESIDE:
                self._beside.clear()
            known = self._beside[id(value)] = (value, self._write(self._store.add(value)))
        return known[1]

    def ahead(self, value: Area) -> Iterable[None]:
        """Take in an area before its number is asked for; a part ends where much was taken in."""
        wards = self._whole.wards.store
        before = wards.number
        self.encode(value)
        self._in_part += ITSELF + wards.number - before
        if self._in_part <= AT_ONCE:
            return ()
        self._in_part = 0
        return (None,)

    def decode(self, data: bytes) -> Area:
        """Return the area of a number."""
        return self._store[self._read(data)]

    def mark(self) -> None:
        """Note that all is kept of one more block of events."""
        self._marks.append(self._lengths())

    def until(self, blocks: int) -> "Areas":
        """Return another that holds what this one held after so many blocks of events."""
        found = Areas()
        areas, wards, files = self._marks[blocks]
        found._whole = _Whole(self._whole.wards.until(wards), self._whole.files.until(files))
        found._store = self._store.until(areas, found._whole)
        found._marks = self._marks[: blocks + 1]
        return found

    def _lengths(self) -> tuple[int, int, int]:
        return self._store.number, self._whole.wards.store.number, self._whole.files.store.number
