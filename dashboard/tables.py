"""The writers of figures on standard output: tables for people, CSV and Markdown for other programs.

Nothing from a feed is ever read as markup: cells are plain text, and what a spreadsheet or a Markdown reader
would act upon is defused.
"""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, TextIO
from zoneinfo import ZoneInfo

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dashboard.count.night import FileEntry, Night
from dashboard.view.check import Check, check, check_grids
from dashboard.view.document import ElectionRow, Tally
from dashboard.view.grids import Cell, ColumnKind, Grid, banners, election_grids, headline, title_words
from dashboard.view.problems import files_sentence
from dashboard.view.tally import named, tally
from dashboard.view.words import UNKNOWN, grouped, signed
from feeds.text import inert

PIPE_WIDTH: Final = 1_000
"""Columns of a table that goes into a pipe or a file: lines are not wrapped there."""

_SPECIAL: Final = "\\`*_[]<>|#~!&$"
_FORMULA: Final = frozenset("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula, full-width forms included."""


def print_tally(
    night: Night, as_at: datetime, out: TextIO, *, areas: bool = False, election: str | None = None
) -> None:
    """Print the figures as tables, under lines that say what they are.

    Raises ValueError where the night has no election of that name.
    """
    zone = ZoneInfo(night.settings.zone)
    elections = named(night, election)
    console = _console(out)
    _say(console, [title_words(night)], "bold")
    _say(console, banners(night), "bold reverse")
    if not elections:
        _say(console, ["No results yet."])
    for each in elections:
        _say(console, ["", *headline(each, as_at, zone)])
        for grid in election_grids(each, zone, areas=areas):
            _print(console, grid)


def print_check(night: Night, entries: Iterable[FileEntry], as_at: datetime, out: TextIO) -> Check:
    """Print what became of every file as tables; return the check that they show."""
    report = check(night, entries, as_at)
    console = _console(out)
    _say(console, [title_words(night)], "bold")
    _say(console, banners(night), "bold reverse")
    for grid in check_grids(report, night):
        _print(console, grid)
    _say(console, [files_sentence(night.files)])
    return report


def print_grid(grid: Grid, out: TextIO) -> None:
    """Print one grid as a table."""
    _print(_console(out), grid)


class _Console(Console):
    """A console that lets the command decide what a closed pipe means."""

    def on_broken_pipe(self) -> None:
        """Say so to the command."""
        raise BrokenPipeError


def _console(out: TextIO) -> Console:
    width = None if out.isatty() else PIPE_WIDTH
    return _Console(file=out, width=width, markup=False, highlight=False, emoji=False)


def _say(console: Console, lines: Iterable[str], style: str = "") -> None:
    for line in lines:
        console.print(Text(inert(line), style=style), soft_wrap=True)


def _print(console: Console, grid: Grid) -> None:
    table = Table(title=Text(inert(grid.title), style="bold"), title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    table.show_header = len(grid.columns) > 1
    for heading, kind in grid.columns:
        if kind == "text":
            table.add_column(Text(inert(heading)), overflow="fold")
        else:
            table.add_column(Text(inert(heading)), justify="right", no_wrap=True)
    for row in grid.rows:
        table.add_row(*(Text(text) for text in _shown(grid, row)))
    if console.is_terminal:
        console.print(table)
        return
    with console.capture() as capture:
        console.print(table)
    _say(console, (line.rstrip() for line in capture.get().splitlines()))


def _shown(grid: Grid, row: tuple[Cell, ...]) -> list[str]:
    return [_cell(cell, kind) for cell, (_, kind) in zip(row, grid.columns, strict=True)]


def _cell(cell: Cell, kind: ColumnKind) -> str:
    if isinstance(cell, str):
        return inert(cell)
    if cell is None and kind == "text":
        return UNKNOWN
    return signed(cell) if kind == "change" else grouped(cell)


def write_markdown(
    night: Night, as_at: datetime, out: TextIO, *, areas: bool = False, election: str | None = None
) -> None:
    """Write the figures as Markdown: a heading, the lines that say what they are, and tables.

    Raises ValueError where the night has no election of that name.
    """
    zone = ZoneInfo(night.settings.zone)
    elections = named(night, election)
    out.write(f"# {_literal(title_words(night))}\n\n")
    out.writelines(f"**{_literal(banner)}**\n\n" for banner in banners(night))
    for each in elections:
        out.write("\\\n".join(_literal(line) for line in headline(each, as_at, zone)) + "\n\n")
        for grid in election_grids(each, zone, areas=areas):
            _write_markdown(grid, out)


def _write_markdown(grid: Grid, out: TextIO) -> None:
    rules = ["---" if kind == "text" else "--:" for _, kind in grid.columns]
    out.write(f"## {_literal(grid.title)}\n\n")
    out.writelines(
        f"| {' | '.join(cells)} |\n" for cells in ([_literal(heading) for heading, _ in grid.columns], rules)
    )
    out.writelines(f"| {' | '.join(_literal(text) for text in _defused_row(grid, row))} |\n" for row in grid.rows)
    out.write("\n")


def _defused_row(grid: Grid, row: tuple[Cell, ...]) -> list[str]:
    """Return a row as shown; its words are defused, since tables are pasted into spreadsheets, its numbers are not."""
    return [
        str(_defused(text)) if kind == "text" else text
        for text, (_, kind) in zip(_shown(grid, row), grid.columns, strict=True)
    ]


def _literal(text: str) -> str:
    return "".join(f"\\{char}" if char in _SPECIAL else char for char in inert(text))


def write_csv(night: Night, as_at: datetime, out: TextIO, *, areas: bool = False, election: str | None = None) -> None:
    """Write the figures as one CSV table: a row a party, or with `areas` a row an area and party.

    Numbers are plain, what is not known is empty; as at when, how much has declared, status and baseline
    are in every row. Raises ValueError where the night has no election of that name.
    """
    figures = tally(night, as_at, areas=areas, election=election)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*_COMMON, *(_AREA_COLUMNS if areas else _PARTY_COLUMNS)])
    for each in figures.elections:
        common = _common(figures, each)
        for row in _area_rows(each) if areas else _party_rows(each):
            writer.writerow([_defused(cell) for cell in (*common, *row)])


