"""One visitor: the real program in a process of its own, which ends when the visitor goes."""

import asyncio
import contextlib
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from dashboard.commands.options import SERVED

PATIENCE: Final = 2.0
"""Seconds that the program may take to end, asked kindly, before it is told, and again before it is ended."""

MOST_TOLD: Final = 10_000
"""Bytes of what a program says on standard error that are passed on."""

WIDEST, HIGHEST = 500, 200
"""The largest screen in cells that a browser is given: what is drawn is held in memory for each cell."""

NARROWEST, LOWEST = 10, 3


def fitting(width: int, height: int) -> tuple[int, int]:
    """Return a size in cells within the bounds of a screen."""
    return min(max(width, NARROWEST), WIDEST), min(max(height, LOWEST), HIGHEST)


class Visitor(AppService):
    """Runs a command for one browser, without a shell.

    `tell` gets what the program says on standard error, as it came. `gone` is called when the program has ended.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        write_bytes: Callable[[bytes], Awaitable[None]],
        write_str: Callable[[str], Awaitable[None]],
        close: Callable[[], Awaitable[None]],
        tell: Callable[[str], object],
    ) -> None:
        self.downloads = DownloadManager()
        super().__init__("", write_bytes=write_bytes, write_str=write_str, close=close, download_manager=self.downloads)
        self._argv = tuple(command)
        self._tell = tell
        self._over: asyncio.Task[None] | None = None
        self._leaving: asyncio.Task[None] | None = None

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        width, height = fitting(width, height)
        env = self._build_environment(width=width, height=height)
        # A browser has all of Unicode, whatever the terminal has from which the server was started.
        env |= {SERVED: "1", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
        # A session of its own: Ctrl-C is for the server, which ends its visitors in good order.
        process = await asyncio.create_subprocess_exec(
            *self._argv, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=env, start_new_session=True
        )
        self._process, self._stdin = process, process.stdin
        self._over = asyncio.create_task(self._listen(process, process.stderr))
        process.stderr = _nothing_said()  # what the program says is passed on here, not printed as it came
        return process

    async def _listen(self, process: Process, said: asyncio.StreamReader | None) -> None:
        """Pass on what the program says until it has ended; then its visitor is let go, too."""
        kept = b""
        while said is not None and (data := await said.read(4096)):
            kept = (kept + data)[:MOST_TOLD]
        await process.wait()
        if kept:
            self._tell(kept.decode("utf-8", "replace"))
        await self.remote_close()

    async def set_terminal_size(self, width: int, height: int) -> None:
        """Tell the program the size of the browser's screen, within bounds."""
        await super().set_terminal_size(*fitting(width, height))

    async def stop(self) -> None:
        """End the program: asked kindly, then told, then ended; when this returns it is gone, whoever asked first."""
        self._leaving = self._leaving or asyncio.create_task(self._leave())
        await asyncio.shield(self._leaving)

    async def _leave(self) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(super().stop(), PATIENCE)
        process, over = self._process, self._over
        if process is None or over is None:
            return
        for end in (process.terminate, process.kill):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(over), PATIENCE)
            if over.done():
                return
            with contextlib.suppress(ProcessLookupError):
                end()
        await over


def _nothing_said() -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    reader.feed_eof()
    return reader
