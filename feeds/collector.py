"""Reading and recording in a thread of their own, so that both go on while the terminal takes no output.

The thread has an event loop in which a directory is followed. Everything is recorded before it is handed over. The
events wait in a queue until the other side asks for them, and then come in one piece.
"""

import asyncio
import contextlib
import threading
import time
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from types import TracebackType
from typing import Final

from feeds.arrival import Arrival, Event
from feeds.courtesy import GiveWay, at_once
from feeds.dating import Dating
from feeds.directory import Directory
from feeds.formats import read_ahead
from feeds.health import Health
from feeds.recording import Recording, RecordingProblem
from feeds.recording_place import Begun, Beside

ENDS_WITHIN: Final = 2.0
"""Seconds in which the thread ends; after them it is left behind."""

ASK_AGAIN: Final = 0.1

HEAD_START: Final = 0.03
"""Seconds in which a night of some hundred files has been looked through for the first time, where nobody else runs."""

Changes = Callable[[], AsyncGenerator[list[Event], None]]


class Collector:
    """Follows a directory in a thread, from `start` (or entering it as a context) to `stop`.

    `begin` opens the recording to go on with, or says what somebody else recorded; None records nothing. What was
    recorded already comes first.
    `changes` stands in for those of the directory; `give_way` is called between two pieces of a large document. A
    failure of the recording is told by `health` and ends nothing; any other error ends `changes()` with it.
    """

    def __init__(
        self,
        watched: Directory,
        begin: Callable[[], Begun | Beside] | None = None,
        changes: Changes | None = None,
        give_way: GiveWay = at_once,
    ) -> None:
        self._watched = watched
        self._give_way = give_way
        self._begin = begin
        self._follow: Changes = watched.changes if changes is None else changes
        self._thread = threading.Thread(target=self._run, name="collector", daemon=True)
        self._found: deque[list[Event]] = deque()
        self._notes: deque[str] = deque()
        self._begun = threading.Event()
        self._looked = threading.Event()
        self._over = threading.Event()
        self._error: BaseException | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._wake: Callable[[], None] | None = None
        self._recording: Recording | None = None
        self._dating = Dating()
        self._stopped: str | None = None

    def __enter__(self) -> "Collector":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Begin to read and to record."""
        self._thread.start()

    def head_start(self) -> None:
        """Wait for the first list of the first look, but not for long.

        Whoever loads modules meanwhile reads files, too, and both would wait for each other at each of them.
        """
        self._looked.wait(HEAD_START)

    def stop(self) -> bool:
        """End the thread and close the recording; return whether that was done within `ENDS_WITHIN` seconds."""
        deadline = time.monotonic() + ENDS_WITHIN
        self._begun.wait(ENDS_WITHIN)
        # Asked again and again: a wait for a time can lose a cancellation.
        while self._thread.is_alive() and time.monotonic() < deadline:
            if self._loop is not None and self._task is not None:
                with contextlib.suppress(RuntimeError):  # it ended between the two looks at it
                    self._loop.call_soon_threadsafe(self._task.cancel)
            self._thread.join(ASK_AGAIN)
        return not self._thread.is_alive()

    def health(self) -> Health:
        """Return how the directory and the recording are now."""
        return Health(self._watched.feed, self._stopped)

    def notes(self) -> list[str]:
        """Return what is worth saying of the recording and was not returned before."""
        return [self._notes.popleft() for _ in range(len(self._notes))]

    async def changes(self) -> AsyncIterator[list[Event]]:
        """Yield what was recorded before and what has come since, all that waits in one list, until the thread ends.

        The first list may be empty: it says that the first look is done. Raises what ended the thread, if it was an
        error. For one follower, in the loop of its own thread.
        """
        woken, loop = asyncio.Event(), asyncio.get_running_loop()
        self._wake = lambda: _wake(loop, woken)
        while True:
            woken.clear()
            over = self._over.is_set()
            lists = [self._found.popleft() for _ in range(len(self._found))]
            if lists:
                yield [event for found in lists for event in found]
            elif over:
                break
            else:
                await woken.wait()
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        self._watched.alone = True
        try:
            with asyncio.Runner() as runner:
                self._error = runner.run(self._main())
        finally:
            self._over.set()
            self._looked.set()
            self._ring()

    async def _main(self) -> BaseException | None:
        """Return what ended the following, None where it was told to end. Nothing is caught, so nothing is lost."""
        self._loop, self._task = asyncio.get_running_loop(), asyncio.create_task(self._collect())
        self._begun.set()
        await asyncio.wait([self._task])
        return None if self._task.cancelled() else self._task.exception()

    async def _collect(self) -> None:
        try:
            self._open()
            async with aclosing(self._follow()) as changes:
                async for events in changes:
                    self._record(events)
                    self._hand_over(events)
                    self._looked.set()
        finally:
            if self._recording is not None:
                self._recording.close()

    def _open(self) -> None:
        if self._begin is None:
            return
        try:
            begun = self._begin()
        except RecordingProblem as problem:
            self._stop_recording(problem)
            return
        if isinstance(begun, Begun):
            self._recording, self._dating = begun.recording, begun.dating
        self._notes.extend(begun.notes)
        self._watched.resume(begun.events)
        if begun.events:
            self._hand_over(list(begun.events))

    def _record(self, events: list[Event]) -> None:
        if self._recording is None or not events:
            return
        try:
            self._recording.add(events)
            self._dating.add(events)
            self._recording.settle(self._dating.poll_date, self._dating.title)
        except RecordingProblem as problem:
            broken, self._recording = self._recording, None
            broken.close()
            self._stop_recording(problem)

    def _stop_recording(self, problem: RecordingProblem) -> None:
        self._stopped = f"recording stopped: {problem}"

    def _hand_over(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Arrival):
                read_ahead(event.path, event.data, self._give_way)
        self._found.append(events)
        self._ring()

    def _ring(self) -> None:
        wake = self._wake
        if wake is not None:
            wake()


def _wake(loop: asyncio.AbstractEventLoop, woken: asyncio.Event) -> None:
    with contextlib.suppress(RuntimeError):  # the other side has gone: nobody waits any more
        loop.call_soon_threadsafe(woken.set)
