"""Two nights side by side, at the same time since polls closed; keys for time move both."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import ClassVar, Final

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Footer

from dashboard.panels.page import Heading, Page
from dashboard.theme import THEMES
from dashboard.view.compare import Comparison
from dashboard.view.compare_grids import comparison_grids, comparison_lines, since_words
from dashboard.view.grids import Cell, Grid
from dashboard.view.lines import Column, Row, Section, flattened, paragraph, sentence, table
from dashboard.view.words import UNKNOWN, grouped, signed

Look = Callable[[timedelta], Comparison]
"""Returns the comparison at a time since polls closed."""

SEATS: Final = (("seats A", "text"), ("seats B", "text"))
WITH_SEATS: Final = 96
"""Cells from which there is room for the seats on both sides."""

MINUTE: Final = timedelta(minutes=1)


def sections(comparison: Comparison, width: int) -> list[Section]:
    """Return a comparison as sections of styled lines, at most `width` cells wide."""
    head = [row for line in comparison_lines(comparison) for row in paragraph(line, width)]
    return [Section("", tuple(head)), *(_section(grid, width) for grid in comparison_grids(comparison))]


def _section(grid: Grid, width: int) -> Section:
    shown = [n for n, column in enumerate(grid.columns) if width >= WITH_SEATS or column not in SEATS]
    kinds = [grid.columns[n][1] for n in shown]
    columns = [
        Column(grid.columns[n][0], right=k != "text", flexible=k == "text") for n, k in zip(shown, kinds, strict=True)
    ]
    body = [[_text(row[n], kind) for n, kind in zip(shown, kinds, strict=True)] for row in grid.rows]
    return Section(grid.title, tuple(table(columns, body, width)))


def _text(cell: Cell, kind: str) -> str:
    if isinstance(cell, str):
        return cell
    if cell is None:
        return UNKNOWN
    return signed(cell) if kind == "change" else grouped(cell)


class CompareScreen(Screen[None]):
    """The comparison at a time since polls closed, from `start`, never after `end`."""

    DEFAULT_CSS = "CompareScreen { background: $background; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "app.quit", "quit", key_display="q"),
        Binding(">", "minutes(1)", "a minute on, back", key_display="> <"),
        Binding("<", "minutes(-1)", "minute back", show=False),
        Binding("}", "minutes(10)", "ten", key_display="} {"),
        Binding("{", "minutes(-10)", "ten back", show=False),
        Binding("ctrl+home", "to(0)", "polls close", key_display="ctrl+home"),
        Binding("ctrl+end", "to(1)", "end", key_display="ctrl+end"),
    ]

    def __init__(self, look: Look, start: timedelta, end: timedelta) -> None:
        super().__init__()
        self._look = look
        self._end = end
        self._span = start
        self._shown = look(start)

    def compose(self) -> ComposeResult:
        """Lay out the heading, the page, and the footer."""
        yield Heading("heading")
        yield Page("main")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Show the comparison, and give the keys to the page."""
        self._draw()
        self.query_one(Page).focus()

    def action_minutes(self, by: int) -> None:
        """Move both nights by so many minutes."""
        self._go(self._span + by * MINUTE)

    def action_to(self, part: int) -> None:
        """Go to when polls closed, or to the end of the longer night."""
        self._go(self._end * part)

    def _go(self, span: timedelta) -> None:
        self._span = max(timedelta(0), min(self._end, span))
        self._shown = self._look(self._span)
        self._draw()

    def _draw(self) -> None:
        shown = self._shown
        title = sentence((f"COMPARE {shown.a.source} · {shown.b.source}", "title"))
        words = since_words(int(self._span.total_seconds()), shown.a.since, shown.b.since)
        words = words if self._span < self._end else "each at its end"
        since = sentence((words, "strong"))
        self.query_one(Heading).display_row(title, since)
        self.query_one(Page).fill(self._rows)

    def _rows(self, width: int) -> Sequence[Row]:
        return flattened(sections(self._shown, width), width)


class CompareApp(App[None]):
    """The program around the one screen."""

    def __init__(self, look: Look, start: timedelta, end: timedelta) -> None:
        super().__init__()
        self._screen_made = CompareScreen(look, start, end)

    def get_default_screen(self) -> Screen[None]:
        """Return the comparison."""
        return self._screen_made

    def on_mount(self) -> None:
        """Set the theme."""
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
