"""The order of arrivals of a saved night, `arrivals.csv`: what came or was seen, when, and on what basis.

A row has `position, file, at, basis`. Four more columns may be left out, and are empty where they say nothing:
`stored` is where in the folder the content lies if not under its own name, so that a file can come in several
versions; `state` and `reason` make a row of something else that was seen (`removed`, `waiting`, …). With a column
`state` the list is complete: whatever else lies in the folder was never seen.
"""

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple, get_args
from zoneinfo import ZoneInfo

from feeds.arrival import Arrival, Event, Sight, Sighting
from feeds.plural import many
from feeds.report import Basis
from feeds.text import clean, clean_path, original_path

ORDER_FILE: Final = "arrivals.csv"
COLUMNS: Final = ("position", "file", "at", "basis")
MORE: Final = ("stored", "state", "reason")

_BASES: Final[dict[str, Basis]] = {basis: basis for basis in get_args(Basis)}
_STATES: Final[dict[str, Sight]] = {state: state for state in get_args(Sight)}


class ListingProblem(ValueError):
    """Why an order of arrivals cannot be used; one sentence that begins with the line, where there is one."""


class Row(NamedTuple):
    """One row. `path` is cleaned for showing, `at` is UTC; `stored` is None in a row that brings no content.

    `named` says that `stored` was written out, as it must be for a file that comes more than once.
    """

    path: str
    at: datetime
    basis: Basis | None = None
    stored: str | None = None
    state: Sight | None = None
    reason: str = ""
    named: bool = False


class Fault(NamedTuple):
    """A row that cannot be used, and why; `path` is the file that is lost by that, None where none is."""

    line: int
    path: str | None
    reason: str


class Listing(NamedTuple):
    """The rows by line, in order; whether nothing else was seen; what cannot be used, by line.

    `note` says in words what is odd, but used all the same.
    """

    rows: dict[int, Row]
    complete: bool
    note: str | None
    faults: tuple[Fault, ...] = ()


def read_listing(data: bytes, zone: ZoneInfo) -> Listing:
    """Return what an `arrivals.csv` lists; times without an offset are of the zone.

    Raises `ListingProblem` where it is no such table at all.
    """
    try:
        table = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        columns = table.fieldnames or ()
        missing = [column for column in COLUMNS if column not in columns]
        if missing:
            raise ListingProblem(f" line 1: no column “{missing[0]}”")
        rows: dict[int, Row] = {}
        faults: list[Fault] = []
        for cells in table:
            try:
                rows[table.line_num] = _row(cells, zone)
            except ValueError as problem:
                faults.append(Fault(table.line_num, clean_path((cells["file"] or "").strip()) or None, str(problem)))
    except UnicodeDecodeError as problem:
        raise ListingProblem(": not UTF-8") from problem
    except csv.Error as problem:
        raise ListingProblem(f": not a table of comma-separated values ({clean(str(problem))})") from problem
    twice = _twice(rows)
    once = {line: row for line, row in rows.items() if line not in twice}
    found = sorted([*faults, *twice.values()], key=lambda fault: fault.line)
    return Listing(once, "state" in columns, _out_of_order(once), tuple(found))


def told_of(where: str, faults: Sequence[Fault], events: Iterable[Event]) -> str | None:
    """Return in one sentence which rows of the order of arrivals are not used, and how much is."""
    if not faults:
        return None
    more = f", and {many(len(faults) - 1, 'row')} more cannot be used" if len(faults) > 1 else ""
    used = _used(sum(isinstance(event, Arrival) for event in events))
    rest = "those are not" if more else "that is not"
    return f"{where} line {faults[0].line}: {faults[0].reason}{more}; {used}, {rest}"


def _used(number: int) -> str:
    return "the other arrival is used" if number == 1 else f"the other {number:,} arrivals are used"


