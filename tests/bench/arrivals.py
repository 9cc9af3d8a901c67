"""From a file in the directory to the terminal: one at a time, many at once, two hundred a second."""

import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.bench import feed
from tests.bench.figures import Figure, median, p99
from tests.bench.running import COLUMNS, PROGRAM, ROWS, Running
from tests.terminal import Terminal

COUNCILS: Final = 200
FLOOR: Final = (sys.executable, "-m", "tests.bench.floor")
PEER: Final = (sys.executable, "-m", "tests.bench.peer")
SORTS: Final = 3
BURSTS: Final = (1, 100, 2_000, 20_000)
EVERY_KEY: Final = 0.25


def _watch(directory: Path, home: Path) -> Running:
    return Running([*PROGRAM, "watch", str(directory)], {"XDG_STATE_HOME": str(home)})


def _filled(directory: Path, number: int = COUNCILS) -> None:
    directory.mkdir()
    for path, data in feed.councils(number):
        feed.put(directory, path, data)


def _latencies(running: Running, directory: Path, first: int, times: int, pause: float) -> list[float]:
    """Return the milliseconds from a rename to its name in the output, of so many files at odd moments."""
    rng = random.Random(1)  # noqa: S311  (odd moments, no secret)
    found = []
    for number in range(first, first + times):
        path, data = feed.council_file(number)
        hidden = directory / f".{path}.part"
        hidden.write_bytes(data)
        time.sleep(pause * (0.5 + rng.random()))
        since, start = running.mark(), time.perf_counter()
        hidden.rename(directory / path)
        found.append((running.when(feed.name(number), since) - start) * 1000)
    return found


def _shown(peer: Terminal, directory: Path, number: int) -> float:
    """Return the milliseconds from a rename to its name on the screen: `watch` writes only what is another."""
    path, data = feed.council_file(number)
    start = time.perf_counter()
    feed.put(directory, path, data)
    peer.wait_for(feed.name(number))
    return (time.perf_counter() - start) * 1000


def latency(times: int = 200) -> Iterator[Figure]:
    """Measure the program, the floor and `watch -n1`, on a night of 200 councils with the ticker running."""
    with tempfile.TemporaryDirectory() as place:
        base = Path(place)
        for name in ("own", "floor", "peer"):
            _filled(base / name)
        with _watch(base / "own", base / "state") as own:
            own.when(f"{COUNCILS} of {COUNCILS}")
            own.quiet()
            ours = _latencies(own, base / "own", COUNCILS, times, 0.06)
        with Running([*FLOOR, str(base / "floor")]) as floor:
            floor.when("ready")
            floors = _latencies(floor, base / "floor", COUNCILS, times, 0.02)
        with Terminal(["watch", "-n1", " ".join([*PEER, str(base / "peer")])], COLUMNS, ROWS) as peer:
            peer.wait_for("Town")
            peers = [_shown(peer, base / "peer", COUNCILS + number) for number in range(max(5, times // 10))]
    named = "inotify + expat + one write"
    yield Figure("rename → figure on the terminal, median", median(ours), "ms", "≤ 12 ms", 12, named, median(floors))
    yield Figure("rename → figure on the terminal, p99", p99(ours), "ms", "≤ 25 ms", 25, named, p99(floors))
    yield Figure(
        "watch -n1 with a script, median", median(peers), "ms", "≥ 40× ours", 40, "ours", median(ours),
        over=True, least=True,
    )  # fmt: skip


def bursts(sizes: tuple[int, ...] = BURSTS) -> Iterator[Figure]:
    """Measure how long it takes until the last of so many files at once is on the screen, keys answered meanwhile."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            base = Path(place)
            (base / "own").mkdir()
            (base / "floor").mkdir()
            for name in ("own", "floor"):
                Path(base / f"{name}-staged").mkdir()
            revisions = max(1, size // COUNCILS)
            files = [*feed.councils(min(size, COUNCILS), revisions), feed.council_file(999_999)]
            last = feed.name(999_999)
            with Running([*FLOOR, str(base / "floor")]) as floor:
                floor.when("ready")
                floor_time = _burst(floor, base / "floor", files, last)
            with _watch(base / "own", base / "state") as own:
                own.when("waiting for", timeout=20)
                own.quiet()
                keys = _Keys(own) if size >= COUNCILS else None
                own_time = _burst(own, base / "own", files, last)
                answers = keys.stop() if keys else []
        yield Figure(
            f"{size:,} files at once → the last on the terminal", own_time, "s",
            "≤ 1.5× the floor" if size == max(BURSTS) else "", 1.5 if size == max(BURSTS) else None,
            "inotify + expat + print", floor_time, over=True,
        )  # fmt: skip
        if answers:
            yield Figure(f"a key meanwhile ({size:,} files), p99", p99(answers), "ms", "≤ 100 ms", 100)


def _burst(running: Running, directory: Path, files: list[tuple[str, bytes]], last: str) -> float:
    staged = feed.Staged(directory.with_name(directory.name + "-staged"), iter(files))
    since, start = running.mark(), time.perf_counter()
    staged.deliver(directory)
    return running.when(last, since, timeout=180) - start


class _Keys:
    """Presses `?` and escape again and again, and notes how long the answers take."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._end = threading.Event()
        self._found: list[float] = []
        self._thread = threading.Thread(target=self._press, daemon=True)
        self._thread.start()

    def stop(self) -> list[float]:
        """Return the milliseconds that each answer took."""
        self._end.set()
        self._thread.join(30)
        return self._found

    def _press(self) -> None:
        while not self._end.wait(EVERY_KEY):
            for key, answer in ((" ", "paused"), (" ", "live")):
                since = self._running.mark()
                start = self._running.send(key)
                try:
                    self._found.append((self._running.when(answer, since, timeout=20) - start) * 1000)
                except TimeoutError:
                    self._found.append(20_000.0)


def steady(seconds: float = 20.0, rate: int = 200) -> Iterator[Figure]:
    """Measure the processor and the bytes that 200 results a second take."""
    with tempfile.TemporaryDirectory() as place:
        base = Path(place)
        _filled(base / "own", 650)
        with _watch(base / "own", base / "state") as own:
            own.when("650 of 650")
            own.quiet()
            cpu, sent, start = own.cpu(), own.bytes_sent(), time.perf_counter()
            number = 0
            while (now := time.perf_counter() - start) < seconds:
                while number < now * rate:
                    path, data = feed.council_file(number % 650, 2 + number // 650)
                    feed.put(base / "own", path, data)
                    number += 1
                time.sleep(0.005)
            spent = time.perf_counter() - start
            load, rate_out = (own.cpu() - cpu) / spent * 100, (own.bytes_sent() - sent) / spent / 1024
    yield Figure(f"{rate} results a second: processor", load, "% of a core", "≤ 10 %", 10)
    yield Figure(f"{rate} results a second: to the terminal", rate_out, "KiB/s", "≤ 20 KiB/s", 20)
