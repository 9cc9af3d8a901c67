"""The areas table as data: its columns for a width, and one row for every area, in the words of a newsroom."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from dashboard.count.night import Area, Election, Path
from dashboard.view.composition import bar
from dashboard.view.extent import Extent, seats_of
from dashboard.view.heads import heads
from dashboard.view.lines import cells
from dashboard.view.pieces import PARTY, Line, line, party_mark, party_style
from dashboard.view.words import (
    UNKNOWN,
    by_seats,
    certain_words,
    clock_words,
    grouped,
    moment_words,
    outcome_words,
    party_short,
    path_words,
    seats_words,
    wards_words,
)
from feeds.parties import party, rank, register
from feeds.places import folded_place
from feeds.report import NOC

REST: Final = "rest"
"""The key of the column that sums the parties without one of their own."""

LEAST_NAME: Final = 15
"""Cells that a name is given at least, however many parties want a column."""

MOST_NAME: Final = 30
"""Cells that a name is given before all else has room."""

UNDECLARED: Final = (UNKNOWN, "quiet")


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column: `key` says what is in it, `width` is in cells without the gap beside it."""

    key: str
    title: str
    width: int
    right: bool = False


class Row:
    """One row of a table: who it is, its cells, and `news`, which changes when there is something new in it.

    `area_id` is the area that Enter opens; `news` is empty where nothing was declared. The cells, or what makes them:
    of most rows of a long table nobody ever asks for them.
    """

    __slots__ = ("_cells", "area_id", "id", "news")

    def __init__(
        self,
        *,
        id: str,  # noqa: A002 (what a row is called everywhere)
        cells: tuple[Line, ...] | Callable[[], tuple[Line, ...]],
        news: str = "",
        area_id: str | None = None,
    ) -> None:
        self.id = id
        self.news = news
        self.area_id = area_id
        self._cells = cells

    @property
    def cells(self) -> tuple[Line, ...]:
        """The cells, one a column; made when they are first asked for."""
        if not isinstance(self._cells, tuple):
            self._cells = self._cells()
        return self._cells


def news_in(now: Sequence[Row], before: Sequence[Row]) -> set[str]:
    """Return which rows tell something new, of those that stand in place of some others."""
    known = {row.id: row.news for row in before}
    return {row.id for row in set(now).difference(before) if row.news and known.get(row.id) != row.news}


def same(one: Row, other: Row) -> bool:
    """Return whether two rows look the same."""
    return one is other or (one.id == other.id and one.cells == other.cells)


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """The columns of the areas table, and which parties the last one sums."""

    columns: tuple[Column, ...]
    parties: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()

    @property
    def legend(self) -> str:
        """What the column of the rest sums, in words; empty where there is none."""
        return f"Oth = {' '.join(map(party_short, self.rest))}" if self.rest else ""


NAMES: Final = {"local": "council", "parliament": "constituency", "mayor": "mayor of", "by-election": "ward"}
PARTY_WIDTH: Final = 4

OWN_FIGURES: Final = 7
"""Parties that get their own figures before any other column is put in."""

LEAST_BAR: Final = 12
MOST_BAR: Final = 120
"""Cells of a bar beside the figures."""


def shown_parties(extent: Extent) -> list[str]:
    """Return the parties that have or had seats, most seats first, "other" after all parties with a name."""
    held = extent.held
    codes = (code for code, number in held.items() if number and code not in {NOC, "VAC"})
    return sorted(codes, key=lambda code: (code == "OTH", -held[code], rank(code)))


def _in_order(codes: Sequence[str], extent: Extent) -> list[str]:
    """Return parties in the order in which they stood before, which no result changes: columns keep their places."""
    return sorted(codes, key=lambda code: (code == "OTH", -extent.before[code], rank(code)))


