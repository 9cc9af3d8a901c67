"""One of a thing is no plural, and large numbers are grouped."""

import pytest

from feeds.plural import be, many


@pytest.mark.parametrize(("number", "words"), [(0, "0 seats"), (1, "1 seat"), (2, "2 seats"), (1904, "1,904 seats")])
def test_a_number_stands_with_its_noun(number: int, words: str) -> None:
    assert many(number, "seat") == words


def test_a_verb_goes_with_its_number() -> None:
    assert [be(n) for n in (0, 1, 2)] == ["are", "is", "are"]
    assert [be(n, "was", "were") for n in (1, 2)] == ["was", "were"]
