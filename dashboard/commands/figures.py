"""The commands that print figures: `tally` and `check`."""

import sys
from typing import Literal, get_args

import click

from dashboard import csv_tables, tables
from dashboard.commands.choosing import answer_option, at_option, baseline_option, election_option
from dashboard.commands.options import NAME, Refused
from dashboard.commands.source import measured, played
from dashboard.tables import print_check
from dashboard.view.check import check as report
from dashboard.view.document import json_text
from dashboard.view.tally import tally as document
from feeds.report import BaselineName
from feeds.text import clean_path

TallyForm = Literal["table", "json", "csv", "markdown", "svg", "text"]


@click.command(epilog="Example: election-night tally 2022-05-05-local --at 02:14 --format json")
@click.argument("source", metavar="SOURCE", type=NAME)
@click.option(
    "--format",
    "form",
    type=click.Choice(get_args(TallyForm)),
    default="table",
    show_default=True,
    help="How the figures are written.",
)
@at_option
@click.option("--areas", is_flag=True, help="Every area, not the totals only.")
@election_option
@baseline_option
def tally(
    source: str, *, form: TallyForm, at: str | None, areas: bool, election: str | None, baseline: BaselineName | None
) -> None:
    """Print the figures of SOURCE: a saved night's name, a recording, or a directory."""
    player, as_at = played(source, at)
    if baseline is not None:
        measured(player, baseline)
    night = player.night
    write = {
        "table": tables.print_tally,
        "csv": csv_tables.write_csv,
        "markdown": tables.write_markdown,
        "svg": tables.write_svg,
        "text": tables.write_text,
    }
    origin = clean_path(source)
    try:
        if form == "json":
            figures = document(night, as_at, areas=areas, election=election)
            sys.stdout.write(json_text(figures))
        else:
            write[form](night, as_at, sys.stdout, areas=areas, election=election, source=origin)
    except ValueError as problem:
        raise Refused(str(problem)) from problem


@click.command(epilog="Example: election-night check results/")
@click.argument("source", metavar="DIR", type=NAME)
@answer_option
@click.option("--at", metavar="TIME", help="As it was at that moment, inclusive: 02:14, or ISO.")
@click.pass_context
def check(ctx: click.Context, source: str, form: Literal["table", "json"], at: str | None) -> None:
    """Say of every file in DIR (or a saved night, or a recording) whether it counts, and if not, why and at which line.

    Ends with exit code 1 where a file is quarantined or files are in conflict.
    """
    player, as_at = played(source, at)
    if form == "json":
        answer = report(player.night, player.files(), as_at)
        sys.stdout.write(json_text(answer))
    else:
        answer = print_check(player.night, player.files(), as_at, sys.stdout)
    if not answer.passed:
        ctx.exit(1)
