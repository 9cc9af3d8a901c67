"""The reader's own watch list, kept between runs in a small JSON file.

What a night's `night.toml` lists is watched, too, until the reader takes it off.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec
from platformdirs import user_state_path

from dashboard.kept import put_in_place
from feeds.places import folded_place
from feeds.text import clean

NAME: Final = "watch.json"
MOST: Final = 5_000
LONGEST: Final = 300


class _Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the file holds: names of areas that are watched, and of those that a night lists and the reader does not."""

    watched: tuple[str, ...] = ()
    unwatched: tuple[str, ...] = ()


def watch_file() -> Path:
    """Return where the list is kept on this system."""
    return user_state_path("election-night") / NAME


class WatchList:
    """Names of areas with a star. Without a path, or where it is not `is_kept`, nothing is written.

    `trouble` says in one sentence why the list could not be read, None where it could; it is empty then.
    """

    def __init__(self, path: Path | None = None, *, is_kept: bool = True) -> None:
        self._path = path if is_kept else None
        self._on: dict[str, str] = {}
        self._off: dict[str, str] = {}
        self.trouble: str | None = None
        if path is not None:
            self._read(path)

    def names(self, listed: Iterable[str] = ()) -> frozenset[str]:
        """Return the folded names of what is watched, `listed` by the night included."""
        return (frozenset(map(folded_place, listed)) | self._on.keys()) - self._off.keys()

    def toggle(self, name: str, listed: Iterable[str] = ()) -> bool:
        """Star an area, or take its star away, and keep that; return whether it has one now.

        Raises OSError where the list cannot be written; the star stays changed until the end of the run.
        """
        key = folded_place(name)
        by_night = key in set(map(folded_place, listed))
        is_on = key not in self.names(listed)
        self._on.pop(key, None)
        self._off.pop(key, None)
        if is_on and not by_night:
            self._on[key] = name
        if not is_on and by_night:
            self._off[key] = name
        self._write()
        return is_on

    def _read(self, path: Path) -> None:
        try:
            kept = msgspec.json.decode(path.read_bytes(), type=_Kept)
        except FileNotFoundError:
            return
        except OSError as error:
            self.trouble = f"the watch list cannot be read: {error.strerror or error}"
            return
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            self.trouble = f"the watch list {clean(str(path))} is damaged and was left out: {clean(str(error), 100)}"
            return
        self._on, self._off = _by_key(kept.watched), _by_key(kept.unwatched)

    def _write(self) -> None:
        path = self._path
        if path is None:
            return
        if self.trouble is not None and path.exists():
            path.replace(path.with_suffix(".damaged"))
            self.trouble = None
        kept = _Kept(watched=tuple(sorted(self._on.values())), unwatched=tuple(sorted(self._off.values())))
        put_in_place(path, msgspec.json.format(msgspec.json.encode(kept), indent=1) + b"\n")


def _by_key(names: Iterable[str]) -> dict[str, str]:
    cleaned = [clean(name, LONGEST).strip() for name in list(names)[:MOST]]
    return {folded_place(name): name for name in cleaned if name}
