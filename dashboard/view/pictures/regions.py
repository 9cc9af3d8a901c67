"""A tile a region: how many areas of it have declared, and who controls how many of those."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from dashboard.count.night import Area, Election
from dashboard.view.among import Following, among
from dashboard.view.composition import bar
from dashboard.view.lines import Piece, cells, cut
from dashboard.view.pictures.atlas import REGIONS, shipped
from dashboard.view.pictures.ink import marks, spelt
from dashboard.view.pictures.scene import Picture, Scene, centred, entry, legend, notice
from dashboard.view.pieces import Line, fitted, line, party_style, width_of
from dashboard.view.words import by_seats
from feeds.report import Tile
from feeds.text import folded

LEAST: Final = 11
MOST: Final = 34
"""Cells of a region's tile."""

BETWEEN: Final = 2
"""Cells between two tiles."""

FEW: Final = 2
"""Regions of which there must be so many for a picture of them."""

_SAME: Final = {"eastern": "east of england", "yorkshire and the humber": "yorkshire and the humber"}


class Region:
    """The areas of a region, how many of them are declared, and who controls how many of those."""

    def __init__(self) -> None:
        self.declared = 0
        self.control = Counter[str]()
        self._areas: dict[str, Area] = {}

    def __len__(self) -> int:
        return len(self._areas)

    def __iter__(self) -> Iterator[Area]:
        return iter(self._areas.values())

    def count(self, area: Area, by: int) -> None:
        """Count an area (`by` 1), or count it no more (-1)."""
        if by > 0:
            self._areas[area.id] = area
        else:
            del self._areas[area.id]
        if area.is_declared:
            self.declared += by
            if area.control:
                self.control[area.control] += by


class InRegions(Following):
    """The areas by the folded names of their regions."""

    def __init__(self) -> None:
        super().__init__()
        self.named: dict[str, Region] = {}

    def put(self, area: Area) -> None:
        """Count an area in its region."""
        self.named.setdefault(_region_of(area), Region()).count(area, 1)

    def take(self, area: Area) -> None:
        """Count an area no more."""
        self.named[_region_of(area)].count(area, -1)


def _region_of(area: Area) -> str:
    name = folded((area.region or "").removesuffix(" Region").replace("&", "and"))
    return _SAME.get(name, name)


def by_region(election: Election, kept: InRegions | None = None) -> dict[Tile, Region]:
    """Return each region of the map that has any areas, in the map's order.

    `kept` are regions with areas of the same night, to be brought to those of this moment.
    """
    kept = kept or InRegions()
    kept.follow(election.areas)
    found = {tile: kept.named.get(folded(tile.name or "")) for tile in shipped(REGIONS)}
    return {tile: region for tile, region in found.items() if region}


def regions(scene: Scene, width: int, height: int) -> Picture:
    """Return the regions as tiles where they lie; rows and columns without a region are left out."""
    election = scene.election
    found: dict[Tile, Region] = {}
    if election is not None:
        found = by_region(election, among(InRegions, scene.frame.night, election))
    inside = sum(map(len, found.values()))
    control = sum((region.control for region in found.values()), Counter[str]())
    own = marks([code for code, _ in by_seats(control)], scene.ink)
    title = f"Regions · {sum(region.declared for region in found.values()):,} of {inside:,} declared"
    entries = [entry(own[code], code, number) for code, number in by_seats(control) if number]
    foot = centred(legend(entries, width), width)
    outside = (len(election.areas) if election is not None else 0) - inside
    if outside:
        foot.append(line((cut(f"{outside:,} without a region are not shown", width), "quiet")))
    grid = _grid(found)
    room = height - len(foot)
    deep, gap = _depth(len(grid), room)
    columns = max((len(row) for row in grid), default=0)
    wide = min(MOST, (width + BETWEEN) // max(1, columns) - BETWEEN)
    if not grid or deep == 0 or wide < LEAST:
        return Picture(
            title=title, lines=spelt(notice("the regions need more room", width, height), scene.ink), is_drawn=False
        )
    lines: list[Line] = []
    for place, row in enumerate(grid):
        lines += [()] * (gap if place else 0)
        blocks = [_tile(tile, found[tile], own, wide) if tile else [()] * deep for tile in row]
        for part in range(deep):
            pieces: list[Piece] = []
            for column, block in enumerate(blocks):
                if column:
                    pieces.append((" " * BETWEEN, ""))
                pieces += fitted(block[part], wide)
            lines.append(line(*pieces))
    return Picture(title=title, lines=spelt([*centred(lines, width), *foot], scene.ink))


def _grid(found: Mapping[Tile, Region]) -> list[list[Tile | None]]:
    """Return the tiles that have areas, row by row, without empty rows and columns."""
    rows, columns = sorted({t.y for t in found}), sorted({t.x for t in found})
    at = {(t.x, t.y): t for t in found}
    return [[at.get((x, y)) for x in columns] for y in rows]


def _depth(rows: int, room: int) -> tuple[int, int]:
    """Return the lines of a tile and between two: as many as there is room for; 0 where there is none."""
    for deep, gap in ((3, 1), (3, 0), (2, 1), (2, 0), (1, 0)):
        if rows and rows * (deep + gap) - gap <= room:
            return deep, gap
    return 0, 0


def _tile(tile: Tile, region: Region, own: dict[str, str], wide: int) -> list[Line]:
    """Return a region's lines: its name and how many have declared, the bar, and the numbers."""
    control = region.control
    count = f" {region.declared}/{len(region)}"
    room = wide - len(count)
    name = tile.name if tile.name and cells(tile.name) <= room else tile.short
    head = line((name or tile.short, "strong"), (" " * (room - cells(name or tile.short)), ""), (count, "quiet"))
    parts = [(code, number) for code, number in by_seats(control) if number]
    figures: list[Piece] = []
    for code, number in parts:
        text = f"{own[code]}{number} "
        if width_of(figures) + cells(text) <= wide:
            figures.append((text, party_style(code)))
    rest = len(region) - sum(control.values())
    drawn = bar([*parts, ("undeclared", rest)] if rest else parts, wide)
    return [head, line(*drawn), line(*figures)]
