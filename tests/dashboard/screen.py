"""What a running app shows, as text."""

from typing import Any

from textual.app import App

from dashboard.panels.line_table import LineTable


def screen_lines(app: App[Any]) -> list[str]:
    """Return the rows of the screen as they would be on the terminal."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


def screen_text(app: App[int]) -> str:
    return "\n".join(screen_lines(app))


def table_lines(table: LineTable) -> list[str]:
    """Return what a table draws, from its head down."""
    return [table.render_line(y).text.rstrip() for y in range(table.size.height)]
