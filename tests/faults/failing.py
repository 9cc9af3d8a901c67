"""Every system call of the source fails once, with every plausible error: nothing crashes, it is said, and it heals.

`python -m tests.faults.failing`: a file system in which the n-th call fails, for every n and every error; the figure is
how many failures a repetition has had.
"""

import errno
import os
import sys
import tempfile
from pathlib import Path
from random import Random
from typing import Final, Literal, cast

from feeds.arrival import Arrival, Event, Sighting
from feeds.directory import Directory
from feeds.disk import Disk
from tests.faults.files import NAMES, result
from tests.faults.pieces import Now
from tests.faults.running import run, say
from tests.feeds.directories import put

ERRORS: Final = (
    errno.EIO,
    errno.ESTALE,
    errno.EACCES,
    errno.ENOSPC,
    errno.EMFILE,
    errno.ENOENT,
    errno.EINTR,
)


Way = Literal["scan", "glance", "names"]
"""A look through everything, at what the bell has named, or at the names alone and then at what is new among them."""


WAYS: Final[tuple[tuple[bool, Way], ...]] = ((True, "scan"), (False, "scan"), (False, "glance"), (False, "names"))


class FailingDisk(Disk):
    """The file system, but for the one call that fails: the `turn`-th from now, where `turn` is not 0."""

    def __init__(self) -> None:
        self.turn = 0
        self.error = 0
        self.failed = ""

    def fail(self, turn: int, error: int) -> None:
        """Let the `turn`-th call from now fail."""
        self.turn, self.error, self.failed = turn, error, ""

    def call(self, what: str) -> None:
        """Say that a call is made; raises where it is the one that fails."""
        self.turn -= 1
        if self.turn == 0:
            self.failed = what
            raise OSError(self.error, os.strerror(self.error))

    def stat(self, path: str | Path) -> os.stat_result:
        self.call("stat")
        return super().stat(path)

    def lstat(self, path: str) -> os.stat_result:
        self.call("lstat")
        return super().lstat(path)

    def entries(self, path: str | Path) -> list[os.DirEntry[str]]:
        self.call("entries")
        return [cast("os.DirEntry[str]", Entry(entry, self)) for entry in super().entries(path)]

    def resolve(self, path: str | Path) -> str:
        self.call("resolve")
        return super().resolve(path)

    def open(self, path: str) -> int:
        self.call("open")
        return super().open(path)

    def fstat(self, opened: int) -> os.stat_result:
        self.call("fstat")
        return super().fstat(opened)

    def read(self, opened: int, most: int) -> bytes:
        self.call("read")
        return super().read(opened, most)

    def close(self, opened: int) -> None:
        super().close(opened)
        self.call("close")


class Entry:
    """An entry of a directory whose own calls can fail, too."""

    def __init__(self, entry: "os.DirEntry[str]", disk: FailingDisk) -> None:
        self.name, self.path = entry.name, entry.path
        self._entry, self._disk = entry, disk

    def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
        self._disk.call("stat of an entry")
        return self._entry.stat(follow_symlinks=follow_symlinks)

    def is_dir(self, *, follow_symlinks: bool = True) -> bool:
        self._disk.call("kind of an entry")
        return self._entry.is_dir(follow_symlinks=follow_symlinks)

    def is_symlink(self) -> bool:
        self._disk.call("kind of an entry")
        return self._entry.is_symlink()

    def inode(self) -> int:
        return self._entry.inode()


def held(events: list[Event], before: dict[str, bytes]) -> dict[str, bytes]:
    """Return the newest content of each path after some events."""
    return {**before, **{event.path: event.data for event in events if isinstance(event, Arrival)}}


class Scene:
    """A directory with files, a directory and a link in it, before and after some changes."""

    def __init__(self, root: Path) -> None:
        self.root, self.now, self.disk = root, Now(), FailingDisk()
        for number, name in enumerate(NAMES[:3]):
            put(root / f"{name}.json", result(name, 1, number + 1))
        put(root / "inner/deep.json", result("Deep", 1, 1))
        put(root / ".store/1.json", result("Linked", 1, 1))
        (root / "link.json").symlink_to(".store/1.json")
        self.place = Directory(root, self.now, disk=self.disk)
        self.counted: dict[str, bytes] = {}

    def change(self) -> None:
        """Change one file, and add two."""
        put(self.root / f"{NAMES[0]}.json", result(NAMES[0], 2, 9))
        put(self.root / "inner/late.json", result("Late", 1, 2))
        put(self.root / "new.json", result("New", 1, 3))

    def wanted(self) -> dict[str, bytes]:
        """Return what must be held in the end."""
        files = [p for p in self.root.rglob("*.json") if ".store" not in p.parts]
        return {str(path.relative_to(self.root)): path.read_bytes() for path in files}

    def failing(self, way: Way) -> list[Event]:
        """Look with a call that fails; return what that look brings."""
        named = [f"{NAMES[0]}.json", "inner/late.json", "inner", "new.json"]
        if way == "names":
            named = self.place.names()
        events = self.place.scan() if way == "scan" else self.place.glance(named)
        self.counted = held(events, self.counted)
        return events

    def heal(self) -> None:
        """Look twice more with nothing failing."""
        for _ in range(2):
            self.counted = held(self.place.scan(), self.counted)


def failures(root: Path, error: int, first: bool, way: Way) -> int:
    """Let each call of a look fail in turn with an error; return how many calls there were."""
    turn = 0
    while True:
        turn += 1
        scene = Scene(root / f"{turn}")
        if not first:
            scene.heal()
            scene.change()
        before = dict(scene.counted)
        scene.disk.fail(turn, error)
        events = scene.failing(way)
        if not scene.disk.failed:
            return turn - 1
        what = f"{os.strerror(error)} in {scene.disk.failed} (call {turn}, first={first}, {way})"
        said = scene.place.feed.state != "ok" or any(isinstance(e, Sighting) for e in events)
        # A path that is not there any more is no failure; what another look misses, the look that it asks for finds.
        quiet = error == errno.ENOENT or way != "scan" or scene.counted == scene.wanted()
        assert said or quiet, f"{what}: not said"
        lost = [path for path in before if path not in scene.counted]
        scene.heal()
        assert not lost, f"{what}: {lost} was lost"
        assert scene.counted == scene.wanted(), f"{what}: did not heal"
        assert scene.place.feed.state == "ok", f"{what}: still {scene.place.feed.state}"


def every_failure(errors: tuple[int, ...]) -> int:
    """Let every call fail with each of some errors; return how many failures that were."""
    total = 0
    for error in errors:
        for first, way in WAYS:
            with tempfile.TemporaryDirectory() as name:
                total += failures(Path(name), error, first, way)
    return total


def once(random: Random, number: int) -> float:
    """Let every call fail with every error; return how many failures that were."""
    total = every_failure(ERRORS)
    say(f"  {total:,} failures, each said and healed")
    return total


if __name__ == "__main__":
    sys.exit(run("failing", "a system call that fails does no harm", once, 1, unit="failures"))
