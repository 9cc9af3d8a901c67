"""Long work in a thread stands aside while somebody waits for an answer of another.

Only one thread of a program runs Python at a time. One that reads files for seconds would make each of the many short
steps of an answer wait for its turn.
"""

import time
from collections.abc import Callable, Generator, Iterable
from contextlib import AbstractContextManager
from itertools import islice
from threading import Event
from typing import Final, TypeVar

T = TypeVar("T")

PART: Final = 4_000
"""Names that are read of a directory at a time: all of a hundred thousand at once take sixty milliseconds."""

GiveWay = Callable[[], object]
"""Called between two steps of long work; returns when that may go on."""


def at_once() -> None:
    """Give way to nobody."""


def nobody(_seconds: float) -> None:
    """Ask nobody to give way."""


def in_parts(things: Iterable[T]) -> Generator[None, None, list[T]]:
    """Return all things in a list; yields where more are still to be had than a part."""
    left, found = iter(things), list[T]()
    while part := list(islice(left, PART)):
        if found:
            yield
        found += part
    return found


def step_by_step(
    lock: AbstractContextManager[object],
    work: Generator[None, None, T],
    stopwatch: Callable[[], float],
    give_way: GiveWay,
) -> Generator[None, None, tuple[T, float]]:
    """Go through the steps of long work, the lock held in each of them; return its result and the seconds they took.

    Gives way before each step, while the lock is free.
    """
    cost = 0.0
    while True:
        give_way()
        with lock:
            began = stopwatch()
            try:
                next(work)
            except StopIteration as done:
                found: T = done.value
                return found, cost + stopwatch() - began
            cost += stopwatch() - began
        yield


class Courtesy:
    """`ticks` are seconds, `sleep` waits for so many; without it a wait ends early where nobody waits any more."""

    def __init__(
        self, ticks: Callable[[], float] = time.monotonic, sleep: Callable[[float], object] | None = None
    ) -> None:
        self._ticks = ticks
        self._answered = Event()
        self._sleep = sleep or self._answered.wait
        self._until = ticks()

    def ask(self, seconds: float) -> None:
        """Have the others stand aside for so many seconds from now; 0 lets them go on, whatever was asked before."""
        if seconds:
            self._answered.clear()
            self._until = max(self._until, self._ticks() + seconds)
        else:
            self._until = self._ticks()
            self._answered.set()

    def give(self) -> None:
        """Wait as long as anybody has asked for."""
        while (left := self._until - self._ticks()) > 0:
            self._sleep(left)
