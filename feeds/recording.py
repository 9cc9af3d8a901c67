"""A recording as a sink: one SQLite file to which everything that a directory brings is appended as it comes.

Every list of events is one transaction in the write-ahead log, with `synchronous=NORMAL`: a commit reaches the
operating system, so that the process can be killed at any instant and nothing that was added is lost; only a power
cut can take the last seconds, and never more than whole transactions. A commit that waited for the disk would let a
slow disk hold up the reading of the feed. What a power cut takes is still in the directory; only its time is lost.
"""

import contextlib
import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from feeds.arrival import Arrival, Event

APPLICATION_ID: Final = 0x4E494754
"""What the header of a recording says that it is: NIGT."""

RECORDING_SUFFIX: Final = ".night"

FORMAT: Final = 1
"""The version of the tables below (`PRAGMA user_version`)."""

PAGE: Final = 8_192
"""Bytes. The first page of a table moves when it is full: what is cut off before that has lost all rows of it, some 50
events here. Smaller pages would waste much of their room, because a feed's files are some kilobytes long."""

LOG_PAGES: Final = 4_096
"""Pages in the log before they are brought into the file, which waits for the disk: rarely, every few hundred files."""

CACHE: Final = 1_000
"""KiB of pages held in memory: what is written is hardly read again."""

SOURCES_KEY: Final = "sources"
"""Under it lies the content of a `SOURCES.md`, in a recording that was made of a saved night."""

NOTHING: Final[Mapping[str, bytes]] = {}

LARGE: Final = 1024 * 1024
"""Bytes of a content above which it is written in pieces of that size: all threads wait while one is copied."""

NOTHING_YET: Final = "nothing is recorded yet"

PATIENCE: Final = 2.0
"""Seconds to wait for another program that writes to the file."""

SCHEMA: Final = {
    "meta": "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "contents": "CREATE TABLE contents (digest TEXT PRIMARY KEY, data BLOB NOT NULL)",
    "events": (
        "CREATE TABLE events (position INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, path TEXT NOT NULL, "
        "digest TEXT REFERENCES contents (digest), basis TEXT, state TEXT, reason TEXT)"
    ),
}

Connect = Callable[[Path], sqlite3.Connection]
_Row = tuple[str, str, str, str | None, str | None, str | None, str | None]


class RecordingProblem(ValueError):
    """A recording that cannot be written or read; the message is one sentence that says why."""


class RecordingTaken(RecordingProblem):
    """Another watcher writes to this recording."""


def connect(path: Path) -> sqlite3.Connection:
    """Return a connection that leaves transactions to us. Raises sqlite3.Error."""
    return sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)


def why(problem: sqlite3.Error | OSError) -> str:
    """Return why something could not be written or read, in a few words."""
    if isinstance(problem, OSError):
        return (problem.strerror or type(problem).__name__).lower()
    name = str(getattr(problem, "sqlite_errorname", ""))
    words = (
        ("SQLITE_FULL", "disk full"),
        ("SQLITE_READONLY", "read-only medium"),
        ("SQLITE_CANTOPEN", "the file cannot be opened"),
        ("SQLITE_IOERR", "input/output error"),
        ("SQLITE_BUSY", "another program has locked it"),
        ("SQLITE_CORRUPT", "the file is damaged"),
        ("SQLITE_NOTADB", "the file is not a recording"),
    )
    return next((said for begin, said in words if name.startswith(begin)), str(problem))


