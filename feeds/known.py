"""What is known of every path that was seen, and what of a look at it is news.

A file counts when it stood still while it was read and is whole, or has been quiet for 2 s by our own watching. It is
read again where its status differs from the last time; the slow sweep reads even those whose status does not.
"""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from feeds.arrival import Arrival, Event, Sight, Sighting, digest
from feeds.bulk import LARGE
from feeds.disk import Disk
from feeds.formats import MAX_BYTES
from feeds.scan import CHANGING, QUIET, certainly_whole, file_time, read_still, shown
from feeds.walk import GONE, NO_KEY, Key, Seen, unreadable
from feeds.whole import waiting_reason

FRESH_NS: Final = 20_000_000
"""A file changed so shortly before it was read may change again at the same time: file systems' clocks are coarse."""

LOOKS_AGAIN: Final = 4
"""How often a file that was changed just now is read again at most: a server's clock may be ahead for ever."""

SWEEP_SLICE: Final = 0.002
"""Seconds of a core that the sweep takes at a time."""

LARGE_WAITS: Final = "a large file counts once it has been quiet for 2 s"
REMOVED: Final = "the file is no longer in the directory"

_TICK = timedelta(microseconds=1)


class _Path:
    """What was last seen and said of one path. `said` is the digest of what counted, or a state and its reason."""

    __slots__ = ("again", "at", "first", "key", "quiet_since", "real", "said")

    def __init__(self, real: str) -> None:
        self.real = real
        self.key: Key = NO_KEY
        self.said: str | tuple[Sight, str] = ""
        self.at: datetime | None = None
        self.quiet_since: datetime | None = None
        self.first = False
        self.again = 0

    @property
    def resumed(self) -> bool:
        """Whether something counted that has not been looked at by this watch."""
        return self.key == NO_KEY and isinstance(self.said, str) and bool(self.said)


