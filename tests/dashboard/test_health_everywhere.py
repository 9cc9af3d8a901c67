"""What is wrong with the feed or its recording is said on whatever screen is in front, in words."""

import pytest

from dashboard.app import NightApp
from dashboard.config import Looks
from dashboard.screens.away import AwayScreen
from dashboard.screens.overview import OverviewScreen
from dashboard.view.feed import LAST_GOOD
from feeds.health import Health
from feeds.state import FeedState
from tests.dashboard.screen import screen_text
from tests.dashboard.test_app import Ticks, settled
from tests.makers import nights
from tests.makers.player import FakePlayer

ILL = Health(FeedState(mode="events", state="gone"), "recording stopped: disk full")
SAID = ("the directory is gone", "recording stopped: disk full")

ROW = ("home", "down")
PAGES = {
    "area": (*ROW, "enter"),
    "audit": (*ROW, "a"),
    "audit of an area": (*ROW, "enter", "a"),
    "problems": ("c",),
    "quotes": ("Q",),
    "away": ("l",),
}
ALONE = {"overview": (), "table": ("t",), "picture": ("v",), "panel": ("tab", "m")}
OVER = {"help": ("question_mark",), "a time": ("g",), "export": (*ROW, "x"), "palette": ("ctrl+p",)}
SIZES = [(80, 24), (200, 60)]


def watched(told: list[Health], *, wall: bool = False) -> NightApp:
    player = FakePlayer(nights.small_local())
    return NightApp(player, ticks=Ticks(), health=lambda: told[0], looks=Looks(wall=wall))


def said(app: NightApp) -> str:
    return "\n".join([screen_text(app), *(each.message for each in app._notifications)])


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("keys", [*ALONE.values(), *PAGES.values()], ids=[*ALONE, *PAGES])
async def test_it_is_a_banner_whether_it_comes_before_the_screen_or_after(
    keys: tuple[str, ...], size: tuple[int, int]
) -> None:
    told = [Health()]
    app = watched(told)
    async with app.run_test(size=size) as pilot:
        await settled(pilot, app)
        await pilot.press(*keys)
        await settled(pilot, app)
        assert not any(words in screen_text(app) for words in SAID)
        told[0] = ILL
        await settled(pilot, app)
        assert all(words in screen_text(app) for words in SAID)
        await pilot.press("n", "p")
        await settled(pilot, app)
        assert all(words in screen_text(app) for words in SAID)
        await pilot.press(*["escape"] * bool(keys))
        await settled(pilot, app)
        await pilot.press(*keys)
        await pilot.pause()
        assert all(words in screen_text(app) for words in SAID)
        told[0] = Health()
        await settled(pilot, app)
        assert not any(words in screen_text(app) for words in SAID)


@pytest.mark.parametrize("keys", OVER.values(), ids=[*OVER])
async def test_over_a_screen_without_banners_it_is_said_once(keys: tuple[str, ...]) -> None:
    told = [Health()]
    app = watched(told)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, app)
        await pilot.press(*keys)
        await settled(pilot, app)
        told[0] = ILL
        for _ in range(3):
            await settled(pilot, app)
        messages = [each.message for each in app._notifications]
        assert messages == [f"STALE: {SAID[0]}; {LAST_GOOD}", SAID[1]]


async def test_a_wall_has_the_banners_too() -> None:
    app = watched([ILL], wall=True)
    async with app.run_test(size=(200, 60)) as pilot:
        await settled(pilot, app)
        for _ in range(3):
            assert isinstance(app.screen, OverviewScreen)
            app.screen.rotate()
            await settled(pilot, app)
            assert all(words in screen_text(app) for words in SAID)


async def test_what_was_missed_is_a_page_with_banners() -> None:
    app = watched([ILL])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot, app)
        app.action_away()
        await pilot.pause()
        assert isinstance(app.screen, AwayScreen)
        assert all(words in screen_text(app) for words in SAID)
