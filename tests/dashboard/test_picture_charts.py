"""The hemicycle, the race, the chart and the flow: every figure in them is the tally's."""

from collections import Counter
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.count.night import Line, Night, Path
from dashboard.view.pictures import flow, hemicycle, race, series
from dashboard.view.pictures.gallery import drawn, fitting
from dashboard.view.pictures.ink import Ink
from dashboard.view.pictures.scene import Scene, newest_declared
from dashboard.view.pieces import party_style, plain, width_of
from feeds.saved import shipped as nights_shipped
from tests.makers import nights
from tests.makers.events import night as told
from tests.makers.made_up import made_up_nights
from tests.makers.pictures import only, player_at_end, scene, texts, whole
from tests.makers.states import (
    area,
    at,
    change,
    correction,
    declared,
    election,
    happening,
    night,
    wandsworth,
)
from tests.makers.states import (
    party as row,
)

SIZES = [(1, 1), (20, 5), (40, 12), (78, 17), (118, 30), (200, 60)]


# Hemicycle


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 700), st.integers(30, 160), st.integers(8, 60))
def test_every_seat_has_one_place_of_its_own_within_the_room(seats: int, width: int, height: int) -> None:
    places = hemicycle.seating(seats, width, height)
    if places:
        assert len(places) == len(set(places)) == seats
        assert all(0 <= y < height and 0 <= x < width for y, x in places)


def test_a_full_house_has_room_on_a_small_screen() -> None:
    lines = drawn(whole("2019-12-12-general"), "hemicycle", 78, 17).lines
    marked = [text for each in lines[1:-1] for text, style in each if style.startswith("party:")]
    assert len("".join(marked)) == 650
    assert plain(lines[-1]).startswith("326 for a majority  ■ Con 365")


def test_seats_go_round_from_the_left_end_to_the_right_end() -> None:
    places = hemicycle.seating(300, 100, 30)
    middle = (100 - 1) // 2
    floor = max(y for y, _ in places)
    slopes = [(middle - x) / (2 * (floor - y) + 1) for y, x in places]
    assert slopes == sorted(slopes, reverse=True)
    left = sum(x < middle for _, x in places)
    right = sum(x > middle for _, x in places)
    assert abs(left - right) <= 1


@pytest.mark.parametrize("ink", [Ink.BLOCKS, Ink.ASCII])
def test_a_hemicycle_has_exactly_one_mark_for_each_seat(ink: Ink) -> None:
    made = whole("2019-12-12-general", ink)
    picture = drawn(made, "hemicycle", 90, 30)
    tally = {p.party: p.seats for p in only(made.frame.night).parties if p.seats}
    drawn_marks = Counter(
        style
        for each in picture.lines[_floor(picture.lines) : _foot(picture.lines)]
        for text, style in each
        for _ in text.strip()
    )
    assert drawn_marks == Counter({party_style(code): seats for code, seats in tally.items()})


def _floor(lines: Any) -> int:
    return 1 + next(n for n, each in enumerate(lines) if plain(each).strip() in {"▼", "v"})


def _foot(lines: Any) -> int:
    return next(n for n, each in enumerate(lines) if "for a majority" in plain(each))


def test_undeclared_seats_come_last_and_without_a_colour() -> None:
    parts = hemicycle.chamber_parts(only(nights.small_parliament()))
    assert parts == [("CON", 3), ("LAB", 1), ("SDLP", 1), ("undeclared", 2)]
    lines = drawn(scene(nights.small_parliament()), "hemicycle", 60, 16).lines
    shown = [piece for each in lines[_floor(lines) : _foot(lines)] for piece in each]
    assert sum(text.count("░") for text, style in shown if style == "quiet") == 2


def test_a_council_is_drawn_as_it_is_after_the_result() -> None:
    made = scene(night(election(wandsworth()), happenings=(declared(wandsworth()),)))
    picture = drawn(made, "council", 60, 20)
    assert picture.title == "Wandsworth · LAB gain from CON"
    marked = Counter(
        style
        for each in picture.lines[_floor(picture.lines) : _foot(picture.lines)]
        for text, style in each
        for _ in text.strip()
    )
    assert marked == {"party:LAB": 35, "party:CON": 22, "party:IND": 1}


def test_the_council_that_is_pointed_at_comes_before_the_one_declared_last() -> None:
    of = night(election(wandsworth(), area("Adur")), happenings=(declared(wandsworth()),))
    last, pointed = newest_declared(scene(of)), newest_declared(scene(of, area_id="adur"))
    assert last is not None
    assert last.name == "Wandsworth"
    assert pointed is not None
    assert pointed.name == "Adur"


