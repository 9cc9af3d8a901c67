"""What the budgets rest on, counted and not timed: the same on every machine, however busy it is."""

import asyncio
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from textual._compositor import Compositor
from textual.app import App
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from dashboard import reel
from dashboard.app import NightApp
from dashboard.count import fold
from dashboard.count.derive import derive as derived_area
from dashboard.count.fold import Count
from dashboard.count.night import Area, Happening
from dashboard.count.standing import Saying
from dashboard.count.version import Version
from dashboard.player import Player
from dashboard.reel import Reel
from dashboard.screens import opening
from dashboard.screens.rhythm import MANY
from feeds import formats
from feeds.arrival import Arrival, Event
from feeds.clock import WallClock
from feeds.directory import Directory
from feeds.disk import Disk
from feeds.report import Reading, Result
from tests.bench import counting, feed
from tests.dashboard.test_app import Ticks, settled

HELP_MODULES = 160
"""Modules in all, Python's own and click's among them, that the help may load."""

SCREEN_MODULES = 600
OWN_MODULES = 160
"""The same for a watch with its screen and a night of councils on it, and those of this program among them."""

NOT_FOR_HELP = {"textual", "rich", "msgspec", "watchfiles", "wcwidth", "asyncio", "sqlite3", "logging.config"}
NOT_FOR_A_SCREEN = {
    *("wcwidth", "http", "urllib.request", "email", "rich.live", "zipfile", "importlib.resources", "dashboard.tables"),
    *("dashboard.svg", "dashboard.export", "dashboard.plain", "dashboard.pace", "dashboard.view.away"),
    *("dashboard.view.pictures.hemicycle", "dashboard.count.explain", "feeds.delivery", "feeds.saved"),
    *("feeds.national", "feeds.formats.native", "feeds.formats.democracy_club", "feeds.formats.spreadsheet"),
    *("feeds.formats.pa_fptp", "feeds.formats.pa_stv", "feeds.formats.sheet", "feeds.cells", "feeds.formats.settings"),
}


def loaded(code: str) -> set[str]:
    """Return the modules that a piece of code loads in a process of its own."""
    told = f"{code}\nimport sys; sys.stderr.write('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def test_the_help_loads_little() -> None:
    found = loaded("from dashboard.cli import group\ngroup.main(['--help'], standalone_mode=False)")
    assert not NOT_FOR_HELP & found
    assert len(found) <= HELP_MODULES
    assert len([name for name in found if name.startswith(("dashboard", "feeds"))]) <= 10


FIRST_PICTURE = """
import asyncio, sys
from pathlib import Path
import dashboard.commands.live, feeds.collector, feeds.recording_place
from dashboard.app import NightApp
from dashboard.player import Player
from feeds.clock import WallClock
from feeds.directory import Directory

async def main():
    clock = WallClock()
    player = Player(clock, Directory(Path({root!r}), clock.now).scan(), live=True)
    player.to_end()
    app = NightApp(player)
    async with app.run_test(size=(200, 60)) as pilot:
        app.beat()
        await pilot.pause()
        assert "20 of 20" in app.export_screenshot().replace("&#160;", " ")

asyncio.run(main())
"""


def test_a_watch_with_its_screen_loads_nothing_that_the_first_picture_does_not_need(tmp_path: Path) -> None:
    feed.fill(tmp_path / "own", feed.councils(20))
    found = loaded(FIRST_PICTURE.format(root=str(tmp_path / "own")))
    assert not NOT_FOR_A_SCREEN & found
    assert len(found) <= SCREEN_MODULES
    assert len([name for name in found if name.startswith(("dashboard", "feeds"))]) <= OWN_MODULES


