"""How happenings are packed: what happens by one event is mostly about one area, which is kept once."""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from dashboard.count.codec import Codec, plain
from dashboard.count.night import Area, Happening

_write: Final = msgspec.msgpack.Encoder().encode
_AREA: Final[Codec[Area]] = plain(Area)


class _Row(msgspec.Struct, frozen=True, array_like=True):
    """A happening without its area, and that area, or the number of another row that has the same one.

    `ward` says which of the area's wards is the happening's, None where it has none or another.
    """

    row: int | None
    area: bytes | None
    ward: int | None
    happening: Happening


_read: Final = msgspec.msgpack.Decoder(_Row).decode


class Happenings:
    """Packs happenings; `areas` makes bytes of what they are about."""

    def __init__(self, areas: Codec[Area] = _AREA) -> None:
        self._areas = areas

    def ahead(self, items: Sequence[Happening]) -> Iterable[None]:
        """Make, in parts, what `pack` will need of the items of a block."""
        for area in {id(item.area): item.area for item in items}.values():
            if area is not None:
                yield from self._areas.ahead(area)

    def pack(self, items: Sequence[Happening]) -> list[bytes]:
        """Return the rows of a block. Raises one of `CANNOT` where one of them has no such form."""
        rows, places = [], dict[int, int]()
        for place, item in enumerate(items):
            area, first = item.area, places.setdefault(id(item.area), place)
            if area is None:
                rows.append(_write(_Row(None, None, None, item)))
                continue
            ward = _place(area, item)
            bare = msgspec.structs.replace(item, area=None, ward=item.ward if ward is None else None)
            if first == place:
                rows.append(_write(_Row(None, self._areas.encode(area), ward, bare)))
            else:
                rows.append(_write(_Row(first, None, ward, bare)))
        return rows

    def unpack(self, rows: Sequence[bytes], place: int) -> Happening:
        """Return the happening of a row of a block."""
        kept = _read(rows[place])
        data = kept.area if kept.row is None else _read(rows[kept.row]).area
        if data is None:
            return kept.happening
        area = self._areas.decode(data)
        ward = kept.happening.ward if kept.ward is None else area.wards[kept.ward]
        return msgspec.structs.replace(kept.happening, area=area, ward=ward)


def _place(area: Area, happening: Happening) -> int | None:
    """Return which of the area's wards the happening is about, None where that is none of them."""
    if happening.ward is None:
        return None
    ids = list(map(id, area.wards))
    return ids.index(id(happening.ward)) if id(happening.ward) in ids else None
