"""What is new in the watched areas, for the bell and the title of the terminal."""

from typing import Final

from dashboard.count.night import Area
from dashboard.view.frame import Frame
from dashboard.view.words import certain_words, outcome_words
from feeds.places import folded_place
from feeds.text import clean

KEEP_TITLE: Final = "\x1b[22;0t"
GIVE_BACK_TITLE: Final = "\x1b[23;0t"
"""What makes a terminal remember its title, and take it again."""

LONGEST: Final = 80

_State = tuple[object, ...]


class Alerts:
    """Compares a snapshot with the one before; `jumps` of the player tell a move in time from news."""

    def __init__(self) -> None:
        self._states: dict[tuple[str, str], _State] | None = None
        self._jumps = 0

    def news(self, frame: Frame, jumps: int) -> list[str]:
        """Return a few words for each watched area whose result or certain control has come or changed.

        Nothing is news at the first look, after a jump in time, and in an area that is watched only since.
        """
        watched = {
            (e.id, a.id): a for e in frame.night.elections for a in e.areas if folded_place(a.name) in frame.watch
        }
        states = {key: _state(area) for key, area in watched.items()}
        before, moved = self._states, jumps != self._jumps
        self._states, self._jumps = states, jumps
        if before is None or moved:
            return []
        new = [area for key, area in watched.items() if key in before and before[key] != states[key]]
        return [_words(area) for area in new]


def _state(area: Area) -> _State:
    return (area.is_declared, area.revision, area.control, area.certain, area.outcome)


def _words(area: Area) -> str:
    said = outcome_words(area) if area.is_declared else certain_words(area) or "no result any more"
    return clean(f"★ {area.name}: {said}", LONGEST)


def title_sequence(words: str) -> str:
    """Return what sets the title of a terminal (OSC 0); nothing in the words can end it early."""
    return f"\x1b]0;{clean(words, LONGEST)}\x07"
