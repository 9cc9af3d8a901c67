"""A headless Chromium for tests, driven by its own protocol: what a page is sent is read on a terminal of text."""

import asyncio
import base64
import contextlib
import itertools
import shutil
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any, Final

import pyte
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")

COLUMNS, LINES = 300, 120
"""Cells of the terminal of text, which is larger than any that a window here has."""


def chromium() -> str | None:
    """Return where a Chromium is, None where there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


class Page:
    """One open page. `screen` is what its socket has brought, as lines of text; all waiting has a deadline."""

    def __init__(self, socket: ClientWebSocketResponse, patience: float = 60.0) -> None:
        self._socket = socket
        self._patience = patience
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._terminal = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self._terminal)
        self._news = asyncio.Event()
        self.errors: list[str] = []
        self.closed = 0
        self._reading = asyncio.create_task(self._read())

    async def __aenter__(self) -> "Page":
        for domain in ("Page", "Network", "Runtime"):
            await self.do(f"{domain}.enable")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._reading.cancel()
        await self._socket.close()

    async def do(self, method: str, **params: Any) -> dict[str, Any]:
        """Ask the browser for something and return its answer."""
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": params})
        return await asyncio.wait_for(answer, self._patience)

    async def evaluate(self, script: str) -> Any:
        """Return the value of a script in the page."""
        got = await self.do("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        return got["result"].get("value")

    async def open(self, url: str, width: int = 1400, height: int = 800) -> None:
        """Open an address in a window of so many pixels."""
        await self.do(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )
        await self.do("Page.navigate", url=url)

    async def press(self, key: str) -> None:
        """Press a key that types a character."""
        await self.do("Input.dispatchKeyEvent", type="keyDown", text=key, key=key)
        await self.do("Input.dispatchKeyEvent", type="keyUp", key=key)

    async def click(self, x: float, y: float) -> None:
        """Click at a place in the window, in pixels."""
        for kind in ("mousePressed", "mouseReleased"):
            await self.do("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def screen(self) -> list[str]:
        """Return what the program has drawn."""
        return [line.rstrip() for line in self._terminal.display]

    async def until(self, seen: Callable[[list[str]], bool]) -> list[str]:
        """Return the screen as soon as it is as wanted; fails with what it showed last."""
        try:
            async with asyncio.timeout(self._patience):
                while not seen(self.screen()):
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError("not seen:\n" + "\n".join(filter(None, self.screen()))) from None
        return self.screen()

    async def picture(self) -> bytes:
        """Return the window as a PNG."""
        return base64.b64decode((await self.do("Page.captureScreenshot", format="png"))["data"])

    async def _read(self) -> None:
        async for message in self._socket:
            if message.type is not WSMsgType.TEXT:
                continue
            told = message.json()
            if "id" in told:
                waiting = self._answers.pop(told["id"])
                if not waiting.done():
                    waiting.set_result(told.get("result", told))
            else:
                self._noted(told["method"], told.get("params", {}))
            self._news.set()

    def _noted(self, method: str, params: dict[str, Any]) -> None:
        if method == "Network.webSocketFrameReceived" and params["response"]["opcode"] == 2:
            self._stream.feed(base64.b64decode(params["response"]["payloadData"]))
        elif method == "Network.webSocketClosed":
            self.closed += 1
        elif method == "Runtime.exceptionThrown":
            self.errors.append(str(params["exceptionDetails"]))


@asynccontextmanager
async def browser(path: str) -> AsyncGenerator[Callable[[], Any], None]:
    """Start a Chromium; yields what opens one more page in it, as a context."""
    with tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True) as home:
        process = await asyncio.create_subprocess_exec(
            path,
            *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"),
            *("--disable-background-networking", "--remote-debugging-port=0", "--remote-allow-origins=*"),
            *(f"--user-data-dir={home}", "about:blank"),
            stdin=DEVNULL,
            stdout=DEVNULL,
            stderr=PIPE,
        )
        try:
            port = await asyncio.wait_for(_port(process), 60)
            unread = asyncio.create_task(_unread(process))
            async with ClientSession() as session:

                @asynccontextmanager
                async def page() -> AsyncGenerator[Page, None]:
                    async with session.put(f"http://127.0.0.1:{port}/json/new?about:blank") as answer:
                        url = (await answer.json())["webSocketDebuggerUrl"]
                    async with Page(await session.ws_connect(url, max_msg_size=0)) as opened:
                        yield opened

                yield page
            process.terminate()
            await unread
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


async def _port(process: Process) -> int:
    """Return the port on which the browser listens, which it says among other things."""
    assert process.stderr is not None
    while line := await process.stderr.readline():
        if b"DevTools listening on ws://" in line:
            return int(line.rsplit(b":", 1)[1].split(b"/")[0])
    raise AssertionError("the browser ended")


async def _unread(process: Process) -> None:
    """Let the browser say what it wants."""
    while process.stderr is not None and await process.stderr.read(4096):
        pass
