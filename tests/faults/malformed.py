"""Malformed files through the real readers: `python -m tests.faults.malformed`.

Each file is read in a child process of its own. It must be refused or read within a second and 64 MB, and nothing
but the file itself may be opened meanwhile (watched by strace, where that is installed).
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import IO, Any, NamedTuple

from feeds.formats import FAILED, is_inert, read
from feeds.text import clean
from feeds.whole import whole
from tests.faults.malformed_files import GROUPS, Files, made, zipped
from tests.makers import pa
from tests.makers.sheet import council_sheet
from tests.makers.spreadsheet import packed

MAX_SECONDS = 1.0
MAX_MEMORY = 64 * 1024 * 1024
BEGIN, END = "/reading-begins", "/reading-ends"
WATCHED = "open,openat,openat2,socket,connect,execve,unlink,rename,mkdir"

_PEAK = re.compile(r"VmHWM:\s*(\d+) kB")
_MARKED = re.compile(rf'"({BEGIN}|{END})"')


class Outcome(NamedTuple):
    """What reading one file took: processor seconds, bytes over the idle process, and what came of it."""

    path: str
    size: int
    seconds: float
    memory: int
    said: str

    def faults(self) -> list[str]:
        """Return what is not as it must be."""
        wrong = []
        if self.seconds > MAX_SECONDS:
            wrong.append(f"took {self.seconds:.2f} s")
        if self.memory > MAX_MEMORY:
            wrong.append(f"took {self.memory / 1e6:.0f} MB")
        if self.said.startswith("FAILED"):
            wrong.append(self.said)
        return wrong


def _peak() -> int:
    found = _PEAK.search(Path("/proc/self/status").read_text())
    return int(found[1]) * 1024 if found else 0


def _mark(path: str) -> None:
    """Make a system call that a trace shows and that does nothing."""
    os.access(path, os.F_OK)


def _read_here(path: str, place: str) -> Outcome:
    """Read one file in this process, which must be fresh: its peak is compared with what it began with."""
    idle, start = _peak(), time.process_time()
    data = Path(place).read_bytes()
    _mark(BEGIN)
    try:
        whole(path, data)
        reading = read(path, data)
        said = f"{reading.format}: "
        if reading.problem is not None:
            said += reading.problem.reason
        else:
            said += reading.ignored or f"{len(reading.reports)} reports"
        if reading.problem is not None and reading.problem.reason.startswith(FAILED):
            said = f"FAILED {said}"
        if not is_inert(reading):
            said = f"FAILED not inert: {said}"
    except Exception as error:  # noqa: BLE001 (whatever a reader raises is what is looked for)
        said = f"FAILED {type(error).__name__}: {error}"[:200]
    _mark(END)
    return Outcome(path, len(data), time.process_time() - start, _peak() - idle, ascii(said[:160]))


def serve(orders: IO[str], answers: IO[str]) -> None:
    """Read each file that is ordered, in a child of this process, which has all the readers loaded already."""
    for module in walk_packages(import_module("feeds").__path__, "feeds."):
        import_module(module.name)
    clean("\u200b\u0301\u6f22")  # it loads what knows how wide a character is
    for path, data in _good().items():
        read(path, data)
        whole(path, data)
    for line in orders:
        path, place = json.loads(line)
        child = os.fork()
        if child == 0:
            answers.write(json.dumps(_read_here(path, place)) + "\n")
            answers.flush()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status:
            answers.write(json.dumps(Outcome(path, 0, 0, 0, f"FAILED ended by {status}")) + "\n")
            answers.flush()


def _good() -> dict[str, bytes]:
    return {
        "a.xml": pa.result(pa.Council("Anytown", "all"), {"C": 20, "Lab": 19}),
        "b.json": b'{"results":[{"area":{"name":"A"},"elected":{"LAB":1,"x":"y"}}]}',
        "c.csv": council_sheet("Ynys M\u00f4n") + b"# rows=3",
        "d.xlsx": packed({"xl/workbook.xml": "<a/>"}),
        "night.toml": b'title = "a"\nzone = "nowhere"\nx = 1\n',
        "e.json": b'{"count":1,"results":[{"ballot_paper_id":"x"}]}',
        "f.xlsx": zipped({"a.xml": b"<a/>"}),
        "g.xml": b"<a",
        "h.json": b"{",
        "i.csv": b"area\n\xff",
    }


def read_all(files: Files, directory: Path, trace: Path | None = None) -> Iterator[Outcome]:
    """Yield what came of each file. With `trace`, the system calls of the children are written there."""
    command = [sys.executable, "-m", "tests.faults.malformed", "--serve"]
    if trace is not None:
        watch = [
            "strace",
            "-f",
            "--seccomp-bpf",
            "-qq",
            "-A",
            "-o",
            str(trace),
            "-e",
            f"trace=access,faccessat,{WATCHED}",
        ]
        command = [*watch, *command]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        for position, (path, make) in enumerate(files.items()):
            place = directory / str(position)
            place.write_bytes(made(make))
            server.stdin.write(json.dumps([path, str(place)]) + "\n")
            server.stdin.flush()
            found: list[Any] = json.loads(server.stdout.readline())
            place.unlink()
            yield Outcome(*found)


def opened_meanwhile(trace: str) -> list[str]:
    """Return the system calls between the marks of a trace: what a reader opened."""
    inside: set[str] = set()
    found = []
    for line in trace.splitlines():
        process = line.split(maxsplit=1)[0]
        mark = _MARKED.search(line)
        if mark is not None:
            (inside.add if mark[1] == BEGIN else inside.discard)(process)
        elif process in inside and "exited" not in line:
            found.append(line)
    return found


def main() -> None:
    """Read the malformed files; end with exit code 1 where one took too much, or something was opened."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--group", choices=list(GROUPS), action="append", help="only these")
    asked = parser.parse_args()
    if asked.serve:
        serve(sys.stdin, sys.stdout)
        return
    faults = number = 0
    worst: list[Outcome] = []
    with tempfile.TemporaryDirectory() as place:
        trace = Path(place) / "trace" if shutil.which("strace") else None
        for group in asked.group or GROUPS:
            for outcome in read_all(GROUPS[group](), Path(place), trace):
                wrong = outcome.faults()
                number, faults = number + 1, faults + len(wrong)
                worst.append(outcome)
                words = f"{outcome.seconds:6.2f} s {outcome.memory / 1e6:6.1f} MB  {outcome.path:26} {outcome.said}"
                print(f"{'FAULT' if wrong else '     '} {words}", flush=True)
        calls = opened_meanwhile(trace.read_text()) if trace is not None else []
    for call in calls:
        print(f"FAULT opened: {call}")
    slowest, largest = max(o.seconds for o in worst), max(o.memory for o in worst)
    watched = "not watched (no strace)" if trace is None else f"{len(calls)} files or sockets opened"
    print(
        f"{number} files: at most {slowest:.2f} s and {largest / 1e6:.1f} MB, {watched}; {faults + len(calls)} faults"
    )
    sys.exit(faults + len(calls) > 0)


if __name__ == "__main__":
    main()
