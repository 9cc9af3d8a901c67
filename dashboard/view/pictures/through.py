"""Seats through the night: a line for each party, from what has happened so far, and the line to a majority."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from dashboard.count.night import Election
from dashboard.view.lines import Piece, cells, cut
from dashboard.view.pictures.ink import Ink, marks, spelt
from dashboard.view.pictures.scene import Picture, Scene, notice, short_name
from dashboard.view.pictures.series import Series, columns, series, span
from dashboard.view.pieces import Line, line, party_style
from dashboard.view.words import clock_words, grouped
from feeds.report import NOC

MOST: Final = 7
"""Lines of parties in one chart."""

LEAST_WIDTH: Final = 36
LEAST_HEIGHT: Final = 6

EVERY: Final = 12
"""Cells between two marks of a party on its line."""

DOTS: Final = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bits of a braille cell, by line and column."""

Canvas = list[list[Piece]]


class Plot(NamedTuple):
    """The room of a chart in cells, and the figure at its top."""

    width: int
    height: int
    top: int

    def row(self, value: int, fine: int = 1) -> int:
        """Return how many lines (or parts of one, `fine` to a line) above the floor a figure is drawn."""
        return round(value * (self.height * fine - 1) / self.top)


def through(scene: Scene, width: int, height: int) -> Picture:
    """Return the chart of the seats by party."""
    election, frame = scene.election, scene.frame
    if election is None or not any(p.seats for p in election.parties):
        return Picture(
            title="Seats through the night", lines=notice("no seat is declared yet", width, height), is_drawn=False
        )
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return Picture(
            title="Seats through the night", lines=notice("the chart needs more room", width, height), is_drawn=False
        )
    shown = _shown(election, height)
    chart = series(frame.night, election, frame.as_at)
    top = max(1, election.line.seats or 0, *(chart.most[code] for code in shown))
    axis, label = cells(grouped(top)) + 1, _label_width(election, shown)
    plot = Plot(width - axis - label, height - 2 if len(shown) == _with_seats(election) else height - 3, top)
    canvas = _canvas(chart, shown, plot, scene, election)
    labels = _labels(election, shown, plot, marks(shown, scene.ink))
    lines = [line(*_axis(plot, y, axis, election), *canvas[y], *labels.get(y, ())) for y in range(plot.height)]
    lines += _times(scene, axis, plot.width, label)
    if len(shown) < _with_seats(election):
        lines.append(_rest(election, shown, width))
    return Picture(title=_title(election), lines=spelt(lines, scene.ink))


def _title(election: Election) -> str:
    return f"Seats through the night · {sum(p.seats for p in election.parties if p.party != NOC):,} so far"


def _with_seats(election: Election) -> int:
    return sum(1 for p in election.parties if p.party != NOC and p.seats)


