"""What lies in a directory: one look through all of it, or at one path, without opening any file.

Every real directory is looked into once. Links are followed only to what lies inside the root.
"""

import errno
import os
import re
import stat
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from feeds.arrival import Sight
from feeds.courtesy import in_parts
from feeds.disk import Disk
from feeds.folders import Folder, stamp_of

TEMPORARY: Final = "a temporary name: waits for its rename"

GONE: Final = frozenset({errno.ENOENT, errno.ENOTDIR})
"""What the system says of a path at which nothing lies any more."""

_ENDINGS: Final = (".part", ".filepart", ".tmp", ".crdownload", "~")
_HIDDEN_TEMPORARY = re.compile(r"\.#.*|\..+\.[a-z0-9]{6}", re.IGNORECASE | re.DOTALL)


class Key(NamedTuple):
    """What `stat` says of a file: a hint to look again, never its identity."""

    mtime: int
    ctime: int
    size: int
    inode: int
    device: int


class Seen(NamedTuple):
    """One thing that lies in a directory. `state` is None for a file that is to be read; else `reason` says why not.

    `path` is relative to the root, `real` is what is opened.
    """

    path: str
    real: str
    key: Key
    state: Sight | None = None
    reason: str = ""


NO_KEY: Final = Key(0, 0, 0, 0, 0)

OFTEN: Final = 256
"""Of so many files of which nothing is news, one is the occasion to ask whether anybody still wants to know."""

Entries = tuple[str, list[os.DirEntry[str]]]
"""What was read of a directory, under its path."""

Settled = Callable[[str, os.stat_result], bool]
"""Returns whether the file at a path is as it was when it was last judged."""


def _nothing(_path: str, _status: os.stat_result) -> bool:
    return False


def key_of(status: os.stat_result) -> Key:
    """Return what is compared of a file's status."""
    return Key(status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino, status.st_dev)


def unreadable(problem: OSError) -> str:
    """Return why a path cannot be read, in words."""
    return f"cannot be read: {(problem.strerror or type(problem).__name__).lower()}"


