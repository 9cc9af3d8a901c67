"""Which night a feed is of: the poll date and the title, told from a few of its files.

Settings say it themselves. Without them it is the most common poll date, as for any night; but so few files are read
for it that it costs nothing to ask while a night goes on.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Final

from feeds.arrival import Arrival, Event
from feeds.disk import Disk
from feeds.formats import read_first
from feeds.report import Baseline, Reading, Result, Settings, Totals
from feeds.scan import read_still, shown
from feeds.walk import Walk

SETTINGS_FILE: Final = "night.toml"

ENOUGH: Final = 20
"""So many files with a poll date settle it."""

TRIES: Final = 200
"""No more files than this are read in search of one."""

LARGEST: Final = 200_000
"""Bytes; a larger file is not read for its date."""

ALL_TOGETHER: Final = 2_000_000
"""No more bytes than this are read in search of one."""


class Dating:
    """What a few files say of their night.

    `poll_date` is the one in the settings, else the most common one (of equals the latest); `title` is that in the
    settings; `dates` are all that were found. None, or empty, where nothing says so.
    """

    def __init__(self, read: Callable[[str, bytes], Reading] = read_first) -> None:
        self.title: str | None = None
        self._read = read
        self._set: date | None = None
        self._found: Counter[date] = Counter()
        self._tried = 0
        self._bytes = 0

    @property
    def dates(self) -> frozenset[date]:
        """Every poll date that a file gave."""
        return frozenset(self._found) | ({self._set} if self._set else set())

    @property
    def poll_date(self) -> date | None:
        """The night's date, so far as it is known."""
        return self._set or max(self._found, key=lambda day: (self._found[day], day), default=None)

    @property
    def settled(self) -> bool:
        """Whether no more files but the settings are read."""
        return self._tried >= TRIES or self._bytes >= ALL_TOGETHER or self._found.total() >= ENOUGH

    def add(self, events: Iterable[Event]) -> None:
        """Take what these files say into account, as long as that is not settled."""
        for event in events:
            if isinstance(event, Arrival):
                self._take(event.path, event.data)

    def _take(self, path: str, data: bytes) -> None:
        if path == SETTINGS_FILE:
            told = [r for r in self._read(path, data).reports if isinstance(r, Settings)]
            if told:
                self._set, self.title = told[0].poll_date, told[0].title
            return
        if self.settled or len(data) > LARGEST:
            return
        self._tried += 1
        self._bytes += len(data)
        reports = self._read(path, data).reports
        days = Counter(
            r.election.poll_date
            for r in reports
            if isinstance(r, Result | Totals | Baseline) and r.election.poll_date is not None
        )
        if days:
            self._found[max(days, key=lambda day: (days[day], day))] += 1


def dating_of(root: Path) -> Dating:
    """Return what lies in a directory says of its night: its settings, and the newest files. Empty where it is gone."""
    dating, disk = Dating(), Disk()
    try:
        there = [seen for seen in Walk(root, disk) if seen.state is None]
    except OSError:
        return dating
    newest = sorted(there, key=lambda seen: (seen.path != SETTINGS_FILE, -seen.key.mtime))
    for seen in newest:
        if dating.settled:
            break
        try:
            got = read_still(seen.real, disk) if seen.key.size <= LARGEST else None
        except OSError:
            continue
        if got is not None:
            dating._take(shown(seen.path), got[1])
    return dating
