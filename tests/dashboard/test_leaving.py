"""How the real program ends and pauses in a real pseudo-terminal, also where that terminal takes no output."""

import os
import signal
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from feeds.arrival import Arrival
from feeds.recorded import read_recording
from tests.faults.feedmaker import TOTAL, sheet
from tests.terminal import Terminal

PROGRAM = (sys.executable, "-c", "from dashboard.cli import main; main()")
FULL = 300
ENDED, STOPPED = "Z", "T"


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    place = tmp_path / "feed"
    place.mkdir()
    return place


@pytest.fixture
def watching(feed: Path, tmp_path: Path) -> Iterator[Terminal]:
    put(feed, "first.csv", sheet("Area first", {"LAB": TOTAL}, 1))
    state = {"XDG_STATE_HOME": str(tmp_path / "state"), "PYTHONPATH": str(Path(__file__).parents[2])}
    with Terminal([*PROGRAM, "watch", str(feed)], 200, 60, state) as terminal:
        terminal.wait_for("Area first")
        yield terminal


def put(feed: Path, name: str, data: bytes) -> None:
    hidden = feed / f".{name}.part"
    hidden.write_bytes(data)
    hidden.rename(feed / name)


def recording(tmp_path: Path) -> Path:
    (found,) = (tmp_path / "state" / "election-night" / "recordings").glob("*.night")
    return found


def until(true: Callable[[], bool]) -> None:
    """Wait until something is true; it is asked again and again, without end where it never is."""
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline
        os.sched_yield()


def recorded(path: Path) -> int:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as base:
        number: int = base.execute("SELECT count(*) FROM events WHERE kind = 'arrival'").fetchone()[0]
    return number


def state(pid: int) -> str:
    """Return the state of a process as the system names it; nothing is read of what it has sent to its terminal."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_told_to_end_while_the_terminal_takes_nothing_it_ends_with_the_recording_whole(
    watching: Terminal, feed: Path, tmp_path: Path, number: signal.Signals
) -> None:
    for n in range(FULL):
        put(feed, f"{n:03}.csv", sheet(f"Area {n:03}", {"LAB": n % TOTAL, "CON": 1}, 1))
    path = recording(tmp_path)
    until(lambda: recorded(path) == FULL + 1)
    os.kill(watching.pid, number)
    until(lambda: state(watching.pid) == ENDED)
    assert watching.close() == 128 + number
    assert [p.name for p in path.parent.iterdir()] == [path.name], "nothing is left beside the one file"
    assert sum(isinstance(e, Arrival) for e in read_recording(path).events) == FULL + 1


def test_ctrl_z_gives_the_terminal_back_and_fg_goes_on_with_what_came_meanwhile(watching: Terminal, feed: Path) -> None:
    begun = len(watching.sent)
    watching.press("\x1a")
    watching.wait_for_sent(b"\x1b[?1049l", start=begun)
    until(lambda: state(watching.pid) == STOPPED)
    put(feed, "second.csv", sheet("Area second", {"LAB": TOTAL}, 1))
    left = len(watching.sent)
    os.kill(watching.pid, signal.SIGCONT)
    watching.wait_for_sent(b"\x1b[?1049h", start=left)
    watching.wait_for("Area second")
    watching.press("q")
    assert watching.close() == 0
