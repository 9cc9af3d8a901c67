"""A file with very many reports is counted in parts: nobody waits for the whole of it, and the night is the same."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import reel as reels
from dashboard.count import book, fold, shelf
from dashboard.count.night import Night
from dashboard.player import Player
from dashboard.reel import Reel
from tests.dashboard.test_player import PAIRS, Noon
from tests.dashboard.test_player_laws import Library
from tests.makers.events import Pair, area, arrive, baseline, result
from tests.makers.made_up import made_up_nights

TOWNS = ("Adur", "Bolton", "Crewe", "Derby", "Exeter", "Fareham")
LARGE = arrive("large", 30, *(result(town, {"LAB": 2, "CON": 1}) for town in TOWNS))
AGAIN = arrive("large", 40, *(result(town, {"LAB": 3}) for town in TOWNS[1:]))
EARLY = arrive("z", 5, baseline("Exeter", up=3))
LATER = arrive("x", 35, result("Crewe", {"GRN": 3}))


@contextmanager
def parts_of(reports: int = 1, from_reports: int = 0) -> Iterator[None]:
    """Count in parts of so many reports, or areas, the events with more than so many reports."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reels, "IN_PARTS", from_reports)
        patch.setattr(book, "AT_ONCE", reports)
        patch.setattr(fold, "AREAS_AT_ONCE", reports)
        yield


def reel_of(pairs: list[Pair]) -> Reel:
    return Reel([event for event, _ in pairs], Library([*pairs, LATER, EARLY]).read)


def begun(pairs: list[Pair]) -> Reel:
    """Return a reel that has begun to count the last of some events."""
    reel = reel_of(pairs)
    reel.go(len(pairs) - 1)
    assert reel.advance() is None
    return reel


def counted(pairs: list[Pair]) -> Night:
    reel = reel_of(pairs)
    reel.go(len(pairs))
    return reel.night


@settings(max_examples=60, deadline=None)
@given(made_up_nights(), st.integers(1, 3))
def test_counted_in_parts_every_event_gives_the_night_that_it_gives_as_a_whole(pairs: list[Pair], reports: int) -> None:
    whole, parts = (Reel([e for e, _ in pairs], Library(pairs).read) for _ in range(2))
    with parts_of(reports):
        for _ in pairs:
            told = parts.advance()
            while told is None:
                told = parts.advance()
            assert told == whole.forward()
            assert parts.night == whole.night
    assert parts.count.entries() == whole.count.entries()


def test_until_it_is_counted_position_night_and_happenings_are_those_before() -> None:
    pairs = [*PAIRS, LARGE, AGAIN]
    before = counted(pairs[:-1])
    with parts_of():
        reel = begun(pairs)
        steps = 1
        assert (reel.position, reel.night, list(reel.happenings)) == (len(pairs) - 1, before, list(before.happenings))
        while reel.advance() is None:
            steps += 1
            assert (reel.position, reel.night, list(reel.happenings)) == (
                len(pairs) - 1,
                before,
                list(before.happenings),
            )
    assert steps > len(TOWNS)
    assert (reel.position, reel.night) == (len(pairs), counted(pairs))


@pytest.mark.parametrize(
    "asked",
    [
        lambda reel: reel.forward(),
        lambda reel: reel.go(len(reel)),
        lambda reel: (reel.go(2), reel.go(len(reel))),
        lambda reel: (reel.measure("eve-of-poll"), reel.measure(None), reel.go(len(reel))),
        lambda reel: (reel.pack(0), reel.count.entries()),
    ],
    ids=["forward", "on", "back and on", "measured", "files"],
)
def test_whatever_is_asked_meanwhile_is_answered_as_if_it_was_counted_as_a_whole(
    asked: Callable[[Reel], object],
) -> None:
    pairs = [*PAIRS, LARGE, AGAIN]
    with parts_of():
        reel = begun(pairs)
        asked(reel)
    assert (reel.position, reel.night) == (len(pairs), counted(pairs))


