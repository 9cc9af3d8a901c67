"""The status lines at the top, and the banners under them."""

from textual.strip import Strip
from textual.widget import Widget

from dashboard.panels.boundary import bounded
from dashboard.panels.paint import Painter, redraw
from dashboard.view.frame import Frame
from dashboard.view.pieces import Line, line
from dashboard.view.status import banners, progress_line, third_line, title_line


@bounded("show", "on_resize")
class StatusPanel(Widget):
    """What night, how far, how the clock runs; a third line where the screen has room for it."""

    def __init__(self, own_id: str) -> None:
        super().__init__(id=own_id)
        self.painter = Painter(self)
        self._frame: Frame | None = None
        self._lines: list[Line] = []

    def show(self, frame: Frame) -> None:
        """Show the frame's state; draws only where a line has changed."""
        self._frame = frame
        self._rebuild()

    def on_resize(self) -> None:
        """Make the most of the new width."""
        self._rebuild()

    def _rebuild(self) -> None:
        frame, width = self._frame, self.size.width
        if frame is None or not width:
            return
        lines = [make(frame, width) for make in (title_line, progress_line, third_line)]
        before, self._lines = self._lines, lines
        redraw(self, before, lines)

    def render_line(self, y: int) -> Strip:
        """Return one of the lines."""
        if y < len(self._lines):
            return self.painter.strip(self._lines[y], self.painter.size.width)
        return self.painter.blank(self.painter.size.width)


@bounded("show")
class Banners(Widget):
    """One loud line for each thing that cannot be missed; no lines where there is none."""

    def __init__(self, id: str) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.painter = Painter(self)
        self._lines: list[Line] = []

    def show(self, frame: Frame) -> None:
        """Show the frame's banners; the layout changes only when their number does."""
        lines = [
            line((f" ▌ {word} ▐ ", f"chip:{tone}"), (f" {text}", f"chip:{tone}")) for word, text, tone in banners(frame)
        ]
        if lines == self._lines:
            return
        height = len(lines)
        if height != len(self._lines):
            self.styles.height = height
            self.display = bool(height)
        self._lines = lines
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return one banner, its ground over the whole width."""
        if y >= len(self._lines):
            return self.painter.blank(self.painter.size.width)
        ground = self.painter.palette.style(self._lines[y][0][1])
        return self.painter.strip(self._lines[y], self.painter.size.width, ground)
