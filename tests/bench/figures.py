"""What a benchmark measured, beside its floor or peer and its budget; and the arithmetic of many measurements."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median as middle
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One measured figure. `floor` is that of `against` in the same run; `most` is the budget, in the unit or a ratio.

    `budget` says the budget in words. A figure without `most` has none; `over` tells whether the ratio is judged.
    """

    what: str
    value: float
    unit: str
    budget: str = ""
    most: float | None = None
    against: str = ""
    floor: float | None = None
    over: bool = False
    least: bool = False

    @property
    def ratio(self) -> float | None:
        """The figure in terms of its floor or peer, None where there is none."""
        return self.value / self.floor if self.floor else None

    @property
    def met(self) -> bool | None:
        """Whether the budget is met, None where there is none."""
        judged = self.ratio if self.over else self.value
        if self.most is None or judged is None:
            return None
        return judged >= self.most if self.least else judged <= self.most

    def row(self) -> dict[str, Any]:
        """Return the figure as data."""
        return {**asdict(self), "ratio": self.ratio, "met": self.met}


def median(values: Sequence[float]) -> float:
    """Return the median."""
    return float(middle(values))


def p99(values: Sequence[float]) -> float:
    """Return the 99th percentile: the smallest value that at least 99 of 100 do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-len(ordered) * 99 // 100) - 1))]
