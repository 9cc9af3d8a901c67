"""The ticker: one line that moves, its position a function of the time alone."""

from collections.abc import Callable
from typing import Final

from textual.strip import Strip
from textual.widget import Widget

from dashboard.panels.boundary import bounded
from dashboard.panels.paint import Painter
from dashboard.view.frame import Frame
from dashboard.view.pieces import Line, width_of
from dashboard.view.ticker import joined, ticker_lines

CELLS_A_SECOND: Final = 8
HOLD: Final = 8.0
"""Seconds that each line stands where nothing may move."""


@bounded("show", "on_resize")
class Ticker(Widget):
    """Quotes, or the newest declarations, going round. `ticks` returns seconds, from any start."""

    def __init__(self, own_id: str, ticks: Callable[[], float]) -> None:
        super().__init__(id=own_id)
        self.painter = Painter(self)
        self._ticks = ticks
        self._start = ticks()
        self._items: list[Line] = []
        self._length = 0
        self._band: Strip | None = None
        self._drawn: tuple[int, str] | None = None

    def on_mount(self) -> None:
        """Start moving."""
        self.set_interval(1 / CELLS_A_SECOND, self._advance)

    def show(self, frame: Frame) -> None:
        """Take the frame's lines; the ones that go round keep their place while they are the same."""
        items = ticker_lines(frame)
        if items != self._items:
            self._items = items
            self._length = width_of(joined(items))
            self._forget()

    def notify_style_update(self) -> None:
        """Forget what was painted in the old theme."""
        self._band = None
        super().notify_style_update()

    def on_resize(self) -> None:
        """Paint for the new width."""
        self._forget()

    def _forget(self) -> None:
        self._band = None
        self.refresh()

    @property
    def moves(self) -> bool:
        """Whether the line moves: there is more than fits, and animations are on."""
        return self._length > self.size.width and self.app.animation_level != "none"

    def _place(self) -> int:
        elapsed = self._ticks() - self._start
        if self.moves:
            return int(elapsed * CELLS_A_SECOND) % self._length
        return int(elapsed / HOLD) % max(1, len(self._items))

    def _advance(self) -> None:
        if self._items and (self._place(), self.app.theme) != self._drawn:
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return what is in view now."""
        width = self.size.width
        if y or not self._items:
            return self.painter.blank(width)
        place = self._place()
        self._drawn = (place, self.app.theme)
        if not self.moves:
            whole = joined(self._items) if self._length <= width else self._items[place]
            return self.painter.strip(((" ", ""), *whole), width)
        if self._band is None:
            once = self.painter.strip(joined(self._items), self._length)
            self._band = Strip.join([once] * (2 + width // self._length))
        return self._band.crop(place, place + width)
