"""The bounds within which a figure is believed. A figure outside them is a slip of the keyboard, not a result."""

from datetime import date
from typing import Final

MAX_SEATS: Final = 10_000
"""More than any council or parliament has."""

MAX_PEOPLE: Final = 2_000_000_000
"""More than any electorate."""

MAX_REVISION: Final = 1_000_000
MAX_ROUNDS: Final = 1_000
MAX_AREAS: Final = 100_000

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199

_SEATS = (0, MAX_SEATS)
_PEOPLE = (0, MAX_PEOPLE)
_AREAS = (0, MAX_AREAS)
_MOVE = (-MAX_SEATS, MAX_SEATS)

WHOLE: Final[dict[str, tuple[int, int]]] = {
    "elected": _SEATS,
    "composition": _SEATS,
    "held": _SEATS,
    "continuing": _SEATS,
    "candidates": _SEATS,
    "unopposed": _SEATS,
    "total": _SEATS,
    "up": _SEATS,
    "seats": _SEATS,
    "vacant": _SEATS,
    "deferred": _SEATS,
    "change": _MOVE,
    "votes": _PEOPLE,
    "electorate": _PEOPLE,
    "ballots": _PEOPLE,
    "turnout": _PEOPLE,
    "revision": (1, MAX_REVISION),
    "round": (1, MAX_ROUNDS),
    "number": _AREAS,
    "expected": _AREAS,
    "areas": _AREAS,
    "areas_change": (-MAX_AREAS, MAX_AREAS),
}
"""The least and the greatest value of every whole number, by the name of its field or column."""


def out_of_bounds(field: str, value: int) -> str | None:
    """Return in words why a number is not believed for a field, or None where it is.

    The words follow on "elected is “99999”". A field that has no bounds is always believed.
    """
    low, high = WHOLE.get(field, (value, value))
    if value < low:
        return "which cannot be negative" if low == 0 else f"the least is {low:,}"
    return f"more than the {high:,} that are believed" if value > high else None


def year_believed(day: date) -> bool:
    """Return whether a date lies in the years that elections are believed from."""
    return FIRST_YEAR <= day.year <= LAST_YEAR
