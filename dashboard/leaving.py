"""Ending in good order when the process is told to, and ending all the same when that order cannot be kept.

While a terminal takes no output, whoever writes to it waits inside the system, and an orderly end waits behind it; so
it does behind a disk that does not answer. So a thread of its own counts the seconds from the signal, and ends the
process when they are over.
"""

import asyncio
import os
import select
import signal
import sys
import termios
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from queue import SimpleQueue
from types import FrameType
from typing import Any, Final

PATIENCE: Final = 0.8
"""Seconds that an orderly end may take, before what must be kept is brought to safety and the process ended."""

KEPT_WITHIN: Final = 0.5
"""Seconds in which what must be kept is brought to safety; what is not by then is as after a power cut."""

GIVEN_BACK_WITHIN: Final = 0.3
"""Seconds for which the terminal is asked to take what gives it back."""

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

SIGNALLED: Final = 128
"""What is added to a signal's number for the exit code."""

LOOKED_AT_EVERY: Final = 500
"""Milliseconds between two looks at whether the program has been left, while the terminal is there."""

SHOWN_ON: Final = 1
"""The descriptor of standard output."""

OUR_TERMINAL: Final = "/dev/tty"

RESTORED: Final = (
    b"\x18\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?1004l\x1b[?2004l\x1b[?2048l\x1b[?2026l"
    b"\x1b[?7h\x1b[<u\x1b[?1049l\x1b[?25h\x1b[0m"
)
"""What was cut off is over; mouse, focus, pasting and keys as they were, the other screen left, the cursor shown."""

NUDGE: Final = signal.SIGCONT
"""What takes a thread out of its wait inside the system, once it is told to do nothing else."""

Terminal = tuple[int, list[Any]]
"""A descriptor, and the attributes that the terminal behind it had."""


def nothing() -> None:
    """Keep nothing."""


@contextmanager
def ended_by_signals(
    leave: Callable[[], object], keep: Callable[[], object] = nothing, patience: float = PATIENCE
) -> Iterator[None]:
    """End when the terminal is closed or the process is told to stop, by the signal's exit code.

    A terminal that goes away without a signal, as one of another session does, is taken for one that was closed.

    `leave` is called in the running event loop, to end what runs in it; where none runs, `SystemExit` does. Where
    the end has not come `patience` seconds later, `keep` is called in another thread, the terminal is given back as
    far as it can be, and the process ends at once. So it does where the end has come, but not that of the process.
    """
    told: list[int] = []
    guard = _Guard(_terminal(), keep, patience)

    def end(number: int, frame: FrameType | None) -> None:
        told.append(number)
        _stay_away()
        guard.heard.put(number)  # of all that tells another thread this alone may interrupt itself
        try:
            asyncio.get_running_loop().call_soon_threadsafe(leave)
        except RuntimeError:
            sys.exit(SIGNALLED + number)

    guard.start()
    if os.isatty(SHOWN_ON):
        threading.Thread(target=_hang_up_with, args=(guard.left,), name="terminal", daemon=True).start()
    before = {number: signal.signal(number, end) for number in SIGNALS}
    try:
        yield
    finally:
        guard.left.set()
        if guard.forced.is_set():
            guard.join()  # what held the order has let go: the terminal is given back all the same, and that is the end
        guard.heard.put(None)
        for number, handler in before.items():
            signal.signal(number, handler)
        if told:
            sys.exit(SIGNALLED + told[0])


def _hang_up_with(left: threading.Event) -> None:
    """Send this process the signal of a closed terminal when the one it draws on is gone, until it has been left."""
    looking = select.poll()
    looking.register(SHOWN_ON, 0)  # that it was closed is told in any case, and nothing else is of interest
    while not left.is_set():
        if looking.poll(LOOKED_AT_EVERY) and not left.is_set():
            os.kill(os.getpid(), signal.SIGHUP)
            return


def _stay_away() -> None:
    """Let nothing stop the process on its way out, nor take the terminal again: not if it was stopped, and goes on."""
    signal.signal(NUDGE, lambda number, frame: None)
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)


class _Guard(threading.Thread):
    """Waits until a signal is `heard` (None: until there is no more to wait for), and sees to it that all ends.

    `left` is set where the order was kept so far, `forced` where it is no longer waited for.
    """

    def __init__(self, terminal: Terminal | None, keep: Callable[[], object], patience: float) -> None:
        super().__init__(name="leaving", daemon=True)
        self.heard: SimpleQueue[int | None] = SimpleQueue()
        self.left = threading.Event()
        self.forced = threading.Event()
        self._terminal = terminal
        self._keep = keep
        self._patience = patience

    def run(self) -> None:
        """End the process some seconds after the signal, whatever it does."""
        number = self.heard.get()
        if number is None:
            return
        try:
            if self.left.wait(self._patience):
                time.sleep(KEPT_WITHIN + GIVEN_BACK_WITHIN)  # the process ends meanwhile, if nothing holds it
                return
            self.forced.set()
            keeping = threading.Thread(target=self._keep, name="keeping", daemon=True)
            keeping.start()
            keeping.join(KEPT_WITHIN)
            _give_back(self._terminal)
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
        at, attributes = terminal
        if os.tcgetpgrp(at) != os.getpgrp():
            return  # another program has it now
        termios.tcsetattr(at, termios.TCSANOW, attributes)
        opened = os.open(OUR_TERMINAL, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        _mute()
        _say_last(at, opened)


def _mute() -> None:
    """Let whatever still writes to the terminal write to nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC)
    for stream in (1, 2):
        if os.isatty(stream):
            os.dup2(nowhere, stream)


def _say_last(at: int, opened: int) -> None:
    """Throw away what the terminal has not taken, and write what gives it back, as soon as nobody else writes."""
    deadline = time.monotonic() + GIVEN_BACK_WITHIN
    while time.monotonic() < deadline:
        termios.tcflush(at, termios.TCOFLUSH)
        for thread in threading.enumerate():
            if thread.ident is not None and thread is not threading.current_thread():
                with suppress(ProcessLookupError):  # it has ended meanwhile
                    signal.pthread_kill(thread.ident, NUDGE)
        with suppress(BlockingIOError):
            if os.write(opened, RESTORED) == len(RESTORED):
                return
        time.sleep(0.001)
