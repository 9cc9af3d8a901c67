"""The harness itself: it sees what a terminal would show, and never waits longer than it was told."""

import sys
from pathlib import Path

import pytest

from tests.terminal import NotSeenError, Terminal

PROGRAM = """
import os, signal, sys, termios, tty
def size(*_):
    columns, rows = os.get_terminal_size()
    print(f"\\x1b[2J\\x1b[H{columns} by {rows}", end="", flush=True)
tty.setraw(0)
signal.signal(signal.SIGWINCH, size)
print("\\x1b[2J\\x1b[3;5Hready", end="", flush=True)
while (key := os.read(0, 8)) != b"q":
    print(f"\\x1b[5;1Hgot {key!r}", end="", flush=True)
sys.exit(3)
"""


@pytest.fixture
def program(tmp_path: Path) -> list[str]:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM, encoding="utf-8")
    return [sys.executable, str(path)]


def test_what_is_drawn_is_read_as_lines_and_the_exit_status_is_the_program_s(program: list[str]) -> None:
    with Terminal(program, columns=40, rows=6) as terminal:
        assert terminal.wait_for("ready")[2] == "    ready"
        terminal.press("down")
        assert terminal.wait_for(lambda screen: screen[4].startswith("got"))[4] == "got b'\\x1b[B'"
        assert b"ready" in terminal.sent
        terminal.press("q")
        assert terminal.close() == 3


def test_a_program_learns_of_a_new_size(program: list[str]) -> None:
    with Terminal(program, columns=40, rows=6) as terminal:
        terminal.wait_for("ready")
        terminal.resize(50, 15)
        assert len(terminal.wait_for("50 by 15")) == 15


def test_what_does_not_come_is_said_with_the_screen(program: list[str]) -> None:
    with Terminal(program) as terminal:
        terminal.wait_for("ready")
        with pytest.raises(NotSeenError, match=r"(?s)steady.*ready"):
            terminal.wait_for("steady", timeout=0.05)
        with pytest.raises(NotSeenError, match="still running"):
            terminal.close(timeout=0.05)
