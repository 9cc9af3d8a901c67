"""PA's first-past-the-post messages: what results, rushes, nominations and recounts say."""

from datetime import UTC, date, datetime

import pytest

from feeds.report import Baseline, Candidate, Contest, Note, Place, Result
from tests.feeds.pa_readings import only, read, warnings
from tests.makers import pa_fptp
from tests.makers.pa_contest import Election, Seat, Stood

CONTEST = Contest(kind="assembly", name="Scottish Parliament", poll_date=date(2026, 5, 7))
PLACE = Place(name="Anyshire North & Vale", kind="constituency")
STOOD = [
    Stood("Ann Example", "Lab", 16_004, elected=True),
    Stood("Bob Sample", "C", 13_794),
    Stood("Cy Null", "Ind", 0),
]


def counted(data: bytes) -> Result:
    return only(Result, data)


# --- results


def test_a_result_says_who_is_elected_by_how_many_votes_and_who_held_the_seat() -> None:
    assert counted(pa_fptp.result(STOOD, sitting="C", revision=3)) == Result(
        area=PLACE,
        election=CONTEST,
        revision=3,
        elected={"LAB": 1, "CON": 0, "IND": 0},
        total=1,
        up=1,
        control="LAB",
        previous="CON",
        outcome="gain",
        candidates=(
            Candidate(name="Ann Example", party="LAB", votes=16_004, elected=True),
            Candidate(name="Bob Sample", party="CON", votes=13_794, elected=False),
            Candidate(name="Cy Null", party="IND", votes=0, elected=False),
        ),
        electorate=70_123,
        ballots=29_798,
        turnout=42.49,
        declared_at=datetime(2026, 5, 8, 1, 14, tzinfo=UTC),
        line=4,
    )


def test_a_mayor_and_a_commissioner_are_one_seat_of_their_own_kind() -> None:
    for letter in ("M", "P"):
        result = counted(pa_fptp.result(STOOD, election=Election("Mayoral Elections", letter)))
        assert (result.area.kind, result.total, result.elected) == ("mayor", 1, {"LAB": 1, "CON": 0, "IND": 0})


def test_who_is_elected_is_the_one_marked_and_not_the_one_with_most_votes() -> None:
    tie = [Stood("Ann Example", "Lab", 356), Stood("Bob Sample", "C", 356, elected=True)]
    assert counted(pa_fptp.result(tie)).elected == {"LAB": 0, "CON": 1}


def test_two_candidates_of_one_party_stand_for_one_figure() -> None:
    stood = [Stood("Ann Example", "Ind", 5, elected=True), Stood("Bob Sample", "Ind", 4)]
    assert counted(pa_fptp.result(stood)).elected == {"IND": 1}


@pytest.mark.parametrize(
    ("sitting", "stated", "outcome"),
    [
        ("C", "gain", ("CON", "gain")),
        ("Lab", "hold", ("LAB", "hold")),
        ("C", "win", ("NEW", "new")),
        (None, "win", ("NEW", "new")),
        (None, None, (None, None)),
        ("C", None, ("CON", None)),
        (None, "hold", (None, "hold")),
    ],
)
def test_the_stated_outcome_is_read_and_a_win_has_nothing_before_it(
    sitting: str | None, stated: str | None, outcome: tuple[str | None, str | None]
) -> None:
    for data in (
        pa_fptp.result(STOOD, sitting=sitting, outcome=stated),
        pa_fptp.rush(STOOD, sitting=sitting, outcome=stated),
    ):
        result = counted(data)
        assert (result.previous, result.outcome) == outcome
        assert warnings(data) == []


@pytest.mark.parametrize(
    ("sitting", "stated", "previous", "warning"),
    [
        ("C", "hold", "CON", "gainOrHold is “hold”, but CON held the seat and LAB has it"),
        ("Lab", "gain", "LAB", "gainOrHold is “gain”, but LAB held the seat and LAB has it"),
        ("C", "seize", "CON", "gainOrHold is “seize”, which is not a word that is known"),
        ("NOC", "gain", None, "the sitting party is NOC, which no seat can belong to"),
        ("Vacant", "gain", None, "the sitting party is VAC, which no seat can belong to"),
    ],
)
def test_what_cannot_be_of_the_seat_before_is_left_unsaid_with_a_warning(
    sitting: str, stated: str, previous: str | None, warning: str
) -> None:
    data = pa_fptp.result(STOOD, sitting=sitting, outcome=stated)
    assert warnings(data) == [f"line 4: {warning}"]
    result = counted(data)
    assert result.previous == previous
    assert result.outcome == (None if previous else "gain")


