"""Which versions of files an area's figures come from, and how often a version's reports stand."""

from dashboard.count.book import AreaKey
from dashboard.count.codec import plain
from dashboard.count.journal import Journal, Table

Credited = tuple[tuple[int, str], ...]
"""Versions by number, each with its path."""


class Credits(Table[AreaKey, Credited]):
    """For each area the versions that its figures come from; one that gives several of them is there as often."""

    def __init__(self, journal: Journal) -> None:
        super().__init__(journal, plain(Credited), held=True)
        self._times: dict[int, int] = {}

    def stand(self, number: int) -> int:
        """Return how many reports of a version stand."""
        return self._times.get(number, 0)

    def put(self, key: AreaKey, value: Credited) -> None:
        """Let an area's figures come from these versions, and enter nothing."""
        self._count(self.get(key, ()), value)
        super().put(key, value)

    def take(self, key: AreaKey) -> None:
        """Let an area have no figures, and enter nothing."""
        self._count(self.get(key, ()), ())
        super().take(key)

    def __setitem__(self, key: AreaKey, value: Credited) -> None:
        self._count(self.get(key, ()), value)
        super().__setitem__(key, value)

    def _count(self, before: Credited, after: Credited) -> None:
        times = self._times
        for number, _ in after:
            times[number] = times.get(number, 0) + 1
        for number, _ in before:
            left = times[number] - 1
            if left:
                times[number] = left
            else:
                del times[number]
