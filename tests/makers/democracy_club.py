"""Democracy Club's files made from ballots, each in all the shapes that the API and the archive have."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from tests.makers.sheet import sheet

PARTY_IDS = {"Labour Party": "PP53", "Liberal Democrats": "PP90", "Green Party": "PP63", "Independent": "ynmp-party:2"}


class Person(NamedTuple):
    """One candidate; `elected` None is not known."""

    name: str
    party: str
    votes: int | None = None
    elected: bool | None = None


class Ballot(NamedTuple):
    """One ballot; what only some of the shapes have is left out of the others."""

    ballot_id: str = "local.anytown.north-and-east.2022-05-05"
    people: Sequence[Person] = ()
    label: str = "North and East"
    seats: int | None = 1
    reported: int | None = None
    percentage: float | None = None
    electorate: int | None = None
    post_id: str = "gss:E05000001"
    more: dict[str, Any] | None = None
    """Members, or columns, that replace what the maker would write."""


NORTH = Ballot(
    people=(
        Person("Ann Ash", "Labour Party", 900, True),
        Person("Bob Birch", "Liberal Democrats", 700, False),
        Person("Cy Cedar", "Independent", 20, False),
    ),
    reported=1630,
    percentage=35.5,
    electorate=4592,
)
SOUTH = Ballot(
    ballot_id="local.anytown.south.2022-05-05",
    label="South",
    people=(Person("Di Dale", "Labour Party"), Person("Ed Elm", "Green Party")),
)
"""A ballot without a result."""


def dumped(value: object) -> bytes:
    """Return a document as the API writes it."""
    return json.dumps(value, indent=1, ensure_ascii=False).encode()


def page(items: Sequence[dict[str, Any]]) -> bytes:
    """Return one page of the API."""
    return dumped({"count": len(items), "next": None, "previous": None, "results": list(items)})


def result_set(ballot: Ballot) -> dict[str, Any]:
    """Return an item of `/api/v0.9/result_sets/`; it has no seats."""
    election_id = ".".join([*ballot.ballot_id.split(".")[:2], ballot.ballot_id[-10:]])
    return {
        "id": 1,
        "url": "http://example.org/result_sets/1/",
        "ballot_paper_id": ballot.ballot_id,
        "num_turnout_reported": ballot.reported,
        "turnout_percentage": None if ballot.percentage is None else f"{ballot.percentage:.2f}",
        "num_spoilt_ballots": 7,
        "total_electorate": ballot.electorate,
        "candidate_results": [
            {
                "id": i,
                "is_winner": person.elected,
                "num_ballots": person.votes,
                "membership": {
                    "elected": person.elected,
                    "election": {"id": election_id, "name": "Anytown local election"},
                    "on_behalf_of": {"id": PARTY_IDS.get(person.party, "party:1"), "name": person.party},
                    "person": {"id": i, "name": person.name},
                    "post": {"id": ballot.post_id, "label": ballot.label},
                },
            }
            for i, person in enumerate(ballot.people)
        ],
    } | (ballot.more or {})


def result(ballot: Ballot) -> dict[str, Any]:
    """Return an item of `/api/next/results/`; it has neither seats nor the ward's name."""
    return {
        "url": "http://example.org/results/1/",
        "num_turnout_reported": ballot.reported,
        "turnout_percentage": None if ballot.percentage is None else f"{ballot.percentage:.2f}",
        "num_spoilt_ballots": 7,
        "source": "the council",
        "ballot": {"url": "http://example.org/ballots/1/", "ballot_paper_id": ballot.ballot_id},
        "candidate_results": [
            {
                "person": {"id": i, "name": person.name},
                "party": {"ec_id": PARTY_IDS.get(person.party, "PP1"), "name": person.party},
                "party_list_position": None,
                "num_ballots": person.votes,
                "elected": person.elected,
            }
            for i, person in enumerate(ballot.people)
        ],
        "total_electorate": ballot.electorate,
    } | (ballot.more or {})


