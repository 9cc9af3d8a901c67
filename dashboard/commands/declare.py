"""The command for people without a feed: `declare` writes one result, checked, into a feed directory."""

import re
from pathlib import Path
from typing import Final

import click

from dashboard.commands.desk import (
    Ask,
    Desk,
    Spot,
    asked,
    code_of,
    new_option,
    path_argument,
    readable,
    settled,
    spot_of,
)
from dashboard.commands.options import Refused, say
from dashboard.count.night import Area, Night, Ward
from dashboard.view.sentences import declared_sentence, ward_sentence
from feeds.limits import out_of_bounds
from feeds.outbox import document, file_name, free_name
from feeds.parties import party_code
from feeds.plural import be, many
from feeds.report import NEW, NOC, Result, Seats
from feeds.text import clean, folded, inert

_FIGURE: Final = re.compile(r"\s*(?P<party>.*\S)\s*=\s*(?P<seats>[0-9]{1,6})\s*")


@click.command(epilog="Example: election-night declare results/ Wandsworth LAB=35 CON=22 IND=1")
@path_argument
@click.argument("area")
@click.argument("figures", metavar="[PARTY=SEATS]...", nargs=-1)
@click.option("--ward", help="The seats are those of this ward alone.")
@click.option("--control", metavar="PARTY", help="Who controls the council, where that was declared: a party or NOC.")
@click.option("--total", type=click.IntRange(1, 1000), help="The seats on the whole council, where they are not known.")
@click.option("--deferred", type=click.IntRange(0, 1000), default=0, help="Seats whose poll was put off.")
@click.option("--at", metavar="TIME", help="When it was declared: 02:14 (the first after polls close), or ISO.")
@click.option("--revision", type=click.IntRange(1, 10_000), help="The revision; by itself the next one.")
@click.option("--retract", is_flag=True, help="Take the declaration back: the area (or ward) is undeclared again.")
@click.option("--election", metavar="NAME", help="The election, where the area is in several.")
@new_option
@click.option("--anyway", is_flag=True, help="Write it although the figures do not fit what is known.")
def declare(
    *,
    path: Path,
    area: str,
    figures: tuple[str, ...],
    ward: str | None,
    control: str | None,
    total: int | None,
    deferred: int,
    at: str | None,
    revision: int | None,
    retract: bool,
    election: str | None,
    new: bool,
    anyway: bool,
) -> None:
    """Declare AREA in the feed directory DIR: one file, checked, then put there whole; no file is ever overwritten.

    The figures are the seats won tonight. A second declaration of an area corrects the first. The path of the file
    goes to standard output, what the screen will say to standard error.
    """
    if retract == bool(figures):
        raise Refused(
            "a retraction has no figures" if retract else "say the seats, such as LAB=35 CON=22, or --retract"
        )
    if retract and at is not None:
        raise Refused("a retraction takes back what was declared: it has no time of its own")
    desk, ask = Desk(path), asked()
    spot = spot_of(desk, area, election, new, ask)
    known = _ward(spot, ward, new, ask) if ward is not None else None
    name = None if ward is None else known.name if known else clean(ward).strip()
    seats = _seats(desk, figures, new, ask)
    turn, number = _number(desk, spot, name, revision)
    result = Result(
        area=spot.place,
        election=spot.contest,
        ward=name,
        round=turn,
        revision=number,
        stage="retracted" if retract else "full",
        elected=None if retract else seats,
        total=total,
        deferred=deferred or None,
        control=None if control is None else _control(desk, control, new, ask),
        declared_at=None if at is None else desk.moment(at),
    )
    if retract:
        _declared_before(spot, known, name)
    elif not anyway:
        _fits(spot, known, name, result)
    _write(desk, spot, result, anyway)


def _ward(spot: Spot, wanted: str, new: bool, ask: Ask | None) -> Ward | None:
    """Return the ward that is meant, None for a new one."""
    wards = {folded(ward.name): ward for ward in (spot.area.wards if spot.area else ())}
    if folded(wanted) in wards:
        return wards[folded(wanted)]
    what = f"ward of {spot.place.name}"
    name = settled(what, wanted, (ward.name for ward in wards.values()), new, ask)
    return None if name is None else wards[folded(name)]


def _seats(desk: Desk, figures: tuple[str, ...], new: bool, ask: Ask | None) -> Seats:
    seats: Seats = {}
    for figure in figures:
        found = _FIGURE.fullmatch(figure)
        if found is None:
            raise Refused(f"“{clean(figure)}” is not a party with its seats, such as LAB=35")
        if _control_only(found["party"]):
            raise Refused(f"{found['party'].upper()} is not a party: write --control {found['party'].upper()}")
        name, number = code_of(desk, found["party"], new, ask), int(found["seats"])
        if party_code(name) in {party_code(other) for other in seats}:
            raise Refused(f"{name} is there twice")
        if reason := out_of_bounds("elected", number):
            raise Refused(f"{name} is {number}, {reason}")
        seats[name] = number
    return seats


