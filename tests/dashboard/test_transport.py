"""What can be done with time, live and replay alike."""

import math
from datetime import UTC, datetime, timedelta

import pytest

from dashboard.player import Player
from dashboard.transport import Transport
from tests.makers.events import at
from tests.makers.replays import Ticks, Wall, declared, evening, live, replay


def paused(ticks: Ticks | None = None) -> tuple[Player, Transport]:
    player = replay(evening(), ticks or Ticks())
    player.pause()
    player.seek(at(0))
    return player, Transport(player)


def election(player: Player) -> str:
    return player.night.elections[0].id


def test_the_next_change_of_control_is_not_the_next_declaration() -> None:
    player, transport = paused()
    found = [transport.change(1, None) or declared(player)[-1] for _ in range(3)]
    assert found == ["Bolton", "Crewe", "Derby"]
    assert (player.as_at, player.paused) == (at(400), True)


def test_the_previous_change_is_where_one_stands_on_arrival_and_the_one_before_from_there() -> None:
    player, transport = paused()
    player.seek(at(390))
    assert transport.change(-1, None) is None
    assert player.as_at == at(180)
    assert transport.change(-1, None) is None
    assert (player.as_at, declared(player)) == (at(120), ["Adur", "Bolton"])


def test_where_there_is_no_other_change_it_stays_and_says_so_and_a_replay_runs_on() -> None:
    ticks = Ticks()
    player = replay(evening(), ticks, end=500)
    transport = Transport(player)
    player.seek(at(450))
    assert transport.change(1, None) == "No further change of control."
    assert (player.as_at, player.paused) == (at(450), False)
    player.seek(at(90))
    assert transport.change(-1, None) == "No change of control before this moment."
    assert player.as_at == at(90)
    assert transport.undo() is not None


def test_changes_of_another_election_are_passed_over() -> None:
    player, transport = paused()
    assert transport.change(1, "another") == "No further change of control."
    assert transport.change(1, election(player)) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("02:14", datetime(2022, 5, 6, 1, 14, tzinfo=UTC)),
        ("2022-05-06T02:14", datetime(2022, 5, 6, 1, 14, tzinfo=UTC)),
        ("+15m", at(85)),
        ("+ 90s", at(71.5)),
        ("-5m", at(65)),
        ("−5", at(65)),
        ("0%", at(0)),
        ("20%", at(240)),
        ("bolton", at(120)),
        ("  CREWE ", at(180)),
        ("Adur", at(60)),
    ],
)
def test_it_goes_to_times_lengths_shares_and_areas(text: str, moment: datetime) -> None:
    player, transport = paused()
    player.seek(at(70))
    assert transport.go(text, player.night.elections[0]) is None
    assert player.as_at == moment


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Where to?"),
        ("25:99", "“25:99” is not a time"),
        ("+soon", "“soon” is not a length of time"),
        ("+0m", "“0m” is not a length of time"),
        ("120%", "more than the whole bar"),
        ("Boltn", "the nearest is Bolton."),
        ("zzz", "write 02:14"),
        ("Exeter", "Exeter does not declare in this night."),
        ("21:00", None),
        ("2022-05-05T20:00", "The night begins at 22:00."),
    ],
)
def test_what_it_cannot_do_it_says_and_stays(text: str, words: str | None) -> None:
    player, transport = paused()
    player.seek(at(70))
    wrong = transport.go(text, player.night.elections[0])
    if words is None:
        assert wrong is None
        return
    assert wrong is not None
    assert words in wrong
    assert (player.as_at, declared(player)) == (at(70), ["Adur"])


def test_a_jump_is_undone_and_the_one_before_it_after() -> None:
    player, transport = paused()
    player.seek(at(70))
    transport.to(at(300))
    transport.step(-1)
    transport.tenth(1)
    transport.end()
    moments = []
    while transport.undo() is None:
        moments.append(player.as_at)
    assert moments[-1] == at(70)
    assert moments[-2] == at(300)
    assert declared(player) == ["Adur"]


def test_tenths_are_of_the_bar_and_the_bar_does_not_know_the_end() -> None:
    player, transport = paused()
    transport.tenth(1)
    assert player.as_at == at(120)
    transport.tenth(9)
    assert player.as_at == player.end
    transport.tenth(0)
    assert player.as_at == at(0)


def test_speeds_go_from_half_to_as_fast_as_it_goes() -> None:
    player, transport = paused()
    speeds = []
    for _ in range(20):
        transport.speed(1)
        speeds.append(player.speed)
    assert speeds[-1] == math.inf
    assert 3600.0 in speeds
    for _ in range(20):
        transport.speed(-1)
    assert player.speed == 0.5
    transport.speed(0)
    assert player.speed == 1.0


def test_going_back_in_a_live_night_holds_the_past_and_its_clock_and_the_end_is_now() -> None:
    wall = Wall(at(130))
    pairs = evening()
    player = live(pairs, wall)
    transport = Transport(player)
    player.add([e for e, _ in pairs if e.at <= at(130)])
    player.tick()
    transport.by(timedelta(minutes=-40))
    transport.by(timedelta(minutes=-10))
    assert (player.as_at, declared(player), player.paused) == (at(80), ["Adur"], True)
    wall.time = at(200)
    player.add([e for e, _ in pairs if at(130) < e.at <= at(200)])
    player.tick()
    assert (player.as_at, declared(player), player.behind) == (at(80), ["Adur"], 2)
    transport.end()
    assert (player.as_at, declared(player), player.paused) == (at(200), ["Adur", "Bolton", "Crewe"], False)
    assert transport.undo() is None
    assert declared(player) == ["Adur"]


def test_a_live_night_is_never_ahead_of_now() -> None:
    wall = Wall(at(130))
    player = live(evening(), wall)
    transport = Transport(player)
    player.add([e for e, _ in evening() if e.at <= at(130)])
    player.tick()
    assert transport.go("05:00") == "It is only 00:10."
    transport.tenth(9)
    assert not player.paused
    assert transport.speed(1) == "A live night goes at its own pace."


def test_a_broadcast_delay_shows_everything_so_much_later_and_loses_nothing() -> None:
    wall = Wall(at(60))
    pairs = evening()
    player = live(pairs, wall, timedelta(seconds=30))
    player.add([e for e, _ in pairs if e.at <= at(60)])
    player.tick()
    assert (declared(player), player.as_at, player.backlog) == ([], at(59.5), 0)
    wall.time = at(60) + timedelta(seconds=29.9)
    assert not player.tick()
    wall.time = at(60) + timedelta(seconds=30)
    assert player.tick()
    assert declared(player) == ["Adur"]


def test_what_bears_a_time_to_come_is_shown_after_the_delay_all_the_same() -> None:
    wall = Wall(at(60))
    pairs = evening()
    player = live(pairs, wall, timedelta(seconds=30))
    player.add([e for e, _ in pairs])
    wall.time = at(60.5)
    player.tick()
    assert declared(player) == ["Adur", "Bolton", "Crewe", "Derby"]
