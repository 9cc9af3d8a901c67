"""The ticker stands for who reads it; quotes, copying, the palette, one panel alone, alerts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
import pytest
from textual.pilot import Pilot

from dashboard.alerts import Alerts, title_sequence
from dashboard.app import NightApp
from dashboard.config import Config, Looks
from dashboard.count.night import Night, Said
from dashboard.panels.changes import ChangesPanel
from dashboard.panels.councils import CouncilsPanel
from dashboard.panels.keybar import KeyBar
from dashboard.panels.picture import PicturePanel
from dashboard.panels.seats import SeatsPanel
from dashboard.panels.ticker import HOLD, Ticker
from dashboard.screens.area import AreaScreen
from dashboard.screens.overview import OverviewScreen
from dashboard.screens.palette import NightCommands
from dashboard.screens.quotes import QuotesScreen
from dashboard.view.frame import Frame
from dashboard.view.quotes import fits, said_rows
from feeds.places import folded_place
from feeds.report import Quote
from tests.dashboard.screen import screen_lines, screen_text
from tests.makers import nights
from tests.makers.player import LONDON, FakePlayer
from tests.makers.states import at, election, night, wandsworth


class Steady:
    """Seconds that a test sets."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def said(text: str, speaker: str = "Ann Example", party: str | None = "LAB", minute: int = 0) -> Said:
    return Said(quote=Quote(text=text, speaker=speaker, party=party), at=at(1, minute), path="q.csv")


def quoted(number: int = 30) -> Night:
    quotes = tuple(said(f"quote number {n}", minute=n) for n in range(number))
    return msgspec.structs.replace(nights.small_local(), quotes=quotes)


@asynccontextmanager
async def running(
    of: Night, *, size: tuple[int, int] = (120, 40), looks: Looks | None = None
) -> AsyncIterator[tuple[Pilot[int], NightApp, Steady]]:
    ticks = Steady()
    app = NightApp(FakePlayer(of), ticks=ticks, looks=looks)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        ticks.now = 1.0
        app.beat()
        await pilot.pause()
        await pilot.pause()
        yield pilot, app, ticks


def line(app: NightApp) -> str:
    return app.query_one(Ticker).render_line(0).text


async def test_the_ticker_stands_while_it_has_the_focus_and_goes_on_from_there() -> None:
    async with running(quoted()) as (pilot, app, ticks):
        ticker = app.query_one(Ticker)
        before = line(app)
        ticks.now += 1
        assert line(app) != before
        ticker.focus()
        await pilot.pause()
        held = line(app)
        ticks.now += 60
        assert line(app) == held
        app.query_one(SeatsPanel).focus()
        await pilot.pause()
        assert line(app) == held
        ticks.now += 1
        assert line(app) != held


async def test_the_ticker_stands_under_the_pointer() -> None:
    async with running(quoted()) as (pilot, app, ticks):
        await pilot.hover(Ticker)
        await pilot.pause()
        held = line(app)
        ticks.now += 60
        assert line(app) == held
        await pilot.hover(SeatsPanel)
        await pilot.pause()
        ticks.now += 1
        assert line(app) != held


async def test_a_still_ticker_turns_the_page_instead_of_moving() -> None:
    async with running(quoted(), looks=Looks(config=Config(ticker="still"))) as (_, app, ticks):
        first = line(app)
        assert "quote number 29" in first
        assert "quote number 28" not in first
        ticks.now = HOLD - 0.1
        assert line(app) == first
        ticks.now = HOLD + 0.1
        assert "quote number 28" in line(app)


@pytest.mark.parametrize(("speed", "cells"), [("slow", 4), ("normal", 8), ("fast", 16)])
async def test_the_ticker_moves_by_as_many_cells_a_second_as_was_asked_for(speed: str, cells: int) -> None:
    config = msgspec.convert({"ticker": speed}, Config)
    async with running(quoted(), looks=Looks(config=config)) as (_, app, ticks):
        before = line(app)
        ticks.now += 1
        assert line(app)[: 120 - cells] == before[cells:]


def test_quotes_are_filtered_by_text_speaker_and_party_without_case_and_accents() -> None:
    quote = said("Dyna ni, diolch", "Siân Example", "PC")
    assert [fits(quote, text) for text in ("DIOLCH", "sian", "plaid", "pc sian", "!labour", "")] == [True] * 6
    assert [fits(quote, text) for text in ("labour", "!sian", "pc bob")] == [False] * 3


def test_all_quotes_are_listed_newest_first_in_full() -> None:
    rows = said_rows(quoted(), "", LONDON, 60)
    told = [row.text for row in rows if "quote number" in row.text]
    assert told == [f"❝ quote number {n} ❞" for n in reversed(range(30))]
    assert [row.text for row in said_rows(nights.empty(), "", LONDON, 60)] == ["nobody has said anything yet"]


async def test_the_list_of_quotes_opens_filters_and_closes_in_two_steps() -> None:
    async with running(quoted()) as (pilot, app, _):
        await pilot.press("Q", "slash", *"number 17", "enter")
        await pilot.pause()
        assert isinstance(app.screen, QuotesScreen)
        text = screen_text(app)
        assert "1 of 30 quotes" in text
        assert "quote number 17" in text
        assert "quote number 18" not in text
        await pilot.press("escape")
        await pilot.pause()
        assert "quote number 18" in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, OverviewScreen)


async def test_a_click_on_the_ticker_opens_the_list_of_quotes() -> None:
    async with running(quoted()) as (pilot, app, _):
        await pilot.click(Ticker)
        await pilot.pause()
        assert isinstance(app.screen, QuotesScreen)


