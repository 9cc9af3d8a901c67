"""PA's first-past-the-post messages: what cannot be right is refused, in words for a person and with its line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.formats import ROOTS
from feeds.xml import XmlProblem, parse
from tests.feeds.pa_readings import refusal
from tests.makers import pa_fptp, pa_stv, pa_topup
from tests.makers.pa_contest import Stood
from tests.makers.pa_fptp import Row

STOOD = [Stood("Ann Example", "Lab", 16_004, elected=True), Stood("Bob Sample", "C", 13_794)]
SOP = pa_fptp.sop([Row("Lab", 3, 2, 1), Row("C", 1)], [pa_fptp.SEAT], expected=73)


@pytest.mark.parametrize("message", [pa_fptp.result, pa_fptp.rush])
def test_a_result_without_anybody_elected_is_refused(message: pa_fptp.Maker) -> None:
    nobody = [Stood("Ann Example", "Lab", 16_004), Stood("Bob Sample", "C", 13_794)]
    assert refusal(message(nobody)) == "line 4: nobody is marked as elected in Anyshire North & Vale"


@pytest.mark.parametrize("message", [pa_fptp.result, pa_fptp.rush])
def test_a_result_with_two_elected_is_refused(message: pa_fptp.Maker) -> None:
    two = [*STOOD, Stood("Cy Null", "LD", 3, elected=True)]
    assert refusal(message(two)) == "line 11: 2 candidates are marked as elected in Anyshire North & Vale"


def test_a_mark_of_election_that_is_not_known_is_refused() -> None:
    for wrong in (b'elected="yes"', b'elected="+"'):
        reason = refusal(pa_fptp.result(STOOD).replace(b'elected="*"', wrong))
        assert reason == f"line 5: elected is “{wrong[9:-1].decode()}”, one of * was expected"


@pytest.mark.parametrize(("party", "code"), [("NOC", "NOC"), ("Vacant", "VAC")])
def test_a_seat_that_nobody_wins_is_refused(party: str, code: str) -> None:
    data = pa_fptp.result(STOOD, winning=party)
    assert refusal(data) == f"line 4: the winning party is {code}, which no seat can go to"


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        (b'totalSeats="3"', b'totalSeats="three"', "line 5: totalSeats is “three”, a whole number was expected"),
        (b'gains="2"', b'gains="-2"', "line 5: gains is “-2”, less than the 0 that can be right"),
        (b'losses="1"', b'losses="10001"', "line 5: losses is “10001”, more than the 10,000 that can be right"),
        (b'"73"', b'"all"', "line 2: totalNumberOfConstituencies is “all”, a whole number was expected"),
        (b'Results="1"', b'Results="1000000000"', "line 2: numberOfResults is “1000000000”, more than the 100,000"),
        (b'name="Conservative" abbreviation="C"', b'name="Labour" abbreviation="Lab"', "line 6: Labour stands twice"),
        (b'name="Labour"', b'name=""', "line 5: Party has no name"),
        (b'name="Labour"', b'name="Vacant"', "line 5: Vacant is no party that can have seats"),
        (b"<Election ", b"<Elektion ", "line 2: there is no Election"),
        (b"<Parties>", b"<Parties /><Parties>", "line 4: FirstPastThePostStateOfParties has more than one Parties"),
    ],
)
def test_what_cannot_be_right_in_a_state_of_the_parties_is_refused_with_its_line(
    right: bytes, wrong: bytes, reason: str
) -> None:
    assert right in SOP
    assert refusal(SOP.replace(right, wrong)).startswith(reason)


def test_a_state_of_the_parties_without_a_list_of_parties_is_refused() -> None:
    data = SOP.replace(b"<Parties>", b"<Lists>").replace(b"</Parties>", b"</Lists>")
    assert refusal(data) == "line 2: there is no list of Parties"


def test_a_constituency_that_stands_twice_in_a_state_of_the_parties_is_refused() -> None:
    data = pa_fptp.sop([Row("Lab", 1)], [pa_fptp.SEAT, pa_fptp.SEAT], expected=73)
    assert refusal(data) == "line 9: Anyshire North & Vale stands twice in ConstituenciesIncluded"


def test_a_recount_that_is_absurd_is_refused() -> None:
    assert refusal(pa_fptp.recount(which=10_000)).startswith("line 4: recount is “10000”, more than the 1,000")


DOCUMENTS = (
    pa_fptp.result(STOOD, sitting="C", before=pa_fptp.earlier("C")),
    pa_fptp.rush(STOOD, sitting="C"),
    pa_fptp.nominations(STOOD, before=pa_fptp.earlier("C", notional=True)),
    pa_fptp.recount(),
    SOP,
    pa_topup.result([Stood("Ann Example", "Lab", elected=True, rank=1)], [pa_topup.List("Lab", 5, 1)]),
    pa_topup.rush([Stood("Ann Example", "Lab", elected=True, rank=1)]),
    pa_stv.result([pa_stv.Round(STOOD), pa_stv.Round(STOOD, {"Ann Example": "*"})]),
    pa_stv.nominations(STOOD, before=[STOOD[1]]),
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(DOCUMENTS), st.integers(38, 1_400), st.text(max_size=3), st.integers(0, 6))
def test_no_damage_to_a_message_raises_anything_but_a_problem(data: bytes, at: int, put: str, drop: int) -> None:
    try:
        root = parse(data[:at] + put.encode() + data[at + drop :])
    except XmlProblem:
        return
    if reader := ROOTS.get(root.tag):
        reading = reader("", root)
        assert (reading.problem is None) == bool(reading.reports)
