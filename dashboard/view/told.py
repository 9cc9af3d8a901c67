"""What has happened in one election, gone through once: as the night grows, only what is new is looked at.

The happenings of a night only grow, so what the first of them told stays true while the last one looked at is still
in its place. After a jump back in time it is not, and they are gone through anew.
"""

from collections.abc import Sequence
from datetime import datetime
from weakref import WeakKeyDictionary

from dashboard.count.night import Happening
from dashboard.count.prefix import Origin, Prefix


class Told:
    """The index of an election's happenings; every place is one in the night's order, from 0.

    `order` is where each area was last declared; `counted` when and where it was last declared or a ward of it;
    `times` and `declared` leave out what has no known time; `corrections` are the places of corrections.
    """

    def __init__(self, election_id: str) -> None:
        self._election_id = election_id
        self._clear()

    def _clear(self) -> None:
        self._seen = 0
        self._last: Happening | None = None
        self.order: dict[str, int] = {}
        self.counted: dict[str, tuple[datetime, int]] = {}
        self.times: dict[str, datetime] = {}
        self.declared: list[datetime] = []
        self.corrections: list[int] = []

    def follow(self, happenings: Sequence[Happening]) -> None:
        """Go on to the end of a night's happenings; begin anew where they are not those of before."""
        if len(happenings) < self._seen or (self._seen and happenings[self._seen - 1] != self._last):
            self._clear()
        for place in range(self._seen, len(happenings)):
            self._last = happening = happenings[place]
            if happening.election == self._election_id:
                self._take(place, happening)
        self._seen = len(happenings)

    def _take(self, place: int, happening: Happening) -> None:
        if happening.what == "correction":
            self.corrections.append(place)
        area = happening.area
        if area is None or happening.what not in {"declared", "ward"}:
            return
        self.counted[area.id] = (happening.at, place)
        if happening.what == "declared":
            self.order[area.id] = place
        moment = area.declared
        if happening.what == "ward" or (moment is not None and moment.basis != "unknown"):
            self.declared.append(happening.at)
            self.times[area.id] = happening.at


_KEPT: WeakKeyDictionary[Origin, dict[str, Told]] = WeakKeyDictionary()
"""By the list of happenings that they are about, and by election: an index is gone when its night is."""


def told(happenings: Sequence[Happening], election_id: str) -> Told:
    """Return the index of an election's happenings; good until it is asked for those of another moment of the night."""
    kept = _KEPT.setdefault(happenings.origin, {}) if isinstance(happenings, Prefix) else {}
    found = kept.get(election_id)
    if found is None:
        found = kept[election_id] = Told(election_id)
    found.follow(happenings)
    return found
