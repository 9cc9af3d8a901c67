"""The control-changes panel as data: gains, losses, new councils, corrections, certain calls, defeats, newest first.

Everything follows from the night as it stands, so a call that is withdrawn is gone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Final, Literal
from zoneinfo import ZoneInfo

import msgspec

from dashboard.count.night import Area, Correction, Election, Night, Noted
from dashboard.view.lines import cells
from dashboard.view.pieces import Line, line, party_mark, party_style, plain, width_of
from dashboard.view.rows import Column, Row, detail_words, majority, winner_cell
from dashboard.view.told import Told, told
from dashboard.view.words import certain_words, clock_words, moment_words, outcome_words
from feeds.places import folded_place
from feeds.report import Quote

Kind = Literal["turn", "correction", "certain", "defeat"]

FIRST: Final = datetime.min.replace(tzinfo=UTC)

LATE: Final = 1_000_000_000
"""Stands for the place of a correction that no happening tells of."""

WIDE: Final = 76
"""Cells from which a time has room to say what it rests on."""

SHORT_TIME: Final = 6
LONG_TIME: Final = 14
GAPS: Final = 4
"""Cells of a time without and with what it rests on, and between all columns."""

LEAST_DETAIL: Final = 10
"""Cells below which there is no use in figures."""

LEAST_BESIDE: Final = 24
"""Cells below which there is no use in a part of a quote or of a history."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One thing in the panel; `place` is its place in the order in which the night was counted.

    `quote` is the newest that was said about the area, `history` how it had been held, where the night carries that,
    `note` a notable defeat.
    """

    kind: Kind
    place: tuple[datetime, int]
    area: Area | None
    correction: Correction | None = None
    quote: Quote | None = None
    history: str | None = None
    note: Noted | None = None


def _turned(outcome: str) -> Callable[[Item], bool]:
    return lambda item: item.kind == "turn" and item.area is not None and item.area.outcome == outcome


KINDS: Final[dict[str, Callable[[Item], bool]]] = {
    "all": lambda item: True,
    "gains": _turned("gain"),
    "losses": _turned("loss"),
    "new": _turned("new"),
    "certain": lambda item: item.kind == "certain",
    "corrections": lambda item: item.kind == "correction",
    "defeats": lambda item: item.kind == "defeat",
}
"""What the panel can be asked for, in the order of asking."""


def of_kind(found: Sequence[Item], kind: str) -> list[Item]:
    """Return those of a kind (a key of `KINDS`)."""
    return [item for item in found if KINDS[kind](item)]


def next_kind(found: Sequence[Item], kind: str) -> str:
    """Return the next kind of which there is anything; `all` after the last."""
    names = list(KINDS)
    later = names[names.index(kind) + 1 :]
    return next((name for name in later if any(map(KINDS[name], found))), "all")


Kept = dict[tuple[Kind, tuple[datetime, int] | str], tuple[Item, Row]]
"""The rows that were made, by what they are about."""


def items(night: Night, election: Election) -> list[Item]:
    """Return everything for the panel, newest first."""
    found = told(night.happenings, election.id)
    areas = {area.id: area for area in election.areas}
    beside = Beside(night)
    out = [turned(area, found, beside) for area in election.areas if has_turned(area)]
    mine = (c for c in night.corrections if c.election == election.id)
    out += [corrected(c, areas.get(c.area_id), number, found) for number, c in enumerate(mine)]
    return newest_first([*out, *others_of(night, election, found, areas)])


def newest_first(found: Iterable[Item]) -> list[Item]:
    """Return items in the order of the panel; of equals the first one comes first."""
    return sorted(found, key=lambda item: item.place, reverse=True)


class Beside:
    """What stands beside a turn of control: the newest quote about an area, and how it had been held."""

    def __init__(self, night: Night) -> None:
        self._said = {folded_place(s.quote.area): s.quote for s in night.quotes if s.quote.area}
        histories = (n.note for n in night.notes if n.note.kind == "history" and not n.note.ward)
        self._held = {folded_place(note.area): note.text for note in histories}

    def of(self, area: Area) -> tuple[Quote | None, str | None]:
        """Return the quote and the history, each None where there is none."""
        if not (self._said or self._held):
            return None, None
        name = folded_place(area.name)
        return self._said.get(name), self._held.get(name)


def has_turned(area: Area) -> bool:
    """Return whether an area is among the changes of control."""
    return area.is_declared and area.outcome in {"gain", "loss", "new"}


def turned(area: Area, found: Told, beside: Beside) -> Item:
    """Return the item of such an area."""
    quote, history = beside.of(area)
    place = found.counted.get(area.id, (FIRST, 0))
    return Item(kind="turn", place=place, area=area, quote=quote, history=history)


def corrected(correction: Correction, area: Area | None, number: int, found: Told) -> Item:
    """Return the item of a correction; `number` of its election's came before it, `area` is the one that it is of."""
    places = found.corrections
    place = places[number] if number < len(places) else LATE + number - len(places)
    return Item(kind="correction", place=(correction.at, place), area=area, correction=correction)


