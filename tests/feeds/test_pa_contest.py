"""What PA's messages about constituencies, lists and mayors have in common: elections, candidates, test data."""

from datetime import date

import pytest

from feeds.report import Contest, Result
from tests.feeds.pa_readings import only, read, refusal
from tests.makers import pa_fptp, pa_stv, pa_topup
from tests.makers.pa_contest import Election, Seat, Stood

STOOD = [Stood("Ann Example", "Lab", 16_004, elected=True), Stood("Bob Sample", "C", 13_794)]


def contest(name: str, letter: str | None) -> Contest:
    return only(Result, pa_fptp.result(STOOD, election=Election(name, letter))).election


@pytest.mark.parametrize(
    ("letter", "kind"),
    [
        ("G", "parliament"),
        ("S", "assembly"),
        ("W", "assembly"),
        ("L", "assembly"),
        ("NI", "assembly"),
        ("E", "assembly"),
        ("B", "by-election"),
        ("M", "mayor"),
        ("P", "mayor"),
    ],
)
def test_the_type_of_an_election_says_what_is_elected(letter: str, kind: str) -> None:
    assert contest("Some election", letter).kind == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Northern Ireland Assembly", "assembly"),
        ("European Parliament", "assembly"),
        ("Anytown Mayoral Election", "mayor"),
        ("Anyward By-Election", "by-election"),
        ("Anytown Council", "local"),
    ],
)
def test_the_name_says_what_is_elected_by_single_transferable_vote(name: str, kind: str) -> None:
    data = pa_stv.result([pa_stv.Round(STOOD)], election=Election(name, "STV"))
    assert only(Result, data).election.kind == kind


def test_an_election_keeps_its_name_and_its_date() -> None:
    assert contest("Scottish Parliament Test", "S") == Contest(
        kind="assembly", name="Scottish Parliament Test", poll_date=date(2026, 5, 7)
    )


def test_an_election_without_a_date_has_none() -> None:
    assert only(Result, pa_fptp.result(STOOD, election=Election(date=None))).election.poll_date is None


def test_constituencies_and_lists_of_one_parliament_are_one_contest() -> None:
    stood = [Stood("Ann Lister", "C", elected=True)]
    seats = only(Result, pa_fptp.result(STOOD)), only(Result, pa_topup.rush(stood))
    assert seats[0].election == seats[1].election
    assert seats[0].area.kind != seats[1].area.kind


@pytest.mark.parametrize(
    ("letter", "reason"),
    [
        ("X", "line 3: type is “X”, one of G, S, W, L, NI, E, B, M, P, STV was expected"),
        (None, "line 3: Election has no type"),
    ],
)
def test_an_unknown_type_of_election_is_refused(letter: str | None, reason: str) -> None:
    assert refusal(pa_fptp.result(STOOD, election=Election(type=letter))) == reason


def test_a_message_without_a_constituency_is_refused() -> None:
    assert refusal(b"<Recount><Election name='A' type='G'/></Recount>") == (
        "line 1: there is no Constituency in an Election"
    )


def test_a_candidate_is_named_by_both_names_or_the_surname_alone() -> None:
    stood = [Stood("Ann de Vere-Example", "Lab", elected=True), Stood("Elmo", "C")]
    assert [c.name for c in only(Result, pa_fptp.result(stood)).candidates] == ["Ann de Vere-Example", "Elmo"]


def test_votes_of_the_candidate_count_where_the_party_has_none() -> None:
    data = pa_fptp.result(STOOD).replace(b'votes="13794"', b"").replace(b'surname="Sample"', b'surname="S" votes="7"')
    assert [c.votes for c in only(Result, data).candidates] == [16_004, 7]


def test_votes_that_are_not_said_are_unknown_and_not_0() -> None:
    stood = [Stood("Ann Example", "Lab", 16_004, elected=True), Stood("Bob Sample", "C"), Stood("Cy Null", "LD", 0)]
    assert [c.votes for c in only(Result, pa_fptp.result(stood)).candidates] == [16_004, None, 0]


