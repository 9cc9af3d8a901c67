import pytest

from feeds.formats import read
from feeds.report import Result
from tests.feeds.democracy_club_readings import (
    SHAPES,
    Shape,
    ballot_page,
    one,
    reading,
    reports,
    result_sets,
    results,
    waiting,
)
from tests.makers.democracy_club import (
    NORTH,
    SOUTH,
    Person,
    archive,
    archive_csv,
    ballot_item,
    export_csv,
    page,
    result,
)

# ---- parties


def test_parties_are_told_by_name_and_those_without_a_party_by_the_id_that_says_so() -> None:
    people = (
        Person("A", "Labour and Co-operative Party", 9, True),
        Person("B", "", 8, False),
        Person("C", "The Flux Party", 7, False),
    )
    ballot = NORTH._replace(people=people, reported=None)
    item = result(ballot)
    item["candidate_results"][1]["party"] = {"legacy_slug": "ynmp-party:2", "name": ""}
    found = read("a.json", page([item]))
    assert isinstance(found.reports[0], Result)
    assert found.reports[0].elected == {"LAB": 1, "IND": 0, "THE FLUX PARTY": 0}
    assert found.unknown_parties == {"THE FLUX PARTY": "The Flux Party"}


# ---- turnout


@SHAPES
def test_a_number_of_ballots_below_one_candidates_votes_is_the_percentage_and_that_is_said(shape: Shape) -> None:
    first = NORTH._replace(reported=34, percentage=None)
    other = first._replace(ballot_id="local.anytown.west.2022-05-05", label="West", percentage=34.4)
    third = NORTH._replace(ballot_id="local.anytown.east.2022-05-05", label="East")
    found = reading(shape, first, other, third)
    results = [r for r in found.reports if isinstance(r, Result)]
    assert [(r.ballots, r.turnout) for r in results] == [(None, 34.0), (None, 34.4), (1630, 35.5)]
    (warning,) = found.warnings
    assert warning.reason.endswith("fewer than one candidate's votes: read as a percentage (and 1 more ballots)")


def test_few_ballots_in_a_small_ward_stay_ballots() -> None:
    people = (Person("A", "Labour Party", 34, True), Person("B", "Green Party", 0, False))
    assert one(archive, NORTH._replace(people=people, reported=34, percentage=None)).ballots == 34


# ---- polls that were not held


UNOPPOSED = SOUTH._replace(people=(Person("Di Dale", "Labour Party", None, True),))
COUNTERMANDED = SOUTH._replace(people=(Person("Di Dale", "Labour Party"), Person("Ed Elm", "Green Party")))


@pytest.mark.parametrize(("shape", "column"), [(ballot_page, "cancelled"), (export_csv, "cancelled_poll")])
def test_an_unopposed_return_waits_in_the_baseline_until_the_first_result(shape: Shape, column: str) -> None:
    ballot = UNOPPOSED._replace(more={column: True})
    before = waiting(shape, ballot)
    assert (before.unopposed, before.up, before.deferred) == ({"LAB": 1}, 1, None)
    after = reports(shape, ballot, NORTH)[0]
    assert isinstance(after, Result)
    assert (after.stage, after.elected, after.ward) == ("full", {"LAB": 1}, "South")


def test_an_uncontested_ballot_elects_its_candidates_marked_or_not() -> None:
    people = (Person("Di Dale", "Labour Party"), Person("Ed Elm", "Green Party"))
    ballot = SOUTH._replace(people=people, seats=2, more={"cancelled": True, "uncontested": True})
    assert waiting(ballot_page, ballot).unopposed == {"LAB": 1, "GRN": 1}
    after = reports(ballot_page, NORTH, ballot)[1]
    assert isinstance(after, Result)
    assert after.elected == {"LAB": 1, "GRN": 1}


@pytest.mark.parametrize(("shape", "column"), [(ballot_page, "cancelled"), (export_csv, "cancelled_poll")])
def test_a_countermanded_poll_defers_its_seats(shape: Shape, column: str) -> None:
    ballot = COUNTERMANDED._replace(more={column: True})
    before = waiting(shape, ballot)
    assert (before.deferred, before.unopposed) == (1, None)
    after = reports(shape, ballot, NORTH)[0]
    assert isinstance(after, Result)
    assert (after.stage, after.elected, after.up, after.deferred) == ("full", {}, 1, 1)


def test_a_cancelled_poll_of_which_no_more_is_known_is_still_out() -> None:
    ballot = COUNTERMANDED._replace(seats=None, more={"cancelled": True})
    assert waiting(ballot_page, ballot).deferred is None


def test_candidates_are_not_bounds_until_their_list_is_final() -> None:
    assert waiting(ballot_page, SOUTH._replace(more={"candidates_locked": False})).candidates is None
    assert waiting(export_csv, SOUTH._replace(more={"candidates_locked": "f"})).candidates is None
    assert waiting(ballot_page, SOUTH._replace(people=())).candidates is None


# ---- retractions, tests, what is not counted


@pytest.mark.parametrize(
    ("shape", "flag"),
    [(result_sets, "retracted"), (results, "retraction"), (archive, "retracted"), (export_csv, "retracted")],
)
def test_a_retraction_flag_takes_the_result_back(shape: Shape, flag: str) -> None:
    taken = one(shape, NORTH._replace(more={flag: True}))
    assert (taken.stage, taken.elected, taken.ward) == ("retracted", None, "North and East")


def test_a_test_is_known_by_its_election_or_a_candidates_surname() -> None:
    item = ballot_item(SOUTH)
    assert read("a.json", page([item])).test is None
    item["election"]["name"] = "Test local election"
    assert read("a.json", page([item])).test == "the election is called “Test local election”"
    people = (Person("Alex Test", "Labour Party"),)
    assert reading(archive_csv, SOUTH._replace(people=people)).test == "a candidate is called “Alex Test”"


def test_kinds_of_elections_that_are_not_counted_are_passed_over_in_words() -> None:
    referendum = NORTH._replace(ballot_id="ref.anytown.2022-05-05")
    europe = NORTH._replace(ballot_id="europarl.wales.2019-05-23")
    alone = reading(archive, referendum, europe)
    assert (alone.reports, alone.ignored) == ((), "ref., europarl.: not seats that are counted")
    beside = reading(archive_csv, NORTH, referendum)
    assert len(beside.reports) == 1
    assert [(w.reason, w.line) for w in beside.warnings] == [("ref.: not seats that are counted", 5)]
