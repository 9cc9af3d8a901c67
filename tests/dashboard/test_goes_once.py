"""A page or a question goes away once, however many keys it gets before it is gone."""

import pytest
from textual.screen import Screen

from dashboard.app import NightApp
from dashboard.screens.area import AreaScreen
from dashboard.screens.once import NightPalette
from dashboard.screens.overview import OverviewScreen
from tests.dashboard.test_app import Ticks
from tests.makers import nights
from tests.makers.player import FakePlayer

ON_AN_AREA = {"audit": "a", "problems": "c", "quotes": "Q", "away": "l", "help": "question_mark", "go to": "g"}
ON_AN_AREA |= {"export": "x", "palette": "ctrl+p"}


def front(app: NightApp) -> Screen[object]:
    return app.screen


@pytest.mark.parametrize("opened", ON_AN_AREA)
async def test_leaving_twice_at_once_leaves_what_lies_below(opened: str) -> None:
    app = NightApp(FakePlayer(nights.small_local()), ticks=Ticks())
    app.contains = False
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.beat()
        await pilot.pause()
        await pilot.press("enter", "enter")
        assert isinstance(front(app), AreaScreen)
        await pilot.press(ON_AN_AREA[opened])
        await pilot.pause()
        above = front(app)
        assert not isinstance(above, AreaScreen)
        above.dismiss()
        above.dismiss()
        await pilot.pause()
        assert isinstance(front(app), AreaScreen)


async def test_leaving_an_area_twice_at_once_leaves_the_overview() -> None:
    app = NightApp(FakePlayer(nights.small_local()), ticks=Ticks())
    app.contains = False
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.beat()
        await pilot.pause()
        await pilot.press("enter", "enter")
        area = front(app)
        assert isinstance(area, AreaScreen)
        area.action_back()
        area.action_back()
        await pilot.pause()
        assert isinstance(front(app), OverviewScreen)


async def test_a_palette_that_was_left_takes_nothing_with_it_when_the_choice_comes() -> None:
    app = NightApp(FakePlayer(nights.small_local()), ticks=Ticks())
    app.contains = False
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.beat()
        await pilot.press("ctrl+p")
        await pilot.pause()
        palette = front(app)
        assert isinstance(palette, NightPalette)
        palette._action_escape()
        palette.dismiss()
        await pilot.pause()
        assert isinstance(front(app), OverviewScreen)
