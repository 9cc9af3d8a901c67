"""The law of time: every way to a moment of a night gives the same night, to the byte of its JSON.

`python -m tests.faults.laws` plays, steps through and seeks in (forwards, backwards, at random) each of the nights that
ship, a recording of a chaotic rehearsal of each, and a made-up night of 10,000 arrivals, and compares all that with a
count that starts afresh. Of a rehearsal the live run, too: it is watched in a real directory, recorded, and read back.
A night is compared after every event, the made-up one after every hundredth unless `--every 1` is given. Ends with 1
where anything differs.
"""

import argparse
import hashlib
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from dashboard.count.fold import fold
from dashboard.count.night import Night
from dashboard.player import Player
from dashboard.view.tally import tally
from feeds.arrival import Arrival, Event, Sighting, digest, order
from feeds.chaos import chaotic
from feeds.clock import ReplayClock
from feeds.delivery import carry_out, prepare
from feeds.directory import Directory
from feeds.formats import read
from feeds.recorded import read_recording
from feeds.recording import Recording
from feeds.report import Reading
from feeds.saved import SavedNight, open_night, shipped
from tests.bench import feed

LONG: Final = 10_000
EVERY: Final = 100
"""Of a night as long as that, so many events lie between two that are compared."""

APART: Final = timedelta(seconds=30)
"""Between two looks at a rehearsal: what is not whole by itself is quiet by then."""

Prints = dict[int, str]
"""The JSON of a night, as a hash, after so many events."""

Pairs = Sequence[tuple[Event, Reading | None]]
Way = Callable[[Player, "Film"], Iterator[int]]


class Law(NamedTuple):
    """What was found of one way through a night: how many states were compared, and the events after which one was
    another than that of a fresh start."""

    night: str
    way: str
    compared: int
    different: tuple[int, ...]


class Film(NamedTuple):
    """A night to be compared: its events in order with what they say, and the places at which it is."""

    name: str
    pairs: Pairs
    places: tuple[int, ...]

    def at(self, place: int) -> datetime:
        """Return when the last of so many events came."""
        return self.pairs[max(0, place - 1)][0].at


class Ticks:
    """Real seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def printed(night: Night, at: datetime) -> str:
    """Return the hash of a night's JSON with all its areas."""
    return hashlib.sha256(msgspec.json.encode(tally(night, at, areas=True))).hexdigest()


def film(name: str, events: Sequence[Event], every: int = 1) -> Film:
    """Return a night of these events, to be compared after every so many of them and at the end."""
    known: dict[tuple[str, str], Reading] = {}
    pairs: list[tuple[Event, Reading | None]] = []
    for event in sorted(events, key=order):
        reading = None
        if isinstance(event, Arrival):
            key = (event.path, event.digest)
            reading = known.setdefault(key, known.get(key) or read(event.path, event.data))
        pairs.append((event, reading))
    return Film(name, pairs, tuple(sorted({*range(every, len(pairs) + 1, every), len(pairs)})))


def afresh(shown: Film) -> Prints:
    """Return what a count that starts afresh for each place gives."""
    return {place: printed(fold(shown.pairs[:place]), shown.at(place)) for place in shown.places}


def _player(shown: Film, ticks: Ticks) -> Player:
    readings = {(e.path, e.data): r for e, r in shown.pairs if isinstance(e, Arrival) and r is not None}
    clock = ReplayClock(shown.at(0), shown.at(len(shown.pairs)), 1.0, ticks=ticks)
    return Player(clock, [event for event, _ in shown.pairs], read=lambda path, data: readings[path, data])


def _played(player: Player, shown: Film, ticks: Ticks) -> Iterator[int]:
    begin = shown.at(0)
    while player.position < len(shown.pairs):
        ticks.seconds = (shown.at(player.position + 1) - begin).total_seconds()
        player.tick(limit=1)
        yield player.position


def _stepped(player: Player, shown: Film) -> Iterator[int]:
    player.to_start()
    for by in (1, -1):
        before = -1
        while player.position != before:
            before = player.position
            player.step(by)
            yield player.position
    for place in reversed(shown.places):
        player.hold_at(place)
        yield player.position


def _sought(places: Sequence[int]) -> Way:
    def way(player: Player, shown: Film) -> Iterator[int]:
        for place in places:
            player.seek(shown.at(place))
            yield player.position

    return way


def ways(shown: Film, right: Prints, seed: int) -> Iterator[Law]:
    """Yield what each way through a night gives beside a fresh start."""
    shuffled = list(shown.places)
    random.Random(seed).shuffle(shuffled)
    ticks = Ticks()
    player = _player(shown, ticks)
    yield _compared(shown, right, "played", player, _played(player, shown, ticks))
    named: dict[str, Way] = {
        "stepped": _stepped,
        "sought forwards": _sought(shown.places),
        "sought backwards": _sought(shown.places[::-1]),
        "sought at random": _sought(shuffled),
    }
    for name, way in named.items():
        player = _player(shown, Ticks())
        yield _compared(shown, right, name, player, way(player, shown))


