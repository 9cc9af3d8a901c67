"""A walk through every screen of a program at every size: what each shows, as text."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from textual.app import App
from textual.pilot import Pilot

from dashboard.app import NightApp
from dashboard.screens.overview import OverviewScreen
from tests.dashboard.screen import screen_lines
from tests.makers.walked import STATES, STATES_OF_A_CHAMBER

Size = tuple[int, int]
Way = Callable[[Pilot[int], NightApp], Awaitable[None]]

AREA = "council:E09000032"
"""Wandsworth: undeclared at first, with notes, quotes and a change of control at the end."""


def _keys(*keys: str) -> Way:
    async def press(pilot: Pilot[int], app: NightApp) -> None:
        await pilot.press(*keys)

    return press


async def _picture(pilot: Pilot[int], app: NightApp) -> None:
    _overview(app).alone = "picture"


async def _area(pilot: Pilot[int], app: NightApp) -> None:
    app.open(AREA)


async def _area_audit(pilot: Pilot[int], app: NightApp) -> None:
    app.open(AREA)
    await pilot.pause()
    await pilot.press("a")


async def _nothing(pilot: Pilot[int], app: NightApp) -> None:
    pass


SCREENS: dict[str, Way] = {
    "overview": _nothing,
    "table": _keys("t"),
    "picture": _picture,
    "area": _area,
    "area-audit": _area_audit,
    "audit": _keys("a"),
    "problems": _keys("c"),
    "quotes": _keys("Q"),
    "away": _keys("l"),
    "goto": _keys("g"),
    "export": _keys("x"),
    "help": _keys("question_mark"),
}
"""How one comes to each screen from the overview."""


def _overview(app: NightApp) -> OverviewScreen:
    return next(screen for screen in app.screen_stack if isinstance(screen, OverviewScreen))


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until all that was asked for is drawn."""
    for _ in range(2):
        await pilot.pause()


def text_of(app: App[Any]) -> str:
    """Return what is on the screen, without the spaces that end a line."""
    return "".join(f"{text.rstrip()}\n" for text in screen_lines(app))


async def walked(state: str, sizes: list[Size]) -> AsyncIterator[tuple[str, Size, str]]:
    """Yield every screen of a state at every size: its name, the size, its text."""
    app, arrive = STATES[state]()
    async with app.run_test(size=sizes[0]) as pilot:
        await settle(pilot)
        app.animation_level = "none"  # what has just come would glow, and for how long no test can know
        arrive()
        app.moved()
        for size in sizes:
            await pilot.resize_terminal(*size)
            for name, way in SCREENS.items():
                await way(pilot, app)
                await settle(pilot)
                yield name, size, text_of(app)
                await back(pilot, app)


async def back(pilot: Pilot[int], app: NightApp) -> None:
    """Go back to the overview, with everything in its place."""
    overview = _overview(app)
    if app.screen is overview and overview.alone is None:
        return
    while app.screen is not overview:
        await app.pop_screen()
    overview.alone = None
    overview.set_focus(None)


async def pictured(state: str, sizes: list[Size]) -> AsyncIterator[tuple[str, Size, str]]:
    """Yield the overview of a state and each of its pictures alone, at every size."""
    app, arrive = (STATES | STATES_OF_A_CHAMBER)[state]()
    async with app.run_test(size=sizes[0]) as pilot:
        await settle(pilot)
        app.animation_level = "none"
        arrive()
        app.moved()
        overview = _overview(app)
        for size in sizes:
            await pilot.resize_terminal(*size)
            await settle(pilot)
            yield "overview", size, text_of(app)
            overview.alone = "picture"
            for key in overview.picture.keys:
                overview.picture.choose(key)
                await settle(pilot)
                yield key, size, text_of(app)
            overview.alone = None
