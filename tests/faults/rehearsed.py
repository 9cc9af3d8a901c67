"""A rehearsal that is watched and recorded while it is delivered, with faults, into a real directory."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from dashboard.player import Player
from feeds.arrival import Event, order
from feeds.chaos import chaotic
from feeds.delivery import carry_out, prepare
from feeds.directory import Directory
from feeds.recorded import read_recording
from feeds.recording import Recording
from feeds.saved import SavedNight
from tests.faults.states import Film, Pieces, state
from tests.faults.ways import Law

APART: Final = timedelta(seconds=30)
"""Between two looks at a rehearsal: what is not whole by itself is quiet by then."""

BEGIN: Final = datetime(2026, 5, 7, 21, 0, tzinfo=UTC)
"""When a rehearsal begins."""


class Rehearsed(NamedTuple):
    """A rehearsal that was watched: what its recording holds, and what the live run showed after each event.

    `live` has the events that were counted, and the hash of the night.
    """

    events: tuple[Event, ...]
    live: tuple[tuple[tuple[Event, ...], bytes], ...]


def rehearse(night: SavedNight, seed: int, place: Path, start: datetime = BEGIN) -> Rehearsed:
    """Deliver a night with faults into a directory that is watched and recorded; look after every delivery."""
    now = start
    root, held = place / "feed", place / "held.night"
    prepare(root)
    directory = Directory(root, lambda: now)
    recording = Recording(held, str(root), start)
    player, pieces = Player(_Now(lambda: now), live=True), Pieces()
    live: list[tuple[tuple[Event, ...], bytes]] = []

    def look(_: object = None) -> None:
        nonlocal now
        now += APART
        events = directory.scan()
        recording.add(events)
        player.add(events)
        while player.backlog:
            player.tick(limit=1)
            counted = tuple(player.reel.entry(place).event for place in range(player.position))
            live.append((counted, state(player.night, pieces)))

    look()
    carry_out(chaotic(night, seed), root, pace=lambda _: 0.0, stop=threading.Event(), on_done=look)
    for _ in range(3):
        look()
    recording.close()
    assert pieces.changed() == 0
    return Rehearsed(read_recording(held).events, tuple(live))


class _Now:
    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now


def live_law(film: Film, right: dict[int, bytes], rehearsed: Rehearsed) -> Law:
    """Return whether the live run showed, after each event, what its recording gives."""
    keys = [order(event) for event, _ in film.pairs]
    different = []
    for counted, seen in rehearsed.live:
        place = len(counted)
        if [order(event) for event in counted] != keys[:place] or not right[place].startswith(seen):
            different.append(place)
    return Law(film.name, "live run", len(rehearsed.live), len(rehearsed.live), tuple(different), done=True)
