"""The command `config`: where the settings are, what they are, and what is wrong with them."""

import sys
from typing import TYPE_CHECKING

import click

from dashboard.commands.options import Refused, say
from dashboard.config import config_file, toml
from feeds.text import clean_path, inert_lines

if TYPE_CHECKING:
    from dashboard.own_themes import Settings


@click.group(epilog="Example: election-night config check")
def config() -> None:
    """Show and check settings of your own: theme, ticker, alerts, pictures, keys and colours, in one TOML file."""


def _read() -> "Settings":
    from dashboard.own_themes import settings  # noqa: PLC0415 - Textual knows colours, and not every command needs it

    return settings(config_file())


@config.command()
def show() -> None:
    """Print the settings as they are in force, as the file would have them."""
    from dashboard.theme import THEMES  # noqa: PLC0415 - as above

    found = _read()
    for each in (*found.wrong, *found.warnings):
        say(each)
    sys.stdout.write(inert_lines(toml(found.config, THEMES[0].name)))


@config.command()
def path() -> None:
    """Print where the file is, or would be."""
    click.echo(clean_path(str(config_file())))


@config.command()
def check() -> None:
    """Say what is wrong with the file; ends with exit code 2 where anything is, not for colours hard to read."""
    found = _read()
    for each in (*(f"warning: {each}" for each in found.warnings), *found.wrong[:-1]):
        say(each)
    if found.wrong:
        raise Refused(found.wrong[-1])
    click.echo(
        f"{clean_path(str(config_file()))}: {'fine' if config_file().exists() else 'not there; all as it comes'}"
    )
