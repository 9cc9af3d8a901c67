"""Rows of a SQLite file read from its pages alone: all that SQLite has, and of a part of the file all that is in it."""

import random
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.arrival import Arrival, digest
from feeds.recorded import read_recording, summary
from feeds.recording import Recording, RecordingProblem
from feeds.salvage import rows

BEGIN = datetime(2022, 5, 5, 21, 0, tzinfo=UTC)
LENGTHS = (0, 1, 100, 400, 460, 480, 500, 900, 1_000, 4_000, 20_000)


def made(path: Path, page: int, number: int, seed: int) -> list[tuple[int, tuple[object, ...]]]:
    """Make a file with a table of so many rows of all kinds and lengths; return them."""
    rng = random.Random(seed)  # noqa: S311 - the same rows again, not a secret
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.execute(f"PRAGMA page_size = {page}")
        base.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a, b, c)")
        base.execute("CREATE INDEX i ON t (a)")
        base.execute("BEGIN")
        for _ in range(number):
            numbers = (None, 0, 1, -1, 127, -70_000, 2**31, -(2**47), 2**62)
            values = (rng.choice(numbers), "é" * rng.choice(LENGTHS), rng.randbytes(rng.choice(LENGTHS)))
            base.execute("INSERT INTO t (a, b, c) VALUES (?, ?, ?)", values)
        base.execute("COMMIT")
        return [(row[0], (None, *row[1:])) for row in base.execute("SELECT * FROM t ORDER BY id")]


def found(path: Path) -> list[tuple[int, tuple[object, ...]]]:
    return sorted((row for row in rows(path, 1_000_000) if len(row[1]) == 4), key=lambda row: row[0])


@pytest.mark.parametrize("page", [512, 4096, 8192, 65_536])
def test_every_row_of_a_whole_file_is_found_as_sqlite_has_it(tmp_path: Path, page: int) -> None:
    path = tmp_path / "x.db"
    right = made(path, page, 200, page)
    assert found(path) == right


def test_of_a_part_of_a_file_all_rows_are_found_whose_pages_are_there_and_no_others(tmp_path: Path) -> None:
    path, part = tmp_path / "x.db", tmp_path / "part.db"
    whole = dict(made(path, 4096, 300, 1))
    data, numbers = path.read_bytes(), []
    for tenths in range(1, 11):
        part.write_bytes(data[: len(data) * tenths // 10])
        there = found(part)
        assert all(whole[number] == values for number, values in there)
        numbers.append(len(there))
    assert numbers == sorted(numbers)
    assert numbers[4] > 100
    assert numbers[-1] == 300


def test_a_row_that_is_too_long_is_passed_over(tmp_path: Path) -> None:
    made(tmp_path / "x.db", 4096, 50, 2)
    assert all(len(str(values)) < 200_000 for _, values in rows(tmp_path / "x.db", 2_000))
    assert 0 < len(list(rows(tmp_path / "x.db", 2_000))) < 52


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_is_more_than_rows_that_are_not_there(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "x.db"
        made(path, 512, 20, 3)
        spoilt = bytearray(path.read_bytes())
        for _ in range(data.draw(st.integers(1, 30))):
            spoilt[data.draw(st.integers(100, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
        path.write_bytes(spoilt)
        assert len(list(rows(path, 1_000_000))) <= len(spoilt)


@pytest.mark.parametrize(
    "data", [b"SQLite", b"SQLite format 3\0" + b"\0" * 500, b"SQLite format 3\0\1\1" + b"\r" * 500]
)
def test_what_is_no_such_file_has_no_rows(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x").write_bytes(data)
    assert list(rows(tmp_path / "x", 1_000)) == []


def test_a_recording_that_is_cut_off_replays_up_to_the_cut(tmp_path: Path) -> None:
    path, part = tmp_path / "x.night", tmp_path / "part.night"
    events = []
    for number in range(300):
        data = f"{number:04} ".encode() * 600
        at = BEGIN + timedelta(minutes=number)
        events.append(Arrival(path=f"{number}.csv", data=data, digest=digest(data), at=at, basis="arrived"))
    recording = Recording(path, "/feed", BEGIN)
    for event in events:
        recording.add([event])
    recording.settle(BEGIN.date(), "A night")
    recording.close()
    data = path.read_bytes()
    for share in (30, 40, 50, 60, 70, 80, 90, 95):
        part.write_bytes(data[: len(data) * share // 100])
        held = read_recording(part)
        assert held.cut is not None
        assert list(held.events) == events[: len(held.events)]
        assert abs(len(held.events) - 3 * share) < 15
        assert (held.title, held.source) == ("A night", "/feed")


@pytest.mark.parametrize("size", [50, 99, 100, 2_000, 8_191, 8_192, 12_288, 24_576, 40_000])
def test_a_recording_cut_before_its_first_event_says_what_it_is_and_where_the_cut_is(tmp_path: Path, size: int) -> None:
    path = tmp_path / "x.night"
    recording = Recording(path, "/feed", BEGIN)
    for number in range(100):
        data = f"{number:04} ".encode() * 600
        recording.add([Arrival(path="a.csv", data=data, digest=digest(data), at=BEGIN, basis="arrived")])
    recording.close()
    path.write_bytes(path.read_bytes()[:size])
    for read in (read_recording, summary):
        with pytest.raises(RecordingProblem) as told:
            read(path)
        words = f"it is cut off or damaged before its first event, at {size:,} bytes; none of it is used"
        assert str(told.value) == f"“x.night”: {words}"


@pytest.mark.parametrize("kept", [35, 60, 99])
def test_what_is_said_of_a_cut_off_recording_is_said_of_what_is_left(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "x.night"
    recording = Recording(path, "/feed", BEGIN)
    for number in range(200):
        data = f"{number:04} ".encode() * 600
        at = BEGIN + timedelta(minutes=number)
        recording.add([Arrival(path=f"{number}.csv", data=data, digest=digest(data), at=at, basis="arrived")])
    recording.settle(BEGIN.date(), "A night")
    recording.close()
    assert summary(path).cut is None
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * kept // 100])
    held, told = read_recording(path), summary(path)
    assert 0 < len(held.events) < 200
    assert (told.files, told.last) == (len(held.events), held.events[-1].at)
    assert (told.title, told.source, told.cut) == ("A night", "/feed", held.cut)


def test_a_recording_in_which_nothing_was_recorded_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "x.night"
    Recording(path, "/feed", BEGIN).close()
    assert (read_recording(path).events, read_recording(path).cut, summary(path).cut) == ((), None, None)


def test_a_recording_that_is_still_written_is_not_taken_for_a_cut_off_one(tmp_path: Path) -> None:
    path, data = tmp_path / "x.night", b"x" * 5_000
    recording = Recording(path, "/feed", BEGIN)
    for number in range(50):
        recording.add([Arrival(path=f"{number}.csv", data=data, digest=digest(data), at=BEGIN, basis="arrived")])
        assert (summary(path).files, summary(path).cut) == (number + 1, None)
    recording.close()
