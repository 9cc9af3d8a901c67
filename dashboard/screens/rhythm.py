"""When the next picture is due: at once where little comes, rarely where much does."""

from collections import deque
from collections.abc import Callable
from typing import Final

BEAT: Final = 0.1
"""Seconds between two looks at the player."""

LIVE_BEAT: Final = 0.25
"""The same live, where every file that comes is a beat by itself, and only the clock goes on between."""

PICTURE: Final = BEAT * 0.9
"""Seconds from one picture to the next at least."""

AT_ONCE: Final = 0.02
FEW: Final = 3
"""So many files at once, or fewer, are shown without waiting for the next beat, so many seconds apart."""

MANY: Final = 60
"""More files than these within a second, or so many that wait, cannot be read one by one."""

MANY_APART: Final = 0.5
"""Seconds from one picture to the next while many come: what is counted in between is in the next one."""

LULL: Final = 0.15
"""Seconds without a file after which many were all that came: what is counted of them is shown at once."""


class Rhythm:
    """The rhythm of one screen; `ticks` are seconds."""

    def __init__(self, ticks: Callable[[], float]) -> None:
        self._ticks = ticks
        self._came: deque[tuple[float, int]] = deque()
        self._within = 0

    def came(self, files: int) -> float:
        """Take note that so many files came; return how many seconds from the last picture the next is due."""
        self._came.append((self._ticks(), files))
        self._within += files
        return AT_ONCE if files <= FEW else PICTURE

    def gap(self, wanted: float, backlog: int) -> float:
        """Return how many seconds from the last picture the next is due, with so many files left to count."""
        now = self._ticks()
        while self._came and now - self._came[0][0] > 1.0:
            self._within -= self._came.popleft()[1]
        if not backlog and self._came and now - self._came[-1][0] >= LULL:
            return min(wanted, AT_ONCE)
        return max(wanted, MANY_APART) if max(self._within, backlog) > MANY else wanted
