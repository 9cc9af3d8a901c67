"""A night as a folder that anyone can read, and as a recording again: both ways lose nothing.

The folder is a saved night. The last version of a file lies under its own name, those that were overwritten in
`versions/`, as does what has a name that not every system takes. What was seen without a content (removed, waiting)
stands in `arrivals.csv` only.
"""

import contextlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Final

import msgspec

from feeds.arrival import Arrival, Event
from feeds.formats import OWN_PAGES, settings
from feeds.listing import ORDER_FILE, Row, write_listing
from feeds.outbox import give_name
from feeds.recording import Recording, RecordingProblem, why
from feeds.report import Settings
from feeds.saved import SETTINGS_FILE, SOURCES_FILE, SavedNight, known_zone, zone_of
from feeds.text import clean_path, original_path

VERSIONS: Final = "versions"
LONGEST_PART: Final = 100
AT_ONCE: Final = 16
"""Events in one write: few, so that they lie beside their contents, and a file that is cut off lost only its end."""

Done = Callable[[int, int], object]
"""Is told how much is done, and of how much."""

_ODD: Final = frozenset('<>:"|?*\\')
"""Characters that some system does not take in a name."""


def nothing(_done: int, _total: int) -> None:
    """Tell nobody."""


def export_night(night: SavedNight, target: Path, on_done: Done = nothing) -> int:
    """Write a night as a saved night into an empty directory, made if need be; return how many files lie in it.

    `arrivals.csv` is written last: without it a folder is no saved night. What is broken off leaves nothing behind.
    `on_done` is told how many files are written, and of how many. Raises ValueError, in words, where the directory is
    not empty or the night is one of a plain directory, which has no arrivals; OSError where it cannot be written.
    """
    if any(isinstance(event, Arrival) and (event.until is not None or event.later) for event in night.events):
        raise ValueError("a plain directory has no arrivals to export; see `whole`")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ValueError(f"“{clean_path(str(target))}” is not an empty directory: a night is exported into its own")
    files, rows = _laid_out(night)
    files.setdefault(SETTINGS_FILE, _settings_page(night.settings))
    files[SOURCES_FILE] = night.sources if night.sources is not None else _sources_page(night)
    files[ORDER_FILE] = write_listing(rows, zone_of(night.settings))
    _write(files, target, on_done)
    return len(files)


def _write(files: Mapping[str, bytes], target: Path, on_done: Done) -> None:
    """Write files into an empty directory, in their order; take away what was written where not all of them are."""
    was_there, written = target.exists(), 0
    target.mkdir(parents=True, exist_ok=True)
    try:
        for path, data in files.items():
            place = target.joinpath(*PurePosixPath(path).parts)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
            written += 1
            on_done(written, len(files))
    finally:
        if written < len(files):
            for inside in target.iterdir():
                shutil.rmtree(inside, ignore_errors=True) if inside.is_dir() else inside.unlink(missing_ok=True)
            if not was_there:
                target.rmdir()


def whole(night: SavedNight) -> SavedNight:
    """Return the night of a plain directory with each file once, at the last time that it tells."""
    kept = tuple(
        msgspec.structs.replace(event, later=()) if isinstance(event, Arrival) else event
        for event in night.events
        if not (isinstance(event, Arrival) and event.until is not None)
    )
    return msgspec.structs.replace(night, events=kept)


