"""The real program in a real pseudo-terminal: what a person sees, and what reaches the terminal."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.terminal import Terminal

PROGRAM = (sys.executable, "-c", "from dashboard.cli import main; main()")

FOREIGN = {
    "a clipboard command": b"\x1b]52",
    "a window title": b"\x1b]0;",
    "an 8-bit control": "\x9b".encode(),
    "a direction override": "\u202e".encode(),
    "a bell": b"\x07",
}
"""What a feed must never get to the terminal, and the program has no use for itself."""


POINTER = re.compile(rb"\x1b\]22;[a-z-]*\x07")
"""The shape of the mouse pointer, which Textual itself sets."""


def foreign(sent: bytes) -> list[str]:
    """Return what reached the terminal although neither the program nor Textual ever sends it."""
    own = POINTER.sub(b"", sent)
    return [what for what, sequence in FOREIGN.items() if sequence in own]


@contextmanager
def program(*arguments: str, columns: int = 120, rows: int = 40, tmp: Path | None = None) -> Iterator[Terminal]:
    env = {"TMPDIR": str(tmp)} if tmp else {}
    with Terminal([*PROGRAM, *arguments], columns, rows, env) as terminal:
        yield terminal


def put(directory: Path, name: str, text: str) -> None:
    """Put a whole file into a directory as a careful feed does: under another name first, then renamed."""
    hidden = directory / f".{abs(hash(name))}.part"
    hidden.write_text(text, encoding="utf-8")
    hidden.rename(directory / name)


def sheet(area: str, party: str, seats: int) -> str:
    columns = "area,party,elected,composition,total,seats,control,previous_control"
    return f"{columns}\n{area},{party},{seats},{seats},{seats},{seats},{party},NOC\n# rows=1\n"


def quit_fine(terminal: Terminal) -> None:
    terminal.press("q")
    assert terminal.close() == 0


def test_the_demo_fills_the_screen_and_q_leaves_nothing_behind(tmp_path: Path) -> None:
    with program("demo", "--speed", "10", tmp=tmp_path) as terminal:
        terminal.wait_for(lambda s: any(re.search(r"\b[1-9]\d* of 200 councils", line) for line in s), 14)
        assert any(path.is_dir() for path in tmp_path.iterdir())
        quit_fine(terminal)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_renamed_in_is_on_the_screen_and_garbage_is_a_problem(tmp_path: Path) -> None:
    with program("watch", str(tmp_path)) as terminal:
        terminal.wait_for("0 problems")
        put(tmp_path, "hull.csv", sheet("Kingston upon Hull", "LD", 57))
        terminal.wait_for("LD gain from NOC")
        terminal.wait_for("Kingston upon Hull")
        put(tmp_path, "garbage.csv", "area,party,elected\nBarnet,LAB,31x\n# rows=1\n")
        terminal.wait_for("1 problem")
        terminal.press("c")
        terminal.wait_for("garbage.csv, line 2")
        terminal.wait_for("31x")
        put(tmp_path, "garbage.csv", sheet("Barnet", "LAB", 31))
        terminal.wait_for("0 quarantined")
        terminal.press("escape")
        terminal.wait_for("Barnet")
        quit_fine(terminal)


def test_ctrl_c_ends_the_program_as_interrupted(tmp_path: Path) -> None:
    with program("watch", str(tmp_path)) as terminal:
        terminal.wait_for("0 problems")
        terminal.press("ctrl+c")
        assert terminal.close() == 130


def test_names_are_shown_literally_and_no_foreign_control_reaches_the_terminal(tmp_path: Path) -> None:
    evil = "\x1b]52;c;QQ==\x07\x1b]0;owned\x07\x9b31m\u202e"
    with program("watch", str(tmp_path), columns=200, rows=50) as terminal:
        terminal.wait_for("0 problems")
        put(tmp_path, "one.csv", sheet("[red]Ton[/foo]", "LAB", 30))
        terminal.wait_for("[red]Ton[/foo]")
        put(tmp_path, "two.csv", sheet(f"Esc{evil}", "[b]Mine[/]", 30))
        terminal.wait_for("Esc␛]52")
        put(tmp_path, f"[bold]{evil}.csv", f"area,party,elected\nX,LAB,{evil}\n# rows=1\n")
        terminal.wait_for("1 problem")
        terminal.press("c")
        terminal.wait_for("[bold]")
        terminal.press("escape")
        terminal.wait_for("Control changes")
        terminal.press("down", "enter")
        terminal.wait_for("Files behind it")
        terminal.press("escape")
        terminal.wait_for("Control changes")
        quit_fine(terminal)
        assert foreign(terminal.sent) == []


def test_a_terminal_that_is_too_small_says_so_and_the_screen_comes_back(tmp_path: Path) -> None:
    with program("watch", str(tmp_path)) as terminal:
        put(tmp_path, "hull.csv", sheet("Kingston upon Hull", "LD", 57))
        terminal.wait_for("LD gain from NOC")
        terminal.resize(50, 15)
        terminal.wait_for("60 × 20")
        terminal.resize(80, 24)
        terminal.wait_for("LD gain from NOC")
        quit_fine(terminal)