# Seats through the night


@pytest.mark.parametrize("name", nights_shipped())
def test_the_lines_end_at_the_tally_by_what_has_happened_alone(name: str) -> None:
    of = player_at_end(name).night
    made = series.series(of, only(of), player_at_end(name).as_at)
    last_declared = max(h.at for h in of.happenings if h.election == only(of).id)
    assert made.times[-1] == last_declared
    assert {code: values[-1] for code, values in made.seats.items() if values[-1]} == {
        p.party: p.seats for p in only(of).parties if p.seats
    }


@settings(max_examples=40, deadline=None)
@given(made_up_nights())
def test_the_lines_of_any_night_end_at_its_tally(pairs: Any) -> None:
    of = told(*pairs)
    for each in of.elections:
        made = series.series(of, each, at(3))
        assert {code: values[-1] for code, values in made.seats.items()} | {"NOC": 0} == {
            **dict.fromkeys(made.seats, 0), **{p.party: p.seats for p in each.parties}, "NOC": 0,
        }  # fmt: skip
        assert made.times == sorted(made.times)


def test_a_result_that_was_taken_back_takes_its_seats_back() -> None:
    gone = happening("correction", election="local", area=wandsworth(), correction=correction(what="retraction"))
    first = msgspec.structs.replace(declared(wandsworth()), at=at(1))
    of = night(election(area("Wandsworth")), happenings=(first, gone))
    made = series.series(of, only(of), at(3))
    assert made.seats["LAB"] == [35, 0]
    assert made.at("LAB", at(1)) == 35
    assert made.at("LAB", at(0)) == 0
    assert made.at("LAB", at(2)) == 0


def test_the_time_axis_says_nothing_of_how_long_the_night_will_be() -> None:
    assert series.span(at(21, day=5), at(21, day=5)) == (timedelta(hours=1), timedelta(hours=1))
    assert series.span(at(21, day=5), at(1, 41)) == (timedelta(hours=5), timedelta(hours=1))
    for minutes in range(0, 6_000, 37):
        length, step = series.span(at(0), at(0) + timedelta(minutes=minutes))
        assert timedelta(minutes=minutes) < length <= timedelta(minutes=minutes) + step
        assert length / step <= series.TICKS


@pytest.mark.parametrize("ink", Ink)
def test_the_chart_names_every_party_with_its_seats_at_the_end_of_its_line(ink: Ink) -> None:
    text = "\n".join(texts(drawn(whole("2019-12-12-general", ink), "seats", 120, 30).lines))
    for words in ("Con 365", "Lab 202", "SNP 48", "LD 11", "DUP 8", "SF 7", "PC 4", "SDLP 2", "Spk 1"):
        assert words in text


def test_braille_draws_lines_in_dots_and_blocks_do_not() -> None:
    def dotted(ink: Ink) -> bool:
        return any(
            "\u2800" < c <= "\u28ff"
            for each in drawn(whole("2019-12-12-general", ink), "seats", 90, 30).lines
            for c in plain(each)
        )

    assert dotted(Ink.BRAILLE)
    assert not dotted(Ink.BLOCKS)


# Race


def test_a_declared_councils_race_is_what_stands_against_its_own_line() -> None:
    lines = texts(drawn(scene(night(election(wandsworth()))), "council-race", 80, 20).lines)
    assert "30 ▼" in lines[0]
    assert [text for text in lines if "Lab" in text and "35" in text and "5 more than needed" in text]
    assert [text for text in lines if "Con" in text and "22" in text and "8 short" in text]
    assert "░" not in "".join(lines)


def test_a_race_of_a_council_that_counts_reaches_as_far_as_its_candidates() -> None:
    paths = (
        Path(party="CON", least=4, most=6, needs=16, available=2),
        Path(party="LAB", least=18, most=31, needs=2, available=13),
    )
    out = area("Hull", stage="partial", total=38, up=13, undeclared=13, paths=paths)
    picture = drawn(scene(night(election(out))), "council-race", 80, 20)
    assert picture.title == "Hull · race to 20 · 13 seats still out"
    lab, con = (next(text for text in texts(picture.lines) if name in text) for name in ("Lab", "Con"))
    assert "18" in lab
    assert "2 short" in lab
    assert "4" in con
    assert "cannot reach it" in con
    assert lab.count("█") > con.count("█")
    assert lab.count("░") > con.count("░") > 0


