"""The start screen: what it lists, its pictures, and that Enter opens; without a terminal there is the help."""

from pathlib import Path

import pytest

from dashboard.commands.start import choices, seats
from dashboard.view.lines import cells
from dashboard.view.starting import Choice, seat_parts, start_rows
from feeds.recorded import Summary, summary
from feeds.recording import Recording
from tests.dashboard.test_nights import NOW, small
from tests.dashboard.test_real_terminal import program, quit_fine
from tests.makers.nights import empty, small_local

NIGHTS = ("2018-05-03-local", "2022-05-05-local")


def recorded(path: Path, source: str) -> Summary:
    Recording(path, source, NOW).close()
    return summary(path)


def test_it_lists_nights_newest_first_then_recordings_then_the_directories_that_are_still_there(tmp_path: Path) -> None:
    feed = tmp_path / "feed"
    feed.mkdir()
    made = [recorded(tmp_path / "a.night", str(feed)), recorded(tmp_path / "b.night", str(tmp_path / "gone"))]
    found = choices(NIGHTS, [*made, recorded(tmp_path / "c.night", str(feed))])
    assert [(c.kind, c.argument) for c in found if c.kind != "recording"] == [
        ("night", "2022-05-05-local"),
        ("night", "2018-05-03-local"),
        ("directory", str(feed)),
    ]
    assert {c.argument for c in found if c.kind == "recording"} == {str(tmp_path / f"{n}.night") for n in "abc"}


def test_a_picture_has_every_seat_once_and_what_is_out_as_undeclared() -> None:
    night = small_local()
    parts = dict(seat_parts(night))
    first = night.elections[0]
    assert parts == {"LAB": 43, "CON": 30, "LD": 3, "IND": 1, "undeclared": 43}
    assert sum(parts.values()) == first.seats_up
    assert seat_parts(empty()) == []


def test_what_cannot_be_read_has_no_picture(tmp_path: Path) -> None:
    (tmp_path / "x.night").write_bytes(b"junk")
    assert seats(str(tmp_path / "x.night")) == []
    assert seats(str(tmp_path / "gone")) == []
    assert dict(seats(str(small(tmp_path / "small")))) == {"LAB": 35, "CON": 22, "IND": 1}


@pytest.mark.parametrize("width", [20, 60, 76, 156])
def test_no_line_is_wider_than_the_screen_and_every_choice_can_be_opened(width: int) -> None:
    listed = [
        Choice(kind="night", argument=f"n{n}", title="Ynys Môn 選挙 " * n, detail="detail " * 9, pictured=f"n{n}")
        for n in range(1, 6)
    ]
    rows = start_rows(listed, {"n1": [("LAB", 3), ("CON", 2), ("undeclared", 5)]}, width)
    assert max(cells(row.text) for row in rows) <= max(width, 28)
    assert [row.stop for row in rows if row.stop is not None] == [choice.key for choice in listed]


def test_on_a_terminal_without_arguments_enter_opens_what_is_chosen(tmp_path: Path) -> None:
    with program() as terminal:
        terminal.wait_for("Saved nights")
        terminal.wait_for("General election, 12 December 2019")
        terminal.wait_for("█████")
        terminal.press("down")
        terminal.press("down")
        terminal.press("enter")
        terminal.wait_for("REPLAY")
        terminal.wait_for("General election")
        quit_fine(terminal)


def test_q_leaves_it() -> None:
    with program(columns=80, rows=24) as terminal:
        terminal.wait_for("Saved nights")
        terminal.press("q")
        assert terminal.close() == 0
