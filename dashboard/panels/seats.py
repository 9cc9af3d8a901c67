"""The seats panel: a row for every party with its bar, figures that grow with the room there is."""

from typing import Final

from textual.content import Content
from textual.renderables.digits import DIGITS, DIGITS3X3_BOLD
from textual.strip import Strip
from textual.widget import Widget

from dashboard.panels.boundary import bounded
from dashboard.panels.paint import Painter
from dashboard.view.bars import eighths
from dashboard.view.frame import Frame
from dashboard.view.lines import fit
from dashboard.view.measures import entitled
from dashboard.view.pieces import TILE, Line, fitted, line, merged, party_mark, party_style, width_of
from dashboard.view.seats import SeatRow, SeatTable, line_words, rest_words, seat_table
from dashboard.view.words import grouped, party_long, party_short, signed
from feeds.report import NOC
from feeds.text import inert

BIG: Final = 3
"""Lines of a big figure."""

BIG_WIDTH: Final = 54
"""Cells below which there are no big figures."""

LONG_NAMES: Final = 72
"""Cells from which parties have their names written out."""

FULL_NAMES: Final = 110
"""Cells from which the longest name is not cut."""


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
        self._title = "Seats"
        self.border_title = self._title

    def show(self, frame: Frame) -> None:
        """Show the seats of the frame's election; draws only where a line has changed."""
        self._frame = frame
        self._entitle(frame)
        self._rebuild()

    def _entitle(self, frame: Frame) -> None:
        title = entitled("Seats", frame.election)
        if title != self._title:
            self._title = title
            self.border_title = Content(inert(title))

    def on_resize(self) -> None:
        """Make the most of the new size."""
        self._rebuild()

    def _rebuild(self) -> None:
        if self._frame is None or not self.size.width:
            return
        lines = seat_lines(self._frame, self.size.width, self.size.height)
        if lines != self._lines:
            self._lines = lines
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return one line of the panel."""
        if y < len(self._lines):
            return self.painter.strip(self._lines[y], self.size.width)
        return self.painter.blank(self.size.width)


def seat_lines(frame: Frame, width: int, height: int) -> list[Line]:
    """Return the lines of the panel for a size in cells."""
    election = frame.election
    if election is None:
        return [(), line((EMPTY.center(width), "quiet"))]
    foot = line_words(frame)
    room = height - 1 - (1 if foot else 0)
    table = seat_table(election, room)
    used = len(table.rows) + (1 if table.rest else 0)
    big = max(0, (room - used) // (BIG - 1)) if width >= BIG_WIDTH else 0
    airy = big > 0 and used + len(table.rows) * BIG <= room
    lines = [_head(table, width)]
    for place, row in enumerate(table.rows):
        is_big = place < big and row.party != NOC
        lines += _big_row(row, table, width) if is_big else [_row(row, table, width, big > 0)]
        if airy and is_big:
            lines.append(())
    if table.rest:
        lines.append(fitted(line(("  and ", "quiet"), *rest_words(table.rest)), width))
    if foot:
        lines.append(line(" ", *foot))
    return lines


def _name_width(width: int) -> int:
    """Return the cells of a party's name: in full where there is room, else its short one."""
    return 35 if width >= FULL_NAMES else 22 if width >= LONG_NAMES else 7


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


def _label(row: SeatRow, width: int) -> Line:
    name = party_long(row.party) if width >= LONG_NAMES else party_short(row.party)
    name_width = _name_width(width)
    return line(" ", party_mark(row.party), " ", (fit(name, name_width - 1), party_style(row.party)), " ")


def _row(row: SeatRow, table: SeatTable, width: int, beside_big: bool) -> Line:
    label = _label(row, width)
    seats = grouped(row.seats).rjust(7)
    bar_width = width - width_of(label) - len(seats) - _tail_width(table) - 1 - (BIG * 2 + 3 if beside_big else 0)
    bar = _bar(row, table, bar_width)
    space = " " * (BIG * 2 + 3 if beside_big else 0)
    return line(*label, *bar, space, (seats, "strong"), *_figures(row, table), " ")


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


def _big_row(row: SeatRow, table: SeatTable, width: int) -> list[Line]:
    """Return a party's three lines: the bar twice as thick, the seats in big figures."""
    label = _label(row, width)
    digits = _digits(grouped(row.seats))
    seats_width = 7 + BIG * 2 + 3
    bar_width = width - width_of(label) - seats_width - _tail_width(table) - 1
    bar = _bar(row, table, bar_width)
    tail = _figures(row, table)
    blank_label, blank_tail = (" " * width_of(label), ""), (" " * width_of(tail), "")
    figure = [(text.rjust(seats_width), "strong") for text in digits]
    return [
        line(blank_label, *bar, figure[0], blank_tail, " "),
        line(*label, *bar, figure[1], *tail, " "),
        line(blank_label, (" " * bar_width, ""), figure[2], blank_tail, " "),
    ]


def _digits(text: str) -> list[str]:
    """Return a number as three lines of big figures."""
    lines = ["", "", ""]
    for char in text:
        at = DIGITS.find(char)
        for row in range(BIG):
            if at < 0:
                lines[row] += char if row == BIG - 1 else " "
            else:
                lines[row] += DIGITS3X3_BOLD[at * BIG + row].ljust(BIG)
    return lines
