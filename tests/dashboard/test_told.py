"""The index of what has happened in an election is the same whichever way a night came to where it is."""

import gc
from weakref import ref

from hypothesis import given
from hypothesis import strategies as st

from dashboard.count.night import Happening, Night
from dashboard.player import Player
from dashboard.view.pictures.series import Course
from dashboard.view.told import Told, indexed, told
from feeds.clock import WallClock
from tests.bench import counting

EVENTS = 40


def as_data(found: Told) -> tuple[object, ...]:
    return found.order, found.counted, found.times, found.declared, found.corrections


@given(st.lists(st.integers(0, EVENTS), min_size=1, max_size=8))
def test_the_index_is_that_of_a_fresh_look_after_every_jump(positions: list[int]) -> None:
    player = Player(WallClock(), list(counting.events(EVENTS, councils=10)), live=True)
    for position in positions:
        player.hold_at(position)
        for election in player.night.elections:
            fresh = Told(election.id)
            fresh.follow(player.night.happenings)
            assert as_data(told(player.night.happenings, election.id)) == as_data(fresh)
            course = Course(election.id)
            course.follow(player.night.happenings)
            found = indexed(Course, player.night.happenings, election.id)
            assert (found.times, found.seats) == (course.times, course.seats)


def test_the_index_follows_another_night_of_the_same_election() -> None:
    nights = []
    for size in (30, 20):
        player = Player(WallClock(), list(counting.events(size, councils=size)), live=True)
        player.to_end()
        nights.append(player.night)
    for night in (*nights, *nights):
        assert len(told(night.happenings, night.elections[0].id).order) == night.elections[0].declared


def played(size: int) -> Night:
    player = Player(WallClock(), list(counting.events(size, councils=size)), live=True)
    player.to_end()
    return player.night


def test_two_nights_of_one_election_have_an_index_each() -> None:
    one, other = played(30), played(20)
    name = one.elections[0].id
    mine = told(one.happenings, name)
    before = as_data(mine)
    assert len(told(other.happenings, name).order) != len(mine.order)
    assert as_data(mine) == before
    assert told(one.happenings, name) is mine


def test_an_index_is_gone_when_its_night_is() -> None:
    night = played(20)
    found = ref(told(night.happenings, night.elections[0].id))
    assert found() is not None
    del night
    gc.collect()
    assert found() is None


class Counted(Course):
    """A course that knows how many happenings it took."""

    taken = 0

    def take(self, place: int, happening: Happening) -> None:
        type(self).taken += 1
        super().take(place, happening)


def test_an_index_takes_each_happening_once_however_often_it_is_asked_for() -> None:
    player = Player(WallClock(), list(counting.events(EVENTS, councils=10)), live=True)
    Counted.taken = 0
    for position in range(EVENTS + 1):
        player.hold_at(position)
        for election in player.night.elections:
            indexed(Counted, player.night.happenings, election.id)
    assert Counted.taken == len(player.night.happenings) > EVENTS / 2
