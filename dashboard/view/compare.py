"""Two nights, or two sources of one night, side by side: aligned by council and by time since polls closed.

The result is documented data (`compare --format json`). Areas are the same by official code where both have one, else
by folded name, and within one kind of contest (RULES 6).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from dashboard.count.night import Area, Election, Night, PartyTally, Ward
from dashboard.view.document import Instant
from dashboard.view.grids import title_words
from dashboard.view.times import polls_close
from feeds.parties import rank
from feeds.places import folded_place
from feeds.report import NEW, NOC, Candidate, Seats
from feeds.text import folded

Value = int | float | str | None
Figure = Literal[
    "stage", "elected", "composition", "change", "control", "previous", "outcome", "total", "up", "deferred", "vacant",
    "turnout", "votes", "seats", "areas", "areas_change",
]  # fmt: skip
_OF_AREA: tuple[Figure, ...] = (
    "stage", "control", "previous", "outcome", "total", "up", "deferred", "vacant", "turnout",
)  # fmt: skip
_BY_PARTY: tuple[Figure, ...] = ("elected", "composition", "change")
_TALLIED: tuple[Figure, ...] = ("seats", "change", "areas", "areas_change")


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One of the two: a night at a moment (UTC), when its polls closed, and the name of its source."""

    name: str
    night: Night
    as_at: datetime
    begin: datetime


Since = Literal["polls-closed", "first-file"]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the documented objects."""


class SideRow(Record, frozen=True):
    """Which night stands on a side, and at what moment.

    `since_close` is in seconds: since polls closed, or, as `since` says, since the first file came. That is so in a
    rehearsal, whose times are those of its delivery, and where no poll date is known. `test` and `rehearsal` say that
    the figures are not real.
    """

    source: str
    title: str
    as_at: Instant
    since_close: int
    since: Since = "polls-closed"
    test: bool = False
    rehearsal: bool = False


class TallyRow(Record, frozen=True):
    """One party on both sides; None where an election does not know the figure or has no such party."""

    party: str
    seats: tuple[int | None, int | None]
    change: tuple[int | None, int | None]
    areas: tuple[int | None, int | None]
    areas_change: tuple[int | None, int | None]


class AreaRow(Record, frozen=True):
    """One council on both sides: whether declared, who controls it, its seats after. `differs`: control does."""

    area: str
    declared: tuple[bool, bool]
    control: tuple[str | None, str | None]
    seats: tuple[Seats | None, Seats | None]
    differs: bool


class OneSided(Record, frozen=True):
    """A council that stands on one side only."""

    area: str
    control: str | None
    seats: Seats | None


class Difference(Record, frozen=True):
    """One figure that is not the same on both sides; `area` is None for the election's own."""

    area: str | None
    figure: Figure
    party: str | None
    a: Value
    b: Value


class Pair(Record, frozen=True):
    """One election on both sides; `baselines` are what change is measured against on either.

    `new` have no predecessor; `only_a` and `only_b` stand on one side only.
    `only_a` are abolished or did not vote again; `only_b` did not vote then.
    """

    name: str
    baselines: tuple[str | None, str | None]
    declared: tuple[int, int]
    expected: tuple[int, int]
    tallies: tuple[TallyRow, ...]
    areas: tuple[AreaRow, ...]
    new: tuple[OneSided, ...]
    only_a: tuple[OneSided, ...]
    only_b: tuple[OneSided, ...]
    differences: tuple[Difference, ...]