def _compared(shown: Film, right: Prints, way: str, player: Player, stops: Iterator[int]) -> Law:
    compared, different = 0, []
    for place in stops:
        if place in right:
            compared += 1
            if printed(player.night, shown.at(place)) != right[place]:
                different.append(place)
    return Law(shown.name, way, compared, tuple(different))


class Rehearsed(NamedTuple):
    """A rehearsal that was watched: what its recording holds, and what the live run showed, by number of events."""

    events: tuple[Event, ...]
    live: dict[int, bytes]


def rehearse(night: SavedNight, seed: int, place: Path, start: datetime) -> Rehearsed:
    """Deliver a night with faults into a directory that is watched and recorded; look after every delivery."""
    now = start
    root, held = place / "feed", place / "held.night"
    prepare(root)
    directory = Directory(root, lambda: now)
    recording = Recording(held, str(root), start)
    player = Player(_Now(lambda: now), live=True)
    live: dict[int, bytes] = {}

    def look(_: object = None) -> None:
        nonlocal now
        now += APART
        events = directory.scan()
        if events:
            recording.add(events)
            player.add(events)
            while player.backlog:
                player.tick()
            at = max(event.at for event in events)
            live[player.position] = msgspec.json.encode(tally(player.night, at, areas=True))

    look()
    carry_out(chaotic(night, seed), root, pace=lambda _: 0.0, stop=threading.Event(), on_done=look)
    for _ in range(3):
        look()
    recording.close()
    return Rehearsed(read_recording(held).events, live)


class _Now:
    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now


def live_law(shown: Film, live: dict[int, bytes]) -> Law:
    """Return whether the live run showed, after each look, what its recording gives."""
    player = _player(shown, Ticks())
    different = []
    for place, seen in sorted(live.items()):
        player.hold_at(place)
        if msgspec.json.encode(tally(player.night, shown.at(place), areas=True)) != seen:
            different.append(place)
    return Law(shown.name, "live run", len(live), tuple(different))


def long_night(arrivals: int, seed: int) -> list[Event]:
    """Return a made-up night: a fifth as many councils in five revisions, some files copied, some removed."""
    rng = random.Random(seed)
    begin = datetime(2026, 5, 7, 21, 0, tzinfo=UTC)
    files = list(feed.councils(-(-arrivals // 5), revisions=5))[:arrivals]
    events: list[Event] = []
    for number, (path, data) in enumerate(files):
        at = begin + timedelta(seconds=5 * number + rng.randrange(600))
        events.append(Arrival(path=path, data=data, digest=digest(data), at=at, basis="arrived"))
        chance = rng.random()
        if chance < 0.02:
            later = at + timedelta(minutes=rng.randrange(90))
            events.append(Arrival(path=f"copy/{path}", data=data, digest=digest(data), at=later, basis="arrived"))
        elif chance < 0.04:
            later = at + timedelta(minutes=rng.randrange(90))
            events.append(Sighting(path=path, at=later, state="removed", reason="removed"))
    return events


def laws(names: Sequence[str], every: int, seed: int, arrivals: int) -> Iterator[Law]:
    """Yield every law of the nights named, of a recording of a rehearsal of each, and of a long night, if wanted."""
    for name in names:
        shown = film(name, open_night(name).events)
        yield from ways(shown, afresh(shown), seed)
        with tempfile.TemporaryDirectory() as place:
            rehearsed = rehearse(open_night(name), seed, Path(place), datetime.now(UTC))
        shown = film(f"{name}, chaotic", rehearsed.events)
        yield live_law(shown, rehearsed.live)
        yield from ways(shown, afresh(shown), seed)
    if arrivals:
        shown = film(f"{arrivals:,} made up", long_night(arrivals, seed), every)
        yield from ways(shown, afresh(shown), seed)


def main() -> None:
    """Compare, and say what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.laws", description=__doc__)
    parser.add_argument("--every", type=int, default=EVERY, help="events between two comparisons of the long night")
    parser.add_argument("--arrivals", type=int, default=LONG, help="arrivals of the long night; 0 leaves it out")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--night", action="append", help="only this one of the nights that ship")
    asked = parser.parse_args()
    wrong, start = 0, time.monotonic()
    for law in laws(asked.night or shipped(), asked.every, asked.seed, asked.arrivals):
        first = f"first after event {law.different[0]:,}" if law.different else ""
        words = f"{law.compared:6,} compared {len(law.different):6,} different {first}"
        print(f"{time.monotonic() - start:6.0f} s  {law.night:<28} {law.way:<18} {words}", flush=True)
        wrong += len(law.different)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
