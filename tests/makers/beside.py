"""The screens beside the night's own, in the states in which they have goldens: the start screen and the comparison."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

from textual.app import App

from dashboard.commands.compare import Looking
from dashboard.commands.start import choices, seats
from dashboard.player import Player
from dashboard.screens.compare import CompareApp
from dashboard.screens.start import StartApp
from dashboard.view.compare import Comparison, Side, compare
from dashboard.view.composition import Part
from dashboard.view.starting import Choice
from feeds.clock import ReplayClock
from feeds.recorded import Summary
from feeds.saved import shipped
from feeds.text import clean_path
from tests.makers.walked import MIDDLE, saved, troubled

PAIR = ("2018-05-03-local", "2022-05-05-local")
RECORDED: Mapping[str, list[Part]] = {
    "/state/results-4f2a9c01d7-2022-05-05.night": [("LAB", 35), ("CON", 22), ("IND", 1), ("undeclared", 96)],
    "/srv/stringers": [("LD", 29), ("LAB", 27), ("OTH", 1)],
}
"""Who has how many seats in what is not shipped."""


def picture(pictured: str) -> list[Part]:
    """Return the seats of what is listed."""
    return RECORDED.get(pictured) or shipped_seats(pictured)


@cache
def shipped_seats(name: str) -> list[Part]:
    return seats(name)


def listed() -> list[Choice]:
    """Return the saved nights, three recordings, and two directories, one of which nobody recorded."""
    begun = datetime(2022, 5, 5, 21, 0, tzinfo=UTC)
    recorded = [
        _recorded("results-4f2a9c01d7-2022-05-05", "/srv/results", begun, 154, title="Local elections, 5 May 2022"),
        _recorded("practice-0b7c11aa90-2022-04-28", "/srv/gone", begun - timedelta(days=7), 21_000),
        _recorded("results-4f2a9c01d7-2021-05-06", clean_path("/srv/\x1b[31mold"), begun - timedelta(days=364), 0),
    ]
    places = (("/srv/results", str(recorded[0].path)), ("/srv/stringers", "/srv/stringers"))
    directories = [
        Choice(kind="directory", argument=place, title=place, detail="watch it", pictured=pictured)
        for place, pictured in places
    ]
    return [*(c for c in choices(shipped(), recorded) if c.kind != "directory"), *directories]


def _recorded(name: str, source: str, begun: datetime, files: int, title: str | None = None) -> Summary:
    return Summary(
        path=Path(f"/state/{name}.night"),
        source=source,
        poll_date=begun.date(),
        title=title,
        created=begun,
        first=begun if files else None,
        last=begun + timedelta(hours=5) if files else None,
        files=files,
        size=1_000_000,
    )


@cache
def looking() -> Looking:
    return Looking(*PAIR, None, None)


@cache
def two_sources() -> Comparison:
    """Return the night at two o'clock beside the same one with all that can be wrong in it."""
    night = saved()

    def at(name: str, player: Player) -> Side:
        player.seek(MIDDLE)
        return Side(name=name, night=player.night, as_at=MIDDLE, begin=night.begin)

    clock = partial(ReplayClock, night.begin, night.end, ticks=lambda: 0.0)
    return compare(at("agency", Player(clock(), night.events)), at("stringers", Player(clock(), troubled())))


def compared(start: timedelta | None) -> CompareApp:
    """Return two nights side by side so long after polls closed; None is the end."""
    look = looking()
    return CompareApp(look, look.end if start is None else start, look.end)


BESIDE: dict[tuple[str, str], Callable[[], App[Any]]] = {
    ("empty", "start"): lambda: StartApp([], picture),
    ("final", "start"): lambda: StartApp(listed(), picture),
    ("empty", "compare"): lambda: compared(timedelta(0)),
    ("middle", "compare"): lambda: compared(timedelta(hours=4, minutes=14)),
    ("final", "compare"): lambda: compared(None),
    ("problems", "compare"): lambda: CompareApp(
        lambda span: two_sources(), MIDDLE - saved().begin, timedelta(hours=22)
    ),
}
"""By state and screen."""
