"""While you were away, on the screen: when it comes by itself, and when it goes."""

import asyncio
from datetime import timedelta

import pytest
from textual import events

from dashboard.app import NightApp
from dashboard.panels.page import Page
from dashboard.screens.away import AwayScreen
from dashboard.screens.overview import OverviewScreen
from dashboard.screens.returning import LONG, LOOKING, REJOINED, STALL, STAYS, Attention, Look
from tests.makers.player import FakePlayer
from tests.makers.states import area, at, election, night, wandsworth

OUT = area("Wandsworth", previous="CON", total=58, up=58)


class TestAttention:
    def look(self, seconds: float) -> Look:
        return Look(night(events=int(seconds)), at(1) + timedelta(seconds=seconds), seconds)

    def test_keys_close_to_each_other_are_one_look(self) -> None:
        attention = Attention(self.look(0))
        for seconds in (600.0, 600 + LOOKING - 1, 600 + 2 * LOOKING - 2):
            assert not attention.touched(self.look(seconds))
        assert attention.since.seconds == 0

    def test_a_look_begins_where_the_last_one_ended(self) -> None:
        attention = Attention(self.look(0))
        for seconds in (600.0, 650.0, 2000.0):
            attention.touched(self.look(seconds))
        assert attention.since.seconds == 650

    @pytest.mark.parametrize(("gap", "long"), [(LONG - 1, False), (LONG, True)])
    def test_an_hour_without_a_sign_is_long(self, gap: float, long: bool) -> None:
        assert Attention(self.look(0)).touched(self.look(gap)) is long

    @pytest.mark.parametrize(("gap", "stood"), [(STALL - 1, False), (STALL, True)])
    def test_a_heart_that_stood_still_is_noticed_once(self, gap: float, stood: bool) -> None:
        attention = Attention(self.look(0))
        assert attention.beat(gap) is stood
        assert not attention.beat(gap + 1)

    @pytest.mark.parametrize(("gap", "back"), [(REJOINED - 1, False), (REJOINED, True)])
    def test_another_size_after_minutes_without_a_sign_is_a_terminal_that_came_back(
        self, gap: float, back: bool
    ) -> None:
        attention = Attention(self.look(0))
        attention.touched(self.look(10))
        assert attention.rejoined(self.look(10 + gap)) is back
        assert attention.since.seconds == (10 if back else 0)

    def test_another_size_alone_is_no_sign_of_a_reader(self) -> None:
        attention = Attention(self.look(0))
        attention.rejoined(self.look(REJOINED - 1))
        assert attention.touched(self.look(LONG))
        assert attention.since.seconds == 0


class Wall:
    """A wall clock that a test sets."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


class TestScreen:
    def drawn(self, app: NightApp) -> str:
        page = app.screen.query_one(Page)
        return "\n".join("".join(s.text for s in page.render_line(y)) for y in range(page.size.height))

    def later(self, player: FakePlayer) -> None:
        player.shown = night(election(wandsworth()), events=1)

    async def test_l_tells_what_has_happened_and_goes_on_telling(self) -> None:
        player = FakePlayer(night(election(OUT)))
        app = NightApp(player, wall=Wall())
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.press("l")
            await pilot.pause()
            assert isinstance(app.screen, AwayScreen)
            assert "Nothing has happened" in self.drawn(app)
            self.later(player)
            app.screen.show(player.night)
            await pilot.pause()
            assert "WANDSWORTH LAB gain from CON" in self.drawn(app)
            await pilot.press("l")
            assert isinstance(app.screen, OverviewScreen)

    async def test_the_first_key_after_an_hour_brings_it_by_itself_and_does_what_it_does(self) -> None:
        player, wall = FakePlayer(night(election(OUT))), Wall()
        app = NightApp(player, wall=wall)
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.press("space")
            self.later(player)
            for _ in range(int(LONG / (STALL - 1)) + 1):
                wall.seconds += STALL - 1
                app.beat()
            await pilot.press("space")
            await pilot.pause()
            assert isinstance(app.screen, AwayScreen)
            assert not player.held
            assert "WANDSWORTH LAB gain from CON" in self.drawn(app)

    async def test_a_sleep_brings_it_by_itself_only_where_something_happened(self) -> None:
        player, wall = FakePlayer(night(election(OUT))), Wall()
        app = NightApp(player, wall=wall)
        async with app.run_test(size=(120, 40)) as pilot:
            for news in (False, True):
                if news:
                    self.later(player)
                wall.seconds += STALL
                app.beat()
                await pilot.pause()
                assert isinstance(app.screen, AwayScreen) is news

    @pytest.mark.parametrize("back", ["size", "focus"])
    @pytest.mark.parametrize(("gap", "shown"), [(REJOINED - 1, False), (REJOINED, True)])
    async def test_a_terminal_that_comes_back_after_minutes_brings_it_by_itself(
        self, back: str, gap: float, shown: bool
    ) -> None:
        player, wall = FakePlayer(night(election(OUT))), Wall()
        app = NightApp(player, wall=wall)
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.press("down")
            app.post_message(events.AppBlur())
            await pilot.pause()
            self.later(player)
            while gap > 0:
                wall.seconds += min(STALL - 1, gap)
                gap -= STALL - 1
                app.beat()
            if back == "size":
                await pilot.resize_terminal(121, 40)
            else:
                app.post_message(events.AppFocus())
            await pilot.pause()
            await pilot.pause()
            assert isinstance(app.screen, AwayScreen) is shown

    async def test_what_nobody_asked_for_goes_away_by_itself_and_what_was_asked_for_stays(self) -> None:
        look = Look(night(election(OUT)), at(1), 0)
        player = FakePlayer(night(election(OUT)))
        app = NightApp(player, wall=Wall())
        async with app.run_test(size=(120, 40)) as pilot:
            app.push_screen(AwayScreen(player, look, None, stays=0.001))
            async with asyncio.timeout(20):
                while not isinstance(app.screen, OverviewScreen):
                    await pilot.pause()
            assert STAYS > 1
