from datetime import date

import pytest

from feeds.formats.sheet import read
from feeds.report import Candidate, Problem
from tests.feeds.sheets import baselines, problem, results
from tests.makers.sheet import area_rows, council_sheet, sheet, ward_rows

# ---- results


def test_an_area_with_a_row_a_party_is_one_result() -> None:
    (result,) = results(council_sheet(elected={"LAB": 35, "CON": 22, "Independent": 1}, seats=58, total=58))
    assert result.area.name == "Anytown"
    assert result.area.kind == "council"
    assert result.elected == {"LAB": 35, "CON": 22, "IND": 1}
    assert (result.up, result.total, result.revision, result.stage, result.line) == (58, 58, 1, "full", 2)
    assert result.composition is None
    assert result.change is None


def test_a_declared_nought_is_a_figure_and_an_empty_cell_is_none() -> None:
    rows = area_rows("Anytown", {"LAB": 3, "CON": 0})
    rows.append({"area": "Anytown", "party": "GRN"})
    (result,) = results(sheet(rows))
    assert result.elected == {"LAB": 3, "CON": 0}


def test_elected_and_composition_are_told_apart() -> None:
    rows: list[dict[str, object]] = [
        {"area": "Anytown", "party": "LAB", "elected": 5, "composition": 18, "change": "+2"},
        {"area": "Anytown", "party": "CON", "elected": 3, "composition": 12, "change": "−2"},
        {"area": "Anytown", "party": "LD", "elected": None, "composition": 1, "change": None},
    ]
    (result,) = results(sheet(rows))
    assert result.elected == {"LAB": 5, "CON": 3}
    assert result.composition == {"LAB": 18, "CON": 12, "LD": 1}
    assert result.change == {"LAB": 2, "CON": -2}


def test_wards_of_an_area_are_results_of_their_own() -> None:
    rows: list[dict[str, object]] = [
        {"council": "Anytown", "ward": "Abbey", "party": "LAB", "elected": 2, "seats": 3},
        {"council": "Anytown", "ward": "Abbey", "party": "CON", "elected": 1, "seats": ""},
        {"council": "Anytown", "ward": "Vale", "party": "CON", "elected": 3, "seats": 3},
    ]
    abbey, vale = results(sheet(rows))
    assert (abbey.ward, abbey.elected, abbey.up) == ("Abbey", {"LAB": 2, "CON": 1}, 3)
    assert (vale.ward, vale.elected, vale.line) == ("Vale", {"CON": 3}, 4)


@pytest.mark.parametrize(
    ("yes", "no"), [("1", "0"), ("Yes", "no"), ("Y", "n"), ("Elected", "not elected"), ("TRUE", "False")]
)
def test_a_ward_elects_the_candidates_who_are_said_to_be_elected(yes: str, no: str) -> None:
    rows: list[dict[str, object]] = [
        {
            "area": "Anytown",
            "ward": "Abbey",
            "candidate": "A. Ash",
            "party": "Labour",
            "votes": "1,542",
            "elected": yes,
        },
        {
            "area": "Anytown",
            "ward": "Abbey",
            "candidate": "B. Beech",
            "party": "Lab Co-op",
            "votes": 1500,
            "elected": yes,
        },
        {"area": "Anytown", "ward": "Abbey", "candidate": "C. Cedar", "party": "Con", "votes": "1 501", "elected": no},
        {"area": "Anytown", "ward": "Abbey", "candidate": "D. Dogwood", "party": "Grn", "votes": 9, "elected": ""},
    ]
    (ward,) = results(sheet(rows))
    assert ward.elected == {"LAB": 2, "CON": 0}
    assert ward.candidates == (
        Candidate(name="A. Ash", party="LAB", votes=1542, elected=True),
        Candidate(name="B. Beech", party="LAB", votes=1500, elected=True),
        Candidate(name="C. Cedar", party="CON", votes=1501, elected=False),
        Candidate(name="D. Dogwood", party="GRN", votes=9, elected=None),
    )


def test_a_tie_by_lot_keeps_votes_and_winner_apart() -> None:
    (ward,) = results(sheet(ward_rows("Anytown", "Abbey", [("A", "CON", 356, False), ("B", "LD", 356, True)])))
    assert ward.elected == {"CON": 0, "LD": 1}
    assert {c.votes for c in ward.candidates} == {356}


