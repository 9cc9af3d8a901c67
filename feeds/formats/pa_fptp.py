"""PA's first-past-the-post messages: nominations, rush, result, recount and state of the parties (SOP).

One seat for each constituency, mayor or police commissioner. Rush and result share one counter of revisions. What
PA states of winner and holder is passed on as stated; what contradicts the candidates is a warning. Forecasts are
not read: nothing here is ever projected.
"""

from typing import Final

from feeds.attributes import moment, number, required, text
from feeds.limits import MAX_AREAS, MAX_PEOPLE, MAX_SEATS
from feeds.pa import ZONE, Reader, Remarks, added
from feeds.pa_contest import (
    VACANT,
    Person,
    Seat,
    contest,
    mark,
    message,
    people,
    percentage,
    revision,
    seats,
    stated_party,
)
from feeds.places import PlaceKey, place_key
from feeds.report import (
    NEW,
    NOC,
    AreaKind,
    Baseline,
    BaselineName,
    Candidate,
    Contest,
    Note,
    Outcome,
    PartyTotals,
    Place,
    Result,
    Seats,
    Stage,
    Totals,
)
from feeds.text import folded
from feeds.xml import Element, XmlProblem

_MAX_RECOUNTS: Final = 1_000
_OUTCOMES: Final[dict[str, Outcome]] = {"gain": "gain", "hold": "hold"}
_EARLIER: Final[dict[str, BaselineName]] = {
    "PreviousElection": "last-election",
    "PreviousNotionalElection": "notional",
}


def _kind(election: Contest) -> AreaKind:
    return "mayor" if election.kind == "mayor" else "constituency"


def _results(root: Element, remarks: Remarks) -> tuple[Result, ...]:
    return _declared(root, "full", remarks)


def _rushes(root: Element, remarks: Remarks) -> tuple[Result, ...]:
    return _declared(root, "rush", remarks)


def _declared(root: Element, stage: Stage, remarks: Remarks) -> tuple[Result, ...]:
    """Return the results of a message. A rush is a result without votes, turnout and time."""
    return tuple(_result(root, seat, stage, remarks) for seat in seats(root, _kind))


def _result(root: Element, seat: Seat, stage: Stage, remarks: Remarks) -> Result:
    row, stood = seat.row, people(seat.row, remarks)
    winner = _winner(seat, stood)
    control = _control(row, winner, remarks)
    previous, outcome = _before(row, control, remarks)
    return Result(
        area=seat.place,
        election=seat.election,
        revision=revision(root),
        stage=stage,
        elected=dict.fromkeys((person.party for person in stood), 0) | {winner.party: 1},
        total=1,
        up=1,
        control=control,
        previous=previous,
        outcome=outcome,
        candidates=tuple(Candidate(name=p.name, party=p.party, votes=p.votes, elected=p is winner) for p in stood),
        electorate=number(row, "electorate", MAX_PEOPLE),
        ballots=number(row, "turnout", MAX_PEOPLE),
        turnout=percentage(row, "percentageTurnout"),
        declared_at=moment(root, "declarationTime", ZONE),
        line=row.line,
    )


def _winner(seat: Seat, stood: list[Person]) -> Person:
    """Return who is marked as elected. A tie is settled by lot before it is declared, so it is always one."""
    elected = [person for person in stood if mark(person.row, "elected", "*")]
    if not elected:
        raise XmlProblem(f"nobody is marked as elected in {seat.place.name}", seat.row.line)
    if len(elected) > 1:
        raise XmlProblem(f"{len(elected)} candidates are marked as elected in {seat.place.name}", elected[1].row.line)
    return elected[0]


def _control(row: Element, winner: Person, remarks: Remarks) -> str:
    """Return the stated winning party, the elected candidate's where none is stated; a difference is a warning."""
    stated = stated_party(row, "winningParty", remarks, likely=winner.party)
    if stated in {NOC, VACANT}:
        raise XmlProblem(f"the winning party is {stated}, which no seat can go to", row.line)
    if stated is not None and stated != winner.party:
        remarks.odd(f"the winning party is {stated}, but {winner.name} ({winner.party}) is elected", row.line)
    return stated or winner.party


def _before(row: Element, control: str, remarks: Remarks) -> tuple[str | None, Outcome | None]:
    """Return who held the seat and the stated outcome; one that its own parties contradict is left unsaid.

    `win` says that there is nothing to compare with: the seat has no predecessor.
    """
    stated = text(row, "gainOrHold")
    if stated == "win":
        return NEW, "new"
    previous = stated_party(row, "sittingParty", remarks)
    if previous in {NOC, VACANT}:
        remarks.odd(f"the sitting party is {previous}, which no seat can belong to", row.line)
        previous = None
    if stated is None:
        return previous, None
    if stated not in _OUTCOMES:
        remarks.odd(f"gainOrHold is “{stated}”, which is not a word that is known", row.line)
        return previous, None
    outcome = _OUTCOMES[stated]
    if previous is not None and (outcome == "hold") != (control == previous):
        remarks.odd(f"gainOrHold is “{stated}”, but {previous} held the seat and {control} has it", row.line)
        return previous, None
    return previous, outcome


