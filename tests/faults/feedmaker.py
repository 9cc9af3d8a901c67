"""A feed that never rests, for the tests of faults: new files, revisions, overwrites, pieces, bad files, removals.

Whatever it does, the figures of its files do not depend on when they were seen: for each area and revision there is
one path, a lower revision is the only one that is removed, and a bad file has never been a good one.
"""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

POLL_DATE: Final = "2026-05-07"
AREAS: Final = 60
REVISIONS: Final = 3
ODD: Final = 20
TOTAL: Final = 40
COLUMNS: Final = "area,party,elected,seats,composition,total,control,poll_date,revision"


def sheet(area: str, seats: dict[str, int], revision: int) -> bytes:
    """Return a sheet of one council that is certainly whole."""
    control = next((p for p, won in seats.items() if won > TOTAL / 2), "NOC")
    rows = [f"{area},{p},{n},{TOTAL},{n},{TOTAL},{control},{POLL_DATE},{revision}" for p, n in seats.items()]
    return "\n".join([COLUMNS, *rows, f"# rows={len(rows)}", ""]).encode()


def native(area: str, seats: dict[str, int], revision: int) -> bytes:
    """Return the same in the program's own JSON."""
    result = {
        "area": {"name": area},
        "election": {"poll_date": POLL_DATE},
        "revision": revision,
        "elected": seats,
        "composition": seats,
        "total": TOTAL,
        "up": TOTAL,
    }
    return json.dumps({"results": [result]}, indent=1).encode()


class FeedMaker:
    """Works on a directory, one small step at a time; `finish` ends what is half done."""

    def __init__(self, root: Path, seed: str) -> None:
        self._root = root
        self._random = random.Random(seed)
        self._half: Iterator[None] = iter(())

    def step(self) -> None:
        """Do one thing: a rename, a piece of a file that is written in place, or a removal."""
        try:
            next(self._half)
        except StopIteration:
            self._half = self._next()

    def finish(self) -> None:
        """Write the rest of a file that is half written."""
        for _ in self._half:
            pass

    def _next(self) -> Iterator[None]:
        chance = self._random.random()
        area, revision = self._random.randrange(AREAS), self._random.randint(1, REVISIONS)
        name = f"area{area:02}-r{revision}.{'json' if area % 3 else 'csv'}"
        higher = [r for r in range(revision + 1, REVISIONS + 1) if self._path(area, r).exists()]
        if chance < 0.08 and higher:
            return self._removed(self._root / name)
        data = self._content(area, revision)
        if chance > 0.97:
            return self._odd(self._random.randrange(ODD))
        return self._renamed(name, data) if chance < 0.6 else self._in_pieces(name, data)

    def _odd(self, number: int) -> Iterator[None]:
        """A file that cannot be read when it comes first, and is put right later."""
        name = f"odd{number:02}.csv"
        data = sheet(f"Odd {number:02}", {"LAB": self._random.randint(0, TOTAL)}, 1)
        return self._renamed(name, data if (self._root / name).exists() else data.replace(b",40,", b",4x,"))

    def _path(self, area: int, revision: int) -> Path:
        return self._root / f"area{area:02}-r{revision}.{'json' if area % 3 else 'csv'}"

    def _content(self, area: int, revision: int) -> bytes:
        labour = self._random.randint(0, TOTAL)
        tories = self._random.randint(0, TOTAL - labour)
        seats = {"LAB": labour, "CON": tories, "LD": TOTAL - labour - tories}
        return (native if area % 3 else sheet)(f"Area {area:02}", seats, revision)

    def _renamed(self, name: str, data: bytes) -> Iterator[None]:
        hidden = self._root / f"{name}.part"
        hidden.write_bytes(data)
        yield
        hidden.rename(self._root / name)

    def _in_pieces(self, name: str, data: bytes) -> Iterator[None]:
        cuts = sorted(self._random.sample(range(1, len(data)), 3))
        with (self._root / name).open("wb", buffering=0) as file:
            for begin, end in zip([0, *cuts], [*cuts, len(data)], strict=True):
                file.write(data[begin:end])
                yield

    def _removed(self, path: Path) -> Iterator[None]:
        path.unlink(missing_ok=True)
        yield
