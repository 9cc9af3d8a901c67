"""The system calls that reading a directory takes, one method each, so that each can be made to fail.

Nothing here writes, locks or changes anything. All methods raise OSError as the system says it.
"""

import os
from collections.abc import Iterable
from pathlib import Path


class Disk:
    """The file system as it is."""

    def stat(self, path: str | Path) -> os.stat_result:
        """Return the status of a path, links followed."""
        return os.stat(path)  # noqa: PTH116 (a Path for each file would double the cost of a look)

    def lstat(self, path: str) -> os.stat_result:
        """Return the status of a path itself, a link not followed."""
        return os.lstat(path)

    def entries(self, path: str | Path) -> Iterable[os.DirEntry[str]]:
        """Yield what lies in a directory; it fails when the first entry is asked for, or a later one."""
        with os.scandir(path) as found:
            yield from found

    def resolve(self, path: str | Path) -> str:
        """Return the absolute path without links; every part of it must be there."""
        return os.path.realpath(path, strict=True)

    def open(self, path: str) -> int:
        """Return a descriptor to read from. Never waits for a pipe, and does not follow a link."""
        return os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)

    def fstat(self, opened: int) -> os.stat_result:
        """Return the status of what was opened."""
        return os.fstat(opened)

    def read(self, opened: int, most: int) -> bytes:
        """Return the next bytes, at most so many; none at the end."""
        return os.read(opened, most)

    def close(self, opened: int) -> None:
        """Close what was opened."""
        os.close(opened)
