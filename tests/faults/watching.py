"""A process of its own that watches a directory and counts, as `watch` does, and says in JSON lines how it stands.

`python -m tests.faults.watching DIR [--user UID] [--record DIR]` is that process; with `--user` it goes on as that user
once it is loaded, with `--record` it records into that directory as `watch` does.
"""

import argparse
import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from pathlib import Path

import msgspec

from dashboard import garbage
from dashboard.player import Player
from feeds.arrival import Event
from feeds.clock import WallClock
from feeds.collector import Collector
from feeds.directory import Directory
from feeds.recording_place import begin
from tests.faults.files import result
from tests.feeds.directories import put

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
BEAT = 0.05


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How the watching process stands: its figures by area, its files, and its feed."""

    seats: dict[str, int]
    seen: int
    accounted: int
    waiting: int
    state: str
    mode: str


def standing(player: Player, place: Directory) -> Standing:
    """Return how a count stands; `accounted` are the versions that counted or were superseded or duplicates."""
    files = player.night.files
    seats = {a.name: sum((a.elected or {}).values()) for e in player.night.elections for a in e.areas[:10]}
    accounted = files.counted + files.superseded + files.duplicate
    return Standing(
        seats=seats, seen=files.seen, accounted=accounted, waiting=files.waiting, state=place.state, mode=place.mode
    )


async def watch(root: Path, records: Path | None = None) -> None:
    """Count what comes into a directory, and print how it stands whenever that changes, for ever."""
    clock = WallClock()
    place, player = Directory(root, clock.now), Player(clock, live=True)
    told = asyncio.create_task(_tell(player, place))
    if records is None:
        await _count(player, place.changes())
    else:
        with Collector(place, lambda: begin(root, records, clock.now())) as collector:
            await _count(player, collector.changes())
    told.cancel()


async def _count(player: Player, changes: AsyncIterator[list[Event]]) -> None:
    async for events in changes:
        player.add(events)
        while player.backlog:
            player.tick()
            await asyncio.sleep(0)


async def _tell(player: Player, place: Directory) -> None:
    last: Standing | None = None
    while True:
        if not player.backlog:
            player.tick()
        now = None if player.backlog else standing(player, place)
        if now is not None and now != last:
            sys.stdout.write(msgspec.json.encode(now).decode() + "\n")
            sys.stdout.flush()
            last = now
        await asyncio.sleep(BEAT)


class Watching:
    """The process, started; use it as a context. `all` is everything it said."""

    def __init__(self, root: Path, uid: int | None = None, records: Path | None = None) -> None:
        self.all: list[Standing] = []
        self._news = threading.Condition()
        command = [sys.executable, "-m", "tests.faults.watching", str(root)]
        command += [] if uid is None else ["--user", str(uid)]
        command += [] if records is None else ["--record", str(records)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> "Watching":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGCONT)
        self.process.terminate()
        self.process.wait()
        self._reader.join()
        if self.process.stdout is not None:
            self.process.stdout.close()

    def until(self, wanted: Callable[[Standing], bool], patience: float = PATIENCE) -> float:
        """Wait until it stands as wanted; return how many seconds that took. Fails after `patience` seconds."""
        began = time.monotonic()
        assert self.perhaps(wanted, patience), f"not within {patience:.0f} s; it stands: {self.all[-1:]}"
        return time.monotonic() - began

    def perhaps(self, wanted: Callable[[Standing], bool], patience: float) -> bool:
        """Wait at most so many seconds until it stands as wanted; return whether it does."""
        with self._news:
            return self._news.wait_for(lambda: bool(self.all) and wanted(self.all[-1]), patience)

    def _read(self) -> None:
        if self.process.stdout is None:
            return
        for line in self.process.stdout:
            with self._news:
                self.all.append(msgspec.json.decode(line, type=Standing))
                self._news.notify_all()


async def _warm() -> None:
    """Load all that is loaded late, while this user may still read where it lies."""
    with tempfile.TemporaryDirectory() as name:
        put(Path(name, "a.json"), result("A", 1, 1))
        clock = WallClock()
        place, player = Directory(Path(name), clock.now), Player(clock, live=True)
        async with aclosing(place.changes()) as changes:
            player.add(await anext(changes))
        player.tick()
        standing(player, place)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.watching")
    parser.add_argument("root", type=Path)
    parser.add_argument("--user", type=int)
    parser.add_argument("--record", type=Path)
    told = parser.parse_args()
    if told.user is not None:
        asyncio.run(_warm())
        os.setgroups([])
        os.setuid(told.user)
    garbage.searched_rarely()
    asyncio.run(watch(told.root, told.record))


if __name__ == "__main__":
    main()
