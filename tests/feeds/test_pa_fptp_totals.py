"""PA's state of the parties over constituencies: seats, net change, and what it covers."""

from datetime import date

import pytest

from feeds.report import Contest, PartyTotals, Place, Totals
from tests.feeds.pa_readings import only, read, warnings
from tests.makers import pa_fptp
from tests.makers.pa_contest import Election, Seat
from tests.makers.pa_fptp import Row

CONTEST = Contest(kind="assembly", name="Scottish Parliament", poll_date=date(2026, 5, 7))
PLACE = Place(name="Anyshire North & Vale", kind="constituency")


def test_a_state_of_the_parties_has_seats_and_net_change_and_what_is_absent_is_0() -> None:
    rows = [Row("Lab", 3, 2, 1), Row("C", 1, losses=2), Row("LD", gains=None), Row("SNP", 1, 1)]
    assert only(Totals, pa_fptp.sop(rows, [pa_fptp.SEAT, Seat("Otherville")], expected=73)) == Totals(
        election=CONTEST,
        parties={
            "LAB": PartyTotals(seats=3, change=1),
            "CON": PartyTotals(seats=1, change=-2),
            "LD": PartyTotals(seats=0, change=0),
            "SNP": PartyTotals(seats=1, change=1),
        },
        number=2,
        expected=73,
        areas=(PLACE, Place(name="Otherville", kind="constituency")),
        line=2,
    )


def test_a_state_of_the_parties_of_mayors_covers_mayors() -> None:
    data = pa_fptp.sop([Row("Lab", 1)], [Seat("Anytown")], Election("Mayoral Elections", "M"), expected=6)
    assert only(Totals, data).areas == (Place(name="Anytown", kind="mayor"),)


def test_labour_and_cooperative_is_added_to_labour_in_a_state_of_the_parties() -> None:
    data = pa_fptp.sop([Row("Lab", 3, 2, 1), Row("Lab Co-op", 1, 0, 1)], [pa_fptp.SEAT], expected=73)
    assert only(Totals, data).parties == {"LAB": PartyTotals(seats=4, change=0)}


def test_others_of_a_state_of_the_parties_are_no_party_and_left_out() -> None:
    data = pa_fptp.sop([Row("Lab", 1), Row("Others")], [pa_fptp.SEAT], expected=73)
    assert only(Totals, data).parties == {"LAB": PartyTotals(seats=1, change=0)}
    assert warnings(data) == []


@pytest.mark.parametrize("row", [Row("Others", 1), Row("Others", None, 1), Row("Others", None, None, 1)])
def test_others_with_seats_are_left_out_with_a_warning(row: Row) -> None:
    data = pa_fptp.sop([Row("Lab", 1), row], [pa_fptp.SEAT], expected=73)
    assert only(Totals, data).parties == {"LAB": PartyTotals(seats=1, change=0)}
    assert warnings(data) == [f"line 6: Others has {row.seats or 0} seats, which cannot be compared by party"]


def test_a_number_of_results_that_is_not_the_number_of_constituencies_is_a_warning() -> None:
    data = pa_fptp.sop([Row("Lab", 1)], [pa_fptp.SEAT], expected=73, number=2)
    assert warnings(data) == ["line 7: numberOfResults is 2, but 1 constituencies are listed"]


def test_a_forecast_is_never_read() -> None:
    plain = pa_fptp.sop([Row("Lab", 1)], [pa_fptp.SEAT], expected=73)
    assert read(pa_fptp.sop([Row("Lab", 1)], [pa_fptp.SEAT], expected=73, forecast="Lab")) == read(plain)


def test_a_state_of_the_parties_without_a_list_of_constituencies_covers_none() -> None:
    data = pa_fptp.sop([Row("Lab", 1)], [], expected=73, number=5).replace(b"<ConstituenciesIncluded />", b"")
    assert (only(Totals, data).areas, only(Totals, data).number) == ((), 5)
    assert warnings(data) == []
