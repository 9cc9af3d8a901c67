"""Saved nights as a source: a folder with `night.toml`, the feed files and `arrivals.csv`; or any plain directory.

Such a folder may be packed in one zip file; it is read where it is (`feeds.archive`), never unpacked to disk.

A shipped night is named by its folder (`2022-05-05-local`). A recording is a file (see `feeds.recorded`). A directory
without `arrivals.csv` is replayed report by report (see `feeds.plain`).
"""

import difflib
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from feeds.archive import ArchiveError, archived
from feeds.arrival import Arrival, Event, Sighting, digest, order
from feeds.clock import WallClock
from feeds.formats import MAX_BYTES, OWN_PAGES, settings
from feeds.listing import ORDER_FILE, Fault, ListingProblem, Row, lost, read_listing, told_of
from feeds.plain import plain_events
from feeds.recorded import is_recording, read_recording
from feeds.recording import RECORDING_SUFFIX, RecordingProblem
from feeds.report import Basis, Settings
from feeds.text import clean, clean_path

SETTINGS_FILE: Final = "night.toml"
MAP_FILE: Final = "map.csv"
SOURCES_FILE: Final = "SOURCES.md"
LONDON: Final = "Europe/London"
"""The time zone of a night that names none that there is."""

_MISSING: Final = "there is no file “{}” in the folder"

Data = Callable[[], bytes]
"""Reads the content of a file."""


_WALL = WallClock()


class NightNotFound(ValueError):
    """There is no such night; the message is one line and suggests the nearest name."""


class NightProblem(ValueError):
    """A saved night that cannot be used; the message is one sentence that says what is wrong, and where."""


class SavedNight(msgspec.Struct, frozen=True, kw_only=True):
    """A night as a source: its events in the order of counting, from `begin` to `end` (UTC).

    `begin` is when polls close, or the first event where that is earlier (in a recording: where polls did not close
    before its end); `end` is the last event. `note` says in words what of the source was odd or could not be read.
    `sources` is what the night's `SOURCES.md` holds, where there is one.
    """

    name: str
    title: str
    poll_date: date | None
    settings: Settings
    events: tuple[Event, ...]
    begin: datetime
    end: datetime
    note: str | None = None
    sources: bytes | None = None


def shipped() -> list[str]:
    """Return the names of the nights that come with the program, oldest first."""
    nights = files("feeds") / "nights"
    if not nights.is_dir():
        return []
    return sorted(night.name for night in nights.iterdir() if (night / ORDER_FILE).is_file())


def open_night(name_or_path: str, now: Callable[[], datetime] = _WALL.now) -> SavedNight:
    """Return a shipped night by its name, or the night in a recording or a directory.

    Of a plain directory, what lies there `now` is taken. Raises `NightNotFound`, and `NightProblem` for a saved
    night or a recording that cannot be used.
    """
    if name_or_path in shipped():
        return _saved(name_or_path, _files(files("feeds") / "nights" / name_or_path))
    path = Path(name_or_path)
    if path.is_dir():
        name = clean_path(path.resolve().name)
        return _saved(name, _files(path)) if (path / ORDER_FILE).is_file() else _plain(name, path, now())
    if is_recording(path) or (path.suffix == RECORDING_SUFFIX and path.is_file()):
        try:
            return open_recording(path)
        except RecordingProblem as problem:
            raise NightProblem(str(problem)) from problem
    if path.suffix.lower() == ".zip" and path.is_file():
        return _packed(path)
    if path.exists():
        raise NightNotFound(f"“{clean_path(name_or_path)}” is a file, not a night, a recording or a directory")
    raise NightNotFound(f"there is no night or directory “{clean_path(name_or_path)}”{_nearest(name_or_path)}")


def open_recording(path: Path) -> SavedNight:
    """Return a recording as a night, up to where it was cut off (`note` says so). Raises `RecordingProblem`."""
    held = read_recording(path)
    events = tuple(sorted(held.events, key=order))
    told = _recorded_settings(events)
    if told.poll_date is None:
        told = msgspec.structs.replace(told, poll_date=held.poll_date)
    first = [event.at for event in events] or [held.created or datetime(1970, 1, 1, tzinfo=UTC)]
    close = [at for at in _polls_close(told, zone_of(told)) if at <= first[-1]]
    return SavedNight(
        name=clean(path.stem),
        title=told.title or PurePosixPath(held.source).name or clean(path.stem),
        poll_date=told.poll_date,
        settings=told,
        events=events,
        begin=close[0] if close else first[0],
        end=first[-1],
        note=held.cut,
        sources=held.sources,
    )


def _recorded_settings(events: Iterable[Event]) -> Settings:
    """Return the settings that the last readable `night.toml` among events gives."""
    told = Settings()
    for event in events:
        if isinstance(event, Arrival) and event.path == SETTINGS_FILE:
            reports = settings.read(SETTINGS_FILE, event.data).reports
            told = next((report for report in reports if isinstance(report, Settings)), told)
    return told


def zone_of(told: Settings) -> ZoneInfo:
    """Return the time zone of a night, London where the settings name none that there is."""
    return known_zone(told.zone) or ZoneInfo(LONDON)


