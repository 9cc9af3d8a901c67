"""How much is counted at a time, and who waits for whom: a key comes first, then the count, then the next picture."""

from collections.abc import Callable
from functools import partial
from typing import Final, Protocol

STEP: Final = 8
"""Events counted between two looks at the clock."""

SLICE: Final = 0.005
"""Seconds of counting in one go; a key waits no longer for it, and for a step more."""

ANSWER: Final = 0.025
"""Seconds after a key for which nothing is counted and no new picture is made: the answer takes most of them."""

SHARE: Final = 0.5
"""Of the time as much as this is kept free for keys, however many come: the count goes on under one that repeats."""


class Counts(Protocol):
    """What a heart reads of a player; see `dashboard.player.Player`."""

    @property
    def backlog(self) -> int:
        """Events that are due but not counted yet."""

    def tick(self, limit: int) -> bool:
        """Count up to so many events; return whether the night changed."""


class Beats(Protocol):
    """What a heart asks of a program."""

    def beat(self, gap: float) -> None:
        """Count, and show what is new, not before so many seconds after the last picture."""

    def set_timer(self, delay: float, callback: Callable[[], None]) -> object:
        """Call something after so many seconds."""


class Heart:
    """Lets a player count a little at a time. `ticks` are seconds.

    `hurry` asks whoever reads beside the screen to stand aside for so many seconds.
    """

    def __init__(
        self, app: Beats, player: Counts, ticks: Callable[[], float], hurry: Callable[[float], object]
    ) -> None:
        self._app = app
        self._player = player
        self._ticks = ticks
        self._hurry = hurry
        self._coming: set[float] = set()
        self._free = 2 * ANSWER
        self._asked = self._until = ticks()

    def touched(self) -> None:
        """Take note of a key."""
        now = self._ticks()
        self._free = min(2 * ANSWER, self._free + (now - self._asked) * SHARE)
        begin = max(self._until, now)
        self._asked, self._until = now, max(begin, now + min(ANSWER, self._free))
        self._free -= self._until - begin
        self._hurry(self._until - now)

    def answers(self) -> float:
        """Return for how many seconds more a key is being answered; 0 or less where none is."""
        return self._until - self._ticks()

    def count(self) -> bool:
        """Count what is due, a slice of it at most; return whether the night changed."""
        end, is_new = self._ticks() + SLICE, self._player.tick(STEP)
        while self._player.backlog and self._ticks() < end:
            is_new |= self._player.tick(STEP)
        return is_new

    def soon(self, seconds: float, gap: float) -> None:
        """Have another beat so soon; one for each length of time between two pictures."""
        if gap not in self._coming:
            self._coming.add(gap)
            self._app.set_timer(seconds, partial(self._again, gap))

    def _again(self, gap: float) -> None:
        self._coming.discard(gap)
        self._app.beat(gap)
