"""650 areas at 200 results a second, keys pressed at random: the screen is the state, cell by cell.

`python -m tests.faults.compared`: 1,000 comparisons. The terminal is read from the bytes that were written to it; what
ought to stand there is made afresh from the state, with nothing kept from before. The figure is the number of cells.
"""

import asyncio
import inspect
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Final
from unittest import mock

import msgspec
import pyte
from rich.console import Console, RenderableType
from rich.style import Style
from textual._compositor import CompositorUpdate
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip

from dashboard.app import NightApp
from dashboard.count.night import Area, Happening, Night, PartyTally
from dashboard.panels.changes import ChangesPanel
from dashboard.panels.councils import CouncilsPanel
from dashboard.panels.line_table import HEAD, MARGIN, LineTable
from dashboard.panels.seats import SeatsPanel, seat_lines
from dashboard.screens.overview import OverviewScreen
from dashboard.view.changes import columns, items, of_kind, rows
from dashboard.view.filters import matcher, parties_named
from dashboard.view.pieces import Line
from dashboard.view.rows import Look, Row, area_row, plan
from dashboard.view.sorting import arranged, counted_order
from tests.faults.running import run, say
from tests.makers.player import FakePlayer
from tests.makers.states import area, at, change, election, happening, moment, night

STYLES = str(Path(inspect.getfile(NightApp)).with_name("dashboard.tcss"))

TERMINAL: Final = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
FULL = Console(color_system="truecolor", force_terminal=True)
"""A terminal with all colours."""

AREAS = 650
A_BEAT = 20
"""Results in a tenth of a second: 200 in a second."""

A_RUN = 50
"""Comparisons with one program."""

PATIENCE = 20
"""Pauses in which all that was put off must be drawn."""

SIZES = ((80, 24), (100, 38), (120, 40), (132, 50), (160, 45), (200, 60))
CODES = ("LAB", "CON", "LD", "GRN", "SNP")
KEYS = ("down", "down", "up", "pagedown", "pageup", "home", "end", "s", "S", "f", "t", "m", "tab", "escape", "v")
FILTERS = ("", "town 1", "gain", "!gain", "undeclared", "declared", "lab", "noc", "north !hold", "nowhere")


class Written(NightApp):
    """A program whose terminal can be read back: what it writes is drawn by an emulator."""

    CSS_PATH = STYLES

    def __init__(self, player: FakePlayer) -> None:
        self.seconds = 0.0
        super().__init__(player, ticks=lambda: self.seconds)
        self.terminal = pyte.Screen(80, 24)
        self.written = pyte.Stream(self.terminal)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        if isinstance(renderable, CompositorUpdate) and screen is self.screen and not self._batch_count:
            size = self.size
            if (self.terminal.columns, self.terminal.lines) != size:
                self.terminal.resize(size.height, size.width)
            self.written.feed(renderable.render_segments(FULL))
        super()._display(screen, renderable)


class Made:
    """A night of many areas in which something is declared, corrected or taken back all the time."""

    def __init__(self, random: Random, number: int = AREAS) -> None:
        self._random = random
        regions = ("North", "South", "London")
        self.areas = [
            area(f"Town {n:03}", previous=random.choice((*CODES, "NOC")), region=regions[n % 3], expected_at=at(n % 8))
            for n in range(number)
        ]
        self.happenings: list[Happening] = []

    def results(self, number: int) -> Night:
        """Let so many results come, and return the night after them."""
        for place in self._random.sample(range(len(self.areas)), min(number, len(self.areas))):
            self.areas[place] = found = self._result(self.areas[place])
            if found.is_declared:
                self.happenings.append(happening("declared", election="local", area=found))
        return self.night()

    def _result(self, before: Area) -> Area:
        chance = self._random.random()
        if before.is_declared and chance < 0.1:
            return area(before.name, previous=before.previous, region=before.region, expected_at=before.expected_at)
        seats = {code: self._random.randint(0, 30) for code in self._random.sample(CODES, 3)}
        total = sum(seats.values())
        first = max(seats, key=lambda code: seats[code])
        control = first if seats[first] * 2 > total else "NOC"
        held = control == before.previous
        outcome = ("stays-noc" if held else "loss") if control == "NOC" else "hold" if held else "gain"
        odd: dict[str, object] = {"source_removed": chance > 0.95, "stage": "rush" if chance > 0.9 else "declared"}
        return msgspec.structs.replace(
            before, elected=seats, composition=seats, total=total, up=total, control=control, outcome=outcome,
            revision=(before.revision or 0) + 1, declared=moment(self._random.randint(0, 7), 30), **odd,
        )  # fmt: skip

    def night(self) -> Night:
        """Return the night as it stands."""
        parties = [
            PartyTally(
                party=code,
                seats=sum((a.elected or {}).get(code, 0) for a in self.areas),
                change=len([a for a in self.areas if a.control == code]) - 40,
                change_areas=1,
                areas=sum(1 for a in self.areas if a.control == code),
                areas_change=0,
            )
            for code in (*CODES, "NOC")
        ]
        parties.sort(key=lambda p: (p.party == "NOC", -p.seats, p.party))
        changes = tuple(change(a) for a in self.areas if a.outcome in {"gain", "loss"})
        one = election(*self.areas, parties=tuple(parties), changes=changes)
        return night(one, happenings=tuple(self.happenings))