def lost(faults: Iterable[Fault], named: Collection[str], listing: Listing, begin: datetime) -> list[Event]:
    """Return what is told of the files of rows that cannot be used: at the row's time, at `begin` where it has none.

    A row without a time takes nothing from a file that another row names.
    """
    return [
        Sighting(
            path=fault.path,
            at=listing.rows[fault.line].at if fault.line in listing.rows else begin,
            state="unreadable",
            reason=f"{ORDER_FILE} line {fault.line}: {fault.reason}",
        )
        for fault in faults
        if fault.path is not None and (fault.line in listing.rows or fault.path not in named)
    ]


def write_listing(rows: Iterable[Row], zone: ZoneInfo) -> bytes:
    """Return an `arrivals.csv` that `read_listing` reads as these rows, in a complete list; times are of the zone."""
    listed = tuple(rows)
    times = Counter(row.path for row in listed if row.stored is not None)
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow((*COLUMNS, *MORE))
    for number, row in enumerate(listed, 1):
        alone = row.stored == row.path and times[row.path] == 1
        stored = "" if row.stored is None or alone else row.stored
        table.writerow((number, row.path, _told(row.at, zone), row.basis or "", stored, row.state or "", row.reason))
    return text.getvalue().encode()


def _told(at: datetime, zone: ZoneInfo) -> str:
    try:
        return at.astimezone(zone).isoformat()
    except OverflowError:  # the first and the last day there are
        return at.isoformat()


def _row(cells: Mapping[str, str | None], zone: ZoneInfo) -> Row:
    position, at, basis = ((cells[column] or "").strip() for column in ("position", "at", "basis"))
    stored, state, reason = (cells.get(column) or "" for column in MORE)
    if not position.isascii() or not position.isdecimal():
        raise ValueError(f"position is “{clean(position)}”, a whole number was expected")
    file = cells["file"] or ""
    if state:
        if state not in _STATES:
            raise ValueError(f"state is “{clean(state)}”, one of {', '.join(_STATES)} was expected")
        return Row(_shown(file), _moment(at, zone), state=_STATES[state], reason=clean(reason))
    if basis not in _BASES:
        raise ValueError(f"basis is “{clean(basis)}”, one of {', '.join(_BASES)} was expected")
    if stored:
        return Row(_shown(file), _moment(at, zone), _BASES[basis], stored, named=True)
    return Row(clean_path(file.strip()), _moment(at, zone), _BASES[basis], file.strip())


def _shown(path: str) -> str:
    """Return a path that is one as it is shown, however it is spelt; raises ValueError where it is none."""
    if not path or "\0" in path:
        raise ValueError("file is empty, a path was expected")
    return clean_path(original_path(path))


def _moment(at: str, zone: ZoneInfo) -> datetime:
    try:
        moment = datetime.fromisoformat(at)
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError) as problem:
        raise ValueError(f"at is “{clean(at)}”, a time such as 2022-05-06T02:14:00+01:00 was expected") from problem


def _twice(rows: Mapping[int, Row]) -> dict[int, Fault]:
    """Return the arrivals that are listed again: a file without `stored` has one, others one at a time."""
    taken: dict[tuple[str | datetime, ...], int] = {}
    again: dict[int, Fault] = {}
    for line, row in rows.items():
        if row.stored is None:
            continue
        key = (row.path, row.stored, row.at) if row.named else (row.path,)
        if key in taken:
            again[line] = Fault(line, None, f"“{row.path}” is listed already in line {taken[key]}")
        else:
            taken[key] = line
    return again


def _out_of_order(rows: Mapping[int, Row]) -> str | None:
    last: tuple[int, Row] | None = None
    odd: list[str] = []
    for line, row in rows.items():
        if last is not None and row.at < last[1].at:
            odd.append(f"line {line} is earlier than line {last[0]}")
        last = (line, row)
    if not odd:
        return None
    others = len(odd) - 1
    more = f", and {others:,} more {'is' if others == 1 else 'are'}" if others else ""
    return f"{odd[0]}{more}: all are used, in the order of their times"
