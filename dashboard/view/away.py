"""What has happened since somebody last looked: two snapshots of a night compared, and said in at most ten lines.

Everything follows from the two states, so that what was declared and taken back meanwhile is not told as news, and a
report that came late and was placed earlier is.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from dashboard.count.night import Area, Correction, Election, Night
from dashboard.view.grids import areas_noun
from dashboard.view.lines import Row, cells, cut, paragraph, sentence
from dashboard.view.words import clock_words, control_words, outcome_words, party_short, signed, wards_words
from feeds.parties import rank
from feeds.places import folded_place

MOST: Final = 10
"""Lines at most."""

LABEL: Final = 11
"""Cells of the word that a line begins with."""

LEAST: Final = 20
"""Cells for what a line is about; below that it does without how far the night is."""

TURNS: Final = frozenset({"gain", "loss", "new"})
SINGLE: Final = frozenset({"constituency", "mayor"})
"""Kinds of areas of one seat: their movements are changes of control already."""


class Moved(msgspec.Struct, frozen=True):
    """An area of an election as it stands, and as it stood; `before` is None where it was not known."""

    election: Election
    area: Area
    before: Area | None


class Away(msgspec.Struct, frozen=True, kw_only=True):
    """What is otherwise than it was, the newest declaration first, areas without a time in the night's order.

    `declared` were not when last looked at, `retracted` were; `turns` are control changes that were none then;
    `wards` are areas still out of which more wards are in; `certain` have a call that they did not have. `watched`
    are those of the watch list in which anything changed. `corrections` are all new ones, `problems` and `conflicts`
    how many new ones. `seats` are the parties' seats won since in the election on the screen. `went_back` means that
    the night stands before the moment that was looked at last: nothing is told then.
    """

    declared: tuple[Moved, ...] = ()
    retracted: tuple[Moved, ...] = ()
    turns: tuple[Moved, ...] = ()
    wards: tuple[Moved, ...] = ()
    certain: tuple[Moved, ...] = ()
    watched: tuple[Moved, ...] = ()
    corrections: tuple[Correction, ...] = ()
    problems: int = 0
    conflicts: int = 0
    seats: tuple[tuple[str, int], ...] = ()
    election: Election | None = None
    several: bool = False
    went_back: bool = False

    @property
    def is_news(self) -> bool:
        """Whether there is anything to tell."""
        told = (self.declared, self.retracted, self.turns, self.wards, self.certain, self.corrections)
        return any(told) or bool(self.problems or self.conflicts)


def away(since: Night, now: Night, election_id: str | None = None) -> Away:
    """Return what has happened in a night between two snapshots of it; seats are those of the election named."""
    if now.events < since.events:
        return Away(went_back=True)
    areas = sorted(_areas(since, now), key=_newest)
    watch = {folded_place(name) for name in now.settings.watch}
    shown = now.election(election_id) if election_id is not None else next(iter(now.elections), None)
    before = Counter(since.problems)
    return Away(
        declared=tuple(m for m in areas if m.area.is_declared and not _declared(m.before)),
        retracted=tuple(m for m in areas if _declared(m.before) and not m.area.is_declared),
        turns=tuple(filter(_turned, areas)),
        wards=tuple(m for m in areas if not m.area.is_declared and _wards(m.area) > _wards(m.before)),
        certain=tuple(m for m in areas if m.area.certain and (m.before is None or m.before.certain != m.area.certain)),
        watched=tuple(m for m in areas if folded_place(m.area.name) in watch and _otherwise(m)),
        corrections=tuple((Counter(now.corrections) - Counter(since.corrections)).elements()),
        problems=sum(not p.warning for p in (Counter(now.problems) - before).elements()),
        conflicts=len(set(now.conflicts) - set(since.conflicts)),
        seats=_seats(since, shown),
        election=shown,
        several=len(now.elections) > 1,
    )


def _areas(since: Night, now: Night) -> Iterable[Moved]:
    """Yield every area with how it stood; its id may have changed since, when its official code became known.

    An area that nobody speaks of any more is as undeclared as one that was taken back.
    """
    left = {(e.id, a.id): Moved(e, _blank(a), a) for e in since.elections for a in e.areas}
    for election in now.elections:
        old = since.election(election.id)
        ids = {a.id: a for a in old.areas} if old else {}
        names = {(a.kind, folded_place(a.name)): a for a in old.areas if a.code is None} if old else {}
        for area in election.areas:
            before = ids.get(area.id) or names.get((area.kind, folded_place(area.name)))
            if before is not None:
                left.pop((election.id, before.id), None)
            yield Moved(election, area, before)
    yield from left.values()


def _blank(area: Area) -> Area:
    return msgspec.structs.replace(
        area, stage="expected", elected=None, composition=None, control=None, outcome=None, certain=None, wards=()
    )


def _newest(moved: Moved) -> float:
    """Return the key that puts the newest declaration first, and areas without a time last, in the night's order."""
    declared = moved.area.declared
    return 0.0 if declared is None or declared.at is None else -declared.at.timestamp()


