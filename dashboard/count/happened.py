"""How happenings are packed: what happens by one event is mostly about one area, which is kept once."""

from collections.abc import Sequence
from typing import Final

import msgspec

from dashboard.count.night import Happening

_write: Final = msgspec.msgpack.Encoder().encode


class _Row(msgspec.Struct, frozen=True, array_like=True):
    """A happening; without its area where another row, of that number, has the same one."""

    row: int | None
    happening: Happening


_read: Final = msgspec.msgpack.Decoder(_Row).decode


class Happenings:
    """Packs happenings."""

    def pack(self, items: Sequence[Happening]) -> list[bytes]:
        """Return the rows of a block. Raises one of `CANNOT` where one of them has no such form."""
        rows, places = [], dict[int, int]()
        for place, item in enumerate(items):
            first = places.setdefault(id(item.area), place)
            if first == place or item.area is None:
                rows.append(_write(_Row(None, item)))
            else:
                rows.append(_write(_Row(first, msgspec.structs.replace(item, area=None))))
        return rows

    def unpack(self, rows: Sequence[bytes], place: int) -> Happening:
        """Return the happening of a row of a block."""
        kept = _read(rows[place])
        if kept.row is None:
            return kept.happening
        area = _read(rows[kept.row]).happening.area
        return msgspec.structs.replace(kept.happening, area=area)