class Recording:
    """An open recording of a directory, held by this process alone until it is closed or the process dies.

    `source` is the real path of the directory, cleaned; `at` when the recording is begun, if it is. Raises
    `RecordingTaken` where another process writes to it, else `RecordingProblem`. To be used in one thread.
    """

    def __init__(self, path: Path, source: str, at: datetime, connect: Connect = connect) -> None:
        self.path = path
        self._facts: dict[str, str] = {}
        self._lock = _Lock(path)
        try:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600))
            self._base = connect(path)
        except (OSError, sqlite3.Error) as problem:
            self._lock.drop()
            raise RecordingProblem(why(problem)) from problem
        try:
            self._prepare(source, at)
        except sqlite3.Error as problem:
            self.close()
            raise RecordingProblem(why(problem)) from problem
        except RecordingProblem:
            self.close()
            raise

    def add(self, events: Iterable[Event]) -> None:
        """Append events, all or none. Raises `RecordingProblem` where that cannot be done."""
        rows: list[_Row] = []
        contents: dict[str, bytes] = {}
        for event in events:
            rows.append(_row(event))
            if isinstance(event, Arrival):
                contents[event.digest] = event.data
        self._write(
            (
                "INSERT OR IGNORE INTO contents (digest, data) VALUES (?, ?)",
                [(digest, data) for digest, data in contents.items() if len(data) <= LARGE],
            ),
            (
                "INSERT INTO events (at, kind, path, digest, basis, state, reason) VALUES (?, ?, ?, ?, ?, ?, ?)",
                rows,
            ),
            large={digest: data for digest, data in contents.items() if len(data) > LARGE},
        )

    def settle(self, poll_date: date | None, title: str | None) -> None:
        """Note of which night this is, where that is news. Raises `RecordingProblem` where that cannot be done."""
        told = {"poll_date": poll_date.isoformat() if poll_date else "", "title": title or ""}
        news = [(key, value) for key, value in told.items() if self._facts.get(key, "") != value]
        if news:
            self._write(("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", news))
            self._facts |= dict(news)

    def keep_sources(self, page: bytes) -> None:
        """Keep the page that says where a night's facts come from. Raises `RecordingProblem` where it cannot."""
        self._write(("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", [(SOURCES_KEY, page)]))

    def close(self) -> None:
        """Bring everything into the one file and let go of it. What cannot be brought in stays in the log beside it."""
        try:
            self._base.close()
        finally:
            self._lock.drop()

    def _prepare(self, source: str, at: datetime) -> None:
        run = self._base.execute
        if not run("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            run(f"PRAGMA page_size = {PAGE}")
        else:
            check_format(self._base)
        run("PRAGMA journal_mode = WAL")
        run("PRAGMA synchronous = NORMAL")
        run(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
        run(f"PRAGMA cache_size = -{CACHE}")
        run("BEGIN IMMEDIATE")
        if not run("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            run(f"PRAGMA application_id = {APPLICATION_ID}")
            run(f"PRAGMA user_version = {FORMAT}")
            for table in SCHEMA.values():
                run(table)
            facts = {"source": source, "created": moment_text(at), "poll_date": "", "title": ""}
            self._base.executemany("INSERT INTO meta VALUES (?, ?)", list(facts.items()))
        run("COMMIT")
        self._facts = dict(run("SELECT key, value FROM meta"))

    def _write(
        self,
        *statements: tuple[str, list[tuple[str, str]] | list[tuple[str, bytes]] | list[_Row]],
        large: Mapping[str, bytes] = NOTHING,
    ) -> None:
        try:
            with self._base:  # commits, or rolls back on any error
                self._base.execute("BEGIN IMMEDIATE")
                for digest, data in large.items():
                    self._write_large(digest, data)
                for statement, rows in statements:
                    self._base.executemany(statement, rows)
        except sqlite3.Error as problem:
            raise RecordingProblem(why(problem)) from problem

    def _write_large(self, digest: str, data: bytes) -> None:
        room = (digest, len(data))
        made = self._base.execute("INSERT OR IGNORE INTO contents (digest, data) VALUES (?, zeroblob(?))", room)
        if not made.rowcount or made.lastrowid is None:
            return
        view = memoryview(data)
        with self._base.blobopen("contents", "data", made.lastrowid) as blob:
            for begin in range(0, len(data), LARGE):
                blob.write(view[begin : begin + LARGE])


def check_format(base: sqlite3.Connection) -> None:
    """Raise `RecordingProblem` where a database is no recording, or one that a newer program wrote.

    Its tables must be word for word those of `SCHEMA`, so that reading it runs nothing that somebody put in.
    """
    if not base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise RecordingProblem(NOTHING_YET)
    kind = base.execute("PRAGMA application_id").fetchone()[0]
    version = base.execute("PRAGMA user_version").fetchone()[0]
    if kind != APPLICATION_ID:
        raise RecordingProblem("it is not a recording")
    if version > FORMAT:
        raise RecordingProblem(f"a newer version of the program wrote it (format {version}, this one reads {FORMAT})")
    tables = dict(base.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
    others = base.execute("SELECT count(*) FROM sqlite_master WHERE sql IS NOT NULL AND type != 'table'").fetchone()[0]
    if tables != SCHEMA or others:
        raise RecordingProblem("its tables are not those of a recording")


def moment_text(at: datetime) -> str:
    """Return a time as recordings hold it: ISO in UTC with microseconds, so that sorting texts sorts times."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _row(event: Event) -> _Row:
    at = moment_text(event.at)
    if isinstance(event, Arrival):
        if event.until is not None or event.later:
            raise ValueError("a recording holds what a directory brings, not what a replay makes of it")
        return (at, "arrival", event.path, event.digest, event.basis, None, None)
    return (at, "sighting", event.path, None, None, event.state, event.reason)


class _Lock:
    """Says that this process alone writes to a recording: a locked file beside it. The system unlocks it on death.

    Not the recording itself is locked: on network file systems that would shut SQLite out, too. Raises
    `RecordingTaken` where another process holds it, else `RecordingProblem`.
    """

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(f"{path.name}-lock")
        self._found = self._open()
        while not self._there():
            # Whoever held it before removed it between our two calls: ours is no longer the one that others find.
            os.close(self._found)
            self._found = self._open()

    def drop(self) -> None:
        """Let go of it, and leave nothing behind."""
        with contextlib.suppress(OSError):
            self._path.unlink()
        os.close(self._found)

    def _open(self) -> int:
        try:
            found = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError as problem:
            raise RecordingProblem(why(problem)) from problem
        try:
            fcntl.flock(found, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            os.close(found)
            raise RecordingTaken("another watcher writes to it") from problem
        except OSError as problem:
            os.close(found)
            raise RecordingProblem(why(problem)) from problem
        return found

    def _there(self) -> bool:
        try:
            return os.path.samestat(os.fstat(self._found), self._path.stat())
        except OSError:
            return False
