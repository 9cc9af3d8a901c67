"""From a file in the directory to the terminal: one at a time, and two hundred a second."""

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from tests.bench import feed
from tests.bench.figures import Figure, median, p99
from tests.bench.running import COLUMNS, PROGRAM, ROWS, Running
from tests.terminal import Terminal

COUNCILS: Final = 200
FLOOR: Final = (sys.executable, "-m", "tests.bench.floor")
PEER: Final = (sys.executable, "-m", "tests.bench.peer")

Marks = Callable[[int], tuple[str, ...]]
"""What must come to the terminal, in this order, before a council's figures are on it."""


def watch(directory: Path, home: Path) -> Running:
    """Return the program, watching a directory and recording beneath `home`."""
    return Running([*PROGRAM, "watch", str(directory)], {"XDG_STATE_HOME": str(home)})


def floor_marks(number: int) -> tuple[str, ...]:
    """Return the marks of the bare program."""
    return feed.name(number), f"'Lab': {feed.labour(number)}"


def latencies(
    running: Running, directory: Path, first: int, times: int, *, pause: float, marks: Marks = feed.marks
) -> list[float]:
    """Return the milliseconds from a rename to its figure in the output, of so many files at odd moments."""
    rng = random.Random(1)  # noqa: S311  (odd moments, no secret)
    found = []
    for number in range(first, first + times):
        path, data = feed.council_file(number)
        hidden = directory / f".{path}.part"
        hidden.write_bytes(data)
        time.sleep(pause * (0.5 + rng.random()))
        since, start = running.mark(), time.perf_counter()
        hidden.rename(directory / path)
        found.append((running.when(*marks(number), since=since) - start) * 1000)
    return found


def _shown(peer: Terminal, directory: Path, number: int) -> float:
    """Return the milliseconds from a rename to its figure on the screen: `watch` writes only what is another."""
    path, data = feed.council_file(number)
    start = time.perf_counter()
    feed.put(directory, path, data)
    name, figure = floor_marks(number)
    peer.wait_for(lambda lines: any(name in line and figure in line for line in lines))
    return (time.perf_counter() - start) * 1000


def latency(times: int = 200) -> Iterator[Figure]:
    """Measure the program, the floor and `watch -n1`, on a night of 200 councils with the ticker running."""
    with tempfile.TemporaryDirectory() as place:
        base = Path(place)
        for name in ("own", "floor", "peer"):
            feed.fill(base / name, feed.councils(COUNCILS))
        with watch(base / "own", base / "state") as own:
            own.when(f"{COUNCILS} of {COUNCILS}")
            own.quiet()
            ours = latencies(own, base / "own", COUNCILS, times, pause=0.06)
        with Running([*FLOOR, str(base / "floor")]) as floor:
            floor.when("ready")
            floors = latencies(floor, base / "floor", COUNCILS, times, pause=0.02, marks=floor_marks)
        with Terminal(["watch", "-n1", " ".join([*PEER, str(base / "peer")])], COLUMNS, ROWS) as peer:
            peer.wait_for("Town")
            peers = [_shown(peer, base / "peer", COUNCILS + number) for number in range(max(5, times // 10))]
    named = "inotify + expat + one write"
    yield Figure("rename → figure on the terminal, median", median(ours), "ms", "≤ 12 ms", 12, named, median(floors))
    yield Figure("rename → figure on the terminal, p99", p99(ours), "ms", "≤ 25 ms", 25, named, p99(floors))
    yield Figure(
        "`watch -n1` with a script instead, median", median(peers), "ms", "≥ 40× ours", 40, "ours", median(ours),
        over=True, least=True,
    )  # fmt: skip


def steady(seconds: float = 20.0, rate: int = 200, areas: int = 650) -> Iterator[Figure]:
    """Measure the processor and the bytes that 200 results a second take, each of them a correction."""
    with tempfile.TemporaryDirectory() as place:
        base = Path(place)
        feed.fill(base / "own", feed.councils(areas))
        with watch(base / "own", base / "state") as own:
            own.when(f"{areas} of {areas}")
            own.quiet()
            cpu, sent, start = own.cpu(), own.bytes_sent(), time.perf_counter()
            number = 0
            while (now := time.perf_counter() - start) < seconds:
                while number < now * rate:
                    path, data = feed.council_file(number % areas, 2 + number // areas)
                    feed.put(base / "own", path, data)
                    number += 1
                time.sleep(0.005)
            spent = time.perf_counter() - start
            load, rate_out = (own.cpu() - cpu) / spent * 100, (own.bytes_sent() - sent) / spent / 1024
    yield Figure(f"{rate} results a second: processor", load, "% of a core", "≤ 10 %", 10)
    yield Figure(f"{rate} results a second: to the terminal", rate_out, "KiB/s", "≤ 20 KiB/s", 20)
