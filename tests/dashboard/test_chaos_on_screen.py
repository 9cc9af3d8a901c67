"""A chaotic rehearsal against a live screen: everything that its report says a screen should have shown was shown."""

import asyncio
import re
import threading
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from textual.pilot import Pilot

from dashboard.app import NightApp
from dashboard.commands.rehearse import done_grid
from dashboard.count.night import Area, Night
from dashboard.player import Player
from dashboard.screens.area import AreaScreen
from feeds.chaos import chaotic
from feeds.delivery import carry_out, prepare
from feeds.directory import Directory
from feeds.health import Health
from feeds.plan import Delivery
from feeds.saved import open_night
from tests.dashboard.screen import screen_lines
from tests.dashboard.test_spoilers import Still

NIGHT: Final = "2018-05-03-local"
SEEDS: Final = (7, 8)
PAUSE: Final = timedelta(minutes=20)


class Wall:
    """A wall clock that a test sets."""

    def __init__(self) -> None:
        self.time = datetime(2026, 5, 7, 22, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time


class Desk:
    """Somebody at a screen who looks at whatever the rehearsal says happened."""

    def __init__(self, root: Path) -> None:
        self.wall = Wall()
        self.directory = Directory(root, self.wall.now)
        self.player = Player(self.wall, live=True)
        self.app = NightApp(
            self.player, ticks=Still(), wall=lambda: 0.0, health=lambda: Health(feed=self.directory.feed)
        )
        self.before: Night = self.player.night
        self.log: list[tuple[datetime, Delivery]] = []
        self.checked: list[str] = []
        self.pilot: Pilot[int] | None = None

    @property
    def night(self) -> Night:
        return self.player.night

    async def took(self, delivery: Delivery) -> None:
        """Take in what was just delivered, and look at what the screen shows of it."""
        self.before = self.night
        if delivery.manner == "pause":
            self.wall.time += PAUSE
        for _ in range(2):
            self.wall.time += timedelta(seconds=3)
            self.player.add(self.directory.scan())
        while self.player.backlog:
            self.player.tick()
        self.log.append((self.wall.time, delivery))
        if delivery.deed:
            await self.settled()
            claim, told = claimed(delivery.shows)
            await CLAIMS[claim](self, delivery, told)
            self.checked.append(delivery.shows)

    async def settled(self) -> None:
        assert self.pilot is not None
        self.app.moved(quiet=False)
        await self.pilot.pause()
        await self.pilot.pause()

    def overview(self) -> str:
        return "\n".join(screen_lines(self.app))

    def area(self, name: str, of: Night | None = None) -> Area:
        elections = [e for e in (of or self.night).elections if not e.name.startswith("Test ")]
        return next(area for election in elections for area in election.areas if area.name == name)

    async def area_page(self, name: str) -> str:
        """Return the screen of an area."""
        assert self.pilot is not None
        election = next(e for e in self.night.elections if not e.name.startswith("Test "))
        self.app.push_screen(AreaScreen(self.player, election.id, self.area(name).id))
        await self.pilot.pause()
        await self.pilot.pause()
        text = "\n".join(screen_lines(self.app))
        self.app.pop_screen()
        await self.pilot.pause()
        return text

    async def page(self, key: str) -> str:
        """Return the screen that a key opens."""
        assert self.pilot is not None
        await self.pilot.press(key)
        await self.pilot.pause()
        text = "\n".join(screen_lines(self.app))
        await self.pilot.press("escape")
        await self.pilot.pause()
        return text


Told = re.Match[str]
Check = Callable[[Desk, Delivery, Told], Awaitable[None]]


def figures(night: Night, *, but: str = "") -> list[tuple[object, ...]]:
    """Return the figures of all areas of the real elections, but those of one area."""
    return [
        (a.name, a.stage, a.elected, a.composition, a.control)
        for e in night.elections
        if not e.name.startswith("Test ")
        for a in e.areas
        if a.name != but
    ]


async def flipped(desk: Desk, _delivery: Delivery, told: Told) -> None:
    name, control = told["name"], told["control"]
    before = desk.area(name, desk.before).control
    assert f"{name}, control: {before} → {control}" in await desk.page("c")
    await declared(desk, _delivery, told)
    assert f"revision {told['revision']}" in await desk.area_page(name)


async def declared(desk: Desk, _delivery: Delivery, told: Told) -> None:
    name, page = told["name"], await desk.area_page(told["name"])
    assert f"{name.upper()}  declared" in page
    now = next(line for line in page.splitlines() if line.startswith(" now"))
    for code, number in re.findall(r"([A-Z]+) (\d+)", told["seats"]):
        assert (desk.area(name).composition or {}).get(code) == int(number)
    assert f"({told['control']} " in now or f"to {told['control']}" in now or f"stays {told['control']}" in now
    assert figures(desk.night, but=name) == figures(desk.before, but=name)


async def stays(desk: Desk, _delivery: Delivery, told: Told) -> None:
    assert figures(desk.night) == figures(desk.before)
    assert f"revision {told['revision']}" in await desk.area_page(told["name"])


async def late(desk: Desk, _delivery: Delivery, told: Told) -> None:
    assert not desk.area(told["name"], desk.before).is_declared
    assert f"{told['name'].upper()}  declared" in await desk.area_page(told["name"])


async def torn(desk: Desk, delivery: Delivery, told: Told) -> None:
    assert f"{told['name'].upper()}  undeclared" in await desk.area_page(told["name"])
    assert desk.area(told["name"]).elected is None
    waiting = desk.night.files.waiting
    assert waiting or delivery.path in await desk.page("c")
    assert figures(desk.night) == figures(desk.before)


async def completed(desk: Desk, delivery: Delivery, told: Told) -> None:
    assert f"{told['name'].upper()}  declared" in await desk.area_page(told["name"])
    assert delivery.path not in {problem.path for problem in desk.night.problems}


async def duplicate(desk: Desk, _delivery: Delivery, _told: Told) -> None:
    assert desk.night.files.duplicate == desk.before.files.duplicate + 1
    assert figures(desk.night) == figures(desk.before)


async def retracted(desk: Desk, _delivery: Delivery, told: Told) -> None:
    assert f"RETRACTED {told['name']}" in await desk.page("c")
    assert f"{told['name'].upper()}  undeclared" in await desk.area_page(told["name"])
    assert figures(desk.night, but=told["name"]) == figures(desk.before, but=told["name"])


async def banner(desk: Desk, _delivery: Delivery, told: Told) -> None:
    assert "▌ TEST" in desk.overview()
    assert any(election.name == told["name"] for election in desk.night.elections)
    second = await desk.page("e")
    assert told["name"] in second
    await desk.page("e")
    assert figures(desk.night) == figures(desk.before)


async def aged(desk: Desk, _delivery: Delivery, _told: Told) -> None:
    assert re.search(r"feed (20|21) min ago", desk.overview())
    assert figures(desk.night) == figures(desk.before)


CLAIMS: Final[dict[str, Check]] = {
    r"correction: (?P<name>.+) goes to (?P<control>[A-Z]+) \((?P<seats>.*)\) \(revision (?P<revision>\d+)\)": flipped,
    r"(?P<name>.+) declared: (?P<control>[A-Z]+) \((?P<seats>.*)\)": declared,
    r"nothing new: (?P<name>.+) stays as revision (?P<revision>\d+) has it": stays,
    r"(?P<name>.+) undeclared until now, then declared": late,
    r"(?P<name>.+) still undeclared; the file is waiting, after 2 s perhaps not counted, never half counted": torn,
    r"(?P<name>[^:]+) declared": completed,
    r"nothing new: one duplicate more": duplicate,
    r"retraction: (?P<name>.+) is undeclared again": retracted,
    r"the banner TEST, and a second election “(?P<name>.+)”; the real figures stay": banner,
    r"the feed grows old in the status line; no figure changes": aged,
}
"""What a rehearsal says that a screen should have shown, with who looks whether it did."""


def claimed(shows: str) -> tuple[str, Told]:
    """Return the first claim that words make, with what they name."""
    found = ((claim, re.fullmatch(claim, shows)) for claim in CLAIMS)
    return next((claim, told) for claim, told in found if told is not None)


@pytest.mark.parametrize("seed", SEEDS)
async def test_what_a_rehearsal_reports_at_its_end_is_what_the_screen_showed(tmp_path: Path, seed: int) -> None:
    night, root = open_night(NIGHT), tmp_path / "feed"
    plan = chaotic(night, seed)
    prepare(root)
    desk, loop = Desk(root), asyncio.get_running_loop()

    def took(delivery: Delivery) -> None:
        asyncio.run_coroutine_threadsafe(desk.took(delivery), loop).result()

    async with desk.app.run_test(size=(160, 50)) as pilot:
        desk.app.animation_level = "none"
        desk.pilot = pilot
        await asyncio.to_thread(
            carry_out, plan, root, pace=lambda _: 0.0, stop=threading.Event(), on_done=took, wait=lambda _: None
        )
    reported = [row[3] for row in done_grid(desk.log, night).rows]
    assert reported == desk.checked
    assert len(reported) > 15
    assert {claimed(each)[0] for each in desk.checked} == set(CLAIMS)
