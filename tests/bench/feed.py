"""Result files for the benchmarks: PA's own messages of councils that anyone can tell apart in the output."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.makers import pa

SEATS = 40
AS_BEFORE = 10
"""So many revisions in a row of a burst's files give the same figures; the next one corrects them."""


def name(number: int) -> str:
    """Return a council's name, by which it is recognised on the screen."""
    return f"Town {number:06}"


def labour(number: int, revision: int = 1) -> int:
    """Return the figure by which a council's result is recognised: Labour's seats."""
    return 21 + (number + revision) % 9


def council_file(number: int, revision: int = 1, lab: int | None = None) -> tuple[str, bytes]:
    """Return the path and content of a council's result: a gain, so that it is shown among the control changes."""
    council = pa.Council(name(number), proportion="all")
    lab = labour(number, revision) if lab is None else lab
    after = {"Lab": lab, "C": SEATS - lab}
    changes = {"Lab": lab - 15, "C": 15 - lab}
    data = pa.result(council, after, changes, revision=revision)
    return pa.result_name(council, revision), data


def marks(number: int, revision: int = 1) -> tuple[str, ...]:
    """Return what shows that a council's figures are on the terminal: its name, and behind it the figure."""
    return name(number), f"Lab {labour(number, revision)}"


def councils(number: int, revisions: int = 1, first: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield the results of so many councils, all first revisions before all second ones; now and then a correction."""
    for revision in range(1, revisions + 1):
        for each in range(first, first + number):
            yield council_file(each, revision, labour(each, 1 + (revision - 1) // AS_BEFORE))


def fill(directory: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Make a directory that holds these files."""
    directory.mkdir(parents=True)
    for path, data in files:
        (directory / path).write_bytes(data)


def put(directory: Path, path: str, data: bytes) -> None:
    """Put a file into a directory as a careful feed does: written under a temporary name, then renamed."""
    hidden = directory / f".{path}.part"
    hidden.write_bytes(data)
    hidden.rename(directory / path)


class Staged:
    """Files that lie beside a directory, to be renamed into it in no time."""

    def __init__(self, beside: Path, files: Iterable[tuple[str, bytes]]) -> None:
        beside.mkdir(parents=True, exist_ok=True)
        self._beside = beside
        self.paths: list[str] = []
        for path, data in files:
            (beside / path).write_bytes(data)
            self.paths.append(path)

    def deliver(self, into: Path) -> None:
        """Rename all of them into a directory."""
        for path in self.paths:
            os.rename(self._beside / path, into / path)  # noqa: PTH104  (as fast as it goes)
