"""A sheet that is a tile map: one row a tile, with the area's code or name, its column and row, and a short name."""

from typing import Final

from feeds.cells import CellError, shown
from feeds.grid import Grid, lines
from feeds.report import Reading, Tile, TileMap
from feeds.text import clean

COLUMNS: Final = {"x", "y"}
"""The columns by which a map is told from other sheets."""

LIMIT: Final = 200
"""A map has fewer columns and rows than this."""

SHORT: Final = 4
"""Letters of a short name that is made from the name."""

_MOST: Final = 5_000
_FIELDS: Final = {
    "council": "name",
    "constituency": "name",
    "area": "name",
    **{name: name for name in ("code", "name", "x", "y", "short")},
}


def read_map(grid: Grid) -> Reading:
    """Return the tiles of a sheet as one map. Raises `CellError` where a row is no tile, or two share a place."""
    rows, warnings = lines(grid, _FIELDS)
    if len(rows) > _MOST:
        raise CellError(f"a map of more than {_MOST:,} tiles", grid.header_line)
    taken: dict[tuple[int, int], int] = {}
    tiles = []
    for line, cells in rows:
        tile = _tile(line, cells)
        if (tile.x, tile.y) in taken:
            raise CellError(f"x {tile.x}, y {tile.y} is taken already by line {taken[tile.x, tile.y]}", line)
        taken[tile.x, tile.y] = line
        tiles.append(tile)
    return Reading(format="tile map", reports=(TileMap(tiles=tuple(tiles)),), warnings=grid.warnings + warnings)


def _tile(line: int, cells: dict[str, str]) -> Tile:
    name = clean(cells["name"]) if "name" in cells else None
    code = clean(cells["code"]).upper() if "code" in cells else None
    if name is None and code is None:
        raise CellError("a tile needs a code or a name", line)
    short = clean(cells["short"]) if "short" in cells else (name or code or "")[:SHORT]
    return Tile(x=_place("x", line, cells), y=_place("y", line, cells), short=short, name=name, code=code)


def _place(column: str, line: int, cells: dict[str, str]) -> int:
    text = cells.get(column, "")
    if text.isascii() and text.isdecimal() and len(text) <= len(str(LIMIT)) and int(text) < LIMIT:
        return int(text)
    raise CellError(f"{column} is {shown(text)}, a whole number from 0 to {LIMIT - 1} was expected", line)
