"""What happened while the reader was away, and when that was: asked for, or shown when somebody comes back."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dashboard.panels.page import Heading, Page
from dashboard.panels.status import Banners
from dashboard.screens.following import Watched
from dashboard.screens.returning import Look
from dashboard.screens.watching import WatchingScreen
from dashboard.view.away import away, away_rows, away_title
from dashboard.view.lines import Row


class AwayScreen(WatchingScreen):
    """At most ten lines about what has happened since a look; it goes on as the night does."""

    DEFAULT_CSS = "AwayScreen { background: $background; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,l,enter", "back", "back", key_display="esc")]

    def __init__(self, player: Watched, since: Look, election_id: str | None, stays: float | None = None) -> None:
        super().__init__(player)
        self._since = since
        self._election_id = election_id
        self._stays = stays

    def compose(self) -> ComposeResult:
        """Lay out the heading, the page, and the footer."""
        yield Heading("heading")
        yield Banners(id="banners")
        yield Page("main")
        yield self.keys("export")

    def on_mount(self) -> None:
        """Give the keys to the page, and go away by itself where nobody asked."""
        self.query_one(Page).focus()
        if self._stays is not None:
            self.set_timer(self._stays, self._leave)

    def title_row(self) -> Row:
        """Return from when to when."""
        return away_title(self._since.as_at, self.player.as_at, self.player.zone)

    def draw(self) -> None:
        """Show what has happened up to now."""
        self.query_one(Page).fill(self._rows)

    def _rows(self, width: int) -> Sequence[Row]:
        return away_rows(away(self._since.night, self.shown, self._election_id), width)

    def _leave(self) -> None:
        if self.is_current:
            self.dismiss()
