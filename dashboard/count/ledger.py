"""What became of every version of every file (RULES 15, 16, 20).

The ledger decides which version of a path speaks; what it says is the book's business. Versions are numbered in the
order of counting, and each is in exactly one state, so that the counts always add up. What a version says is kept as
long as its path holds it; of the others it is kept what became of them.
"""

from collections import Counter

import msgspec

from dashboard.count.codec import Codec, plain
from dashboard.count.journal import Bag, Journal, Numbers, Table
from dashboard.count.night import FileCounts, FileEntry, FileProblem, FileState
from dashboard.count.prefix import Growing
from dashboard.count.shelf import Each
from dashboard.count.version import Contents, Ended, Role, Version, ended_of, entry_of, judged, line_of
from feeds.arrival import Arrival, Sighting
from feeds.report import Baseline, Reading, Result

REPLACED = "replaced by a later version of the same file"
OUTRANKED = "everything it says is replaced by a newer file"
GONE = "was never readable and is no longer there"
_SIGHT_STATES: dict[str, FileState] = {
    "waiting": "waiting",
    "ignored": "ignored",
    "unreadable": "quarantined",
}


Warned = tuple[FileProblem, ...]


class Spoken(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What an event changes in what is said: `path` now says what a version says, or nothing (None).

    `turn` is when it said so, None for now: a copy that is heard in another's place said it when it came.
    """

    path: str
    version: Version | None
    turn: int | None = None


class Ledger:
    """Every version seen, its state, and which of them speaks for its path."""

    def __init__(self, journal: Journal, versions: Codec[Version]) -> None:
        self.removed: Bag[str] = Bag(journal, held=True)
        self._current = Contents(journal, versions)
        self._bad: Table[str, Version] = Table(journal, versions)
        self._ended: Growing[Ended] = journal.growing(Each(plain(Ended)))
        self._tally: Numbers[FileState] = Numbers(journal)
        self._sights: Table[str, Sighting] = Table(journal, plain(Sighting))
        self._warnings: Table[str, Warned] = Table(journal, plain(Warned))
        self._strange: Table[str, dict[str, str]] = Table(journal, plain(dict[str, str]))

    def arrive(self, arrival: Arrival, reading: Reading, turn: int) -> list[Spoken]:
        """Enter a version, brought by the event of that turn; return what changes in what is said, in order."""
        path = arrival.path
        self._sights.pop(path, None)
        self.removed.discard(path)
        held = self._bad.get(path) or self._current.get(path)
        if held is not None and held.digest == arrival.digest:
            return self._again(held, arrival, reading, turn)
        speaker = self._current.speaker(arrival.digest)
        version = judged(self._version(arrival, reading, turn), None if speaker in self.removed else speaker)
        self._tally[version.state] += 1
        self._heal(path)
        if version.state == "quarantined":
            self._bad[path] = version
            return []
        heard = self._retire(version)
        if version.role != "speaks":
            return [Spoken(path=path, version=None), *heard]
        silenced = [] if speaker is None else self._silence(speaker)
        return [Spoken(path=path, version=version), *silenced, *heard]

    def see(self, sighting: Sighting) -> list[Spoken]:
        """Enter what was seen of a path without its content; return what changes in what is said."""
        path = sighting.path
        if sighting.state != "removed":
            self._sights[path] = sighting
            return []
        self._sights.pop(path, None)
        bad = self._bad.pop(path, None)
        if bad is not None:
            self._end(bad, "superseded", GONE)
        version = self._current.get(path)
        if version is None:
            return []
        self.removed.add(path)
        if version.role != "speaks":
            return []
        heard = self._inherit(version.digest)
        return [*heard, *self._silence(path)] if heard else []

    def settle(self, number: int, path: str, stand: int) -> None:
        """Tell counted from superseded for a version that speaks, by how many of its reports stand."""
        version = self._current.get(path)
        if version is None or version.number != number or version.state not in {"counted", "superseded"}:
            return
        reports = version.reading.reports
        if stand or not reports or not all(isinstance(r, Baseline | Result) for r in reports):
            self._set(version, "counted", "")
        else:
            self._set(version, "superseded", OUTRANKED)

    def counts(self) -> FileCounts:
        """Return how many versions are in each state, paths merely seen included."""
        total = Counter(self._tally) + Counter(_SIGHT_STATES[s.state] for s in self._sights.values())
        return FileCounts(
            counted=total["counted"],
            superseded=total["superseded"],
            duplicate=total["duplicate"],
            ignored=total["ignored"],
            waiting=total["waiting"],
            quarantined=total["quarantined"],
        )

    def problems(self) -> tuple[FileProblem, ...]:
        """Return the quarantined files, then the warnings of counted ones, each by path."""
        bad = [FileProblem(path=v.path, line=line_of(v), reason=v.reason, at=v.at) for v in self._bad.values()]
        bad += [
            FileProblem(path=s.path, line=None, reason=s.reason, at=s.at)
            for s in self._sights.values()
            if s.state == "unreadable"
        ]
        odd = [warning for _, warnings in sorted(self._warnings.items()) for warning in warnings]
        return tuple(sorted(bad, key=lambda p: p.path)) + tuple(odd)

    def entries(self) -> list[FileEntry]:
        """Return every version and every path merely seen, by path and then in the order of counting."""
        ended = ((e.number, e.entry) for e in self._ended.prefix())
        current = ((v.number, entry_of(v, removed=v.path in self.removed)) for v in self._current.values())
        bad = ((v.number, entry_of(v)) for v in self._bad.values())
        seen = [entry for _, entry in sorted([*ended, *current, *bad], key=lambda e: (e[1].path, e[0]))]
        seen += [
            FileEntry(
                path=s.path,
                state=_SIGHT_STATES[s.state],
                reason=s.reason,
                line=None,
                at=s.at,
                basis="arrived",
                digest=None,
            )
            for s in self._sights.values()
        ]
        return sorted(seen, key=lambda e: e.path)

    def unknown_parties(self) -> tuple[tuple[str, str], ...]:
        """Return the parties that are not in the register: code and name as the first path has it, by code."""
        found: dict[str, str] = {}
        for _, unknown in sorted(self._strange.items()):
            found = unknown | found
        return tuple(sorted(found.items()))

    def is_bad(self, path: str) -> bool:
        """Whether the newest version of a path is quarantined."""
        return path in self._bad

    def _version(self, arrival: Arrival, reading: Reading, turn: int) -> Version:
        return Version(
            number=len(self._ended) + len(self._current) + len(self._bad),
            turn=turn,
            path=arrival.path,
            digest=arrival.digest,
            at=arrival.at,
            basis=arrival.basis,
            until=arrival.until,
            reading=reading,
            state="counted",
        )

    def _again(self, held: Version, arrival: Arrival, reading: Reading, turn: int) -> list[Spoken]:
        if held.until == arrival.until or reading.problem is not None:
            self._tally["duplicate"] += 1
            self._ended.append(
                ended_of(self._version(arrival, reading, turn), "duplicate", "the same content as before")
            )
            return []
        version = msgspec.structs.replace(held, until=arrival.until, reading=reading)
        self._hold(version)
        return [Spoken(path=held.path, version=version)]

    def _heal(self, path: str) -> None:
        before = self._bad.pop(path, None)
        if before is not None:
            self._end(before, "superseded", REPLACED)

    def _retire(self, version: Version) -> list[Spoken]:
        """Let a path's new version take the place of the old one, and a copy of the old one speak for it."""
        before = self._current.get(version.path)
        self._hold(version)
        if before is None:
            return []
        if before.state == "counted":
            self._end(before, "superseded", REPLACED)
        else:
            self._end(before, before.state, before.reason)
        return self._inherit(before.digest) if before.role == "speaks" else []

    def _silence(self, path: str) -> list[Spoken]:
        self._set(self._current[path], "superseded", "the same content lies under another name", "silent")
        return [Spoken(path=path, version=None)]

    def _inherit(self, digest: str) -> list[Spoken]:
        """Where a content that nobody speaks for any more still lies under another name, let that file speak."""
        there = sorted(copy for copy in self._current.silent(digest) if copy not in self.removed)
        if not there:
            return []
        heir = self._set(self._current[there[0]], "counted", "", "speaks")
        return [Spoken(path=heir.path, version=heir, turn=heir.turn)]

    def _set(self, version: Version, state: FileState, reason: str, role: Role | None = None) -> Version:
        """Let a path's version be in another state; return it as it is then."""
        now = (state, reason, role or version.role)
        if now == (version.state, version.reason, version.role):
            return version
        self._move(version.state, state)
        changed = msgspec.structs.replace(version, state=state, reason=reason, role=now[2])
        self._hold(changed)
        return changed

    def _hold(self, version: Version) -> None:
        """Let a path hold a version."""
        path, reading = version.path, version.reading
        self._current[path] = version
        if reading.warnings:
            self._warnings[path] = tuple(
                FileProblem(path=path, line=w.line, reason=w.reason, at=version.at, warning=True)
                for w in reading.warnings
            )
        else:
            self._warnings.pop(path, None)
        if reading.unknown_parties and version.state in {"counted", "superseded"}:
            self._strange[path] = reading.unknown_parties
        else:
            self._strange.pop(path, None)

    def _end(self, version: Version, state: FileState, reason: str) -> None:
        """Enter what became of a version that its path no longer holds."""
        self._move(version.state, state)
        self._ended.append(ended_of(version, state, reason))

    def _move(self, before: FileState, after: FileState) -> None:
        if before != after:
            self._tally[before] -= 1
            self._tally[after] += 1
