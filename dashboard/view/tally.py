"""The figures of a night as the documented object (`dashboard.view.document`), ready to be written out."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import UNSET

from dashboard.count.night import (
    Area,
    Change,
    Correction,
    Election,
    FileCounts,
    Moment,
    Night,
    PartyTally,
    TotalsCheck,
)
from dashboard.view.document import (
    AreaRow,
    AreasRow,
    CertainRow,
    ChangeRow,
    ConflictRow,
    CorrectionRow,
    DifferenceRow,
    ElectionRow,
    FilesRow,
    LineRow,
    NightRow,
    PartyRow,
    ProblemRow,
    Tally,
    TotalsRow,
)
from dashboard.view.named import named
from dashboard.view.words import party_long
from feeds.parties import rank
from feeds.report import NOC, Seats

Local = Callable[[datetime], str]


def tally(
    night: Night, as_at: datetime, *, areas: bool = False, election: str | None = None, source: str | None = None
) -> Tally:
    """Return the figures of a night as documented data, with times in the night's zone.

    `as_at` is the moment that the figures are for; `areas` adds every area; `election` (a name or an id)
    leaves only that one; `source` is where the figures come from.
    Raises ValueError, naming the ones there are, where the night has no such election.
    """
    zone = ZoneInfo(night.settings.zone)

    def local(at: datetime) -> str:
        return at.astimezone(zone).isoformat()

    return Tally(
        night=NightRow(
            title=night.settings.title,
            poll_date=night.poll_date,
            test=bool(night.test),
            rehearsal=night.settings.rehearsal,
        ),
        as_at=local(as_at),
        elections=tuple(_election(e, local, areas) for e in named(night, election)),
        corrections=tuple(_correction(c, local) for c in night.corrections),
        conflicts=tuple(ConflictRow(what=c.what, files=c.paths) for c in night.conflicts),
        problems=tuple(ProblemRow(file=p.path, line=p.line, reason=p.reason) for p in night.problems if not p.warning),
        files=_files(night.files),
        source=source or UNSET,
    )


def _election(election: Election, local: Local, areas: bool) -> ElectionRow:
    line, check = election.line, election.totals_check
    return ElectionRow(
        name=election.name,
        kind=election.kind,
        poll_date=election.poll_date,
        status=election.status,
        baseline=election.baseline,
        areas=AreasRow(
            expected=election.expected,
            declared=election.declared,
            partial=election.partial,
            time_unknown=election.time_unknown,
        ),
        line=LineRow(seats=line.seats, party=line.party, reached_at=_at(line.reached_at, local)),
        parties=tuple(_party(row) for row in ordered(election.parties)),
        changes=tuple(_change(change, local) for change in election.changes),
        certain=tuple(
            CertainRow(area=c.area, control=c.control, undeclared=c.undeclared, sum=c.sum) for c in election.certain
        ),
        totals_check=None if check is None else _totals(check),
        totals_checks=tuple(_totals(check) for check in election.totals_checks),
        area_results=tuple(_area(area, local) for area in election.areas) if areas else UNSET,
    )


def ordered(parties: tuple[PartyTally, ...]) -> list[PartyTally]:
    """Return parties most seats first, ties in register order; NOC has a row always."""
    rows = list(parties)
    if all(row.party != NOC for row in rows):
        covered = rows[0].change_areas if rows else 0
        rows.append(PartyTally(party=NOC, seats=0, change=None, change_areas=covered, areas=0, areas_change=0))
    return sorted(rows, key=lambda row: (-row.seats, rank(row.party)))


def _party(row: PartyTally) -> PartyRow:
    return PartyRow(
        party=row.party,
        name=party_long(row.party),
        seats=row.seats,
        change=row.change,
        change_areas=row.change_areas,
        areas=row.areas,
        areas_change=row.areas_change,
    )


def _at(at: datetime | None, local: Local) -> str | None:
    return None if at is None else local(at)


def _change(change: Change, local: Local) -> ChangeRow:
    moment = change.declared
    return ChangeRow(
        area=change.area,
        outcome=change.outcome,
        control=change.control,
        previous=change.previous,
        at=None if moment.basis == "unknown" else _at(moment.at, local),
        basis=moment.basis,
    )


def _totals(check: TotalsCheck) -> TotalsRow:
    return TotalsRow(
        publisher=check.publisher,
        region=check.region,
        areas=check.areas,
        agrees=check.agrees,
        differences=tuple(
            DifferenceRow(party=d.party, figure=d.figure, theirs=d.theirs, ours=d.ours) for d in check.differences
        ),
    )


def _area(area: Area, local: Local) -> AreaRow:
    moment = area.declared
    return AreaRow(
        area=area.name,
        code=area.code,
        kind=area.kind,
        stage=area.stage,
        revision=area.revision,
        total=area.total,
        up=area.up,
        undeclared=area.undeclared,
        deferred=area.deferred,
        elected=_seats(area.elected),
        composition=_seats(area.composition),
        change=_seats(area.change),
        control=area.control,
        previous=area.previous,
        outcome=area.outcome,
        certain=area.certain,
        declared_at=_declared_at(moment, local),
        basis=None if moment is None else moment.basis,
        files=tuple(dict.fromkeys(source.path for source in area.files)),
    )


def _declared_at(moment: Moment | None, local: Local) -> str | None:
    if moment is None or moment.basis in {"expected", "unknown"}:
        return None
    return _at(moment.at, local)


def _seats(seats: Seats | None) -> Seats | None:
    return None if seats is None else dict(sorted(seats.items(), key=lambda item: rank(item[0])))


def _correction(correction: Correction, local: Local) -> CorrectionRow:
    return CorrectionRow(
        area=correction.area,
        what=correction.what,
        before=correction.before,
        after=correction.after,
        at=local(correction.at),
        file=correction.path,
    )


def _files(files: FileCounts) -> FilesRow:
    return FilesRow(
        seen=files.seen,
        counted=files.counted,
        superseded=files.superseded,
        duplicate=files.duplicate,
        ignored=files.ignored,
        waiting=files.waiting,
        quarantined=files.quarantined,
    )
