"""The control-changes panel as data: gains, losses, new councils, corrections and certain calls, newest first.

Everything follows from the night as it stands, so a call that is withdrawn is gone.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

import msgspec

from dashboard.count.night import Area, Correction, Election, Night
from dashboard.view.pieces import Line, line, party_mark, party_style, plain
from dashboard.view.rows import Column, Row, detail_words, majority, winner_cell
from dashboard.view.words import certain_words, clock_words, moment_words, outcome_words
from feeds.places import folded_place
from feeds.report import Quote

Kind = Literal["turn", "correction", "certain"]

FIRST: Final = datetime.min.replace(tzinfo=UTC)

WIDE: Final = 76
"""Cells from which a time has room to say what it rests on."""

SHORT_TIME: Final = 6
LONG_TIME: Final = 14
GAPS: Final = 4
"""Cells of a time without and with what it rests on, and between all columns."""

LEAST_DETAIL: Final = 10
"""Cells below which there is no use in figures."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One thing in the panel; `place` is its place in the order in which the night was counted.

    `quote` is the newest that was said about the area.
    """

    kind: Kind
    place: tuple[datetime, int]
    area: Area | None
    correction: Correction | None = None
    quote: Quote | None = None


def items(night: Night, election: Election) -> list[Item]:
    """Return everything for the panel, newest first."""
    counted: dict[str, tuple[datetime, int]] = {}
    for number, happening in enumerate(night.happenings):
        if happening.what in {"declared", "ward"} and happening.election == election.id and happening.area is not None:
            counted[happening.area.id] = (happening.at, number)
    areas = {area.id: area for area in election.areas}
    said = {folded_place(s.quote.area): s.quote for s in night.quotes if s.quote.area}
    out = [
        Item(
            kind="turn",
            place=counted.get(area.id, (FIRST, 0)),
            area=area,
            quote=said.get(folded_place(area.name)) if said else None,
        )
        for area in election.areas
        if area.is_declared and area.outcome in {"gain", "loss", "new"}
    ]
    out += [
        Item(kind="correction", place=(c.at, 1_000_000 + number), area=areas.get(c.area_id), correction=c)
        for number, c in enumerate(night.corrections)
        if c.election == election.id
    ]
    out += [
        Item(kind="certain", place=counted.get(call.area_id, (FIRST, 0)), area=areas[call.area_id])
        for call in election.certain
        if call.area_id in areas
    ]
    return sorted(out, key=lambda item: item.place, reverse=True)


def columns(width: int, found: Sequence[Item]) -> tuple[Column, ...]:
    """Return the columns for a width, a gap after each within it; the figures go where there is no room.

    A time has room for what it rests on, where the width allows and where any of them rests on something else.
    """
    certain = all(_is_plain(item) for item in found)
    when = SHORT_TIME if certain or width < WIDE else LONG_TIME
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


def _is_plain(item: Item) -> bool:
    if item.kind == "correction":
        return True
    declared = None if item.area is None else item.area.declared
    return item.kind == "turn" and declared is not None and declared.basis == "declared"


def rows(found: Sequence[Item], layout: tuple[Column, ...], zone: ZoneInfo, begin: datetime) -> list[Row]:
    """Return the panel's rows in the given columns."""
    return [_row(item, layout, zone, begin) for item in found]


def _row(item: Item, layout: tuple[Column, ...], zone: ZoneInfo, begin: datetime) -> Row:
    short = layout[0].width < LONG_TIME
    if item.correction is not None:
        cells = _correction(item.correction, item.area, zone, begin)
        identity = f"correction:{item.correction.path}:{item.place}"
    elif item.area is not None:
        cells = (
            _call(item.area, zone, begin, short)
            if item.kind == "certain"
            else _turn(item, item.area, zone, begin, short)
        )
        identity = f"{item.kind}:{item.area.outcome}:{item.area.id}"
    else:
        cells, identity = ((), (), (), ()), str(item.place)
    area_id = item.area.id if item.area is not None else None
    return Row(id=identity, cells=cells[: len(layout)], news=item.kind, area_id=area_id)


def _when(area: Area, zone: ZoneInfo, begin: datetime, short: bool) -> Line:
    moment = area.declared
    if moment is None or moment.at is None or moment.basis == "unknown":
        return line(("time ?" if short else "time unknown", "quiet"))
    if short:
        mark = "" if moment.basis == "declared" else "≈" if moment.basis == "expected" else "~"
        return line(f"{mark}{clock_words(moment.at, zone)}")
    return line((moment_words(moment, zone, begin), ""))


def _turn(item: Item, area: Area, zone: ZoneInfo, begin: datetime, short: bool) -> tuple[Line, ...]:
    mark = party_mark(area.control) if area.control else ("·", "")
    words = (outcome_words(area), f"{party_style(area.control)}")
    return (
        _when(area, zone, begin, short),
        line((area.name.upper(), "strong")),
        line(mark, " ", words),
        line(_figures(area), *_pinned(item.quote)),
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