_COMMON: Final = ("election", "as_at", "declared", "expected", "status", "baseline", "test", "rehearsal")
_PARTY_COLUMNS: Final = ("party", "name", "seats", "change", "change_areas", "areas", "areas_change")
_AREA_FACTS: Final = ("area", "code", "kind", "stage", "revision", "total", "up", "undeclared", "deferred")
_AREA_SEATS: Final = ("party", "elected", "composition", "change")
_AREA_OUTCOME: Final = ("control", "previous", "outcome", "certain", "declared_at", "basis")
_AREA_COLUMNS: Final = (*_AREA_FACTS, *_AREA_SEATS, *_AREA_OUTCOME)


def _common(figures: Tally, election: ElectionRow) -> list[object]:
    return [
        election.name,
        figures.as_at,
        election.areas.declared,
        election.areas.expected,
        election.status,
        election.baseline,
        "yes" if figures.night.test else "no",
        "yes" if figures.night.rehearsal else "no",
    ]


def _party_rows(election: ElectionRow) -> Iterable[Sequence[object]]:
    return ([getattr(row, column) for column in _PARTY_COLUMNS] for row in election.parties)


def _area_rows(election: ElectionRow) -> Iterable[Sequence[object]]:
    for area in election.area_results or ():
        figures = (area.elected or {}, area.composition or {}, area.change or {})
        facts = [getattr(area, column) for column in _AREA_FACTS]
        outcome = [getattr(area, column) for column in _AREA_OUTCOME]
        for code in dict.fromkeys(code for seats in figures for code in seats):
            yield [*facts, code, *(seats.get(code) for seats in figures), *outcome]
        if not any(figures):
            yield [*facts, None, None, None, None, *outcome]


def _defused(cell: object) -> object:
    """Return a cell that no spreadsheet computes: a text that would be a formula gets an apostrophe before it."""
    if not isinstance(cell, str):
        return cell
    begins = cell[:1] in _FORMULA or cell.lstrip()[:1] in _FORMULA
    return f"'{inert(cell)}" if begins and cell else inert(cell)
