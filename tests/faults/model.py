"""Anything that can be done to a feed directory, in any order, against an oracle that knows what must come of it.

`python -m tests.faults.model`: 20,000 sequences, 100 in a repetition; the figure is the seconds that a repetition took.
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from dashboard.player import Player
from feeds.arrival import Arrival, Event, Sighting
from feeds.clock import WallClock
from feeds.directory import Directory
from tests.faults.files import NAMES, result
from tests.faults.pieces import MEMORY
from tests.faults.running import run
from tests.makers.sheet import area_rows, sheet
from tests.oracles.delivered import Content, Delivered, News, readable

SEQUENCES = 100
PATHS = ("a.json", "b.json", "c.csv", "in/d.json", "in/e.csv", "f.json.part", "in/g.json.part")
JSON = tuple(path for path in PATHS if ".json" in path)
COARSE = getattr(time, "CLOCK_REALTIME_COARSE", None)

paths = st.sampled_from(PATHS)
areas = st.sampled_from(NAMES)
seats = st.integers(1, 9)
hearing = st.sampled_from(("at once", "later", "never"))
shares = st.floats(0, 0.99)


def next_tick() -> None:
    """Wait until the file system's clock has moved on, so that the next change has another time."""
    if COARSE is None:
        time.sleep(0.01)
        return
    began = time.clock_gettime_ns(COARSE)
    while time.clock_gettime_ns(COARSE) == began:
        time.sleep(0.0002)


