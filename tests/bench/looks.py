"""What a look at a directory costs of which nothing was reported, and so how often there is one."""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from feeds.directory import Directory
from feeds.pace import FULL_SHARE
from tests.bench.figures import Figure, median

EVERY = 1.0
"""Seconds between two looks at least."""


def looks(numbers: Sequence[int] = (3_000, 15_000, 25_000, 100_000), times: int = 5) -> Iterator[Figure]:
    """Measure the looks at so many files, of which none has changed, and of which one is new."""
    for files in numbers:
        with tempfile.TemporaryDirectory() as place:
            root = Path(place)
            for number in range(files):
                _put(root, number)
            watched = Directory(root, lambda: datetime.now(UTC))
            watched.scan()
            watched.scan()
            everything = median([_spent(watched.scan) for _ in range(times)])
            new = partial(_put, root)
            names = median([_spent(watched.names, partial(new, files + number)) for number in range(times)])
        yield Figure(f"{files:,} files: everything is looked through every", _apart(everything), "s")
        yield Figure(f"{files:,} files: the names alone every", _apart(names), "s")


def _put(root: Path, number: int) -> None:
    (root / f"{number:06}.xml").write_bytes(b"<Result><Council name='%d'/></Result>" % number)


def _spent(look: Callable[[], object], before: Callable[[], None] = lambda: None) -> float:
    before()
    began = time.thread_time()
    look()
    return time.thread_time() - began


def _apart(seconds: float) -> float:
    """Return how many seconds apart such looks are, where they take no more of a core than their share."""
    return max(EVERY, seconds / FULL_SHARE)
