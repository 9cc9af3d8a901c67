"""The line or the figures that a reader has in front, as one line of inert text."""

from textual.screen import Screen

from dashboard.panels.line_table import LineTable
from dashboard.panels.page import Heading, Page
from dashboard.screens.overview import OverviewScreen
from dashboard.view.frame import Frame
from dashboard.view.grids import headline
from dashboard.view.pieces import Line, plain
from dashboard.view.rows import Column
from dashboard.view.tally import ordered
from dashboard.view.words import grouped, party_short, signed
from feeds.report import NOC
from feeds.text import inert


def selected(screen: Screen[object], frame: Frame) -> str | None:
    """Return the line under the cursor of a table or a page; else the figures of the parties; None for nothing."""
    if isinstance(screen, OverviewScreen):
        focused = screen.focused
        if isinstance(focused, LineTable) and focused.place is not None:
            return _joined(focused.columns, focused.rows[focused.place].cells)
        return _figures(frame)
    for page in screen.query(Page):
        chosen = next((row for row in page.rows if row.stop is not None and row.stop == page.stop), None)
        if chosen is not None:
            return inert(" ".join(chosen.text.split()))
    return next((inert(" ".join(plain(heading.pieces).split())) for heading in screen.query(Heading)), None)


def _joined(columns: tuple[Column, ...], cells: tuple[Line, ...]) -> str:
    """Return the cells of a row in a line, each figure after the head of its column."""
    words = []
    for column, cell in zip(columns, cells, strict=True):
        word = " ".join(plain(cell).split())
        if any(char.isalnum() for char in word):
            words.append(f"{column.title} {word}" if column.right and column.title else word)
    return inert("  ".join(words))


def _figures(frame: Frame) -> str | None:
    election = frame.election
    if election is None:
        return None
    parties = [row for row in ordered(election.parties) if row.party != NOC]
    figures = ", ".join(f"{party_short(row.party)} {grouped(row.seats)} ({signed(row.change)})" for row in parties)
    return inert("; ".join((figures, *headline(election, frame.as_at, frame.zone)[:2])))
