"""The start screen: what there is to open, each with a small picture of its seats. Enter opens."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Footer
from textual.worker import get_current_worker

from dashboard.panels.page import Heading, Page
from dashboard.theme import THEMES
from dashboard.view.composition import Part
from dashboard.view.lines import Row, sentence
from dashboard.view.starting import Choice, start_rows

Picture = Callable[[str], Sequence[Part]]
"""Returns the seats of a night, a recording or a directory; none where it cannot be read. Takes its time."""


class StartApp(App[Choice]):
    """Shows the choices and ends with the one that was taken, None where none was."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "quit", "quit", key_display="q")]

    def __init__(self, choices: Sequence[Choice], picture: Picture) -> None:
        super().__init__()
        self._choices = tuple(choices)
        self._picture = picture
        self._parts: dict[str, Sequence[Part]] = {}

    def compose(self) -> ComposeResult:
        """Lay out the heading, the list, and the footer."""
        yield Heading("heading")
        yield Page("main")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Show the choices at once; the pictures follow as they are made."""
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        words = "↑ ↓ choose · ↵ opens" if self._choices else ""
        self.query_one(Heading).display_row(sentence(("ELECTION NIGHT", "title")), sentence((words, "quiet")))
        page = self.query_one(Page)
        page.fill(self._rows)
        page.focus()
        self._paint()

    def on_page_chosen(self, message: Page.Chosen) -> None:
        """End with what was chosen."""
        self.exit(next((choice for choice in self._choices if choice.key == message.place), None))

    @work(thread=True)
    def _paint(self) -> None:
        worker = get_current_worker()
        for pictured in dict.fromkeys(choice.pictured for choice in self._choices if choice.pictured is not None):
            parts = self._picture(pictured)
            if worker.is_cancelled:
                return
            self.call_from_thread(self._painted, pictured, parts)

    def _painted(self, pictured: str, parts: Sequence[Part]) -> None:
        self._parts[pictured] = parts
        self.query_one(Page).fill(self._rows)

    def _rows(self, width: int) -> Sequence[Row]:
        return start_rows(self._choices, self._parts, width)
