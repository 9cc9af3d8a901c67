"""The clocks of a night: the wall clock, and a replay clock that runs at any speed, stops and goes back."""

import math
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Says how far the night is: an aware UTC time."""

    def now(self) -> datetime:
        """Return the night's present moment."""
        ...


class WallClock:
    """The time of the machine."""

    def now(self) -> datetime:
        """Return the machine's time in UTC."""
        return datetime.now(UTC)


class ReplayClock:
    """A clock that runs from `begin` to `end`, `speed` seconds of the night to a second of `ticks`.

    It starts at `begin`, running. `ticks` counts real seconds from any point and never goes back. Raises ValueError
    for times without a zone and for an end before the begin.
    """

    def __init__(
        self, begin: datetime, end: datetime, speed: float = 1.0, ticks: Callable[[], float] = time.monotonic
    ) -> None:
        self.begin = _aware(begin)
        self.end = _aware(end)
        if self.end < self.begin:
            raise ValueError("a night cannot end before it begins")
        self._ticks = ticks
        self._speed = _positive(speed)
        self._at = self.begin
        self._since = ticks()
        self._paused = False

    def now(self) -> datetime:
        """Return the position in the night, in UTC, never before `begin` nor after `end`."""
        if self._paused:
            return self._at
        if self._speed == math.inf:
            return self.end
        left = (self.end - self._at).total_seconds()
        passed = (self._ticks() - self._since) * self._speed
        return self.end if passed >= left else self._at + timedelta(seconds=passed)

    @property
    def speed(self) -> float:
        """Seconds of the night to a real second: any positive number, `math.inf` for the end at once."""
        return self._speed

    @speed.setter
    def speed(self, speed: float) -> None:
        fast = _positive(speed)
        self._settle(self.now())
        self._speed = fast

    @property
    def paused(self) -> bool:
        """Whether the clock stands still."""
        return self._paused

    def pause(self) -> None:
        """Stand still here."""
        self._settle(self.now())
        self._paused = True

    def resume(self) -> None:
        """Run on from here."""
        self._settle(self.now())
        self._paused = False

    def seek(self, at: datetime) -> None:
        """Go to a time of the night (the nearest that there is); a paused clock stays paused."""
        self._settle(min(max(_aware(at), self.begin), self.end))

    def _settle(self, at: datetime) -> None:
        self._at = at
        self._since = self._ticks()


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    return at.astimezone(UTC)


def _positive(speed: float) -> float:
    if not speed > 0:
        raise ValueError(f"the speed is {speed:g}, a positive number was expected")
    return speed
