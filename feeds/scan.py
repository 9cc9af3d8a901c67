"""Reading files that may be changing: each is taken only where it stood still; and one look at a whole directory."""

import errno
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from feeds.arrival import Arrival, Event, Sighting, digest, order
from feeds.disk import Disk
from feeds.formats import MAX_BYTES
from feeds.text import clean_path
from feeds.walk import NO_KEY, Key, Seen, Walk, key_of, unreadable
from feeds.whole import waiting_reason, whole

QUIET: Final = timedelta(seconds=2)
"""How long a file that is not certainly whole must have been quiet before it counts."""

CHANGING: Final = "the file is being written: it changed while it was read"
TRIES: Final = 3

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def shown(path: str) -> str:
    """Return a path as events carry it: safe to show, different for different paths."""
    return clean_path(path)


def file_time(key: Key, now: datetime) -> datetime:
    """Return a file's modification time in UTC, but not after `now` and not before 1970."""
    micros = min(max(key.mtime, 0) // 1000, (now - _EPOCH) // timedelta(microseconds=1))
    return _EPOCH + timedelta(microseconds=micros)


def read_still(real: str, disk: Disk) -> tuple[Key, bytes] | None:
    """Return a file's content, at most one byte more than is ever read, and the key it had before and after.

    None where it did not stand still. Raises OSError where it cannot be opened or is no longer a file.
    """
    for _ in range(TRIES):
        key, data = _read(real, disk)
        if key_of(disk.stat(real)) == key and len(data) == min(key.size, MAX_BYTES + 1):
            return key, data
    return None


def _read(real: str, disk: Disk) -> tuple[Key, bytes]:
    opened = disk.open(real)
    try:
        status = disk.fstat(opened)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "not a file any more")
        left = min(status.st_size, MAX_BYTES) + 1
        parts: list[bytes] = []
        while left and (part := disk.read(opened, left)):
            parts.append(part)
            left -= len(part)
            if left == 1 and status.st_size <= MAX_BYTES:
                break  # as long as it was said to be: had it grown by now, the status after would say so
    finally:
        disk.close(opened)
    return key_of(status), b"".join(parts)


def certainly_whole(path: str, data: bytes) -> bool:
    """Return whether a document is certainly complete. Where that cannot be told, for whatever reason, it is not."""
    try:
        return whole(path, data)
    except Exception:  # noqa: BLE001 - part of the boundary of the readers: what fails here fails there, and is said there
        return False


def one_shot(root: Path, now: datetime, disk: Disk | None = None) -> list[Event]:
    """Return what lies in a directory now, in the order of counting, for a command that looks once.

    A directory that changes while its names are read is read again, so that none is left out.

    Arrivals have the file's modification time (basis `file`). A file that is not certainly whole waits if it was
    modified less than 2 s before `now`. Raises OSError where the directory cannot be read.
    """
    disk = disk or Disk()
    walk = Walk(root, disk, lists=TRIES)
    return sorted((event for seen in walk if (event := _once(seen, disk, now))), key=order)


def _once(seen: Seen, disk: Disk, now: datetime) -> Event | None:
    path = shown(seen.path)
    at = file_time(seen.key, now) if seen.key != NO_KEY else now
    if seen.state is not None:
        return Sighting(path=path, at=at, state=seen.state, reason=seen.reason)
    try:
        got = read_still(seen.real, disk)
    except FileNotFoundError:
        return None
    except OSError as problem:
        return Sighting(path=path, at=at, state="unreadable", reason=unreadable(problem))
    if got is None:
        return Sighting(path=path, at=at, state="waiting", reason=CHANGING)
    key, data = got
    at = file_time(key, now)
    if len(data) > MAX_BYTES or now - at >= QUIET or certainly_whole(path, data):
        return Arrival(path=path, data=data, digest=digest(data), at=at, basis="file")
    return Sighting(path=path, at=at, state="waiting", reason=waiting_reason(path, data))
