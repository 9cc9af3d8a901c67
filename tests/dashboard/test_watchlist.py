"""The reader's own watch list: kept between runs, never half written, and said where it is damaged."""

import os
from pathlib import Path

import pytest

from dashboard.app import NightApp
from dashboard.watchlist import WatchList, watch_file
from tests.dashboard.screen import screen_text
from tests.dashboard.test_app import Ticks, running, settled
from tests.makers import nights
from tests.makers.player import FakePlayer


def told(app: NightApp) -> list[str]:
    """Return what the app has told the reader."""
    return [each.message for each in app._notifications]


def test_a_star_is_there_in_the_next_run(tmp_path: Path) -> None:
    place = tmp_path / "state" / "watch.json"
    assert WatchList(place).toggle("Ynys Môn")
    assert WatchList(place).names() == {"ynys mon"}
    assert not WatchList(place).toggle("YNYS MON")
    assert WatchList(place).names() == frozenset()


def test_a_list_that_is_not_kept_is_read_and_never_written(tmp_path: Path) -> None:
    place = tmp_path / "watch.json"
    WatchList(place).toggle("Barnet")
    before = place.read_bytes()
    guest = WatchList(place, is_kept=False)
    assert guest.toggle("Wandsworth")
    assert guest.names() == {"barnet", "wandsworth"}
    assert (place.read_bytes(), list(tmp_path.iterdir())) == (before, [place])


def test_what_the_night_lists_is_watched_until_the_reader_takes_it_off(tmp_path: Path) -> None:
    place = tmp_path / "watch.json"
    listed = ("Barnet", "City of Westminster")
    assert WatchList(place).names(listed) == {"barnet", "westminster"}
    assert not WatchList(place).toggle("Westminster", listed)
    assert WatchList(place).names(listed) == {"barnet"}
    assert WatchList(place).toggle("Westminster", listed)
    assert WatchList(place).names(listed) == {"barnet", "westminster"}
    assert WatchList(place).names() == frozenset(), "what only the night lists is not the reader's"


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b'{"watched": [1]}', b'{"watched": "Barnet"}', b'{"stars": []}', b"\xff\xfe"]
)
def test_a_damaged_list_is_said_left_out_and_put_aside_before_the_next_is_written(tmp_path: Path, data: bytes) -> None:
    place = tmp_path / "watch.json"
    place.write_bytes(data)
    found = WatchList(place)
    assert found.names() == frozenset()
    assert found.trouble is not None
    assert "damaged and was left out" in found.trouble
    assert place.read_bytes() == data, "reading changes nothing"
    found.toggle("Barnet")
    assert (tmp_path / "watch.damaged").read_bytes() == data
    again = WatchList(place)
    assert again.names() == {"barnet"}
    assert again.trouble is None


def test_a_list_that_is_no_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "watch.json").mkdir()
    assert "cannot be read" in (WatchList(tmp_path / "watch.json").trouble or "")


def test_no_file_yet_is_no_trouble(tmp_path: Path) -> None:
    assert WatchList(tmp_path / "none" / "watch.json").trouble is None


def test_a_write_that_fails_leaves_the_old_list_and_no_rubbish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "watch.json"
    found = WatchList(place)
    found.toggle("Barnet")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        found.toggle("Adur")
    assert WatchList(place).names() == {"barnet"}
    assert [p.name for p in tmp_path.iterdir()] == ["watch.json"]


def test_without_a_path_nothing_is_kept() -> None:
    found = WatchList()
    assert found.toggle("Barnet")
    assert found.names() == {"barnet"}


def test_the_list_lies_where_the_system_keeps_state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert watch_file().name == "watch.json"
    assert "election-night" in watch_file().parts


async def test_a_key_stars_the_row_and_the_filter_finds_it() -> None:
    async with running(nights.small_local(), (120, 40)) as (pilot, app, _):
        await pilot.press("home")
        assert "★" not in screen_text(app)
        await pilot.press("w")
        await settled(pilot, app)
        starred = [line for line in screen_text(app).splitlines() if "★" in line and "watched" not in line]
        assert len(starred) == 1
        await pilot.press("slash", *"watched")
        await pilot.pause()
        assert "1 of 5" in screen_text(app)
        await pilot.press("enter", "home", "w")
        await settled(pilot, app)
        assert "0 of 5" in screen_text(app)


async def test_without_a_row_the_key_says_what_to_do() -> None:
    async with running(nights.small_local(), (120, 40)) as (pilot, app, _):
        await pilot.press("w")
        await pilot.pause()
        assert told(app) == ["Put the cursor on an area first."]


async def test_the_screen_of_an_area_stars_it_too() -> None:
    async with running(nights.small_local(), (120, 40)) as (pilot, app, _):
        await pilot.press("home", "enter")
        await pilot.pause()
        await pilot.press("w")
        await pilot.pause()
        assert told(app) == ["★ Havant is watched"]


async def test_a_damaged_list_is_said_on_the_screen(tmp_path: Path) -> None:
    place = tmp_path / "watch.json"
    place.write_text("[/foo]", encoding="utf-8")
    app = NightApp(FakePlayer(nights.small_local()), ticks=Ticks(), watch=WatchList(place))
    async with app.run_test(size=(200, 60)) as pilot:
        await settled(pilot, app)
        assert "was left out" in told(app)[0]
