"""The screen of a live directory: what it brings, and what is wrong with it or with its recording."""

import asyncio
from collections.abc import AsyncIterator

from dashboard.app import NightApp
from dashboard.panels.councils import CouncilsPanel
from feeds.arrival import Event, Sighting
from feeds.health import Health
from feeds.state import FeedState
from tests.dashboard.screen import screen_text
from tests.dashboard.test_app import Ticks, running, settled
from tests.makers import nights
from tests.makers.player import FakePlayer
from tests.makers.states import at


async def test_what_a_directory_brings_reaches_the_player() -> None:
    event = Sighting(path="a.csv", at=at(1), state="waiting", reason="not quiet yet")

    async def changes() -> AsyncIterator[list[Event]]:
        yield [event]

    player = FakePlayer(nights.empty())
    app = NightApp(player, changes)
    async with app.run_test() as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
    assert player.added == [event]


async def test_a_directory_that_cannot_be_read_is_a_banner_and_the_figures_stay() -> None:
    async def changes() -> AsyncIterator[list[Event]]:
        await asyncio.sleep(0)
        raise OSError(2, "No such file or directory")
        yield []

    app = NightApp(FakePlayer(nights.small_local()), changes, ticks=Ticks())
    async with app.run_test(size=(120, 40)) as pilot:
        await app.workers.wait_for_complete()
        await settled(pilot, app)
        assert "STALE" in screen_text(app)
        assert "Wandsworth" in screen_text(app)


async def test_what_is_wrong_with_feed_and_recording_is_a_banner_as_long_as_it_is_wrong() -> None:
    told = [Health()]
    app = NightApp(FakePlayer(nights.small_local()), ticks=Ticks(), health=lambda: told[0])
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot, app)
        assert "NOT RECORDED" not in screen_text(app)
        told[0] = Health(FeedState(mode="events", state="gone"), "recording stopped: disk full")
        await settled(pilot, app)
        assert "STALE" in screen_text(app)
        assert "recording stopped: disk full; the watching goes on" in screen_text(app)
        told[0] = Health()
        await settled(pilot, app)
        assert "STALE" not in screen_text(app)
        assert "NOT RECORDED" not in screen_text(app)


async def test_a_directory_that_goes_is_stale_on_the_screen_and_one_that_comes_back_is_not() -> None:
    feed = FeedState(mode="polling", state="gone", why="asked for")
    app = NightApp(FakePlayer(nights.small_local()), ticks=Ticks(), health=lambda: Health(feed))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot, app)
        assert "STALE" in screen_text(app)
        assert "LIVE · polling" in screen_text(app)
        feed = FeedState(mode="events", state="ok")
        app.beat()
        await settled(pilot, app)
        assert "STALE" not in screen_text(app)


async def test_a_flood_is_counted_in_slices_and_a_key_is_answered_meanwhile() -> None:
    async with running(nights.small_local()) as (pilot, app, player):
        player.waiting = 1_000_000
        await pilot.press("s")
        assert app.query_one(CouncilsPanel).sort == "name"
        assert player.waiting > 0
