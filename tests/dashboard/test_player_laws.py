"""The laws of playing: the state depends on the set of events alone, and every way to a moment gives the same night."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.count.fold import fold
from dashboard.count.night import Night
from dashboard.player import Player
from feeds.arrival import Arrival, Event, order
from feeds.clock import ReplayClock
from feeds.report import Reading
from tests.makers.events import Pair, at
from tests.makers.made_up import made_up_nights

EXAMPLES = 150


class Library:
    """Reads made-up files by heart."""

    def __init__(self, pairs: list[Pair]) -> None:
        self._known = {(e.path, e.data): r for e, r in pairs if isinstance(e, Arrival) and r is not None}

    def read(self, path: str, data: bytes) -> Reading:
        return self._known[path, data]


class Now:
    """A wall clock that stands after everything."""

    def now(self) -> datetime:
        return datetime(2030, 1, 1, tzinfo=UTC)


def in_order(pairs: list[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda pair: order(pair[0]))


def live(pairs: list[Pair], batches: list[list[Event]]) -> Night:
    player = Player(Now(), live=True, read=Library(pairs).read)
    for batch in batches:
        player.add(batch)
        while player.backlog:
            player.tick(limit=3)
    return player.night


def replay(pairs: list[Pair]) -> Player:
    clock = ReplayClock(at(-1), at(20), 1.0, ticks=lambda: 0.0)
    player = Player(clock, [e for e, _ in pairs], read=Library(pairs).read)
    player.pause()
    return player


@settings(max_examples=EXAMPLES, deadline=None)
@given(made_up_nights(), st.data())
def test_files_observed_in_any_order_give_the_same_night(pairs: list[Pair], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations([e for e, _ in pairs]))
    cut = data.draw(st.integers(0, len(shuffled)))
    assert live(pairs, [shuffled[:cut], shuffled[cut:]]) == fold(in_order(pairs))


@settings(max_examples=EXAMPLES, deadline=None)
@given(made_up_nights(least=3), st.lists(st.integers(-1, 14), min_size=1, max_size=6))
def test_playing_seeking_and_starting_afresh_give_the_same_night(pairs: list[Pair], moments: list[int]) -> None:
    ordered = in_order(pairs)
    player = replay(pairs)
    for minutes in moments:
        player.seek(at(minutes))
        assert player.night == fold([p for p in ordered if p[0].at <= at(minutes)])


@settings(max_examples=EXAMPLES, deadline=None)
@given(made_up_nights(least=3), st.lists(st.sampled_from((-2, -1, 1, 2)), min_size=1, max_size=8))
def test_stepping_gives_the_night_of_a_fresh_start_at_each_step(pairs: list[Pair], steps: list[int]) -> None:
    ordered = in_order(pairs)
    player = replay(pairs)
    for step in steps:
        player.step(step)
        assert player.night == fold(ordered[: player.night.events])


@settings(max_examples=EXAMPLES, deadline=None)
@given(made_up_nights())
def test_every_version_is_in_exactly_one_state_and_the_counts_add_up(pairs: list[Pair]) -> None:
    found = fold(in_order(pairs))
    player = replay(pairs)
    player.to_end()
    entries = player.files()
    states = [e.state for e in entries]
    assert found.files.seen == len(states)
    assert found.files.counted == states.count("counted")
    assert found.files.superseded == states.count("superseded")
    assert found.files.quarantined == states.count("quarantined")


@settings(max_examples=EXAMPLES, deadline=None)
@given(made_up_nights())
def test_saying_everything_twice_changes_no_figure(pairs: list[Pair]) -> None:
    ordered = in_order(pairs)
    once = fold(ordered)
    twice = fold([p for pair in ordered for p in (pair, pair)])
    assert twice.elections == once.elections
    assert list(twice.corrections) == list(once.corrections)
