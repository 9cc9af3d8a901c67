"""One look at a directory: what lies in it, and the bytes of a file that stood still while they were read.

Names are kept as the system gives them (undecodable bytes as lone surrogates); `shown` makes them fit to show.
"""

import errno
import os
import re
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from feeds.arrival import Arrival, Event, Sight, Sighting, digest, order
from feeds.formats import MAX_BYTES
from feeds.text import clean_path
from feeds.whole import waiting_reason, whole

QUIET: Final = timedelta(seconds=2)
"""How long a file that is not certainly whole must have been quiet before it counts."""

CHANGING: Final = "the file is being written: it changed while it was read"
TEMPORARY: Final = "a temporary name: waits for its rename"
TRIES: Final = 3

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TEMPORARY = re.compile(
    r".*(\.part|\.filepart|\.tmp|\.crdownload|~)|\.#.*|\..+\.[a-z0-9]{6}", re.IGNORECASE | re.DOTALL
)


class Key(NamedTuple):
    """What `stat` says of a file: a hint to look again, never its identity."""

    mtime: int
    ctime: int
    size: int
    inode: int
    device: int


class Seen(NamedTuple):
    """One thing that lies in a directory. `state` is None for a file that is to be read; else `reason` says why not.

    `path` is relative to the root, `real` is what is opened.
    """

    path: str
    real: str
    key: Key
    state: Sight | None = None
    reason: str = ""


NO_KEY: Final = Key(0, 0, 0, 0, 0)


def shown(path: str) -> str:
    """Return a path as events carry it: safe to show, different for different paths."""
    return clean_path(path)


def key_of(status: os.stat_result) -> Key:
    """Return what is compared of a file's status."""
    return Key(status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino, status.st_dev)


