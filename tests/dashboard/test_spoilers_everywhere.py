"""Two nights with one past and two futures are one picture in every place that a reader can look at, at every size."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import cache
from io import StringIO
from typing import Final

import pytest
from textual.pilot import Pilot

from dashboard.app import NightApp
from dashboard.config import Looks
from dashboard.panels.picture import PicturePanel
from dashboard.plain import Lines
from dashboard.player import Player
from dashboard.screens.area import AreaScreen
from dashboard.screens.audit import AuditScreen
from dashboard.screens.overview import OverviewScreen
from dashboard.tables import print_check, print_tally
from feeds.arrival import Arrival, Event, digest
from feeds.clock import ReplayClock
from feeds.formats import read
from feeds.report import Reading
from feeds.saved import SavedNight, open_night
from tests.dashboard.test_spoilers import Still, cells

FORKS = {"2022-05-05-local": 120, "2019-12-12-general": 250}
"""The event at whose moment the two futures of a night part."""

PLACES = [("2022-05-05-local", (80, 24)), ("2022-05-05-local", (120, 40)), ("2022-05-05-local", (200, 60))] + [
    ("2019-12-12-general", size) for size in ((100, 30), (200, 60))
]
KEYS = {
    "problems": "c", "quotes": "Q", "away": "l", "help": "?", "parties' audit": "a", "goto": "g", "export": "x",
    "palette": "ctrl+p",
}  # fmt: skip
FILTERS = ("declared", "undeclared", "gain", "lab", "!con", "w")
LAST = b"""area,party,elected,total\nA place that nobody had named before,UKIP,30,30\n# rows=1\n"""

Cells = list[list[tuple[str, str]]]


@cache
def night(name: str) -> SavedNight:
    return open_night(name)


@cache
def reading(path: str, data: bytes) -> Reading:
    return read(path, data)


def past(name: str) -> list[Event]:
    events = night(name).events
    return [event for event in events if event.at <= events[FORKS[name]].at]


def as_it_was(name: str) -> list[Event]:
    """Return the whole night."""
    return list(night(name).events)


def otherwise(name: str) -> list[Event]:
    """Return the same past, then a new party in a new place, a broken file and a lost one, days later."""
    at = past(name)[-1].at
    end = at + timedelta(days=3)
    return [
        *past(name),
        Arrival(path="new.csv", data=LAST, digest=digest(LAST), at=at + timedelta(minutes=1), basis="arrived"),
        Arrival(path="bad.csv", data=b"area,party\n", digest=digest(b"area,party\n"), at=end, basis="arrived"),
    ]


def player_of(events: list[Event]) -> Player:
    clock = ReplayClock(events[0].at, max(event.at for event in events), 60.0, ticks=lambda: 0.0)
    return Player(clock, events, read=reading)


@asynccontextmanager
async def screen(name: str, events: list[Event], size: tuple[int, int]) -> AsyncIterator[tuple[NightApp, Pilot[int]]]:
    """Give a program that was at the end of a night and has gone back to the fork."""
    player = player_of(events)
    app = NightApp(player, ticks=Still(), wall=lambda: 0.0, looks=Looks())
    async with app.run_test(size=size) as pilot:
        app.animation_level = "none"
        player.to_end()
        app.moved()
        await pilot.pause()
        player.pause()
        player.seek(past(name)[-1].at)
        app.moved()
        await settled(app, pilot)
        yield app, pilot


async def settled(app: NightApp, pilot: Pilot[int]) -> None:
    for _ in range(3):
        app.beat()
        await pilot.pause()


SORTS: Final = 14
"""More ways to sort than a table has, so that each is looked at."""


async def tour(name: str, events: list[Event], size: tuple[int, int]) -> dict[str, Cells]:
    """Return what every place of the program shows at the fork."""
    seen: dict[str, Cells] = {}
    async with screen(name, events, size) as (app, pilot):

        async def look(what: str) -> None:
            await settled(app, pilot)
            seen[what] = cells(app)

        await look("overview")
        for what, key in KEYS.items():
            await pilot.press(key)
            await look(what)
            await pilot.press("escape")
        overview = app.screen
        assert isinstance(overview, OverviewScreen)
        for number in range(SORTS):
            await pilot.press("s")
            await look(f"sort {number}")
        await pilot.press("t")
        await look("table")
        for words in FILTERS:
            await pilot.press("slash", *words, "enter")
            await look(f"filter {words}")
            await pilot.press("escape")
        await pilot.press("end")
        await look("the table's end")
        await pilot.press("t")
        panel = overview.query_one(PicturePanel)
        await pilot.press("v")
        for key in panel.keys:
            panel.choose(key)
            await look(f"picture {key}")
        election = app.election_shown()
        assert election is not None
        out = [next(a for a in election.areas if a.is_declared), next(a for a in election.areas if not a.is_declared)]
        for area in out:
            app.push_screen(AreaScreen(app.watched(), election.id, area.id))
            await look(f"area {area.name}")
            app.pop_screen()
            app.push_screen(AuditScreen(app.watched(), election.id, area.id))
            await look(f"audit {area.name}")
            app.pop_screen()
    return seen


@pytest.mark.parametrize(("name", "size"), PLACES, ids=lambda each: each if isinstance(each, str) else f"{each[0]}")
async def test_no_place_of_the_screen_tells_what_comes(name: str, size: tuple[int, int]) -> None:
    one = await tour(name, as_it_was(name), size)
    other = await tour(name, otherwise(name), size)
    assert len(one) > 25
    assert [what for what in one if one[what] != other[what]] == []
    assert list(one) == list(other)


def printed(events: list[Event], at: datetime) -> Iterator[str]:
    """Yield what is printed of a night at a moment: tables, the files, the lines up to it."""
    player = player_of(events)
    out = StringIO()
    lines = Lines(out, player, None)
    player.pause()
    player.seek(at)
    lines.print_new()
    yield out.getvalue()
    out = StringIO()
    print_tally(player.night, at, out, areas=True)
    yield out.getvalue()
    out = StringIO()
    print_check(player.night, player.files(), at, out)
    yield out.getvalue()


@pytest.mark.parametrize("name", FORKS)
def test_nothing_that_is_printed_tells_what_comes(name: str) -> None:
    at = past(name)[-1].at
    assert list(printed(as_it_was(name), at)) == list(printed(otherwise(name), at))


async def test_a_tour_sees_what_has_come() -> None:
    """The tours above would see a difference: one event more is another picture in many places."""
    name = "2022-05-05-local"
    events = as_it_was(name)
    one = await tour(name, events, (120, 40))
    other = await tour(name, [event for event in events if event is not past(name)[-1]], (120, 40))
    assert [what for what in one if one[what] != other[what]]
