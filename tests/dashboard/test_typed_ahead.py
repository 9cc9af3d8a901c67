"""What is typed behind the key that opens a field goes into that field, though it is not there yet."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

from dashboard.actions import TABLE
from dashboard.app import NightApp
from dashboard.screens.ahead import ASKING
from tests.dashboard.test_app import running, settled
from tests.dashboard.test_real_terminal import program, quit_fine
from tests.makers import nights


def shows(pattern: str) -> Callable[[list[str]], bool]:
    return lambda screen: re.search(pattern, "\n".join(screen)) is not None


def burst(app: NightApp, *keys: str) -> None:
    """Press keys as a terminal sends them in one piece: before any of them has done what it does."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else {"space": " ", "slash": "/"}.get(key)))


def test_a_time_that_is_sent_in_one_burst_behind_its_key_is_gone_to(tmp_path: Path) -> None:
    with program("replay", "2022-05-05-local", "--speed", "1") as terminal:
        terminal.wait_for("of 200 councils", 40)
        terminal.press("g02:14\r")
        terminal.wait_for(shows(r"REPLAY.* Fri 02:14:"), 20)
        terminal.press("g+5m\x0115h\x1b[F\x7f\x15+15m\r")  # with ctrl+a, end, backspace and ctrl+u
        terminal.wait_for(shows(r"REPLAY.* Fri 02:29:"), 20)
        quit_fine(terminal)


def test_filters_and_a_path_that_are_sent_in_one_burst_behind_their_keys_are_taken_whole(tmp_path: Path) -> None:
    path = tmp_path / "0-mine.json"
    with program("replay", "2022-05-05-local", "--speed", "1", "--from", "12:00") as terminal:
        terminal.wait_for("of 200 councils", 40)
        terminal.press("/wandsw\r")
        terminal.wait_for("filter “wandsw”: 1 of 200", 20)
        terminal.press(f"x\x15{path}\r")  # ctrl+u takes away the name that is offered
        terminal.wait_for("written:", 20)
        terminal.press("Q")
        terminal.wait_for("Said tonight", 20)
        terminal.press("/hug\r")
        terminal.wait_for("“hug”", 20)
        terminal.press("q")
        terminal.wait_for("Control changes")
        quit_fine(terminal)
    assert "“wandsw”: 1 of 200" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("key", "field"), [("g", "#where"), ("x", "#path"), ("slash", "#filter")])
async def test_no_key_is_lost_nor_overtaken_nor_does_what_it_does_elsewhere(key: str, field: str) -> None:
    async with running(nights.small_local()) as (pilot, app, player):
        burst(app, key, *"q0>c[x")
        await settled(pilot, app)
        assert app.screen.query_one(field, Input).value.endswith("q0>c[x")
        assert player.asked == []


async def test_where_no_field_comes_the_keys_do_what_they_always_do() -> None:
    async with running(nights.empty()) as (pilot, app, player):
        burst(app, "x", "space")
        await settled(pilot, app)
        assert not app.screen.query("#path")
        assert player.paused


async def test_in_a_field_such_a_key_is_a_letter_like_any_other() -> None:
    async with running(nights.small_local()) as (pilot, app, _):
        burst(app, "slash", *"gxg/x", "backspace", "q")
        await settled(pilot, app)
        assert app.screen.query_one("#filter", Input).value == "gxg/q"


def test_what_opens_a_field_is_an_action_that_there_is() -> None:
    assert {action.action for action in TABLE} >= ASKING
