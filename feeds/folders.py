"""A cheap look at the names alone: what has come into a directory, or taken another's place, unheard.

A directory's own times change when a name in it does; only those that have changed are read, and of what lies in them
only names and numbers (inodes) are compared: a small part of what a look at every file's status costs. Of what is
written in place neither changes: that is for the look through everything.
"""

import os
from collections.abc import Generator
from typing import Final, Protocol

import msgspec

from feeds.courtesy import in_parts
from feeds.disk import Disk

FEW: Final = 100
"""More than these with another number, and more than half: directories give other numbers here than files do."""

SLICE: Final = 2_000
"""Names that are compared at a time."""

Stamp = tuple[int, int, int, int]


class Folder(msgspec.Struct, frozen=True, gc=False):
    """A directory as it was before it was read: where it is, its status, and how many names were in it."""

    real: str
    stamp: Stamp
    names: int


class Judged(Protocol):
    """What is known of the paths of a directory."""

    def __contains__(self, path: str) -> bool:
        """Whether a path is known."""

    def is_other(self, path: str, inode: int) -> bool:
        """Whether at a known path lay something else when it was last read."""


def stamp_of(status: os.stat_result) -> Stamp:
    """Return what changes of a directory's status when something comes into it or goes from it."""
    return (status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev)


class Folders:
    """The directories that a look through everything went into; paths end with a slash, but for the root's.

    After `look`, `unsure` says that something has changed that only a look through everything tells.
    """

    def __init__(self, disk: Disk) -> None:
        self.unsure = False
        self._disk = disk
        self._folders: dict[str, Folder] = {}
        self._again: set[str] = set()
        self._numbered = True

    def learn(self, folders: dict[str, Folder]) -> None:
        """Take these for all that there are; what changes right after may have the same times, so look once more."""
        self._again = {path for path, folder in folders.items() if self._folders.get(path) != folder}
        self._folders = folders

    def look(self, judged: Judged) -> list[str]:
        """Return the paths at which something new lies, or something else than was judged."""
        look = self.steps(judged)
        while True:
            try:
                next(look)
            except StopIteration as done:
                found: list[str] = done.value
                return found

    def steps(self, judged: Judged) -> Generator[None, None, list[str]]:
        """Look as `look` does, in short steps: one with thousands of names is a long one."""
        self.unsure = False
        found = []
        for path in list(self._folders):
            found += yield from self._in(path, judged)
        return found

    def _in(self, path: str, judged: Judged) -> Generator[None, None, list[str]]:
        before = self._folders[path]
        try:
            stamp = stamp_of(self._disk.stat(before.real))
            if stamp == before.stamp and path not in self._again:
                return []
            entries = yield from in_parts(self._disk.entries(before.real))
            new, other = list[os.DirEntry[str]](), list[os.DirEntry[str]]()
            for begin in range(0, len(entries), SLICE):
                some = entries[begin : begin + SLICE]
                new += [entry for entry in some if self._is_new(path + entry.name, judged)]
                if self._numbered:
                    other += [entry for entry in some if judged.is_other(path + entry.name, entry.inode())]
                yield
            other = self._others(other, len(entries))
            self.unsure |= len(entries) < before.names + len(new)
            self.unsure |= any(each.is_dir(follow_symlinks=False) for each in new)
        except OSError:
            self.unsure = True
            return []
        if stamp == before.stamp:
            self._again.discard(path)
        else:
            self._again.add(path)
        self._folders[path] = Folder(before.real, stamp, len(entries))
        return [path + entry.name for entry in [*new, *other]]

    def _others(self, other: list[os.DirEntry[str]], names: int) -> list[os.DirEntry[str]]:
        """Return where something else lies than was judged; a link has a number of its own, and is left out."""
        other = [entry for entry in other if not entry.is_symlink()]
        if len(other) <= max(FEW, names // 2):
            return other
        self._numbered = False
        self.unsure = True
        return []

    def _is_new(self, name: str, judged: Judged) -> bool:
        return name not in judged and name + "/" not in self._folders
