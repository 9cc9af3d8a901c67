"""The maps that come with the program, and which area stands on which tile."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from dashboard.count.night import Area
from dashboard.view.among import Following, place_of
from feeds.places import folded_place
from feeds.report import Tile

LONDON: Final = "london.csv"
REGIONS: Final = "regions.csv"

_OFFICIAL: Final = 9
"""Letters and digits of an official code, such as E09000001."""


@cache
def shipped(name: str) -> tuple[Tile, ...]:
    """Return the tiles of a map that comes with the program.

    It is a sheet as a night may have one, but ours: it needs no reader, which would take longer to load than to read.
    """
    head, *rows = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    told = [dict(zip(head.split(","), row.split(","), strict=True)) for row in rows if not row.startswith("#")]
    return msgspec.convert(told, tuple[Tile, ...], strict=False)


def is_official(code: str | None) -> bool:
    """Return whether a code is one of the statistical offices' own: a letter and eight digits."""
    return code is not None and len(code) == _OFFICIAL and code[0].isalpha() and code[1:].isdecimal()


class Names(Following):
    """The areas by official code and by folded name."""

    def __init__(self, areas: Sequence[Area] = ()) -> None:
        super().__init__()
        self._by_code: dict[str, list[Area]] = {}
        self._by_name: dict[str, list[Area]] = {}
        self.follow(areas)

    def put(self, area: Area) -> None:
        """Let an area be found."""
        if area.code:
            self._by_code.setdefault(area.code.upper(), []).append(area)
        self._by_name.setdefault(folded_place(area.name), []).append(area)

    def take(self, area: Area) -> None:
        """Let an area be found no more."""
        if area.code:
            del (of_code := self._by_code[area.code.upper()])[place_of(of_code, area)]
        del (of_name := self._by_name[folded_place(area.name)])[place_of(of_name, area)]

    def coded(self, code: str) -> Area | None:
        """Return the area of an official code, the last of several; None where there is none."""
        return max(self._by_code.get(code, ()), key=self._place, default=None)

    def named(self, name: str) -> Area | None:
        """Return the area of a folded name, the first of several; None where there is none."""
        return min(self._by_name.get(name, ()), key=self._place, default=None)

    def _place(self, area: Area) -> int:
        return place_of(self._areas, area)


def placed(tiles: Sequence[Tile], areas: Sequence[Area], names: Names | None = None) -> dict[Tile, Area]:
    """Return the area of each tile that has one: by official code where both have one, else by name (RULES 6).

    `names` are those of areas of the same night, to be brought to those of this moment.
    """
    names = names or Names()
    names.follow(areas)
    found: dict[Tile, Area] = {}
    for tile in tiles:
        coded = names.coded(tile.code or "")
        named = names.named(folded_place(tile.name or ""))
        if coded is not None:
            found[tile] = coded
        elif named is not None and not (is_official(named.code) and is_official(tile.code)):
            found[tile] = named
    return found
