"""How the real program ends and pauses in a real pseudo-terminal, also where that terminal takes no output."""

import fcntl
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import ended
from tests.faults.ended import COMMAND, FORCED, WAITING, process_state, put, until
from tests.faults.feedmaker import TOTAL, sheet
from tests.terminal import Terminal, modes

ROOT = Path(__file__).parents[2]
FILES = 100

HELD = """
import sys, threading
from concurrent.futures import ThreadPoolExecutor
from dashboard.leaving import ended_by_signals
with ended_by_signals(lambda: None):
    ThreadPoolExecutor().submit(threading.Event().wait)
    print("held", flush=True)
    threading.Event().wait()
"""
"""A program whose end waits for ever: something still runs in a thread that is waited for."""


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Terminal]:
    """A watch in a terminal whose attributes were looked at before; they are `before`."""
    feed = tmp_path / "feed"
    feed.mkdir()
    put(feed, "first.csv", sheet("Area first", {"LAB": TOTAL}, 1))
    state = {"XDG_STATE_HOME": str(tmp_path / "state"), "PYTHONPATH": str(ROOT)}
    with Terminal([*WAITING, *COMMAND, "watch", str(feed)], 200, 60, state) as terminal:
        yield terminal


def begin(terminal: Terminal) -> list[object]:
    """Start the watch; return how the terminal was set before."""
    before = terminal.attributes
    terminal.press("enter")
    terminal.wait_for("Area first", 30)
    return before


@pytest.mark.parametrize(
    ("state", "number"),
    [
        ("full", signal.SIGTERM),
        ("full", signal.SIGHUP),
        ("full", signal.SIGINT),
        ("full, goes on", signal.SIGTERM),
        ("read", signal.SIGTERM),
        ("stopped", signal.SIGTERM),
        (ended.CLOSED, signal.SIGHUP),
    ],
)
def test_told_to_end_it_leaves_the_terminal_as_it_was_and_the_recording_whole(
    tmp_path: Path, state: str, number: signal.Signals
) -> None:
    seen = ended.ended(tmp_path, state, number, FILES)
    assert ended.faults(seen, state, number, FILES) == []
    assert [p.suffix for p in ended.recording(tmp_path / "state").parent.iterdir()] == [".night"], "one file is left"


def test_a_terminal_that_goes_away_without_a_signal_ends_it_too(tmp_path: Path) -> None:
    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 60, 200, 0, 0))
    env = {**os.environ, "XDG_STATE_HOME": str(tmp_path / "state"), "TERM": "xterm-256color"}
    (tmp_path / "feed").mkdir()
    command = [*COMMAND, "watch", str(tmp_path / "feed")]
    # A new session without a terminal of its own: nobody tells it when this one is closed.
    with subprocess.Popen(
        command, stdin=side, stdout=side, stderr=side, env=env, cwd=ROOT, start_new_session=True
    ) as process:
        os.close(side)
        shown = b""
        while b"ELECTION NIGHT" not in shown:
            shown += os.read(main, 65_536)
        os.close(main)
        try:
            assert process.wait(30) == 128 + signal.SIGHUP
        finally:
            process.kill()


def test_ctrl_z_gives_the_terminal_back_and_fg_goes_on_with_what_came_meanwhile(
    watching: Terminal, tmp_path: Path
) -> None:
    before = begin(watching)
    assert watching.attributes != before
    ended.stop(watching)
    assert watching.attributes == before
    assert modes(watching.sent) == set()
    put(tmp_path / "feed", "second.csv", sheet("Area second", {"LAB": TOTAL}, 1))
    left = len(watching.sent)
    os.kill(watching.pid, signal.SIGCONT)
    watching.wait_for_sent(b"\x1b[?1049h", start=left)
    for whole in ("Area second", "Area first", lambda screen: "ELECTION NIGHT" in screen[0]):
        watching.wait_for(whole)  # what was drawn before was not drawn here: the screen is drawn anew
    watching.press("q")
    assert watching.close() == 0
    assert watching.attributes == before
    assert modes(watching.sent) == set()


def test_a_demo_that_cannot_end_in_order_still_removes_its_directory(tmp_path: Path) -> None:
    env = {"TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    with Terminal([*COMMAND, "demo", "--speed", "30"], 200, 60, env) as terminal:
        terminal.wait_for("councils", 30)
        until(lambda: any(tmp_path.glob("election-night-*/*")))
        for _ in range(100):
            terminal.press("v")  # so that more is drawn than fits into the terminal
        until(lambda: sum(1 for _ in tmp_path.glob("election-night-*/**/*")) > 100)
        os.kill(terminal.pid, signal.SIGTERM)
        until(lambda: process_state(terminal.pid) == "Z")
        assert terminal.close() == 128 + signal.SIGTERM
        assert FORCED in terminal.sent
    assert list(tmp_path.iterdir()) == []


def test_what_still_runs_when_all_is_left_does_not_hold_the_end() -> None:
    command = [sys.executable, "-c", HELD]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 128 + signal.SIGTERM


def test_modes_of_a_terminal_are_told_from_what_was_sent() -> None:
    assert modes(b"\x1b[?1049h\x1b[?1000;1006h\x1b[?25l\x1b[>25u") == {b"1049", b"1000", b"1006", b"25", b"keys"}
    assert modes(b"\x1b[?1049h\x1b[?25l\x1b[>25u\x1b[<u\x1b[?25h\x1b[?1049l") == set()
