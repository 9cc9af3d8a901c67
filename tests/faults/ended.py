"""A watch is told to end, in every way and in every state of its terminal: it ends, and leaves all in order.

`python -m tests.faults.ended --rounds 5`. Each round tells it by TERM, HUP and INT, while its terminal is read, takes
nothing, takes nothing and then goes on, and while it is stopped by Ctrl-Z; and closes the terminal. Each time it must
end within 2 s with the signal's exit code, the terminal as it was before, and all that came in a recording that is
whole. Prints how long each way took.
"""

import argparse
import os
import signal
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple

from feeds.arrival import Arrival
from feeds.recorded import read_recording
from tests.faults.feedmaker import TOTAL, sheet
from tests.faults.running import figures, say
from tests.terminal import Terminal, modes

COMMAND: Final = (sys.executable, "-c", "from dashboard.cli import main; main()")
WAITING: Final = ("sh", "-c", 'read go; exec "$@"', "sh")
"""Waits for Enter before the command, so that the terminal can be looked at as it is by itself."""

SIGNALS: Final = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
STATES: Final = ("read", "full", "full, goes on", "stopped")
CLOSED: Final = "closed"
FORCED: Final = b"\x18"
"""What is sent first where a terminal is given back by force."""

FILES: Final = 300
ENDS_WITHIN: Final = 2.0
GOES_ON_AFTER: Final = 0.3
SIGNALLED: Final = 128
PATIENCE: Final = 30.0


class End(NamedTuple):
    """What was seen of an end: seconds, exit code, what of the terminal is not as it was, what was recorded.

    `forced` says that it could not end in order.
    """

    took: float
    forced: bool
    code: int
    odd: set[bytes]
    attributes_kept: bool
    recorded: int
    whole: bool


def ended(place: Path, state: str, number: signal.Signals, files: int = FILES) -> End:
    """Return how a watch ends that is told so by a signal while its terminal is in a state."""
    feed, home = place / "feed", place / "state"
    feed.mkdir()
    put(feed, "first.csv", sheet("Area first", {"LAB": TOTAL}, 1))
    env = {"XDG_STATE_HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[2])}
    with Terminal([*WAITING, *COMMAND, "watch", str(feed)], 200, 60, env) as terminal:
        before = terminal.attributes
        terminal.press("enter")
        terminal.wait_for("Area first", PATIENCE)
        come(feed, home, files, terminal if state == "read" else None)
        if state == "stopped":
            stop(terminal)
        began = time.monotonic()
        code = end(terminal, state, number)
        took = time.monotonic() - began
        kept = state == CLOSED or terminal.attributes == before
        odd = set[bytes]() if state == CLOSED else modes(terminal.sent)
    path = recording(home)
    arrivals = sum(isinstance(each, Arrival) for each in read_recording(path).events)
    return End(took, FORCED in terminal.sent, code, odd, kept, arrivals, integrity(path))


def end(terminal: Terminal, state: str, number: signal.Signals) -> int:
    """Tell a watch to end; return its exit code once it has, and once all that it sent was read."""
    if state == CLOSED:
        return terminal.hang_up()
    os.kill(terminal.pid, number)
    if state == "stopped":
        os.kill(terminal.pid, signal.SIGCONT)
    if state == "full, goes on":
        threading.Event().wait(GOES_ON_AFTER)
    if state == "full":
        until(lambda: process_state(terminal.pid) == "Z")
    return terminal.close(PATIENCE)


def stop(terminal: Terminal) -> None:
    """Press Ctrl-Z, and wait until the watch has stopped and the terminal has its own screen back."""
    begun = len(terminal.sent)
    terminal.press("\x1a")
    terminal.wait_for_sent(b"\x1b[?1049l", PATIENCE, begun)
    until(lambda: process_state(terminal.pid) == "T")
    terminal.drain(0.1)  # what it wrote last


def come(feed: Path, home: Path, files: int, terminal: Terminal | None) -> None:
    """Put files into the directory until all are recorded; meanwhile the terminal is read, if there is one to read."""
    for number in range(files):
        put(feed, f"{number:03}.csv", sheet(f"Area {number:03}", {"LAB": number % TOTAL, "CON": 1}, 1))
        if terminal is not None:
            terminal.drain(0.001)
    until(lambda: recorded(home) == files + 1)
    if terminal is not None:
        terminal.drain(0.5)


def put(feed: Path, name: str, data: bytes) -> None:
    """Put a whole file into a directory by a rename."""
    hidden = feed / f".{name}.part"
    hidden.write_bytes(data)
    hidden.rename(feed / name)


def recording(home: Path) -> Path:
    """Return the one recording."""
    (found,) = (home / "election-night" / "recordings").glob("*.night")
    return found


def recorded(home: Path) -> int:
    """Return how many arrivals are recorded, while that goes on."""
    with closing(sqlite3.connect(f"file:{recording(home)}?mode=ro", uri=True)) as base:
        number: int = base.execute("SELECT count(*) FROM events WHERE kind = 'arrival'").fetchone()[0]
    return number


def integrity(path: Path) -> bool:
    """Return whether a recording is whole."""
    with closing(sqlite3.connect(path)) as base:
        return bool(base.execute("PRAGMA integrity_check").fetchall() == [("ok",)])


def until(true: Callable[[], bool]) -> None:
    """Wait until something is true; fails where it never is."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        threading.Event().wait(0.01)


def process_state(pid: int) -> str:
    """Return the state of a process as the system names it; nothing is read of what it has sent to its terminal."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def faults(seen: End, state: str, number: signal.Signals, files: int = FILES) -> list[str]:
    """Return in words what was not in order, but for how long it took."""
    checks = {
        "the terminal was not full": state == "full" and not seen.forced,
        f"exit code {seen.code}": seen.code != SIGNALLED + number,
        f"modes left: {sorted(seen.odd)}": bool(seen.odd),
        "the terminal's attributes were not restored": not seen.attributes_kept,
        f"{seen.recorded} of {files + 1} recorded": seen.recorded != files + 1,
        "the recording is not whole": not seen.whole,
    }
    return [words for words, wrong in checks.items() if wrong]


def main() -> int:
    """Run from the command line; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    told = parser.parse_args()
    wrong = 0
    for state, number in [*((s, n) for s in STATES for n in SIGNALS), (CLOSED, signal.SIGHUP)]:
        took: list[float] = []
        for _ in range(told.rounds):
            with tempfile.TemporaryDirectory() as place:
                seen = ended(Path(place), state, number)
            took.append(seen.took)
            said = faults(seen, state, number) + ([f"{seen.took:.2f} s"] if seen.took > ENDS_WITHIN else [])
            wrong += bool(said)
            for words in said:
                say(f"  {state}, {number.name}: {words}")
        say(f"{state}, {number.name}: {figures(took, 's')}")
    say(f"{wrong} not in order")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
