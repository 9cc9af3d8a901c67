"""Recordings: what goes in comes out, whatever happens to the process, the disk or the file."""

import fcntl
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.arrival import Arrival, Event, Sighting, digest
from feeds.recorded import read_recording, summary
from feeds.recording import LARGE, Recording, RecordingProblem, RecordingTaken
from feeds.text import clean, clean_path

START = datetime(2026, 5, 7, 21, 0, tzinfo=UTC)


def arrival(path: str, data: bytes, seconds: float = 0) -> Arrival:
    return Arrival(path=path, data=data, digest=digest(data), at=START + timedelta(seconds=seconds), basis="arrived")


def some(number: int, size: int = 700) -> list[Event]:
    return [arrival(f"{n}.xml", f"<a n='{n}'>{'x' * size}</a>".encode(), n) for n in range(number)]


def recording(path: Path, connect: Callable[[Path], sqlite3.Connection] | None = None) -> Recording:
    if connect is None:
        return Recording(path, "/srv/feed", START)
    return Recording(path, "/srv/feed", START, connect)


def recorded(path: Path, events: list[Event]) -> Path:
    """Return a closed recording of these events, ten at a time."""
    opened = recording(path)
    for begin in range(0, len(events), 10):
        opened.add(events[begin : begin + 10])
    opened.close()
    return path


times = st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
paths = st.text(st.characters(), min_size=1, max_size=20).map(clean_path)
arrivals = st.builds(
    lambda path, data, at, basis: Arrival(path=path, data=data, digest=digest(data), at=at, basis=basis),
    paths,
    st.binary(max_size=40),
    times,
    st.sampled_from(["arrived", "file"]),
)
sightings = st.builds(
    Sighting,
    path=paths,
    at=times,
    state=st.sampled_from(["waiting", "ignored", "unreadable", "removed"]),
    reason=st.text(max_size=20).map(clean),
)
looks = st.lists(st.lists(arrivals | sightings, max_size=5), max_size=5)


class TestRoundTrip:
    @settings(max_examples=60, deadline=None)
    @given(looks)
    def test_what_was_recorded_is_read_back_identical_after_every_look(
        self, tmp_path_factory: pytest.TempPathFactory, found: list[list[Event]]
    ) -> None:
        path = tmp_path_factory.mktemp("r") / "a.night"
        opened = recording(path)
        so_far: list[Event] = []
        for look in found:
            opened.add(look)
            so_far += look
            assert read_recording(path).events == tuple(so_far)
        opened.close()
        again = read_recording(path)
        assert (again.events, again.cut) == (tuple(so_far), None)

    def test_a_content_is_kept_once_however_often_it_comes(self, tmp_path: Path) -> None:
        path = recorded(tmp_path / "a.night", [arrival(f"{n}.xml", b"<same/>", n) for n in range(5)])
        with sqlite3.connect(path) as base:
            assert base.execute("SELECT count(*), max(data) FROM contents").fetchone() == (1, b"<same/>")
            assert base.execute("SELECT count(*) FROM events").fetchone() == (5,)
        base.close()

    def test_a_later_start_goes_on_after_the_last_event(self, tmp_path: Path) -> None:
        events = some(30)
        recorded(tmp_path / "a.night", events[:17])
        recorded(tmp_path / "a.night", events[17:])
        assert read_recording(tmp_path / "a.night").events == tuple(events)

    def test_the_poll_date_and_the_title_are_kept_and_can_change(self, tmp_path: Path) -> None:
        path = tmp_path / "a.night"
        opened = recording(path)
        opened.settle(START.date(), None)
        opened.settle(START.date(), "Locals")
        opened.close()
        found = summary(path)
        assert (found.poll_date, found.title, found.source) == (START.date(), "Locals", "/srv/feed")

    def test_what_a_replay_makes_of_a_file_is_not_recorded(self, tmp_path: Path) -> None:
        opened = recording(tmp_path / "a.night")
        part = Arrival(path="a", data=b"", digest=digest(b""), at=START, basis="declared", until=START)
        with pytest.raises(ValueError, match="not what a replay makes of it"):
            opened.add([part])
        opened.close()


