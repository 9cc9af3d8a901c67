"""A live directory as a source. The looks are the truth; what the system reports is only the bell.

What the bell names is looked at at once, everything else as often as its cost allows (`feeds.pace`). Every file is
known by the hash of its content (`feeds.known`); what `stat` says is a hint to read it again.
"""

import asyncio
import threading
import time
from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile
from pathlib import Path
from typing import Final

from feeds.arrival import Event, order, some
from feeds.bell import Bell, Hearing, Watcher, system_bell
from feeds.courtesy import GiveWay, at_once, step_by_step
from feeds.disk import Disk
from feeds.folders import Folders
from feeds.known import Known
from feeds.moments import Moments
from feeds.pace import FEW, Pace
from feeds.scan import one_shot, shown
from feeds.state import Condition, FeedState, Mode
from feeds.text import original_path
from feeds.walk import GONE, OFTEN, Seen, Walk, has_files

__all__ = ["Bell", "Directory", "one_shot", "system_bell"]

CHUNK: Final = 500
"""Events handed out at a time, so that a screen can show how far a big first look is."""

RESTLESS_AT_ONCE: Final = 200
"""Of the files that are awaited, so many are looked at between two looks through everything."""

LOOK_SLICE: Final = 0.004
"""Seconds of a core that a look through everything takes at a time; what the bell names meanwhile comes first."""

SKEW: Final = timedelta(seconds=5)
"""A file that is dated so far after the machine's time, or a clock that goes back so far, is said."""

