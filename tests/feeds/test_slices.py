"""A look through everything may take long: it goes by slices, and what the bell names comes first."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from feeds import courtesy, directory, folders, walk
from feeds.arrival import Event
from feeds.directory import Directory
from feeds.disk import Disk
from feeds.known import Known
from feeds.pace import Pace
from feeds.walk import Walk
from tests.feeds.directories import OTHER, XML, Now, arrivals, put, sightings, watched
from tests.feeds.test_changes import NEVER, PATIENCE, HandBell

FILES = 40
YEARS = 1e9


async def following(changes: AsyncIterator[list[Event]]) -> list[Event]:
    async with asyncio.timeout(PATIENCE):
        return await anext(changes)


async def named_meanwhile(
    changes: AsyncIterator[list[Event]], bell: HandBell, asked: list[str], path: Path
) -> list[Event]:
    """Let the bell name a file as soon as a look has begun; return what is handed out first."""
    waiting = asyncio.ensure_future(following(changes))
    while not asked:  # noqa: ASYNC110 - it is filled in another thread
        await asyncio.sleep(0)
    put(path, OTHER)
    bell.rung.put_nowait({str(path)})
    return await waiting


def fill(root: Path) -> None:
    """Put files into a directory, each with other bytes."""
    for number in range(FILES):
        put(root / f"{number}.xml", XML + b"\n" * number)


def with_a_new_one(root: Path, now: Now) -> Directory:
    """Return a directory of ten files that has been looked at, and of an eleventh that came after it."""
    for number in range(10):
        put(root / f"{number}.xml", XML + b"\n" * number)
    place = watched(root, now)
    put(root / "new.xml", OTHER)
    return place


class Counting(Disk):
    """A disk that counts how often a directory is read."""

    def __init__(self) -> None:
        self.listed = 0

    def entries(self, path: str | Path) -> Iterable[os.DirEntry[str]]:
        self.listed += 1
        return super().entries(path)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, now: Now) -> list[str]:
    """Return the files that a look asks about, as it goes on; each is a slice of its own. No file is a new one."""
    now.passes(YEARS)
    paths: list[str] = []
    same = Known.is_same

    def is_same(self: Known, path: str, status: os.stat_result) -> bool:
        paths.append(path)
        return same(self, path, status)

    monkeypatch.setattr(Known, "is_same", is_same)
    monkeypatch.setattr(walk, "OFTEN", 1)
    monkeypatch.setattr(directory, "LOOK_SLICE", 0.0)
    return paths


async def test_what_the_bell_names_comes_before_the_rest_of_a_look_through_everything(
    root: Path, now: Now, asked: list[str]
) -> None:
    fill(root)
    bell = HandBell()
    async with aclosing(Directory(root, now).changes(bell, NEVER)) as changes:
        assert len(await following(changes)) == FILES
        asked.clear()
        bell.rung.put_nowait(None)
        assert arrivals(await named_meanwhile(changes, bell, asked, root / "7.xml")) == {"7.xml": OTHER}
        assert len(asked) < FILES


async def test_what_a_look_finds_itself_came_after_what_the_bell_named_meanwhile(
    root: Path, now: Now, asked: list[str]
) -> None:
    fill(root)
    bell = HandBell()
    async with aclosing(Directory(root, now).changes(bell, NEVER)) as changes:
        await following(changes)
        put(root / "unheard.xml", OTHER + b"\n")
        asked.clear()
        bell.rung.put_nowait(None)
        named = await named_meanwhile(changes, bell, asked, root / "7.xml")
        found = await following(changes)
    assert [event.path for event in found] == ["unheard.xml"]
    assert named[-1].at < found[0].at


async def test_a_file_that_comes_during_a_look_through_everything_comes_once_and_is_not_missed_by_it(
    root: Path, now: Now, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(root)
    bell, loop, found = HandBell(), asyncio.get_running_loop(), list[Event]()
    through = Directory._through

    def noisy(self: Directory, problem: OSError | None) -> Any:
        steps = through(self, problem)
        for number in range(FILES * 2):
            try:
                next(steps)
            except StopIteration as done:
                return done.value
            if number == 3:
                put(root / "new.xml", OTHER)
                loop.call_soon_threadsafe(bell.rung.put_nowait, {str(root / "new.xml")})
            yield

    async with aclosing(Directory(root, now).changes(bell, NEVER)) as changes:
        await following(changes)
        monkeypatch.setattr(Directory, "_through", noisy)
        bell.rung.put_nowait(None)
        found += await following(changes)
        monkeypatch.setattr(Directory, "_through", through)
        put(root / "last.xml", OTHER + b"\n")
        bell.rung.put_nowait(None)
        found += await following(changes)
    assert sightings(found) == {}
    assert [event.path for event in found] == ["new.xml", "last.xml"]


async def test_a_temporary_name_that_goes_away_asks_for_no_look_through_everything(root: Path, now: Now) -> None:
    put(root / "0.xml", XML)
    bell, disk = HandBell(), Counting()
    async with aclosing(Directory(root, now, disk=disk).changes(bell, NEVER)) as changes:
        await following(changes)
        listed = disk.listed
        for number in range(1, 5):
            hidden, path = root / f".{number}.xml.part", root / f"{number}.xml"
            put(hidden, XML + b"\n" * number)
            bell.rung.put_nowait({str(hidden)})
            assert set(sightings(await following(changes)).values()) == {"waiting"}
            hidden.rename(path)
            bell.rung.put_nowait({str(hidden), str(path)})
            assert set(arrivals(await following(changes))) == {path.name}
        assert disk.listed == listed


async def test_a_file_that_counted_and_goes_away_asks_for_one(root: Path, now: Now) -> None:
    put(root / "0.xml", XML)
    put(root / "1.xml", OTHER)
    bell = HandBell()
    async with aclosing(Directory(root, now).changes(bell, NEVER)) as changes:
        await following(changes)
        (root / "1.xml").unlink()
        bell.rung.put_nowait({str(root / "1.xml")})
        assert sightings(await following(changes)) == {"1.xml": "removed"}


def test_a_look_at_the_names_goes_by_slices(root: Path, now: Now, monkeypatch: pytest.MonkeyPatch) -> None:
    place = with_a_new_one(root, now)
    monkeypatch.setattr(folders, "SLICE", 4)
    assert list(place._listing()) == [None, None, None, ["new.xml"]]


def test_all_names_of_a_directory_are_read_in_parts(root: Path, now: Now, monkeypatch: pytest.MonkeyPatch) -> None:
    place = with_a_new_one(root, now)
    monkeypatch.setattr(courtesy, "PART", 4)
    assert list(place._listing()) == [None, None, None, ["new.xml"]]
    found = [None if each is None else each.path for each in Walk(root, Disk()).steps()]
    assert found[:2] == [None, None]
    assert sorted(filter(None, found)) == sorted(path.name for path in root.iterdir())


async def test_a_slice_of_a_look_through_everything_ends_when_the_bell_rings(
    root: Path, now: Now, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(root)
    bell = HandBell()
    monkeypatch.setattr(directory, "LOOK_SLICE", YEARS)
    async with aclosing(Directory(root, now).changes(bell, NEVER)) as changes:
        await following(changes)
        same, loop = Known.is_same, asyncio.get_running_loop()

        def is_same(self: Known, path: str, status: os.stat_result) -> bool:
            if len(asked) == 3:
                put(root / "7.xml", OTHER)
                asyncio.run_coroutine_threadsafe(rung_for(bell, root / "7.xml"), loop).result(PATIENCE)
            return same(self, path, status)

        monkeypatch.setattr(Known, "is_same", is_same)
        asked.clear()
        bell.rung.put_nowait(None)
        assert arrivals(await following(changes)) == {"7.xml": OTHER}
        assert len(asked) < FILES


async def rung_for(bell: HandBell, path: Path) -> None:
    """Ring for a path, and return when that has been heard."""
    bell.rung.put_nowait({str(path)})
    for _ in range(20):
        await asyncio.sleep(0)


def test_a_long_look_gives_way_before_each_slice_and_keeps_nobody_from_the_directory_meanwhile(
    root: Path, now: Now, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(root)
    free = list[bool]()
    place = Directory(root, now, give_way=lambda: free.append(not place._lock.locked()))
    place.scan()
    place.names()
    put(root / "new.xml", OTHER)
    monkeypatch.setattr(folders, "SLICE", 10)
    free.clear()
    steps = list(place._listing())
    assert steps[-1] == ["new.xml"]
    assert free == [True] * len(steps)


async def test_what_the_bell_named_comes_before_a_long_look_that_is_next(
    root: Path, now: Now, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(root)
    bell = HandBell()
    place = Directory(root, now)
    async with aclosing(place.changes(bell, NEVER)) as changes:
        await following(changes)
        monkeypatch.setattr(Pace, "lists", lambda _: True)
        listed = place._listing
        begun = list[None]()

        def listing() -> Iterator[list[str] | None]:
            begun.append(None)
            return listed()

        monkeypatch.setattr(place, "_listing", listing)
        put(root / "new.xml", OTHER)
        bell.rung.put_nowait({str(root / "new.xml")})
        assert arrivals(await following(changes)) == {"new.xml": OTHER}
        assert begun == []
