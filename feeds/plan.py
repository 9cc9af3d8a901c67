"""What is to be delivered of a night, as data: file by file, with the moment at which each is due."""

import re
import tomllib
from datetime import datetime
from typing import Final, Literal

import msgspec

from feeds.arrival import Arrival
from feeds.report import Result
from feeds.saved import SETTINGS_FILE, SavedNight
from feeds.whole import END_OF_SETTINGS

REHEARSAL: Final = b"rehearsal = true"

_REHEARSAL_LINE = re.compile(rb"^[ \t]*[\"']?rehearsal[\"']?[ \t]*=.*$", re.MULTILINE)
_BOM = b"\xef\xbb\xbf"

Manner = Literal["whole", "torn", "completed", "pause"]


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is done to a directory at a moment of the night (UTC).

    A `torn` file has only the first `part` bytes of `data`, until it is `completed`; in a `pause` nothing is written.
    `deed` says what is out of the ordinary, and `shows` what a screen should show of it; both are empty for a file
    that comes as it came.
    """

    path: str
    data: bytes
    at: datetime
    manner: Manner = "whole"
    part: int = 0
    deed: str = ""
    shows: str = ""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """All deliveries in their order, and how things stand at the end where they are not as the night had them.

    `stands` holds the result that stands of each place with another one than the night's, `retracted` among them.
    `duplicates` and `tests` are the paths of copies and of test files.
    """

    deliveries: tuple[Delivery, ...]
    stands: tuple[Result, ...] = ()
    duplicates: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()

    @property
    def files(self) -> int:
        """How many writes there are."""
        return sum(each.manner != "pause" for each in self.deliveries)


def as_it_came(night: SavedNight) -> Plan:
    """Return the plan that delivers each version of each file once, the settings marked as a rehearsal."""
    found: list[Delivery] = []
    current: dict[str, str] = {}
    for event in night.events:
        if not isinstance(event, Arrival) or current.get(event.path) == event.digest:
            continue
        current[event.path] = event.digest
        data = rehearsed(event.data) if event.path == SETTINGS_FILE else event.data
        found.append(Delivery(path=event.path, data=data, at=event.at))
    if SETTINGS_FILE not in current:
        found.insert(0, Delivery(path=SETTINGS_FILE, data=rehearsed(b""), at=night.begin))
    return Plan(deliveries=tuple(found))


def rehearsed(data: bytes) -> bytes:
    """Return a `night.toml` with `rehearsal = true` at its top level and nothing else changed.

    Its last line is `# end`, so that it counts at once. Settings that cannot be read get the line all the same.
    """
    body = data.removeprefix(_BOM)
    told = _loaded(body)
    wanted = None if told is None else {**told, "rehearsal": True}
    changed = REHEARSAL + b"\n" + body
    if told is not None and "rehearsal" in told:
        # A line that looks right may lie in a table or a text: only the one that has the effect is taken.
        tried = (body[: line.start()] + REHEARSAL + body[line.end() :] for line in _REHEARSAL_LINE.finditer(body))
        changed = next((text for text in tried if _loaded(text) == wanted), changed)
    changed = changed.rstrip()
    return changed + b"\n" if changed.endswith(b"\n" + END_OF_SETTINGS) else changed + b"\n" + END_OF_SETTINGS + b"\n"


def _loaded(data: bytes) -> dict[str, object] | None:
    try:
        return tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return None
