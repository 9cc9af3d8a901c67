"""A list of names that leaves out what lies there: some file systems do, while another file takes a name's place."""

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from feeds.directory import Directory
from feeds.disk import Disk
from feeds.scan import one_shot
from tests.feeds.directories import OTHER, START, XML, Now, arrivals, put, sightings

FILES = ("a.xml", "b.xml", "in/c.xml", "in/d.xml")


class Forgetful(Disk):
    """A disk whose lists leave out some names. A file beside them is made while the first list is read."""

    def __init__(self, beside: Path | None = None) -> None:
        self.left_out: set[str] = set()
        self.beside = beside

    def entries(self, path: str | Path) -> Iterable[os.DirEntry[str]]:
        found = [entry for entry in super().entries(path) if entry.name not in self.left_out]
        if self.beside is not None:
            put(self.beside, b"", START)
            os.utime(self.beside.parent, (0, 0))
            self.beside, self.left_out = None, set()
        return found


@pytest.fixture
def disk() -> Forgetful:
    return Forgetful()


@pytest.fixture
def place(root: Path, now: Now, disk: Forgetful) -> Directory:
    """Return a directory of four files that has been looked at once."""
    for number, path in enumerate(FILES):
        put(root / path, XML + b"\n" * number, START)
    place = Directory(root, now, disk=disk)
    place.scan()
    now.passes(1)
    return place


@pytest.mark.parametrize("name", ["a.xml", "c.xml", "in"])
def test_what_lies_there_and_is_left_out_is_not_removed(place: Directory, disk: Forgetful, name: str) -> None:
    disk.left_out = {name}
    assert place.scan() == []
    disk.left_out = set()
    assert place.scan() == []


def test_what_took_the_place_of_a_file_and_is_left_out_is_read_all_the_same(
    place: Directory, disk: Forgetful, root: Path
) -> None:
    put(root / "in/.c.xml.part", OTHER).rename(root / "in/c.xml")
    disk.left_out = {"c.xml", "b.xml"}
    events = place.scan()
    assert arrivals(events) == {"in/c.xml": OTHER}
    assert [event.basis for event in events if hasattr(event, "basis")] == ["arrived"]
    assert sightings(events) == {}


def test_what_is_gone_is_removed_with_all_that_was_in_it(place: Directory, root: Path) -> None:
    for path in ("in/c.xml", "in/d.xml", "b.xml"):
        (root / path).unlink()
    (root / "in").rmdir()
    assert sightings(place.scan()) == {"in/c.xml": "removed", "in/d.xml": "removed", "b.xml": "removed"}
    assert place.scan() == []


def test_a_file_whose_name_a_directory_took_is_removed(place: Directory, root: Path) -> None:
    (root / "b.xml").unlink()
    put(root / "b.xml/e.xml", OTHER)
    events = place.scan()
    assert sightings(events) == {"b.xml": "removed"}
    assert arrivals(events) == {"b.xml/e.xml": OTHER}


def test_a_file_behind_a_link_that_leads_elsewhere_now_is_removed(
    place: Directory, root: Path, tmp_path: Path, now: Now
) -> None:
    (root / "in").rename(tmp_path / "elsewhere")
    (root / "in").symlink_to(tmp_path / "elsewhere")
    removed = {path for path, state in sightings(place.scan()).items() if state == "removed"}
    assert removed == {"in/c.xml", "in/d.xml"}


def test_a_look_that_is_the_only_one_reads_a_directory_again_that_changes_meanwhile(root: Path, now: Now) -> None:
    for path in ("a.xml", "b.xml"):
        put(root / path, XML + path.encode(), START)
    disk = Forgetful(beside=root / "c.txt")
    disk.left_out = {"b.xml"}
    assert [event.path for event in one_shot(root, now(), disk)] == ["a.xml", "b.xml", "c.txt"]
