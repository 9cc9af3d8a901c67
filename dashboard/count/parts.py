"""Going through very many things in parts, each of them short, so that nobody waits for the whole of it."""

from collections.abc import Callable, Collection, Generator
from typing import Final, TypeVar

T = TypeVar("T")
R = TypeVar("R")

REPORTS_AT_ONCE: Final = 250
"""Reports, or places, gone through in one part."""

AREAS_AT_ONCE: Final = 1
"""Areas derived in one part: one of a hundred wards takes as long as a hundred without any."""

SUMS_AT_ONCE: Final = 50
"""Areas after which the sums go along, where many are derived: they are not all left for the end."""


def each(things: Collection[T], do: Callable[[T], R], at_once: int = REPORTS_AT_ONCE) -> Generator[None, None, list[R]]:
    """Do something with each of many things, so many in one part; return what comes of it, in their order."""
    done: list[R] = []
    for place, thing in enumerate(things, 1):
        done.append(do(thing))
        if not place % at_once:
            yield
    return done
