"""A recording as a source: what was recorded, read back in order. Nothing in the file is believed unchecked.

A recording can be read while it is written, after the writer was killed, and from a read-only medium. One that was
cut off (a copy that was broken off) is read up to the first event that cannot be had.
"""

import sqlite3
import struct
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final, get_args

import msgspec

from feeds.arrival import Arrival, Event, Sight, Sighting, digest
from feeds.formats import MAX_BYTES
from feeds.plural import be, many
from feeds.recording import NOTHING_YET, PATIENCE, SOURCES_KEY, RecordingProblem, check_format, why
from feeds.report import Basis
from feeds.text import clean, clean_path, original_path

HEADER: Final = b"SQLite format 3\0"

_BASES: Final = frozenset(get_args(Basis))
_SIGHTS: Final = frozenset(get_args(Sight))
_TIMES: Final = "SELECT at FROM events ORDER BY position"

EVENTS: Final = "SELECT position, at, kind, path, digest, basis, state, reason FROM events ORDER BY position"
EVENT_COLUMNS: Final = 8
PAIR: Final = 2
"""Columns of the tables `meta` and `contents`."""

HEAD: Final = 100
"""Bytes of a database's header; as `feeds.salvage` has it, which is loaded for what is damaged alone."""

FACTS: Final = frozenset({"source", "created", "poll_date", "title", SOURCES_KEY})
"""The keys of `meta`."""

Rows = list[tuple[Any, ...]]

