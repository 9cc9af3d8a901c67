"""Everything that is said of every place: by which file, and which places and elections are the same.

The book keeps all sayings and finds them by area. Two names that mean one area (RULES 6), and an election with and
without its date (RULES 24), are brought together here.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

import msgspec

from dashboard.count.journal import Journal, Numbers, Table
from dashboard.count.ledger import Version
from dashboard.count.standing import Saying, higher
from feeds.places import Gazetteer, PlaceKey, folded_place, place_key
from feeds.report import Baseline, BaselineName, Contest, Note, Quote, Report, Result, Settings, Tile, TileMap, Totals
from feeds.text import folded

ElectionKey = tuple[str, str, str]
"""Kind, folded name, poll date in ISO form (empty where unknown)."""
RawArea = tuple[ElectionKey, PlaceKey]
AreaKey = tuple[ElectionKey, PlaceKey]
Subject = tuple[str, ...]
Said = Mapping[tuple[RawArea | None, Subject], Saying]
"""What one path says, by raw area (None for what is about no area) and subject."""
K = TypeVar("K")
L = TypeVar("L")
V = TypeVar("V")


def election_key(contest: Contest) -> ElectionKey:
    """Return what a feed said of an election's identity."""
    return (contest.kind, folded(contest.name), contest.poll_date.isoformat() if contest.poll_date else "")


