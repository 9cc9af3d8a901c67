"""A feed directory as somebody who writes into it sees it: what is known there, and what a new file would change."""

import difflib
import sys
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import click

from dashboard.commands.options import PLACE, Refused, directory
from dashboard.count.night import Area, Election, Night
from dashboard.player import Player
from dashboard.view.named import is_named
from dashboard.view.times import moment, polls_close
from feeds.arrival import Arrival, digest
from feeds.clock import WallClock
from feeds.formats import read
from feeds.listing import ORDER_FILE
from feeds.outbox import put_new
from feeds.parties import party_code, register
from feeds.places import folded_place
from feeds.report import Contest, Place, Reading, Result
from feeds.scan import one_shot
from feeds.text import clean, folded

_WALL: Final = WallClock()

Ask = Callable[[str, bool], bool]
"""Puts a question that is answered with yes or no; Enter alone gives the second argument."""


new_option = click.option("--new", is_flag=True, help="Take an area, ward or party that is not known here as it is.")
path_argument = click.argument("path", metavar="DIR", type=PLACE)


class Spot(NamedTuple):
    """Where a declaration belongs; `area` is None where the directory does not know the area yet."""

    contest: Contest
    place: Place
    area: Area | None


class Desk:
    """What lies in a directory `now` (UTC). Refuses, in one line, what is no feed directory or cannot be read."""

    def __init__(self, path: Path, now: Callable[[], datetime] = _WALL.now) -> None:
        self.path = directory(path)
        if (path / ORDER_FILE).is_file():
            raise Refused(f"“{path}” is a saved night: a file counts there only where {ORDER_FILE} lists it")
        try:
            self._events = one_shot(path, now())
        except OSError as problem:
            raise Refused(f"“{path}” cannot be read: {problem.strerror}") from problem
        self.now = now
        self._readings: dict[str, Reading] = {}
        self.night = self._night([])

    def with_file(self, name: str, data: bytes) -> Night:
        """Return the night as it will be once a file of that name and content is there."""
        last = max([self.now(), *(event.at for event in self._events)])
        at = last + timedelta(microseconds=1)
        return self._night([Arrival(path=name, data=data, digest=digest(data), at=at, basis="arrived")])

    def put(self, name: str, data: bytes) -> Path:
        """Write the file and return its path; refuse it in one line where it cannot be written."""
        try:
            return put_new(self.path, name, data)
        except FileExistsError as problem:
            raise Refused(
                f"“{self.path / name}” was written just now by somebody else: look, and try again"
            ) from problem
        except OSError as problem:
            raise Refused(f"“{self.path}” cannot be written to: {problem.strerror}") from problem

    def last_number(self, spot: Spot, ward: str | None) -> tuple[int, int]:
        """Return the latest round, and the highest revision in it, that any file has for a place or its ward.

        Revision 0 means that none speaks of it.
        """
        said = (
            (report.round, report.revision)
            for reading in self._readings.values()
            for report in reading.reports
            if isinstance(report, Result) and _same(report, spot, ward)
        )
        return max(said, default=(1, 0))

    def moment(self, text: str) -> datetime:
        """Return a moment (UTC) of the night; without a poll date, `HH:MM` is the last one that there was.

        Refuses, in one line, what is no time, and a time that is still to come.
        """
        now, zone = self.now(), ZoneInfo(self.night.settings.zone)
        try:
            at = moment(text, polls_close(self.night) or now - timedelta(days=1), zone)
        except ValueError as problem:
            raise Refused(str(problem)) from problem
        if at > now:
            raise Refused(f"“{clean(text)}” is still to come: it is only {now.astimezone(zone):%a %H:%M}")
        return at

    def elections(self, named: str | None) -> list[Election]:
        """Return the elections of the night, or those that go by a name."""
        return [e for e in self.night.elections if named is None or is_named(e, named)]

    def _night(self, more: list[Arrival]) -> Night:
        player = Player(_WALL, [*self._events, *more], live=True, read=self._read)
        player.to_end()
        return player.night

    def _read(self, path: str, data: bytes) -> Reading:
        key = f"{path}\0{digest(data)}"
        if key not in self._readings:
            self._readings[key] = read(path, data)
        return self._readings[key]


def _same(report: Result, spot: Spot, ward: str | None) -> bool:
    names = {folded_place(spot.place.name)} | ({folded_place(spot.area.name)} if spot.area else set())
    coded = report.area.code is not None and report.area.code == spot.place.code
    return (
        report.election.kind == spot.contest.kind
        and folded(report.election.name) == folded(spot.contest.name)
        and (coded or folded_place(report.area.name) in names)
        and folded(report.ward or "") == folded(ward or "")
    )


