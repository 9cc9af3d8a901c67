"""What the commands that follow a night print where there is no screen: a line an event, or the figures once."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Final

from dashboard.commands.options import Refused, say
from dashboard.leaving import ended_by_signals, nothing
from dashboard.plain import Changes, HealthWords, Lines, follow, put_away
from dashboard.player import Player
from dashboard.view.grids import progress_words
from dashboard.view.named import named
from feeds.arrival import Event
from feeds.clock import WallClock
from feeds.collector import Collector
from feeds.directory import Directory
from feeds.text import clean_path

SETTLED: Final = 0.25
"""Seconds in which what a look has found is certainly handed out."""


def look_once(root: Path, clock: WallClock, election: str | None, *, is_plain: bool) -> None:
    """Print what lies in a directory now, as tables or as a line an event; nothing is watched or recorded.

    Refuses, in one line, an election that is not there.
    """
    from dashboard.commands.source import as_it_lies  # noqa: PLC0415 - only where it is wanted
    from dashboard.tables import print_tally  # noqa: PLC0415 - as above

    player = as_it_lies(root, clock.now(), is_counted=not is_plain)
    try:
        if is_plain:
            lines = Lines(sys.stdout, player, election)
            player.to_end()
            lines.print_new()
        else:
            print_tally(player.night, player.as_at, sys.stdout, election=election, source=clean_path(str(root)))
        for each in named(player.night, election):
            say(f"{each.name}: {progress_words(each)}")
    except ValueError as problem:
        raise Refused(str(problem)) from problem


class Narrator:
    """Says on standard error what becomes of the recording, and what is wrong with the feed."""

    def __init__(self, collector: Collector, player: Player) -> None:
        self._collector = collector
        self._player = player
        self._words = HealthWords(say)

    def __call__(self) -> None:
        """Say what is news since the last call."""
        for note in self._collector.notes():
            say(note)
        self._words.tell(self._collector.health(), self._player.zone)


def in_lines(
    player: Player,
    changes: Changes | None = None,
    election: str | None = None,
    narrate: Callable[[], object] | None = None,
    keep: Callable[[], object] = nothing,
) -> None:
    """Print a line an event until the changes end or a signal comes (then `keep` is called), and how far it got.

    `narrate` is called again and again meanwhile. Raises ValueError where the night has no such election.
    """
    asyncio.run(_lines(player, changes, election, narrate, keep))
    for each in named(player.night, election):
        say(f"{each.name}: {progress_words(each)}")


async def _lines(
    player: Player,
    changes: Changes | None,
    election: str | None,
    narrate: Callable[[], object] | None,
    keep: Callable[[], object],
) -> None:
    lines = asyncio.ensure_future(follow(player, sys.stdout, changes, election, narrate=narrate))
    with ended_by_signals(lines.cancel, keep):
        await lines


async def until_delivered(watched: Directory, delivery: Future[int]) -> AsyncIterator[list[Event]]:
    """Yield the changes of a directory until a delivery into it is done and all of it has been seen.

    Raises what ended the delivery, where that was an error.
    """
    feed = watched.changes()
    done = asyncio.wrap_future(delivery)
    news = asyncio.ensure_future(anext(feed))
    while not done.done():
        either: set[asyncio.Future[Any]] = {news, done}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if news.done():
            yield news.result()
            news = asyncio.ensure_future(anext(feed))
    done.result()
    yield await asyncio.to_thread(watched.scan)
    while (await asyncio.wait({news}, timeout=SETTLED))[0]:
        yield news.result()
        news = asyncio.ensure_future(anext(feed))
    await put_away(news)
