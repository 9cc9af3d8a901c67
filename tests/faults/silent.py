"""A bell that never rings: the looks alone come to the same state, hardly later.

`python -m tests.faults.silent`: the figure is how many seconds later than with the real bell.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path
from random import Random

from feeds.arrival import Arrival
from feeds.bell import Bell, Ring, system_bell
from feeds.clock import WallClock
from feeds.directory import Directory
from tests.faults.files import NAMES, deliver, result
from tests.faults.running import run
from tests.feeds.directories import put

PATIENCE = 60.0
MOST = 2.0


async def silence(root: Path) -> AsyncIterator[Ring]:
    """Never ring."""
    await asyncio.Event().wait()
    yield None


class Follower:
    """What one watching of a directory has taken in: the newest content of each path, and since when all of it."""

    def __init__(self, root: Path, bell: Bell, wanted: dict[str, bytes]) -> None:
        self.place = Directory(root, WallClock().now)
        self.held: dict[str, bytes] = {}
        self.ready = asyncio.Event()
        self._bell, self._wanted = bell, wanted

    async def follow(self) -> float:
        """Return when everything that is wanted was held."""
        async with aclosing(self.place.changes(self._bell)) as changes:
            async for events in changes:
                self.held.update({e.path: e.data for e in events if isinstance(e, Arrival)})
                self.ready.set()
                if self.held == self._wanted:
                    break
        return time.monotonic()


async def silent(random: Random, files: int) -> float:
    """Deliver some files, some of them twice; return how much later they are held without a bell than with one."""
    wanted = {f"{n}/{name}.json": result(name, 2, n + 1) for n in range(files) for name in NAMES}
    with tempfile.TemporaryDirectory() as name:
        root = put(Path(name, "feed/.made"), b"").parent
        pair = [Follower(root, bell, wanted) for bell in (system_bell, silence)]
        tasks = [asyncio.create_task(each.follow()) for each in pair]
        async with asyncio.timeout(PATIENCE):
            for each in pair:
                await each.ready.wait()
            for path, data in wanted.items():
                if random.random() < 0.5:
                    deliver(root, path, result("Adur", 1, 1))
                deliver(root, path, data)
            with_bell, without = await asyncio.gather(*tasks)
        assert pair[0].held == pair[1].held == wanted
    return without - with_bell


def once(random: Random, number: int) -> float:
    """Run one repetition; return the delay."""
    return asyncio.run(silent(random, random.randint(1, 20)))


if __name__ == "__main__":
    sys.exit(run("silent", "without a bell the state is the same, hardly later", once, 20, most=MOST))
