"""The picture on the screen: where it stands, how it is turned, and what a click in it does."""

import pytest
from textual.app import App
from textual.widget import Widget

from dashboard.panels.picture import PicturePanel
from dashboard.screens.area import AreaScreen
from tests.dashboard.screen import screen_text
from tests.dashboard.test_app import running, settled
from tests.makers import nights
from tests.makers.states import area, election, night, wandsworth


def panel(app: App[int]) -> PicturePanel:
    return app.screen.query_one(PicturePanel)


@pytest.mark.parametrize(
    ("size", "stands"),
    [
        ((80, 24), False),
        ((120, 37), False),
        ((160, 24), False),
        ((160, 32), True),
        ((160, 40), True),
        ((400, 100), True),
    ],
)
async def test_a_wide_screen_has_a_picture_under_the_control_changes(size: tuple[int, int], stands: bool) -> None:
    async with running(nights.small_local(), size) as (_, app, _):
        shown = panel(app)
        assert bool(shown.region.area) is stands
        if stands:
            changes = app.screen.query_one("#changes", Widget)
            assert shown.region.y == changes.region.bottom
            assert shown.region.x == changes.region.x


@pytest.mark.parametrize("size", [(100, 38), (120, 40), (159, 60)])
async def test_a_narrow_screen_has_the_picture_under_the_table(size: tuple[int, int]) -> None:
    async with running(nights.small_local(), size) as (_, app, _):
        shown, table = panel(app), app.screen.query_one("#councils", Widget)
        assert shown.region.y == table.region.bottom
        assert shown.region.width == table.region.width == size[0]
        assert table.region.height >= 9


async def test_on_a_wide_screen_the_key_goes_round_in_its_place() -> None:
    async with running(nights.small_parliament(), (200, 60)) as (pilot, app, _):
        seen = []
        for _ in range(len(panel(app).keys) + 1):
            seen.append(panel(app).key)
            await pilot.press("v")
        assert seen == ["hemicycle", "race", "seats", "flow", "hemicycle"]
        await pilot.press("V")
        assert panel(app).key == "hemicycle"
        assert app.screen.query_one("#seats", Widget).region.area


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 37)])
async def test_elsewhere_the_pictures_go_over_the_screen_and_away_after_the_last(size: tuple[int, int]) -> None:
    async with running(nights.small_parliament(), size) as (pilot, app, _):
        await pilot.press("v")
        await pilot.pause()
        body = app.screen.query_one("#body", Widget)
        assert panel(app).region.size == body.region.size
        assert "4 for a majority" in screen_text(app)
        for _ in panel(app).keys[1:]:
            await pilot.press("v")
        assert panel(app).region.area
        await pilot.press("v")
        await pilot.pause()
        assert not panel(app).region.area
        assert app.screen.query_one("#changes", Widget).region.area
        assert panel(app).key == "hemicycle"


@pytest.mark.parametrize(("key", "there"), [("escape", "#changes"), ("t", "#areas"), ("slash", "#areas")])
async def test_a_picture_over_the_screen_gives_way(key: str, there: str) -> None:
    async with running(nights.small_parliament(), (80, 24)) as (pilot, app, _):
        await pilot.press("v")
        await pilot.pause()
        await pilot.press(key)
        await pilot.pause()
        assert not panel(app).region.area
        assert app.screen.query_one(there, Widget).region.area


async def test_a_picture_follows_the_night() -> None:
    undeclared = night(election(area("Wandsworth", code="E09000032"), area("Barnet", code="E09000003")))
    async with running(undeclared, (200, 60)) as (pilot, app, player):
        assert "London · 0 of 2 declared" in screen_text(app)
        player.shown = night(election(wandsworth(code="E09000032"), area("Barnet", code="E09000003")))
        await settled(pilot, app)
        assert "London · 1 of 2 declared" in screen_text(app)
        assert "LAB gain" in screen_text(app)


async def test_a_click_on_a_tile_opens_the_area_and_elsewhere_turns_the_picture() -> None:
    of = night(election(wandsworth(code="E09000032"), area("Barnet", code="E09000003")))
    async with running(of, (200, 60)) as (pilot, app, _):
        shown = panel(app)
        lines = screen_text(app).splitlines()
        y = next(n for n, text in enumerate(lines) if "Wns" in text)
        before = shown.key
        await pilot.click(offset=(shown.region.right - 3, shown.region.bottom - 3))
        assert shown.key != before
        await pilot.press("V")
        await pilot.click(offset=(lines[y].index("Wns"), y))
        await pilot.pause()
        assert isinstance(app.screen, AreaScreen)
        assert app.screen.area_id == "wandsworth"


async def test_the_picture_of_a_council_follows_the_cursor() -> None:
    of = night(election(wandsworth(), wandsworth(name="Adur", id="adur")))
    async with running(of, (200, 60)) as (pilot, app, _):
        while panel(app).key != "council":
            await pilot.press("v")
        await pilot.press("home")
        await pilot.pause()
        await pilot.pause()
        assert "Adur · LAB gain" in screen_text(app)
        await pilot.press("down")
        await pilot.pause()
        await pilot.pause()
        assert "Wandsworth · LAB gain" in screen_text(app)


@pytest.mark.parametrize("had", ["#seats", "#changes", "#ticker"])
@pytest.mark.parametrize("keys", [("v", "escape"), ("v", "m"), ("V", "V"), ("v", "t", "t"), ("t", "t"), ("t", "m")])
async def test_what_had_the_focus_before_something_stood_alone_has_it_again_after(
    had: str, keys: tuple[str, ...]
) -> None:
    async with running(nights.small_parliament(), (80, 24)) as (pilot, app, _):
        app.screen.query_one(had).focus()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        assert not any(app.screen.query_one(name).region.area for name in ("#picture", "#councils"))
        assert app.screen.focused is app.screen.query_one(had)


async def test_on_a_larger_screen_the_table_alone_gives_the_focus_back_too() -> None:
    async with running(nights.small_parliament(), (120, 40)) as (pilot, app, _):
        app.screen.query_one("#picture").focus()
        await pilot.press("t")
        await pilot.pause()
        assert app.screen.focused is app.screen.query_one("#areas")
        await pilot.press("t")
        await pilot.pause()
        assert app.screen.focused is app.screen.query_one("#picture")


async def test_what_had_the_focus_and_has_no_place_any_more_does_not_get_it() -> None:
    async with running(nights.small_parliament(), (120, 40)) as (pilot, app, _):
        await pilot.press("t")
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        await pilot.press("t")
        await pilot.pause()
        assert app.screen.focused is app.screen.query_one("#changes")
