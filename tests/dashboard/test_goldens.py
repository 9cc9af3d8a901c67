"""The whole screen as rows of text, at several sizes and moments, against goldens that are reviewed as a diff.

`UPDATE_GOLDENS=1` writes them afresh.
"""

import asyncio
import os
from functools import cache
from pathlib import Path

import pytest

from tests.dashboard.walk import SCREENS, Size, pictured, settle, text_of, walked
from tests.makers.beside import BESIDE
from tests.makers.walked import STATES

GOLDENS = Path(__file__).parent.parent / "goldens"
SIZES: list[Size] = [(80, 24), (120, 40), (200, 60), (400, 100)]
LOCAL = ("london", "regions", "seats", "flow", "council", "council-race")
PICTURES = {"middle": LOCAL, "final": LOCAL, "parliament": ("hemicycle", "race", "regions", "seats", "flow")}


def golden(name: str, text: str) -> None:
    file = GOLDENS / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDENS"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@cache
def walk(state: str) -> dict[tuple[str, Size], str]:
    """Return what every screen of a state shows at every size; one program shows them all."""

    async def gathered() -> dict[tuple[str, Size], str]:
        return {(name, size): text async for name, size, text in walked(state, SIZES)}

    return asyncio.run(gathered())


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("state", STATES)
def test_every_screen_is_as_reviewed_in_every_state_at_every_size(state: str, screen: str, size: Size) -> None:
    golden(f"{state}/{screen}-{size[0]}x{size[1]}", walk(state)[screen, size])


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(("state", "screen"), BESIDE)
async def test_the_screens_beside_the_night_are_as_reviewed_at_every_size(state: str, screen: str, size: Size) -> None:
    app = BESIDE[state, screen]()
    async with app.run_test(size=size) as pilot:
        await app.workers.wait_for_complete()
        await settle(pilot)
        golden(f"{state}/{screen}-{size[0]}x{size[1]}", text_of(app))


@cache
def pictures(state: str) -> dict[tuple[str, Size], str]:
    """Return the overview and every picture of a state at every size."""

    async def gathered() -> dict[tuple[str, Size], str]:
        return {(name, size): text async for name, size, text in pictured(state, SIZES)}

    return asyncio.run(gathered())


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(("state", "key"), [(state, key) for state, keys in PICTURES.items() for key in keys])
def test_every_picture_is_as_reviewed_at_every_size(state: str, key: str, size: Size) -> None:
    golden(f"pictures/{key}-{state}-{size[0]}x{size[1]}", pictures(state)[key, size])


@pytest.mark.parametrize("state", PICTURES)
def test_no_picture_is_left_out(state: str) -> None:
    assert {key for key, _ in pictures(state)} == {"overview", *PICTURES[state]}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_overview_of_a_parliament_is_as_reviewed(size: Size) -> None:
    golden(f"parliament/overview-{size[0]}x{size[1]}", pictures("parliament")["overview", size])
