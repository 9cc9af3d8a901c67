"""A player whose night a test sets, and which writes down what it was asked to do."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from dashboard.count.night import FileEntry, Night
from dashboard.player import Player
from feeds.arrival import Event
from tests.makers.states import at

LONDON = ZoneInfo("Europe/London")


class FixedClock:
    """A clock that stands still."""

    def now(self) -> datetime:
        return at(1, 41)


class FakePlayer(Player):
    """Shows whatever night it is given; `asked` lists the calls that would move a real one."""

    def __init__(self, night: Night, *, live: bool = True) -> None:
        super().__init__(FixedClock(), live=live)
        self.shown = night
        self.asked: list[str] = []
        self.held = False
        self.rate = 1.0
        self.moment = at(1, 41)
        self.waiting = 0
        self.ticked = 0
        self.counted_behind = 0
        self.added: list[Event] = []

    @property
    def night(self) -> Night:
        return self.shown

    @property
    def zone(self) -> ZoneInfo:
        return LONDON

    @property
    def as_at(self) -> datetime:
        return self.moment

    @property
    def begin(self) -> datetime:
        return at(21, day=5)

    @property
    def end(self) -> datetime:
        return at(12)

    @property
    def backlog(self) -> int:
        return self.waiting

    @property
    def behind(self) -> int:
        return self.counted_behind

    @property
    def paused(self) -> bool:
        return self.held

    @property
    def speed(self) -> float:
        return self.rate

    @speed.setter
    def speed(self, speed: float) -> None:
        self.asked.append(f"speed {speed:g}")
        self.rate = speed

    def add(self, events: Iterable[Event]) -> None:
        self.added.extend(events)

    def tick(self, limit: int = 200) -> bool:
        self.ticked += 1
        self.waiting = max(0, self.waiting - limit)
        return False

    def pause(self) -> None:
        self.held = True

    def resume(self) -> None:
        self.held = False

    def step(self, declarations: int) -> None:
        self.asked.append(f"step {declarations}")

    def seek(self, at: datetime) -> None:
        self.asked.append(f"seek {at:%H:%M}")
        self.moment = at

    def to_start(self) -> None:
        self.asked.append("start")

    def to_end(self) -> None:
        self.asked.append("end")

    def files(self) -> list[FileEntry]:
        return []