class Counting(Disk):
    """The file system, with every call counted by its name."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()

    def __getattribute__(self, name: str) -> Any:
        if name in {"stat", "lstat", "entries", "resolve", "open", "fstat", "read", "close"}:
            self.calls[name] += 1
        return super().__getattribute__(name)


def watched(root: Path, files: int) -> tuple[Directory, Counting]:
    """Return a directory of so many files that has been looked at until nothing in it is fresh, with its calls."""
    feed.fill(root, feed.councils(files))
    disk = Counting()
    directory = Directory(root, lambda: datetime(2036, 5, 8, tzinfo=UTC), disk=disk)
    assert len(directory.scan()) == files
    directory.scan()
    disk.calls.clear()
    return directory, disk


def test_a_file_takes_as_many_system_calls_among_a_thousand_as_among_ten(tmp_path: Path) -> None:
    found = []
    for files in (10, 1_000):
        directory, disk = watched(tmp_path / str(files), files)
        feed.put(directory.root, *feed.council_file(5_000))
        assert len(directory.glance(feed.council_file(5_000)[:1])) == 1
        found.append(disk.calls)
    assert found[0] == found[1]
    assert found[0].total() <= 12


def test_a_look_in_which_nothing_is_new_opens_no_file(tmp_path: Path) -> None:
    directory, disk = watched(tmp_path / "own", 500)
    assert directory.scan() == []
    assert disk.calls["open"] == disk.calls["read"] == 0
    assert disk.calls.total() <= 6


def test_one_report_derives_one_area_however_many_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    derived = Counter[str]()
    derive = derived_area

    def counted(area_id: str, *arguments: Any, **named: Any) -> Any:
        derived[area_id] += 1
        return derive(area_id, *arguments, **named)

    monkeypatch.setattr(fold, "derive", counted)
    count = Count()
    for event in counting.events(300):
        derived.clear()
        count.apply(event, formats.read(event.path, event.data))
        assert len(derived) == 1
        assert derived.total() <= 2


@pytest.mark.parametrize(("share", "packed"), [(2, False), (0.2, True)])
def test_many_small_files_wait_for_a_quiet_moment_to_be_packed_and_large_ones_do_not(
    monkeypatch: pytest.MonkeyPatch, share: float, packed: bool
) -> None:
    events = list(counting.events(600))
    monkeypatch.setattr(reel, "MANY", 400)
    monkeypatch.setattr(reel, "MANY_BYTES", int(share * sum(len(e.data) for e in events)))
    played = Reel(events, formats.read)
    played.go(len(events))
    assert (played.count.loose <= 400) == packed
    assert packed or played.count.loose == len(events)


def kinds(of: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


def test_what_a_result_leaves_behind_is_frozen_and_left_out_of_the_search_for_cycles() -> None:
    left_out = {kind for kind in kinds(msgspec.Struct) if not kind.__struct_config__.gc}
    assert {Arrival, Result, Reading, Version, Saying, Area, Happening} <= left_out
    assert [kind for kind in left_out if not kind.__struct_config__.frozen] == []


def test_every_version_of_a_file_is_read_once() -> None:
    asked = Counter[tuple[str, bytes]]()

    def read(path: str, data: bytes) -> Any:
        asked[path, data] += 1
        return formats.read(path, data)

    player = Player(WallClock(), list(counting.events(60, councils=20)), live=True, read=read)
    player.to_end()
    for position in (0, 60, 30, 59):
        player.hold_at(position)
    assert set(asked.values()) == {1}


def test_events_of_one_moment_that_come_in_their_order_are_put_in_place_without_a_look_at_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked = Counter[int]()
    key = Reel.key

    def counted(held: Reel, position: int) -> Any:
        looked[position] += 1
        return key(held, position)

    monkeypatch.setattr(Reel, "key", counted)
    moment = datetime(2026, 5, 8, tzinfo=UTC)
    burst = [msgspec.structs.replace(e, path=f"{n:03}", at=moment) for n, e in enumerate(counting.events(60))]
    put = Reel([], formats.read).insert
    assert [put(event) for event in (*burst[:20], *burst[40:])] == list(range(40))
    assert not looked
    assert [put(event) for event in burst[20:40]] == list(range(20, 40))
    assert looked


class Drawn:
    """How much was drawn: pictures, lines, messages handled, and bytes as they go to a terminal."""

    def __init__(self) -> None:
        self.lines = self.pictures = self.layouts = self.messages = self.bytes = 0


@asynccontextmanager
async def shown(player: Player) -> AsyncIterator[tuple[Pilot[int], NightApp]]:
    """Show a player's night on a large screen, until the end of the block; what it has now is drawn."""
    app = NightApp(player, ticks=Ticks())
    async with app.run_test(size=(200, 60)) as pilot:
        app.animation_level = "none"
        await settled(pilot, app)
        yield pilot, app