class Known:
    """The paths of one directory. `now` returns an aware UTC time; times of events are those that the caller gives."""

    def __init__(self, now: Callable[[], datetime], disk: Disk) -> None:
        self.restless: dict[str, None] = {}
        """Paths that must be looked at again although nothing is heard of them, the longest known first."""
        self._now = now
        self._disk = disk
        self._paths: dict[str, _Path] = {}
        self._rota: list[str] = []

    def __len__(self) -> int:
        return len(self._paths)

    def __contains__(self, path: str) -> bool:
        return path in self._paths

    def remember(self, path: str, event: Event) -> None:
        """Take as said of a path, before it is seen, what an earlier watch said; only news of it is said again."""
        known = self._paths.setdefault(path, _Path(path))
        known.at = event.at
        known.said = event.digest if isinstance(event, Arrival) else (event.state, event.reason)

    def counts(self) -> bool:
        """Return whether any content counted that has not been said to be removed."""
        return any(isinstance(known.said, str) and known.said for known in self._paths.values())

    def settled(self, seen: Seen) -> bool:
        """Return whether a path is as it was when it was last judged, and nothing of it is awaited."""
        known = self._paths.get(seen.path)
        if known is None:
            return False
        if seen.state is not None:
            return known.said == (seen.state, seen.reason)
        return seen.key == known.key and known.quiet_since is None and not known.again

    def is_same(self, path: str, status: os.stat_result) -> bool:
        """Return that of a file's status alone. Where only its path says what it is, this never says so."""
        known = self._paths.get(path)
        if known is None or known.quiet_since is not None or known.again:
            return False
        key = (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino, status.st_dev)
        return known.key == key

    def is_other(self, path: str, inode: int) -> bool:
        """Return whether something else lay at a path when it was last read, by the number of what lies there now."""
        known = self._paths.get(path)
        return known is not None and known.key != NO_KEY and known.key.inode != inode

    def judge(self, seen: Seen, now: datetime, first: bool) -> Event | None:
        """Return what is news of a path, None where nothing is. `first`: it may have lain there before the watching."""
        known = self._paths.get(seen.path)
        if known is None:
            known = self._paths[seen.path] = _Path(seen.real)
        known.real = seen.real
        if seen.state is not None:
            known.first = first
            event = self._sighted(known, seen, now)
        elif seen.key == known.key and known.quiet_since is not None and now - known.quiet_since < QUIET:
            event = None
        elif seen.key.size > LARGE and seen.key != known.key and not known.resumed:
            known.first = first
            event = self._wait(known, seen._replace(reason=LARGE_WAITS), now, now)
        else:
            event = self._read(known, seen, now, first)
        self._note(seen.path, known)
        return event

    def sweep(self, now: datetime, stopwatch: Callable[[], float]) -> tuple[list[Event], float]:
        """Read the next files again, whatever their status says; return what is news of them, and the seconds it took.

        `stopwatch` are seconds of a core.
        """
        began, events = stopwatch(), list[Event]()
        while True:
            if (event := self._sweep_one(now)) is not None:
                events.append(event)
            cost = stopwatch() - began
            if self.swept or cost >= SWEEP_SLICE:
                return events, cost

    def _sweep_one(self, now: datetime) -> Event | None:
        if not self._rota:
            self._rota = [path for path, known in self._paths.items() if isinstance(known.said, str) and known.said]
        while self._rota:
            path = self._rota.pop()
            known = self._paths.get(path)
            if known is not None and known.key != NO_KEY and isinstance(known.said, str):
                event = self._read(known, Seen(path, known.real, known.key), now, False)
                self._note(path, known)
                return event
        return None

    @property
    def swept(self) -> bool:
        """Whether the sweep is at the end of its round."""
        return not self._rota

    def left(self, path: str, now: datetime) -> Event | None:
        """Return what is news of a path at which nothing lies any more."""
        known = self._paths.get(path)
        if known is None or (isinstance(known.said, tuple) and known.said[0] == "ignored"):
            return None  # nothing came of it, so nothing is lost; and if it returns, it is no news
        del self._paths[path]
        self.restless.pop(path, None)
        return self._sighted(known, Seen(path, path, NO_KEY, "removed", REMOVED), now) if known.said else None

    def awaited(self, path: str) -> bool:
        """Return whether a path has only been waited for so far: its last content has not counted."""
        known = self._paths.get(path)
        return known is not None and isinstance(known.said, tuple) and known.said[0] == "waiting"

    def matters(self, path: str) -> bool:
        """Return whether more came of a path than that it was waited for or ignored."""
        known = self._paths.get(path)
        return known is not None and not (isinstance(known.said, tuple) and known.said[0] in {"waiting", "ignored"})

    def missing(self, same: set[str], others: set[str], closed: tuple[str, ...]) -> list[str]:
        """Return the known paths that are not among those seen, nor in a directory that could not be looked into.

        `same` are those seen of which nothing was news: mostly all.
        """
        if same.issuperset(self._paths):
            return []
        return [path for path in self._paths if path not in same and path not in others and not path.startswith(closed)]

    def _note(self, path: str, known: _Path) -> None:
        torn = isinstance(known.said, tuple) and (known.said[0] == "unreadable" or known.said[1] == CHANGING)
        if known.quiet_since is not None or known.again or torn:
            self.restless.setdefault(path)
        else:
            self.restless.pop(path, None)

    def _read(self, known: _Path, seen: Seen, now: datetime, first: bool) -> Event | None:
        try:
            got = read_still(seen.real, self._disk)
        except OSError as problem:
            if problem.errno in GONE:
                return None  # gone since the directory was read: the next look tells
            return self._sighted(known, seen._replace(key=NO_KEY, state="unreadable", reason=unreadable(problem)), now)
        if got is None:
            return self._sighted(known, seen._replace(key=NO_KEY, state="waiting", reason=CHANGING), now)
        key, data = got
        quiet = known.quiet_since is not None and now - known.quiet_since >= QUIET
        if key != known.key:
            known.first = first
            known.again = LOOKS_AGAIN
            known.quiet_since = now
            quiet = False
        known.again = known.again - 1 if known.again and _fresh(key, self._now()) else 0
        known.key = key
        return self._judge_content(known, seen, data, now, quiet)

    def _judge_content(self, known: _Path, seen: Seen, data: bytes, now: datetime, quiet: bool) -> Event | None:
        path, key, content = shown(seen.path), known.key, digest(data)
        since, known.quiet_since = known.quiet_since or now, None
        if known.said == content:
            return None
        if quiet or len(data) > MAX_BYTES or certainly_whole(path, data):
            known.said = content
            at = self._at(known, key, now)
            return Arrival(path=path, data=data, digest=content, at=at, basis="file" if known.first else "arrived")
        return self._wait(known, seen._replace(key=key, reason=waiting_reason(path, data)), now, since)

    def _wait(self, known: _Path, seen: Seen, now: datetime, since: datetime) -> Event | None:
        """Let a file wait until it has been quiet since then; return the sighting if it is news."""
        event = self._sighted(known, seen._replace(state="waiting"), now)
        known.key, known.quiet_since = seen.key, since
        return event

    def _sighted(self, known: _Path, seen: Seen, now: datetime) -> Event | None:
        """Return the sighting if it is news. The path will be looked at again: its key is forgotten."""
        known.key, known.quiet_since, known.again = NO_KEY, None, 0
        if seen.state is None or known.said == (seen.state, seen.reason):
            return None
        known.said = (seen.state, seen.reason)
        return Sighting(path=shown(seen.path), at=self._at(known, seen.key, now), state=seen.state, reason=seen.reason)

    def _at(self, known: _Path, key: Key, now: datetime) -> datetime:
        """Return when what is said of a path now came: never before what was said of it earlier."""
        at = file_time(key, now) if known.first and key != NO_KEY else now
        known.at = at if known.at is None else max(at, known.at + _TICK)
        return known.at


def _fresh(key: Key, now: datetime) -> bool:
    return max(key.mtime, key.ctime) > int(now.timestamp() * 1_000_000_000) - FRESH_NS
