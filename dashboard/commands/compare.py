"""The command `compare`: two nights, or two sources of one night, side by side."""

import sys
from datetime import datetime, timedelta
from typing import Literal

import click

from dashboard.commands.choosing import election_option
from dashboard.commands.options import NAME, Refused, on_terminal
from dashboard.commands.source import moment_of, opened, opened_for_times, played, replayer
from dashboard.leaving import ended_by_signals
from dashboard.player import Player
from dashboard.tables import print_grid
from dashboard.view.compare import Comparison, Side
from dashboard.view.compare import compare as side_by_side
from dashboard.view.compare_grids import comparison_grids, comparison_lines
from dashboard.view.document import json_text
from dashboard.view.times import polls_close
from feeds.text import clean_path, inert


@click.command(epilog="Example: election-night compare 2018-05-03-local 2022-05-05-local --at 03:00")
@click.argument("a", metavar="A", type=NAME)
@click.argument("b", metavar="B", type=NAME)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    help="How the comparison is written; without it, and on a terminal, it is a screen.",
)
@click.option("--at", metavar="TIME", help="At that moment of A, and as long after polls closed in B.")
@election_option
@click.option("--plain", is_flag=True, help="Print tables instead of the screen.")
@click.option("--strict", is_flag=True, help="End with exit code 1 where anything differs; prints tables.")
@click.pass_context
def compare(
    ctx: click.Context,
    *,
    a: str,
    b: str,
    form: Literal["table", "json"] | None,
    at: str | None,
    election: str | None,
    plain: bool,
    strict: bool,
) -> None:
    """Show two nights (names of saved nights, recordings, or directories) side by side, or two sources of one night.

    Councils are matched by code, else by name; moments by the time since polls closed.
    """
    if form is None and not plain and not strict and on_terminal():
        _screen(a, b, at, election)
        return
    try:
        comparison = side_by_side(*sides(a, b, at), election)
    except ValueError as problem:
        raise Refused(str(problem)) from problem
    if form == "json":
        sys.stdout.write(json_text(comparison))
    else:
        sys.stdout.writelines(f"{inert(line)}\n" for line in comparison_lines(comparison))
        for grid in comparison_grids(comparison):
            print_grid(grid, sys.stdout)
    if strict and comparison.differs:
        ctx.exit(1)


def sides(a: str, b: str, at: str | None) -> tuple[Side, Side]:
    """Return two sources as sides: at their ends, or as long after polls closed as `at` is in the first."""
    if at is None:
        return _whole(a), _whole(b)
    one, other = Replay(a, at), Replay(b, at)
    span = one.span(at)
    return one.side(span), other.side(span)


def _whole(name: str) -> Side:
    player, as_at = played(name)
    return Side(name=clean_path(name), night=player.night, as_at=as_at, begin=polls_close(player.night) or player.begin)


class Replay:
    """One source that can be looked at any time after its polls closed; `at`, where asked for, is one."""

    def __init__(self, name: str, at: str | None = None) -> None:
        self._name = name
        self._saved = opened(name) if at is None else opened_for_times(name)
        self._player: Player = replayer(self._saved)
        self._player.to_start()
        self.begin: datetime = polls_close(self._player.night) or self._saved.begin

    @property
    def length(self) -> timedelta:
        """From when polls closed to the last event."""
        return max(timedelta(0), self._saved.end - self.begin)

    def span(self, at: str) -> timedelta:
        """Return how long after polls closed a time is that somebody types."""
        return moment_of(at, self._saved, self._player) - self.begin

    def last(self) -> Side:
        """Return the night at its end."""
        return self.side(self._saved.end - self.begin)

    def side(self, span: timedelta) -> Side:
        """Return the night as it stood that long after polls closed."""
        at = self.begin + span
        self._player.seek(at)
        return Side(name=clean_path(self._name), night=self._player.night, as_at=at, begin=self.begin)


class Looking:
    """Two sources side by side at any time since polls closed, from `start` to `end`.

    At the end each side stands at its own, as without a screen; `at` and `election` are what was asked for. Refuses, in
    one line, a source, a time or an election that is not there.
    """

    def __init__(self, a: str, b: str, at: str | None, election: str | None) -> None:
        self._one, self._other = Replay(a, at), Replay(b, at)
        self._election = election
        self.end = max(self._one.length, self._other.length)
        self._ends = sides(a, b, None) if at is None else (self._one.last(), self._other.last())
        self.start = self.end if at is None else self._one.span(at)
        try:
            self(self.start)
        except ValueError as problem:
            raise Refused(str(problem)) from problem

    def __call__(self, span: timedelta) -> Comparison:
        """Return the comparison so long after polls closed."""
        if span >= self.end:
            return side_by_side(*self._ends, self._election)
        return side_by_side(self._one.side(span), self._other.side(span), self._election)


def _screen(a: str, b: str, at: str | None, election: str | None) -> None:
    look = Looking(a, b, at, election)
    from dashboard.screens.compare import CompareApp  # noqa: PLC0415 - Textual is loaded only where there is a screen

    app = CompareApp(look, look.start, look.end)
    with ended_by_signals(app.exit):
        app.run()
