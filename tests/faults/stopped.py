"""The watching process is stopped, files arrive, it goes on: every one of them is counted, and soon.

`python -m tests.faults.stopped`: 20,000 files; the figure is how many seconds longer it takes than parsing them takes.
"""

import os
import signal
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from feeds.formats import read
from tests.faults.files import deliver, result
from tests.faults.running import run, say
from tests.faults.watching import Watching

FILES = 20_000
AREAS = 200
MOST = 5.0


def contents(random: Random, files: int) -> list[bytes]:
    """Return so many results, each area's in the order of their revisions."""
    return [result(f"Area {n % AREAS}", n // AREAS + 1, random.randint(1, 40)) for n in range(files)]


def bare(contents: list[bytes]) -> float:
    """Return how many seconds it takes to parse these files and nothing else."""
    began = time.monotonic()
    for number, data in enumerate(contents):
        read(f"{number}.json", data)
    return time.monotonic() - began


def stopped(random: Random, files: int) -> tuple[float, float]:
    """Return how many seconds after it goes on all is counted, and how many bare parsing takes."""
    made = contents(random, files)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name, "feed")
        root.mkdir()
        with Watching(root) as watching:
            deliver(root, "first.json", result("First", 1, 1))
            watching.until(lambda now: now.accounted == 1)
            os.kill(watching.process.pid, signal.SIGSTOP)
            for number, data in enumerate(made):
                (root / f"{number}.json").write_bytes(data)
            alone = bare(made)
            os.kill(watching.process.pid, signal.SIGCONT)
            took = watching.until(lambda now: now.accounted == files + 1, 120 + alone)
            assert watching.all[-1].seen == files + 1, f"{watching.all[-1]}: not every version has its place"
    return took, alone


def once(random: Random, number: int) -> float:
    """Run one repetition; return by how many seconds it is slower than bare parsing."""
    took, alone = stopped(random, FILES)
    say(f"  {FILES:,} of {FILES:,} counted {took:.1f} s after it went on; bare parsing takes {alone:.1f} s")
    return took - alone


if __name__ == "__main__":
    sys.exit(run("stopped", "a stopped process loses nothing", once, 3, most=MOST))
