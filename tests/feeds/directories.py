"""Directories that tests make, and a clock that they move."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from feeds.arrival import Arrival, Event, Sighting
from feeds.directory import Directory

XML = b'<Result revision="1"><Council name="Adur"/></Result>'
OTHER = b'<Result revision="2"><Council name="Adur"/></Result>'
SHEET = b"area,party,elected\nAdur,CON,17\n"
START = datetime(2024, 5, 2, 21, 0, tzinfo=UTC)
LONG_AGO = START - timedelta(days=1)


class Now:
    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def passes(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def put(path: Path, data: bytes, modified: datetime | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    if modified is not None:
        os.utime(path, (modified.timestamp(), modified.timestamp()))
    return path


def arrivals(events: list[Event]) -> dict[str, bytes]:
    return {event.path: event.data for event in events if isinstance(event, Arrival)}


def sightings(events: list[Event]) -> dict[str, str]:
    return {event.path: event.state for event in events if isinstance(event, Sighting)}


def watched(root: Path, now: Now) -> Directory:
    """Return a directory that has been looked at once."""
    place = Directory(root, now)
    place.scan()
    now.passes(1)
    return place


def is_gone(place: Directory) -> bool:
    return place.state == "gone"


def set_aside(root: Path) -> None:
    root.rename(root.parent / "aside")
