"""The pace of a replay: dull stretches left out, a stop at what one waits for, and round again at the end.

It looks at a clock of real seconds, never at how often it was asked.
"""

import math
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from dashboard.player import Player
from dashboard.view.sentences import happening_sentence
from dashboard.view.words import clock_words, span_words

REST: Final = 5.0
"""Real seconds that the end of a night stands before it begins again."""

LEAST_SKIP: Final = 1.0
"""Real seconds below which nothing is gained by leaving them out."""


class Pace:
    """Watches over a player in a replay.

    `idle` are the real seconds that a stretch without a result or a quote lasts at most; `loop` begins again at
    `start` (UTC) at the end of the night. `ticks` are real seconds.
    """

    def __init__(
        self,
        player: Player,
        *,
        idle: float | None = None,
        loop: bool = False,
        start: datetime | None = None,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._player = player
        self._idle = idle
        self._loop = loop
        self._start = start
        self._ticks = ticks
        self._since = ticks()
        self._seen: tuple[object, ...] = ()
        self._ended: float | None = None
        self.skipped: tuple[tuple[datetime, datetime], ...] = ()

    def beat(self) -> str | None:
        """Do what is due now; return what has to be said about it. To be called before the player's `tick`."""
        player = self._player
        if player.live:
            return None
        stopped, player.stopped_by = player.stopped_by, None
        if stopped is not None:
            return f"Paused: {happening_sentence(stopped, player.zone)}"
        if self._loop:
            self._go_round()
        return None if self._idle is None else self._shorten(self._idle)

    def _go_round(self) -> None:
        player = self._player
        if player.paused or not player.finished or player.as_at < player.end:
            self._ended = None
        elif self._ended is None:
            self._ended = self._ticks()
        elif self._ticks() - self._ended >= REST:
            self._ended = None
            self.skipped = ()
            player.seek(self._start or player.begin)

    def _shorten(self, idle: float) -> str | None:
        """Leave out the rest of a dull stretch that has lasted long enough to be one."""
        player, now = self._player, self._ticks()
        coming = player.next_told() or player.end
        seen = (coming, player.paused, player.speed, player.jumps)
        if seen != self._seen:
            self._seen, self._since = seen, now
        at = player.as_at
        left = (coming - at).total_seconds() / player.speed
        if player.paused or math.isinf(player.speed) or now - self._since < idle or left < LEAST_SKIP:
            return None
        self.skipped = (*self.skipped, (at, coming))
        player.skip(coming)
        length = span_words(timedelta(seconds=(coming - at).total_seconds()))
        return f"Nothing came for another {length}: on at {clock_words(coming, player.zone)}."
