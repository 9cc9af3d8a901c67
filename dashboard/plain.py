"""The night without a screen: one plain line for everything that happens, for logs and screen readers."""

import asyncio
from array import array
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Final, TextIO
from zoneinfo import ZoneInfo

from dashboard.count.night import Happening, Night
from dashboard.player import Player
from dashboard.view.feed import feed_lines
from dashboard.view.named import is_named
from dashboard.view.sentences import happening_sentence
from dashboard.view.times import polls_close
from feeds.arrival import Event
from feeds.health import Health
from feeds.text import inert

PACE: Final = 0.05
"""Seconds between two looks at the clock while nothing is due."""

CHANGING: Final = frozenset({"CLOCK"})
"""Words whose sentences hold a figure that runs: they are said once."""

Changes = Callable[[], AsyncIterator[list[Event]]]
Identity = tuple[object, ...]


def identity(happening: Happening) -> Identity:
    """Return what makes a happening the same one when the events before it are counted again."""
    area, ward, correction = happening.area, happening.ward, happening.correction
    said = happening.quote.text if happening.quote else happening.text
    changed = None if correction is None else (correction.what, correction.before, correction.after)
    place = (happening.election, area and area.id, ward and ward.name)
    return (happening.what, happening.at, happening.path, place, said, changed)


def _number(happening: Happening) -> int:
    """Return the identity as one number: a night may have a hundred thousand."""
    return hash(identity(happening))


class Lines:
    """Prints what has happened since the last look (at first: since now), each line flushed at once.

    With `election` (a name or an id), what belongs to another election is left out.
    """

    def __init__(self, out: TextIO, player: Player, election: str | None = None) -> None:
        self._out = out
        self._player = player
        self._election = election
        self._printed = array("q", map(_number, player.night.happenings))
        self._length = len(player.night.happenings)
        self._last = self._identity_before(self._length)

    def print_new(self) -> None:
        """Print a line for everything that happened since the last call."""
        night = self._player.night
        for happening in self._new():
            line = self._line(night, happening)
            if line is not None:
                print(inert(line), file=self._out, flush=True)

    def _new(self) -> list[Happening]:
        """Return what was not there before. An event of an earlier time puts its happenings among the others."""
        happenings = self._player.night.happenings
        if self._identity_before(self._length) == self._last:
            new = list(happenings[self._length :])
        else:
            left = Counter(self._printed)
            new = []
            for happening in happenings:
                number = _number(happening)
                if left[number] > 0:
                    left[number] -= 1
                else:
                    new.append(happening)
        self._printed.extend(map(_number, new))
        self._length = len(happenings)
        self._last = self._identity_before(self._length)
        return new

    def _identity_before(self, length: int) -> Identity | None:
        happenings = self._player.night.happenings
        return identity(happenings[length - 1]) if 0 < length <= len(happenings) else None

    def _line(self, night: Night, happening: Happening) -> str | None:
        election = None if happening.election is None else night.election(happening.election)
        if election is not None and self._election is not None and not is_named(election, self._election):
            return None
        line = happening_sentence(happening, self._player.zone, polls_close(night))
        return line if election is None or len(night.elections) == 1 else f"{line} [{election.name}]"


async def follow(
    player: Player,
    out: TextIO,
    changes: Changes | None = None,
    election: str | None = None,
    *,
    nap: Callable[[float], Awaitable[None]] = asyncio.sleep,
    narrate: Callable[[], object] | None = None,
) -> None:
    """Print the night as it goes, until its changes end or a replay has come to its end, and all is counted.

    `changes` are the events of a live directory; None where the player holds them all. With `election`
    (a name or an id), lines of other elections are left out. `nap` waits that many seconds. `narrate` is called in
    every turn, to say what has to be said. An error that ends the changes ends this, too.
    """
    lines = Lines(out, player, election)
    feed = None if changes is None else asyncio.ensure_future(_take(player, changes))
    try:
        while True:
            last = player.finished if feed is None else feed.done()
            if narrate is not None:
                narrate()
            if player.tick():
                lines.print_new()
            if player.backlog:
                await nap(0)
            elif last:
                break
            else:
                await nap(PACE)
        if feed is not None:
            await feed
    finally:
        if feed is not None:
            await put_away(feed)


class HealthWords:
    """Tells, by `say`, how a feed and its recording are whenever that changes."""

    def __init__(self, say: Callable[[str], object]) -> None:
        self._say = say
        self._told: dict[str, str] = {}

    def tell(self, health: Health, zone: ZoneInfo) -> None:
        """Say what is news since the last call; times are in `zone`."""
        lines = [*feed_lines(health.feed, zone), *([f"NOT RECORDED: {health.recording}"] if health.recording else [])]
        now = {line.partition(":")[0]: line for line in lines}
        for word, line in now.items():
            if word not in self._told or (line != self._told[word] and word not in CHANGING):
                self._say(line)
        for word in self._told.keys() - now.keys():
            self._say(f"{word} no more")
        self._told = now


async def _take(player: Player, changes: Changes) -> None:
    async for events in changes():
        player.add(events)


async def put_away(task: "asyncio.Future[Any]") -> None:
    """Cancel a task and wait until it has ended, again if need be: a wait for a time can lose a cancellation."""
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=PACE)
