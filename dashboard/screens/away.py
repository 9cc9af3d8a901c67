"""What happened while the reader was away, and when that was: asked for, or shown when somebody comes back."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar, Final, NamedTuple

from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType

from dashboard.count.night import Night
from dashboard.panels.page import Heading, Page
from dashboard.panels.status import Banners
from dashboard.screens.too_small import TooSmall
from dashboard.screens.watching import Watched, WatchingScreen
from dashboard.view.away import Away, away, away_rows, away_title
from dashboard.view.lines import Row

LOOKING: Final = 120.0
"""Seconds: keys that are no further apart belong to one look at the screen."""

LONG: Final = 3600.0
"""Seconds without a key after which the next one brings the summary by itself."""

REJOINED: Final = 300.0
"""Seconds without a sign of anybody after which another size of the terminal, or its focus, is a terminal that has come
back: `tmux`, `dtach` and others tell a program no more than that when somebody attaches again."""

STALL: Final = 60.0
"""Seconds without a heartbeat: the machine slept, the program was stopped, or the terminal was not there."""

STAYS: Final = 60.0
"""Seconds for which a summary that nobody asked for stays: a screen on a wall has nobody to put it away."""

SIGNS: Final = (
    events.Key,
    events.MouseDown,
    events.MouseScrollDown,
    events.MouseScrollUp,
    events.AppFocus,
    events.AppBlur,
)
"""What shows that somebody is there; while the window has lost the focus nobody is."""


class Look(NamedTuple):
    """What somebody saw: the night, its moment (UTC), and when that was, in seconds of the wall clock."""

    night: Night
    as_at: datetime
    seconds: float


class Attention:
    """When somebody last looked. `since` is the end of the look before this one, at first the start."""

    def __init__(self, first: Look) -> None:
        self.since = first
        self._last = first
        self._beat = first.seconds

    def touched(self, look: Look, long: float = LONG) -> bool:
        """Take note of a sign that somebody is there; return whether there was none for so long."""
        gap = look.seconds - self._last.seconds
        if gap >= LOOKING:
            self.since = self._last
        self._last = look
        return gap >= long

    def rejoined(self, look: Look) -> bool:
        """Take note that the terminal may have come back; return whether that is likely. Nobody need be there."""
        return look.seconds - self._last.seconds >= REJOINED and self.touched(look, REJOINED)

    def beat(self, seconds: float) -> bool:
        """Take note that the program runs; return whether it stood still, so that nobody can have looked."""
        stood, self._beat = seconds - self._beat >= STALL, seconds
        return stood

    def woken(self, look: Look) -> None:
        """Take note that somebody is back although no key says so."""
        self.since, self._last = self._last, look


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


class Returning:
    """Watches over a program's reader, and shows what was missed; `wall` are seconds that go on while it sleeps."""

    def __init__(self, app: "App[int]", player: Watched, wall: Callable[[], float] = time.time) -> None:
        self._app = app
        self._player = player
        self._wall = wall
        self._attention = Attention(self._look())

    def noticed(self, event: events.Event, election_id: str | None) -> None:
        """Take note of an event of the terminal; after a long time without any, show what was missed."""
        if event.is_forwarded or not isinstance(event, (*SIGNS, events.Resize)):
            return
        look = self._look()
        if isinstance(event, events.Resize):
            back = self._attention.rejoined(look)
        else:
            back = self._attention.touched(look, REJOINED if isinstance(event, events.AppFocus) else LONG)
        if back and not (isinstance(event, events.Key) and event.key in {"l", "q"}):
            self._app.call_later(self._by_itself, election_id)

    def beat(self, election_id: str | None) -> None:
        """Show what was missed while the program itself stood still."""
        if self._attention.beat(self._wall()):
            self._attention.woken(self._look())
            self._by_itself(election_id)

    def show(self, election_id: str | None, stays: float | None = None) -> None:
        """Show what has happened since the last look, unless that is on the screen already."""
        front = self._app.screen
        if not isinstance(front, AwayScreen | TooSmall):
            self._app.push_screen(AwayScreen(self._player, self._attention.since, election_id, stays))

    def _by_itself(self, election_id: str | None) -> None:
        told: Away = away(self._attention.since.night, self._player.night, election_id)
        if told.is_news:
            self.show(election_id, STAYS)

    def _look(self) -> Look:
        return Look(self._player.night, self._player.as_at, self._wall())