def asked() -> Ask | None:
    """Return what asks the person at the terminal; None where there is none to ask."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    return lambda question, usual: click.confirm(question, default=usual, err=True)


def settled(what: str, wanted: str, known: Iterable[str], new: bool, ask: Ask | None) -> str | None:
    """Return which of the known names is meant, None for a new one; exact ones have been looked for already.

    On a terminal the nearest is offered, then whether it is new; else the nearest is named and the command refused.
    """
    if new:
        return None
    names = list(dict.fromkeys(known))
    nearest = _nearest(folded(wanted), {folded(name): name for name in names})
    if ask is not None:
        if nearest is not None and ask(f"There is no {what} “{clean(wanted)}”. Is “{nearest}” meant?", True):
            return nearest
        if ask(f"Is “{clean(wanted)}” a new {what}?", False):
            return None
        raise Refused("nothing was written")
    hint = f"did you mean “{nearest}”? " if nearest else ""
    raise Refused(f"there is no {what} “{clean(wanted)}” here; {hint}--new writes it all the same")


def _nearest(wanted: str, spelt: dict[str, str]) -> str | None:
    """Return the name that has the wanted words in it, where only one has, else the one that is spelt most like it."""
    holding = [name for key, name in spelt.items() if wanted and f" {wanted} " in f" {key} "]
    if len(holding) == 1:
        return holding[0]
    close = difflib.get_close_matches(wanted, list(spelt), n=1, cutoff=0.5)
    return spelt[close[0]] if close else None


def spot_of(desk: Desk, wanted: str, election: str | None, new: bool, ask: Ask | None) -> Spot:
    """Return where a declaration about an area of that name or code belongs; refuse it in one line, or ask."""
    elections = desk.elections(election)
    if not elections and desk.night.elections and not new:
        names = ", ".join(e.name for e in desk.night.elections)
        raise Refused(f"there is no election “{clean(election or '')}” here; there are: {names}")
    found = _named(elections, wanted)
    if not found:
        name = settled("area", wanted, (a.name for e in elections for a in e.areas), new, ask)
        if name is None:
            return _new(desk, elections, wanted, election)
        found = _named(elections, name)
    if len(found) > 1:
        names = ", ".join(e.name for e, _ in found)
        raise Refused(f"“{found[0][1].name}” is in several elections: say which with --election: {names}")
    ((its, area),) = found
    place = Place(name=area.name, kind=area.kind, code=area.code, region=area.region)
    return Spot(Contest(kind=its.kind, name=its.name, poll_date=its.poll_date), place, area)


def _named(elections: list[Election], wanted: str) -> list[tuple[Election, Area]]:
    key, code = folded_place(wanted), wanted.strip().upper()
    return [(e, a) for e in elections for a in e.areas if folded_place(a.name) == key or a.code == code]


def _new(desk: Desk, elections: list[Election], wanted: str, election: str | None) -> Spot:
    if len(elections) > 1:
        raise Refused(f"say the election with --election: {', '.join(e.name for e in elections)}")
    name = clean(wanted).strip()
    if not name:
        raise Refused("the area has no name")
    if elections:
        (one,) = elections
        kind = one.areas[0].kind if one.areas else "council"
        return Spot(Contest(kind=one.kind, name=one.name, poll_date=one.poll_date), Place(name=name, kind=kind), None)
    contest = Contest(name=clean(election or "Local elections"), poll_date=desk.night.poll_date)
    return Spot(contest, Place(name=name), None)


def area_name(desk: Desk, wanted: str, new: bool, ask: Ask | None) -> str:
    """Return an area's name as the directory has it; a new one as it is written."""
    found = _named(list(desk.night.elections), wanted)
    if found:
        return found[0][1].name
    name = settled("area", wanted, (a.name for e in desk.night.elections for a in e.areas), new, ask)
    return clean(wanted).strip() if name is None else name


def code_of(desk: Desk, wanted: str, new: bool, ask: Ask | None) -> str:
    """Return a party's code, or a new party's name as it is written.

    One that neither the register nor the night knows is refused, or asked about.
    """
    try:
        code = party_code(clean(wanted))
    except ValueError as problem:
        raise Refused("a party has no name") from problem
    if code in register() or code in dict(desk.night.unknown_parties):
        return code
    words = [word for one in register().values() for word in (one.code, one.name, one.short)]
    name = settled("party", wanted, [*words, *dict(desk.night.unknown_parties)], new, ask)
    return clean(wanted).strip() if name is None else party_code(name)


def readable(name: str, data: bytes) -> None:
    """Refuse, in one line, a file that the program itself would not read."""
    problem = read(name, data).problem
    if problem is not None:
        raise Refused(problem.reason)
