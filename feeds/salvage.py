"""What is left in a recording that was cut off, beyond what SQLite itself still finds.

SQLite finds rows by a tree whose upper pages move towards the file's end as it grows: where those are cut off, it
finds nothing. The rows themselves lie in the order in which they were written, so every page that is there is looked
at (https://www.sqlite.org/fileformat2.html). Nothing found is believed: the caller checks every row as any other.
"""

import mmap
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

Value = None | int | str | bytes

LEAF: Final = 0x0D
"""The first byte of a page with rows of a table."""

HEAD: Final = 100
"""Bytes of the file's header, before those of its first page."""

_SHORT: Final = struct.Struct(">H")
_LONG: Final = struct.Struct(">I")
_NUMBERS: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""Bytes of a whole number by its serial type."""


class _Torn(Exception):
    """A row of which a part is missing, or that is none."""


def rows(path: Path, longest: int) -> Iterator[tuple[int, tuple[Value, ...]]]:
    """Yield number and values of every row of any table that is whole in a file, in the order of its pages.

    A row of more than `longest` bytes is passed over. Raises OSError where the file cannot be read.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        size = _SHORT.unpack_from(data, 16)[0] if len(data) >= HEAD else 0
        size = 65_536 if size == 1 else size
        if size < 512 or size & (size - 1):  # noqa: PLR2004 (the smallest page there is)
            return
        pages = _Pages(data, size, size - data[20], longest)
        for number in range(1, len(data) // size + 1):
            yield from pages.rows(number)


class _Pages:
    """The whole pages of a file; `usable` bytes of each hold something."""

    def __init__(self, data: mmap.mmap, size: int, usable: int, longest: int) -> None:
        self._data, self._size, self._usable, self._longest = data, size, usable, longest

    def rows(self, number: int) -> Iterator[tuple[int, tuple[Value, ...]]]:
        """Yield the rows that begin in a page."""
        begin = (number - 1) * self._size
        head = begin + (HEAD if number == 1 else 0)
        if self._data[head] != LEAF:
            return
        for place in range(_SHORT.unpack_from(self._data, head + 3)[0]):
            at = head + 8 + 2 * place
            if at + 2 > begin + self._usable:
                return
            try:
                yield self._row(begin, _SHORT.unpack_from(self._data, at)[0])
            except (_Torn, struct.error, IndexError, UnicodeDecodeError):
                continue

    def _row(self, begin: int, offset: int) -> tuple[int, tuple[Value, ...]]:
        page = self._data[begin : begin + self._usable]
        length, at = _varint(page, offset)
        row, at = _varint(page, at)
        if length > self._longest:
            raise _Torn
        here = self._local(length)
        payload = page[at : at + here]
        if here < length:
            payload += self._overflow(_LONG.unpack_from(page, at + here)[0], length - here)
        if len(payload) < length:
            raise _Torn
        return row, _values(payload)

    def _local(self, length: int) -> int:
        """Return how many bytes of a row of that length lie in its own page."""
        most = self._usable - 35
        if length <= most:
            return length
        least = (self._usable - 12) * 32 // 255 - 23
        some = least + (length - least) % (self._usable - 4)
        return some if some <= most else least

    def _overflow(self, number: int, left: int) -> bytes:
        """Return the rest of a row from the chain of pages that begins with that one."""
        parts = []
        while left > 0:
            begin = (number - 1) * self._size
            if number < 1 or begin + self._size > len(self._data):
                raise _Torn
            taken = min(left, self._usable - 4)
            parts.append(self._data[begin + 4 : begin + 4 + taken])
            number, left = _LONG.unpack_from(self._data, begin)[0], left - taken
        return b"".join(parts)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a number of one to nine bytes, and where the next one begins."""
    value = 0
    for place in range(8):
        byte = data[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:  # noqa: PLR2004 (the highest bit says whether more come)
            return value, at + place + 1
    return value << 8 | data[at + 8], at + 9


def _values(payload: bytes) -> tuple[Value, ...]:
    end, at = _varint(payload, 0)
    body, found = end, list[Value]()
    while at < end:
        kind, at = _varint(payload, at)
        value, body = _value(payload, kind, body)
        found.append(value)
    return tuple(found)


def _value(payload: bytes, kind: int, at: int) -> tuple[Value, int]:
    """Return a value of a serial type, and where the next one begins; the tables of a recording hold no others."""
    if kind in {0, 8, 9}:
        return (None if kind == 0 else kind - 8), at
    length = _NUMBERS.get(kind, (kind - 12) // 2 if kind >= 12 else -1)  # noqa: PLR2004 (texts and blobs)
    if length < 0 or at + length > len(payload):
        raise _Torn
    part = payload[at : at + length]
    if kind in _NUMBERS:
        return int.from_bytes(part, "big", signed=True), at + length
    return (part.decode() if kind % 2 else part), at + length
