"""Nothing on the screen at a moment depends on what comes after it: two nights with one past and two futures."""

import pytest
from textual.app import App
from textual.pilot import Pilot

from dashboard.app import NightApp
from dashboard.player import Player
from feeds.clock import ReplayClock
from feeds.report import Quote
from tests.makers.events import Pair, arrive, at, baseline, broken, result
from tests.makers.replays import Library

NAMES = tuple(f"{name} {number}" for number in range(12) for name in ("Adur", "Bolton", "Crewe"))
FORK = 200
SIZES = [(80, 24), (120, 40), (200, 60)]
SCREENS = {"overview": [], "table": ["t"], "area": ["t", "home", "enter"], "problems": ["c"], "audit": ["a"]}


class Still:
    """Seconds that stand still but for what lets the first picture through."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 0.001
        return self.now // 1


def past() -> list[Pair]:
    """Return the common past: baselines, declarations, a change, a correction, a quote, a broken file."""
    return [
        arrive("b", 0, *(baseline(n, {"CON": 3}, total=3, up=3, control="CON") for n in NAMES)),
        *(arrive(f"r{n}", 60 + n, result(NAMES[n], {"LAB" if n % 2 else "CON": 3}, total=3)) for n in range(9)),
        arrive("again", 120, result(NAMES[0], {"LD": 3}, total=3, revision=2)),
        arrive("said", 130, Quote(text="So far so good", speaker="Ann", area=NAMES[1])),
        broken("bad", 140),
    ]


def short() -> list[Pair]:
    """Return a future in which little happens, and soon."""
    return [arrive("late", FORK + 5, result(NAMES[20], {"GRN": 3}, total=3))]


def long() -> list[Pair]:
    """Return a future with everything: other parties, corrections, conflicts, quotes, new areas, until days later."""
    return [
        *(arrive(f"z{n}", FORK + 30 + n, result(NAMES[n], {"LD": 2, "RES": 1}, total=3)) for n in range(9, 30)),
        arrive("other", FORK + 100, result(NAMES[1], {"SNP": 3}, total=3)),
        arrive("more", FORK + 200, result(NAMES[3], {"PC": 3}, total=3, revision=5)),
        arrive("new", FORK + 300, result("A place that nobody had named before", {"UKIP": 30}, total=30)),
        arrive("words", FORK + 400, Quote(text="Who would have thought?", speaker="Bo", area=NAMES[2])),
        broken("worse", FORK + 500),
        arrive("end", FORK + 3000, result(NAMES[31], {"CON": 3}, total=3)),
    ]


def player_of(future: list[Pair], speed: float) -> Player:
    pairs = [*past(), *future]
    clock = ReplayClock(at(0), max(e.at for e, _ in pairs), speed, ticks=lambda: 0.0)
    return Player(clock, [e for e, _ in pairs], read=Library(pairs).read)


def cells(app: App[int]) -> list[list[tuple[str, str]]]:
    """Return every cell of the screen with its style."""
    return [
        [(letter, str(segment.style)) for segment in strip for letter in segment.text]
        for strip in app.screen._compositor.render_strips()
    ]


async def pressed(pilot: Pilot[int], keys: list[str]) -> None:
    for key in keys:
        await pilot.press(key)
    await pilot.pause()
    await pilot.pause()


async def seen(future: list[Pair], size: tuple[int, int], keys: list[str], way: str) -> list[list[tuple[str, str]]]:
    """Return the screen at the fork, reached by a way of playing."""
    player = player_of(future, 60.0)
    app = NightApp(player, ticks=Still())
    async with app.run_test(size=size) as pilot:
        app.animation_level = "none"
        await pilot.pause()
        if way == "back":
            player.to_end()
            app.moved()
        player.pause()
        player.seek(at(FORK))
        app.moved()
        await pressed(pilot, keys)
        app.beat()
        await pilot.pause()
        return cells(app)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("screen", SCREENS)
async def test_two_nights_with_one_past_are_one_screen_cell_by_cell(screen: str, size: tuple[int, int]) -> None:
    one = await seen(short(), size, SCREENS[screen], "forward")
    other = await seen(long(), size, SCREENS[screen], "forward")
    assert one == other


@pytest.mark.parametrize("screen", SCREENS)
async def test_having_seen_the_future_leaves_no_trace_in_the_past(screen: str) -> None:
    before = await seen(long(), (120, 40), SCREENS[screen], "forward")
    after = await seen(long(), (120, 40), SCREENS[screen], "back")
    assert before == after


async def test_the_futures_differ_where_they_may_be_seen() -> None:
    """The test above would see a difference: after the fork the screens are not the same."""
    player = player_of(short(), 60.0)
    other = player_of(long(), 60.0)
    pictures = []
    for each in (player, other):
        app = NightApp(each, ticks=Still())
        async with app.run_test(size=(120, 40)) as pilot:
            each.pause()
            each.seek(at(FORK + 60))
            app.moved()
            await pilot.pause()
            pictures.append(cells(app))
    assert pictures[0] != pictures[1]
