"""The seats of each party through the night, from what has happened so far."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from dashboard.count.night import Election, Happening, Night
from dashboard.view.told import Index, indexed
from feeds.report import NOC, Seats

COUNTED: Final = frozenset({"declared", "ward", "correction"})
"""The happenings that seats come with."""

STEPS: Final = tuple(timedelta(hours=hours) for hours in (1, 2, 3, 6, 12, 24))
"""Distances of the times under a chart."""

TICKS: Final = 6
"""Times under a chart, at most."""


class Series(NamedTuple):
    """Moments (UTC, rising), for each party its seats from that moment on, and the most that it has had.

    Good until the series of another moment of the night is asked for.
    """

    times: list[datetime]
    seats: dict[str, list[int]]
    most: dict[str, int]

    def at(self, party: str, moment: datetime) -> int:
        """Return a party's seats at a moment."""
        place = bisect_right(self.times, moment)
        return self.seats[party][place - 1] if place else 0


class Course(Index):
    """The seats as they were counted: moments and for each party its seats from that moment on, one figure a moment."""

    def clear(self) -> None:
        """Be as before the first happening."""
        self.times: list[datetime] = []
        self.seats: dict[str, list[int]] = {}
        self.most: Counter[str] = Counter()
        self._held: dict[str, Seats] = {}

    def take(self, place: int, happening: Happening) -> None:
        """Go on with the next happening of the election."""
        if happening.area is None or happening.what not in COUNTED:
            return
        after = _elected(happening)
        before = self._held.get(happening.area.id, {})
        if after == before:
            return
        self._held[happening.area.id] = after
        if not self.times or self.times[-1] != happening.at:
            self.times.append(happening.at)
            for code, figures in self.seats.items():
                self.most[code] = max(self.most[code], figures[-1])
                figures.append(figures[-1])
        for code in after | before:
            figures = self.seats.setdefault(code, [])
            figures += [0] * (len(self.times) - len(figures))
            figures[-1] += after.get(code, 0) - before.get(code, 0)


def series(night: Night, election: Election, as_at: datetime) -> Series:
    """Return the seats of an election's parties as they were counted; the last figures are those of the tally.

    The time is that of counting, since a feed need not say when something was declared.
    """
    course = indexed(Course, night.happenings, election.id)
    now = {p.party: p.seats for p in election.parties if p.party != NOC}
    times, seats = course.times, course.seats
    if not times or Counter({code: figures[-1] for code, figures in seats.items()}) != Counter(now):
        times = [*times, max([as_at, *times[-1:]])]
        seats = {code: [*figures, now.get(code, 0)] for code, figures in seats.items()}
    seats = {code: seats.get(code) or [0] * (len(times) - 1) + [n] for code, n in now.items()} | seats
    return Series(times, seats, {code: max(course.most[code], figures[-1]) for code, figures in seats.items()})


def _elected(happening: Happening) -> Seats:
    """Return the seats that an area stands for after a happening; none where its result was taken back."""
    area, correction = happening.area, happening.correction
    if area is None or (correction is not None and correction.what == "retraction" and area.is_declared):
        return {}
    return {code: number for code, number in (area.elected or {}).items() if number}


def span(begin: datetime, as_at: datetime) -> tuple[timedelta, timedelta]:
    """Return how long the time axis is and how far its times are apart.

    The axis ends at the first such time after `as_at`, so that it stays as it is for a while and tells nothing
    of how long the night will be.
    """
    gone = max(timedelta(0), as_at - begin)
    step = next((s for s in STEPS if gone < s * TICKS), None) or STEPS[-1] * (gone // (STEPS[-1] * TICKS) + 1)
    return step * (gone // step + 1), step


def columns(chart: Series, party: str, begin: datetime, as_at: datetime, width: int) -> list[int]:
    """Return a party's seats at the end of each column of a chart of `width` columns, up to the one of `as_at`."""
    length, _ = span(begin, as_at)
    ends: Sequence[datetime] = [begin + length * (n + 1) / width for n in range(width)]
    shown = [end for end in ends if end - length / width <= as_at]
    return [chart.at(party, min(end, as_at)) for end in shown]
