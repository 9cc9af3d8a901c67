"""Writes `docs/election-night.1` again from the help of the commands and the table of keys.

`python -m tests.makers.manpage` does it.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import click

from dashboard.actions import MOVING, TABLE
from dashboard.cli import COMMANDS, group

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "election-night.1"
COMMAND: Final = "python -m tests.makers.manpage"
NAME: Final = "election-night"

EXITS: Final = (
    ("0", "fine"),
    ("1", "the data has problems: `check` found a quarantined file or a conflict; `compare --strict` a difference"),
    ("2", "wrong usage, no such file or night, a mistake in the settings (`config check`)"),
    ("130", "interrupted"),
)
FILES: Final = (
    ("~/.config/election-night/config.toml", "settings of your own: `config path`, `config show`, `config check`"),
    ("~/.local/state/election-night/recordings/*.night", "what was watched, one SQLite file for each directory"),
    ("~/.local/state/election-night/watch.json", "the areas with a star"),
)
ENVIRONMENT: Final = (
    ("NO_COLOR", "where it is set, nothing is drawn in colour"),
    ("XDG_CONFIG_HOME, XDG_STATE_HOME", "where settings and recordings lie instead, on Linux"),
    ("LC_ALL, LC_CTYPE, LANG", "where the first that is set is not UTF-8, pictures are drawn in ASCII"),
    ("TERM, COLORTERM", "how many colours the terminal has"),
)


def page() -> str:
    """Return the page as a man page is written (roff)."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    return "\n".join(_lines(version)) + "\n"


def _lines(version: str) -> Iterator[str]:
    top = click.Context(group, info_name=NAME, **group.context_settings)
    yield f'.\\" Made by `{COMMAND}` from the help; do not edit.'
    yield f'.TH ELECTION\\-NIGHT 1 "" "{NAME} {version}" "User Commands"'
    yield from (".SH NAME", f"{_roff(NAME)} \\- {_roff('the night of a count on a full screen')}")
    yield from (".SH SYNOPSIS", f".B {_roff(NAME)}", _roff("[COMMAND] [OPTIONS] [ARGUMENTS]"))
    yield from (".SH DESCRIPTION", _roff(group.help or ""), ".PP")
    yield _roff(
        "Without a command, on a terminal, there is a start screen. The screen is used where standard input, output "
        "and error are all terminals; else plain lines are printed. Standard output is data, standard error narration."
    )
    yield ".SH COMMANDS"
    for name in COMMANDS:
        found = group.get_command(top, name)
        if found is not None:
            yield from _command(found, click.Context(found, info_name=name, parent=top))
    yield ".SH KEYS"
    yield from _entries((action.shown, action.help) for action in TABLE)
    yield from _entries(MOVING)
    for title, entries in (("EXIT STATUS", EXITS), ("FILES", FILES), ("ENVIRONMENT", ENVIRONMENT)):
        yield f".SH {title}"
        yield from _entries(entries)


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    usage = " ".join([context.command_path.removeprefix(f"{NAME} "), *command.collect_usage_pieces(context)])
    yield f".SS {_roff(usage)}"
    paragraphs = (command.help or "").split("\n\n")
    for place, paragraph in enumerate(paragraphs):
        yield from ([".PP"] if place else [])
        yield _roff(" ".join(paragraph.split()))
    options = [each for each in command.params if isinstance(each, click.Option)]
    records = [
        (word, " ".join(text.split())) for word, text in filter(None, (o.get_help_record(context) for o in options))
    ]
    yield from _entries(records)
    if command.epilog:
        yield from (".PP", _roff(command.epilog))
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None:
                yield from _command(found, click.Context(found, info_name=name, parent=context))


def _entries(entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    for word, text in entries:
        yield from (".TP", f".B {_quoted(word)}", _roff(text))


def _quoted(text: str) -> str:
    return '"' + _roff(text).replace('"', "\\(dq").removeprefix("\\&") + '"'


def _roff(text: str) -> str:
    """Return text with nothing in it that is a command to the typesetter; what stands in backticks is bold."""
    plain = (
        text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("^", "\\(ha").replace("~", "\\(ti")
    )
    return ("\\&" if plain.startswith(".") else "") + re.sub(r"`([^`]+)`", r"\\fB\1\\fR", plain)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
