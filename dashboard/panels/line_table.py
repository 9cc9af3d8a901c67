"""A table drawn line by line that never loses the reader's place while its rows come, change and move.

The cursor stays on its row, wherever the row goes, and the row stays where it is on the screen. New rows outside
the view are counted on a pill at the edge. Only lines that changed are drawn again.
"""

from collections.abc import Sequence
from typing import ClassVar, Final

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from dashboard.panels.bar import SparingView
from dashboard.panels.boundary import bounded
from dashboard.panels.paint import Painter
from dashboard.view.among import span
from dashboard.view.lines import fit
from dashboard.view.pieces import Line, line
from dashboard.view.rows import Column, Row, news_in, same

HEAD: Final = 1
"""Lines of the head, which does not scroll."""

GLOW: Final = 4.0
"""Seconds that a new row is lit."""

MOST_LIT: Final = 12
"""More new rows than this at once are a jump in time, not news."""

FEW: Final = 0.7
"""The share of the lines in view up to which they are drawn one by one: the others cost bytes that tell nothing."""

MARGIN: Final = 2
"""Cells left of the first column, for the cursor's mark."""


@bounded()
class LineTable(SparingView, can_focus=True):
    """Rows under a fixed head; `show` gives it new ones, `Opened` tells which one was chosen.

    `sorted_by` is the key of the column whose head says that the rows are in its order.
    """

    DEFAULT_CSS = """
    LineTable {
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
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
    ]

    class Opened(Message):
        """A row was chosen, with the mouse or with Enter."""

        def __init__(self, area_id: str) -> None:
            super().__init__()
            self.area_id = area_id

    class Pointed(Message):
        """The cursor has come to another row; `area_id` is None where the row is about no area."""

        def __init__(self, area_id: str | None) -> None:
            super().__init__()
            self.area_id = area_id

    class HeadClicked(Message):
        """The head of a column was clicked; `key` is the column's."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, own_id: str, *, empty: str = "", head: bool = True) -> None:
        super().__init__(id=own_id)
        self.painter = Painter(self)
        self.empty = empty
        self.sorted_by = ""
        self.columns: tuple[Column, ...] = ()
        self.rows: list[Row] = []
        self.cursor: str | None = None
        self._head = HEAD if head else 0
        self._found: dict[str, int] | None = None
        self._lit: dict[str, int] = {}
        self._flashes = 0
        self._unseen: set[str] = set()
        self._strips: dict[str, tuple[Row, int, str, Strip]] = {}

    # What is shown

    def show(self, columns: tuple[Column, ...], rows: Sequence[Row], quiet: bool = False) -> None:
        """Show these rows instead; `quiet` says that nothing in them is news (a sort, a filter, a jump in time)."""
        old_rows, other = self.rows, span(self.rows, rows)
        same_columns = columns == self.columns
        if same_columns and old_rows and other.first == other.before == other.now:
            return
        come = rows[other.first : other.now]
        news = set() if quiet or not old_rows else news_in(come, old_rows[other.first : other.before])
        anchor, top = self._anchor(), int(self.scroll_offset.y)
        before = self._place(anchor)
        self.columns, self.rows, self._found = columns, list(rows), None
        self._unseen = {i for i in self._unseen if i in self._places}
        if not same_columns:
            self._strips.clear()
        self._extend(Size(self.size.width, len(self.rows) + self._head))
        if before is not None and (after := self._place(anchor)) is not None:
            self.scroll_to(y=top + after - before, animate=False, force=True)
        elif top > self.max_scroll_y:
            self.scroll_to(y=self.max_scroll_y, animate=False, force=True)
        if top or self.cursor is not None:
            self._unseen |= news
        else:  # right at the top, the newest pushing down the new is no news
            self._unseen |= {row.id for at, row in enumerate(come, other.first) if row.id in news and at >= len(news)}
        self._light(news)
        self._redraw(old_rows, same_columns)
        self._look()

    def _extend(self, size: Size) -> None:
        """Be so large within; only a scroll bar that comes or goes is a matter for the layout of the whole screen."""
        if (size.height > self.size.height) != self.show_vertical_scrollbar or size.width != self.virtual_size.width:
            self.virtual_size = size
        elif size != self.virtual_size:
            self.set_reactive(LineTable.virtual_size, size)
            if self.show_vertical_scrollbar:
                self.vertical_scrollbar.window_virtual_size = size.height

    @property
    def _places(self) -> dict[str, int]:
        """Where each row is: worked out when somebody asks, which few do."""
        if self._found is None:
            self._found = dict(zip([row.id for row in self.rows], range(len(self.rows)), strict=True))
        return self._found

    def _place(self, identity: str | None) -> int | None:
        if self._found is None and identity is not None:
            return next((place for place, row in enumerate(self.rows) if row.id == identity), None)
        return None if identity is None else self._places.get(identity)

    def _anchor(self) -> str | None:
        """Return the row that must stay where it is: the cursor's while in view, else the top one when scrolled."""
        top, place = int(self.scroll_offset.y), self.place
        if place is not None and top <= place < top + self.body_height:
            return self.cursor
        return self.rows[top].id if 0 < top < len(self.rows) else None

    def _light(self, news: set[str]) -> None:
        if not news or len(news) > MOST_LIT or self.app.animation_level == "none":
            return
        self._flashes += 1
        flash = self._flashes
        self._lit |= dict.fromkeys(news, flash)
        self.set_timer(GLOW, lambda: self._dim(flash))

    def _dim(self, flash: int) -> None:
        """Put out the rows that were lit then and not since: one that has news all the time is lit all the time."""
        for identity in [each for each, when in self._lit.items() if when == flash]:
            del self._lit[identity]
            if (place := self._place(identity)) is not None:
                self.refresh_line(place + self._head)

    def _redraw(self, old: list[Row], same_columns: bool) -> None:
        if not same_columns or len(old) != len(self.rows):
            self._refresh_rows()
            return
        top = int(self.scroll_offset.y)
        view = range(top, min(len(self.rows), top + self.body_height))
        changed = [place for place in view if not same(old[place], self.rows[place])]
        if len(changed) > FEW * len(view):
            self._refresh_rows()
            return
        for place in changed:
            self.refresh_line(place + self._head)

    def _refresh_rows(self) -> None:
        """Draw everything again but the frame and the scroll bar, which do so themselves."""
        self.refresh(Region(0, 0, self.scrollable_content_region.width, self.size.height))

    # The cursor

    @property
    def body_height(self) -> int:
        """Lines for rows, without the head."""
        return max(1, self.size.height - self._head)

    @property
    def place(self) -> int | None:
        """Where the cursor's row is now; None where it is on no row."""
        return self._place(self.cursor)

    def move_to(self, place: int) -> None:
        """Put the cursor on the row at a place, or on the nearest there is, and bring it into view."""
        if not self.rows:
            return
        place = max(0, min(len(self.rows) - 1, place))
        before = self.place
        self.cursor = self.rows[place].id
        if place != before:
            self.post_message(self.Pointed(self.rows[place].area_id))
        top = int(self.scroll_offset.y)
        if place < top:
            self.scroll_to(y=place, animate=False, force=True)
        elif place >= top + self.body_height:
            self.scroll_to(y=place - self.body_height + 1, animate=False, force=True)
        for changed in {before, place} - {None}:
            self.refresh_line((changed or 0) + self._head)
        self._look()

    def let_go(self) -> None:
        """Take the cursor away and go to the top, so that what is newest stays in sight."""
        self.cursor = None
        self._unseen.clear()
        self.scroll_to(y=0, animate=False, force=True)
        self.refresh()

    def action_move(self, by: int) -> None:
        """Move the cursor by so many rows; without one it starts at the edge of the view."""
        top = int(self.scroll_offset.y)
        self.move_to(self.place + by if self.place is not None else top if by > 0 else top + self.body_height - 1)

    def action_page(self, by: int) -> None:
        """Move the cursor by so many screenfuls."""
        start = self.place if self.place is not None else int(self.scroll_offset.y)
        self.move_to(start + by * max(1, self.body_height - 1))

    def action_first(self) -> None:
        """Put the cursor on the first row."""
        self.move_to(0)

    def action_last(self) -> None:
        """Put the cursor on the last row."""
        self.move_to(len(self.rows) - 1)

    def open_cursor(self) -> None:
        """Tell that the cursor's row was chosen; without a cursor, put it on the first row in view."""
        place = self.place
        if place is None:
            self.action_move(1)
            return
        area_id = self.rows[place].area_id
        if area_id is not None:
            self.post_message(self.Opened(area_id))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the clicked row, open it at the second click; a pill goes where it points."""
        at = event.get_content_offset(self)
        if at is None or not self.rows:
            return
        if self._on_pill(at.x, at.y):
            return
        place = at.y - self._head + int(self.scroll_offset.y)
        if at.y >= self._head and place < len(self.rows):
            self.move_to(place)
            if event.chain > 1:
                self.open_cursor()
        elif at.y < self._head and (key := self._column_at(at.x)) is not None:
            self.post_message(self.HeadClicked(key))

    def _column_at(self, x: int) -> str | None:
        """Return the key of the column over a cell; None where there is none."""
        left = MARGIN
        for column in self.columns:
            if left <= x <= left + column.width:
                return column.key
            left += column.width + 1
        return None

    # New rows outside the view

    def _look(self) -> None:
        """Count as seen what is in view."""
        if not self._unseen:
            return
        top = int(self.scroll_offset.y)
        bottom, places, before = top + self.body_height, self._places, self._pills()
        self._unseen = {i for i in self._unseen if not top <= places[i] < bottom}
        if before != self._pills():
            self.refresh()

    def _pills(self) -> tuple[int, int]:
        """Return how many unseen rows are above and below the view."""
        top = int(self.scroll_offset.y)
        bottom, places = top + self.body_height, self._places
        above = sum(1 for i in self._unseen if places[i] < top)
        below = sum(1 for i in self._unseen if places[i] >= bottom)
        return above, below

    def _on_pill(self, x: int, y: int) -> bool:
        above, below = self._pills()
        for count, text, at in ((above, "▲", 0), (below, "▼", self.size.height - 1)):
            if count and y == at and x >= self.size.width - len(_pill(text, count)):
                unseen = [self._places[i] for i in self._unseen]
                self.move_to(min(unseen) if text == "▲" else max(unseen))
                return True
        return False

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Draw the new view; what has come into it has been seen."""
        super().watch_scroll_y(old_value, new_value)
        self._look()

    # Drawing

    def notify_style_update(self) -> None:
        """Forget what was drawn in the old theme."""
        self._strips.clear()
        super().notify_style_update()

    def on_focus(self) -> None:
        """Show the cursor as the one that keys move."""
        self.refresh()

    def on_blur(self) -> None:
        """Show the cursor as left behind."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return one line of the view: the head, a row, or nothing, with a pill at the edge where there is news."""
        width, height = self.painter.size
        edge = y in {0, height - 1}
        above, below = self._pills() if self._unseen and edge else (0, 0)
        if y < self._head:
            head = self.painter.strip(self._heading(), width)
            return self._with_pill(head, _pill("▲", above), width) if above else head
        place = int(self.scroll_offset.y) + y - self._head
        if place < len(self.rows):
            strip = self._row_strip(self.rows[place], width)
        elif not self.rows and y == self._head + (height - self._head) // 2:
            strip = self.painter.strip(_centred(self.empty, width), width)
        else:
            strip = self.painter.blank(width)
        if above and y == 0:
            return self._with_pill(strip, _pill("▲", above), width)
        if below and y == height - 1:
            return self._with_pill(strip, _pill("▼", below), width)
        return strip

    def _with_pill(self, strip: Strip, text: str, width: int) -> Strip:
        pill = self.painter.strip(((text, "chip:accent"),), len(text))
        return Strip.join([strip.crop(0, width - len(text)), pill])

    def _heading(self) -> Line:
        out: list[tuple[str, str]] = [(" " * MARGIN, "")]
        for column in self.columns:
            style = "title" if column.key == self.sorted_by else "head"
            out += [(fit(column.title, column.width, column.right), style), (" ", "")]
        return line(*out)

    def _state(self, row: Row) -> str:
        if row.id == self.cursor:
            return "cursor" if self.has_focus else "away"
        return "lit" if row.id in self._lit else ""

    def _row_strip(self, row: Row, width: int) -> Strip:
        state = self._state(row)
        kept = self._strips.get(row.id)
        if kept is not None and kept[0] is row and kept[1:3] == (width, state):
            return kept[3]
        strip = self._draw(row, width, state)
        self._strips[row.id] = (row, width, state, strip)
        return strip

    def _draw(self, row: Row, width: int, state: str) -> Strip:
        palette = self.painter.palette
        over: dict[str, Style] = {"cursor": palette.cursor, "away": palette.cursor_away, "lit": palette.glow}
        mark = {"cursor": ("❯ ", "key"), "away": ("› ", "quiet"), "lit": ("✦ ", "key")}.get(state, ("  ", ""))
        under = over.get(state)
        parts: list[tuple[Line, int, bool]] = [((mark,), MARGIN, False)]
        for column, cell in zip(self.columns, row.cells, strict=True):
            parts += [(cell, column.width, column.right), ((), 1, False)]
        used = MARGIN + sum(column.width + 1 for column in self.columns)
        if used < width:
            parts.append(((), width - used, False))
        return self.painter.joined(parts, under).crop(0, width)


def _pill(arrow: str, count: int) -> str:
    return f" {arrow} +{count:,} new "


def _centred(text: str, width: int) -> Line:
    return line(text.center(width))