DEAF: Final = "the system reports no changes here"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Directory:
    """A directory of feed files under watch.

    `now` returns an aware UTC time. `mode` says whether changes are reported by the system (`events`) or only looked
    for (`polling`); `state` is `gone` while the directory is missing, `unreadable` while it cannot be read, `emptied`
    while every file that counted has gone from it: what it held is kept. `feed` says all of that in one record.
    `alone` says that `changes` has a thread to itself, in which nobody else waits while a file or two are looked at.
    `ticks` are seconds of real time, `stopwatch` seconds that the calling thread has taken of a core. `give_way` is
    called before each file.
    """

    def __init__(
        self,
        root: Path,
        now: Callable[[], datetime],
        poll: bool = False,
        *,
        disk: Disk | None = None,
        ticks: Callable[[], float] = time.monotonic,
        stopwatch: Callable[[], float] = time.thread_time,
        give_way: GiveWay = at_once,
    ) -> None:
        self.root = root
        self.mode: Mode = "polling" if poll else "events"
        self.state: Condition = "ok"
        self.alone = False
        self._moments = Moments(now)
        self._poll = poll
        self._disk = disk or Disk()
        self._ticks = ticks
        self._stopwatch = stopwatch
        self._give_way = give_way
        self._known = Known(now, self._disk)
        self._folders = Folders(self._disk)
        self._identity: tuple[int, int] | None = None
        self._first = True
        self._linked = False
        self._found: list[str] = []
        self._beside: set[str] = set()
        self._pace = Pace(ticks, 1.0)
        self._why = "asked for" if poll else ""
        self._reason = ""
        self._since: datetime | None = None
        self._news: datetime | None = None
        self._newest = 0
        self._lock = threading.Lock()
        self._leaving = False
        self._rings: Callable[[], bool] = bool

    @property
    def feed(self) -> FeedState:
        """How the directory and the watching of it are now."""
        now, last = self._moments.real(), self._moments.last
        ahead = _EPOCH + timedelta(microseconds=self._newest // 1000) - now
        behind = timedelta(0) if last is None else last - now
        return FeedState(
            mode=self.mode,
            state=self.state,
            why=self._why,
            reason=self._reason,
            since=self._since,
            last=self._news,
            ahead=ahead if ahead > SKEW else timedelta(0),
            behind=behind if behind > SKEW else timedelta(0),
        )

    def scan(self) -> list[Event]:
        """Look at everything once; return what is new since the last look, in the order of counting.

        Files of the first look came when they were last modified (basis `file`), later ones now (`arrived`). Times
        of a later look are later than all of an earlier one, but for files that were there at first and waited.
        """
        self._leaving = False
        return sorted((event for event in self._everything() if event is not None), key=order)

    def glance(self, paths: Iterable[str]) -> list[Event]:
        """Look only at these paths (relative to the root, directories with all in them); return what is new.

        Before the first `scan` nothing is looked at.
        """
        return self._new(paths)

    def _new(self, paths: Iterable[str]) -> list[Event]:
        return sorted(self._named(list(paths)), key=order)

    def names(self) -> list[str]:
        """Look at the names alone; return the paths at which something new lies, for a `glance`.

        What only a look through everything can tell is left to the next one, which then comes at once.
        """
        return next(paths for paths in self._listing() if paths is not None)

    def _listing(self) -> Iterator[list[str] | None]:
        """Look at the names alone, in slices; None comes after each, and at the end what `names` returns."""
        paths, cost = list[str](), 0.0
        if not self._first:
            steps = self._folders.steps(self._known)
            paths, cost = yield from step_by_step(self._lock, steps, self._stopwatch, self._give_way)
        self._pace.listed(cost)
        if self._folders.unsure:
            self._pace.suspect()
        yield paths

    async def changes(self, bell: Bell = system_bell, every: float = 1.0) -> AsyncGenerator[list[Event], None]:
        """Yield what the first look finds (an empty list if nothing), then what is new, for ever.

        Looks at what the bell names at each ring, and at everything as often as its cost allows, at most every
        `every` seconds, and between at the names alone; at once where reports may have been lost. Many events come
        in several lists.
        """
        watcher, hearing, first = Watcher(bell, self.root, every), Hearing(), True
        self._pace = Pace(self._ticks, every)
        self._leaving, self._rings = False, lambda: watcher.rings and not self._first
        try:
            while True:
                rung, named = await self._hear(watcher, hearing)
                self._pace.turn()
                self._pace.named(len(rung))
                joins = self._pace.joins(len(named))
                if rung and self._long_next and not joins and (events := await asyncio.to_thread(self._new, rung)):
                    yield events
                if self._pace.lists():
                    async for events in self._by_name(watcher, hearing, named):
                        yield events
                due, regular = joins or self._pace.left() <= 0, self._pace.regular
                over = not (due or named)
                look = self._everything() if due else self._named(named)
                while not over:
                    here = self.alone and not due and len(named) <= FEW
                    events, over = some(look, CHUNK) if here else await asyncio.to_thread(some, look, CHUNK)
                    if events or (first and over):
                        first = False
                        yield events
                    if due and not (over or self._first) and (events := await self._meanwhile(watcher, hearing, named)):
                        yield events
                if due and regular and not self._poll:
                    hearing.found(set(self._found).difference(named), self._ticks())
                if self._pace.sweeps() and (events := await asyncio.to_thread(self._sweep)):
                    yield events
                await watcher.wait(max(0.0, min(every, self._pace.left())))
        finally:
            self._leaving = True  # a look goes on in its thread when it is no longer waited for: it ends itself
            await watcher.end()

    @property
    def _long_next(self) -> bool:
        """Whether a long look is next, for which what the bell named does not wait."""
        return not self._first and (self._pace.lists() or self._pace.left() <= 0)

    async def _by_name(self, watcher: Watcher, hearing: Hearing, named: list[str]) -> AsyncGenerator[list[Event], None]:
        """Look at the names alone; add to `named` what lies there newly. Yields what the bell names meanwhile."""
        listing = self._listing()
        while (listed := await asyncio.to_thread(next, listing)) is None:
            if events := await self._meanwhile(watcher, hearing, named):
                yield events
        new = list(set(listed).difference(named))
        hearing.found(set(new), self._ticks())
        named += new

    async def _hear(self, watcher: Watcher, hearing: Hearing) -> tuple[list[str], list[str]]:
        """Return the paths that the bell names, and all that are to be looked at; see that it hangs there and rings."""
        restless = list(islice(self._known.restless, RESTLESS_AT_ONCE))
        if self._poll:
            self._pace.polling = True
            return [], restless
        if hearing.missed(self._ticks()) and not hearing.deaf:
            watcher.replaced = True
        await watcher.arm(self._place()[0])
        paths, anywhere = watcher.take()
        hearing.heard(paths)
        if anywhere or (paths and self._linked):
            self._pace.suspect()
        self._why = watcher.why or (DEAF if hearing.deaf else "")
        self.mode = "polling" if self._why else "events"
        self._pace.polling = self.mode == "polling"
        return list(paths), list(dict.fromkeys([*paths, *restless]))

    async def _meanwhile(self, watcher: Watcher, hearing: Hearing, named: list[str]) -> list[Event]:
        """Return what is new at what the bell names while a look through everything goes on; add that to `named`."""
        await watcher.wait(LOOK_SLICE)  # the others have a turn, too
        paths, anywhere = watcher.take()
        hearing.heard(paths)
        if anywhere:
            self._pace.suspect()
        named += paths
        return await asyncio.to_thread(self._new, paths) if paths else []

    def _everything(self) -> Iterator[Event | None]:
        """Look through everything, in slices; None comes after each in which nothing is news."""
        with self._lock:
            now, (before, problem) = self._moments.next(), self._place()
            self._beside = set()
            self._pace.looks()
        try:
            steps = self._through(problem)
            (walk, seen, todo), cost = yield from step_by_step(self._lock, steps, self._stopwatch, self._give_way)
        except OSError as error:
            self._found = []
            self._pace.looked(0.0)
            self._be("gone" if error.errno in GONE else "unreadable", now, (error.strerror or "").lower())
            return
        self._pace.looked(cost)
        yield from self._judged(todo, now)
        if self._leaving:
            return
        with self._lock:
            now = self._moments.going_on(now)
            if self._place()[0] != before:
                self._pace.suspect()
                return  # exchanged while we looked: the next look tells what is there
            if self._known.counts() and not walk.closed and not has_files(walk, seen.values()):
                # Another directory of that name is not filled yet, or an empty mount point; else it was swept.
                self._be("gone" if before != self._identity else "emptied", now)
                return
            self._be("ok", now)
            self._identity, first, self._first = before, self._first, False
            self._folders.learn(walk.folders)
            missing = self._known.missing(walk.same, self._beside.union(seen), tuple(walk.closed))
        for number, path in enumerate(takewhile(self._goes_on, missing)):
            with self._lock:
                now = self._moments.going_on(now)
                event = self._not_met(walk, path, now, first)
            if event is not None:
                self._news = now
            if event is not None or not number % OFTEN:
                yield event

    def _not_met(self, walk: Walk, path: str, now: datetime, first: bool) -> Event | None:
        """Return what is news of a path that a look did not come by.

        Some file systems leave a name out of a list that is read while another file takes its place.
        """
        there = next((seen for seen in walk.at(path) if seen.path == path), None)
        if there is None:
            return self._known.left(path, now)
        return None if self._known.settled(there) else self._known.judge(there, now, first)

    def _through(self, problem: OSError | None) -> Generator[None, None, tuple[Walk, dict[str, Seen], list[Seen]]]:
        """Look through everything; return also what of it is not as it was, and what is to be judged, in order.

        Yields after each slice. Raises OSError where the root cannot be looked into, or has the problem given.
        """
        if problem is not None:
            raise problem
        began = self._stopwatch()
        walk, seen = Walk(self.root, self._disk, self._known.is_same, lambda: self._goes_on(None)), dict[str, Seen]()
        for number, found in enumerate(takewhile(self._goes_on, walk.steps())):
            if found is not None:
                seen[found.path] = found
            if (found is None or not number % OFTEN) and (self._stopwatch() - began >= LOOK_SLICE or self._rings()):
                yield
                began = self._stopwatch()
        settled = self._known.settled
        todo = [found for found in seen.values() if not settled(found)]
        self._newest = max((found.key.mtime for found in seen.values()), default=0)
        self._newest = max(self._newest, walk.newest)
        self._linked = walk.linked
        self._found = [each.path for each in todo if each.state is None and each.path not in self._known.restless]
        return walk, seen, sorted(todo, key=self._turn)

    def _named(self, paths: list[str]) -> Iterator[Event]:
        with self._lock:
            now, (before, _) = self._moments.next(), self._place()
            try:
                if self._first or before is None or before != self._identity:
                    self._pace.suspect()
                    return
                walk = Walk(self.root, self._disk)
            except OSError:
                self._pace.suspect()
                return
            todo, gone = self._near(walk, paths, now)
        yield from self._judged(sorted(todo, key=self._turn), now)
        for event in gone:
            self._news = now
            yield event

    def _near(self, walk: Walk, paths: list[str], now: datetime) -> tuple[list[Seen], list[Event]]:
        """Return what lies at some paths and is to be judged, and what is news of those where nothing lies."""
        todo: list[Seen] = []
        gone: list[Event] = []
        for path in takewhile(self._goes_on, paths):
            found = list(walk.at(path))
            self._beside.update([each.path for each in found])
            if walk.linked or any(each.path != path for each in found) or (not found and self._known.matters(path)):
                # A directory, a link, or a file that counted and is gone: what else is so, only a whole look tells.
                self._pace.suspect()
            if not found and self._known.awaited(path) and (event := self._known.left(path, now)):
                gone.append(event)
            todo += [each for each in found if not self._known.settled(each)]
        self._newest = max((each.key.mtime for each in todo), default=self._newest)
        return todo, gone

    def _judged(self, todo: list[Seen], now: datetime) -> Iterator[Event]:
        first = self._first
        for found in takewhile(self._goes_on, todo):
            with self._lock:
                now = self._moments.going_on(now)
                event = self._known.judge(found, now, first)
            if event is not None:
                self._news = now
                yield event

    def _goes_on(self, _: object) -> bool:
        """Whether anybody still waits for what a look finds; asked before each file, and gives way before it."""
        self._give_way()
        return not self._leaving

    def _sweep(self) -> list[Event]:
        """Read some files again whose status has not changed; return what is new all the same."""
        with self._lock:
            now = self._moments.next()
            events, cost = self._known.sweep(now, self._stopwatch)
            self._pace.swept(cost, self._known.swept)
            self._news = now if events else self._news
        return sorted(events, key=order)

    def resume(self, events: Iterable[Event]) -> None:
        """Before the first look: take as said what an earlier watch said, so that only news is said again.

        The first look then brings what changed since (basis `file`, but never before what was said of the path) and
        what is gone. Times of later looks are later than all of `events`.
        """
        with self._lock:
            for event in sorted(events, key=order):
                self._known.remember(original_path(event.path), event)
                self._moments.note(event.at)

    def _turn(self, seen: Seen) -> tuple[int, str]:
        """Return the sort key of a look: the order in which its events will be counted, so that none comes too late."""
        return (seen.key.mtime if self._first else 0, shown(seen.path))

    def _place(self) -> tuple[tuple[int, int] | None, OSError | None]:
        """Return what tells the directory from another of its name, or why it cannot be had."""
        try:
            status = self._disk.stat(self.root)
        except OSError as problem:
            return None, problem
        return (status.st_dev, status.st_ino), None

    def _be(self, state: Condition, now: datetime, reason: str = "") -> None:
        if state != self.state:
            self._since = None if state == "ok" else now
        self.state, self._reason = state, reason