def file_time(key: Key, now: datetime) -> datetime:
    """Return a file's modification time in UTC, but not after `now` and not before 1970."""
    micros = min(max(key.mtime, 0) // 1000, (now - _EPOCH) // timedelta(microseconds=1))
    return _EPOCH + timedelta(microseconds=micros)


class Walk:
    """One look through a directory and what is under it, each real directory once.

    Iterating yields everything that lies there; raises OSError where the root itself cannot be read. Afterwards
    `closed` names the directories that could not be looked into: of what is in them nothing is known.
    """

    def __init__(self, root: Path) -> None:
        self.closed: list[str] = []
        self._root = root
        self._real = root.resolve()
        self._walked: set[tuple[int, int]] = set()
        self._links: list[tuple[str, str]] = []

    def __iter__(self) -> Iterator[Seen]:
        status = self._root.stat()
        self._walked.add((status.st_dev, status.st_ino))
        with os.scandir(self._root) as entries:
            found = list(entries)
        yield from self._down([("", found)])
        # Links come last, so that what also lies here under its own name has that name.
        while self._links:
            self._links.sort(reverse=True)
            yield from self._follow(*self._links.pop())

    def _down(self, todo: "list[tuple[str, list[os.DirEntry[str]]]]") -> Iterator[Seen]:
        while todo:
            above, entries = todo.pop()
            for entry in entries:
                path = above + entry.name
                try:
                    seen = self._entry(path, entry)
                    if seen is None and entry.is_dir(follow_symlinks=False):
                        with os.scandir(entry.path) as inside:
                            todo.append((path + "/", list(inside)))
                except (FileNotFoundError, NotADirectoryError):
                    continue  # it went away meanwhile: the next look tells
                except OSError as problem:
                    self.closed.append(path + "/")
                    seen = Seen(path, entry.path, NO_KEY, "unreadable", unreadable(problem))
                if seen is not None:
                    yield seen

    def _entry(self, path: str, entry: "os.DirEntry[str]") -> Seen | None:
        """Return what an entry is; None for a directory to go down into and for a link to follow later."""
        folder = entry.is_dir(follow_symlinks=False)
        state, reason = _by_name(entry.name, folder)
        if state is None and entry.is_symlink():
            self._links.append((path, entry.path))
            return None
        status = entry.stat(follow_symlinks=False)
        if folder and state is None:
            self._walked.add((status.st_dev, status.st_ino))
            return None
        if state is None and not stat.S_ISREG(status.st_mode):
            state, reason = "ignored", _kind(status.st_mode)
        return Seen(path, entry.path, key_of(status), state, reason)

    def _follow(self, path: str, link: str) -> Iterator[Seen]:
        try:
            real = Path(link).resolve(strict=True)
            status = real.stat()
        except RuntimeError:  # what Python before 3.13 says of a link to itself
            yield Seen(path, link, NO_KEY, "ignored", "a link that leads in a circle")
            return
        except OSError as problem:
            where = "in a circle" if problem.errno == errno.ELOOP else "nowhere"
            yield Seen(path, link, NO_KEY, "ignored", f"a link that leads {where}")
            return
        key = key_of(status)
        if not real.is_relative_to(self._real):
            yield Seen(path, link, key, "ignored", "a link that leads out of the directory")
        elif stat.S_ISREG(status.st_mode):
            yield Seen(path, str(real), key)
        elif not stat.S_ISDIR(status.st_mode):
            yield Seen(path, link, key, "ignored", _kind(status.st_mode))
        elif (status.st_dev, status.st_ino) in self._walked:
            yield Seen(path, link, key, "ignored", "a link to a directory that is looked into anyway")
        else:
            self._walked.add((status.st_dev, status.st_ino))
            yield from self._linked(path, real)

    def _linked(self, path: str, real: Path) -> Iterator[Seen]:
        try:
            with os.scandir(real) as entries:
                found = list(entries)
        except OSError as problem:
            self.closed.append(path + "/")
            yield Seen(path, str(real), NO_KEY, "unreadable", unreadable(problem))
            return
        yield from self._down([(path + "/", found)])


def _by_name(name: str, folder: bool) -> tuple[Sight | None, str]:
    if not folder and _TEMPORARY.fullmatch(name):
        return "waiting", TEMPORARY
    if name.startswith("."):
        return "ignored", "a hidden directory" if folder else "a hidden file (its name begins with a dot)"
    if name.startswith("~$"):
        return "ignored", "a lock file of a spreadsheet program"
    return None, ""


def _kind(mode: int) -> str:
    kinds = {
        stat.S_IFIFO: "a named pipe",
        stat.S_IFSOCK: "a socket",
        stat.S_IFCHR: "a device",
        stat.S_IFBLK: "a device",
    }
    return f"{kinds.get(stat.S_IFMT(mode), 'something else')}, not a file"


def unreadable(problem: OSError) -> str:
    """Return why a path cannot be read, in words."""
    return f"cannot be read: {(problem.strerror or type(problem).__name__).lower()}"


def read_still(real: str) -> tuple[Key, bytes] | None:
    """Return a file's content, at most one byte more than is ever read, and the key it had before and after.

    None where it did not stand still. Raises OSError where it cannot be opened or is no longer a file.
    """
    for _ in range(TRIES):
        found = os.open(real, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
        with os.fdopen(found, "rb") as file:
            status = os.fstat(found)
            if not stat.S_ISREG(status.st_mode):
                raise OSError(errno.EINVAL, "not a file any more")
            data = file.read(min(status.st_size, MAX_BYTES) + 1)
        key = key_of(status)
        if key_of(Path(real).stat()) == key:
            return key, data
    return None


def one_shot(root: Path, now: datetime) -> list[Event]:
    """Return what lies in a directory now, in the order of counting, for a command that looks once.

    Arrivals have the file's modification time (basis `file`). A file that is not certainly whole waits if it was
    modified less than 2 s before `now`. Raises OSError where the directory cannot be read.
    """
    return sorted((event for seen in Walk(root) if (event := _once(seen, now))), key=order)


def _once(seen: Seen, now: datetime) -> Event | None:
    path = shown(seen.path)
    at = file_time(seen.key, now) if seen.key != NO_KEY else now
    if seen.state is not None:
        return Sighting(path=path, at=at, state=seen.state, reason=seen.reason)
    try:
        got = read_still(seen.real)
    except FileNotFoundError:
        return None
    except OSError as problem:
        return Sighting(path=path, at=at, state="unreadable", reason=unreadable(problem))
    if got is None:
        return Sighting(path=path, at=at, state="waiting", reason=CHANGING)
    key, data = got
    at = file_time(key, now)
    if len(data) > MAX_BYTES or now - at >= QUIET or whole(path, data):
        return Arrival(path=path, data=data, digest=digest(data), at=at, basis="file")
    return Sighting(path=path, at=at, state="waiting", reason=waiting_reason(path, data))
