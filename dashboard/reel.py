"""The reel: the events of a night in their order, and the count at a position among them.

Going back takes back what the events have changed, so that every way to a position gives the same night. A file is
read when it is counted, or asked for; then its bytes are let go of, and what it says is kept. Older events are packed.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

import msgspec

from dashboard.count.codec import AtOnce
from dashboard.count.fold import Count
from dashboard.count.night import Happening, Night
from dashboard.count.readings import Readings
from dashboard.count.shelf import RECENT, Each, Shelf
from dashboard.count.ticks import moment, ticks
from feeds.arrival import Arrival, Event, Sight, Sighting, order
from feeds.report import BaselineName, Basis, Reading

Read = Callable[[str, bytes], Reading]
Key = tuple[datetime, str, str, str]
"""The place of an event in the order of counting; see `feeds.arrival.order`."""

MANY: Final = 8_192
MANY_BYTES: Final = 4 * 1024 * 1024
"""Events counted that may wait for a quiet moment to be packed: so many, or more with so many bytes of files in all."""

IN_A_ROW: Final = 64
"""Files that are read before the first of them is counted, on the way to a position."""


IN_PARTS: Final = 2_000
"""Reports above which an event is counted in parts, so that nobody waits for the whole of it."""

OVER: Final = object()


class Entry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One event of the night with what its file says; an arrival that has not been read yet says None."""

    event: Event
    reading: Reading | None = None


class _Arrived(msgspec.Struct, frozen=True, array_like=True, tag=0):
    path: str
    digest: str
    at: datetime
    basis: Basis
    until: datetime | None
    later: tuple[int, ...]
    reading: msgspec.Raw


class _Seen(msgspec.Struct, frozen=True, array_like=True, tag=1):
    path: str
    at: datetime
    state: Sight
    reason: str


class _Entries(AtOnce):
    """The codec of entries that are read; another one makes bytes of what their files say."""

    def __init__(self, readings: Readings) -> None:
        self._readings = readings
        self._write = msgspec.msgpack.Encoder().encode
        self._read = msgspec.msgpack.Decoder(_Arrived | _Seen).decode

    def encode(self, value: Entry) -> bytes:
        """Return an entry as bytes. Raises what that of its reading raises."""
        e = value.event
        if isinstance(e, Sighting):
            return self._write(_Seen(e.path, e.at, e.state, e.reason))
        if value.reading is None:
            raise ValueError(f"not read yet: {e.path}")
        reading = msgspec.Raw(self._readings.encode(value.reading))
        return self._write(_Arrived(e.path, e.digest, e.at, e.basis, e.until, e.later, reading))

    def decode(self, data: bytes) -> Entry:
        """Return the entry of these bytes."""
        kept = self._read(data)
        if isinstance(kept, _Seen):
            return Entry(event=Sighting(path=kept.path, at=kept.at, state=kept.state, reason=kept.reason))
        event = Arrival(
            path=kept.path,
            data=b"",
            digest=kept.digest,
            at=kept.at,
            basis=kept.basis,
            until=kept.until,
            later=kept.later,
        )
        return Entry(event=event, reading=self._readings.decode(kept.reading))


class _Begun(msgspec.Struct, frozen=True):
    """An event that is being counted, and what is shown meanwhile."""

    happenings: Sequence[Happening]
    parts: Iterator[None]


