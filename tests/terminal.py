"""A real pseudo-terminal for tests: a command runs in it, and what it draws can be read as lines of text."""

import os
import re
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Final

import pexpect
import pyte

Wanted = str | Callable[[list[str]], bool]

KEYS: Final = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "space": " ",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "ctrl+home": "\x1b[1;5H",
    "ctrl+end": "\x1b[1;5F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "ctrl+c": "\x03",
}
"""What a terminal sends for keys with a name; any other key is sent as it is."""


_MODE: Final = re.compile(rb"\x1b\[\?([0-9;]+)([hl])|\x1b\[([<>])[0-9]*u")
_USUAL: Final = frozenset({b"7", b"25"})
"""The modes that a terminal has by itself: lines wrap, the cursor shows."""


def modes(sent: bytes) -> set[bytes]:
    """Return which modes a terminal is in, other than it was at first, after what was sent to it."""
    odd: set[bytes] = set()
    for numbers, change, keys in _MODE.findall(sent):
        for mode in numbers.split(b";") if numbers else (b"keys",):
            on = change == b"h" or keys == b">"
            (odd.discard if on == (mode in _USUAL) else odd.add)(mode)
    return odd


class NotSeenError(AssertionError):
    """What was waited for did not come; the message holds the screen as it stood."""


class Terminal:
    """A command in a pseudo-terminal of `columns` by `rows` cells; `env` is added to this process's environment.

    All waiting is reading with a deadline: nothing sleeps.
    """

    def __init__(
        self, argv: Sequence[str], columns: int = 80, rows: int = 24, env: Mapping[str, str] | None = None
    ) -> None:
        own = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
        self._child: pexpect.spawn[bytes] = pexpect.spawn(
            argv[0],
            list(argv[1:]),
            dimensions=(rows, columns),
            env={**os.environ, **own, **(env or {})},
            timeout=None,
        )
        self._child.delaybeforesend = None
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._sent = bytearray()
        self._drawn = 0
        self._ended = False

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._child.close(force=True)

    @property
    def sent(self) -> bytes:
        """Everything that the command has sent to the terminal so far."""
        return bytes(self._sent)

    @property
    def pid(self) -> int:
        """The process id of the command."""
        assert self._child.pid is not None
        return self._child.pid

    @property
    def attributes(self) -> list[Any]:
        """How the terminal is set: what it does with what is typed, and with what is written."""
        return termios.tcgetattr(self._child.child_fd)

    def hang_up(self) -> int:
        """Close the terminal, as when its window is closed; return the command's exit status, as `close` does."""
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, self._child.child_fd)
        os.close(nowhere)
        self._child.wait()
        return self._code()

    def screen(self) -> list[str]:
        """Return the screen as lines of text, as it stands after what has been read."""
        self._draw()
        return [str(line).rstrip() for line in self._screen.display]

    def press(self, *keys: str) -> None:
        """Press keys, by name (`enter`, `down`, …) or as characters."""
        for key in keys:
            self._child.send(KEYS.get(key, key))

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size, as a window manager does."""
        self._draw()
        self._screen.resize(rows, columns)
        self._child.setwinsize(rows, columns)

    def wait_for(self, wanted: Wanted, timeout: float = 10.0) -> list[str]:
        """Read until a text is on the screen, or the screen fulfils a predicate; return the screen.

        Raises NotSeenError, with the screen, after `timeout` seconds or when the command has ended without it.
        """
        deadline = time.monotonic() + timeout
        while not _holds(wanted, self.screen()):
            if not self._read(deadline - time.monotonic()) and not _holds(wanted, self.screen()):
                raise NotSeenError(f"{wanted!r} did not come within {timeout} s:\n" + "\n".join(self.screen()))
        return self.screen()

    def drain(self, seconds: float) -> list[tuple[float, bytes]]:
        """Read for so many seconds, as fast as it comes, without drawing; return what came and after how long."""
        begin, pieces = time.monotonic(), list[tuple[float, bytes]]()
        while True:
            taken = len(self._sent)
            if not self._read(begin + seconds - time.monotonic()):
                self._drawn = len(self._sent)
                return pieces
            pieces.append((time.monotonic() - begin, bytes(self._sent[taken:])))

    def draw(self, data: bytes) -> list[str]:
        """Draw what was drained; return the screen."""
        self._stream.feed(data)
        return self.screen()

    def wait_for_sent(self, sign: bytes, timeout: float = 10.0, start: int = 0) -> None:
        """Read until the command has sent these bytes, after the first `start`; for screens too large to look at.

        Raises NotSeenError after `timeout` seconds or when the command has ended without it.
        """
        deadline = time.monotonic() + timeout
        while self._sent.find(sign, start) < 0:
            if not self._read(deadline - time.monotonic()) and self._sent.find(sign, start) < 0:
                raise NotSeenError(f"{sign!r} was not sent within {timeout} s:\n" + "\n".join(self.screen()[-30:]))

    def close(self, timeout: float = 10.0) -> int:
        """Wait until the command has ended by itself and return its exit status, negative for a signal.

        Raises NotSeenError where it is still running after `timeout` seconds, and kills it.
        """
        deadline = time.monotonic() + timeout
        while self._read(deadline - time.monotonic()):
            pass
        if not self._ended:
            self._child.close(force=True)
            raise NotSeenError(f"still running after {timeout} s:\n" + "\n".join(self.screen()))
        self._child.wait()
        return self._code()

    def _code(self) -> int:
        status, signal = self._child.exitstatus, self._child.signalstatus
        return int(status) if status is not None else -int(signal or 0)

    def _read(self, seconds: float) -> bool:
        """Take in what the command sends within so many seconds; return False after them, and at its end."""
        if seconds <= 0:
            return False
        try:
            data = self._child.read_nonblocking(size=65_536, timeout=seconds)
        except pexpect.TIMEOUT:
            return False
        except pexpect.EOF:
            self._ended = True
            return False
        self._sent += data
        return True

    def _draw(self) -> None:
        """Draw what has been sent since; a large screen takes longer to draw than to receive."""
        new = bytes(self._sent[self._drawn :])
        self._drawn += len(new)
        self._stream.feed(new)


def _holds(wanted: Wanted, screen: list[str]) -> bool:
    if isinstance(wanted, str):
        return any(wanted in line for line in screen)
    return wanted(screen)
