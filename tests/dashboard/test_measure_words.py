"""What is said of the baseline: a change that is shown is never called unknown, and an unnamed baseline is no name."""

import pytest

from dashboard.view.measures import change_since, change_words
from tests.makers.states import election, party, wandsworth

KNOWN = party("LAB", 35, change=9, change_areas=1)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("eve-of-poll", "change since the eve of poll"),
        ("notional", "change on notional results"),
        ("none", "nothing to compare with"),
        (None, "baseline not stated"),
    ],
)
def test_the_baseline_of_change_is_always_named_or_said_not_to_be_stated(name: str | None, words: str) -> None:
    assert change_since(name) == words


def test_change_that_no_declared_area_lacks_needs_only_its_baseline() -> None:
    assert change_words(election(wandsworth(), parties=(KNOWN,))) == "change since the eve of poll"
    assert change_words(election(wandsworth(), parties=(KNOWN,), baseline=None)) == "change, baseline not stated"


def test_change_that_is_known_in_a_part_of_the_areas_says_in_how_many() -> None:
    two = (wandsworth(), wandsworth(name="Barnet"))
    assert change_words(election(*two, parties=(KNOWN,))) == "change since the eve of poll in 1 of 2"
    assert change_words(election(*two, parties=(KNOWN,), baseline=None)) == "change in 1 of 2, baseline not stated"


def test_only_change_that_is_known_nowhere_is_called_not_known() -> None:
    assert change_words(election(wandsworth(), parties=(party("LAB", 35),), baseline=None)) == "change not known"
