"""What PA's made-up messages about constituencies, lists and mayors share: elections, places, people, elements.

Parties are given by PA's abbreviations, as in `tests.makers.pa`. The bytes have PA's shape: double quotes, a blank
before `/>`, two blanks a level, blank lines at the end.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape
from zlib import crc32

from tests.makers.pa import NAMES

DATE = "2026-05-07"
DECLARED = "2026-05-08T02:14:00+01:00"
Figure = int | float | str | None


@dataclass(frozen=True)
class Election:
    """An election as PA names it; `type` is PA's letter for what is elected."""

    name: str = "Scottish Parliament"
    type: str | None = "S"
    date: str | None = DATE

    @property
    def slug(self) -> str:
        """The name as it stands in file names."""
        return self.name.replace(" ", "_")

    def attributes(self) -> dict[str, str]:
        """Return the attributes that every message gives of an election."""
        return known({"name": self.name, "date": self.date, "type": self.type})


@dataclass(frozen=True)
class Seat:
    """A constituency, a list region, or the area of a mayor."""

    name: str = "Anyshire North & Vale"
    electorate: int | None = 70_123

    @property
    def slug(self) -> str:
        """The name as it stands in file names."""
        return self.name.replace("&", "and").replace(" ", "_")

    def attributes(self) -> dict[str, str]:
        """Return the attributes that every message gives of a constituency."""
        return {"number": str(1 + crc32(self.name.encode()) % 600), "name": self.name}


@dataclass(frozen=True)
class Stood:
    """One candidate: name, PA's abbreviation of the party, votes, whether elected; rank on a list; other attributes."""

    name: str
    party: str
    votes: int | None = None
    elected: bool = False
    rank: int | None = None
    extra: tuple[tuple[str, str], ...] = ()

    def lines(self, *, votes_of_candidate: bool = False) -> list[str]:
        """Return the Candidate with its Party, which carries the votes unless they are to be the candidate's own."""
        first, _, surname = self.name.rpartition(" ")
        own = known({"paId": pa_id(self.name), "firstName": first or None, "surname": surname})
        own |= known({"elected": "*" if self.elected else None, "partyListRank": self.rank}) | dict(self.extra)
        votes = known({"votes": self.votes})
        party = element("Party", named(self.party) | ({} if votes_of_candidate else votes))
        return element("Candidate", own | (votes if votes_of_candidate else {}), party)


def named(party: str) -> dict[str, str]:
    """Return a party's attributes: PA's id, full name and abbreviation."""
    return {"paId": pa_id(party), "name": NAMES.get(party, party), "abbreviation": party}


def pa_id(name: str) -> str:
    """Return a number that stands for PA's id."""
    return str(100_000 + crc32(name.encode()) % 900_000)


def known(figures: Mapping[str, Figure]) -> dict[str, str]:
    """Return the attributes that have a value."""
    return {name: str(value) for name, value in figures.items() if value is not None}


def flat(parts: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of several elements one after the other."""
    return [line for part in parts for line in part]


def element(tag: str, attributes: Mapping[str, str], lines: Sequence[str] = ()) -> list[str]:
    """Return the lines of an element; `lines` are its content, without indent."""
    words = " ".join([tag, *(f'{name}="{escape(value, _QUOTE)}"' for name, value in attributes.items())])
    if not lines:
        return [f"<{words} />"]
    return [f"<{words}>", *(f"  {line}" for line in lines), f"</{tag}>"]


def document(tag: str, attributes: Mapping[str, str], lines: Sequence[str]) -> bytes:
    """Return a whole document."""
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', *element(tag, attributes, lines), "", ""]).encode()


_QUOTE = {'"': "&quot;"}
