"""The watched directory is exchanged under the watching: it heals, and no figure goes back meanwhile.

`python -m tests.faults.exchanged`: each way 20 times; the figure is the seconds from the directory being there again,
with a new file in it, until that file is counted. Mounting needs the rights for it; without them it is left out.
"""

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random
from typing import Final

from tests.faults.files import NAMES, deliver, result
from tests.faults.running import run, say
from tests.faults.watching import Standing, Watching

MOST = 3.0
HELD = 1.0
"""A directory is away for up to so many seconds."""

NOBODY: Final = 65_534
AT_FDCWD: Final = -100
RENAME_EXCHANGE: Final = 2

Back = Callable[[], Path]
"""Brings the directory back and returns where its files lie."""


def fill(root: Path, revision: int) -> None:
    """Put the result of each area into a directory, at a revision whose Labour seats are as many."""
    for name in NAMES:
        deliver(root, f"{name}.json", result(name, revision, revision))


def remade(root: Path, revision: int) -> Back:
    """Remove the directory with all in it, and make it again."""
    shutil.rmtree(root)

    def back() -> Path:
        root.mkdir()
        fill(root, revision)
        return root

    return back


def moved(root: Path, revision: int) -> Back:
    """Move the directory away, and put another in its place."""
    root.rename(root.with_name(f"moved{revision}"))

    def back() -> Path:
        root.mkdir()
        fill(root, revision)
        return root

    return back


def swapped(root: Path, revision: int) -> Back:
    """Exchange the directory for another in one step."""
    other = root.with_name(f"other{revision}")
    other.mkdir()
    fill(other, revision)
    libc = ctypes.CDLL(None, use_errno=True)
    failed = libc.renameat2(AT_FDCWD, bytes(root), AT_FDCWD, bytes(other), RENAME_EXCHANGE)
    assert not failed, os.strerror(ctypes.get_errno())
    return lambda: root


def mounted(root: Path, revision: int) -> Back:
    """Mount an empty file system over the directory, and take it away."""
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(root)], check=True)

    def back() -> Path:
        subprocess.run(["umount", str(root)], check=True)
        fill(root, revision)
        return root

    return back


def unmounted(root: Path, revision: int) -> Back:
    """Mount a file system that has the files, and let those of the directory under it come back with the next one."""
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(root)], check=True)
    (root / f"{NAMES[0]}.json").write_bytes(result(NAMES[0], revision - 1, revision - 1))

    def back() -> Path:
        subprocess.run(["umount", str(root)], check=True)
        fill(root, revision)
        return root

    return back


def pointed(root: Path, revision: int) -> Back:
    """Point the link that is watched at another directory."""
    target = root.with_name(f"target{revision}")
    target.mkdir()
    fill(target, revision)
    link = root.with_name("new")
    link.symlink_to(target)
    link.replace(root)
    return lambda: target


def closed(root: Path, revision: int) -> Back:
    """Take away the right to read the directory, and give it back."""
    root.chmod(0)

    def back() -> Path:
        root.chmod(0o755)
        fill(root, revision)
        return root

    return back


WAYS: Final = {
    "remade": remade,
    "moved": moved,
    "swapped": swapped,
    "mounted": mounted,
    "unmounted": unmounted,
    "pointed": pointed,
    "closed": closed,
}


def may_mount() -> bool:
    """Return whether this process may mount a file system here."""
    with tempfile.TemporaryDirectory() as name:
        if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", name], check=False, capture_output=True).returncode:
            return False
        subprocess.run(["umount", name], check=True)
    return True


@contextmanager
def watched(way: str) -> Iterator[tuple[Path, Watching]]:
    """Start watching a filled directory, as somebody who cannot read everything where the way needs that."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        root = Path(name, "feed")
        if way == "pointed":
            Path(name, "target").mkdir()
            root.symlink_to("target")
        else:
            root.mkdir()
        fill(root, 1)
        with Watching(root, NOBODY if way == "closed" else None) as watching:
            watching.until(partial(stands_at, 1))
            yield root, watching


def stands_at(revision: int, now: Standing, late: bool = False) -> bool:
    """Return whether every area has the figures of a revision, the late one too, and the feed is well."""
    names = [*NAMES, "Late"] if late else NAMES
    return all(now.seats.get(name) == revision + 1 for name in names) and now.state == "ok"


def is_seen(revision: int, now: Standing) -> bool:
    """Return whether it is seen that the directory is away, or another."""
    return now.state != "ok" or stands_at(revision, now)


def exchanged(way: str, random: Random, times: int) -> list[float]:
    """Exchange a directory so many times; return the seconds until it had healed, each time."""
    took: list[float] = []
    with watched(way) as (root, watching):
        for revision in range(2, times + 2):
            said = len(watching.all)
            back = WAYS[way](root, revision)
            away = random.random() * HELD
            watching.perhaps(partial(is_seen, revision), away)
            where = back()
            deliver(where, f"late{revision}.json", result("Late", revision, revision))
            took.append(watching.until(partial(stands_at, revision, late=True)))
            fell = [now for now in watching.all[said:] if any(now.seats.get(name, 0) < revision for name in NAMES)]
            assert not fell, f"{way}: a figure went back: {fell[0]}"
            (where / f"late{revision}.json").unlink()
    return took


def once(random: Random, number: int) -> float:
    """Exchange a directory in one of the ways 20 times; return the longest time to heal."""
    way = list(WAYS)[number % len(WAYS)]
    if way in {"mounted", "unmounted"} and not may_mount():
        say(f"  {way}: left out, nothing may be mounted here")
        return 0.0
    took = exchanged(way, random, 20)
    say(f"  {way}: {len(took)} times, healed in at most {max(took):.2f} s")
    return max(took)


if __name__ == "__main__":
    sys.exit(run("exchanged", "an exchanged directory heals", once, len(WAYS), most=MOST))
