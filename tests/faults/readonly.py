"""The watched directory is never written, locked or changed: every system call of `watch` that names it is looked at.

`python -m tests.faults.readonly`: `watch --plain` under strace while files arrive, change, move and go; the figure is
how many calls there were. Needs strace; without it nothing is tested.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import Final

from tests.faults.files import NAMES, deliver, result
from tests.faults.running import run, say
from tests.faults.watching import PATIENCE, ROOT

PROGRAM: Final = "import os; print(os.getpid(), flush=True); from dashboard.cli import main; main()"

READS: Final = frozenset(
    [
        *("access", "chdir", "close", "dup", "execve", "faccessat", "faccessat2", "fstat", "fstatfs", "getcwd"),
        *("getdents64", "getxattr", "inotify_add_watch", "inotify_rm_watch", "lgetxattr", "lseek", "lstat"),
        *("newfstatat", "pread64", "read", "readlink", "readlinkat", "readv", "stat", "statfs", "statx"),
    ]
)
"""Calls that change nothing."""

OPENS: Final = frozenset({"open", "openat", "openat2"})
WRITES: Final = re.compile(r"O_(WRONLY|RDWR|CREAT|TRUNC|APPEND|TMPFILE)")
HARMLESS: Final = re.compile(r"(fcntl\([^)]*F_(GETFD|SETFD|GETFL)|ioctl\([^)]*(TCGETS|FIOCLEX))")

ELSEWHERE: Final = re.compile(r"\bp?writev?(?:64)?\(\d+<([^>]*)>")
"""Writing into something else, such as the terminal, where the path is only among what is written."""

CALL: Final = re.compile(r"^(?:\d+\s+)?(?:<\.\.\. )?(\w+)[( ]")


def offences(trace: str, root: Path) -> tuple[list[str], int]:
    """Return the calls of a trace that change or lock something in a directory, and how many name it at all."""
    named = [line for line in trace.splitlines() if str(root) in line]
    return [line for line in named if not _is_read(line, str(root))], len(named)


def _is_read(line: str, root: str) -> bool:
    call = CALL.match(line)
    if call is None:
        return True
    name, elsewhere = call[1], ELSEWHERE.search(line)
    if elsewhere is not None and not elsewhere[1].startswith(root):
        return True
    if name in OPENS:
        return WRITES.search(line) is None
    return name in READS or HARMLESS.search(line) is not None


def traced(random: Random, changes: int) -> tuple[list[str], int]:
    """Watch a directory under strace through so many changes; return the offending calls, and how many there were."""
    with tempfile.TemporaryDirectory() as name:
        root, log = Path(name, "feed"), Path(name, "trace")
        root.mkdir()
        command = ["strace", "-f", "-y", "-s", "4096", "-e", "trace=%file,%desc", "-o", str(log), sys.executable, "-c"]
        program = subprocess.Popen(
            [*command, PROGRAM, "watch", str(root), "--plain"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "XDG_STATE_HOME": name},
        )
        pid = int(program.stdout.readline()) if program.stdout is not None else 0
        try:
            for number in range(changes):
                path = deliver(root, f"{random.choice(NAMES)}{number % 3}.json", result(f"Area {number}", 1, number))
                if random.random() < 0.3:
                    path.rename(path.with_suffix(".moved"))
                elif random.random() < 0.3:
                    path.write_bytes(result(f"Area {number}", 2, 1))
            deliver(root, "last.json", result("Last", 1, 1))
            _until(program, "Last")
        finally:
            os.kill(pid, signal.SIGINT)
            program.communicate(timeout=PATIENCE)
        return offences(log.read_text(errors="replace"), root)


def _until(program: "subprocess.Popen[str]", word: str) -> None:
    """Wait until a line with a word is printed; the counts of both are small, so a line comes soon."""
    end = time.monotonic() + PATIENCE
    while program.stdout is not None and time.monotonic() < end:
        if word in program.stdout.readline():
            return
    raise AssertionError(f"“{word}” was not counted")


def once(random: Random, number: int) -> float:
    """Watch through 40 changes; return how many calls named the directory."""
    if shutil.which("strace") is None:
        say("  strace is not here: nothing was tested")
        return 0
    wrong, calls = traced(random, 40)
    assert not wrong, f"{len(wrong)} calls that are no reading, such as {wrong[0]}"
    assert calls, "the trace names the directory nowhere: nothing was tested"
    say(f"  {calls:,} calls, all of them reading")
    return calls


if __name__ == "__main__":
    sys.exit(run("readonly", "the watched directory is only read", once, 3, unit="calls"))