class TestFile:
    def test_only_its_owner_can_read_it_and_a_clean_close_leaves_one_file(self, tmp_path: Path) -> None:
        path = recorded(tmp_path / "a.night", some(3))
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert [p.name for p in tmp_path.iterdir()] == ["a.night"]

    def test_the_log_beside_it_is_as_private(self, tmp_path: Path) -> None:
        opened = recording(tmp_path / "a.night")
        opened.add(some(3))
        assert {stat.S_IMODE(p.stat().st_mode) for p in tmp_path.iterdir()} == {0o600}
        opened.close()

    def test_any_sqlite_tool_reads_it_while_it_is_written(self, tmp_path: Path) -> None:
        opened = recording(tmp_path / "a.night")
        opened.add([arrival("a.xml", b"<a/>")])
        base = sqlite3.connect(tmp_path / "a.night")
        rows = base.execute("SELECT at, path, data FROM events JOIN contents USING (digest)").fetchall()
        base.close()
        opened.add([arrival("b.xml", b"<b/>")])
        opened.close()
        assert rows == [("2026-05-07T21:00:00.000000+00:00", "a.xml", b"<a/>")]

    def test_what_is_read_while_it_is_written_is_of_one_moment(self, tmp_path: Path) -> None:
        opened = recording(tmp_path / "a.night")
        opened.add(some(1))
        code = (
            "import sys; from pathlib import Path\n"
            "from feeds.recorded import read_recording\n"
            "seen = set()\n"
            "while len(seen) < 4:\n"
            "    held = read_recording(Path(sys.argv[1]))\n"
            "    seen.add(len(held.events))\n"
            "    print(held.cut is None, flush=True)\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "a.night")], stdout=subprocess.PIPE, text=True
        ) as reader:
            assert reader.stdout is not None
            first = reader.stdout.readline()
            number = 0
            while reader.poll() is None:
                opened.add([arrival(f"{number}.xml", b"%d" % number)])
                number += 1
            told = [first, *reader.stdout.readlines()]
        opened.close()
        assert reader.returncode == 0
        assert {line.strip() for line in told} == {"True"}

    def test_a_pipe_is_not_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "a.night")
        with pytest.raises(RecordingProblem, match="not a recording"):
            read_recording(tmp_path / "a.night")

    def test_reading_a_closed_recording_leaves_no_trace_beside_it(self, tmp_path: Path) -> None:
        path = recorded(tmp_path / "a.night", some(3))
        before = path.read_bytes()
        read_recording(path)
        assert [p.name for p in tmp_path.iterdir()] == ["a.night"]
        assert path.read_bytes() == before

    def test_killed_without_a_word_it_holds_everything_that_was_added(self, tmp_path: Path) -> None:
        path = tmp_path / "a.night"
        code = (
            "import os, sys; from pathlib import Path\n"
            "from tests.feeds.test_recording import recording, some\n"
            "opened = recording(Path(sys.argv[1]))\n"
            "for event in some(50): opened.add([event])\n"
            "os.kill(os.getpid(), 9)\n"
        )
        done = subprocess.run([sys.executable, "-c", code, str(path)], check=False, timeout=60)
        assert done.returncode == -9
        assert read_recording(path).events == tuple(some(50))
        assert read_recording(recorded(path, [arrival("new.xml", b"<new/>")])).events[-1].path == "new.xml"


class TestHolding:
    def test_a_second_watcher_cannot_write_to_it_and_after_the_first_it_can(self, tmp_path: Path) -> None:
        first = recording(tmp_path / "a.night")
        with pytest.raises(RecordingTaken):
            recording(tmp_path / "a.night")
        first.close()
        recording(tmp_path / "a.night").close()

    def test_a_lock_that_its_holder_removed_meanwhile_is_taken_anew(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lock, lock_file = fcntl.flock, tmp_path / "a.night-lock"

        def late(found: int, how: int) -> None:
            monkeypatch.setattr(fcntl, "flock", lock)
            lock_file.unlink()
            lock(found, how)

        monkeypatch.setattr(fcntl, "flock", late)
        first = recording(tmp_path / "a.night")
        assert lock_file.exists()
        with pytest.raises(RecordingTaken):
            recording(tmp_path / "a.night")
        first.close()

    def test_the_lock_goes_with_a_process_that_is_killed(self, tmp_path: Path) -> None:
        code = (
            "import os, sys; from pathlib import Path\n"
            "from tests.feeds.test_recording import recording\n"
            "opened = recording(Path(sys.argv[1]))\n"
            "print('held', flush=True); sys.stdin.read()\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "a.night")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as other:
            assert other.stdout is not None
            assert other.stdout.readline() == b"held\n"
            with pytest.raises(RecordingTaken):
                recording(tmp_path / "a.night")
            other.kill()
        recording(tmp_path / "a.night").close()


class Noting(sqlite3.Connection):
    """Notes the longest content that is handed over in one piece."""

    longest = 0

    def executemany(self, statement: str, rows: Any) -> sqlite3.Cursor:
        Noting.longest = max([Noting.longest, *(len(part) for row in rows for part in row if isinstance(part, bytes))])
        return super().executemany(statement, rows)


@pytest.mark.parametrize("size", [LARGE - 1, LARGE, LARGE + 1, 3 * LARGE + 17])
def test_a_large_content_goes_in_in_pieces_and_comes_out_as_it_was_and_once(tmp_path: Path, size: int) -> None:
    data = bytes(n % 251 for n in range(1_000)) * (size // 1_000 + 1)
    events = [arrival("a.json", data[:size]), arrival("b.json", data[:size], 1), arrival("c.json", b"{}", 2)]
    Noting.longest = 0
    opened = recording(tmp_path / "a.night", lambda path: sqlite3.connect(path, isolation_level=None, factory=Noting))
    for event in events:
        opened.add([event])
    opened.close()
    assert list(read_recording(tmp_path / "a.night").events) == events
    assert Noting.longest <= LARGE


def test_a_large_content_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    opened = recording(tmp_path / "a.night")
    opened.add([arrival("a.json", b"{}")])
    opened._base.execute("PRAGMA max_page_count = 20")
    with pytest.raises(RecordingProblem, match="disk full"):
        opened.add([arrival("b.json", b"x" * 2 * LARGE, 1)])
    opened.close()
    assert [event.path for event in read_recording(tmp_path / "a.night").events] == ["a.json"]
