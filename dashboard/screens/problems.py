"""What is wrong, odd or changed in the night: files with line and reason, conflicts, corrections."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dashboard.panels.page import Heading, Page
from dashboard.panels.status import Banners
from dashboard.screens.watching import WatchingScreen
from dashboard.view.lines import Row, flattened
from dashboard.view.problems import problem_sections, problems_title


class ProblemsScreen(WatchingScreen):
    """All troubles of the night; it follows the night through `show`."""

    DEFAULT_CSS = "ProblemsScreen { background: $background; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,c", "back", "back", key_display="esc")]

    def compose(self) -> ComposeResult:
        """Lay out the heading with the counts, the page, and the footer."""
        yield Heading("heading")
        yield Banners(id="banners")
        yield Page("main")
        yield self.keys("export")

    def on_mount(self) -> None:
        """Give the keys to the page."""
        self.query_one(Page).focus()

    def title_row(self) -> Row:
        """Return how many there are of each kind of trouble."""
        return problems_title(self.shown)

    def draw(self) -> None:
        """Show the problems as they stand."""
        self.query_one(Page).fill(self._rows)

    def _rows(self, width: int) -> Sequence[Row]:
        return flattened(problem_sections(self.shown, self.player.zone, width), width)
