"""A directory that is watched again: what was said of it before is not said again, and nothing comes too early."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.arrival import Arrival, Event, Sighting, order
from feeds.directory import Directory
from feeds.text import clean_path, original_path
from tests.feeds.directories import LONG_AGO, OTHER, SHEET, START, XML, Now, arrivals, put, sightings


def seen(root: Path, now: Now, looks: int = 1) -> list[Event]:
    """Return what a watch saw that was killed after so many looks, a second apart."""
    place = Directory(root, now)
    events = []
    for _ in range(looks):
        events += place.scan()
        now.passes(1)
    return events


def resumed(root: Path, now: Now, before: list[Event]) -> Directory:
    place = Directory(root, now)
    place.resume(before)
    return place


def test_unchanged_files_bring_nothing(root: Path, now: Now) -> None:
    put(root / "a.xml", XML)
    put(root / "b.part", b"x")
    put(root / (os.fsdecode(b"\xff ") + "⟨.xml"), OTHER)
    before = seen(root, now)
    assert len(before) == 3
    assert resumed(root, now, before).scan() == []


def test_a_changed_file_arrives_with_the_files_time_but_never_before_what_was_recorded(root: Path, now: Now) -> None:
    put(root / "a.xml", XML)
    put(root / "b.xml", XML)
    before = seen(root, now)
    put(root / "a.xml", OTHER, LONG_AGO)
    put(root / "b.xml", OTHER, now.at - timedelta(seconds=0.25))
    first, second = resumed(root, now, before).scan()
    assert isinstance(first, Arrival)
    assert isinstance(second, Arrival)
    assert {first.basis, second.basis} == {"file"}
    by_path = {event.path: event.at for event in (first, second)}
    recorded = {event.path: event.at for event in before}
    assert by_path["a.xml"] == recorded["a.xml"] + timedelta(microseconds=1)
    assert by_path["b.xml"] == now.at - timedelta(seconds=0.25)


def test_a_file_that_went_meanwhile_is_removed(root: Path, now: Now) -> None:
    put(root / "a.xml", XML)
    put(root / "b.xml", OTHER)
    before = seen(root, now)
    (root / "a.xml").unlink()
    assert sightings(resumed(root, now, before).scan()) == {"a.xml": "removed"}


def test_a_file_that_came_back_meanwhile_comes_after_its_removal(root: Path, now: Now) -> None:
    put(root / "a.xml", XML)
    put(root / "b.xml", OTHER)
    place = Directory(root, now)
    before = place.scan()
    (root / "a.xml").unlink()
    now.passes(1)
    before += place.scan()
    put(root / "a.xml", XML, LONG_AGO)
    now.passes(1)
    (back,) = resumed(root, now, before).scan()
    assert arrivals([back]) == {"a.xml": XML}
    assert order(back) > max(order(event) for event in before)


def test_a_file_that_waited_counts_once_it_was_quiet_and_its_wait_is_not_said_twice(root: Path, now: Now) -> None:
    put(root / "a.csv", SHEET)
    before = seen(root, now)
    assert sightings(before) == {"a.csv": "waiting"}
    place = resumed(root, now, before)
    assert place.scan() == []
    now.passes(3)
    assert arrivals(place.scan()) == {"a.csv": SHEET}


def test_what_comes_later_is_later_than_all_that_was_recorded_though_the_clock_was_set_back(
    root: Path, now: Now
) -> None:
    put(root / "a.xml", XML, LONG_AGO)
    before = seen(root, now)
    put(root / "b.xml", OTHER)
    now.passes(5)
    late = [*before, Sighting(path="c.part", at=now.at, state="waiting", reason="x")]
    now.passes(-3600)
    place = resumed(root, now, late)
    place.scan()
    put(root / "a.xml", b"<third/>", LONG_AGO)
    now.passes(1)
    (last,) = place.scan()
    assert last.at > max(event.at for event in late)


def test_an_emptied_directory_keeps_what_was_recorded(root: Path, now: Now) -> None:
    put(root / "a.xml", XML)
    before = seen(root, now)
    (root / "a.xml").unlink()
    place = resumed(root, now, before)
    assert place.scan() == []
    assert place.state == "gone"


@given(st.text(st.characters(), max_size=12))
def test_the_path_that_was_cleaned_can_be_had_back(path: str) -> None:
    assert original_path(clean_path(path)) == path


NAMES = ("a.xml", "b.xml", "c.part", "d.csv")
steps = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from([b"", XML, OTHER, XML[:20], SHEET, None]), st.booleans()),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(steps, st.integers(0, 12))
def test_killed_between_any_two_looks_every_path_stands_as_in_a_fresh_start(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, bytes | None, bool]], kill: int
) -> None:
    root, now = tmp_path_factory.mktemp("feed"), Now()
    put(root / "keep.xml", b"<keep/>", START)
    place = Directory(root, now)
    told: list[Event] = []
    for number, (name, data, look) in enumerate(changes):
        if number == kill:
            place = resumed(root, now, told)
        if data is None:
            (root / name).unlink(missing_ok=True)
        else:
            put(root / name, data, now.at)
        if look:
            told += place.scan()
        now.passes(1)
    told += place.scan()
    now.passes(5)
    told += place.scan()
    now.passes(5)
    fresh = Directory(root, now)
    wanted = fresh.scan()
    now.passes(5)
    wanted += fresh.scan()
    assert standing(told) == standing(wanted)


def standing(events: list[Event]) -> dict[str, object]:
    """Return what was said last of each path that is there."""
    last: dict[str, object] = {}
    for event in sorted(events, key=order):
        last[event.path] = event.digest if isinstance(event, Arrival) else (event.state, event.reason)
    return {path: said for path, said in last.items() if not isinstance(said, tuple) or said[0] != "removed"}
