"""When a directory is looked through again: every second while that is cheap, more rarely where it is not.

Between two looks through everything that are further apart, the names alone are looked at.
"""

import math
from collections.abc import Callable
from typing import Final

FULL_SHARE: Final = 0.02
"""The share of a core that looks through everything may take while the bell rings for changes."""

POLL_SHARE: Final = 0.1
"""The same where the bell does not ring, so that nothing else finds a change."""

BREATH: Final = 4.0
"""After a look that a suspicion asked for, the next such one waits so many times as long as it took."""

SWEEP_SHARE: Final = 0.002
"""The share of a core for reading files again whose status did not change: a guard against what should not happen."""

FEW: Final = 8
"""Paths that are looked at so quickly that no other thread is asked to, where nobody waits in this one."""

TOGETHER: Final = 100
CHEAP: Final = 0.02
"""So many paths at once, or more, are looked at by a look through everything, where that is due before long and cheap:
so many seconds of a core."""

BUSY: Final = 2.0
"""Seconds after so many paths for which it counts as busy."""

BUSY_EVERY: Final = 3.0
"""Seconds between two looks through everything meanwhile, at least: the bell rings, and they take from the count."""

ROUND: Final = 10.0
"""Seconds that a round of the sweep takes at least."""

SLEPT: Final = 2.0
"""So many seconds late: the process was stopped, or the machine slept, and reports may be lost."""


class Pace:
    """When the next look is due. `ticks` and `cost` are seconds of clocks that never go back.

    `ticks` counts real time, `cost` what a look takes of a core. `every` is the least time between two looks.
    """

    def __init__(self, ticks: Callable[[], float], every: float) -> None:
        self.every = every
        self.polling = False
        self._ticks = ticks
        self._suspected = True
        self._looking = self._again = False
        self._costs = (0.0, 0.0)
        self._looked = -math.inf
        self._turned = math.inf
        self._names_at = math.inf
        self._sweep_at = -math.inf
        self._round_at = -math.inf
        self._busy_until = -math.inf

    def suspect(self) -> None:
        """Ask for a look at once: something may have been lost. While one goes on, for another one after it."""
        self._suspected = True
        self._again = self._looking

    def turn(self) -> None:
        """Say that it is a new turn; a turn that comes much too late is suspicious."""
        now = self._ticks()
        if now - self._turned > self.every + SLEPT:
            self.suspect()
        self._turned = now

    @property
    def regular(self) -> bool:
        """Whether the look that is due now is an ordinary one, not one that a suspicion asked for."""
        return not self._suspected

    @property
    def _share(self) -> float:
        return POLL_SHARE if self.polling else FULL_SHARE

    @property
    def _is_busy(self) -> bool:
        return self._ticks() < self._busy_until

    @property
    def _least(self) -> float:
        return max(self.every, BUSY_EVERY) if self._is_busy else self.every

    def named(self, paths: int) -> None:
        """Take note that the bell has named so many paths at once."""
        if paths >= TOGETHER:
            self._busy_until = self._ticks() + BUSY

    def left(self) -> float:
        """Return in how many seconds a look through everything is due; not above 0 where it is now."""
        # One dear look is no measure: the files' names may have had to come from the disk.
        cost = min(self._costs)
        gap = min(cost * BREATH, self.every) if self._suspected else max(self._least, cost / self._share)
        return self._looked + gap - self._ticks()

    def joins(self, paths: int) -> bool:
        """Return whether so many paths are best looked at together with everything else."""
        return paths >= TOGETHER and min(self._costs) <= CHEAP and self.left() <= self.every / 2

    def looks(self) -> None:
        """Say that a look through everything begins."""
        self._looking = True

    def looked(self, cost: float) -> None:
        """Say that everything has been looked through, and what that cost."""
        self._suspected, self._again, self._looking = self._again, False, False
        self._costs = (self._costs[1], cost) if self._looked > -math.inf else (cost, cost)
        self._looked = self._ticks()
        self._names_at = self._looked + self.every

    def lists(self) -> bool:
        """Return whether the names may be looked at now; not where everything is looked through before long."""
        return self._ticks() >= self._names_at and self.left() > self._least

    def listed(self, cost: float) -> None:
        """Say that the names have been looked at, and what that cost."""
        self._names_at = self._ticks() + max(self.every, cost / self._share)

    def sweeps(self) -> bool:
        """Return whether the sweep may read files now."""
        return self._ticks() >= max(self._sweep_at, self._round_at)

    def swept(self, cost: float, done: bool) -> None:
        """Say what the sweep has cost since it last asked, and whether its round is done."""
        now = self._ticks()
        self._sweep_at = now + cost / SWEEP_SHARE
        if done:
            self._round_at = now + ROUND
