"""The command `replay`: a night that is over, on a screen or in plain lines."""

from typing import Any

import click

from dashboard.commands.live import on_screen, plain_option
from dashboard.commands.looks import looks_options
from dashboard.commands.options import NAME, has_screen, is_served, say, speed_option
from dashboard.commands.pacing import Wanted, pace_options, paced
from feeds.recording import RECORDING_SUFFIX
from feeds.recording_place import recordings_dir
from feeds.text import clean_path


@click.command(
    epilog="Example: election-night replay 2019-12-12-general --speed 120 --from 23:20 --pause-on change · "
    "or: election-night replay 2022-05-05-local --idle-limit 20s --loop"
)
@click.argument("night", metavar="NIGHT", type=NAME)
@speed_option("60", "Seconds of the night to a second.")
@pace_options
@plain_option
@looks_options
def replay(night: str, fast: float, plain: bool, asked_looks: dict[str, Any], **asked: Any) -> None:
    """Play NIGHT again: a saved night's name, a recording, or a directory, on a clock that runs at any speed."""
    screen = has_screen() and not plain
    shown = _replay(night, Wanted(speed=fast, **asked), screen, asked_looks)
    while shown is not None:  # another one was chosen in the palette
        shown = _replay(shown, Wanted(speed=fast), screen, asked_looks)


def _replay(night: str, wanted: Wanted, screen: bool, asked_looks: dict[str, Any]) -> str | None:
    """Replay a night; return the one that is to be shown next, where one was chosen instead of it."""
    from dashboard.commands.source import opened  # noqa: PLC0415 - only where it is wanted

    saved = opened(night)
    played = paced(saved, wanted, screen)
    if screen:
        return on_screen(
            played.player,
            pace=played.pace,
            ahead=played.ahead,
            source=clean_path(night),
            note=saved.note,
            asked_looks=asked_looks,
            nights=_others(night),
        )
    from dashboard.commands.lines import in_lines  # noqa: PLC0415 - not for a screen

    say(f"{saved.title}: a replay; Ctrl-C ends it")
    in_lines(played.player, narrate=lambda: _say_if(played.pace.beat()))
    return None


def _others(night: str) -> dict[str, str]:
    """Return the other saved nights, and the recordings; a browser's reader is shown the one that is served."""
    from feeds.saved import shipped  # noqa: PLC0415 - only where it is wanted

    if is_served():
        return {}
    kept = {clean_path(path.stem): str(path) for path in sorted(recordings_dir().glob(f"*{RECORDING_SUFFIX}"))}
    there = {name: name for name in shipped()} | kept
    return {name: argument for name, argument in there.items() if argument != night}


def _say_if(words: str | None) -> None:
    if words is not None:
        say(words)
