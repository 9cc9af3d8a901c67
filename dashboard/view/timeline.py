"""The time bar as data: how far the night is, when how much was declared, what changed hands.

What lies ahead is not shown, and neither is how long the night will be: the bar's end follows from when polls close
and from the moment shown, never from the last event. `Frame.ahead` (asked for with `--spoilers`) is the whole night.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import takewhile
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from dashboard.count.night import Change, Election, Night
from dashboard.count.prefix import Prefix
from dashboard.view.among import span
from dashboard.view.frame import Frame
from dashboard.view.lines import Piece
from dashboard.view.pieces import Line, line, party_mark, width_of
from dashboard.view.status import speed_words
from dashboard.view.times import polls_close
from dashboard.view.told import Told, told
from dashboard.view.words import clock_words

EVENING: Final = time(18, 0)
"""When the day after the poll is over: the bar's end, until the night has outlasted it."""

DAY: Final = timedelta(days=1)
"""A night whose first event is later than this after polls close is no night of that poll; its own begin counts."""

LEAST_DAY: Final = timedelta(hours=12)
"""The first evening that ends the bar is at least so long after its begin."""

STEPS: Final = tuple(timedelta(minutes=n) for n in (5, 15, 30, 60, 120, 240, 480, 960))
"""How long the bar of a night without a time at which polls close is, one after the other as it goes on."""

BLOCKS: Final = "▁▂▃▄▅▆▇█"
CLOCK_FROM: Final = 60
"""Cells from which the bar has room for the clock and the speed."""


class Scale(msgspec.Struct, frozen=True):
    """The two ends of the bar, UTC."""

    begin: datetime
    end: datetime

    def cell(self, at: datetime, width: int) -> int:
        """Return the cell in which a time lies on a bar of `width` cells."""
        return cell_of(at, self.begin, self.end, width)

    def cells(self, times: Iterable[datetime], width: int) -> Iterator[int]:
        """Yield the cell of each of many times."""
        begin, span, last = self.begin, (self.end - self.begin).total_seconds(), width - 1
        for at in times:
            share = (at - begin).total_seconds() / span if span > 0 else 1.0
            yield max(0, min(last, int(share * last + 0.5)))

    def counted(self, times: Sequence[datetime], upto: int, width: int) -> dict[int, int]:
        """Return how many of the first `upto` times, which rise, lie in each cell: it looks at few of them."""
        found: dict[int, int] = {}
        place = 0
        while place < upto:
            cell = self.cell(times[place], width)
            after = bisect_right(times, cell, place, upto, key=lambda at: self.cell(at, width))
            found[cell] = after - place
            place = after
        return found

    def share(self, share: float) -> datetime:
        """Return the time at a share of the bar, from 0 to 1."""
        return self.begin + (self.end - self.begin) * share


def scale_of(night: Night, begin: datetime, as_at: datetime, ahead: Night | None = None) -> Scale:
    """Return the ends of the bar at a moment of a night whose first event is at `begin`.

    It begins when polls close. Its end is the evening of the next day, a day more each time the night outlasts it;
    where it is not known when polls close, the next length of a fixed row. With `ahead` it is that night's last event.
    """
    close = polls_close(night)
    follows = close is not None and close <= as_at and begin - close < DAY
    start = close.astimezone(UTC) if close is not None and follows else begin
    if ahead is not None and ahead.last_at is not None:
        return Scale(start, max(start, ahead.last_at))
    if close is None:
        gone = as_at - start
        step = next((s for s in STEPS if gone < s), None)
        if step is not None:
            return Scale(start, start + step)
    return Scale(start, _evening(start, as_at, ZoneInfo(night.settings.zone)))


def _evening(start: datetime, as_at: datetime, zone: ZoneInfo) -> datetime:
    day = max(start + LEAST_DAY, as_at).astimezone(zone).date()
    evenings = (datetime.combine(day + timedelta(days=n), EVENING, zone).astimezone(UTC) for n in range(3))
    return next(e for e in evenings if e >= start + LEAST_DAY and e > as_at)


