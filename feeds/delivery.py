"""Delivers a night into a directory as if live: each file under a temporary name, then renamed, at a pace."""

import math
import re
import threading
import time
import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Final

from feeds.arrival import Arrival
from feeds.saved import SETTINGS_FILE, SavedNight
from feeds.whole import END_OF_SETTINGS

Pace = Callable[[datetime], float]
"""Given a moment of the night, returns how many seconds after the start it is due."""

REHEARSAL: Final = b"rehearsal = true"

_REHEARSAL_LINE = re.compile(rb"^[ \t]*[\"']?rehearsal[\"']?[ \t]*=.*$", re.MULTILINE)
_BOM = b"\xef\xbb\xbf"


def at_speed(begin: datetime, speed: float) -> Pace:
    """Return the pace of `speed` seconds of the night to a second, from `begin` on; `math.inf` waits for nothing."""
    if not speed > 0:
        raise ValueError(f"the speed is {speed:g}, a positive number was expected")
    return lambda at: 0.0 if speed == math.inf else max(0.0, (at - begin).total_seconds() / speed)


def within(begin: datetime, end: datetime, seconds: float) -> Pace:
    """Return the pace at which the night from `begin` to `end` takes `seconds`."""
    length = (end - begin).total_seconds()
    if length <= 0 or seconds <= 0:
        return lambda at: 0.0
    return at_speed(begin, length / seconds)


def deliver(
    night: SavedNight,
    target: Path,
    *,
    pace: Pace,
    stop: threading.Event,
    ticks: Callable[[], float] = time.monotonic,
    wait: Callable[[float], object] | None = None,
    on_file: Callable[[int, int, str], None] | None = None,
) -> int:
    """Write a night's files into `target` as they fall due, until all are there or `stop` is set; return how many.

    `target` is made if need be; raises ValueError, in words, where it holds anything but dotfiles already. Its
    `night.toml` says that this is a rehearsal. `on_file(position, total, path)` is told of each file, from 1.
    `wait(seconds)` must come back early when `stop` is set.
    """
    pause = stop.wait if wait is None else wait
    prepare(target)
    files = _files(night)
    start = ticks()
    for position, (path, data, at) in enumerate(files, start=1):
        due = pace(at)
        while not stop.is_set() and (left := due - (ticks() - start)) > 0:
            pause(left)
        if stop.is_set():
            return position - 1
        _put(target, path, data)
        if on_file is not None:
            on_file(position, len(files), path)
    return len(files)


def rehearsed(data: bytes) -> bytes:
    """Return a `night.toml` with `rehearsal = true` at its top level and nothing else changed.

    Its last line is `# end`, so that it counts at once. Settings that cannot be read get the line all the same.
    """
    body = data.removeprefix(_BOM)
    told = _loaded(body)
    wanted = None if told is None else {**told, "rehearsal": True}
    changed = REHEARSAL + b"\n" + body
    if told is not None and "rehearsal" in told:
        # A line that looks right may lie in a table or a text: only the one that has the effect is taken.
        tried = (body[: line.start()] + REHEARSAL + body[line.end() :] for line in _REHEARSAL_LINE.finditer(body))
        changed = next((text for text in tried if _loaded(text) == wanted), changed)
    changed = changed.rstrip()
    return changed + b"\n" if changed.endswith(b"\n" + END_OF_SETTINGS) else changed + b"\n" + END_OF_SETTINGS + b"\n"


def _loaded(data: bytes) -> dict[str, object] | None:
    try:
        return tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return None


def prepare(target: Path) -> None:
    """Make a directory for a night where there is none; raises ValueError, in words, where it cannot take one."""
    if target.exists() and not target.is_dir():
        raise ValueError(f"“{target}” is a file, a directory was expected")
    target.mkdir(parents=True, exist_ok=True)
    if any(not item.name.startswith(".") for item in target.iterdir()):
        raise ValueError(f"“{target}” is not empty: a night is delivered into a directory of its own")


def _files(night: SavedNight) -> list[tuple[str, bytes, datetime]]:
    """Return path, content and time of each version once, the settings marked as a rehearsal, in order."""
    files: list[tuple[str, bytes, datetime]] = []
    current: dict[str, str] = {}
    for event in night.events:
        if not isinstance(event, Arrival) or current.get(event.path) == event.digest:
            continue
        current[event.path] = event.digest
        data = rehearsed(event.data) if event.path == SETTINGS_FILE else event.data
        files.append((event.path, data, event.at))
    if SETTINGS_FILE not in current:
        files.insert(0, (SETTINGS_FILE, rehearsed(b""), night.begin))
    return files


def _put(target: Path, path: str, data: bytes) -> None:
    parts = PurePosixPath(path).parts
    if not parts or ".." in parts or PurePosixPath(path).is_absolute():
        raise ValueError(f"“{path}” would lie outside the directory")
    place = target.joinpath(*parts)
    place.parent.mkdir(parents=True, exist_ok=True)
    temporary = place.with_name(f".{place.name}.part")
    try:
        temporary.write_bytes(data)
        temporary.replace(place)
    finally:
        temporary.unlink(missing_ok=True)
