import math
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from dashboard.count.night import Conflict, FileProblem, Line, Night
from dashboard.panels.seats import seat_lines
from dashboard.view.frame import Frame, chosen
from dashboard.view.measures import entitled
from dashboard.view.pieces import between, fitted, line, plain, width_of
from dashboard.view.seats import line_words, seat_table
from dashboard.view.status import banners, mode_chip, progress_line, third_line, title_line
from dashboard.view.ticker import ticker_lines
from dashboard.view.timeline import cell_of, time_of
from feeds.report import Settings
from tests.makers import nights
from tests.makers.player import LONDON
from tests.makers.states import at, election, happening, night, party, wandsworth


def frame(of: Night, **fields: Any) -> Frame:
    base: dict[str, Any] = {"night": of, "election_id": chosen(of, None), "as_at": at(1, 41), "begin": at(21, day=5)}
    base |= {"end": at(12), "zone": LONDON, "live": True}
    return Frame(**(base | fields))


# Status


@pytest.mark.parametrize(
    ("baseline", "title"),
    [
        ("eve-of-poll", "Seats · ± eve of poll"),
        ("last-election", "Seats · ± last election"),
        ("none", "Seats"),
        (None, "Seats"),
    ],
)
def test_the_title_of_a_table_names_the_baseline_in_use(baseline: Any, title: str) -> None:
    assert entitled("Seats", election(baseline=baseline)) == title


@pytest.mark.parametrize("width", [60, 80, 100, 120, 160, 200, 400])
@pytest.mark.parametrize("maker", [nights.small_local, nights.small_parliament, nights.empty, nights.two_elections])
def test_the_status_lines_are_as_wide_as_the_screen(maker: Any, width: int) -> None:
    for made in (title_line, progress_line):
        assert width_of(made(frame(maker()), width)) == width
    assert width_of(third_line(frame(maker()), width)) <= width


@pytest.mark.parametrize("width", [60, 80, 200])
def test_the_clock_and_how_it_runs_are_there_at_every_width(width: int) -> None:
    text = plain(title_line(frame(nights.small_local()), width))
    assert "● LIVE" in text
    assert "Fri 02:41:00" in text


@pytest.mark.parametrize(
    ("width", "words"),
    [(200, "change since the eve of poll in"), (110, "change since the eve of poll"), (80, "± eve of poll")],
)
def test_progress_names_the_baseline_at_every_width(width: int, words: str) -> None:
    told = election(*nights.small_local().elections[0].areas, baseline="eve-of-poll", expected=200, seats_up=6860)
    rows = tuple(
        msgspec.structs.replace(p, change=1, change_areas=1) for p in nights.small_local().elections[0].parties
    )
    told = msgspec.structs.replace(told, seats_declared=2389, declared=84, parties=rows)
    found = plain(progress_line(frame(msgspec.structs.replace(nights.small_local(), elections=(told,))), width))
    assert words in found
    assert len(found) == width


def test_progress_is_never_without_what_was_declared_and_that_it_is_provisional() -> None:
    text = plain(progress_line(frame(nights.small_local()), 160))
    assert "2 of 5 councils + 1 part · 77 of 120 seats · provisional · change since the eve of poll" in text


def test_the_baseline_is_named_with_how_many_areas_the_change_covers() -> None:
    parties = (party("LAB", 35, change=4, change_areas=1),)
    one = election(wandsworth(), wandsworth(id="b"), parties=parties)
    assert "change since the eve of poll in 1 of 2" in plain(progress_line(frame(night(one)), 160))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"live": True}, " ● LIVE "),
        ({"live": True, "paused": True, "behind": 14}, " ❚❚ PAUSED · 14 behind "),
        ({"live": False, "speed": 60.0}, " ▶ REPLAY ×60 "),
        ({"live": False, "speed": 0.5}, " ▶ REPLAY ×0.5 "),
        ({"live": False, "speed": math.inf}, " ▶ REPLAY ×max "),
        ({"live": False, "paused": True}, " ❚❚ REPLAY PAUSED "),
        ({"live": False, "as_at": at(12)}, " ■ REPLAY END "),
    ],
)
def test_the_mode_says_how_the_clock_runs(fields: dict[str, Any], words: str) -> None:
    assert mode_chip(frame(nights.empty(), **fields))[0] == words