class Comparison:
    """One program under load; `cells` are those that were compared."""

    def __init__(self, random: Random, pilot: Pilot[int], app: Written, player: FakePlayer) -> None:
        self.cells = 0
        self._random, self._pilot, self._app, self._player = random, pilot, app, player
        self._made = Made(random)

    async def begin(self) -> None:
        """Show the night as it begins."""
        await self._beat(self._made.night())

    async def round(self) -> None:
        """Do something at random, let results come, and compare."""
        if self._random.random() < 0.7:
            await self._act()
        results = self._random.choice((0, 1, 3, A_BEAT, A_BEAT, A_BEAT))
        with self._kept():
            await self._beat(self._made.results(results))
        self._compare()

    async def _beat(self, found: Night) -> None:
        self._player.shown = found
        self._app.seconds += 1
        self._app.beat()
        for _ in range(2):
            await self._pilot.pause()
        for _ in range(PATIENCE):  # the ticker and the time bar are drawn after what is new
            if all(found == wanted for _, found, wanted in self._lines()):
                break
            await self._pilot.pause()

    async def _act(self) -> None:
        chance = self._random.random()
        if chance < 0.1:
            await self._pilot.resize_terminal(*self._random.choice(SIZES))
        elif chance < 0.25:
            self._panel.field.value = self._random.choice(FILTERS)
        elif chance < 0.35:
            self._panel.table.scroll_to(y=self._random.randint(0, AREAS), animate=False, force=True)
        else:
            await self._pilot.press(*self._random.choices(KEYS, k=self._random.randint(1, 4)))
        await self._pilot.pause()

    @property
    def _overview(self) -> OverviewScreen:
        found = self._app.screen
        assert isinstance(found, OverviewScreen), f"{found} is in front"
        return found

    @property
    def _panel(self) -> CouncilsPanel:
        return self._overview.councils

    @contextmanager
    def _kept(self) -> Iterator[None]:
        """See to it that cursor, scroll and filter are where they were, whatever comes."""
        panel, table = self._panel, self._panel.table
        before = (table.cursor, panel.filter, panel.sort, self._app.focused)
        top, at_line = table.scroll_offset.y, _line_of(table, table.cursor)
        anchor = table.cursor if at_line is not None else table.rows[top].id if 0 < top < len(table.rows) else None
        line = _line_of(table, anchor)
        yield
        after = (table.cursor, panel.filter, panel.sort, self._app.focused)
        assert after == before, f"{after} was {before}"
        place = next((n for n, row in enumerate(table.rows) if row.id == anchor), None)
        if place is None or line is None or not table.region.area:
            return
        last = max(0, len(table.rows) + HEAD - table.size.height)
        wanted = min(last, max(0, place - line))
        assert table.scroll_offset.y == wanted, f"{anchor} left its line: {table.scroll_offset.y}, not {wanted}"

    def _compare(self) -> None:
        seats, changes, table = self._app.query_one(SeatsPanel), self._app.query_one(ChangesPanel), self._panel.table
        frame = self._app.frame()
        assert frame.election is not None
        if seats.region.area:
            drawn = [seats.painter.strip(each, seats.size.width) for each in seat_lines(frame, *seats.size)]
            self._same("seats", drawn, seats.content_region.x, seats.content_region.y)
        if changes.region.area:
            found = of_kind(items(frame.night, frame.election), changes.kind)
            layout = columns(changes.size.width - MARGIN, found)
            self._rows(changes, [line.width for line in layout], rows(found, layout, frame.zone, frame.begin), 0)
        if table.region.area:
            layout_of = plan(frame.election, table.size.width - MARGIN)
            fits = matcher(self._panel.filter, parties_named(frame.election), frame.watch)
            order = counted_order(frame.night, frame.election.id)
            shown = arranged(
                frame.election.areas, fits, self._panel.sort, order, turned=self._panel.turned, rest=layout_of.rest
            )
            look = Look(plan=layout_of, zone=frame.zone, begin=frame.begin, watch=frame.watch)
            made = [area_row(each, look) for each in shown]
            self._rows(table, [column.width for column in layout_of.columns], made, HEAD)
        self._whole()

    def _rows(self, table: LineTable, widths: list[int], made: list[Row], head: int) -> None:
        """Compare the rows in view, but for the mark of the cursor, and for the pill over the first and the last."""
        top, region = int(table.scroll_offset.y), table.content_region
        width = table.scrollable_content_region.width
        for y in range(head, table.size.height):
            pill = any(table._pills()) and y in {0, table.size.height - 1}
            place = top + y - head
            if pill or (not made and y == head + (table.size.height - head) // 2):
                continue
            drawn = self._row(table, widths, made[place]) if place < len(made) else table.painter.blank(width)
            self._same(table.id or "", [drawn.crop(MARGIN, width)], region.x + MARGIN, region.y + y)

    def _row(self, table: LineTable, widths: list[int], row: Row) -> Strip:
        palette = table.painter.palette
        state = table._state(row)
        over = {"cursor": palette.cursor, "away": palette.cursor_away, "lit": palette.glow}.get(state)
        cells: list[Line] = [*row.cells]
        keys = [column.right for column in table.columns]
        parts = [table.painter.strip((), MARGIN, over)]
        for width, cell, right in zip(widths, cells, keys, strict=True):
            parts += [table.painter.strip(cell, width, over, right), table.painter.strip((), 1, over)]
        drawn = Strip.join(parts)
        left = table.size.width - drawn.cell_length
        return Strip.join([drawn, table.painter.strip((), max(0, left), over)]).crop(0, table.size.width)

    def _same(self, where: str, drawn: list[Strip], x: int, y: int) -> None:
        """Compare lines with the terminal, cell by cell: what stands there, its colours, whether it is bold."""
        for number, strip in enumerate(drawn):
            line = self._app.terminal.buffer[y + number]
            for at_cell, (text, style) in enumerate(_cells(strip)):
                cell = line[x + at_cell]
                found, wanted = (cell.data, cell.fg, cell.bg, cell.bold), (text, *_look(style))
                if text == " ":  # the colour of what is not there cannot be seen
                    found, wanted = (cell.data, "", cell.bg, False), (text, "", wanted[2], False)
                assert found == wanted, f"{where}, line {number}, cell {at_cell}: {found} is not {wanted}"
                self.cells += 1

    def _whole(self) -> None:
        """Compare the text of the terminal with what all the widgets would draw now."""
        for y, found, wanted in self._lines():
            assert found == wanted, f"line {y} of the terminal: {found!r} is not {wanted!r}"
            self.cells += len(found)

    def _lines(self) -> Iterator[tuple[int, str, str]]:
        """Yield each line's number, what stands on it, and what all the widgets would draw there now."""
        for y, strip in enumerate(self._app.screen._compositor.render_strips()):
            text = "".join(self._app.terminal.buffer[y][x].data for x in range(self._app.size.width))
            yield y, text, strip.text


def _line_of(table: LineTable, row: str | None) -> int | None:
    """Return the line of the view that a row stands on; None where it is out of view."""
    place = next((n for n, each in enumerate(table.rows) if each.id == row), None)
    line = None if place is None else place - int(table.scroll_offset.y)
    return line if line is not None and 0 <= line < table.body_height else None


def _cells(strip: Strip) -> Iterator[tuple[str, Style]]:
    for segment in strip:
        for char in segment.text:
            yield char, segment.style or Style()


def _look(style: Style) -> tuple[str, str, bool]:
    """Return colour, ground and boldness as a terminal has them."""
    front, back = (
        colour.get_truecolor().hex.removeprefix("#") if colour is not None and not colour.is_default else "default"
        for colour in (style.color, style.bgcolor)
    )
    return front, back, bool(style.bold)


async def _compared(random: Random, rounds: int) -> int:
    player = FakePlayer(night())
    with mock.patch.dict(os.environ, TERMINAL):  # whatever terminal the trial itself is run from
        app = Written(player)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        comparison = Comparison(random, pilot, app, player)
        await comparison.begin()
        for _ in range(rounds):
            await comparison.round()
        return comparison.cells


def compared(random: Random, rounds: int) -> int:
    """Compare so many times; return the number of cells. Raises AssertionError for the first one that is wrong."""
    return asyncio.run(_compared(random, rounds))


def once(random: Random, number: int) -> float:
    """Run one repetition; return how many cells were compared."""
    cells = compared(random, A_RUN)
    say(f"  {A_RUN} comparisons, {cells:,} cells, all as the state has them")
    return cells


if __name__ == "__main__":
    sys.exit(run("compared", "the screen is the state, cell by cell", once, 1_000 // A_RUN, unit="cells"))
