"""The collector: reading and recording go on by themselves, and the other side gets everything in one piece."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable
from pathlib import Path

import pytest

from feeds import collector
from feeds.arrival import Event, Sighting
from feeds.collector import Collector
from feeds.directory import Directory
from feeds.health import Health
from feeds.recorded import read_recording
from feeds.recording import Recording, RecordingProblem
from feeds.recording_place import Begun, begin
from tests.feeds.directories import OTHER, START, XML, Now, arrivals, put, set_aside

PATIENCE = 20


class Tap:
    """Changes of a directory that a test lets out, from its own thread."""

    def __init__(self, *looks: list[Event] | BaseException) -> None:
        self.looks = list(looks)
        self.taken = threading.Event()
        self.closed = False

    async def __call__(self) -> AsyncGenerator[list[Event], None]:
        try:
            for look in self.looks:
                if isinstance(look, BaseException):
                    raise look
                yield look
            self.taken.set()
            await asyncio.Event().wait()
        finally:
            self.closed = True


def told(number: int) -> list[Event]:
    return [Sighting(path=f"{number}.part", at=START, state="waiting", reason="x")]


@pytest.fixture
def opening(root: Path, tmp_path: Path) -> Callable[[], Begun]:
    return lambda: begin(root, tmp_path / "recordings", START)


def recorded(tmp_path: Path) -> tuple[Event, ...]:
    (path,) = (tmp_path / "recordings").iterdir()
    return read_recording(path).events


async def first(collecting: Collector) -> list[Event]:
    async with asyncio.timeout(PATIENCE):
        async for events in collecting.changes():
            return events
    raise AssertionError("nothing came")


async def test_what_came_while_nobody_asked_comes_in_one_piece_and_is_recorded_already(
    root: Path, tmp_path: Path, opening: Callable[[], Begun]
) -> None:
    tap = Tap(*(told(number) for number in range(300)))
    with Collector(Directory(root, Now()), opening, tap) as collecting:
        assert tap.taken.wait(PATIENCE)
        events = await first(collecting)
        assert len(events) == 300
    assert recorded(tmp_path) == tuple(events)
    assert tap.closed


async def test_a_real_directory_is_followed_and_what_comes_later_wakes_the_other_side(root: Path) -> None:
    put(root / "a.xml", XML)
    with Collector(Directory(root, Now())) as collecting:
        changes = collecting.changes()
        async with asyncio.timeout(PATIENCE):
            assert arrivals(await anext(changes)) == {"a.xml": XML}
            put(root / "b.xml", OTHER)
            assert arrivals(await anext(changes)) == {"b.xml": OTHER}


async def test_the_first_look_is_told_even_if_it_finds_nothing(root: Path) -> None:
    with Collector(Directory(root, Now())) as collecting:
        assert await first(collecting) == []


async def test_what_the_recording_holds_comes_first_and_is_not_recorded_again(
    root: Path, tmp_path: Path, opening: Callable[[], Begun]
) -> None:
    put(root / "a.xml", XML)
    with Collector(Directory(root, Now()), opening) as collecting:
        before = await first(collecting)
    put(root / "b.xml", OTHER)
    with Collector(Directory(root, Now()), opening) as collecting:
        changes = collecting.changes()
        events: list[Event] = []
        async with asyncio.timeout(PATIENCE):
            while len(events) < 2:
                events += await anext(changes)
    assert events[0] == before[0]
    assert [event.path for event in events] == ["a.xml", "b.xml"]
    assert arrivals(events) == {"a.xml": XML, "b.xml": OTHER}
    assert recorded(tmp_path) == tuple(events)


class Full(Recording):
    """A recording that has room for one look."""

    room = 1

    def add(self, events: object) -> None:
        self.room -= 1
        if self.room < 0:
            raise RecordingProblem("disk full")


async def test_a_full_disk_stops_the_recording_and_says_so_but_nothing_is_missed(root: Path, tmp_path: Path) -> None:
    tap = Tap(*(told(number) for number in range(5)))
    with Collector(
        Directory(root, Now()), lambda: begin(root, tmp_path / "recordings", START, Full), tap
    ) as collecting:
        assert tap.taken.wait(PATIENCE)
        assert len(await first(collecting)) == 5
        assert collecting.health().recording == "recording stopped: disk full"


async def test_a_recording_that_cannot_be_begun_is_said_and_the_watching_goes_on(root: Path) -> None:
    tap = Tap(told(1))
    with Collector(Directory(root, Now()), lambda: begin(root, root / "inside", START), tap) as collecting:
        assert await first(collecting) == told(1)
        words = "recording stopped: the recordings would lie in the watched directory"
        assert collecting.health().recording == words


async def test_a_directory_that_is_gone_is_said(root: Path) -> None:
    place = Directory(root, Now())
    with Collector(place) as collecting:
        await first(collecting)
        assert collecting.health() == Health(place.feed)
        assert place.feed.state == "ok"
        set_aside(root)
        place.scan()
        feed = collecting.health().feed
        assert feed is not None
        assert feed.state == "gone"


@pytest.mark.parametrize("error", [OSError("no"), KeyError("a mistake"), ExceptionGroup("g", [ValueError()])])
async def test_an_error_in_the_thread_ends_the_changes_with_it_after_all_that_was_found(
    root: Path, error: Exception
) -> None:
    with Collector(Directory(root, Now()), None, Tap(told(1), error)) as collecting:
        found: list[Event] = []
        with pytest.raises(type(error)):
            async for events in collecting.changes():
                found += events
        assert found == told(1)


async def test_an_error_in_beginning_the_recording_is_not_swallowed(root: Path) -> None:
    def mistaken() -> Begun:
        raise KeyError("a mistake")

    with Collector(Directory(root, Now()), mistaken, Tap()) as collecting, pytest.raises(KeyError):
        await first(collecting)


async def test_stopping_closes_the_recording_whole_and_may_be_done_twice(
    root: Path, tmp_path: Path, opening: Callable[[], Begun]
) -> None:
    collecting = Collector(Directory(root, Now()), opening)
    collecting.start()
    await first(collecting)
    assert collecting.stop()
    assert collecting.stop()
    assert [path.suffix for path in (tmp_path / "recordings").iterdir()] == [".night"]


def test_a_collector_whose_other_side_is_gone_goes_on_recording(
    root: Path, tmp_path: Path, opening: Callable[[], Begun]
) -> None:
    collecting = Collector(Directory(root, Now(), poll=True), opening)
    collecting.start()
    asyncio.run(first_and_leave(collecting))
    put(root / "a.xml", XML)
    (path,) = (tmp_path / "recordings").glob("*.night")
    waiter = threading.Event()
    for _ in range(PATIENCE * 10):
        if read_recording(path).events:
            break
        waiter.wait(0.1)
    assert collecting.stop()
    assert arrivals(list(recorded(tmp_path))) == {"a.xml": XML}


async def first_and_leave(collecting: Collector) -> None:
    await first(collecting)


def test_a_thread_that_does_not_end_is_left_behind(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collector, "ENDS_WITHIN", 0.3)
    stuck = threading.Event()

    async def hung() -> AsyncGenerator[list[Event], None]:
        yield []
        stuck.wait(PATIENCE)

    collecting = Collector(Directory(root, Now()), None, hung)
    collecting.start()
    assert not collecting.stop()
    stuck.set()


async def test_what_is_worth_saying_is_said_once(root: Path, opening: Callable[[], Begun]) -> None:
    with Collector(Directory(root, Now()), opening) as collecting:
        await first(collecting)
        (note,) = collecting.notes()
        assert note.startswith("recording into ")
        assert collecting.notes() == []


def test_a_head_start_is_over_with_the_first_look(
    root: Path, opening: Callable[[], Begun], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collector, "HEAD_START", PATIENCE)
    put(root / "barnet.xml", XML)
    with Collector(Directory(root, Now()), opening) as collecting:
        collecting.head_start()
        assert collecting._looked.is_set()
        assert [len(events) for events in collecting._found] == [1]


def test_a_head_start_is_over_with_an_error(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collector, "HEAD_START", PATIENCE)
    with Collector(Directory(root, Now()), None, Tap(KeyError("wrong"))) as collecting:
        collecting.head_start()
        assert collecting._over.is_set()


def test_a_head_start_is_short(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collector, "HEAD_START", 0.0)
    with Collector(Directory(root, Now()), None, Tap()) as collecting:
        collecting.head_start()
        assert not collecting._found
