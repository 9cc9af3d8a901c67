"""A night with everything that goes wrong in one: a plan of deliveries made from a night and a seed. Pure.

Nothing is left to the moment at which it is carried out: the same night and seed give the same plan, and the plan says
what stands at the end. The altered files are native JSON, whatever the night's own files are.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from feeds.altered import flipped, retracted
from feeds.formats import read as read_file
from feeds.outbox import document, file_name
from feeds.places import PlaceKey, place_key
from feeds.plan import Delivery, Plan, as_it_came
from feeds.report import Reading, Result
from feeds.saved import SETTINGS_FILE, SavedNight

MOST: Final = 3
"""Of each kind of trouble there are at most so many."""

AREAS_EACH: Final = 20
"""One of each kind of trouble to so many areas, and at least one."""

PAUSE: Final = timedelta(minutes=20)

Read = Callable[[str, bytes], Reading]
_Place = tuple[str, str, PlaceKey]


class _Told(msgspec.Struct, frozen=True):
    """A result that nothing else in the night speaks of, and the delivery that brings it."""

    result: Result
    delivery: Delivery


def chaotic(night: SavedNight, seed: int, read: Read = read_file) -> Plan:
    """Return the plan of a night with duplicates, late, torn and corrected files, a retraction, a test file, pauses.

    Each kind is there at least once where the night has enough results that stand alone.
    """
    return _Chaos(night, Random(seed), read).plan()  # noqa: S311 (a seed is wanted, not a secret)


class _Chaos:
    def __init__(self, night: SavedNight, rng: Random, read: Read) -> None:
        self._rng = rng
        self._zone = ZoneInfo(night.settings.zone)
        self._deliveries = list(as_it_came(night).deliveries)
        self._stands: list[Result] = []
        self._duplicates: list[str] = []
        self._tests: list[str] = []
        self._read = read
        told = _alone(self._deliveries, read)
        self._each = max(1, min(MOST, len(told) // AREAS_EACH))
        self._free = rng.sample(told, len(told))

    def plan(self) -> Plan:
        for trouble in (self._flip, self._overtaken, self._late, self._torn, self._duplicate):
            for _ in range(self._each):
                trouble()
        self._retract()
        self._test()
        self._deliveries.sort(key=lambda each: each.at)
        for _ in range(self._each):
            self._pause()
        return Plan(
            deliveries=tuple(self._deliveries),
            stands=tuple(self._stands),
            duplicates=tuple(self._duplicates),
            tests=tuple(self._tests),
        )

    def _take(self, fits: Callable[[_Told], bool] = lambda _: True) -> _Told | None:
        """Return a result that no other trouble has, and take every other one of its file out of the way."""
        told = next((each for each in self._free if fits(each)), None)
        if told is not None:
            self._free = [each for each in self._free if each.delivery.path != told.delivery.path]
        return told

    def _after(self, at: datetime, least: int = 5, most: int = 60) -> datetime:
        return at + timedelta(minutes=self._rng.randint(least, most))

    def _clock(self, at: datetime) -> str:
        return f"{at.astimezone(self._zone):%H:%M}"

    def _add(self, told: _Told, at: datetime, reports: Result, deed: str, shows: str) -> None:
        name = file_name(reports.area.name, "revision", str(reports.revision))
        path = str(PurePosixPath(told.delivery.path).with_name(name))
        self._deliveries.append(Delivery(path=path, data=document([reports]), at=at, deed=deed, shows=shows))

    def _replace(self, old: Delivery, new: Delivery) -> None:
        self._deliveries[self._deliveries.index(old)] = new

    def _flip(self) -> None:
        """Let a correction take an area from its winner."""
        told = self._take(lambda each: flipped(each.result) is not None)
        after = told and flipped(told.result)
        if not told or not after:
            return
        shows = f"correction: {after.area.name} goes to {_outcome(after)} (revision {after.revision})"
        self._add(told, self._after(told.delivery.at), after, "a correction flips the winner", shows)
        self._stands.append(after)

    def _overtaken(self) -> None:
        """Let the second revision come before the first."""
        told = self._take(lambda each: flipped(each.result) is not None)
        after = told and flipped(told.result)
        if not told or not after:
            return
        old = told.delivery
        shows = f"{after.area.name} declared: {_outcome(after)}"
        self._add(told, old.at, after, "a revision overtakes the one before it", shows)
        words = f"nothing new: {after.area.name} stays as revision {after.revision} has it"
        deed = "the overtaken revision arrives"
        self._replace(old, msgspec.structs.replace(old, at=self._after(old.at), deed=deed, shows=words))
        self._stands.append(after)

    def _late(self) -> None:
        """Let a file come hours late."""
        told = self._take()
        if not told:
            return
        old = told.delivery
        at = self._after(old.at, 60, 240)
        shows = f"{told.result.area.name} undeclared until now, then declared"
        deed = f"late: it came at {self._clock(old.at)}"
        self._replace(old, msgspec.structs.replace(old, at=at, deed=deed, shows=shows))

    def _torn(self) -> None:
        """Let the first part of a file lie there for some minutes."""
        told = self._take(lambda each: self._cut(each.delivery) > 0)
        if not told:
            return
        old, name = told.delivery, told.result.area.name
        shows = f"{name} still undeclared; the file is waiting, after 2 s perhaps not counted, never half counted"
        torn = msgspec.structs.replace(
            old, manner="torn", part=self._cut(old), deed="the file is torn off", shows=shows
        )
        whole = msgspec.structs.replace(
            old, manner="completed", at=self._after(old.at, 3, 15), deed="the torn file is completed",
            shows=f"{name} declared",
        )  # fmt: skip
        self._replace(old, torn)
        self._deliveries.append(whole)

    def _cut(self, delivery: Delivery) -> int:
        """Return how much of a file can lie there without being a file itself; 0 where every part is one."""
        part = len(delivery.data) // 2
        while part and self._read(delivery.path, delivery.data[:part]).problem is None:
            part //= 2
        return part

    def _duplicate(self) -> None:
        """Let the same bytes come again under another name."""
        told = self._take()
        if not told:
            return
        old = told.delivery
        path = PurePosixPath(old.path)
        copy = msgspec.structs.replace(
            old, path=str(path.with_name(f"{path.stem}-copy{path.suffix}")), at=self._after(old.at),
            deed=f"the same bytes as {old.path}", shows="nothing new: one duplicate more",
        )  # fmt: skip
        self._deliveries.append(copy)
        self._duplicates.append(copy.path)

    def _retract(self) -> None:
        told = self._take()
        if not told:
            return
        after = retracted(told.result)
        shows = f"retraction: {after.area.name} is undeclared again"
        self._add(told, self._after(told.delivery.at), after, "a retraction", shows)
        self._stands.append(after)

    def _test(self) -> None:
        """Put a file of the agency's test run among the others."""
        told = self._take()
        if not told:
            return
        contest = msgspec.structs.replace(told.result.election, name=f"Test {told.result.election.name}")
        result = msgspec.structs.replace(told.result, election=contest, line=None)
        path = str(PurePosixPath(told.delivery.path).with_name(file_name("test", result.area.name)))
        at = self._after(told.delivery.at)
        shows = f"the banner TEST, and a second election “{contest.name}”; the real figures stay"
        deed = "a file of a test run"
        self._deliveries.append(Delivery(path=path, data=document([result]), at=at, deed=deed, shows=shows))
        self._tests.append(path)

    def _pause(self) -> None:
        """Let nothing come for a while, and everything after it as much later."""
        due = [each.at for each in self._deliveries if each.path != SETTINGS_FILE]
        if not due:
            return
        at = self._rng.choice(due)
        minutes = int(PAUSE.total_seconds() // 60)
        pause = Delivery(
            path="", data=b"", at=at, manner="pause", deed=f"nothing comes for {minutes} minutes",
            shows="the feed grows old in the status line; no figure changes",
        )  # fmt: skip
        before = [each for each in self._deliveries if each.at < at]
        after = [msgspec.structs.replace(each, at=each.at + PAUSE) for each in self._deliveries if each.at >= at]
        self._deliveries = [*before, pause, *after]


def _alone(deliveries: list[Delivery], read: Read) -> list[_Told]:
    """Return the results of whole areas that only one version of one file speaks of, in the order of delivery."""
    versions = Counter(each.path for each in deliveries)
    found: list[_Told] = []
    spoken: Counter[_Place] = Counter()
    for delivery in deliveries:
        for report in read(delivery.path, delivery.data).reports:
            if not isinstance(report, Result):
                continue
            spoken[_place(report)] += 1
            if versions[delivery.path] == 1 and report.stage == "full" and report.ward is None and report.elected:
                found.append(_Told(report, delivery))
    return [told for told in found if spoken[_place(told.result)] == 1]


def _place(result: Result) -> _Place:
    return (result.election.kind, result.election.name, place_key(result.area))


def _outcome(result: Result) -> str:
    seats = sorted((result.composition or result.elected or {}).items(), key=lambda item: -item[1])
    told = ", ".join(f"{code} {number}" for code, number in seats if number)
    return f"{result.control} ({told})"
