"""A key comes first, then the count, then the next picture; nothing is counted for long in one go."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from msgspec.structs import replace
from textual.events import Key
from textual.widget import Widget

from dashboard.app import NightApp
from dashboard.count.night import Night
from dashboard.deep import Load
from dashboard.panels import councils
from dashboard.panels.changes import ChangesPanel
from dashboard.panels.composing import PromptScreen
from dashboard.panels.councils import CouncilsPanel
from dashboard.panels.picture import PicturePanel
from dashboard.panels.seats import SeatsPanel
from dashboard.panels.status import StatusPanel
from dashboard.panels.ticker import Ticker
from dashboard.screens.rhythm import (
    ANSWER,
    AT_ONCE,
    DEEP,
    FEW,
    LONG_SLICE,
    REST,
    SLICE,
    STEP,
    TIDYING,
    UNTOUCHED,
    Heart,
    Showing,
)
from feeds.courtesy import nobody
from tests.dashboard.test_app import settled
from tests.dashboard.test_rhythm import Hand
from tests.makers import nights
from tests.makers.player import FakePlayer

STEPS = (
    (CouncilsPanel, "sum_up"),
    (CouncilsPanel, "line_up"),
    (CouncilsPanel, "rebuild"),
    (ChangesPanel, "show_frame"),
    (PicturePanel, "show"),
    (SeatsPanel, "show"),
    (Ticker, "show"),
    (StatusPanel, "show"),
)


class Counting:
    """A player that takes so many seconds for each event."""

    def __init__(self, ticks: Hand, seconds: float, backlog: int) -> None:
        self._ticks = ticks
        self._seconds = seconds
        self.backlog = backlog
        self.in_parts = self.is_heavy = False
        self.limits: list[int] = []

    def tick(self, limit: int) -> bool:
        self.limits.append(limit)
        self.backlog -= min(limit, self.backlog)
        self._ticks.now += limit * self._seconds
        return True


class Program:
    """Notes the beats that it is asked for."""

    def __init__(self) -> None:
        self.beats: list[float] = []
        self.put_off: list[Callable[[], None]] = []
        self.delays: list[float] = []

    def beat(self, gap: float) -> None:
        self.beats.append(gap)

    def set_timer(self, delay: float, callback: Callable[[], None]) -> None:
        self.put_off.append(callback)
        self.delays.append(delay)


def heart_of(player: Counting, ticks: Hand, hurry: Callable[[float], object] = nobody) -> Heart:
    return Heart(Program(), player, ticks, hurry)


def test_a_slice_ends_with_its_time_however_much_waits() -> None:
    ticks = Hand()
    player = Counting(ticks, SLICE / STEP / 2.5, 1_000_000)
    assert heart_of(player, ticks).count()
    assert player.limits == [STEP] * 3


def test_events_that_take_long_are_counted_a_step_at_a_time() -> None:
    ticks = Hand()
    player = Counting(ticks, 10 * SLICE, 1_000_000)
    heart_of(player, ticks).count()
    assert player.limits == [STEP]


def test_a_slice_ends_when_all_is_counted() -> None:
    ticks = Hand()
    player = Counting(ticks, 0.0, 3 * STEP)
    heart_of(player, ticks).count()
    assert player.backlog == 0
    assert player.limits == [STEP] * 3


def test_a_key_is_answered_for_a_while_and_who_reads_stands_aside_as_long() -> None:
    ticks, asked = Hand(), list[float]()
    heart = heart_of(Counting(ticks, 0.0, 0), ticks, asked.append)
    assert heart.answers() <= 0
    ticks.now = 1.0
    heart.touched()
    assert heart.answers() == pytest.approx(ANSWER)
    assert asked == [pytest.approx(ANSWER)]
    ticks.now += ANSWER * 1.01
    assert heart.answers() <= 0


@pytest.mark.parametrize(("backlog", "free"), [(DEEP + 1, True), (DEEP, False)])
def test_while_very_much_waits_a_key_is_answered_with_what_is_painted_next(backlog: int, free: bool) -> None:
    ticks, asked = Hand(), list[float]()
    heart = heart_of(Counting(ticks, 0.0, backlog), ticks, asked.append)
    heart.painted()
    heart.touched()
    ticks.now += ANSWER / 3
    heart.painted()
    assert (heart.answers() <= 0) is free
    assert asked == [pytest.approx(ANSWER), *([0.0] if free else [])]
    left = heart._free
    heart.painted()
    assert heart._free == left


def test_however_many_keys_come_half_of_the_time_is_left_for_the_count() -> None:
    ticks = Hand()
    heart = heart_of(Counting(ticks, 0.0, 0), ticks)
    free = 0
    for number in range(10_000):
        if not number % 5:
            heart.touched()
        ticks.now += 0.001
        free += heart.answers() <= 0
    assert free > 4_900


@pytest.mark.parametrize(
    ("files", "typed", "told"),
    [(FEW, False, [ANSWER, 0.0]), (FEW, True, [ANSWER, ANSWER, ANSWER]), (FEW + 1, False, [])],
)
def test_who_reads_stands_aside_until_a_few_files_are_shown_and_no_longer(
    files: int, typed: bool, told: list[float]
) -> None:
    ticks, asked, app = Hand(), list[float](), Program()
    heart = Heart(app, Counting(ticks, 0.0, 0), ticks, asked.append)
    ticks.now = 1.0
    if typed:
        heart.touched()
    heart.hear_of(files, AT_ONCE)
    assert app.beats == [AT_ONCE]
    assert asked == pytest.approx(told)


def test_a_beat_is_put_off_once_however_often_it_is_asked_for() -> None:
    app = Program()
    heart = Heart(app, Counting(Hand(), 0.0, 0), Hand(), nobody)
    for _ in range(3):
        heart.soon(0.1, 0.5)
    assert len(app.put_off) == 1
    app.put_off[0]()
    assert app.beats == [0.5]
    heart.soon(0.1, 0.5)
    assert len(app.put_off) == 2


async def test_while_a_key_is_answered_nothing_is_counted_and_no_picture_made() -> None:
    ticks, player = Hand(), FakePlayer(nights.small_local())
    app = NightApp(player, ticks=ticks)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot, app)
        ticks.now = 10.0
        await pilot.press("s")
        counted, shown = player.ticked, app._shown
        player.shown = nights.empty()
        app.beat()
        assert (player.ticked, app._shown) == (counted, shown)
        ticks.now += 1.0
        app.beat()
        assert player.ticked > counted
        assert app._shown is player.shown


@pytest.mark.parametrize(("backlog", "rests"), [(DEEP, REST), (DEEP + 1, 0.0)])
def test_the_count_of_a_deep_backlog_goes_on_without_a_rest(backlog: int, rests: float) -> None:
    app = Program()
    Heart(app, Counting(Hand(), 0.0, backlog), Hand(), nobody).go_on()
    assert app.delays == [rests]


def test_it_is_told_once_that_very_much_waits_and_once_that_it_does_no_longer() -> None:
    ticks, told = Hand(), list[Load]()
    player = Counting(ticks, SLICE / STEP, 0)
    heart = Heart(Program(), player, ticks, nobody, told.append)
    heart.count()
    player.backlog = DEEP + 3 * STEP
    while player.backlog:
        heart.count()
    assert told == [Load.DEEP, Load.LITTLE]


def test_how_much_there_is_to_count_is_told_with_the_first_picture_and_not_with_the_next() -> None:
    ticks, told = Hand(), list[Load]()
    heart = Heart(Program(), Counting(ticks, 0.0, 1), ticks, nobody, told.append)
    heart.count()
    assert told == []
    heart.painted()
    assert told == [Load.LITTLE]
    heart.painted()
    assert told == [Load.LITTLE]


def test_it_is_told_that_an_event_is_being_counted_in_parts_and_when_that_is_over() -> None:
    ticks, told = Hand(), list[Load]()
    player = Counting(ticks, 0.0, 1)
    heart = Heart(Program(), player, ticks, nobody, told.append)
    for player.in_parts in (True, True, False):
        heart.count()
    assert told == [Load.LONG, Load.LITTLE]


class Idle(Counting):
    """A player that has nothing to count, but documents to pack."""

    def tick(self, limit: int) -> bool:
        super().tick(limit)
        return False


@pytest.mark.parametrize(
    ("is_heavy", "untouched", "delays"),
    [(True, UNTOUCHED * 2, [TIDYING]), (True, UNTOUCHED / 2, []), (False, UNTOUCHED * 2, [])],
)
def test_large_documents_are_packed_at_short_intervals_while_nobody_types(
    is_heavy: bool, untouched: float, delays: list[float]
) -> None:
    ticks, app = Hand(), Program()
    player = Idle(ticks, 0.0, 0)
    player.is_heavy = is_heavy
    heart = Heart(app, player, ticks, nobody)
    heart.touched()
    ticks.now += untouched
    heart.count()
    assert app.delays == delays


@pytest.mark.parametrize(
    ("untouched", "backlog", "steps"),
    [(UNTOUCHED * 2, 10 * DEEP, 4), (UNTOUCHED / 2, 10 * DEEP, 1), (UNTOUCHED * 2, DEEP, 1)],
)
def test_a_slice_is_longer_only_while_very_much_waits_and_no_key_came_lately(
    untouched: float, backlog: int, steps: int
) -> None:
    ticks = Hand()
    player = Counting(ticks, LONG_SLICE / 4 / STEP, backlog)
    heart = heart_of(player, ticks)
    heart.touched()
    ticks.now += untouched
    heart.count()
    assert len(player.limits) == steps


class Typed(Counting):
    """One in whose third step a key is read."""

    heart: Heart | None = None

    def tick(self, limit: int) -> bool:
        if len(self.limits) == 2 and self.heart is not None:
            self.heart.touched()
        return super().tick(limit)


def test_a_slice_ends_when_a_key_is_read_meanwhile() -> None:
    ticks = Hand()
    player = Typed(ticks, 0.0, 1_000_000)
    player.heart = heart_of(player, ticks)
    player.heart.count()
    assert player.limits == [STEP] * 3


def test_the_rest_of_a_picture_waits_while_a_key_is_answered_and_then_goes_on_where_it_was() -> None:
    answers, taken = [0.0], list[int]()
    showing = Showing(lambda: answers[0])

    def steps() -> Iterator[None]:
        for step in range(4):
            taken.append(step)
            answers[0] = float(step == 1)
            yield

    showing.begin(steps())
    showing.go_on()
    assert (taken, showing.is_on) == ([0, 1], True)
    answers[0] = 0.0
    showing.go_on()
    assert (taken, showing.is_on) == ([0, 1, 2, 3], False)


def revised(night: Night) -> Night:
    """Return a night in which every area of the first election is another than it was, as after a large document."""
    first, *rest = night.elections
    areas = tuple(replace(area, revision=9) for area in first.areas)
    return replace(night, elections=(replace(first, areas=areas), *rest))


def typed_into(show: Callable[..., None], shown: list[str], app: NightApp) -> Callable[..., None]:
    """Return what does a step of showing, notes its name, and has a key come meanwhile."""

    def noted(panel: Widget, *arguments: Any) -> None:
        shown.append(show.__name__)
        app._heart.touched()
        show(panel, *arguments)

    return noted


@pytest.mark.parametrize("many", [False, True])
async def test_between_two_panels_a_key_is_answered_and_nothing_is_painted_before_all_have_the_frame(
    monkeypatch: pytest.MonkeyPatch, many: bool
) -> None:
    ticks, player, shown = Hand(), FakePlayer(nights.small_local()), list[str]()
    monkeypatch.setattr(councils, "MANY", 0 if many else 100)
    app = NightApp(player, ticks=ticks)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot, app)
        for panel, name in STEPS:
            monkeypatch.setattr(panel, name, typed_into(getattr(panel, name), shown, app))
        monkeypatch.setattr(PromptScreen, "paint", lambda _: shown.append("paint"))
        player.shown = revised(player.shown)
        pictures = []
        while not shown or shown[-1] != "paint":
            ticks.now += 1.0
            begun = len(shown)
            app.beat()
            pictures.append(shown[begun:])
    assert pictures == [
        *([["sum_up"], ["line_up"]] if many else []),
        ["rebuild"],
        ["show_frame"],
        ["show"],
        ["show"],
        ["show", "show", "paint"],
    ]


async def test_a_key_is_noted_when_it_is_read_and_not_when_its_message_has_its_turn() -> None:
    app = NightApp(FakePlayer(nights.small_local()), ticks=Hand())
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot, app)
        assert app._heart.answers() <= 0
        assert app._driver is not None
        app._driver.send_message(Key("s", "s"))
        assert app._heart.answers() > 0
