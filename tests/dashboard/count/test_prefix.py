"""A frozen view of a list that only grows."""

import pytest

from dashboard.count.prefix import Prefix


def test_a_view_stays_as_it_was_taken_while_its_list_grows() -> None:
    items = [1, 2]
    view = Prefix(items)
    items.append(3)
    assert (len(view), list(view), view[-1], view[0:9]) == (2, [1, 2], 2, [1, 2])
    with pytest.raises(IndexError):
        view[2]


def test_views_of_the_same_items_are_equal_and_show_what_they_hold() -> None:
    one, other = Prefix([1, 2, 3], 2), Prefix([1, 2])
    assert one == other
    assert hash(one) == hash(other)
    assert one != Prefix([1])
    assert one != [1, 2]
    assert repr(one) == "Prefix([1, 2])"