def ballot_item(ballot: Ballot) -> dict[str, Any]:
    """Return an item of `/api/next/ballots/`, with its result where there are votes."""
    counted = any(person.votes is not None for person in ballot.people)
    figures = {
        "num_turnout_reported": ballot.reported,
        "turnout_percentage": ballot.percentage,
        "num_spoilt_ballots": 7,
        "total_electorate": ballot.electorate,
    }
    return {
        "ballot_paper_id": ballot.ballot_id,
        "election": {"election_id": "local.anytown.2022-05-05", "name": "Anytown local election"},
        "post": {"id": ballot.post_id, "label": ballot.label, "slug": "north"},
        "winner_count": ballot.seats,
        "cancelled": False,
        "uncontested": False,
        "candidates_locked": True,
        "candidacies": [
            {
                "elected": person.elected,
                "party": {"ec_id": PARTY_IDS.get(person.party, "PP1"), "name": person.party},
                "party_name": person.party,
                "person": {"id": i, "name": person.name},
                "result": None if person.votes is None else {"elected": person.elected, "num_ballots": person.votes},
            }
            for i, person in enumerate(ballot.people)
        ],
        "results": figures if counted else None,
        "tags": {"NUTS1": {"key": "UKE", "value": "Yorkshire and the Humber"}},
    } | (ballot.more or {})


def archive(ballots: Sequence[Ballot]) -> bytes:
    """Return the archive's JSON, keyed by ballot id."""
    return dumped(
        {
            ballot.ballot_id: {
                "turnout": ballot.reported,
                "turnout_percentage": ballot.percentage,
                "spoilt_ballots": 7,
                "total_electorate": ballot.electorate,
                "source": "the council",
                "candidates": [
                    {
                        "person_name": person.name,
                        "person_id": i,
                        "party_name": person.party,
                        "party_id": PARTY_IDS.get(person.party, "PP1"),
                        "ballots_cast": person.votes,
                        "elected": person.elected,
                    }
                    for i, person in enumerate(ballot.people)
                ],
            }
            | (ballot.more or {})
            for ballot in ballots
        }
    )


def archive_rows(ballots: Sequence[Ballot]) -> list[dict[str, object]]:
    """Return the rows of the archive's `results-YYYY-MM-DD.csv`."""
    return [
        {
            "election_id": "local.anytown.2022-05-05",
            "ballot_paper_id": ballot.ballot_id,
            "person_id": f"{ballot.ballot_id}{i}",
            "party_id": PARTY_IDS.get(person.party, "PP1"),
            "party_name": person.party,
            "person_name": person.name,
            "ballots_cast": person.votes,
            "elected": person.elected,
            "spoilt_ballots": 7,
            "turnout": ballot.reported,
            "turnout_percentage": ballot.percentage,
            "total_electorate": ballot.electorate,
            "source": "the council",
        }
        | (ballot.more or {})
        for ballot in ballots
        for i, person in enumerate(ballot.people)
    ]


def export_rows(ballots: Sequence[Ballot]) -> list[dict[str, object]]:
    """Return the rows of the candidate export with its results, as the database writes them: `t` and `f`."""
    said = {True: "t", False: "f", None: None}
    return [
        {
            "person_id": f"{ballot.ballot_id}{i}",
            "person_name": person.name,
            "election_id": "local.anytown.2022-05-05",
            "ballot_paper_id": ballot.ballot_id,
            "election_date": "2022-05-05",
            "election_current": "t",
            "party_name": person.party,
            "party_id": PARTY_IDS.get(person.party, "PP1"),
            "post_label": ballot.label,
            "cancelled_poll": "f",
            "seats_contested": ballot.seats,
            "votes_cast": person.votes,
            "elected": said[person.elected],
            "tied_vote_winner": None,
            "rank": i + 1,
            "turnout_reported": ballot.reported,
            "spoilt_ballots": 7,
            "total_electorate": ballot.electorate,
            "turnout_percentage": ballot.percentage,
            "results_source": "the council",
            "by_election": "f",
            "gss": ballot.post_id.removeprefix("gss:"),
            "nuts1": "Yorkshire and the Humber",
            "organisation_name": "Anytown Borough Council",
        }
        | (ballot.more or {})
        for ballot in ballots
        for i, person in enumerate(ballot.people)
    ]


def archive_csv(ballots: Sequence[Ballot]) -> bytes:
    """Return the archive's CSV file."""
    return sheet(archive_rows(ballots))


def export_csv(ballots: Sequence[Ballot]) -> bytes:
    """Return the candidate export."""
    return sheet(export_rows(ballots))