def import_night(night: SavedNight, path: Path, now: datetime, on_done: Done = nothing) -> None:
    """Write a night as a recording into a new file, which is there when it is whole.

    `on_done` is told how many events are written, and of how many. Raises `RecordingProblem` where the file is there
    already or cannot be written.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    if path.exists():
        raise RecordingProblem(f"“{clean_path(str(path))}” is there already")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _record(night, temporary, now, on_done)
        give_name(temporary, path)
    except OSError as problem:
        raise RecordingProblem(f"“{clean_path(str(path))}” cannot be written: {why(problem)}") from problem
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


def _record(night: SavedNight, path: Path, now: datetime, on_done: Done) -> None:
    recording = Recording(path, night.name, now)
    try:
        for begin in range(0, len(night.events), AT_ONCE):
            recording.add(night.events[begin : begin + AT_ONCE])
            on_done(min(begin + AT_ONCE, len(night.events)), len(night.events))
        recording.settle(night.poll_date, night.settings.title)
        if night.sources is not None:
            recording.keep_sources(night.sources)
    finally:
        recording.close()


def _laid_out(night: SavedNight) -> tuple[dict[str, bytes], list[Row]]:
    """Return the files of the folder by path, and the rows of its order of arrivals."""
    own = _own_names(night.events)
    files: dict[str, bytes] = {}
    stored: dict[str, str] = {}
    for path, arrival in own.items():
        files[path] = arrival.data
        stored[arrival.digest] = path
    rows = []
    for number, event in enumerate(night.events, 1):
        if not isinstance(event, Arrival):
            rows.append(Row(event.path, event.at, state=event.state, reason=event.reason))
            continue
        last = own.get(event.path)
        if last is not None and last.digest == event.digest:
            place = event.path
        elif event.digest in stored:
            place = stored[event.digest]
        else:
            name = PurePosixPath(event.path).name
            place = f"{VERSIONS}/{number:06}-{name}" if _portable(name) else f"{VERSIONS}/{number:06}"
            files[place] = event.data
            stored[event.digest] = place
        rows.append(Row(event.path, event.at, event.basis, place, named=True))
    return files, rows


def _own_names(events: Iterable[Event]) -> dict[str, Arrival]:
    """Return the arrivals that lie under their own names: the last of each path that every system takes."""
    last: dict[str, Arrival] = {}
    for event in events:
        if isinstance(event, Arrival) and _fits(event):
            last[event.path] = event
    folders: set[str] = set()
    names: set[str] = set() if SETTINGS_FILE in last else {SETTINGS_FILE}
    own: dict[str, Arrival] = {}
    for path, event in last.items():
        name = path.casefold()
        above = {str(parent).casefold() for parent in PurePosixPath(path).parents} - {"."}
        if name in names or name in folders or above & names or (name == SETTINGS_FILE and path != SETTINGS_FILE):
            continue
        own[path] = event
        names.add(name)
        folders |= above
    return own


def _fits(event: Arrival) -> bool:
    path = event.path
    if path == SETTINGS_FILE:
        return usable_settings(event.data)
    parts = path.split("/")
    if parts[0].casefold() == VERSIONS or path.casefold() in OWN_PAGES:
        return False
    return clean_path(path) == path == original_path(path) and all(_portable(part) for part in parts)


def _portable(part: str) -> bool:
    """Whether a part of a path can be written, and comes back the same, wherever the folder is taken."""
    odd = part != part.strip(" .") or not part.isascii() or not part.isprintable() or bool(_ODD & set(part))
    return 0 < len(part) <= LONGEST_PART and not odd and "/" not in part


def usable_settings(data: bytes) -> bool:
    """Whether a `night.toml` can be read, and names a time zone that there is."""
    told = [report for report in settings.read(SETTINGS_FILE, data).reports if isinstance(report, Settings)]
    return bool(told) and known_zone(told[0].zone) is not None


def _settings_page(told: Settings) -> bytes:
    """Return a `night.toml` that says this."""
    lines = []
    for name in told.__struct_fields__:
        value = getattr(told, name)
        if value is None or value == () or (name == "zone" and known_zone(value) is None):
            continue
        plain = isinstance(value, str | tuple | bool | int)
        lines.append(f"{name} = {json.dumps(value, ensure_ascii=False) if plain else value.isoformat()}\n")
    return "".join([*lines, "# end\n"]).encode()


def _sources_page(night: SavedNight) -> bytes:
    return f"# Sources\n\nExported from {night.name}. The files are as they came; {ORDER_FILE} says when.\n".encode()