def test_a_feed_that_has_been_quiet_for_long_is_said_louder() -> None:
    late = frame(nights.small_local(), as_at=at(1, 39) + timedelta(minutes=47))
    assert ("no feed for 47 min", "warning") in title_line(late, 200)


def test_problems_are_counted_at_every_width() -> None:
    wrong = FileProblem(path="a.xml", line=3, reason="torn", at=at(1))
    torn = msgspec.structs.replace(nights.small_local(), problems=(wrong, wrong))
    assert "2 problems" in plain(title_line(frame(torn), 200))
    assert "⚠ 2" in plain(title_line(frame(torn), 80))


def test_other_elections_and_what_is_certain_stand_on_the_third_line() -> None:
    assert "Mayors 0 of 1" in plain(third_line(frame(nights.two_elections()), 160))
    assert "1 more certain by arithmetic" in plain(third_line(frame(nights.certain_local()), 160))


def test_banners_say_what_cannot_be_missed_the_gravest_first() -> None:
    loud = msgspec.structs.replace(
        nights.small_local(),
        test=("“Test” in the name of the election",),
        settings=Settings(rehearsal=True),
        conflicts=(Conflict(what="two runs are mixed", paths=("a", "b")),),
    )
    words = [word for word, _, _ in banners(frame(loud, alarm="the directory is gone", recording="disk full"))]
    assert words == ["STALE", "NOT RECORDED", "TEST", "REHEARSAL", "CONFLICT (1)"]
    assert banners(frame(nights.small_local())) == []


def test_a_removed_source_has_a_banner_and_keeps_its_figures() -> None:
    gone = night(election(wandsworth(source_removed=True)))
    assert [word for word, _, _ in banners(frame(gone))] == ["SOURCE REMOVED (1)"]


# Seats


def test_no_overall_control_has_no_seats_and_the_last_row() -> None:
    table = seat_table(nights.small_local().elections[0], 20)
    assert (table.rows[-1].party, table.rows[-1].seats, table.rows[-1].areas) == ("NOC", None, 1)


def test_parties_without_a_row_are_named_with_their_seats() -> None:
    lines = seat_lines(frame(nights.small_local()), 76, 5)
    assert [plain(each).split()[1] for each in lines[1:4]] == ["Labour", "Conservative", "No"]
    assert plain(lines[-1]).split() == ["and", "LD", "3", "Ind", "1"]


def test_before_anything_is_declared_control_is_not_known_rather_than_zero() -> None:
    table = seat_table(nights.many_local(3, 0).elections[0], 20)
    assert [row.areas for row in table.rows] == [None, None, None]


@pytest.mark.parametrize("size", [(58, 5), (58, 9), (76, 10), (100, 30), (240, 40)])
@pytest.mark.parametrize("maker", [nights.small_local, nights.small_parliament, nights.empty])
def test_the_seats_panel_fits_its_size(maker: Any, size: tuple[int, int]) -> None:
    width, height = size
    lines = seat_lines(frame(maker()), width, height)
    assert len(lines) <= height
    assert all(width_of(each) <= width for each in lines)


def test_where_there_is_room_the_leading_party_has_a_big_figure() -> None:
    assert any("┏" in plain(each) or "╺" in plain(each) for each in seat_lines(frame(nights.small_local()), 100, 30))
    assert not any("┏" in plain(each) for each in seat_lines(frame(nights.small_local()), 40, 30))


