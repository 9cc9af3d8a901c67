import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feeds import directory, known, scan, walk
from feeds.arrival import Arrival, Event, Sighting, digest
from feeds.directory import Directory
from tests.feeds.directories import (
    LONG_AGO,
    OTHER,
    SHEET,
    START,
    XML,
    Now,
    arrivals,
    is_gone,
    put,
    set_aside,
    sightings,
    watched,
)


class TestFiles:
    def test_a_file_that_was_there_at_first_came_when_it_was_modified(self, root: Path, now: Now) -> None:
        put(root / "a.xml", XML, LONG_AGO)
        (event,) = Directory(root, now).scan()
        assert event == Arrival(path="a.xml", data=XML, digest=digest(XML), at=LONG_AGO, basis="file")

    def test_a_modification_time_in_the_future_is_taken_as_now(self, root: Path, now: Now) -> None:
        put(root / "a.xml", XML, START + timedelta(days=300))
        (event,) = Directory(root, now).scan()
        assert event.at == START

    @pytest.mark.parametrize("seconds", [-(2**31), 2**33])
    def test_an_absurd_modification_time_does_no_harm(self, root: Path, now: Now, seconds: int) -> None:
        os.utime(put(root / "a.xml", XML), (seconds, seconds))
        (event,) = Directory(root, now).scan()
        assert datetime(1970, 1, 1, tzinfo=UTC) <= event.at <= START

    def test_a_later_file_came_when_it_was_seen(self, root: Path, now: Now) -> None:
        place = watched(root, now)
        put(root / "a.xml", XML, LONG_AGO)
        (event,) = place.scan()
        assert isinstance(event, Arrival)
        assert (event.at, event.basis) == (now.at, "arrived")

    def test_nothing_new_is_said_twice(self, root: Path, now: Now) -> None:
        put(root / "a.xml", XML)
        put(root / ".timestamp", b"1")
        put(root / "b.xml.part", XML)
        place = Directory(root, now)
        assert len(place.scan()) == 3
        now.passes(10)
        assert place.scan() == []

    def test_a_touch_is_nothing(self, root: Path, now: Now) -> None:
        put(root / "a.xml", XML, LONG_AGO)
        place = watched(root, now)
        os.utime(root / "a.xml")
        assert place.scan() == []

    def test_a_touch_of_a_sheet_that_counted_is_nothing(self, root: Path, now: Now) -> None:
        put(root / "a.csv", SHEET, LONG_AGO)
        place = watched(root, now)
        now.passes(2)
        assert arrivals(place.scan()) == {"a.csv": SHEET}
        os.utime(root / "a.csv")
        assert place.scan() == []
        now.passes(9)
        assert place.scan() == []

    def test_other_content_of_the_same_size_and_time_is_seen(self, root: Path, now: Now) -> None:
        put(root / "a.xml", XML, LONG_AGO)
        place = watched(root, now)
        put(root / "a.xml", OTHER, LONG_AGO)
        assert arrivals(place.scan()) == {"a.xml": OTHER}

    def test_a_file_renamed_over_another_is_a_new_version(self, root: Path, now: Now) -> None:
        put(root / "a.xml", XML, LONG_AGO)
        place = watched(root, now)
        put(root.parent / "new", OTHER, LONG_AGO).replace(root / "a.xml")
        assert arrivals(place.scan()) == {"a.xml": OTHER}

    def test_changed_and_changed_back_is_a_new_version_each_time(self, root: Path, now: Now) -> None:
        put(root / "a.xml", XML)
        place = watched(root, now)
        seen = []
        for data in (OTHER, XML, OTHER):
            put(root / "a.xml", data)
            seen += place.scan()
        assert [event.data for event in seen if isinstance(event, Arrival)] == [OTHER, XML, OTHER]

    def test_directories_made_and_filled_at_once_are_seen_whole(self, root: Path, now: Now) -> None:
        place = watched(root, now)
        for number in range(20):
            put(root / f"results/part{number}/deep/{number}.xml", XML + b"\n" * number)
        assert len(arrivals(place.scan())) == 20

    def test_versions_of_one_path_come_in_order_even_if_the_clock_stands_or_goes_back(
        self, root: Path, now: Now
    ) -> None:
        put(root / "a.xml", XML)
        place = Directory(root, now)
        events = place.scan()
        for step in (0, -3600, 0):
            now.passes(step)
            put(root / "a.xml", b"<a/>" + b" " * len(events))
            events += place.scan()
        assert len(events) == 4
        assert [event.at for event in events] == sorted({event.at for event in events})

    def test_the_first_bytes_of_a_huge_file_are_enough_to_refuse_it(
        self, root: Path, now: Now, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(scan, "MAX_BYTES", 10)
        monkeypatch.setattr(known, "MAX_BYTES", 10)
        put(root / "a.csv", b"0123456789ab")
        put(root / "b.csv", b"0123456789")
        events = Directory(root, now).scan()
        assert arrivals(events) == {"a.csv": b"0123456789a"}
        assert sightings(events) == {"b.csv": "waiting"}


class TestWaiting:
    def test_a_document_written_in_pieces_comes_only_when_it_is_whole(self, root: Path, now: Now) -> None:
        place = watched(root, now)
        said: list[Event] = []
        for end in range(0, len(XML), 7):
            put(root / "a.xml", XML[:end])
            said += place.scan()
            now.passes(1)
        assert arrivals(said) == {}
        assert sightings(said) == {"a.xml": "waiting"}
        put(root / "a.xml", XML)
        assert arrivals(place.scan()) == {"a.xml": XML}

    def test_a_sheet_without_a_trailer_comes_when_it_has_been_quiet_for_two_seconds(self, root: Path, now: Now) -> None:
        place = watched(root, now)
        put(root / "a.csv", SHEET, LONG_AGO)
        (waits,) = place.scan()
        assert isinstance(waits, Sighting)
        assert (waits.state, waits.reason) == ("waiting", "a sheet counts once it has been quiet for 2 s")
        now.passes(1.9)
        assert place.scan() == []
        now.passes(0.1)
        assert arrivals(place.scan()) == {"a.csv": SHEET}

    def test_a_write_starts_the_two_seconds_anew(self, root: Path, now: Now) -> None:
        place = watched(root, now)
        put(root / "a.csv", SHEET)
        place.scan()
        now.passes(1.5)
        put(root / "a.csv", SHEET + b"Adur,LAB,3\n")
        place.scan()
        now.passes(1.5)
        assert place.scan() == []
        now.passes(0.5)
        assert arrivals(place.scan()) == {"a.csv": SHEET + b"Adur,LAB,3\n"}

    def test_a_sheet_with_its_trailer_comes_at_once(self, root: Path, now: Now) -> None:
        place = watched(root, now)
        put(root / "a.csv", SHEET + b"# rows=1\n")
        assert list(arrivals(place.scan())) == ["a.csv"]

    def test_a_torn_document_that_stays_torn_comes_all_the_same(self, root: Path, now: Now) -> None:
        place = watched(root, now)
        put(root / "a.xml", XML[:-3])
        assert sightings(place.scan()) == {"a.xml": "waiting"}
        now.passes(2)
        assert arrivals(place.scan()) == {"a.xml": XML[:-3]}
        now.passes(2)
        assert place.scan() == []

    def test_a_sheet_that_lay_there_at_first_came_when_it_was_modified(self, root: Path, now: Now) -> None:
        put(root / "a.csv", SHEET, LONG_AGO)
        place = Directory(root, now)
        (waits,) = place.scan()
        now.passes(2)
        (comes,) = place.scan()
        assert isinstance(comes, Arrival)
        assert comes.basis == "file"
        assert waits.at < comes.at <= LONG_AGO + timedelta(seconds=1)

    def test_content_that_comes_back_after_a_torn_moment_ends_the_waiting(self, root: Path, now: Now) -> None:
        put(root / "a.xml", XML)
        place = watched(root, now)
        put(root / "a.xml", b"")
        assert sightings(place.scan()) == {"a.xml": "waiting"}
        put(root / "a.xml", XML)
        assert arrivals(place.scan()) == {"a.xml": XML}

    def test_a_file_that_changes_while_it_is_read_is_looked_at_again(
        self, root: Path, now: Now, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        place = watched(root, now)
        put(root / "a.xml", XML)
        with monkeypatch.context() as patch:
            patch.setattr(scan, "key_of", unsteady())
            assert sightings(place.scan()) == {"a.xml": "waiting"}
        assert arrivals(place.scan()) == {"a.xml": XML}

    def test_a_change_too_quick_for_the_file_systems_clock_is_found(
        self, root: Path, now: Now, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for module in (scan, walk):
            monkeypatch.setattr(module, "key_of", lambda status: walk.Key(1, 2**62, status.st_size, 1, 1))
        place = watched(root, now)
        put(root / "a.xml", XML)
        place.scan()
        put(root / "a.xml", OTHER)
        assert arrivals(place.scan()) == {"a.xml": OTHER}

    @pytest.mark.parametrize(
        "name", ["a.xml.part", "a.xml.filepart", "A.TMP", "a.crdownload", "a.csv~", ".#a.csv", ".a.xml.Ab3x9Z"]
    )
    def test_a_temporary_name_waits_for_its_rename(self, root: Path, now: Now, name: str) -> None:
        place = watched(root, now)
        put(root / name, XML)
        (waits,) = place.scan()
        assert isinstance(waits, Sighting)
        assert (waits.state, waits.reason) == ("waiting", "a temporary name: waits for its rename")
        now.passes(60)
        assert place.scan() == []
        (root / name).rename(root / "b.xml")
        events = place.scan()
        assert arrivals(events) == {"b.xml": XML}
        assert sightings(events) == {name: "removed"}


def unsteady() -> Callable[[os.stat_result], walk.Key]:
    """Return a `key_of` that never says the same twice."""
    count = iter(range(1_000_000))
    return lambda status: walk.Key(next(count), 0, status.st_size, 0, 0)


class TestRemoval:
    def test_a_file_that_goes_away_is_said_so_once(self, root: Path, now: Now) -> None:
        put(root / "a.xml", XML)
        put(root / "b.xml", OTHER)
        place = watched(root, now)
        (root / "a.xml").unlink()
        (event,) = place.scan()
        assert isinstance(event, Sighting)
        assert (event.state, event.at) == ("removed", now.at)
        assert place.scan() == []

    def test_a_file_that_waits_and_goes_away_is_said_so(self, root: Path, now: Now) -> None:
        put(root / "a.csv", SHEET)
        place = watched(root, now)
        (root / "a.csv").unlink()
        assert sightings(place.scan()) == {"a.csv": "removed"}

    def test_the_same_file_coming_back_arrives_again(self, root: Path, now: Now) -> None:
        put(root / "a.xml", XML)
        put(root / "b.xml", OTHER)
        place = watched(root, now)
        (root / "a.xml").unlink()
        (gone,) = place.scan()
        put(root / "a.xml", XML)
        (back,) = place.scan()
        assert isinstance(back, Arrival)
        assert back.at > gone.at

    def test_an_ignored_file_that_goes_away_and_returns_is_no_news(self, root: Path, now: Now) -> None:
        put(root / ".timestamp", b"1")
        place = watched(root, now)
        (root / ".timestamp").unlink()
        assert place.scan() == []
        put(root / ".timestamp", b"2")
        assert place.scan() == []

    def test_a_directory_that_is_emptied_removes_nothing_until_there_is_something_in_it(
        self, root: Path, now: Now
    ) -> None:
        put(root / "a.xml", XML)
        put(root / "b.xml", OTHER)
        place = watched(root, now)
        (root / "a.xml").unlink()
        (root / "b.xml").unlink()
        assert place.scan() == []
        assert (place.feed.state, place.feed.since) == ("emptied", now.at)
        put(root / "a.xml", XML)
        assert sightings(place.scan()) == {"b.xml": "removed"}
        assert (place.feed.state, place.feed.since) == ("ok", None)

    def test_a_directory_that_is_gone_keeps_what_it_held(self, root: Path, now: Now) -> None:
        put(root / "a.xml", XML)
        place = watched(root, now)
        set_aside(root)
        assert place.scan() == []
        assert is_gone(place)
        (root.parent / "aside").rename(root)
        assert place.scan() == []
        assert not is_gone(place)

    def test_another_directory_of_the_same_name_is_taken_for_what_it_holds(self, root: Path, now: Now) -> None:
        put(root / "a.xml", XML)
        put(root / "b.xml", XML + b"\n")
        place = watched(root, now)
        set_aside(root)
        put(root / "a.xml", XML)
        put(root / "c.xml", OTHER)
        events = place.scan()
        assert arrivals(events) == {"c.xml": OTHER}
        assert sightings(events) == {"b.xml": "removed"}

    def test_another_directory_that_is_still_empty_removes_nothing(self, root: Path, now: Now) -> None:
        put(root / "a.xml", XML)
        place = watched(root, now)
        set_aside(root)
        root.mkdir()
        assert place.scan() == []
        assert is_gone(place)
        put(root / "b.xml", OTHER)
        assert sightings(place.scan()) == {"a.xml": "removed"}
        assert not is_gone(place)

    def test_a_directory_that_is_exchanged_during_a_look_removes_nothing_by_that_look(
        self, root: Path, now: Now, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(root / "a.xml", XML)
        put(root / "b.xml", OTHER)
        place = watched(root, now)

        class Exchanged(walk.Walk):
            def __iter__(self) -> Iterator[walk.Seen]:
                set_aside(root)
                put(root / "a.xml", XML)
                return super().__iter__()

        with monkeypatch.context() as patch:
            patch.setattr(directory, "Walk", Exchanged)
            assert place.scan() == []
        put(root / "b.xml", OTHER)
        assert place.scan() == []

    def test_a_directory_that_is_not_there_yet_is_gone_until_it_comes(self, root: Path, now: Now) -> None:
        place = Directory(root / "later", now)
        assert place.scan() == []
        assert is_gone(place)
        put(root / "later/a.xml", XML, LONG_AGO)
        assert list(arrivals(place.scan())) == ["a.xml"]
        assert not is_gone(place)
