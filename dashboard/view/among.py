"""What follows from an election's areas, kept as the night goes on: of a later one only what is another is looked at.

Which areas are others is told by comparing the objects: an area that stands is the very object that it was. So what is
kept is the same whichever way the night came to where it is, after a jump back in time, too.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from itertools import compress, count, repeat
from operator import is_, is_not
from typing import Final, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

from dashboard.count.night import Area, Election, Night
from dashboard.count.prefix import Origin, Prefix

T = TypeVar("T")


def place_of(things: Sequence[T], thing: T) -> int:
    """Return the place of an object among others; their number where it is not there."""
    return next(compress(count(), map(is_, things, repeat(thing))), len(things))


def places_of(things: Sequence[T], thing: T) -> list[int]:
    """Return all places at which an object lies among others."""
    return list(compress(count(), map(is_, things, repeat(thing))))


class Span(NamedTuple):
    """Where two sequences of objects are not the same: from `first` up to an end in each; around it they are."""

    first: int
    before: int
    now: int


class Others(NamedTuple):
    """Which areas of a sequence are gone from the next one, and which have come into it; each in its order."""

    gone: Sequence[Area]
    come: Sequence[Area]


def span(before: Sequence[T], now: Sequence[T]) -> Span:
    """Return where two sequences differ; an empty span at their ends where they do not."""
    short = min(len(before), len(now))
    first = next(compress(count(), map(is_not, before, now)), short)
    most = short - first
    same = next(compress(count(), map(is_not, reversed(before), reversed(now))), most) if most else 0
    return Span(first, len(before) - min(most, same), len(now) - min(most, same))


class _Compared:
    """The last two sequences of areas that were compared: several look at the same two, one after the other."""

    def __init__(self) -> None:
        self._last: tuple[Sequence[Area], Sequence[Area], Others] = ((), (), Others((), ()))

    def others(self, before: Sequence[Area], now: Sequence[Area]) -> Others:
        """Return which areas are others in the second sequence."""
        last_before, last_now, found = self._last  # at once: somebody may look in another thread
        if before is not last_before or now is not last_now:
            first, end_before, end_now = span(before, now)
            gone, come = before[first:end_before], now[first:end_now]
            both = set(map(id, gone)).intersection(map(id, come))
            if both:
                gone, come = ([area for area in areas if id(area) not in both] for areas in (gone, come))
            found = Others(gone, come)
            self._last = (before, now, found)
        return found


_COMPARED: Final = _Compared()


def others(before: Sequence[Area], now: Sequence[Area]) -> Others:
    """Return which areas are gone and which have come, from one sequence of areas to the next."""
    return _COMPARED.others(before, now)


class Following(ABC):
    """Something that is worked out from areas one by one, in whatever order."""

    def __init__(self) -> None:
        self._areas: Sequence[Area] = ()

    @abstractmethod
    def put(self, area: Area) -> None:
        """Let an area be among them."""

    @abstractmethod
    def take(self, area: Area) -> None:
        """Let an area that is among them be so no more."""

    def follow(self, areas: Sequence[Area]) -> None:
        """Be about these areas; those that were among the ones before are not looked at."""
        if areas is self._areas:
            return
        found = others(self._areas, areas)
        self._areas = areas
        for area in found.gone:
            self.take(area)
        for area in found.come:
            self.put(area)


FollowingT = TypeVar("FollowingT", bound=Following)

_KEPT: WeakKeyDictionary[Origin, dict[tuple[type[Following], str], Following]] = WeakKeyDictionary()
"""By the list of happenings of a night, by kind and by election: what is kept is gone when its night is."""


def among(kind: type[FollowingT], night: Night, election: Election) -> FollowingT:
    """Return what follows from an election's areas; good until it is asked for at another moment of the night."""
    happenings = night.happenings
    kept = _KEPT.setdefault(happenings.origin, {}) if isinstance(happenings, Prefix) else {}
    found = kept.get((kind, election.id))
    if not isinstance(found, kind):
        found = kept[kind, election.id] = kind()
    found.follow(election.areas)
    return found


class ById(Following):
    """The areas by their ids."""

    def __init__(self) -> None:
        super().__init__()
        self.areas: dict[str, Area] = {}

    def put(self, area: Area) -> None:
        """Let an area be found."""
        self.areas[area.id] = area

    def take(self, area: Area) -> None:
        """Let an area be found no more."""
        if self.areas.get(area.id) is area:
            del self.areas[area.id]


class Removed(Following):
    """How many areas have figures from a file that is gone."""

    def __init__(self) -> None:
        super().__init__()
        self.number = 0

    def put(self, area: Area) -> None:
        """Count an area."""
        self.number += area.source_removed

    def take(self, area: Area) -> None:
        """Count an area no more."""
        self.number -= area.source_removed
