"""A live directory as a source. The scan is the truth; watchfiles is only the bell that says when to scan.

Every file is known by the hash of its content; what `stat` says is a hint to look again. A file counts when it
stood still while it was read and is whole, or has been quiet for 2 s by our own watching.
"""

import asyncio
import contextlib
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Final, Literal

from watchfiles import awatch

from feeds.arrival import Arrival, Event, Sight, Sighting, digest, order
from feeds.formats import MAX_BYTES
from feeds.scan import CHANGING, NO_KEY, QUIET, Key, Seen, Walk, file_time, one_shot, read_still, shown, unreadable
from feeds.text import original_path
from feeds.whole import waiting_reason, whole

__all__ = ["Bell", "Directory", "one_shot", "watchfiles_bell"]

Bell = Callable[[Path], AsyncIterator[object]]
"""Given a directory, yields something each time that something may have changed in it."""

CHUNK: Final = 500
"""Events handed out at a time, so that a screen can show how far a big first look is."""

FRESH_NS: Final = 20_000_000
"""A file changed so shortly before it was read may change again at the same time: file systems' clocks are coarse."""

LOOKS_AGAIN: Final = 4
"""How often a file that was changed just now is read again at most: a server's clock may be ahead for ever."""

REMOVED: Final = "the file is no longer in the directory"

_TICK = timedelta(microseconds=1)


async def watchfiles_bell(root: Path) -> AsyncIterator[object]:
    """Yield at each change that the system reports, within some milliseconds."""
    changes = awatch(root, watch_filter=None, step=5, debounce=50, recursive=True, ignore_permission_denied=True)
    async for change in changes:
        yield change


class _Known:
    """What was last seen and said of one path."""

    __slots__ = ("again", "at", "first", "key", "quiet_since", "said")

    def __init__(self) -> None:
        self.key: Key = NO_KEY
        self.said: str | tuple[Sight, str] = ""
        self.at: datetime | None = None
        self.quiet_since: datetime | None = None
        self.first = False
        self.again = 0


