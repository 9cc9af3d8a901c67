"""A page of lines that scrolls, with stops on it that Enter opens and closes, and a heading above it."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from dashboard.panels.boundary import bounded
from dashboard.panels.paint import Painter
from dashboard.view.lines import Row
from dashboard.view.pieces import Line, between

Maker = Callable[[int], Sequence[Row]]
"""Makes the rows for a width in cells."""

MARGIN: Final = 1
"""Empty cells at the left and right of a page's lines."""


def _nothing(_width: int) -> Sequence[Row]:
    return ()


@bounded("display_row")
class Heading(Widget):
    """The line above a page, which stays where it is: what the page is about, and at the right the time."""

    DEFAULT_CSS = "Heading { height: 1; background: $panel; color: $foreground; }"

    def __init__(self, own_id: str) -> None:
        super().__init__(id=own_id)
        self.painter = Painter(self)
        self._rows = (Row(), Row())

    @property
    def pieces(self) -> Line:
        """What the page is about, as it stands there."""
        return self._rows[0].pieces

    @property
    def title_text(self) -> str:
        """What the page is about, in a word: its title, else what stands first."""
        words = [(text.strip(), style) for text, style in self._rows[0].pieces if text.strip()]
        return next((text for text, style in words if style == "title"), words[0][0] if words else "")

    def display_row(self, left: Row, right: Row) -> None:
        """Show a line with a part at each end, drawing only if it is another one."""
        if (left, right) != self._rows:
            self._rows = (left, right)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        left, right = self._rows
        width = self.painter.size.width
        return self.painter.strip(between(((" ", ""), *left.pieces), (*right.pieces, (" ", "")), width), width)


@bounded("fill", "on_resize")
class Page(ScrollView, can_focus=True):
    """Lines from a maker, asked again when the width changes; up and down take the next stop in sight.

    A new set of lines keeps the scroll and the stop under the cursor.
    """

    DEFAULT_CSS = """
    Page {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        scrollbar-color: $primary 45%;
        scrollbar-color-hover: $primary;
        scrollbar-color-active: $accent;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
        background: $background;
        color: $foreground;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "open", show=False),
        Binding("up", "previous", "up", show=False),
        Binding("down", "next", "down", show=False),
    ]

    class Chosen(Message):
        """Somebody wants a stop opened or closed."""

        def __init__(self, place: str) -> None:
            super().__init__()
            self.place: Final = place

    class Pointed(Message):
        """The cursor has come to another stop."""

    def __init__(self, own_id: str) -> None:
        super().__init__(id=own_id)
        self.painter = Painter(self)
        self._maker: Maker = _nothing
        self._rows: Sequence[Row] = ()
        self._stop: str | None = None

    @property
    def rows(self) -> Sequence[Row]:
        """The lines as they stand."""
        return self._rows

    @property
    def stop(self) -> str | None:
        """The stop under the cursor; None where there is none."""
        return self._stop

    def fill(self, maker: Maker) -> None:
        """Show what the maker makes, now and whenever the width changes."""
        self._maker = maker
        self._make()

    def to_top(self) -> None:
        """Go back to the first line, with no stop under the cursor."""
        self._stop = None
        self.scroll_home(animate=False)
        self.refresh()

    def _make(self) -> None:
        width = self.scrollable_content_region.width
        if width <= 2 * MARGIN:
            return
        self._rows = self._maker(width - 2 * MARGIN)
        if all(row.stop != self._stop for row in self._rows):
            self._stop = None
        size = Size(width, len(self._rows))
        if size != self.virtual_size:
            self.virtual_size = size
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Make the lines anew for the new width."""
        self._make()

    def render_line(self, y: int) -> Strip:
        """Draw one line of what is in sight."""
        width = self.painter.size.width
        number = y + self.scroll_offset.y
        if number >= len(self._rows):
            return self.painter.blank(width)
        row = self._rows[number]
        chosen = row.stop is not None and row.stop == self._stop
        over = self.painter.palette.cursor if chosen else None
        return self.painter.strip(((" " * MARGIN, ""), *row.pieces), width, over)

    def _stops(self) -> list[tuple[int, str]]:
        return [(i, row.stop) for i, row in enumerate(self._rows) if row.stop is not None]

    def _in_sight(self, line: int) -> bool:
        top = self.scroll_offset.y
        return top <= line < top + self.size.height

    def action_next(self) -> None:
        """Go to the next stop where it is in sight, else a line down."""
        self._move(1)

    def action_previous(self) -> None:
        """Go to the stop before where it is in sight, else a line up."""
        self._move(-1)

    def _move(self, by: int) -> None:
        stops = self._stops()
        at = next((line for line, stop in stops if stop == self._stop), None)
        if at is None or not self._in_sight(at):
            at = self.scroll_offset.y - 1 if by > 0 else self.scroll_offset.y + self.size.height
        ahead = [(line, stop) for line, stop in stops[::by] if (line - at) * by > 0]
        if ahead and self._in_sight(ahead[0][0]):
            self._stop = ahead[0][1]
            self.post_message(self.Pointed())
            self.refresh()
        else:
            self.scroll_relative(y=by, animate=False)

    def action_choose(self) -> None:
        """Ask for the stop under the cursor to be opened or closed; without a cursor, the first in sight."""
        if self._stop is None:
            self._stop = next((stop for line, stop in self._stops() if self._in_sight(line)), None)
        if self._stop is not None:
            self.post_message(self.Chosen(self._stop))

    def on_click(self, event: events.Click) -> None:
        """Choose the stop that was clicked."""
        line = event.y + self.scroll_offset.y
        if line < len(self._rows) and (stop := self._rows[line].stop) is not None:
            self._stop = stop
            self.post_message(self.Chosen(stop))
