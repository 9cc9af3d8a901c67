"""Past a night: a hundred thousand files with a million candidates. How long it takes to begin, and what it holds."""

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from tests.bench import feed
from tests.bench.arrivals import latencies, watch
from tests.bench.figures import Figure, median, p99
from tests.makers import pa

FILES: Final = 100_000
AREAS: Final = 2_000
LAST: Final = 900_000
WITHIN: Final = 900.0
PARTIES: Final = ("LAB", "CON", "LD", "GRN", "IND", "REF", "UKIP", "PC", "SNP", "OTH")


def station(number: int, areas: int) -> bytes:
    """Return one polling station's result, in the project's own JSON."""
    people = [
        {"name": f"Person {number} {each}", "party": party, "votes": 900 - each, "elected": each == 0}
        for each, party in enumerate(PARTIES)
    ]
    result = {
        "area": {"name": feed.name(number % areas)},
        "ward": f"Station {number // areas}",
        "election": {"poll_date": pa.DATE},
        "up": 1,
        "elected": {PARTIES[0]: 1},
        "candidates": people,
    }
    return msgspec.json.encode({"results": [result]})


def scale(files: int = FILES, areas: int = AREAS) -> Iterator[Figure]:
    """Measure the start on so many files, the memory, and the way from a rename to the terminal after it."""
    with tempfile.TemporaryDirectory() as place:
        base = Path(place)
        _fill(base / "own", files, areas)
        with watch(base / "own", base / "state") as own:
            first = own.when("to count", timeout=60) - own.started
            own.when(*feed.marks(LAST), timeout=WITHIN)
            whole = time.perf_counter() - own.started
            own.quiet(timeout=WITHIN)
            spent, held = own.cpu(), own.memory()
            found = latencies(own, base / "own", 500_000, 100, pause=0.3)
    many = f"{files:,} files, {files * len(PARTIES):,} candidates"
    yield Figure(f"{many}: start → how far it is", first, "s")
    yield Figure(f"{many}: start → all counted", whole, "s", "≤ 60 s", 60)
    yield Figure(f"{many}: processor time", spent, "s")
    yield Figure(f"{many}: memory", held, "MB")
    yield Figure("then a rename → figure on the terminal, median", median(found), "ms", "≤ 12 ms", 12)
    yield Figure("then a rename → figure on the terminal, p99", p99(found), "ms", "≤ 25 ms", 25)


def _fill(directory: Path, files: int, areas: int) -> None:
    """Make the directory; the file that is counted last is a council's, which is shown among the control changes."""
    directory.mkdir()
    for number in range(files - 1):
        (directory / f"station-{number:06}.json").write_bytes(station(number, areas))
    path, data = feed.council_file(LAST)
    feed.put(directory, path, data)
    later = time.time() + 1
    os.utime(directory / path, (later, later))
