import math
from datetime import UTC, datetime, timedelta, timezone

import pytest

from feeds.clock import ReplayClock, WallClock

BEGIN = datetime(2024, 5, 2, 21, 0, tzinfo=UTC)
END = BEGIN + timedelta(hours=10)


class Ticks:
    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def running(speed: float = 1.0) -> tuple[ReplayClock, Ticks]:
    ticks = Ticks()
    return ReplayClock(BEGIN, END, speed, ticks), ticks


def test_the_wall_clock_says_utc() -> None:
    assert WallClock().now().tzinfo is UTC


def test_a_replay_starts_at_the_beginning_and_runs_at_its_speed() -> None:
    clock, ticks = running(60)
    assert clock.now() == BEGIN
    ticks.at += 2.5
    assert clock.now() == BEGIN + timedelta(seconds=150)


def test_it_never_runs_past_the_end() -> None:
    clock, ticks = running(1e300)
    ticks.at += 1e9
    assert clock.now() == END


def test_at_infinite_speed_it_is_at_the_end_at_once() -> None:
    clock, _ = running(math.inf)
    assert clock.now() == END


def test_a_change_of_speed_does_not_move_it() -> None:
    clock, ticks = running(60)
    ticks.at += 10
    clock.speed = 600
    assert clock.speed == 600
    assert clock.now() == BEGIN + timedelta(minutes=10)
    ticks.at += 1
    assert clock.now() == BEGIN + timedelta(minutes=20)


def test_paused_it_stands_still_and_resumes_from_there() -> None:
    clock, ticks = running()
    ticks.at += 5
    clock.pause()
    ticks.at += 100
    assert clock.paused
    assert clock.now() == BEGIN + timedelta(seconds=5)
    clock.resume()
    ticks.at += 1
    assert not clock.paused
    assert clock.now() == BEGIN + timedelta(seconds=6)


def test_pausing_twice_or_resuming_twice_changes_nothing() -> None:
    clock, ticks = running()
    clock.resume()
    ticks.at += 5
    clock.resume()
    clock.pause()
    ticks.at += 5
    clock.pause()
    assert clock.now() == BEGIN + timedelta(seconds=5)


def test_a_speed_set_while_paused_holds_on_resuming() -> None:
    clock, ticks = running()
    clock.pause()
    clock.speed = math.inf
    assert clock.now() == BEGIN
    clock.speed = 10
    clock.resume()
    ticks.at += 1
    assert clock.now() == BEGIN + timedelta(seconds=10)


def test_seeking_goes_back_as_well_as_forward_and_stays_within_the_night() -> None:
    clock, ticks = running()
    ticks.at += 100
    clock.seek(BEGIN + timedelta(seconds=30))
    ticks.at += 1
    assert clock.now() == BEGIN + timedelta(seconds=31)
    clock.seek(BEGIN - timedelta(days=1))
    assert clock.now() == BEGIN
    clock.seek(END + timedelta(days=1))
    assert clock.now() == END


def test_a_seek_leaves_a_paused_clock_paused() -> None:
    clock, ticks = running()
    clock.pause()
    clock.seek(BEGIN + timedelta(hours=1))
    ticks.at += 100
    assert clock.now() == BEGIN + timedelta(hours=1)


def test_after_the_end_it_can_go_back_and_run_again() -> None:
    clock, ticks = running(math.inf)
    clock.speed = 1
    clock.seek(BEGIN)
    ticks.at += 3
    assert clock.now() == BEGIN + timedelta(seconds=3)


def test_times_of_any_zone_are_taken_as_instants() -> None:
    summer = timezone(timedelta(hours=1))
    clock = ReplayClock(BEGIN.astimezone(summer), END.astimezone(summer), ticks=Ticks())
    assert clock.begin.tzinfo is UTC
    clock.seek((BEGIN + timedelta(hours=2)).astimezone(summer))
    assert clock.now().hour == 23


@pytest.mark.parametrize("speed", [0, -1, math.nan])
def test_a_speed_that_is_not_positive_is_refused(speed: float) -> None:
    clock, _ = running()
    with pytest.raises(ValueError, match="positive"):
        clock.speed = speed
    with pytest.raises(ValueError, match="positive"):
        ReplayClock(BEGIN, END, speed)


def test_a_night_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="before"):
        ReplayClock(END, BEGIN)


def test_a_time_without_a_zone_is_refused() -> None:
    clock, _ = running()
    with pytest.raises(ValueError, match="zone"):
        clock.seek(datetime(2024, 5, 2))  # noqa: DTZ001 - the mistake under test
