"""The player: pausing, stepping, seeking, and a live night behind the glass."""

import math
from datetime import UTC, datetime

from dashboard.player import Player
from feeds.clock import ReplayClock
from feeds.report import Reading
from tests.makers.events import Pair, area, arrive, at, baseline, gone, result


class Ticks:
    """Real seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Noon:
    """A wall clock."""

    def __init__(self) -> None:
        self.time = datetime(2022, 5, 6, 12, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time


PAIRS: list[Pair] = [
    arrive("b", 0, baseline("Adur", up=3), baseline("Bolton", up=3), baseline("Crewe", up=3)),
    arrive("a", 10, result("Adur", {"CON": 3})),
    arrive("q", 15, baseline("Derby", up=3)),
    arrive("c", 20, result("Bolton", {"LAB": 3})),
    arrive("d", 20, result("Crewe", {"LD": 3})),
]


def reader(pairs: list[Pair]) -> "dict[str, Reading]":
    return {e.path: r for e, r in pairs if r is not None}


def replay(ticks: Ticks, pairs: list[Pair] = PAIRS, speed: float = 60.0) -> Player:
    readings = reader(pairs)
    clock = ReplayClock(at(0), at(30), speed, ticks=ticks)
    return Player(clock, [e for e, _ in pairs], read=lambda path, data: readings[path])


def live(pairs: list[Pair] = PAIRS) -> Player:
    readings = reader(pairs)
    return Player(Noon(), live=True, read=lambda path, data: readings[path])


def declared(player: Player) -> list[str]:
    return [a.name for e in player.night.elections for a in e.areas if a.is_declared]


def test_a_replay_follows_its_clock() -> None:
    ticks = Ticks()
    player = replay(ticks)
    player.tick()
    assert declared(player) == []
    ticks.seconds = 10
    assert player.tick()
    assert declared(player) == ["Adur"]
    assert not player.tick()


def test_a_pause_stops_the_clock_and_going_on_goes_on_from_there() -> None:
    ticks = Ticks()
    player = replay(ticks)
    ticks.seconds = 12
    player.tick()
    player.pause()
    ticks.seconds = 100
    assert not player.tick()
    assert (player.as_at, player.paused) == (at(12), True)
    player.resume()
    ticks.seconds = 108
    player.tick()
    assert declared(player) == ["Adur", "Bolton", "Crewe"]


def test_a_step_is_one_declaration_even_where_two_share_a_minute() -> None:
    player = replay(Ticks())
    for expected in (["Adur"], ["Adur", "Bolton"], ["Adur", "Bolton", "Crewe"]):
        player.step(1)
        player.tick()
        assert declared(player) == expected
    assert player.paused
    player.step(-1)
    player.tick()
    assert declared(player) == ["Adur", "Bolton"]
    player.step(-5)
    assert declared(player) == []


def test_a_step_back_from_the_start_stays_there_with_all_that_is_known_before_the_first_declaration() -> None:
    player = replay(Ticks())
    player.to_start()
    start = (player.position, player.as_at, player.night)
    assert start[0] > 0
    for _ in range(2):
        player.step(-1)
        assert (player.position, player.as_at, player.night) == start
    player.step(1)
    player.step(-9)
    assert (player.position, player.night) == (start[0], start[2])


def test_a_step_beyond_the_last_declaration_stays_at_the_end() -> None:
    player = replay(Ticks())
    player.step(9)
    assert player.finished
    player.step(1)
    assert len(declared(player)) == 3


def test_seeking_is_inclusive_of_the_moment() -> None:
    player = replay(Ticks())
    player.seek(at(20))
    assert len(declared(player)) == 3
    player.to_start()
    assert declared(player) == []
    player.to_end()
    assert len(declared(player)) == 3


def test_as_fast_as_it_goes_ends_at_the_last_event_in_slices() -> None:
    player = replay(Ticks(), speed=math.inf)
    while not player.finished:
        player.tick(limit=1)
    assert (player.backlog, len(declared(player))) == (0, 3)


def test_speed_can_be_set_in_a_replay_and_is_one_in_a_live_night() -> None:
    player = replay(Ticks())
    player.speed = 5
    assert player.speed == 5
    running = live()
    running.speed = 5
    assert running.speed == 1


def test_a_live_night_counts_what_is_added() -> None:
    player = live()
    player.add([e for e, _ in PAIRS])
    assert player.backlog == len(PAIRS)
    assert player.tick(limit=2)
    assert player.backlog == len(PAIRS) - 2
    player.tick()
    assert len(declared(player)) == 3
    assert not player.tick()


def test_a_paused_live_night_counts_on_behind_the_glass() -> None:
    player = live()
    player.add([e for e, _ in PAIRS[:2]])
    player.tick()
    player.pause()
    player.add([e for e, _ in PAIRS[2:]])
    player.tick()
    assert (declared(player), player.behind) == (["Adur"], 2)
    player.resume()
    player.tick()
    assert (len(declared(player)), player.behind) == (3, 0)


def test_going_back_in_a_live_night_holds_it_and_the_end_returns_to_now() -> None:
    player = live()
    player.add([e for e, _ in PAIRS])
    player.tick()
    player.seek(at(10))
    assert (declared(player), player.paused) == (["Adur"], True)
    player.to_end()
    player.tick()
    assert (len(declared(player)), player.paused) == (3, False)


def test_an_event_from_before_what_is_counted_takes_its_place() -> None:
    late = arrive("z", 1, result("Adur", {"CON": 2}))
    player = live([*PAIRS, late])
    player.add([e for e, _ in PAIRS])
    player.tick()
    player.add([late[0]])
    while player.backlog:
        player.tick(limit=1)
    assert area(player.night, "Adur").elected == {"CON": 3}
    assert [c.paths for c in player.night.conflicts] == [("a", "z")]
    assert not player.night.corrections[1:]


def test_the_files_of_a_night_can_be_asked_for_with_what_became_of_them() -> None:
    pairs = [*PAIRS, gone("a", 29)]
    player = replay(Ticks(), pairs)
    player.to_end()
    assert [(f.path, f.state, f.removed) for f in player.files()] == [
        ("a", "counted", True),
        ("b", "counted", False),
        ("c", "counted", False),
        ("d", "counted", False),
        ("q", "counted", False),
    ]
