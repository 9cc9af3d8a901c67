"""PA's messages about party lists: who is elected in a region, and by how many votes for each list."""

from datetime import UTC, date, datetime

import pytest

from feeds.report import Baseline, Candidate, Contest, Place, Result
from tests.feeds.pa_readings import only, read, refusal, warnings
from tests.makers import pa_topup
from tests.makers.pa_contest import Stood
from tests.makers.pa_topup import List

CONTEST = Contest(kind="assembly", name="Scottish Parliament", poll_date=date(2026, 5, 7))
PLACE = Place(name="Highlands & Islands", kind="region")
STOOD = [
    Stood("Ann Second", "SNP", elected=True, rank=2),
    Stood("Bob First", "Lab", elected=True, rank=1),
    Stood("Cy First", "SNP", elected=True, rank=1),
]
LISTS = [List("SNP", 107_887), List("Lab", 19_807), List("Green", 12_366)]
RESULT = pa_topup.result(STOOD, LISTS)


def counted(data: bytes) -> Result:
    return only(Result, data)


def test_a_region_counts_who_is_elected_and_has_no_control() -> None:
    assert counted(pa_topup.result(STOOD, LISTS, revision=3)) == Result(
        area=PLACE,
        election=CONTEST,
        revision=3,
        elected={"SNP": 2, "LAB": 1, "GRN": 0},
        total=3,
        up=3,
        candidates=(
            Candidate(name="Cy First", party="SNP", elected=True),
            Candidate(name="Ann Second", party="SNP", elected=True),
            Candidate(name="Bob First", party="LAB", elected=True),
            Candidate(name="", party="SNP", votes=107_887),
            Candidate(name="", party="LAB", votes=19_807),
            Candidate(name="", party="GRN", votes=12_366),
        ),
        electorate=335_283,
        ballots=140_060,
        turnout=54.81,
        declared_at=datetime(2026, 5, 8, 1, 14, tzinfo=UTC),
        line=4,
    )


def test_a_rush_has_only_the_elected() -> None:
    assert counted(pa_topup.rush(STOOD, revision=2)) == Result(
        area=PLACE,
        election=CONTEST,
        revision=2,
        stage="rush",
        elected={"SNP": 2, "LAB": 1},
        total=3,
        up=3,
        candidates=(
            Candidate(name="Cy First", party="SNP", elected=True),
            Candidate(name="Ann Second", party="SNP", elected=True),
            Candidate(name="Bob First", party="LAB", elected=True),
        ),
        electorate=335_283,
        line=4,
    )


def test_votes_never_make_seats() -> None:
    assert counted(pa_topup.result(STOOD, [List("Green", 1_000_000), List("SNP", 1)])).elected == {
        "GRN": 0,
        "SNP": 2,
        "LAB": 1,
    }


def test_somebody_on_a_list_who_is_not_elected_fills_no_seat() -> None:
    result = counted(pa_topup.result([*STOOD, Stood("Di Third", "Lab", rank=2)], LISTS))
    assert (result.elected, result.total) == ({"SNP": 2, "LAB": 1, "GRN": 0}, 3)
    assert Candidate(name="Di Third", party="LAB", elected=False) in result.candidates


def test_people_without_a_rank_come_after_those_of_their_list_who_have_one() -> None:
    stood = [Stood("Ann None", "SNP", elected=True), Stood("Bob First", "SNP", elected=True, rank=1)]
    assert [c.name for c in counted(pa_topup.rush(stood)).candidates] == ["Bob First", "Ann None"]


def test_lists_of_one_party_are_added_and_lists_without_votes_are_not_0() -> None:
    lists = [List("Lab", 10), List("Lab Co-op", 4), List("Green")]
    result = counted(pa_topup.result(STOOD, lists))
    assert [(c.party, c.votes) for c in result.candidates if not c.name] == [("LAB", 14)]
    assert result.elected == {"LAB": 1, "GRN": 0, "SNP": 2}


