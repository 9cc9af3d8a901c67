"""The directories that were watched last, with a recording or without one, for the start screen.

They are kept in a small JSON file in the user's state directory. It is a convenience: what goes wrong with it is never
said, and costs nothing else.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec
from platformdirs import user_state_path

from dashboard.kept import put_in_place
from feeds.text import clean_path, original_path

NAME: Final = "recent.json"
MOST: Final = 20
LONGEST: Final = 4_096
LARGEST: Final = 1_000_000
"""Bytes; a larger file is none of ours."""


class _Kept(msgspec.Struct, frozen=True):
    """What the file holds: directories as they are shown, the one that was watched last first."""

    directories: tuple[str, ...] = ()


def recent_file() -> Path:
    """Return where the list is kept on this system."""
    return user_state_path("election-night", appauthor=False) / NAME


def recent(path: Path) -> list[str]:
    """Return the real paths of the directories that were watched last, the last one first; none where there is no list.

    At most `MOST`, each once, all absolute; whether they are still there is not looked at.
    """
    try:
        with path.open("rb") as file:
            kept = msgspec.json.decode(file.read(LARGEST), type=_Kept)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return []
    return _sound(map(original_path, kept.directories))


def remember(root: Path, path: Path) -> None:
    """Put a directory first in the list; nothing is written where it is that already.

    Nor where that cannot be kept, or the list would lie in the directory itself, which is never written to.
    """
    try:
        real = root.resolve()
        if not path.is_absolute() or path.resolve().is_relative_to(real):
            return
        before = recent(path)
        places = _sound([str(real), *before])
        if places == before:
            return
        kept = _Kept(directories=tuple(map(clean_path, places)))
        put_in_place(path, msgspec.json.format(msgspec.json.encode(kept), indent=1) + b"\n")
    except OSError:
        return


def _sound(places: Iterable[str]) -> list[str]:
    sound = (place for place in places if Path(place).is_absolute() and "\0" not in place and len(place) <= LONGEST)
    return list(dict.fromkeys(sound))[:MOST]
