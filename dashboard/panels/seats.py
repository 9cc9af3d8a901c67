"""The seats panel: a row for every party with its bar, figures that grow with the room there is."""

from collections.abc import Sequence
from typing import Final

import msgspec
from textual.strip import Strip
from textual.widget import Widget

from dashboard.panels.boundary import bounded
from dashboard.panels.figures import BIG, HUGE, figure
from dashboard.panels.paint import Painter, entitle, redraw
from dashboard.view.bars import eighths
from dashboard.view.frame import Frame
from dashboard.view.lines import cells, fit
from dashboard.view.measures import entitled
from dashboard.view.pieces import TILE, Line, fitted, line, merged, party_mark, party_style, width_of
from dashboard.view.seats import SeatRow, SeatTable, line_words, rest_words, seat_table
from dashboard.view.words import grouped, party_long, party_short, signed
from feeds.report import NOC

BIG_WIDTH: Final = 54
"""Cells below which there are no big figures."""

LONG_NAMES: Final = 72
"""Cells from which parties have their names written out."""

SHORT_NAME: Final = 7
"""Cells of a short name with the gap after it."""

FULL_NAMES: Final = 110
"""Cells from which the longest name is not cut."""

HUGE_WIDTH: Final = 150
"""Cells from which there are figures five lines high, where there are the lines; on a wall from fewer."""

WALL_WIDTH: Final = 76
"""Cells from which there are such figures on a wall."""

SEATS: Final = 7
BESIDE_BIG: Final = SEATS + BIG * 2 + 3
"""Cells of the seats in ordinary and in big figures."""

SHADOW: Final = "░"
NOTCH: Final = "▕"
"""Where a party stood before: beyond its bar, or in it."""

EMPTY: Final = "results appear here as files come"


@bounded("show", "on_resize")
class SeatsPanel(Widget, can_focus=True):
    """Seats by party, from the frame it was last given."""

    def __init__(self, own_id: str) -> None:
        super().__init__(id=own_id)
        self.painter = Painter(self)
        self._frame: Frame | None = None
        self._lines: list[Line] = []
        self.border_title = "Seats"

    def show(self, frame: Frame) -> None:
        """Show the seats of the frame's election; draws only where a line has changed."""
        self._frame = frame
        self._entitle(frame)
        self._rebuild()

    def _entitle(self, frame: Frame) -> None:
        entitle(self, entitled("Seats", frame.election))

    def on_resize(self) -> None:
        """Make the most of the new size."""
        self._rebuild()

    def _rebuild(self) -> None:
        if self._frame is None or not self.size.width:
            return
        lines = seat_lines(self._frame, self.size.width, self.size.height, wall=self.app.has_class("-wall"))
        before, self._lines = self._lines, lines
        redraw(self, before, lines)

    def render_line(self, y: int) -> Strip:
        """Return one line of the panel."""
        if y < len(self._lines):
            return self.painter.strip(self._lines[y], self.painter.size.width)
        return self.painter.blank(self.painter.size.width)


class Sizes(msgspec.Struct, frozen=True):
    """Lines of each row's figure, empty lines after a row, and cells of the column of figures."""

    heights: tuple[int, ...]
    gaps: tuple[int, ...]
    width: int


def seat_lines(frame: Frame, width: int, height: int, wall: bool = False) -> list[Line]:
    """Return the lines of the panel for a size in cells; on a `wall` the figures are as large as can be."""
    election = frame.election
    if election is None:
        return [(), line((EMPTY.center(width), "quiet"))]
    foot = line_words(frame)
    room = height - 1 - (1 if foot else 0)
    table = seat_table(election, room)
    sizes = seat_sizes(table, room, width, wall)
    lines = [_head(table, width)]
    for row, high, gap in zip(table.rows, sizes.heights, sizes.gaps, strict=True):
        lines += _row(row, table, width, high, sizes.width)
        lines += [()] * gap
    if table.rest:
        lines.append(fitted(line(("  and ", "quiet"), *rest_words(table.rest)), width))
    if foot:
        lines.append(line(" ", *foot))
    return lines


