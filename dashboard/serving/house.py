"""A server with its doors and, for a live directory, the one recording: from the first word to the last."""

import asyncio
import contextlib
import signal
from collections.abc import Sequence
from typing import Final

from dashboard.commands.options import Refused, say
from dashboard.serving.doors import Doors, doors, is_beyond, url
from dashboard.serving.server import Server, serve
from feeds.collector import Collector
from feeds.text import inert_lines

BEYOND: Final = (
    "reached from other machines, too: anybody who gets to it sees this night and presses keys, each on a screen of "
    "their own; there is no password and nothing is encrypted"
)

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

SIGNALLED: Final = 128
"""What is added to a signal's number for the exit code."""

NOTE_EVERY: Final = 1.0
"""Seconds between two looks at what is worth saying of the recording."""


class House:
    """Serves one night: `command` is what each of at most `most` visitors runs, `public` the address outside."""

    def __init__(self, command: Sequence[str], *, title: str, most: int, public: str | None) -> None:
        self._command = tuple(command)
        self._title = title
        self._most = most
        self._public = public

    def serve(self, host: str, port: int, recorded: Collector | None = None) -> int:
        """Serve until a signal comes; return its exit code. `recorded` is run meanwhile, and its recording kept.

        Refuses, in one line, an address that cannot be had.
        """
        with recorded or contextlib.nullcontext():
            return asyncio.run(self._serve(host, port, recorded))

    async def _serve(self, host: str, port: int, recorded: Collector | None) -> int:
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        told: list[int] = []

        def end(number: int) -> None:
            told.append(number)
            stop.set()

        for number in SIGNALS:
            loop.add_signal_handler(number, end, number)
        own: Doors = doors(host, self._public)
        server = Server(self._command, title=self._title, doors=own, most=self._most, tell=_tell)
        beside = asyncio.create_task(_record(recorded)) if recorded is not None else None
        try:
            await serve(server, host, port, stop=stop, open_doors=self._opened)
        except OSError as problem:
            why = problem.strerror or problem
            raise Refused(
                f"{host}, port {port}, cannot be served from: {why}; choose with --host and --port"
            ) from problem
        finally:
            if beside is not None:
                beside.cancel()
        return SIGNALLED + told[0] if told else 0

    def _opened(self, bound: list[tuple[str, int]]) -> None:
        """Say where it can be reached, and warn where that is not from this machine alone."""
        for address, port in bound:
            say(f"{self._title}: open {self._public or url(address, port)} in a browser; Ctrl-C ends it")
        if is_beyond(address for address, _ in bound):
            say(f"warning: {BEYOND}")


async def _record(recorded: Collector) -> None:
    """Take what is recorded off its hands, and say what is worth saying of it."""
    saying = asyncio.create_task(_say_notes(recorded))
    try:
        async for _ in recorded.changes():
            pass
    except OSError as problem:
        say(f"the directory cannot be read: {problem.strerror or problem}; nothing more is recorded")
    finally:
        saying.cancel()


async def _say_notes(recorded: Collector) -> None:
    said: str | None = None
    while True:
        for note in recorded.notes():
            say(note)
        now = recorded.health().recording
        if now != said and now is not None:
            say(now)
        said = now
        await asyncio.sleep(NOTE_EVERY)


def _tell(words: str) -> None:
    """Pass on what a visitor's program said, made inert."""
    for line in inert_lines(words).splitlines():
        say(f"a visitor's screen: {line}")
