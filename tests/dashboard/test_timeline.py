"""The time bar as data: its scale, its marks, what it hides."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dashboard.count.night import Night
from dashboard.player import Player
from dashboard.view.frame import Frame, chosen
from dashboard.view.pieces import plain, width_of
from dashboard.view.timeline import Placed, Scale, at_cell, layout, scale_of, telling, time_lines
from tests.makers.events import at
from tests.makers.replays import Ticks, evening, replay


def played(minutes: float) -> Player:
    player = replay(evening(), Ticks())
    player.pause()
    player.seek(at(minutes))
    return player


def frame(player: Player, **fields: Any) -> Frame:
    night = player.night
    base: dict[str, Any] = {"night": night, "election_id": chosen(night, None), "as_at": player.as_at, "live": False}
    base |= {"begin": player.begin, "end": player.end, "zone": player.zone}
    return Frame(**(base | fields))


def bar(player: Player, width: int = 100, rows: int = 1, ahead: Night | None = None, **fields: Any) -> list[str]:
    shown = frame(player, ahead=ahead, **fields)
    told = telling(shown.night, shown.election)
    foretold = None if ahead is None else telling(ahead, ahead.elections[0])
    return [plain(line) for line in time_lines(shown, told, width, rows, foretold)]


def test_a_bar_that_went_along_is_that_of_a_fresh_look_whatever_its_width_and_wherever_the_night_is() -> None:
    kept = Placed()
    for minutes, width in ((60, 100), (400, 100), (400, 60), (90, 60), (2000, 100)):
        shown = frame(played(minutes))
        told = telling(shown.night, shown.election)
        assert time_lines(shown, told, width, 2, kept=kept) == time_lines(shown, told, width, 2)


def test_the_bar_ends_on_the_evening_of_the_next_day_and_a_day_later_once_that_is_past() -> None:
    player = played(60)
    evenings = [datetime(2022, 5, day, 17, 0, tzinfo=UTC) for day in (6, 7)]
    for moment, end in ((at(0), 0), (at(1199), 0), (at(1200), 1), (at(2000), 1)):
        assert scale_of(player.night, at(0), moment).end == evenings[end], moment


def test_it_begins_when_polls_close_although_files_lay_there_before() -> None:
    player = played(60)
    assert scale_of(player.night, at(-600), at(60)).begin == at(0)
    assert scale_of(player.night, at(-600), at(-300)).begin == at(-600)
    assert scale_of(player.night, at(90), at(100)).begin == at(0)


def test_where_nobody_knows_when_polls_close_it_grows_as_time_passes() -> None:
    nothing = replay(evening(), Ticks()).night
    lengths = [scale_of(nothing, at(0), at(m)).end - at(0) for m in (0, 4, 5, 50, 60, 900)]
    assert lengths == [timedelta(minutes=n) for n in (5, 5, 15, 60, 120, 960)]
    assert scale_of(nothing, at(0), at(2000)).end > at(2000)


def test_marks_stand_where_control_changed_and_only_so_far() -> None:
    early, late = bar(played(160))[0], bar(played(400))[0]
    assert (early.count("●"), early.count("◆")) == (1, 0)
    assert (late.count("●"), late.count("◆")) == (1, 1)
    assert early.index("●") == late.index("●")


def test_with_two_rows_declarations_stand_above_the_marks() -> None:
    above, below = bar(played(200), rows=2)
    assert above.count("█") == 3
    assert "█" not in below
    assert above.index("█") < below.index("●")


def test_every_row_is_as_wide_as_the_screen() -> None:
    for width in (30, 59, 60, 80, 200, 400):
        for rows in (1, 2):
            shown = frame(played(200))
            lines = time_lines(shown, telling(shown.night, shown.election), width, rows)
            assert [width_of(line) for line in lines] == [width] * rows


def test_a_click_on_a_mark_is_the_time_of_the_mark_as_near_as_a_cell() -> None:
    player = played(400)
    shown = frame(player)
    text = bar(player)[0]
    scale = layout(shown, 100)
    cell = (scale.scale.end - scale.scale.begin) / scale.width
    assert abs(at_cell(shown, text.index("◆"), 100) - at(180)) <= cell


def test_what_was_left_out_is_drawn_as_left_out() -> None:
    assert "╌" in bar(played(400), skipped=((at(190), at(390)),))[0]
    assert "╌" not in bar(played(200), skipped=((at(190), at(390)),))[0]


def test_with_spoilers_the_bar_ends_with_the_night_and_shows_what_comes() -> None:
    player = played(70)
    ahead = played(400).night
    text = bar(player, ahead=ahead)[0]
    assert text.rstrip().endswith("04:40 23:10 ×1")
    assert "◆" in text
    assert "◆" not in bar(player)[0]


def test_a_change_that_is_withdrawn_has_no_mark() -> None:
    player = played(400)
    ward = telling(player.night, None)
    assert ward.changes == ()
    found = telling(player.night, player.night.elections[0])
    assert [code for _, code in found.changes] == [c.control for c in player.night.elections[0].changes]


class Looked(Sequence[datetime]):
    """Times that know how often one of them was looked at."""

    def __init__(self, times: list[datetime]) -> None:
        self._times = times
        self.looks = 0

    def __len__(self) -> int:
        return len(self._times)

    def __getitem__(self, place: Any) -> Any:
        self.looks += 1
        return self._times[place]


@given(st.lists(st.integers(-100, 700)), st.integers(0, 600), st.integers(1, 90), st.floats(0, 1, allow_nan=False))
def test_the_times_in_each_cell_are_those_of_which_it_is_the_cell(
    minutes: list[int], length: int, width: int, share: float
) -> None:
    scale, times = Scale(at(0), at(length)), [at(n) for n in sorted(minutes)]
    upto = int(share * len(times))
    assert scale.counted(times, upto, width) == Counter(scale.cells(times[:upto], width))


def test_of_very_many_times_the_bar_looks_at_few() -> None:
    scale = Scale(at(0), at(600))
    times = Looked([at(600 * n / 50_000) for n in range(50_000)])
    assert sum(scale.counted(times, len(times), 100).values()) == len(times)
    assert times.looks < len(times) / 20
