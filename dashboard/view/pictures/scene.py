"""What a picture is drawn from, and what comes of it."""

from collections.abc import Sequence
from typing import Final

import msgspec

from dashboard.count.night import Area, Election
from dashboard.view.among import ById, among
from dashboard.view.frame import Frame
from dashboard.view.lines import Piece, cells, cut
from dashboard.view.pictures.ink import Ink
from dashboard.view.pieces import Line, fitted, line, party_style
from dashboard.view.ticker import newest_declared as last_declared
from dashboard.view.words import grouped, party_short

NAME: Final = 12
"""Cells of a party's name in a picture, at most."""

GAP: Final = "  "
"""Between two entries of a legend."""


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """A snapshot with the area that the reader points at, if any, and what the terminal can draw with."""

    frame: Frame
    area_id: str | None = None
    ink: Ink = Ink.BLOCKS

    @property
    def election(self) -> Election | None:
        """The election that is shown; None where the night has none yet."""
        return self.frame.election


class Spot(msgspec.Struct, frozen=True):
    """Cells of a picture that stand for an area: line `y`, from cell `left` up to and without `right`."""

    y: int
    left: int
    right: int
    area_id: str


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A drawn picture: its title, its lines, and where in them areas are.

    Where there is nothing to draw, or no room for it, the lines say so and `is_drawn` is false.
    """

    title: str
    lines: tuple[Line, ...]
    spots: tuple[Spot, ...] = ()
    is_drawn: bool = True


def newest_declared(scene: Scene) -> Area | None:
    """Return the area that the reader points at, else the one declared last, else the first; None for none."""
    election = scene.election
    if election is None:
        return None
    pointed = among(ById, scene.frame.night, election).areas.get(scene.area_id or "")
    if pointed is not None:
        return pointed
    newest = last_declared(scene.frame, 1)
    return newest[0] if newest else next(iter(election.areas), None)


def short_name(code: str) -> str:
    """Return a party's short name; an unknown party's own, which may be long, is cut."""
    return cut(party_short(code), NAME)


def entry(mark: str, code: str, number: int) -> Line:
    """Return a party's entry in a legend: mark, short name, number."""
    return line((f"{mark} {short_name(code)} ", party_style(code)), (grouped(number), ""))


def legend(entries: Sequence[Line], width: int, most: int = 2) -> list[Line]:
    """Return entries side by side on at most `most` lines; what has no room is counted at the end."""
    rows: list[list[Piece]] = [[]]
    used = 0
    for place, each in enumerate(entries):
        size = sum(cells(text) for text, _ in each)
        last = len(rows) == most
        more = f"{GAP}+{len(entries) - place}"
        spare = cells(more) if last and place < len(entries) - 1 else 0
        if rows[-1] and used + len(GAP) + size + spare > width:
            if last:
                rows[-1].append((more, "quiet"))
                break
            rows.append([])
            used = 0
        if rows[-1]:
            rows[-1].append((GAP, ""))
            used += len(GAP)
        rows[-1] += each
        used += size
    return [fitted(line(*row), min(width, sum(cells(t) for t, _ in row))) for row in rows if row]


def centred(lines: Sequence[Line], width: int) -> list[Line]:
    """Return lines moved to the middle of `width` cells by the same number of cells."""
    longest = max((sum(cells(t) for t, _ in each) for each in lines), default=0)
    space = (" " * max(0, (width - longest) // 2), "")
    return [line(space, *each) for each in lines]


def notice(text: str, width: int, height: int) -> tuple[Line, ...]:
    """Return a sentence in the middle of an otherwise empty picture."""
    above: list[Line] = [()] * max(0, (height - 1) // 2)
    return (*above, line((fitted(line(text.strip()), width)[0][0].strip().center(width), "quiet")))[:height]
