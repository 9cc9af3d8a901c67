"""Where recordings lie, and which one a watcher goes on with.

They lie in the user's state directory, which nobody else can read. A recording belongs to a real path and a poll date.
The name of its file holds the directory's name, a hash of its real path and the day on which it was begun; the poll
date is known only after files were read, so it stands inside, and no open file is ever renamed.

A watcher goes on with a recording of its directory if a poll date in it is one that the newest files in the directory
give, too. Where one of the two gives none (an empty directory, sheets without dates), with the one that was last
written to, if that was within two days. Else it begins one. One that another watcher holds is left to it.
"""

import hashlib
import os
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import replace
from platformdirs import user_state_path

from feeds.arrival import Event
from feeds.dating import Dating, dating_of
from feeds.plural import many
from feeds.recorded import Recorded, Summary, read_recording, summary
from feeds.recording import RECORDING_SUFFIX, Recording, RecordingProblem, RecordingTaken, why
from feeds.text import clean_path

RECENT: Final = timedelta(days=2)
LONGEST_NAME: Final = 40


class Begun(msgspec.Struct, frozen=True):
    """An open recording, the events that it held already, and what is worth saying of it."""

    recording: Recording
    events: tuple[Event, ...]
    dating: Dating
    notes: tuple[str, ...]


class Beside(msgspec.Struct, frozen=True):
    """What another watcher has recorded, for one that records nothing itself."""

    events: tuple[Event, ...] = ()
    notes: tuple[str, ...] = ()


def recordings_dir() -> Path:
    """Return the directory of all recordings, which need not be there yet; `XDG_STATE_HOME` moves it."""
    return user_state_path("election-night", appauthor=False) / "recordings"


def recordings(folder: Path) -> list[Summary]:
    """Return all recordings that can be read, the oldest first."""
    found = [s for path in folder.glob(f"*{RECORDING_SUFFIX}") if (s := _summary(path)) is not None]
    return sorted(found, key=_age)


def recording_of(root: Path, folder: Path, now: datetime) -> Path | None:
    """Return the recording that belongs to what lies in a directory now, None where there is none."""
    return next((found.path for found in _fitting(root, folder, now) if found.files), None)


def place_for(name: str, folder: Path) -> Path:
    """Return a file among the recordings for a night of that name, one that is not there yet.

    It never looks like the recording of a directory: no watcher goes on with it.
    """
    stem = re.sub(r"-[0-9a-f]{10}(?=-|$)", "", _slug(Path(name)))
    for number in count(1):
        path = folder / f"{stem}{'' if number == 1 else f'-{number}'}{RECORDING_SUFFIX}"
        if not path.exists():
            return path
    raise AssertionError("numbers do not end")


def unreadable(folder: Path) -> list[str]:
    """Return, for each file among the recordings that cannot be read, one sentence on why."""
    told = []
    for path in sorted(folder.glob(f"*{RECORDING_SUFFIX}")):
        try:
            summary(path)
        except RecordingProblem as problem:
            told.append(str(problem))
    return told


def begin(root: Path, folder: Path, now: datetime, make: Callable[..., Recording] = Recording) -> Begun:
    """Return the recording of a directory to go on with, or a new one. Raises `RecordingProblem`."""
    real = root.resolve()
    if not folder.is_absolute():
        raise RecordingProblem("there is no home directory to record into")
    if folder.resolve().is_relative_to(real):
        raise RecordingProblem("the recordings would lie in the watched directory")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise RecordingProblem(why(problem)) from problem
    notes: list[str] = []
    for found in _fitting(root, folder, now):
        if found.cut is not None:
            notes.append(f"a recording is left as it is: {found.cut}")
            continue
        try:
            begun = _go_on(found.path, real, now, make)
        except RecordingTaken:
            notes.append(f"another watcher of this directory records into {found.path.name}")
        except RecordingProblem as problem:
            notes.append(f"a recording is left as it is: {problem}")
        else:
            return replace(begun, notes=(*notes, *begun.notes))
    recording = _new(real, folder, now, make)
    return Begun(recording, (), Dating(), (*notes, f"recording into {recording.path}"))


def beside(root: Path, folder: Path, now: datetime) -> Beside:
    """Return what another watcher has recorded of a directory, to go on from there without recording anything."""
    found = recording_of(root, folder, now) if folder.is_absolute() else None
    try:
        return Beside() if found is None else Beside(events=read_recording(found).events)
    except RecordingProblem as problem:
        return Beside(notes=(str(problem),))


def _go_on(path: Path, real: Path, now: datetime, make: Callable[..., Recording]) -> Begun:
    recording = make(path, clean_path(str(real)), now)
    try:
        held = _whole(path)
    except RecordingProblem:
        recording.close()
        raise
    dating = Dating()
    dating.add(held.events)
    return Begun(
        recording, held.events, dating, (f"going on with {path}, which holds {many(len(held.events), 'event')}",)
    )


def _whole(path: Path) -> Recorded:
    held = read_recording(path)
    if held.cut is not None:
        raise RecordingProblem(held.cut)
    return held


def _new(real: Path, folder: Path, now: datetime, make: Callable[..., Recording]) -> Recording:
    stem = f"{_slug(real)}-{_hash(real)}-{now.astimezone():%Y-%m-%d}"
    for number in count(1):
        path = folder / (f"{stem}{RECORDING_SUFFIX}" if number == 1 else f"{stem}-{number}{RECORDING_SUFFIX}")
        if not path.exists() or path.stat().st_size == 0:
            try:
                return make(path, clean_path(str(real)), now)
            except RecordingTaken:
                continue
    raise AssertionError("numbers do not end")


def _fitting(root: Path, folder: Path, now: datetime) -> list[Summary]:
    """Return the recordings that a watcher of a directory may go on with, the best first."""
    found = [
        s for path in folder.glob(f"*-{_hash(root.resolve())}-*{RECORDING_SUFFIX}") if (s := _summary(path)) is not None
    ]
    if not found:
        return []
    dates = dating_of(root).dates
    same = [s for s in found if s.poll_date in dates]
    unsure = [
        s for s in found if (s.poll_date is None or not dates) and now - max(_age(s), s.last or _age(s)) <= RECENT
    ]
    return sorted(same, key=_age) + sorted(unsure, key=lambda s: s.last or _age(s), reverse=True)


def _age(found: Summary) -> datetime:
    return found.created or datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def _summary(path: Path) -> Summary | None:
    try:
        return summary(path)
    except RecordingProblem:
        return None


def _hash(real: Path) -> str:
    return hashlib.sha256(os.fsencode(real)).hexdigest()[:10]


def _slug(real: Path) -> str:
    return re.sub(r"[^a-z0-9]+", "-", real.name.lower())[:LONGEST_NAME].strip("-") or "feed"
