"""A hemicycle: one mark a seat, the largest party from the left, undeclared seats last.

The order is that of the seats panel, so that a party whose marks pass the middle has a majority.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import atan2, hypot
from typing import Final

from dashboard.count.night import Area, Election
from dashboard.view.composition import UNHELD, Part, after_parts, majority_of, tonight_parts
from dashboard.view.lines import Piece
from dashboard.view.pictures.ink import Ink, marks, spelt
from dashboard.view.pictures.scene import Picture, Scene, centred, entry, legend, newest_declared, notice
from dashboard.view.pieces import Line, line, party_style
from dashboard.view.words import by_seats, outcome_words
from feeds.plural import many
from feeds.report import NOC

HOLE: Final = 0.42
"""The radius of the empty middle, as a share of the whole, where there is room for one."""

STRIDES: Final = ((4, 2), (2, 1), (1, 1))
"""Cells from one mark to the next, across and down: the widest with which all marks have a place."""

MOST_SEATS: Final = 5_000

Place = tuple[int, int]
"""Line and cell of a mark."""


def chamber_parts(election: Election) -> list[Part]:
    """Return the seats of a whole election by party, most first, and how many are undeclared."""
    won = {p.party: p.seats for p in election.parties if p.party != NOC and p.seats > 0}
    parts = [(code, number) for code, number in by_seats(won) if number > 0]
    left = (election.seats_up or 0) - sum(won.values())
    return [*parts, ("undeclared", left)] if left > 0 else parts


def council_parts(area: Area) -> list[Part]:
    """Return a council after its result, or as far as it is declared, and which seats nobody has yet.

    Where only a part of it is up and what stays is not known, only tonight's seats are in it.
    """
    return after_parts(area) or tonight_parts(area)


def chamber(scene: Scene, width: int, height: int) -> Picture:
    """Return the hemicycle of a parliament or an assembly."""
    election = scene.election
    parts = chamber_parts(election) if election is not None else []
    goal = election.line.seats if election is not None else None
    words = f"{goal:,} for a majority" if goal is not None else ""
    return _picture(parts, ("Hemicycle", words), scene.ink, width, height)


def council(scene: Scene, width: int, height: int) -> Picture:
    """Return the hemicycle of the council that the reader points at, else of the one declared last."""
    area = newest_declared(scene)
    if area is None:
        return Picture(title="Council", lines=notice("no council yet", width, height), is_drawn=False)
    parts = council_parts(area)
    whole = area.composition is not None or area.up == area.total
    seats = sum(number for _, number in parts)
    words = f"{majority_of(area.total):,} for a majority" if whole and area.total else f"{many(seats, 'seat')} up"
    return _picture(parts, (f"{area.name} · {outcome_words(area)}", words), scene.ink, width, height)


def _picture(parts: Sequence[Part], words: tuple[str, str], ink: Ink, width: int, height: int) -> Picture:
    title, goal = words
    seats = sum(number for _, number in parts)
    own = _marks(parts, ink)
    entries = [
        line((f"{own[name]} {name} ", "quiet"), f"{number:,}") if name in UNHELD else entry(own[name], name, number)
        for name, number in parts
    ]
    said = line((goal, "quiet"))
    foot = [*centred([said], width), *centred(legend(entries, width), width)]
    places = _seated(seats, width, height - len(foot) - 1)
    if not places:
        foot = legend([said, *entries], width, most=1)
        places = _seated(seats, width, height - len(foot) - 1)
    if not places:
        text = "how many seats there are is not known" if not seats else "the hemicycle needs more room"
        return Picture(title=title, lines=spelt(notice(text, width, height), ink), is_drawn=False)
    pieces = [(own[name], "quiet" if name in UNHELD else party_style(name)) for name, n in parts for _ in range(n)]
    lines = _rows(dict(zip(places, pieces, strict=True)), width)
    middle = line((" " * ((width - 1) // 2), ""), ("▼" if ink is not Ink.ASCII else "v", "accent"))
    return Picture(title=title, lines=spelt([middle, *lines, *foot], ink))


def _seated(seats: int, width: int, height: int) -> tuple[Place, ...]:
    return seating(seats, width, height) if 0 < seats <= MOST_SEATS else ()


def _marks(parts: Sequence[Part], ink: Ink) -> dict[str, str]:
    own = marks([name for name, _ in parts if name not in UNHELD], ink)
    plain = {"undeclared": ":", "deferred": "=", "vacant": ".", "not known": "?"}
    return own | (plain if ink is Ink.ASCII else UNHELD)


def _rows(marked: dict[Place, Piece], width: int) -> list[Line]:
    rows: list[Line] = []
    for y in range(max(y for y, _ in marked) + 1):
        here = sorted((x, piece) for (row, x), piece in marked.items() if row == y)
        pieces: list[Piece] = []
        at = 0
        for x, (text, style) in here:
            pieces += [(" " * (x - at), ""), (text, style)]
            at = x + 1
        rows.append(line(*pieces))
    return rows


@lru_cache(maxsize=64)
def seating(seats: int, width: int, height: int) -> tuple[Place, ...]:
    """Return a place for each seat, from the left end of the hemicycle to the right; none where there is no room.

    The places are the outermost cells of the smallest half disc that holds them, so that the inner rows are empty
    where there is room; no two seats share a place.
    """
    for stride in STRIDES:
        for hole in (HOLE, 0.0):
            found = _half_ring(seats, (width, height), stride, hole)
            if found:
                return tuple(found)
    return ()


def _half_ring(seats: int, room: tuple[int, int], stride: tuple[int, int], hole: float) -> list[Place]:
    width, height = room
    most = min(height, (width - 1) // 4)
    for radius in range(1, most + 1):
        cells = _disc(radius, stride, hole)
        if len(cells) >= seats:
            kept = _outermost(cells, seats)
            top = max(y for _, y in kept)
            ordered = sorted(kept, key=lambda at: (-atan2(2 * at[1] + 1, at[0]), at[1]))
            middle = (width - 1) // 2
            return [(top - y, middle + x) for x, y in ordered]
    return []


def _disc(radius: int, stride: tuple[int, int], hole: float) -> list[tuple[int, int]]:
    """Return the cells of a half ring: across, on both sides of the middle, and lines above the floor.

    A cell is twice as high as wide, so that a radius of so many lines is twice as many cells.
    """
    across, down = stride
    reach = 2 * radius
    return [
        (x, y)
        for y in range(0, radius, down)
        for x in range(-(reach // across) * across, reach + 1, across)
        if hole * radius <= hypot(x / 2, y + 0.5) <= radius
    ]


def _outermost(cells: Sequence[tuple[int, int]], seats: int) -> list[tuple[int, int]]:
    """Return so many cells, those furthest from the middle first, alternately on both sides."""
    return sorted(cells, key=lambda at: (-hypot(at[0] / 2, at[1] + 0.5), at[1], abs(at[0]), at[0]))[:seats]