class Book:
    """What is said at the moment, by area; `others` are the sayings that are not about one area."""

    def __init__(self, journal: Journal) -> None:
        self.gazetteer = Gazetteer(journal.table)
        self.election_names: Table[tuple[str, ...], str] = Table(journal)
        self._baseline_names: Numbers[tuple[str, ...]] = Numbers(journal)
        self._said: Table[RawArea, Mapping[Subject, Mapping[str, Saying]]] = Table(journal)
        self._by_path: Table[str, Said] = Table(journal)
        self.others: Table[Subject, Mapping[str, Saying]] = Table(journal)
        self._dates: dict[str, Numbers[str]] = {"result": Numbers(journal), "baseline": Numbers(journal)}
        self._members: Table[AreaKey, Mapping[RawArea, None]] = Table(journal)
        self._where: Table[RawArea, AreaKey] = Table(journal)

    def say(self, path: str, number: int, version: Version | None, turn: int) -> set[RawArea]:
        """Let a path say what a version says, in place of all it said before (RULES 16); return the areas touched."""
        before = self._by_path.get(path, {})
        after = {} if version is None else self._sayings_of(path, number, version, turn, before)
        touched = {raw for (raw, _) in before.keys() | after.keys() if raw is not None}
        for key in before.keys() - after.keys():
            self._drop(key, path)
        for key, saying in after.items():
            if before.get(key) is not saying:
                self._put(key, saying)
        if after:
            self._by_path[path] = after
        else:
            self._by_path.pop(path, None)
        return touched

    def _sayings_of(self, path: str, number: int, version: Version, turn: int, before: Said) -> Said:
        """Return what a version says by subject; what it says as before keeps its turn."""
        after: dict[tuple[RawArea | None, Subject], Saying] = {}
        for report in version.reading.reports:
            key = self._subject(report, path)
            old = before.get(key)
            if old is not None and old.number == number and old.report == report:
                saying = old
            else:
                saying = Saying(
                    report=report,
                    path=path,
                    number=number,
                    turn=turn,
                    digest=version.digest,
                    at=version.at,
                    basis=version.basis,
                )
            after[key] = higher(after.get(key), saying)
        return after

    def mark_removed(self, path: str, removed: bool) -> set[RawArea]:
        """Note whether a path's file still lies there; return the areas that it speaks about (RULES 20)."""
        said = self._by_path.get(path, {})
        marked = {
            key: msgspec.structs.replace(saying, removed=removed)
            for key, saying in said.items()
            if saying.removed != removed
        }
        for key, saying in marked.items():
            self._put(key, saying)
        if marked:
            self._by_path[path] = {**said, **marked}
        return {raw for raw, _ in said if raw is not None}

    def place(self, raw: RawArea) -> bool:
        """Take a raw area into the gazetteer; return whether others may have to be grouped afresh."""
        return self.gazetteer.add(raw[1])

    def group(self, raw: RawArea, night_date: date | None) -> AreaKey:
        """Return the area that a raw area belongs to, and keep it among that area's members."""
        key = (self.election(raw[0], night_date), self.gazetteer.identity(raw[1]))
        before = self._where.get(raw)
        if before is not None and before != key:
            self._leave(raw, before)
        if raw in self._said:
            if before != key:
                self._where[raw] = key
            members = self._members.get(key, {})
            if raw not in members:
                self._members[key] = {**members, raw: None}
        elif before is not None:
            self._leave(raw, before)
        return key

    def _leave(self, raw: RawArea, key: AreaKey) -> None:
        self._where.pop(raw, None)
        self._keep(self._members, key, raw)

    def regroup(self, night_date: date | None) -> dict[AreaKey, AreaKey]:
        """Group every raw area afresh; return by its key before what each area is now, the same for most."""
        now: dict[AreaKey, AreaKey] = {}
        for raw in sorted(self._where.keys() | self._said.keys()):
            before = self._where.get(raw)
            after = self.group(raw, night_date)
            now[before if before is not None else after] = after
        return now

    def election(self, key: ElectionKey, night_date: date | None) -> ElectionKey:
        """Return an election's identity: one without a date is the night's."""
        kind, name, day = key
        return (kind, name, day or (night_date.isoformat() if night_date else ""))

    def sayings(self, area: AreaKey) -> dict[Subject, list[Saying]]:
        """Return everything said about an area by subject ("result" or "baseline", folded ward, baseline's name)."""
        merged: dict[Subject, list[Saying]] = {}
        for raw in self._members.get(area, {}):
            for subject, by_path in self._said.get(raw, {}).items():
                merged.setdefault(subject, []).extend(by_path.values())
        return merged

    def common_date(self) -> date | None:
        """Return the most common poll date among the results, else the baselines; the later of equals (RULES 24)."""
        for dates in (self._dates["result"], self._dates["baseline"]):
            counted = [(n, day) for day, n in dates.items() if n > 0 and day]
            if counted:
                return date.fromisoformat(max(counted)[1])
        return None

    def baseline_name(self, election: tuple[str, ...]) -> BaselineName | None:
        """Return the name that most baselines of an election (kind and name) give themselves, None where none does."""
        named = [(n, key[2]) for key, n in self._baseline_names.items() if n > 0 and key[:2] == election]
        name: BaselineName | None = msgspec.convert(max(named)[1], BaselineName) if named else None
        return name

    def baseline_names(self) -> list[BaselineName]:
        """Return the names that baselines give themselves, by name."""
        names = {key[2] for key, n in self._baseline_names.items() if n > 0}
        found: list[BaselineName] = msgspec.convert(sorted(names), list[BaselineName])
        return found

    def where(self, raw: RawArea) -> AreaKey | None:
        """Return the area that a raw area belongs to so far."""
        return self._where.get(raw)

    def of(self, kind: str) -> Iterable[Saying]:
        """Return the sayings of one kind that are not about one area ("totals", "quote", "note", "map", "settings")."""
        return [s for subject, by in sorted(self.others.items()) if subject[0] == kind for s in by.values()]

    def _subject(self, report: Report, path: str) -> tuple[RawArea | None, Subject]:
        if isinstance(report, Baseline | Result):
            raw = (election_key(report.election), place_key(report.area))
            self.election_names.setdefault(raw[0][:2], report.election.name)
            ward = folded_place(report.ward) if report.ward else ""
            if isinstance(report, Result):
                return raw, ("result", ward, "")
            return raw, ("baseline", ward, report.baseline or "")
        if isinstance(report, Totals):
            return None, (
                "totals",
                *election_key(report.election),
                report.publisher,
                report.region,
                f"{report.number or 0:09}",
                path,
            )
        if isinstance(report, Quote):
            return None, ("quote", folded(report.speaker), folded(report.text))
        if isinstance(report, Note):
            return None, (
                "note",
                folded(report.area),
                folded(report.ward or ""),
                report.kind,
                folded(report.text),
            )
        return None, ("map",) if isinstance(report, TileMap) else ("settings",)

    def _put(self, key: tuple[RawArea | None, Subject], saying: Saying) -> None:
        raw, subject = key
        if raw is None:
            self.others[subject] = {**self.others.get(subject, {}), saying.path: saying}
            return
        subjects = self._said.get(raw, {})
        by_path = subjects.get(subject, {})
        if saying.path in by_path:
            self._number(raw, subject, by_path[saying.path], -1)
        self._said[raw] = {**subjects, subject: {**by_path, saying.path: saying}}
        self._number(raw, subject, saying, 1)

    def _drop(self, key: tuple[RawArea | None, Subject], path: str) -> None:
        raw, subject = key
        if raw is None:
            self._keep(self.others, subject, path)
            return
        subjects = self._said[raw]
        self._number(raw, subject, subjects[subject][path], -1)
        left = {p: s for p, s in subjects[subject].items() if p != path}
        rest: dict[Subject, Mapping[str, Saying]] = {s: by for s, by in subjects.items() if s != subject or left}
        if left:
            rest[subject] = left
        if rest:
            self._said[raw] = rest
        else:
            del self._said[raw]

    @staticmethod
    def _keep(table: Table[K, Mapping[L, V]], key: K, without: L) -> None:
        """Keep what stands under a key of a table without one item; where nothing is left, keep nothing."""
        left = {item: value for item, value in table.get(key, {}).items() if item != without}
        if left:
            table[key] = left
        else:
            table.pop(key, None)

    def _number(self, raw: RawArea, subject: Subject, saying: Saying, by: int) -> None:
        self._dates[subject[0]][raw[0][2]] += by
        if isinstance(saying.report, Baseline) and saying.report.baseline is not None:
            self._baseline_names[(*raw[0][:2], saying.report.baseline)] += by


def settings_of(book: Book) -> Settings:
    """Return the night's settings as the newest `night.toml` gives them, else the defaults."""
    newest = max(book.others.get(("settings",), {}).values(), key=lambda s: (s.turn, s.path), default=None)
    return newest.report if newest is not None and isinstance(newest.report, Settings) else Settings()


def tiles_of(book: Book) -> tuple[Tile, ...]:
    """Return the tiles of the newest map that the night carries; none where it carries none."""
    newest = max(book.others.get(("map",), {}).values(), key=lambda s: (s.turn, s.path), default=None)
    return newest.report.tiles if newest is not None and isinstance(newest.report, TileMap) else ()