def test_a_constituency_belongs_to_a_general_election() -> None:
    rows: list[dict[str, object]] = [
        {"constituency": "Anyshire", "party": "CON", "votes": 12278, "elected": 0},
        {"constituency": "Anyshire", "party": "LAB", "votes": 21568, "elected": 1},
    ]
    (seat,) = results(sheet(rows))
    assert (seat.area.kind, seat.election.kind, seat.election.name) == (
        "constituency",
        "parliament",
        "General election",
    )
    assert seat.elected == {"CON": 0, "LAB": 1}
    assert seat.candidates == (
        Candidate(name="", party="CON", votes=12278, elected=False),
        Candidate(name="", party="LAB", votes=21568, elected=True),
    )


def test_the_election_column_names_the_election_and_the_only_one_holds_for_every_row() -> None:
    rows: list[dict[str, object]] = [
        {"area": "Anytown", "party": "LAB", "elected": 1, "election": "District elections", "poll_date": "2022-05-05"},
        {"area": "Anytown", "party": "CON", "elected": 2, "election": None, "poll_date": None},
    ]
    (result,) = results(sheet(rows))
    assert (result.election.kind, result.election.name) == ("local", "District elections")
    assert result.election.poll_date == date(2022, 5, 5)


def test_two_elections_in_one_sheet_are_kept_apart() -> None:
    rows: list[dict[str, object]] = [
        {"area": "Anytown", "party": "LAB", "elected": 1, "election": "Local elections"},
        {"area": "Anytown", "party": "LAB", "elected": 2, "election": "Other elections"},
    ]
    assert [r.elected for r in results(sheet(rows))] == [{"LAB": 1}, {"LAB": 2}]


def test_labels_of_one_party_are_added_but_the_same_label_twice_is_a_problem() -> None:
    (result,) = results(council_sheet(elected={"Labour": 30, "Labour and Co-operative Party": 5}))
    assert result.elected == {"LAB": 35}
    twice = problem("area,party,elected\nAnytown,Labour,3\nAnytown,CON,1\nAnytown,LABOUR,5\n")
    assert twice.line == 4
    assert twice.reason == "“LABOUR” is there twice for Anytown: see line 2"


def test_one_candidate_twice_is_a_problem() -> None:
    rows = ward_rows("Anytown", "Abbey", [("A", "LAB", 10, True), ("B", "LAB", 9, True), ("A", "LAB", 10, True)])
    assert problem(sheet(rows)) == Problem(reason="“A” is there twice for Anytown, Abbey: see line 2", line=4)


def test_a_party_with_rows_with_and_without_a_candidate_is_not_counted_twice() -> None:
    rows = ward_rows("Anytown", "Abbey", [("A", "LAB", 10, True)])
    rows.append({"area": "Anytown", "ward": "Abbey", "party": "LAB", "elected": 1})
    assert problem(sheet(rows)).line == 3


def test_the_same_place_in_two_spellings_is_one_place() -> None:
    rows: list[dict[str, object]] = [
        {"area": "Barking & Dagenham", "party": "LAB", "elected": 51},
        {"area": "Barking and Dagenham", "party": "CON", "elected": 0},
    ]
    (result,) = results(sheet(rows))
    assert result.elected == {"LAB": 51, "CON": 0}


@pytest.mark.parametrize(
    "name", ["Newton, Old & New", 'The "Vale"', "Glynd\u0175r", "Glyndw\u0302r", "Ynys Môn", "Two\nlines"]
)
def test_names_survive_commas_quotes_accents_and_line_breaks(name: str) -> None:
    first, second = results(sheet([*area_rows(name, {"LAB": 1}), *area_rows("Other", {"LAB": 2})]))
    assert first.area.name == {"Glyndw\u0302r": "Glynd\u0175r", "Two\nlines": "Two lines"}.get(name, name)
    assert second.line == (4 if "\n" in name else 3)


def test_code_and_region_go_with_the_area_even_where_only_one_row_says_them() -> None:
    rows = area_rows("Anytown", {"LAB": 1, "CON": 2})
    rows[1] |= {"code": "E09000099", "region": "London"}
    (result,) = results(sheet(rows))
    assert (result.area.code, result.area.region) == ("E09000099", "London")


def test_control_is_a_party_or_noc_and_a_new_council_has_no_previous_control() -> None:
    (result,) = results(council_sheet(control="Labour", previous_control="New"))
    assert (result.control, result.previous) == ("LAB", "NEW")
    (result,) = results(council_sheet(control="noc", previous_control="Con"))
    assert (result.control, result.previous) == ("NOC", "CON")
    assert problem(council_sheet(control="new")).line == 2


