"""Long work in a thread stands aside while somebody waits for an answer of another.

Only one thread of a program runs Python at a time. One that reads files for seconds would make each of the many short
steps of an answer wait for its turn.
"""

import time
from collections.abc import Callable

GiveWay = Callable[[], object]
"""Called between two steps of long work; returns when that may go on."""


def at_once() -> None:
    """Give way to nobody."""


def nobody(_seconds: float) -> None:
    """Ask nobody to give way."""


class Courtesy:
    """`ticks` are seconds, `sleep` waits for so many."""

    def __init__(
        self, ticks: Callable[[], float] = time.monotonic, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        self._ticks = ticks
        self._sleep = sleep
        self._until = ticks()

    def ask(self, seconds: float) -> None:
        """Have the others stand aside for so many seconds from now."""
        self._until = max(self._until, self._ticks() + seconds)

    def give(self) -> None:
        """Wait as long as anybody has asked for."""
        while (left := self._until - self._ticks()) > 0:
            self._sleep(left)