def test_two_independents_are_two_lists() -> None:
    data = pa_topup.result(STOOD, [List("Ind", 10), List("LD", 4)])
    two = data.replace(b'name="Liberal Democrat" abbreviation="LD"', b'name="Independent/Other" abbreviation="Ind"')
    assert [(c.party, c.votes) for c in counted(two).candidates if not c.name] == [("IND", 14)]


def test_the_stated_number_of_elected_is_checked_against_those_who_are() -> None:
    assert warnings(pa_topup.result(STOOD, [List("SNP", 10, 2), List("Lab", 5, 1), List("Green", 4, 0)])) == []
    assert warnings(pa_topup.result(STOOD, [List("SNP", 10, 3), List("Green", 4, 1)])) == [
        "line 14: candidatesElected of Scottish National Party is 3, but 2 are marked as elected",
        "line 15: candidatesElected of Green Party is 1, but 0 are marked as elected",
    ]


def test_the_stated_numbers_of_two_lists_of_one_party_are_checked_together() -> None:
    assert warnings(pa_topup.result(STOOD, [List("Lab", 10, 1), List("Lab Co-op", 5, 0)])) == []
    assert warnings(pa_topup.result(STOOD, [List("Lab", 10, 1), List("Lab Co-op", 5, 1)])) == [
        "line 14: candidatesElected of Labour is 2, but 1 are marked as elected"
    ]


def test_a_list_of_an_unknown_party_keeps_its_abbreviation_and_is_listed() -> None:
    data = pa_topup.result(STOOD, [List("RISE", 10)]).replace(b'name="RISE"', b'name="Respect, Independence"')
    assert read(data).unknown_parties == {"RISE": "Respect, Independence"}
    assert (counted(data).elected or {})["RISE"] == 0


def test_nominations_say_which_regions_are_expected_and_who_stands() -> None:
    stood = [*STOOD, Stood("Di Third", "Lab", rank=2)]
    assert only(Baseline, pa_topup.nominations(stood)) == Baseline(
        area=PLACE, election=CONTEST, candidates={"SNP": 2, "LAB": 2}, line=4
    )
    assert only(Baseline, pa_topup.nominations([])).candidates is None


# --- refusals


@pytest.mark.parametrize("stood", [[], [Stood("Ann Second", "SNP", rank=2)]])
def test_a_region_without_anybody_elected_is_refused(stood: list[Stood]) -> None:
    reason = "line 4: nobody is marked as elected in Highlands & Islands"
    assert refusal(pa_topup.result(stood, LISTS)) == reason
    assert refusal(pa_topup.rush(stood)) == reason


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        (b'elected="*"', b'elected="1"', "line 5: elected is “1”, one of * was expected"),
        (b'partyListRank="2"', b'partyListRank="second"', "line 5: partyListRank is “second”, a whole number was"),
        (b'votes="107887"', b'votes="lots"', "line 14: votes is “lots”, a whole number was expected"),
        (b'name="Labour" abbreviation="Lab" votes', b'abbreviation="Lab" votes', "line 15: Party has no name"),
        (b'turnout="140060"', b'turnout="-5"', "line 4: turnout is “-5”, less than the 0 that can be right"),
        (b'name="Highlands &amp; Islands"', b"", "line 4: Constituency has no name"),
    ],
)
def test_what_cannot_be_right_in_a_region_is_refused_with_its_line(right: bytes, wrong: bytes, reason: str) -> None:
    assert right in RESULT
    assert refusal(RESULT.replace(right, wrong)).startswith(reason)


def test_a_stated_number_of_elected_that_is_absurd_is_refused() -> None:
    data = pa_topup.result(STOOD, [List("SNP", 10, 10_001)])
    assert refusal(data).startswith("line 14: candidatesElected is “10001”, more than the 10,000")


def test_one_list_that_stands_twice_is_refused() -> None:
    data = pa_topup.result(STOOD, [List("SNP", 10), List("SNP", 11)])
    assert refusal(data) == "line 15: Scottish National Party stands twice in Constituency"
