"""A screen that follows a night, as the program knows it: light, where the screens themselves are loaded with a key."""

from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable
from zoneinfo import ZoneInfo

import msgspec

from dashboard.count.night import Night
from feeds.state import FeedState


class Watched(Protocol):
    """What these screens read of a player; see `dashboard.player.Player`."""

    @property
    def night(self) -> Night:
        """The night at the player's position."""

    @property
    def zone(self) -> ZoneInfo:
        """The night's time zone."""

    @property
    def as_at(self) -> datetime:
        """The moment that is shown, UTC."""

    @property
    def begin(self) -> datetime:
        """The first moment of the night, UTC."""

    @property
    def end(self) -> datetime:
        """The last moment of the night, UTC."""

    @property
    def live(self) -> bool:
        """Whether the night is going on now."""

    @property
    def paused(self) -> bool:
        """Whether the clock or the picture is held."""

    @property
    def speed(self) -> float:
        """Seconds of the night in a second."""

    @property
    def delay(self) -> timedelta:
        """How late a live night is shown on purpose."""

    @property
    def behind(self) -> int:
        """Declarations counted behind the glass while live is paused."""


class Told(msgspec.Struct, frozen=True):
    """What is to be said of the feed and its recording on every screen; see `dashboard.view.frame.Frame`."""

    alarm: str | None = None
    feed: FeedState | None = None
    recording: str | None = None


@runtime_checkable
class Tells(Protocol):
    """An app that knows how the feed is."""

    def told(self) -> Told:
        """Return how the feed and its recording are now."""


class Follows:
    """What a screen is that follows the night beside the overview; see `dashboard.screens.watching`."""

    def show(self, night: Night) -> None:
        """Take a snapshot of the night."""
        raise NotImplementedError
