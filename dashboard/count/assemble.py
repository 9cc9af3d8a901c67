"""Putting a night together from the count's parts: elections, totals checks, conflicts, problems, quotes."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import msgspec

from dashboard.count.book import AreaKey, Book, ElectionKey, election_key, settings_of, tiles_of
from dashboard.count.claims import Memory, totals_of
from dashboard.count.conflicts import rival_revisions, wrong_dates
from dashboard.count.ledger import Ledger
from dashboard.count.night import (
    Area,
    Conflict,
    Correction,
    Election,
    Happening,
    Night,
    Noted,
    Said,
)
from dashboard.count.otherwise import Background, background, by_baseline
from dashboard.count.standing import Saying
from dashboard.count.tally import certain_of, changes_of, line_of, party_rows, status_of
from dashboard.count.totals import mixed_runs, totals_checks
from feeds.places import place_key
from feeds.report import BaselineName, Kind, Note, Place, Quote, Settings, Totals
from feeds.text import folded

RECOUNT = "recount"
"""The kind of note that says that a recount is under way."""

_KINDS = ("parliament", "assembly", "local", "mayor", "by-election")


class _Parts(msgspec.Struct, frozen=True, kw_only=True):
    """What one election is added up from; `areas` come with the turn in which they were declared, 0 before it."""

    key: ElectionKey
    settings: Settings
    wanted: BaselineName | None
    areas: list[tuple[int, Area]]
    totals: list[Saying]

    def same_as(self, other: "_Parts") -> bool:
        """Whether the other parts are these very objects, so that nothing has to be added up again."""
        return (
            self.settings == other.settings
            and self.wanted == other.wanted
            and len(self.areas) == len(other.areas)
            and len(self.totals) == len(other.totals)
            and all(t == u and a is b for (t, a), (u, b) in zip(self.areas, other.areas, strict=True))
            and all(a is b for a, b in zip(self.totals, other.totals, strict=True))
        )


class Assembly:
    """Makes nights; remembers each election's parts, so that one in which nothing changed is not added up again."""

    def __init__(self) -> None:
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
        turns: Mapping[AreaKey, int],
        rivals: Mapping[AreaKey, tuple[tuple[str, ...], ...]],
        test: tuple[str, ...],
        corrections: Sequence[Correction],
        happenings: Sequence[Happening],
        events: int,
        last_at: datetime | None,
    ) -> Night:
        """Return the frozen night of these parts; `turns` say when each declared area became so."""
        settings = settings_of(book)
        totals = _totals_by_election(book, night_date)
        conflicts: list[Conflict] = []
        elections = []
        for key in _election_keys(areas, totals):
            finder = Finder(book, key, areas, settings.baseline or book.baseline_name(key[:2]))
            parts = _Parts(
                key=key,
                settings=settings,
                wanted=wanted,
                areas=_areas_of(key, areas, turns),
                totals=totals.get(key, []),
            )
            memory = self._memories.setdefault(key, Memory())
            conflicts += mixed_runs(parts.totals, finder, memory)
            elections.append(self._election(parts, book, finder))
        conflicts += rival_revisions((areas[k], groups) for k, groups in sorted(rivals.items()))
        conflicts += wrong_dates(areas, totals, night_date)
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

    def _election(self, parts: _Parts, book: Book, finder: "Finder") -> Election:
        made = self._made.get(parts.key)
        if made is not None and made[0].same_as(parts):
            return made[1]
        election = _elect(parts, book, finder, self._memories[parts.key])
        self._made[parts.key] = (parts, election)
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


def _election_keys(areas: Mapping[AreaKey, Area], totals: Mapping[ElectionKey, list[Saying]]) -> list[ElectionKey]:
    keys = {k[0] for k in areas} | set(totals)
    return sorted(keys, key=lambda k: (_KINDS.index(k[0]) if k[0] in _KINDS else len(_KINDS), k))


def _totals_by_election(book: Book, night_date: date | None) -> dict[ElectionKey, list[Saying]]:
    found: dict[ElectionKey, list[Saying]] = {}
    for saying in book.of("totals"):
        election = book.election(election_key(totals_of(saying).election), night_date)
        found.setdefault(election, []).append(saying)
    return found


def _areas_of(key: ElectionKey, areas: Mapping[AreaKey, Area], turns: Mapping[AreaKey, int]) -> list[tuple[int, Area]]:
    """Return an election's areas by name, each with the turn in which it was declared."""
    mine = [(turns.get(k, 0), area) for k, area in areas.items() if k[0] == key]
    return sorted(mine, key=lambda item: (folded(item[1].name), item[1].id))


def _elect(parts: _Parts, book: Book, finder: Finder, memory: Memory) -> Election:
    key, settings, mine, said = parts.key, parts.settings, parts.areas, parts.totals
    areas = tuple(area for _, area in mine)
    stated = [s.report.expected for s in said if isinstance(s.report, Totals) and s.report.region == "All"]
    # A publisher's totals count councils or constituencies; lists come on top of them.
    lists = sum(a.kind == "region" for a in areas)
    expected = lists + max([len(areas) - lists, *(n for n in stated if n is not None)])
    declared = [a for a in areas if a.is_declared]
    partial = sum(a.stage == "partial" for a in areas)
    unknown = sum(a.declared is None or a.declared.basis in {"expected", "unknown"} for a in declared)
    checks = totals_checks(said, finder, memory)
    ups = [a.up for a in areas]
    return Election(
        id=":".join(part for part in key if part),
        name=_name(key, book, said),
        kind=_kind(key),
        poll_date=date.fromisoformat(key[2]) if key[2] else None,
        status=status_of(len(declared), partial, expected),
        baseline=_baseline(parts, book, areas),
        expected=expected,
        declared=len(declared),
        partial=partial,
        time_unknown=unknown,
        seats_declared=sum(sum((a.elected or {}).values()) for a in areas),
        seats_up=sum(n or 0 for n in ups) if all(n is not None for n in ups) and expected == len(areas) else None,
        line=line_of(_kind(key), mine, expected, settings.line),
        parties=party_rows(areas),
        areas=areas,
        changes=changes_of(mine),
        certain=certain_of(areas),
        totals_check=checks[-1] if checks else None,
        totals_checks=checks,
    )


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


def _baseline(parts: _Parts, book: Book, areas: tuple[Area, ...]) -> BaselineName | None:
    """Return what change is measured against: the night's word for it, else that of the baselines themselves."""
    named = parts.wanted or parts.settings.baseline or book.baseline_name(parts.key[:2])
    if named is None and all(a.before is None and a.previous is None for a in areas):
        return "none"
    return named


def _quotes(book: Book) -> tuple[Said, ...]:
    found = [Said(quote=s.report, at=s.at, path=s.path) for s in book.of("quote") if isinstance(s.report, Quote)]
    return tuple(sorted(found, key=lambda q: (q.at, q.path, q.quote.speaker, q.quote.text)))


def _notes(book: Book, areas: Mapping[AreaKey, Area]) -> tuple[Noted, ...]:
    """Return the notes; that a recount is under way is no longer said of an area that is declared."""
    over = {folded(a.name) for a in areas.values() if a.is_declared}
    found = [
        Noted(note=s.report, at=s.at, path=s.path)
        for s in book.of("note")
        if isinstance(s.report, Note) and not (s.report.kind == RECOUNT and folded(s.report.area) in over)
    ]
    return tuple(sorted(found, key=lambda n: (n.at, n.path, n.note.area, n.note.kind, n.note.text)))
