"""Many files at once: how long until all are counted and shown, and how long a key waits meanwhile."""

import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from tests.bench import feed
from tests.bench.arrivals import COUNCILS, FLOOR, floor_marks, watch
from tests.bench.figures import Figure, median, p99
from tests.bench.running import Running

BURSTS: Final = {1: 20, 100: 10, 2_000: 3, 20_000: 1}
"""How many files, and how often that is measured."""

LAST: Final = 900_000
"""From here on councils are numbered that come last: the count goes by path, so theirs is shown last, too."""

FIRST: Final = 800_000
"""The number of a council that is there before."""

WITHIN: Final = 240.0
EVERY_KEY: Final = 0.1

PAUSE: Final = 2.0
"""Seconds between two bursts: without them they are one steady flood, and shown as rarely."""


def bursts(sizes: Mapping[int, int] = BURSTS) -> Iterator[Figure]:
    """Measure bursts of each size, so often, against the bare program; keys are pressed all the while."""
    for size, times in sizes.items():
        with tempfile.TemporaryDirectory() as place:
            base = Path(place)
            (base / "floor").mkdir()
            (base / "own").mkdir()
            with Running([*FLOOR, str(base / "floor")]) as floor:
                floor.when("ready")
                floors = [_burst(floor, base / "floor", size, each, floor_marks(LAST + each)) for each in range(times)]
            with watch(base / "own", base / "state") as own:
                own.when("waiting for")
                feed.put(base / "own", *feed.council_file(FIRST))
                own.when(*feed.marks(FIRST))  # a key is answered in the title of the areas: there must be one
                own.quiet()
                keys = Keys(own)
                ours = []
                for each in range(times):
                    time.sleep(PAUSE)
                    ours.append(_burst(own, base / "own", size, each, feed.marks(LAST + each)))
                answers = keys.stop()
        judged = size == max(BURSTS)
        yield Figure(
            f"{size:,} files at once → all on the terminal", median(ours), "s", "≤ 1.5× the floor" if judged else "",
            1.5 if judged else None, "inotify + expat + one write", median(floors), over=True,
        )  # fmt: skip
        if judged or size == max(sizes):
            yield Figure(f"a key meanwhile, median of {len(answers)}", median(answers), "ms")
            yield Figure(f"a key meanwhile, p99 of {len(answers)}", p99(answers), "ms", "≤ 100 ms", 100)


def _burst(running: Running, directory: Path, size: int, each: int, marks: tuple[str, ...]) -> float:
    """Return the seconds from the first of so many renames to the figure of the last file on the terminal."""
    revisions = max(1, size // COUNCILS)
    files = feed.councils(max(0, min(size, COUNCILS) - 1), revisions, first=each * COUNCILS)
    staged = feed.Staged(directory.with_name(f"{directory.name}-{each}"), [*files, feed.council_file(LAST + each)])
    since, start = running.mark(), time.perf_counter()
    staged.deliver(directory)
    return running.when(*marks, since=since, timeout=WITHIN) - start


class Keys:
    """Types a letter into the filter and takes it away, again and again, and notes how long until the title says so."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._end = threading.Event()
        self._found: list[float] = []
        running.send("/")
        self._thread = threading.Thread(target=self._press, daemon=True)
        self._thread.start()

    def stop(self) -> list[float]:
        """Return the milliseconds that each answer took."""
        self._end.set()
        self._thread.join(30)
        return self._found

    def _press(self) -> None:
        while not self._end.wait(EVERY_KEY):
            for key, answer in (("t", "filter “t”"), ("\x7f", "councils · newest")):
                since = self._running.mark()
                start = self._running.send(key)
                try:
                    self._found.append((self._running.when(answer, since=since, timeout=20) - start) * 1000)
                except TimeoutError:
                    self._found.append(20_000.0)
