"""What the control-changes panel lists, for files: as a grid of words, as records, and as a night narrowed to it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from dashboard.count.night import Area, Correction, Election, Night, Noted
from dashboard.view.changes import Item
from dashboard.view.grids import Cell, ColumnKind, Grid
from dashboard.view.rows import detail_words
from dashboard.view.words import certain_words, clock_words, moment_words, outcome_words

RECORD: Final = (
    "area",
    "outcome",
    "control",
    "previous",
    "at",
    "basis",
    "kind",
    "ward",
    "before",
    "after",
    "words",
)
"""What a record says, in order. `kind` is `change`, `certain`, `defeat` or what was corrected (`seats corrected`)."""

Local = Callable[[datetime], str]


def narrowed(night: Night, election: Election, found: Sequence[Item]) -> Night:
    """Return the night with that one election, and of control and corrections only what is listed."""
    turns = {item.area.id for item in found if item.kind == "turn" and item.area is not None}
    calls = {item.area.id for item in found if item.kind == "certain" and item.area is not None}
    corrections = {item.correction for item in found if item.correction is not None}
    left = msgspec.structs.replace(
        election,
        changes=tuple(change for change in election.changes if change.area_id in turns),
        certain=tuple(call for call in election.certain if call.area_id in calls),
    )
    return msgspec.structs.replace(
        night, elections=(left,), corrections=tuple(each for each in night.corrections if each in corrections)
    )


def listed_grid(found: Sequence[Item], zone: ZoneInfo) -> Grid:
    """Return what is listed in the panel's order and words; columns in which nothing stands are left out."""
    columns: tuple[tuple[str, ColumnKind], ...]
    columns = (("time", "text"), ("area", "text"), ("what", "text"), ("seats", "text"), ("more", "text"))
    rows = [_words(item, zone) for item in found]
    shown = [number for number, _ in enumerate(columns) if number < len(columns) - 2 or any(r[number] for r in rows)]
    return Grid(
        "Control changes",
        tuple(columns[number] for number in shown),
        tuple(tuple(row[number] for number in shown) for row in rows),
    )


def records(found: Sequence[Item], local: Local) -> list[tuple[Cell, ...]]:
    """Return what is listed with the fields of `RECORD`, times as `local` writes them; None is not known or not said.

    `words` are the seats after a change, the sum of what is certain, and what a note says.
    """
    return [_record(item, local) for item in found]


def _words(item: Item, zone: ZoneInfo) -> tuple[Cell, ...]:
    if item.correction is not None:
        one = item.correction
        return (clock_words(one.at, zone), _where(one.area, one.ward), _corrected(one), "", _values(one))
    if item.note is not None:
        note = item.note.note
        return (clock_words(item.note.at, zone), _where(note.area, note.ward), "notable defeat", "", note.text)
    area = item.area
    if area is None:
        return ("",) * 5
    if item.kind == "certain":
        return ("", area.name, certain_words(area), "", area.certain_sum)
    return (moment_words(area.declared, zone), area.name, outcome_words(area), detail_words(area), item.history or "")


def _where(area: str, ward: str | None) -> str:
    return area if ward is None else f"{area}, {ward}"


def _corrected(one: Correction) -> str:
    return "RETRACTED" if one.what == "retraction" else f"{one.what} corrected"


def _values(one: Correction) -> str:
    return f"{one.before} → {one.after or 'undeclared'}"


def _record(item: Item, local: Local) -> tuple[Cell, ...]:
    if item.correction is not None:
        fields = _correction(item.correction, local)
    elif item.note is not None:
        fields = _defeat(item.note, local)
    elif item.area is None:
        fields = {}
    elif item.kind == "certain":
        area = item.area
        fields = {"area": area.name, "control": area.certain, "kind": "certain", "words": area.certain_sum}
    else:
        fields = {**_turn(item.area, local), "words": "; ".join(filter(None, [detail_words(item.area), item.history]))}
    return tuple(fields.get(name) for name in RECORD)


def _turn(area: Area, local: Local) -> dict[str, Cell]:
    moment = area.declared
    at = None if moment is None or moment.at is None or moment.basis == "unknown" else local(moment.at)
    return {
        "kind": "change",
        "area": area.name,
        "outcome": area.outcome,
        "control": area.control,
        "previous": area.previous,
        "at": at,
        "basis": None if moment is None else moment.basis,
    }


def _correction(one: Correction, local: Local) -> dict[str, Cell]:
    return {
        "kind": "retraction" if one.what == "retraction" else _corrected(one),
        "area": one.area,
        "ward": one.ward,
        "at": local(one.at),
        "before": one.before,
        "after": one.after or None,
    }


def _defeat(noted: Noted, local: Local) -> dict[str, Cell]:
    note = noted.note
    return {"kind": "defeat", "area": note.area, "ward": note.ward, "at": local(noted.at), "words": note.text}
