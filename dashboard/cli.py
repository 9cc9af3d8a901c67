"""The command `election-night`: standard output is data, standard error is narration, exit codes are an interface.

0 fine · 1 the data has problems · 2 wrong usage or no such file · 130 interrupted.
"""

from dashboard import garbage

with garbage.loading():
    from dashboard.loading import SELDOM_WANTED, later, without_tls

    later(*SELDOM_WANTED)
    import io
    import os
    import sys
    from contextlib import nullcontext
    from importlib import import_module
    from typing import Final

    import click

    from dashboard import crash
    from dashboard.commands.options import on_terminal
    from feeds.text import inert_lines

INTERRUPTED: Final = 130

SERVER: Final = "serve"
"""The command that answers over connections."""

COMMANDS: Final = {
    "demo": ("live", "a saved night, delivered and watched: nothing to set up"),
    "watch": ("live", "the dashboard on a directory of result files"),
    "replay": ("replay", "the dashboard on a saved night, a recording or a directory"),
    "tally": ("figures", "the figures as a table, JSON, CSV, Markdown, SVG or plain text"),
    "check": ("figures", "what became of every file, and all that disagrees"),
    "audit": ("audit", "where a figure comes from: files, times, hashes, and the sum"),
    "compare": ("compare", "two nights, or two sources of one night, side by side"),
    "nights": ("nights", "the saved nights and your recordings; export them, import them"),
    "rehearse": ("rehearse", "deliver a saved night into a directory as if live, faults and all"),
    "declare": ("declare", "write a result into a feed directory, without a feed"),
    "quote": ("quote", "write what somebody said into a feed directory"),
    "serve": ("serve", "the dashboard in a browser (needs the extra: serve)"),
    "config": ("config", "your own settings: show, path, check"),
}
"""Every command with its module in `dashboard.commands`, imported only when it is needed, and one line on it."""


class Commands(click.Group):
    """The group: it knows its commands by name, and imports one only to run it or to show its help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which they are wanted."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name, None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        with garbage.loading(), nullcontext() if cmd_name == SERVER else without_tls():
            command = getattr(import_module(f"dashboard.commands.{COMMANDS[cmd_name][0]}"), cmd_name)
        return command if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a reader who closes the pipe has had enough, and that is fine."""
        try:
            result: object = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return None
        return result

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: election-night demo",
)
@click.version_option(package_name="election-night", message="election-night %(version)s")
@click.pass_context
def group(ctx: click.Context) -> None:
    """Follow the night of a count: watch a directory of result files, count them, show them."""
    if ctx.invoked_subcommand is not None:
        return
    if not on_terminal():
        click.echo(ctx.get_help())
        return
    import_module("dashboard.commands.start").start(ctx)


def main() -> None:
    """Run the command line and leave with its exit code. Whatever fails is told in inert words."""
    crash.install()
    garbage.searched_rarely()
    try:
        code = group.main(prog_name="election-night", standalone_mode=False)
    except click.ClickException as problem:
        told = io.StringIO()
        problem.show(told)
        click.echo(inert_lines(told.getvalue()), nl=False, err=True)
        sys.exit(problem.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)
    sys.exit(code if isinstance(code, int) else 0)
