"""A count goes back and on again, and is at every event as a count that was begun afresh."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.count.codec import plain
from dashboard.count.fold import Count
from dashboard.count.happened import Happenings
from dashboard.count.journal import Bag, Journal, Numbers, Table
from dashboard.count.night import Night
from dashboard.count.prefix import Growing
from dashboard.count.shelf import Each
from feeds.report import Contest, Quote, Settings
from tests.makers.events import LOCAL, POLL, Pair, arrive, baseline, broken, gone, night, result

DATELESS = Contest(name=LOCAL.name)
EVENTS: tuple[Pair, ...] = (
    arrive("before.csv", 0, baseline("Adur", {"LAB": 1, "CON": 3}, total=4, up=4, control="CON")),
    arrive("adur_1.xml", 1, result("Adur", {"LAB": 3, "CON": 1}, control="LAB", election=DATELESS)),
    arrive("bury_1.xml", 2, result("Bury", {"LAB": 4}, code="E1")),
    arrive("adur_2.xml", 3, result("Adur", {"LAB": 1, "CON": 3}, control="CON", revision=2)),
    broken("bury_1.xml", 4),
    arrive("bury_2.xml", 5, result("Bury Town", {"CON": 4}, code="E1", revision=2)),
    gone("bury_2.xml", 6),
    arrive("copy.xml", 7, result("Adur", {"LAB": 3, "CON": 1}, control="LAB", election=DATELESS)),
    arrive("quotes.csv", 8, Quote(speaker="Ann", text="Well", area="Adur")),
    arrive("night.toml", 9, Settings(poll_date=POLL)),
    arrive("adur_1.xml", 10, result("Adur", {"LAB": 4}, control="LAB", revision=3)),
)


def counted(pairs: Sequence[Pair]) -> Count:
    count = Count()
    for event, reading in pairs:
        count.apply(event, reading)
    return count


@pytest.fixture(scope="module")
def afresh() -> list[Night]:
    return [night(*EVENTS[:turn]) for turn in range(len(EVENTS) + 1)]


@given(turns=st.lists(st.integers(0, len(EVENTS)), max_size=12))
def test_going_anywhere_is_as_counting_afresh_up_to_there(afresh: list[Night], turns: list[int]) -> None:
    count = counted(EVENTS)
    for turn in turns:
        count.go(turn)
        assert (count.turn, count.known) == (turn, len(EVENTS))
        assert count.night() == afresh[turn]


LONG = tuple(
    pair
    for round_ in range(20)
    for pair in (
        arrive(f"adur_{round_}.xml", 20 * round_, result("Adur", {"LAB": round_, "CON": 3}, revision=round_)),
        arrive("bury.xml", 20 * round_ + 1, result("Bury", {"LAB": round_ % 3}, code="E1"), result("Adur", {"LAB": 2})),
        gone(f"adur_{round_ - 3}.xml", 20 * round_ + 2),
        arrive(f"copy_{round_}.xml", 20 * round_ + 3, result("Bury", {"LAB": 2}, code="E1")),
        broken("bury.xml", 20 * round_ + 4),
        arrive("quotes.csv", 20 * round_ + 5, Quote(speaker="Ann", text=f"Well {round_}", area="Adur")),
        arrive("before.csv", 20 * round_ + 6, baseline("Adur", {"LAB": 1}, total=4 + round_ % 2)),
    )
)
"""Events enough to be packed."""


@settings(max_examples=25, deadline=None)
@given(turns=st.lists(st.integers(0, len(LONG)), min_size=1, max_size=6), more=st.booleans())
def test_what_is_packed_is_as_counting_afresh(turns: list[int], more: bool) -> None:
    count = counted(LONG)
    while count.pack(0):
        pass
    for turn in turns:
        count.go(turn)
        assert count.night() == night(*LONG[:turn])
    if more:
        turn = turns[-1]
        rest = LONG[turn : turn + 9 : 2]
        for event, reading in rest:
            count.apply(event, reading)
        assert count.night() == night(*LONG[:turn], *rest)
        assert count.entries() == counted((*LONG[:turn], *rest)).entries()


@given(back=st.integers(0, len(EVENTS)), dropped=st.integers(0, len(EVENTS) - 1))
def test_what_is_counted_after_going_back_takes_the_place_of_what_was_taken_back(back: int, dropped: int) -> None:
    count = counted(EVENTS)
    count.go(back)
    rest = [pair for number, pair in enumerate(EVENTS) if number >= back and number != dropped]
    for event, reading in rest:
        count.apply(event, reading)
    assert count.night() == night(*EVENTS[:back], *rest)
    assert count.turn == back + len(rest)


def test_a_frozen_night_stays_as_it_was_when_the_count_goes_back_and_on_another_way() -> None:
    count = counted(EVENTS[:4])
    before, seen = count.night(), night(*EVENTS[:4])
    count.go(1)
    count.apply(*EVENTS[2])
    assert before == seen
    assert list(before.happenings) == list(seen.happenings)


def test_tables_go_back_and_on_again() -> None:
    journal = Journal()
    table, bag, numbers = Table[str, int](journal, plain(int)), Bag[str](journal), Numbers[str](journal)
    table["a"] = 1
    bag.add("x")
    bag.add("x")
    numbers["n"] += 2
    journal.close()
    assert table.setdefault("a", 9) == 1
    assert table.setdefault("b", 2) == 2
    assert table.pop("a") == 1
    assert table.pop("gone", 7) == 7
    bag.discard("x")
    bag.discard("x")
    journal.close()
    journal.go(1)
    assert (dict(table), set(bag), numbers["n"], numbers["none"]) == ({"a": 1}, {"x"}, 2, 0)
    journal.go(2)
    assert (dict(table), set(bag)) == ({"b": 2}, set())
    journal.go(0)
    assert (dict(table), set(bag), dict(numbers)) == ({}, set(), {})
    journal.forget()
    table["c"] = 3
    journal.close()
    assert journal.known == 1
    with pytest.raises(KeyError):
        del table["b"]


def test_a_growing_list_takes_back_and_gives_again() -> None:
    growing = Growing[int](Each(plain(int)))
    for number in range(4):
        growing.append(number)
    whole = growing.prefix()
    growing.go(2)
    assert list(growing.prefix()) == [0, 1]
    growing.go(4)
    assert list(growing.prefix()) == [0, 1, 2, 3]
    growing.go(1)
    growing.append(9)
    assert list(growing.prefix()) == [0, 9]
    assert list(whole) == [0, 1, 2, 3]


def test_happenings_of_one_area_are_packed_with_it_once() -> None:
    wards = [result("Adur", {"LAB": 1}, ward=f"Ward {number}") for number in range(40)]
    told = counted((arrive("wards.csv", 0, *wards), arrive("gone.csv", 1, Quote(speaker="Ann", text="Well"))))
    happened = list(told.happenings)
    rows = Happenings().pack(happened)
    assert [Happenings().unpack(rows, place) for place in range(len(rows))] == happened
    assert len({happening.what for happening in happened}) > 1
    assert sum(map(len, rows[1:40])) < len(rows[0]) * 3
