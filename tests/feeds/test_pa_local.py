"""PA's local election messages: what a result, nominations and a state of the parties say, and do not say."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from feeds import formats
from feeds.formats import pa_local
from feeds.report import Baseline, Contest, PartyTotals, Place, Problem, Reading, Result, Totals
from feeds.xml import parse
from tests.makers import pa
from tests.makers.pa import Council, Row, Standing

ANYTOWN = Council("Anytown & Vale")
WHOLE = Council("Anytown & Vale", "all")
SEATS = {"C": 16, "Reform": 9, "LD": 8}
CHANGES = {"Reform": 6, "C": -6}
ELECTED = {"Reform": 7, "C": 4}


def read(data: bytes, path: str = "Local_result_Anytown___Vale_1.xml") -> Reading:
    root = parse(data)
    return pa_local.ROOTS[root.tag](path, root)


def counted(data: bytes) -> Result:
    reading = read(data)
    assert reading.problem is None, reading.problem
    (report,) = reading.reports
    assert isinstance(report, Result)
    return report


def baseline(council: Council, standings: Sequence[Standing]) -> Baseline:
    reading = read(pa.nominations(council, standings))
    assert reading.problem is None, reading.problem
    (report,) = reading.reports
    assert isinstance(report, Baseline)
    return report


def totals(data: bytes) -> Totals:
    reading = read(data)
    assert reading.problem is None, reading.problem
    (report,) = reading.reports
    assert isinstance(report, Totals)
    return report


# --- results


def test_a_result_says_the_council_the_elected_the_change_and_the_control() -> None:
    assert counted(pa.result(ANYTOWN, SEATS, CHANGES, ELECTED)) == Result(
        area=Place(name="Anytown & Vale"),
        election=Contest(kind="local", name="Local elections", poll_date=date(2026, 5, 7)),
        revision=1,
        elected={"REF": 7, "CON": 4},
        composition={"CON": 16, "REF": 9, "LD": 8},
        change={"CON": -6, "REF": 6, "LD": 0},
        total=33,
        vacant=0,
        control="NOC",
        previous="CON",
        outcome="loss",
        line=4,
    )


def test_elected_is_the_new_council_where_all_seats_are_up_and_no_list_of_elected_is_given() -> None:
    result = counted(pa.result(WHOLE, SEATS | {"Vacant": 1}, CHANGES))
    assert (result.elected, result.up, result.total) == ({"CON": 16, "REF": 9, "LD": 8}, 33, 34)


def test_elected_is_not_guessed_where_some_seats_are_up_and_no_list_of_elected_is_given() -> None:
    result = counted(pa.result(ANYTOWN, SEATS, CHANGES))
    assert (result.elected, result.up) == (None, None)


def test_a_list_of_elected_is_believed_where_all_seats_are_up() -> None:
    result = counted(pa.result(WHOLE, SEATS, CHANGES, {"C": 15, "Reform": 9, "LD": 8}))
    assert (result.elected, result.up) == ({"CON": 15, "REF": 9, "LD": 8}, None)


def test_vacant_counts_in_the_total_and_nowhere_else() -> None:
    result = counted(pa.result(ANYTOWN, SEATS | {"Vacant": 2}, CHANGES | {"Vacant": 1}, ELECTED | {"Vacant": 1}))
    assert (result.total, result.vacant) == (35, 2)
    assert result.elected is not None
    assert result.change is not None
    assert "VAC" not in {**(result.composition or {}), **result.elected, **result.change}


def test_an_empty_list_of_changes_is_no_movement_and_a_missing_one_is_not_said() -> None:
    assert counted(pa.result(ANYTOWN, SEATS, {}, ELECTED)).change == {"CON": 0, "REF": 0, "LD": 0}
    assert counted(pa.result(ANYTOWN, SEATS, None, ELECTED)).change is None


def test_a_party_that_lost_its_last_seat_stands_in_the_change() -> None:
    result = counted(pa.result(ANYTOWN, {"C": 30}, {"C": 2, "UKIP": -2}, {"C": 10}))
    assert result.change == {"CON": 2, "UKIP": -2}
    assert result.composition == {"CON": 30}


def test_changes_need_not_sum_to_nothing_after_a_boundary_change() -> None:
    council = Council("Essex", "all", boundary_change=True)
    result = counted(pa.result(council, {"C": 50, "Lab": 28}, {"C": 3, "Lab": 0}))
    assert (result.total, result.change) == (78, {"CON": 3, "LAB": 0})


def test_labour_and_cooperative_is_added_to_labour() -> None:
    result = counted(pa.result(WHOLE, {"Lab": 10, "Lab Co-op": 4, "C": 3}, {"Lab": 1, "Lab Co-op": -2, "C": 1}))
    assert (result.elected, result.change) == ({"LAB": 14, "CON": 3}, {"LAB": -1, "CON": 1})


def test_an_unknown_party_keeps_its_name_and_is_listed() -> None:
    reading = read(pa.result(ANYTOWN, SEATS | {"Canvey": 5}, CHANGES, ELECTED))
    assert reading.unknown_parties == {"CANVEY": "Canvey"}
    assert isinstance(reading.reports[0], Result)
    assert (reading.reports[0].composition or {})["CANVEY"] == 5


@pytest.mark.parametrize(
    ("control", "outcome"),
    [
        (pa.Control("Lab", "gain", "C"), "gain"),
        (pa.Control("Lab", "gain", "NOC"), "gain"),
        (pa.Control("C", "no change", "C"), "hold"),
        (pa.Control("C", "hold", "C"), "hold"),
        (pa.Control("NOC", "no change", "NOC"), "stays-noc"),
        (pa.Control("NOC", "hold", "NOC"), "stays-noc"),
        (pa.Control("NOC", "lose to NOC", "C"), "loss"),
        (pa.Control("C", "win", ""), None),
        (pa.Control("", "no change", "NOC"), "stays-noc"),
        (pa.Control("C", "no change", ""), "hold"),
        (pa.Control("", "no change", ""), None),
        (pa.Control("C", "", "C"), None),
    ],
)
def test_the_stated_outcome_is_read_and_hold_is_never_said_of_noc(control: pa.Control, outcome: str | None) -> None:
    reading = read(pa.result(ANYTOWN, SEATS, CHANGES, ELECTED, control=control))
    assert isinstance(reading.reports[0], Result)
    assert reading.reports[0].outcome == outcome
    assert reading.warnings == ()


def test_control_that_is_not_stated_is_not_worked_out() -> None:
    result = counted(pa.result(ANYTOWN, SEATS, CHANGES, ELECTED, states_control=False))
    assert (result.control, result.previous, result.outcome) == (None, None, None)


@pytest.mark.parametrize(
    ("control", "warning"),
    [
        (pa.Control("Lab", "gain", "Lab"), "gainOrHold is “gain”, but control was LAB and is LAB"),
        (pa.Control("Lab", "no change", "C"), "gainOrHold is “no change”, but control was CON and is LAB"),
        (pa.Control("Lab", "lose to NOC", "C"), "gainOrHold is “lose to NOC”, but control was CON and is LAB"),
        (pa.Control("NOC", "gain", "C"), "gainOrHold is “gain”, but control was CON and is NOC"),
        (pa.Control("Lab", "seize", "C"), "gainOrHold is “seize”, which is not a word that is known"),
    ],
)
def test_an_outcome_that_cannot_be_is_left_unsaid_with_a_warning(control: pa.Control, warning: str) -> None:
    reading = read(pa.result(ANYTOWN, SEATS, CHANGES, ELECTED, control=control))
    assert reading.warnings == (Problem(reason=warning, line=4),)
    assert isinstance(reading.reports[0], Result)
    assert reading.reports[0].outcome is None


def test_a_new_council_has_no_predecessor_and_is_never_a_gain() -> None:
    result = counted(pa.result(Council("Cumberland", "all", "Unitary", new=True), {"Lab": 30, "C": 7, "LD": 9}))
    assert (result.control, result.previous, result.outcome) == ("LAB", "NEW", "new")


def test_the_revision_is_read_and_1_where_absent() -> None:
    assert counted(pa.result(ANYTOWN, SEATS, CHANGES, ELECTED, revision=3)).revision == 3
    assert counted(pa.result(ANYTOWN, SEATS, CHANGES, ELECTED, revision=None)).revision == 1


def test_a_result_has_no_time_of_its_own_unless_the_root_carries_one() -> None:
    assert counted(pa.result(ANYTOWN, SEATS, CHANGES, ELECTED)).declared_at is None
    result = counted(pa.result(ANYTOWN, SEATS, CHANGES, ELECTED, declared="2026-05-08T02:39:00"))
    assert result.declared_at == datetime(2026, 5, 8, 1, 39, tzinfo=UTC)


def test_a_poll_date_that_is_absent_is_not_said() -> None:
    assert counted(pa.result(ANYTOWN, SEATS, CHANGES, ELECTED, date=None)).election.poll_date is None


@pytest.mark.parametrize(("kind", "region"), [("Scotland", "Scotland"), ("Wales", "Wales"), ("England", None)])
def test_only_scotland_and_wales_are_regions_among_the_types_of_council(kind: str, region: str | None) -> None:
    result = counted(pa.result(Council("Glasgow", "all", kind), {"SNP": 40, "Lab": 39}))
    assert result.area == Place(name="Glasgow", region=region)


def test_every_council_of_a_message_is_read() -> None:
    data = pa.result(WHOLE, SEATS, CHANGES)
    council = data[data.index(b"<Council ") : data.index(b"</Council>") + len(b"</Council>")]
    other = council.replace(b"Anytown &amp; Vale", b"Otherville")
    reading = read(data.replace(b"</Election>", other + b"</Election>"))
    assert [report.area.name for report in reading.reports if isinstance(report, Result)] == [
        "Anytown & Vale",
        "Otherville",
    ]


def test_a_council_name_is_cleaned_and_shown_as_it_is() -> None:
    assert counted(pa.result(Council(" King's [red] Lynn\u202e "), SEATS)).area.name == "King's [red] Lynn⟨U+202E⟩"


# --- nominations


def test_nominations_say_who_holds_what_and_what_is_up() -> None:
    rows = [
        Standing("C", 22, 10, 11, 1),
        Standing("Lab", 9, 1, 8),
        Standing("Green", 0, 0, 7),
        Standing("Vacant", 2, 1),
    ]
    assert baseline(ANYTOWN, rows) == Baseline(
        area=Place(name="Anytown & Vale"),
        election=Contest(poll_date=date(2026, 5, 7)),
        baseline="eve-of-poll",
        total=33,
        up=12,
        held={"CON": 22, "LAB": 9, "GRN": 0},
        vacant=2,
        continuing={"CON": 12, "LAB": 8, "GRN": 0},
        candidates={"CON": 11, "LAB": 8, "GRN": 7},
        unopposed={"CON": 1},
        line=4,
    )


def test_nominations_conclude_no_control() -> None:
    assert baseline(ANYTOWN, [Standing("C", 22, 10)]).control is None


def test_candidates_that_are_all_0_are_not_known() -> None:
    assert baseline(ANYTOWN, [Standing("C", 22, 10, 0), Standing("Lab", 9, 1, 0)]).candidates is None


def test_unopposed_returns_that_nobody_states_are_not_known() -> None:
    assert baseline(ANYTOWN, [Standing("C", 22, 10, 1, None)]).unopposed is None
    assert baseline(ANYTOWN, [Standing("C", 22, 10, 1, 0)]).unopposed == {}


def test_a_boundary_change_leaves_the_total_and_the_seats_up_unknown() -> None:
    changed = baseline(Council("Essex", "all", boundary_change=True), [Standing("C", 52, 52), Standing("Lab", 23, 23)])
    assert (changed.total, changed.up, changed.held) == (None, None, {"CON": 52, "LAB": 23})


def test_a_figure_that_one_party_lacks_leaves_the_sums_unknown() -> None:
    some = baseline(ANYTOWN, [Standing("C", 22, 10), Standing("Lab", None, 1)])
    assert (some.total, some.up, some.held, some.continuing) == (None, 11, {"CON": 22}, None)


def test_more_seats_up_than_held_leaves_the_continuing_ones_unknown_with_a_warning() -> None:
    reading = read(pa.nominations(ANYTOWN, [Standing("C", 22, 10), Standing("Lab", 1, 4)]))
    assert reading.warnings == (Problem(reason="seatsOffered of Labour is 4, but seatsHeld is 1", line=6),)
    assert isinstance(reading.reports[0], Baseline)
    assert reading.reports[0].continuing is None


# --- state of the parties


def test_a_state_of_the_parties_has_a_row_for_noc_and_none_for_vacant() -> None:
    rows = [Row("C", 9, -6, 0, -1), Row("Reform", 7, 6), Row("NOC", 0, 0, 1, 1), Row("Vacant", 0, -1)]
    assert totals(pa.sop(rows, [ANYTOWN, Council("Glasgow", type="Scotland")], expected=136)) == Totals(
        election=Contest(poll_date=date(2026, 5, 7)),
        parties={
            "CON": PartyTotals(seats=9, change=-6, areas=0, areas_change=-1),
            "REF": PartyTotals(seats=7, change=6, areas=0, areas_change=0),
            "NOC": PartyTotals(seats=0, change=0, areas=1, areas_change=1),
        },
        number=2,
        expected=136,
        areas=(Place(name="Anytown & Vale"), Place(name="Glasgow", region="Scotland")),
        line=2,
    )


def test_a_state_of_the_parties_names_its_region_and_is_of_all_where_it_names_none() -> None:
    assert totals(pa.sop([], [ANYTOWN], expected=98, region="England")).region == "England"
    assert totals(pa.sop([], [ANYTOWN], expected=98, region=None)).region == "All"


def test_labour_and_cooperative_is_added_to_labour_in_a_state_of_the_parties() -> None:
    data = pa.sop([Row("Lab", 9, -6, 2, -1), Row("Lab Co-op", 1, 1, 1, 1)], [ANYTOWN], expected=136)
    assert totals(data).parties == {"LAB": PartyTotals(seats=10, change=-5, areas=3, areas_change=0)}


def test_a_number_of_results_that_is_not_the_number_of_councils_is_a_warning() -> None:
    reading = read(pa.sop([Row("C", 9)], [ANYTOWN], expected=136, number=2))
    assert [warning.reason for warning in reading.warnings] == ["numberOfResults is 2, but 1 councils are listed"]
    assert len(reading.reports) == 1


# --- test data


def test_test_data_is_marked_by_the_file_name_and_never_by_a_place() -> None:
    valley = Council("Test Valley")
    data = pa.result(valley, SEATS)
    assert read(data, pa.result_name(valley, 1)).test is None
    assert read(data, pa.result_name(valley, 1, test=True)).test == "the file name says Test"


def test_test_data_is_marked_by_the_name_of_the_election() -> None:
    data = pa.result(ANYTOWN, SEATS).replace(b"<Election ", b"<Election name='Local elections Test' ")
    assert read(data).test == "the election is named “Local elections Test”"


def test_a_refused_file_is_marked_as_test_data_too() -> None:
    reading = read(b"<LocalElectionResult/>", "Local_Test_result_Anytown_1.xml")
    assert reading.problem is not None
    assert reading.test == "the file name says Test"


@pytest.mark.parametrize("stated", ["all", "half", "third"])
def test_a_share_of_seats_that_can_be_up_is_no_oddity(stated: str) -> None:
    data = pa.result(pa.Council("Adur", stated), {"Lab": 3}, {}, {"Lab": 1})
    assert formats.read("r.xml", data).warnings == ()


def test_a_share_of_seats_that_cannot_be_is_listed_with_its_line() -> None:
    data = pa.result(pa.Council("Adur", "most"), {"Lab": 3}, {}, {"Lab": 1})
    (odd,) = formats.read("r.xml", data).warnings
    assert odd.reason == "proportion is “most”, all, half or third was expected"
    assert odd.line == 4