def _declared(area: Area | None) -> bool:
    return area is not None and area.is_declared


def _turned(moved: Moved) -> bool:
    """Whether an area has changed control in a way that it had not; both by the baseline that is in use now."""
    area, before = moved.area, moved.before
    if not area.is_declared or area.outcome not in TURNS:
        return False
    if before is None or not before.is_declared or before.control != area.control:
        return True
    name = area.measures[0].name if area.measures else None
    then = next((m.outcome for m in before.measures if m.name == name), before.outcome)
    return then not in TURNS


def _wards(area: Area | None) -> int:
    return 0 if area is None else sum(ward.elected is not None for ward in area.wards)


def _otherwise(moved: Moved) -> bool:
    def stands(area: Area) -> tuple[object, ...]:
        return (area.stage, area.elected, area.composition, area.control, area.certain, _wards(area))

    if moved.before is None:
        return moved.area.is_declared or _wards(moved.area) > 0
    return stands(moved.before) != stands(moved.area)


def _seats(since: Night, shown: Election | None) -> tuple[tuple[str, int], ...]:
    """Return by how many seats each party has more or fewer, the biggest movements first."""
    if shown is None:
        return ()
    old = since.election(shown.id)
    before = {row.party: row.seats for row in old.parties} if old else {}
    now = {row.party: row.seats for row in shown.parties}
    moved = {code: now.get(code, 0) - before.get(code, 0) for code in before | now}
    return tuple(sorted(((c, n) for c, n in moved.items() if n), key=lambda item: (-abs(item[1]), rank(item[0]))))


def away_title(begin: datetime, until: datetime, zone: ZoneInfo) -> Row:
    """Return the headline: from when to when, and how long that is; of a night that was taken back, only from when."""
    words = f"{clock_words(begin, zone)} to {clock_words(until, zone)}" if until >= begin else clock_words(until, zone)
    long = f"  {_span(until - begin)}" if until >= begin else ""
    return sentence(("WHILE YOU WERE AWAY", "title"), ("  ", ""), (words, ""), (long, "quiet"))


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours:,} h {minutes:02} min"
    return f"{minutes} min" if minutes else "less than a minute"


def away_rows(told: Away, width: int) -> list[Row]:
    """Return at most ten lines of at most `width` cells; control changes have a line each while there is room.

    Where a line has no room for all, it says how many more there are.
    """
    if told.went_back:
        return paragraph("The night stands at a moment before the one that you looked at last.", width)
    if not told.is_news:
        return paragraph("Nothing has happened since you last looked.", width)
    lead, rest = _lead(told, width), _rest(told, width)
    return [*lead, *_turn_rows(told, width, MOST - len(lead) - len(rest)), *rest]


def _lead(told: Away, width: int) -> list[Row]:
    rows = []
    if told.declared:
        rows.append(_line("declared", [_name(m, told) for m in told.declared], width, tail=_progress(told)))
    if told.wards:
        words = [f"{_name(m, told)} {wards_words(m.area)}" for m in told.wards]
        rows.append(_line("wards", words, width))
    return rows


