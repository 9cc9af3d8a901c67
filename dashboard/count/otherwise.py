"""How an area may have been added up otherwise: by an older result, or by those of its figures that contradict others.

A publisher's totals that are not our sum were added up from something. What that may have been is kept here as areas
that were not taken, each with what it would change in the four figures of a state of the parties.
"""

from collections.abc import Iterator, Mapping

import msgspec
from msgspec import structs

from dashboard.count.control import control_of, without_new
from dashboard.count.derive import derive
from dashboard.count.evidence import Evidence, Voices
from dashboard.count.heard import hear, sayings_of
from dashboard.count.measure import difference
from dashboard.count.night import Area, Figure
from dashboard.count.standing import Saying
from feeds.parties import party, rank
from feeds.report import NOC, Baseline, BaselineName, Result, Seats

Vector = dict[tuple[str, Figure], int]
"""Figures of a state of the parties, by party; one that is 0 is left out."""


class Version(msgspec.Struct, frozen=True, gc=False):
    """An area as it would stand by one of its results: the event that brought the result, and which one it is."""

    turn: int
    why: str
    area: Area


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """An area that may have been added up otherwise: which, why, and what that changes in the totals."""

    area: Area
    why: str
    delta: Vector


class Background(msgspec.Struct, frozen=True, gc=False):
    """How an area may have been added up otherwise: by each of its other results, by figures that contradict others.

    `versions` are the area by each of its results, lowest first, the one that stands last.
    """

    versions: tuple[Version, ...]
    older: tuple[Candidate, ...]
    contradictions: tuple[Candidate, ...]


def contribution(area: Area) -> Vector:
    """Return what an area adds to the four figures of each party (RULES 8); the change of NOC is no figure."""
    found: Vector = {}
    _add(found, "seats", area.elected or {})
    if area.is_declared:
        _add(found, "change", {c: n for c, n in (area.change or {}).items() if c != NOC})
        if area.control is not None:
            before = without_new(area.previous)
            _add(found, "areas", {area.control: 1})
            if before is not None and before != area.control:
                _add(found, "areas_change", {area.control: 1, before: -1})
    return found


def _add(to: Vector, figure: Figure, seats: Mapping[str, int]) -> None:
    to.update({(code, figure): n for code, n in seats.items() if n})


def plus(*parts: Mapping[tuple[str, Figure], int]) -> Vector:
    """Return the sum of several vectors."""
    total: Vector = {}
    for part in parts:
        for key, n in part.items():
            total[key] = total.get(key, 0) + n
    return {key: n for key, n in total.items() if n}


def minus(one: Vector, other: Vector) -> Vector:
    """Return one vector less another."""
    return plus(one, {key: -n for key, n in other.items()})


def by_baseline(area: Area, name: BaselineName | None) -> Area:
    """Return the area measured against the baseline of that name, as it is where it has none."""
    own = next((measure for measure in area.measures if measure.name == name), None)
    if own is None or own is area.measures[0]:
        return area
    return structs.replace(
        area,
        before=own.before,
        before_total=own.before_total,
        change=own.change,
        previous=own.previous,
        outcome=own.outcome,
    )


def background(area: Area, voices: Voices, own: BaselineName | None) -> Background:
    """Return how an area may have been added up otherwise, from all that is said of it.

    `own` is the night's own baseline, by which the area is measured.
    """
    evidence = Evidence(voices, own)
    standing = evidence.area.saying if evidence.area is not None else None
    newest = Version(standing.turn if standing is not None else 0, "", area)
    versions = (*_older(area, voices, standing, own), newest)
    baseline = evidence.baseline(own if own in evidence.names else None)
    return Background(
        versions=versions,
        older=tuple(c for v in versions for c in _changed(area, v.why, v.area)),
        contradictions=tuple(
            c for why, other in (*_by_baseline(area, baseline), *_by_itself(area)) for c in _changed(area, why, other)
        ),
    )


def _older(area: Area, voices: Voices, standing: Saying | None, own: BaselineName | None) -> Iterator[Version]:
    """Yield the area by each of its results that does not stand, lowest first."""
    rest = {key: said for key, said in voices.items() if key[:2] != ("result", "")}
    own_results = (said for key, said in voices.items() if key[:2] == ("result", ""))
    said = (s for found in own_results for s in sayings_of(found) if s is not standing)
    results = [(s.report, s) for s in said if isinstance(s.report, Result)]
    for report, saying in sorted(results, key=lambda r: (r[0].round, r[0].revision, r[1].turn, r[1].path)):
        other = derive(area.id, Evidence({**rest, ("result", "", ""): hear(None, saying)}, own), None)
        if other.is_declared:
            yield Version(saying.turn, _which(report, saying.path, area), other)


def _which(result: Result, path: str, area: Area) -> str:
    if result.stage == "rush":
        return f"its rush, revision {result.revision}"
    return (
        f"its revision {result.revision}"
        if result.revision != area.revision
        else f"revision {result.revision} as in {path}"
    )


def as_of(area: Area, known: Background, turn: int | None) -> Candidate | None:
    """Return the area as it stood after an event, or by its first result where `turn` is None.

    None where that is no other than the area as it is.
    """
    in_time = [v for v in known.versions if turn is not None and v.turn <= turn]
    version = in_time[-1] if in_time else known.versions[0]
    return next(_changed(area, version.why, version.area), None)


def _by_itself(area: Area) -> Iterator[tuple[str, Area]]:
    if area.composition is not None and area.total:
        control = control_of(area.composition, area.total)
        yield f"its seats give {party(control).short} control", structs.replace(area, control=control)
    wards = [ward.elected for ward in area.wards]
    if wards and all(won is not None for won in wards):
        won: Seats = {}
        for part in wards:
            won = _plus(won, part or {})
        yield "its wards add up otherwise", structs.replace(area, elected=won)


def _by_baseline(area: Area, baseline: Baseline | None) -> Iterator[tuple[str, Area]]:
    composition, change, elected = area.composition, area.change, area.elected
    if baseline is None or composition is None or elected is None:
        return
    if baseline.held is not None and change is not None:
        after = _plus(baseline.held, change)
        off = {code: n for code, n in difference(after, composition).items() if n}
        why = f"the seats held and its changes give {_words(off, after)}"
        moved = structs.replace(area, elected=_plus(elected, off), composition=after)
        yield why, moved
        yield why, structs.replace(moved, control=control_of(after, sum(after.values()) + (area.vacant or 0)))
        stated = difference(composition, baseline.held)
        why = f"its new council less the seats held changes {_words(off, stated)}"
        yield why, structs.replace(area, change=stated)
    if baseline.continuing is not None:
        won = difference(composition, baseline.continuing)
        off = {code: n for code, n in difference(won, elected).items() if n}
        yield f"its new council less the seats not up gives {_words(off, won)}", structs.replace(area, elected=won)


def _changed(area: Area, why: str, other: Area) -> Iterator[Candidate]:
    delta = minus(contribution(other), contribution(area))
    if delta:
        yield Candidate(area, why, delta)


def _plus(one: Seats, other: Seats) -> Seats:
    return {code: one.get(code, 0) + other.get(code, 0) for code in one | other}


def _words(codes: Mapping[str, int], seats: Seats) -> str:
    return ", ".join(f"{party(code).short} {seats.get(code, 0)}" for code in sorted(codes, key=rank))