class Night(RuleBasedStateMachine):
    """A directory, the program's source and count on it, and the oracle."""

    def __init__(self) -> None:
        super().__init__()
        self.name = tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else None)
        self.root = Path(self.name, "feed")
        (self.root / "in").mkdir(parents=True)
        self.skipped = timedelta(seconds=1)
        self.at = datetime.now(UTC)
        self.told: list[str] = []
        self.revision = 0
        self.oracle = Delivered()
        self.start()

    def start(self) -> None:
        self.place, self.player = Directory(self.root, lambda: self.at), Player(WallClock(), live=True)

    def teardown(self) -> None:
        self.pause(3.0)
        for _ in range(2):
            self.looks()
            self.pause(3.0)
        self.compare_figures()
        shutil.rmtree(self.name)

    # What is done to the directory

    def content(self, path: str, area: str, labour: int, revision: int) -> Content:
        if ".csv" in path:
            rows = area_rows(area, {"LAB": labour}, total=labour, revision=revision, poll_date="2022-05-05")
            return Content(sheet(rows, trailer=True), True, area, revision, labour)
        return Content(result(area, revision, labour, 0), True, area, revision, labour)

    def put(self, path: str, content: Content, heard: str) -> None:
        next_tick()
        (self.root / path).write_bytes(content.data)
        self.oracle.write(path, content)
        self.tell(heard, path)

    def tell(self, heard: str, *changed: str) -> None:
        self.told += [] if heard == "never" else changed
        if heard == "at once":
            self.rings()

    @rule(path=paths, area=areas, labour=seats, late=st.booleans(), heard=hearing)
    def write(self, path: str, area: str, labour: int, late: bool, heard: str) -> None:
        """Create, rewrite or revise a file; a late one has a lower revision than what is there."""
        self.revision += 1
        self.put(path, self.content(path, area, labour, self.revision + (0 if late else 1_000)), heard)

    @rule(path=st.sampled_from(JSON), area=areas, labour=seats, share=shares, heard=hearing)
    def chunk(self, path: str, area: str, labour: int, share: float, heard: str) -> None:
        """Write the beginning of a file."""
        self.revision += 1
        data = self.content(path, area, labour, self.revision).data
        self.put(path, Content(data[: int(len(data) * share)], False), heard)

    def there(self, wanted: Callable[[str], bool] = readable) -> list[str]:
        return sorted(path for path in self.oracle.files if wanted(path))

    @precondition(lambda self: self.there())
    @rule(data=st.data(), share=shares, heard=hearing)
    def truncate(self, data: st.DataObject, share: float, heard: str) -> None:
        path = data.draw(st.sampled_from(self.there()))
        if path.endswith(".json"):
            whole = self.oracle.files[path].content.data
            self.put(path, Content(whole[: int(len(whole) * share)], False), heard)

    @precondition(lambda self: self.oracle.files)
    @rule(data=st.data(), heard=hearing)
    def delete(self, data: st.DataObject, heard: str) -> None:
        path = data.draw(st.sampled_from(self.there(lambda _: True)))
        next_tick()
        (self.root / path).unlink()
        del self.oracle.files[path]
        self.tell(heard, path)

    @precondition(lambda self: self.oracle.files)
    @rule(data=st.data(), other=paths, heard=hearing)
    def rename(self, data: st.DataObject, other: str, heard: str) -> None:
        path = data.draw(st.sampled_from(self.there(lambda _: True)))
        if path == other or (".csv" in path) != (".csv" in other):
            return
        next_tick()
        (self.root / path).replace(self.root / other)
        self.oracle.move(path, other)
        self.tell(heard, path, other)

    @precondition(lambda self: self.oracle.files)
    @rule(data=st.data(), other=paths, heard=hearing)
    def duplicate(self, data: st.DataObject, other: str, heard: str) -> None:
        path = data.draw(st.sampled_from(self.there(lambda _: True)))
        if path != other and (".csv" in path) == (".csv" in other):
            next_tick()
            (self.root / other).write_bytes(self.oracle.files[path].content.data)
            self.oracle.copy(path, other)
            self.tell(heard, other)

    @rule(data=st.data())
    def remount(self, data: st.DataObject) -> None:
        """Put another directory in the place, with some of the files or none."""
        kept = [path for path in self.there(lambda _: True) if data.draw(st.booleans())]
        next_tick()
        self.root.rename(self.root.with_name(f"old{self.oracle.place}"))
        (self.root / "in").mkdir(parents=True)
        self.oracle.exchange(kept)
        for path in kept:
            (self.root / path).write_bytes(self.oracle.files[path].content.data)

    # What the program does

    @rule(seconds=st.sampled_from([0.3, 1.2, 2.1, 6.0]))
    def pause(self, seconds: float) -> None:
        self.skipped += timedelta(seconds=seconds)

    @rule()
    def restart(self) -> None:
        """Begin again: what has gone is forgotten, all that lies there is new."""
        self.start()
        self.oracle.restart()
        self.told.clear()

    @rule()
    def looks(self) -> None:
        self.take(self.place.scan, self.oracle.look)

    @rule()
    def rings(self) -> None:
        """Let the bell ring for what has been told since it rang last."""
        named, self.told = list(dict.fromkeys(self.told)), []
        self.take(lambda: self.place.glance(named), lambda at: self.oracle.glance(named, at))

    def take(self, look: Callable[[], list[Event]], wanted: Callable[[float], News]) -> None:
        self.at = datetime.now(UTC) + self.skipped
        events = look()
        brought: News = {(event.path, event.data) for event in events if isinstance(event, Arrival)}
        brought |= {(e.path, None) for e in events if isinstance(e, Sighting) and e.state == "removed"}
        brought = {(path, data) for path, data in brought if readable(path)}
        assert brought == wanted(self.at.timestamp())
        self.player.add(events)

    @invariant()
    def every_version_has_its_place(self) -> None:
        files = self.player.night.files
        parts = (files.counted, files.superseded, files.duplicate, files.ignored, files.waiting, files.quarantined)
        assert files.seen == sum(parts)

    @rule()
    def compare_figures(self) -> None:
        while self.player.backlog:
            self.player.tick()
        found = {a.name: (a.elected or {}).get("LAB") for e in self.player.night.elections for a in e.areas}
        clear = {a: n for a, n in found.items() if n is not None and a not in self.oracle.unclear}
        assert clear == self.oracle.figures()


def sequences(number: int, base: Any) -> None:
    """Try so many sequences of steps, made from a seed."""
    machine = seed(base)(type("Seeded", (Night,), {}))
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=number,
            stateful_step_count=20,
            deadline=None,
            database=None,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )


def once(random: Random, number: int) -> float:
    """Try 100 sequences; return how many seconds that took."""
    began = time.monotonic()
    sequences(SEQUENCES, random.getrandbits(32))
    return time.monotonic() - began


if __name__ == "__main__":
    sys.exit(run("model", "whatever is done to the directory, the figures are right", once, 20_000 // SEQUENCES))
