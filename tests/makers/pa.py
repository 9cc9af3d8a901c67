"""Makes PA local election files: results, nominations and states of the parties, with names as PA gives them.

Parties are given by PA's abbreviations (`C`, `Lab`, `LD`, `NOC`, `Vacant`). The bytes have PA's shape: single
quotes, `&amp;`, two blanks a level, no newline at the end.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from xml.sax.saxutils import escape
from zlib import crc32

DATE = "2026-05-07"

NAMES = {
    "C": "Conservative",
    "Lab": "Labour",
    "LD": "Liberal Democrat",
    "Green": "Green Party",
    "Reform": "Reform UK",
    "UKIP": "UK Independence Party",
    "SNP": "Scottish National Party",
    "PC": "Plaid Cymru",
    "Ind": "Independent/Other",
    "R": "Ratepayers or Residents",
    "NOC": "No Overall Control",
}
"""PA's full names by abbreviation; any other party is named by its abbreviation."""


@dataclass(frozen=True)
class Council:
    """A council as PA's files name it; `proportion` is the share that is up: all, half or third."""

    name: str
    proportion: str = "third"
    type: str = "Non-Met"
    boundary_change: bool = False
    new: bool = False

    @property
    def slug(self) -> str:
        """The name as it stands in file names: every other character than letters and digits is `_`."""
        return re.sub(r"[^A-Za-z0-9]", "_", self.name)

    def attributes(self) -> dict[str, str]:
        """Return the attributes that every message gives of a council."""
        own = {"name": self.name, "paId": _pa_id(self.name), "type": self.type, "proportion": self.proportion}
        if self.boundary_change:
            own["boundaryChange"] = "true"
        if self.new:
            own["newCouncil"] = "true"
        return own


class Control(NamedTuple):
    """What a result states of control: who has it after, PA's word for the outcome, who had it before."""

    winning: str
    outcome: str
    sitting: str


class Standing(NamedTuple):
    """A party before the poll: seats held, of these up; unopposed returns; candidates. None is left out."""

    party: str
    held: int | None = None
    offered: int | None = None
    candidates: int | None = 0
    unopposed: int | None = 0


class Row(NamedTuple):
    """A party's row in a state of the parties."""

    party: str
    seats: int
    change: int = 0
    councils: int = 0
    councils_change: int = 0


def majority(seats: Mapping[str, int]) -> str:
    """Return the party with more than half of the seats, else NOC."""
    return next((p for p, n in seats.items() if 2 * n > sum(seats.values()) and p != "Vacant"), "NOC")


def arithmetic(council: Mapping[str, int], changes: Mapping[str, int]) -> Control:
    """Return control as PA works it out: a majority of the new council, and of the one before."""
    before = {p: council.get(p, 0) - changes.get(p, 0) for p in {**council, **changes}}
    winning, sitting = majority(council), majority(before)
    if winning == sitting:
        return Control(winning, "no change", sitting)
    return Control(winning, "lose to NOC" if winning == "NOC" else "gain", sitting)


def result(
    council: Council,
    seats: Mapping[str, int],
    changes: Mapping[str, int] | None = None,
    elected: Mapping[str, int] | None = None,
    *,
    revision: int | None = 1,
    date: str | None = DATE,
    control: Control | None = None,
    states_control: bool = True,
    declared: str | None = None,
) -> bytes:
    """Return a result: `seats` of the whole council after, net `changes`, and those `elected` this time.

    None leaves `Changes`, `ElectedCouncillors` (as PA does where all are up), the revision or the date out.
    Control follows from the seats unless it is given; `states_control=False` leaves it out.
    """
    stated = control or arithmetic(seats, changes or {})
    own = council.attributes()
    if states_control:
        own |= {"winningParty": stated.winning, "gainOrHold": stated.outcome, "sittingParty": stated.sitting}
    lists: list[str] = []
    if elected is not None:
        lists += _element("ElectedCouncillors", {}, _by_party(elected, "seats"))
    if changes is not None:
        lists += _element("Changes", {}, _movements(changes))
    lists += _element("NewCouncil", {}, _by_party(seats, "seats"))
    root = _known({"revision": revision, "declarationTime": declared})
    return document("LocalElectionResult", root, _election(date, _element("Council", own, lists)))


