"""A file that comes alone is shown at once; many are shown a few times a second."""

from pytest import approx

from dashboard.app import NightApp
from dashboard.screens.rhythm import (
    AT_ONCE,
    FIRST,
    FLOOD,
    FLOOD_APART,
    LULL,
    MANY,
    MANY_APART,
    PICTURE,
    SEVERAL,
    SEVERAL_APART,
    SLICE,
    UNCOUNTED,
    Heart,
    Rhythm,
    files_in,
)
from feeds.arrival import Event, Sighting
from feeds.courtesy import nobody
from tests.bench.test_counts import more, night
from tests.makers.states import at


class Hand:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_file_alone_is_shown_at_once_and_several_with_the_next_beat() -> None:
    rhythm = Rhythm(Hand())
    assert rhythm.gap(rhythm.came(1), 0) == AT_ONCE
    assert rhythm.gap(rhythm.came(10), 0) == PICTURE


def test_several_in_a_row_are_shown_a_few_times_a_second_and_one_now_and_then_at_once() -> None:
    ticks = Hand()
    rhythm = Rhythm(ticks)
    found = []
    for _ in range(SEVERAL + 1):
        ticks.now += 0.04
        found.append(rhythm.gap(rhythm.came(1), 0))
    assert found == [AT_ONCE] * SEVERAL + [SEVERAL_APART]
    assert all(rhythm.gap(rhythm.came(1), 0) == AT_ONCE for ticks.now in range(10, 100))


def test_many_within_a_second_are_shown_rarely_until_fewer_come() -> None:
    ticks = Hand()
    rhythm = Rhythm(ticks)
    for _ in range(MANY + 1):
        rhythm.came(1)
    assert rhythm.gap(AT_ONCE, 0) == MANY_APART
    ticks.now = 1.1
    assert rhythm.gap(AT_ONCE, 0) == AT_ONCE


def test_a_backlog_is_shown_rarely_until_it_is_small() -> None:
    rhythm = Rhythm(Hand())
    assert rhythm.gap(PICTURE, MANY + 1) == MANY_APART
    assert rhythm.gap(PICTURE, MANY) == PICTURE


def test_many_are_shown_as_soon_as_no_more_come_and_all_are_counted() -> None:
    ticks = Hand()
    rhythm = Rhythm(ticks)
    rhythm.came(MANY + 1)
    ticks.now = LULL * 0.9
    assert rhythm.gap(PICTURE, 0) == MANY_APART
    ticks.now = LULL * 1.1
    assert rhythm.gap(PICTURE, 1) == MANY_APART
    assert rhythm.gap(PICTURE, 0) == AT_ONCE


def test_a_flood_in_batches_is_shown_once_a_second_and_a_pause_between_two_batches_does_not_end_it() -> None:
    ticks = Hand()
    rhythm = Rhythm(ticks)
    for batch in range(3):
        ticks.now = batch * 0.5
        rhythm.came(FLOOD)
    assert rhythm.gap(PICTURE, 0) == FLOOD_APART
    ticks.now += LULL * 2
    assert rhythm.gap(PICTURE, 0) == FLOOD_APART
    ticks.now += 0.5
    assert rhythm.gap(PICTURE, 0) == AT_ONCE


def test_in_a_flood_a_batch_is_shown_when_it_is_counted_and_not_a_part_of_it() -> None:
    ticks = Hand()
    rhythm = Rhythm(ticks)
    for ticks.now in (0.0, 1.0):
        rhythm.came(FLOOD)
    assert rhythm.gap(PICTURE, 1) == approx(FLOOD_APART + UNCOUNTED)
    assert rhythm.gap(PICTURE, 0) == FLOOD_APART < 1.0 < FLOOD_APART + UNCOUNTED


def test_a_burst_some_time_after_another_file_ends_with_a_lull() -> None:
    ticks = Hand()
    rhythm = Rhythm(ticks)
    for files, apart in ((MANY, 0.5), (1, 0.9), (MANY, 0.05)):
        ticks.now += apart
        rhythm.came(files)
    ticks.now += LULL * 1.1
    assert rhythm.gap(PICTURE, 0) == AT_ONCE


def test_a_file_with_a_temporary_name_first_is_one_file_and_many_that_do_not_count_are_many() -> None:
    name: Event = Sighting(path=".a.part", at=at(1), state="waiting", reason="a temporary name")
    gone: Event = Sighting(path=".a.part", at=at(2), state="removed", reason="")
    file: Event = more(0)[0]
    assert [files_in(events) for events in ([name], [file, gone], [file, file, gone])] == [0, 1, 2]
    assert files_in([name] * 100) == 50


class Counted:
    """A player with more to count than there is time for; a step of it takes a millisecond."""

    def __init__(self, clock: Hand) -> None:
        self.clock = clock
        self.backlog = 1_000_000
        self.in_parts = self.is_heavy = False

    def tick(self, limit: int) -> bool:
        self.clock.now += 0.001
        self.backlog -= limit
        return True


async def test_before_the_first_picture_the_count_goes_on_for_longer_than_a_key_could_wait() -> None:
    ticks = Hand()
    player = Counted(ticks)
    heart = Heart(NightApp(night(0)), player, ticks, nobody)
    assert [heart.count() and ticks.now] == [approx(SLICE)]
    assert heart.count(FIRST)
    assert ticks.now == approx(SLICE + FIRST)