class Reel:
    """Holds the events in order; `position` of them are counted."""

    def __init__(self, events: Iterable[Event], read: Read, baseline: BaselineName | None = None) -> None:
        self._read = read
        self._readings: dict[tuple[str, str], Reading] = {}
        ordered = sorted(events, key=order)
        self._packed = Readings()
        self._entries = Shelf(Each(_Entries(self._packed)), (Entry(event=e) for e in ordered))
        self._times = array("q", (ticks(e.at) for e in ordered))
        self._count = Count(baseline, self._packed)
        self._begun: _Begun | None = None
        self._last = order(ordered[-1]) if ordered else None
        self._bytes = 0
        self._stale: int | None = None
        self._night: Night | None = None

    def __len__(self) -> int:
        return len(self._times)

    @property
    def count(self) -> Count:
        """The count at the position; an event that is being counted in parts is counted first."""
        while self._begun is not None:
            self.advance()
        return self._count

    @property
    def position(self) -> int:
        """How many events are counted."""
        return self._count.turn if self._begun is None else self._count.turn - 1

    @property
    def in_parts(self) -> bool:
        """Whether an event is being counted in parts."""
        return self._begun is not None

    @property
    def is_heavy(self) -> bool:
        """Whether large documents wait to be packed."""
        return self._begun is None and self._stale is None and self._count.is_heavy

    @property
    def night(self) -> Night:
        """The frozen night at the position."""
        if self._night is None:
            self._night = self.count.night()
        return self._night

    @property
    def happenings(self) -> Sequence[Happening]:
        """What has happened up to the position, oldest first."""
        return self._count.happenings if self._begun is None else self._begun.happenings

    def at(self, position: int) -> datetime:
        """Return when the event at a position is counted, UTC."""
        return moment(self._times[position])

    def key(self, position: int) -> Key:
        """Return the place of the event at a position in the order of counting."""
        return order(self._entries[position].event)

    def after(self, at: datetime) -> int:
        """Return the position at which everything up to and including a moment is counted."""
        return bisect_right(self._times, ticks(at))

    def behind(self, key: Key | None) -> int:
        """Return the position just after the event of that key; 0 for None."""
        if key is None:
            return 0
        at = ticks(key[0])
        first, last = bisect_left(self._times, at), bisect_right(self._times, at)
        return bisect_right(range(last), key, first, key=self.key)

    def entry(self, position: int) -> Entry:
        """Return the event at a position with what its file says."""
        entry = self._entries[position]
        if entry.reading is None and isinstance(entry.event, Arrival):
            entry = self._taken_in(entry.event)
            self._entries.replace(position, entry)
        return entry

    def readings(self, begin: int = 0) -> Iterator[Reading | None]:
        """Yield what the files of the events from a position on say, None for an event without a file."""
        return (self.entry(position).reading for position in range(begin, len(self)))

    def insert(self, event: Event) -> int:
        """Put a new event in its place; return that place. What was counted behind it is stale from now on."""
        key = order(event)
        if self._last is None or key >= self._last:  # nearly always, and then nothing has to be unpacked to compare
            place, self._last = len(self), key
        else:
            place = self.behind(key)
        known = self.count.known if place <= self.position else self._count.known
        self._entries.insert(place, Entry(event=event))
        self._times.insert(place, ticks(event.at))
        if place < known:
            self._stale = place if self._stale is None else min(self._stale, place)
        return place

    def go(self, position: int) -> None:
        """Count to a position; what has been counted before is not counted again."""
        position = max(0, min(position, len(self)))
        self._freshen()
        if position != self.position:
            self._to(min(position, self.count.known))
        while self.position < position:
            end = min(self.position + IN_A_ROW, position)
            self.read_ahead(end)
            while self.position < end:
                self.forward()

    def read_ahead(self, position: int) -> None:
        """Read the files of the events up to a position; many in a row take less time than each between two counts."""
        for place in range(self._count.known, position):
            self.entry(place)

    def forward(self) -> list[Happening]:
        """Count the next event; return what happened by it."""
        told = self.advance(whole=True)
        while told is None:
            told = self.advance()
        return told

    def advance(self, *, whole: bool = False) -> list[Happening] | None:
        """Count the next event; return what happened by it.

        One with very many reports is counted in parts, each of them short, unless it is to be counted as a whole.
        None is returned as long as there are more; until then position, night and happenings are those before it.
        """
        if self._begun is not None:
            return self._next_part(self._begun)
        self._freshen()
        if self.position < self._count.known:
            told = len(self.happenings)
            self._count.go(self.position + 1)
            self._night = None
            return list(self.happenings[told:])
        entry = self.entry(self.position)
        if not whole and entry.reading is not None and len(entry.reading.reports) > IN_PARTS:
            self._night = self.night  # it is asked for before the count is no longer that of the position
            self._begun = _Begun(self.happenings, self._count.taking(entry.event, entry.reading))
            return self._next_part(self._begun)
        told = len(self.happenings)
        self._count.apply(entry.event, entry.reading)
        return self._counted(told)

    def _next_part(self, begun: _Begun) -> list[Happening] | None:
        if next(begun.parts, OVER) is not OVER:
            return None
        self._begun = None
        return self._counted(len(begun.happenings))

    def _counted(self, told: int) -> list[Happening]:
        """Return what has happened since so many happenings, by the event that has just been counted."""
        self._night = None
        while self._waits_long() and self.pack():
            pass
        return list(self.happenings[told:])

    def pack(self, keep: int = RECENT) -> bool:
        """Go on to let a block of events before the newest `keep` that are counted take less room.

        Returns whether there was one. Nothing else changes by it. However many wait, it is one block, or a part of one
        that is heavy: what counts them goes on in between.
        """
        if self._begun is not None or self._stale is not None or not self._count.pack(keep):
            return False
        self._entries.pack(self._count.known - self._count.loose, whole=False)
        return True

    def _waits_long(self) -> bool:
        """Whether as much waits to be packed as may wait, as large as the files of this night are on average."""
        loose = self._count.loose
        return loose > MANY and loose * self._bytes > MANY_BYTES * self._count.known

    def measure(self, baseline: BaselineName | None) -> None:
        """Measure change against another baseline (None: the night's own), from the first event on."""
        position = self.position
        self._begun = None
        self._count, self._stale, self._night = Count(baseline, self._packed), None, None
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

    def _taken_in(self, event: Arrival) -> Entry:
        """Return an event with what its file says, and without the file's bytes."""
        key = (event.path, event.digest)
        reading = self._readings.get(key)
        if reading is None:
            reading = self._read(event.path, event.data)
            self._bytes += len(event.data)
            if event.until is not None:  # it comes again, report by report
                self._readings[key] = reading
        if event.until is not None:
            from feeds.said import said  # noqa: PLC0415 (only a plain directory says a file's reports one by one)

            reading = said(reading, event)
        return Entry(event=msgspec.structs.replace(event, data=b""), reading=reading)
