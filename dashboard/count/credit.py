"""Which versions of files the areas' figures come from, and how often a version's reports stand."""

from collections.abc import Mapping, Sequence

from dashboard.count.night import Area
from dashboard.count.standing import Saying
from dashboard.count.subjects import AreaKey

Version = tuple[int, str]
"""A version's number, and its path."""


class Credits:
    """For each area the sayings that its figures come from; a version that gives several of them counts as often.

    They follow from the areas: when a count has gone elsewhere, those of the areas that are others are asked for anew.
    """

    def __init__(self) -> None:
        self._times: dict[int, int] = {}
        self._of: dict[AreaKey, tuple[Area, Sequence[Saying]]] = {}

    def stand(self, number: int) -> int:
        """Return how many reports of a version stand."""
        return self._times.get(number, 0)

    def put(self, key: AreaKey, area: Area | None, sayings: Sequence[Saying]) -> set[Version]:
        """Let an area's figures come from these sayings; return the versions of which more or fewer reports stand."""
        before: Sequence[Saying] = self._of[key][1] if key in self._of else ()
        if area is None:
            self._of.pop(key, None)
            sayings = ()
        else:
            self._of[key] = (area, sayings)
        ids, ids_before = set(map(id, sayings)), set(map(id, before))
        new = [saying for saying in sayings if id(saying) not in ids_before]
        gone = [saying for saying in before if id(saying) not in ids]
        for saying in new:
            self._times[saying.number] = self._times.get(saying.number, 0) + 1
        for saying in gone:
            left = self._times[saying.number] - 1
            if left:
                self._times[saying.number] = left
            else:
                del self._times[saying.number]
        return {(saying.number, saying.path) for saying in (*new, *gone)}

    def others(self, areas: Mapping[AreaKey, Area]) -> list[AreaKey]:
        """Return the areas that are other ones than those whose sayings were put, or are there no more."""
        held = self._of
        new = [key for key, area in areas.items() if key not in held or held[key][0] is not area]
        return new + [key for key in held if key not in areas]