LONGEST: Final = MAX_BYTES + 100_000
"""Bytes of a row; a longer one is damage."""


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """What a recording holds, in the order in which it was recorded.

    `source` is the watched directory; `created` when the recording was begun (UTC), None where it does not say;
    `poll_date` and `title` are what the feed said, if it did. `cut` says in words what could not be read;
    `sources` is the page on where the facts come from, in a recording that was made of a saved night.
    """

    path: Path
    source: str
    created: datetime | None
    poll_date: date | None
    title: str | None
    events: tuple[Event, ...]
    cut: str | None = None
    sources: bytes | None = None


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What can be said of a recording without reading it all: `files` are versions of files, `size` is in bytes.

    `first` and `last` are when something was first and last recorded (UTC), None where nothing was. `cut` says in words
    that it is cut off, and after what; the figures are then of what is left.
    """

    path: Path
    source: str
    poll_date: date | None
    title: str | None
    created: datetime | None
    first: datetime | None
    last: datetime | None
    files: int
    size: int
    cut: str | None = None


def is_recording(path: Path) -> bool:
    """Return whether a file begins like a recording, or like any other SQLite database."""
    try:
        if not path.is_file():
            return False  # a pipe would be waited for
        with path.open("rb") as file:
            return file.read(len(HEADER)) == HEADER
    except OSError:
        return False


def summary(path: Path) -> Summary:
    """Return what a recording is of; one that is cut off is read for it. Raises `RecordingProblem` in one sentence."""
    try:
        with closing(_open(path)) as base:
            if _is_short(path):
                return _summary_of(read_recording(path))
            facts = _facts(base)
            first, last = (
                _moment(next((at for (at,) in base.execute(f"{_TIMES} {way} LIMIT 1")), None))
                for way in ("ASC", "DESC")
            )
            files = base.execute("SELECT count(*) FROM events WHERE kind = 'arrival'").fetchone()[0]
            return Summary(path=path, first=first, last=last, files=files, size=_size(path), **facts)
    except sqlite3.DatabaseError as problem:
        if str(getattr(problem, "sqlite_errorname", "")).startswith("SQLITE_CORRUPT"):
            return _summary_of(read_recording(path))
        raise RecordingProblem(_sentence(path, why(problem))) from problem
    except OSError as problem:
        raise RecordingProblem(_sentence(path, why(problem))) from problem


def _summary_of(held: Recorded) -> Summary:
    return Summary(
        path=held.path,
        source=held.source,
        poll_date=held.poll_date,
        title=held.title,
        created=held.created,
        first=held.events[0].at if held.events else None,
        last=held.events[-1].at if held.events else None,
        files=sum(isinstance(event, Arrival) for event in held.events),
        size=_size(held.path),
        cut=held.cut,
    )


def read_recording(path: Path) -> Recorded:
    """Return what a recording holds, up to where it was cut off.

    Raises `RecordingProblem` in one sentence, where nothing of it is left, too.
    """
    try:
        with closing(_open(path)) as base:
            known, meta = _all(base, "SELECT key, value FROM meta")
            whole, contents = _all(base, "SELECT digest, data FROM contents NOT INDEXED")
            kept = {key: data for key, data in contents if _content(key, data)}
            also, rows = _all(base, EVENTS)
        if not (known and whole and also):
            rows = _salvaged(path, rows, kept, meta)
    except (sqlite3.Error, OSError) as problem:
        raise RecordingProblem(_sentence(path, why(problem))) from problem
    events = tuple(_events(rows, kept))
    cut = None
    if not (known and whole and also and len(events) == len(rows)):
        if not events:
            raise RecordingProblem(_sentence(path, _nothing_left(path)))
        cut = _sentence(
            path,
            f"it is cut off or damaged after {many(len(events), 'event')}, which {be(len(events))} used; "
            "what came after is not",
        )
    sources = next((page for key, page in meta if key == SOURCES_KEY and isinstance(page, bytes)), None)
    return Recorded(path=path, events=events, cut=cut, sources=sources, **_told(meta))


def _open(path: Path) -> sqlite3.Connection:
    """Return a connection that cannot write. A cut-off file opens, too. Raises `RecordingProblem`, sqlite3.Error."""
    if not is_recording(path):
        empty = path.is_file() and path.stat().st_size == 0
        raise RecordingProblem(_sentence(path, NOTHING_YET if empty else "it is not a recording"))
    # Without a log nobody writes to it; then it can be read where not even a lock can be set, and leaves no trace.
    mode = "mode=ro&immutable=1" if not _has_log(path) else "mode=ro"
    base = sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, timeout=PATIENCE, isolation_level=None)
    try:
        base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
        base.execute("PRAGMA trusted_schema = OFF")
        base.execute("PRAGMA cell_size_check = ON")
        base.execute("PRAGMA writable_schema = ON")  # reads a file that is shorter than its header says
        base.execute("BEGIN")  # all that is read is of one moment, whatever a watcher adds meanwhile
        check_format(base)
    except RecordingProblem as problem:
        base.close()
        raise RecordingProblem(_sentence(path, _nothing_left(path) if _is_short(path) else str(problem))) from problem
    except sqlite3.Error as problem:
        base.close()
        if _is_short(path):
            raise RecordingProblem(_sentence(path, _nothing_left(path))) from problem
        raise
    return base


def _is_short(path: Path) -> bool:
    """Return whether a file is shorter than its header says (https://www.sqlite.org/fileformat2.html, 1.3).

    While there is a log beside it, that has what is not in the file yet.
    """
    if _has_log(path):
        return False
    with path.open("rb") as file:
        head = file.read(HEAD)
    if len(head) < HEAD:
        return True
    size, pages = struct.unpack_from(">H", head, 16)[0], struct.unpack_from(">I", head, 28)[0]
    is_known = head[24:28] == head[92:96]
    return is_known and path.stat().st_size < (65_536 if size == 1 else size) * pages


def _has_log(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _nothing_left(path: Path) -> str:
    return (
        f"it is cut off or damaged before its first event, at {many(path.stat().st_size, 'byte')}; none of it is used"
    )


def _facts(base: sqlite3.Connection) -> dict[str, Any]:
    return _told(base.execute("SELECT key, value FROM meta"))


def _told(meta: Iterable[tuple[Any, ...]]) -> dict[str, Any]:
    """Return what the rows of the table `meta` say of a recording."""
    told = {str(key): str(value) for key, value in meta}
    try:
        day = date.fromisoformat(told["poll_date"]) if told.get("poll_date") else None
    except ValueError:
        day = None
    return {
        "source": clean(told.get("source", "")),
        "created": _moment(told.get("created")),
        "poll_date": day,
        "title": clean(told.get("title", "")).strip() or None,
    }


def _all(base: sqlite3.Connection, query: str) -> tuple[bool, list[tuple[Any, ...]]]:
    """Return the rows of a query up to the first that cannot be read, and whether that was all of them."""
    rows: list[tuple[Any, ...]] = []
    try:
        rows.extend(base.execute(query))
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False, rows
    return True, rows


def _salvaged(path: Path, found: Rows, contents: dict[str, bytes], meta: Rows) -> Rows:
    """Return the rows of events that were found with those that can be had besides; contents and meta grow, too."""
    from feeds import salvage  # noqa: PLC0415 - few recordings are damaged

    events = {row[0]: row for row in found if _event(row)}
    known = {key for key, _ in meta}
    for number, values in salvage.rows(path, LONGEST):
        row = (number, *values[1:])
        if len(values) == EVENT_COLUMNS and _event(row):
            events.setdefault(number, row)
        elif len(values) == PAIR:
            key, value = values
            if isinstance(value, bytes) and _content(key, value):
                contents.setdefault(str(key), value)
            elif key in FACTS and key not in known:
                meta.append((key, value))
    return [events[number] for number in sorted(events)]


def _event(row: tuple[Any, ...]) -> bool:
    """Whether a row may be one of an event: a page of which a part is missing has others."""
    return isinstance(row[0], int) and row[0] > 0 and _moment(row[1]) is not None


def _content(key: object, data: object) -> bool:
    return isinstance(data, bytes) and len(data) <= MAX_BYTES + 1 and digest(data) == key


def _events(rows: list[tuple[Any, ...]], contents: dict[str, bytes]) -> Iterator[Event]:
    """Yield the events of rows up to the first that is damaged."""
    expected = 1
    for position, at, kind, path, key, basis, state, reason in rows:
        moment = _moment(at)
        if position != expected or moment is None or not _path(path):
            return
        expected += 1
        if kind == "arrival" and key in contents and basis in _BASES:
            yield Arrival(path=path, data=contents[key], digest=key, at=moment, basis=basis)
        elif kind == "sighting" and state in _SIGHTS and isinstance(reason, str):
            yield Sighting(path=path, at=moment, state=state, reason=clean(reason))
        else:
            return


def _path(path: object) -> bool:
    return isinstance(path, str) and path != "" and clean_path(original_path(path)) == path


def _moment(text: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(text) if isinstance(text, str) else None
        return at.astimezone(UTC) if at is not None and at.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def _size(path: Path) -> int:
    log = path.with_name(f"{path.name}-wal")
    return path.stat().st_size + (log.stat().st_size if log.exists() else 0)


def _sentence(path: Path, words: str) -> str:
    return f"“{clean_path(path.name)}”: {words}"
