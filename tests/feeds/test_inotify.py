"""The bell of Linux: what it reports, and how often it rings."""

import asyncio
import os
import struct
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

import pytest

from feeds import inotify
from feeds.inotify import (
    APART,
    BETWEEN,
    ENOUGH,
    FLOOD,
    FLOOD_STEP,
    MANY,
    RAPID,
    RAPID_APART,
    RAPID_WITHIN,
    STEP,
    TIMES,
    Reports,
    Sparing,
    inotify_bell,
)
from tests.feeds.directories import XML, put

pytestmark = pytest.mark.skipif(not inotify.is_there(), reason="only Linux has it")

PATIENCE = 20


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "feed"
    made.mkdir()
    return made


def heard(root: Path, reports: Reports) -> set[str]:
    """Return what was reported since the last time, as paths relative to the root."""
    reports.read()
    changed = reports.take()
    assert changed is not None
    return {os.path.relpath(each, root) for each in changed}


def test_a_file_written_renamed_changed_or_removed_is_reported(root: Path) -> None:
    put(root / "old.xml", XML)
    with Reports(str(root)) as reports:
        assert heard(root, reports) == set()
        put(root / ".a.part", XML)
        assert heard(root, reports) == {".a.part"}
        (root / ".a.part").rename(root / "a.xml")
        assert heard(root, reports) == {".a.part", "a.xml"}
        (root / "a.xml").chmod(0o600)
        assert heard(root, reports) == {"a.xml"}
        (root / "old.xml").unlink()
        assert heard(root, reports) == {"old.xml"}


def test_only_what_was_renamed_into_place_is_urgent(root: Path) -> None:
    with Reports(str(root)) as reports:
        put(root / ".a.part", XML)
        reports.read()
        assert not reports.urgent
        (root / ".a.part").rename(root / "a.xml")
        reports.read()
        assert reports.urgent


def test_directories_that_come_are_watched_with_all_below_them(root: Path) -> None:
    put(root / "there/already/a.xml", XML)
    with Reports(str(root)) as reports:
        put(root / "there/already/b.xml", XML)
        assert heard(root, reports) == {"there/already/b.xml"}
        put(root / "new/deep/c.xml", XML)
        assert "new" in heard(root, reports)
        put(root / "new/deep/d.xml", XML)
        assert heard(root, reports) == {"new/deep/d.xml"}


def test_a_directory_that_is_renamed_is_reported_under_its_new_name_alone(root: Path) -> None:
    put(root / "one/deep/a.xml", XML)
    with Reports(str(root)) as reports:
        (root / "one").rename(root / "two")
        assert {"one", "two"} <= heard(root, reports)
        put(root / "two/deep/b.xml", XML)
        assert heard(root, reports) == {"two/deep/b.xml"}


def test_a_directory_that_is_moved_away_is_watched_no_more(root: Path, tmp_path: Path) -> None:
    put(root / "one/deep/a.xml", XML)
    with Reports(str(root)) as reports:
        (root / "one").rename(tmp_path / "elsewhere")
        assert heard(root, reports) == {"one"}
        put(tmp_path / "elsewhere/deep/b.xml", XML)
        assert heard(root, reports) == set()


def test_hidden_directories_and_links_are_not_looked_into(root: Path, tmp_path: Path) -> None:
    put(tmp_path / "elsewhere/a.xml", XML)
    put(root / ".git/a", b"")
    (root / "link").symlink_to(tmp_path / "elsewhere")
    with Reports(str(root)) as reports:
        (root / "later").symlink_to(tmp_path / "elsewhere")
        assert heard(root, reports) == {"later"}
        put(root / ".git/b", b"")
        put(tmp_path / "elsewhere/b.xml", XML)
        assert heard(root, reports) == set()


def test_a_name_that_is_not_utf_8_is_reported_as_every_other_reader_of_names_tells_it(root: Path) -> None:
    with Reports(str(root)) as reports:
        put(root / os.fsdecode(b"\xff.xml"), XML)
        assert heard(root, reports) == set(os.listdir(root))  # noqa: PTH208 (names, as they are told)


