"""The commands about saved nights: `nights` lists them, `rehearse` delivers one as if live."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from dashboard.commands.options import Refused, say, speed
from dashboard.commands.source import opened
from dashboard.tables import print_grid
from dashboard.view.grids import nights_grid
from feeds.delivery import at_speed, deliver, prepare
from feeds.saved import shipped


@click.command(epilog="Example: election-night nights")
def nights() -> None:
    """List the saved nights: the names that `replay`, `tally`, `check` and `rehearse` take."""
    print_grid(nights_grid([opened(name) for name in shipped()]), sys.stdout)


@click.command(epilog="Example: election-night rehearse 2022-05-05-local practice/ --speed 60")
@click.argument("night", metavar="NIGHT")
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--speed",
    "fast",
    type=speed,
    default="1",
    show_default=True,
    metavar="N|max",
    help="Seconds of the night to a second.",
)
def rehearse(night: str, target: Path, fast: float) -> None:
    """Deliver NIGHT, file by file and each under a temporary name first, into the empty directory DIR.

    The delivered night.toml says that it is a rehearsal, and so does every screen and table made from it.
    """
    saved = opened(night)
    with _refused(target):
        prepare(target)
    with click.progressbar(length=len(saved.events), label=f"delivering {saved.name}", file=sys.stderr) as bar:

        def show(_: int, total: int, __: str) -> None:
            bar.length = total
            bar.update(1)

        with _refused(target):
            files = deliver(saved, target, pace=at_speed(saved.begin, fast), stop=threading.Event(), on_file=show)
    say(f"{files:,} files delivered into {target}")


@contextmanager
def _refused(target: Path) -> Iterator[None]:
    """Say in one line why nothing can be delivered into a directory."""
    try:
        yield
    except ValueError as problem:
        raise Refused(str(problem)) from problem
    except OSError as problem:
        raise Refused(f"“{target}” cannot be written to: {problem.strerror}") from problem