class Walk:
    """A look at a directory and what is under it.

    Iterating yields everything that lies there; raises OSError where the root itself cannot be read. `steps` yields
    None as well, now and then, where nothing is news: an occasion to do something else. Afterwards
    `closed` names the directories that could not be looked into: of what is in them nothing is known. `linked` says
    that links were met, `folders` holds the directories that were looked into. Files that are `settled` are not
    yielded: they are in `same`, and `newest` is the latest time at which one of them was changed. It is asked now and
    then whether it `goes_on`. A directory that changes while it is read is read up to so many times (`lists`).
    """

    def __init__(
        self,
        root: Path,
        disk: Disk,
        settled: Settled = _nothing,
        goes_on: Callable[[], bool] = lambda: True,
        lists: int = 1,
    ) -> None:
        self.closed: list[str] = []
        self.linked = False
        self.folders: dict[str, Folder] = {}
        self.same: set[str] = set()
        self.newest = 0
        self._settled = settled
        self._lists = lists
        self._goes_on = goes_on
        self._root = root
        self._top = os.fspath(root)
        self._disk = disk
        self._real = Path(disk.resolve(root))
        self._walked: set[tuple[int, int]] = set()
        self._links: list[tuple[str, str]] = []

    def __iter__(self) -> Iterator[Seen]:
        return _found_by(self.steps())

    def steps(self) -> Iterator[Seen | None]:
        """Yield everything that lies there, and None after every so many files of which nothing is news."""
        status = self._disk.stat(self._root)
        root = yield from self._into("", os.fspath(self._root), status)
        yield from self._down([root])
        self.linked = bool(self._links)
        # Links come last, so that what also lies here under its own name has that name.
        while self._links:
            self._links.sort(reverse=True)
            yield from self._follow(*self._links.pop())

    def at(self, path: str) -> Iterator[Seen]:
        """Yield what lies at one path, and under it if it is a directory; nothing where nothing lies there.

        Sets `linked` where only a look through everything can tell: at links and beyond them.
        """
        if "/" not in path or self._leads_to(path.split("/")[:-1]):
            yield from _found_by(self._one(path, os.path.join(self._top, path)))  # noqa: PTH118 (see `Disk.stat`)

    def _leads_to(self, folders: list[str]) -> bool:
        """Return whether what is below these folders is looked into; sets `linked` where it is behind a link."""
        for number, folder in enumerate(folders, 1):
            if by_name(folder, True)[0] is not None:
                return False
            try:
                status = self._disk.lstat(os.path.join(self._top, *folders[:number]))  # noqa: PTH118
            except OSError:
                return False  # the look through everything tells what has become of it
            if not stat.S_ISDIR(status.st_mode):
                self.linked = True
                return False
        return True

    def _one(self, path: str, real: str) -> Iterator[Seen | None]:
        name = path.rpartition("/")[2]
        try:
            status = self._disk.lstat(real)
            folder = stat.S_ISDIR(status.st_mode)
            state, reason = by_name(name, folder)
            if folder and state is None:
                into = yield from self._into(path + "/", real, status)
                yield from self._down([into])
                self.linked |= bool(self._links)
                return
        except OSError as problem:
            if problem.errno not in GONE:
                self.closed.append(path + "/")
                yield Seen(path, real, NO_KEY, "unreadable", unreadable(problem))
            return
        if state is None and stat.S_ISLNK(status.st_mode):
            self.linked = True
            return
        yield _found(path, real, status, state, reason)

    def _into(self, path: str, real: str, status: os.stat_result) -> Generator[None, None, Entries]:
        """Read a directory that had this status right before, with a None after each part of many names.

        Some file systems leave out a name whose file is replaced meanwhile; another list, if there is one, has it.
        """
        self._walked.add((status.st_dev, status.st_ino))
        stamp = stamp_of(status)
        entries = yield from in_parts(self._disk.entries(real))
        for _ in range(1, self._lists):
            before, stamp = stamp, stamp_of(self._disk.stat(real))
            if stamp == before:
                break
            more = yield from in_parts(self._disk.entries(real))
            entries = list({entry.name: entry for entry in [*entries, *more]}.values())
        self.folders[path] = Folder(real, stamp, len(entries))
        return path, entries

    def _down(self, todo: list[Entries]) -> Iterator[Seen | None]:
        settled, same = self._settled, self.same
        while todo:
            above, entries = todo.pop()
            for entry in entries:
                path = above + entry.name
                try:
                    # Of most files nothing is news, and this is all that is asked of them.
                    status = entry.stat(follow_symlinks=False)
                    if settled(path, status):
                        same.add(path)
                        self.newest = max(self.newest, status.st_mtime_ns)
                        if not len(same) % OFTEN:
                            if not self._goes_on():
                                return
                            yield None
                        continue
                    seen = self._entry(path, entry, status)
                    if seen is None and entry.is_dir(follow_symlinks=False):
                        into = yield from self._into(path + "/", entry.path, status)
                        todo.append(into)
                except OSError as problem:
                    if problem.errno in GONE:
                        continue  # it went away meanwhile: the next look tells
                    self.closed.append(path + "/")
                    seen = Seen(path, entry.path, NO_KEY, "unreadable", unreadable(problem))
                if seen is not None:
                    yield seen

    def _entry(self, path: str, entry: os.DirEntry[str], status: os.stat_result) -> Seen | None:
        """Return what an entry is; None for a directory to go down into and for a link to follow later."""
        folder = entry.is_dir(follow_symlinks=False)
        state, reason = by_name(entry.name, folder)
        if state is None and not folder and entry.is_symlink():
            self._links.append((path, entry.path))
            return None
        return None if folder and state is None else _found(path, entry.path, status, state, reason)

    def _follow(self, path: str, link: str) -> Iterator[Seen | None]:
        try:
            real = Path(self._disk.resolve(link))
            status = self._disk.stat(real)
        except OSError as problem:
            yield _broken(path, link, problem)
            return
        key = key_of(status)
        if not real.is_relative_to(self._real):
            yield Seen(path, link, key, "ignored", "a link that leads out of the directory")
        elif stat.S_ISREG(status.st_mode):
            yield Seen(path, str(real), key)
        elif not stat.S_ISDIR(status.st_mode):
            yield Seen(path, link, key, "ignored", _kind(status.st_mode))
        elif (status.st_dev, status.st_ino) in self._walked:
            yield Seen(path, link, key, "ignored", "a link to a directory that is looked into anyway")
        else:
            yield from self._linked(path, real, status)

    def _linked(self, path: str, real: Path, status: os.stat_result) -> Iterator[Seen | None]:
        try:
            found = yield from self._into(path + "/", str(real), status)
        except OSError as problem:
            self.closed.append(path + "/")
            yield Seen(path, str(real), NO_KEY, "unreadable", unreadable(problem))
            return
        yield from self._down([found])


def _found_by(steps: Iterator[Seen | None]) -> Iterator[Seen]:
    return (seen for seen in steps if seen is not None)


def has_files(walk: Walk, seen: Iterable[Seen]) -> bool:
    """Return whether a walk has come by any file; `seen` is what it yielded."""
    return bool(walk.same) or any(each.state is None for each in seen)


def by_name(name: str, folder: bool) -> tuple[Sight | None, str]:
    """Return why an entry is not read because of its name; None and nothing where the name does not say so."""
    hidden = name[0] == "."
    if not folder and (name.lower().endswith(_ENDINGS) or (hidden and _HIDDEN_TEMPORARY.fullmatch(name))):
        return "waiting", TEMPORARY
    if hidden:
        return "ignored", "a hidden directory" if folder else "a hidden file (its name begins with a dot)"
    if name.startswith("~$"):
        return "ignored", "a lock file of a spreadsheet program"
    return None, ""


def _found(path: str, real: str, status: os.stat_result, state: Sight | None, reason: str) -> Seen:
    if state is None and not stat.S_ISREG(status.st_mode):
        state, reason = "ignored", _kind(status.st_mode)
    return Seen(path, real, key_of(status), state, reason)


def _broken(path: str, link: str, problem: OSError) -> Seen:
    if problem.errno == errno.ELOOP:
        return Seen(path, link, NO_KEY, "ignored", "a link that leads in a circle")
    if problem.errno in GONE:
        return Seen(path, link, NO_KEY, "ignored", "a link that leads nowhere")
    return Seen(path, link, NO_KEY, "unreadable", unreadable(problem))


def _kind(mode: int) -> str:
    kinds = {
        stat.S_IFIFO: "a named pipe",
        stat.S_IFSOCK: "a socket",
        stat.S_IFCHR: "a device",
        stat.S_IFBLK: "a device",
    }
    return f"{kinds.get(stat.S_IFMT(mode), 'something else')}, not a file"
