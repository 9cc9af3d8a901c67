"""An error in a timer, a key, a page, a picture, the palette or an export costs that, and not the night."""

from itertools import count

import pytest
from textual import _time
from textual.pilot import Pilot
from textual.timer import Timer

from dashboard.app import NightApp
from dashboard.panels.page import Page
from dashboard.panels.ticker import Ticker
from dashboard.screens import area as area_screen
from dashboard.screens.area import AreaScreen
from dashboard.screens.overview import OverviewScreen
from dashboard.screens.palette import NightCommands
from dashboard.screens.steady import SteadyApp
from tests.dashboard.screen import screen_text
from tests.dashboard.test_app import running, settled
from tests.makers import nights
from tests.makers.player import FakePlayer

SAID = "ZeroDivisionError in test_steady.py"


@pytest.fixture(autouse=True)
def as_in_the_night(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SteadyApp, "contains", True)


def broken(*_: object, **__: object) -> None:
    raise ZeroDivisionError("[/foo] \x1b[2J")


def said(app: NightApp) -> str:
    """Return all that can be read: the screen, and what is said over it."""
    return "\n".join([screen_text(app), *(each.message for each in app._notifications)])


async def goes_on(pilot: Pilot[int], app: NightApp, player: FakePlayer) -> None:
    """Assert that the error was said, in no words of a feed, and that keys and news still reach the screen."""
    await settled(pilot, app)
    told = said(app)
    assert SAID in told
    assert "[/foo]" not in told
    assert app.return_code is None
    while not isinstance(app.screen, OverviewScreen):
        await pilot.press("escape")
    player.shown = nights.small_parliament()
    await settled(pilot, app)
    await pilot.press("question_mark")
    await pilot.pause()
    assert "Keys" in screen_text(app)
    await pilot.press("escape")
    await pilot.pause()
    assert "provisional" in screen_text(app)


async def test_a_timer_of_a_panel(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(nights.small_local()) as (pilot, app, player):
        ticker = app.query_one(Ticker)
        Timer(ticker, 0.001, name="odd", callback=broken, repeat=3)._start()
        await pilot.pause(0.05)
        await goes_on(pilot, app, player)


@pytest.mark.parametrize(
    ("owner", "name", "key"),
    [
        (NightApp, "action_watch", "w"),
        (NightApp, "action_export", "x"),
        (NightApp, "action_copy", "y"),
        (NightApp, "action_away", "l"),
        (OverviewScreen, "action_sort", "s"),
        (OverviewScreen, "action_picture", "v"),
    ],
)
async def test_a_key(monkeypatch: pytest.MonkeyPatch, owner: type, name: str, key: str) -> None:
    monkeypatch.setattr(owner, name, broken)
    async with running(nights.small_local()) as (pilot, app, player):
        await pilot.press(key)
        await goes_on(pilot, app, player)


@pytest.mark.parametrize("name", ["compose", "on_mount", "title_row", "draw", "action_all_wards"])
async def test_a_page(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(AreaScreen, name, broken)
    async with running(nights.small_local()) as (pilot, app, player):
        await pilot.press("home", "down", "enter")
        await pilot.pause()
        await pilot.press("o")
        await goes_on(pilot, app, player)


async def test_the_words_of_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(nights.small_local()) as (pilot, app, _):
        with monkeypatch.context() as patch:
            patch.setattr(area_screen, "area_sections", broken)
            await pilot.press("home", "down", "enter")
            await settled(pilot, app)
            assert isinstance(app.screen, AreaScreen)
            assert SAID in screen_text(app)
        app.screen.query_one("#main", Page).on_resize(None)  # type: ignore[arg-type]  # nothing of the event is read
        await settled(pilot, app)
        assert SAID not in screen_text(app)


@pytest.mark.parametrize("name", ["search", "discover"])
async def test_the_palette(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(NightCommands, name, broken)
    async with running(nights.small_local()) as (pilot, app, _):
        await pilot.press("ctrl+p", "w")
        await pilot.pause()
        await pilot.press("escape")
        await settled(pilot, app)
        assert app.return_code is None
        assert "provisional" in screen_text(app)


async def test_the_same_error_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NightApp, "action_watch", broken)
    async with running(nights.small_local()) as (pilot, app, _):
        await pilot.press("w", "w", "w")
        await settled(pilot, app)
        assert [SAID in each.message for each in app._notifications] == [True]


async def test_an_error_of_the_count_ends_the_program_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def count(limit: int = 0) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        async with running(nights.small_local()) as (pilot, app, player):
            monkeypatch.setattr(player, "tick", count)
            await settled(pilot, app)


async def test_a_timer_whose_time_has_passed_before_it_is_looked_at_calls_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    called: list[str] = []
    looks = count(1.0)
    async with running(nights.small_local()) as (pilot, app, _):
        with monkeypatch.context() as patch:
            patch.setattr(_time, "get_time", lambda: next(looks))
            app.set_timer(0.001, lambda: called.append("late"))
            await pilot.pause()
            await pilot.pause()
        await pilot.pause(0.02)
    assert called == ["late"]
