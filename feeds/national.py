"""Reading a large document piece by piece, and only those pieces that are not as they were.

What a document says is the same as if it were read whole: the same reports with the same lines. A national document is
written again every minute or so, and most of it says what it said before. So what each piece said is kept by its hash
until the document no longer has that piece.
"""

import re
from collections.abc import Callable
from hashlib import sha256
from itertools import chain
from threading import Lock
from typing import Final, TypeVar

from msgspec.structs import replace

from feeds.courtesy import GiveWay, at_once
from feeds.once import Key, key_of, once
from feeds.pieces import Cut, cut
from feeds.report import Baseline, Note, Problem, Quote, Reading, Record, Result, Totals

R = TypeVar("R", bound=Record)
Read = Callable[[str, bytes], Reading]

MAX_REPORTS: Final = 200_000
"""Reports of one document."""

DOCUMENTS: Final = 4
"""Documents of which that is kept."""

_KINDS: Final[dict[str, type[Record]]] = {
    "results": Result,
    "baselines": Baseline,
    "quotes": Quote,
    "notes": Note,
    "totals": Totals,
}


_ITEM: Final = re.compile(r"^(\w+, item )(\d+)")
_SEE: Final = re.compile(r"(see line |> of line )(\d+)(?=\Z| is not closed\Z)")


class _NotCutError(ValueError):
    """A piece is no document by itself: the cut was wrong."""


class _Bad(ValueError):
    """The document cannot be used; `reading` says why."""

    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self.reading = reading


class _Piece:
    """What one piece says. `reports` and `warnings` have the lines that they have in the document, `base` its first."""

    __slots__ = ("base", "keys", "lines", "reading")

    def __init__(self, reading: Reading, lines: int, base: int) -> None:
        self.reading = reading
        self.lines = lines
        self.base = base
        self.keys = [key for report in reading.reports if (key := key_of(report)) is not None]

    def move(self, base: int) -> None:
        """Let the piece begin at another line of the document."""
        by, self.base = base - self.base, base
        if by:
            self.reading = _moved(self.reading, by)


class _Document:
    """The pieces of one path's document by their hash, and how often each place is spoken of in all of them."""

    def __init__(self, found: Cut) -> None:
        self.frame = (found.head, found.tail)
        self.pieces: dict[bytes, _Piece] = {}
        self._keys: dict[Key, int] = {}

    def become(self, now: dict[bytes, _Piece]) -> None:
        """Have these pieces from now on. Raises `_Bad` where two reports are about one place."""
        for name in self.pieces.keys() - now.keys():
            for key in self.pieces[name].keys:
                left = self._keys.pop(key) - 1
                if left:
                    self._keys[key] = left
        twice_there: set[Key] = set()
        for name in [name for name in now if name not in self.pieces]:
            for key in now[name].keys:
                self._keys[key] = self._keys.get(key, 0) + 1
                if self._keys[key] > 1:
                    twice_there.add(key)
        self.pieces = now
        if twice_there:
            raise _Bad(once(_together([p.reading for p in now.values() if not twice_there.isdisjoint(p.keys)])))


class National:
    """Reads large documents; `read` reads a small one. Keeps what the last version of each path said, of a few paths.

    A reading that was made ahead, in another thread, is handed out to whoever asks for the same bytes next.
    """

    def __init__(self, read: Read) -> None:
        self._read = read
        self._documents: dict[str, _Document] = {}
        self._ready: dict[int, tuple[bytes, Reading]] = {}
        self._lock = Lock()

    def ahead(self, path: str, data: bytes, give_way: GiveWay = at_once) -> None:
        """Read a document now, for a reader in another thread who is not to wait; give way between two pieces."""
        reading = self.reading(path, data, give_way)
        if reading is not None:
            self._ready[id(data)] = (data, reading)
            while len(self._ready) > DOCUMENTS:
                self._ready.pop(next(iter(self._ready)), None)

    def reading(self, path: str, data: bytes, give_way: GiveWay = at_once) -> Reading | None:
        """Return what a document says; None where it cannot be cut into pieces."""
        ready = self._ready.pop(id(data), None)  # it is these bytes: they are held, so nothing else has their id
        if ready is not None:
            return ready[1]
        found = cut(data)
        if found is None:
            return None
        with self._lock:
            return self._read_cut(path, data, found, give_way)

    def _read_cut(self, path: str, data: bytes, found: Cut, give_way: GiveWay) -> Reading | None:
        before = self._documents.pop(path, None)
        document = before if before is not None and before.frame == (found.head, found.tail) else _Document(found)
        try:
            reading = self._joined(path, data, found, document, give_way)
        except _NotCutError:
            return None
        except _Bad as bad:
            return bad.reading
        self._documents[path] = document
        while len(self._documents) > DOCUMENTS:
            self._documents.pop(next(iter(self._documents)))
        return reading

    def _joined(self, path: str, data: bytes, found: Cut, document: _Document, give_way: GiveWay) -> Reading:
        now: dict[bytes, _Piece] = {}
        line = found.head.count(b"\n") + 1
        for body in found.bodies(data):
            give_way()
            name = sha256(body).digest()
            while name in now:
                name += b"again"
            piece = document.pieces.get(name) or self._piece(path, bytes(body), found)
            before = line - piece.base
            piece.move(line)
            if piece.reading.problem is not None:
                items = sum(len(each.reading.reports) for each in now.values())
                raise _Bad(replace(piece.reading, problem=_placed(piece.reading.problem, before, items)))
            now[name] = piece
            line += piece.lines
        document.become(now)
        return _together([piece.reading for piece in now.values()])

    def _piece(self, path: str, body: bytes, found: Cut) -> _Piece:
        if any(tag in body for tag in found.forbidden):
            raise _NotCutError
        reading = self._read(path, found.document(body))
        kind = _KINDS.get(found.kind, Record)
        if reading.ignored is not None or not all(isinstance(report, kind) for report in reading.reports):
            raise _NotCutError
        return _Piece(reading, body.count(b"\n"), found.head.count(b"\n") + 1)


def _placed(problem: Problem, lines: int, items: int) -> Problem:
    """Return a piece's problem with the lines and the items that its words name counted from the document's begin."""
    reason = _ITEM.sub(lambda found: f"{found[1]}{int(found[2]) + items}", problem.reason)
    return replace(problem, reason=_SEE.sub(lambda found: f"{found[1]}{int(found[2]) + lines}", reason))


def _moved(reading: Reading, by: int) -> Reading:
    """Return a reading whose lines are so many further on."""
    return replace(
        reading,
        reports=tuple(_further(report, by) for report in reading.reports),
        warnings=tuple(_further(warning, by) for warning in reading.warnings),
        problem=None if reading.problem is None else _further(reading.problem, by),
    )


def _further(said: R, by: int) -> R:
    line: int | None = getattr(said, "line", None)
    return said if line is None else replace(said, line=line + by)


def _together(readings: list[Reading]) -> Reading:
    """Return the reading of a document from those of its pieces."""
    reports = tuple(chain.from_iterable(reading.reports for reading in readings))
    if len(reports) > MAX_REPORTS:
        reason = f"there are more than the {MAX_REPORTS:,} records that are read: send it in parts"
        return Reading(format=readings[0].format, problem=Problem(reason=reason))
    parties: dict[str, str] = {}
    for reading in readings:
        for code, name in reading.unknown_parties.items():
            parties.setdefault(code, name)
    return Reading(
        format=readings[0].format,
        reports=reports,
        warnings=tuple(warning for reading in readings for warning in reading.warnings),
        test=next((reading.test for reading in readings if reading.test is not None), None),
        unknown_parties=parties,
    )
