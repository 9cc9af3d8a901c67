"""The frozen state of a night: what the reports up to a moment add up to.

Everything that a screen, a plain line or a table shows is here as data, or follows from it without deciding
anything. Seats are dictionaries from party code to number. `None` is "not known", never zero (RULES 7).
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

import msgspec

from feeds.report import AreaKind, BaselineName, Basis, Candidate, Kind, Note, Outcome, Quote, Seats, Settings, Tile

Stage = Literal["expected", "partial", "rush", "declared", "under-correction"]
What = Literal["control", "winner", "seats", "votes", "retraction"]
Status = Literal["expected", "provisional", "complete"]
FileState = Literal["counted", "superseded", "duplicate", "ignored", "waiting", "quarantined"]

DECLARED: frozenset[str] = frozenset({"declared", "rush", "under-correction"})
"""The stages in which an area counts as declared."""

SINGLE: frozenset[str] = frozenset({"constituency", "mayor"})
"""Kinds of areas that elect one person."""

Deed = Literal["declared", "ward", "certain", "correction", "quote", "quarantined", "healed", "removed", "test"]


class Frozen(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Base of the state's records."""


class Moment(Frozen, frozen=True, kw_only=True):
    """A time with its basis (RULES 29). `at` is UTC; None where no source gives a time (basis `unknown`).

    With basis `expected`, `at` is an estimate made beforehand and is shown with ≈, never as a declaration.
    """

    at: datetime | None
    basis: Basis


class Source(Frozen, frozen=True, kw_only=True):
    """One version of a file that speaks about a place: which one, when it came, and whether it still lies there."""

    path: str
    digest: str
    revision: int
    at: datetime
    basis: Basis
    line: int | None = None
    removed: bool = False


class Discrepancy(Frozen, frozen=True, kw_only=True):
    """A sentence about figures that do not agree, and the versions of files that they are in."""

    text: str
    files: tuple[Source, ...]


class Ward(Frozen, frozen=True, kw_only=True):
    """One ward of a council: what was declared in it. `elected` is None while undeclared."""

    name: str
    seats: int | None
    elected: Seats | None
    candidates: tuple[Candidate, ...]
    electorate: int | None
    turnout: float | None
    ballots: int | None
    stage: Stage
    declared: Moment | None
    revision: int


class Measure(Frozen, frozen=True, kw_only=True):
    """An area measured against one baseline; `name` is None where the baseline does not say what it is."""

    name: BaselineName | None
    before: Seats | None
    before_total: int | None
    previous: str | None
    outcome: Outcome | None
    change: Seats | None


class Path(Frozen, frozen=True, kw_only=True):
    """What a party still needs for a majority, and of how many it can still win (RULES, Certain control)."""

    party: str
    least: int
    most: int
    needs: int
    available: int


class Area(Frozen, frozen=True, kw_only=True):
    """One area of an election as it stands.

    `elected` are tonight's seats (wards of an undeclared council included), `composition` the whole area
    afterwards, `before` the whole area in the baseline; `undeclared` counts the seats up that nobody has been said to
    have won. `before`, `change`, `previous` and `outcome` are by the baseline in use, the first of `measures`, which
    holds one for each baseline that is known of the area. `control` is the stated one, else by arithmetic. `certain`
    is the party (or NOC) whose control follows from arithmetic although the area is undeclared, and `certain_sum` the
    sum that shows it. `expected_at` is the publisher's estimate. `discrepancies` are the figures that do not agree.
    """

    id: str
    name: str
    code: str | None
    kind: AreaKind
    region: str | None
    stage: Stage
    revision: int | None
    total: int | None
    up: int | None
    undeclared: int | None
    deferred: int
    vacant: int | None
    elected: Seats | None
    composition: Seats | None
    before: Seats | None
    before_total: int | None
    change: Seats | None
    control: str | None
    previous: str | None
    outcome: Outcome | None
    measures: tuple[Measure, ...] = ()
    certain: str | None
    certain_sum: str | None
    paths: tuple[Path, ...]
    declared: Moment | None
    expected_at: datetime | None
    wards: tuple[Ward, ...]
    candidates: tuple[Candidate, ...]
    electorate: int | None
    ballots: int | None
    turnout: float | None
    discrepancies: tuple[Discrepancy, ...]
    files: tuple[Source, ...]
    source_removed: bool

    @property
    def is_declared(self) -> bool:
        """Whether the area counts as declared: by a full result, a rush, or a correction on its way."""
        return self.stage in DECLARED


class PartyTally(Frozen, frozen=True, kw_only=True):
    """One party's row. `seats` are those elected tonight; the other three are over declared areas only (RULES 8).

    `change` is None where no declared area has a known one; `change_areas` is how many it covers.
    """

    party: str
    seats: int
    change: int | None
    change_areas: int
    areas: int
    areas_change: int


class Change(Frozen, frozen=True, kw_only=True):
    """A change of control: an area gained by a party, or lost to no overall control."""

    area: str
    area_id: str
    outcome: Outcome
    control: str
    previous: str | None
    declared: Moment
    composition: Seats | None


class Certain(Frozen, frozen=True, kw_only=True):
    """Control that follows from arithmetic alone while `undeclared` seats are still out, with its sum in words."""

    area: str
    area_id: str
    control: str
    undeclared: int
    sum: str