def test_a_directory_that_may_not_be_looked_into_costs_none_of_the_others(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(root / "closed/a.xml", XML)
    put(root / "open/a.xml", XML)
    look = os.scandir

    def scandir(path: str) -> object:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return look(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with Reports(str(root)) as reports:
        put(root / "open/b.xml", XML)
        assert heard(root, reports) == {"open/b.xml"}


def test_where_reports_were_lost_it_may_be_anywhere(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Reports(str(root)) as reports:
        lost = struct.pack("iIII", -1, inotify.OVERFLOW, 0, 0)
        with monkeypatch.context() as patch:
            patch.setattr(os, "read", lambda *_: lost)
            reports.read()
        assert reports.urgent
        assert reports.take() is None
        put(root / "a.xml", XML)
        assert heard(root, reports) == {"a.xml"}


@pytest.mark.parametrize("how", ["removed", "moved"])
def test_the_directory_itself_is_reported_and_ends_it(root: Path, tmp_path: Path, how: str) -> None:
    with Reports(str(root)) as reports:
        if how == "removed":
            root.rmdir()
        else:
            root.rename(tmp_path / "elsewhere")
        assert heard(root, reports) == {"."}
        assert reports.over


def test_a_directory_that_is_not_there_cannot_be_watched(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Reports(str(tmp_path / "nowhere"))


def test_no_descriptor_is_left_open(root: Path, tmp_path: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    with Reports(str(root)):
        pass
    with pytest.raises(FileNotFoundError):
        Reports(str(tmp_path / "nowhere"))
    assert len(list(Path("/proc/self/fd").iterdir())) == before


class Ticks:
    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def test_rings_come_at_once_while_little_changes_and_apart_while_much_does() -> None:
    ticks = Ticks()
    sparing = Sparing(ticks)
    for _ in range(MANY):
        assert sparing.wait(1) == 0
        sparing.rung(1)
    assert sparing.wait(1) == pytest.approx(APART)
    assert sparing.wait(ENOUGH) == 0
    ticks.at += APART
    assert sparing.wait(1) == 0
    sparing.rung(500)
    ticks.at += APART / 2
    assert sparing.wait(1) == pytest.approx(APART / 2)
    ticks.at += 1
    assert sparing.wait(1) == 0


def test_in_a_flood_rings_are_further_apart_and_a_ring_for_few_a_pause_or_a_burst_is_none() -> None:
    ticks = Ticks()
    sparing = Sparing(ticks)

    def after(seconds: float, changes: int) -> list[float]:
        ticks.at += seconds
        sparing.rung(changes)
        return [sparing.wait(FLOOD), sparing.wait(ENOUGH), sparing.step]

    no_flood = pytest.approx([APART, 0, STEP])
    flood = pytest.approx([APART * TIMES, APART * TIMES, FLOOD_STEP])
    assert after(0, FLOOD + 1) == no_flood
    assert after(APART, FLOOD + 1) == flood
    assert sparing.wait(ENOUGH * TIMES) == 0
    assert after(APART * TIMES, FLOOD) == no_flood
    assert after(APART, FLOOD + 1) == no_flood
    assert after(BETWEEN[1] + 0.1, FLOOD + 1) == no_flood
    assert after(APART, FLOOD + 1) == flood
    assert after(BETWEEN[0] - 0.1, FLOOD + 1) == no_flood


def test_files_that_come_one_by_one_faster_than_they_can_be_shown_are_rung_for_together() -> None:
    ticks = Ticks()

    def after(seconds: float, rings: int) -> float:
        sparing = Sparing(ticks)
        for _ in range(rings):
            ticks.at += seconds
            assert sparing.wait(1) == 0
            sparing.rung(1)
        return sparing.wait(1)

    rapid = RAPID_WITHIN / RAPID
    assert after(rapid, RAPID) == pytest.approx(RAPID_APART)
    assert after(rapid, RAPID - 1) == 0
    assert after(rapid * 1.2, RAPID) == 0


def test_the_first_ring_comes_at_once_for_however_many() -> None:
    assert Sparing(Ticks()).wait(100 * MANY) == 0


@asynccontextmanager
async def ringing(root: Path) -> AsyncIterator[AsyncIterator[set[str] | None]]:
    async with asyncio.timeout(PATIENCE), aclosing(inotify_bell(root)) as rings:
        yield rings


async def test_the_end_of_a_burst_does_not_wait_for_its_turn(root: Path) -> None:
    no_time_passes = Ticks()
    async with asyncio.timeout(PATIENCE), aclosing(inotify_bell(root, no_time_passes)) as rings:
        ring, heard = asyncio.ensure_future(anext(rings)), set[str]()
        await asyncio.sleep(0)
        burst = {str(root / f"{number}.xml") for number in range(2 * MANY)}
        for path in burst:
            put(Path(path), XML)
        while heard != burst:
            heard |= await ring or set()
            ring = asyncio.ensure_future(anext(rings))
        await asyncio.sleep(0)
        put(root / "last.xml", XML)
        assert await ring == {str(root / "last.xml")}


async def test_it_rings_once_for_a_file_that_is_written_and_renamed_at_once(root: Path) -> None:
    async with ringing(root) as rings:
        ring = asyncio.ensure_future(anext(rings))
        await asyncio.sleep(0)
        put(root / ".a.part", XML)
        (root / ".a.part").rename(root / "a.xml")
        assert await ring == {str(root / ".a.part"), str(root / "a.xml")}
        put(root / "b.xml", XML)
        assert await anext(rings) == {str(root / "b.xml")}


async def test_it_ends_when_the_directory_is_gone(root: Path) -> None:
    async with ringing(root) as rings:
        ring = asyncio.ensure_future(anext(rings))
        await asyncio.sleep(0)
        os.rmdir(root)  # noqa: PTH106 (a moment's work)
        assert await ring == {str(root)}
        with pytest.raises(StopAsyncIteration):
            await anext(rings)
