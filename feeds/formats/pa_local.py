"""PA's local election messages: the result of a council, its nominations, and the state of the parties (SOP).

A result is the whole council after the poll; it carries no time of declaration, but one is taken where it
stands on the root. `Vacant` is no party: it counts in totals and in nothing else. Conclusions that PA states
(control, gain or hold) are passed on as stated; none is worked out here.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from feeds.attributes import day, flag, moment, number, required, required_number, text
from feeds.pa import ZONE, Reader, Remarks, added, message
from feeds.places import PlaceKey, place_key
from feeds.report import NEW, NOC, Baseline, Contest, Outcome, PartyTotals, Place, Result, Seats, Totals
from feeds.xml import Element, XmlProblem

MAX_SEATS: Final = 10_000
"""More seats, candidates or movement than this in one council is a slip of the keyboard."""

MAX_TOTALS: Final = 1_000_000
MAX_REVISION: Final = 1_000_000
PROPORTIONS: Final = frozenset({"all", "half", "third"})
"""The shares of a council that can be up."""

VACANT: Final = "VAC"

_REGIONS: Final = {"Scotland": "Scotland", "Wales": "Wales"}
_OUTCOMES: Final[dict[str, Outcome | None]] = {
    "gain": "gain",
    "no change": "hold",
    "hold": "hold",
    "lose to NOC": "loss",
    "win": None,
}


def _contest(election: Element | None) -> Contest:
    poll_date: date | None = day(election, "date") if election else None
    return Contest(kind="local", name="Local elections", poll_date=poll_date)


def _place(council: Element) -> Place:
    return Place(name=required(council, "name"), region=_REGIONS.get(text(council, "type") or ""))


def _councils(root: Element) -> Iterator[tuple[Contest, Place, Element]]:
    """Yield the councils of a message, each with its election. Raises XmlProblem for none, or one twice."""
    seen: set[tuple[date | None, PlaceKey]] = set()
    for election in root.all("Election"):
        contest = _contest(election)
        for council in election.all("Council"):
            place = _place(council)
            key = (contest.poll_date, place_key(place))
            if key in seen:
                raise XmlProblem(f"{place.name} stands twice in one message", council.line)
            seen.add(key)
            yield contest, place, council
    if not seen:
        raise XmlProblem("there is no Council in an Election", root.line)


def _figures(parent: Element, name: str, remarks: Remarks, least: int = 0) -> Seats:
    """Return a list of Party rows as figures by party, `Vacant` among them."""
    figures = added(
        (_seated(code, row), required_number(row, name, MAX_SEATS, least)) for code, row in remarks.by_party(parent)
    )
    if sum(figures.values()) > MAX_SEATS:
        raise XmlProblem(f"{parent.tag} has more than the {MAX_SEATS:,} seats that can be right", parent.line)
    return figures


def _seated(code: str, row: Element) -> str:
    if code == NOC:
        raise XmlProblem(f"{required(row, 'name')} is no party that can have seats", row.line)
    return code


def _of_parties(figures: Seats) -> Seats:
    return {code: figure for code, figure in figures.items() if code != VACANT}


def _results(root: Element, remarks: Remarks) -> tuple[Result, ...]:
    return tuple(_result(root, contest, place, council, remarks) for contest, place, council in _councils(root))


def _result(root: Element, contest: Contest, place: Place, council: Element, remarks: Remarks) -> Result:
    listed = council.only("ElectedCouncillors")
    elected = None if listed is None else _of_parties(_figures(listed, "seats", remarks))
    seats = _new_council(council, place, remarks)
    composition = _of_parties(seats)
    proportion = text(council, "proportion")
    if proportion not in PROPORTIONS:
        stated = "missing" if proportion is None else f"“{proportion}”"
        remarks.odd(f"proportion is {stated}, all, half or third was expected", council.line)
    all_up = listed is None and proportion == "all"
    new = flag(council, "newCouncil")
    control = _control(council, "winningParty", remarks)
    previous = NEW if new else _control(council, "sittingParty", remarks)
    revision = number(root, "revision", MAX_REVISION, 1)
    return Result(
        area=place,
        election=contest,
        revision=1 if revision is None else revision,
        elected=composition if all_up else elected,
        composition=composition,
        change=_change(council, composition, remarks),
        total=sum(seats.values()),
        up=sum(composition.values()) if all_up else None,
        vacant=seats.get(VACANT, 0),
        control=control,
        previous=previous,
        outcome="new" if new else _outcome(council, control, previous, remarks),
        declared_at=moment(root, "declarationTime", ZONE),
        line=council.line,
    )


def _new_council(council: Element, place: Place, remarks: Remarks) -> Seats:
    listed = council.only("NewCouncil")
    if listed is None:
        raise XmlProblem(f"{place.name} has no NewCouncil", council.line)
    seats = _figures(listed, "seats", remarks)
    if not any(_of_parties(seats).values()):
        raise XmlProblem(f"{place.name} has no seats in NewCouncil", listed.line)
    return seats


def _change(council: Element, composition: Seats, remarks: Remarks) -> Seats | None:
    """Return the stated changes, 0 for a party of the council without one; None without a list of them."""
    changes = council.only("Changes")
    if changes is None:
        return None
    return dict.fromkeys(composition, 0) | _of_parties(_figures(changes, "change", remarks, least=-MAX_SEATS))


def _control(council: Element, name: str, remarks: Remarks) -> str | None:
    stated = text(council, name)
    code = remarks.party(stated) if stated else None
    if code == VACANT:
        raise XmlProblem(f"{name} is “{stated}”, a party or NOC was expected", council.line)
    return code


def _outcome(council: Element, control: str | None, previous: str | None, remarks: Remarks) -> Outcome | None:
    """Return the stated outcome; one that its own parties contradict is left unsaid, with a warning."""
    stated = text(council, "gainOrHold")
    if stated is None:
        return None
    if stated not in _OUTCOMES:
        remarks.odd(f"gainOrHold is “{stated}”, which is not a word that is known", council.line)
        return None
    outcome = _OUTCOMES[stated]
    holder = control or previous
    if outcome == "hold" and holder in {None, NOC}:
        outcome = "stays-noc" if holder else None
    if control and previous and outcome and not _fits(outcome, control, previous):
        remarks.odd(f"gainOrHold is “{stated}”, but control was {previous} and is {control}", council.line)
        return None
    return outcome


def _fits(outcome: Outcome, control: str, previous: str) -> bool:
    if control == previous:
        return outcome in {"hold", "stays-noc"}
    return outcome == ("loss" if control == NOC else "gain")


def _nominations(root: Element, remarks: Remarks) -> tuple[Baseline, ...]:
    return tuple(_baseline(contest, place, council, remarks) for contest, place, council in _councils(root))


def _baseline(contest: Contest, place: Place, council: Element, remarks: Remarks) -> Baseline:
    rows = remarks.by_party(council)
    held, offered = _said(rows, "seatsHeld"), _said(rows, "seatsOffered")
    whole = not flag(council, "boundaryChange")
    candidates = _said(rows, "candidates")
    unopposed = _said(rows, "unopposedReturns")
    return Baseline(
        area=place,
        election=contest,
        baseline="eve-of-poll",
        total=sum(held.values()) if whole and _complete(rows, "seatsHeld") else None,
        up=sum(offered.values()) if whole and _complete(rows, "seatsOffered") else None,
        held=_of_parties(held) or None,
        vacant=held.get(VACANT),
        continuing=_continuing(rows, held, offered, remarks),
        candidates=_of_parties(candidates) if any(candidates.values()) else None,
        unopposed={c: n for c, n in _of_parties(unopposed).items() if n} if unopposed else None,
        line=council.line,
    )


def _said(rows: list[tuple[str, Element]], name: str) -> Seats:
    """Return an optional figure of each party that states it."""
    figures = ((_seated(code, row), number(row, name, MAX_SEATS)) for code, row in rows)
    return added((code, figure) for code, figure in figures if figure is not None)


def _complete(rows: list[tuple[str, Element]], name: str) -> bool:
    return bool(rows) and all(text(row, name) is not None for _, row in rows)


def _continuing(rows: list[tuple[str, Element]], held: Seats, offered: Seats, remarks: Remarks) -> Seats | None:
    """Return the seats that are not up; None where a figure is missing or more seats are up than are held."""
    if not (_complete(rows, "seatsHeld") and _complete(rows, "seatsOffered")):
        return None
    for code, row in rows:
        if offered[code] > held[code]:
            name = required(row, "name")
            remarks.odd(f"seatsOffered of {name} is {offered[code]}, but seatsHeld is {held[code]}", row.line)
            return None
    return {code: held[code] - offered[code] for code in _of_parties(held)}


def _state_of_parties(root: Element, remarks: Remarks) -> tuple[Totals, ...]:
    parties = root.only("Parties")
    if parties is None:
        raise XmlProblem("there is no list of Parties", root.line)
    included = root.only("CouncilsIncluded")
    areas = tuple(_place(council) for council in included.all("Council")) if included else ()
    count = number(root, "numberOfResults", MAX_SEATS)
    if included and count is not None and count != len(areas):
        remarks.odd(f"numberOfResults is {count}, but {len(areas)} councils are listed", included.line)
    return (
        Totals(
            election=_contest(root.only("Election")),
            parties=_party_totals(parties, remarks),
            publisher="PA",
            region=text(root, "region") or "All",
            number=count,
            expected=number(root, "totalNumberOfCouncils", MAX_SEATS),
            areas=areas,
            line=root.line,
        ),
    )


def _party_totals(parties: Element, remarks: Remarks) -> dict[str, PartyTotals]:
    totals: dict[str, PartyTotals] = {}
    for code, row in remarks.by_party(parties):
        if code == VACANT:
            continue
        own = PartyTotals(
            seats=required_number(row, "seatsWon", MAX_TOTALS),
            change=number(row, "netChangeInSeats", MAX_TOTALS, -MAX_TOTALS),
            areas=number(row, "totalCouncils", MAX_SEATS),
            areas_change=number(row, "changeInControl", MAX_SEATS, -MAX_SEATS),
        )
        totals[code] = _together(totals[code], own) if code in totals else own
    return totals


def _together(one: PartyTotals, other: PartyTotals) -> PartyTotals:
    return PartyTotals(
        seats=one.seats + other.seats,
        change=_sum(one.change, other.change),
        areas=_sum(one.areas, other.areas),
        areas_change=_sum(one.areas_change, other.areas_change),
    )


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


ROOTS: Final[dict[str, Reader]] = {
    "LocalElectionResult": message("PA local result", _results),
    "LocalElectionNominations": message("PA local nominations", _nominations),
    "LocalStateOfParties": message("PA local state of the parties", _state_of_parties),
}
"""The readers by root element."""
