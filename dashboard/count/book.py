"""Everything that is said of every place: by which file, and which places and elections are the same.

The book keeps all sayings and finds them by area. Two names that mean one area (RULES 6), and an election with and
without its date (RULES 24), are brought together here.
"""

from collections.abc import Callable, Collection, Generator, Iterable, Mapping
from datetime import date
from functools import partial
from typing import Final, TypeVar

import msgspec

from dashboard.count.codec import BY_PATH, Codec, plain
from dashboard.count.heard import Heard, hear, sayings_of, together, without
from dashboard.count.journal import Journal, Numbers, Table
from dashboard.count.speech import NOTHING, Said, Speech, Voice, saying
from dashboard.count.standing import Saying, by_turn, higher
from dashboard.count.subjects import MAP, SETTINGS, AreaKey, ElectionKey, Place, RawArea, Subject, place_of
from dashboard.count.version import Version
from feeds.places import Gazetteer
from feeds.report import Baseline, BaselineName, Result, Settings, Tile, TileMap

K = TypeVar("K")
L = TypeVar("L")
V = TypeVar("V")

AT_ONCE: Final = 250
"""Reports, or places, gone through in one part."""

_DEFAULTS = Settings()


def each(things: Collection[K], do: Callable[[K], V]) -> Generator[None, None, list[V]]:
    """Do something with each of many things, in parts, each short; return what comes of it, in their order."""
    done: list[V] = []
    for place, thing in enumerate(things, 1):
        done.append(do(thing))
        if not place % AT_ONCE:
            yield
    return done


def let_go(things: Mapping[K, V]) -> Generator[None, None, None]:
    """Empty what nobody needs any more, in parts: to free very much in one go takes as long as to make it."""
    while isinstance(things, dict) and things:
        for _ in range(min(AT_ONCE, len(things))):
            things.popitem()
        yield


