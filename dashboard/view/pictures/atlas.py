"""The maps that come with the program, and which area stands on which tile."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from dashboard.count.night import Area
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


def placed(tiles: Sequence[Tile], areas: Sequence[Area]) -> dict[Tile, Area]:
    """Return the area of each tile that has one: by official code where both have one, else by name (RULES 6)."""
    by_code = {area.code.upper(): area for area in areas if area.code}
    by_name: dict[str, Area] = {}
    for area in areas:
        by_name.setdefault(folded_place(area.name), area)
    found: dict[Tile, Area] = {}
    for tile in tiles:
        coded = by_code.get(tile.code or "")
        named = by_name.get(folded_place(tile.name or ""))
        if coded is not None:
            found[tile] = coded
        elif named is not None and not (is_official(named.code) and is_official(tile.code)):
            found[tile] = named
    return found
