"""The ticker: one line that moves, its position a function of the time alone, or pages that are turned."""

from collections.abc import Callable
from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from dashboard.config import Speed
from dashboard.panels.boundary import bounded
from dashboard.panels.paint import Painter
from dashboard.view.frame import Frame
from dashboard.view.pieces import Line, width_of
from dashboard.view.ticker import joined, ticker_lines

CELLS_A_SECOND: Final[dict[str, int]] = {"still": 0, "slow": 4, "normal": 8, "fast": 16}

LOOKS: Final = 8
"""Looks a second at whether the page has to be turned."""

HOLD: Final = 8.0
"""Seconds that each line stands where nothing may move."""


@bounded("show", "on_resize")
class Ticker(Widget, can_focus=True):
    """Quotes, or the newest declarations, going round. `ticks` returns seconds, from any start.

    It stands while the pointer is over it or it has the focus. `still` turns the page instead of moving.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "all", "all quotes", show=False)]

    class Wanted(Message):
        """Somebody wants to read all that was said."""

    def __init__(self, own_id: str, ticks: Callable[[], float], speed: Speed = "normal") -> None:
        super().__init__(id=own_id)
        self.painter = Painter(self)
        self._ticks = ticks
        self._cells = CELLS_A_SECOND[speed]
        self._start = ticks()
        self._held_at: float | None = None
        self._readers: set[str] = set()
        self._items: list[Line] = []
        self._length = 0
        self._band: Strip | None = None
        self._drawn: tuple[int, str] | None = None

    def on_mount(self) -> None:
        """Start moving."""
        self.set_interval(1 / (self._cells or LOOKS), self._advance)

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
        """Whether the line moves: there is more than fits, and nobody wants it still."""
        return self._cells > 0 and self._length > self.size.width and self.app.animation_level != "none"

    def _hold(self) -> None:
        """Stand where somebody reads, and go on from there when nobody does."""
        if self._readers and self._held_at is None:
            self._held_at = self._ticks()
        elif not self._readers and self._held_at is not None:
            self._start += self._ticks() - self._held_at
            self._held_at = None
        self.refresh()

    def on_enter(self, event: events.Enter) -> None:
        """Stand under the pointer."""
        self._readers.add("pointer")
        self._hold()

    def on_leave(self, event: events.Leave) -> None:
        """Go on once the pointer has left."""
        self._readers.discard("pointer")
        self._hold()

    def on_focus(self) -> None:
        """Stand while the keys belong to it."""
        self._readers.add("focus")
        self._hold()

    def on_blur(self) -> None:
        """Go on once they do not."""
        self._readers.discard("focus")
        self._hold()

    def on_click(self) -> None:
        """Show all that was said."""
        self.action_all()

    def action_all(self) -> None:
        """Ask for all that was said."""
        self.post_message(self.Wanted())

    def _place(self) -> int:
        elapsed = (self._ticks() if self._held_at is None else self._held_at) - self._start
        if self.moves:
            return int(elapsed * self._cells) % self._length
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
