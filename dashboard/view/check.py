"""What became of every file, as data and as grids: the answer of `check`."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from dashboard.count.night import FileEntry, FileState, Night
from dashboard.view.document import ConflictRow, CorrectionRow, FilesRow, Instant, NightRow
from dashboard.view.grids import Cell, Grid
from dashboard.view.problems import discrepancies, totals_sentence
from dashboard.view.tally import tally
from dashboard.view.words import clock_words


class VersionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a file: what became of it, why, and at which line."""

    file: str
    state: FileState
    reason: str
    line: int | None
    at: Instant
    removed: bool


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """The object of `check --format json`. `passed` is false where a file is quarantined or in conflict."""

    night: NightRow
    as_at: Instant
    passed: bool
    versions: tuple[VersionRow, ...]
    files: FilesRow
    conflicts: tuple[ConflictRow, ...]
    corrections: tuple[CorrectionRow, ...]
    totals: tuple[str, ...]
    discrepancies: tuple[str, ...]
    warnings: tuple[str, ...]
    unknown_parties: dict[str, str]
    test: tuple[str, ...]


def check(night: Night, entries: Iterable[FileEntry], as_at: datetime) -> Check:
    """Return what became of every version of every file of a night, and all that disagrees in it.

    `as_at` is when it was looked at (aware); times come out in the night's zone.
    """
    zone = ZoneInfo(night.settings.zone)
    figures = tally(night, as_at)
    return Check(
        night=figures.night,
        as_at=figures.as_at,
        passed=not (night.files.quarantined or night.conflicts),
        versions=tuple(
            VersionRow(
                file=e.path,
                state=e.state,
                reason=e.reason,
                line=e.line,
                at=e.at.astimezone(zone).isoformat(),
                removed=e.removed,
            )
            for e in entries
        ),
        files=figures.files,
        conflicts=figures.conflicts,
        corrections=figures.corrections,
        totals=tuple(
            f"{election.name}: {totals_sentence(c)}" for election in night.elections for c in election.totals_checks
        ),
        discrepancies=tuple(discrepancies(night)),
        warnings=tuple(_warning(p.path, p.line, p.reason) for p in night.problems if p.warning),
        unknown_parties=dict(night.unknown_parties),
        test=night.test,
    )


def _warning(path: str, line: int | None, reason: str) -> str:
    return f"{path}: {reason}" if line is None else f"{path}, line {line}: {reason}"


def check_grids(report: Check, night: Night) -> list[Grid]:
    """Return the grids of a check: every file, then whatever there is of corrections, totals and the like."""
    files = Grid(
        "Files",
        (("file", "text"), ("state", "text"), ("line", "text"), ("reason", "text")),
        tuple(
            (v.file, v.state + (", removed" if v.removed else ""), "" if v.line is None else str(v.line), v.reason)
            for v in report.versions
        ),
    )
    grids = [
        files,
        corrections_grid(night),
        _list("Publishers' totals", report.totals),
        _list("Figures that do not agree", report.discrepancies),
        _list("Warnings", report.warnings),
        _list("Unknown parties", (f"{code}: {name}" for code, name in report.unknown_parties.items())),
    ]
    return [grid for grid in grids if grid.rows]


def corrections_grid(night: Night) -> Grid:
    """Return what was changed after publication, oldest first."""
    zone = ZoneInfo(night.settings.zone)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            clock_words(c.at, zone),
            c.area + (f", {c.ward}" if c.ward else ""),
            c.what,
            c.before,
            c.after,
            c.path,
        )
        for c in night.corrections
    )
    heads = ("at", "area", "what", "before", "after", "file")
    return Grid("Corrections", tuple((head, "text") for head in heads), rows)


def _list(title: str, items: Iterable[str]) -> Grid:
    return Grid(title, ((title.lower(), "text"),), tuple((item,) for item in items))
