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

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.arrival import Arrival, Event, Sighting, digest
from feeds.recorded import read_recording, summary
from feeds.recording import FORMAT, Recording, RecordingProblem, RecordingTaken
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
            "for _ in range(12):\n"
            "    held = read_recording(Path(sys.argv[1]))\n"
            "    print(held.cut is None, len(held.events), flush=True)\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "a.night")], stdout=subprocess.PIPE, text=True
        ) as reader:
            for number in range(3_000):
                opened.add([arrival(f"{number}.xml", b"%d" % number)])
                if reader.poll() is not None:
                    break
            told = [line.split() for line in reader.communicate(timeout=60)[0].splitlines()]
        opened.close()
        assert {whole for whole, _ in told} == {"True"}
        assert len({number for _, number in told}) > 2

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


def small_disk(pages: int) -> Callable[[Path], sqlite3.Connection]:
    """Return what opens a database that SQLite says has no more room than so many pages."""

    def connect(path: Path) -> sqlite3.Connection:
        base = sqlite3.connect(path, isolation_level=None)
        base.execute("PRAGMA page_size = 16384")
        base.execute(f"PRAGMA max_page_count = {pages}")
        return base

    return connect


class TestFaults:
    def test_a_full_disk_is_said_and_what_was_recorded_before_stays_whole(self, tmp_path: Path) -> None:
        path = tmp_path / "a.night"
        opened = recording(path, small_disk(12))
        opened.add(some(3))
        with pytest.raises(RecordingProblem, match=r"^disk full$"):
            opened.add(some(400))
        opened.add([arrival("small.xml", b"<a/>")])
        opened.close()
        assert read_recording(path).events == (*some(3), arrival("small.xml", b"<a/>"))

    def test_of_a_look_that_cannot_be_written_nothing_is_and_the_next_one_is(self, tmp_path: Path) -> None:
        path = tmp_path / "a.night"
        opened = recording(path)
        with pytest.raises(UnicodeEncodeError):
            opened.add([*some(3), arrival("\udcff.xml", b"")])
        opened.add(some(2))
        opened.close()
        assert read_recording(path).events == tuple(some(2))

    def test_a_full_disk_from_the_start_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(RecordingProblem, match="disk full"):
            recording(tmp_path / "a.night", small_disk(2))

    def test_a_medium_that_fails_is_said(self, tmp_path: Path) -> None:
        code = (
            "import resource, sys; from pathlib import Path\n"
            "from tests.feeds.test_recording import recording, some\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))\n"
            "opened = recording(Path(sys.argv[1]))\n"
            "try:\n"
            "    for event in some(500): opened.add([event])\n"
            "except ValueError as problem: print(problem)\n"
            "opened.close()\n"
        )
        path = tmp_path / "a.night"
        done = subprocess.run(
            [sys.executable, "-c", code, str(path)], check=True, timeout=60, capture_output=True, text=True
        )
        assert done.stdout.strip() in {"input/output error", "disk full"}
        held = read_recording(path)
        assert held.cut is None
        assert held.events == tuple(some(500))[: len(held.events)] != ()

    def test_a_directory_that_cannot_be_written_to_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(RecordingProblem, match="no such file or directory"):
            recording(tmp_path / "missing" / "a.night")

    def test_a_file_that_is_no_recording_is_left_as_it_is(self, tmp_path: Path) -> None:
        path = tmp_path / "a.night"
        path.write_bytes(b"area,party\n" * 100)
        with pytest.raises(RecordingProblem, match="not a recording"):
            recording(path)
        assert path.read_bytes() == b"area,party\n" * 100
        with pytest.raises(RecordingProblem, match=r"^“a\.night”: it is not a recording$"):
            read_recording(path)

    def test_another_programs_database_is_no_recording(self, tmp_path: Path) -> None:
        base = sqlite3.connect(tmp_path / "a.night")
        base.execute("CREATE TABLE events (at TEXT)")
        base.close()
        for use in (recording, read_recording, summary):
            with pytest.raises(RecordingProblem, match="it is not a recording"):
                use(tmp_path / "a.night")

    def test_a_newer_recording_is_refused_in_one_sentence(self, tmp_path: Path) -> None:
        path = recorded(tmp_path / "a.night", some(2))
        base = sqlite3.connect(path)
        base.execute(f"PRAGMA user_version = {FORMAT + 1}")
        base.close()
        for use in (recording, read_recording):
            with pytest.raises(RecordingProblem, match="a newer version of the program wrote it"):
                use(path)

    @pytest.mark.parametrize(
        "statement",
        [
            "CREATE VIEW more AS SELECT 1",
            "CREATE TRIGGER t AFTER INSERT ON events BEGIN DELETE FROM events; END",
            "DROP TABLE contents",
        ],
    )
    def test_a_recording_that_somebody_put_something_into_is_not_read(self, tmp_path: Path, statement: str) -> None:
        path = recorded(tmp_path / "a.night", some(2))
        base = sqlite3.connect(path)
        base.execute(statement)
        base.close()
        with pytest.raises(RecordingProblem, match="its tables are not those of a recording"):
            read_recording(path)

    @pytest.mark.parametrize("data", [b"", b"SQLite format 3\0"])
    def test_a_file_with_nothing_in_it_is_refused_in_one_sentence(self, tmp_path: Path, data: bytes) -> None:
        path = tmp_path / "a.night"
        path.write_bytes(data)
        with pytest.raises(RecordingProblem, match=r"^“a\.night”: "):
            read_recording(path)

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE events SET at = 'soon' WHERE position = 4",
            "UPDATE events SET path = char(27) || '[2J' WHERE position = 4",
            "UPDATE events SET path = x'ff' WHERE position = 4",
            "UPDATE events SET basis = 'rumour' WHERE position = 4",
            "UPDATE events SET kind = 'other' WHERE position = 4",
            "UPDATE contents SET data = x'00' WHERE digest = (SELECT digest FROM events WHERE position = 4)",
            "DELETE FROM events WHERE position = 4",
        ],
    )
    def test_events_that_somebody_changed_end_the_reading_before_them(self, tmp_path: Path, statement: str) -> None:
        path = recorded(tmp_path / "a.night", some(9))
        base = sqlite3.connect(path)
        base.execute(statement)
        base.commit()
        base.close()
        held = read_recording(path)
        assert held.events == tuple(some(9)[:3])
        assert held.cut is not None
        assert "after 3 events" in held.cut

    def test_cut_off_at_any_length_it_opens_up_to_the_cut_or_is_refused(self, tmp_path: Path) -> None:
        events = some(500, size=2000)
        whole = recorded(tmp_path / "a.night", events).read_bytes()
        path = tmp_path / "cut.night"
        read = {}
        for length in range(0, len(whole), 39_119):
            path.write_bytes(whole[:length])
            try:
                held = read_recording(path)
            except RecordingProblem as problem:
                assert len(str(problem).splitlines()) == 1
                continue
            assert held.events == tuple(events[: len(held.events)])
            assert (held.cut is None) == (len(held.events) == len(events))
            read[length] = len(held.events)
        assert read[max(read)] > 450
        assert any(200 < kept < 300 for kept in read.values())

    def test_a_log_that_was_cut_off_loses_whole_looks_at_its_end_only(self, tmp_path: Path) -> None:
        opened = recording(tmp_path / "a.night")
        events = some(6)
        for event in events:
            opened.add([event])
        log = (tmp_path / "a.night-wal").read_bytes()
        body = (tmp_path / "a.night").read_bytes()
        opened.close()
        seen = set()
        for length in range(0, len(log) + 1, 4_099):
            copy = tmp_path / str(length)
            copy.mkdir()
            (copy / "a.night").write_bytes(body)
            (copy / "a.night-wal").write_bytes(log[:length])
            try:
                held = read_recording(copy / "a.night")
            except RecordingProblem:
                continue
            assert held.events == tuple(events[: len(held.events)])
            assert held.cut is None
            seen.add(len(held.events))
        assert seen >= {1, 2, 3, 4, 5}

    def test_a_recording_on_a_read_only_medium_is_read(self, tmp_path: Path) -> None:
        path = recorded(tmp_path / "a.night", some(3))
        path.chmod(0o400)
        tmp_path.chmod(0o500)
        try:
            assert len(read_recording(path).events) == 3
        finally:
            tmp_path.chmod(0o700)
        assert [p.name for p in tmp_path.iterdir()] == ["a.night"]
