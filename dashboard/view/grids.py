"""The figures as titled grids of cells, and the lines that say what they are: for every writer of tables.

A cell is a text, a number or None (not known); the writers decide how a number looks. Every set of grids
comes with lines that say as at when, how much has declared, whether that is provisional, and against which
baseline.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal
from zoneinfo import ZoneInfo

from dashboard.count.night import Area, Election, Night
from dashboard.view.measures import change_since
from dashboard.view.tally import ordered
from dashboard.view.words import (
    certain_words,
    change_words,
    clock_words,
    control_words,
    grouped,
    moment_words,
    outcome_words,
    party_long,
    seats_words,
    signed,
    stage_words,
    wards_words,
)
from feeds.arrival import Arrival
from feeds.plural import many

if TYPE_CHECKING:
    from feeds.recorded import Summary
    from feeds.saved import SavedNight

Cell = str | int | None
ColumnKind = Literal["text", "number", "change"]

_AREAS = {"local": ("council", "councils"), "parliament": ("constituency", "constituencies")}


@dataclass(frozen=True, slots=True)
class Grid:
    """A titled table: `columns` are (heading, kind) pairs, every row has one cell a column."""

    title: str
    columns: tuple[tuple[str, ColumnKind], ...]
    rows: tuple[tuple[Cell, ...], ...]


def areas_noun(kind: str, number: int) -> str:
    """Return what the areas of a kind of election are called, for that many: `council`, `constituencies`."""
    one, many = _AREAS.get(kind, ("area", "areas"))
    return one if number == 1 else many


def date_words(day: date) -> str:
    """Return a day as it is written: `5 May 2022`."""
    return f"{day.day} {day:%B %Y}"


def instant_words(at: datetime, zone: ZoneInfo) -> str:
    """Return a moment in full, with its zone: `Fri 6 May 2022 02:14:00 BST`."""
    local = at.astimezone(zone)
    return f"{local:%a} {date_words(local.date())} {local:%H:%M:%S %Z}"


def banners(night: Night) -> list[str]:
    """Return what must be said before any figure: test data, a rehearsal, conflicts."""
    lines = [f"TEST DATA: {reason}" for reason in night.test]
    if night.settings.rehearsal:
        lines.append("REHEARSAL: a past night delivered as if it were live")
    return lines + [f"CONFLICT: {conflict.what} ({', '.join(conflict.paths)})" for conflict in night.conflicts]


def title_words(night: Night) -> str:
    """Return the night's title and poll date: `Local elections, 5 May 2022`."""
    day = None if night.poll_date is None else date_words(night.poll_date)
    title = night.settings.title
    if title is not None and day is not None and day in title:
        return title
    return ", ".join(part for part in (title or "Election night", day) if part)


def progress_words(election: Election) -> str:
    """Return how far an election is: `82 of 200 councils declared, 3 in part; 1,904 of 6,863 seats; …`."""
    noun = areas_noun(election.kind, election.expected)
    declared = f"{grouped(election.declared)} of {grouped(election.expected)} {noun} declared"
    if election.partial:
        declared += f", {grouped(election.partial)} in part"
    seats = many(election.seats_declared, "seat")
    if election.seats_up is not None:
        seats = f"{grouped(election.seats_declared)} of {many(election.seats_up, 'seat')}"
    return f"{declared}; {seats}; {election.status}"


def headline(election: Election, as_at: datetime, zone: ZoneInfo, source: str | None = None) -> list[str]:
    """Return the lines that belong to every output of an election's figures; `source` is where they come from."""
    lines = [
        f"{election.name}, as at {instant_words(as_at, zone)}",
        f"{progress_words(election)}; {change_since(election.baseline)}",
    ]
    covered = max((p.change_areas for p in election.parties), default=0)
    if covered < election.declared:
        noun = areas_noun(election.kind, election.declared)
        lines.append(f"change is known for {covered:,} of {election.declared:,} declared {noun}")
    if election.time_unknown:
        noun = areas_noun(election.kind, election.time_unknown)
        lines.append(f"{election.time_unknown:,} {noun} declared at a time that no source gives")
    if election.line.seats is not None:
        lines.append(_line(election, zone))
    if source:
        lines.append(f"source: {source}")
    return lines


def _line(election: Election, zone: ZoneInfo) -> str:
    line = election.line
    if line.party is None:
        return f"{line.seats} seats are a majority; nobody has reached it"
    when = "" if line.reached_at is None else f" at {clock_words(line.reached_at, zone)}"
    return f"{party_long(line.party)} reached {line.seats} seats{when}"


def election_grids(election: Election, zone: ZoneInfo, *, areas: bool = False) -> list[Grid]:
    """Return an election's grids: parties; control changes, certain control; with `areas` every area."""
    grids = [parties_grid(election)]
    if election.changes:
        grids.append(changes_grid(election, zone))
    if election.certain:
        grids.append(certain_grid(election))
    if areas:
        grids.append(areas_grid(election, zone))
    return grids


