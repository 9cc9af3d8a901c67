"""The command `rehearse`: a night delivered into a directory as an agency would, with faults thrown in if wanted."""

import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Final
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from dashboard.commands.options import NAME, PLACE, Refused, say, speed_option
from dashboard.commands.source import opened
from dashboard.tables import print_grid
from dashboard.view.grids import ColumnKind, Grid
from feeds.chaos import chaotic
from feeds.clock import WallClock
from feeds.delivery import Gate, at_speed, carry_out, prepare
from feeds.plan import Delivery, Plan, as_it_came
from feeds.plural import be, many
from feeds.saved import SavedNight
from feeds.text import inert

LOOK: Final = 0.1
"""Seconds between two looks at whether the rehearsal is to end, while it waits for a key."""

_WALL: Final = WallClock()

Log = list[tuple[datetime, Delivery]]


@click.command(epilog="Example: election-night rehearse 2022-05-05-local practice/ --speed 60 --chaos 7")
@click.argument("night", metavar="NIGHT", type=NAME)
@click.argument("target", metavar="DIR", type=PLACE)
@speed_option("1", "Seconds of the night to a second.")
@click.option("--step", is_flag=True, help="Deliver a file at each press of Enter, whatever its time.")
@click.option("--in-place", is_flag=True, help="Write each file under its own name instead of renaming it into place.")
@click.option(
    "--chaos",
    type=int,
    metavar="SEED",
    help="Add duplicates, late, overtaken and torn files, corrections, a retraction, a test file, pauses.",
)
def rehearse(*, night: str, target: Path, fast: float, step: bool, in_place: bool, chaos: int | None) -> None:
    """Deliver NIGHT, file by file and each under a temporary name first, into the empty directory DIR.

    The delivered night.toml says that it is a rehearsal, and so does every screen and table made from it. The same
    seed gives the same faults; at the end standard output has what was done, when, and what a screen should have
    shown of it.
    """
    saved = opened(night)
    plan = as_it_came(saved) if chaos is None else chaotic(saved, chaos)
    log: Log = []
    stop = threading.Event()
    with _refused(target):
        prepare(target)
    with _stopping(stop) as told, _progress(saved, plan, step, f"{saved.title}: a rehearsal into {target}") as advance:

        def done(delivery: Delivery) -> None:
            log.append((_WALL.now(), delivery))
            advance(delivery)

        pace = _no_pace if step else at_speed(saved.begin, fast)
        gate = _gate(plan, stop) if step else None
        with _refused(target):
            files = carry_out(plan, target, pace=pace, stop=stop, in_place=in_place, gate=gate, wait=_nap, on_done=done)
    for path in _torn(log):
        say(f"{path} was torn off, and is whole now")
    if any(delivery.deed for _, delivery in log):
        print_grid(done_grid(log, saved), sys.stdout)
    rest = f", {plan.files - files:,} were still to come" if files < plan.files else ""
    say(f"{many(files, 'file')} delivered into {target}{rest}")
    if told:
        sys.exit(128 + told[0])


def done_grid(log: Log, night: SavedNight) -> Grid:
    """Return what was done out of the ordinary: when (now, in the night's zone), to which file, and what it shows."""
    zone = ZoneInfo(night.settings.zone)
    columns: tuple[tuple[str, ColumnKind], ...]
    columns = (("done at", "text"), ("file", "text"), ("what was done", "text"), ("what a screen should show", "text"))
    rows = tuple(
        (f"{at.astimezone(zone):%H:%M:%S}", each.path or "–", each.deed, each.shows) for at, each in log if each.deed
    )
    usual = sum(not each.deed for _, each in log)
    return Grid(
        f"Rehearsal of {night.title}: {many(usual, 'file')} as {be(usual, 'it', 'they')} came; beside them",
        columns,
        rows,
    )


@contextmanager
def _refused(target: Path) -> Iterator[None]:
    """Say in one line why nothing can be delivered into a directory."""
    try:
        yield
    except ValueError as problem:
        raise Refused(str(problem)) from problem
    except OSError as problem:
        raise Refused(f"“{target}” cannot be written to: {problem.strerror}") from problem


def _no_pace(_at: datetime) -> float:
    return 0.0


def _torn(log: Log) -> list[str]:
    """Return the files that were torn off and not completed in their turn: the end completed them."""
    last = {each.path: each.manner for _, each in log}
    return [path for path, manner in last.items() if manner == "torn"]


def _nap(seconds: float) -> None:
    """Wait, but look at what a signal said every now and then: it must not meet a lock that it would need itself."""
    time.sleep(min(seconds, LOOK))


@contextmanager
def _stopping(stop: threading.Event) -> Iterator[list[int]]:
    """Yield the signals that asked for the end: the file that is being written is finished first."""
    told: list[int] = []

    def end(number: int, frame: FrameType | None) -> None:
        told.append(number)
        stop.set()

    wanted = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, end) for number in wanted}
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _progress(night: SavedNight, plan: Plan, step: bool, title: str) -> Iterator[Callable[[Delivery], None]]:
    """Yield what is told of each delivery: a bar on a terminal, with the time of the night, else nothing."""
    say(f"{title}; Ctrl-C ends it")
    if step or not sys.stderr.isatty():
        yield lambda _: None
        return
    zone = ZoneInfo(night.settings.zone)
    begin = f"{night.begin.astimezone(zone):%H:%M}"
    columns = (
        TextColumn("{task.fields[clock]}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=plan.files, clock=begin)

        def advance(delivery: Delivery) -> None:
            clock = f"{delivery.at.astimezone(zone):%H:%M}"
            words = delivery.path or delivery.deed
            bar.update(task, advance=int(delivery.manner != "pause"), description=words, clock=clock)

        yield advance


def _gate(plan: Plan, stop: threading.Event) -> Gate:
    """Return what waits for Enter before each delivery; the end of standard input ends the rehearsal."""
    total, number = len(plan.deliveries), 0

    def gate(delivery: Delivery) -> bool:
        nonlocal number
        number += 1
        if sys.stdin.isatty():
            words = delivery.deed or "as it came"
            asked = f"{number:,}/{total:,} {delivery.path or '–'} ({words}): Enter delivers it "
            click.echo(inert(asked), err=True, nl=False)
        pressed = _line(stop)
        if sys.stdin.isatty() and not pressed:
            click.echo(err=True)
        return pressed

    return gate


def _line(stop: threading.Event) -> bool:
    """Return whether a line came on standard input before it ended and before the rehearsal was to end."""
    handle = sys.stdin.fileno()
    while not stop.is_set():
        if not select.select([handle], [], [], LOOK)[0]:
            continue
        # Unbuffered: what a buffer has taken, no look at the handle would tell of.
        key = os.read(handle, 1)
        if key in {b"\n", b""}:
            return key == b"\n"
    return False