def test_the_line_says_who_is_how_far_and_who_reached_it_when() -> None:
    parliament = nights.small_parliament()
    assert plain(line_words(frame(parliament))) == "┊ 4 for a majority  Con 1 short of it"
    won = msgspec.structs.replace(parliament.elections[0], line=Line(seats=4, party="CON", reached_at=at(4, 4)))
    reached = msgspec.structs.replace(parliament, elections=(won,))
    assert plain(line_words(frame(reached))) == "┊ 4 for a majority  Con reached it at 05:04"


@pytest.mark.parametrize(("seats", "change", "before"), [(10, -5, 15), (10, 4, 6), (0, -1, 1), (10, 0, 10), (1, 3, 0)])
def test_a_party_stood_where_its_change_says(seats: int, change: int, before: int) -> None:
    one = election(parties=(party("LAB", seats, change=change, change_areas=1),))
    assert seat_table(one, 5).rows[0].before == before


def test_where_no_change_is_known_there_is_no_shadow() -> None:
    one = election(parties=(party("LAB", 10),))
    assert seat_table(one, 5).rows[0].before is None
    assert not any("░" in plain(each) for each in seat_lines(frame(night(one)), 80, 8))


def test_lost_seats_are_a_shadow_beyond_the_bar_and_gained_ones_lie_past_a_notch() -> None:
    parties = (party("LAB", 60, change=30, change_areas=1), party("CON", 40, change=-20, change_areas=1))
    lines = [plain(each) for each in seat_lines(frame(night(election(parties=parties))), 60, 5)]
    gained, lost = (next(each for each in lines if name in each) for name in ("Lab", "Con"))
    gained, lost = gained.split()[2], lost.split()[2]
    assert len(gained) == len(lost), "60 seats now and 60 seats before"
    assert abs(gained.index("▕") + 1 - len(gained) / 2) <= 1
    assert abs(lost.count("░") - len(lost) / 3) <= 1


# Ticker


def test_the_ticker_gives_speaker_party_and_place() -> None:
    assert plain(ticker_lines(frame(nights.small_local()))[0]) == (
        "❝ not us being wonderful ❞ ● Barry Rawlings, Lab, Barnet"
    )


def test_without_quotes_the_ticker_shows_the_newest_declarations() -> None:
    texts = [plain(each) for each in ticker_lines(frame(nights.small_parliament()))]
    assert texts[0] == "01:30  Leigh: ■ CON gain from LAB, Ann of Leigh, maj 712"


def test_what_was_declared_and_then_corrected_is_said_as_it_stands_and_once() -> None:
    then = wandsworth(control="CON", outcome="hold")
    told = tuple(happening("declared", election="local", area=area) for area in (then, then, wandsworth(id="gone")))
    state = msgspec.structs.replace(night(election(wandsworth())), happenings=told)
    shown = frame(state, election_id=election(wandsworth()).id)
    told = tuple(msgspec.structs.replace(h, election=shown.election_id) for h in told)
    shown = msgspec.structs.replace(shown, night=msgspec.structs.replace(state, happenings=told))
    assert [("LAB gain from CON" in plain(each)) for each in ticker_lines(shown)] == [True]
    assert "LAB gain from CON" in plain(third_line(shown, 160))


def test_the_ticker_of_an_empty_night_is_empty() -> None:
    assert ticker_lines(frame(nights.empty())) == []


# The time bar


def test_a_cell_of_the_time_bar_and_its_time_belong_together() -> None:
    begin, end = at(21, day=5), at(12)
    for cell in range(60):
        assert cell_of(time_of(cell, begin, end, 60), begin, end, 60) == cell
    assert cell_of(begin, begin, begin, 10) == 9


# Pieces


def test_a_line_is_cut_with_a_mark_and_filled_to_its_width() -> None:
    assert plain(fitted(line("Wandsworth"), 6)) == "Wands…"
    assert plain(fitted(line("Hull"), 6, right=True)) == "  Hull"
    assert plain(fitted(line(("Hull", "strong"), " is"), 5)) == "Hull…"
    assert plain(between(line("left side"), line("right"), 12)) == "left … right"
