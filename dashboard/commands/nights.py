"""The command about saved nights: `nights` lists them."""

import sys

import click

from dashboard.commands.source import opened
from dashboard.tables import print_grid
from dashboard.view.grids import nights_grid
from feeds.saved import shipped


@click.command(epilog="Example: election-night nights")
def nights() -> None:
    """List the saved nights: the names that `replay`, `tally`, `check` and `rehearse` take."""
    print_grid(nights_grid([opened(name) for name in shipped()]), sys.stdout)
