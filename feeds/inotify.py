"""The bell of Linux: what inotify reports, as soon as it does. It costs nothing while nothing happens.

A file that was renamed into place is reported at once; after anything else the bell waits a moment for the rename that
mostly follows. Links are not followed: what lies behind one is for the looks to find.
"""

import asyncio
import ctypes
import errno
import math
import os
import struct
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import Final

from feeds.walk import by_name

MODIFY: Final = 0x2
ATTRIB: Final = 0x4
CLOSE_WRITE: Final = 0x8
MOVED_FROM: Final = 0x40
MOVED_TO: Final = 0x80
CREATE: Final = 0x100
DELETE: Final = 0x200
DELETE_SELF: Final = 0x400
MOVE_SELF: Final = 0x800
UNMOUNT: Final = 0x2000
OVERFLOW: Final = 0x4000
IGNORED: Final = 0x8000
ONLY_DIRECTORIES: Final = 0x1000000
NO_LINKS: Final = 0x2000000
DIRECTORY: Final = 0x40000000
"""The bits of the system's interface, see inotify(7)."""

WANTED: Final = (
    MODIFY | ATTRIB | CLOSE_WRITE | MOVED_FROM | MOVED_TO | CREATE | DELETE | DELETE_SELF | MOVE_SELF | ONLY_DIRECTORIES
)
HEAD: Final = struct.Struct("iIII")
"""Of one report: the number of the watch, what happened, a cookie, and how long the name behind it is."""

AT_ONCE: Final = 1 << 20
"""Bytes of reports read in one go."""

SETTLES: Final = 0.002
"""Seconds after which what was not renamed is reported: a file that is written and renamed is one report."""

MANY: Final = 100
"""More paths than these changed within a second: nobody can follow them one by one."""

APART: Final = 0.5
"""Seconds from one ring to the next meanwhile: what comes in between is in the next one, and costs less together."""

ENOUGH: Final = 400
"""So many ring all the same: there is enough to do, and a burst must not wait."""

STEP: Final = 0.05
"""Seconds after which it is looked whether there are; where nothing came in them, those were all, and they ring."""

FLOOD: Final = 150
BETWEEN: Final = (0.4, 1.5)
"""Two rings in a row for more paths than that each, so many seconds apart, are a flood; a burst rings more often."""

TIMES: Final = 2
"""So many times as far apart are rings in a flood, and as many paths are enough: it is shown once a second, and what is
rung for in between would wake the whole program for nothing."""

FLOOD_STEP: Final = 0.2
"""What `STEP` is in a flood."""

RAPID: Final = 10
RAPID_WITHIN: Final = 0.12
"""So many rings within so many seconds, one by one: files come faster than each can be shown before the next."""

RAPID_APART: Final = 0.1
"""Seconds from one ring to the next meanwhile, until there are many."""

PASSING: Final = frozenset({errno.ENOENT, errno.ENOTDIR, errno.EACCES, errno.ELOOP})
"""What the system says of a directory that went away, or is closed: the looks tell what has become of it."""


def is_there() -> bool:
    """Return whether the system has inotify."""
    return hasattr(ctypes.CDLL(None), "inotify_init1")


async def inotify_bell(
    root: Path, ticks: Callable[[], float] = time.monotonic
) -> AsyncGenerator[set[str] | None, None]:
    """Yield the changed paths at each change, None where some were lost; end when the directory itself is another.

    Raises OSError where the system cannot watch. `ticks` are seconds.
    """
    loop, heard, sparing = asyncio.get_running_loop(), asyncio.Event(), Sparing(ticks)
    with Reports(os.fspath(root)) as reports:
        loop.add_reader(reports.handle, heard.set)
        try:
            while not reports.over:
                await heard.wait()
                reports.read()
                loop.remove_reader(reports.handle)
                if not reports.urgent:
                    await asyncio.sleep(SETTLES)
                    reports.read()
                while left := sparing.wait(reports.changes):
                    before = reports.changes
                    await asyncio.sleep(min(left, sparing.step))
                    reports.read()
                    if reports.changes == before:
                        break
                sparing.rung(reports.changes)
                heard.clear()
                loop.add_reader(reports.handle, heard.set)
                yield reports.take()
        finally:
            loop.remove_reader(reports.handle)


