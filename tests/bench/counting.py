"""What one report costs as the night grows, what a seek costs, and a whole night at full speed."""

import math
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from dashboard.count.fold import Count
from dashboard.player import Player
from feeds import formats
from feeds.arrival import Arrival, digest
from feeds.clock import ReplayClock
from feeds.saved import open_night
from tests.bench import feed
from tests.bench.figures import Figure, median, p99
from tests.bench.running import PROGRAM, Running

BEGIN = datetime(2026, 5, 7, 21, 0, tzinfo=UTC)
COUNCILS = 200
AFTER = 100
"""Reports measured after each size."""
SIZES = (100, 1_000, 10_000, 100_000)


def events(number: int, councils: int = COUNCILS) -> Iterator[Arrival]:
    """Yield so many results, of so many councils again and again."""
    for n in range(number):
        path, data = feed.council_file(n % councils, 1 + n // councils)
        at = BEGIN + timedelta(milliseconds=100 * n)
        yield Arrival(path=path, data=data, digest=digest(data), at=at, basis="arrived")


def growth(sizes: tuple[int, ...] = SIZES) -> Iterator[Figure]:
    """Measure what one report more costs, read, counted and put together, after so many files."""
    count, costs, spent = Count(), dict[int, float](), list[float]()
    for done, event in enumerate(events(max(sizes) + AFTER)):
        start = time.perf_counter()
        count.apply(event, formats.read(event.path, event.data))
        if any(size <= done < size + AFTER for size in sizes):
            count.night()
            spent.append((time.perf_counter() - start) * 1000)
        if len(spent) == AFTER:
            costs[done + 1 - AFTER] = median(spent)
            spent.clear()
    first = min(costs)
    for size, cost in costs.items():
        judged = 1.5 if size == max(costs) else None
        yield Figure(
            f"one report after {size:,} files", cost, "ms", "does not grow" if judged else "", judged,
            f"after {first:,} files", costs[first], over=True,
        )  # fmt: skip


def seeks(arrivals: int = 10_000, times: int = 300) -> Iterator[Figure]:
    """Measure seeks to anywhere in a night, and what its checkpoints hold."""
    night = list(events(arrivals))
    player = Player(ReplayClock(BEGIN, night[-1].at), night)
    player.to_end()
    player.tick(limit=arrivals)
    assert player.night.events == arrivals
    rng, found = random.Random(1), []  # noqa: S311  (anywhere, no secret)
    for _ in range(times):
        at = BEGIN + timedelta(seconds=rng.uniform(0, arrivals / 10))
        start = time.perf_counter()
        player.seek(at)
        assert player.night.events
        found.append((time.perf_counter() - start) * 1000)
    yield Figure(f"a seek in {arrivals:,} arrivals, median", median(found), "ms")
    yield Figure(f"a seek in {arrivals:,} arrivals, p99", p99(found), "ms", "≤ 50 ms", 50)


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
