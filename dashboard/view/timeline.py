"""The time bar of a replay as data: where we are, what has changed hands so far, what is left hidden."""

from datetime import datetime, timedelta

from dashboard.view.frame import Frame
from dashboard.view.lines import Piece
from dashboard.view.pieces import Line, line, party_mark
from dashboard.view.words import clock_words


def cell_of(at: datetime, begin: datetime, end: datetime, width: int) -> int:
    """Return the cell in which a time lies on a bar of `width` cells."""
    span = (end - begin).total_seconds()
    share = (at - begin).total_seconds() / span if span > 0 else 1.0
    return max(0, min(width - 1, int(share * (width - 1) + 0.5)))


def time_of(cell: int, begin: datetime, end: datetime, width: int) -> datetime:
    """Return the time at a cell of a bar of `width` cells."""
    return begin + (end - begin) * (max(0, min(width - 1, cell)) / max(1, width - 1))


def bar_start(frame: Frame) -> int:
    """Return how many cells stand before the bar."""
    return len(f" {clock_words(frame.begin, frame.zone)} ")


def bar_width(frame: Frame, width: int) -> int:
    """Return how many cells the bar itself has."""
    return max(1, width - bar_start(frame) - len(f" {clock_words(frame.end, frame.zone)} "))


def time_line(frame: Frame, width: int) -> Line:
    """Return the bar, `width` cells wide: control changes so far by their party's glyph, the rest of the night dim."""
    size = bar_width(frame, width)
    here = cell_of(frame.as_at, frame.begin, frame.end, size)
    marks: dict[int, Piece] = {}
    election = frame.election
    for change in election.changes if election else ():
        at = change.declared.at
        if at is not None and change.declared.basis != "unknown" and frame.begin <= at <= frame.as_at:
            marks[cell_of(at, frame.begin, frame.end, size)] = party_mark(change.control)
    track = [marks.get(cell, ("━", "accent") if cell < here else ("┄", "faint")) for cell in range(size)]
    track[here] = ("◉", "strong")
    begin, end = clock_words(frame.begin, frame.zone), clock_words(frame.end, frame.zone)
    return line((f" {begin} ", "quiet"), *_merged(track), (f" {end} ", "quiet"))


def _merged(track: list[Piece]) -> list[Piece]:
    out: list[Piece] = []
    for text, style in track:
        if out and out[-1][1] == style:
            out[-1] = (out[-1][0] + text, style)
        else:
            out.append((text, style))
    return out


def minutes(count: int) -> timedelta:
    """Return so many minutes as a time span."""
    return timedelta(minutes=count)
