"""What the columns of a table depend on is the same whichever way the night came to where it is."""

from hypothesis import given
from hypothesis import strategies as st

from dashboard.count.night import Night
from dashboard.player import Player
from dashboard.view.extent import Extent
from dashboard.view.rows import plan
from feeds.clock import WallClock
from tests.bench import counting
from tests.makers import nights

EVENTS = 40


def as_data(found: Extent) -> tuple[object, ...]:
    sums = ({code: number for code, number in each.items() if number} for each in (found.held, found.before))
    return *sums, found.longest, found.is_single, [found.has(what) for what in ("turnout", "region", "candidates")]


@given(st.lists(st.integers(0, EVENTS), min_size=1, max_size=8))
def test_sums_that_went_along_are_those_of_a_fresh_look_after_every_jump(positions: list[int]) -> None:
    player = Player(WallClock(), list(counting.events(EVENTS, councils=10)), live=True)
    extent = Extent()
    for position in positions:
        player.hold_at(position)
        for election in player.night.elections:
            extent.follow(election.areas)
            assert as_data(extent) == as_data(Extent(election.areas))
            assert plan(election, 160, extent) == plan(election, 160)


def all_nights() -> list[Night]:
    return [nights.small_local(), nights.small_parliament(), nights.small_local()]


def test_sums_can_go_along_from_one_election_to_another() -> None:
    extent = Extent()
    for night in all_nights():
        for election in night.elections:
            extent.follow(election.areas)
            assert as_data(extent) == as_data(Extent(election.areas))
    assert as_data(Extent()) == ({}, {}, 0, True, [False] * 3)
