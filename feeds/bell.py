"""The bell: it rings when something may have changed, and says where. What it does not say, the looks find.

The system's reports get lost without a word: in a burst, when the directory is exchanged, on a name that is not
UTF-8, and always on some network file systems. So a bell is replaced when it falls silent, and believed only as far as
the looks agree with it.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Collection, Iterable
from pathlib import Path
from typing import Final

from feeds.inotify import inotify_bell, is_there

Ring = Collection[str] | None
"""The absolute paths at which something changed; None where it may be anywhere."""

Bell = Callable[[Path], AsyncIterator[Ring]]
"""Given a directory, yields each time that something may have changed in it."""

STEP_MS: Final = 5
"""A report is handed on after one to two steps; shorter ones cost more of a core while nothing happens."""

LONGEST_MS: Final = 50
"""A steady stream of reports is handed on at least so often."""

MANY: Final = 1_000
"""So many reports at once: others may have been lost."""

ANSWERS_WITHIN: Final = 1.5
"""Seconds in which the bell must have rung for what a look has found; in a flood it rings once a second."""

DEAF_AFTER: Final = 3
"""So many looks found what the bell had not rung for: then it is taken not to ring here."""


def system_bell(root: Path) -> AsyncIterator[Ring]:
    """Return the bell that the system has."""
    return inotify_bell(root) if is_there() else watchfiles_bell(root)


async def watchfiles_bell(root: Path) -> AsyncIterator[Ring]:
    """Yield the changed paths at each change that the system reports, within some milliseconds."""
    from watchfiles import awatch  # noqa: PLC0415 - only where there is no inotify

    changes = awatch(
        root, watch_filter=None, step=STEP_MS, debounce=LONGEST_MS, recursive=True, ignore_permission_denied=True
    )
    async for change in changes:
        yield {path for _, path in change}


class Watcher:
    """Listens to a bell for one directory, and gets a new one when it ends, fails, or the directory is another.

    `why` says in words why there is no bell; empty where there is one. After `take`, `paths` are relative to the root.
    """

    def __init__(self, bell: Bell, root: Path, pause: float) -> None:
        self.why = ""
        self.replaced = False
        """The directory itself was reported: the bell may hang at one that is no longer there."""
        self._bell = bell
        self._root = root.absolute()
        self._pause = pause
        self._prefix = str(self._root).rstrip("/") + "/"
        self._rung = asyncio.Event()
        self._paths: set[str] = set()
        self._anywhere = False
        self._task: asyncio.Task[None] | None = None
        self._hung_at: object = None

    async def arm(self, place: object) -> None:
        """Listen at the directory as it is now; `place` tells one directory of that name from another.

        Raises what ended the bell where that is no failure of the system's.
        """
        if self._task is not None and not self._task.done() and place == self._hung_at and not self.replaced:
            return
        await self.end()
        self._hung_at, self.replaced = place, False
        armed = asyncio.Event()
        self._task = asyncio.create_task(self._listen(armed))
        await armed.wait()

    async def end(self) -> None:
        """Stop listening."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def wait(self, seconds: float) -> None:
        """Return when the bell rings, at the latest after so many seconds."""
        # Not wait_for: in Python 3.11 it can lose a cancellation that comes as the bell rings.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._rung.wait()

    @property
    def rings(self) -> bool:
        """Whether the bell has rung since the last `take`; any thread may ask."""
        return self._rung.is_set()

    def take(self) -> tuple[set[str], bool]:
        """Return the paths heard of since the last time, and whether there may be others."""
        self._rung.clear()
        paths, self._paths = self._paths, set()
        anywhere, self._anywhere = self._anywhere or len(paths) >= MANY, False
        return paths, anywhere

    def _hear(self, ring: Ring) -> None:
        if ring is None:
            self._anywhere = True
        else:
            for path in ring:
                if path.startswith(self._prefix):
                    self._paths.add(path[len(self._prefix) :])
                else:
                    self._anywhere = self.replaced = True
        self._rung.set()

    async def _listen(self, armed: asyncio.Event) -> None:
        """Hear whenever the bell rings; get a new bell when it falls silent or fails."""
        while True:
            try:
                await self._follow(self._bell(self._root), armed)
            except* OSError as problems:
                self.why = _words(problems)
            except* RuntimeError:
                pass  # it stumbled over a name that is not UTF-8; the next one may go further
            finally:
                armed.set()
                self._hear(None)
            await asyncio.sleep(self._pause)

    async def _follow(self, rings: AsyncIterator[Ring], armed: asyncio.Event) -> None:
        coming = asyncio.ensure_future(anext(rings))
        try:
            # When its first step has been taken, the bell hangs; what came before that is for a look to find.
            await asyncio.sleep(0)
            if armed.is_set():
                self._hear(None)
            armed.set()
            while True:
                self._hear(await coming)
                self.why = ""
                coming = asyncio.ensure_future(anext(rings))
        except StopAsyncIteration:
            return
        finally:
            coming.cancel()
            await asyncio.wait({coming})


def _words(problems: ExceptionGroup[OSError]) -> str:
    first = problems.exceptions[0]
    return (first.strerror if isinstance(first, OSError) else None) or "the system cannot watch here"


class Hearing:
    """Whether the bell rings for what the looks find. Times are seconds of any clock that never goes back."""

    def __init__(self) -> None:
        self._found: dict[str, float] = {}
        self._misses = 0

    @property
    def deaf(self) -> bool:
        """Whether changes have been found several times for which the bell did not ring, and it has not rung since."""
        return self._misses >= DEAF_AFTER

    def heard(self, paths: Iterable[str]) -> None:
        """Take note of the paths that the bell rang for."""
        for path in paths:
            self._found.pop(path, None)
            self._misses = 0

    def found(self, paths: Iterable[str], at: float) -> None:
        """Take note of the changed paths that a look found without having been told."""
        for path in paths:
            self._found.setdefault(path, at)

    def missed(self, at: float) -> bool:
        """Return whether something was found more than a second ago for which the bell has still not rung."""
        late = [path for path, since in self._found.items() if at - since >= ANSWERS_WITHIN]
        for path in late:
            del self._found[path]
        self._misses += bool(late)
        return bool(late)
