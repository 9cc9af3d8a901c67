"""The reel: the events of a night in their order, and the count at a position among them.

Going back takes back what the events have changed, so that every way to a position gives the same night.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

import msgspec

from dashboard.count.fold import Count
from dashboard.count.night import Happening, Night
from feeds.arrival import Arrival, Event, order
from feeds.report import BaselineName, Reading
from feeds.said import said

Read = Callable[[str, bytes], Reading]
Key = tuple[datetime, str, str, str]
"""The place of an event in the order of counting; see `feeds.arrival.order`."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One event of the night with what its file says; `key` is its place in the order of counting."""

    event: Event
    reading: Reading | None
    key: Key

    @property
    def at(self) -> datetime:
        """When the event is counted, UTC."""
        return self.key[0]


class Reel:
    """Holds the events in order; `position` of them are counted."""

    def __init__(self, events: Iterable[Event], read: Read, baseline: BaselineName | None = None) -> None:
        self._read = read
        self._readings: dict[tuple[str, str], Reading] = {}
        self.entries: list[Entry] = [self._entry(e) for e in sorted(events, key=order)]
        self.count = Count(baseline)
        self._stale: int | None = None
        self._night: Night | None = None

    def __len__(self) -> int:
        return len(self.entries)

    @property
    def position(self) -> int:
        """How many events are counted."""
        return self.count.turn

    @property
    def night(self) -> Night:
        """The frozen night at the position."""
        if self._night is None:
            self._night = self.count.night()
        return self._night

    @property
    def happenings(self) -> Sequence[Happening]:
        """What has happened up to the position, oldest first."""
        return self.count.happenings

    def at(self, position: int) -> datetime:
        """Return when the event at a position is counted, UTC."""
        return self.entries[position].at

    def after(self, at: datetime) -> int:
        """Return the position at which everything up to and including a moment is counted."""
        return bisect_right(self.entries, at, key=_when)

    def behind(self, key: Key | None) -> int:
        """Return the position just after the event of that key; 0 for None."""
        return 0 if key is None else bisect_right(self.entries, key, key=_key)

    def insert(self, event: Event) -> int:
        """Put a new event in its place; return that place. What was counted behind it is stale from now on."""
        entry = self._entry(event)
        place = self.behind(entry.key)
        self.entries.insert(place, entry)
        if place < self.count.known:
            self._stale = place if self._stale is None else min(self._stale, place)
        return place

    def go(self, position: int) -> None:
        """Count to a position; what has been counted before is not counted again."""
        position = max(0, min(position, len(self.entries)))
        self._freshen()
        if position != self.position:
            self._to(min(position, self.count.known))
        while self.position < position:
            self.forward()

    def forward(self) -> list[Happening]:
        """Count the next event; return what happened by it."""
        self._freshen()
        told, entry = len(self.happenings), self.entries[self.position]
        if self.position < self.count.known:
            self.count.go(self.position + 1)
        else:
            self.count.apply(entry.event, entry.reading)
        self._night = None
        return list(self.happenings[told:])

    def measure(self, baseline: BaselineName | None) -> None:
        """Measure change against another baseline (None: the night's own), from the first event on."""
        position = self.position
        self.count, self._stale, self._night = Count(baseline), None, None
        self.go(position)

    def _freshen(self) -> None:
        """Go back before the first event that has come too late for its place, and count anew from there."""
        if self._stale is None:
            return
        self._to(min(self._stale, self.position))
        self.count.forget()
        self._stale = None

    def _to(self, position: int) -> None:
        self.count.go(position)
        self._night = None

    def _entry(self, event: Event) -> Entry:
        if not isinstance(event, Arrival):
            return Entry(event=event, reading=None, key=order(event))
        key = (event.path, event.digest)
        reading = self._readings.get(key)
        if reading is None:
            reading = self._readings[key] = self._read(event.path, event.data)
        bare = msgspec.structs.replace(event, data=b"")
        return Entry(event=bare, reading=said(reading, event), key=order(event))


def _when(entry: Entry) -> datetime:
    return entry.at


def _key(entry: Entry) -> Key:
    return entry.key
