"""What PA's messages about constituencies, list regions and mayors have in common, whichever format reads them.

They all have an Election with a name, a date and a type, in it a Constituency, and in that its Candidates, each
with a Party. Parties are told by name and abbreviation; PA's ids only tell two candidates of one message apart.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

import msgspec

from feeds import pa
from feeds.attributes import day, number, required, text
from feeds.limits import MAX_PEOPLE, MAX_REVISION
from feeds.pa import Reader, Remarks
from feeds.places import PlaceKey, place_key
from feeds.report import NOC, AreaKind, Contest, Kind, Place, Reading, Report
from feeds.text import folded
from feeds.xml import Element, XmlProblem, shown

VACANT: Final = "VAC"
PER_CENT: Final = 100

TYPES: Final[dict[str, Kind]] = {
    "G": "parliament",
    "S": "assembly",
    "W": "assembly",
    "L": "assembly",
    "NI": "assembly",
    "E": "assembly",
    "B": "by-election",
    "M": "mayor",
    "P": "mayor",
}
"""What is elected, by PA's type of election. A police commissioner is one person for one area, as a mayor is."""

_STV: Final = "STV"
_BY_NAME: Final[tuple[tuple[str, Kind], ...]] = (
    ("by election", "by-election"),
    ("mayor", "mayor"),
    ("assembly", "assembly"),
    ("parliament", "assembly"),
)
_DECIMAL = re.compile(r"[0-9]{1,3}(\.[0-9]{1,6})?")


class Seat(NamedTuple):
    """One constituency, list region or mayor of a message, in its election."""

    election: Contest
    place: Place
    row: Element


class Person(NamedTuple):
    """One candidate of a message: name, party's code, votes if said; `key` tells candidates of a message apart."""

    name: str
    party: str
    votes: int | None
    key: str
    row: Element


def contest(election: Element) -> Contest:
    """Return the election that a message belongs to, by PA's own name, type and date for it.

    Nothing is taken from the name or added to it: PA gives the constituencies and the lists of one parliament the
    same name, type and date, so they come to one contest and add up as one chamber. The type `STV` says how people
    vote and not for what; there the name decides, and what names nothing else is a local election.
    """
    name, kind = required(election, "name"), required(election, "type")
    if kind != _STV and kind not in TYPES:
        raise XmlProblem(f"type is “{kind}”, one of {', '.join([*TYPES, _STV])} was expected", election.line)
    return Contest(kind=TYPES.get(kind) or _kind_by_name(name), name=name, poll_date=day(election, "date"))


def _kind_by_name(name: str) -> Kind:
    words = folded(name)
    return next((kind for word, kind in _BY_NAME if word in words), "local")


def seats(root: Element, kind: Callable[[Contest], AreaKind]) -> Iterator[Seat]:
    """Yield the constituencies of a message; `kind` says what kind of area those of an election are.

    Raises XmlProblem where there is none, or where one stands twice.
    """
    seen: set[tuple[Contest, PlaceKey]] = set()
    for election in root.all("Election"):
        own = contest(election)
        for row in election.all("Constituency"):
            place = Place(name=required(row, "name"), kind=kind(own))
            key = (own, place_key(place))
            if key in seen:
                raise XmlProblem(f"{place.name} stands twice in one message", row.line)
            seen.add(key)
            yield Seat(own, place, row)
    if not seen:
        raise XmlProblem("there is no Constituency in an Election", root.line)


def people(parent: Element, remarks: Remarks) -> list[Person]:
    """Return the candidates right below an element. Raises XmlProblem where one stands twice or has no party."""
    found: list[Person] = []
    seen: set[str] = set()
    for row in parent.all("Candidate"):
        person = _person(row, remarks)
        if person.key in seen:
            raise XmlProblem(f"{person.name} stands twice in {shown(parent.tag)}", row.line)
        seen.add(person.key)
        found.append(person)
    return found


def _person(row: Element, remarks: Remarks) -> Person:
    name = " ".join(part for part in (text(row, "firstName"), required(row, "surname")) if part)
    party = row.only("Party")
    if party is None:
        raise XmlProblem(f"{name} has no Party", row.line)
    label, abbreviation = required(party, "name"), text(party, "abbreviation")
    code = remarks.party(label, abbreviation)
    if code in {NOC, VACANT}:
        raise XmlProblem(f"{label} is no party that can stand", party.line)
    votes = number(party, "votes", MAX_PEOPLE)
    return Person(
        name=name,
        party=code,
        votes=number(row, "votes", MAX_PEOPLE) if votes is None else votes,
        key=text(row, "paId") or f"{folded(name)}/{folded(label)}",
        row=row,
    )


def mark(row: Element, name: str, known: str) -> str | None:
    """Return an attribute that is one of the signs in `known`, None if not said. Raises XmlProblem for another."""
    value = text(row, name)
    if value is not None and value not in set(known):
        raise XmlProblem(f"{name} is “{value}”, one of {' '.join(known)} was expected", row.line)
    return value


def stated_party(seat: Element, name: str, remarks: Remarks, likely: str | None = None) -> str | None:
    """Return the code of the party that an attribute such as `winningParty` names; None if not said.

    A rush splits it into `…Abbreviation` and `…Name`. The abbreviation is looked up among the parties that stand
    in the constituency first, since it can mean another party in another election; `likely` settles it where
    several of them share it.
    """
    label = text(seat, name) or text(seat, f"{name}Abbreviation")
    full = text(seat, f"{name}Name") or label
    if full is None:
        return None
    if label is not None:
        own = [remarks.party(required(row, "name"), label) for row in _party_rows(seat) if _abbreviated(row, label)]
        if own:
            return likely if likely in own else own[0]
    return remarks.party(full, label)


def _party_rows(seat: Element) -> Iterator[Element]:
    yield from (party for candidate in seat.all("Candidate") for party in candidate.all("Party"))
    yield from seat.all("Party")


def _abbreviated(row: Element, label: str) -> bool:
    return folded(text(row, "abbreviation") or "") == folded(label)


def revision(root: Element, most: int = MAX_REVISION) -> int:
    """Return a message's revision, 1 where it gives none."""
    stated = number(root, "revision", most, 1)
    return 1 if stated is None else stated


def percentage(element: Element, name: str) -> float | None:
    """Return a percentage from 0 to 100, such as 67.74; None if not said."""
    value = text(element, name)
    if value is None:
        return None
    if not _DECIMAL.fullmatch(value) or float(value) > PER_CENT:
        raise XmlProblem(f"{name} is “{value}”, a percentage was expected", element.line)
    return float(value)


def message(title: str, read: Callable[[Element, Remarks], tuple[Report, ...]]) -> Reader:
    """Return the reader of one kind of message, as `feeds.pa.message` does; candidates mark test data, too."""
    plain = pa.message(title, read)

    def reader(path: str, root: Element) -> Reading:
        reading = plain(path, root)
        return reading if reading.test else msgspec.structs.replace(reading, test=_test_candidate(root))

    return reader


def _test_candidate(root: Element) -> str | None:
    """Return why the candidates of a message mark it as test data (RULES 23); those of earlier polls do not."""
    waiting = list(root.all("Election"))
    while waiting:
        element = waiting.pop()
        surname = text(element, "surname")
        if surname is not None and surname.endswith(" Test"):
            return f"a candidate is named “{surname}”"
        waiting += (child for child in element.children if not child.tag.startswith("Previous"))
    return None
