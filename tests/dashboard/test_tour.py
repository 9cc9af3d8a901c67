"""The tour is walked as it is written: its keys in a real terminal, and what it says that one sees."""

import re
import shlex
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.makers.screenshots import DOCS
from tests.terminal import KEYS, Terminal

TOUR = (DOCS / "tour.md").read_text(encoding="utf-8")
SETTLED = 0.3
"""Seconds for which what was asked for before is drawn to its end."""

NAMED = {"↵": "enter", "esc": "escape", "↓": "down"}
QUOTED = re.compile(r"`([^`]+)`")


def steps() -> list[tuple[list[str], list[str]]]:
    """Return what is pressed and what is seen then, row by row."""
    rows = [line.strip("|").split("|") for line in TOUR.splitlines() if line.startswith("|")][2:]
    return [(QUOTED.findall(press), QUOTED.findall(see)) for press, see in rows]


def command() -> list[str]:
    shown = re.search(r"```sh\nelection-night (.*)\n```", TOUR)
    assert shown is not None
    return shlex.split(shown[1])


def keys(pressed: str) -> list[str]:
    """Return the keys of one piece in type: a key with a name, else what is typed letter by letter."""
    name = NAMED.get(pressed, pressed)
    return [name] if name in KEYS or "+" in name else list(name)


def body(screen: list[str]) -> list[str]:
    """Return the lines of a screen that do not move by themselves."""
    return screen[2:-3]


def differs(before: list[str], screen: list[str]) -> bool:
    return body(screen) != before


def test_the_tour_has_a_step_for_most_of_what_there_is() -> None:
    assert len(steps()) > 20
    assert steps()[0][0] == []
    assert all(pressed for pressed, _ in steps()[1:])
    assert all(seen for _, seen in steps()[:-1])


def test_what_the_tour_says_is_what_one_sees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    home = {"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "s"), "XDG_CONFIG_HOME": str(tmp_path / "c")}
    program = [sys.executable, "-m", "dashboard", *command()]
    columns, rows = map(int, re.findall(r"(\d+) columns wide and (\d+) lines high", TOUR)[0])
    with Terminal(program, columns, rows, env={**home, "PYTHONPATH": str(DOCS.parent)}) as terminal:
        for pressed, seen in steps():
            before = body(terminal.draw(b"".join(data for _, data in terminal.drain(SETTLED))))
            terminal.press(*(key for piece in pressed for key in keys(piece)))
            if "esc" in pressed:  # the next key would make another one of it, as long as it has not been taken
                terminal.wait_for(partial(differs, before), timeout=60)
            for words in seen:
                try:
                    terminal.wait_for(words, timeout=60)
                except AssertionError as error:
                    pytest.fail(f"after {pressed}: {error}")
        assert terminal.close() == 0
    assert list(tmp_path.glob("*.*")) == []