def test_two_candidates_of_one_name_are_two_by_their_ids() -> None:
    stood = [Stood("Ann Example", "Ind", 5, elected=True), Stood("Bob Sample", "Ind", 4)]
    data = pa_fptp.result(stood).replace(b"Ann", b"Bob").replace(b"Example", b"Sample")
    assert [(c.name, c.votes) for c in only(Result, data).candidates] == [("Bob Sample", 5), ("Bob Sample", 4)]


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        (b'surname="Sample"', b"", "line 8: Candidate has no surname"),
        (b'name="Conservative"', b"", "line 9: Party has no name"),
        (b'name="Conservative"', b'name="Vacant"', "line 9: Vacant is no party that can stand"),
        (b'votes="13794"', b'votes="13,794"', "line 9: votes is “13,794”, a whole number was expected"),
        (b'votes="13794"', b'votes="-1"', "line 9: votes is “-1”, less than the 0 that can be right"),
        (b'votes="13794"', b'votes="9999999999"', "line 9: votes is “9999999999”, more than the 2,000,000,000"),
        (b"2026-05-07", b"0000-00-00", "line 3: date is “0000-00-00”, a date such as 2026-05-07 was expected"),
        (b'name="Scottish Parliament"', b'name=" "', "line 3: Election has no name"),
        (b'revision="1"', b'revision="-1"', "line 2: revision is “-1”, less than the 1 that can be right"),
        (b'Turnout="42', b'Turnout="142', "line 4: percentageTurnout is “142.49”, a percentage was expected"),
        (b'Turnout="42.49', b'Turnout="100.01', "line 4: percentageTurnout is “100.01”, a percentage was expected"),
        (b'Turnout="42', b'Turnout="x', "line 4: percentageTurnout is “x.49”, a percentage was expected"),
        (b'electorate="70123"', b'electorate="all"', "line 4: electorate is “all”, a whole number was expected"),
        (b"02:14:00", b"26:14:00", "line 2: declarationTime is “2026-05-08T26:14:00+01:00”, a time such as"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_line(right: bytes, wrong: bytes, reason: str) -> None:
    data = pa_fptp.result(STOOD)
    assert right in data
    assert refusal(data.replace(right, wrong)).startswith(reason)


def test_a_candidate_without_a_party_is_refused() -> None:
    assert refusal(pa_fptp.result(STOOD).replace(b"<Party", b"<Paty")) == "line 5: Ann Example has no Party"


def test_a_candidate_who_stands_twice_is_refused() -> None:
    assert refusal(pa_fptp.result([*STOOD, STOOD[1]])) == "line 11: Bob Sample stands twice in Constituency"


def test_a_candidate_without_an_id_who_stands_twice_is_refused() -> None:
    people = [Stood("Bob Sample", "C", extra=(("paId", ""),))] * 2
    assert refusal(pa_fptp.result([STOOD[0], *people])) == "line 11: Bob Sample stands twice in Constituency"


def test_a_constituency_that_stands_twice_is_refused() -> None:
    data = pa_fptp.recount(Seat("Anyshire & Vale"))
    row = b'<Constituency number="2" name="Anyshire and Vale" /></Election>'
    assert refusal(data.replace(b"</Election>", row)) == "line 5: Anyshire and Vale stands twice in one message"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (pa_fptp.result(STOOD), "PA result"),
        (pa_fptp.rush(STOOD), "PA rush"),
        (pa_fptp.nominations(STOOD), "PA nominations"),
        (pa_fptp.recount(), "PA recount"),
        (pa_fptp.sop([], [], expected=1), "PA state of the parties"),
        (pa_topup.rush(STOOD), "PA list rush"),
        (pa_topup.result(STOOD, []), "PA list result"),
        (pa_topup.nominations(STOOD), "PA list nominations"),
        (pa_stv.result([pa_stv.Round(STOOD)]), "PA result in rounds"),
        (pa_stv.nominations(STOOD), "PA nominations for a count in rounds"),
    ],
)
def test_every_message_is_named_for_people(data: bytes, name: str) -> None:
    reading = read(data)
    assert (reading.format, reading.problem) == (name, None)


@pytest.mark.parametrize("revision", [None, 1])
def test_a_message_without_a_revision_is_the_first(revision: int | None) -> None:
    assert only(Result, pa_fptp.result(STOOD, revision=revision)).revision == 1


def test_a_turnout_that_is_not_said_is_unknown() -> None:
    result = only(Result, pa_fptp.result(STOOD, turnout=None))
    assert (result.ballots, result.turnout) == (None, None)


def test_a_turnout_of_everybody_is_believed() -> None:
    data = pa_fptp.result(STOOD).replace(b'percentageTurnout="42.49"', b'percentageTurnout="100.00"')
    assert only(Result, data).turnout == 100


# --- test data


def test_a_candidate_named_test_marks_test_data() -> None:
    stood = [Stood("Ann Example", "Lab", elected=True), Stood("Bob Sample", "C")]
    assert read(pa_fptp.result(stood)).test is None
    data = pa_fptp.result(stood).replace(b'"Sample"', b'"Sample Test"')
    assert read(data).test == "a candidate is named “Sample Test”"


def test_a_candidate_of_an_earlier_election_marks_nothing() -> None:
    assert read(pa_fptp.result(STOOD, before=pa_fptp.earlier("C"))).test is None
    before = [Stood("Old Holder", "C", extra=(("surname", "Holder Test"),))]
    assert read(pa_stv.nominations(STOOD, before=before)).test is None


def test_a_surname_that_is_test_or_ends_in_it_as_part_of_a_word_marks_nothing() -> None:
    stood = [Stood("Ann Test", "Lab", elected=True), Stood("Bob Attest", "C")]
    assert read(pa_fptp.result(stood)).test is None


def test_a_name_of_a_file_or_an_election_marks_test_data_before_a_candidate_does() -> None:
    data = pa_fptp.result(STOOD, election=Election("Scottish Parliament Test"))
    assert read(data).test == "the election is named “Scottish Parliament Test”"
    assert read(data, "Scottish_Parliament_Test_result_A_1.xml").test == "the file name says Test"


def test_a_refused_message_is_marked_as_test_data_too() -> None:
    reading = read(pa_fptp.result([Stood("Bob Sample", "C", extra=(("surname", "Sample Test"),))]))
    assert reading.problem is not None
    assert reading.test == "a candidate is named “Sample Test”"
