"""A program in a real pseudo-terminal whose output is read at once, with the time at which each piece of it came."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final

PROGRAM: Final = (sys.executable, "-c", "from dashboard.cli import main; main()")
COLUMNS: Final = 200
ROWS: Final = 60
TICKS: Final = os.sysconf("SC_CLK_TCK")


class Running:
    """A command in a pseudo-terminal of 200 by 60 cells; what it writes is read by a thread of this process."""

    def __init__(self, argv: Sequence[str], env: Mapping[str, str] | None = None) -> None:
        own = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
        self._main, side = pty.openpty()
        fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            list(argv), stdin=side, stdout=side, stderr=side, env={**os.environ, **own, **(env or {})},
            start_new_session=True, close_fds=True,
        )  # fmt: skip
        os.close(side)
        self._pieces: list[tuple[float, bytes]] = []
        self._sent = 0
        self._news = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> "Running":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join(2)
        os.close(self._main)

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def send(self, keys: str) -> float:
        """Press keys; return when (seconds of `time.perf_counter`)."""
        now = time.perf_counter()
        os.write(self._main, keys.encode())
        return now

    def bytes_sent(self) -> int:
        """Return how many bytes it has written to the terminal."""
        return self._sent

    def mark(self) -> int:
        """Return a place in the output to look on from."""
        with self._news:
            return len(self._pieces)

    def when(self, *texts: str, since: int = 0, timeout: float = 30.0) -> float:
        """Wait until texts are in the output, in this order and in any case; return when the last byte of it came.

        Raises TimeoutError where they are not within `timeout` seconds, with the end of what came.
        """
        wanted = [text.lower().encode() for text in texts]
        deadline = time.monotonic() + timeout
        tail, place = b"", since
        with self._news:
            while True:
                while place < len(self._pieces):
                    at, piece = self._pieces[place]
                    place += 1
                    tail += piece.lower()
                    while wanted[0] in tail:
                        tail = tail.partition(wanted.pop(0))[2]
                        if not wanted:
                            return at
                    tail = tail[-len(wanted[0]) :]
                left = deadline - time.monotonic()
                if left <= 0 or not self._news.wait(left):
                    end = b"".join(piece for _, piece in self._pieces[-3:])[-300:]
                    raise TimeoutError(f"{texts[-1]!r} did not come within {timeout} s; the end of the output: {end!r}")

    def quiet(self, seconds: float = 1.0, timeout: float = 60.0) -> None:
        """Wait until it has written little (no more than a clock does) for so many seconds."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            before, cpu = self.bytes_sent(), self.cpu()
            time.sleep(seconds)
            if self.cpu() - cpu < seconds * 0.2 and self.bytes_sent() - before < 20_000 * seconds:
                return

    def cpu(self) -> float:
        """Return the seconds of processor time that it has used, its threads included."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self) -> float:
        """Return its resident memory in MB."""
        for line in Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return 0.0

    def _read(self) -> None:
        while True:
            try:
                ready, _, _ = select.select([self._main], [], [], 0.5)
                if not ready:
                    if self._process.poll() is not None:
                        return
                    continue
                piece = os.read(self._main, 1 << 16)
            except OSError:
                return
            at = time.perf_counter()
            if not piece:
                return
            with self._news:
                self._pieces.append((at, piece))
                self._sent += len(piece)
                self._news.notify_all()


def timed(argv: Sequence[str], times: int = 7) -> list[float]:
    """Run a command so many times without a terminal; return the seconds that each run took."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(
            argv, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL
        )
        found.append(time.perf_counter() - start)
    return found
