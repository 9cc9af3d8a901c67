"""A night to take figures from: a saved night, a recording or a directory, played to the moment asked for."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from dashboard.commands.options import Refused, is_directory, say
from dashboard.commands.patience import patience
from dashboard.player import Player
from dashboard.view.grids import instant_words
from dashboard.view.times import moment, polls_close
from feeds.arrival import Arrival, Event
from feeds.clock import ReplayClock, WallClock
from feeds.listing import ORDER_FILE
from feeds.recording_place import recording_of, recordings_dir
from feeds.report import BaselineName
from feeds.saved import NightNotFound, NightProblem, SavedNight, open_night, zone_of
from feeds.scan import one_shot

_WALL: Final = WallClock()

STRIDE: Final = 500
"""Events counted between two words on how far it is."""


def opened(name: str, now: Callable[[], datetime] = _WALL.now) -> SavedNight:
    """Return the night of that name or in that directory; refuse it in one line where there is none."""
    is_directory(Path(name))
    try:
        night = open_night(name, now)
    except NightNotFound as problem:
        raise Refused(str(problem)) from problem
    except NightProblem as problem:
        raise Refused(f"{problem}; nothing of it is used") from problem
    if night.note is not None:
        say(night.note)
    return night


def opened_for_times(name: str, now: Callable[[], datetime] = _WALL.now) -> SavedNight:
    """Return the night of that name; of a directory its recording, if that saw files come and so knows when.

    What is taken instead of the directory is said on standard error.
    """
    path = Path(name)
    if not is_directory(path) or (path / ORDER_FILE).is_file():
        return opened(name, now)
    recording = recording_of(path, recordings_dir(), now())
    if recording is None:
        return opened(name, now)
    night = opened(str(recording), now)
    if not any(isinstance(event, Arrival) and event.basis == "arrived" for event in night.events):
        return opened(name, now)
    end = instant_words(night.end, zone_of(night.settings))
    say(f"figures from the recording {recording}, which goes to {end}")
    return night


def replayer(night: SavedNight, speed: float = 1.0) -> Player:
    """Return a player that replays a night from its begin, when polls close, at a speed."""
    return Player(ReplayClock(night.begin, max(night.begin, night.end), speed), night.events)


def carried(player: Player, until: datetime | None = None) -> None:
    """Bring a player to a moment (UTC), None for its end, and hold it; what takes long is shown on a terminal.

    Files are read as they are counted.
    """
    last = len(player.reel) if until is None else player.reel.after(until)
    with patience("counting", last) as done:
        for place in range(STRIDE, last, STRIDE):
            player.hold_at(place)
            done(place)
        if until is None:
            player.to_end()
        else:
            player.seek(until)


def played(name: str, at: str | None = None, now: Callable[[], datetime] = _WALL.now) -> tuple[Player, datetime]:
    """Return a player at a moment of a night, and that moment (UTC).

    Without `at` that is the end of a saved night, and now for a plain directory, whose files all count as they lie
    there. A moment of a directory that was watched is taken from its recording. Refuses, in one line, a night that is
    not there and a time that is none.
    """
    path = Path(name)
    if is_directory(path) and at is None and not (path / ORDER_FILE).is_file():
        at_once = now()
        return as_it_lies(path, at_once), at_once
    night = opened(name, now) if at is None else opened_for_times(name, now)
    player = replayer(night)
    until = None if at is None else moment_of(at, night, player)
    carried(player, until)
    return player, until or night.end


def measured(player: Player, baseline: BaselineName) -> None:
    """Let a player measure change against a baseline; refuse it in one line where the night has no such one."""
    there = player.night.baselines
    if baseline not in there:
        raise Refused(f"this night has no baseline “{baseline}”; it has: {', '.join(there) or 'none with a name'}")
    player.measure(baseline)


def as_it_lies(path: Path, now: datetime, *, is_counted: bool = True) -> Player:
    """Return a player of what lies in a directory, at its end, or before it where nothing shall be counted yet.

    Refuses, in one line, a directory that cannot be read.
    """
    try:
        events: list[Event] = one_shot(path, now)
    except OSError as problem:
        raise Refused(f"“{path}” cannot be read: {problem.strerror}") from problem
    player = Player(WallClock(), events, live=True)
    if is_counted:
        carried(player)
    return player


def moment_of(text: str, night: SavedNight, player: Player) -> datetime:
    """Return the moment (UTC) of a night that a text means; refuse it in one line where it is none."""
    player.to_start()
    try:
        return moment(text, polls_close(player.night) or night.begin, player.zone)
    except ValueError as problem:
        raise Refused(str(problem)) from problem
