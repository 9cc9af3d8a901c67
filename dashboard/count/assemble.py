"""Putting a night together from the count's parts: elections, totals checks, conflicts, problems, quotes."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import msgspec

from dashboard.count.book import Book, settings_of, tiles_of
from dashboard.count.claims import Memory, totals_of
from dashboard.count.conflicts import rival_revisions, wrong_dates
from dashboard.count.followed import Followed
from dashboard.count.ledger import Ledger
from dashboard.count.night import (
    Area,
    Conflict,
    Correction,
    Election,
    Happening,
    Line,
    Moment,
    Night,
    Noted,
    Said,
    TotalsCheck,
)
from dashboard.count.otherwise import Background, background, by_baseline
from dashboard.count.standing import Saying
from dashboard.count.subjects import AreaKey, ElectionKey, election_key
from dashboard.count.sums import Sums
from dashboard.count.tally import NO_LINE, line_of, needed_of, status_of
from dashboard.count.totals import mixed_runs, totals_checks
from feeds.places import place_key
from feeds.report import BaselineName, Kind, Note, Place, Quote, Settings, Totals
from feeds.text import folded

RECOUNT = "recount"
"""The kind of note that says that a recount is under way."""

_KINDS = ("parliament", "assembly", "local", "mayor", "by-election")


class _Parts(msgspec.Struct, frozen=True):
    """What one election was added up from: the state of its sums, and what is not in them."""

    moved: int
    settings: Settings
    wanted: BaselineName | None
    totals: list[Saying]

    def same_as(self, other: "_Parts") -> bool:
        """Whether the other parts are the same, so that nothing has to be added up again."""
        return (
            self.moved == other.moved
            and self.settings == other.settings
            and self.wanted == other.wanted
            and len(self.totals) == len(other.totals)
            and all(a is b for a, b in zip(self.totals, other.totals, strict=True))
        )


class Assembly:
    """Makes nights; keeps each election's sums, so that only areas that are others are counted again."""

    def __init__(self) -> None:
        self._areas: Followed[AreaKey] = Followed()
        self._declared: Followed[AreaKey] = Followed()
        self._sums: dict[ElectionKey, Sums] = {}
        self._made: dict[ElectionKey, tuple[_Parts, Election]] = {}
        self._memories: dict[ElectionKey, Memory] = {}

    def night(
        self,
        *,
        book: Book,
        ledger: Ledger,
        night_date: date | None,
        wanted: BaselineName | None,
        areas: Mapping[AreaKey, Area],
        declared: Mapping[AreaKey, tuple[int, Moment]],
        rivals: Mapping[AreaKey, tuple[tuple[str, ...], ...]],
        test: tuple[str, ...],
        corrections: Sequence[Correction],
        happenings: Sequence[Happening],
        events: int,
        last_at: datetime | None,
    ) -> Night:
        """Return the frozen night of these parts; `declared` says when each declared area became so."""
        self.take(areas, declared)
        settings = settings_of(book)
        totals = _totals_by_election(book, night_date)
        conflicts: list[Conflict] = []
        elections = []
        keys = {key for key, sums in self._sums.items() if sums} | totals.keys()
        for key in sorted(keys, key=_by_kind):
            finder = Finder(book, key, areas, settings.baseline or book.baseline_name(key[:2]))
            memory = self._memories.setdefault(key, Memory())
            said = totals.get(key, [])
            conflicts += mixed_runs(said, finder, memory)
            parts = _Parts(self._sums_of(key).moved, settings, wanted, said)
            elections.append(self._election(key, parts, book, finder))
        conflicts += rival_revisions((areas[k], groups) for k, groups in sorted(rivals.items()))
        conflicts += wrong_dates({key[2] for key in keys}, areas, totals, night_date)
        return Night(
            settings=settings,
            poll_date=night_date,
            test=test,
            elections=tuple(elections),
            corrections=corrections,
            conflicts=tuple(conflicts),
            problems=ledger.problems(),
            files=ledger.counts(),
            quotes=_quotes(book),
            notes=_notes(book, areas),
            happenings=happenings,
            unknown_parties=ledger.unknown_parties(),
            events=events,
            last_at=last_at,
            baselines=_baselines(book, settings),
            tiles=tiles_of(book),
        )

    def take(self, areas: Mapping[AreaKey, Area], declared: Mapping[AreaKey, tuple[int, Moment]]) -> None:
        """Bring the sums to these areas; those that are the very ones that they were are passed over."""
        for key in {*self._areas.moved(areas), *self._declared.moved(declared)}:
            area, told = areas.get(key), declared.get(key)
            if area is None:
                self._sums_of(key[0]).take(key)
            else:
                self._sums_of(key[0]).put(key, area, told[0] if told is not None else 0)

    def _sums_of(self, key: ElectionKey) -> Sums:
        found = self._sums.get(key)
        if found is None:
            found = self._sums[key] = Sums()
        return found

    def _election(self, key: ElectionKey, parts: _Parts, book: Book, finder: "Finder") -> Election:
        made = self._made.get(key)
        if made is not None and made[0].same_as(parts):
            return made[1]
        checks = totals_checks(parts.totals, finder, self._memories[key])
        election = _elect(key, self._sums_of(key), parts, book, checks)
        self._made[key] = (parts, election)
        return election


