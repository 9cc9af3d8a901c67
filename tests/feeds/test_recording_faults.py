"""A recording through faults of the disk, the file and the process: loud, and never more than a prefix lost."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feeds.recorded import read_recording, summary
from feeds.recording import FORMAT, RecordingProblem
from tests.feeds.test_recording import arrival, recorded, recording, some

START = datetime(2026, 5, 7, 21, 0, tzinfo=UTC)


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
