"""Help, made from the table of actions."""

from collections.abc import Iterable, Mapping
from typing import ClassVar, Final

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from dashboard.actions import MOVING, TABLE, Action
from dashboard.panels.boundary import steady
from dashboard.panels.changes import ChangesPanel
from dashboard.panels.picture import PicturePanel
from dashboard.panels.seats import SeatsPanel
from dashboard.panels.ticker import Ticker
from dashboard.screens.once import GoesOnce
from dashboard.screens.overview import OverviewScreen
from dashboard.view.about import PAGES, PICTURES, About

TITLES: Final = {"Look": "Look around", "Time": "Time, live and replay alike", "More": "More", "Area": "In one area"}

NO_REASONS: Final[Mapping[str, str]] = {}

MARKS: Final = (
    ("–", "not known, or not declared: never 0"),
    ("≈ 02:00", "expected at that time by the publisher; not a declaration"),
    ("time unknown", "declared, and no source says when"),
    ("arrived …", "arrived, file, reported: what a time rests on where it is not the declaration's own"),
    ("⚠", "figures that do not agree, or whose file is gone"),
    ("★", "on the watch list: the night's, or your own"),
    ("░ ▕", "in a bar of seats: where the party stood by the change beside it"),
    ("✦", "declared a moment ago"),
)
"""What the marks in the panels mean."""


def about_of(screen: Screen[object]) -> About | None:
    """Return what there is to say of the panel or page in front; None where it has nothing of its own."""
    if not isinstance(screen, OverviewScreen):
        return PAGES.get(type(screen).__name__.removesuffix("Screen").lower())
    focused = screen.focused
    if isinstance(focused, PicturePanel):
        return PICTURES.get(focused.key or "")
    kinds = ((SeatsPanel, "seats"), (ChangesPanel, "changes"), (Ticker, "quotes"))
    return PAGES[next((name for kind, name in kinds if isinstance(focused, kind)), "areas")]


def help_page(
    table: tuple[Action, ...] = TABLE, reasons: Mapping[str, str] = NO_REASONS, about: About | None = None
) -> Table:
    """Return the page: what is in front, every key with what it does, by groups, the keys of a table, and the marks.

    `reasons` are those why an action can do nothing now.
    """
    page = Table.grid(padding=(0, 2))
    page.add_column(no_wrap=True)
    page.add_column(ratio=1)
    if about is not None:
        _add(page, about.title, [("", about.text)])
    for group, title in TITLES.items():
        _add(page, title, ((a.shown, _words(a, reasons)) for a in table if a.group == group))
    _add(page, "In a table", MOVING)
    _add(page, "Marks", MARKS)
    return page


def _words(action: Action, reasons: Mapping[str, str]) -> str:
    why = reasons.get(action.action)
    return action.help if why is None else f"{action.help} (not now: {why[0].lower()}{why[1:].rstrip('.')})"


def _add(page: Table, title: str, entries: Iterable[tuple[str, str]]) -> None:
    if page.row_count:
        page.add_row("", "")
    page.add_row("", Text(title, "bold underline"))
    for key, words in entries:
        page.add_row(Text(key, "bold", justify="right"), Text(words))


@steady
class HelpScreen(GoesOnce, ModalScreen[None]):
    """The help over the screen it was asked from."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,question_mark,q", "dismiss", "close", show=False)]

    def __init__(
        self, table: tuple[Action, ...] = TABLE, reasons: Mapping[str, str] = NO_REASONS, about: About | None = None
    ) -> None:
        super().__init__()
        self._about = about
        self._table = table
        self._reasons = reasons

    def compose(self) -> ComposeResult:
        """Yield the page."""
        page = VerticalScroll(Static(help_page(self._table, self._reasons, self._about)), id="help")
        page.border_title = "Keys"
        page.border_subtitle = "esc closes"
        yield page
