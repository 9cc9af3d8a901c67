"""The look at the names alone, between two looks through everything."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

import pytest

from feeds.bell import Ring
from feeds.directory import Directory
from feeds.disk import Disk
from feeds.folders import FEW
from tests.feeds.directories import OTHER, SHEET, XML, Now, arrivals, put, watched
from tests.feeds.test_changes import following


def known(root: Path, now: Now) -> Directory:
    """Return a directory that has been looked at, and whose names have been looked at until nothing was left to ask."""
    place = watched(root, now)
    place.names()
    return place


class TestNames:
    def test_what_has_come_is_named_and_nothing_else(self, root: Path, now: Now) -> None:
        put(root / "a.xml", XML)
        put(root / "in/b.xml", XML)
        place = known(root, now)
        assert place.names() == []
        put(root / "c.xml", OTHER)
        put(root / "in/d.xml", OTHER)
        assert sorted(place.names()) == ["c.xml", "in/d.xml"]
        assert arrivals(place.glance(["c.xml", "in/d.xml"])) == {"c.xml": OTHER, "in/d.xml": OTHER}
        place.names()
        assert place.names() == []

    def test_a_file_renamed_over_another_is_named(self, root: Path, now: Now) -> None:
        put(root / "a.xml", XML)
        place = known(root, now)
        put(root / ".a", OTHER).rename(root / "a.xml")
        assert place.names() == ["a.xml"]
        assert arrivals(place.glance(["a.xml"])) == {"a.xml": OTHER}

    def test_a_change_at_the_same_time_as_the_one_before_is_named_all_the_same(
        self, root: Path, now: Now, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        place = known(root, now)
        put(root / "a.xml", XML)
        assert place.names() == ["a.xml"]
        at = root.stat()
        put(root / "b.xml", XML)
        stat = Disk.stat
        monkeypatch.setattr(Disk, "stat", lambda disk, path: at if path == str(root) else stat(disk, path))
        assert sorted(place.names()) == ["a.xml", "b.xml"]

    def test_what_is_waited_for_ignored_or_a_link_is_not_named_again_and_again(self, root: Path, now: Now) -> None:
        put(root / "b.xml", XML)
        for name in ("a.csv", "c.xml.part", ".hidden", ".git/x"):
            put(root / name, SHEET)
        (root / "link.xml").symlink_to("b.xml")
        place = known(root, now)
        put(root / "d.xml", OTHER)
        assert place.names() == ["d.xml"]

    def test_before_the_first_look_nothing_is_named(self, root: Path, now: Now) -> None:
        put(root / "a.xml", XML)
        assert Directory(root, now).names() == []

    @pytest.mark.parametrize("error", [PermissionError(13, "no"), OSError(5, "no")])
    def test_a_directory_that_cannot_be_read_is_left_to_the_look_through_everything(
        self, root: Path, now: Now, monkeypatch: pytest.MonkeyPatch, error: OSError
    ) -> None:
        put(root / "in/a.xml", XML)
        place = known(root, now)
        put(root / "in/b.xml", XML)

        def entries(disk: Disk, path: str | Path) -> list[os.DirEntry[str]]:
            raise error

        with monkeypatch.context() as patch:
            patch.setattr(Disk, "entries", entries)
            assert place.names() == []
        assert arrivals(place.scan()) == {"in/b.xml": XML}

    def test_where_names_have_other_numbers_than_files_only_names_are_compared(
        self, root: Path, now: Now, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for number in range(FEW + 5):
            put(root / f"{number}.xml", XML)
        place = known(root, now)
        put(root / "new.xml", OTHER)
        entries = Disk.entries
        monkeypatch.setattr(Disk, "entries", lambda disk, path: [Odd(entry) for entry in entries(disk, path)])
        assert place.names() == ["new.xml"]


class Odd:
    """An entry of a directory as some file systems give it, with a number of its own."""

    def __init__(self, entry: os.DirEntry[str]) -> None:
        self.name, self.path, self.is_dir, self.is_symlink = entry.name, entry.path, entry.is_dir, entry.is_symlink

    def inode(self) -> int:
        return 1


async def silence(root: Path) -> AsyncIterator[Ring]:
    await asyncio.Event().wait()
    yield None


class Stopwatch:
    """By this the first look took an hour of a core, and nothing anything after it."""

    def __init__(self) -> None:
        self.readings = iter([0.0, 3600.0])

    def __call__(self) -> float:
        return next(self.readings, 3600.0)


async def test_where_looks_are_dear_and_nothing_rings_new_files_are_found_by_their_names(root: Path, now: Now) -> None:
    put(root / "in/a.xml", XML)
    place = Directory(root, now, stopwatch=Stopwatch())
    async with aclosing(place.changes(silence, 0.001)) as changes:
        assert arrivals(await following(changes)) == {"in/a.xml": XML}
        put(root / "in/b.xml", OTHER)
        assert arrivals(await following(changes)) == {"in/b.xml": OTHER}
        put(root / "in/deep/c.xml", XML)
        assert arrivals(await following(changes)) == {"in/deep/c.xml": XML}
