"""What a Democracy Club ballot id says: `local.anytown.north.by.2022-05-05` is a ward of a council, and of which poll.

Everything that tells one ballot from another is in its id. Names beside it (a ward's label, a council's official
name) only say how it is spelt. Without one the name is made of the id's own words: "stoke-on-trent" gives "Stoke on
Trent", which is the same place, for places are compared without hyphens (RULES 6). "&" is not in an id, so a ward
that is called "A & B" comes out as "A B" from a file that has no labels.
"""

import re
from datetime import date
from typing import Final, NamedTuple

from feeds.cells import CellError, shown
from feeds.limits import year_believed
from feeds.report import AreaKind, Contest, Kind, Place
from feeds.text import folded


class Group(NamedTuple):
    """What the ballots of one kind of election elect, what the election is called, and its by-elections."""

    kind: Kind
    area: AreaKind
    name: str
    by_elections: str


_SCOTLAND: Final = ("Scottish Parliament", "Scottish Parliament by-elections")
_WALES: Final = ("Welsh Parliament", "Welsh Parliament by-elections")
_LONDON: Final = ("London Assembly", "London Assembly by-elections")
_STORMONT: Final = ("Northern Ireland Assembly", "Northern Ireland Assembly by-elections")

GROUPS: Final[dict[str, Group]] = {
    "local": Group("local", "council", "Local elections", "Local by-elections"),
    "parl": Group("parliament", "constituency", "General election", "Parliamentary by-elections"),
    "mayor": Group("mayor", "mayor", "Mayoral elections", "Mayoral by-elections"),
    "pcc": Group("mayor", "mayor", "Police and crime commissioners", "Police and crime commissioner by-elections"),
    "sp.c": Group("assembly", "constituency", *_SCOTLAND),
    "sp.r": Group("assembly", "region", *_SCOTLAND),
    "senedd.c": Group("assembly", "constituency", *_WALES),
    "senedd.r": Group("assembly", "region", *_WALES),
    "senedd": Group("assembly", "region", *_WALES),
    "naw.c": Group("assembly", "constituency", *_WALES),
    "naw.r": Group("assembly", "region", *_WALES),
    "gla.c": Group("assembly", "constituency", *_LONDON),
    "gla.a": Group("assembly", "region", *_LONDON),
    "nia": Group("assembly", "region", *_STORMONT),
}
"""The kinds of ballots that are counted, by the beginning of their ids.

A police commissioner is one person for one area, as a mayor is. Where a ballot elects several members of an assembly
(lists, and Northern Ireland's constituencies) the area is a region: it has no control.
"""

_BALLOT: Final = re.compile(r"[a-z]+(?:\.[a-z0-9_-]+)*\.([0-9]{4}-[0-9]{2}-[0-9]{2})")
_ALL_OF_LONDON: Final = "gla.a"
_SMALL: Final = frozenset({"and", "by", "cum", "in", "le", "next", "of", "on", "super", "the", "under", "upon", "with"})
_AUTHORITIES: Final = re.compile(r"-c?ca$")
_OFFICIAL: Final = re.compile(
    r"^the\s+|^(?:royal|london|city|county|metropolitan)?\s*(?:borough|council|corporation)\s+of\s+(?:the\s+)?"
    r"|\s+(?:(?:city|county|district|borough|town|island|islands|metropolitan|and|royal|of)\s+)*council$",
    re.IGNORECASE,
)


class Spelling(NamedTuple):
    """How a file spells what an id means, each None where it does not say it.

    `label` is the name of the ward or the constituency, `council` a council's official name, `code` the ONS code of
    the ward or the constituency, `region` the part of the country.
    """

    label: str | None = None
    council: str | None = None
    code: str | None = None
    region: str | None = None


class Ballot(NamedTuple):
    """Which seats a ballot paper is about; `ward` is None where the area is elected as a whole."""

    contest: Contest
    area: Place
    ward: str | None = None


def is_ballot_id(text: str) -> bool:
    """Return whether a text has the form of a ballot id, of a counted kind or not."""
    return _BALLOT.fullmatch(text) is not None


def identified(ballot_id: str, spelling: Spelling) -> Ballot | None:
    """Return what a ballot id is about; None for a kind of election that is not counted, such as a referendum.

    Raises `CellError` where it is no ballot id.
    """
    match = _BALLOT.fullmatch(ballot_id)
    if match is None:
        raise unlike(ballot_id)
    words = ballot_id.split(".")[:-1]
    by_election = words[-1] == "by"
    words = words[: -1 if by_election else None]
    for length in (2, 1):
        kind = ".".join(words[:length])
        group = GROUPS.get(kind)
        if group is not None:
            contest = Contest(
                kind="by-election" if by_election else group.kind,
                name=group.by_elections if by_election else group.name,
                poll_date=_day(ballot_id, match[1]),
            )
            slugs = words[length:]
            if not slugs and kind == _ALL_OF_LONDON:
                slugs, spelling = ["london"], Spelling()
            if len(slugs) != (2 if group.area == "council" else 1):
                raise unlike(ballot_id)
            return _placed(contest, group.area, slugs, spelling)
    return None


def _placed(contest: Contest, kind: AreaKind, slugs: list[str], spelling: Spelling) -> Ballot:
    region = spelling.region
    if kind == "council":
        name = _spelt(slugs[0], spelling.council)
        return Ballot(contest, Place(name=name, kind=kind, region=region), spelling.label or titled(slugs[1]))
    if kind == "mayor":
        return Ballot(contest, Place(name=titled(_AUTHORITIES.sub("", slugs[0])), kind=kind, region=region))
    name = spelling.label or titled(slugs[0])
    return Ballot(contest, Place(name=name, kind=kind, code=spelling.code, region=region))


def titled(slug: str) -> str:
    """Return the words of an id as a name: "stoke-on-trent" is "Stoke on Trent"."""
    words = slug.replace("_", "-").strip("-").split("-")
    return " ".join(w if i and w in _SMALL else w.capitalize() for i, w in enumerate(words))


def _spelt(slug: str, official: str | None) -> str:
    """Return a council's name: as the official name spells it where that is the id's name, else the id's words.

    "Stoke-on-Trent City Council" gives "Stoke-on-Trent". An official name that is more than a spelling ("Comhairle
    nan Eilean Siar") would set the council apart from the same council in a file that has only ids.
    """
    words = titled(slug)
    name = _OFFICIAL.sub("", _OFFICIAL.sub("", official or "").strip()).strip()
    return name if folded(name) == folded(words) else words


def _day(ballot_id: str, text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise unlike(ballot_id) from None
    if not year_believed(day):
        raise unlike(ballot_id)
    return day


def unlike(ballot_id: str) -> CellError:
    """Return in words that a text is not a ballot id."""
    return CellError(f"ballot_paper_id is {shown(ballot_id)}, one such as local.anytown.north.2022-05-05 was expected")
