import pytest

from feeds.bell import ANSWERS_WITHIN, DEAF_AFTER, Hearing
from feeds.pace import (
    BREATH,
    BUSY,
    BUSY_EVERY,
    CHEAP,
    FULL_SHARE,
    POLL_SHARE,
    ROUND,
    SLEPT,
    SWEEP_SHARE,
    TOGETHER,
    Pace,
)


class Ticks:
    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


def looked(ticks: Ticks, *costs: float) -> Pace:
    pace = Pace(ticks, 1.0)
    for cost in costs:
        pace.looked(cost)
    return pace


class TestPace:
    def test_the_first_look_is_due_at_once(self, ticks: Ticks) -> None:
        assert Pace(ticks, 1.0).left() <= 0

    def test_a_cheap_look_is_repeated_every_second(self, ticks: Ticks) -> None:
        assert looked(ticks, 0.001).left() == 1.0

    def test_a_dear_look_is_repeated_so_rarely_that_it_keeps_its_share(self, ticks: Ticks) -> None:
        assert looked(ticks, 0.1, 0.1).left() == pytest.approx(0.1 / FULL_SHARE)

    def test_one_dear_look_among_cheap_ones_is_no_measure(self, ticks: Ticks) -> None:
        assert looked(ticks, 0.001, 5.0).left() == 1.0

    def test_where_nothing_rings_it_looks_more_often(self, ticks: Ticks) -> None:
        pace = looked(ticks, 0.2, 0.2)
        pace.polling = True
        assert pace.left() == pytest.approx(0.2 / POLL_SHARE)

    def test_a_suspicion_makes_it_look_at_once_but_not_without_a_breath(self, ticks: Ticks) -> None:
        pace = looked(ticks, 0.1, 0.1)
        pace.suspect()
        assert pace.left() == pytest.approx(0.1 * BREATH)
        assert not pace.regular
        ticks.at += 1
        assert pace.left() <= 0

    def test_many_paths_are_looked_at_with_everything_where_that_is_cheap_and_soon_due(self, ticks: Ticks) -> None:
        cheap, dear = looked(ticks, CHEAP / 2, CHEAP), looked(ticks, CHEAP * 1.1, CHEAP * 1.1)
        assert not cheap.joins(TOGETHER)
        ticks.at += 0.6
        assert cheap.joins(TOGETHER)
        assert not cheap.joins(TOGETHER - 1)
        ticks.at += 10
        assert not dear.joins(TOGETHER)

    def test_cheap_looks_are_rarer_while_the_bell_names_very_many_but_a_suspicion_does_not_wait(
        self, ticks: Ticks
    ) -> None:
        pace, few, dear = looked(ticks, 0.001), looked(ticks, 0.001), looked(ticks, 1.0, 1.0)
        for each, paths in ((pace, TOGETHER), (few, TOGETHER - 1), (dear, TOGETHER)):
            each.named(paths)
        assert [pace.left(), few.left(), dear.left()] == [BUSY_EVERY, 1.0, 1.0 / FULL_SHARE]
        ticks.at += 1.5
        assert not pace.lists()
        ticks.at += BUSY
        assert pace.left() <= 0
        pace.looked(0.001)
        assert pace.left() == 1.0
        pace.named(TOGETHER)
        pace.suspect()
        assert pace.left() < 1.0

    def test_a_turn_that_comes_much_too_late_is_suspicious(self, ticks: Ticks) -> None:
        pace = looked(ticks, 0.1, 0.1)
        pace.turn()
        ticks.at += 1 + SLEPT
        pace.turn()
        assert pace.regular
        ticks.at += 1.1 + SLEPT
        pace.turn()
        assert not pace.regular

    def test_the_sweep_keeps_its_share_and_takes_its_time_for_a_round(self, ticks: Ticks) -> None:
        pace = looked(ticks, 0.001)
        assert pace.sweeps()
        pace.swept(0.002, done=False)
        ticks.at += 0.002 / SWEEP_SHARE - 0.01
        assert not pace.sweeps()
        ticks.at += 0.02
        assert pace.sweeps()
        pace.swept(0.0, done=True)
        ticks.at += ROUND - 0.1
        assert not pace.sweeps()


class TestHearing:
    def test_what_is_found_and_rung_for_soon_after_is_no_miss(self) -> None:
        hearing = Hearing()
        hearing.found(["a"], 1.0)
        hearing.heard(["a"])
        assert not hearing.missed(1.0 + ANSWERS_WITHIN)

    def test_a_bell_that_misses_several_looks_is_taken_to_be_deaf_until_it_rings(self) -> None:
        hearing = Hearing()
        for turn in range(DEAF_AFTER):
            assert not hearing.deaf
            hearing.found(["a", "b"], 10.0 * turn)
            assert not hearing.missed(10.0 * turn)
            assert hearing.missed(10.0 * turn + ANSWERS_WITHIN)
        assert hearing.deaf
        hearing.heard(["c"])
        assert not hearing.deaf