def test_a_winning_party_that_is_not_that_of_the_elected_is_shown_as_stated_with_a_warning() -> None:
    data = pa_fptp.result(STOOD, winning="C")
    assert warnings(data) == ["line 4: the winning party is CON, but Ann Example (LAB) is elected"]
    result = counted(data)
    assert (result.control, result.elected) == ("CON", {"LAB": 1, "CON": 0, "IND": 0})


def test_the_winning_party_is_that_of_the_elected_where_none_is_stated() -> None:
    assert counted(pa_fptp.result(STOOD, winning=None)).control == "LAB"
    assert counted(pa_fptp.rush(STOOD, winning=None)).control == "LAB"


def test_labour_and_cooperative_is_labour() -> None:
    stood = [Stood("Ann Example", "Lab Co-op", 2, elected=True), Stood("Bob Sample", "C", 1)]
    data = pa_fptp.result(stood, sitting="Lab")
    assert (counted(data).control, counted(data).outcome) == ("LAB", None)
    assert warnings(data) == ["line 4: gainOrHold is “gain”, but LAB held the seat and LAB has it"]
    assert counted(pa_fptp.result(stood, sitting="Lab", outcome="hold")).outcome == "hold"


def test_the_speaker_is_a_party_of_its_own() -> None:
    stood = [Stood("Ann Example", "Speaker", 2, elected=True), Stood("Bob Sample", "C", 1)]
    result = counted(pa_fptp.result(stood, sitting="Speaker").replace(b'name="Speaker"', b'name="The Speaker"'))
    assert (result.control, result.previous, result.outcome) == ("SPK", "SPK", "hold")


def test_an_abbreviation_means_what_it_means_to_the_candidates_of_the_message() -> None:
    stood = [Stood("Ann Example", "R", 2, elected=True), Stood("Bob Sample", "C", 1)]
    reform = pa_fptp.result(stood, sitting="R").replace(b"Ratepayers or Residents", b"Reform UK")
    assert (counted(reform).control, counted(reform).previous) == ("REF", "REF")
    assert warnings(reform) == []


def test_the_elected_settle_an_abbreviation_that_two_parties_share() -> None:
    stood = [Stood("Bob Sample", "R", 1), Stood("Ann Example", "Reform", 2, elected=True)]
    data = pa_fptp.result(stood, winning="R").replace(b'abbreviation="Reform"', b'abbreviation="R"')
    assert counted(data).control == "REF"
    assert warnings(data) == []


def test_an_unknown_party_keeps_its_abbreviation_and_is_listed() -> None:
    stood = [Stood("Ann Example", "Yorks", 2, elected=True), Stood("Bob Sample", "C", 1)]
    data = pa_fptp.result(stood, sitting="Old").replace(b'name="Yorks"', b'name="Yorkshire First"')
    assert read(data).unknown_parties == {"YORKS": "Yorkshire First", "OLD": "Old"}
    assert (counted(data).control, counted(data).previous) == ("YORKS", "OLD")


def test_a_time_without_an_offset_is_british_and_one_that_is_not_said_is_unknown() -> None:
    naive = counted(pa_fptp.result(STOOD, declared="2026-05-08T02:14:00"))
    assert naive.declared_at == datetime(2026, 5, 8, 1, 14, tzinfo=UTC)
    assert counted(pa_fptp.result(STOOD, declared="2026-05-08T02:14:00+00:00")).declared_at == datetime(
        2026, 5, 8, 2, 14, tzinfo=UTC
    )
    assert counted(pa_fptp.result(STOOD, declared=None)).declared_at is None


def test_every_constituency_of_a_message_is_read() -> None:
    data = pa_fptp.recount()
    other = b'<Constituency number="2" name="Otherville" recount="4" /></Election>'
    reports = read(data.replace(b"</Election>", other)).reports
    assert [(r.area, r.text) for r in reports if isinstance(r, Note)] == [
        ("Anyshire North & Vale", "recount 1 under way"),
        ("Otherville", "recount 4 under way"),
    ]