@pytest.mark.parametrize("late", [EARLY, LATER])
def test_what_comes_meanwhile_and_belongs_before_it_is_counted_before_it(late: Pair) -> None:
    pairs = [*PAIRS, LARGE, AGAIN]
    with parts_of():
        reel = begun(pairs)
        place = reel.insert(late[0])
        assert place < len(pairs)
        reel.go(len(reel))
    pairs.insert(place, late)
    assert (reel.position, reel.night) == (len(pairs), counted(pairs))


def test_a_live_night_counts_one_part_at_a_tick_and_answers_meanwhile() -> None:
    pairs = [*PAIRS, LARGE]
    player = Player(Noon(), live=True, read=Library(pairs).read)
    player.add([event for event, _ in PAIRS])
    player.tick()
    before = player.night
    with parts_of(from_reports=3):
        player.add([LARGE[0]])
        ticks = 0
        while player.backlog:
            assert player.night is before
            player.tick()
            ticks += 1
    assert ticks > len(TOWNS)
    assert area(player.night, "Fareham").is_declared


def test_a_live_night_that_is_held_meanwhile_counts_on_when_it_goes_on() -> None:
    pairs = [*PAIRS, LARGE]
    player = Player(Noon(), live=True, read=Library(pairs).read)
    player.add([event for event, _ in pairs])
    with parts_of(from_reports=3):
        player.tick()
        player.pause()
        held = player.night
        assert not player.tick()
        assert player.night is held
        player.step(-1)
        player.to_end()
    assert player.night == counted(pairs)


def test_however_many_events_wait_to_be_packed_each_call_packs_at_most_one_block_of_a_list(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pairs = [arrive(f"x{n:03}", n, result(TOWNS[n % len(TOWNS)], {"LAB": n})) for n in range(4 * shelf.SIZE)]
    reel = Reel([event for event, _ in pairs], Library(pairs).read)
    reel.go(len(pairs))
    packed: list[object] = []
    pack = shelf._pack

    def noted(items: list[Any], packing: shelf.Packing[Any]) -> Any:
        packed.append(packing)
        return pack(items, packing)

    monkeypatch.setattr(shelf, "_pack", noted)
    calls = 0
    while reel.pack(0):
        calls += 1
        assert len(packed) == len({id(packing) for packing in packed})
        packed.clear()
    assert calls > 4


WARDS = 4
PLACES = 1_500


def large(minutes: int, changed: int) -> Pair:
    """Return a file of very many wards, in one of which the other party has won."""
    wards = range(WARDS * PLACES)
    return arrive(
        "large",
        minutes,
        *(
            result(f"Town {n // WARDS:04}", {"CON" if n == changed else "LAB": 1}, ward=f"Ward {n % WARDS}", up=1)
            for n in wards
        ),
    )


def calls(do: Callable[[], object]) -> int:
    """Return how many functions are called, built-in ones included."""
    number = 0

    def note(_frame: object, what: str, _argument: object) -> None:
        nonlocal number
        number += what in {"call", "c_call"}

    sys.setprofile(note)
    try:
        do()
    finally:
        sys.setprofile(None)
    return number


def test_no_part_of_counting_a_large_file_anew_is_a_large_part_of_it_and_neither_is_the_night() -> None:
    pairs = [large(1, 0), large(2, 5)]
    reel = Reel([event for event, _ in pairs], Library(pairs).read)
    reel.go(1)
    assert reel.night.events == 1
    steps: list[int] = []
    while reel.position < len(pairs):
        steps.append(calls(reel.advance))
    steps.append(calls(lambda: reel.night))
    assert reel.night.events == len(pairs)
    assert max(steps) < sum(steps) / 100


def test_what_a_path_said_before_is_let_go_of_a_little_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "AT_ONCE", 2)
    said = dict.fromkeys(range(5))
    left = [len(said) for _ in book.let_go(said)]
    assert left == [3, 1, 0]
