"""One version of one file, and what else can happen to a path: the events that a source yields.

A source yields events; the count takes them in the order of `order`, whatever order they were observed in
(RULES 15). Paths are relative to the source's root, with `/`, and already cleaned for showing.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Literal

import msgspec

from feeds.report import Basis

Sight = Literal["waiting", "ignored", "unreadable", "removed"]


class Arrival(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One content of one path as it was seen.

    `at` is an aware UTC time, `basis` what it rests on (RULES 29). `until`, where given, means that of this
    content only the reports whose own time is not after it have been said so far: a plain directory replays
    report by report. `later` are the positions of reports in the reading that have not been said yet although
    their `declared_at` is not after `until`. `feeds.said.said` applies both.
    """

    path: str
    data: bytes
    digest: str
    at: datetime
    basis: Basis
    until: datetime | None = None
    later: tuple[int, ...] = ()


class Sighting(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A path that was seen but whose content is not (or no longer) taken in, and why, in words for a person."""

    path: str
    at: datetime
    state: Sight
    reason: str


Event = Arrival | Sighting


def digest(data: bytes) -> str:
    """Return the identity of a content: SHA-256 in hexadecimal, as `sha256sum` prints it."""
    return hashlib.sha256(data).hexdigest()


def order(event: Event) -> tuple[datetime, str, str, str]:
    """Return the key by which events are counted: time, path, then content (RULES 15)."""
    if isinstance(event, Arrival):
        return (event.at, event.path, event.digest, event.until.isoformat() if event.until else "~")
    return (event.at, event.path, "", event.state)


def some(look: Iterator[Event | None], most: int) -> tuple[list[Event], bool]:
    """Return the next events of a look in their order, at most so many, up to a None; and whether it is over."""
    events: list[Event] = []
    for event in look:
        if event is not None:
            events.append(event)
        if event is None or len(events) == most:
            return sorted(events, key=order), False
    return sorted(events, key=order), True
