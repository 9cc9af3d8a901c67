"""What `replay` and `watch` understand of pace, and how they refuse what makes no sense."""

import math
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dashboard.app import NightApp
from dashboard.commands import replay
from dashboard.commands.options import SERVED, Refused
from dashboard.commands.pacing import Wanted, paced
from feeds.saved import SavedNight, open_night, shipped
from tests.dashboard.screen import screen_text
from tests.dashboard.test_app import Ticks
from tests.dashboard.test_cli import run
from tests.makers import nights
from tests.makers.player import FakePlayer


@pytest.fixture(scope="module")
def night() -> SavedNight:
    return open_night("2018-05-03-local")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--idle-limit", "soon"), "“soon” is not a length of time: write 30s, 15m or 2h"),
        (("--idle-limit", "0"), "is not a length of time"),
        (("--speed", "0"), "is not a speed"),
        (("--from", "25:00"), "is not a time"),
        (("--from", "03:00", "--to", "02:00"), "--to is not after --from"),
        (("--to", "2018-05-01T10:00"), "--to is not after the night's begin"),
        (("--from", "2030-01-01T10:00"), "nothing comes after"),
        (("--loop",), "--loop is for the screen"),
        (("--pause-on", "change"), "--pause-on is for the screen"),
        (("--spoilers",), "--spoilers is for the screen"),
        (("--speed", "max", "--idle-limit", "5s"), "--idle-limit needs a speed"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(options: tuple[str, ...], words: str) -> None:
    done = run("replay", "2018-05-03-local", *options)
    assert done.returncode == 2
    assert words in done.stderr
    assert len([line for line in done.stderr.splitlines() if "Error" in line or "election-night:" in line]) == 1
    assert done.stdout == ""


def test_a_delay_that_is_none_is_refused() -> None:
    done = run("watch", ".", "--broadcast-delay", "later")
    assert done.returncode == 2
    assert "“later” is not a length of time" in done.stderr


def test_loop_at_full_speed_is_refused(night: SavedNight) -> None:
    with pytest.raises(Refused, match="--loop needs a speed"):
        paced(night, Wanted(speed=math.inf, loop=True), screen=True)


@pytest.mark.parametrize(
    ("name", "nearest"), [("Wandswort", "Wandsworth"), ("corection", "correction"), ("Barking", "Barking and Dagenham")]
)
def test_an_area_that_is_not_there_is_refused_with_the_nearest(night: SavedNight, name: str, nearest: str) -> None:
    with pytest.raises(Refused) as refused:
        paced(night, Wanted(speed=60, stops=(name,)), screen=True)
    assert "--pause-on knows" in refused.value.message
    if name != "Barking":
        assert f"did you mean “{nearest}”?" in refused.value.message


def test_to_ends_the_night_there(night: SavedNight) -> None:
    player = paced(night, Wanted(speed=60, stop="02:00"), screen=True).player
    stop = datetime(2018, 5, 4, 1, 0, tzinfo=UTC)
    assert player.end <= stop
    player.to_end()
    assert player.finished
    assert all(h.at <= stop for h in player.night.happenings)


def test_from_begins_there_and_runs(night: SavedNight) -> None:
    player = paced(night, Wanted(speed=60, start="02:00", idle=timedelta(seconds=5)), screen=True).player
    assert player.as_at >= datetime(2018, 5, 4, 1, 0, tzinfo=UTC)
    assert not player.paused


def test_an_area_to_pause_at_is_found_whatever_its_case(night: SavedNight) -> None:
    player = paced(night, Wanted(speed=math.inf, stops=("wandsworth", "correction")), screen=True).player
    while not player.paused and not player.finished:
        player.tick()
    assert player.stopped_by is not None
    assert player.stopped_by.area is not None
    assert player.stopped_by.area.name == "Wandsworth"


def test_spoilers_carry_the_whole_night_and_nothing_else_does(night: SavedNight) -> None:
    shown = paced(night, Wanted(speed=60, spoilers=True), screen=True)
    assert shown.ahead is not None
    assert shown.ahead.last_at == night.end
    assert paced(night, Wanted(speed=60), screen=True).ahead is None


async def test_the_palette_offers_other_nights_and_choosing_one_leaves_for_it() -> None:
    app = NightApp(FakePlayer(nights.small_local()), ticks=Ticks())
    app.nights = {"an older [night]": "/somewhere/old.night"}
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+p")
        await pilot.pause()
        await pilot.press(*"older")
        await pilot.pause(0.5)
        assert "night: an older [night]" in screen_text(app)
        await pilot.press("down", "enter")
        await pilot.pause(0.5)
    assert app.next_night == "/somewhere/old.night"


def test_other_nights_are_those_that_ship_and_the_recordings_and_none_for_a_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tonight.night").touch()
    monkeypatch.setattr(replay, "recordings_dir", lambda: tmp_path)
    assert replay._others("2019-12-12-general") == {
        **{name: name for name in shipped() if name != "2019-12-12-general"},
        "tonight": str(tmp_path / "tonight.night"),
    }
    monkeypatch.setenv(SERVED, "1")
    assert replay._others("2019-12-12-general") == {}
