"""One document says one thing of one place: where it says two, it is refused with both lines."""

import json
from typing import Any

import pytest

from feeds.formats import read
from feeds.report import Reading
from tests.feeds.democracy_club_readings import ballot_page, result_sets, results
from tests.makers.democracy_club import NORTH, Ballot, Person
from tests.makers.sheet import sheet

ANYTOWN = {"name": "Anytown"}


def native(**lists: list[dict[str, Any]]) -> Reading:
    return read("a.json", json.dumps(lists, indent=1).encode())


@pytest.mark.parametrize(
    ("kind", "one", "other", "what"),
    [
        ("results", {"elected": {"LAB": 3}}, {"elected": {"LAB": 30}}, "Anytown"),
        ("results", {"elected": {"LAB": 3}}, {"elected": {"LAB": 3}}, "Anytown"),
        ("results", {"ward": "North"}, {"ward": "NORTH", "elected": {"LAB": 3}}, "Anytown, NORTH"),
        ("results", {"stage": "rush"}, {"stage": "rush", "elected": {"LAB": 3}}, "Anytown"),
        ("baselines", {"total": 3}, {"total": 4}, "Anytown"),
        ("baselines", {"baseline": "notional"}, {"baseline": "notional", "total": 4}, "Anytown"),
    ],
)
def test_two_reports_of_one_place_are_refused_with_both_lines(
    kind: str, one: dict[str, Any], other: dict[str, Any], what: str
) -> None:
    found = native(**{kind: [{"area": ANYTOWN, **one}, {"area": ANYTOWN, **other}]})
    assert found.problem is not None
    assert found.problem.reason.startswith(f"{what} is there twice: see line 3")
    assert found.problem.line is not None
    assert found.problem.line > 3
    assert found.reports == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"revision": 1}, {"revision": 2}),
        ({"round": 1}, {"round": 2}),
        ({"stage": "rush"}, {"stage": "full"}),
        ({"ward": "North"}, {"ward": "South"}),
        ({"election": {"kind": "mayor"}}, {"election": {"kind": "local"}}),
        ({"election": {"poll_date": "2022-05-05"}}, {"election": {"poll_date": "2026-05-07"}}),
    ],
)
def test_a_place_may_come_again_at_another_revision_round_stage_or_election(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    found = native(results=[{"area": ANYTOWN, **one}, {"area": ANYTOWN, **other}])
    assert found.problem is None
    assert len(found.reports) == 2


def test_a_place_may_have_several_baselines_that_are_named_otherwise() -> None:
    found = native(baselines=[{"area": ANYTOWN}, {"area": ANYTOWN, "baseline": "last-election"}])
    assert found.problem is None


def test_two_states_of_the_parties_of_one_number_are_refused() -> None:
    totals = {"election": {}, "parties": {"LAB": {"seats": 1}}, "number": 3}
    found = native(totals=[totals, totals])
    assert found.problem is not None
    assert found.problem.reason.startswith("a state of the parties is there twice: see line 3")
    assert native(totals=[totals, totals | {"number": 4}]).problem is None


def test_quotes_may_be_said_again() -> None:
    quote = {"text": "not us", "speaker": "Ann"}
    assert native(quotes=[quote, quote]).problem is None


def test_one_council_under_two_spellings_in_one_sheet_is_there_twice() -> None:
    rows = [
        {"area": "Barking & Dagenham", "party": "LAB", "elected": 3},
        {"area": "Barking and Dagenham", "party": "LAB", "elected": 51},
    ]
    assert read("a.csv", sheet(rows)).problem is not None


@pytest.mark.parametrize("shape", [result_sets, results, ballot_page])
def test_one_candidate_of_a_ballot_who_is_there_twice_wins_no_second_seat(shape: Any) -> None:
    ann, *others = NORTH.people
    found = read("a.json", shape([NORTH._replace(people=(ann, ann, *others))]))
    assert found.problem is not None
    assert found.problem.reason == f"Ann Ash stands twice in “{NORTH.ballot_id}”"
    assert found.problem.line is not None


def test_two_candidates_of_one_name_with_other_votes_are_two() -> None:
    people = (Person("Jo Smith", "Labour Party", 900, True), Person("Jo Smith", "Labour Party", 899, False))
    assert read("a.json", result_sets([Ballot(people=people)])).problem is None


@pytest.mark.parametrize("party", ["NOC", "No overall control", "new"])
def test_nobody_is_elected_for_no_overall_control(party: str) -> None:
    found = read("a.json", result_sets([Ballot(people=(Person("Ann Ash", party, 900, True),))]))
    assert found.problem is not None
    assert found.problem.reason == f"the party of Ann Ash is “{party}”, which is not a party"
