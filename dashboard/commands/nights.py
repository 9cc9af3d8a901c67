"""The command about saved nights: `nights` lists them."""

import sys

import click

from dashboard.commands.source import opened
from dashboard.tables import print_grid
from dashboard.view.grids import nights_grid, recordings_grid
from feeds.recording_place import recordings, recordings_dir
from feeds.saved import shipped


@click.command(epilog="Example: election-night nights")
def nights() -> None:
    """List the saved nights and your recordings: what `replay`, `tally`, `check` and `rehearse` take."""
    print_grid(nights_grid([opened(name) for name in shipped()]), sys.stdout)
    recorded = recordings(recordings_dir())
    if recorded:
        print_grid(recordings_grid(recorded), sys.stdout)
