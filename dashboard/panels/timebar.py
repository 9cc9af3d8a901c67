"""The time bar: the night so far, live and replay alike; a click goes there, and a drag goes along."""

from datetime import datetime
from typing import Final

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from dashboard.count.night import Night
from dashboard.panels.boundary import bounded
from dashboard.panels.paint import Painter, redraw
from dashboard.view.frame import Frame
from dashboard.view.pieces import Line
from dashboard.view.timeline import Placed, Telling, Turns, at_cell, telling, time_lines

ROOM: Final = 32
"""Lines of the terminal from which a live night that simply goes on has a bar."""

PLENTY: Final = 48
"""Lines of the terminal from which the bar has two lines."""

NOTHING: Final = Telling((), ())


@bounded("show", "on_resize")
class TimeBar(Widget):
    """Where in the night we are, in as many lines as the terminal has room for.

    A short screen has no line to spare for it while a live night simply goes on.
    """

    class Sought(Message):
        """A time was clicked, or dragged to; `at` is UTC, `begun` whether the button was just pressed there."""

        def __init__(self, at: datetime, begun: bool) -> None:
            super().__init__()
            self.at = at
            self.begun = begun

        def can_replace(self, message: Message) -> bool:
            """Say that of a drag only the latest place counts."""
            return isinstance(message, TimeBar.Sought) and not message.begun and not self.begun

    def __init__(self, own_id: str) -> None:
        super().__init__(id=own_id)
        self.painter = Painter(self)
        self._frame: Frame | None = None
        self._lines: list[Line] = []
        self._rows = 1
        self._cell: int | None = None
        self._told: tuple[Night | None, str | None, Telling] = (None, None, NOTHING)
        self._ahead: tuple[Night | None, str | None, Telling] = (None, None, NOTHING)
        self._placed = Placed()
        self._turns = Turns()

    def show(self, frame: Frame) -> None:
        """Show the frame's moment; draws only where a line has changed."""
        lines = self.app.size.height
        wanted = lines >= ROOM or not frame.live or frame.paused
        if self.display != wanted:
            self.display = wanted
        if self._rows != (rows := 2 if lines >= PLENTY else 1):
            self._rows = self.styles.height = rows
        self._frame = frame
        self._rebuild()

    def on_resize(self) -> None:
        """Make the most of the new size."""
        self._rebuild()

    def _rebuild(self) -> None:
        frame = self._frame
        if frame is None or not self.display or not self.size.width:
            return
        if self._told[0] is not frame.night or self._told[1] != frame.election_id:
            self._told = (frame.night, frame.election_id, telling(frame.night, frame.election, self._turns))
        width, height = self.size
        lines = time_lines(frame, self._told[2], width, height, self._foretold(frame), kept=self._placed)
        before, self._lines = self._lines, lines
        redraw(self, before, lines)

    def _foretold(self, frame: Frame) -> Telling | None:
        ahead, election = frame.ahead, frame.election_id
        if ahead is None:
            return None
        if self._ahead[0] is not ahead or self._ahead[1] != election:
            self._ahead = (ahead, election, telling(ahead, ahead.election(election) if election else None))
        return self._ahead[2]

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Ask to go to the time under the mouse, and follow it while the button is held."""
        if self._frame is not None and event.button == 1:
            self.capture_mouse()
            self._cell = event.x
            self.post_message(self.Sought(at_cell(self._frame, event.x, self.size.width), begun=True))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Go along with a button that is held."""
        if self._frame is not None and self._cell is not None and event.x != self._cell:
            self._cell = event.x
            self.post_message(self.Sought(at_cell(self._frame, event.x, self.size.width), begun=False))

    def on_mouse_up(self) -> None:
        """Let go of the mouse."""
        self._cell = None
        self.release_mouse()

    def render_line(self, y: int) -> Strip:
        """Return one line of the bar."""
        if y < len(self._lines):
            return self.painter.strip(self._lines[y], self.size.width)
        return self.painter.blank(self.size.width)
