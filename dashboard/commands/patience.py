"""A bar for what takes longer than a second, on a terminal; whoever has seen enough presses Ctrl-C."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Protocol

from feeds.text import inert

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

LONG: Final = 1.0
"""Seconds after which a bar is worth it."""


class Done(Protocol):
    """Is told how much is done, and of how much where that was not known before."""

    def __call__(self, done: int, total: int | None = None) -> None:
        """Take note."""


@contextmanager
def patience(words: str, total: int = 0, ticks: Callable[[], float] = time.monotonic) -> Iterator[Done]:
    """Yield what is told how much of `total` is done: after a second it draws a bar, gone again at the end.

    Where standard error is no terminal nothing is drawn. `words` say what is being done; `ticks` are real seconds.
    """
    bar = _Bar(words, total, ticks)
    try:
        yield bar if sys.stderr.isatty() else _nothing
    finally:
        bar.end()


def _nothing(done: int, total: int | None = None) -> None:
    del done, total


class _Bar:
    def __init__(self, words: str, total: int, ticks: Callable[[], float]) -> None:
        self._words, self._total, self._ticks = words, total, ticks
        self._since = ticks()
        self._drawn: tuple[Progress, TaskID] | None = None

    def __call__(self, done: int, total: int | None = None) -> None:
        self._total = total or self._total
        if self._drawn is not None:
            self._drawn[0].update(self._drawn[1], completed=done)
        elif self._ticks() - self._since >= LONG:
            self._drawn = self._begun(done)

    def _begun(self, done: int) -> "tuple[Progress, TaskID]":
        from rich.console import Console  # noqa: PLC0415 - most commands are done before a bar is wanted
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

        columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
        bar = Progress(*columns, console=Console(stderr=True), transient=True)
        task = bar.add_task(inert(self._words), total=self._total, completed=done)
        bar.start()
        return bar, task

    def end(self) -> None:
        """Take the bar away."""
        if self._drawn is not None:
            self._drawn[0].stop()
