"""The whole screen as rows of text, at several sizes and moments, against goldens that are reviewed as a diff.

`UPDATE_GOLDENS=1` writes them afresh.
"""

import asyncio
import os
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from dashboard.app import NightApp
from dashboard.player import Player
from feeds.clock import ReplayClock
from feeds.saved import SavedNight, open_night
from tests.dashboard.screen import screen_lines
from tests.dashboard.walk import SCREENS, walked
from tests.makers.walked import STATES

GOLDENS = Path(__file__).parent.parent / "goldens"
SIZES = [(80, 24), (120, 40), (200, 60), (400, 100)]
MOMENTS = {
    "early": ("2022-05-05-local", datetime(2022, 5, 6, 1, 14, tzinfo=UTC)),
    "final": ("2022-05-05-local", datetime(2022, 5, 7, 21, 0, tzinfo=UTC)),
    "parliament": ("2019-12-12-general", datetime(2019, 12, 13, 5, 6, tzinfo=UTC)),
}


@cache
def saved(name: str) -> SavedNight:
    return open_night(name)


class Fixed:
    """Seconds that stand still but for what lets the first picture through."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 0.001
        return self.now // 1


def app_at(moment: str) -> NightApp:
    name, at = MOMENTS[moment]
    night = saved(name)
    player = Player(ReplayClock(night.begin, night.end, ticks=lambda: 0.0), night.events)
    player.pause()
    player.seek(at)
    return NightApp(player, ticks=Fixed(), title=night.title)


async def shown(moment: str, size: tuple[int, int], *keys: str) -> str:
    app = app_at(moment)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
        await pilot.pause()
        await pilot.pause()
        return "\n".join(line.rstrip() for line in screen_lines(app)) + "\n"


def golden(name: str, text: str) -> None:
    file = GOLDENS / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDENS"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@cache
def walk(state: str) -> dict[tuple[str, tuple[int, int]], str]:
    """Return what every screen of a state shows at every size; one program shows them all."""

    async def gathered() -> dict[tuple[str, tuple[int, int]], str]:
        return {(name, size): text async for name, size, text in walked(state, SIZES)}

    return asyncio.run(gathered())


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("state", STATES)
def test_every_screen_is_as_reviewed_in_every_state_at_every_size(
    state: str, screen: str, size: tuple[int, int]
) -> None:
    golden(f"{state}/{screen}-{size[0]}x{size[1]}", walk(state)[screen, size])


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_overview_of_a_parliament_is_as_reviewed(size: tuple[int, int]) -> None:
    golden(f"parliament/overview-{size[0]}x{size[1]}", await shown("parliament", size))


PICTURES = [
    ("early", "london", 1),
    ("early", "regions", 2),
    ("final", "seats", 3),
    ("final", "flow", 4),
    ("final", "council", 5),
    ("parliament", "hemicycle", 1),
    ("parliament", "race", 2),
    ("parliament", "regions", 3),
    ("parliament", "seats", 4),
    ("parliament", "flow", 5),
]


@pytest.mark.parametrize("size", SIZES[:2], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(("moment", "name", "presses"), PICTURES)
async def test_the_pictures_are_as_reviewed(moment: str, name: str, presses: int, size: tuple[int, int]) -> None:
    golden(
        f"pictures/{name}-{moment}-{size[0]}x{size[1]}", await shown(moment, size, *["v"] * (presses - placed(size)))
    )


def placed(size: tuple[int, int]) -> bool:
    """Whether a picture has a place of its own, so that the first one needs no key."""
    return size[0] >= 100
