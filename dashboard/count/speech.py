"""What each path says, and what is heard of it: of every place, by subject, what all paths say together.

That a path now says what another version says is one change in the journal, however many reports it has: its sayings
follow from the version, and are made again when the count has gone elsewhere.
"""

from collections.abc import Iterable, Mapping
from itertools import repeat
from typing import Final

import msgspec

from dashboard.count.codec import Codec
from dashboard.count.heard import Heard, heard, sayings_of
from dashboard.count.journal import Journal, Table
from dashboard.count.standing import Saying, by_turn, higher
from dashboard.count.subjects import Place, RawArea, Subject, place_of
from dashboard.count.version import Version
from feeds.report import Report

Said = Mapping[Place, Saying]
"""What one path says, by raw area and subject."""

NOTHING: Final[Said] = {}


class Voice(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a path says: a version, since which event (all of it, or each report), and whether its file is gone."""

    version: Version
    turns: int | tuple[int, ...]
    removed: bool = False

    def said(self) -> Said:
        """Return what is said, by place."""
        found: dict[Place, Saying] = {}
        version, turns = self.version, repeat(self.turns) if isinstance(self.turns, int) else self.turns
        for report, turn in zip(version.reading.reports, turns, strict=False):
            place = place_of(report, version.path)
            found[place] = higher(found.get(place), saying(version, report, turn, removed=self.removed))
        return found


def saying(version: Version, report: Report, turn: int, *, removed: bool = False) -> Saying:
    """Return a report as a version says it since an event."""
    return Saying(
        report=report,
        path=version.path,
        number=version.number,
        turn=turn,
        digest=version.digest,
        at=version.at,
        basis=version.basis,
        removed=removed,
    )


class _Form(msgspec.Struct, frozen=True, array_like=True):
    version: msgspec.Raw
    turns: int | tuple[int, ...]
    removed: bool


class _Voices:
    """The codec of voices, whose versions another codec makes bytes of."""

    def __init__(self, versions: Codec[Version]) -> None:
        self._versions = versions
        self._write = msgspec.msgpack.Encoder().encode
        self._read = msgspec.msgpack.Decoder(_Form).decode

    def encode(self, value: Voice) -> bytes:
        """Return a voice as bytes. Raises what that of its version raises."""
        return self._write((msgspec.Raw(self._versions.encode(value.version)), value.turns, value.removed))

    def ahead(self, value: Voice) -> Iterable[None]:
        """Make, in parts, what `encode` will need."""
        return self._versions.ahead(value.version)

    def decode(self, data: bytes) -> Voice:
        """Return the voice of these bytes."""
        kept = self._read(data)
        return Voice(version=self._versions.decode(kept.version), turns=kept.turns, removed=kept.removed)


class Speech(Table[str, Voice]):
    """The voice of each path that says anything. Who changes one changes what is heard, too (`let`)."""

    def __init__(self, journal: Journal, versions: Codec[Version]) -> None:
        super().__init__(journal, _Voices(versions), held=True)
        self._journal = journal
        self._said: dict[str, Said] = {}
        self._voices: dict[RawArea, dict[Subject, Heard]] = {}
        self._moved: set[str] = set()

    @property
    def voices(self) -> dict[RawArea, dict[Subject, Heard]]:
        """What is heard of each raw area that anything is said of, by subject."""
        self._journal.settle()
        if self._moved:
            self._hear_anew()
        return self._voices

    def said(self, path: str) -> Said:
        """Return what a path says."""
        self._journal.settle()
        if self._moved:
            self._hear_anew()
        return self._said.get(path, NOTHING)

    def speak(self, path: str, voice: Voice, said: Said) -> None:
        """Let a path have a voice, which says this."""
        self[path] = voice
        self._said[path] = said

    def hush(self, path: str) -> None:
        """Let a path say nothing."""
        self.pop(path, None)
        self._said.pop(path, None)

    def let(self, raw: RawArea, subject: Subject, found: Heard | None) -> None:
        """Let something else, or nothing, be heard of a subject of which something was."""
        subjects = self._voices.setdefault(raw, {})
        if found is not None:
            subjects[subject] = found
            return
        subjects.pop(subject, None)
        if not subjects:
            del self._voices[raw]

    def put(self, key: str, value: Voice) -> None:
        """Let a path have a voice again, and enter nothing."""
        self._moved.add(key)
        super().put(key, value)

    def take(self, key: str) -> None:
        """Let a path have no voice again, and enter nothing."""
        self._moved.add(key)
        super().take(key)

    def _hear_anew(self) -> None:
        """Work out what is heard of every subject of which a path says something else since we went to another time."""
        moved: dict[tuple[RawArea, Subject], dict[str, Saying | None]] = {}
        for path in self._moved:
            voice = self.get(path)
            after = NOTHING if voice is None else voice.said()
            for raw, subject in self._said.pop(path, NOTHING):
                if raw is not None:
                    moved.setdefault((raw, subject), {})[path] = None
            for (raw, subject), each in after.items():
                if raw is not None:
                    moved.setdefault((raw, subject), {})[path] = each
            if after:
                self._said[path] = after
        self._moved.clear()
        for (raw, subject), by_path in moved.items():
            before = self._voices.get(raw, {}).get(subject)
            said = [s for s in sayings_of(before) if s.path not in by_path]
            said += [each for each in by_path.values() if each is not None]
            self.let(raw, subject, heard(sorted(said, key=by_turn)))
