"""The documented object of `tally --format json`: its fields, their order, and what may be null.

It is an interface that stays as it is, described in the README; the JSON Schema in `docs/tally.schema.json`
is made from these types. A figure that is not known is null, never 0 (RULES 7). Times carry an offset.
"""

import json
from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from dashboard.count.night import Stage, Status, What
from feeds.report import AreaKind, Basis, Kind, Outcome, Seats

Instant = Annotated[str, msgspec.Meta(extra_json_schema={"format": "date-time"})]
"""An ISO date and time with the offset of the night's zone, `+00:00` included."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the documented objects."""


class NightRow(Row, frozen=True):
    """Which night. `test` and `rehearsal` say that the figures are not real."""

    title: str | None
    poll_date: date | None
    test: bool
    rehearsal: bool


class AreasRow(Row, frozen=True):
    """How many areas there are, how many have declared, and how many of those at a time nobody knows."""

    expected: int
    declared: int
    partial: int
    time_unknown: int


class LineRow(Row, frozen=True):
    """A chamber's majority, who reached it and when; all null where there is no such line."""

    seats: int | None
    party: str | None
    reached_at: Instant | None


class PartyRow(Row, frozen=True):
    """One party, or NOC: `seats` are those elected tonight, the rest is over declared areas only."""

    party: str
    name: str
    seats: int
    change: int | None
    change_areas: int
    areas: int
    areas_change: int


class ChangeRow(Row, frozen=True):
    """A change of control. `at` is an estimate where `basis` is `expected`, null where it is `unknown`."""

    area: str
    outcome: Outcome
    control: str
    previous: str | None
    at: Instant | None
    basis: Basis


class CertainRow(Row, frozen=True):
    """Control that is certain by arithmetic while `undeclared` seats are out, with its sum in words."""

    area: str
    control: str
    undeclared: int
    sum: str


class DifferenceRow(Row, frozen=True):
    """One figure of a publisher's totals that is not our sum over the same areas."""

    party: str
    figure: Literal["seats", "change", "areas", "areas_change"]
    theirs: int
    ours: int


class TotalsRow(Row, frozen=True):
    """A publisher's totals against our sum; `agrees` is null where a result is missing."""

    publisher: str
    region: str
    areas: int
    agrees: bool | None
    differences: tuple[DifferenceRow, ...]


class AreaRow(Row, frozen=True):
    """One area, given with `--areas`. `declared_at` is null where no source gives it, never an estimate."""

    area: str
    code: str | None
    kind: AreaKind
    stage: Stage
    revision: int | None
    total: int | None
    up: int | None
    undeclared: int | None
    deferred: int
    elected: Seats | None
    composition: Seats | None
    change: Seats | None
    control: str | None
    previous: str | None
    outcome: Outcome | None
    certain: str | None
    declared_at: Instant | None
    basis: Basis | None
    files: tuple[str, ...]


class ElectionRow(Row, frozen=True):
    """One election of the night with its own count. `area_results` is there only where it was asked for."""

    name: str
    kind: Kind
    poll_date: date | None
    status: Status
    baseline: str | None
    areas: AreasRow
    line: LineRow
    parties: tuple[PartyRow, ...]
    changes: tuple[ChangeRow, ...]
    certain: tuple[CertainRow, ...]
    totals_check: TotalsRow | None
    totals_checks: tuple[TotalsRow, ...]
    area_results: tuple[AreaRow, ...] | UnsetType = UNSET


class CorrectionRow(Row, frozen=True):
    """A change of something already published, with both values and the file that made it."""

    area: str
    what: What
    before: str
    after: str
    at: Instant
    file: str


class ConflictRow(Row, frozen=True):
    """Files that cannot all be right."""

    what: str
    files: tuple[str, ...]


class ProblemRow(Row, frozen=True):
    """A quarantined file: the last good figures of its places stay."""

    file: str
    line: int | None
    reason: str


class FilesRow(Row, frozen=True):
    """Versions of files by what became of them; `seen` is the sum of the others, always."""

    seen: int
    counted: int
    superseded: int
    duplicate: int
    ignored: int
    waiting: int
    quarantined: int


class Tally(Row, frozen=True):
    """The whole object that `tally --format json` prints. Times carry the offset of the night's zone.

    `source` is where the figures were taken from (a night's name, a recording, a directory): only in a file that the
    screen has written, where nothing else tells it. Equal nights print equal objects, whatever holds them.
    """

    night: NightRow
    as_at: Instant
    elections: tuple[ElectionRow, ...]
    corrections: tuple[CorrectionRow, ...]
    conflicts: tuple[ConflictRow, ...]
    problems: tuple[ProblemRow, ...]
    files: FilesRow
    source: str | UnsetType = UNSET


def json_text(document: object) -> str:
    """Return a document as indented JSON, with a line break at its end; what would not print is escaped."""
    text = msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"
    if text.replace("\n", "").isprintable():
        return text
    return "".join(c if c == "\n" or c.isprintable() else json.dumps(c)[1:-1] for c in text)


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of `tally --format json`, made from the types."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Tally)}
