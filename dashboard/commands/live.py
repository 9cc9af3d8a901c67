"""The commands that follow a night as it comes, on a screen or in plain lines: `demo` and `watch`."""

import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from dashboard import garbage
from dashboard.commands.looks import looks_of, looks_options
from dashboard.commands.options import PLACE, directory, has_screen, is_served, length, say, speed_option
from dashboard.count.night import Night
from dashboard.deep import Load, share_out
from dashboard.leaving import ended_by_signals, nothing
from dashboard.loading import types_later
from dashboard.player import Player
from dashboard.recent import recent_file, remember
from dashboard.view.pictures.ink import ink_for
from dashboard.watchlist import WatchList, watch_file
from feeds.clock import WallClock
from feeds.collector import Collector
from feeds.courtesy import Courtesy, nobody
from feeds.directory import Directory
from feeds.health import Health
from feeds.recording_place import begin, beside, recordings_dir
from feeds.text import clean_path

if TYPE_CHECKING:
    from dashboard.pace import Pace
    from dashboard.plain import Changes

DEMO_NIGHT: Final = "2022-05-05-local"
DEMO_SECONDS: Final = 90.0
NO_NIGHTS: Final[Mapping[str, str]] = {}

plain_option = click.option("--plain", is_flag=True, help="Print one line an event instead of the screen.")


@click.command(epilog="Example: election-night demo --speed 3")
@speed_option("1", f"At 1 the whole night takes about {DEMO_SECONDS:.0f} seconds.")
@plain_option
@looks_options
def demo(fast: float, plain: bool, asked_looks: dict[str, Any]) -> None:
    """Deliver a saved night, file by file, into a temporary directory and watch that directory.

    The directory is removed at the end. Without a terminal one line an event is printed, and the demo ends when all
    is counted.
    """
    from dashboard.commands.lines import in_lines, until_delivered  # noqa: PLC0415 - as below
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
                on_screen(player, watched.changes, keep=remove, source=DEMO_NIGHT, asked_looks=asked_looks)
            else:
                say(f"{night.title}: a demo; Ctrl-C ends it")
                in_lines(player, lambda: until_delivered(watched, delivery), keep=remove)
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
        from dashboard.commands.lines import look_once  # noqa: PLC0415 - a screen begins with no more than it needs

        look_once(root, clock, election, is_plain=plain)
        return
    opening = None if no_record else partial(beside if is_served() else begin, root, recordings_dir(), clock.now())
    player = Player(clock, live=True, delay=delay or timedelta(0))
    courtesy = Courtesy()
    watched = Directory(root, clock.now, poll=poll, give_way=courtesy.give)
    with Collector(watched, opening, give_way=courtesy.give) as collector:
        if not is_served():
            remember(root, recent_file())  # while the first look goes on
        if has_screen() and not plain:
            collector.head_start()
            on_screen(
                player,
                collector.changes,
                election=election,
                health=collector.health,
                keep=collector.stop,
                source=clean_path(str(path)),
                asked_looks=asked_looks,
                hurry=courtesy.ask,
            )
        else:
            from dashboard.commands.lines import Narrator, in_lines  # noqa: PLC0415 - as above

            say(f"watching {path}; Ctrl-C ends it")
            in_lines(player, collector.changes, election, Narrator(collector, player), collector.stop)


def on_screen(
    player: Player,
    changes: "Changes | None" = None,
    *,
    election: str | None = None,
    health: Callable[[], Health] = Health,
    pace: "Pace | None" = None,
    ahead: Night | None = None,
    keep: Callable[[], object] = nothing,
    source: str | None = None,
    note: str | None = None,
    asked_looks: dict[str, Any],
    nights: Mapping[str, str] = NO_NIGHTS,
    hurry: Callable[[float], object] = nobody,
) -> str | None:
    """Show a night until its reader leaves; return the one for which it was left, else end with the exit code."""
    os.environ.setdefault("TEXTUAL_FPS", "240")  # read once, at import: a result is painted when it is counted
    with garbage.loading():
        types_later()
        from dashboard.app import NightApp  # noqa: PLC0415 - Textual is loaded only where there is a screen

    share_out(Load.OPENING)
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
        hurry=hurry,
        load=share_out,
    )
    app.nights = nights
    with ended_by_signals(app.exit, keep):
        code = app.run()
    if app.next_night is not None:
        return app.next_night
    sys.exit(app.return_code if code is None else code)
