"""PA's local election messages: what cannot be right is refused, in words for a person and with its line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.formats import pa_local
from feeds.xml import XmlProblem, parse
from tests.makers import pa
from tests.makers.pa import Council, Row, Standing

ANYTOWN = Council("Anytown & Vale")
WHOLE = Council("Anytown & Vale", "all")
SEATS = {"C": 16, "Reform": 9, "LD": 8}
CHANGES = {"Reform": 6, "C": -6}
ELECTED = {"Reform": 7, "C": 4}


def refusal(data: bytes) -> str:
    root = parse(data)
    reading = pa_local.ROOTS[root.tag]("Local_result_Anytown___Vale_1.xml", root)
    assert reading.problem is not None
    assert reading.reports == ()
    return f"line {reading.problem.line}: {reading.problem.reason}"


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        (b"seats='7'", b"seats='31x'", "line 6: seats is “31x”, a whole number was expected"),
        (b"seats='7'", b"seats='-7'", "line 6: seats is “-7”, less than the 0 that can be right"),
        (b"seats='7'", b"seats='10001'", "line 6: seats is “10001”, more than the 10,000 that can be right"),
        (b" seats='7'", b"", "line 6: Party has no seats"),
        (b"change='+6'", b"change='up 6'", "line 10: change is “up 6”, a whole number was expected"),
        (b"name='Reform'", b"name=' '", "line 6: Party has no name"),
        (b"name='Reform'", b"name='c'", "line 7: C stands twice in ElectedCouncillors"),
        (b"name='LD'", b"name='NOC'", "line 16: NOC is no party that can have seats"),
        (b"name='Anytown &amp; Vale'", b"", "line 4: Council has no name"),
        (b"2026-05-07", b"0000-00-00", "line 3: date is “0000-00-00”, a date such as 2026-05-07 was expected"),
        (b"revision='1'", b"revision='one'", "line 2: revision is “one”, a whole number was expected"),
        (b"winningParty='NOC'", b"winningParty='Vacant'", "line 4: winningParty is “Vacant”, a party or NOC was"),
        (b"type=", b"newCouncil='perhaps' type=", "line 4: newCouncil is “perhaps”, true or false was expected"),
        (b"NewCouncil>", b"OldCouncil>", "line 4: Anytown & Vale has no NewCouncil"),
        (b"<Changes>", b"<NewCouncil/><Changes>", "line 13: Council has more than one NewCouncil"),
    ],
)
def test_what_cannot_be_right_in_a_result_is_refused_with_its_line(right: bytes, wrong: bytes, reason: str) -> None:
    data = pa.result(ANYTOWN, SEATS, CHANGES, ELECTED)
    assert right in data
    assert refusal(data.replace(right, wrong)).startswith(reason)


def test_a_message_without_a_council_is_refused() -> None:
    empty = pa.document("LocalElectionResult", {}, ["<Election date='2026-05-07'/>"])
    assert refusal(empty) == "line 2: there is no Council in an Election"


def test_a_council_without_seats_is_refused() -> None:
    assert refusal(pa.result(ANYTOWN, {})) == "line 5: Anytown & Vale has no seats in NewCouncil"


def test_seats_that_are_absurd_together_are_refused() -> None:
    assert refusal(pa.result(ANYTOWN, {"C": 9_000, "Lab": 9_000})) == (
        "line 5: NewCouncil has more than the 10,000 seats that can be right"
    )


def test_one_council_twice_in_a_message_is_refused() -> None:
    data = pa.result(WHOLE, SEATS)
    council = data[data.index(b"<Council ") : data.index(b"</Council>") + len(b"</Council>")]
    twice = data.replace(b"</Election>", council.replace(b"&amp;", b"and") + b"\n</Election>")
    assert refusal(twice) == "line 11: Anytown and Vale stands twice in one message"


def test_what_cannot_be_right_in_nominations_is_refused_with_its_line() -> None:
    data = pa.nominations(ANYTOWN, [Standing("C", 22, 10, 11)])
    assert refusal(data.replace(b"'22'", b"'22 seats'")).startswith("line 5: seatsHeld is “22 seats”, a whole")
    assert refusal(data.replace(b"'11'", b"'-11'")).startswith("line 5: candidates is “-11”, less than the 0")


def test_what_cannot_be_right_in_a_state_of_the_parties_is_refused_with_its_line() -> None:
    data = pa.sop([Row("C", 9, -6)], [ANYTOWN], expected=136)
    assert refusal(data.replace(b" seatsWon='9'", b"")) == "line 5: Party has no seatsWon"
    assert refusal(data.replace(b"'136'", b"'all'")).startswith("line 2: totalNumberOfCouncils is “all”, a whole")
    assert (
        refusal(data.replace(b"<Parties>", b"<P>").replace(b"</Parties>", b"</P>"))
        == "line 2: there is no list of Parties"
    )


DOCUMENTS = (
    pa.result(ANYTOWN, SEATS, CHANGES, ELECTED, declared="2026-05-08T02:39:00"),
    pa.nominations(ANYTOWN, [Standing("C", 22, 10, 11)]),
    pa.sop([Row("C", 9, -6, 0, -1)], [ANYTOWN], expected=136),
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(DOCUMENTS), st.integers(40, 600), st.text(max_size=3), st.integers(0, 6))
def test_no_damage_to_a_message_raises_anything_but_a_problem(data: bytes, at: int, put: str, drop: int) -> None:
    try:
        root = parse(data[:at] + put.encode() + data[at + drop :])
    except XmlProblem:
        return
    if reader := pa_local.ROOTS.get(root.tag):
        reading = reader("", root)
        assert (reading.problem is None) == bool(reading.reports)
