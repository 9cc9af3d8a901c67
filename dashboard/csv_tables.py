"""The figures as CSV: one table with what it says in every row, in which nothing computes."""

import csv
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Final, TextIO

from dashboard.count.night import Night
from dashboard.view.document import ElectionRow, Tally
from dashboard.view.tally import tally
from feeds.text import inert

_FORMULA: Final = frozenset("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula, full-width forms included."""


def write_csv(
    night: Night,
    as_at: datetime,
    out: TextIO,
    *,
    areas: bool = False,
    election: str | None = None,
    source: str | None = None,
) -> None:
    """Write the figures as one CSV table: a row a party, or with `areas` a row an area and party.

    Numbers are plain, what is not known is empty; as at when, how much has declared, status, baseline and source
    are in every row. Raises ValueError where the night has no election of that name.
    """
    figures = tally(night, as_at, areas=areas, election=election, source=source)
    if areas:
        _write_csv(figures, _AREA_COLUMNS, _area_rows, out)
    else:
        _write_csv(figures, _PARTY_COLUMNS, _party_rows, out)


def write_rows_csv(
    night: Night,
    as_at: datetime,
    out: TextIO,
    *,
    columns: tuple[str, ...],
    rows: Iterable[Sequence[object]],
    source: str | None = None,
) -> None:
    """Write rows of an election as one CSV table, with the same columns before and after as `write_csv`.

    `night` holds that one election.
    """
    _write_csv(tally(night, as_at, source=source), columns, lambda election: rows, out)


def _write_csv(
    figures: Tally,
    columns: tuple[str, ...],
    rows: Callable[[ElectionRow], Iterable[Sequence[object]]],
    out: TextIO,
) -> None:
    source = figures.source if isinstance(figures.source, str) else None
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*_COMMON, *columns, SOURCE])
    for each in figures.elections:
        common = _common(figures, each)
        for row in rows(each):
            writer.writerow([defused(cell) for cell in (*common, *row, source)])


_COMMON: Final = ("election", "as_at", "declared", "expected", "status", "baseline", "test", "rehearsal")
SOURCE: Final = "source"
_PARTY_COLUMNS: Final = ("party", "name", "seats", "change", "change_areas", "areas", "areas_change")
_AREA_FACTS: Final = ("area", "code", "kind", "stage", "revision", "total", "up", "undeclared", "deferred")
_AREA_SEATS: Final = ("party", "elected", "composition", "change")
_AREA_OUTCOME: Final = ("control", "previous", "outcome", "certain", "declared_at", "basis")
_AREA_COLUMNS: Final = (*_AREA_FACTS, *_AREA_SEATS, *_AREA_OUTCOME)


def _common(figures: Tally, election: ElectionRow) -> list[object]:
    return [
        election.name,
        figures.as_at,
        election.areas.declared,
        election.areas.expected,
        election.status,
        election.baseline,
        "yes" if figures.night.test else "no",
        "yes" if figures.night.rehearsal else "no",
    ]


def _party_rows(election: ElectionRow) -> Iterable[Sequence[object]]:
    return ([getattr(row, column) for column in _PARTY_COLUMNS] for row in election.parties)


def _area_rows(election: ElectionRow) -> Iterable[Sequence[object]]:
    for area in election.area_results or ():
        figures = (area.elected or {}, area.composition or {}, area.change or {})
        facts = [getattr(area, column) for column in _AREA_FACTS]
        outcome = [getattr(area, column) for column in _AREA_OUTCOME]
        for code in dict.fromkeys(code for seats in figures for code in seats):
            yield [*facts, code, *(seats.get(code) for seats in figures), *outcome]
        if not any(figures):
            yield [*facts, None, None, None, None, *outcome]


def defused(cell: object) -> object:
    """Return a cell that no spreadsheet computes: a text that would be a formula gets an apostrophe before it."""
    if not isinstance(cell, str):
        return cell
    begins = cell[:1] in _FORMULA or cell.lstrip()[:1] in _FORMULA
    return f"'{inert(cell)}" if begins and cell else inert(cell)