class Sparing:
    """Rings come at once while little changes, and rarely while much does. `ticks` are seconds."""

    def __init__(self, ticks: Callable[[], float]) -> None:
        self._ticks = ticks
        self._rung: deque[tuple[float, int]] = deque()
        self._within = 0
        self._last = (-math.inf, 0)
        self._times = 1

    @property
    def step(self) -> float:
        """After how many seconds it is looked whether more paths have changed, while there may be no ring."""
        return STEP if self._times == 1 else FLOOD_STEP

    def wait(self, changes: int) -> float:
        """Return in how many seconds there may be a ring for so many changed paths."""
        now = self._ticks()
        while self._rung and now - self._rung[0][0] > 1.0:
            self._within -= self._rung.popleft()[1]
        if not self._rung or changes >= ENOUGH * self._times:
            return 0.0
        apart = APART * self._times if self._within + changes > MANY else RAPID_APART if self._is_rapid(now) else 0.0
        return max(0.0, self._rung[-1][0] + apart - now)

    def _is_rapid(self, now: float) -> bool:
        """Whether the last rings came one by one, and quickly; not all of them at the same moment."""
        if len(self._rung) < RAPID:
            return False
        began, last = self._rung[-RAPID][0], self._rung[-1][0]
        return began < last and now - began <= RAPID_WITHIN

    def rung(self, changes: int) -> None:
        """Take note of a ring for so many changed paths."""
        now, (at, before) = self._ticks(), self._last
        self._times = TIMES if changes > FLOOD < before and BETWEEN[0] <= now - at <= BETWEEN[1] else 1
        self._last = (now, changes)
        self._rung.append(self._last)
        self._within += changes


class Reports:
    """What inotify reports of a directory and of all below it, from its making on until it is left as a context.

    `handle` is a descriptor that can be read from when there is something new. `urgent` says that something was renamed
    into place, or that more may have happened than was reported; `over` that the directory is no longer there.
    """

    def __init__(self, root: str) -> None:
        self.urgent = False
        self.over = False
        self._root = root
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._folders: dict[int, str] = {}
        self._changed: set[str] = set()
        self._anywhere = False
        self.handle = int(self._libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC))
        if self.handle < 0:
            raise _problem(root)
        try:
            self._own = self._hang(root, 0)
            self._below(root)
        except OSError:
            os.close(self.handle)
            raise

    def __enter__(self) -> "Reports":
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.handle)

    @property
    def changes(self) -> int:
        """How many paths changed since the last time, of those that were read."""
        return len(self._changed)

    def take(self) -> set[str] | None:
        """Return the absolute paths at which something changed since the last time; None where others may have, too."""
        changed = None if self._anywhere else self._changed
        self._changed, self._anywhere, self.urgent = set(), False, False
        return changed

    def read(self) -> None:
        """Take in what is reported now."""
        try:
            data = os.read(self.handle, AT_ONCE)
        except BlockingIOError:
            return
        place = 0
        while place < len(data):
            watch, what, _, length = HEAD.unpack_from(data, place)
            place += HEAD.size + length
            self._hear(watch, what, os.fsdecode(data[place - length : place].rstrip(b"\0")))

    def _hear(self, watch: int, what: int, name: str) -> None:
        above = self._folders.get(watch)
        if what & OVERFLOW:
            self._anywhere = self.urgent = True
        elif watch == self._own and what & (DELETE_SELF | MOVE_SELF | UNMOUNT | IGNORED):
            self._changed.add(self._root)
            self.over = self.urgent = True
        elif what & IGNORED:
            self._folders.pop(watch, None)
        elif above is not None and name:
            path = f"{above}/{name}"
            self._changed.add(path)
            self.urgent |= bool(what & MOVED_TO)
            if what & DIRECTORY:
                self._moved(path, what)

    def _moved(self, path: str, what: int) -> None:
        """Watch a directory that has come, with all below it, and no more what has gone."""
        if what & MOVED_FROM:
            beneath = f"{path}/"
            for watch, folder in list(self._folders.items()):
                if folder == path or folder.startswith(beneath):
                    del self._folders[watch]
                    self._libc.inotify_rm_watch(self.handle, watch)
        elif what & (CREATE | MOVED_TO) and by_name(os.path.basename(path), True)[0] is None:  # noqa: PTH119 (bytes)
            self._with_all(path)

    def _with_all(self, path: str) -> None:
        try:
            self._hang(path, NO_LINKS)
            self._below(path)
        except OSError as problem:
            if problem.errno not in PASSING:
                raise

    def _below(self, path: str) -> None:
        with os.scandir(path) as entries:
            found = [e.path for e in entries if by_name(e.name, True)[0] is None and e.is_dir(follow_symlinks=False)]
        for each in found:
            self._with_all(each)

    def _hang(self, path: str, more: int) -> int:
        watch = int(self._libc.inotify_add_watch(self.handle, os.fsencode(path), WANTED | more))
        if watch < 0:
            raise _problem(path)
        self._folders[watch] = path
        return watch


def _problem(path: str) -> OSError:
    number = ctypes.get_errno()
    full = number in {errno.ENOSPC, errno.EMFILE}
    return OSError(number, "more is watched here than the system allows" if full else os.strerror(number), path)
