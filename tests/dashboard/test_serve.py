"""The command `serve` as a process of its own, and what it refuses before anybody has come."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pyte
import pytest
from aiohttp import ClientSession, ClientWebSocketResponse
from click.testing import CliRunner, Result

from dashboard.cli import group
from dashboard.commands import serve as command
from dashboard.commands.replay import replay
from feeds.recorded import read_recording
from tests.browser import browser, chromium
from tests.dashboard.serving import closed, drawn, send
from tests.makers.sheet import area_rows, sheet

ODD = 'res\'ults; touch $(echo made) "&"'


def result(area: str, seats: int) -> bytes:
    facts = {"control": "LAB", "previous_control": "CON", "seats": seats, "total": seats, "poll_date": "2022-05-05"}
    return sheet(area_rows(area, {"LAB": seats}, **facts), trailer=True)


def refused(*argv: str) -> Result:
    return CliRunner().invoke(group, ["serve", *argv])


@asynccontextmanager
async def serving(folder: Path, *argv: str) -> AsyncGenerator[tuple[Process, str], None]:
    """Run the command in a directory until it says where it can be reached; yields the process and that address."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "dashboard", "serve", "--port", "0", *argv),
        stdout=PIPE,
        stderr=PIPE,
        cwd=folder,
        env={**os.environ, "XDG_STATE_HOME": str(folder / "state"), "XDG_CONFIG_HOME": str(folder / "config")},
    )
    try:
        yield process, await asyncio.wait_for(_address(process), 60)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def _address(process: Process) -> str:
    assert process.stderr is not None
    while line := (await process.stderr.readline()).decode():
        if ": open http" in line:
            return line.split(": open ")[1].split()[0]
    raise AssertionError("it never said where it can be reached")


class Visit:
    """A visitor's screen as lines of text."""

    def __init__(self, web: ClientWebSocketResponse) -> None:
        self.web = web
        self._screen = pyte.Screen(120, 40)
        self._stream = pyte.ByteStream(self._screen)

    async def until(self, words: str, *, gone: bool = False) -> str:
        """Return the screen as soon as words stand on it, or are gone from it."""
        try:
            async with asyncio.timeout(60):
                while (words in (shown := "\n".join(self._screen.display))) is gone:
                    self._stream.feed(await drawn(self.web))
        except TimeoutError:
            raise AssertionError("not seen:\n" + "\n".join(self._screen.display)) from None
        return shown


async def visit(session: ClientSession, url: str) -> Visit:
    return Visit(await session.ws_connect(f"{url}ws?width=120&height=40", origin=url.rstrip("/")))


def left_behind(folder: Path) -> list[int]:
    """Return the processes that work in a directory."""
    found = []
    for each in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (each / "cwd").readlink() == folder:
                found.append(int(each.name))
    return found


async def ended(pid: int) -> None:
    """Return when a process that is no child of this one has ended."""
    loop, over = asyncio.get_running_loop(), asyncio.Event()
    with contextlib.suppress(ProcessLookupError):
        watched = os.pidfd_open(pid)
        loop.add_reader(watched, over.set)
        await over.wait()
        loop.remove_reader(watched)
        os.close(watched)


def files(folder: Path, but: Path) -> list[Path]:
    """Return all files under a directory, but for those in another."""
    return [each for each in folder.rglob("*") if each.is_file() and but not in each.parents]


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("nights-of-old",), "nights-of-old"),
        (("2022-05-05-local", "--poll"), "--poll is for a live directory"),
        (("2022-05-05-local", "--speed", "fast"), "“fast” is not a speed"),
        (("2022-05-05-local", "--from", "25:99"), "25:99"),
        (("2022-05-05-local", "--pause-on", "Wandswort"), "did you mean “Wandsworth”?"),
        (("2022-05-05-local", "--ticker", "quick"), "quick"),
        (("2022-05-05-local", "--port", "99999"), "99999"),
        (("2022-05-05-local", "--public-url", "results.example"), "is no address"),
        ((".", "--speed", "3"), "--speed is for a saved night or a recording"),
        ((".", "--broadcast-delay", "soon"), "soon"),
    ],
)
def test_what_every_visitor_would_be_refused_is_refused_at_once(argv: Sequence[str], words: str) -> None:
    done = refused(*argv)
    assert done.exit_code != 0
    assert words in f"{done.output}{done.exception}"


def test_without_the_extra_one_sentence_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "find_spec", lambda name: None)
    done = refused("2022-05-05-local")
    assert done.exit_code == 2
    assert "pip install 'election-night[serve]'" in done.output
    assert done.output.count("\n") == 1


