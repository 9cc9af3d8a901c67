"""The command about saved nights and recordings: `nights` lists them, takes one out as a folder and brings one in."""

import sys
from pathlib import Path

import click

from dashboard.commands.options import NAME, PLACE, Refused, is_directory, say
from dashboard.commands.patience import patience
from dashboard.commands.source import opened, opened_for_times
from dashboard.tables import print_grid
from dashboard.view.grids import nights_grid, recordings_grid
from feeds.arrival import Arrival
from feeds.clock import WallClock
from feeds.listing import ORDER_FILE
from feeds.plural import many
from feeds.portable import export_night, import_night, whole
from feeds.recording import RECORDING_SUFFIX, RecordingProblem
from feeds.recording_place import place_for, recordings, recordings_dir, unreadable
from feeds.saved import SavedNight, shipped
from feeds.text import clean_path, inert


@click.group(invoke_without_command=True, epilog="Example: election-night nights export FILE.night my-night/")
@click.pass_context
def nights(ctx: click.Context) -> None:
    """List the saved nights and your recordings: what `replay`, `tally`, `check` and `rehearse` take."""
    if ctx.invoked_subcommand is not None:
        return
    saved = [opened(name) for name in shipped()]
    print_grid(nights_grid([(night, _size(night)) for night in saved]), sys.stdout)
    folder = recordings_dir()
    recorded = recordings(folder)
    if recorded:
        print_grid(recordings_grid(recorded), sys.stdout)
    where = f"(in {clean_path(str(folder))})"
    for each in recorded:
        if each.cut is not None:
            say(f"{each.cut} {where}")
    for problem in unreadable(folder):
        say(f"not listed: {problem} {where}")


@nights.command("export", epilog="Example: election-night nights export FILE.night my-night/")
@click.argument("night", metavar="NIGHT", type=NAME)
@click.argument("target", metavar="DIR", type=PLACE)
def export(night: str, target: Path) -> None:
    """Write NIGHT (a recording, a directory that was watched, a saved night) into the empty directory DIR.

    That is a saved night: night.toml, every version of every file, arrivals.csv and SOURCES.md. Nothing is lost;
    `nights import` makes a recording of it again.
    """
    found = opened_for_times(night)
    if any(isinstance(event, Arrival) and event.until is not None for event in found.events):
        say("no watch recorded this directory: each of its files is listed once, at the last time that it tells")
    try:
        with patience("exporting") as done:
            files = export_night(whole(found), target, done)
    except ValueError as problem:
        raise Refused(str(problem)) from problem
    except OSError as problem:
        raise Refused(f"“{clean_path(str(target))}” cannot be written to: {problem.strerror}") from problem
    arrivals = sum(isinstance(event, Arrival) for event in whole(found).events)
    say(f"{found.title}: {many(arrivals, 'arrival')} in {many(files, 'file')} exported into {clean_path(str(target))}")


@nights.command("import", epilog="Example: election-night nights import my-night.zip")
@click.argument("night", metavar="DIR|ZIP", type=NAME)
@click.option("--to", "target", metavar="FILE", type=PLACE, help="Not among your recordings.")
def bring(night: str, target: Path | None) -> None:
    """Make a recording of a saved night: a folder, or one packed in a zip file. Nothing is lost.

    Standard output has the recording's file.
    """
    path = Path(night)
    if is_directory(path) and not (path / ORDER_FILE).is_file():
        raise Refused(f"“{clean_path(night)}” has no {ORDER_FILE}: it is no saved night; `watch` records a directory")
    found = opened(night)
    place = target or place_for(found.name, recordings_dir())
    if place.suffix != RECORDING_SUFFIX:
        raise Refused(f"“{clean_path(str(place))}”: the name of a recording ends in {RECORDING_SUFFIX}")
    try:
        with patience("importing") as done:
            import_night(found, place, WallClock().now(), done)
    except RecordingProblem as problem:
        raise Refused(str(problem)) from problem
    click.echo(inert(str(place)))


def _size(night: SavedNight) -> int:
    contents = {event.digest: len(event.data) for event in night.events if isinstance(event, Arrival)}
    return sum(contents.values())
