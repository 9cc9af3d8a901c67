"""What `election-night` does without a command on a terminal: it shows what there is, and opens what is chosen."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Final

import click

from dashboard.commands.source import replayer
from dashboard.leaving import ended_by_signals
from dashboard.recent import recent, recent_file
from dashboard.view.composition import Part
from dashboard.view.grids import date_words
from dashboard.view.starting import Choice, seat_parts
from feeds.disk import Disk
from feeds.plural import many
from feeds.recorded import Summary
from feeds.recording_place import recordings, recordings_dir
from feeds.saved import NightNotFound, NightProblem, open_night, shipped
from feeds.text import clean_path, original_path
from feeds.walk import Walk

MOST_FILES: Final = 20_000
"""A recording with more files than this is listed without a picture: reading it would take too long."""

MOST_LYING: Final = 2_000
"""The same for a directory that has no recording."""

_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


def choices(names: Sequence[str], recorded: Sequence[Summary], watched: Sequence[str] = ()) -> list[Choice]:
    """Return what there is to open: the saved nights, newest first, the recordings, and directories.

    Directories are those that were `watched` last, by their real paths, then those of the recordings, each once and as
    far as they are still there.
    """
    nights = [Choice(kind="night", argument=name, title=_title(name), detail=name, pictured=name) for name in names]
    newest = sorted(recorded, key=lambda each: each.last or each.created or _NEVER, reverse=True)
    return [*reversed(nights), *map(_recording, newest), *_directories(newest, watched)]


def seats(pictured: str) -> list[Part]:
    """Return who has how many seats at the end of a night or a recording; none where it cannot be read."""
    try:
        night = open_night(pictured)
    except (NightNotFound, NightProblem):
        return []
    player = replayer(night)
    player.to_end()
    return seat_parts(player.night)


def start(ctx: click.Context) -> None:
    """Show the start screen; then replay or watch what was chosen there."""
    from dashboard.commands.live import watch  # noqa: PLC0415 - only what is chosen is loaded
    from dashboard.commands.replay import replay  # noqa: PLC0415 - as above
    from dashboard.screens.start import StartApp  # noqa: PLC0415 - Textual is loaded only where there is a screen

    app = StartApp(choices(shipped(), recordings(recordings_dir()), recent(recent_file())), seats)
    with ended_by_signals(app.exit):
        chosen = app.run()
    if chosen is None:
        return
    command = watch if chosen.kind == "directory" else replay
    with command.make_context(command.name, ["--", chosen.argument], parent=ctx) as made:
        command.invoke(made)


def _title(name: str) -> str:
    try:
        return open_night(name).title
    except (NightNotFound, NightProblem):
        return name


def _recording(each: Summary) -> Choice:
    polls = "" if each.poll_date is None else f"{date_words(each.poll_date)} · "
    return Choice(
        kind="recording",
        argument=str(each.path),
        title=each.title or Path(each.source).name or clean_path(each.path.name),
        detail=f"{polls}{many(each.files, 'file')} · {clean_path(each.path.name)}",
        pictured=str(each.path) if each.files <= MOST_FILES else None,
    )


def _directories(newest: Sequence[Summary], watched: Sequence[str]) -> list[Choice]:
    recorded: dict[str, Summary] = {}
    for each in newest:
        recorded.setdefault(original_path(each.source), each)
    places = dict.fromkeys([*watched, *recorded])
    return [
        Choice(
            kind="directory",
            argument=place,
            title=clean_path(place),
            detail="watch it",
            pictured=_pictured(place, recorded.get(place)),
        )
        for place in places
        if Path(place).is_absolute() and Path(place).is_dir()
    ]


def _pictured(place: str, recorded: Summary | None) -> str | None:
    """Return what a directory's picture is made of: its recording, else what lies in it, unless that is too much."""
    if recorded is not None:
        return str(recorded.path) if recorded.files <= MOST_FILES else None
    try:
        few = sum(1 for _ in islice(Walk(Path(place), Disk()), MOST_LYING)) < MOST_LYING
    except OSError:
        return None
    return place if few else None
