"""What a benchmark measured, beside its floor or peer and its budget; and the arithmetic of many measurements."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median as middle
from typing import Any

WIDTHS = (50, 13, 48, 9, 22, 3)
"""Cells of the columns of the table."""


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


def _columns(*cells: str) -> str:
    return " ".join(f"{cell:<{width}}" for cell, width in zip(cells, WIDTHS, strict=True)).rstrip()


HEAD = _columns("what", "figure", "floor or peer in the same run", "ratio", "budget", "met")


def row_words(figure: Figure) -> str:
    """Return the figure as a row of the table."""
    floor = "" if figure.floor is None else f"{_number(figure.floor, figure.unit)}: {figure.against}"
    ratio = "" if figure.ratio is None else f"{figure.ratio:,.2f}×"
    met = {True: "yes", False: "NO", None: ""}[figure.met]
    return _columns(figure.what, _number(figure.value, figure.unit), floor, ratio, figure.budget, met)


def _number(value: float, unit: str) -> str:
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f} {unit}"


def median(values: Sequence[float]) -> float:
    """Return the median."""
    return float(middle(values))


def p99(values: Sequence[float]) -> float:
    """Return the 99th percentile: the smallest value that at least 99 of 100 do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-len(ordered) * 99 // 100) - 1))]
