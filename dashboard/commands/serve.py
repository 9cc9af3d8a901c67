"""The command `serve`: the dashboard in browsers. What it passes on to the program of each is checked here first."""

import sys
from collections.abc import Iterable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import click
from click.core import ParameterSource

from dashboard.commands.live import watch
from dashboard.commands.options import NAME, Refused, directory, is_directory
from dashboard.commands.pacing import Wanted, paced
from dashboard.commands.replay import replay
from dashboard.commands.source import opened
from feeds.clock import WallClock
from feeds.collector import Collector
from feeds.directory import Directory
from feeds.listing import ORDER_FILE
from feeds.recording_place import begin, recordings_dir
from feeds.text import clean_path

NEEDED: Final = "`serve` needs more than is installed: pip install 'election-night[serve]'"

NOT_HERE: Final = frozenset({"plain", "once"})
"""Options of `watch` and `replay` that are not about a screen."""

PROGRAM: Final = (sys.executable, "-P", "-m", "dashboard")
"""What a visitor gets. `-P`: what lies in the current directory is never taken for a part of the program."""


class Passed(click.Option):
    """An option of `watch` or `replay`, taken as it was written and passed on."""

    def __init__(self, original: click.Option) -> None:
        first, *others = original.opts
        sides = [f"{first}/{original.secondary_opts[0]}"] if original.secondary_opts else [first]
        self.original = original
        super().__init__(
            [original.name or first, *sides, *others],
            is_flag=original.is_flag,
            type=original.type if original.is_flag or isinstance(original.type, click.Choice) else str,
            default=None,
            multiple=original.multiple,
            metavar=original.metavar,
            help=original.help,
        )

    def written(self, value: Any) -> list[str]:
        """Return the option as it was on the command line."""
        if self.is_flag:
            return [self.opts[0] if value else self.secondary_opts[0]]
        return [f"{self.opts[0]}={each}" for each in (value if self.multiple else [value])]


def passed() -> list[click.Parameter]:
    """Return the options that `watch` and `replay` have for a screen, each once."""
    found: dict[str, click.Parameter] = {}
    for original in (*watch.params, *replay.params):
        if isinstance(original, click.Option) and original.name and original.name not in NOT_HERE:
            found.setdefault(original.name, Passed(original))
    return list(found.values())


@click.command(
    epilog="Example: election-night serve /srv/results · or: election-night serve 2022-05-05-local --speed 300 --loop"
)
@click.argument("name", metavar="DIR|NIGHT", type=NAME)
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where it can be reached.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.option(
    "--public-url", "public", metavar="URL", help="What browsers call it, where that is a name, or a proxy's address."
)
@click.option(
    "--visitors", type=click.IntRange(1, 1000), default=10, show_default=True, help="At most so many at a time."
)
@click.pass_context
def serve(
    ctx: click.Context, /, name: str, *, host: str, port: int, public: str | None, visitors: int, **asked: Any
) -> None:
    """Show the dashboard of a live DIR, as `watch` does, or of NIGHT, as `replay` does, in browsers; Ctrl-C ends it.

    Every visitor has a screen of their own, and writes no file here: what `x` writes is downloaded, and stars are not
    kept. A live directory is recorded once, by the server.
    """
    command = watch if _is_live(name) else replay
    argv = _written(ctx, command, name)
    title = _checked(command, name, argv)
    outside = _public(public)
    if find_spec("textual_serve") is None or find_spec("aiohttp") is None:
        raise Refused(NEEDED)
    from dashboard.serving.house import House  # noqa: PLC0415 - the extra is loaded only where it is used

    house = House((*PROGRAM, *argv), title=title, most=visitors, public=outside)
    if command is replay:
        sys.exit(house.serve(host, port))
    root, clock = directory(Path(name)), WallClock()
    opening = None if asked["no_record"] else partial(begin, root, recordings_dir(), clock.now())
    watched = Directory(root, clock.now, poll=bool(asked["poll"]))
    sys.exit(house.serve(host, port, Collector(watched, opening) if opening is not None else None))


serve.params += passed()


def _is_live(name: str) -> bool:
    """Return whether a name is a directory to watch; one with an order of arrivals is a saved night."""
    path = Path(name)
    return is_directory(path) and not (path / ORDER_FILE).is_file()


def _written(ctx: click.Context, command: click.Command, name: str) -> list[str]:
    """Return the command line for a visitor's program; refuse an option that is not the command's."""
    known = {each.name for each in command.params}
    given: list[str] = [command.name or ""]
    for each in _given(ctx):
        if each.name not in known:
            kind = "a saved night or a recording" if command is watch else "a live directory"
            raise Refused(f"{each.opts[0]} is for {kind}, which “{clean_path(name)}” is not")
        given += each.written(ctx.params[each.name or ""])
    return [*given, "--", name]


def _given(ctx: click.Context) -> Iterable[Passed]:
    for each in ctx.command.params:
        if isinstance(each, Passed) and ctx.get_parameter_source(each.name or "") is ParameterSource.COMMANDLINE:
            yield each


def _checked(command: click.Command, name: str, argv: list[str]) -> str:
    """Return the title of what is served; refuse now, in one line, what every visitor's program would refuse."""
    made = command.make_context(command.name, argv[1:]).params
    if command is watch:
        return clean_path(directory(Path(name)).resolve().name) or "results"
    night = opened(name)
    own = {field: made[field] for field in Wanted.__struct_fields__ if field in made}
    paced(night, Wanted(**own, speed=made["fast"]), screen=True)
    return night.title


def _public(text: str | None) -> str | None:
    """Return a public address without its path; refuse what is none."""
    if text is None:
        return None
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
        raise click.BadParameter(
            f"“{text}” is no address: write https://NAME or http://NAME:PORT", param_hint="--public-url"
        )
    return f"{parts.scheme}://{parts.netloc}"
