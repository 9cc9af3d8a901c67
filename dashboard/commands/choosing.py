"""Options that several commands take: what is asked of a night, and how it is answered."""

from typing import get_args

import click

from feeds.report import BaselineName

answer_option = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How the answer is written.",
)
at_option = click.option(
    "--at", metavar="TIME", help="For that moment, inclusive: 02:14 (the first after polls close), or ISO."
)
election_option = click.option("--election", metavar="NAME", help="Only the election of that name.")
baseline_option = click.option(
    "--baseline",
    type=click.Choice(get_args(BaselineName)),
    help="Measure change against this baseline of the night instead of its own.",
)
