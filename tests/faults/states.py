"""States of a night to be compared: each is one hash, over its JSON to the byte.

The JSON of a night of ten thousand arrivals is 18 MB after the last of them. It is put together from pieces: areas,
corrections and happenings are objects of their own, and the JSON of each is made once, when the object is first met;
all the rest is made anew for every state. `Pieces.changed` makes every piece's JSON once more: an object that was
changed behind our back would be found there. At some places (`Film.whole`) nothing is remembered: there the JSON of
the whole night, the documented JSON of the tally with all areas, and what became of every file are compared, too.
"""

import gc
import hashlib
import os
import struct
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Final, NamedTuple

import msgspec

from dashboard.count.fold import Count
from dashboard.count.night import FileEntry, Night
from dashboard.player import Player
from dashboard.view.tally import tally
from feeds.arrival import Arrival, Event, order
from feeds.formats import read
from feeds.report import Reading

WHOLE: Final = 100
"""Of the places that are compared, every so many are compared without remembering anything; the last one, too."""

MOST: Final = 100_000
"""So many objects are remembered at most."""

Files = Callable[[], list[FileEntry]]


class Film(NamedTuple):
    """A night to be compared: its events in order with what they say, the places at which it is, and at which whole."""

    name: str
    pairs: Sequence[tuple[Event, Reading | None]]
    places: tuple[int, ...]
    whole: frozenset[int]

    def at(self, place: int) -> datetime:
        """Return when the last of so many events came."""
        return self.pairs[max(0, place - 1)][0].at


def film(name: str, events: Sequence[Event], every: int = 1, whole: int = WHOLE) -> Film:
    """Return a night of these events, to be compared after every so many of them and at the end."""
    known: dict[tuple[str, str], Reading] = {}
    pairs: list[tuple[Event, Reading | None]] = []
    for event in sorted(events, key=order):
        reading = None
        if isinstance(event, Arrival):
            key = (event.path, event.digest)
            reading = known.setdefault(key, known.get(key) or read(event.path, event.data))
        pairs.append((event, reading))
    places = tuple(sorted({*range(every, len(pairs) + 1, every), len(pairs)}))
    return Film(name, pairs, places, frozenset([*places[::whole], *places[-1:]]))


class Pieces:
    """The hashes of the JSON of objects that do not change, by which object it is."""

    def __init__(self, most: int = MOST) -> None:
        self._known: dict[int, tuple[object, bytes]] = {}
        self._most = most
        self._changed = 0

    def of(self, pieces: Iterable[object]) -> bytes:
        """Return the hashes of the JSON of objects, one behind the other."""
        known = self._known
        return b"".join([(known.get(id(piece)) or self._met(piece))[1] for piece in pieces])

    def _met(self, piece: object) -> tuple[object, bytes]:
        if len(self._known) >= self._most:  # what is unpacked is another object each time
            self._changed = self.changed()
            self._known.clear()
        met = self._known[id(piece)] = (piece, _hash(msgspec.json.encode(piece)))
        return met

    def changed(self) -> int:
        """Return how many objects have another JSON now than when they were met."""
        return self._changed + sum(_hash(msgspec.json.encode(piece)) != was for piece, was in self._known.values())


def state(night: Night, pieces: Pieces) -> bytes:
    """Return the hash of a night's whole JSON, its parts in their order and with their numbers."""
    told = hashlib.sha256()
    bare = msgspec.structs.replace(night, elections=(), corrections=(), happenings=())
    _tell(told, msgspec.json.encode(bare))
    for election in night.elections:
        _tell(told, msgspec.json.encode(msgspec.structs.replace(election, areas=())))
        _tell(told, pieces.of(election.areas))
    _tell(told, pieces.of(night.corrections))
    _tell(told, pieces.of(night.happenings))
    return told.digest()


def in_full(night: Night, files: Files, at: datetime) -> bytes:
    """Return one hash of three: the whole night, the documented figures of a moment, what became of every file."""
    texts = (
        msgspec.json.encode(night, enc_hook=list),
        msgspec.json.encode(tally(night, at, areas=True)),
        msgspec.json.encode(files()),
    )
    return _hash(b"".join(map(_hash, texts)))


def shown(film: Film, place: int, night: Night, files: Files, pieces: Pieces) -> bytes:
    """Return what is compared at a place."""
    whole = in_full(night, files, film.at(place)) if place in film.whole else b""
    return state(night, pieces) + whole


def shown_by(player: Player, film: Film, place: int, pieces: Pieces) -> bytes:
    """Return what is compared of a player's night."""
    return shown(film, place, player.night, player.files, pieces)


def afresh(film: Film, known: Sequence[bytes], found: Callable[[bytes], None], *, apart: bool = True) -> None:
    """Give `found`, place by place, what a count shows that starts afresh and is asked there for the first time.

    One count takes the events and is never asked for anything. At each place the process splits (`apart`), and the
    other half asks its count, says what it was told, and is gone. Without `apart` there is a new count for each place.
    `known` are places that need not be asked again.
    """
    places, pieces = film.places[len(known) :], Pieces()
    count, told = Count(), 0
    gc.collect()
    gc.freeze()  # else the other half copies every page that the collector touches
    for place, (event, reading) in enumerate(film.pairs, 1):
        count.apply(event, reading)
        if not places or place != places[0]:
            continue
        places = places[1:]
        if apart:
            pieces.of(count.happenings[told:])
            told = len(count.happenings)
            found(_aside(partial(_asked, film, place, count, pieces)))
        else:
            new = Count()
            for each in film.pairs[:place]:
                new.apply(*each)
            found(_asked(film, place, new, Pieces()))


def _asked(film: Film, place: int, count: Count, pieces: Pieces) -> bytes:
    return shown(film, place, count.night(), count.entries, pieces)


def _aside(ask: Callable[[], bytes]) -> bytes:
    """Return what another half of this process answers; nothing that it does is left behind here."""
    reader, writer = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if not child:
        code = 1
        try:
            gc.disable()
            os.write(writer, ask())
            code = 0
        finally:
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        answer = pipe.read()
    if os.waitpid(child, 0)[1]:
        raise RuntimeError("the half that asks a count has failed")
    return answer


def _tell(told: "hashlib._Hash", part: bytes) -> None:
    """Add a part with its length, so that no other parts add the same."""
    told.update(struct.pack("<Q", len(part)))
    told.update(part)


def _hash(text: bytes) -> bytes:
    return hashlib.sha256(text).digest()
