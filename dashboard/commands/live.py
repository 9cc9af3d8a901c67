"""The commands that follow a night, on a screen or in plain lines: `demo`, `watch` and `replay`."""

import asyncio
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

import click

from dashboard.commands.looks import looks_of, looks_options
from dashboard.commands.options import NAME, PLACE, Refused, directory, has_screen, is_served, say, speed
from dashboard.commands.pacing import Wanted, length, pace_options, paced
from dashboard.count.night import Night
from dashboard.leaving import ended_by_signals, nothing
from dashboard.pace import Pace
from dashboard.plain import Changes, HealthWords, Lines, follow, put_away
from dashboard.player import Player
from dashboard.recent import recent_file, remember
from dashboard.view.pictures.ink import ink_for
from dashboard.view.tally import named
from dashboard.watchlist import WatchList, watch_file
from feeds.arrival import Event
from feeds.clock import WallClock
from feeds.collector import Collector
from feeds.directory import Directory
from feeds.health import Health
from feeds.recording import RECORDING_SUFFIX
from feeds.recording_place import begin, beside, recordings_dir
from feeds.text import clean_path

DEMO_NIGHT: Final = "2022-05-05-local"
DEMO_SECONDS: Final = 90.0
NO_NIGHTS: Final[Mapping[str, str]] = {}

SETTLED: Final = 0.25
"""Seconds in which what a look has found is certainly handed out."""

SWITCH: Final = 0.0005
"""Seconds after which one thread lets another have its turn: reading, drawing and writing each have their own."""

plain_option = click.option("--plain", is_flag=True, help="Print one line an event instead of the screen.")


@click.command(epilog="Example: election-night demo --speed 3")
@click.option(
    "--speed",
    "fast",
    type=speed,
    default="1",
    show_default=True,
    metavar="N|max",
    help=f"At 1 the whole night takes about {DEMO_SECONDS:.0f} seconds.",
)
@plain_option
@looks_options
def demo(fast: float, plain: bool, asked_looks: dict[str, Any]) -> None:
    """Deliver a saved night, file by file, into a temporary directory and watch that directory.

    The directory is removed at the end. Without a terminal one line an event is printed, and the demo ends when all
    is counted.
    """
    from dashboard.commands.source import opened  # noqa: PLC0415 - see `watch`: it begins with no more than it needs
    from feeds.delivery import deliver, within  # noqa: PLC0415 - as above

    night, clock, stop = opened(DEMO_NIGHT), WallClock(), threading.Event()
    first = min(event.at for event in night.events if event.at > night.begin)
    pace = within(first, night.end, DEMO_SECONDS / fast)
    with (
        ended_by_signals(stop.set),
        tempfile.TemporaryDirectory(prefix="election-night-", ignore_cleanup_errors=True) as name,
        ThreadPoolExecutor(max_workers=1) as pool,
    ):
        watched = Directory(Path(name), clock.now)
        try:
            delivery = pool.submit(deliver, night, Path(name), pace=pace, stop=stop)
            player = Player(clock, live=True)

            def remove() -> None:
                stop.set()
                wait((delivery,))
                shutil.rmtree(name, ignore_errors=True)

            if has_screen() and not plain:
                _screen(player, watched.changes, keep=remove, source=DEMO_NIGHT, asked_looks=asked_looks)
            else:
                say(f"{night.title}: a demo; Ctrl-C ends it")
                _plain(player, lambda: until_delivered(watched, delivery), keep=remove)
        finally:
            stop.set()


@click.command(epilog="Example: election-night watch /srv/results")
@click.argument("path", metavar="DIR", type=PLACE)
@click.option("--poll", is_flag=True, help="Look every second instead of waiting for the system to report (NFS, SMB).")
@click.option("--election", metavar="NAME", help="The election to show first; in plain lines, the only one.")
@click.option("--no-record", is_flag=True, help="Keep no recording of what arrives.")
@click.option(
    "--broadcast-delay",
    "delay",
    type=length,
    metavar="LENGTH",
    help="Show everything so much later than it comes, as a broadcast does: 30s.",
)
@click.option(
    "--once", is_flag=True, help="Take one look, print the figures (with --plain every event in a line), and end."
)
@plain_option
@looks_options
def watch(
    path: Path,
    *,
    poll: bool,
    election: str | None,
    no_record: bool,
    delay: timedelta | None,
    once: bool,
    plain: bool,
    asked_looks: dict[str, Any],
) -> None:
    """Watch DIR and keep a picture of the night up to date; nothing in DIR is ever changed.

    What arrives is recorded in your state directory. Started again, the watch goes on where it was.
    """
    clock = WallClock()
    root = directory(path)
    if once:
        look_once(root, clock, election, is_plain=plain)
        return
    if not is_served():
        remember(root, recent_file())
    opening = None if no_record else partial(beside if is_served() else begin, root, recordings_dir(), clock.now())
    player = Player(clock, live=True, delay=delay or timedelta(0))
    with Collector(Directory(root, clock.now, poll=poll), opening) as collector:
        if has_screen() and not plain:
            _screen(
                player,
                collector.changes,
                election=election,
                health=collector.health,
                keep=collector.stop,
                source=clean_path(str(path)),
                asked_looks=asked_looks,
            )
        else:
            say(f"watching {path}; Ctrl-C ends it")
            _plain(player, collector.changes, election, Narrator(collector, player), collector.stop)


