"""Who waits for whom: a key comes first, then the count, then the next picture.

A picture is due at once where little comes, rarely where much does; it is counted a little at a time.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import Final, Protocol

from dashboard.deep import Load, unheard
from feeds.arrival import Arrival, Event

BEAT: Final = 0.1
"""Seconds between two looks at the player."""

LIVE_BEAT: Final = 0.25
"""The same live, where every file that comes is a beat by itself, and only the clock goes on between."""

PICTURE: Final = BEAT * 0.9
"""Seconds from one picture to the next at least."""

AT_ONCE: Final = 0.02
FEW: Final = 3
"""So many files at once, or fewer, are shown without waiting for the next beat, so many seconds apart."""

WITHIN: Final = 1.5
"""Seconds of which the files are many or few; more than one batch of a steady stream is in them."""

SEVERAL: Final = 30
SEVERAL_APART: Final = 0.2
"""More files than these in that time are shown together, so many seconds apart."""

MANY: Final = 60
"""More files than these in that time, or so many that wait, cannot be read one by one."""

MANY_APART: Final = 0.5
"""Seconds from one picture to the next while many come: what is counted in between is in the next one."""

FLOOD: Final = 180
FLOOD_APART: Final = 0.8
"""The same while more than so many come: a picture then changes nearly all lines, and nobody reads two a second. They
come in batches, mostly one a second, and each is shown as soon as it is counted."""

UNCOUNTED: Final = 0.3
"""So much longer is it while some of a batch is left to count, of which the next picture would show only a part."""

LULL: Final = 0.15
"""Seconds without a file after which many were all that came: what is counted of them is shown at once."""

BATCH: Final = 20
BATCHES: Final = 0.6
LONGER: Final = 1.5
"""Where they come in batches of so many, no more seconds apart than that, so many times as long as one waits."""

STEP: Final = 20
"""Events counted between two looks at the clock."""

SLICE: Final = 0.004
"""Seconds of counting in one go; a key waits no longer for it, and for a step more."""

FIRST: Final = 0.1
"""The same before the first picture, when there is nothing yet that a key could be about."""

ANSWER: Final = 0.03
"""Seconds after a key for which nothing is counted and no new picture is made: the answer takes most of them."""

SHARE: Final = 0.5
"""Of the time as much as this is kept free for keys, however many come: the count goes on under one that repeats."""

DEEP: Final = 1_000
"""More events than so many are very many: while they wait, nothing is done that can be done later."""

LONG_SLICE: Final = 0.016
UNTOUCHED: Final = 1.0
"""A slice while very many wait and no key has come for so many seconds: the first one waits a little longer."""

TIDYING: Final = 0.03
"""Seconds between two beats while nothing has to be counted and large documents wait to be packed."""

REST: Final = 0.001
"""Seconds between two slices; none while very many wait."""


def files_in(events: Sequence[Event]) -> int:
    """Return of how many files events tell: the temporary name that a careful feed writes first is no other file."""
    return max(sum(isinstance(event, Arrival) for event in events), len(events) // 2)


class Rhythm:
    """The rhythm of one screen; `ticks` are seconds."""

    def __init__(self, ticks: Callable[[], float]) -> None:
        self._ticks = ticks
        self._came: deque[tuple[float, int]] = deque()
        self._within = 0

    def came(self, files: int) -> float:
        """Take note that so many files came; return how many seconds from the last picture the next is due."""
        self._came.append((self._ticks(), files))
        self._within += files
        return AT_ONCE if files <= FEW else PICTURE

    def gap(self, wanted: float, backlog: int) -> float:
        """Return how many seconds from the last picture the next is due, with so many files left to count."""
        now = self._ticks()
        while self._came and now - self._came[0][0] > WITHIN:
            self._within -= self._came.popleft()[1]
        many = max(self._within, backlog)
        if not backlog and self._came and now - self._came[-1][0] >= (self._lull() if many > MANY else LULL):
            return min(wanted, AT_ONCE)
        if many > MANY:
            return max(wanted, MANY_APART if many <= FLOOD else FLOOD_APART + UNCOUNTED * bool(backlog))
        return max(wanted, SEVERAL_APART) if self._within > SEVERAL else wanted

    def _lull(self) -> float:
        """Return after how many seconds without a file those that came were all."""
        batches = (at for at, files in self._came if files >= BATCH)
        apart = (later - at for at, later in pairwise(batches) if later - at <= BATCHES)
        return max(LULL, LONGER * max(apart, default=0.0))


class Counts(Protocol):
    """What a heart reads of a player; see `dashboard.player.Player`."""

    @property
    def backlog(self) -> int:
        """Events that are due but not counted yet."""

    @property
    def in_parts(self) -> bool:
        """Whether one event is being counted in parts."""

    @property
    def is_heavy(self) -> bool:
        """Whether large documents wait to be packed, a part with each `tick` that has nothing to count."""

    def tick(self, limit: int) -> bool:
        """Count up to so many events; return whether the night changed."""


class Beats(Protocol):
    """What a heart asks of a program."""

    def beat(self, gap: float) -> None:
        """Count, and show what is new, not before so many seconds after the last picture."""

    def set_timer(self, delay: float, callback: Callable[[], None]) -> object:
        """Call something after so many seconds."""


class Heart:
    """Lets a player count a little at a time. `ticks` are seconds.

    `hurry` asks whoever reads beside the screen to stand aside for so many seconds, 0 lets them go on; `load` is told
    how much there is to count, when that is another.
    """

    def __init__(
        self,
        app: Beats,
        player: Counts,
        ticks: Callable[[], float],
        hurry: Callable[[float], object],
        load: Callable[[Load], object] = unheard,
    ) -> None:
        self._app = app
        self._tell = load
        self._load = Load.LITTLE
        self._is_painted = False
        self._player = player
        self._ticks = ticks
        self._hurry = hurry
        self._coming: set[float] = set()
        self._free = 2 * ANSWER
        self._asked = self._until = ticks()

    def touched(self) -> None:
        """Take note of a key."""
        now = self._ticks()
        self._free = min(2 * ANSWER, self._free + (now - self._asked) * SHARE)
        begin = max(self._until, now)
        self._asked, self._until = now, max(begin, now + min(ANSWER, self._free))
        self._free -= self._until - begin
        self._hurry(self._until - now)

    def hear_of(self, files: int, gap: float) -> None:
        """Have a beat for files that came; where they are few, whoever reads stands aside until they are shown."""
        if files <= FEW:
            self._hurry(ANSWER)
        self._app.beat(gap)
        if files <= FEW:
            self._hurry(max(0.0, self.answers()))

    def painted(self) -> None:
        """Take note that something was painted: while very many events wait, that is answer enough to a key.

        Until the first picture is, nobody is told how little there is to count.
        """
        if not self._is_painted:
            self._is_painted = True
            self._tell(self._load)
        now = self._ticks()
        left = self._until - now
        if left > 0 and self._is_deep:
            self._until = now
            self._free = min(2 * ANSWER, self._free + left)
            self._hurry(0.0)

    def answers(self) -> float:
        """Return for how many seconds more a key is being answered; 0 or less where none is."""
        return self._until - self._ticks()

    def count(self, length: float | None = None) -> bool:
        """Count what is due, for so many seconds at most, None for a slice; return whether the night changed."""
        began = self._ticks()
        if length is None:
            length = LONG_SLICE if self._is_deep and began - self._asked > UNTOUCHED else SLICE
        is_new = self._player.tick(STEP)
        while self._player.backlog and self._ticks() < began + length and self.answers() <= 0:
            is_new |= self._player.tick(STEP)
        load = Load.DEEP if self._is_deep else Load.LONG if self._player.in_parts else Load.LITTLE
        if load is not self._load:
            self._load = load
            self._tell(load)
        if not is_new and self._player.is_heavy and began - self._asked > UNTOUCHED:
            self.soon(TIDYING, PICTURE)
        return is_new

    @property
    def _is_deep(self) -> bool:
        return self._player.backlog > DEEP

    def go_on(self) -> None:
        """Have another beat for what waits to be counted."""
        self.soon(0.0 if self._is_deep else REST, PICTURE)

    def soon(self, seconds: float, gap: float) -> None:
        """Have another beat so soon; one for each length of time between two pictures."""
        if gap not in self._coming:
            self._coming.add(gap)
            self._app.set_timer(seconds, partial(self._again, gap))

    def _again(self, gap: float) -> None:
        self._coming.discard(gap)
        self._app.beat(gap)


class Showing:
    """Shows a picture step by step; the rest of one waits while a key is answered. `answers` is as that of a heart."""

    def __init__(self, answers: Callable[[], float]) -> None:
        self._answers = answers
        self._steps: Iterator[None] | None = None

    @property
    def is_on(self) -> bool:
        """Whether there is a picture of which the rest waits."""
        return self._steps is not None

    def begin(self, steps: Iterator[None]) -> None:
        """Show another picture, and no more of the one before."""
        self._steps = steps

    def go_on(self) -> None:
        """Take the next steps until none is left, or a key waits for its answer."""
        steps, self._steps = self._steps, None
        for _ in steps or ():
            if self._answers() > 0:
                self._steps = steps
                return

    def finish(self) -> None:
        """Take all steps that are left."""
        steps, self._steps = self._steps, None
        for _ in steps or ():
            pass
