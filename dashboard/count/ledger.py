"""What became of every version of every file (RULES 15, 16, 20).

The ledger decides which version of a path speaks; what it says is the book's business. Its entries are numbered in
the order of counting, and each version is in exactly one state, so that the counts always add up.
"""

from collections import Counter
from datetime import datetime

import msgspec

from dashboard.count.journal import Bag, Journal, Numbers, Row, Table
from dashboard.count.night import FileCounts, FileEntry, FileProblem, FileState
from feeds.arrival import Arrival, Sighting
from feeds.report import Baseline, Basis, Reading, Result, Settings, TileMap

REPLACED = "replaced by a later version of the same file"
OUTRANKED = "everything it says is replaced by a newer file"
SETTINGS = "the night's settings: used, not counted"
MAP = "the night's map: used, not counted"
GONE = "was never readable and is no longer there"
_SIGHT_STATES: dict[str, FileState] = {
    "waiting": "waiting",
    "ignored": "ignored",
    "unreadable": "quarantined",
}


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One content of one path with what it says; `turn` is the event that brought it."""

    turn: int
    path: str
    digest: str
    at: datetime
    basis: Basis
    until: datetime | None
    reading: Reading


class Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """What an event changes in what is said: `path` now says what version `number` says, or nothing (None).

    `turn` is when it said so, None for now: a copy that is heard in another's place said it when it came.
    """

    path: str
    number: int | None
    turn: int | None = None


class Ledger:
    """Every version seen, its state, and which of them speaks for its path."""

    def __init__(self, journal: Journal) -> None:
        self.versions: Row[Version] = Row(journal)
        self.removed: Bag[str] = Bag(journal)
        self._states: Row[FileState] = Row(journal)
        self._reasons: Table[int, str] = Table(journal)
        self._tally: Numbers[FileState] = Numbers(journal)
        self._current: Table[str, int] = Table(journal)
        self._bad: Table[str, int] = Table(journal)
        self._speaker: Table[str, str] = Table(journal)
        self._sights: Table[str, Sighting] = Table(journal)
        self._wins: Numbers[int] = Numbers(journal)
        self._troubled: Bag[str] = Bag(journal)
        self._strange: Bag[str] = Bag(journal)
        self._copies: Table[str, tuple[str, ...]] = Table(journal)

    def arrive(self, arrival: Arrival, reading: Reading, turn: int) -> list[Spoken]:
        """Enter a version, brought by the event of that turn; return what changes in what is said, in order."""
        path = arrival.path
        self._sights.pop(path, None)
        self.removed.discard(path)
        held = self._bad.get(path, self._current.get(path))
        if held is not None and self.versions[held].digest == arrival.digest:
            return self._again(held, arrival, reading, turn)
        number = self._enter(arrival, reading, turn)
        if reading.problem is not None:
            self._quarantine(path, number)
            return []
        self._heal(path)
        heard = self._retire(path, number)
        if reading.ignored is not None:
            self._set(number, "ignored", reading.ignored)
            return [Spoken(path=path, number=None), *heard]
        speaker = self._speaker.get(arrival.digest)
        if speaker is not None and speaker not in self.removed:
            self._set(number, "duplicate", f"the same content as {speaker}")
            self._copy(path, arrival.digest)
            return [Spoken(path=path, number=None), *heard]
        self._speaker[arrival.digest] = path
        if reading.reports and all(isinstance(r, Settings) for r in reading.reports):
            self._set(number, "ignored", SETTINGS)
        elif reading.reports and all(isinstance(r, TileMap) for r in reading.reports):
            self._set(number, "ignored", MAP)
        else:
            self._set(number, "counted", "")
        silenced = [] if speaker is None else self._silence(speaker)
        return [Spoken(path=path, number=number), *silenced, *heard]

    def see(self, sighting: Sighting) -> list[Spoken]:
        """Enter what was seen of a path without its content; return what changes in what is said."""
        path = sighting.path
        if sighting.state != "removed":
            self._sights[path] = sighting
            return []
        self._sights.pop(path, None)
        bad = self._bad.pop(path, None)
        if bad is not None:
            self._set(bad, "superseded", GONE)
        number = self._current.get(path)
        if number is None:
            return []
        self.removed.add(path)
        if self._speaker.get(self.versions[number].digest) != path:
            return []
        heard = self._inherit(self.versions[number].digest)
        return [*heard, *self._silence(path)] if heard else []

    def won(self, number: int, by: int) -> None:
        """Note that a version speaks for `by` more subjects than before (fewer, where negative)."""
        self._wins[number] += by

    def settle(self, number: int) -> None:
        """Tell counted from superseded for a version that speaks, by whether anything it says stands."""
        version = self.versions[number]
        if self._current.get(version.path) != number or self._states[number] not in {"counted", "superseded"}:
            return
        reports = version.reading.reports
        if self._wins[number] > 0 or not reports or not all(isinstance(r, Baseline | Result) for r in reports):
            self._set(number, "counted", "")
        else:
            self._set(number, "superseded", OUTRANKED)

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
        bad = [self._bad_problem(number) for number in self._bad.values()]
        bad += [
            FileProblem(path=s.path, line=None, reason=s.reason, at=s.at)
            for s in self._sights.values()
            if s.state == "unreadable"
        ]
        odd = [
            FileProblem(path=v.path, line=w.line, reason=w.reason, at=v.at, warning=True)
            for v in (self.versions[self._current[path]] for path in sorted(self._troubled) if path in self._current)
            for w in v.reading.warnings
        ]
        return tuple(sorted(bad, key=lambda p: p.path)) + tuple(odd)

    def entries(self) -> list[FileEntry]:
        """Return every version and every path merely seen, by path and then in the order of counting."""
        seen = [
            FileEntry(
                path=v.path,
                state=self._states[i],
                reason=self._reasons.get(i, ""),
                line=v.reading.problem.line if v.reading.problem else None,
                at=v.at,
                basis=v.basis,
                digest=v.digest,
                removed=v.path in self.removed and self._current.get(v.path) == i,
            )
            for i, v in self.versions.items()
        ]
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
        for number in (self._current[path] for path in sorted(self._strange)):
            if self._states[number] in {"counted", "superseded"}:
                found = self.versions[number].reading.unknown_parties | found
        return tuple(sorted(found.items()))

    def is_bad(self, path: str) -> bool:
        """Whether the newest version of a path is quarantined."""
        return path in self._bad

    def _enter(self, arrival: Arrival, reading: Reading, turn: int) -> int:
        self.versions.append(
            Version(
                turn=turn,
                path=arrival.path,
                digest=arrival.digest,
                at=arrival.at,
                basis=arrival.basis,
                until=arrival.until,
                reading=reading,
            )
        )
        self._states.append("counted")
        self._tally["counted"] += 1
        return len(self.versions) - 1

    def _again(self, held: int, arrival: Arrival, reading: Reading, turn: int) -> list[Spoken]:
        version = self.versions[held]
        if version.until == arrival.until or reading.problem is not None:
            self._set(self._enter(arrival, reading, turn), "duplicate", "the same content as before")
            return []
        self.versions[held] = msgspec.structs.replace(version, until=arrival.until, reading=reading)
        return [Spoken(path=version.path, number=held)]

    def _quarantine(self, path: str, number: int) -> None:
        self._heal(path)
        self._bad[path] = number
        problem = self.versions[number].reading.problem
        self._set(number, "quarantined", problem.reason if problem else "")

    def _heal(self, path: str) -> None:
        before = self._bad.pop(path, None)
        if before is not None:
            self._set(before, "superseded", REPLACED)

    def _retire(self, path: str, number: int) -> list[Spoken]:
        """Let a path's new version take the place of the old one, and a copy of the old one speak for it."""
        before = self._current.get(path)
        self._current[path] = number
        reading = self.versions[number].reading
        for paths, concerned in ((self._troubled, reading.warnings), (self._strange, reading.unknown_parties)):
            if concerned:
                paths.add(path)
            else:
                paths.discard(path)
        if before is None:
            return []
        digest = self.versions[before].digest
        self._copies[digest] = tuple(copy for copy in self._copies.get(digest, ()) if copy != path)
        if self._states[before] == "counted":
            self._set(before, "superseded", REPLACED)
        if self._speaker.get(digest) != path:
            return []
        del self._speaker[digest]
        return self._inherit(digest)

    def _copy(self, path: str, digest: str) -> None:
        """Keep in mind that a path holds what another one says."""
        self._copies[digest] = (*self._copies.get(digest, ()), path)

    def _silence(self, path: str) -> list[Spoken]:
        self._set(self._current[path], "superseded", "the same content lies under another name")
        self._copy(path, self.versions[self._current[path]].digest)
        return [Spoken(path=path, number=None)]

    def _inherit(self, digest: str) -> list[Spoken]:
        """Where a content that nobody speaks for any more still lies under another name, let that file speak."""
        there = sorted(copy for copy in self._copies.get(digest, ()) if copy not in self.removed)
        if not there:
            return []
        heir = there[0]
        number = self._current[heir]
        self._speaker[digest] = heir
        self._copies[digest] = tuple(copy for copy in self._copies[digest] if copy != heir)
        self._set(number, "counted", "")
        return [Spoken(path=heir, number=number, turn=self.versions[number].turn)]

    def _bad_problem(self, number: int) -> FileProblem:
        version = self.versions[number]
        problem = version.reading.problem
        return FileProblem(
            path=version.path,
            line=problem.line if problem else None,
            reason=problem.reason if problem else "",
            at=version.at,
        )

    def _set(self, number: int, state: FileState, reason: str) -> None:
        before = self._states[number]
        if before != state:
            self._tally[before] -= 1
            self._states[number] = state
            self._tally[state] += 1
        if not reason:
            self._reasons.pop(number, None)
        elif self._reasons.get(number) != reason:
            self._reasons[number] = reason