class Book:
    """What is said at the moment, by area; `others` are the sayings that are not about one area."""

    def __init__(self, journal: Journal, versions: Codec[Version]) -> None:
        self.gazetteer = Gazetteer(partial(Table, journal, plain(frozenset[str])))
        self.election_names: Table[tuple[str, ...], str] = Table(journal, plain(str))
        self._baseline_names: Numbers[tuple[str, ...]] = Numbers(journal)
        self._speech = Speech(journal, versions)
        self.others: Table[Subject, Mapping[str, Saying]] = Table(journal, BY_PATH)
        self._dates: dict[str, Numbers[str]] = {
            "result": Numbers(journal, held=True),
            "baseline": Numbers(journal, held=True),
        }
        self._members: Table[AreaKey, Mapping[RawArea, None]] = Table(journal, plain(dict[RawArea, None]))
        self._where: Table[RawArea, AreaKey] = Table(journal, plain(AreaKey))

    def say(self, path: str, version: Version | None, turn: int) -> Generator[None, None, set[RawArea]]:
        """Let a path say what a version says, in place of all it said before (RULES 16), in parts, each short.

        Returns the areas touched.
        """
        before, after, voice = self._speech.said(path), NOTHING, None
        if version is not None:
            voice, after = yield from self._voice(version, turn, before)
        touched = yield from self._change(before, after)
        if voice is not None and after:
            self._speech.speak(path, voice, after)
        elif before:
            self._speech.hush(path)
        yield from let_go(before)
        return touched

    def _change(self, before: Said, after: Said) -> Generator[None, None, set[RawArea]]:
        """Let a path's sayings stand in place of those before, in parts; return the areas that either are about."""
        touched: set[RawArea | None] = set()
        for place, (key, old) in enumerate(before.items(), 1):
            touched.add(key[0])
            if key not in after:
                self._drop(key, old)
            if not place % AT_ONCE:
                yield
        for place, (key, now) in enumerate(after.items(), 1):
            touched.add(key[0])
            old_saying = before.get(key)
            if old_saying is not now:
                self._put(key, now, old_saying)
            if not place % AT_ONCE:
                yield
        return {raw for raw in touched if raw is not None}

    def _voice(self, version: Version, turn: int, before: Said) -> Generator[None, None, tuple[Voice, Said]]:
        """Return, in parts, a path's voice and what it says; what the version has said before keeps its turn."""
        after: dict[Place, Saying] = {}
        turns: list[int] = []
        for number, report in enumerate(version.reading.reports, 1):
            place = place_of(report, version.path)
            if isinstance(report, Baseline | Result) and place[0] is not None:
                self.election_names.setdefault(place[0][0][:2], report.election.name)
            old = before.get(place)
            is_old = old is not None and old.number == version.number and old.report == report
            now = old if old is not None and is_old else saying(version, report, turn)
            turns.append(now.turn)
            after[place] = higher(after.get(place), now)
            if not number % AT_ONCE:
                yield
        return Voice(version=version, turns=turn if set(turns) <= {turn} else tuple(turns)), after

    def mark_removed(self, path: str, removed: bool) -> Generator[None, None, set[RawArea]]:
        """Note, in parts, whether a path's file still lies there (RULES 20).

        Returns the areas that it speaks about; none where it lies there as it did.
        """
        said, voice = self._speech.said(path), self._speech.get(path)
        if voice is None or not (removed or voice.removed):
            return set()
        marked: dict[Place, Saying] = {}
        for number, (place, old) in enumerate(said.items(), 1):
            marked[place] = old if old.removed == removed else msgspec.structs.replace(old, removed=removed)
            if marked[place] is not old:
                self._put(place, marked[place], old)
            if not number % AT_ONCE:
                yield
        if voice.removed != removed:
            self._speech.speak(path, msgspec.structs.replace(voice, removed=removed), marked)
            yield from let_go(said)
        return {raw for raw, _ in marked if raw is not None}

    def place(self, raw: RawArea) -> bool:
        """Take a raw area into the gazetteer; return whether others may have to be grouped afresh."""
        return self.gazetteer.add(raw[1])

    def group(self, raw: RawArea, night_date: date | None) -> AreaKey:
        """Return the area that a raw area belongs to, and keep it among that area's members."""
        key = (self.election(raw[0], night_date), self.gazetteer.identity(raw[1]))
        before = self._where.get(raw)
        if before is not None and before != key:
            self._leave(raw, before)
        if raw in self._speech.voices:
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
        for raw in sorted(self._where.keys() | self._speech.voices.keys()):
            before = self._where.get(raw)
            after = self.group(raw, night_date)
            now[before if before is not None else after] = after
        return now

    def election(self, key: ElectionKey, night_date: date | None) -> ElectionKey:
        """Return an election's identity: one without a date is the night's."""
        kind, name, day = key
        return (kind, name, day or (night_date.isoformat() if night_date else ""))

    def heard(self, area: AreaKey) -> Mapping[Subject, Heard]:
        """Return what is heard of an area by subject ("result" or "baseline", folded ward, baseline's name)."""
        voices = self._speech.voices
        members = [voices[raw] for raw in self._members.get(area, ()) if raw in voices]
        if len(members) == 1:
            return members[0]
        subjects = dict.fromkeys(subject for said in members for subject in said)
        found = {s: together(said[s] for said in members if s in said) for s in subjects}
        return {subject: each for subject, each in found.items() if each is not None}

    def sayings(self, area: AreaKey) -> dict[Subject, list[Saying]]:
        """Return everything said about an area by subject, the subjects in order, each one's oldest saying first."""
        return {subject: sorted(sayings_of(said), key=by_turn) for subject, said in sorted(self.heard(area).items())}

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

    def _put(self, key: Place, now: Saying, before: Saying | None) -> None:
        """Let a saying stand among the others, in place of what its path said before of the subject, if anything."""
        raw, subject = key
        if raw is None:
            self.others[subject] = {**self.others.get(subject, {}), now.path: now}
            return
        subjects = self._speech.voices.setdefault(raw, {})
        rest = subjects.get(subject)
        if before is not None:
            rest = without(rest, now.path)
        else:
            self._number(raw, now, 1)
        subjects[subject] = hear(rest, now)

    def _drop(self, key: Place, saying: Saying) -> None:
        raw, subject = key
        if raw is None:
            self._keep(self.others, subject, saying.path)
            return
        self._number(raw, saying, -1)
        self._speech.let(raw, subject, without(self._speech.voices[raw][subject], saying.path))

    @staticmethod
    def _keep(table: Table[K, Mapping[L, V]], key: K, without: L) -> None:
        """Keep what stands under a key of a table without one item; where nothing is left, keep nothing."""
        left = {item: value for item, value in table.get(key, {}).items() if item != without}
        if left:
            table[key] = left
        else:
            table.pop(key, None)

    def _number(self, raw: RawArea, saying: Saying, by: int) -> None:
        report, election = saying.report, raw[0]
        if isinstance(report, Baseline):
            self._dates["baseline"][election[2]] += by
            if report.baseline is not None:
                self._baseline_names[(*election[:2], report.baseline)] += by
        else:
            self._dates["result"][election[2]] += by


def settings_of(book: Book) -> Settings:
    """Return the night's settings as the newest `night.toml` gives them, else the defaults."""
    newest = _newest(book.others.get(SETTINGS))
    return newest.report if newest is not None and isinstance(newest.report, Settings) else _DEFAULTS


def tiles_of(book: Book) -> tuple[Tile, ...]:
    """Return the tiles of the newest map that the night carries; none where it carries none."""
    newest = _newest(book.others.get(MAP))
    return newest.report.tiles if newest is not None and isinstance(newest.report, TileMap) else ()


def _newest(said: Mapping[str, Saying] | None) -> Saying | None:
    return max(said.values(), key=by_turn) if said else None