@contextmanager
def drawing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Drawn]:
    """Count what is drawn from here to the end of the block."""
    drawn = Drawn()
    lines, refresh, layout = Widget.render_lines, Screen._compositor_refresh, Screen._refresh_layout
    dispatch, display = MessagePump._dispatch_message, App._display

    def counted_lines(self: Widget, crop: Any) -> Any:
        drawn.lines += crop.height
        return lines(self, crop)

    def counted_refresh(self: Any) -> None:
        drawn.pictures += 1
        refresh(self)

    def counted_layout(self: Any, *arguments: Any, **named: Any) -> None:
        drawn.layouts += 1
        layout(self, *arguments, **named)

    async def counted_dispatch(self: MessagePump, message: Any) -> None:
        drawn.messages += 1
        await dispatch(self, message)

    def counted_display(self: Any, screen: Any, picture: Any) -> None:
        if picture is not None:
            drawn.bytes += len(picture.render_segments(self.console))
        display(self, screen, picture)

    with monkeypatch.context() as patch:
        patch.setattr(Widget, "render_lines", counted_lines)
        patch.setattr(Screen, "_compositor_refresh", counted_refresh)
        patch.setattr(Screen, "_refresh_layout", counted_layout)
        patch.setattr(MessagePump, "_dispatch_message", counted_dispatch)
        patch.setattr(App, "_display", counted_display)
        yield drawn


def night(councils: int) -> Player:
    """Return a live night of so many councils, all declared."""
    player = Player(WallClock(), list(counting.events(councils, councils=councils)), live=True)
    player.to_end()
    return player


def more(first: int, number: int = 1) -> list[Arrival]:
    """Return the results of more councils."""
    return list(counting.events(first + number, councils=first + number))[first:]


async def test_nothing_is_drawn_before_the_first_full_picture_and_what_is_drawn_is_styled_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counted, styled = list[int](), Counter[int]()
    render, update = Compositor.render_update, Stylesheet.update_nodes
    player = Player(WallClock(), live=True)

    async def changes() -> AsyncIterator[list[Event]]:
        yield list(counting.events(200))
        await asyncio.Event().wait()

    def noted(self: Compositor, *arguments: Any, **named: Any) -> Any:
        counted.append(player.position)
        return render(self, *arguments, **named)

    def noted_nodes(self: Stylesheet, nodes: Iterable[DOMNode], **named: Any) -> None:
        found = list(nodes)
        styled[len(counted)] += any(isinstance(node, Screen) for node in found)  # not of what gets the focus alone
        update(self, found, **named)

    monkeypatch.setattr(opening, "HELD", 60.0)  # a busy machine may draw before, and that is right
    monkeypatch.setattr(Compositor, "render_update", noted)
    monkeypatch.setattr(Stylesheet, "update_nodes", noted_nodes)
    app = NightApp(player, changes, ticks=Ticks())
    async with app.run_test(size=(200, 60)) as pilot:
        while not counted:
            await pilot.pause()
    assert counted[0] == 200
    assert styled[0] == 0  # but each widget when it is put in


async def test_a_result_more_draws_its_lines_and_not_the_whole_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    player = night(200)
    async with shown(player) as (pilot, app):
        with drawing(monkeypatch) as drawn:
            player.add(more(200))
            await settled(pilot, app)
    assert drawn.layouts == 0
    assert 1 <= drawn.pictures <= 5
    assert 0 < drawn.lines <= 1_000
    assert 0 < drawn.bytes <= 26_000


async def test_while_nothing_happens_next_to_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    async with shown(night(200)) as (pilot, app):
        with drawing(monkeypatch) as drawn:
            for _ in range(10):
                app.beat()
                await pilot.pause()
    assert drawn.layouts == 0
    assert drawn.lines <= 10 * 30
    assert drawn.bytes <= 10 * 1_000


async def test_many_files_at_once_cost_few_messages_and_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    player = night(50)
    async with shown(player) as (pilot, app):
        with drawing(monkeypatch) as drawn:
            player.add(more(50, 10 * MANY))
            while player.backlog:
                app.beat()
                await pilot.pause()
            await settled(pilot, app)
    assert player.position == 50 + 10 * MANY
    assert drawn.layouts <= 2
    assert 0 < drawn.messages <= 10 * MANY
    assert 0 < drawn.pictures <= 40
