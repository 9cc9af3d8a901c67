"""The states in which every screen has a golden: nights with nothing in them, half and all of it, faults, a replay.

A walk through them begins an hour before the state, so that there is something to be told of that hour.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import NamedTuple

from dashboard.app import NightApp
from dashboard.player import Player
from feeds.arrival import Arrival, Event, Sighting, digest
from feeds.clock import ReplayClock
from feeds.health import Health
from feeds.saved import SavedNight, open_night
from feeds.state import FeedState
from tests.makers.replays import Wall

NIGHT = "2022-05-05-local"
GENERAL = "2019-12-12-general"
DECIDED = datetime(2019, 12, 13, 5, 6, tzinfo=UTC)
BEFORE = datetime(2022, 5, 5, 21, 0, tzinfo=UTC)
MIDDLE = datetime(2022, 5, 6, 1, 14, tzinfo=UTC)
AFTER = datetime(2022, 5, 7, 21, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


class State(NamedTuple):
    """A program as it stands an hour before, and what brings it to its state."""

    app: NightApp
    arrive: Callable[[], None]


@cache
def saved(name: str = NIGHT) -> SavedNight:
    return open_night(name)


def watched(events: Iterable[Event], at: datetime, health: Health | None = None) -> State:
    """Return a live night of these events up to `at`."""
    wall, due = Wall(at - HOUR), [event for event in events if event.at <= at]
    player = Player(wall, live=True)

    def count(found: Iterable[Event]) -> None:
        player.add(found)
        while player.backlog:
            player.tick(1_000)

    count(event for event in due if event.at <= wall.time)

    def arrive() -> None:
        count(event for event in due if event.at > wall.time)
        wall.time = at
        player.tick()

    state = health or Health(feed=FeedState(mode="events", state="ok"))
    ticks: Callable[[], float] = lambda: 0.0  # noqa: E731 (a clock that stands)
    app = NightApp(player, ticks=ticks, wall=ticks, health=lambda: state, title="Election night", source="feed")
    return State(app, arrive)


def replayed(at: datetime) -> State:
    """Return a replay at sixty times its speed, held by its clock alone."""
    night = saved()
    player = Player(ReplayClock(night.begin, night.end, 60, ticks=lambda: 0.0), night.events)
    player.seek(at - HOUR)
    app = NightApp(player, ticks=lambda: 0.0, wall=lambda: 0.0, title=night.title, source=night.name)
    return State(app, lambda: player.seek(at))


def troubled() -> list[Event]:
    """Return the night with all that can be wrong in it: each fault in a file that came after the good ones."""
    events = list(saved().events)
    told = {e.path: e.data.decode() for e in events if isinstance(e, Arrival)}
    found: list[Event] = [
        _late(1, "results/worcester.csv", told["results/worcester.csv"].replace("LAB,6,12", "LAB,5,11")),
        _late(2, "results/sunderland-again.csv", told["results/sunderland.csv"].replace("LAB,", "LAB,1", 1)),
        _late(3, "results/tamworth.csv", "area,party,elected,poll_date\n# rows=0\n"),
        _late(4, "results/torn.csv", "area,party,elected\nAdur,Labour,many\n"),
        _late(5, "results/not a result.xml", "<results><oops></results>"),
        _late(6, "results/halton-two.csv", told["results/halton.csv"].replace("GRN", "Halton First")),
        Sighting(path="results/wigan.csv", at=MIDDLE - 7 * timedelta(minutes=1), state="removed", reason="gone"),
    ]
    return [*events, *found]


def _late(minutes: int, path: str, text: str) -> Arrival:
    data = text.encode()
    return Arrival(path=path, data=data, digest=digest(data), at=MIDDLE - timedelta(minutes=minutes), basis="arrived")


STATES: dict[str, Callable[[], State]] = {
    "empty": lambda: watched(saved().events, BEFORE),
    "middle": lambda: watched(saved().events, MIDDLE),
    "final": lambda: watched(saved().events, AFTER),
    "problems": lambda: watched(
        troubled(),
        MIDDLE,
        Health(
            feed=FeedState(mode="polling", state="gone", why="no events here", since=MIDDLE - timedelta(minutes=9)),
            recording="the disk is full",
        ),
    ),
    "replay": lambda: replayed(MIDDLE),
}
STATES_OF_A_CHAMBER: dict[str, Callable[[], State]] = {"parliament": lambda: watched(saved(GENERAL).events, DECIDED)}
