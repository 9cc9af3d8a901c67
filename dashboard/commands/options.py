"""What the commands' arguments mean (names, speeds, directories), and how a wrong one is refused."""

import difflib
import math
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, TypeVar

import click

from feeds.text import clean_path, inert

if TYPE_CHECKING:
    from datetime import timedelta

    from click.shell_completion import CompletionItem

Command = TypeVar("Command", bound=Callable[..., Any])

SERVED: Final = "ELECTION_NIGHT_SERVED"
"""Set in the environment of a program whose screen is a browser's."""


class Refused(click.ClickException):
    """What was asked for is not there: one line on standard error, exit code 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the one line, made inert: arguments and the names of directories stand in it."""
        click.echo(f"election-night: {inert(self.message)}", file=file, err=True)


def _named(value: object) -> None:
    if value == "":
        raise click.BadParameter("the name is empty")


def length(text: str) -> "timedelta":
    """Return the length of time that an option's text means. Refuses anything else as wrong usage."""
    from dashboard.view.times import span  # noqa: PLC0415 - the help needs no time

    try:
        return span(text)
    except ValueError as problem:
        raise click.BadParameter(str(problem)) from problem


class Name(click.types.StringParamType):
    """The name of a night, a recording or a directory: any but an empty one, which would mean this directory."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the name."""
        _named(value)
        return super().convert(value, param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
        """Return the saved nights that begin so, and let the shell offer files and directories."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415 - only where Tab is pressed

        from feeds.saved import shipped  # noqa: PLC0415 - the same

        nights = [CompletionItem(name, help="a saved night") for name in shipped() if name.startswith(incomplete)]
        return [CompletionItem(incomplete, type="file"), *nights]


class Place(click.Path):
    """A path: any but an empty one."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path."""
        _named(value)
        return super().convert(value, param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
        """Let the shell offer directories where one is wanted, else files, too."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415 - only where Tab is pressed

        return [CompletionItem(incomplete, type="dir" if param.metavar == "DIR" else "file")]


NAME: Final = Name()
PLACE: Final = Place(path_type=Path)


def speed(text: str) -> float:
    """Return a speed as a number above 0; `max` is infinity. Refuses anything else as wrong usage."""
    wanted = text.strip().lower().removeprefix("×").removeprefix("x")
    if wanted == "max":
        return math.inf
    try:
        number = float(wanted)
    except ValueError:
        number = math.nan
    if not 0 < number < math.inf:
        raise click.BadParameter(f"“{text}” is not a speed: write a number above 0, or max")
    return number


def speed_option(default: str, words: str) -> Callable[[Command], Command]:
    """Return the option `--speed` of a command, which is given to it as `fast`; `words` are its help."""
    return click.option("--speed", "fast", type=speed, default=default, show_default=True, metavar="N|max", help=words)


def is_directory(path: Path) -> bool:
    """Return whether the path is a directory; refuse one that cannot even be asked about (too long, not permitted)."""
    try:
        return path.is_dir()
    except (OSError, ValueError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else problem
        raise Refused(f"“{clean_path(str(path))}” cannot be read: {why}") from problem


def directory(path: Path) -> Path:
    """Return the path where it is a directory; refuse it otherwise, naming the nearest one that there is."""
    if is_directory(path):
        return path
    if path.exists():
        raise Refused(f"“{path}” is a file, not a directory")
    names = [p.name for p in path.parent.iterdir() if p.is_dir()] if path.parent.is_dir() else []
    near = difflib.get_close_matches(path.name, names, n=1, cutoff=0.5)
    raise Refused(f"no directory “{path}”" + (f"; did you mean “{path.parent / near[0]}”?" if near else ""))


def on_terminal() -> bool:
    """Return whether standard input, output and error are all terminals: only then is there a screen."""
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def is_served() -> bool:
    """Return whether the screen is a browser's: then whoever presses the keys has no business with files here."""
    return os.environ.get(SERVED) == "1"


def has_screen() -> bool:
    """Return whether there is a screen to draw on: a terminal's or a browser's."""
    return is_served() or on_terminal()


def say(line: str) -> None:
    """Print one line of narration on standard error, made inert: a path stands in it."""
    click.echo(inert(line), err=True)
