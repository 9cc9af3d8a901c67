"""Ballots as Democracy Club has them, whichever file they came in, put into results and baselines.

A ballot without a result is a baseline: its candidates and seats, so that the count knows what is still out. Who was
elected is true, false or not known; a ballot with a candidate of whom it is not known is partial, its votes shown
and its seats given to nobody (RULES 7). So is one on which nobody is marked as elected.
"""

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from feeds.cells import PER_CENT, CellError, shown
from feeds.formats.democracy_club_ids import Ballot, Spelling, identified
from feeds.parties import party_code, register
from feeds.report import NEW, NOC, Baseline, Candidate, Problem, Reading, Report, Result, Seats
from feeds.testmark import test_in_election
from feeds.text import folded

FORMAT: Final = "Democracy Club results"

_PARTIES: Final = {"ynmp-party:2": "Independent", "ynmp-party:12522": "Speaker"}
"""The ids of those who stand for no party; they are the same in every election, unlike any other feed's."""


class Stander(msgspec.Struct, frozen=True, kw_only=True):
    """One candidate on a ballot; `party` is the name as it came, `elected` None where it is not known."""

    name: str
    party: str
    votes: int | None
    elected: bool | None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One ballot as a file has it, under the name that the file has for each figure.

    `reported` is the turnout as a number, `election` the name of the election, if any. `cancelled` is
    a poll that was not held, `uncontested` one with no more candidates than seats, `locked` whether the list of
    candidates is final, None where it is not said.
    """

    ballot_id: str
    line: int
    standers: tuple[Stander, ...]
    spelling: Spelling
    election: str | None = None
    seats: int | None = None
    reported: int | None = None
    turnout: float | None = None
    electorate: int | None = None
    cancelled: bool = False
    uncontested: bool = False
    locked: bool | None = None
    retracted: bool = False


def party_of(candidate: str, name: str | None, party_id: str | None) -> str:
    """Return a candidate's party as it came, else what the id of those without a party means.

    Raises `CellError` where there is neither.
    """
    found = name or _PARTIES.get(party_id or "")
    if found is None:
        raise CellError(f"{candidate} has no party")
    return found


def reading(entries: list[Entry]) -> Reading:
    """Return what the ballots of a file say. Raises `CellError` where one is there twice or is no ballot."""
    _once(entries)
    placed = [(entry, _ballot(entry)) for entry in entries]
    counted = [(entry, ballot) for entry, ballot in placed if ballot is not None]
    if entries and not counted:
        return Reading(format=FORMAT, ignored=f"{_kinds(entries)}: not seats that are counted")
    begun = any(_said(entry) and not _unheld(entry) for entry in entries)
    return Reading(
        format=FORMAT,
        reports=tuple(report for entry, ballot in counted for report in _reports(entry, ballot, begun)),
        warnings=tuple(_doubts([entry for entry, _ in counted], [e for e, ballot in placed if ballot is None])),
        test=_test(entries),
        unknown_parties={
            code: stander.party
            for entry in reversed(entries)
            for stander in reversed(entry.standers)
            if (code := party_code(stander.party)) not in register()
        },
    )


def _once(entries: list[Entry]) -> None:
    lines: dict[str, int] = {}
    for entry in entries:
        other = lines.setdefault(entry.ballot_id, entry.line)
        if other != entry.line:
            raise CellError(f"{shown(entry.ballot_id)} is there twice: see line {other}", entry.line)
        people: set[tuple[str, str, int | None]] = set()
        for stander in entry.standers:
            code = party_code(stander.party)
            if code in {NOC, NEW}:
                raise CellError(
                    f"the party of {stander.name} is {shown(stander.party)}, which is not a party", entry.line
                )
            if (who := (folded(stander.name), code, stander.votes)) in people:
                raise CellError(f"{stander.name} stands twice in {shown(entry.ballot_id)}", entry.line)
            people.add(who)


def _ballot(entry: Entry) -> Ballot | None:
    try:
        return identified(entry.ballot_id, entry.spelling)
    except CellError as error:
        raise CellError(error.reason, entry.line) from None


def _kinds(entries: Iterable[Entry]) -> str:
    return ", ".join(dict.fromkeys(f"{entry.ballot_id.partition('.')[0]}." for entry in entries))


def _reports(entry: Entry, ballot: Ballot, begun: bool) -> Iterator[Report]:
    """Yield what one ballot says; `begun` is whether a poll that was held has been declared in the same file.

    What was settled without a poll (RULES 25, 26) is known days before the night. It is declared together with the
    first results, and until then stands in the baseline: a result in the afternoon would be a test's (RULES 23).
    """
    if entry.retracted:
        yield Result(area=ballot.area, election=ballot.contest, ward=ballot.ward, stage="retracted", line=entry.line)
    elif _whole(entry) or _put_off(entry):
        yield _full(entry, ballot) if begun else _baseline(entry, ballot)
    elif _said(entry):
        yield _partial(entry, ballot)
        yield _baseline(entry, ballot)
    else:
        yield _baseline(entry, ballot)


def _said(entry: Entry) -> bool:
    """Whether anything of the count is known: votes, or a winner."""
    return entry.retracted or any(s.votes is not None or s.elected for s in entry.standers)


def _unheld(entry: Entry) -> bool:
    return entry.cancelled or entry.uncontested


def _winners(entry: Entry) -> list[Stander]:
    """Return who is elected; on a ballot without a contest that is everybody, marked or not."""
    return [s for s in entry.standers if s.elected or (entry.uncontested and s.elected is None)]


def _whole(entry: Entry) -> bool:
    """Whether it is known of every candidate who was elected, and no seat is left that somebody could have won."""
    winners = len(_winners(entry))
    known = entry.uncontested or all(s.elected is not None for s in entry.standers)
    return known and winners > 0 and (winners >= (entry.seats or 0) or winners == len(entry.standers))


def _put_off(entry: Entry) -> bool:
    """Whether a contest was cancelled: a candidate died, and all its seats are filled another day."""
    more = len(entry.standers) > (entry.seats or len(entry.standers))
    return entry.cancelled and more and not _said(entry)


def _full(entry: Entry, ballot: Ballot) -> Result:
    won = len(_winners(entry))
    up = entry.seats or won
    standing = _by_party(entry.standers)
    return msgspec.structs.replace(
        _figures(entry, ballot),
        elected={} if _put_off(entry) else dict.fromkeys(standing, 0) | _by_party(_winners(entry)),
        total=up if ballot.area.kind == "region" else None,
        up=up,
        deferred=up - won if won < up else None,
    )


def _partial(entry: Entry, ballot: Ballot) -> Result:
    return msgspec.structs.replace(_figures(entry, ballot), stage="partial", up=entry.seats)


def _figures(entry: Entry, ballot: Ballot) -> Result:
    """Return a result with everything but who won: votes, and how many people could vote and did."""
    per_cent = _per_cent(entry)
    return Result(
        area=ballot.area,
        election=ballot.contest,
        ward=ballot.ward,
        candidates=tuple(
            Candidate(name=s.name, party=party_code(s.party), votes=s.votes, elected=s.elected) for s in entry.standers
        ),
        electorate=entry.electorate,
        ballots=None if per_cent else entry.reported,
        turnout=float(entry.reported or 0) if per_cent and entry.turnout is None else entry.turnout,
        line=entry.line,
    )


def _per_cent(entry: Entry) -> bool:
    """Whether the turnout that was typed as a number is the percentage: fewer people than one candidate's votes."""
    most = max((s.votes or 0 for s in entry.standers), default=0)
    return entry.reported is not None and entry.reported <= PER_CENT and entry.reported < most


