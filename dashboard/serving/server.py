"""The server: a page, the socket behind it, and the files that a visitor asks for."""

import asyncio
import contextlib
import html
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from string import Template
from typing import Any, Final
from urllib.parse import quote

import textual_serve
from aiohttp import WSCloseCode, WSMsgType, web
from aiohttp.typedefs import Handler

from dashboard.serving.doors import Doors
from dashboard.serving.visitor import Visitor

HERE: Final = Path(__file__).parent
STATIC: Final = Path(textual_serve.__file__).parent / "static"

LONGEST: Final = 64 * 1024
"""Bytes of a message from a browser: a key, a size, or what was pasted."""

LEAVING: Final = 1.0
"""Seconds that open answers may take at the end."""

FULL: Final = "There are as many visitors as this server lets in. Try again later."


class Server:
    """Serves a command to browsers, a process for each, at most `most` at a time; `empty` is set while there is none.

    `tell` gets what those processes say on standard error, as it came.
    """

    def __init__(
        self, command: Sequence[str], *, title: str, doors: Doors, most: int, tell: Callable[[str], object]
    ) -> None:
        self._command = tuple(command)
        self._title = title
        self._doors = doors
        self._most = most
        self._tell = tell
        self._visitors: set[Visitor] = set()
        self._coming = 0
        self.empty = asyncio.Event()
        self.empty.set()

    def app(self) -> web.Application:
        """Return what answers."""
        app = web.Application(middlewares=[self._guard], client_max_size=LONGEST)
        app.router.add_get("/", self._page)
        app.router.add_get(r"/{own:page\.(?:css|js)}", self._own)
        app.router.add_get("/ws", self._socket)
        app.router.add_get("/download/{key}", self._download)
        app.router.add_static("/static", STATIC)
        app.on_response_prepare.append(self._add_headers)
        app.on_shutdown.append(self._end_all)
        return app

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not self._doors.lets_in(request.host):
            raise web.HTTPMisdirectedRequest(
                text="This server is not known under that name: start it with --public-url http://NAME:PORT"
            )
        return await handler(request)

    async def _add_headers(self, request: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(self._doors.headers(request.host))
        if not request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-store"

    async def _page(self, request: web.Request) -> web.Response:
        if self._coming >= self._most:
            raise web.HTTPServiceUnavailable(text=FULL)
        asked = request.query.get("fontsize", "")
        size = min(max(int(asked), 6), 60) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 16  # noqa: PLR2004
        page = Template((HERE / "page.html").read_text(encoding="utf-8")).substitute(
            title=html.escape(self._title), socket=html.escape(self._doors.socket(request.host)), size=size
        )
        return web.Response(text=page, content_type="text/html")

    async def _own(self, request: web.Request) -> web.Response:
        name = request.match_info["own"]
        text = (HERE / name).read_text(encoding="utf-8")
        return web.Response(text=text, content_type="text/css" if name.endswith("css") else "text/javascript")

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        if not self._doors.is_own(request.headers.get("Origin", ""), request.host):
            raise web.HTTPForbidden(text="This screen is only for the page that this server itself serves.")
        socket = web.WebSocketResponse(heartbeat=15, max_msg_size=LONGEST)
        await socket.prepare(request)
        if self._coming >= self._most:
            await socket.close(code=WSCloseCode.TRY_AGAIN_LATER, message=FULL.encode())
            return socket
        self._coming += 1
        self.empty.clear()

        async def close() -> None:
            await socket.close()

        visitor = Visitor(
            self._command,
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=close,
            tell=self._tell,
        )
        self._visitors.add(visitor)
        try:
            await visitor.start(_number(request, "width", 80), _number(request, "height", 24))
            await self._attend(socket, visitor)
        finally:
            await asyncio.shield(self._leave(visitor))
        return socket

    async def _leave(self, visitor: Visitor) -> None:
        try:
            await visitor.stop()
        finally:
            self._visitors.discard(visitor)
            self._coming -= 1
            if not self._coming:
                self.empty.set()

    async def _attend(self, socket: web.WebSocketResponse, visitor: Visitor) -> None:
        """Hand what comes from a browser to its program, until the socket closes or says what no page of ours says."""
        async for message in socket:
            if message.type is not WSMsgType.TEXT or not await _obey(message.data, socket, visitor):
                await socket.close(code=WSCloseCode.UNSUPPORTED_DATA)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        key = request.match_info["key"]
        for visitor in self._visitors:
            with contextlib.suppress(KeyError):
                told = await visitor.downloads.get_download_metadata(key)
                response = web.StreamResponse()
                # Never shown in place: a picture in SVG would be a page of this server.
                response.content_type = "application/octet-stream"
                response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(told.file_name)}"
                await response.prepare(request)
                async for chunk in visitor.downloads.download(key):
                    await response.write(chunk)
                await response.write_eof()
                return response
        raise web.HTTPNotFound(text="There is no such file, or it was fetched already.")

    async def _end_all(self, app: web.Application) -> None:
        """End every visitor's program; their sockets close with them."""
        await asyncio.gather(*(visitor.stop() for visitor in tuple(self._visitors)))


async def _obey(text: str, socket: web.WebSocketResponse, visitor: Visitor) -> bool:
    """Do what a message says; return whether it said anything that can be done."""
    try:
        told: Any = json.loads(text)
    except (ValueError, RecursionError):
        return False
    match told:
        case ["stdin", str(keys)]:
            await visitor.send_bytes(keys.encode("utf-8", "replace"))
        case ["resize", {"width": int(width), "height": int(height)}]:
            await visitor.set_terminal_size(width, height)
        case ["ping", str(stamp)]:
            await socket.send_json(["pong", stamp])
        case ["blur"]:
            await visitor.blur()
        case ["focus"]:
            await visitor.focus()
        case _:
            return False
    return True


def _number(request: web.Request, name: str, otherwise: int) -> int:
    asked = request.query.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else otherwise  # noqa: PLR2004


async def serve(
    server: Server, host: str, port: int, *, stop: asyncio.Event, open_doors: Callable[[list[tuple[str, int]]], object]
) -> None:
    """Serve until `stop` is set; then end all visitors. Raises OSError where nothing can be bound.

    `open_doors` is told the addresses and ports to which it is bound.
    """
    runner = web.AppRunner(server.app(), access_log=None, shutdown_timeout=LEAVING)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        open_doors([(each[0], each[1]) for each in runner.addresses])
        await stop.wait()
    finally:
        await runner.cleanup()