def _control_only(word: str) -> bool:
    return word.strip().upper() in {NOC, NEW}


def _control(desk: Desk, wanted: str, new: bool, ask: Ask | None) -> str:
    return NOC if wanted.strip().upper() == NOC else code_of(desk, wanted, new, ask)


def _number(desk: Desk, spot: Spot, ward: str | None, wanted: int | None) -> tuple[int, int]:
    """Return the round and revision that the declaration has: those that come next, unless a higher one is wanted."""
    turn, last = desk.last_number(spot, ward)
    if wanted is not None and wanted <= last:
        raise Refused(f"{_where(spot, ward)} has revision {last} already: only a higher one counts")
    return turn, last + 1 if wanted is None else wanted


def _where(spot: Spot, ward: str | None) -> str:
    return f"{spot.place.name}, {ward} ward" if ward else spot.place.name


def _declared_before(spot: Spot, ward: Ward | None, name: str | None) -> None:
    area = spot.area
    done = ward.elected is not None if ward else area is not None and name is None and area.is_declared
    if not done:
        raise Refused(f"{_where(spot, name)} is not declared: there is nothing to take back")


def _fits(spot: Spot, ward: Ward | None, name: str | None, result: Result) -> None:
    """Refuse seats that are not those that are up."""
    up = ward.seats if ward else spot.area.up if spot.area and name is None else None
    declared = sum((result.elected or {}).values())
    if up is None or declared + (result.deferred or 0) == up:
        return
    hint = "--deferred N says that polls were put off, " if declared < up else ""
    words = f"{many(declared, 'seat')}, but {up} {be(up)} up"
    raise Refused(f"{_where(spot, name)}: {words}; {hint}--anyway writes it all the same")


def _write(desk: Desk, spot: Spot, result: Result, anyway: bool) -> None:
    """Check what the night will be with the file in it, write it, and say what the screen will say."""
    words = [spot.place.name, *([result.ward] if result.ward else []), str(result.revision)]
    data = document([result])
    name = free_name(desk.path, *words) if (desk.path / file_name(*words)).exists() else file_name(*words)
    readable(name, data)
    after = desk.with_file(name, data)
    area = _area(after, spot)
    if _shown(area, result) != {party_code(name): seats for name, seats in (result.elected or {}).items()}:
        raise Refused(f"{_where(spot, result.ward)} would not show it: another result stands")
    odd = [*_new_oddities(spot.area, area), *(c.what for c in after.conflicts if c not in desk.night.conflicts)]
    if odd and not anyway:
        raise Refused(f"{odd[0]}; --anyway writes it all the same")
    for reason in odd:
        say(f"! {reason}")
    for reason in after.test:
        if reason not in desk.night.test:
            say(f"! TEST DATA: {reason}")
    written = desk.put(name, data)
    say(_sentence(area, result))
    click.echo(inert(str(written)))


def _area(night: Night, spot: Spot) -> Area:
    wanted = (spot.contest.kind, folded(spot.contest.name), spot.place.kind)
    for election in night.elections:
        for area in election.areas:
            here = (election.kind, folded(election.name), area.kind)
            same = area.code == spot.place.code if spot.place.code else folded(area.name) == folded(spot.place.name)
            if here == wanted and same:
                return area
    raise Refused(f"{spot.place.name} would not be counted")


def _new_oddities(before: Area | None, after: Area) -> list[str]:
    told = {one.text for one in before.discrepancies} if before else set()
    return [f"{after.name}: {one.text}" for one in after.discrepancies if one.text not in told]


def _shown(area: Area, result: Result) -> Seats:
    """Return the seats that the night shows where a result belongs; none where nothing is declared there."""
    if result.ward is None:
        return area.elected or {} if area.is_declared else {}
    ward = _ward_of(area, result.ward)
    return (ward.elected or {}) if ward else {}


def _ward_of(area: Area, name: str) -> Ward | None:
    return next((ward for ward in area.wards if folded(ward.name) == folded(name)), None)


def _sentence(area: Area, result: Result) -> str:
    if result.stage == "retracted":
        return f"RETRACTED: {area.name}{f', {result.ward} ward' if result.ward else ''} (revision {result.revision})."
    ward = None if result.ward is None else _ward_of(area, result.ward)
    words = ward_sentence(area, ward) if ward else declared_sentence(area)
    return f"{words} (revision {result.revision})" if result.revision > 1 else words
