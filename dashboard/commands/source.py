"""A night to take figures from: a shipped or saved night or a directory, played to the moment asked for."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from dashboard.commands.options import Refused
from dashboard.player import Player
from dashboard.view.times import moment, polls_close
from feeds.arrival import Event
from feeds.clock import ReplayClock, WallClock
from feeds.report import BaselineName
from feeds.saved import ORDER_FILE, NightNotFound, NightProblem, SavedNight, open_night
from feeds.scan import one_shot

_WALL: Final = WallClock()


def opened(name: str, now: Callable[[], datetime] = _WALL.now) -> SavedNight:
    """Return the night of that name or in that directory; refuse it in one line where there is none."""
    try:
        return open_night(name, now)
    except (NightNotFound, NightProblem) as problem:
        raise Refused(str(problem)) from problem


def replayer(night: SavedNight, speed: float = 1.0) -> Player:
    """Return a player that replays a night from its begin, when polls close, at a speed."""
    return Player(ReplayClock(night.begin, max(night.begin, night.end), speed), night.events)


def played(name: str, at: str | None = None, now: Callable[[], datetime] = _WALL.now) -> tuple[Player, datetime]:
    """Return a player at a moment of a night, and that moment (UTC).

    Without `at` that is the end of a saved night, and now for a plain directory, whose files all count as they lie
    there. Refuses, in one line, a night that is not there and a time that is none.
    """
    path = Path(name)
    if at is None and path.is_dir() and not (path / ORDER_FILE).is_file():
        return _as_it_lies(path, now())
    night = opened(name, now)
    player = replayer(night)
    if at is None:
        player.to_end()
        return player, night.end
    until = moment_of(at, night, player)
    player.seek(until)
    return player, until


def measured(player: Player, baseline: BaselineName) -> None:
    """Let a player measure change against a baseline; refuse it in one line where the night has no such one."""
    there = player.night.baselines
    if baseline not in there:
        raise Refused(f"this night has no baseline “{baseline}”; it has: {', '.join(there) or 'none with a name'}")
    player.measure(baseline)


def _as_it_lies(path: Path, now: datetime) -> tuple[Player, datetime]:
    try:
        events: list[Event] = one_shot(path, now)
    except OSError as problem:
        raise Refused(f"“{path}” cannot be read: {problem.strerror}") from problem
    player = Player(WallClock(), events, live=True)
    player.to_end()
    return player, now


def moment_of(text: str, night: SavedNight, player: Player) -> datetime:
    """Return the moment (UTC) of a night that a text means; refuse it in one line where it is none."""
    player.to_start()
    try:
        return moment(text, polls_close(player.night) or night.begin, player.zone)
    except ValueError as problem:
        raise Refused(str(problem)) from problem
