"""The footer of a page: the way back, help, and what can be done with what is on it."""

import pytest

from dashboard.app import NightApp
from dashboard.config import Config, Looks
from dashboard.panels.keybar import page_keys
from dashboard.screens.area import AreaScreen
from dashboard.screens.help import HelpScreen
from dashboard.screens.overview import OverviewScreen
from tests.dashboard.screen import screen_lines
from tests.dashboard.test_app import Ticks
from tests.makers import nights
from tests.makers.player import FakePlayer

PAGES = {
    "area": ("enter", "enter"),
    "audit of an area": ("enter", "enter", "a"),
    "audit": ("a",),
    "problems": ("c",),
    "quotes": ("Q",),
    "away": ("l",),
}


def app_with(looks: Looks | None = None) -> NightApp:
    return NightApp(FakePlayer(nights.small_local()), ticks=Ticks(), looks=looks)


def footer(app: NightApp) -> str:
    return screen_lines(app)[-1].strip()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_every_page_says_the_way_back_and_where_help_is(page: str, size: tuple[int, int]) -> None:
    app = app_with()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.beat()
        await pilot.pause()
        await pilot.press(*PAGES[page])
        await pilot.pause()
        assert not isinstance(app.screen, OverviewScreen)
        assert footer(app).startswith("esc back   ")
        assert footer(app).endswith("   ? help")


async def test_a_click_on_a_key_of_a_page_does_what_the_key_does() -> None:
    app = app_with()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.beat()
        await pilot.pause()
        await pilot.press("enter", "enter")
        await pilot.pause()
        area = app.screen
        assert isinstance(area, AreaScreen)
        before = area.area_id
        await pilot.click("#keys", offset=(footer(app).index("next area") + 1, 0))
        assert area.area_id != before
        await pilot.click("#keys", offset=(footer(app).index("help") + 1, 0))
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape")
        await pilot.click("#keys", offset=(footer(app).index("back") + 1, 0))
        assert isinstance(app.screen, OverviewScreen)


async def test_a_page_shows_the_readers_own_keys() -> None:
    app = app_with(Looks(config=Config(keymap={"help": "f1"})))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.beat()
        await pilot.press("c")
        await pilot.pause()
        assert footer(app).endswith("   f1 help")


async def test_a_narrow_page_keeps_back_and_help_and_then_what_was_named_first() -> None:
    app = app_with()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        app.beat()
        await pilot.pause()
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert footer(app) == "esc back   a audit   n next area   p previous area   ? help"


def test_a_page_can_only_have_actions_that_there_are() -> None:
    with pytest.raises(KeyError):
        page_keys((), "audit")


async def test_what_was_copied_is_shown_again_in_a_few_lines_and_copied_whole() -> None:
    app = app_with()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.beat()
        await pilot.pause()
        await pilot.press("y")
        [told] = [each.message for each in app._notifications]
    assert app.clipboard.startswith("Lab ")
    assert len(app.clipboard) > len(told)
    assert told.startswith(f"copied: {app.clipboard[:60]}")
    assert told.endswith(" …")
    assert len(told) < 125