def cell_of(at: datetime, begin: datetime, end: datetime, width: int) -> int:
    """Return the cell in which a time lies on a bar of `width` cells."""
    return next(Scale(begin, end).cells((at,), width))


def time_of(cell: int, begin: datetime, end: datetime, width: int) -> datetime:
    """Return the time at a cell of a bar of `width` cells."""
    return begin + (end - begin) * (max(0, min(width - 1, cell)) / max(1, width - 1))


Turn = tuple[datetime, str]
"""When an area changed hands, and whose it is now."""


class Telling(msgspec.Struct, frozen=True):
    """What the bar tells of one election: when each of its areas was declared, in order, and who gained what when."""

    declared: Sequence[datetime]
    changes: tuple[Turn, ...]


class Turns:
    """When areas changed hands and whose they are: of a later night only changes that are others are looked at."""

    def __init__(self) -> None:
        self._changes: Sequence[Change] = ()
        self._turns: list[Turn | None] = []
        self._about: set[str] = set()
        self._counted: object = None
        self._last = -1

    def follow(self, changes: Sequence[Change], found: Told) -> tuple[Turn, ...]:
        """Return the time of counting and the party of each change, in their order; unknown times are left out."""
        first, before, now = span(self._changes, changes)
        gone, come = (each.area_id for each in self._changes[first:before]), {c.area_id for c in changes[first:now]}
        self._about.difference_update(gone)
        if found.counted is not self._counted or not self._about.isdisjoint(self._since(found) - come):
            self._about, self._turns = set(), []
            first, before, now = 0, 0, len(changes)
        self._turns[first:before] = [_turn(change, found) for change in changes[first:now]]
        self._about.update(change.area_id for change in changes[first:now])
        self._changes, self._counted = changes, found.counted
        self._last = next(reversed(found.counted.values()), (None, -1))[1]
        return tuple(filter(None, self._turns))

    def _since(self, found: Told) -> set[str]:
        """Return the areas of which something was counted since."""
        return {area for area, _ in takewhile(lambda each: each[1][1] > self._last, reversed(found.counted.items()))}


def _turn(change: Change, found: Told) -> Turn | None:
    at = found.times.get(change.area_id)
    return None if at is None else (at, change.control)


def telling(night: Night, election: Election | None, kept: Turns | None = None) -> Telling:
    """Return when, by the order of counting, things were declared and changed hands; unknown times are left out.

    `kept` are the turns of another moment of the night.
    """
    if election is None:
        return Telling((), ())
    found = told(night.happenings, election.id)
    return Telling(Prefix(found.declared), (kept or Turns()).follow(election.changes, found))


class Bar(msgspec.Struct, frozen=True):
    """The bar laid out: its scale, the cells before it and those of it, and the clock behind it."""

    scale: Scale
    start: int
    width: int
    behind: Line


def layout(frame: Frame, width: int) -> Bar:
    """Return how a bar `width` cells wide is laid out."""
    scale = scale_of(frame.night, frame.begin, frame.as_at, frame.ahead)
    start = len(f" {clock_words(scale.begin, frame.zone)} ")
    words = f"{clock_words(frame.as_at, frame.zone)}{'' if frame.live else f' {speed_words(frame.speed)}'} "
    behind = line((f" {clock_words(scale.end, frame.zone)} ", "quiet"))
    if width >= CLOCK_FROM:
        behind = line(*behind, (words, "strong"))
    return Bar(scale, start, max(1, width - start - width_of(behind)), behind)


