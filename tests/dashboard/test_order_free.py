"""Order-free (P3): files in any order, by any source, in real files that the real readers read."""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.count.night import Night
from dashboard.player import Player
from feeds.arrival import Arrival, Event, digest
from feeds.clock import ReplayClock
from feeds.directory import Directory
from feeds.portable import export_night
from feeds.recorded import read_recording
from feeds.recording import Recording
from feeds.saved import open_night
from tests.dashboard.test_player_laws import Now as After
from tests.faults.feedmaker import TOTAL, native, sheet
from tests.feeds.directories import START, Now, put

EXAMPLES = 40
BEGIN = datetime(2026, 5, 7, 22, tzinfo=UTC)

Figures = dict[str, object]
Files = dict[str, bytes]


@st.composite
def feeds(draw: st.DrawFn) -> Files:
    """Draw a feed of several areas with several revisions each, one file a revision, as sheets and as JSON."""
    files: Files = {}
    for area in range(draw(st.integers(1, 4))):
        for revision in range(1, draw(st.integers(1, 4)) + 1):
            labour = draw(st.integers(0, TOTAL))
            seats = {"LAB": labour, "CON": TOTAL - labour}
            make, ending = draw(st.sampled_from(((sheet, "csv"), (native, "json"))))
            files[f"{area}-{revision}.{ending}"] = make(f"Area {area}", seats, revision)
    return files


def figures(night: Night) -> Figures:
    """Return everything of a night that is a figure: areas with what is known of them, and the parties' totals."""
    return {
        election.name: (
            election.parties,
            election.declared,
            election.seats_declared,
            [(a.name, a.revision, a.stage, a.elected, a.composition, a.control, a.previous) for a in election.areas],
        )
        for election in night.elections
    }


def counted(player: Player) -> Night:
    """Return the night of a live player once it has counted all that was added."""
    while player.backlog:
        player.tick()
    return player.night


def delivered(files: Files, order: list[str]) -> Night:
    """Return the night after files came into a real directory one by one, each looked at as it came."""
    now = Now()
    player = Player(After(), live=True)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        place = Directory(root, now)
        player.add(place.scan())
        for path in order:
            put(root / path, files[path])
            now.passes(60)
            player.add(place.glance([path]))
    return counted(player)


def arrivals(files: Files, minutes: list[int]) -> list[Event]:
    return [
        Arrival(path=path, data=data, digest=digest(data), at=BEGIN + timedelta(minutes=m), basis="arrived")
        for (path, data), m in zip(files.items(), minutes, strict=True)
    ]


def played(events: list[Event]) -> Night:
    player = Player(ReplayClock(BEGIN, BEGIN + timedelta(days=1), 1.0), events)
    player.to_end()
    return player.night


@settings(max_examples=EXAMPLES, deadline=None)
@given(feeds(), st.data())
def test_revisions_delivered_in_any_order_give_the_same_figures(files: Files, data: st.DataObject) -> None:
    order = data.draw(st.permutations(sorted(files)))
    night = delivered(files, order)
    assert figures(night) == figures(delivered(files, sorted(files)))
    newest = {path[0]: int(path[2]) for path in sorted(files)}
    assert {area.name[-1]: area.revision for election in night.elections for area in election.areas} == newest


@settings(max_examples=EXAMPLES, deadline=None)
@given(feeds(), st.data())
def test_a_directory_a_recording_and_a_saved_night_of_the_same_files_are_the_same_night(
    files: Files, data: st.DataObject
) -> None:
    minutes = data.draw(st.lists(st.integers(0, 5), min_size=len(files), max_size=len(files)))
    events = arrivals(files, minutes)
    straight = played(events)
    shuffled = data.draw(st.permutations(events))
    live = Player(After(), live=True)
    for event in shuffled:
        live.add([event])
    assert counted(live) == straight
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "a.night")
        recording = Recording(path, "feed", START)
        for event in shuffled:
            recording.add([event])
        recording.close()
        assert played(list(read_recording(path).events)) == straight
        folder = Path(name, "folder")
        export_night(open_night(str(path)), folder)
        assert played(list(open_night(str(folder)).events)) == straight
