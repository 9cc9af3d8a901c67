"""The words of the night: what every screen, line and table says."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from dashboard.count.night import Deed, Moment, Path
from dashboard.view.sentences import (
    correction_sentence,
    declared_sentence,
    happening_sentence,
    ward_sentence,
)
from dashboard.view.words import (
    certain_words,
    control_long,
    grouped,
    moment_words,
    outcome_sentence,
    outcome_words,
    party_long,
    party_short,
    path_words,
    quote_words,
    seats_words,
    signed,
    wards_words,
)
from feeds.report import Basis, Candidate, Quote
from tests.makers.states import area, at, correction, declared, happening, moment, wandsworth, ward

LONDON = ZoneInfo("Europe/London")
CLOSE = datetime(2022, 5, 5, 21, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("outcome", "control", "previous", "short", "full"),
    [
        ("gain", "LAB", "CON", "LAB gain from CON", "Labour gain from Conservative"),
        ("gain", "LAB", "NOC", "LAB gain from NOC", "Labour gain from no overall control"),
        ("hold", "CON", "CON", "CON hold", "Conservative hold"),
        ("loss", "NOC", "CON", "CON lose to NOC", "Conservative lose to no overall control"),
        ("stays-noc", "NOC", "NOC", "stays NOC", "stays under no overall control"),
        ("new", "LAB", "NEW", "new council, LAB", "new council, Labour"),
        ("new", "NOC", "NEW", "new council, NOC", "new council, no overall control"),
        (None, "LAB", None, "LAB", "Labour"),
        (None, "NOC", "CON", "NOC", "no overall control"),
        (None, None, None, "–", "declared"),
    ],
)
def test_an_outcome_is_said_as_newsrooms_say_it(
    outcome: str | None, control: str | None, previous: str | None, short: str, full: str
) -> None:
    place = wandsworth(outcome=outcome, control=control, previous=previous)
    assert (outcome_words(place), outcome_sentence(place)) == (short, full)


@pytest.mark.parametrize(
    ("outcome", "control", "previous", "short"),
    [
        ("hold", "IND", "IND", "IND majority"),
        ("gain", "IND", "CON", "IND majority, was CON"),
        ("loss", "NOC", "IND", "NOC, was IND majority"),
        ("new", "RES", "NEW", "new council, RES majority"),
    ],
)
def test_independents_and_residents_have_a_majority_and_never_hold_or_gain(
    outcome: str, control: str, previous: str, short: str
) -> None:
    assert outcome_words(wandsworth(outcome=outcome, control=control, previous=previous)) == short


def test_an_independent_who_wins_one_seat_gains_it() -> None:
    seat = wandsworth(kind="constituency", outcome="gain", control="IND", previous="LAB")
    assert outcome_words(seat) == "IND gain from LAB"


def test_a_bucket_is_named_as_a_majority_in_full() -> None:
    assert control_long("IND") == "Independent/Other majority"


def test_an_undeclared_area_says_only_how_it_stood() -> None:
    assert outcome_words(area(previous="CON")) == "was CON"
    assert outcome_words(area(previous="NOC")) == "was NOC"
    assert outcome_words(area(previous="NEW")) == "new council"
    assert outcome_words(area()) == "–"


def test_seats_go_by_number_then_register_order_and_leave_zeros_out() -> None:
    assert seats_words({"IND": 1, "CON": 22, "LAB": 35, "GRN": 0}) == "Lab 35 Con 22 Ind 1"
    assert seats_words({"LD": 5, "LAB": 5, "CON": 5}) == "Con 5 Lab 5 LD 5"
    assert seats_words({"LAB": 0}) == "Lab 0"
    assert seats_words(None) == "–"


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        ("declared", "02:39"),
        ("arrived", "02:39 arrived"),
        ("file", "02:39 file"),
        ("reported", "02:39 reported"),
        ("expected", "≈ 02:39"),
        ("unknown", "time unknown"),
    ],
)
def test_a_time_that_is_not_the_declaration_says_what_it_rests_on(basis: Basis, words: str) -> None:
    assert moment_words(moment(1, 39, basis), LONDON) == words


def test_a_moment_without_a_time_is_unknown_and_no_moment_is_a_dash() -> None:
    assert moment_words(Moment(at=None, basis="unknown"), LONDON) == "time unknown"
    assert moment_words(None, LONDON) == "–"


def test_a_time_from_a_day_after_polls_close_carries_its_weekday() -> None:
    later = Moment(at=at(21, 30, day=6), basis="declared")
    assert moment_words(moment(12, 25), LONDON, CLOSE) == "13:25"
    assert moment_words(later, LONDON, CLOSE) == "Fri 22:30"


def test_a_time_that_the_clocks_show_twice_carries_its_zone() -> None:
    first = Moment(at=datetime(2022, 10, 30, 0, 30, tzinfo=UTC), basis="declared")
    second = Moment(at=datetime(2022, 10, 30, 1, 30, tzinfo=UTC), basis="declared")
    assert [moment_words(m, LONDON) for m in (first, second)] == ["01:30 BST", "01:30 GMT"]


def test_numbers_carry_signs_and_groups_and_an_unknown_one_is_never_zero() -> None:
    assert [signed(n) for n in (4, -5, 0, -1_234, None)] == ["+4", "−5", "±0", "−1,234", "–"]
    assert [grouped(n) for n in (1_021, 0, None)] == ["1,021", "0", "–"]


def test_an_unknown_party_keeps_its_own_name() -> None:
    assert (party_short("LD"), party_long("LD")) == ("LD", "Liberal Democrat")
    assert (party_short("ASPIRE"), party_long("ASPIRE")) == ("ASPIRE", "ASPIRE")


def test_what_is_certain_and_what_is_needed_is_said_in_few_words() -> None:
    assert certain_words(area(certain="NOC")) == "NOC certain"
    assert certain_words(area()) is None
    assert path_words(Path(party="LAB", least=16, most=37, needs=12, available=21)) == "Lab need 12 of 21"


def test_wards_are_counted_where_they_are_known() -> None:
    partial = area(stage="partial", wards=(ward(elected={"LAB": 3}), ward("Tooting")))
    assert wards_words(partial) == "1/2 wards"
    assert wards_words(area()) is None


def test_a_declaration_is_one_full_line() -> None:
    assert happening_sentence(declared(wandsworth()), LONDON) == (
        "02:39 Wandsworth: Labour gain from Conservative. Labour 35, Conservative 22, Independent/Other 1 of 58."
    )


def test_a_line_says_where_its_time_comes_from() -> None:
    arrived = happening_sentence(declared(wandsworth(declared=moment(1, 41, "arrived"))), LONDON)
    unknown = happening_sentence(declared(wandsworth(declared=Moment(at=None, basis="unknown"))), LONDON)
    expected = happening_sentence(declared(wandsworth(declared=moment(1, 0, "expected"))), LONDON)
    assert arrived.startswith("02:41 (arrived) Wandsworth: ")
    assert unknown.startswith("time unknown Wandsworth: ")
    assert expected.startswith("≈ 02:00 (expected) Wandsworth: ")


def test_a_part_council_says_who_was_elected_where_the_whole_is_not_known() -> None:
    third = wandsworth(composition=None, elected={"LAB": 12, "CON": 8}, total=None, up=20)
    assert declared_sentence(third).endswith("Elected tonight: Labour 12, Conservative 8 of 20.")


def test_a_one_seat_area_says_who_won_it() -> None:
    winner = Candidate(name="Chi Onwurah", party="LAB", elected=True)
    loser = Candidate(name="Robin Gwynn", party="CON", elected=False)
    seat = wandsworth(
        name="Newcastle upon Tyne Central", kind="constituency", outcome="hold", candidates=(loser, winner)
    )
    assert declared_sentence(seat) == "Newcastle upon Tyne Central: Labour hold. Chi Onwurah."


def test_a_rush_a_correction_on_its_way_and_deferred_seats_are_said() -> None:
    assert declared_sentence(wandsworth(stage="rush")).endswith("Rush, the full result is to come.")
    assert declared_sentence(wandsworth(deferred=3)).endswith("With 3 seats deferred.")
    assert "votes withheld" in declared_sentence(wandsworth(stage="under-correction"))


def test_a_ward_says_its_council_and_how_many_wards_are_in() -> None:
    done = ward(elected={"LAB": 2, "CON": 1}, stage="declared")
    council = area(stage="partial", wards=(done, ward("Tooting")))
    assert ward_sentence(council, done) == (
        "Wandsworth, Furzedown ward: Labour 2, Conservative 1. 1 of 2 wards declared."
    )


def test_a_correction_shows_both_values_and_a_retraction_is_louder() -> None:
    corrected = correction(what="seats", before="CON 18", after="CON 17", path="r2.xml")
    retracted = correction(what="retraction", before="CON hold", after="undeclared", path="x.csv")
    assert correction_sentence(corrected) == "CORRECTION: Redditch, seats: from CON 18 to CON 17 (r2.xml)."
    assert correction_sentence(retracted) == "RETRACTED: Redditch, was CON hold, now undeclared (x.csv)."


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("quarantined", "03:00 Problem: a.csv is not counted: line 7: elected is “31x”."),
        ("healed", "03:00 Mended: a.csv can be read again."),
        ("conflict", "03:00 CONFLICT: line 7: elected is “31x”."),
        ("test", "03:00 TEST DATA: line 7: elected is “31x”."),
        ("removed", "03:00 Source removed: a.csv is no longer in the directory; its figures stay."),
    ],
)
def test_what_goes_wrong_has_a_line_of_its_own(what: Deed, line: str) -> None:
    text = "line 7: elected is “31x”"
    assert happening_sentence(happening(what, path="a.csv", text=text), LONDON) == line


def test_a_quote_is_said_with_who_and_where() -> None:
    quote = Quote(text="not us being wonderful", speaker="Barry Rawlings", party="LAB", area="Barnet")
    assert quote_words(quote) == "Barry Rawlings, Labour, Barnet"
    role = Quote(text="a joy", speaker="Ann Example", role="Labour group leader, Barnet", party="LAB", area="Barnet")
    assert quote_words(role) == "Ann Example, Labour group leader, Barnet"
    line = happening_sentence(happening("quote", quote=quote), LONDON)
    assert line == "03:00 “not us being wonderful” – Barry Rawlings, Labour, Barnet"


def test_brackets_from_a_feed_stay_as_they_are() -> None:
    assert declared_sentence(wandsworth(name="[red]Hull[/foo]")).startswith("[red]Hull[/foo]: ")


def test_a_certain_call_is_said_in_full_with_its_sum() -> None:
    sum_words = "Lab 4 continuing + 1 won = 5 of 9: certain with 2 undeclared"
    called = area("Ayton", certain="LAB", certain_sum=sum_words, undeclared=2)
    said = happening_sentence(happening("certain", area=called), ZoneInfo("Europe/London"))
    assert said.endswith(f"Ayton: Labour is certain. 2 seats undeclared. {sum_words}.")