class Placed:
    """Which changes lie in which cell of a bar; each is placed once, as long as the bar is laid out as it is."""

    def __init__(self) -> None:
        self._laid: tuple[Scale, int] | None = None
        self._turns: Sequence[Turn] = ()
        self._in: dict[int, Counter[str]] = {}
        self._most: dict[int, str] = {}

    def most(self, bar: Bar, turns: Sequence[Turn]) -> Mapping[int, str]:
        """Return for each cell in which anything changed hands the party with most there, the later of equals."""
        if self._laid != (bar.scale, bar.width):
            self._laid, self._turns, self._in, self._most = (bar.scale, bar.width), (), {}, {}
        first, before, now = span(self._turns, turns)
        touched = {
            *self._count(bar, self._turns[first:before], -1),
            *self._count(bar, turns[first:now], 1),
        }
        self._turns = turns
        for cell in touched:
            self._decide(bar, cell)
        return self._most

    def _count(self, bar: Bar, turns: Sequence[Turn], by: int) -> list[int]:
        cells = list(bar.scale.cells([at for at, _ in turns], bar.width))
        for cell, (_, code) in zip(cells, turns, strict=True):
            self._in.setdefault(cell, Counter())[code] += by
        return cells

    def _decide(self, bar: Bar, cell: int) -> None:
        """Find out who has most in a cell."""
        most = max(self._in[cell].values())
        level = [code for code, number in self._in[cell].items() if number == most]
        if not most:
            self._most.pop(cell, None)
        elif len(level) == 1:
            self._most[cell] = level[0]
        else:
            late = ((at, code) for at, code in reversed(self._turns) if code in level)
            self._most[cell] = next(code for at, code in late if bar.scale.cell(at, bar.width) == cell)


def at_cell(frame: Frame, x: int, width: int) -> datetime:
    """Return the time (UTC) at a column of a bar `width` cells wide."""
    bar = layout(frame, width)
    return time_of(x - bar.start, bar.scale.begin, bar.scale.end, bar.width)


def time_lines(
    frame: Frame, told: Telling, width: int, rows: int, ahead: Telling | None = None, *, kept: Placed | None = None
) -> list[Line]:
    """Return the bar in one row, or in two with the declarations above the changes of control.

    `kept` is what is known of the bar as it was drawn before.
    """
    bar = layout(frame, width)
    here = bar.scale.cell(frame.as_at, bar.width)
    whole = told if ahead is None else ahead
    density = _density(whole.declared, bar, frame, ahead is not None)
    marks = _marks(whole, bar, frame, ahead is not None, kept or Placed())
    track: dict[int, Piece] = {cell: ("━", "accent") if cell < here else ("┄", "faint") for cell in range(bar.width)}
    track |= dict.fromkeys(_skipped(bar, frame), ("╌", "quiet"))
    if rows == 1:
        track |= density
    track |= marks
    track[here] = ("◉", "strong")
    begin = (f" {clock_words(bar.scale.begin, frame.zone)} ", "quiet")
    lines = [line(begin, *_merged([track[cell] for cell in range(bar.width)]), *bar.behind)]
    if rows > 1:
        above = [density.get(cell, (" ", "")) for cell in range(bar.width)]
        lines.insert(0, line((" " * bar.start, ""), *_merged(above), (" " * width_of(bar.behind), "")))
    return lines


def _density(times: Sequence[datetime], bar: Bar, frame: Frame, all_of_it: bool) -> dict[int, Piece]:
    upto = len(times) if all_of_it else bisect_right(times, frame.as_at)
    cells = bar.scale.counted(times, upto, bar.width)
    here = bar.scale.cell(frame.as_at, bar.width)
    most = max(cells.values(), default=1)
    return {
        cell: (BLOCKS[max(0, -(-number * len(BLOCKS) // most) - 1)], "accent" if cell <= here else "faint")
        for cell, number in cells.items()
    }


def _marks(told: Telling, bar: Bar, frame: Frame, all_of_it: bool, kept: Placed) -> dict[int, Piece]:
    """Return a mark for each cell with a change of control: of the party with most there, the later of equals."""
    shown: Sequence[Turn] = told.changes
    if not all_of_it and told.declared and told.declared[-1] > frame.as_at:
        shown = [turn for turn in shown if turn[0] <= frame.as_at]
    return {cell: party_mark(code) for cell, code in kept.most(bar, shown).items()}


def _skipped(bar: Bar, frame: Frame) -> Iterator[int]:
    for first, last in frame.skipped:
        if last <= frame.as_at:
            yield from range(bar.scale.cell(first, bar.width) + 1, bar.scale.cell(last, bar.width))


def _merged(track: list[Piece]) -> list[Piece]:
    out: list[Piece] = []
    for text, style in track:
        if out and out[-1][1] == style:
            out[-1] = (out[-1][0] + text, style)
        else:
            out.append((text, style))
    return out
