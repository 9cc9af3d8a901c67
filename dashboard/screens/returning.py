"""Whether somebody has come back to the screen, and since when; `dashboard.screens.away` shows what was missed."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

import msgspec
from textual import events
from textual.app import App

from dashboard.count.night import Night
from dashboard.screens.following import Watched
from dashboard.screens.too_small import TooSmall

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


class Look(msgspec.Struct, frozen=True):
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
        from dashboard.screens.away import AwayScreen  # noqa: PLC0415 (not needed for the first picture)

        front = self._app.screen
        if not isinstance(front, AwayScreen | TooSmall):
            self._app.push_screen(AwayScreen(self._player, self._attention.since, election_id, stays))

    def _by_itself(self, election_id: str | None) -> None:
        from dashboard.view.away import away  # noqa: PLC0415 (not needed for the first picture)

        told = away(self._attention.since.night, self._player.night, election_id)
        if told.is_news:
            self.show(election_id, STAYS)

    def _look(self) -> Look:
        return Look(self._player.night, self._player.as_at, self._wall())
