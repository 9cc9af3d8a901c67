"""The man page: it is current, it names every command, option and key, and a typesetter has nothing against it."""

import re
import shutil
import subprocess

import click
import pytest

from dashboard.actions import TABLE
from dashboard.cli import COMMANDS, group
from tests.makers.manpage import COMMAND, PAGE, page

GROFF = shutil.which("groff")


def plain() -> str:
    """Return the page's text as it is read."""
    text = re.sub(r"\\f[BR]|\\&", "", page())
    for mark, char in (("\\-", "-"), ("\\(aq", "'"), ("\\(dq", '"'), ("\\(ha", "^"), ("\\(ti", "~"), ("\\e", "\\")):
        text = text.replace(mark, char)
    return text


def commands(found: click.Command = group, name: str = "") -> list[tuple[str, click.Command]]:
    """Return every command with its name as it is typed."""
    context = click.Context(found)
    inner = found.list_commands(context) if isinstance(found, click.Group) else []
    own = [(name, found)] if name else []
    below = [(each, found.get_command(context, each)) for each in inner] if isinstance(found, click.Group) else []
    return own + [pair for each, one in below if one is not None for pair in commands(one, f"{name} {each}".strip())]


def test_the_page_is_made_from_the_help_as_it_is_now() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), f"make it again: {COMMAND}"


def test_every_command_and_every_option_stands_in_it() -> None:
    text = plain()
    found = commands()
    assert set(COMMANDS) < {name for name, _ in found}
    for name, command in found:
        assert f"\n.SS {name}" in text, name
        for param in command.params:
            if isinstance(param, click.Option):
                assert all(option in text for option in param.opts), (name, param.name)


def test_every_key_stands_in_it() -> None:
    text = plain()
    for action in TABLE:
        assert f'.B "{action.shown}"\n{action.help}\n' in text.replace("`", "")


def test_no_line_of_the_help_is_taken_for_a_command_to_the_typesetter() -> None:
    known = {".TH", ".SH", ".SS", ".PP", ".TP", ".B", '.\\"'}
    assert {line.split()[0] for line in page().splitlines() if line.startswith((".", "'"))} <= known


@pytest.mark.skipif(GROFF is None, reason="there is no groff here")
def test_a_typesetter_has_nothing_against_it() -> None:
    done = subprocess.run(
        ["groff", "-man", "-ww", "-Kutf8", "-Tutf8", str(PAGE)], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    assert "--pause-on" in re.sub(r"\x1b\[[0-9;]*m|.\x08", "", done.stdout)
