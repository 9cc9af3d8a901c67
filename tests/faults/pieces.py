"""Files written in place, piece by piece: no piece is ever counted, and the whole always is.

`python -m tests.faults.pieces`: XML, JSON and sheets with their last line, cut at every boundary of 1 byte to 64 kB, at
least 100,000 boundaries in all; the figure is how many boundaries a repetition has had. A sheet without that last line
that stalls for longer than its quiet time is the one exception, and the tests say so.
"""

import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

import msgspec

from feeds.arrival import Arrival, Event
from feeds.directory import Directory
from feeds.formats import read
from feeds.report import Baseline, Result
from tests.faults.files import NAMES, result
from tests.faults.running import run, say
from tests.makers import democracy_club
from tests.makers.agency_feed import Feed
from tests.makers.golden import golden_night
from tests.makers.sheet import area_rows, sheet, ward_rows

CLASSES: Final = (1, 7, 64, 512, 4_096, 65_536)
"""Bytes in a piece; a seventh class has a random number in each."""

MEMORY: Final = Path("/dev/shm")  # noqa: S108 (only to be quick)


class Now:
    """A clock that moves a little at each look, and as far as is asked for."""

    def __init__(self) -> None:
        self.at = datetime(2022, 5, 5, 22, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(microseconds=100)
        return self.at

    def passes(self, seconds: float) -> None:
        """Move it on."""
        self.at += timedelta(seconds=seconds)


def cuts(size: int, step: int, random: Random) -> Iterator[int]:
    """Yield the lengths of a file's beginnings, cut in pieces of `step` bytes, or of any size where that is 0."""
    at = 0
    while at < size:
        at = min(size, at + (step or random.randint(1, 200)))
        yield at


def arrived(events: list[Event]) -> list[bytes]:
    """Return the contents that count."""
    return [event.data for event in events if isinstance(event, Arrival)]


def delivered(root: Path, name: str, data: bytes, step: int, random: Random) -> int:
    """Write a file in pieces of `step` bytes and look after each; return how many boundaries that were."""
    now = Now()
    place = Directory(root, now)
    place.scan()
    path, boundaries, whole = root / name, 0, read(name, data)
    counted: list[bytes] = []
    with path.open("wb", buffering=0) as file:
        at = 0
        for end in cuts(len(data), step, random):
            file.write(data[at:end])
            at = end
            boundaries += 1
            new = arrived(place.glance([name]) if random.random() < 0.5 else place.scan())
            for content in new:
                assert read(name, content) == whole, f"{name}: {len(content)} of {len(data)} bytes were counted"
            counted += new
    now.passes(2)
    counted += arrived(place.scan())
    assert counted and read(name, counted[-1]) == whole, f"{name} in pieces of {step} bytes was lost"
    path.unlink()
    return boundaries


def golden(councils: int = 24) -> dict[str, bytes]:
    """Return files of every kind: name and content."""
    files = {file.path: file.data for file in Feed(1, councils, every=3).files()}
    reports = golden_night()
    told = {
        "results": [report for report in reports if isinstance(report, Result)],
        "baselines": [report for report in reports if isinstance(report, Baseline)],
    }
    files["golden.json"] = msgspec.json.encode(told)
    files["club.json"] = democracy_club.archive([democracy_club.NORTH, democracy_club.SOUTH])
    files.update({f"{name}.json": result(name, 3, number) for number, name in enumerate(NAMES)})
    rows = [row for number in range(20) for row in area_rows(f"Area {number}", {"LAB": number, "CON": 3, "Ind": 1})]
    people = [(f"Ann {number}", "LAB", 900 - number, number < 3) for number in range(12)]
    for delimiter, name in ((",", "comma"), (";", "semicolon"), ("\t", "tab")):
        files[f"areas-{name}.csv"] = sheet(rows, delimiter=delimiter, trailer=True)
        files[f"ward-{name}.csv"] = sheet(ward_rows("Anytown", "North", people), delimiter=delimiter, trailer=True)
    return files


def once(random: Random, number: int) -> float:
    """Deliver every golden file in pieces of every class; return how many boundaries that were."""
    total, files = 0, golden()
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
        for path, data in files.items():
            for step in (*CLASSES, 0):
                total += delivered(Path(name), path, data, step, random)
    say(f"  {total:,} boundaries of {len(files)} files, nothing wrong, nothing lost")
    return total


if __name__ == "__main__":
    sys.exit(run("pieces", "a piece of a file is never counted", once, 1, unit="boundaries"))
