import os
import socket
from datetime import timedelta
from pathlib import Path

import pytest

from feeds import scan
from feeds.arrival import Arrival, Sighting, order
from feeds.directory import Directory, one_shot
from feeds.disk import Disk
from tests.feeds.directories import OTHER, SHEET, START, XML, Now, arrivals, put, sightings, watched


class TestNotCounted:
    @pytest.mark.parametrize("name", [".timestamp", ".listing", ".DS_Store", "~$sheet.csv"])
    def test_hidden_files_and_lock_files_are_ignored_with_a_reason(self, root: Path, now: Now, name: str) -> None:
        put(root / name, XML)
        (event,) = Directory(root, now).scan()
        assert isinstance(event, Sighting)
        assert event.state == "ignored"
        assert event.reason

    def test_a_hidden_directory_is_ignored_as_one(self, root: Path, now: Now) -> None:
        put(root / ".git/objects/a.xml", XML)
        put(root / ".cache.AbC123/a.xml", XML)
        assert sightings(Directory(root, now).scan()) == {".git": "ignored", ".cache.AbC123": "ignored"}

    def test_pages_that_the_reader_knows_by_name_are_left_to_the_reader(self, root: Path, now: Now) -> None:
        put(root / "README.md", b"A feed.")
        put(root / "arrivals.csv", b"position,file,at,basis\n")
        assert set(arrivals(Directory(root, now).scan())) == {"README.md", "arrivals.csv"}

    def test_pipes_and_sockets_are_ignored_and_never_opened(
        self, root: Path, now: Now, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        os.mkfifo(root / "pipe.xml")
        monkeypatch.chdir(root)
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("socket.xml")
            events = Directory(root, now).scan()
        reasons = {event.path: event.reason for event in events if isinstance(event, Sighting)}
        assert reasons == {"pipe.xml": "a named pipe, not a file", "socket.xml": "a socket, not a file"}

    def test_a_pipe_that_takes_a_files_place_is_not_waited_for(self, root: Path) -> None:
        os.mkfifo(root / "pipe.xml")
        with pytest.raises(OSError, match="not a file any more"):
            scan.read_still(str(root / "pipe.xml"), Disk())

    def test_a_file_that_may_not_be_read_says_so_and_heals(
        self, root: Path, now: Now, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(root / "a.xml", XML)
        place = Directory(root, now)
        with monkeypatch.context() as patch:
            patch.setattr(os, "open", refuse)
            (event,) = place.scan()
            now.passes(1)
            assert place.scan() == []
        assert isinstance(event, Sighting)
        assert (event.state, event.reason) == ("unreadable", "cannot be read: permission denied")
        assert arrivals(place.scan()) == {"a.xml": XML}

    def test_files_in_a_directory_that_is_closed_for_a_while_are_not_removed(
        self, root: Path, now: Now, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(root / "sub/a.xml", XML)
        place = watched(root, now)
        look = os.scandir
        with monkeypatch.context() as patch:
            patch.setattr(os, "scandir", lambda path: refuse() if str(path).endswith("sub") else look(path))
            assert sightings(place.scan()) == {"sub": "unreadable"}
        assert sightings(place.scan()) == {"sub": "removed"}


def refuse(*_: object) -> int:
    raise PermissionError(13, "Permission denied")


class TestLinks:
    def test_a_link_to_a_file_inside_is_followed(self, root: Path, now: Now) -> None:
        put(root / ".store/1.xml", XML)
        (root / "a.xml").symlink_to(root / ".store/1.xml")
        place = Directory(root, now)
        assert arrivals(place.scan()) == {"a.xml": XML}
        put(root / ".store/2.xml", OTHER)
        (root / "new").symlink_to(root / ".store/2.xml")
        (root / "new").replace(root / "a.xml")
        assert arrivals(place.scan()) == {"a.xml": OTHER}

    def test_a_link_to_a_hidden_directory_inside_is_followed(self, root: Path, now: Now) -> None:
        put(root / ".releases/1/a.xml", XML)
        (root / "current").symlink_to(".releases/1")
        assert arrivals(Directory(root, now).scan()) == {"current/a.xml": XML}

    def test_links_out_of_the_directory_are_ignored(self, root: Path, now: Now) -> None:
        put(root.parent / "outside/a.xml", XML)
        (root / "file.xml").symlink_to(root.parent / "outside/a.xml")
        (root / "folder").symlink_to(root.parent / "outside")
        (root / "indirect").symlink_to("folder/a.xml")
        (root / "device").symlink_to("/dev/zero")
        events = Directory(root, now).scan()
        assert {event.reason for event in events if isinstance(event, Sighting)} == {
            "a link that leads out of the directory"
        }
        assert len(events) == 4

    def test_a_directory_beside_it_with_a_longer_name_is_outside(self, root: Path, now: Now) -> None:
        put(root.parent / "feed-old/a.xml", XML)
        (root / "old").symlink_to(root.parent / "feed-old")
        assert sightings(Directory(root, now).scan()) == {"old": "ignored"}

    def test_circles_and_broken_links_end(self, root: Path, now: Now) -> None:
        put(root / "sub/a.xml", XML)
        (root / "sub/up").symlink_to("..")
        (root / "here").symlink_to(".")
        (root / "self").symlink_to("self")
        (root / "nowhere").symlink_to("missing.xml")
        events = Directory(root, now).scan()
        assert arrivals(events) == {"sub/a.xml": XML}
        assert sightings(events) == dict.fromkeys(["sub/up", "here", "self", "nowhere"], "ignored")

    def test_the_watched_directory_may_itself_be_a_link_and_be_pointed_elsewhere(self, root: Path, now: Now) -> None:
        put(root / "a.xml", XML)
        put(root.parent / "second/b.xml", OTHER)
        link = root.parent / "link"
        link.symlink_to(root)
        place = watched(link, now)
        link.unlink()
        link.symlink_to(root.parent / "second")
        events = place.scan()
        assert arrivals(events) == {"b.xml": OTHER}
        assert sightings(events) == {"a.xml": "removed"}


class TestNames:
    def test_a_name_that_is_not_utf_8_is_read_and_shown_safely(self, root: Path, now: Now) -> None:
        put(root / os.fsdecode(b"caf\xe9.xml"), XML)
        assert arrivals(Directory(root, now).scan()) == {"caf⟨U+DCE9⟩.xml": XML}

    def test_a_name_with_line_breaks_and_escapes_is_shown_safely(self, root: Path, now: Now) -> None:
        put(root / "a\nb\x1b[31m.xml", XML)
        (path,) = arrivals(Directory(root, now).scan())
        assert path == "a⟨U+000A⟩b⟨U+001B⟩[31m.xml"

    def test_different_names_are_shown_differently(self, root: Path, now: Now) -> None:
        for name in ("a\n.xml", "a⟨U+000A⟩.xml", "a .xml"):
            put(root / name, XML)
        assert len(arrivals(Directory(root, now).scan())) == 3


class TestOneShot:
    def test_it_gives_what_lies_there_in_the_order_of_counting(self, root: Path) -> None:
        put(root / "late.xml", XML, START - timedelta(hours=1))
        put(root / "early.xml", OTHER, START - timedelta(hours=2))
        put(root / ".timestamp", b"1", START - timedelta(hours=3))
        events = one_shot(root, START)
        assert [event.path for event in events] == [".timestamp", "early.xml", "late.xml"]
        assert events == sorted(events, key=order)
        assert {event.basis for event in events if isinstance(event, Arrival)} == {"file"}

    def test_a_sheet_waits_if_it_was_modified_less_than_two_seconds_ago(self, root: Path) -> None:
        put(root / "old.csv", SHEET, START - timedelta(seconds=2))
        put(root / "new.csv", SHEET, START - timedelta(seconds=1.9))
        put(root / "future.csv", SHEET, START + timedelta(hours=1))
        put(root / "whole.xml", XML, START)
        events = one_shot(root, START)
        assert set(arrivals(events)) == {"old.csv", "whole.xml"}
        assert sightings(events) == {"new.csv": "waiting", "future.csv": "waiting"}

    def test_a_directory_that_is_not_there_is_an_error(self, root: Path) -> None:
        with pytest.raises(FileNotFoundError):
            one_shot(root / "missing", START)


class TestBoundary:
    """What tells whether a document is whole may fail: that costs the file, not the night."""

    @pytest.fixture(autouse=True)
    def failing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def whole(path: str, data: bytes) -> bool:
            if path == "odd.xml":
                raise ZeroDivisionError(path)
            return True

        monkeypatch.setattr(scan, "whole", whole)

    def test_a_document_of_which_that_cannot_be_told_waits_as_one_that_is_not_whole(self, root: Path, now: Now) -> None:
        place = Directory(root, now)
        put(root / "odd.xml", XML)
        put(root / "a.xml", XML)
        events = place.scan()
        assert (arrivals(events), sightings(events)) == ({"a.xml": XML}, {"odd.xml": "waiting"})
        now.passes(2)
        assert arrivals(place.scan()) == {"odd.xml": XML}

    def test_so_does_one_look(self, root: Path) -> None:
        put(root / "odd.xml", XML, START)
        put(root / "a.xml", XML, START)
        events = one_shot(root, START)
        assert (arrivals(events), sightings(events)) == ({"a.xml": XML}, {"odd.xml": "waiting"})
        assert set(arrivals(one_shot(root, START + timedelta(seconds=2)))) == {"odd.xml", "a.xml"}