def test_a_port_that_is_taken_is_refused_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = refused("2022-05-05-local", "--port", str(taken.getsockname()[1]))
    assert done.exit_code == 2
    assert "choose with --host and --port" in done.output.splitlines()[-1]


def test_every_option_of_the_screen_is_one_of_serve_and_is_passed_on_as_written() -> None:
    asked = ["--speed", "x3", "--pause-on", "change", "--pause-on=a b", "--no-alerts", "--wall"]
    context = command.serve.make_context("serve", ["night", *asked])
    assert command._written(context, replay, "night") == [
        *("replay", "--no-alerts", "--wall", "--speed=x3", "--pause-on=change", "--pause-on=a b", "--", "night")
    ]


@pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="processes are looked for in /proc")
async def test_two_visitors_of_a_live_directory_see_the_same_it_is_recorded_once_and_ctrl_c_leaves_nothing(
    tmp_path: Path,
) -> None:
    feed = tmp_path / ODD
    feed.mkdir()
    (feed / "a.csv").write_bytes(result("Anytown", 41))
    async with ClientSession() as session, serving(tmp_path, ODD) as (process, url):
        one = await visit(session, url)
        assert "Anytown" in await one.until("LAB gain from CON")
        (feed / "b.csv").write_bytes(result("Otherham", 30))
        await one.until("Otherham")
        other = await visit(session, url)
        await other.until("Otherham")
        await send(other.web, "stdin", "\x1b[Bw")
        await other.until("is watched")
        process.send_signal(signal.SIGINT)
        await closed(one.web)
        await closed(other.web)
        assert await asyncio.wait_for(process.wait(), 30) == 130
    assert left_behind(tmp_path) == []
    assert sorted(each.name for each in feed.iterdir()) == ["a.csv", "b.csv"]
    kept = files(tmp_path, but=feed)
    assert [each.suffix for each in kept] == [".night"]
    assert {event.path for event in read_recording(kept[0]).events} == {"a.csv", "b.csv"}


@pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="processes are looked for in /proc")
async def test_what_x_writes_is_downloaded_once_and_a_server_that_is_killed_leaves_no_screen_running(
    tmp_path: Path,
) -> None:
    async with ClientSession() as session, serving(tmp_path, "2022-05-05-local", "--speed", "3000") as (process, url):
        one = await visit(session, url)
        await one.until("councils")
        await send(one.web, "stdin", "x")
        await one.until("local-elections-areas")
        await send(one.web, "stdin", "\x15")
        await one.until("local-elections-areas", gone=True)
        await send(one.web, "stdin", "../mine.txt")
        await one.until("../mine.txt")
        await send(one.web, "stdin", "\r")
        while not isinstance(message := (await one.web.receive(60)).data, str) or "deliver_file_start" not in message:
            pass
        address = f"{url}download/{json.loads(message)[1]}"
        async with session.get(address) as answer:
            assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''mine.txt"
            assert answer.headers["Content-Type"] == "application/octet-stream"
            assert "source: 2022-05-05-local" in await answer.text()
        async with session.get(address) as answer:
            assert answer.status == 404, "it is there once"
        assert files(tmp_path, but=tmp_path / "none") == []
        screens = [pid for pid in left_behind(tmp_path) if pid != process.pid]
        assert screens
        process.kill()
        for pid in screens:
            await asyncio.wait_for(ended(pid), 30)


@pytest.mark.skipif(chromium() is None, reason="there is no Chromium here")
async def test_a_browser_shows_the_figures_and_a_pressed_key_changes_the_screen(tmp_path: Path) -> None:
    feed = tmp_path / "feed"
    feed.mkdir()
    (feed / "a.csv").write_bytes(result("Anytown", 41))
    path = chromium()
    assert path is not None
    async with browser(path) as new_page, serving(tmp_path, "feed", "--no-record") as (_, url), new_page() as page:
        await page.open(url)
        await page.until(lambda lines: any("LAB gain from CON" in line for line in lines))
        assert any("Anytown" in line for line in page.screen())
        before = await page.picture()
        (feed / "b.csv").write_bytes(result("Otherham", 30))
        await page.until(lambda lines: any("Otherham" in line for line in lines))
        await page.press("?")
        await page.until(lambda lines: any("Look around" in line for line in lines))
        assert await page.picture() != before
        await page.press("q")
        await page.until(lambda lines: not any("Look around" in line for line in lines))
        await page.press("q")
        await page.until(lambda lines: page.closed > 0)
        assert await page.evaluate("getComputedStyle(document.querySelector('#over')).display") == "block"
        assert page.errors == []
