"""The floor: a bare program that waits for inotify, parses each file with expat, and writes one line per file.

`python -m tests.bench.floor DIR` prints the name and seats of each council that comes in, and how many there are.
"""

import ctypes
import os
import struct
import sys
from pathlib import Path
from xml.parsers import expat

IN_MOVED_TO = 0x80
EVENT = struct.Struct("iIII")


def parse(data: bytes) -> tuple[str, dict[str, int]]:
    """Return the council's name and its seats by party, as a program without any care would."""
    name, seats = "", dict[str, int]()

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal name
        if tag == "Council":
            name = attributes.get("name", "")
        elif tag == "Party" and "seats" in attributes:
            seats[attributes.get("name", "")] = int(attributes["seats"])

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(data, True)
    return name, seats


def main(directory: Path) -> None:
    """Print a line for every file that is renamed into a directory, for ever."""
    libc = ctypes.CDLL(None, use_errno=True)
    handle = libc.inotify_init()
    libc.inotify_add_watch(handle, os.fsencode(directory), IN_MOVED_TO)
    count = 0
    for entry in sorted(directory.iterdir()):
        count += entry.suffix == ".xml"
    sys.stdout.write(f"ready {count}\r\n")
    sys.stdout.flush()
    while True:
        events = os.read(handle, 1 << 20)
        place = 0
        while place < len(events):
            _, _, _, length = EVENT.unpack_from(events, place)
            path = events[place + EVENT.size : place + EVENT.size + length].rstrip(b"\0")
            place += EVENT.size + length
            if path.endswith(b".xml"):
                name, seats = parse((directory / os.fsdecode(path)).read_bytes())
                count += 1
                os.write(1, f"\x1b[H{count} {name} {seats}\x1b[K".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
