"""A plain directory of feed files as a night: replayed report by report.

The first version of a result, and a quote, come at the time that the file gives them, anything else at the file's
modification time. Two things are not taken so literally, because they would only blur the picture: files of nothing
but settings, baselines and maps were known before the count, so they come when polls close if they were modified
later; and the night begins with the first result where that is before polls close, however old the files beside it
are.
"""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from feeds.arrival import Arrival, Event
from feeds.formats import read as read_file
from feeds.places import Gazetteer, PlaceKey, place_key
from feeds.report import Baseline, Basis, Contest, Quote, Reading, Result, Settings, TileMap, Totals
from feeds.scan import one_shot
from feeds.text import folded

SETTINGS_FILE = "night.toml"
Read = Callable[[str, bytes], Reading]


class PlainNight(NamedTuple):
    """What a plain directory amounts to. The settings have the most common poll date where none is given."""

    settings: Settings
    events: list[Event]
    begin: datetime


class _File(NamedTuple):
    arrival: Arrival
    reading: Reading


def plain_events(root: Path, now: datetime, read: Read = read_file) -> PlainNight:
    """Return the events of a directory's files as they lie there at `now`. Raises OSError where it cannot be read."""
    events = one_shot(root, now)
    files = [_File(event, read(event.path, event.data)) for event in events if isinstance(event, Arrival)]
    told = _settings(files)
    close = _polls_close(told)
    timed = _first_versions(files)
    arrivals = [
        arrival
        for position, file in enumerate(files)
        for arrival in _said_in_turn(file, timed.get(position, {}), close)
    ]
    heard = [file.arrival.path for file in files if any(isinstance(r, Result | Totals) for r in file.reading.reports)]
    spoken = [arrival.at for arrival in arrivals if arrival.path in set(heard)]
    begin = min([*([close] if close else []), *(spoken or [a.at for a in arrivals])], default=now)
    return PlainNight(told, [*(e for e in events if not isinstance(e, Arrival)), *arrivals], begin)


def _settings(files: list[_File]) -> Settings:
    reports = [
        r for f in files if f.arrival.path == SETTINGS_FILE for r in f.reading.reports if isinstance(r, Settings)
    ]
    told = reports[0] if reports else Settings()
    if told.poll_date is not None:
        return told
    dates: Counter[date] = Counter(
        report.election.poll_date
        for file in files
        for report in file.reading.reports
        if isinstance(report, Result) and report.election.poll_date is not None
    )
    likely = max(dates, key=lambda day: (dates[day], day), default=None)
    return msgspec.structs.replace(told, poll_date=likely)


def _polls_close(told: Settings) -> datetime | None:
    if told.poll_date is None:
        return None
    try:
        zone = ZoneInfo(told.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zone = ZoneInfo("Europe/London")
    return datetime.combine(told.poll_date, told.polls_close, zone).astimezone(UTC)


_Key = tuple[str, str, date | None, PlaceKey, str]


def _key(gazetteer: Gazetteer, result: Result) -> _Key:
    contest: Contest = result.election
    place = gazetteer.identity(place_key(result.area))
    return (contest.kind, folded(contest.name), contest.poll_date, place, folded(result.ward or ""))


def _first_versions(files: list[_File]) -> dict[int, dict[int, datetime]]:
    """Return, for each file, the reports that come at their own time: quotes, and the lowest revision of a contest."""
    gazetteer = Gazetteer()
    results = [
        (where, position, report)
        for where, file in enumerate(files)
        for position, report in enumerate(file.reading.reports)
        if isinstance(report, Result)
    ]
    for _, _, result in results:
        gazetteer.add(place_key(result.area))
    first: dict[_Key, tuple[int, datetime, str, int, int]] = {}
    for where, position, result in results:
        arrival = files[where].arrival
        rank = (result.revision, arrival.at, arrival.path, where, position)
        key = _key(gazetteer, result)
        first[key] = min(first.get(key, rank), rank)
    timed: dict[int, dict[int, datetime]] = {}
    for _, _, _, where, position in first.values():
        report = files[where].reading.reports[position]
        if isinstance(report, Result) and report.declared_at is not None:
            timed.setdefault(where, {})[position] = report.declared_at.astimezone(UTC)
    for where, file in enumerate(files):
        for position, report in enumerate(file.reading.reports):
            if isinstance(report, Quote) and report.said_at is not None:
                timed.setdefault(where, {})[position] = report.said_at.astimezone(UTC)
    return timed


def _said_in_turn(file: _File, timed: dict[int, datetime], close: datetime | None) -> list[Arrival]:
    """Return the file once for each time at which something in it was said; the last time it is whole."""
    arrival, reports = file.arrival, file.reading.reports
    filed = arrival.at
    if reports and all(isinstance(report, Settings | Baseline | TileMap) for report in reports):
        return [msgspec.structs.replace(arrival, at=min(filed, close) if close else filed)]
    untimed = tuple(
        position
        for position, report in enumerate(reports)
        if position not in timed and not isinstance(report, Settings | Baseline | TileMap)
    )
    moments: dict[datetime, Basis] = dict.fromkeys(timed.values(), "declared")
    if untimed or not moments:
        moments[filed] = "file"
    turns = sorted(moments)
    return [
        msgspec.structs.replace(
            arrival,
            at=at,
            basis=moments[at],
            until=None if at == turns[-1] else at,
            later=untimed if at < filed else (),
        )
        for at in turns
    ]
