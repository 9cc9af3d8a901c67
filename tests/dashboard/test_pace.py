"""The pace of a replay: dull stretches left out, stops at what one waits for, round again."""

import math

from dashboard.count.turning import is_about, is_change, is_correction
from dashboard.pace import REST, Pace
from dashboard.player import Player
from tests.makers.events import arrive, at, result
from tests.makers.replays import Ticks, declared, evening, replay


def watch(player: Player, pace: Pace, ticks: Ticks, seconds: float, beat: float = 0.5) -> list[str]:
    """Let so many real seconds pass; return what was said."""
    said = []
    for _ in range(int(seconds / beat)):
        ticks.seconds += beat
        words = pace.beat()
        said += [words] if words else []
        player.tick()
    return said


def test_a_dull_stretch_lasts_no_longer_than_the_limit_and_is_said_to_be_shortened() -> None:
    ticks = Ticks()
    player = replay(evening(), ticks, speed=60)
    pace = Pace(player, idle=10, ticks=ticks)
    said = watch(player, pace, ticks, 10.5)
    assert said == ["Nothing came for another 49 min: on at 23:00."]
    assert declared(player) == ["Adur"]
    ((begin, end),) = pace.skipped
    assert at(10) <= begin <= at(11)
    assert end == at(60)
    assert watch(player, pace, ticks, 60)
    assert len(declared(player)) == 4


def test_a_stretch_shorter_than_the_limit_is_played_as_it_was() -> None:
    ticks = Ticks()
    player = replay(evening(), ticks, speed=60)
    assert watch(player, Pace(player, idle=61, ticks=ticks), ticks, 60) == []
    assert player.as_at == at(60)


def test_a_pause_is_no_dull_stretch() -> None:
    ticks = Ticks()
    player = replay(evening(), ticks, speed=60)
    pace = Pace(player, idle=10, ticks=ticks)
    player.pause()
    assert watch(player, pace, ticks, 100) == []
    player.resume()
    assert watch(player, pace, ticks, 9) == []


def test_however_seldom_it_is_asked_the_time_is_the_clock_s() -> None:
    for beat in (0.1, 1.0, 5.0):
        ticks = Ticks()
        player = replay(evening(), ticks, speed=60)
        watch(player, Pace(player, ticks=ticks), ticks, 100, beat)
        assert player.as_at == at(100), beat


def test_it_pauses_at_each_change_of_control_and_says_which() -> None:
    ticks = Ticks()
    player = replay(evening(), ticks, speed=600)
    player.pause_on = is_change
    pace = Pace(player, ticks=ticks)
    said = watch(player, pace, ticks, 30)
    assert (player.paused, player.as_at, declared(player)) == (True, at(120), ["Adur", "Bolton"])
    assert len(said) == 1
    assert "Bolton: Labour gain from Conservative" in said[0]
    player.resume()
    watch(player, pace, ticks, 30)
    assert declared(player)[-1] == "Crewe"


def test_it_pauses_at_full_speed_too() -> None:
    player = replay(evening(), Ticks(), speed=math.inf)
    player.pause_on = is_change
    player.tick()
    assert (player.paused, player.as_at, declared(player)) == (True, at(120), ["Adur", "Bolton"])


def test_a_pause_at_full_speed_stays_where_the_count_is() -> None:
    player = replay(evening(), Ticks(), speed=math.inf)
    player.tick(limit=2)
    player.pause()
    assert player.as_at == at(60)


def test_it_pauses_at_corrections_and_at_an_area() -> None:
    pairs = [*evening(), arrive("adur2", 300, result("Adur", {"LAB": 3}, total=3, revision=2))]
    for match, moment in ((is_correction, at(300)), (lambda h: is_about(h, "CREWE"), at(180))):
        player = replay(pairs, Ticks(), speed=math.inf)
        player.pause_on = match
        player.tick()
        assert player.as_at == moment


def test_a_seek_passes_over_what_it_would_pause_at() -> None:
    player = replay(evening(), Ticks())
    player.pause_on = is_change
    player.seek(at(390))
    assert (player.paused, player.as_at) == (False, at(390))


def test_at_the_end_it_rests_and_begins_again_where_it_began() -> None:
    ticks = Ticks()
    player = replay(evening(), ticks, speed=3600)
    player.seek(at(70))
    pace = Pace(player, loop=True, start=at(70), ticks=ticks)
    watch(player, pace, ticks, 6)
    assert player.finished
    watch(player, pace, ticks, REST - 2)
    assert player.finished
    watch(player, pace, ticks, 2)
    assert declared(player) == ["Adur"] or player.as_at < at(300)


def test_at_full_speed_the_screen_never_tells_when_the_night_ends() -> None:
    player = replay(evening(), Ticks(), speed=math.inf)
    assert player.as_at == at(0)
    player.tick(limit=3)
    assert player.as_at == at(120)
    player.tick()
    assert player.as_at == at(400)