def test_a_race_without_what_it_takes_says_so() -> None:
    unknown = drawn(scene(night(election(area("Hull")))), "council-race", 60, 9)
    assert "how many seats there are is not known" in " ".join(texts(unknown.lines))
    nothing = drawn(scene(night(election(area("Hull", total=38)))), "council-race", 60, 9)
    assert "what stays of the council is not known" in " ".join(texts(nothing.lines))


def test_the_race_says_who_is_how_far_from_the_line() -> None:
    picture = drawn(scene(nights.small_parliament()), "race", 80, 20)
    text = texts(picture.lines)
    assert picture.title == "Race to 4 · 2 seats still out"
    assert any("Con" in each and "1 short" in each for each in text)
    assert any("Lab" in each and "3 short" in each for each in text)
    won = msgspec.structs.replace(only(nights.small_parliament()), line=Line(seats=4, party="CON", reached_at=at(4, 4)))
    reached = msgspec.structs.replace(nights.small_parliament(), elections=(won,))
    assert any("reached it at 05:04" in each for each in texts(drawn(scene(reached), "race", 80, 20).lines))


@pytest.mark.parametrize("width", [40, 80, 160])
def test_the_line_stands_in_the_same_cell_of_every_track(width: int) -> None:
    lines = texts(drawn(whole("2019-12-12-general"), "race", width, 40).lines)
    cells_of = {each.index(c) for each in lines[1:] for c in "┃┊" if c in each}
    assert len(cells_of) == 1
    assert cells_of == {lines[0].index("▼")}


def test_what_is_still_out_is_what_nobody_has_won() -> None:
    assert race.still_out(only(nights.small_parliament())) == 2
    assert race.still_out(election(seats_up=None)) is None


# Gains and losses


@pytest.mark.parametrize("name", nights_shipped())
def test_the_flow_has_every_change_once_and_its_net_is_the_tallys(name: str) -> None:
    of = only(player_at_end(name).night)
    found = flow.flows(of)
    assert sum(number for _, number in found) == len(of.changes)
    assert len({pair for pair, _ in found}) == len(found)
    balance: Counter[str] = Counter()
    for (previous, control), number in found:
        balance[control] += number
        balance[previous] -= number
    assert {code: n for code, n in balance.items() if n} == {
        p.party: p.areas_change for p in of.parties if p.areas_change
    }
    assert dict(flow.net(of)) == {code: balance[code] for code in balance}


def test_a_flow_names_both_parties_and_the_number() -> None:
    won = wandsworth()
    of = night(
        election(won, parties=(row("LAB", 35, areas_change=1), row("CON", 22, areas_change=-1)), changes=(change(won),))
    )
    text = texts(drawn(scene(of), "flow", 60, 12).lines)
    assert any(each.startswith("Con ■") and "▶ ● Lab" in each and each.rstrip().endswith("1") for each in text)
    assert any("Lab +1" in each and "Con −1" in each for each in text)


# Bad input


def crowd(parties: int) -> Night:
    """Return a parliament of so many parties that nobody knows, each with seats of its own, and long names."""
    rows = tuple(row(f"P{n} {'LONG NAME ' * 30}".strip(), n + 1) for n in range(parties, 0, -1))
    seats = sum(each.seats for each in rows)
    one = election(
        *(area(f"Place {'of a very long name ' * 15}{n}", kind="constituency") for n in range(3)),
        kind="parliament",
        parties=rows,
        line=Line(seats=seats // 2 + 1, party=None, reached_at=None),
        seats_up=seats,
    )
    return night(one)


@pytest.mark.parametrize("ink", Ink)
@pytest.mark.parametrize("size", [(56, 17), (118, 30), (158, 60)])
@pytest.mark.parametrize("number", [0, 1, 5_000])
def test_an_election_of_none_one_or_five_thousand_areas_is_drawn(number: int, size: tuple[int, int], ink: Ink) -> None:
    made = scene(nights.many_local(number, number // 2), ink)
    assert_drawn(made, size)


@pytest.mark.parametrize("ink", Ink)
@pytest.mark.parametrize("size", [(56, 17), (118, 30), (158, 60)])
def test_forty_parties_with_names_of_three_hundred_letters_are_drawn(size: tuple[int, int], ink: Ink) -> None:
    assert_drawn(scene(crowd(40), ink), size)


def assert_drawn(made: Scene, size: tuple[int, int]) -> None:
    for key in fitting(made):
        picture = drawn(made, key, *size)
        assert 0 < len(picture.lines) <= size[1]
        assert all(width_of(each) <= size[0] for each in picture.lines)
