"""What takes long shows how far it is, on a terminal, and can be broken off without leaving anything behind."""

import sys
from pathlib import Path

import pytest

from dashboard.commands.patience import LONG, patience
from feeds.portable import export_night, import_night
from feeds.saved import open_night
from tests.dashboard.test_nights import NOW, small
from tests.makers.replays import Ticks
from tests.terminal import Terminal

BUSY = """
from dashboard.commands.patience import patience
ticks = iter([0.0, 0.5, 0.9, 1.0, 1.1])
with patience("counting \\x1b[31msheep", 4, lambda: next(ticks)) as done:
    for number in range(1, 5):
        done(number)
print("done")
"""


def test_a_bar_comes_after_a_second_and_goes_away() -> None:
    with Terminal([sys.executable, "-c", BUSY], 80, 24) as terminal:
        screen = terminal.wait_for("done")
        assert terminal.close() == 0
        assert "4/4" in terminal.sent.decode()
        assert "2/4" not in terminal.sent.decode()
        assert b"[31msheep" in terminal.sent
        assert b"\x1b[31msheep" not in terminal.sent
        assert [line for line in screen if line] == ["done"]


def test_where_nothing_is_drawn_on_a_terminal_nothing_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    ticks = Ticks()
    with patience("counting", 2, ticks) as done:
        ticks.seconds = LONG * 2
        done(1)
        done(2, 2)
    assert capsys.readouterr() == ("", "")


def broken_off(done: int, _total: int) -> None:
    if done == 2:
        raise KeyboardInterrupt


@pytest.mark.parametrize("there", [True, False])
def test_an_export_that_is_broken_off_leaves_nothing_behind(tmp_path: Path, there: bool) -> None:
    night, target = open_night(str(small(tmp_path / "small"))), tmp_path / "out"
    if there:
        target.mkdir()
    with pytest.raises(KeyboardInterrupt):
        export_night(night, target, broken_off)
    assert target.exists() is there
    assert not there or list(target.iterdir()) == []


def test_an_import_that_is_broken_off_leaves_nothing_behind(tmp_path: Path) -> None:
    night, place = open_night(str(small(tmp_path / "small"))), tmp_path / "kept"

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_night(night, place / "x.night", NOW, stop)
    assert list(place.iterdir()) == []


def test_how_far_an_export_is_is_told_up_to_the_last_file(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    night = open_night(str(small(tmp_path / "small")))
    files = export_night(night, tmp_path / "out", lambda done, total: told.append((done, total)))
    assert told == [(n, files) for n in range(1, files + 1)]
    assert files == sum(path.is_file() for path in (tmp_path / "out").rglob("*"))