def others_of(night: Night, election: Election, found: Told, areas: Mapping[str, Area]) -> list[Item]:
    """Return what is neither a turn nor a correction: certain calls and notable defeats; `areas` are those by id."""
    calls = [
        Item(kind="certain", place=found.counted.get(call.area_id, (FIRST, 0)), area=areas[call.area_id])
        for call in election.certain
        if call.area_id in areas
    ]
    return [*calls, *_defeats(night, election)]


def _defeats(night: Night, election: Election) -> list[Item]:
    """Return the notable defeats in the election's areas: what a note of that kind tells."""
    defeats = [(number, noted) for number, noted in enumerate(night.notes) if noted.note.kind == "defeat"]
    areas = {folded_place(area.name): area for area in election.areas} if defeats else {}
    return [
        Item(kind="defeat", place=(noted.at, 2_000_000 + number), area=areas[folded_place(noted.note.area)], note=noted)
        for number, noted in defeats
        if folded_place(noted.note.area) in areas
    ]


def columns(width: int, found: Sequence[Item]) -> tuple[Column, ...]:
    """Return the columns for a width, a gap after each within it; the figures go where there is no room.

    A time has room for what it rests on, where the width allows and where any of them rests on something else.
    """
    return columns_for(width, all(map(is_plain, found)))


