"""Ending in good order when the process is told to, and ending all the same when that order cannot be kept.

While a terminal takes no output, whoever writes to it waits inside the system, and an orderly end waits behind it.
So a thread of its own counts the seconds from the signal, and ends the process when they are over.
"""

import asyncio
import os
import signal
import sys
import termios
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from types import FrameType
from typing import Any, Final

PATIENCE: Final = 1.0
"""Seconds that an orderly end may take, before what must be kept is brought to safety and the process ended."""

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

SIGNALLED: Final = 128
"""What is added to a signal's number for the exit code."""

OUR_TERMINAL: Final = "/dev/tty"

RESTORED: Final = b"\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[?2048l\x1b[<u\x1b[?25h\x1b[?1049l\x1b[0m\r\n"
"""Mouse, pasting and keys as they were, the cursor shown, the other screen left."""

Terminal = tuple[int, list[Any]]
"""A descriptor, and the attributes that the terminal behind it had."""


def nothing() -> None:
    """Keep nothing."""


@contextmanager
def ended_by_signals(
    leave: Callable[[], object], keep: Callable[[], object] = nothing, patience: float = PATIENCE
) -> Iterator[None]:
    """End when the terminal is closed or the process is told to stop, by the signal's exit code.

    `leave` is called in the running event loop, to end what runs in it; where none runs, `SystemExit` does. Where
    the end has not come `patience` seconds later, `keep` is called in another thread, the terminal is given back as
    far as it can be, and the process ends at once.
    """
    told: list[int] = []
    heard: SimpleQueue[int | None] = SimpleQueue()
    left = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        told.append(number)
        heard.put(number)  # of all that tells another thread this alone may interrupt itself
        try:
            asyncio.get_running_loop().call_soon_threadsafe(leave)
        except RuntimeError:
            sys.exit(SIGNALLED + number)

    guard = threading.Thread(target=_guard, args=(heard, left, keep, patience), name="leaving", daemon=True)
    guard.start()
    before = {number: signal.signal(number, end) for number in SIGNALS}
    try:
        yield
    finally:
        left.set()
        heard.put(None)
        for number, handler in before.items():
            signal.signal(number, handler)
        if told:
            sys.exit(SIGNALLED + told[0])


def _guard(heard: SimpleQueue[int | None], left: threading.Event, keep: Callable[[], object], patience: float) -> None:
    terminal = _terminal()
    number = heard.get()
    if number is None or left.wait(patience):
        return
    try:
        keep()
        _give_back(terminal)
    finally:
        os._exit(SIGNALLED + number)


def _terminal() -> Terminal | None:
    """Return the terminal as it was before anything was drawn, None where there is none."""
    with suppress(OSError, ValueError, termios.error):
        at = sys.__stdin__.fileno() if sys.__stdin__ is not None else -1
        return at, termios.tcgetattr(at)
    return None


def _give_back(terminal: Terminal | None) -> None:
    """Give the terminal its attributes and its own screen back, without ever waiting for it."""
    if terminal is None:
        return
    with suppress(OSError, termios.error):
        termios.tcsetattr(terminal[0], termios.TCSANOW, terminal[1])
        termios.tcflush(terminal[0], termios.TCOFLUSH)
        opened = os.open(OUR_TERMINAL, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        os.write(opened, RESTORED)
