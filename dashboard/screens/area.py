"""One area, live: its figures, bars, wards and votes, what was said there, and the files behind it."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from dashboard.actions import of
from dashboard.count.night import Area, Election
from dashboard.panels.page import Heading, Page
from dashboard.panels.status import Banners
from dashboard.screens.following import Watched
from dashboard.screens.watching import WatchingScreen
from dashboard.view.area import area_sections, area_title
from dashboard.view.lines import Row, Section, flattened, sentence

BREAKPOINTS: Final = [(0, "-one"), (150, "-two")]
"""From how many cells on the page has a second column."""


class AreaScreen(WatchingScreen):
    """One area of one election; it follows the night through `show`."""

    DEFAULT_CSS = """
    AreaScreen { background: $background; }
    AreaScreen #beside { display: none; border-left: solid $panel; }
    AreaScreen.-two #beside { display: block; width: 2fr; }
    AreaScreen.-two #main { width: 3fr; }
    """
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "back", "back", key_display="esc"),
        *(Binding(a.keys, a.action, a.label, id=a.id) for a in of("area")),
    ]

    def __init__(self, player: Watched, election_id: str, area_id: str) -> None:
        super().__init__(player)
        self._election_id = election_id
        self._area_id = area_id
        self._opened: frozenset[str] = frozenset()

    @property
    def election_id(self) -> str:
        """The id of the election that the area belongs to."""
        return self._election_id

    @property
    def area_id(self) -> str:
        """The id of the area that is shown."""
        return self._area_id

    def compose(self) -> ComposeResult:
        """Lay out the heading, the page, the page beside it, and the footer."""
        yield Heading("heading")
        yield Banners(id="banners")
        with Horizontal():
            yield Page("main")
            yield Page("beside")
        yield self.keys("audit", "next-area", "previous-area", "open-all", "watch", "export")

    def on_mount(self) -> None:
        """Give the keys to the page."""
        self.query_one("#main", Page).focus()

    def title_row(self) -> Row:
        """Return where one is: the election, the area, and the ward under the cursor; how far the result is."""
        election, area = self._found()
        if election is None or area is None:
            return sentence(("Nothing has been reported here yet", "title"))
        stop = self.query_one("#main", Page).stop
        return area_title(area, election, next((ward.name for ward in area.wards if ward.name == stop), None))

    def draw(self) -> None:
        """Show the area as it stands."""
        self.query_one("#main", Page).fill(self._main)
        self.query_one("#beside", Page).fill(self._beside)

    def _found(self) -> tuple[Election | None, Area | None]:
        election = self.shown.election(self._election_id)
        return election, election.area(self._area_id) if election else None

    def _sections(self, width: int) -> list[Section]:
        election, area = self._found()
        if election is None or area is None:
            return []
        zone = self.player.zone
        return area_sections(self.shown, election, area, zone=zone, width=width, opened=self._opened)

    def _main(self, width: int) -> Sequence[Row]:
        two = self.has_class("-two")
        return flattened((s for s in self._sections(width) if not (two and s.side)), width)

    def _beside(self, width: int) -> Sequence[Row]:
        if not self.has_class("-two"):
            return ()
        return flattened((s for s in self._sections(width) if s.side), width)

    @on(Page.Pointed)
    def _say_where(self) -> None:
        self._tick()

    @on(Page.Chosen)
    def _toggle(self, event: Page.Chosen) -> None:
        self._opened ^= {event.place}
        self.draw()
        self._tick()

    def action_all_wards(self) -> None:
        """Open every ward; close them again where all are open."""
        _, area = self._found()
        names = frozenset(ward.name for ward in area.wards) if area else frozenset()
        self._opened = frozenset() if names <= self._opened else names
        self.draw()

    def action_other(self, by: int) -> None:
        """Go to the next or the previous area in the night's order, round and round."""
        election = self.shown.election(self._election_id)
        if election is None or not election.areas:
            return
        ids = [area.id for area in election.areas]
        at = ids.index(self._area_id) + by if self._area_id in ids else 0
        self._area_id = ids[at % len(ids)]
        self._opened = frozenset()
        for page in self.query(Page):
            page.to_top()
        self.show(self.shown)
