"""The player: events, clock and count together, handing out snapshots of the night.

Live and replay are the same here: events lie in the order of `feeds.arrival.order`, a position says how many of them
are counted, and a snapshot is the night at that position. Live, the position follows what arrives; in a replay it
follows the clock. Going back restores a checkpoint and counts on from there, so that every way to a moment gives the
same night.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from dashboard.count.fold import Count
from dashboard.count.night import FileEntry, Night
from dashboard.count.witness import Witness
from feeds.arrival import Arrival, Event, order
from feeds.clock import Clock, ReplayClock
from feeds.formats import read as read_file
from feeds.report import BaselineName, Reading, Result
from feeds.said import said

CHECKPOINT_EVERY = 200
"""Events between two checkpoints kept in memory; later in a long night, a sixteenth of the way so far."""

Read = Callable[[str, bytes], Reading]
DECLARATIONS = frozenset({"declared", "ward"})


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One event of the timeline with what its file says."""

    event: Event
    reading: Reading | None


class Player:
    """Plays a night: see the module. Times are aware and UTC."""

    def __init__(
        self,
        clock: Clock,
        events: Iterable[Event] = (),
        *,
        live: bool = False,
        read: Read = read_file,
        baseline: BaselineName | None = None,
    ) -> None:
        self.clock = clock
        self._baseline = baseline
        self.live = live
        self._read = read
        self._pending: deque[Event] = deque()
        self._readings: dict[tuple[str, str], Reading] = {}
        self._entries: list[Entry] = []
        self._position = 0
        self._count = Count(baseline)
        self._checkpoints: dict[int, Count] = {}
        self._night: Night | None = None
        self._held = False
        self._late: int | None = None
        self._entries.extend(self._entry(e) for e in sorted(events, key=order))

    @property
    def night(self) -> Night:
        """The frozen night at the position."""
        if self._night is None:
            self._night = self._count.night()
        return self._night

    @property
    def zone(self) -> ZoneInfo:
        """The night's time zone."""
        return ZoneInfo(self.night.settings.zone)

    @property
    def as_at(self) -> datetime:
        """The moment that is shown: the clock's."""
        return self.clock.now()

    @property
    def begin(self) -> datetime:
        """The first moment of the night: that of its first event, now where there is none."""
        return self._entries[0].event.at if self._entries else self.clock.now()

    @property
    def end(self) -> datetime:
        """The moment of the last event, now where there is none."""
        return self._entries[-1].event.at if self._entries else self.clock.now()

    @property
    def finished(self) -> bool:
        """Whether a replay has counted all its events; a live night never has."""
        return not self.live and self._position == len(self._entries)

    @property
    def backlog(self) -> int:
        """Events that are due but not counted yet."""
        return len(self._pending) + max(0, self._due() - self._position)

    @property
    def behind(self) -> int:
        """Files with results that came while a live night is held."""
        if not self.live or not self._held:
            return 0
        readings = (entry.reading for entry in self._entries[self._position :])
        return sum(r is not None and any(isinstance(x, Result) for x in r.reports) for r in readings)

    @property
    def paused(self) -> bool:
        """Whether the night is held: its clock in a replay, its picture live."""
        return self.clock.paused if isinstance(self.clock, ReplayClock) else self._held

    @property
    def speed(self) -> float:
        """Seconds of the night in a second: 1 live."""
        return self.clock.speed if isinstance(self.clock, ReplayClock) else 1.0

    @speed.setter
    def speed(self, speed: float) -> None:
        if isinstance(self.clock, ReplayClock):
            self.clock.speed = speed

    def add(self, events: Iterable[Event]) -> None:
        """Take newly seen events; they are counted by `tick`."""
        self._pending.extend(events)

    def tick(self, limit: int = 200) -> bool:
        """Count up to `limit` events that are due; return whether the night changed."""
        self._place_pending(limit)
        before = self._position
        if self._late is not None and self._late < before:
            if self._pending:
                return False
            self._go(self._late)
        went_back, self._late = self._late is not None and self._late < before, None
        before = self._position
        self._go(min(max(before, self._due()), before + limit))
        return self._position != before or went_back

    def pause(self) -> None:
        """Hold the night: a replay's clock stops, a live night counts on behind the glass."""
        self._held = True
        if isinstance(self.clock, ReplayClock):
            self.clock.pause()

    def resume(self) -> None:
        """Let the night go on from where it is (live: from now)."""
        self._held = False
        if isinstance(self.clock, ReplayClock):
            self.clock.resume()

    def toggle(self) -> None:
        """Pause or resume."""
        if self.paused:
            self.resume()
        else:
            self.pause()

    def step(self, declarations: int) -> None:
        """Go some declarations on (back, where negative), and hold there."""
        self.pause()
        direction = 1 if declarations > 0 else -1
        for _ in range(abs(declarations)):
            self._go(self._next_declaration() if direction > 0 else self._previous_declaration())
        self._set_clock()

    def seek(self, at: datetime) -> None:
        """Go to a moment: everything up to and including it is counted. Live, the night is held unless it is now."""
        if self.live:
            self._held = at < self.clock.now()
        elif isinstance(self.clock, ReplayClock):
            self.clock.seek(at)
        self._go(bisect_right(self._entries, at, key=lambda e: e.event.at))

    def to_start(self) -> None:
        """Go to the first moment: what is known before the first declaration."""
        self.seek(self.begin)

    def to_end(self) -> None:
        """Go to the last event; live, to now."""
        if self.live:
            self.resume()
            self._go(len(self._entries))
        else:
            self.seek(self.end)

    def measure(self, baseline: BaselineName | None) -> None:
        """Measure change against another baseline (None: the night's own), from the first event on."""
        position, self._position = self._position, 0
        self._baseline, self._count, self._night = baseline, Count(baseline), None
        self._checkpoints.clear()
        self._go(position)

    def files(self) -> list[FileEntry]:
        """Return every version of every file with what became of it."""
        return self._count.entries()

    def witness(self) -> Witness:
        """Return what finds the reports behind each area of the night as it stands, for an audit."""
        return self._count.witness()

    def _entry(self, event: Event) -> Entry:
        if not isinstance(event, Arrival):
            return Entry(event=event, reading=None)
        key = (event.path, event.digest)
        reading = self._readings.get(key)
        if reading is None:
            reading = self._readings[key] = self._read(event.path, event.data)
        bare = msgspec.structs.replace(event, data=b"")
        return Entry(event=bare, reading=said(reading, event))

    def _place_pending(self, limit: int) -> None:
        """Put up to `limit` new events in their places, and note the first place that was taken.

        Events that come too late for their place are counted when no more are pending: going back once is enough.
        """
        earliest = len(self._entries)
        for _ in range(min(limit, len(self._pending))):
            entry = self._entry(self._pending.popleft())
            place = bisect_right(self._entries, order(entry.event), key=lambda e: order(e.event))
            self._entries.insert(place, entry)
            earliest = min(earliest, place)
        if earliest < self._position:
            self._late = earliest if self._late is None else min(self._late, earliest)
            for place in [p for p in self._checkpoints if p > earliest]:
                del self._checkpoints[place]

    def _due(self) -> int:
        if self.paused:
            return self._position
        if self.live:
            return len(self._entries)
        return bisect_right(self._entries, self.clock.now(), key=lambda e: e.event.at)

    def _go(self, position: int) -> None:
        """Count to a position, from the nearest checkpoint where it lies behind."""
        position = max(0, min(position, len(self._entries)))
        if position < self._position:
            nearest = max((p for p in self._checkpoints if p <= position), default=0)
            self._count = self._checkpoints[nearest].copy() if nearest else Count(self._baseline)
            self._position = nearest
            self._night = None
        while self._position < position:
            self._apply_next()

    def _apply_next(self) -> None:
        if self._position - max(self._checkpoints, default=0) >= max(CHECKPOINT_EVERY, self._position // 16):
            self._checkpoints[self._position] = self._count.copy()
        entry = self._entries[self._position]
        self._count.apply(entry.event, entry.reading)
        self._position += 1
        self._night = None

    def _next_declaration(self) -> int:
        """Return the position just after the next declaration, else the end; counts on to find it."""
        told = len(self._count.happenings)
        while self._position < len(self._entries):
            self._apply_next()
            if any(h.what in DECLARATIONS for h in self._count.happenings[told:]):
                break
        return self._position

    def _previous_declaration(self) -> int:
        """Return the position just before the last declaration that is counted, else the start."""
        turns = (h.turn for h in reversed(self._count.happenings) if h.what in DECLARATIONS)
        return next(turns, 1) - 1

    def _set_clock(self) -> None:
        if isinstance(self.clock, ReplayClock) and self._entries:
            self.clock.seek(self._entries[max(0, self._position - 1)].event.at)
