"""The terminal takes no output for 8 s while 300 files arrive: all must be recorded with their true times.

`python -m tests.faults.stalled --files 300 --seconds 8`. Prints how far the recorded times lie from those of the
renames, and how long after the terminal is read again everything is on the screen. Ends with 1 where a file is
missing, a time is off by more than half a second, or the screen is late by more than one.
"""

import argparse
import math
import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from feeds.arrival import Arrival
from feeds.recorded import read_recording
from tests.faults.feedmaker import TOTAL, sheet
from tests.terminal import Terminal

COMMAND: Final = (sys.executable, "-c", "from dashboard.cli import main; main()")
FULL: Final = 100_000
"""So many bytes waited at least, where the terminal was really full: far more than the system holds by itself."""

MEASURED: Final = 5.0
"""Seconds for which the terminal is read before what came is drawn: a real one draws faster than this can."""

OFF_AT_MOST: Final = 0.5
LATE_AT_MOST: Final = 1.0


class Stall(NamedTuple):
    """What was seen: `recorded` of `files`, the largest difference of times, and the delay of the screen (seconds)."""

    files: int
    recorded: int
    furthest: float
    late: float
    held: bool

    @property
    def fine(self) -> bool:
        """Whether all was as it must be."""
        return self.recorded == self.files and self.furthest <= OFF_AT_MOST and self.late <= LATE_AT_MOST and self.held


def stall(place: Path, files: int, seconds: float) -> Stall:
    """Return what happens in a real pseudo-terminal that nobody reads for so many seconds while files arrive."""
    feed, state = place / "feed", place / "state"
    feed.mkdir()
    first = sheet("Area first", {"LAB": TOTAL}, 1)
    with Terminal([*COMMAND, "watch", str(feed)], 200, 60, {"XDG_STATE_HOME": str(state)}) as terminal:
        _put(feed, "first.csv", first)
        terminal.wait_for("Area first")
        sent = len(terminal.sent)
        renamed: dict[str, datetime] = {}
        start = time.monotonic()
        for number in range(files):
            name = f"{number:03}.csv"
            renamed[name] = _put(feed, name, sheet(f"Area {number:03}", {"LAB": number % TOTAL, "CON": 1}, 1))
            time.sleep(max(0.0, start + (number + 1) * seconds / files - time.monotonic()))
        pieces = terminal.drain(MEASURED)
        all_in = f"{files + 1} of {files + 1} councils"
        late = next((when for when, data in pieces if any(all_in in row for row in terminal.draw(data))), math.inf)
        held = len(terminal.sent) - sent > FULL
        terminal.press("q")
        terminal.close()
    (recording,) = (state / "election-night" / "recordings").iterdir()
    came = {e.path: e.at for e in read_recording(recording).events if isinstance(e, Arrival)}
    off = [abs((came[name] - at).total_seconds()) for name, at in renamed.items() if name in came]
    return Stall(files, len(off), max(off, default=0.0), late, held)


def _put(feed: Path, name: str, data: bytes) -> datetime:
    """Put a whole file into a directory by a rename; return when that was."""
    hidden = feed / f".{name}.part"
    hidden.write_bytes(data)
    hidden.rename(feed / name)
    return datetime.now(UTC)


def main() -> int:
    """Run from the command line; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=8.0)
    told = parser.parse_args()
    os.environ["PYTHONPATH"] = str(Path(__file__).parents[2])
    with tempfile.TemporaryDirectory() as place:
        seen = stall(Path(place), told.files, told.seconds)
    sys.stdout.write(
        f"{seen.recorded} of {seen.files} recorded, times off by at most {seen.furthest * 1000:.0f} ms, "
        f"all shown {seen.late * 1000:.0f} ms after the terminal was read again"
        f"{'' if seen.held else '; but the terminal was never full'}\n"
    )
    return 0 if seen.fine else 1


if __name__ == "__main__":
    sys.exit(main())
