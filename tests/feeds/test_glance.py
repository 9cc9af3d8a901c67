"""Looks at named paths only, and what the slow sweep finds."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import timedelta
from pathlib import Path

import pytest

from feeds import walk
from feeds.bell import DEAF_AFTER, Ring
from feeds.directory import DEAF, Directory
from tests.feeds.directories import (
    LONG_AGO,
    OTHER,
    SHEET,
    START,
    XML,
    Now,
    arrivals,
    put,
    set_aside,
    sightings,
    watched,
)
from tests.feeds.test_changes import NEVER, PATIENCE, SOON, HandBell, following


class TestGlance:
    def test_only_what_is_named_is_looked_at(self, root: Path, now: Now) -> None:
        place = watched(root, now)
        put(root / "a.xml", XML)
        put(root / "b.xml", OTHER)
        assert arrivals(place.glance(["b.xml"])) == {"b.xml": OTHER}
        assert arrivals(place.scan()) == {"a.xml": XML}

    def test_a_directory_is_looked_at_with_all_that_is_in_it(self, root: Path, now: Now) -> None:
        place = watched(root, now)
        put(root / "in/deep/a.xml", XML)
        put(root / "in/.hidden/b.xml", XML)
        assert arrivals(place.glance(["in"])) == {"in/deep/a.xml": XML}

    def test_nothing_is_looked_at_before_the_first_look_nor_in_another_directory(self, root: Path, now: Now) -> None:
        place = Directory(root, now)
        put(root / "a.xml", XML)
        assert place.glance(["a.xml"]) == []
        place.scan()
        set_aside(root)
        put(root / "a.xml", OTHER)
        assert place.glance(["a.xml"]) == []
        assert arrivals(place.scan()) == {"a.xml": OTHER}

    def test_links_and_what_lies_beyond_them_are_left_to_a_look_at_everything(self, root: Path, now: Now) -> None:
        put(root / ".store/a.xml", XML)
        put(root.parent / "outside/b.xml", XML)
        place = watched(root, now)
        (root / "link").symlink_to(".store")
        (root / "out").symlink_to(root.parent / "outside")
        assert place.glance(["link", "link/a.xml", "out/b.xml", ".store/a.xml"]) == []
        assert arrivals(place.scan()) == {"link/a.xml": XML}

    def test_pipes_and_hidden_files_are_said_and_not_opened(self, root: Path, now: Now) -> None:
        put(root / "a.xml", XML)
        place = watched(root, now)
        os.mkfifo(root / "pipe.xml")
        put(root / ".x", XML)
        assert sightings(place.glance(["pipe.xml", ".x"])) == {"pipe.xml": "ignored", ".x": "ignored"}

    def test_a_temporary_name_that_was_waited_for_is_removed_but_a_file_that_counted_only_by_a_whole_look(
        self, root: Path, now: Now
    ) -> None:
        put(root / "a.xml", XML)
        put(root / "b.xml", OTHER)
        put(root / "c.xml.part", XML)
        place = watched(root, now)
        (root / "c.xml.part").rename(root / "c.xml")
        (root / "a.xml").unlink()
        events = place.glance(["c.xml.part", "c.xml", "a.xml"])
        assert (arrivals(events), sightings(events)) == ({"c.xml": XML}, {"c.xml.part": "removed"})
        assert sightings(place.scan()) == {"a.xml": "removed"}

    def test_a_name_that_is_not_utf_8_or_holds_a_line_break_is_no_trouble(self, root: Path, now: Now) -> None:
        place = watched(root, now)
        names = [os.fsdecode(b"caf\xe9.xml"), "a\nb.xml"]
        for name in names:
            put(root / name, XML)
        assert len(arrivals(place.glance(names))) == 2

    def test_a_waiting_sheet_counts_by_glances_alone(self, root: Path, now: Now) -> None:
        place = watched(root, now)
        put(root / "a.csv", SHEET)
        assert sightings(place.glance(["a.csv"])) == {"a.csv": "waiting"}
        now.passes(2)
        assert arrivals(place.glance(["a.csv"])) == {"a.csv": SHEET}


class TestSaid:
    def test_a_file_dated_after_this_machines_time_is_said(self, root: Path, now: Now) -> None:
        put(root / "a.xml", XML, START + timedelta(minutes=12))
        place = Directory(root, now)
        place.scan()
        assert place.feed.ahead == timedelta(minutes=12)

    def test_a_clock_that_goes_back_is_said_until_it_has_caught_up(self, root: Path, now: Now) -> None:
        put(root / "a.xml", XML, LONG_AGO)
        place = watched(root, now)
        place.scan()
        now.passes(-90)
        assert place.feed.behind == timedelta(seconds=90)
        now.passes(90)
        assert place.feed.behind == timedelta(0)

    def test_a_directory_that_cannot_be_read_is_said_with_the_systems_words(
        self, root: Path, now: Now, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(root / "a.xml", XML)
        place = watched(root, now)
        with monkeypatch.context() as patch:
            patch.setattr(os, "scandir", refuse)
            assert place.scan() == []
        assert (place.feed.state, place.feed.reason) == ("unreadable", "stale file handle")
        place.scan()
        assert place.feed.state == "ok"


def refuse(*_: object) -> None:
    raise OSError(116, "Stale file handle")


class TestBell:
    async def test_a_ring_with_paths_makes_it_look_there_and_nowhere_else(self, root: Path, now: Now) -> None:
        bell = HandBell()
        async with aclosing(Directory(root, now, stopwatch=dear()).changes(bell, NEVER)) as changes:
            await following(changes)
            put(root / "a.xml", XML)
            put(root / "b.xml", OTHER)
            bell.rung.put_nowait({str(root / "b.xml")})
            assert arrivals(await following(changes)) == {"b.xml": OTHER}

    async def test_a_ring_for_the_directory_itself_gets_a_new_bell_and_a_look(self, root: Path, now: Now) -> None:
        bell = HandBell()
        async with aclosing(Directory(root, now).changes(bell, NEVER)) as changes:
            await following(changes)
            put(root / "a.xml", XML)
            bell.rung.put_nowait({str(root)})
            assert arrivals(await following(changes)) == {"a.xml": XML}
            assert bell.armed == 2

    async def test_where_the_bell_never_rings_for_what_is_found_it_is_said_to_poll_until_it_rings(
        self, root: Path, now: Now
    ) -> None:
        bell = HandBell()
        place = Directory(root, now, ticks=Hurried())
        async with aclosing(place.changes(bell, SOON)) as changes:
            await following(changes)
            number = 0
            async with asyncio.timeout(PATIENCE):
                while place.mode != "polling":
                    put(root / f"{number}.xml", XML + b" " * number)
                    await anext(changes)
                    number += 1
            assert number > DEAF_AFTER
            assert place.feed.why == DEAF
            put(root / "last.xml", OTHER)
            bell.rung.put_nowait({str(root / "last.xml")})
            await following(changes)
            put(root / "more.xml", OTHER + b" ")
            bell.rung.put_nowait({str(root / "more.xml")})
            await following(changes)
            assert (place.feed.mode, place.feed.why) == ("events", "")

    async def test_a_change_that_no_status_tells_is_found_by_the_sweep(
        self, root: Path, now: Now, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(walk, "key_of", lambda _: walk.Key(1, 1, 1, 1, 1))
        monkeypatch.setattr("feeds.scan.key_of", lambda _: walk.Key(1, 1, len(XML), 1, 1))
        put(root / "a.xml", XML)
        place = Directory(root, now, ticks=Hurried())
        async with aclosing(place.changes(silence, SOON)) as changes:
            await following(changes)
            put(root / "a.xml", OTHER)
            assert arrivals(await following(changes)) == {"a.xml": OTHER}


class Hurried:
    """A clock that moves on whenever it is asked."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        self.at += 0.2
        return self.at


def dear() -> "Dear":
    return Dear()


class Dear:
    """A stopwatch by which everything takes a minute."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        self.at += 60
        return self.at


async def silence(root: Path) -> AsyncIterator[Ring]:
    await asyncio.Event().wait()
    yield None
