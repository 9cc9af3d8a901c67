"""A server in the tests' own loop, with stand-ins for the program, and a client that says what a page of ours says."""

import asyncio
import json
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

from dashboard.serving.doors import doors
from dashboard.serving.server import Server, serve

BEGINS = """
import os, signal, sys
def say(words): os.write(1, b"D" + len(words).to_bytes(4, "big") + words)
os.write(1, b"__GANGLION__\\n")
"""
ECHO = f"""{BEGINS}
say(os.environ["COLUMNS"].encode())
while (told := os.read(0, 999)) and b"quit" not in told:
    say(told)
"""
"""Says its width, then every packet that it gets, as it is."""

STUBBORN = f"""{BEGINS}
signal.signal(signal.SIGTERM, signal.SIG_IGN)
say(str(os.getpid()).encode())
while True:
    signal.pause()
"""
"""Says its process id, and never ends by itself, whatever it is told."""

FAILING = "import sys; sys.exit('\\x1b]0;title\\x07 no such night')"


class Client:
    """A client of a server at `url`; `said` is what the stand-ins said on standard error."""

    def __init__(self, session: ClientSession, url: str, server: Server, said: list[str]) -> None:
        self.session = session
        self.url = url
        self.server = server
        self.said = said

    @property
    def origin(self) -> str:
        return self.url.rstrip("/")

    async def visit(self, origin: str | None = None, query: str = "?width=100&height=30") -> ClientWebSocketResponse:
        return await self.session.ws_connect(f"{self.url}ws{query}", origin=origin or self.origin)

    async def until_gone(self) -> None:
        await asyncio.wait_for(self.server.empty.wait(), 20)


async def drawn(socket: ClientWebSocketResponse) -> bytes:
    """Return the next piece that a program drew."""
    while True:
        message = await socket.receive(20)
        if message.type is WSMsgType.BINARY:
            return bytes(message.data)
        assert message.type is WSMsgType.TEXT, message


async def closed(socket: ClientWebSocketResponse) -> int | None:
    """Return the code with which a socket is closed."""
    while (message := await socket.receive(20)).type in {WSMsgType.BINARY, WSMsgType.TEXT}:
        pass
    assert message.type in {WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.CLOSING}, message
    return socket.close_code


async def send(socket: ClientWebSocketResponse, *told: Any) -> None:
    await socket.send_str(json.dumps(told))


@asynccontextmanager
async def served(
    script: str, *, most: int = 5, public: str | None = None, host: str = "127.0.0.1"
) -> AsyncGenerator[Client, None]:
    """Serve a script of Python to a client; at the end the server has ended, and all that it began."""
    said: list[str] = []
    server = Server(
        (sys.executable, "-c", script), title="A <night>", doors=doors(host, public), most=most, tell=said.append
    )
    stop, bound = asyncio.Event(), asyncio.get_running_loop().create_future()
    running = asyncio.create_task(serve(server, host, 0, stop=stop, open_doors=bound.set_result))
    try:
        address, port = (await asyncio.wait_for(bound, 20))[0]
        async with ClientSession() as session:
            yield Client(session, f"http://{address}:{port}/", server, said)
    finally:
        stop.set()
        await asyncio.wait_for(running, 20)
