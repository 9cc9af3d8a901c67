import pytest

from dashboard.panels import seats, status, ticker
from dashboard.screens.overview import OverviewScreen
from tests.dashboard.screen import screen_text
from tests.dashboard.test_app import running, settled
from tests.makers import nights

SAID = "not drawn: ZeroDivisionError in test_panel_boundary.py"


def broken(*_: object, **__: object) -> None:
    raise ZeroDivisionError("[/foo] \x1b[2J")


@pytest.mark.parametrize(
    ("module", "name"),
    [(seats, "seat_lines"), (status, "title_line"), (ticker, "ticker_items")],
)
async def test_a_panel_that_raises_says_so_in_its_place_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch, module: object, name: str
) -> None:
    async with running(nights.small_local()) as (pilot, app, player):
        before = screen_text(app)
        assert SAID not in before
        with monkeypatch.context() as patch:
            patch.setattr(module, name, broken)
            player.shown = nights.small_parliament()
            await settled(pilot, app)
            told = screen_text(app)
            assert SAID in told
            assert "[/foo]" not in told
            assert app.return_code is None
        player.shown = nights.small_local()
        await settled(pilot, app)
        assert screen_text(app).replace("✦", " ") == before


async def test_a_line_that_cannot_be_drawn_does_not_end_the_night(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(nights.small_local()) as (pilot, app, _):
        panel = app.screen.query_one(seats.SeatsPanel)
        monkeypatch.setattr(panel.painter, "strip", broken)
        panel.refresh()
        await settled(pilot, app)
        assert SAID in screen_text(app)
        assert isinstance(app.screen, OverviewScreen)
