"""Times as whole numbers, for where thousands of them are kept."""

from datetime import UTC, datetime, timedelta
from typing import Final

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
TICK: Final = timedelta(microseconds=1)


def ticks(at: datetime) -> int:
    """Return an aware time as microseconds since 1970 (UTC)."""
    return (at - EPOCH) // TICK


def moment(number: int) -> datetime:
    """Return the time (UTC) of so many microseconds since 1970."""
    return EPOCH + number * TICK
