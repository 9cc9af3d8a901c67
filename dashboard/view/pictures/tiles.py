"""A tile map: a tile an area, coloured by who controls it, hatched while it is undeclared."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from dashboard.count.night import Area
from dashboard.view.among import among
from dashboard.view.lines import Piece, fit
from dashboard.view.pictures.atlas import LONDON, Names, placed, shipped
from dashboard.view.pictures.ink import marks, spelt
from dashboard.view.pictures.scene import Picture, Scene, Spot, centred, entry, legend, notice
from dashboard.view.pieces import TILE, Line, line
from dashboard.view.words import UNKNOWN, by_seats, outcome_words, wards_words
from feeds.report import Tile

HATCH: Final = "░"
BOXES: Final = ((4, 1, 16), (3, 1, 13), (2, 1, 12), (2, 0, 9), (1, 1, 8), (1, 0, 8))
"""Lines of a tile, lines between tiles, and most cells of a tile: the largest that fits is taken."""

ROOMY: Final = 5
"""Cells from which a tile has a gap beside it, and room for its short name."""

_OUTCOMES: Final = {
    "gain": ("gain", "from"),
    "loss": ("", "was"),
    "hold": ("hold", ""),
    "stays-noc": ("stays", ""),
    "new": ("new", ""),
}
"""What became of an area in a word, and the word before the party that had it."""

ROOM_FOR_BOTH: Final = 2
"""Lines of a tile above which the party before has its own."""

NAMED: Final = 6
"""Names that a note about the map gives."""


class Box(NamedTuple):
    """The size of a tile, and the room between two."""

    width: int
    height: int
    across: int
    down: int


def london(scene: Scene, width: int, height: int) -> Picture:
    """Return the London boroughs in their usual arrangement."""
    return tile_map(scene, shipped(LONDON), "London", (width, height))


def own_map(scene: Scene, width: int, height: int) -> Picture:
    """Return the map that the night carries, with what is on it or in the election alone."""
    tiles = scene.frame.night.tiles
    notes = []
    election = scene.election
    if election is not None:
        found = placed(tiles, election.areas, among(Names, scene.frame.night, election))
        strangers = [tile.name or tile.code or tile.short for tile in tiles if tile not in found]
        if strangers:
            notes.append(f"⚠ on the map, not in this election: {_some(strangers)}")
        on_map = {area.id for area in found.values()}
        missing = [area.name for area in election.areas if area.id not in on_map]
        if missing:
            notes.append(f"not on the map: {_some(missing)}")
    return tile_map(scene, tiles, "Map", (width, height), notes)


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def tile_map(
    scene: Scene, tiles: Sequence[Tile], title: str, size: tuple[int, int], notes: Iterable[str] = ()
) -> Picture:
    """Return a map of the tiles over a legend with the number of areas by control; `size` is in cells and lines."""
    width, height = size
    election = scene.election
    found: dict[Tile, Area] = {}
    if election is not None:
        found = placed(tiles, election.areas, among(Names, scene.frame.night, election))
    areas = list(found.values())
    control = Counter(area.control or UNKNOWN for area in areas if area.is_declared)
    codes = [code for code, _ in by_seats(control)]
    own = marks(codes, scene.ink)
    declared = sum(control.values())
    foot = _foot(control, own, len(areas) - declared, width, notes)
    title = f"{title} · {declared:,} of {len(areas):,} declared"
    box = _box(tiles, width, height - len(foot))
    if box is None:
        said = notice("the map needs more room", width, max(1, height - len(foot)))
        return Picture(title=title, lines=spelt([*said, *foot], scene.ink), is_drawn=False)
    drawn, spots = _draw(tiles, found, own, box)
    left = max(0, (width - max(tile.x for tile in tiles) * (box.width + box.across) - box.width) // 2)
    space = (" " * left, "")
    lines = [line(space, *each) for each in drawn]
    moved = tuple(Spot(s.y, s.left + left, s.right + left, s.area_id) for s in spots)
    return Picture(title=title, lines=spelt([*lines, *foot], scene.ink), spots=moved)


def _foot(control: Mapping[str, int], own: Mapping[str, str], out: int, width: int, notes: Iterable[str]) -> list[Line]:
    entries = [
        line((f"{UNKNOWN} control not known ", "quiet"), f"{number:,}")
        if code == UNKNOWN
        else entry(own[code], code, number)
        for code, number in by_seats(control)
    ]
    if out:
        entries.append(line((f"{HATCH} undeclared ", "quiet"), f"{out:,}"))
    said = [line((fit(text, min(width, len(text))), "warning" if text[0] == "⚠" else "quiet")) for text in notes]
    return [*centred(legend(entries, width), width), *said]


def _box(tiles: Sequence[Tile], width: int, height: int) -> Box | None:
    """Return the largest tile with which the map fits; None where none does."""
    if not tiles:
        return None
    columns, rows = max(tile.x for tile in tiles) + 1, max(tile.y for tile in tiles) + 1
    wide = (width + 1) // columns - 1
    across = 1 if wide >= ROOMY - 1 else 0
    wide = wide if across else width // columns
    for lines, down, most in BOXES:
        if wide >= 1 and rows * (lines + down) - down <= height:
            return Box(min(wide, most), lines, across, down)
    return None


def _draw(
    tiles: Sequence[Tile], found: Mapping[Tile, Area], own: Mapping[str, str], box: Box
) -> tuple[list[Line], list[Spot]]:
    rows = max(tile.y for tile in tiles) + 1
    by_row: dict[int, list[Tile]] = {}
    for tile in sorted(tiles, key=lambda t: t.x):
        by_row.setdefault(tile.y, []).append(tile)
    lines: list[Line] = []
    spots: list[Spot] = []
    for y in range(rows):
        if y:
            lines += [()] * box.down
        for part in range(box.height):
            lines.append(_row(by_row.get(y, []), found, own, box, part))
        for tile in by_row.get(y, []):
            if tile in found:
                left = tile.x * (box.width + box.across)
                top = len(lines) - box.height
                spots += [Spot(top + n, left, left + box.width, found[tile].id) for n in range(box.height)]
    return lines, spots


def _row(tiles: Sequence[Tile], found: Mapping[Tile, Area], own: Mapping[str, str], box: Box, part: int) -> Line:
    out: list[Piece] = []
    at = 0
    for tile in tiles:
        left = tile.x * (box.width + box.across)
        out.append((" " * (left - at), ""))
        out.append(_part(tile, found.get(tile), own, box, part))
        at = left + box.width
    return line(*out)


def _part(tile: Tile, area: Area | None, own: Mapping[str, str], box: Box, part: int) -> Piece:
    """Return one line of one tile."""
    if area is None:
        return (fit(tile.short if part == 0 else "", box.width), "quiet")
    if not area.is_declared:
        text = _name(tile, HATCH, box.width, HATCH) if part == 0 else ""
        if part == 1 and area.stage == "partial":
            text = fit((wards_words(area) or "").removesuffix(" wards"), min(5, box.width))
        return (text + HATCH * (box.width - len(text)), "quiet")
    code = area.control or UNKNOWN
    mark = own.get(code, UNKNOWN)
    style = f"{TILE}{code}" if area.control else ""
    if part == 0:
        return (_name(tile, mark + ("+" if _turned(area) else ""), box.width), style)
    return (fit(_words(area, code, box)[part - 1], box.width), style)


def _turned(area: Area) -> bool:
    return area.outcome in {"gain", "loss"}


def _words(area: Area, code: str, box: Box) -> tuple[str, str, str]:
    """Return the lines under the name: what became of the area, as much as there is room for."""
    whole = outcome_words(area)
    if len(whole) < box.width:
        return (f" {whole}", "", "")
    before = area.previous or UNKNOWN
    outcome, more = _OUTCOMES.get(area.outcome or "", ("", ""))
    more = f"{more} {before}" if more else ""
    if box.height > ROOM_FOR_BOTH and outcome and len(f" {code} {outcome}") <= box.width:
        return (f" {code} {outcome}", f" {more}", "")
    return (f" {code}", f" {outcome or more}", "")


def _name(tile: Tile, mark: str, width: int, fill: str = " ") -> str:
    """Return short name and mark in `width` cells; only the mark where there is no room for both."""
    if width >= len(tile.short) + len(mark) + 2:
        return f" {tile.short}{fill if fill != ' ' else ' '}{mark}".ljust(width, fill)
    if width > len(tile.short):
        return fit(f"{tile.short}{mark}", width)
    return fit(mark, width)