def seat_sizes(table: SeatTable, room: int, width: int, wall: bool) -> Sizes:
    """Return how large each row is, given the lines for rows: as many big ones as there are lines for, then huge ones.

    So all are alike where there is room for that, and what is further down is never larger. A wall has huge ones in a
    narrower panel, too.
    """
    parties = sum(1 for row in table.rows if row.party != NOC)
    left = max(0, room - len(table.rows) - (1 if table.rest else 0))
    big = min(parties, left // (BIG - 1)) if width >= BIG_WIDTH else 0
    has_width = width >= (WALL_WIDTH if wall else HUGE_WIDTH)
    more = (left - big * (BIG - 1)) // (HUGE + 1 - BIG) if has_width else 0
    huge = min(big, more) if more >= min(2, parties) else 0
    big -= huge
    left -= huge * HUGE + big * (BIG - 1)
    heights = [HUGE] * huge + [BIG] * big + [1] * (len(table.rows) - huge - big)
    airy = 0 < big <= left
    gaps = tuple(1 if high == HUGE or (airy and high == BIG) else 0 for high in heights)
    return Sizes(tuple(heights), gaps, _figure_width(table, heights))


def _figure_width(table: SeatTable, heights: Sequence[int]) -> int:
    widest = max((len(figure(grouped(r.seats), h)[0]) for r, h in zip(table.rows, heights, strict=True)), default=0)
    return max(SEATS if max(heights, default=1) == 1 else BESIDE_BIG, widest + 1)


def _name_width(table: SeatTable, width: int) -> int:
    """Return the cells of a party's name: in full where there is room, else its short one.

    An unknown party's own name is its short one, too; there is more room for it where that can be.
    """
    if width >= LONG_NAMES:
        return 35 if width >= FULL_NAMES else 22
    longest = max((cells(party_short(row.party)) for row in table.rows), default=0) + 1
    return min(max(SHORT_NAME, longest), width // 4) if width >= BIG_WIDTH else SHORT_NAME


def _tail_width(table: SeatTable) -> int:
    return 8 + (8 + 5 if table.with_areas else 0)


def _head(table: SeatTable, width: int) -> Line:
    tail = _tail("change", "councils" if table.with_areas else "", "±" if table.with_areas else "", table)
    return line(("seats".rjust(width - _tail_width(table) - 1), "head"), ("".join(t for t, _ in tail), "head"), " ")


def _tail(
    change: str, areas: str, areas_change: str, table: SeatTable, styles: tuple[str, str, str] = ("", "", "")
) -> Line:
    out = [(change.rjust(8), styles[0])]
    if table.with_areas:
        out += [(areas.rjust(9), styles[1]), (areas_change.rjust(4), styles[2])]
    return line(*out)


def _change_style(change: int | None) -> str:
    if change is None or change == 0:
        return "quiet"
    return "good" if change > 0 else "bad"


def _figures(row: SeatRow, table: SeatTable) -> Line:
    return _tail(
        signed(row.change),
        grouped(row.areas),
        signed(row.areas_change),
        table,
        (_change_style(row.change), "", _change_style(row.areas_change) if row.party != NOC else "quiet"),
    )


def _label(row: SeatRow, table: SeatTable, width: int) -> Line:
    name = party_long(row.party) if width >= LONG_NAMES else party_short(row.party)
    name_width = _name_width(table, width)
    return line(" ", party_mark(row.party), " ", (fit(name, name_width - 1), party_style(row.party)), " ")


def _row(row: SeatRow, table: SeatTable, width: int, high: int, figure_width: int) -> list[Line]:
    """Return a party's lines, as many as its figure has: the bar thick beside a large one, the words in the middle."""
    label, tail = _label(row, table, width), _figures(row, table)
    bar_width = width - width_of(label) - figure_width - width_of(tail) - 1
    bar = _bar(row, table, bar_width)
    no_label, no_bar, no_tail = ((" " * max(0, size), "") for size in (width_of(label), bar_width, width_of(tail)))
    lines = []
    for at, text in enumerate(figure(grouped(row.seats), high)):
        middle = at == high // 2
        lines.append(
            line(
                *(label if middle else (no_label,)),
                *(bar if at <= high // 2 + (high == HUGE) else (no_bar,)),
                (" " * (figure_width - SEATS if high == 1 else 0), ""),
                (text.rjust(SEATS if high == 1 else figure_width), "strong"),
                *(tail if middle else (no_tail,)),
                " ",
            )
        )
    return lines


def _bar(row: SeatRow, table: SeatTable, width: int) -> Line:
    """Return a party's bar of exactly `width` cells, with the line to a majority where there is one.

    Where the party stood before is a shadow: hatched beyond the bar of one that lost seats, a notch in the bar of
    one that gained.
    """
    width = max(0, width)
    room = max(0, width - 1)
    filled = eighths(row.seats or 0, table.largest, room)
    style = party_style(row.party)
    drawn = [(char, style) for char in filled]
    before = len(eighths(row.before or 0, table.largest, room))
    if before > len(filled):
        drawn += [(SHADOW, "quiet")] * (before - len(filled))
    elif row.before and before < len(filled):
        drawn[before - 1] = (NOTCH, f"{TILE}{row.party}")
    drawn += [(" ", "")] * (width - len(drawn))
    if table.line is not None and row.party != NOC and width:
        at = min(width - 1, max(0, (width - 1) * table.line // table.largest))
        if at >= len(filled):
            drawn[at] = ("┊", "accent")
    return merged(drawn)