def plan(election: Election, width: int, extent: Extent | None = None) -> Plan:
    """Return the columns that fit `width` cells, the most wanted first; what is left over goes to the names.

    `extent` are sums over areas of the same night, to be brought to those of this moment.
    """
    extent = extent or Extent()
    extent.follow(election.areas)
    single, longest = extent.is_single, extent.longest + 2
    name_width = min(longest, width // 4) if single else width // 6
    name = Column(key="name", title=NAMES.get(election.kind, "area"), width=_clamp(name_width, LEAST_NAME, MOST_NAME))
    when = Column(key="declared", title="declared", width=14)
    control = Column(key="control", title="result" if single else "control", width=_clamp(width // 5, 21, 30))
    left = width - sum(c.width + 1 for c in (name, when, control))
    if single:
        return _roomy(longest, width, Plan(columns=(name, when, control, *_single_columns(left, extent))))
    parties = shown_parties(extent)
    extras = _extras(left, len(parties), extent)
    left -= sum(c.width + 1 for c in extras.values())
    room = max(0, left // (PARTY_WIDTH + 1))
    named = parties if len(parties) <= room else parties[: max(0, room - 1)]
    rest = parties[len(named) :] if room else []
    own = _in_order(named, extent)
    titles = heads(parties, PARTY_WIDTH)
    figures = [Column(key=f"{PARTY}{p}", title=titles[p], width=PARTY_WIDTH, right=True) for p in own]
    if rest:
        figures.append(Column(key=REST, title="Oth", width=PARTY_WIDTH, right=True))
    wanted = [name, extras.get("region"), when, control, extras.get("seats"), *figures]
    columns = (*wanted, extras.get("turnout"), extras.get("bar"))
    shown = tuple(c for c in columns if c is not None)
    return _roomy(longest, width, Plan(columns=shown, parties=tuple(own), rest=tuple(rest)))


def _roomy(longest: int, width: int, narrow: Plan) -> Plan:
    """Return the plan with what is left over given to the names, as far as the longest one needs it."""
    left = width - sum(c.width + 1 for c in narrow.columns)
    first = narrow.columns[0]
    wider = msgspec.structs.replace(first, width=first.width + _clamp(longest - first.width, 0, max(0, left)))
    return msgspec.structs.replace(narrow, columns=(wider, *narrow.columns[1:]))


def _clamp(value: int, low: int, high: int) -> int:
    return max(low, min(high, value))


def _extras(left: int, parties: int, extent: Extent) -> dict[str, Column]:
    """Return seats, turnout, region and bar, as far as there is room beside the figures of the parties."""
    spare = left - min(parties, OWN_FIGURES) * (PARTY_WIDTH + 1)
    out: dict[str, Column] = {}
    for column, needed in (
        (Column(key="seats", title="up/all", width=6, right=True), 7),
        (Column(key="turnout", title="turnout", width=7, right=True), 9),
        (Column(key="region", title="region", width=18), 50),
    ):
        if spare >= needed and _has(column.key, extent):
            out[column.key] = column
            spare -= column.width + 1
    bar_width = min(MOST_BAR, spare - 3 * (PARTY_WIDTH + 1))
    if bar_width >= LEAST_BAR:
        out["bar"] = Column(key="bar", title="seats in proportion", width=bar_width)
    return out


def _has(key: str, extent: Extent) -> bool:
    """Return whether any area has something for a column that is not always wanted."""
    if key in {"turnout", "region"}:
        return extent.has(key)
    return key not in {"winner", "majority", "votes"} or extent.has("candidates")


def _single_columns(left: int, extent: Extent) -> list[Column]:
    columns: list[Column] = []
    for column in (
        Column(key="winner", title="elected", width=22),
        Column(key="majority", title="majority", width=8, right=True),
        Column(key="turnout", title="turnout", width=7, right=True),
        Column(key="region", title="region", width=22),
    ):
        if left >= column.width + 1 and _has(column.key, extent):
            columns.append(column)
            left -= column.width + 1
    if left > LEAST_BAR and _has("votes", extent):
        columns.append(Column(key="votes", title="votes in proportion", width=min(MOST_BAR, left - 1)))
    return columns


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """How rows are written: the columns, the zone of times, and when the night began."""

    plan: Plan
    zone: ZoneInfo
    begin: datetime | None
    watch: frozenset[str] = frozenset()


def area_row(area: Area, look: Look) -> Row:
    """Return an area's row; `look.watch` holds the folded names of the areas with a star."""
    news = f"{area.stage} {area.revision}" if area.is_declared else ""
    return Row(id=area.id, cells=partial(_cells, area, look), news=news, area_id=area.id)


def _cells(area: Area, look: Look) -> tuple[Line, ...]:
    return tuple([_cell(column, area, look) for column in look.plan.columns])


def _cell(column: Column, area: Area, look: Look) -> Line:
    if column.key.startswith(PARTY):
        return _figure(area, (column.key.removeprefix(PARTY),))
    if column.key == REST:
        return _figure(area, look.plan.rest)
    if column.key == "name":
        return _name(area, folded_place(area.name) in look.watch)
    if column.key == "declared":
        return _declared(area, look)
    if column.key == "control":
        return control_cell(area, column.width)
    return _detail(column, area)


def _name(area: Area, watched: bool) -> Line:
    style = "strong" if area.is_declared else ""
    warn = ("⚠ ", "warning") if area.discrepancies or area.source_removed else ""
    return line(("★", "accent") if watched else "", warn, (area.name, style))


def _declared(area: Area, look: Look) -> Line:
    if area.stage == "under-correction":
        return line(("correcting", "warning"))
    if area.is_declared:
        words = moment_words(area.declared, look.zone, look.begin)
        return line(
            (words, "quiet" if words == "time unknown" else ""),
            (" rush", "warning") if area.stage == "rush" else "",
        )
    if area.stage == "partial":
        return line((wards_words(area) or "part declared", "accent"))
    if area.expected_at is not None:
        return line((f"≈ {clock_words(area.expected_at, look.zone, look.begin)}", "quiet"))
    return (UNDECLARED,)


def control_cell(area: Area, width: int) -> Line:
    """Return what became of an area, with the glyph of who controls it; for an undeclared one how it stood.

    Where a party is ahead on the way to a majority, an undeclared area says what it needs, and how the area stood if
    `width` cells have room for both.
    """
    if area.is_declared:
        words = outcome_words(area)
        turned = area.outcome in {"gain", "loss", "new"}
        mark = party_mark(area.control) if area.control else (" ", "")
        style = party_style(area.control) if turned else ""
        return line(mark, " ", (words, style))
    certain = certain_words(area)
    if certain is not None and area.certain is not None:
        return line(party_mark(area.certain), " ", (certain, "accent"))
    before = party(area.previous).glyph if area.previous in register() else " "
    was = f"{before} {outcome_words(area)}"
    needs = leading_path(area)
    if needs is None:
        return line((was, "quiet"))
    both = f"{was} · {path_words(needs)}"
    if area.previous is not None and cells(both) <= width:
        return line((both, "quiet"))
    return line(party_mark(needs.party), " ", (path_words(needs), "quiet"))


def leading_path(area: Area) -> Path | None:
    """Return the path of the party that needs the fewest seats; None where none is ahead before a seat is declared."""
    paths = sorted((p for p in area.paths if p.needs > 0), key=lambda p: (p.needs, -p.available, rank(p.party)))
    if not paths or (area.stage != "partial" and len(paths) > 1 and paths[0].needs == paths[1].needs):
        return None
    return paths[0]


def _figure(area: Area, parties: Sequence[str]) -> Line:
    """Return the seats of one party, or the sum of several; `–` where nothing was declared (RULES 7)."""
    seats = seats_of(area)
    if seats is None or not (area.is_declared or area.stage == "partial"):
        return (UNDECLARED,)
    number = sum(seats.get(code, 0) for code in parties)
    ahead = len(parties) == 1 and number > 0 and number == max(seats.values())
    style = party_style(parties[0]) if ahead else ("" if number else "quiet")
    return line((f"{number:,}", style))


def _detail(column: Column, area: Area) -> Line:
    match column.key:
        case "region":
            return line((area.region or "", "quiet"))
        case "seats":
            return line((_seats_up(area), "quiet"))
        case "turnout":
            return (UNDECLARED,) if area.turnout is None else line(f"{area.turnout:.1f} %")
        case "winner":
            return winner_cell(area)
        case "majority":
            votes = majority(area)
            return (UNDECLARED,) if votes is None else line(grouped(votes))
        case "votes":
            return stacked_bar(votes_by_party(area), column.width)
        case _:
            return stacked_bar(seats_of(area) or {}, column.width) if area.is_declared else ()


def _seats_up(area: Area) -> str:
    """Return the seats of the area, and of how many of them there is a poll where that is not all: `14/42`."""
    if area.total is None:
        return UNKNOWN
    return str(area.total) if area.up in {None, area.total} else f"{area.up}/{area.total}"


def winner_cell(area: Area) -> Line:
    """Return who was elected in a one-seat area; `–` while nobody is known to be, and where there are several."""
    if area.kind == "region":
        return (UNDECLARED,)
    winner = next((c for c in area.candidates if c.elected), None)
    return (UNDECLARED,) if winner is None else line(winner.name)


def majority(area: Area) -> int | None:
    """Return the votes between the first and the second candidate; None where not known, and in a list region."""
    if area.kind == "region":
        return None
    votes = sorted((c.votes for c in area.candidates if c.votes is not None), reverse=True)
    return votes[0] - votes[1] if len(votes) > 1 and area.is_declared else None


def votes_by_party(area: Area) -> dict[str, int]:
    """Return the votes of each party's candidates in an area, as far as they are known."""
    votes: dict[str, int] = {}
    for candidate in area.candidates:
        if candidate.votes is not None:
            votes[candidate.party] = votes.get(candidate.party, 0) + candidate.votes
    return votes


def stacked_bar(parts: Mapping[str, int], width: int) -> Line:
    """Return a bar of `width` cells divided among parties, most first, each in its colour."""
    held = [(code, number) for code, number in by_seats(parts) if number > 0]
    return line(*bar(held, width)) if held else ()


def detail_words(area: Area) -> str:
    """Return the figures behind a declaration in a few words: the seats, or who won a one-seat area and by how much."""
    if area.kind in {"council", "region"}:
        return seats_words(seats_of(area))
    winner = next((c.name for c in area.candidates if c.elected), None)
    votes = majority(area)
    words = [winner or "", f"maj {grouped(votes)}" if votes is not None else ""]
    return ", ".join(word for word in words if word) or UNKNOWN
