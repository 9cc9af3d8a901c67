"""The writers of figures on standard output: tables for people, CSV and Markdown for other programs.

Nothing from a feed is ever read as markup: cells are plain text, and what a spreadsheet or a Markdown reader
would act upon is defused.
"""

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Final, TextIO
from zoneinfo import ZoneInfo

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dashboard.count.night import FileEntry, Night
from dashboard.csv_tables import defused
from dashboard.spans import Span
from dashboard.svg import svg
from dashboard.view.check import Check, check, check_grids
from dashboard.view.grids import Cell, ColumnKind, Grid, banners, election_grids, headline, title_words
from dashboard.view.named import named
from dashboard.view.problems import files_sentence
from dashboard.view.words import UNKNOWN, grouped, signed
from feeds.parties import party, register
from feeds.text import inert

PIPE_WIDTH: Final = 1_000
"""Columns of a table that goes into a pipe or a file: lines are not wrapped there."""

_SPECIAL: Final = "\\`*_[]<>|#~!&$"


def print_tally(
    night: Night,
    as_at: datetime,
    out: TextIO,
    *,
    areas: bool = False,
    election: str | None = None,
    source: str | None = None,
    is_plain: bool = False,
) -> None:
    """Print the figures as tables, under lines that say what they are; `is_plain` never styles them.

    Raises ValueError where the night has no election of that name.
    """
    zone = ZoneInfo(night.settings.zone)
    elections = named(night, election)
    console = _console(out, is_plain)
    _say(console, [title_words(night)], "bold")
    _say(console, banners(night), "bold reverse")
    if not elections:
        _say(console, ["No results yet."])
    for each in elections:
        _say(console, ["", *headline(each, as_at, zone, source)])
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


def print_grid(grid: Grid, out: TextIO, is_plain: bool = False) -> None:
    """Print one grid as a table; `is_plain` never styles it."""
    _print(_console(out, is_plain), grid)


class _Console(Console):
    """A console that lets the command decide what a closed pipe means."""

    def on_broken_pipe(self) -> None:
        """Say so to the command."""
        raise BrokenPipeError


def _console(out: TextIO, is_plain: bool = False) -> Console:
    width = PIPE_WIDTH if is_plain or not out.isatty() else None
    styled = False if is_plain else None
    return _Console(file=out, width=width, markup=False, highlight=False, emoji=False, force_terminal=styled)


def _say(console: Console, lines: Iterable[str], style: str = "") -> None:
    for line in lines:
        console.print(Text(inert(line), style=style), soft_wrap=True)


def _print(console: Console, grid: Grid) -> None:
    table = Table(
        title=Text(inert(grid.title), style="bold", no_wrap=True, overflow="ignore"),
        title_justify="left",
        box=SIMPLE_HEAD,
        pad_edge=False,
    )
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
    console.file.writelines(f"{inert(line.rstrip())}\n" for line in capture.get().splitlines())


def _shown(grid: Grid, row: tuple[Cell, ...]) -> list[str]:
    return [_cell(cell, kind) for cell, (_, kind) in zip(row, grid.columns, strict=True)]


def _cell(cell: Cell, kind: ColumnKind) -> str:
    if isinstance(cell, str):
        return inert(cell)
    if cell is None and kind == "text":
        return UNKNOWN
    return signed(cell) if kind == "change" else grouped(cell)


def write_text(
    night: Night,
    as_at: datetime,
    out: TextIO,
    *,
    areas: bool = False,
    election: str | None = None,
    source: str | None = None,
) -> None:
    """Write the figures as plain text: the tables of `print_tally`, the same on a terminal and in a file.

    Raises ValueError where the night has no election of that name.
    """
    print_tally(night, as_at, out, areas=areas, election=election, source=source, is_plain=True)


def write_svg(
    night: Night,
    as_at: datetime,
    out: TextIO,
    *,
    areas: bool = False,
    election: str | None = None,
    source: str | None = None,
) -> None:
    """Write the figures as a picture in SVG: the tables of `print_tally`, each party's row in its colour.

    Raises ValueError where the night has no election of that name.
    """
    told = io.StringIO()
    write_text(night, as_at, told, areas=areas, election=election, source=source)
    lines = told.getvalue().splitlines()
    out.write(svg([spans(line, number) for number, line in enumerate(lines)], title_words(night)))


def spans(text: str, number: int) -> list[Span]:
    """Return a line of a table for a picture: the title is bold, a row that begins with a party has its colour."""
    code = next(iter(text.split()), "")
    if number == 0:
        return [Span(text, bold=True)]
    if code in register():
        return [Span(text, party(code).dark)]
    return [Span(text)]


def write_markdown(
    night: Night,
    as_at: datetime,
    out: TextIO,
    *,
    areas: bool = False,
    election: str | None = None,
    source: str | None = None,
) -> None:
    """Write the figures as Markdown: a heading, the lines that say what they are, and tables.

    Raises ValueError where the night has no election of that name.
    """
    zone = ZoneInfo(night.settings.zone)
    elections = named(night, election)
    out.write(f"# {literal(title_words(night))}\n\n")
    out.writelines(f"**{literal(banner)}**\n\n" for banner in banners(night))
    for each in elections:
        out.write("\\\n".join(literal(line) for line in headline(each, as_at, zone, source)) + "\n\n")
        for grid in election_grids(each, zone, areas=areas):
            markdown_grid(grid, out)


def markdown_grid(grid: Grid, out: TextIO) -> None:
    """Write one grid as a Markdown table under its title."""
    rules = ["---" if kind == "text" else "--:" for _, kind in grid.columns]
    out.write(f"## {literal(grid.title)}\n\n")
    out.writelines(f"| {' | '.join(cells)} |\n" for cells in ([literal(heading) for heading, _ in grid.columns], rules))
    out.writelines(f"| {' | '.join(literal(text) for text in _defused_row(grid, row))} |\n" for row in grid.rows)
    out.write("\n")


def _defused_row(grid: Grid, row: tuple[Cell, ...]) -> list[str]:
    """Return a row as shown; its words are defused, since tables are pasted into spreadsheets, its numbers are not."""
    return [
        str(defused(text)) if kind == "text" else text
        for text, (_, kind) in zip(_shown(grid, row), grid.columns, strict=True)
    ]


def literal(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return "".join(f"\\{char}" if char in _SPECIAL else char for char in inert(text))
