"""What `replay` understands of pace: where to begin and end, what to leave out, where to stop, whether to go round."""

import difflib
import math
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click
import msgspec

from dashboard.commands.options import Refused, length
from dashboard.count.night import Night
from dashboard.count.turning import is_about, is_change, is_correction
from dashboard.pace import Pace
from dashboard.player import Match, Player
from dashboard.view.words import clock_words
from feeds.places import folded_place
from feeds.report import Baseline, Result

if TYPE_CHECKING:
    from feeds.saved import SavedNight

Command = TypeVar("Command", bound=Callable[..., Any])

KINDS: Final[dict[str, Match]] = {"change": is_change, "correction": is_correction}
"""What `--pause-on` knows beside the names of areas."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for, as it was written; `stops` are the values of `--pause-on`."""

    speed: float
    start: str | None = None
    stop: str | None = None
    idle: timedelta | None = None
    stops: tuple[str, ...] = ()
    loop: bool = False
    spoilers: bool = False


class Paced(msgspec.Struct, frozen=True, kw_only=True):
    """A player that stands where the replay begins, what watches over it, and the whole night if it may be shown."""

    player: Player
    pace: Pace
    ahead: Night | None


def pace_options(command: Command) -> Command:
    """Give a command the options of a replay's pace."""
    for option in reversed(
        (
            click.option("--from", "start", metavar="TIME", help="Begin there: 02:14 (the first after polls close)."),
            click.option("--to", "stop", metavar="TIME", help="End there, as if the night had."),
            click.option(
                "--idle-limit",
                "idle",
                type=length,
                metavar="LENGTH",
                help="Wait at most so long (30s, 2m) where nothing is reported; the bar shows what was left out.",
            ),
            click.option(
                "--pause-on",
                "stops",
                metavar="WHAT",
                multiple=True,
                help="Pause at each change (of control), correction, or at an area's results; may be repeated.",
            ),
            click.option("--loop", is_flag=True, help="Begin again at the end."),
            click.option("--spoilers", is_flag=True, help="Show on the time bar what lies ahead."),
        )
    ):
        command = option(command)
    return command


def paced(night: "SavedNight", wanted: Wanted, screen: bool) -> Paced:
    """Return a player for a replay at the pace that was asked for.

    Refuses, in one line, what makes no sense together, and a time or an area that is not there.
    """
    from dashboard.commands.source import carried, moment_of, replayer  # noqa: PLC0415 - not for a watch

    _sensible(wanted, screen)
    first = replayer(night, wanted.speed)
    start = None if wanted.start is None else moment_of(wanted.start, night, first)
    if wanted.stop is not None:
        night = _ended(night, moment_of(wanted.stop, night, first), start)
    player = first if wanted.stop is None else replayer(night, wanted.speed)
    if start is not None and start > night.end:
        raise Refused(f"nothing comes after {_said(start, player)}: the night ends at {_said(night.end, player)}")
    player.pause_on = _stops(wanted.stops, player)
    if start is not None:
        carried(player, start)
        player.resume()
    ahead = _whole(night) if wanted.spoilers else None
    player.skip(start or night.begin)  # all that has taken time, in which nobody saw anything
    idle = wanted.idle.total_seconds() if wanted.idle is not None else None
    return Paced(
        player=player,
        pace=Pace(player, idle=idle, loop=wanted.loop, start=start),
        ahead=ahead,
    )


def _sensible(wanted: Wanted, screen: bool) -> None:
    if not screen:
        for name, asked in (("pause-on", wanted.stops), ("loop", wanted.loop), ("spoilers", wanted.spoilers)):
            if asked:
                raise Refused(f"--{name} is for the screen; plain lines go straight to the end")
    if math.isinf(wanted.speed):
        if wanted.loop:
            raise Refused("--loop needs a speed: at --speed max there is nothing to see between two rounds")
        if wanted.idle is not None:
            raise Refused("--idle-limit needs a speed: at --speed max nothing is waited for")


def _ended(night: "SavedNight", stop: datetime, start: datetime | None) -> "SavedNight":
    """Return the night as if it had ended at a moment."""
    if start is not None and stop <= start:
        raise Refused("--to is not after --from")
    if stop <= night.begin:
        raise Refused("--to is not after the night's begin")
    if stop >= night.end:
        return night
    return msgspec.structs.replace(night, events=tuple(e for e in night.events if e.at <= stop), end=stop)


def _said(at: datetime, player: Player) -> str:
    return clock_words(at, player.zone)


def _stops(names: tuple[str, ...], player: Player) -> Match | None:
    """Return what says whether a happening is one of those to stop at; refuse an area that the night has not got."""
    if not names:
        return None
    areas = {
        folded_place(report.area.name): report.area.name
        for reading in player.readings()
        for report in (reading.reports if reading is not None else ())
        if isinstance(report, Baseline | Result)
    }
    found: list[Match] = []
    for name in names:
        kind = KINDS.get(name.strip().lower())
        if kind is None and folded_place(name) not in areas:
            near = difflib.get_close_matches(folded_place(name), [*KINDS, *areas], n=1, cutoff=0.5)
            meant = f"; did you mean “{areas.get(near[0], near[0])}”?" if near else ""
            raise Refused(f"--pause-on knows change, correction and the night's areas, not “{name}”{meant}")
        found.append(kind if kind is not None else partial(is_about, name=name))
    return lambda happening: any(match(happening) for match in found)


def _whole(night: "SavedNight") -> Night:
    from dashboard.commands.source import carried, replayer  # noqa: PLC0415 - as above

    player = replayer(night)
    carried(player)
    return player.night
