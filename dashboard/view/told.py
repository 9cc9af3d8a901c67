"""What has happened in one election, gone through once: as the night grows, only what is new is looked at.

The happenings of a night only grow, so what the first of them told stays true while the last one looked at is still
in its place. After a jump back in time it is not, and they are gone through anew.
"""

from abc import ABC, abstractmethod
from bisect import insort
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar
from weakref import WeakKeyDictionary

from dashboard.count.night import Happening
from dashboard.count.prefix import Origin, Prefix


class Index(ABC):
    """What is worked out from an election's happenings, one after the other; every place is one in the night's order.

    The first place is 0.
    """

    def __init__(self, election_id: str) -> None:
        self._election_id = election_id
        self._begin()

    def _begin(self) -> None:
        self._seen = 0
        self._last: Happening | None = None
        self.clear()

    @abstractmethod
    def clear(self) -> None:
        """Be as before the first happening."""

    @abstractmethod
    def take(self, place: int, happening: Happening) -> None:
        """Go on with the next happening of the election."""

    def follow(self, happenings: Sequence[Happening]) -> None:
        """Go on to the end of a night's happenings; begin anew where they are not those of before."""
        if len(happenings) < self._seen or (self._seen and happenings[self._seen - 1] != self._last):
            self._begin()
        for place in range(self._seen, len(happenings)):
            self._last = happening = happenings[place]
            if happening.election == self._election_id:
                self.take(place, happening)
        self._seen = len(happenings)


class Told(Index):
    """When and where what was declared and corrected.

    `order` is where each area was last declared, `counted` when and where it or a ward of it was, the last one at the
    end of both; `times` and `declared` (in order) leave out what has no known time; `corrections` are the places of
    corrections.
    """

    def clear(self) -> None:
        """Be as before the first happening."""
        self.order: dict[str, int] = {}
        self.counted: dict[str, tuple[datetime, int]] = {}
        self.times: dict[str, datetime] = {}
        self.declared: list[datetime] = []
        self.corrections: list[int] = []

    def take(self, place: int, happening: Happening) -> None:
        """Go on with the next happening of the election."""
        if happening.what == "correction":
            self.corrections.append(place)
        area = happening.area
        if area is None or happening.what not in {"declared", "ward"}:
            return
        self.counted.pop(area.id, None)
        self.counted[area.id] = (happening.at, place)
        if happening.what == "declared":
            self.order.pop(area.id, None)
            self.order[area.id] = place
        moment = area.declared
        if happening.what == "ward" or (moment is not None and moment.basis != "unknown"):
            insort(self.declared, happening.at)
            self.times[area.id] = happening.at


IndexT = TypeVar("IndexT", bound=Index)

_KEPT: WeakKeyDictionary[Origin, dict[tuple[type[Index], str], Index]] = WeakKeyDictionary()
"""By the list of happenings that they are about, by kind and by election: an index is gone when its night is."""


def indexed(kind: type[IndexT], happenings: Sequence[Happening], election_id: str) -> IndexT:
    """Return an index of an election's happenings; good until it is asked for those of another moment of the night."""
    kept = _KEPT.setdefault(happenings.origin, {}) if isinstance(happenings, Prefix) else {}
    found = kept.get((kind, election_id))
    if not isinstance(found, kind):
        found = kept[kind, election_id] = kind(election_id)
    found.follow(happenings)
    return found


def told(happenings: Sequence[Happening], election_id: str) -> Told:
    """Return when and where what was declared and corrected; good as `indexed` says."""
    return indexed(Told, happenings, election_id)