def nominations(council: Council, standings: Iterable[Standing], *, date: str | None = DATE) -> bytes:
    """Return the nominations of a council: how each party stands before the poll."""
    rows: list[str] = []
    for standing in standings:
        figures = {
            "seatsHeld": standing.held,
            "seatsOffered": standing.offered,
            "unopposedReturns": standing.unopposed,
            "candidates": standing.candidates,
        }
        rows += _element("Party", _named(standing.party) | _known(figures))
    return document("LocalElectionNominations", {}, _election(date, _element("Council", council.attributes(), rows)))


def sop(
    rows: Iterable[Row],
    councils: Sequence[Council],
    *,
    expected: int,
    region: str | None = "All",
    number: int | None = None,
    date: str | None = DATE,
) -> bytes:
    """Return a state of the parties over `councils`, of `expected`; `number` is how many unless given."""
    root = _known({"region": region, "numberOfResults": len(councils) if number is None else number})
    parties: list[str] = []
    for row in rows:
        figures = {
            "totalCouncils": str(row.councils),
            "changeInControl": _signed(row.councils_change),
            "seatsWon": str(row.seats),
            "netChangeInSeats": _signed(row.change),
        }
        parties += _element("Party", _named(row.party) | figures)
    included = [line for council in councils for line in _element("Council", council.attributes())]
    return document(
        "LocalStateOfParties",
        root | {"totalNumberOfCouncils": str(expected)},
        [
            *_election(date, []),
            *_element("Parties", {}, parties),
            *_element("CouncilsIncluded", {}, included),
        ],
    )


def result_name(council: Council, revision: int = 1, *, test: bool = False) -> str:
    """Return the file name that PA gives a result."""
    return f"Local{'_Test' * test}_result_{council.slug}_{revision}.xml"


def nominations_name(council: Council, *, test: bool = False) -> str:
    """Return the file name that PA gives nominations."""
    return f"Local{'_Test' * test}_nominations_{council.slug}.xml"


def sop_name(number: int, region: str = "All", *, test: bool = False) -> str:
    """Return the file name that PA gives a state of the parties."""
    return f"Local{'_Test' * test}_SOP_{'' if region == 'All' else region + '_'}{number}.xml"


def document(root: str, attributes: Mapping[str, str], lines: Sequence[str]) -> bytes:
    """Return a whole document of any root element; `lines` are its content, without indent."""
    return "\n".join(["<?xml version='1.0' encoding='UTF-8'?>", *_element(root, attributes, lines)]).encode()


_QUOTE = {"'": "&apos;"}


def _element(tag: str, attributes: Mapping[str, str], lines: Sequence[str] = ()) -> list[str]:
    words = [tag, *(f"{name}='{escape(value, _QUOTE)}'" for name, value in attributes.items())]
    if not lines:
        return [f"<{' '.join(words)}/>"]
    return [f"<{' '.join(words)}>", *(f"  {line}" for line in lines), f"</{tag}>"]


def _election(date: str | None, lines: Sequence[str]) -> list[str]:
    return _element("Election", _known({"date": date}) | {"paId": "252"}, lines)


def _named(party: str) -> dict[str, str]:
    own = {"name": NAMES.get(party, party), "abbreviation": party}
    return own if party == "NOC" else own | {"paId": _pa_id(party)}


def _abbreviated(party: str) -> dict[str, str]:
    return {"name": party, "paId": _pa_id(party)}


def _pa_id(name: str) -> str:
    return str(100 + crc32(name.encode()) % 900)


def _known(figures: Mapping[str, int | str | None]) -> dict[str, str]:
    return {name: str(value) for name, value in figures.items() if value is not None}


def _signed(number: int) -> str:
    return f"{number:+d}" if number else "0"


def _by_party(seats: Mapping[str, int], figure: str) -> list[str]:
    """Return Party rows, most seats first, without the zeros that PA leaves out."""
    ordered = sorted(((p, n) for p, n in seats.items() if n), key=lambda row: -row[1])
    return [line for p, n in ordered for line in _element("Party", _abbreviated(p) | {figure: str(n)})]


def _movements(changes: Mapping[str, int]) -> list[str]:
    """Return Party rows: gains, largest first, then losses, largest first."""
    moved = sorted(((p, n) for p, n in changes.items() if n), key=lambda row: (row[1] < 0, -abs(row[1])))
    return [line for p, n in moved for line in _element("Party", _abbreviated(p) | {"change": _signed(n)})]
