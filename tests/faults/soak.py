"""A feed at a hundred times a real night's peak, for long: nothing is lost, and memory grows by what is kept alone.

`python -m tests.faults.soak --minutes 30`: 3,400 files a minute into 1,000 paths, each a correction; the process that
watches them records, as `watch` does, is stopped and has its directory exchanged now and then. Prints once a minute how
many versions are kept and how much memory the process has, in the end the bytes by which it has grown for each version
since the first minute.
"""

import argparse
import os
import secrets
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from tests.faults.files import deliver, result
from tests.faults.running import chance, say
from tests.faults.watching import Watching

RATE: Final = 3_400
"""Files a minute."""

PATHS: Final = 1_000
"""At this rate each is written again after 17 s: long enough that no version may be missed (P1)."""

PAUSE: Final = 4.0
AWAY: Final = 1.0
"""Seconds for which the process is stopped, and the directory is away, at most."""

CHANCE: Final = 0.02
"""Of a pause, and of an exchange, in each second."""

CATCHES_UP: Final = 120.0
PAGE: Final = os.sysconf("SC_PAGE_SIZE")


class Mark(NamedTuple):
    """So many versions kept, and so many bytes of memory in use."""

    versions: int
    memory: int


class Soak:
    """A feed that writes `PATHS` files again and again, each with a higher revision, and what is done to it."""

    def __init__(self, root: Path, random: Random, nap: Callable[[float], object]) -> None:
        self.delivered = 0
        self._root = root
        self._random = random
        self._nap = nap

    def second(self, files: int) -> None:
        """Deliver so many files."""
        for _ in range(files):
            number, revision = self.delivered % PATHS, self.delivered // PATHS + 1
            deliver(self._root, f"{number}.json", result(f"Area {number}", revision, self._random.randint(1, 60)))
            self.delivered += 1

    def stop(self, pid: int, files: int) -> None:
        """Deliver files while the process that watches is stopped."""
        os.kill(pid, signal.SIGSTOP)
        self.second(files)
        self._nap(self._random.uniform(0, PAUSE))
        os.kill(pid, signal.SIGCONT)

    def exchange(self) -> None:
        """Take the directory away for a while, and put a copy of it in its place."""
        aside = self._root.with_name("aside")
        self._root.rename(aside)
        self._nap(self._random.uniform(0, AWAY))
        shutil.copytree(aside, self._root.with_name("copy"))
        self._root.with_name("copy").rename(self._root)
        shutil.rmtree(aside)

    def is_to(self) -> bool:
        """Return whether it is to happen in this second."""
        return self._random.random() < CHANCE


def mark(watching: Watching) -> Mark:
    """Return how the process stands: what it said last, and its memory."""
    resident = int(Path(f"/proc/{watching.process.pid}/statm").read_text().split()[1])
    return Mark(watching.all[-1].seen if watching.all else 0, resident * PAGE)


def caught_up(watching: Watching, soak: Soak) -> None:
    """Wait until all is counted; raise AssertionError with what is missing where it is not."""
    there = watching.perhaps(lambda now: now.seen == now.accounted == soak.delivered, CATCHES_UP)
    last = watching.all[-1]
    assert there, f"{soak.delivered:,} delivered, but {last.seen:,} seen and {last.accounted:,} accounted for"


def soaked(random: Random, seconds: int, rate: int = RATE, nap: Callable[[float], object] = time.sleep) -> list[Mark]:
    """Deliver at a rate for so many seconds; return a mark a minute. Raises AssertionError where a file is lost."""
    marks: list[Mark] = []
    with tempfile.TemporaryDirectory() as name:
        root = Path(name, "feed")
        root.mkdir()
        with Watching(root, records=Path(name, "recordings")) as watching:
            soak, began, files = Soak(root, random, nap), time.monotonic(), rate // 60
            for second in range(1, seconds + 1):
                soak.second(files)
                if soak.is_to():
                    soak.stop(watching.process.pid, files)
                if soak.is_to():
                    soak.exchange()
                if second % 60 == 0:
                    marks.append(mark(watching))
                    say(f"  {second // 60} min: {marks[-1].versions:,} versions, {marks[-1].memory / 1e6:.1f} MB")
                nap(max(0.0, began + second - time.monotonic()))
            soak.stop(watching.process.pid, files)
            soak.exchange()
            caught_up(watching, soak)
            marks.append(mark(watching))
    return marks


def main() -> int:
    """Run from the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.soak", description=__doc__)
    parser.add_argument("--minutes", type=int, default=30)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    told = parser.parse_args()
    say(f"soak: seed {told.seed}, {told.minutes} minutes, {RATE:,} files a minute")
    try:
        marks = soaked(chance(f"soak/{told.seed}"), told.minutes * 60)
    except AssertionError as problem:
        say(f"BROKEN: {problem}")
        return 1
    grown = (marks[-1].memory - marks[0].memory) / max(1, marks[-1].versions - marks[0].versions)
    say(f"{marks[-1].versions:,} of {marks[-1].versions:,} counted, 0 lost; {grown:,.0f} bytes for each version kept")
    return 0


if __name__ == "__main__":
    sys.exit(main())
