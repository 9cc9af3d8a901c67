"""The command `config`: where the settings are, what they are, and what is wrong with them."""

import sys

import click

from dashboard.commands.options import Refused, say
from dashboard.config import Config, config_file, read_config, toml
from feeds.text import clean_path, inert_lines


@click.group(epilog="Example: election-night config check")
def config() -> None:
    """Show and check settings of your own: theme, ticker, alerts, keys and party colours, in one TOML file."""


def _read() -> tuple[Config, list[str], str]:
    from dashboard.theme import all_themes  # noqa: PLC0415 - Textual knows the themes, and not every command needs it

    themes = all_themes()
    return (*read_config(config_file(), themes), themes[0])


@config.command()
def show() -> None:
    """Print the settings as they are in force, as the file would have them."""
    settings, wrong, theme = _read()
    for each in wrong:
        say(each)
    sys.stdout.write(inert_lines(toml(settings, theme)))


@config.command()
def path() -> None:
    """Print where the file is, or would be."""
    click.echo(clean_path(str(config_file())))


@config.command()
def check() -> None:
    """Say what is wrong with the file; ends with exit code 2 where anything is."""
    _, wrong, _ = _read()
    for each in wrong[:-1]:
        say(each)
    if wrong:
        raise Refused(wrong[-1])
    click.echo(
        f"{clean_path(str(config_file()))}: {'fine' if config_file().exists() else 'not there; all as it comes'}"
    )