def parties_grid(election: Election) -> Grid:
    """Return the parties, most seats first; NOC has councils and no seats."""
    nouns = areas_noun(election.kind, 2)
    rows = tuple(
        (
            row.party,
            party_long(row.party),
            None if row.party == "NOC" else row.seats,
            None if row.party == "NOC" else row.change,
            row.areas,
            row.areas_change,
        )
        for row in ordered(election.parties)
    )
    return Grid(
        "Seats",
        (
            ("party", "text"),
            ("name", "text"),
            ("seats", "number"),
            ("change", "change"),
            (nouns, "number"),
            ("±", "change"),
        ),
        rows,
    )


def changes_grid(election: Election, zone: ZoneInfo) -> Grid:
    """Return the changes of control, oldest first."""
    by_id = {area.id: area for area in election.areas}
    rows: list[tuple[Cell, ...]] = []
    for change in election.changes:
        area = by_id.get(change.area_id)
        kind = "council" if area is None else area.kind
        words = change_words(change.outcome, change.control, change.previous, kind)
        seats = seats_words(change.composition) if kind == "council" else ""
        rows.append((moment_words(change.declared, zone), change.area, words, seats))
    columns: tuple[tuple[str, ColumnKind], ...]
    columns = (("declared", "text"), ("area", "text"), ("control", "text"), ("seats", "text"))
    shown = 4 if any(row[-1] for row in rows) else 3
    return Grid("Control changes", columns[:shown], tuple(row[:shown] for row in rows))


def certain_grid(election: Election) -> Grid:
    """Return the undeclared areas whose control is certain, with the sum that shows it."""
    rows = tuple((c.area, f"{control_words(c.control)} certain", c.undeclared, c.sum) for c in election.certain)
    return Grid(
        "Certain by arithmetic",
        (("area", "text"), ("control", "text"), ("undeclared", "number"), ("sum", "text")),
        rows,
    )


def areas_grid(election: Election, zone: ZoneInfo) -> Grid:
    """Return every area in the night's order."""
    rows = tuple(
        (area.name, _declared(area, zone), certain_words(area) or outcome_words(area), *_figures(area))
        for area in election.areas
    )
    return Grid(
        areas_noun(election.kind, 2).capitalize(),
        (
            (areas_noun(election.kind, 1), "text"),
            ("declared", "text"),
            ("control", "text"),
            ("elected", "text"),
            ("change", "text"),
            ("after", "text"),
            ("of", "number"),
        ),
        rows,
    )


def _declared(area: Area, zone: ZoneInfo) -> str:
    if area.is_declared:
        marks = "" if area.stage == "declared" else f" {stage_words(area.stage)}"
        return f"{moment_words(area.declared, zone)}{marks}"
    if area.stage == "partial":
        return wards_words(area) or stage_words(area.stage)
    return "–" if area.expected_at is None else f"≈ {clock_words(area.expected_at, zone)}"


def _figures(area: Area) -> tuple[Cell, ...]:
    change = None
    if area.change:
        known = sorted(area.change.items(), key=lambda item: -item[1])
        change = " ".join(f"{code} {signed(number)}" for code, number in known if number) or "±0"
    return (seats_words(area.elected), change, seats_words(area.composition), area.total)


def nights_grid(nights: "Iterable[tuple[SavedNight, int]]") -> Grid:
    """Return the saved nights, each with its bytes: the name that commands take, title, date, length, files, size."""
    rows = tuple(
        (
            night.name,
            night.title,
            "" if night.poll_date is None else date_words(night.poll_date),
            length_words(night.end - night.begin),
            sum(isinstance(event, Arrival) for event in night.events),
            -(-size // 1000),
        )
        for night, size in nights
    )
    return Grid("Saved nights", (("name", "text"), *_NIGHT_COLUMNS), rows)


def recordings_grid(recordings: "Iterable[Summary]") -> Grid:
    """Return the recordings: the file, the night or the directory, the poll date, length, files, and size."""
    rows = tuple(
        (
            str(each.path),
            each.title or each.source,
            "" if each.poll_date is None else date_words(each.poll_date),
            "" if each.first is None or each.last is None else length_words(each.last - each.first),
            each.files,
            -(-each.size // 1000),
        )
        for each in recordings
    )
    return Grid("Recordings", (("recording", "text"), *_NIGHT_COLUMNS), rows)


_NIGHT_COLUMNS: Final[tuple[tuple[str, ColumnKind], ...]] = (
    ("night", "text"),
    ("polls", "text"),
    ("length", "text"),
    ("files", "number"),
    ("kB", "number"),
)


def length_words(length: timedelta) -> str:
    """Return how long a night is, in hours and minutes: `18:30`; under a minute in seconds: `12 s`."""
    if length < timedelta(minutes=1):
        return f"{length.seconds} s"
    minutes = round(length.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02}"
