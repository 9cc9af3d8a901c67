"""PA's messages of counts in rounds: when a count is complete, who is elected, and which round stands."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from feeds.report import Baseline, Candidate, Contest, Place, Result
from tests.feeds.pa_readings import only, refusal, warnings
from tests.makers import pa_stv
from tests.makers.pa_contest import Election, Seat, Stood
from tests.makers.pa_stv import Round

CONTEST = Contest(kind="mayor", name="London mayor", poll_date=date(2026, 5, 7))
PLACE = Place(name="London", kind="mayor")
ANN, BOB, CY = Stood("Ann Example", "Lab", 500), Stood("Bob Sample", "C", 400), Stood("Cy Null", "Green", 100)
FIRST = Round([ANN, BOB, CY], {"Cy Null": "-"})
LATER = [Stood("Ann Example", "Lab", 520), Stood("Bob Sample", "C", 470)]
SECOND = Round(LATER, {"Ann Example": "*"}, distributed=[CY])

ASSEMBLY = Election("Northern Ireland Assembly", "NI")
BELFAST = Seat("Belfast East", 70_000)


def counted(data: bytes) -> Result:
    return only(Result, data)


def several(*rounds: Round, valid: int | None = 1_000, quota: int | None = 334) -> bytes:
    """Return a count for two seats, unless the votes and the quota say otherwise."""
    return pa_stv.result(rounds, BELFAST, ASSEMBLY, valid=valid, quota=quota)


# --- one person to elect


def test_a_round_without_anybody_elected_is_partial_and_says_first_preferences() -> None:
    assert counted(pa_stv.result([FIRST])) == Result(
        area=PLACE,
        election=CONTEST,
        revision=1,
        stage="partial",
        total=1,
        up=1,
        candidates=(
            Candidate(name="Ann Example", party="LAB", votes=500),
            Candidate(name="Bob Sample", party="CON", votes=400),
            Candidate(name="Cy Null", party="GRN", votes=100, elected=False),
        ),
        electorate=5_634_331,
        ballots=3_334_573,
        turnout=59.18,
        declared_at=datetime(2026, 5, 8, 16, 24, 2, tzinfo=UTC),
        line=4,
    )


def test_the_round_in_which_somebody_is_elected_completes_the_count() -> None:
    result = counted(pa_stv.result([FIRST, SECOND]))
    assert (result.stage, result.elected, result.control) == ("full", {"LAB": 1, "CON": 0, "GRN": 0}, "LAB")
    assert result.candidates == (
        Candidate(name="Ann Example", party="LAB", votes=500, elected=True),
        Candidate(name="Bob Sample", party="CON", votes=400, elected=False),
        Candidate(name="Cy Null", party="GRN", votes=100, elected=False),
    )
    assert (result.previous, result.outcome) == (None, None)


def test_a_count_can_be_complete_after_its_first_round() -> None:
    result = counted(pa_stv.result([Round([ANN, BOB], {"Ann Example": "*"})]))
    assert (result.stage, result.revision, result.elected) == ("full", 1, {"LAB": 1, "CON": 0})


def test_somebody_elected_in_a_round_stays_elected_where_the_next_leaves_them_out() -> None:
    result = counted(pa_stv.result([Round([ANN, BOB], {"Ann Example": "*"}), Round([BOB])]))
    assert (result.stage, result.elected) == ("full", {"LAB": 1, "CON": 0})


def test_a_by_election_in_rounds_fills_one_seat_of_a_constituency() -> None:
    result = counted(pa_stv.result([FIRST, SECOND], election=Election("Anyward By-Election", "B")))
    assert (result.area.kind, result.up, result.control) == ("constituency", 1, "LAB")


def test_the_file_s_naive_time_is_british() -> None:
    winter = counted(pa_stv.result([FIRST], declared="2026-01-08T17:24:02"))
    assert winter.declared_at == datetime(2026, 1, 8, 17, 24, 2, tzinfo=UTC)
    assert counted(pa_stv.result([FIRST], declared=None)).declared_at is None


# --- which round stands


def test_every_round_and_every_revision_of_it_has_its_own_place() -> None:
    corrected = Round(FIRST.stood, FIRST.status, revision=2)
    ordered = [
        (found := counted(pa_stv.result(rounds))).round * 1000 + found.revision
        for rounds in ([FIRST], [corrected], [FIRST, FIRST], [corrected, SECOND._replace(revision=2)])
    ]
    assert all(one < other for one, other in pairwise(ordered))


def test_a_message_without_a_revision_or_a_round_number_is_known_by_its_rounds() -> None:
    data = pa_stv.result([FIRST, SECOND], number=None).replace(b' revision="1" decl', b" decl")
    assert (counted(data).round, counted(data).revision) == (2, 1)


# --- several people to elect


def test_the_quota_tells_how_many_are_to_be_elected() -> None:
    for seats in (1, 2, 5, 6):
        result = counted(several(FIRST, valid=40_000, quota=40_000 // (seats + 1) + 1))
        assert (result.total, result.up) == (seats, seats)


def test_a_count_for_several_is_partial_until_all_are_elected() -> None:
    result = counted(several(Round([ANN, BOB, CY], {"Ann Example": "*"})))
    assert (result.stage, result.elected, result.up) == ("partial", {"LAB": 1}, 2)
    assert [c.elected for c in result.candidates] == [True, None, None]


def test_a_complete_count_for_several_has_no_control() -> None:
    result = counted(
        several(Round([ANN, BOB, CY], {"Ann Example": "*", "Cy Null": "-"}), Round([BOB], {BOB.name: "*"}))
    )
    assert result.area == Place(name="Belfast East", kind="region")
    assert (result.stage, result.elected, result.control) == ("full", {"LAB": 1, "CON": 1, "GRN": 0}, None)


def test_two_of_one_party_are_two_seats() -> None:
    result = counted(several(Round([ANN, Stood("Di Other", "Lab", 400)], {"Ann Example": "*", "Di Other": "*"})))
    assert (result.stage, result.elected) == ("full", {"LAB": 2})


@pytest.mark.parametrize(("valid", "quota"), [(None, 334), (1_000, None), (None, None)])
def test_a_count_without_a_quota_stays_partial_with_a_warning(valid: int | None, quota: int | None) -> None:
    data = several(Round([ANN, BOB], {"Ann Example": "*", "Bob Sample": "*"}), valid=valid, quota=quota)
    assert warnings(data) == ["line 4: how many seats Belfast East has cannot be told without validVotes and quota"]
    assert (counted(data).stage, counted(data).up, counted(data).elected) == ("partial", None, {"LAB": 1, "CON": 1})


@pytest.mark.parametrize(("valid", "quota"), [(1_000, 335), (1_000, 1), (1_000, 2_000), (0, 1), (1_000_000, 2)])
def test_a_quota_that_fits_no_number_of_seats_tells_none_with_a_warning(valid: int, quota: int) -> None:
    data = several(FIRST, valid=valid, quota=quota)
    assert warnings(data) == [f"line 4: a quota of {quota:,} fits no number of seats for {valid:,} votes"]
    assert counted(data).up is None


# --- nominations


def test_nominations_say_who_stands_and_who_was_elected_the_last_time() -> None:
    data = pa_stv.nominations([ANN, BOB, Stood("Di Other", "Lab")], before=[Stood("Old Holder", "C", 971_931)])
    assert only(Baseline, data) == Baseline(
        area=PLACE,
        election=CONTEST,
        baseline="last-election",
        total=1,
        up=1,
        held={"CON": 1},
        candidates={"LAB": 2, "CON": 1},
        line=4,
    )


@pytest.mark.parametrize("before", [None, [], [Stood("Old Holder", "C"), Stood("Odd Holder", "Lab")]])
def test_who_held_a_mayoralty_is_not_said_unless_just_one_was_elected(before: list[Stood] | None) -> None:
    baseline = only(Baseline, pa_stv.nominations([ANN], before=before))
    assert (baseline.baseline, baseline.held, baseline.up) == (None, None, 1)


def test_nominations_for_several_seats_say_not_how_many_are_up() -> None:
    before = [Stood("Old Holder", "C"), Stood("Odd Holder", "Lab")]
    baseline = only(Baseline, pa_stv.nominations([ANN], BELFAST, ASSEMBLY, before=before))
    assert (baseline.total, baseline.up, baseline.held) == (None, None, {"CON": 1, "LAB": 1})
    assert baseline.area.kind == "region"


def test_nominations_without_candidates_say_nothing_of_them() -> None:
    assert only(Baseline, pa_stv.nominations([])).candidates is None


# --- refusals


def test_a_count_without_its_first_round_is_refused() -> None:
    assert refusal(pa_stv.result([], number=None)) == "line 4: London has no round 1"
    second = pa_stv.result([FIRST]).replace(b'Round number="1"', b'Round number="2"')
    assert refusal(second) == "line 4: London has no round 1"


def test_a_round_that_stands_twice_is_refused() -> None:
    data = pa_stv.result([FIRST, SECOND]).replace(b'Round number="2"', b'Round number="1"')
    assert refusal(data) == "line 16: round 1 stands twice in London"


def test_a_round_number_that_is_not_that_of_the_last_round_is_refused() -> None:
    assert refusal(pa_stv.result([FIRST], number=2)) == "line 2: roundNumber is 2, but the last round of London is 1"


def test_somebody_who_comes_in_after_the_first_round_is_refused() -> None:
    data = pa_stv.result([Round([ANN]), Round([ANN, BOB])])
    assert refusal(data) == "line 14: Bob Sample stands in round 2, but not in round 1"


def test_two_elected_to_one_seat_are_refused() -> None:
    data = pa_stv.result([Round([ANN, BOB], {"Ann Example": "*", "Bob Sample": "*"})])
    assert refusal(data) == "line 4: 2 candidates are marked as elected for 1 seat"


def test_more_elected_than_the_quota_is_made_for_are_refused() -> None:
    data = several(Round([ANN, BOB, CY], dict.fromkeys(("Ann Example", "Bob Sample", "Cy Null"), "*")))
    assert refusal(data) == "line 4: 3 candidates are marked as elected for 2 seats"


def test_somebody_elected_and_eliminated_is_refused() -> None:
    data = pa_stv.result([FIRST, Round([ANN, CY], {"Cy Null": "*"})])
    assert refusal(data) == "line 20: Cy Null is marked as elected and as eliminated"


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        (b'resultStatus="-"', b'resultStatus="lost"', "line 12: resultStatus is “lost”, one of * - S D was expected"),
        (b'resultStatus="-"', b'resultStatus="SD"', "line 12: resultStatus is “SD”, one of * - S D was expected"),
        (b'resultStatus="-"', b'resultStatus="X"', "line 12: resultStatus is “X”, one of * - S D was expected"),
        (b'Round number="1"', b'Round number="one"', "line 5: number is “one”, a whole number was expected"),
        (b'Round number="1"', b'Round number="0"', "line 5: number is “0”, less than the 1 that can be right"),
        (b'Round number="1"', b"Round", "line 5: Round has no number"),
        (b'revision="1" decl', b'revision="-1" decl', "line 2: revision is “-1”, less than the 1 that can be right"),
        (b'votes="400"', b'votes="4e2"', "line 9: votes is “4e2”, a whole number was expected"),
    ],
)
def test_what_cannot_be_right_in_a_count_is_refused_with_its_line(right: bytes, wrong: bytes, reason: str) -> None:
    data = pa_stv.result([FIRST])
    assert right in data
    assert refusal(data.replace(right, wrong)) == reason


def test_a_quota_that_is_no_number_is_refused() -> None:
    data = several(FIRST).replace(b'quota="334"', b'quota="a third"')
    assert refusal(data) == "line 4: quota is “a third”, a whole number was expected"