def _nominations(root: Element, remarks: Remarks) -> tuple[Baseline, ...]:
    return tuple(_baseline(root, seat, remarks) for seat in seats(root, _kind))


def _baseline(root: Element, seat: Seat, remarks: Remarks) -> Baseline:
    named, held = _held(root, seat.place, remarks)
    return Baseline(
        area=seat.place,
        election=seat.election,
        revision=revision(root),
        baseline=named,
        total=1,
        up=1,
        held=held,
        candidates=added((person.party, 1) for person in people(seat.row, remarks)) or None,
        line=seat.row.line,
    )


def _held(root: Element, place: Place, remarks: Remarks) -> tuple[BaselineName | None, Seats | None]:
    """Return who won the seat before, and what that is called.

    A message can hold the last election and by-elections since. Where they name two winners it does not say which
    of them the change is measured against, so nothing is said; the result's sitting party will.
    """
    found: dict[str, BaselineName] = {}
    for earlier in root.children:
        if earlier.tag in _EARLIER:
            for row in earlier.all("Constituency"):
                winner = stated_party(row, "winningParty", remarks)
                if winner is not None and folded(required(row, "name")) == folded(place.name):
                    found.setdefault(winner, _EARLIER[earlier.tag])
    if len(found) != 1:
        return None, None
    ((winner, named),) = found.items()
    return (None, None) if winner in {NOC, VACANT} else (named, {winner: 1})


def _recounts(root: Element, _remarks: Remarks) -> tuple[Note, ...]:
    return tuple(_recount(seat) for seat in seats(root, _kind))


def _recount(seat: Seat) -> Note:
    which = number(seat.row, "recount", _MAX_RECOUNTS)
    words = "recount under way" if which is None else f"recount {which} under way"
    return Note(area=seat.place.name, kind="recount", text=words, source="PA", line=seat.row.line)


def _state_of_parties(root: Element, remarks: Remarks) -> tuple[Totals, ...]:
    parties, named = root.only("Parties"), root.only("Election")
    if parties is None:
        raise XmlProblem("there is no list of Parties", root.line)
    if named is None:
        raise XmlProblem("there is no Election", root.line)
    election = contest(named)
    included = root.only("ConstituenciesIncluded")
    areas = _included(included, _kind(election)) if included else ()
    count = number(root, "numberOfResults", MAX_AREAS)
    if included and count is not None and count != len(areas):
        remarks.odd(f"numberOfResults is {count}, but {len(areas)} constituencies are listed", included.line)
    return (
        Totals(
            election=election,
            parties=_party_totals(parties, remarks),
            number=count,
            expected=number(root, "totalNumberOfConstituencies", MAX_AREAS),
            areas=areas,
            line=root.line,
        ),
    )


def _included(listed: Element, kind: AreaKind) -> tuple[Place, ...]:
    places: dict[PlaceKey, Place] = {}
    for row in listed.all("Constituency"):
        place = Place(name=required(row, "name"), kind=kind)
        if place_key(place) in places:
            raise XmlProblem(f"{place.name} stands twice in {listed.tag}", row.line)
        places[place_key(place)] = place
    return tuple(places.values())


def _party_totals(parties: Element, remarks: Remarks) -> dict[str, PartyTotals]:
    """Return each party's seats and net change; a figure that a row does not give is 0 in this message.

    The row `Others` adds up parties that have no row of their own. It stands for no party, so that setting it
    against one would show a difference where there is none: it is left out, with a warning if it has any seats.
    """
    held: list[tuple[str, int]] = []
    change: list[tuple[str, int]] = []
    for code, row in remarks.by_party(parties):
        won, gains, losses = (number(row, name, MAX_SEATS) or 0 for name in ("totalSeats", "gains", "losses"))
        if folded(required(row, "name")) == "others":
            if won or gains or losses:
                remarks.odd(f"Others has {won} seats, which cannot be compared by party", row.line)
        elif code in {NOC, VACANT}:
            raise XmlProblem(f"{required(row, 'name')} is no party that can have seats", row.line)
        else:
            held.append((code, won))
            change.append((code, gains - losses))
    net = added(change)
    return {code: PartyTotals(seats=won, change=net[code]) for code, won in added(held).items()}


ROOTS: Final[dict[str, Reader]] = {
    "FirstPastThePostResult": message("PA result", _results),
    "FirstPastThePostRush": message("PA rush", _rushes),
    "FirstPastThePostNominations": message("PA nominations", _nominations),
    "FirstPastThePostStateOfParties": message("PA state of the parties", _state_of_parties),
    "Recount": message("PA recount", _recounts),
}
"""The readers by root element."""
