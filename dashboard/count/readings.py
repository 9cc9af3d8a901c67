"""What files say, as bytes: of a long one, a run of reports that two versions have in common is kept once.

A national document is written again every minute or so, and nearly all of it says what it said before. Its reader hands
out the very same reports again (see `feeds.national`), and so it can be seen here at a glance.
"""

import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from operator import is_
from typing import Final

import msgspec

from dashboard.count.codec import READING, REPORTS
from dashboard.count.shelf import FAST, SIZE
from feeds.report import Reading, Report

LONG: Final = 500
"""Reports above which a reading is kept in runs."""

RUN: Final = 250
"""Reports of a run at most."""

KNOWN: Final = 50_000
"""Reports whose runs are held, to be known again; those of the last two readings in any case."""

BESIDE: Final = 2 * SIZE
"""Short readings whose bytes are remembered: ledger, speech and reel ask for them one soon after the other."""

Run = tuple[Report, ...]


class _Form(msgspec.Struct, frozen=True, array_like=True):
    rest: msgspec.Raw
    runs: list[int]


class Readings:
    """The codec of readings. What it has once made bytes of it keeps."""

    def __init__(self) -> None:
        self._write = msgspec.msgpack.Encoder().encode
        self._read = msgspec.msgpack.Decoder(_Form).decode
        self._runs: list[bytes] = []
        self._beside: dict[int, tuple[Reading, bytes]] = {}
        self._numbers: dict[int, int] = {}
        self._held: dict[int, Run] = {}
        self._reports = self._longest = 0

    @property
    def size(self) -> int:
        """How many bytes the runs take."""
        return sum(map(len, self._runs))

    def encode(self, value: Reading) -> bytes:
        """Return a reading as bytes. Raises one of `CANNOT` where it has no such form."""
        if len(value.reports) > LONG:
            runs = list(self._numbered(value.reports))
            return self._write((msgspec.Raw(READING.encode(msgspec.structs.replace(value, reports=()))), runs))
        known = self._beside.get(id(value))
        if known is None:
            if len(self._beside) >= BESIDE:
                self._beside.clear()
            known = self._beside[id(value)] = (value, self._write((msgspec.Raw(READING.encode(value)), ())))
        return known[1]

    def ahead(self, value: Reading) -> Iterable[None]:
        """Make, in parts, each short, what `encode` will need of a long reading. Raises as that does."""
        return (None for _ in self._numbered(value.reports)) if len(value.reports) > LONG else ()

    def decode(self, data: bytes) -> Reading:
        """Return the reading of these bytes."""
        kept = self._read(data)
        rest = READING.decode(kept.rest)
        if not kept.runs:
            return rest
        return msgspec.structs.replace(rest, reports=tuple(chain.from_iterable(map(self._run, kept.runs))))

    def _numbered(self, reports: Run) -> Iterator[int]:
        """Yield the numbers of the runs of these reports; what is no known run is taken in as a new one."""
        begin, end = 0, len(reports)
        self._longest = end
        while begin < end:
            number = self._numbers.get(id(reports[begin]))
            run = self._held[number] if number is not None else ()
            upto = begin + len(run)
            if number is None or len(reports) < upto or not all(map(is_, run, reports[begin:upto])):
                upto = begin + 1
                while upto < min(end, begin + RUN) and id(reports[upto]) not in self._numbers:
                    upto += 1
                run, number = reports[begin:upto], len(self._runs)
                self._runs.append(zlib.compress(REPORTS.encode(run), FAST))
            self._hold(number, run)
            yield number
            begin = upto

    def _run(self, number: int) -> Run:
        """Return the run of a number; where it is held, the very same."""
        run = self._held.get(number)
        if run is None:
            run = REPORTS.decode(zlib.decompress(self._runs[number]))
        self._hold(number, run)
        return run

    def _hold(self, number: int, run: Run) -> None:
        """Hold a run, as the one that was used last; let go of those used longest ago, where too many are held."""
        if self._held.pop(number, None) is None:
            self._reports += len(run)
        self._held[number] = run
        self._numbers[id(run[0])] = number
        while self._reports > max(KNOWN, 2 * self._longest):
            oldest = next(iter(self._held))
            gone = self._held.pop(oldest)
            self._reports -= len(gone)
            if self._numbers.get(id(gone[0])) == oldest:
                del self._numbers[id(gone[0])]
