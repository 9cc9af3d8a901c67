"""The time bar of a replay: the night from polls close to the last declaration; a click goes there."""

from datetime import datetime

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from dashboard.panels.paint import Painter
from dashboard.view.frame import Frame
from dashboard.view.pieces import Line
from dashboard.view.timeline import bar_start, bar_width, time_line, time_of


class TimeBar(Widget):
    """Where in the night we are; nothing in a live night, whose end nobody knows."""

    class Sought(Message):
        """A time was clicked; `at` is UTC."""

        def __init__(self, at: datetime) -> None:
            super().__init__()
            self.at = at

    def __init__(self, own_id: str) -> None:
        super().__init__(id=own_id)
        self.painter = Painter(self)
        self._frame: Frame | None = None
        self._line: Line = ()

    def show(self, frame: Frame) -> None:
        """Show the frame's moment; draws only where the line has changed."""
        if self.display != (not frame.live):
            self.display = not frame.live
        self._frame = frame
        self._rebuild()

    def on_resize(self) -> None:
        """Make the most of the new width."""
        self._rebuild()

    def _rebuild(self) -> None:
        frame = self._frame
        if frame is None or frame.live or not self.size.width:
            return
        drawn = time_line(frame, self.size.width)
        if drawn != self._line:
            self._line = drawn
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Ask to go to the time under the mouse."""
        frame = self._frame
        if frame is None:
            return
        cell = event.x - bar_start(frame)
        self.post_message(self.Sought(time_of(cell, frame.begin, frame.end, bar_width(frame, self.size.width))))

    def render_line(self, y: int) -> Strip:
        """Return the bar."""
        return self.painter.strip(self._line, self.size.width) if y == 0 else self.painter.blank(self.size.width)
