"""Democracy Club's CSV, a row a candidate, as ballots: the archive's `results-YYYY-MM-DD.csv` and the candidate export.

The two call the same figures by different names. What is said of a ballot stands in each of its rows, and must be
the same in all of them. Yes and no are `True` and `False` in the one, `t` and `f` in the other, and empty is neither.
"""

import re
from collections.abc import Callable
from typing import Final, TypeVar

from feeds.cells import PER_CENT, CellError, shown, whole
from feeds.formats.democracy_club_ballots import Entry, Stander, party_of
from feeds.formats.democracy_club_ids import Spelling
from feeds.grid import Grid, Line, lines
from feeds.text import clean

T = TypeVar("T")

KEY: Final = "ballot_paper_id"
"""The column that no other sheet has."""

_FIELDS: Final = {
    **{
        name: name
        for name in (
            *(KEY, "person_id", "person_name", "party_id", "party_name", "elected", "post_label", "gss", "nuts1"),
            *("organisation_name", "cancelled_poll", "candidates_locked", "retracted", "turnout_percentage"),
        )
    },
    "ballots_cast": "votes",
    "votes_cast": "votes",
    "turnout": "ballots",
    "turnout_reported": "ballots",
    "total_electorate": "electorate",
    "seats_contested": "seats",
}
"""The columns that are read, by the field that each one is; the files have many more."""

_YES: Final = frozenset({"t", "true", "yes", "1"})
_NO: Final = frozenset({"f", "false", "no", "0"})
_GSS: Final = re.compile(r"[A-Z][0-9]{8}")
_PERCENT: Final = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,12})?)\s*%?")
_HEAD: Final = 10_000


def begins_like(data: bytes) -> bool:
    """Return whether the first line of a file has the column that only these files have."""
    return KEY.encode() in data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")[0].lower()


def has_columns(grid: Grid) -> bool:
    """Return whether a sheet has the column that only these files have."""
    return KEY in grid.names


def entries(grid: Grid) -> list[Entry]:
    """Return the ballots of a file. Raises `CellError`, with the line, where a row is wrong or rows disagree."""
    for column in (KEY, "person_name", "party_name"):
        if column not in grid.names:
            raise CellError(f"no column “{column}”", grid.header_line)
    groups: dict[str, list[Line]] = {}
    for line, cells in lines(grid, _FIELDS)[0]:
        if KEY not in cells:
            raise CellError(f"{KEY} is empty", line)
        groups.setdefault(cells[KEY], []).append((line, cells))
    return [_entry(ballot_id, rows) for ballot_id, rows in groups.items()]


def _entry(ballot_id: str, rows: list[Line]) -> Entry:
    code = _agreed(rows, "gss", _text)
    return Entry(
        ballot_id=ballot_id,
        line=rows[0][0],
        standers=tuple(_standers(rows)),
        spelling=Spelling(
            label=_agreed(rows, "post_label", _text),
            council=_agreed(rows, "organisation_name", _text),
            code=code if code is not None and _GSS.fullmatch(code) else None,
            region=_agreed(rows, "nuts1", _text),
        ),
        seats=_agreed(rows, "seats", whole),
        reported=_agreed(rows, "ballots", whole),
        turnout=_agreed(rows, "turnout_percentage", _percentage),
        electorate=_agreed(rows, "electorate", whole),
        cancelled=_agreed(rows, "cancelled_poll", _flag) or False,
        locked=_agreed(rows, "candidates_locked", _flag),
        retracted=_agreed(rows, "retracted", _flag) or False,
    )


def _standers(rows: list[Line]) -> list[Stander]:
    people: dict[str, int] = {}
    found = []
    for line, cells in rows:
        person = cells.get("person_id")
        if person is not None and people.setdefault(person, line) != line:
            raise CellError(f"person_id {shown(person)} is there twice: see line {people[person]}", line)
        found.append(_stander(line, cells))
    return found


def _stander(line: int, cells: dict[str, str]) -> Stander:
    if "person_name" not in cells:
        raise CellError("person_name is empty", line)
    name = clean(cells["person_name"])
    try:
        return Stander(
            name=name,
            party=party_of(name, clean(cells.get("party_name", "")), cells.get("party_id")),
            votes=whole("votes", cells["votes"]) if "votes" in cells else None,
            elected=_flag("elected", cells["elected"]) if "elected" in cells else None,
        )
    except CellError as error:
        raise CellError(error.reason, line) from None


def _agreed(rows: list[Line], field: str, value: Callable[[str, str], T]) -> T | None:
    """Return what the rows of a ballot say of a field; None where no row does. Raises `CellError` where they differ."""
    said: tuple[int, T] | None = None
    for line, cells in rows:
        if field not in cells:
            continue
        try:
            own = value(field, cells[field])
        except CellError as error:
            raise CellError(error.reason, line) from None
        if said is None:
            said = (line, own)
        elif own != said[1]:
            raise CellError(f"{field} is {shown(cells[field])}, but not in line {said[0]} of the same ballot", line)
    return said[1] if said else None


def _text(column: str, text: str) -> str:
    del column
    return clean(text)


def _flag(column: str, text: str) -> bool:
    word = text.casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise CellError(f"{column} is {shown(text)}, true or false was expected")


def _percentage(column: str, text: str) -> float:
    match = _PERCENT.fullmatch(text)
    if match is None or float(match[1]) > PER_CENT:
        raise CellError(f"{column} is {shown(text)}, a percentage was expected")
    return float(match[1])
