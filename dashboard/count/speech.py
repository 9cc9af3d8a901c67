"""What each path says, and what is heard of it: of every place, by subject, what all paths say together."""

from collections.abc import Mapping

from dashboard.count.codec import BY_PLACE
from dashboard.count.heard import Heard, heard, sayings_of
from dashboard.count.journal import Journal, Table
from dashboard.count.standing import Saying, by_turn
from feeds.places import PlaceKey

RawArea = tuple[tuple[str, str, str], PlaceKey]
Subject = tuple[str, ...]
Said = Mapping[tuple[RawArea | None, Subject], Saying]
"""What one path says, by raw area (None for what is about no area) and subject."""


class Speech(Table[str, Said]):
    """What each path says. Whoever changes that by the journal's rules changes what is heard, too (`let`)."""

    def __init__(self, journal: Journal) -> None:
        super().__init__(journal, BY_PLACE, held=True)
        self._journal = journal
        self._voices: dict[RawArea, dict[Subject, Heard]] = {}
        self._moved: dict[tuple[RawArea, Subject], dict[str, Saying | None]] = {}

    @property
    def voices(self) -> dict[RawArea, dict[Subject, Heard]]:
        """What is heard of each raw area that anything is said of, by subject."""
        self._journal.settle()
        if self._moved:
            self._hear_anew()
        return self._voices

    def let(self, raw: RawArea, subject: Subject, found: Heard | None) -> None:
        """Let something else, or nothing, be heard of a subject of which something was."""
        subjects = self._voices.setdefault(raw, {})
        if found is not None:
            subjects[subject] = found
            return
        subjects.pop(subject, None)
        if not subjects:
            del self._voices[raw]

    def put(self, key: str, value: Said) -> None:
        """Let a path say something again, and enter nothing."""
        self._move(key, value)
        super().put(key, value)

    def take(self, key: str) -> None:
        """Let a path say nothing again, and enter nothing."""
        self._move(key, {})
        super().take(key)

    def _move(self, path: str, after: Said) -> None:
        for raw, subject in self.get(path, {}):
            if raw is not None:
                self._moved.setdefault((raw, subject), {})[path] = None
        for (raw, subject), saying in after.items():
            if raw is not None:
                self._moved.setdefault((raw, subject), {})[path] = saying

    def _hear_anew(self) -> None:
        """Work out what is heard of every subject of which a path says something else since we went to another time."""
        for (raw, subject), by_path in self._moved.items():
            before = self._voices.get(raw, {}).get(subject)
            said = [s for s in sayings_of(before) if s.path not in by_path]
            said += [saying for saying in by_path.values() if saying is not None]
            self.let(raw, subject, heard(sorted(said, key=by_turn)))
        self._moved.clear()
