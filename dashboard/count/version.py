"""One version of a file: what it is, what has become of it, and what each path holds."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Literal

import msgspec

from dashboard.count.codec import Codec
from dashboard.count.journal import Journal, Table
from dashboard.count.night import FileEntry, FileState
from feeds.report import Basis, Reading, Settings, TileMap

SETTINGS: Final = "the night's settings: used, not counted"
MAP: Final = "the night's map: used, not counted"

Role = Literal["speaks", "silent", "none"]
"""Whether a version speaks for its content, or another path that holds the same does; else it says nothing."""


class Version(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One content of one path with what it says, and what has become of it; `turn` is the event that brought it."""

    number: int
    turn: int
    path: str
    digest: str
    at: datetime
    basis: Basis
    until: datetime | None
    reading: Reading
    state: FileState
    reason: str = ""
    role: Role = "none"


class Ended(msgspec.Struct, frozen=True, gc=False):
    """What became of the version of that number, for good."""

    number: int
    entry: FileEntry


class Contents(Table[str, Version]):
    """What each path holds, found by path, and the paths of a content."""

    def __init__(self, journal: Journal, codec: Codec[Version]) -> None:
        super().__init__(journal, codec, held=True)
        self._paths: dict[str, dict[str, Role]] = {}

    def speaker(self, digest: str) -> str | None:
        """Return the path that speaks for a content, None where none does."""
        return next((path for path, role in self._paths.get(digest, {}).items() if role == "speaks"), None)

    def silent(self, digest: str) -> Iterable[str]:
        """Return the paths that hold a content for which another one speaks, or did."""
        return (path for path, role in self._paths.get(digest, {}).items() if role == "silent")

    def put(self, key: str, value: Version) -> None:
        """Let a path hold a version, and enter nothing."""
        self._leave(key)
        super().put(key, value)
        self._paths.setdefault(value.digest, {})[key] = value.role

    def take(self, key: str) -> None:
        """Let a path hold nothing, and enter nothing."""
        self._leave(key)
        super().take(key)

    def __setitem__(self, key: str, value: Version) -> None:
        self._leave(key)
        super().__setitem__(key, value)
        self._paths.setdefault(value.digest, {})[key] = value.role

    def _leave(self, path: str) -> None:
        before = self.get(path)
        if before is not None:
            paths = self._paths[before.digest]
            del paths[path]
            if not paths:
                del self._paths[before.digest]


class Versions:
    """The codec of versions, whose readings another codec makes bytes of."""

    def __init__(self, readings: Codec[Reading]) -> None:
        self._readings = readings
        self._write = msgspec.msgpack.Encoder().encode
        self._read = msgspec.msgpack.Decoder(_Form).decode

    def encode(self, value: Version) -> bytes:
        """Return a version as bytes. Raises what that of its reading raises."""
        v = value
        reading = msgspec.Raw(self._readings.encode(v.reading))
        return self._write((
            v.number, v.turn, v.path, v.digest, v.at, v.basis, v.until, reading, v.state, v.reason, v.role,
        ))  # fmt: skip

    def ahead(self, value: Version) -> Iterable[None]:
        """Make, in parts, what `encode` will need."""
        return self._readings.ahead(value.reading)

    def decode(self, data: bytes) -> Version:
        """Return the version of these bytes."""
        kept = msgspec.structs.asdict(self._read(data))
        return Version(**kept | {"reading": self._readings.decode(kept["reading"])})


class _Form(msgspec.Struct, frozen=True, array_like=True):
    number: int
    turn: int
    path: str
    digest: str
    at: datetime
    basis: Basis
    until: datetime | None
    reading: msgspec.Raw
    state: FileState
    reason: str
    role: Role


def judged(version: Version, speaker: str | None) -> Version:
    """Return a version in the state in which it begins; `speaker` is the path that says the same, if there is one."""
    reading, role = version.reading, "none"
    state: FileState = "ignored"
    if reading.problem is not None:
        state, reason = "quarantined", reading.problem.reason
    elif reading.ignored is not None:
        reason = reading.ignored
    elif speaker is not None:
        state, reason, role = "duplicate", f"the same content as {speaker}", "silent"
    elif reading.reports and all(isinstance(r, Settings) for r in reading.reports):
        reason, role = SETTINGS, "speaks"
    elif reading.reports and all(isinstance(r, TileMap) for r in reading.reports):
        reason, role = MAP, "speaks"
    else:
        state, reason, role = "counted", "", "speaks"
    return msgspec.structs.replace(version, state=state, reason=reason, role=role)


def line_of(version: Version) -> int | None:
    """Return the line of the problem for which a version is quarantined, if it has one."""
    return version.reading.problem.line if version.reading.problem else None


def entry_of(version: Version, removed: bool = False) -> FileEntry:
    """Return a version as `check` shows it."""
    return _entry(version, version.state, version.reason, removed)


def ended_of(version: Version, state: FileState, reason: str) -> Ended:
    """Return what became of a version."""
    return Ended(version.number, _entry(version, state, reason))


def _entry(version: Version, state: FileState, reason: str, removed: bool = False) -> FileEntry:
    return FileEntry(
        path=version.path,
        state=state,
        reason=reason,
        line=line_of(version),
        at=version.at,
        basis=version.basis,
        digest=version.digest,
        removed=removed,
    )
