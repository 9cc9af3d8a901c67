"""Democracy Club's JSON, in each of its shapes, as ballots.

A page of the API is `{"count", "next", "previous", "results": […]}`; its items are result sets of v0.9, results of
`next`, or ballots of `next` with or without a result; one such item may also stand alone. The archive is one object
whose members are named by ballot id.
"""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

from feeds.cells import CellError
from feeds.formats.democracy_club_ballots import Entry, Stander, party_of
from feeds.formats.democracy_club_ids import Spelling, is_ballot_id, unlike
from feeds.jsontext import item_lines, line_at, locate, malformed, utf8
from feeds.members import Members

_KEY: Final = b'"ballot_paper_id"'
_HEAD: Final = re.compile(
    rb'[\s\xef\xbb\xbf]*\{\s*(?:"count"\s*:'  # a page, perhaps of nothing
    rb'|"[a-z]+(?:\.[a-z0-9_-]+)*\.[0-9]{4}-[0-9]{2}-[0-9]{2}"\s*:)'  # the archive
)
_ITEM: Final = ("ballot_paper_id", "ballot")
_GSS: Final = re.compile(r"(?:gss:)?([A-Z][0-9]{8})")


def looks_like(data: bytes) -> bool:
    """Return whether a JSON document has one of these shapes, by the names in it."""
    return _KEY in data or _HEAD.match(data) is not None


def entries(data: bytes) -> list[Entry]:
    """Return the ballots of a document. Raises `CellError`, with the item and its line, where it is not one."""
    text = utf8(data)
    try:
        document = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        raise malformed(text) from None
    lines = item_lines(text)
    top = Members(document)
    if any(name in top for name in _ITEM):
        return [_found(top, 1)]
    if "results" in top:
        items = _listed(top, text)
        return [_found(item, line) for item, line in zip(items, lines["results"], strict=True)]
    return [_archived(top, name, (lines[name] or [1])[0]) for name in document]


def _listed(top: Members, text: str) -> list[Members]:
    try:
        return top.items("results")
    except CellError as error:
        raise CellError(error.reason, line_at(text, locate(text, ["results"]))) from None


def _found(item: Members, line: int) -> Entry:
    try:
        return _entry(item, line)
    except CellError as error:
        raise CellError(error.reason, line) from None


def _archived(top: Members, name: str, line: int) -> Entry:
    if not is_ballot_id(name):
        raise CellError(unlike(name).reason, line)
    try:
        return _archive_entry(name, top.inner(name), line)
    except CellError as error:
        raise CellError(error.reason, line) from None


def _entry(item: Members, line: int) -> Entry:
    """Return an item of a page: a result set (v0.9), a result, or a ballot (both `next`)."""
    ballot = item.inner("ballot") if "ballot" in item else item
    figures = item.inner("results") if "results" in item else item
    election, post = ballot.inner("election"), ballot.inner("post")
    for row in item.items("candidate_results"):
        member = row.inner("membership")
        election = member.inner("election") if "election" in member else election
        post = member.inner("post") if "post" in member else post
    code = _GSS.fullmatch(post.text("id") or "")
    return Entry(
        ballot_id=ballot.needed("ballot_paper_id"),
        line=line,
        standers=tuple(_standers(item)),
        spelling=Spelling(
            label=post.text("label"),
            code=code[1] if code else None,
            region=ballot.inner("tags").inner("NUTS1").text("value"),
        ),
        election=election.text("name"),
        seats=ballot.number("winner_count", "seats"),
        reported=figures.number("num_turnout_reported", "ballots"),
        turnout=figures.percentage("turnout_percentage"),
        electorate=figures.number("total_electorate", "electorate"),
        cancelled=bool(ballot.flag("cancelled")),
        uncontested=bool(ballot.flag("uncontested")),
        locked=ballot.flag("candidates_locked"),
        retracted=_retracted(item),
    )


def _archive_entry(ballot_id: str, item: Members, line: int) -> Entry:
    return Entry(
        ballot_id=ballot_id,
        line=line,
        spelling=Spelling(),
        standers=tuple(
            Stander(
                name=(name := row.needed("person_name")),
                party=party_of(name, row.text("party_name"), row.text("party_id")),
                votes=row.number("ballots_cast", "votes"),
                elected=row.flag("elected"),
            )
            for row in item.items("candidates")
        ),
        reported=item.number("turnout", "ballots"),
        turnout=item.percentage("turnout_percentage"),
        electorate=item.number("total_electorate", "electorate"),
        retracted=_retracted(item),
    )


def _retracted(item: Members) -> bool:
    return bool(item.flag("retracted") or item.flag("retraction"))


def _standers(item: Members) -> Iterator[Stander]:
    for row in item.items("candidate_results"):
        yield _member(row) if "membership" in row else _stander(row, row)
    for row in item.items("candidacies"):
        yield _stander(row, row.inner("result"))


def _member(row: Members) -> Stander:
    """Return a candidate of v0.9. Where its two words for who was elected differ, that is not known."""
    member = row.inner("membership")
    party = member.inner("on_behalf_of")
    name = member.inner("person").needed("name")
    said = {row.flag("is_winner"), member.flag("elected")} - {None}
    return Stander(
        name=name,
        party=party_of(name, party.text("name"), party.text("id")),
        votes=row.number("num_ballots", "votes"),
        elected=said.pop() if len(said) == 1 else None,
    )


def _stander(row: Members, result: Members) -> Stander:
    """Return a candidate of `next`, on a result or on a ballot."""
    party = row.inner("party")
    name = row.inner("person").needed("name")
    elected = row.flag("elected")
    return Stander(
        name=name,
        party=party_of(
            name, row.text("party_name") or party.text("name"), party.text("ec_id") or party.text("legacy_slug")
        ),
        votes=result.number("num_ballots", "votes"),
        elected=result.flag("elected") if elected is None else elected,
    )