class Directory:
    """A directory of feed files under watch.

    `now` returns an aware UTC time. `mode` says whether changes are reported by the system (`events`) or only looked
    for every second (`polling`); `state` is `gone` while the directory itself is missing: what it held is kept.
    """

    def __init__(self, root: Path, now: Callable[[], datetime], poll: bool = False) -> None:
        self.root = root
        self.mode: Literal["events", "polling"] = "polling" if poll else "events"
        self.state: Literal["ok", "gone"] = "ok"
        self._now = now
        self._poll = poll
        self._last: datetime | None = None
        self._known: dict[str, _Known] = {}
        self._identity: tuple[int, int] | None = None
        self._first = True
        self._lock = threading.Lock()

    def scan(self) -> list[Event]:
        """Look once; return what is new since the last look, in the order of counting.

        Files of the first look came when they were last modified (basis `file`), later ones now (`arrived`). Times
        of a later look are later than all of an earlier one, but for files that were there at first and waited.
        """
        return sorted(self._look(), key=order)

    async def changes(self, bell: Bell = watchfiles_bell, every: float = 1.0) -> AsyncGenerator[list[Event], None]:
        """Yield what the first look finds (an empty list if nothing), then what is new, for ever.

        Looks at each ring of the bell and at least `every` seconds. Many events come in several lists.
        """
        ring = asyncio.Event()
        listener: asyncio.Task[None] | None = None
        armed: tuple[int, int] | None = None
        first = True
        try:
            while True:
                here = self._root()
                if not self._poll and (listener is None or listener.done() or armed != here):
                    await _end(listener)
                    armed = here
                    self.mode = "events"
                    listener = asyncio.create_task(self._listen(bell, ring, every))
                ring.clear()
                look = self._look()
                while (events := await asyncio.to_thread(_some, look)) or first:
                    first = False
                    yield events
                # Not wait_for: in Python 3.11 it can lose a cancellation that comes as the bell rings.
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(every):
                        await ring.wait()
        finally:
            await _end(listener)

    async def _listen(self, bell: Bell, ring: asyncio.Event, pause: float) -> None:
        """Set `ring` whenever the bell rings; get a new bell when it falls silent or fails."""
        while True:
            try:
                rings = bell(self.root)
                async for _ in rings:
                    self.mode = "events"
                    ring.set()
            except OSError:
                self.mode = "polling"
            except RuntimeError:
                pass  # it stumbled over a name that is not UTF-8; the next one may go further
            except ExceptionGroup as group:
                _, other = group.split((OSError, RuntimeError))
                if other is not None:
                    raise other from group
            ring.set()
            await asyncio.sleep(pause)

    def _look(self) -> Iterator[Event]:
        with self._lock:
            now = self._moment()
            before = self._root()
            if before is None:
                self.state = "gone"
                return
            walk = Walk(self.root)
            try:
                there = list(walk)
            except OSError:
                self.state = "gone"  # the root itself went away or was closed while we looked
                return
            seen = {found.path for found in there}
            for found in sorted((f for f in there if not self._settled(f)), key=self._turn):
                event = self._judge(found, now)
                if event is not None:
                    yield event
            if self._root() != before:
                return  # exchanged while we looked: the next look tells what is there
            if not seen and self._known and before != self._identity:
                self.state = "gone"  # another directory of that name, not yet filled, or an empty mount point
                return
            self.state = "ok"
            self._identity = before
            self._first = False
            yield from self._removed(seen, tuple(walk.closed), now)

    def _turn(self, seen: Seen) -> tuple[int, str]:
        """Return the sort key of a look: the order in which its events will be counted, so that none comes too late."""
        return (seen.key.mtime if self._first else 0, shown(seen.path))

    def _settled(self, seen: Seen) -> bool:
        """Whether a file is as it was when it was last read, and nothing of it is awaited."""
        known = self._known.get(seen.path)
        return (
            known is not None
            and seen.state is None
            and seen.key == known.key
            and known.quiet_since is None
            and not known.again
        )

    def _moment(self) -> datetime:
        """Return a time later than that of every earlier look, whatever the machine's clock does."""
        now = self._now().astimezone(UTC)
        if self._last is not None and now <= self._last:
            now = self._last + _TICK
        self._last = now
        return now

    def _root(self) -> tuple[int, int] | None:
        try:
            status = self.root.stat()
        except OSError:
            return None
        return (status.st_dev, status.st_ino)

    def _judge(self, seen: Seen, now: datetime) -> Event | None:
        known = self._known.get(seen.path)
        if known is None:
            known = self._known[seen.path] = _Known()
        if seen.state is not None:
            known.first = self._first
            return self._sighted(known, seen, now)
        quiet = False
        if seen.key == known.key:
            quiet = known.quiet_since is not None and now - known.quiet_since >= QUIET
            if known.quiet_since is not None and not quiet:
                return None
        return self._read(known, seen, now, quiet)

    def _read(self, known: _Known, seen: Seen, now: datetime, quiet: bool) -> Event | None:
        try:
            got = read_still(seen.real)
        except FileNotFoundError:
            return None  # gone since the directory was read: the next look tells
        except OSError as problem:
            return self._sighted(known, seen._replace(key=NO_KEY, state="unreadable", reason=unreadable(problem)), now)
        if got is None:
            return self._sighted(known, seen._replace(key=NO_KEY, state="waiting", reason=CHANGING), now)
        key, data = got
        if key != known.key:
            known.first = self._first
            known.again = LOOKS_AGAIN
            known.quiet_since = now
            quiet = False
        known.again = known.again - 1 if known.again and _fresh(key, self._now()) else 0
        known.key = key
        return self._judge_content(known, seen, data, now, quiet)

    def _judge_content(self, known: _Known, seen: Seen, data: bytes, now: datetime, quiet: bool) -> Event | None:
        path, key, content = shown(seen.path), known.key, digest(data)
        since, known.quiet_since = known.quiet_since or now, None
        if known.said == content:
            return None
        if quiet or len(data) > MAX_BYTES or whole(path, data):
            known.said = content
            at = self._at(known, key, now)
            return Arrival(path=path, data=data, digest=content, at=at, basis="file" if known.first else "arrived")
        event = self._sighted(known, seen._replace(key=key, state="waiting", reason=waiting_reason(path, data)), now)
        known.key, known.quiet_since = key, since
        return event

    def _sighted(self, known: _Known, seen: Seen, now: datetime) -> Event | None:
        """Return the sighting if it is news. The path will be looked at again: its key is forgotten."""
        known.key, known.quiet_since = NO_KEY, None
        if seen.state is None or known.said == (seen.state, seen.reason):
            return None
        known.said = (seen.state, seen.reason)
        return Sighting(path=shown(seen.path), at=self._at(known, seen.key, now), state=seen.state, reason=seen.reason)

    def _at(self, known: _Known, key: Key, now: datetime) -> datetime:
        """Return when what is said of a path now came: never before what was said of it earlier."""
        at = file_time(key, now) if known.first and key != NO_KEY else now
        known.at = at if known.at is None else max(at, known.at + _TICK)
        return known.at

    def resume(self, events: Iterable[Event]) -> None:
        """Before the first look: take as said what an earlier watch said, so that only news is said again.

        The first look then brings what changed since (basis `file`, but never before what was said of the path) and
        what is gone. Times of later looks are later than all of `events`.
        """
        with self._lock:
            for event in sorted(events, key=order):
                known = self._known.setdefault(original_path(event.path), _Known())
                known.at = event.at
                self._last = event.at if self._last is None else max(self._last, event.at)
                if isinstance(event, Arrival):
                    known.said = event.digest
                else:
                    known.said = (event.state, event.reason)

    def _removed(self, seen: set[str], closed: tuple[str, ...], now: datetime) -> Iterator[Event]:
        if len(seen) == len(self._known):
            return
        for path in [path for path in self._known if path not in seen and not path.startswith(closed)]:
            known = self._known[path]
            if isinstance(known.said, tuple) and known.said[0] == "ignored":
                continue  # nothing came of it, so nothing is lost; and if it returns, it is no news
            event = self._sighted(known, Seen(path, path, NO_KEY, "removed", REMOVED), now) if known.said else None
            del self._known[path]
            if event is not None:
                yield event


def _fresh(key: Key, now: datetime) -> bool:
    return max(key.mtime, key.ctime) > int(now.timestamp() * 1_000_000_000) - FRESH_NS


def _some(look: Iterator[Event]) -> list[Event]:
    return sorted(islice(look, CHUNK), key=order)


async def _end(task: "asyncio.Task[None] | None") -> None:
    if task is not None:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
