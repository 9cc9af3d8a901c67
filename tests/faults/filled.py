"""Directories made and filled in the same instant, and second changes within one second where it only polls.

`python -m tests.faults.filled`: each 50 times, 100 files in a directory; the figure is the seconds until all is seen.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path
from random import Random

from feeds.arrival import Arrival, Event
from feeds.clock import WallClock
from feeds.directory import Directory
from tests.faults.files import result
from tests.faults.running import run

FILES = 100
TIMES = 50
PATIENCE = 30.0


async def seen(changes: AsyncIterator[list[Event]], wanted: dict[str, bytes]) -> float:
    """Wait until the newest content of every wanted path is what is wanted; return how many seconds that took."""
    began, held = time.monotonic(), dict[str, bytes]()
    try:
        async with asyncio.timeout(PATIENCE):
            while any(held.get(path) != data for path, data in wanted.items()):
                held.update({e.path: e.data for e in await anext(changes) if isinstance(e, Arrival)})
    except TimeoutError:
        missed = [path for path, data in wanted.items() if held.get(path) != data]
        raise AssertionError(f"{len(missed)} of {len(wanted)} missed, such as {missed[0]}") from None
    return time.monotonic() - began


async def filled(random: Random, times: int, files: int) -> float:
    """Make directories with so many files each at once, some deep; return the longest time until all is seen."""
    took = [0.0]
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        async with aclosing(Directory(root, WallClock().now).changes()) as changes:
            await anext(changes)
            for turn in range(times):
                deep = "/".join(str(turn) for _ in range(random.randint(1, 4)))
                (root / deep).mkdir(parents=True)
                wanted = {f"{deep}/{n}.json": result(f"Area {n}", turn + 1, n + 1) for n in range(files)}
                for path, data in wanted.items():
                    (root / path).write_bytes(data)
                took.append(await seen(changes, wanted))
    return max(took)


async def twice(random: Random, times: int, files: int) -> float:
    """Change files a second time right after the first was seen, polling; return the longest time until it is seen."""
    took = [0.0]
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        async with aclosing(Directory(root, WallClock().now, poll=True).changes()) as changes:
            await anext(changes)
            for turn in range(times):
                for labour in (11, 12):
                    wanted = {f"{turn}-{n}.json": result(f"Area {n}", 1, labour) for n in range(files)}
                    for path, data in wanted.items():
                        (root / path).write_bytes(data)
                    took.append(await seen(changes, wanted))
    return max(took)


def once(random: Random, number: int) -> float:
    """Make and fill a directory, and change files twice; return the longest time."""
    return max(asyncio.run(filled(random, 1, FILES)), asyncio.run(twice(random, 1, FILES)))


if __name__ == "__main__":
    sys.exit(run("filled", "directories filled at once and quick second changes are seen", once, TIMES, most=5.0))
