"""The ticker: one line that moves, its position a function of the time alone, or pages that are turned."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from dashboard.config import Speed
from dashboard.panels.boundary import bounded
from dashboard.panels.composing import PromptScreen
from dashboard.panels.paint import Painter
from dashboard.view.frame import Frame
from dashboard.view.pieces import Line, width_of
from dashboard.view.ticker import Item, Kept, joined, pages, ticker_items, woven

CELLS_A_SECOND: Final[dict[Speed, int]] = {"still": 0, "slow": 4, "normal": 8, "fast": 16}

LOOKS: Final = 1
"""Looks a second at whether the page has to be turned, where nothing may move."""

HOLD: Final = 8.0
"""Seconds that each page stands where nothing may move."""


@bounded("show", "on_resize")
class Ticker(Widget, can_focus=True):
    """Quotes, or the newest declarations, going round. `ticks` returns seconds, from any start.

    It stands while the pointer is over it or it has the focus. `still` turns the page instead of moving. What is new
    comes next, after what is in view, and nothing in view jumps for it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "all", "all quotes", show=False),
        Binding("right", "turn(1)", "next", show=False),
        Binding("left", "turn(-1)", "previous", show=False),
    ]

    class Wanted(Message):
        """Somebody wants to read all that was said."""

    def __init__(self, own_id: str, ticks: Callable[[], float], speed: Speed = "normal") -> None:
        super().__init__(id=own_id)
        self.painter = Painter(self)
        self._ticks = ticks
        self._speed: Speed = speed
        self._timer: Timer | None = None
        self._start = ticks()
        self._held_at: float | None = None
        self._readers: set[str] = set()
        self._items: list[Item] = []
        self._made: Kept = {}
        self._made_for: tuple[ZoneInfo, datetime] | None = None
        self._cut: list[tuple[int, Line]] | None = None
        self._length = 0
        self._band: Strip | None = None
        self._drawn: tuple[int, str] | None = None

    def on_mount(self) -> None:
        """Start moving."""
        self._wind()

    def _wind(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        moving = CELLS_A_SECOND[self._speed] if self.app.animation_level != "none" else 0
        self._timer = self.set_interval(1 / (moving or LOOKS), self._advance)

    @property
    def speed(self) -> Speed:
        """How fast it moves."""
        return self._speed

    def next_speed(self) -> Speed:
        """Take the next speed, round and round, from where it is now, and return it."""
        names = list(CELLS_A_SECOND)
        first, into = self._where()
        self._speed = names[(names.index(self._speed) + 1) % len(names)]
        self._take([*self._items[first:], *self._items[:first]], into)
        self._wind()
        return self._speed

    def show(self, frame: Frame, quiet: bool = False) -> None:
        """Take the frame's lines; what is in view stays where it is as long as it stands.

        After a jump in time (`quiet`) to where something else is newest, the newest comes first.
        """
        first, into = self._where()
        going = [*self._items[first:], *self._items[:first]]
        visible = self._visible(going, into)
        if self._made_for != (frame.zone, frame.begin):
            self._made_for = (frame.zone, frame.begin)
            self._made.clear()
        now = ticker_items(frame, {item.key for item in going[:visible]}, self._made)
        jumped = quiet and bool(now) and all(item.key != now[0].key for item in going)
        found = woven(going, now, visible) if going and not jumped and not self._fits(now) else now
        if found != going:
            stays = bool(going and found and not jumped and going[0].key == found[0].key)
            unseen = stays and self.moves and visible < len(going) and found[:visible] == going[:visible]
            self._take(found, into if stays else 0, is_seen=not unseen)

    def _fits(self, items: list[Item]) -> bool:
        return width_of(joined([item.line for item in items])) <= self.size.width

    def _take(self, items: list[Item], into: float, is_seen: bool = True) -> None:
        """Let these go round, the first one having gone by for `into` cells, or stood for so many seconds.

        Where what is in view stays as it is (not `is_seen`), the next step is soon enough to paint the others.
        """
        self._items = items
        self._length = width_of(self._whole())
        self._cut = None
        cells = CELLS_A_SECOND[self._speed]
        self._start = self._now() - (into / cells if self.moves else into)
        self._band = None
        if is_seen:
            self.refresh()

    def notify_style_update(self) -> None:
        """Forget what was painted in the old theme."""
        self._band = None
        super().notify_style_update()

    def on_resize(self) -> None:
        """Paint for the new width."""
        self._cut = None
        self._forget()

    def _forget(self) -> None:
        self._band = None
        self.refresh()

    @property
    def moves(self) -> bool:
        """Whether the line moves: there is more than fits, and nobody wants it still."""
        wanted = CELLS_A_SECOND[self._speed] > 0 and self.app.animation_level != "none"
        return wanted and self._length > self.size.width

    @property
    def _pages(self) -> list[tuple[int, Line]]:
        """The pages for the present width; made only where they are turned."""
        if self._cut is None:
            self._cut = pages(self._items, self.size.width - 2)
        return self._cut

    # Where it is

    def _now(self) -> float:
        return self._ticks() if self._held_at is None else self._held_at

    def _place(self) -> int:
        """Return the cell of the whole line that is the first in view, or the number of the page."""
        elapsed = self._now() - self._start
        if self.moves:
            return int(elapsed * CELLS_A_SECOND[self._speed]) % self._length
        return int(elapsed / HOLD) % max(1, len(self._pages))

    def _where(self) -> tuple[int, float]:
        """Return the first item in view, and how many cells of it have gone by, or seconds it has stood."""
        if not self._items:
            return 0, 0
        place = self._place()
        if not self.moves:
            first = self._pages[place][0] if self._pages else 0
            before = sum(1 for number, _ in self._pages[:place] if number == first)
            return first, before * HOLD + (self._now() - self._start) % HOLD
        for number, item in enumerate(self._items):
            width = width_of(joined([item.line]))
            if place < width:
                return number, place
            place -= width
        return 0, 0

    def _visible(self, going: list[Item], into: float) -> int:
        """Return how many items are in view, the first of them by what is left of it."""
        if not self.moves:
            return 1
        left = self.size.width + into
        for number, item in enumerate(going):
            if left <= 0:
                return number
            left -= width_of(joined([item.line]))
        return len(going)

    def action_turn(self, by: int) -> None:
        """Bring the next item, or the one before, to the front."""
        if self._items:
            first = (self._where()[0] + by) % len(self._items)
            self._take([*self._items[first:], *self._items[:first]], 0)

    # Who reads

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

    # Drawing

    def _advance(self) -> None:
        if self._items and (self._place(), self.app.theme) != self._drawn:
            part, screen = Region(0, 0, self.size.width, 1), self.screen
            if isinstance(screen, PromptScreen):
                screen.paint_part(self, part)
            else:
                self.refresh(part)

    def render_line(self, y: int) -> Strip:
        """Return what is in view now."""
        width = self.painter.size.width
        if y or not self._items:
            return self.painter.blank(width)
        place = self._place()
        self._drawn = (place, self.app.theme)
        if not self.moves:
            shown = self._whole() if self._length <= width else self._pages[place][1]
            return self.painter.strip(((" ", ""), *shown), width)
        if self._band is None:
            once = self.painter.strip(self._whole(), self._length)
            self._band = Strip.join([once] * (2 + width // self._length))
        return self._band.crop(place, place + width)

    def _whole(self) -> Line:
        return joined([item.line for item in self._items])
