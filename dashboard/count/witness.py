"""What is said of each area, and by which file: the witnesses that an audit calls."""

from collections.abc import Iterable

from dashboard.count.book import Book
from dashboard.count.standing import Saying
from dashboard.count.subjects import AreaKey, ElectionKey, Subject
from feeds.report import Totals

Sayings = dict[Subject, list[Saying]]


class Witness:
    """Finds what is said of an area by the ids that it has in a night; it speaks of the count as it stands now."""

    def __init__(self, book: Book, areas: Iterable[tuple[str, str, AreaKey]]) -> None:
        """Take the book, and each area with its election's id, its own id and its key."""
        self._book = book
        self._keys = {(election, area): key for election, area, key in areas}

    def of(self, election_id: str, area_id: str) -> Sayings:
        """Return everything said of an area by subject ("result" or "baseline", folded ward); empty for none."""
        key = self._keys.get((election_id, area_id))
        return {} if key is None else self._book.sayings(key)

    def totals(self, election_id: str) -> list[Saying]:
        """Return the publishers' totals of an election."""
        return [
            saying
            for saying in self._book.of("totals")
            if isinstance(saying.report, Totals) and self._elects(saying.report, election_id)
        ]

    def _elects(self, totals: Totals, election_id: str) -> bool:
        contest = totals.election
        keys: set[ElectionKey] = {key[0] for (election, _), key in self._keys.items() if election == election_id}
        return any(
            (contest.kind, day) in {(kind, held), (kind, "")}
            for kind, _, held in keys
            for day in [contest.poll_date.isoformat() if contest.poll_date else ""]
        )
