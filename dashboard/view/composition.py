"""A council before and after, as bars: who has how many seats, and which seats nobody has."""

from collections.abc import Sequence
from typing import Final

from dashboard.count.night import Area
from dashboard.view.bars import CELL, divided, filled
from dashboard.view.lines import Piece, Row, cells, cut, sentence
from dashboard.view.pieces import party_style
from dashboard.view.words import by_seats, party_short
from feeds.parties import party
from feeds.report import NEW, Seats

UNHELD: Final = {"undeclared": "░", "deferred": "▒", "vacant": "·", "not known": "?"}
"""What a seat without a party may be, with what fills its part of a bar."""

LABEL: Final = 9
"""Cells before a bar, for its name."""

Part = tuple[str, int]
"""A party's code, or one of `UNHELD`, with a number of seats."""


def majority_of(total: int) -> int:
    """Return the seats that a majority takes (RULES 1)."""
    return total // 2 + 1


def before_parts(area: Area) -> list[Part]:
    """Return who held the area's seats before; empty where it is not known."""
    if not area.before:
        return []
    parts = _held(area.before)
    return parts + _rest(area.before_total, sum(area.before.values()), {})


def after_parts(area: Area) -> list[Part]:
    """Return the whole area after the result, seats without a party last; empty where it is not known."""
    if area.composition is None or not area.total:
        return []
    parts = _held(area.composition)
    return parts + _rest(area.total, sum(area.composition.values()), _missing(area, area.composition))


def tonight_parts(area: Area) -> list[Part]:
    """Return who won the seats that are up tonight, and how many of those are still out."""
    if not area.up:
        return []
    elected = {} if area.elected is None or area.stage == "expected" else area.elected
    known = {"undeclared": area.undeclared or 0, "deferred": area.deferred}
    if area.stage == "expected" and area.undeclared is None:
        known["undeclared"] = area.up - area.deferred
    return _held(elected) + _rest(area.up, sum(elected.values()), known)


def _held(seats: Seats) -> list[Part]:
    named = {code: number for code, number in seats.items() if code != "VAC"}
    parts = [(code, number) for code, number in by_seats(named) if number > 0]
    vacant = seats.get("VAC", 0)
    return [*parts, ("vacant", vacant)] if vacant > 0 else parts


def _missing(area: Area, seats: Seats) -> dict[str, int]:
    vacant = 0 if "VAC" in seats else area.vacant or 0
    return {"undeclared": area.undeclared or 0, "deferred": area.deferred, "vacant": vacant}


def _rest(total: int | None, held: int, known: dict[str, int]) -> list[Part]:
    left = max(0, (total or 0) - held)
    parts = []
    for name, number in known.items():
        taken = min(left, number)
        left -= taken
        if taken:
            parts.append((name, taken))
    return [*parts, ("not known", left)] if left else parts


def bar(parts: Sequence[Part], width: int) -> list[Piece]:
    """Return one bar of `width` cells for all parts, in their colours, with a gap wherever a party's part ends.

    The gap is what tells two parties apart without colour: the cell in which a part ends is never full.
    """
    pieces: list[Piece] = []
    start = 0
    lengths = divided([number for _, number in parts], width)
    shown = [(name, length) for (name, _), length in zip(parts, lengths, strict=True) if length]
    for index, (name, length) in enumerate(shown):
        pieces.append(_part(name, start, start + length, is_last=index == len(shown) - 1))
        start += length
    return pieces


def _part(name: str, start: int, end: int, *, is_last: bool) -> Piece:
    first, last = -(-start // CELL), -(-end // CELL)
    if name in UNHELD:
        return (UNHELD[name] * (last - first), "quiet")
    drawn = end - 1 if end % CELL == 0 and not is_last else end
    return (filled(drawn - first * CELL), party_style(name))


def legend(parts: Sequence[Part], width: int) -> list[Row]:
    """Return the parts by glyph, name and number, on as many lines of `width` cells as they take."""
    rows: list[list[Piece]] = [[]]
    used = 0
    for name, number in parts:
        text = cut(_legend_text(name, number), width)
        if rows[-1] and used + 3 + cells(text) > width:
            rows.append([])
            used = 0
        if rows[-1]:
            rows[-1].append(("   ", ""))
            used += 3
        rows[-1].append((text, "quiet" if name in UNHELD else party_style(name)))
        used += cells(text)
    return [sentence(" " * LABEL, *row) for row in rows if row]


def _legend_text(name: str, number: int) -> str:
    if name in UNHELD:
        return f"{UNHELD[name]} {name} {number:,}"
    return f"{party(name).glyph} {party_short(name)} {number:,}"


def line_mark(total: int, width: int) -> Row:
    """Return the mark under a bar of `total` seats where a majority begins."""
    line = majority_of(total)
    at = min(width - 1, (line * width - 1) // total)
    words = f"{line:,} for a majority"
    if at + 2 + cells(words) <= width:
        return sentence(" " * (LABEL + at), ("▲ ", "strong"), (words, "quiet"))
    if at > cells(words):
        return sentence(" " * (LABEL + at - cells(words) - 1), (words, "quiet"), (" ▲", "strong"))
    return sentence(" " * (LABEL + at), ("▲", "strong"))


def composition_rows(area: Area, width: int) -> list[Row]:
    """Return the area before and after as bars with their legends; without a composition, tonight's seats."""
    room = max(10, width - LABEL)
    rows: list[Row] = []
    after = after_parts(area)
    named = [("before", before_parts(area)), ("after", after) if after else ("tonight", tonight_parts(area))]
    for name, parts in named:
        if not parts:
            words = "none: a new council" if name == "before" and area.previous == NEW else "not known"
            rows.append(sentence((name.ljust(LABEL), "head"), (words, "quiet")))
            continue
        rows.append(sentence((name.ljust(LABEL), "head"), *bar(parts, room)))
        if name != "before" and after and area.total and area.kind == "council":
            rows.append(line_mark(area.total, room))
        rows += legend(parts, room)
    return rows