# --- rushes


def test_a_rush_says_who_is_elected_without_votes_and_without_a_time() -> None:
    assert counted(pa_fptp.rush(STOOD, sitting="C", revision=2)) == Result(
        area=PLACE,
        election=CONTEST,
        revision=2,
        stage="rush",
        elected={"LAB": 1, "CON": 0, "IND": 0},
        total=1,
        up=1,
        control="LAB",
        previous="CON",
        outcome="gain",
        candidates=(
            Candidate(name="Ann Example", party="LAB", elected=True),
            Candidate(name="Bob Sample", party="CON", elected=False),
            Candidate(name="Cy Null", party="IND", elected=False),
        ),
        electorate=70_123,
        line=4,
    )


def test_a_sitting_party_that_no_longer_stands_is_known_by_its_name() -> None:
    data = pa_fptp.rush(STOOD, sitting="R").replace(b"Ratepayers or Residents", b"Reform UK")
    assert counted(data).previous == "REF"


def test_a_winning_party_that_only_has_a_name_is_read() -> None:
    data = pa_fptp.rush(STOOD).replace(b'winningPartyAbbreviation="Lab" ', b"")
    assert (counted(data).control, warnings(data)) == ("LAB", [])


# --- nominations


def test_nominations_say_who_stands_and_who_held_the_seat() -> None:
    stood = [*STOOD, Stood("Di Other", "Ind")]
    assert only(Baseline, pa_fptp.nominations(stood, before=pa_fptp.earlier("C"))) == Baseline(
        area=PLACE,
        election=CONTEST,
        baseline="last-election",
        total=1,
        up=1,
        held={"CON": 1},
        candidates={"LAB": 1, "CON": 1, "IND": 2},
        line=4,
    )


def test_a_seat_with_new_boundaries_is_measured_against_a_notional_result() -> None:
    baseline = only(Baseline, pa_fptp.nominations(STOOD, before=pa_fptp.earlier("LD", notional=True)))
    assert (baseline.baseline, baseline.held) == ("notional", {"LD": 1})


def test_an_abbreviation_of_a_notional_result_means_what_it_means_to_its_parties() -> None:
    data = pa_fptp.nominations(STOOD, before=pa_fptp.earlier("R", notional=True))
    reform = data.replace(b"Ratepayers or Residents", b"Reform UK")
    assert only(Baseline, reform).held == {"REF": 1}


def test_a_by_election_that_the_same_party_won_leaves_the_seat_with_it() -> None:
    before = [*pa_fptp.earlier("C"), *pa_fptp.earlier("C", date="2024-02-01")]
    assert only(Baseline, pa_fptp.nominations(STOOD, before=before)).held == {"CON": 1}


def test_who_held_a_seat_is_not_said_where_earlier_elections_name_two_winners() -> None:
    before = [*pa_fptp.earlier("C"), *pa_fptp.earlier("LD", date="2024-02-01")]
    baseline = only(Baseline, pa_fptp.nominations(STOOD, before=before))
    assert (baseline.baseline, baseline.held) == (None, None)


@pytest.mark.parametrize(
    "before",
    [
        [],
        pa_fptp.earlier(None),
        pa_fptp.earlier("NOC"),
        pa_fptp.earlier("C", Seat("Elsewhere")),
    ],
)
def test_who_held_a_seat_is_not_said_where_no_earlier_election_of_it_names_a_winner(before: list[str]) -> None:
    baseline = only(Baseline, pa_fptp.nominations(STOOD, before=before))
    assert (baseline.baseline, baseline.held, baseline.total, baseline.up) == (None, None, 1, 1)


def test_nominations_without_candidates_say_nothing_of_them() -> None:
    assert only(Baseline, pa_fptp.nominations([])).candidates is None


# --- recounts


def test_a_recount_is_a_note_about_its_constituency() -> None:
    assert only(Note, pa_fptp.recount(which=2, revision=3)) == Note(
        area="Anyshire North & Vale", kind="recount", text="recount 2 under way", source="PA", line=4
    )
    assert only(Note, pa_fptp.recount(which=None)).text == "recount under way"