def _baseline(entry: Entry, ballot: Ballot) -> Baseline:
    final = entry.locked is not False
    return Baseline(
        area=ballot.area,
        election=ballot.contest,
        ward=ballot.ward,
        total=entry.seats if ballot.area.kind == "region" else None,
        up=entry.seats,
        candidates=(_by_party(entry.standers) or None) if final else None,
        unopposed=_by_party(_winners(entry)) if _whole(entry) else None,
        deferred=entry.seats if _put_off(entry) else None,
        line=entry.line,
    )


def _by_party(standers: Iterable[Stander]) -> Seats:
    seats: Seats = {}
    for stander in standers:
        code = party_code(stander.party)
        seats[code] = seats.get(code, 0) + 1
    return seats


def _doubts(counted: list[Entry], others: list[Entry]) -> Iterator[Problem]:
    """Yield a warning for each way in which ballots are not taken as they came, at the first of them."""
    contested = [e for e in counted if _said(e) and not e.retracted and not _unheld(e)]
    known = [e for e in contested if all(s.elected is not None for s in e.standers)]
    none = [e for e in known if not _winners(e)]
    few = [e for e in known if _winners(e) and not _whole(e)]
    per_cent = [e for e in counted if _per_cent(e)]
    if none:
        yield _doubt(none, "nobody is marked as elected, so it counts as partial")
    if few:
        words = f"{len(_winners(few[0]))} are marked as elected for {few[0].seats} seats, so it counts as partial"
        yield _doubt(few, words)
    if per_cent:
        words = f"the turnout is {per_cent[0].reported}, fewer than one candidate's votes: read as a percentage"
        yield _doubt(per_cent, words)
    if others:
        yield Problem(reason=f"{_kinds(others)}: not seats that are counted", line=others[0].line)


def _doubt(entries: list[Entry], words: str) -> Problem:
    more = f" (and {len(entries) - 1} more ballots)" if len(entries) > 1 else ""
    return Problem(reason=f"{entries[0].ballot_id}: {words}{more}", line=entries[0].line)


def _test(entries: list[Entry]) -> str | None:
    for entry in entries:
        if entry.election is not None and test_in_election(entry.election):
            return f"the election is called {shown(entry.election)}"
        for stander in entry.standers:
            if stander.name.split()[-1:] == ["Test"]:
                return f"a candidate is called {shown(stander.name)}"
    return None