def _turn_rows(told: Away, width: int, room: int) -> list[Row]:
    """Return the control changes in at most `room` lines, a line each; the last says how many more there are."""
    words = [f"{_name(m, told).upper()} {outcome_words(m.area)}" for m in told.turns]
    if len(words) > 1 >= room:
        return [_line("control", words, width, "strong")]
    if len(words) > room:
        words = [f"{len(words):,}: {words[0]}", *words[1 : room - 1], f"and {len(words) - room + 1:,} more"]
    return [_line("control" if n == 0 else "", [each], width, "strong") for n, each in enumerate(words)]


def _rest(told: Away, width: int) -> list[Row]:
    lines = [
        ("retracted", [f"{_name(m, told)} undeclared again" for m in told.retracted], "alarm"),
        ("corrected", _corrections(told), "warning"),
        ("watched ★", [f"{_name(m, told)} {_standing(m.area)}" for m in told.watched], "accent"),
        ("certain", [f"{_name(m, told)} {control_words(m.area.certain, m.area.kind)}" for m in told.certain], ""),
        ("seats won", [f"{party_short(code)} {signed(number)}" for code, number in told.seats], ""),
        ("biggest", _biggest(told), ""),
        ("problems", _troubles(told), "alarm"),
    ]
    return [_line(label, words, width, style) for label, words, style in lines if words]


def _line(label: str, words: Sequence[str], width: int, style: str = "", tail: str = "") -> Row:
    """Return a label, how many there are, and as many of them as have room."""
    head = f"{label:<{LABEL}}"
    count = f"{len(words):,}: " if tail or len(words) > 1 else ""
    end = f" · {tail}" if tail else ""
    room = width - cells(head) - cells(count) - cells(end)
    if room < LEAST:
        room, end = room + cells(end), ""
    return sentence((head, "quiet"), (count, "strong"), (_listed(words, room), style), (end, "quiet"))


def _listed(words: Sequence[str], room: int) -> str:
    """Return as many words as have room, and how many more there are; the first is cut where not even it has."""
    shown, best = "", ""
    for number, word in enumerate(words, start=1):
        shown += f", {word}" if shown else word
        if cells(shown) > room:
            break
        more = len(words) - number
        told = f"{shown} and {more:,} more" if more else shown
        best = told if cells(told) <= room else best
    return best or cut(", ".join(words), room)


def _name(moved: Moved, told: Away) -> str:
    return f"{moved.area.name} ({moved.election.name})" if told.several else moved.area.name


def _progress(told: Away) -> str:
    election = told.election
    if election is None:
        return ""
    return f"{election.declared:,} of {election.expected:,} {areas_noun(election.kind, election.expected)}"


def _corrections(told: Away) -> list[str]:
    """Return the new corrections in words, but for the retractions that have been said of areas still undeclared."""
    said = {(m.election.id, folded_place(m.area.name)) for m in told.retracted}
    words = []
    for each in told.corrections:
        place = each.area + (f", {each.ward}" if each.ward else "")
        if each.what != "retraction":
            words.append(f"{place} {each.what} {each.before} → {each.after}")
        elif each.ward is not None or (each.election, folded_place(each.area)) not in said:
            words.append(f"{place} taken back, was {each.before}")
    return words


def _standing(area: Area) -> str:
    if area.is_declared:
        return outcome_words(area)
    return wards_words(area) or "undeclared"


def _biggest(told: Away) -> list[str]:
    """Return the biggest movement of seats in each council that has declared meanwhile, the greatest first."""
    found: list[tuple[int, str]] = []
    for moved in told.declared:
        change = {} if moved.area.kind in SINGLE else moved.area.change or {}
        code = max(change, key=lambda each: (abs(change[each]), each), default=None)
        if code is not None and change[code]:
            found.append((abs(change[code]), f"{party_short(code)} {signed(change[code])} in {_name(moved, told)}"))
    return [words for _, words in sorted(found, key=lambda item: -item[0])]


def _troubles(told: Away) -> list[str]:
    files = f"{told.problems:,} {'file' if told.problems == 1 else 'files'} not counted" if told.problems else ""
    clash = f"{told.conflicts:,} {'conflict' if told.conflicts == 1 else 'conflicts'}" if told.conflicts else ""
    return [words for words in (files, clash) if words]
