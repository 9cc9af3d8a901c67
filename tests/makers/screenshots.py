"""The pictures of the README and of the pages under `docs/`: the real program at fixed moments of the saved nights.

`python -m tests.makers.screenshots` draws all of them afresh.
"""

import asyncio
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
from rich.color import Color
from rich.style import Style
from textual.strip import Strip

from dashboard.app import NightApp
from dashboard.config import Looks
from dashboard.player import Player
from dashboard.spans import DARK, Span
from dashboard.svg import svg
from feeds.arrival import Arrival, Event, digest
from feeds.chaos import chaotic
from feeds.clock import ReplayClock
from feeds.plan import Delivery
from feeds.saved import SavedNight, open_night

DOCS: Final = Path(__file__).parents[2] / "docs"
COMMAND: Final = "python -m tests.makers.screenshots"

LOCAL, GENERAL = "2022-05-05-local", "2019-12-12-general"


class Shot(msgspec.Struct, frozen=True, kw_only=True):
    """One picture: what is on a screen of `size` columns and lines at a moment (UTC) of a night, after some keys.

    `words` say what is on it. `live` is the night as it happens, not a replay; `seed` that of a rehearsal with faults.
    """

    name: str
    words: str
    night: str
    at: datetime
    size: tuple[int, int]
    keys: tuple[str, ...] = ()
    live: bool = True
    wall: bool = False
    seed: int | None = None

    @property
    def file(self) -> Path:
        """Where the picture lies."""
        return DOCS / f"{self.name}.svg"


def _friday(hour: int, minute: int) -> datetime:
    """Return a time in the night of 5 May 2022, in British Summer Time."""
    return datetime(2022, 5, 6, hour - 1, minute, tzinfo=UTC)


MORNING: Final = _friday(7, 0)
EVENING: Final = _friday(20, 0)
WANDSWORTH: Final = ("slash", *"wandsworth", "enter", "down", "enter")
"""Keys that find Wandsworth and open it."""

SHOTS: Final = (
    Shot(
        name="overview",
        words="Local elections of 2022 at seven in the morning, on a screen of 200 columns and 60 lines",
        night=LOCAL,
        at=MORNING,
        size=(200, 60),
    ),
    Shot(
        name="narrow",
        words="The same moment in a terminal of 80 columns and 24 lines",
        night=LOCAL,
        at=MORNING,
        size=(80, 24),
    ),
    Shot(
        name="wall",
        words="The same moment with --wall: big figures, no keys",
        night=LOCAL,
        at=MORNING,
        size=(160, 45),
        wall=True,
    ),
    Shot(
        name="replay",
        words="The general election of 2019, played again, at two minutes past three",
        night=GENERAL,
        at=datetime(2019, 12, 13, 3, 2, tzinfo=UTC),
        size=(160, 45),
        live=False,
    ),
    Shot(
        name="table",
        words="The table of the councils alone",
        night=LOCAL,
        at=EVENING,
        size=(120, 36),
        keys=("t",),
    ),
    Shot(
        name="area",
        words="Wandsworth: control, seats before and after, baselines, wards",
        night=LOCAL,
        at=EVENING,
        size=(120, 40),
        keys=WANDSWORTH,
    ),
    Shot(
        name="audit",
        words="Where the figures of Wandsworth come from: each sum with its files and lines",
        night=LOCAL,
        at=EVENING,
        size=(120, 40),
        keys=(*WANDSWORTH, "a"),
    ),
    Shot(
        name="problems",
        words="Corrections and problems of a rehearsal with faults, under its two banners",
        night=LOCAL,
        at=EVENING,
        size=(120, 45),
        keys=("c",),
        seed=7,
    ),
    Shot(
        name="london",
        words="The London boroughs as tiles, coloured by control",
        night=LOCAL,
        at=_friday(16, 20),
        size=(98, 42),
        keys=("v",),
    ),
    Shot(
        name="hemicycle",
        words="The House of Commons elected in 2019, a mark a seat",
        night=GENERAL,
        at=datetime(2019, 12, 13, 15, 30, tzinfo=UTC),
        size=(120, 36),
        keys=("v",),
    ),
)


class _Stopped:
    """A wall clock that has stopped at a moment."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        """Return that moment."""
        return self._at


class _Fixed:
    """Seconds that stand still but for what lets the first picture through."""

    def __init__(self) -> None:
        self._calls = 0

    def __call__(self) -> float:
        self._calls += 1
        return self._calls // 1_000


@cache
def _saved(name: str) -> SavedNight:
    return open_night(name)


def _arrived(delivery: Delivery) -> Arrival:
    data = delivery.data[: delivery.part] if delivery.manner == "torn" else delivery.data
    return Arrival(path=delivery.path, data=data, digest=digest(data), at=delivery.at, basis="arrived")


@cache
def _events(name: str, seed: int | None) -> tuple[Event, ...]:
    night = _saved(name)
    if seed is None:
        return tuple(night.events)
    return tuple(_arrived(each) for each in chaotic(night, seed).deliveries if each.manner != "pause")


def _player(shot: Shot) -> Player:
    night, events = _saved(shot.night), _events(shot.night, shot.seed)
    if shot.live:
        player = Player(_Stopped(shot.at), live=True)
        player.add([event for event in events if event.at <= shot.at])
        while player.backlog:
            player.tick()
        return player
    player = Player(ReplayClock(night.begin, night.end, ticks=lambda: 0.0), events)
    player.seek(shot.at)
    return player


async def drawn(shot: Shot) -> list[Strip]:
    """Return the rows of the screen."""
    app = NightApp(
        _player(shot),
        title=_saved(shot.night).title,
        ticks=_Fixed(),
        source=shot.night,
        looks=Looks(wall=shot.wall),
    )
    async with app.run_test(size=shot.size) as pilot:
        await pilot.pause()
        for key in shot.keys:
            await pilot.press(key)
        await pilot.pause()
        await pilot.pause()
        return app.screen._compositor.render_strips()


async def picture(shot: Shot) -> str:
    """Return the picture as SVG; it holds all its shapes and refers to nothing outside."""
    return svg([_spans(strip) for strip in await drawn(shot)], shot.words)


def _spans(strip: Strip) -> list[Span]:
    """Return a row in as few spans as there are styles."""
    merged: list[Span] = []
    for text, style, control in strip:
        if control:
            continue
        span = _span(text, style or Style())
        if merged and msgspec.structs.replace(merged[-1], text="") == msgspec.structs.replace(span, text=""):
            span = msgspec.structs.replace(span, text=merged.pop().text + span.text)
        merged.append(span)
    return merged


def _span(text: str, style: Style) -> Span:
    colours = _hex(style.color, DARK[1]), _hex(style.bgcolor, DARK[0])
    colour, ground = reversed(colours) if style.reverse else colours
    return Span(text, colour, None if ground == DARK[0] else ground, bool(style.bold))


def _hex(colour: Color | None, default: str) -> str:
    return default if colour is None or colour.is_default else colour.get_truecolor().hex


def main() -> None:
    """Draw every picture and write it."""
    for shot in SHOTS:
        shot.file.write_text(asyncio.run(picture(shot)), encoding="utf-8")


if __name__ == "__main__":
    main()
