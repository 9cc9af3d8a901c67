"""Players of made-up events, for tests of time: what each file says is known by its path and bytes."""

from datetime import datetime, timedelta

from dashboard.player import Player
from feeds.arrival import Arrival
from feeds.clock import ReplayClock
from feeds.report import Quote, Reading
from tests.makers.events import Pair, arrive, at, baseline, result


class Ticks:
    """Real seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Wall:
    """A wall clock that a test sets."""

    def __init__(self, time: datetime) -> None:
        self.time = time

    def now(self) -> datetime:
        return self.time


class Library:
    """Reads made-up files by heart."""

    def __init__(self, pairs: list[Pair]) -> None:
        self._known = {(e.path, e.data): r for e, r in pairs if isinstance(e, Arrival) and r is not None}

    def read(self, path: str, data: bytes) -> Reading:
        return self._known[path, data]


def evening() -> list[Pair]:
    """Return a night of five councils: two gains, a hold, a loss, one that never declares, and a quote."""
    names = ("Adur", "Bolton", "Crewe", "Derby", "Exeter")
    return [
        arrive("b", 0, *(baseline(n, {"CON": 3}, total=3, up=3, control="CON") for n in names)),
        arrive("adur", 60, result("Adur", {"CON": 3}, total=3)),
        arrive("bolton", 120, result("Bolton", {"LAB": 3}, total=3)),
        arrive("said", 125, Quote(text="A great night", speaker="Ann", area="Bolton")),
        arrive("crewe", 180, result("Crewe", {"LD": 3}, total=3)),
        arrive("derby", 400, result("Derby", {"CON": 1, "LAB": 1, "LD": 1}, total=3)),
    ]


def replay(pairs: list[Pair], ticks: Ticks, speed: float = 60.0, end: float | None = None) -> Player:
    """Return a player of a replay that has just begun; `end` are the minutes after polls close."""
    last = max(e.at for e, _ in pairs) if end is None else at(end)
    return Player(ReplayClock(at(0), last, speed, ticks=ticks), [e for e, _ in pairs], read=Library(pairs).read)


def live(pairs: list[Pair], wall: Wall, delay: timedelta = timedelta(0)) -> Player:
    """Return a player of a live night of which nothing has come."""
    return Player(wall, live=True, read=Library(pairs).read, delay=delay)


def declared(player: Player) -> list[str]:
    """Return the names of the areas that have declared."""
    return [a.name for e in player.night.elections for a in e.areas if a.is_declared]
