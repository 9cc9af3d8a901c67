"""A list that packs its older items is as a plain list."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from dashboard.count.codec import CANNOT, plain
from dashboard.count.shelf import SIZE, Each, Shelf

HUGE = 1 << 70
"""A number that has no form in bytes."""

numbers = st.one_of(st.integers(0, 9), st.just(HUGE))
many = st.lists(numbers, min_size=1, max_size=6).map(lambda few: few * SIZE)


class ShelfAsList(RuleBasedStateMachine):
    @initialize()
    def empty(self) -> None:
        self.shelf = Shelf[int](Each(plain(int)))
        self.items: list[int] = []
        self.stands: list[tuple[Any, list[int]]] = []

    @rule(items=many)
    def append(self, items: list[int]) -> None:
        for item in items:
            self.shelf.append(item)
        self.items += items

    @rule(share=st.floats(0, 1), whole=st.booleans())
    def pack(self, share: float, whole: bool) -> None:
        self.shelf.pack(int(share * len(self.items)), whole=whole)

    @rule(share=st.floats(0, 1), item=numbers)
    def insert(self, share: float, item: int) -> None:
        place = int(share * len(self.items))
        self.stands.clear()  # what is shown of a list that items are put into is not kept
        self.shelf.insert(place, item)
        self.items.insert(place, item)

    @rule(share=st.floats(0, 1))
    def cut(self, share: float) -> None:
        length = int(share * len(self.items))
        self.shelf.cut(length)
        del self.items[length:]

    @rule()
    def stand(self) -> None:
        self.stands.append((self.shelf.stand(), list(self.items)))

    @invariant()
    def is_as_the_list(self) -> None:
        assert len(self.shelf) == len(self.items)
        assert list(self.shelf.stand()) == self.items
        assert self.shelf.stand()[:] == self.items
        assert [self.shelf[i] for i in range(0, len(self.items), 7)] == self.items[::7]

    @invariant()
    def what_was_shown_stays_as_it_was(self) -> None:
        assert all(stand[: len(items)] == items for stand, items in self.stands)


TestShelfAsList = ShelfAsList.TestCase


def test_the_newest_items_are_the_very_ones_and_older_ones_are_equal() -> None:
    shelf = Shelf[list[int]](Each(plain(list[int])))
    items = [[number] for number in range(5 * SIZE)]
    for item in items:
        shelf.append(item)
    shelf.pack(3 * SIZE - 1)
    assert [shelf[place] is item for place, item in enumerate(items)] == [False] * 2 * SIZE + [True] * 3 * SIZE
    assert shelf.stand()[-1] is items[-1]
    assert [shelf[place] for place in range(len(items))] == items


def test_what_is_not_packed_can_be_replaced() -> None:
    shelf = Shelf[list[int]](Each(plain(list[int])), ([n] for n in range(4 * SIZE)))
    shelf.pack(2 * SIZE)
    shelf.replace(2 * SIZE, [-1])
    assert shelf[2 * SIZE] == [-1]
    assert shelf[2 * SIZE - 1] is not shelf[2 * SIZE - 1]


def test_what_lies_outside_is_not_found() -> None:
    stand = Shelf[int](Each(plain(int)), [1, 2]).stand()
    for place in (2, -3):
        with pytest.raises(IndexError):
            stand[place]


@given(number=st.integers(1 << 64, HUGE))
def test_a_number_of_more_than_64_bits_has_no_form_in_bytes(number: int) -> None:
    with pytest.raises(CANNOT):
        plain(int).encode(number)
