"""What the page of one area says: figures, bars, wards, votes, files, and what is not known."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.count.night import Area, Night, Noted, Path, Said, Source
from dashboard.view.area import area_sections, area_title
from dashboard.view.composition import bar, line_mark
from dashboard.view.lines import Row, cells
from dashboard.view.sentences import declared_sentence
from feeds.report import Candidate, Note, Quote
from tests.makers.states import area, at, correction, election, moment, night, odd, wandsworth, ward

LONDON = ZoneInfo("Europe/London")
SPREAD = {"LAB": 35, "CON": 22, "IND": 1}


def page(one: Area, *, state: Night | None = None, width: int = 100, opened: tuple[str, ...] = ()) -> list[Row]:
    shown = election(one)
    sections = area_sections(state or night(shown), shown, one, zone=LONDON, width=width, opened=frozenset(opened))
    return [row for section in sections for row in (Row(((section.title, "head"),)), *section.rows)]


def text(one: Area, **options: Any) -> str:
    return "\n".join(row.text for row in page(one, **options))


def line(one: Area, start: str, **options: Any) -> str:
    """Return the one line of the page that starts so, its spaces single."""
    plain = [" ".join(row.text.split()) for row in page(one, **options)]
    found = [words for words in plain if words.startswith(start)]
    assert len(found) == 1, found
    return found[0]


def westminster(**fields: Any) -> Area:
    wards = (
        ward("Abbey Road", seats=3, elected=None),
        ward("West End", seats=3, elected={"LAB": 2, "CON": 1}, stage="declared", declared=moment(1, 30)),
        ward("Maida Vale", seats=3, elected={"LAB": 3}, stage="declared", declared=moment(1, 10, "arrived")),
        ward("Pimlico", seats=3, elected={"CON": 3}, stage="declared"),
    )
    facts: dict[str, Any] = {"stage": "partial", "total": 12, "up": 12, "undeclared": 3, "wards": wards}
    facts |= {"elected": {"LAB": 5, "CON": 4}, "before": {"CON": 9, "LAB": 3}, "before_total": 12}
    return area("Westminster", **(facts | {"previous": "CON"} | fields))


def thirds(**fields: Any) -> Area:
    """A council of which fifteen of twenty-nine seats are up."""
    facts: dict[str, Any] = {"stage": "declared", "revision": 2, "total": 29, "up": 15, "undeclared": 0}
    facts |= {"elected": {"CON": 7, "LAB": 7}, "composition": {"CON": 15, "LAB": 12}, "vacant": 1, "deferred": 1}
    facts |= {"before": {"CON": 17, "LAB": 12}, "before_total": 29, "control": "CON", "previous": "CON"}
    return area("Adur", **(facts | {"outcome": "hold", "declared": moment(2, 0, "arrived")} | fields))


def test_the_title_is_the_trail_of_where_one_is_and_says_the_stage() -> None:
    one = wandsworth(region="London", code="E09000032")
    assert area_title(one, election(one)).text == "Local elections › WANDSWORTH  declared"
    assert area_title(one, election(one), "Balham").text == "Local elections › WANDSWORTH › Balham  declared"
    assert line(one, "where") == "where London · E09000032 · council"


def test_the_history_stands_with_the_facts_where_the_night_carries_one() -> None:
    def told(kind: str, ward_name: str | None = None) -> Noted:
        note = Note(area="Wandsworth", kind=kind, text=f"a {kind}", ward=ward_name)
        return Noted(note=note, at=at(1), path="notes.csv")

    shown = night(election(wandsworth()), notes=(told("history"), told("target"), told("history", "Balham")))
    assert line(wandsworth(), "history", state=shown) == "history a history"
    assert not [row for row in page(wandsworth()) if row.text.startswith("history")]


def test_the_title_says_that_the_source_is_gone() -> None:
    one = wandsworth(source_removed=True)
    assert "SOURCE REMOVED" in area_title(one, election(one)).text


def test_outcome_control_before_time_and_majority_are_said_in_words() -> None:
    one = wandsworth()
    assert line(one, "now") == "now ● Labour gain from Conservative (LAB gain from CON)"
    assert line(one, "before C") == "before Conservative"
    assert line(one, "time") == "time 02:39 declared"
    assert line(one, "majority") == "majority 30 of 58: Lab 35, 5 more than needed"


def test_a_time_says_its_basis_and_an_unknown_one_that_it_is_unknown() -> None:
    assert line(thirds(), "time") == "time 03:00 arrived, revision 2"
    assert line(wandsworth(declared=None), "time") == "time time unknown"
    assert line(area(expected_at=at(3, 30)), "time") == "time ≈ 04:30 expected"
    assert line(wandsworth(declared=moment(2, 0, "expected")), "time") == "time ≈ 03:00, an estimate"
    assert line(area(), "time") == "time not declared yet"


def test_exactly_half_is_one_short_of_a_majority() -> None:
    one = wandsworth(total=62, composition={"LAB": 31, "CON": 31}, control="NOC")
    assert line(one, "majority") == "majority 32 of 62: the largest, Con 31, is 1 short"


def test_undeclared_is_a_dash_and_a_declared_nothing_is_zero() -> None:
    undeclared = area(total=58, up=58, undeclared=58, before={"CON": 33, "LAB": 25}, before_total=58)
    assert line(undeclared, "■ Conservative") == "■ Conservative 33 – – –"
    wiped_out = wandsworth(before={"LD": 2}, composition=SPREAD)
    assert line(wiped_out, "◆ Liberal Democrat") == "◆ Liberal Democrat 2 0 0 –"


def test_elected_tonight_is_not_the_composition_where_a_third_is_up() -> None:
    assert line(thirds(change={"CON": -2}), "■ Conservative") == "■ Conservative 17 7 15 −2"
    assert line(thirds(), "all") == "all 29 14 of 15 29"


def test_seats_without_a_party_are_named_in_the_bar() -> None:
    after = [row.text for row in page(thirds()) if "deferred 1" in row.text and "·" in row.text]
    assert "▒ deferred 1   · vacant 1" in after[-1]
    assert "? not known 2" in text(thirds(before={"CON": 17, "LAB": 10}))
    assert "░ undeclared 3" in text(westminster())


def test_a_new_council_had_none_before() -> None:
    assert "before   none: a new council" in text(area("Cumberland", total=46, up=46, previous="NEW"))


@settings(max_examples=60)
@given(st.lists(st.integers(1, 400), min_size=1, max_size=8), st.integers(8, 150), st.booleans())
def test_a_composition_bar_is_exactly_as_wide_as_it_should_be(seats: list[int], width: int, waiting: bool) -> None:
    parts = [(f"P{i}", number) for i, number in enumerate(seats)]
    if waiting:
        parts[-1] = ("undeclared", seats[-1])
    pieces = bar(parts, width)
    assert cells("".join(text for text, _ in pieces)) == width
    assert len(pieces) == len(parts)
    assert all(not text.endswith("█") for text, _ in pieces[:-1])


def test_parties_in_a_bar_are_told_apart_without_colour() -> None:
    assert [text for text, _ in bar([("LAB", 8), ("CON", 8)], 16)] == ["███████▉", "████████"]


def test_the_majority_mark_stands_where_the_majority_begins() -> None:
    assert line_mark(10, 10).text == " " * 9 + " " * 5 + "▲"
    assert line_mark(10, 40).text == " " * 9 + "      6 for a majority ▲"
    assert line_mark(10, 80).text == " " * 9 + " " * 47 + "▲ 6 for a majority"


def test_wards_stand_as_they_came_with_undeclared_last() -> None:
    rows = [row for row in page(westminster()) if row.text.lstrip().startswith(("Ab", "West ", "Ma", "Pi"))]
    names = [" ".join(row.text.split()) for row in rows]
    assert names == [
        "Maida Vale 3 Lab 3 02:10 arrived –",
        "West End 3 Lab 2 Con 1 02:30 –",
        "Pimlico 3 Con 3 time unknown –",
        "Abbey Road 3 – undeclared –",
    ]
    assert "Wards as they came, 3/4 wards" in text(westminster())


def test_an_opened_ward_shows_votes_shares_and_who_was_elected_in_words() -> None:
    stood = (
        Candidate(name="Bo [red]", party="CON", votes=100, elected=False),
        Candidate(name="Ann", party="LAB", votes=300, elected=True),
    )
    one = westminster(wards=(ward("West End", seats=1, elected={"LAB": 1}, candidates=stood, electorate=900),))
    assert "Ann" not in text(one)
    assert line(one, "Ann", opened=("West End",)) == "Ann Lab 300 75.0 % ✓ elected"
    assert line(one, "Bo", opened=("West End",)) == "Bo [red] Con 100 25.0 %"
    assert [row.stop for row in page(one) if row.stop] == ["West End"]


def test_without_all_votes_there_are_no_shares() -> None:
    stood = (Candidate(name="Ann", party="LAB", votes=300), Candidate(name="Bo", party="CON"))
    one = area("Hull", kind="constituency", candidates=stood)
    assert line(one, "Ann") == "Ann Lab 300 –"


def test_a_candidate_without_a_name_says_so() -> None:
    one = area("Hull", kind="constituency", candidates=(Candidate(name="", party="LD", votes=5),))
    assert line(one, "name not") == "name not given LD 5 100.0 %"


def seat(*votes: int, elected: int = 0) -> Area:
    stood = tuple(
        Candidate(name=f"Person {i}", party="LAB", votes=v, elected=i == elected) for i, v in enumerate(votes)
    )
    return area("Hull", kind="constituency", stage="declared", total=1, up=1, candidates=stood, turnout=58.25)


def test_a_constituency_shows_majority_and_turnout_and_no_composition() -> None:
    one = seat(600, 400)
    assert line(one, "majority") == "majority 200 (20.0 %)"
    assert line(one, "turnout") == "turnout 58.2 %"
    assert "Composition" not in text(one)


def test_a_tie_is_settled_by_lot() -> None:
    assert line(seat(356, 356, elected=1), "majority") == "majority none: a tie, settled by lot"


def test_turnout_is_worked_out_from_ballots_where_it_is_not_stated() -> None:
    one = wandsworth(electorate=200, ballots=50)
    assert line(one, "turnout") == "turnout 25.0 % · electorate 200 · ballots 50"


def test_paths_and_certain_calls_show_their_sums() -> None:
    paths = (
        Path(party="LAB", least=16, most=38, needs=12, available=22),
        Path(party="LD", least=0, most=21, needs=28, available=21),
        Path(party="CON", least=30, most=32, needs=0, available=2),
    )
    one = westminster(total=54, paths=paths, certain="CON", certain_sum="30 continuing of 54")
    assert line(one, "● Lab need") == "● Lab need 12 of 22: at least 16, at most 38"
    assert line(one, "◆ LD cannot") == "◆ LD cannot reach 28: at least 0, at most 21"
    assert line(one, "■ Con certain") == "■ Con certain of a majority: at least 30, at most 32"
    assert line(one, "certain") == "certain CON certain: 30 continuing of 54"


def test_every_file_says_path_revision_time_with_basis_and_hash() -> None:
    gone = Source(path="a/b.csv", digest="0123456789abcdef", revision=2, at=at(1), basis="file", line=7, removed=True)
    found = text(wandsworth(files=(gone,)))
    assert "a/b.csv\n  revision 2 · 02:00 file · hash 01234567 · line 7\n  ⚠ source removed" in found


def test_a_version_that_speaks_of_the_area_in_several_lines_stands_once() -> None:
    lines = [Source(path="b.csv", digest="0" * 64, revision=0, at=at(1), basis="arrived", line=n) for n in (12, 7)]
    found = text(wandsworth(files=tuple(lines)))
    assert "b.csv\n  02:00 arrived · hash 00000000 · lines 7, 12" in found
    assert found.count("b.csv") == 1


def test_a_version_that_holds_a_baseline_and_a_result_stands_once_with_the_results_revision() -> None:
    both = [Source(path="b.csv", digest="0" * 64, revision=n, at=at(1), basis="arrived", line=2) for n in (0, 3)]
    found = text(wandsworth(files=tuple(both)))
    assert "b.csv\n  revision 3 · 02:00 arrived · hash 00000000 · line 2" in found
    assert found.count("b.csv") == 1


def test_quotes_and_notes_belong_to_the_place_by_its_name() -> None:
    said = [
        Said(quote=Quote(text=words, speaker="Ann", area=place), at=at(1), path="q.csv")
        for words, place in (("[b]well[/b]", "City of Wandsworth"), ("elsewhere", "Barnet"))
    ]
    noted = [Noted(note=Note(area="Wandsworth", kind="history", text="since 1978"), at=at(0), path="n.csv")]
    found = text(wandsworth(), state=night(election(wandsworth()), quotes=tuple(said), notes=tuple(noted)))
    assert "❝ [b]well[/b]" in found
    assert "elsewhere" not in found
    assert "• history: since 1978" in found


def test_discrepancies_and_corrections_of_the_area_are_there_and_no_others() -> None:
    mine = correction(area="Wandsworth", area_id="wandsworth", before="LAB 34", after="LAB 35")
    one = wandsworth(discrepancies=odd("its wards add up to 57"))
    found = text(one, state=night(election(one), corrections=(mine, correction(before="CON 18"))))
    assert "⚠ its wards add up to 57" in found
    assert "02:05 ⚠ Wandsworth, seats: LAB 34 → LAB 35" in found
    assert "CON 18" not in found


@pytest.mark.parametrize("width", [56, 78, 196])
def test_no_line_is_wider_than_the_page(width: int) -> None:
    one = westminster(
        discrepancies=odd("a very long sentence " * 9),
        paths=(Path(party="LAB", least=16, most=38, needs=12, available=22),),
        files=(Source(path="x" * 300, digest="0" * 64, revision=1, at=at(1), basis="arrived"),),
    )
    assert [row.text for row in page(one, width=width) if cells(row.text) > width] == []


def test_since_when_a_council_was_held_is_said_only_in_the_words_of_a_note() -> None:
    held = Noted(note=Note(area="Wandsworth", kind="history", text="Conservative since 1978"), at=at(1), path="n.csv")
    one = wandsworth()
    assert "Conservative since 1978" in text(one, state=night(election(one), notes=(held,)))
    silent = text(one, state=night(election(one))) + declared_sentence(one)
    assert [word for word in ("since", "first", "1978") if word in silent] == []
