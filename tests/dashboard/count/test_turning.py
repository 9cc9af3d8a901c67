"""Which happenings are turning points of a night."""

import pytest

from dashboard.count.night import Happening
from dashboard.count.turning import is_about, is_change, is_correction, is_declaration
from tests.makers.states import area, correction, happening, wandsworth

GAIN = happening("declared", election="local", area=wandsworth(outcome="gain"))
HOLD = happening("declared", election="local", area=wandsworth(outcome="hold"))
WARD = happening("ward", election="local", area=wandsworth())
FLIPPED = happening("correction", election="local", area=wandsworth(), correction=correction(what="control"))
MOVED = happening("correction", election="local", area=wandsworth(), correction=correction(what="seats"))
QUOTE = happening("quote")


@pytest.mark.parametrize(
    ("told", "declaration", "change", "corrected"),
    [
        (GAIN, True, True, False),
        (HOLD, True, False, False),
        (WARD, True, False, False),
        (FLIPPED, False, True, True),
        (MOVED, False, False, True),
        (QUOTE, False, False, False),
    ],
)
def test_a_turning_point_is_told_by_what_happened(
    told: Happening, declaration: bool, change: bool, corrected: bool
) -> None:
    assert (is_declaration(told), is_change(told), is_correction(told)) == (declaration, change, corrected)


def test_a_change_of_another_election_is_not_asked_for() -> None:
    assert is_change(GAIN, "local")
    assert not is_change(GAIN, "mayors")


def test_what_is_about_an_area_is_told_by_its_name_in_any_case() -> None:
    assert is_about(GAIN, "WANDSWORTH")
    assert is_about(MOVED, "Wandsworth")
    assert not is_about(GAIN, "Barnet")
    assert not is_about(happening("quote", area=area("Barnet")), "Barnet")
    assert not is_about(QUOTE, "Barnet")
