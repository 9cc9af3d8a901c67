"""The moments of the looks at a directory: each later than the one before, whatever the machine's clock does."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

_TICK = timedelta(microseconds=1)


class Moments:
    """Moments in UTC. `now` returns an aware time; `last` is the latest that was given or taken note of, if any."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.last: datetime | None = None
        self._now = now

    def real(self) -> datetime:
        """Return the machine's time."""
        return self._now().astimezone(UTC)

    def note(self, at: datetime) -> None:
        """Let the next moment be later than this one."""
        self.last = at if self.last is None else max(self.last, at)

    def next(self) -> datetime:
        """Return a moment later than all before: that of the machine's clock where it is."""
        now = self.real()
        if self.last is not None and now <= self.last:
            now = self.last + _TICK
        self.last = now
        return now

    def going_on(self, now: datetime) -> datetime:
        """Return the moment of a look that goes on: its own, a later one where another look came in between."""
        return now if now == self.last else self.next()
