"""Two nights side by side: which councils are the same, what differs, and the same time since polls closed."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dashboard.commands.compare import Looking, sides
from dashboard.count.night import Area, Night
from dashboard.screens.compare import CompareApp, CompareScreen
from dashboard.view.compare import Comparison, Side, aligned, compare
from dashboard.view.compare_grids import comparison_grids, comparison_lines, since_words
from feeds.report import Settings
from tests.dashboard.test_cli import ROWS, SHEET, run
from tests.makers.states import area, at, election, night, party, wandsworth

BEGIN = at(21, day=5)
PAIR = ("2018-05-03-local", "2022-05-05-local")


def side(of: Night, name: str = "a") -> Side:
    return Side(name=name, night=of, as_at=at(2), begin=BEGIN)


def of(*areas: Area, **fields: Any) -> Night:
    return night(election(*areas, **fields))


def names(areas: list[Area]) -> list[str]:
    return [a.name for a in areas]


def titles(comparison: Comparison) -> list[str]:
    return [grid.title.partition(":")[0] for grid in comparison_grids(comparison)]


def test_councils_are_the_same_by_code_where_both_have_one_else_by_folded_name() -> None:
    before = [area("Barking & Dagenham", code="E1"), area("City of York"), area("Leeds", code="E2"), area("Hull")]
    after = [area("B and D", code="e1"), area("York", code="E9"), area("Leeds", code="E3"), area("HULL")]
    both, only_a, only_b = aligned(before, after)
    assert [(a.name, b.name) for a, b in both] == [
        ("Barking & Dagenham", "B and D"), ("City of York", "York"), ("Hull", "HULL"),
    ]  # fmt: skip
    assert (names(only_a), names(only_b)) == (["Leeds"], ["Leeds"])


def test_a_council_and_a_region_of_one_name_are_apart() -> None:
    both, only_a, only_b = aligned([area("Glasgow")], [area("Glasgow", kind="region")])
    assert (both, names(only_a), names(only_b)) == ([], ["Glasgow"], ["Glasgow"])


def test_new_councils_those_that_are_gone_and_those_that_did_not_vote_are_apart() -> None:
    later = night(
        election(wandsworth(), area("Cumberland", previous="NEW"), area("Adur")), poll_date=at(0, day=7).date()
    )
    found = compare(side(of(wandsworth(), area("Allerdale"))), side(later, "b"))
    (pair,) = found.elections
    assert [a.area for a in pair.areas] == ["Wandsworth"]
    assert [[a.area for a in group] for group in (pair.new, pair.only_a, pair.only_b)] == [
        ["Cumberland"], ["Allerdale"], ["Adur"],
    ]  # fmt: skip
    assert titles(found)[-3:] == ["New councils", "Only in A", "Only in B"]


def test_two_sources_of_one_night_that_say_the_same_do_not_differ() -> None:
    rows = (party("LAB", 35, change=9, areas=1), party("NOC"))
    found = compare(side(of(wandsworth(), parties=rows)), side(of(wandsworth(), parties=rows), "b"))
    assert (found.one_night, found.differs) == (True, False)
    assert comparison_lines(found)[-1] == "two sources of one night: no figure differs"


@pytest.mark.parametrize(
    ("field", "value", "figures"),
    [
        ("elected", {"LAB": 34, "CON": 23, "IND": 1}, [("elected", "CON", 22, 23), ("elected", "LAB", 35, 34)]),
        ("composition", {"LAB": 35, "CON": 22}, [("composition", "IND", 1, 0)]),
        ("change", None, [("change", "CON", -11, None), ("change", "LAB", 9, None), ("change", "IND", 1, None)]),
        ("control", "NOC", [("control", None, "LAB", "NOC")]),
        ("turnout", 38.2, [("turnout", None, None, 38.2)]),
        ("total", 60, [("total", None, 58, 60)]),
    ],
)
def test_every_figure_that_differs_between_two_sources_is_named(
    field: str, value: Any, figures: list[tuple[Any, ...]]
) -> None:
    found = compare(side(of(wandsworth())), side(of(wandsworth(**{field: value})), "b"))
    (pair,) = found.elections
    told = [(d.figure, d.party, d.a, d.b) for d in pair.differences]
    assert sorted(map(str, told)) == sorted(map(str, figures))
    assert {d.area for d in pair.differences} == {"Wandsworth"}
    assert found.differs
    assert "What differs" in titles(found)


def test_an_undeclared_figure_is_not_a_zero_on_either_side() -> None:
    found = compare(side(of(area("Hull"))), side(of(area("Hull", elected={"LAB": 0})), "b"))
    assert [(d.party, d.a, d.b) for d in found.elections[0].differences] == [("LAB", None, 0)]


def test_elections_of_one_side_only_are_named() -> None:
    mayors = night(election(area("Croydon", kind="mayor"), id="m", name="Mayors", kind="mayor"))
    found = compare(side(of(wandsworth())), side(mayors, "b"))
    assert (found.elections, found.alone) == ((), ("Local elections", "Mayors"))
    assert comparison_lines(found)[-1] == "Mayors: on one side only"


def test_the_tallies_name_what_each_side_measures_change_against() -> None:
    a, b = (of(wandsworth(), parties=(party("LAB"),), baseline=name) for name in ("last-election", "eve-of-poll"))
    assert "± last election in A, eve of poll in B" in comparison_grids(compare(side(a), side(b, "b")))[0].title
    assert "; ± eve of poll" in comparison_grids(compare(side(b), side(b, "b")))[0].title


def test_an_election_that_neither_side_has_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="there are: Local elections"):
        compare(side(of(wandsworth())), side(of(wandsworth()), "b"), "Senedd")


def test_a_time_is_the_same_time_since_polls_closed_in_both() -> None:
    one, other = sides(*PAIR, "03:00")
    assert one.as_at - one.begin == other.as_at - other.begin == timedelta(hours=5)
    assert (one.night.elections[0].declared, other.night.elections[0].declared) == (108, 57)


def test_the_shipped_local_nights_have_their_tallies_and_wandsworths_control_side_by_side() -> None:
    (pair,) = compare(*sides(*PAIR, None)).elections
    tallies = {row.party: row for row in pair.tallies}
    assert (pair.declared, tallies["LAB"].seats[1], tallies["CON"].areas_change[1]) == ((150, 200), 3074, -10)
    control = {row.area: row.control for row in pair.areas}
    assert control["Wandsworth"] == ("CON", "LAB")
    assert "Cumberland" in {row.area for row in pair.new}


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(18_060, "5 h 01 after"), (-600, "10 min before"), (59, "59 s after"), (0, "0 s after"), (3_600, "1 h 00 after"),
     (172_799, "47 h 59 after"), (172_800, "2 days after"), (-90, "1 min before")],
)  # fmt: skip
def test_times_since_polls_closed_are_said_on_both_sides_of_it_in_units_that_tell_something(
    seconds: int, words: str
) -> None:
    assert since_words(seconds) == f"{words} polls closed"


def test_where_polls_never_closed_the_time_is_since_the_first_file_and_a_side_that_is_not_real_says_so() -> None:
    real, unreal = of(wandsworth()), of(wandsworth())
    unreal = msgspec.structs.replace(unreal, settings=Settings(rehearsal=True), test=("a test",))
    found = compare(side(real), Side(name="b", night=unreal, as_at=at(2, 1), begin=at(2)))
    first, second = comparison_lines(found)[:2]
    assert "TEST DATA: REHEARSAL:" in second
    assert second.endswith(", 1 min after the first file")
    assert "REHEARSAL" not in first
    assert first.endswith("5 h 00 after polls closed")
    assert (found.a.since, found.b.since) == ("polls-closed", "first-file")
    assert since_words(4, found.a.since, found.b.since) == "4 s after polls closed in A, the first file in B"
    assert since_words(4, found.b.since, found.b.since) == "4 s after the first file"


def test_a_directory_that_a_rehearsal_delivered_is_compared_by_its_own_times(tmp_path: Path) -> None:
    assert run("rehearse", PAIR[1], tmp_path / "feed", "--speed", "max").returncode == 0
    lines = run("compare", PAIR[1], tmp_path / "feed").stdout.splitlines()
    assert lines[0].endswith("22 h 00 after polls closed")
    assert "REHEARSAL: Local elections" in lines[1]
    assert re.search(r", \d+ (s|min) after the first file$", lines[1])


@pytest.fixture
def feeds(tmp_path: Path) -> tuple[Path, Path]:
    """Return two directories with one sheet of Wandsworth each; the second has moved a seat."""
    found = (tmp_path / "one", tmp_path / "two")
    for place, rows in zip(found, (ROWS, ROWS.replace("LAB,35", "LAB,34").replace("CON,22", "CON,23")), strict=True):
        place.mkdir()
        (place / "wandsworth.csv").write_text(f"{SHEET}{rows}# rows=3\n", encoding="utf-8")
    return found


def test_strict_ends_with_1_where_two_sources_differ_and_with_0_where_they_do_not(feeds: tuple[Path, Path]) -> None:
    one, two = feeds
    assert run("compare", one, one, "--strict").returncode == 0
    done = run("compare", one, two, "--strict")
    assert done.returncode == 1
    assert any(line.split()[:6] == ["Wandsworth", "elected", "LAB", "35", "34"] for line in done.stdout.splitlines())
    assert run("compare", one, two).returncode == 0


def test_the_screen_begins_with_what_is_printed_where_there_is_none(feeds: tuple[Path, Path]) -> None:
    for one, other in (PAIR, (str(feeds[0]), str(feeds[1])), (PAIR[0], str(feeds[1]))):
        look = Looking(one, other, None, None)
        printed = compare(*sides(one, other, None))
        assert look.start == look.end
        for shown in (look(look.end), look(look.end + timedelta(hours=1))):
            assert (shown.elections, shown.alone, shown.one_night) == (
                printed.elections,
                printed.alone,
                printed.one_night,
            )
    look = Looking(*PAIR, "03:00", None)
    assert look(look.start) == compare(*sides(*PAIR, "03:00"))
    assert look(look.end) == compare(*sides(*PAIR, None))


def test_before_its_end_the_screen_has_both_nights_at_one_time_since_polls_closed() -> None:
    look = Looking(*PAIR, None, None)
    shown = look(look.end - timedelta(minutes=1))
    assert shown.a.since_close == shown.b.since_close


def test_the_comparison_as_json_is_what_the_table_shows(feeds: tuple[Path, Path]) -> None:
    one, two = feeds
    document = json.loads(run("compare", one, two, "--format", "json").stdout)
    assert document["one_night"] is True
    told = {(d["area"], d["figure"], d["party"]): (d["a"], d["b"]) for d in document["elections"][0]["differences"]}
    assert told["Wandsworth", "elected", "LAB"] == (35, 34)
    assert told[None, "seats", "LAB"] == (35, 34)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("2018-05-03-locl", "2022-05-05-local"), "did you mean “2018-05-03-local”?"),
        ((*PAIR, "--at", "25:99"), "“25:99” is not a time"),
        ((*PAIR, "--election", "Senedd"), "there are: Local elections"),
    ],
)
def test_what_is_not_there_to_be_compared_is_one_line_and_exit_2(arguments: tuple[str, ...], says: str) -> None:
    done = run("compare", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_screen_moves_both_nights_in_time_and_stays_within_them(size: tuple[int, int]) -> None:
    asked: list[timedelta] = []

    def look(span: timedelta) -> Comparison:
        asked.append(span)
        return compare(side(of(wandsworth())), side(of(wandsworth(control="NOC")), "b"))

    app = CompareApp(look, timedelta(hours=1), timedelta(hours=2))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, CompareScreen)
        await pilot.press(">", "}", "<", "{", "ctrl+end", ">", "ctrl+home", "<")
        await pilot.pause()
        minutes = [int(span.total_seconds()) // 60 for span in asked]
        assert minutes == [60, 61, 71, 70, 60, 120, 120, 0, 0]
        text = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        assert "COMPARE a · b" in text
        assert "0 s after polls closed" in text
        assert "What differs: 1" in text