def known_zone(name: str) -> ZoneInfo | None:
    """Return the time zone of that name, None where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _nearest(asked: str) -> str:
    path = Path(asked)
    folder = path.parent
    here: list[str] = []
    if folder.is_dir():
        here = [
            str(folder / other.name) if len(path.parts) > 1 else other.name
            for other in folder.iterdir()
            if other.is_dir()
        ]
    near = difflib.get_close_matches(asked, [*shipped(), *here], n=1, cutoff=0.5)
    if near:
        return f"; did you mean “{clean_path(near[0])}”?"
    return f"; there are {', '.join(shipped())}" if shipped() else ""


def _plain(name: str, path: Path, now: datetime) -> SavedNight:
    try:
        plain = plain_events(path, now)
    except OSError as problem:
        raise NightProblem(f"“{clean_path(str(path))}” cannot be read: {problem.strerror}") from problem
    return _night(name, plain.settings, plain.events, plain.begin)


def _night(name: str, told: Settings, events: list[Event], begin: datetime) -> SavedNight:
    return SavedNight(
        name=name,
        title=told.title or clean(name),
        poll_date=told.poll_date,
        settings=told,
        events=tuple(sorted(events, key=order)),
        begin=begin,
        end=max([event.at for event in events], default=begin),
    )


def _packed(path: Path) -> SavedNight:
    name = clean_path(path.name)
    try:
        with archived(path) as there:
            if ORDER_FILE not in there:
                raise NightProblem(f"{name}: a saved night needs an {ORDER_FILE}, and there is none")
            return _saved(clean_path(path.stem), {inside: file.data for inside, file in there.items()})
    except ArchiveError as problem:
        raise NightProblem(f"{name} is not read: {problem}") from problem
    except OSError as problem:
        raise NightProblem(f"“{clean_path(str(path))}” cannot be read: {problem.strerror}") from problem


def _saved(name: str, there: Mapping[str, Data]) -> SavedNight:
    told, odd = _settings(name, there)
    zone = zone_of(told)
    where = f"{name}/{ORDER_FILE}"
    try:
        listing = read_listing(there[ORDER_FILE](), zone)
    except ListingProblem as problem:
        raise NightProblem(f"{where}{problem}") from problem
    found = {line: row for line, row in listing.rows.items() if row.state is not None or row.stored in there}
    missing = [
        Fault(n, row.path, _MISSING.format(clean_path(row.stored or row.path)))
        for n, row in listing.rows.items()
        if n not in found
    ]
    faults = sorted([*listing.faults, *missing], key=lambda fault: fault.line)
    events = [_event(row, there) for row in found.values()]
    if faults and not any(isinstance(event, Arrival) for event in events):
        raise NightProblem(f"{where} line {faults[0].line}: {faults[0].reason}")
    begin = min([*_polls_close(told, zone), *(event.at for event in events)], default=None)
    if begin is None:
        raise NightProblem(odd or f"{where}: no arrivals, and {SETTINGS_FILE} has no poll date")
    notes = [odd, told_of(where, faults, events), None if listing.note is None else f"{where}: {listing.note}"]
    events += lost(faults, {event.path for event in events}, listing, begin)
    listed = {event.path for event in events}
    if not listing.complete:
        events += [
            _unlisted(path, at=begin, file=file) for path, file in there.items() if clean_path(path) not in listed
        ]
    return msgspec.structs.replace(
        _night(name, told, events, begin),
        note=" · ".join(note for note in notes if note) or None,
        sources=there[SOURCES_FILE]() if SOURCES_FILE in there else None,
    )


def _polls_close(told: Settings, zone: ZoneInfo) -> list[datetime]:
    if told.poll_date is None:
        return []
    return [datetime.combine(told.poll_date, told.polls_close, zone).astimezone(UTC)]


def _unlisted(path: str, at: datetime, file: Data) -> Event:
    """Return what becomes of a file that the order of arrivals does not list: only the settings and the map count."""
    if path in {SETTINGS_FILE, MAP_FILE}:
        return _arrival(path, file, at, "file")
    name = path.rpartition("/")[2].lower()
    reason = OWN_PAGES.get(name, f"not listed in {ORDER_FILE}")
    return Sighting(path=clean_path(path), at=at, state="ignored", reason=reason)


def _files(folder: Traversable, above: str = "") -> dict[str, Data]:
    found: dict[str, Data] = {}
    for item in folder.iterdir():
        if item.is_dir():
            found |= _files(item, f"{above}{item.name}/")
        elif item.is_file():
            found[above + item.name] = partial(_data, item)
    return found


def _data(file: Traversable) -> bytes:
    with file.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


def _arrival(path: str, file: Data, at: datetime, basis: Basis) -> Arrival:
    data = file()
    return Arrival(path=clean_path(path), data=data, digest=digest(data), at=at, basis=basis)


def _settings(name: str, there: Mapping[str, Data]) -> tuple[Settings, str | None]:
    """Return the settings of a night, and in words why they are not those of its file, where they are not."""
    without = f"it is not used, all else is, and times are those of {LONDON}"
    file = there.get(SETTINGS_FILE)
    if file is None:
        return Settings(), f"{name}: there is no {SETTINGS_FILE}; all else is used, and times are those of {LONDON}"
    reading = settings.read(SETTINGS_FILE, file())
    if reading.problem is not None:
        line = f" line {reading.problem.line}" if reading.problem.line else ""
        return Settings(), f"{name}/{SETTINGS_FILE}{line}: {reading.problem.reason}; {without}"
    return next((report for report in reading.reports if isinstance(report, Settings)), Settings()), None


def _event(row: Row, there: Mapping[str, Data]) -> Event:
    if row.state is not None or row.stored is None:
        return Sighting(path=row.path, at=row.at, state=row.state or "unreadable", reason=row.reason)
    data = there[row.stored]()
    return Arrival(path=row.path, data=data, digest=digest(data), at=row.at, basis=row.basis or "unknown")