class Comparison(Record, frozen=True):
    """The whole object that `compare --format json` prints.

    `one_night` says that both sides are of one poll date: then every difference is one between sources. `alone` are
    the elections that stand on one side only.
    """

    a: SideRow
    b: SideRow
    one_night: bool
    elections: tuple[Pair, ...]
    alone: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether anything is not the same on both sides."""
        return bool(self.alone) or any(p.differences or p.only_a or p.only_b or p.new for p in self.elections)


def compare(a: Side, b: Side, election: str | None = None) -> Comparison:
    """Return two nights side by side; `election` leaves only the one whose name begins so.

    Elections are the same by kind and name, else by kind where each side has one of it. Raises ValueError where
    neither side has an election of that name.
    """
    left, right = _chosen(a.night, election), _chosen(b.night, election)
    if election is not None and not left and not right:
        there = ", ".join(dict.fromkeys(e.name for e in (*a.night.elections, *b.night.elections))) or "none yet"
        raise ValueError(f"no election “{election}” on either side; there are: {there}")
    pairs, alone = _paired(left, right)
    one_night = a.night.poll_date is not None and a.night.poll_date == b.night.poll_date
    return Comparison(
        a=_side(a),
        b=_side(b),
        one_night=one_night,
        elections=tuple(_pair(one, other, one_night) for one, other in pairs),
        alone=tuple(alone),
    )


def _chosen(night: Night, name: str | None) -> list[Election]:
    return [e for e in night.elections if name is None or e.name.casefold().startswith(name.casefold())]


def _side(side: Side) -> SideRow:
    zone = ZoneInfo(side.night.settings.zone)
    return SideRow(
        source=side.name,
        title=title_words(side.night),
        as_at=side.as_at.astimezone(zone).isoformat(),
        since_close=int((side.as_at - side.begin).total_seconds()),
        since="first-file" if polls_close(side.night) is None else "polls-closed",
        test=bool(side.night.test),
        rehearsal=side.night.settings.rehearsal,
    )


def _paired(a: Sequence[Election], b: Sequence[Election]) -> tuple[list[tuple[Election, Election]], list[str]]:
    left = list(b)
    pairs, alone = [], []
    for one in a:
        same = [e for e in left if e.kind == one.kind and folded(e.name) == folded(one.name)]
        if not same and sum(e.kind == one.kind for e in a) == 1:
            same = [e for e in left if e.kind == one.kind]
        if len(same) == 1:
            left.remove(same[0])
            pairs.append((one, same[0]))
        else:
            alone.append(one.name)
    return pairs, alone + [e.name for e in left]


def _pair(a: Election, b: Election, one_night: bool) -> Pair:
    both, only_a, only_b = aligned(a.areas, b.areas)
    new = [area for area in only_b if area.previous == NEW]
    parties = sorted({p.party for p in (*a.parties, *b.parties)}, key=lambda code: _most(code, a, b))
    return Pair(
        name=b.name,
        baselines=(a.baseline, b.baseline),
        declared=(a.declared, b.declared),
        expected=(a.expected, b.expected),
        tallies=tuple(_tally(code, a, b) for code in parties),
        areas=tuple(_area(one, other) for one, other in both),
        new=() if one_night else tuple(map(_one_sided, new)),
        only_a=tuple(map(_one_sided, only_a)),
        only_b=tuple(_one_sided(area) for area in only_b if one_night or area not in new),
        differences=tuple(_differences(a, b, both)),
    )


def aligned(a: Iterable[Area], b: Iterable[Area]) -> tuple[list[tuple[Area, Area]], list[Area], list[Area]]:
    """Return the areas that are on both sides, then those only on the one and only on the other, each in order."""
    by_code = {(area.kind, area.code.upper()): area for area in b if area.code}
    by_name: dict[tuple[str, str], list[Area]] = {}
    for area in b:
        by_name.setdefault((area.kind, folded_place(area.name)), []).append(area)
    both, only_a, taken = [], [], set()
    for area in a:
        found = by_code.get((area.kind, area.code.upper())) if area.code else None
        named = [o for o in by_name.get((area.kind, folded_place(area.name)), ()) if not (area.code and o.code)]
        found = found or (named[0] if len(named) == 1 else None)
        if found is None or found.id in taken:
            only_a.append(area)
        else:
            taken.add(found.id)
            both.append((area, found))
    return both, only_a, [area for area in b if area.id not in taken]


def _row(election: Election, code: str) -> PartyTally | None:
    return next((p for p in election.parties if p.party == code), None)


def _most(code: str, a: Election, b: Election) -> tuple[bool, int, tuple[int, str]]:
    seats = [row.seats for e in (b, a) if (row := _row(e, code)) is not None]
    return code == NOC, -seats[0], rank(code)


def _tally(code: str, a: Election, b: Election) -> TallyRow:
    one, other = _row(a, code), _row(b, code)

    def both(figure: Figure) -> tuple[int | None, int | None]:
        return _figure(one, figure, a), _figure(other, figure, b)

    return TallyRow(
        party=code,
        seats=both("seats"),
        change=both("change"),
        areas=both("areas"),
        areas_change=both("areas_change"),
    )


def _figure(row: PartyTally | None, figure: Figure, election: Election) -> int | None:
    if row is None:
        return None if figure == "change" or not election.parties else 0
    value = getattr(row, figure)
    return value if isinstance(value, int) else None


def _area(a: Area, b: Area) -> AreaRow:
    return AreaRow(
        area=b.name,
        declared=(a.is_declared, b.is_declared),
        control=(a.control, b.control),
        seats=(a.composition or a.elected, b.composition or b.elected),
        differs=a.control != b.control,
    )


def _one_sided(area: Area) -> OneSided:
    return OneSided(area=area.name, control=area.control, seats=area.composition or area.elected)


def _differences(a: Election, b: Election, both: Iterable[tuple[Area, Area]]) -> Iterator[Difference]:
    for code in sorted({p.party for p in (*a.parties, *b.parties)}, key=rank):
        for figure in _TALLIED:
            one, other = _figure(_row(a, code), figure, a), _figure(_row(b, code), figure, b)
            if one != other:
                yield Difference(area=None, figure=figure, party=code, a=one, b=other)
    for one_area, other_area in both:
        yield from _area_differences(one_area, other_area)


def _area_differences(a: Area, b: Area) -> Iterator[Difference]:
    for figure in _OF_AREA:
        one, other = getattr(a, figure), getattr(b, figure)
        if one != other:
            yield Difference(area=b.name, figure=figure, party=None, a=one, b=other)
    for figure in _BY_PARTY:
        yield from _by_party(b.name, figure, getattr(a, figure), getattr(b, figure))
    yield from _by_party(b.name, "votes", _votes(a.candidates), _votes(b.candidates))
    wards_a, wards_b = ({folded_place(w.name): w for w in area.wards} for area in (a, b))
    for key in sorted(wards_a.keys() | wards_b.keys()):
        one_ward, other_ward = wards_a.get(key), wards_b.get(key)
        name = f"{b.name}, {(other_ward or one_ward or _NO_WARD).name}"
        left, right = one_ward or _NO_WARD, other_ward or _NO_WARD
        yield from _by_party(name, "elected", left.elected, right.elected)
        yield from _by_party(name, "votes", _votes(left.candidates), _votes(right.candidates))


_NO_WARD = Ward(
    name="", seats=None, elected=None, candidates=(), electorate=None, turnout=None, ballots=None, stage="expected",
    declared=None, revision=0,
)  # fmt: skip


def _votes(candidates: Iterable[Candidate]) -> Seats | None:
    """Return votes by party, None where nobody's are known."""
    found: Seats = {}
    for candidate in candidates:
        if candidate.votes is not None:
            found[candidate.party] = found.get(candidate.party, 0) + candidate.votes
    return found or None


def _by_party(name: str, figure: Figure, mine: Seats | None, theirs: Seats | None) -> Iterator[Difference]:
    for code in sorted({*(mine or {}), *(theirs or {})}, key=rank):
        left = None if mine is None else mine.get(code, 0)
        right = None if theirs is None else theirs.get(code, 0)
        if left != right:
            yield Difference(area=name, figure=figure, party=code, a=left, b=right)