class Finder:
    """Finds an election's area for a place as a publisher's totals name it; `own` is the night's own baseline."""

    def __init__(
        self, book: Book, key: ElectionKey, areas: Mapping[AreaKey, Area], own: BaselineName | None = None
    ) -> None:
        self._book, self._key, self._areas, self._own = book, key, areas, own
        self._found: dict[str, AreaKey] = {}

    def __call__(self, place: Place) -> tuple[str, Area | None]:
        """Return the place's identity as text, and its area, None where nothing is said of it."""
        identity = self._book.gazetteer.identity(place_key(place))
        area = self._areas.get((self._key, identity))
        if area is not None:
            self._found[area.id] = (self._key, identity)
        return ":".join(identity), area

    def published(self, area: Area) -> Area:
        """Return an area as the publisher measures it: against the night's own baseline."""
        return by_baseline(area, self._own)

    def background(self, area: Area) -> Background:
        """Return what is known of an area that was found beside its figures."""
        return background(self.published(area), self._book.heard(self._found[area.id]), self._own)


def _by_kind(key: ElectionKey) -> tuple[int, ElectionKey]:
    return (_KINDS.index(key[0]) if key[0] in _KINDS else len(_KINDS), key)


def _totals_by_election(book: Book, night_date: date | None) -> dict[ElectionKey, list[Saying]]:
    found: dict[ElectionKey, list[Saying]] = {}
    for saying in book.of("totals"):
        election = book.election(election_key(totals_of(saying).election), night_date)
        found.setdefault(election, []).append(saying)
    return found


def _elect(key: ElectionKey, sums: Sums, parts: _Parts, book: Book, checks: tuple[TotalsCheck, ...]) -> Election:
    settings, said = parts.settings, parts.totals
    stated = [s.report.expected for s in said if isinstance(s.report, Totals) and s.report.region == "All"]
    # A publisher's totals count councils or constituencies; lists come on top of them.
    expected = sums.lists + max([len(sums) - sums.lists, *(n for n in stated if n is not None)])
    return Election(
        id=":".join(part for part in key if part),
        name=_name(key, book, said),
        kind=_kind(key),
        poll_date=date.fromisoformat(key[2]) if key[2] else None,
        status=status_of(sums.declared, sums.partial, expected),
        baseline=_baseline(key, parts, book, sums),
        expected=expected,
        declared=sums.declared,
        partial=sums.partial,
        time_unknown=sums.time_unknown,
        seats_declared=sums.seats,
        seats_up=sums.up if expected == len(sums) else None,
        line=_line(_kind(key), sums, expected, settings.line),
        parties=sums.rows.tallies(),
        areas=sums.areas,
        changes=sums.changes(),
        certain=sums.certain(),
        totals_check=checks[-1] if checks else None,
        totals_checks=checks,
    )


def _line(kind: Kind, sums: Sums, expected: int, stated: int | None) -> Line:
    needed = needed_of(kind, sums.lists, (sums.size, len(sums)), expected, stated)
    if needed is None:
        return NO_LINE
    if sums.rows.most() < needed:
        return Line(seats=needed, party=None, reached_at=None)
    return line_of(needed, sums.timed())


def _kind(key: ElectionKey) -> Kind:
    kind: Kind = msgspec.convert(key[0], Kind)
    return kind


def _name(key: ElectionKey, book: Book, said: list[Saying]) -> str:
    named = book.election_names.get(key[:2])
    stated = [s.report.election.name for s in said if isinstance(s.report, Totals)]
    return named or (stated[0] if stated else key[1])


def _baselines(book: Book, settings: Settings) -> tuple[BaselineName, ...]:
    """Return the names of the baselines that there are, the night's own first."""
    names = book.baseline_names()
    own = [settings.baseline] if settings.baseline is not None else []
    return (*own, *(name for name in names if name not in own))


def _baseline(key: ElectionKey, parts: _Parts, book: Book, sums: Sums) -> BaselineName | None:
    """Return what change is measured against: the night's word for it, else that of the baselines themselves."""
    named = parts.wanted or parts.settings.baseline or book.baseline_name(key[:2])
    if named is None and not sums.measured:
        return "none"
    return named


def _quotes(book: Book) -> tuple[Said, ...]:
    found = [Said(quote=s.report, at=s.at, path=s.path) for s in book.of("quote") if isinstance(s.report, Quote)]
    return tuple(sorted(found, key=lambda q: (q.at, q.path, q.quote.speaker, q.quote.text)))


def _notes(book: Book, areas: Mapping[AreaKey, Area]) -> tuple[Noted, ...]:
    """Return the notes; that a recount is under way is no longer said of an area that is declared."""
    said = list(book.of("note"))
    recounts = any(isinstance(s.report, Note) and s.report.kind == RECOUNT for s in said)
    over = {folded(a.name) for a in areas.values() if a.is_declared} if recounts else set()
    found = [
        Noted(note=s.report, at=s.at, path=s.path)
        for s in said
        if isinstance(s.report, Note) and not (s.report.kind == RECOUNT and folded(s.report.area) in over)
    ]
    return tuple(sorted(found, key=lambda n: (n.at, n.path, n.note.area, n.note.kind, n.note.text)))
