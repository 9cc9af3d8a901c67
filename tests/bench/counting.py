"""What one report costs as the night grows, what a seek costs, and a whole night at full speed."""

import math
import os
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from dashboard.commands.source import replayer
from dashboard.count.fold import Count
from dashboard.player import Player
from feeds import formats
from feeds.arrival import Arrival, digest
from feeds.clock import ReplayClock
from feeds.recording import Recording
from feeds.saved import open_night
from tests.bench import feed
from tests.bench.figures import Figure, median, p99
from tests.bench.running import PROGRAM, Running

BEGIN = datetime(2026, 5, 7, 21, 0, tzinfo=UTC)
COUNCILS = 200
AFTER = 200
"""Reports measured after each size."""
SIZES = (100, 1_000, 10_000, 100_000)
FEW = 10_000
"""Arrivals of a long night."""
AT_ONCE = 1_000
"""Arrivals recorded in one transaction."""


def events(number: int, councils: int = COUNCILS) -> Iterator[Arrival]:
    """Yield so many results, of so many councils again and again."""
    for n in range(number):
        path, data = feed.council_file(n % councils, 1 + n // councils)
        at = BEGIN + timedelta(milliseconds=100 * n)
        yield Arrival(path=path, data=data, digest=digest(data), at=at, basis="arrived")


def growth(sizes: tuple[int, ...] = SIZES) -> Iterator[Figure]:
    """Measure the processor time of one report more, read, counted and put together, after so many files.

    Nights of all sizes take it in turns, so that what else the machine does is the same for each.
    """
    nights = [_after(size) for size in sizes]
    spent: list[list[float]] = [[] for _ in sizes]
    for _ in range(AFTER):
        for (count, more), costs in zip(nights, spent, strict=True):
            event = next(more)
            start = time.process_time()
            _report(count, event)
            count.night()
            costs.append((time.process_time() - start) * 1000)
    first = median(spent[0])
    for size, costs in zip(sizes, spent, strict=True):
        judged = 1.5 if size == max(sizes) else None
        yield Figure(
            f"one report after {size:,} files", median(costs), "ms", "does not grow" if judged else "", judged,
            f"after {sizes[0]:,} files", first, over=True,
        )  # fmt: skip


def _after(files: int) -> tuple[Count, Iterator[Arrival]]:
    """Return a count of so many files, and those that come next."""
    count, more = Count(), events(files + AFTER)
    for event in islice(more, files):
        _report(count, event)
    return count, more


def _report(count: Count, event: Arrival) -> None:
    count.apply(event, formats.read(event.path, event.data))
    count.pack()


def seeks(arrivals: int = FEW, times: int = 300) -> Iterator[Figure]:
    """Measure seeks to anywhere in a night, and what is kept for them."""
    night = list(events(arrivals))
    player, before = Player(ReplayClock(BEGIN, night[-1].at), night), _memory()
    player.to_end()
    player.tick(limit=arrivals)
    assert player.night.events == arrivals
    while player.reel.pack():
        pass
    whole, kept = _memory() - before, player.reel.count.past_size / 1e6
    rng, found, spent = random.Random(1), [], []  # noqa: S311  (anywhere, no secret)
    for _ in range(times):
        at = BEGIN + timedelta(seconds=rng.uniform(0, arrivals / 10))
        start, worked = time.perf_counter(), time.process_time()
        player.seek(at)
        assert player.night.events
        found.append((time.perf_counter() - start) * 1000)
        spent.append((time.process_time() - worked) * 1000)
    yield Figure(f"a seek in {arrivals:,} arrivals, median", median(found), "ms")
    yield Figure(f"a seek in {arrivals:,} arrivals, p99", p99(found), "ms", "≤ 50 ms", 50)
    yield Figure("processor time of it, p99", p99(spent), "ms")
    small = arrivals <= FEW
    yield Figure("what is kept to go back there", kept, "MB", "≤ 50 MB" if small else "", 50 if small else None)
    yield Figure("memory by counting them, that included", whole, "MB")


def opening(arrivals: int = 100_000) -> Iterator[Figure]:
    """Measure how long it takes until a recording of so many arrivals is open and its first events are counted."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "long.night")
        recording, night = Recording(path, "/feed", BEGIN), list(events(arrivals))
        for begin in range(0, arrivals, AT_ONCE):
            recording.add(night[begin : begin + AT_ONCE])
        recording.close()
        del night
        start, spent = time.perf_counter(), time.process_time()
        player = replayer(open_night(str(path)))
        player.tick()
        assert player.night.events > 0
        took, spent = time.perf_counter() - start, time.process_time() - spent
    yield Figure(f"a recording of {arrivals:,} arrivals opened", took, "s", "≤ 1 s", 1)
    yield Figure("processor time of it", spent, "s")


def _memory() -> float:
    """Return the memory that this process has, in MB."""
    return int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def full_speed() -> Iterator[Figure]:
    """Measure the general election of 2019 on the screen, at full speed, from the start to its last state."""
    night = open_night("2019-12-12-general")
    with Running([*PROGRAM, "replay", night.name, "--speed", "max"]) as own:
        own.when("650 of 650", timeout=60)
        whole = time.perf_counter() - own.started
    with Running([*PROGRAM, "replay", night.name, "--speed", "1"]) as own:
        start = own.when("constituencies", timeout=60) - own.started
    yield Figure("the general election at full speed", max(0.0, whole - start), "s", "≤ 2 s", 2)
    assert math.isfinite(whole)
