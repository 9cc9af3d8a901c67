import asyncio
import os
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from feeds import directory
from feeds.arrival import Event
from feeds.bell import Ring, watchfiles_bell
from feeds.directory import Directory
from feeds.disk import Disk
from feeds.pace import BUSY_EVERY, FEW, TOGETHER
from tests.feeds.directories import OTHER, XML, Now, arrivals, put, set_aside


class HandBell:
    """A bell that a test rings by hand."""

    def __init__(self) -> None:
        self.rung: asyncio.Queue[BaseException | Ring] = asyncio.Queue()
        self.armed = 0

    async def __call__(self, root: Path) -> AsyncIterator[Ring]:
        self.armed += 1
        while True:
            told = await self.rung.get()
            if isinstance(told, BaseException):
                raise told
            yield told


NEVER = 3600.0
SOON = 0.001
PATIENCE = 20


async def following(changes: AsyncIterator[list[Event]]) -> list[Event]:
    async with asyncio.timeout(PATIENCE):
        return await anext(changes)


class TestChanges:
    async def test_the_first_look_comes_first_even_if_it_finds_nothing(self, root: Path, now: Now) -> None:
        async with aclosing(Directory(root, now).changes(HandBell(), NEVER)) as changes:
            assert await following(changes) == []

    async def test_a_ring_makes_it_look(self, root: Path, now: Now) -> None:
        bell = HandBell()
        async with aclosing(Directory(root, now).changes(bell, NEVER)) as changes:
            await following(changes)
            put(root / "a.xml", XML)
            bell.rung.put_nowait(None)
            assert arrivals(await following(changes)) == {"a.xml": XML}

    @pytest.mark.parametrize("alone", [True, False])
    async def test_a_few_named_files_are_looked_at_without_another_thread_where_nobody_else_waits(
        self, monkeypatch: pytest.MonkeyPatch, root: Path, now: Now, alone: bool
    ) -> None:
        bell, watched, own = HandBell(), Directory(root, now), threading.get_ident()
        watched.alone = alone
        looked, judge = list[bool](), watched._known.judge

        def noted(*asked: Any) -> Event | None:
            looked.append(threading.get_ident() == own)
            return judge(*asked)

        monkeypatch.setattr(watched._known, "judge", noted)
        async with aclosing(watched.changes(bell, NEVER)) as changes:
            await following(changes)
            for number in (1, FEW + 1):
                names = [f"{number} {each}.xml" for each in range(number)]
                for name in names:
                    put(root / name, name.encode())
                looked.clear()
                bell.rung.put_nowait({str(root / name) for name in names})
                assert len(await following(changes)) == number
                assert set(looked) == {alone and number <= FEW}

    async def test_very_many_named_files_are_looked_at_only_once_where_everything_is_soon_looked_at(
        self, monkeypatch: pytest.MonkeyPatch, root: Path, now: Now
    ) -> None:
        bell, at, named = HandBell(), [0.0], list[list[str]]()
        watched = Directory(root, now, ticks=lambda: at[0])
        look = watched._named

        def noted(paths: list[str]) -> Iterator[Event]:
            named.append(paths)
            return look(paths)

        monkeypatch.setattr(watched, "_named", noted)
        async with aclosing(watched.changes(bell, 1.0)) as changes:
            await following(changes)
            paths = {str(root / f"{number}.xml"): f"<a>{number}</a>".encode() for number in range(TOGETHER)}
            for path, data in paths.items():
                put(Path(path), data)
            at[0] = BUSY_EVERY - 0.1
            bell.rung.put_nowait(set(paths))
            assert len(await following(changes)) == TOGETHER
        assert not named

    async def test_without_a_ring_it_looks_all_the_same(self, root: Path, now: Now) -> None:
        async with aclosing(Directory(root, now).changes(HandBell(), SOON)) as changes:
            await following(changes)
            put(root / "a.xml", XML)
            assert arrivals(await following(changes)) == {"a.xml": XML}

    async def test_a_big_first_look_comes_in_pieces(
        self, root: Path, now: Now, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(directory, "CHUNK", 3)
        for number in range(7):
            put(root / f"{number}.xml", XML + b"\n" * number)
        async with aclosing(Directory(root, now).changes(HandBell(), NEVER)) as changes:
            assert [len(await following(changes)) for _ in range(3)] == [3, 3, 1]

    @pytest.mark.parametrize(
        "failure", [RuntimeError("a name"), ExceptionGroup("tasks", [RuntimeError("a name")]), StopAsyncIteration()]
    )
    async def test_a_bell_that_fails_is_replaced_and_the_failure_makes_it_look(
        self, root: Path, now: Now, failure: Exception
    ) -> None:
        bell = HandBell()
        async with aclosing(Directory(root, now).changes(bell, SOON)) as changes:
            await following(changes)
            bell.rung.put_nowait(failure)
            bell.rung.put_nowait(None)
            put(root / "a.xml", XML)
            assert arrivals(await following(changes)) == {"a.xml": XML}
            async with asyncio.timeout(PATIENCE):
                while bell.armed < 2:
                    put(root / "a.xml", b"<a/>" + b" " * bell.rung.qsize())
                    bell.rung.put_nowait(None)
                    await anext(changes)

    async def test_a_bell_that_fails_makes_it_look(self, root: Path, now: Now) -> None:
        bell = HandBell()
        async with aclosing(Directory(root, now).changes(bell, NEVER)) as changes:
            await following(changes)
            put(root / "a.xml", XML)
            bell.rung.put_nowait(OSError("no more watches"))
            assert arrivals(await following(changes)) == {"a.xml": XML}

    async def test_a_failure_of_another_kind_is_not_swallowed(self, root: Path, now: Now) -> None:
        bell = HandBell()
        changes = Directory(root, now).changes(bell, SOON)
        await following(changes)
        bell.rung.put_nowait(ExceptionGroup("tasks", [KeyError("a mistake")]))
        with pytest.raises(ExceptionGroup, match="tasks"):
            await following(changes)

    async def test_it_polls_where_the_bell_cannot_be_had(self, root: Path, now: Now) -> None:
        bell = HandBell()
        bell.rung.put_nowait(OSError("no more watches"))
        place = Directory(root, now)
        async with aclosing(place.changes(bell, SOON)) as changes:
            await following(changes)
            put(root / "a.xml", XML)
            await following(changes)
            assert place.mode == "polling"

    async def test_asked_to_poll_it_gets_no_bell(self, root: Path, now: Now) -> None:
        bell = HandBell()
        place = Directory(root, now, poll=True)
        async with aclosing(place.changes(bell, SOON)) as changes:
            await following(changes)
            put(root / "a.xml", XML)
            assert arrivals(await following(changes)) == {"a.xml": XML}
        assert (place.mode, bell.armed) == ("polling", 0)

    async def test_another_directory_of_the_same_name_gets_a_new_bell(self, root: Path, now: Now) -> None:
        bell = HandBell()
        place = Directory(root, now)
        async with aclosing(place.changes(bell, SOON)) as changes:
            await following(changes)
            set_aside(root)
            put(root / "a.xml", XML)
            assert arrivals(await following(changes)) == {"a.xml": XML}
            put(root / "b.xml", OTHER)
            await following(changes)
            assert bell.armed >= 2

    async def test_with_the_real_bell_a_bad_name_and_a_directory_filled_at_once_are_seen(
        self, root: Path, now: Now
    ) -> None:
        place = Directory(root, now)
        async with aclosing(place.changes(every=SOON)) as changes:
            await following(changes)
            put(root / os.fsdecode(b"\xff.xml"), XML)
            assert len(await following(changes)) == 1
            put(root / "sub/b.xml", OTHER)
            assert arrivals(await following(changes)) == {"sub/b.xml": OTHER}

    async def test_watchfiles_rings_for_a_new_file(self, root: Path) -> None:
        rings = watchfiles_bell(root)
        ring = asyncio.ensure_future(anext(rings))
        async with asyncio.timeout(PATIENCE):
            number = 0
            while not ring.done():
                put(root / f"{number}.xml", XML)
                number += 1
                await asyncio.wait([ring], timeout=0.05)
        assert ring.result()


class Halting(Disk):
    """A disk that stops at the third file until it is told to go on."""

    def __init__(self) -> None:
        self.opened = 0
        self.reached = threading.Event()
        self.goes_on = threading.Event()

    def open(self, path: str) -> int:
        self.opened += 1
        if self.opened == 3:
            self.reached.set()
            self.goes_on.wait(PATIENCE)
        return super().open(path)


async def test_a_look_that_finds_nothing_new_ends_at_the_next_file_when_nobody_waits_for_it_any_more(
    root: Path, now: Now
) -> None:
    for number in range(20):
        put(root / f"{number}.xml", XML + b"\n" * number)
    said, disk = Directory(root, now).scan(), Halting()
    place = Directory(root, now, disk=disk)
    place.resume(said)
    changes = place.changes(HandBell(), NEVER)
    following_it = asyncio.ensure_future(anext(changes))
    await asyncio.to_thread(disk.reached.wait, PATIENCE)
    following_it.cancel()
    await asyncio.wait({following_it})
    disk.goes_on.set()
    await asyncio.get_running_loop().shutdown_default_executor()
    assert disk.opened == 3