@click.command(
    epilog="Example: election-night replay 2019-12-12-general --speed 120 --from 23:20 --pause-on change · "
    "or: election-night replay 2022-05-05-local --idle-limit 20s --loop"
)
@click.argument("night", metavar="NIGHT", type=NAME)
@click.option(
    "--speed",
    "fast",
    type=speed,
    default="60",
    show_default=True,
    metavar="N|max",
    help="Seconds of the night to a second.",
)
@pace_options
@plain_option
@looks_options
def replay(night: str, fast: float, plain: bool, asked_looks: dict[str, Any], **asked: Any) -> None:
    """Play NIGHT again: a saved night's name, a recording, or a directory, on a clock that runs at any speed."""
    screen = has_screen() and not plain
    shown = _replay(night, Wanted(speed=fast, **asked), screen, asked_looks)
    while shown is not None:  # another one was chosen in the palette
        shown = _replay(shown, Wanted(speed=fast), screen, asked_looks)


def _replay(night: str, wanted: Wanted, screen: bool, asked_looks: dict[str, Any]) -> str | None:
    """Replay a night; return the one that is to be shown next, where one was chosen instead of it."""
    from dashboard.commands.source import opened  # noqa: PLC0415 - as in `demo`

    saved = opened(night)
    played = paced(saved, wanted, screen)
    if screen:
        return _screen(
            played.player,
            pace=played.pace,
            ahead=played.ahead,
            source=clean_path(night),
            note=saved.note,
            asked_looks=asked_looks,
            nights=_others(night),
        )
    say(f"{saved.title}: a replay; Ctrl-C ends it")
    _plain(played.player, narrate=lambda: _say_if(played.pace.beat()))
    return None


def _others(night: str) -> dict[str, str]:
    """Return the other saved nights, and the recordings; a browser's reader is shown the one that is served."""
    from feeds.saved import shipped  # noqa: PLC0415 - as in `demo`

    if is_served():
        return {}
    kept = {clean_path(path.stem): str(path) for path in sorted(recordings_dir().glob(f"*{RECORDING_SUFFIX}"))}
    there = {name: name for name in shipped()} | kept
    return {name: argument for name, argument in there.items() if argument != night}


def _say_if(words: str | None) -> None:
    if words is not None:
        say(words)


def look_once(root: Path, clock: WallClock, election: str | None, *, is_plain: bool) -> None:
    """Print what lies in a directory now, as tables or as a line an event; nothing is watched or recorded.

    Refuses, in one line, an election that is not there.
    """
    from dashboard.commands.source import as_it_lies  # noqa: PLC0415 - as in `demo`
    from dashboard.tables import print_tally  # noqa: PLC0415 - as above
    from dashboard.view.grids import progress_words  # noqa: PLC0415 - as above

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


def _screen(
    player: Player,
    changes: Changes | None = None,
    *,
    election: str | None = None,
    health: Callable[[], Health] = Health,
    pace: Pace | None = None,
    ahead: Night | None = None,
    keep: Callable[[], object] = nothing,
    source: str | None = None,
    note: str | None = None,
    asked_looks: dict[str, Any],
    nights: Mapping[str, str] = NO_NIGHTS,
) -> str | None:
    """Show a night until its reader leaves; return the one for which it was left, else end with the exit code."""
    sys.setswitchinterval(SWITCH)
    os.environ.setdefault("TEXTUAL_FPS", "240")  # read once, at import: a result is painted when it is counted
    from dashboard.app import NightApp  # noqa: PLC0415 - Textual is loaded only where there is a screen

    looks = looks_of(asked_looks, note)
    app = NightApp(
        player,
        changes,
        election=election,
        health=health,
        pace=pace,
        ahead=ahead,
        ink=ink_for(os.environ, looks.config.pictures),
        watch=WatchList(watch_file(), is_kept=not is_served()),
        source=source,
        looks=looks,
    )
    app.nights = nights
    with ended_by_signals(app.exit, keep):
        code = app.run()
    if app.next_night is not None:
        return app.next_night
    sys.exit(app.return_code if code is None else code)


def _plain(
    player: Player,
    changes: Changes | None = None,
    election: str | None = None,
    narrate: Callable[[], object] | None = None,
    keep: Callable[[], object] = nothing,
) -> None:
    from dashboard.view.grids import progress_words  # noqa: PLC0415 - not for a screen

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