class Line(Frozen, frozen=True, kw_only=True):
    """The line to a majority of a chamber, and who reached it when; all None where there is no such line."""

    seats: int | None
    party: str | None
    reached_at: datetime | None


Figure = Literal["seats", "change", "areas", "areas_change"]


class TotalsDifference(Frozen, frozen=True, kw_only=True):
    """One figure of a publisher's totals that is not our sum over the same areas."""

    party: str
    figure: Figure
    theirs: int
    ours: int


class Explanation(Frozen, frozen=True, kw_only=True):
    """An area that explains why a publisher's totals are not our sum, and why; one of `among` areas that may."""

    area: str
    area_id: str
    why: str
    among: int = 1


class TotalsCheck(Frozen, frozen=True, kw_only=True):
    """A publisher's totals against our sum. `agrees` is None where it cannot be compared, with `reason` saying why.

    Where only some figures could be compared, `reason` says which could not. `explained` are the areas that explain
    a difference.
    """

    publisher: str
    region: str
    number: int | None
    areas: int
    agrees: bool | None
    reason: str | None
    missing: tuple[str, ...]
    differences: tuple[TotalsDifference, ...]
    path: str
    explained: tuple[Explanation, ...] = ()


class Election(Frozen, frozen=True, kw_only=True):
    """One election of the night with its own count."""

    id: str
    name: str
    kind: Kind
    poll_date: date | None
    status: Status
    baseline: str | None
    expected: int
    declared: int
    partial: int
    time_unknown: int
    seats_declared: int
    seats_up: int | None
    line: Line
    parties: tuple[PartyTally, ...]
    areas: tuple[Area, ...]
    changes: tuple[Change, ...]
    certain: tuple[Certain, ...]
    totals_check: TotalsCheck | None
    totals_checks: tuple[TotalsCheck, ...]

    def area(self, area_id: str) -> Area | None:
        """Return the area of that id, None where there is none."""
        return next((a for a in self.areas if a.id == area_id), None)


class Correction(Frozen, frozen=True, kw_only=True):
    """A change of something already published: both values as text in party codes, when, and by which file."""

    election: str
    area: str
    area_id: str
    ward: str | None
    what: What
    before: str
    after: str
    at: datetime
    path: str


class Conflict(Frozen, frozen=True, kw_only=True):
    """Files that cannot all be right: what is the matter, and which."""

    what: str
    paths: tuple[str, ...]


class FileProblem(Frozen, frozen=True, kw_only=True):
    """A file's problem: quarantined, or (`warning`) counted although something in it is odd."""

    path: str
    line: int | None
    reason: str
    at: datetime
    warning: bool = False


class FileCounts(Frozen, frozen=True, kw_only=True):
    """How many versions of files were seen, by what became of them; `seen` is the sum of the others, always."""

    counted: int = 0
    superseded: int = 0
    duplicate: int = 0
    ignored: int = 0
    waiting: int = 0
    quarantined: int = 0

    @property
    def seen(self) -> int:
        """The sum of all the others."""
        return self.counted + self.superseded + self.duplicate + self.ignored + self.waiting + self.quarantined


class FileEntry(Frozen, frozen=True, kw_only=True):
    """One version of a file and what became of it, for `check`."""

    path: str
    state: FileState
    reason: str
    line: int | None
    at: datetime
    basis: Basis
    digest: str | None
    removed: bool = False


class Said(Frozen, frozen=True, kw_only=True):
    """A quote with the moment it became known and the file it is in."""

    quote: Quote
    at: datetime
    path: str


class Noted(Frozen, frozen=True, kw_only=True):
    """A note with the moment it became known and the file it is in."""

    note: Note
    at: datetime
    path: str


class Happening(Frozen, frozen=True, kw_only=True):
    """One thing that happened in the night, in the order in which it was counted.

    `area` is the area as it stood just after; `at` is when the event was counted (an arrival's time), which for
    a declaration may differ from `area.declared`; `turn` is the number of that event, from 1.
    """

    what: Deed
    turn: int
    at: datetime
    election: str | None = None
    area: Area | None = None
    ward: Ward | None = None
    correction: Correction | None = None
    quote: Quote | None = None
    text: str | None = None
    path: str | None = None


class Night(Frozen, frozen=True, kw_only=True):
    """The whole state after the events up to `last_at`. Two nights of the same events are equal.

    `baselines` are the names of those that change can be measured against, the night's own first; `tiles` are the map
    that the night carries.
    """

    settings: Settings
    poll_date: date | None
    test: tuple[str, ...]
    elections: tuple[Election, ...]
    corrections: Sequence[Correction]
    conflicts: tuple[Conflict, ...]
    problems: tuple[FileProblem, ...]
    files: FileCounts
    quotes: tuple[Said, ...]
    notes: tuple[Noted, ...]
    happenings: Sequence[Happening]
    unknown_parties: tuple[tuple[str, str], ...]
    events: int
    last_at: datetime | None
    baselines: tuple[BaselineName, ...] = ()
    tiles: tuple[Tile, ...] = ()

    def election(self, election_id: str) -> Election | None:
        """Return the election of that id, None where there is none."""
        return next((e for e in self.elections if e.id == election_id), None)