def test_facts_of_an_area_must_agree_between_its_rows() -> None:
    rows = area_rows("Anytown", {"LAB": 1, "CON": 2}, total=60)
    rows[1]["total"] = 63
    assert problem(sheet(rows)) == Problem(reason="total is “63”, but line 2 says “60” of Anytown", line=3)
    rows[1]["total"] = ""
    assert results(sheet(rows))[0].total == 60


def test_a_percentage_and_a_number_of_ballots_are_told_apart() -> None:
    by_text = {"41.2%": (None, 41.2), "41%": (None, 41.0), "41.2": (None, 41.2), "3,512": (3512, None)}
    for text, expected in by_text.items():
        (result,) = results(council_sheet(turnout=text))
        assert (result.ballots, result.turnout) == expected
    assert problem(council_sheet(turnout="141%")).reason == "turnout is “141%”, more than 100%"


def test_ballots_that_look_like_a_percentage_are_asked_about() -> None:
    reading = read("a.csv", council_sheet(turnout=42, electorate=12000))
    assert [w.reason for w in reading.warnings] == [
        "turnout is 42, read as a number of ballots; a percentage is written 42%"
    ]


def test_revision_stage_vacancies_and_deferred_polls_are_kept() -> None:
    (result,) = results(council_sheet(revision=2, stage="Rush", vacant=1, deferred=3, electorate="190,000"))
    assert (result.revision, result.stage, result.vacant, result.deferred, result.electorate) == (
        2,
        "rush",
        1,
        3,
        190_000,
    )


def test_a_retraction_needs_no_party_and_no_figure() -> None:
    (result,) = results(b"area,party,elected,stage,revision\nAnytown,,,retracted,3\n")
    assert (result.stage, result.revision, result.elected) == ("retracted", 3, None)


# ---- baselines


def test_a_row_without_elected_is_baseline() -> None:
    rows: list[dict[str, object]] = [
        {
            "area": "Anytown",
            "party": "CON",
            "elected": "",
            "held": 41,
            "continuing": 20,
            "candidates": 21,
            "unopposed": 1,
        },
        {
            "area": "Anytown",
            "party": "LAB",
            "elected": "",
            "held": 19,
            "continuing": "",
            "candidates": 20,
            "unopposed": "",
        },
    ]
    rows[0] |= {"total": 60, "seats": 21, "deferred": 0, "control": "Con"}
    (baseline,) = baselines(sheet(rows))
    assert (baseline.held, baseline.continuing) == ({"CON": 41, "LAB": 19}, {"CON": 20})
    assert (baseline.candidates, baseline.unopposed) == ({"CON": 21, "LAB": 20}, {"CON": 1})
    assert (baseline.total, baseline.up, baseline.deferred, baseline.control, baseline.line) == (60, 21, 0, "CON", 2)
    assert results(sheet(rows)) == []


def test_candidates_of_whom_nobody_is_said_to_be_elected_are_baseline_never_nought() -> None:
    rows = ward_rows(
        "Anytown", "Abbey", [("A", "LAB", None, None), ("B", "LAB", None, None), ("C", "CON", None, None)], seats=2
    )
    (baseline,) = baselines(sheet(rows))
    assert (baseline.ward, baseline.up, baseline.candidates) == ("Abbey", 2, {"LAB": 2, "CON": 1})
    assert results(sheet(rows)) == []


def test_figures_of_a_result_without_elected_are_warned_about() -> None:
    reading = read("a.csv", sheet(ward_rows("Anytown", "Abbey", [("A", "LAB", 12, None)])))
    assert reading.warnings == (Problem(reason="votes is not counted where elected is empty", line=2),)


def test_a_baseline_row_may_state_the_area_alone() -> None:
    (baseline,) = baselines(b"area,party,total,previous_control\nAnytown,,60,new\n")
    assert (baseline.total, baseline.control, baseline.held) == (60, "NEW", None)


def test_a_row_with_elected_and_held_is_result_and_baseline() -> None:
    data = council_sheet(elected={"LAB": 4}, held=19, previous_control="CON", control="LAB")
    (result,), (baseline,) = results(data), baselines(data)
    assert (result.elected, result.control, result.previous) == ({"LAB": 4}, "LAB", "CON")
    assert (baseline.held, baseline.control) == ({"LAB": 19}, "CON")


def test_what_stands_beside_every_candidate_of_a_party_is_said_once() -> None:
    rows = ward_rows("Anytown", "Abbey", [("A", "LAB", 9, True), ("B", "LAB", 8, True)], held=3)
    assert baselines(sheet(rows))[0].held == {"LAB": 3}
    rows[1]["held"] = 4
    assert problem(sheet(rows)).reason == "held of “LAB” is not the same in all its rows"
