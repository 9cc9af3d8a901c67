"""All that was said, with a filter."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from dashboard.panels.page import Heading, Page
from dashboard.panels.status import Banners
from dashboard.screens.following import Watched
from dashboard.screens.watching import WatchingScreen
from dashboard.view.lines import Row
from dashboard.view.quotes import said_rows, said_title
from feeds.text import clean


class QuotesScreen(WatchingScreen):
    """The quotes of the night, newest first; it follows the night through `show`."""

    DEFAULT_CSS = """
    QuotesScreen { background: $background; }
    QuotesScreen #said { display: none; dock: bottom; height: 1; border: none; padding: 0 1; margin-bottom: 1;
                         background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "clear", "back", key_display="esc"),
        Binding("q,Q", "back", "back", show=False),
        Binding("slash", "filter", "filter", key_display="/"),
    ]

    def __init__(self, player: Watched) -> None:
        super().__init__(player)
        self._filter = ""

    def compose(self) -> ComposeResult:
        """Lay out the heading, the page, the field for the filter, and the footer."""
        yield Heading("heading")
        yield Banners(id="banners")
        yield Page("main")
        yield Input(placeholder="a word of the quote, a speaker, a party, an area …  ! inverts", id="said")
        yield self.keys("filter", "export")

    def on_mount(self) -> None:
        """Give the keys to the page."""
        self.query_one(Page).focus()

    def title_row(self) -> Row:
        """Return how many quotes there are."""
        return said_title(self.shown, self._filter)

    def draw(self) -> None:
        """Show what has been said up to now."""
        self.query_one(Page).fill(self._rows)

    def _rows(self, width: int) -> Sequence[Row]:
        return said_rows(self.shown, self._filter, self.player.zone, width)

    def action_filter(self) -> None:
        """Open the field for the filter."""
        field = self.query_one("#said", Input)
        field.display = True
        field.focus()

    def action_clear(self) -> None:
        """Clear the filter; without one go back."""
        field = self.query_one("#said", Input)
        if not (self._filter or field.display):
            self.action_back()
            return
        field.value = ""
        self._close()

    def _close(self) -> None:
        self.query_one("#said", Input).display = False
        self.query_one(Page).focus()

    @on(Input.Changed, "#said")
    def filter_while_typing(self, event: Input.Changed) -> None:
        """Filter at every letter."""
        event.stop()
        self._filter = clean(event.value, 100).strip()
        self.show(self.shown)
        self.query_one(Page).to_top()

    @on(Input.Submitted, "#said")
    def go_to_page(self, event: Input.Submitted) -> None:
        """Go on reading; the filter stays."""
        event.stop()
        self._close()
