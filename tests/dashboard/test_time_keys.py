"""The keys for time on the screen, and the field that asks where to go."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from dashboard.app import NightApp
from dashboard.panels.councils import CouncilsPanel
from dashboard.panels.timebar import TimeBar
from dashboard.player import Player
from dashboard.screens.goto import GoToScreen
from dashboard.screens.overview import OverviewScreen
from tests.dashboard.screen import screen_lines, screen_text
from tests.makers.events import at
from tests.makers.replays import Ticks, Wall, declared, evening, live, replay


@asynccontextmanager
async def running(
    player: Player | None = None, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[tuple[Pilot[int], NightApp, Player]]:
    player = player or replay(evening(), Ticks())
    player.pause()
    player.seek(at(70))
    app = NightApp(player)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.moved()
        await pilot.pause()
        yield pilot, app, player


async def test_brackets_tenths_and_undo_move_the_night() -> None:
    async with running() as (pilot, app, player):
        await pilot.press("]")
        assert declared(player) == ["Adur", "Bolton"]
        await pilot.press("]", "[")
        assert player.as_at == at(120)
        await pilot.press("2")
        assert player.as_at == at(240)
        await pilot.press("u", "u", "u", "u")
        assert player.as_at == at(70)
        await pilot.press("u")
        await pilot.pause()
        assert [each.message for each in app._notifications] == ["There is no jump to undo."]


async def test_a_digit_belongs_to_the_field_that_is_typed_in() -> None:
    async with running() as (pilot, app, player):
        await pilot.press("/", "5", "g", "]", "u")
        assert player.as_at == at(70)
        assert app.query_one(CouncilsPanel).field.value == "5g]u"


async def test_the_table_keeps_its_own_keys() -> None:
    async with running() as (pilot, app, player):
        table = app.query_one(CouncilsPanel).table
        table.focus()
        await pilot.press("home", "down", "end", "pageup", "pagedown")
        assert player.as_at == at(70)
        assert table.cursor is not None


async def test_g_goes_to_what_is_typed_and_says_what_is_wrong() -> None:
    async with running() as (pilot, app, player):
        await pilot.press("g", *"Boltn", "enter")
        await pilot.pause()
        assert isinstance(app.screen, GoToScreen)
        assert "the nearest is Bolton" in screen_text(app)
        assert player.as_at == at(70)
        app.screen.query_one(Input).value = ""
        await pilot.press(*"+2h", "enter")
        await pilot.pause()
        assert isinstance(app.screen, OverviewScreen)
        assert player.as_at == at(190)
        await pilot.press("g", "escape")
        await pilot.pause()
        assert isinstance(app.screen, OverviewScreen)


@pytest.mark.parametrize("name", ["[red]", "[/foo]", "\x1b[2J", "[@click=app.quit]x[/]"])
async def test_what_is_typed_is_never_markup_nor_control(name: str) -> None:
    async with running() as (pilot, app, _):
        await pilot.press("g")
        app.screen.query_one(Input).value = name
        await pilot.press("enter")
        await pilot.pause()
        (answer,) = [line for line in screen_lines(app) if "neither a time nor an area" in line]
        assert "\x1b" not in answer


async def test_a_click_on_the_bar_goes_there() -> None:
    async with running() as (pilot, app, player):
        bar = app.query_one(TimeBar)
        line = screen_lines(app)[bar.region.y]
        await pilot.click(TimeBar, offset=(line.index("┄") + 10, 0))
        assert player.as_at > at(100)


async def test_a_drag_along_the_bar_goes_along_and_is_undone_as_one_jump() -> None:
    async with running() as (pilot, app, player):
        player.pause()
        before = player.as_at
        first = screen_lines(app)[app.query_one(TimeBar).region.y].index("◉") + 20
        places = []
        await pilot.mouse_down(TimeBar, offset=(first, 0))
        for cell in (first, first + 6, first - 8):
            await pilot.hover(TimeBar, offset=(cell, 0))
            places.append(player.as_at)
        await pilot.mouse_up(TimeBar, offset=(first - 8, 0))
        assert before < places[2] < places[0] < places[1]
        await pilot.hover(TimeBar, offset=(first + 3, 0))
        assert player.as_at == places[2]
        await pilot.press("u")
        assert player.as_at == before


async def test_another_button_than_the_first_goes_nowhere() -> None:
    async with running() as (pilot, _, player):
        player.pause()
        before = player.as_at
        await pilot.click(TimeBar, offset=(60, 0), button=3)
        assert player.as_at == before


@pytest.mark.parametrize(("size", "rows"), [((80, 24), 1), ((120, 40), 1), ((200, 60), 2)])
async def test_the_bar_has_as_many_lines_as_there_is_room_for(size: tuple[int, int], rows: int) -> None:
    async with running(size=size) as (_, app, _):
        assert app.query_one(TimeBar).region.height == rows
        assert "22:00 ━" in screen_text(app)


@pytest.mark.parametrize(("size", "there"), [((80, 24), False), ((120, 40), True)])
async def test_a_live_night_that_goes_on_has_a_bar_where_there_is_room(size: tuple[int, int], there: bool) -> None:
    player = live(evening(), Wall(at(200)))
    player.add([e for e, _ in evening() if e.at <= at(200)])
    player.tick()
    async with running(player, size) as (pilot, app, _):
        assert app.query_one(TimeBar).display
        assert "PAUSED · 2 behind" in screen_text(app)
        await pilot.press("ctrl+end")
        await pilot.pause()
        assert "● LIVE" in screen_text(app)
        assert app.query_one(TimeBar).display == there


@pytest.mark.parametrize("key", ["g", "x"])
async def test_a_question_leaves_in_sight_what_it_is_about(key: str) -> None:
    async with running() as (pilot, app, _):
        before = screen_lines(app)[:20]
        await pilot.press(key)
        await pilot.pause()
        assert app.screen.is_modal
        assert screen_lines(app)[:20] == before
