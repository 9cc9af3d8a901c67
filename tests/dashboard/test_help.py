"""The help: what is in front comes first, then every key; each panel, picture and page has its own words."""

import pytest

from dashboard.app import NightApp
from dashboard.panels.changes import ChangesPanel
from dashboard.panels.picture import PicturePanel
from dashboard.panels.seats import SeatsPanel
from dashboard.panels.ticker import Ticker
from dashboard.screens import area, audit, away, compare, problems, quotes
from dashboard.screens.help import HelpScreen, about_of
from dashboard.view.about import PAGES, PICTURES
from dashboard.view.pictures.gallery import KINDS
from tests.dashboard.screen import screen_text
from tests.dashboard.test_app import Ticks
from tests.makers import nights
from tests.makers.player import FakePlayer


def test_every_picture_and_every_page_has_words_of_its_own() -> None:
    assert set(PICTURES) == {kind.key for kind in KINDS}
    pages = (
        *(area.AreaScreen, audit.AuditScreen, away.AwayScreen),
        *(compare.CompareScreen, problems.ProblemsScreen, quotes.QuotesScreen),
    )
    assert {page.__name__.removesuffix("Screen").lower() for page in pages} | {"seats", "changes", "areas"} == set(
        PAGES
    )


@pytest.mark.parametrize(
    ("keys", "title"),
    [
        ((), "Table"),
        (("down", "enter"), "One area"),
        (("c",), "Corrections and problems"),
        (("Q",), "Quotes"),
        (("a",), "Audit"),
    ],
)
async def test_the_help_begins_with_what_is_in_front(keys: tuple[str, ...], title: str) -> None:
    app = NightApp(FakePlayer(nights.small_local()), ticks=Ticks())
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.beat()
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        before, found, _ = screen_text(app).partition("─ Keys ─")[2].partition("Look around")
        assert found
        assert f"  {title}  " in before


async def test_each_panel_and_picture_has_its_own_words() -> None:
    app = NightApp(FakePlayer(nights.small_local()), ticks=Ticks())
    async with app.run_test(size=(200, 60)) as pilot:
        await pilot.pause()
        app.beat()
        await pilot.pause()
        for kind, about in ((SeatsPanel, PAGES["seats"]), (ChangesPanel, PAGES["changes"]), (Ticker, PAGES["quotes"])):
            app.screen.query_one(kind).focus()
            await pilot.pause()
            assert about_of(app.screen) == about
        picture = app.screen.query_one(PicturePanel)
        picture.focus()
        await pilot.pause()
        for key in picture.keys:
            picture.choose(key)
            assert about_of(app.screen) == PICTURES[key]
