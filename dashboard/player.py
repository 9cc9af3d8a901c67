"""The player: events, clock and count together, handing out snapshots of the night.

Live and replay are the same here: events lie in the order of `feeds.arrival.order`, a position says how many of them
are counted, and a snapshot is the night at that position. Live, the position follows what arrives; in a replay it
follows the clock.
"""

import heapq
import math
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from dashboard.count.night import FileEntry, Happening, Night
from dashboard.reel import Key, Read, Reel
from feeds.arrival import Event
from feeds.clock import Clock, ReplayClock
from feeds.formats import read as read_file
from feeds.report import BaselineName, Quote, Reading, Result

if TYPE_CHECKING:
    from dashboard.count.witness import Witness

Match = Callable[[Happening], bool]


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """Where a player was: the last event counted, the moment shown (UTC), and whether that was live and now."""

    key: Key | None
    at: datetime
    now: bool


class Player:
    """Plays a night: see the module. Times are aware and UTC.

    `delay` holds back what a live directory brings (a broadcast delay). A replay stops by itself where something
    happens that `pause_on` wants, and says in `stopped_by` what it was. `jumps` counts the moves that no clock made.
    """

    def __init__(
        self,
        clock: Clock,
        events: Iterable[Event] = (),
        *,
        live: bool = False,
        read: Read = read_file,
        baseline: BaselineName | None = None,
        delay: timedelta = timedelta(0),
    ) -> None:
        self.clock = clock
        self.live = live
        self.delay = delay
        self.pause_on: Match | None = None
        self.stopped_by: Happening | None = None
        self.jumps = 0
        self._pending: list[tuple[datetime, int, Event]] = []
        self._seen = 0
        self._held_at: datetime | None = None
        self._late: int | None = None
        self._behind: tuple[tuple[int, int], int] = ((0, 0), 0)
        self.reel = Reel(events, read, baseline)

    @property
    def night(self) -> Night:
        """The frozen night at the position."""
        return self.reel.night

    @property
    def zone(self) -> ZoneInfo:
        """The night's time zone."""
        return ZoneInfo(self.night.settings.zone)

    def readings(self) -> Iterator[Reading | None]:
        """Yield what the files of all events say, in the order of counting; None for an event without a file."""
        return self.reel.readings()

    @property
    def position(self) -> int:
        """How many events are counted."""
        return self.reel.position

    @property
    def now(self) -> datetime:
        """The moment up to which a live night may be shown: the clock's, less the delay."""
        return self.clock.now() - self.delay

    @property
    def as_at(self) -> datetime:
        """The moment that is shown: the clock's, or that at which the night is held.

        While events that are due wait to be counted it is not later than the next of them; at full speed it is that
        of the last one counted, so that nothing tells when the night ends.
        """
        if self.live:
            return self.now if self._held_at is None else self._held_at
        now, position = self.clock.now(), self.position
        if self.paused or position == len(self.reel) or self.reel.at(position) > now:
            return now
        if math.isinf(self.speed):
            return self.reel.at(max(0, position - 1))
        return self.reel.at(position)

    @property
    def begin(self) -> datetime:
        """The first moment of the night: that of its first event, now where there is none."""
        return self.reel.at(0) if len(self.reel) else self.clock.now()

    @property
    def end(self) -> datetime:
        """The moment of the last event, now where there is none."""
        return self.reel.at(-1) if len(self.reel) else self.clock.now()

    @property
    def finished(self) -> bool:
        """Whether a replay has counted all its events; a live night never has."""
        return not self.live and self.position == len(self.reel)

    @property
    def backlog(self) -> int:
        """Events that are due but not counted yet."""
        return self._ripe() + max(0, self._due() - self.position)

    @property
    def is_heavy(self) -> bool:
        """Whether large documents wait to be packed, a part with each `tick` that has nothing to count."""
        return self.reel.is_heavy

    @property
    def in_parts(self) -> bool:
        """Whether an event is being counted in parts: until the last of them the night is the one before it."""
        return self.reel.in_parts

    @property
    def behind(self) -> int:
        """Files with results that came while a live night is held."""
        if not self.live or not self.paused:
            return 0
        key = (self.position, len(self.reel))
        if self._behind[0] != key:
            readings = self.reel.readings(self.position)
            number = sum(r is not None and any(isinstance(x, Result) for x in r.reports) for r in readings)
            self._behind = (key, number)
        return self._behind[1]

    @property
    def paused(self) -> bool:
        """Whether the night is held: its clock in a replay, its picture live."""
        return self.clock.paused if isinstance(self.clock, ReplayClock) else self._held_at is not None

    @property
    def speed(self) -> float:
        """Seconds of the night in a second: 1 live."""
        return self.clock.speed if isinstance(self.clock, ReplayClock) else 1.0

    @speed.setter
    def speed(self, speed: float) -> None:
        if isinstance(self.clock, ReplayClock):
            self.clock.speed = speed

    def add(self, events: Iterable[Event]) -> None:
        """Take newly seen events; they are counted by `tick`, after the delay."""
        seen = self.clock.now() if self.delay else None
        for event in events:
            due = event.at if seen is None else min(seen, event.at) + self.delay
            heapq.heappush(self._pending, (due, self._seen, event))
            self._seen += 1

    def tick(self, limit: int = 200) -> bool:
        """Count up to `limit` events that are due; return whether the night changed."""
        self._place_pending(limit)
        before = self.position
        if self._late is not None and self._late < before:
            if self._ripe():
                return False
            self.reel.go(self._late)
        went_back, self._late = self._late is not None and self._late < before, None
        before = self.position
        self._play(min(max(before, self._due()), before + limit))
        if self.position == before and not went_back:
            self.reel.pack()
            return False
        return True

    def pause(self) -> None:
        """Hold the night: a replay's clock stops, a live night counts on behind the glass."""
        if isinstance(self.clock, ReplayClock):
            at = self.as_at  # before the clock stops: at full speed it stops at the end
            self.clock.pause()
            self.clock.seek(at)
        else:
            self._held_at = self.as_at

    def resume(self) -> None:
        """Let the night go on from where it is (live: from now)."""
        self._held_at = None
        if isinstance(self.clock, ReplayClock):
            self.clock.resume()

    def toggle(self) -> None:
        """Pause or resume."""
        if self.paused:
            self.resume()
        else:
            self.pause()

    def step(self, declarations: int) -> None:
        """Go some declarations on (back, where negative), and hold there.

        Where there are no more it goes to the end; back, to the start.
        """
        from dashboard.count.turning import is_declaration  # noqa: PLC0415 - not needed before somebody jumps

        self.jumps += 1
        self.pause()
        for _ in range(abs(declarations)):
            if declarations > 0:
                self._next(is_declaration)
            else:
                turns = (h.turn - 1 for h in reversed(self.reel.happenings) if is_declaration(h))
                self.reel.go(next(turns, min(self.position, self._start())))
        self._set_clock()

    def turn(self, match: Match, by: int) -> bool:
        """Go to just after the next (`by` 1) or the previous (-1) happening that fits, and hold there.

        Returns False, and stays, where there is none.
        """
        mark, paused, position = self.mark(), self.paused, self.position
        stands = position > 0 and self.as_at == self.reel.at(position - 1)
        if by > 0:
            self.pause()
            found = self._next(match)
        else:
            turns = (h.turn for h in reversed(self.reel.happenings) if h.turn < position + (not stands) and match(h))
            target = next(turns, None)
            found = target is not None
            if target is not None:
                self.hold_at(target)
        if found:
            self._set_clock()
        elif by > 0:
            self.restore(mark)
            if not paused:
                self.resume()
        return found

    def seek(self, at: datetime) -> None:
        """Go to a moment: everything up to and including it is counted. Live, the night is held unless it is now."""
        self.jumps += 1
        if self.live:
            if at >= self.now:
                self.to_end()
                return
            self._held_at = at
        elif isinstance(self.clock, ReplayClock):
            self.clock.seek(at)
        self.reel.go(self.reel.after(at))

    def hold_at(self, position: int) -> bool:
        """Go to just after so many events, and hold there; return whether there are so many."""
        self.jumps += 1
        self.pause()
        self.reel.go(position)
        self._set_clock()
        return self.position == position

    def skip(self, at: datetime) -> None:
        """Let a replay's clock go on at a later moment; what lies between is counted by `tick`."""
        if isinstance(self.clock, ReplayClock):
            self.clock.seek(at)

    def to_start(self) -> None:
        """Go to the first moment: what is known before the first declaration."""
        self.seek(self.begin)

    def _start(self) -> int:
        """Return the position of the first moment."""
        return self.reel.after(self.begin)

    def to_end(self) -> None:
        """Go to the last event; live, to now."""
        if self.live:
            self.resume()
            self.reel.go(len(self.reel))
        else:
            self.seek(self.end)

    def mark(self) -> Mark:
        """Return where the player is, for `restore`."""
        position = self.position
        key = self.reel.key(position - 1) if position else None
        return Mark(key=key, at=self.as_at, now=self.live and not self.paused)

    def restore(self, mark: Mark) -> None:
        """Go back to where the player was; a replay that runs goes on from there."""
        self.jumps += 1
        if mark.now:
            self.to_end()
            return
        if self.live:
            self._held_at = mark.at
        self.skip(mark.at)
        self.reel.go(self.reel.behind(mark.key))

    def next_told(self) -> datetime | None:
        """Return when the next file comes that tells a result or a quote; None where none does."""
        for place, reading in enumerate(self.reel.readings(self.position), self.position):
            if reading is not None and any(isinstance(r, Result | Quote) for r in reading.reports):
                return self.reel.at(place)
        return None

    def measure(self, baseline: BaselineName | None) -> None:
        """Measure change against another baseline (None: the night's own), from the first event on."""
        self.reel.measure(baseline)

    def files(self) -> list[FileEntry]:
        """Return every version of every file with what became of it."""
        return self.reel.count.entries()

    def witness(self) -> "Witness":
        """Return what finds the reports behind each area of the night as it stands, for an audit."""
        return self.reel.count.witness()

    def _ripe(self) -> int:
        if not self.delay:
            return len(self._pending)
        now = self.clock.now()
        return sum(due <= now for due, _, _ in self._pending)

    def _place_pending(self, limit: int) -> None:
        """Put up to `limit` new events in their places, and note the first place that was taken.

        Events that come too late for their place are counted when no more are pending: going back once is enough.
        """
        earliest = len(self.reel)
        for _ in range(min(limit, self._ripe())):
            earliest = min(earliest, self.reel.insert(heapq.heappop(self._pending)[2]))
        if earliest < self.position:
            self._late = earliest if self._late is None else min(self._late, earliest)

    def _due(self) -> int:
        if self.paused:
            return self.position
        return len(self.reel) if self.live else self.reel.after(self.clock.now())

    def _play(self, position: int) -> None:
        """Count on to a position; stop, in a replay, after an event that `pause_on` wants.

        Of an event that is counted in parts one part is counted, and the rest when this is asked for again.
        """
        self.reel.read_ahead(position)
        while self.position < position:
            told = self.reel.advance()
            if told is None:
                return
            wanted = next((h for h in told if self.pause_on is not None and self.pause_on(h)), None)
            if wanted is not None and not self.live:
                self.stopped_by = wanted
                self.pause()
                self._set_clock()
                return

    def _next(self, match: Match) -> bool:
        """Count on until something happens that fits; return False where nothing does up to the end."""
        while self.position < len(self.reel):
            if any(match(h) for h in self.reel.forward()):
                return True
        return False

    def _set_clock(self) -> None:
        if not len(self.reel):
            return
        at = self.reel.at(max(0, self.position - 1))
        if self.live:
            self._held_at = at
        self.skip(at)
