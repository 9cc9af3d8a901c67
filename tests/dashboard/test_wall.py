"""A screen on a wall: no footer, the largest figures, pictures and areas in turn."""

import pytest
from textual.pilot import Pilot

from dashboard.app import NightApp
from dashboard.config import Looks
from dashboard.count.night import Election
from dashboard.panels.keybar import KeyBar
from dashboard.panels.seats import seat_sizes
from dashboard.panels.ticker import Ticker
from dashboard.screens.area import AreaScreen
from dashboard.screens.overview import OverviewScreen
from dashboard.screens.problems import ProblemsScreen
from dashboard.view.seats import seat_table
from tests.dashboard.screen import screen_lines, screen_text
from tests.dashboard.test_reading import quoted, running
from tests.makers import nights
from tests.makers.pictures import whole
from tests.makers.states import election, party, wandsworth


async def test_a_wall_has_no_footer_moves_nothing_and_turns_its_pictures() -> None:
    for size in ((120, 40), (200, 60)):
        async with running(quoted(), size=size, looks=Looks(wall=True)) as (pilot, app, _):
            assert not app.query_one(KeyBar).region.area
            assert app.animation_level == "none"
            assert not app.query_one(Ticker).moves
            overview = app.screen
            assert isinstance(overview, OverviewScreen)
            seen = set()
            for _turn in range(12):
                overview.rotate()
                await pilot.pause()
                if overview.picture.region.area:
                    seen.add(overview.picture.key)
            assert len(seen) >= 3


def overview_of(app: NightApp) -> OverviewScreen:
    return next(screen for screen in app.screen_stack if isinstance(screen, OverviewScreen))


async def stepped(app: NightApp, pilot: Pilot[int]) -> str | None:
    """Let the wall go on by one step, and return the area that is opened then."""
    overview_of(app).step_wall()
    await pilot.pause()
    assert not any(footer.region.area for footer in app.screen.query(KeyBar))
    return app.screen.area_id if isinstance(app.screen, AreaScreen) else None


async def test_a_wall_shows_each_area_that_has_just_declared_once_and_goes_back() -> None:
    before, after = nights.many_local(30, 10), nights.many_local(30, 12)
    async with running(before, size=(200, 60), looks=Looks(wall=True)) as (pilot, app, ticks):
        assert await stepped(app, pilot) is None
        app._player.shown = after  # type: ignore[attr-defined] # the fake player of this test
        ticks.now += 1
        app.beat()
        assert [await stepped(app, pilot) for _ in range(6)] == ["town 011", None, "town 010", None, None, None]


async def test_a_wall_leaves_a_reader_alone() -> None:
    async with running(nights.many_local(30, 10), size=(200, 60), looks=Looks(wall=True)) as (pilot, app, _):
        await pilot.press("c")
        key = overview_of(app).picture.key
        await stepped(app, pilot)
        assert isinstance(app.screen, ProblemsScreen)
        assert overview_of(app).picture.key == key


async def test_on_a_wall_the_figures_are_the_largest_there_is_room_for() -> None:
    lines: dict[bool, list[str]] = {}
    for wall in (False, True):
        async with running(quoted(), size=(200, 60), looks=Looks(wall=wall)) as (_, app, _):
            lines[wall] = screen_lines(app)
    assert not any("██████ ██" in text[60:100] for text in lines[False])
    assert any("██████" in text[60:100] for text in lines[True])


def six_parties() -> Election:
    codes = ("LAB", "CON", "LD", "GRN", "IND", "OTH")
    rows = tuple(party(code, 8 * (6 - number)) for number, code in enumerate(codes))
    return election(wandsworth(), parties=(*rows, party("NOC")))


@pytest.mark.parametrize(
    ("width", "lines", "heights"),
    [
        (76, 7, [1, 1, 1, 1, 1, 1]),
        (76, 11, [3, 3, 1, 1, 1, 1]),
        (76, 15, [3, 3, 3, 3, 1, 1]),
        (76, 21, [3, 3, 3, 3, 3, 3]),
        (96, 30, [5, 5, 5, 3, 3, 3]),
        (198, 54, [5, 5, 5, 5, 5, 5]),
        (50, 54, [1, 1, 1, 1, 1, 1]),
    ],
)
def test_on_a_wall_as_many_parties_as_have_room_are_big_before_any_is_larger(
    width: int, lines: int, heights: list[int]
) -> None:
    assert list(seat_sizes(seat_table(six_parties(), lines), lines, width, wall=True).heights) == [*heights, 1]


@pytest.mark.parametrize("size", [(120, 40), (160, 45), (200, 60), (400, 100)])
async def test_on_a_wall_the_seats_have_more_than_half_of_the_lines(size: tuple[int, int]) -> None:
    async with running(quoted(), size=size, looks=Looks(wall=True)) as (_, app, _):
        body, seats = (app.screen.query_one(name).region for name in ("#body", "#seats"))
        assert seats.height > body.height * 0.55
        assert bool(app.screen.query_one("#councils").region.area) is (size[0] >= 160)
        assert app.screen.query_one("#picture").region.area


async def test_a_wall_passes_over_a_picture_that_has_no_room() -> None:
    of = whole("2019-12-12-general").frame.night
    async with running(of, size=(160, 45), looks=Looks(wall=True)) as (pilot, app, _):
        overview = overview_of(app)
        seen = set()
        for _turn in range(5):
            await pilot.pause()
            assert "needs more room" not in screen_text(app)
            seen.add(overview.picture.key)
            overview.rotate()
        assert "hemicycle" not in seen
        assert len(seen) >= 3