def columns_for(width: int, all_plain: bool) -> tuple[Column, ...]:
    """Return the same, told whether no time of the items says what it rests on."""
    when = SHORT_TIME if all_plain or width < WIDE else LONG_TIME
    words = min(30, max(20, width // 4 + 2))
    free = width - when - words - GAPS
    place = max(14, min(28, free * 9 // 20))
    detail = free - place
    fixed = (
        Column(key="when", title="time", width=when),
        Column(key="place", title="place", width=place),
    )
    if detail < LEAST_DETAIL:
        return (*fixed, Column(key="words", title="", width=max(0, width - when - place - GAPS + 1)))
    return (*fixed, Column(key="words", title="", width=words), Column(key="detail", title="", width=detail))


def is_plain(item: Item) -> bool:
    """Return whether an item's time rests on nothing that would be said."""
    if item.kind in {"correction", "defeat"}:
        return True
    declared = None if item.area is None else item.area.declared
    return item.kind == "turn" and declared is not None and declared.basis == "declared"


def rows(
    found: Sequence[Item], layout: tuple[Column, ...], zone: ZoneInfo, begin: datetime, kept: Kept | None = None
) -> list[Row]:
    """Return the panel's rows in the given columns; those that are `kept` from before are not made again.

    `kept` is changed to hold these rows, and must have been kept for the same columns, zone and begin.
    """
    before: Kept = {} if kept is None else kept
    made: Kept = {}
    for item in found:
        key = key_of(item)
        old = before.get(key)
        made[key] = old if old is not None and same(old[0], item) else (item, row_of(item, layout, zone, begin))
    if kept is not None:
        kept.clear()
        kept.update(made)
    return [row for _, row in made.values()]


def key_of(item: Item) -> tuple[Kind, tuple[datetime, int] | str]:
    """Return what an item is about."""
    return (item.kind, item.area.id if item.kind in {"turn", "certain"} and item.area is not None else item.place)


def same(one: Item, other: Item) -> bool:
    """Return whether two items of one kind and place give the same row."""
    if one.correction is not None:
        return one.correction == other.correction and (one.area is None) == (other.area is None)
    same_area = one.area is other.area and one.quote is other.quote
    return same_area and (one.note, one.history) == (other.note, other.history)


def row_of(item: Item, layout: tuple[Column, ...], zone: ZoneInfo, begin: datetime) -> Row:
    """Return an item's row in the given columns."""
    if item.correction is not None:
        identity = f"correction:{item.correction.path}:{item.place}"
    elif item.note is not None:
        identity = f"defeat:{item.note.path}:{item.place[1]}"
    else:
        identity = f"{item.kind}:{item.area.outcome}:{item.area.id}" if item.area is not None else str(item.place)
    area_id = item.area.id if item.area is not None else None
    return Row(id=identity, cells=partial(_cells, item, layout, zone, begin), news=item.kind, area_id=area_id)


def _cells(item: Item, layout: tuple[Column, ...], zone: ZoneInfo, begin: datetime) -> tuple[Line, ...]:
    short = layout[0].width < LONG_TIME
    found: tuple[Line, ...] = ((), (), (), ())
    if item.correction is not None:
        found = _correction(item.correction, item.area, zone, begin)
    elif item.note is not None:
        found = _defeat(item.note, zone, begin)
    elif item.area is not None and item.kind == "certain":
        found = _call(item.area, zone, begin, short)
    elif item.area is not None:
        found = _turn(item, item.area, zone, begin, layout)
    return found[: len(layout)]


def _when(area: Area, zone: ZoneInfo, begin: datetime, short: bool) -> Line:
    moment = area.declared
    if moment is None or moment.at is None or moment.basis == "unknown":
        return line(("time ?" if short else "time unknown", "quiet"))
    if short:
        mark = "" if moment.basis == "declared" else "≈" if moment.basis == "expected" else "~"
        return line(f"{mark}{clock_words(moment.at, zone)}")
    return line((moment_words(moment, zone, begin), ""))


def _turn(item: Item, area: Area, zone: ZoneInfo, begin: datetime, layout: tuple[Column, ...]) -> tuple[Line, ...]:
    mark = party_mark(area.control) if area.control else ("·", "")
    words = (outcome_words(area), f"{party_style(area.control)}")
    figures = _figures(area)
    return (
        _when(area, zone, begin, layout[0].width < LONG_TIME),
        line((area.name.upper(), "strong")),
        line(mark, " ", words),
        line(figures, *_beside(item, layout[-1].width - cells(figures))),
    )


def _beside(item: Item, room: int) -> Line:
    """Return the history and the quote that have room behind the figures: a stub of one would say nothing."""
    history = line((f"  {item.history}", "accent")) if item.history else ()
    out: Line = ()
    for part in (history, _pinned(item.quote)):
        long = width_of(part)
        if long and room >= min(long, LEAST_BESIDE):
            out, room = (*out, *part), room - long
    return out


def _defeat(noted: Noted, zone: ZoneInfo, begin: datetime) -> tuple[Line, ...]:
    note = noted.note
    where = note.area if note.ward is None else f"{note.area}, {note.ward}"
    return (
        line(clock_words(noted.at, zone, begin)),
        line((where.upper(), "strong")),
        line(("✗ notable defeat", "accent")),
        line(note.text),
    )


def _pinned(quote: Quote | None) -> Line:
    """Return what was said about the area, behind its figures."""
    if quote is None:
        return ()
    return line(("  ❝ ", "quiet"), quote.text, (f" ❞ {quote.speaker}", "quiet"))


def _figures(area: Area) -> str:
    """Return the seats; of a one-seat area the majority first, so that a narrow column does not cut a figure."""
    votes = majority(area)
    if area.kind == "council" or votes is None:
        return detail_words(area)
    return f"maj {votes:,} {plain(winner_cell(area))}"


def _call(area: Area, zone: ZoneInfo, begin: datetime, short: bool) -> tuple[Line, ...]:
    mark = party_mark(area.certain) if area.certain else ("·", "")
    return (
        line(("sure" if short else "certain", "accent")),
        line((area.name.upper(), "strong")),
        line(mark, " ", (certain_words(area) or "", "accent")),
        line((area.certain_sum or "", "quiet")),
    )


def _correction(correction: Correction, area: Area | None, zone: ZoneInfo, begin: datetime) -> tuple[Line, ...]:
    where = correction.area if correction.ward is None else f"{correction.area}, {correction.ward}"
    word = "⚠ RETRACTED" if correction.what == "retraction" else f"⚠ {correction.what} corrected"
    values = f"{correction.before} → {correction.after or 'undeclared'}"
    return (
        line(clock_words(correction.at, zone)),
        line((where.upper(), "strong")),
        line((word, "alarm" if correction.what in {"retraction", "control", "winner"} else "warning")),
        line(values),
    )