def _shown(election: Election, height: int) -> list[str]:
    codes = [p.party for p in election.parties if p.party != NOC and p.seats]
    return codes[: max(1, min(MOST, height // 2 - 1))]


def _label_width(election: Election, shown: Sequence[str]) -> int:
    seats = {p.party: p.seats for p in election.parties}
    return max(cells(f" ● {short_name(code)} {seats[code]:,}") for code in shown)


def _canvas(chart: Series, shown: Sequence[str], plot: Plot, scene: Scene, election: Election) -> Canvas:
    """Return the lines of the chart; a larger party is drawn over a smaller one."""
    canvas: Canvas = [[(" ", "")] * plot.width for _ in range(plot.height)]
    if election.line.seats is not None:
        canvas[plot.height - 1 - plot.row(election.line.seats)] = [("┄", "accent")] * plot.width
    own = marks(shown, scene.ink)
    for place, code in reversed(list(enumerate(shown))):
        style = party_style(code)
        if scene.ink is Ink.BRAILLE:
            fine = columns(chart, code, scene.frame.begin, scene.frame.as_at, plot.width * 2)
            _dotted(canvas, [plot.row(value, 4) for value in fine], plot, style)
        values = columns(chart, code, scene.frame.begin, scene.frame.as_at, plot.width)
        heights = [plot.row(value) for value in values]
        if scene.ink is not Ink.BRAILLE:
            _drawn(canvas, heights, plot, style)
        for x in _marked(heights, place):
            canvas[plot.height - 1 - heights[x]][x] = (own[code], style)
    return canvas


def _drawn(canvas: Canvas, heights: Sequence[int], plot: Plot, style: str) -> None:
    """Draw a line that runs level and steps up and down where the figure changes."""
    floor = plot.height - 1
    for x, height in enumerate(heights):
        before = heights[x - 1] if x else height
        if height == before:
            canvas[floor - height][x] = ("─", style)
            continue
        rises = height > before
        canvas[floor - before][x] = ("╯" if rises else "╮", style)
        canvas[floor - height][x] = ("╭" if rises else "╰", style)
        for between in range(min(height, before) + 1, max(height, before)):
            canvas[floor - between][x] = ("│", style)


def _dotted(canvas: Canvas, heights: Sequence[int], plot: Plot, style: str) -> None:
    """Draw a line in dots, two to a cell across and four down; a cell has the colour of the last line in it."""
    floor = plot.height * 4 - 1
    for x, height in enumerate(heights):
        before = heights[x - 1] if x else height
        for dot in range(min(height, before), max(height, before) + 1):
            y = floor - dot
            text = canvas[y // 4][x // 2][0]
            old = ord(text) if text not in {" ", "┄"} and 0x2800 <= ord(text) <= 0x28FF else 0x2800  # noqa: PLR2004
            canvas[y // 4][x // 2] = (chr(old | DOTS[y % 4][x % 2]), style)


def _marked(heights: Sequence[int], place: int) -> list[int]:
    """Return the columns in which a party's mark stands on its line: now and then where it is level, and at its end."""
    if not heights:
        return []
    offset = (place * 5 + 4) % EVERY
    level = [x for x in range(offset, len(heights) - 1, EVERY) if x and heights[x] == heights[x - 1]]
    return [*level, len(heights) - 1]


def _labels(election: Election, shown: Sequence[str], plot: Plot, own: dict[str, str]) -> dict[int, Line]:
    """Return each party's name and seats beside the end of its line, moved apart where they would meet."""
    seats = {p.party: p.seats for p in election.parties}
    rows: dict[int, Line] = {}
    lowest = plot.height - len(shown)
    before = -1
    for place, code in enumerate(shown):
        y = max(before + 1, min(plot.height - 1 - plot.row(seats[code]), lowest + place))
        rows[y] = line((f" {own[code]} {short_name(code)} ", party_style(code)), (grouped(seats[code]), "strong"))
        before = y
    return rows


def _axis(plot: Plot, y: int, width: int, election: Election) -> Line:
    """Return what stands before a line of the chart: its figure at the top, the floor and the majority line."""
    figures = {0: plot.top, plot.height - 1: 0}
    style = "quiet"
    if election.line.seats is not None and y == plot.height - 1 - plot.row(election.line.seats):
        figures, style = {y: election.line.seats}, "accent"
    text = grouped(figures[y]) if y in figures else ""
    return line((f"{text:>{width - 1}}", style), ("┤" if text else "│", "faint"))


def _times(scene: Scene, axis: int, width: int, label: int) -> list[Line]:
    """Return the floor of the chart and the times under it."""
    frame = scene.frame
    length, step = span(frame.begin, frame.as_at)
    text = ""
    floor = ["─"] * width
    for n in range(int(length / step) + 1):
        at: datetime = frame.begin + step * n
        cell = min(width - 1, int(width * (step * n / length)))
        words = clock_words(at, frame.zone, frame.begin)
        start = max(0, cell - cells(words) // 2)
        if start >= cells(text) + (1 if text else 0) and start + cells(words) <= width + label:
            text += " " * (start - cells(text)) + words
            floor[cell] = "┴"
    return [
        line((" " * (axis - 1) + "└" + "".join(floor), "faint")),
        line((" " * axis + text, "quiet")),
    ]


def _rest(election: Election, shown: Sequence[str], width: int) -> Line:
    others = [p for p in election.parties if p.party not in {*shown, NOC} and p.seats]
    words = "  ".join(f"{short_name(p.party)} {p.seats:,}" for p in others)
    return line((cut(f"and {words}", width), "quiet"))