async def test_y_copies_the_line_under_the_cursor_else_the_figures_inert() -> None:
    hostile = wandsworth(name="Wands\x1b]52;c;x\x07worth")
    async with running(night(election(hostile))) as (pilot, app, _):
        await pilot.press("y")
        assert "as at Fri 6 May 2022 02:41:00 BST" in app.clipboard
        await pilot.press("down", "y")
        assert "LAB gain" in app.clipboard
        assert "Lab 35" in app.clipboard
        assert app.clipboard.isprintable()


async def test_one_panel_alone_and_back() -> None:
    for size in ((80, 24), (120, 40), (200, 60)):
        async with running(nights.small_local(), size=size) as (pilot, app, _):
            for kind in (SeatsPanel, ChangesPanel):
                app.query_one(kind).focus()
                await pilot.press("m")
                await pilot.pause()
                shown = [
                    p for p in (SeatsPanel, ChangesPanel, CouncilsPanel, PicturePanel) if app.query_one(p).region.area
                ]
                assert shown == [kind]
                assert app.query_one(kind).region.width >= size[0] - 2
                await pilot.press("m")
                await pilot.pause()
                assert app.query_one(SeatsPanel).region.area
                assert app.query_one(ChangesPanel).region.area


async def test_keys_that_can_do_nothing_are_grey_and_say_why() -> None:
    async with running(nights.small_local(), size=(280, 60)) as (pilot, app, _):
        bar = app.query_one(KeyBar)
        quiet = bar.painter.palette.on("quiet", bar.painter.ground)
        grey = {word for s in bar.render_line(0) if s.style == quiet for word in s.text.split()}
        assert {"e", "election", "b", "baseline", "+", "faster", "-", "slower"} <= grey
        assert "help" not in grey
        await pilot.click(KeyBar, offset=(bar.render_line(0).text.index("e election"), 0))
        await pilot.pause()
        assert "This night has no other election." in [each.message for each in app._notifications]
        await pilot.press("question_mark")
        await pilot.pause()
        page = app.screen.query_one("#help").scrollable_content_region
        told = " ".join(line[page.x : page.right] for line in screen_lines(app)[page.y : page.bottom])
        assert "(not now: this night has no other election)" in " ".join(told.split())


async def found(app: NightApp, query: str) -> list[str]:
    provider = NightCommands(app.screen)
    return [hit.text or "" async for hit in provider.search(query)]


async def test_the_palette_finds_areas_times_and_pictures_and_never_reads_markup() -> None:
    of = night(election(wandsworth(), wandsworth(id="odd", name="[/foo] [red]Odd")))
    async with running(of) as (pilot, app, _):
        assert "Wandsworth" in await found(app, "wandsw")
        assert "02:14" in await found(app, "02:14")
        assert "picture: seats" in await found(app, "picture")
        assert "export" in await found(app, "export")
        await pilot.press("ctrl+p", *"odd")
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "[/foo] [red]Odd" in screen_text(app)


async def test_an_area_chosen_in_the_palette_is_opened_and_a_picture_shown() -> None:
    async with running(nights.small_local()) as (pilot, app, _):
        app.screen_stack[0].query_one(PicturePanel)
        overview = app.screen
        assert isinstance(overview, OverviewScreen)
        overview.show_picture("seats")
        await pilot.pause()
        assert overview.picture.key == "seats"
        assert overview.picture.region.area
        app.open(nights.small_local().elections[0].areas[0].id)
        await pilot.pause()
        assert isinstance(app.screen, AreaScreen)


def frame(of: Night, *names: str) -> Frame:
    watch = frozenset(map(folded_place, names))
    return Frame(night=of, election_id=None, as_at=at(1), begin=at(0), end=at(2), zone=LONDON, live=True, watch=watch)


def test_only_news_of_watched_areas_alerts_and_neither_a_jump_nor_a_new_star_is_news() -> None:
    out = wandsworth(stage="expected", revision=0, control=None, outcome=None)
    before, after = night(election(out)), night(election(wandsworth()))
    alerts = Alerts()
    assert alerts.news(frame(before, "Wandsworth"), 0) == []
    assert alerts.news(frame(after, "Wandsworth"), 0) == ["★ Wandsworth: LAB gain from CON"]
    assert alerts.news(frame(after, "Wandsworth"), 0) == []
    assert alerts.news(frame(before, "Wandsworth"), 1) == []
    assert alerts.news(frame(before), 1) == []
    assert alerts.news(frame(after, "Wandsworth"), 1) == []


def test_nothing_in_a_name_ends_the_title_of_the_terminal() -> None:
    told = title_sequence("★ A\x07B\x1b\\C\u009cD")
    assert told.startswith("\x1b]0;")
    assert told.endswith("\x07")
    assert told[4:-1].isprintable()


@pytest.mark.parametrize("wanted", [True, False])
async def test_the_bell_rings_for_a_watched_area_only_where_that_is_wanted(
    wanted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[str] = []
    monkeypatch.setattr(NightApp, "bell", lambda app: rung.append("bell"))
    monkeypatch.setattr(NightApp, "entitle", lambda app, words: rung.append(words))
    before, after = night(election(wandsworth(stage="expected", outcome=None))), night(election(wandsworth()))
    async with running(before, looks=Looks(config=Config(alerts=wanted))) as (pilot, app, ticks):
        app.action_watch()
        await pilot.press("down", "w")
        ticks.now += 1
        app._player.shown = after  # type: ignore[attr-defined] # the fake player of this test
        app.beat()
        await pilot.pause()
    assert rung == (["bell", "★ Wandsworth: LAB gain from CON"] if wanted else [])
