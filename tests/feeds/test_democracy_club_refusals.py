import json
from collections.abc import Callable
from typing import Any

import pytest

from feeds.formats import read
from feeds.report import Problem
from tests.feeds.democracy_club_readings import ballot_page, result_sets
from tests.makers.democracy_club import (
    NORTH,
    SOUTH,
    archive,
    archive_csv,
    archive_rows,
    ballot_item,
    dumped,
    export_csv,
    export_rows,
    page,
    result_set,
)
from tests.makers.sheet import sheet


def problem(path: str, data: bytes) -> Problem:
    reading = read(path, data)
    assert reading.problem is not None
    assert reading.reports == ()
    assert reading.format == "Democracy Club results"
    return reading.problem


def edited(change: Callable[[dict[str, Any]], object]) -> Problem:
    """Return why a page is refused whose second item was changed."""
    item = result_set(NORTH)
    change(item)
    found = problem("a.json", page([result_set(SOUTH), item]))
    assert found.line == 1 + page([result_set(SOUTH), item]).decode().splitlines().index("  },") + 1
    return found


def candidate(item: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = item["candidate_results"][1]
    return found


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda i: i.update(ballot_paper_id=None), "ballot_paper_id is empty"),
        (lambda i: i.update(ballot_paper_id=7), "ballot_paper_id is “7”, a text was expected"),
        (lambda i: i.update(total_electorate="9"), "total_electorate is “9”, a whole number was expected"),
        (lambda i: i.update(total_electorate=True), "total_electorate is true, a whole number was expected"),
        (lambda i: i.update(total_electorate=-1), "total_electorate is “-1”, which cannot be negative"),
        (lambda i: i.update(turnout_percentage="x"), "turnout_percentage is “x”, a percentage was expected"),
        (lambda i: i.update(turnout_percentage=101), "turnout_percentage is “101”, a percentage was expected"),
        (lambda i: i.update(turnout_percentage=False), "turnout_percentage is false, a percentage was expected"),
        (lambda i: i.update(candidate_results={}), "candidate_results is an object in braces, a list was expected"),
        (
            lambda i: i.update(candidate_results=[[]]),
            "candidate_results[1] is a list, an object in braces was expected",
        ),
        (
            lambda i: i.update(candidate_results=[None]),
            "candidate_results[1] is null, an object in braces was expected",
        ),
        (lambda i: i.update(retracted="yes"), "retracted is “yes”, true, false or null was expected"),
        (
            lambda i: candidate(i).update(num_ballots=1.5),
            "candidate_results[2].num_ballots is “1.5”, a whole number was",
        ),
        (
            lambda i: candidate(i).update(membership=[]),
            "candidate_results[2].membership is a list, an object in braces",
        ),
        (lambda i: candidate(i)["membership"].pop("person"), "candidate_results[2].membership.person.name is empty"),
        (lambda i: candidate(i)["membership"].pop("on_behalf_of"), "Bob Birch has no party"),
    ],
)
def test_a_wrong_member_is_named_with_its_item_and_line(
    change: Callable[[dict[str, Any]], object], reason: str
) -> None:
    assert edited(change).reason.removeprefix("results[2].").startswith(reason)


def test_two_words_for_who_was_elected_that_differ_leave_it_unknown() -> None:
    item = result_set(NORTH)
    candidate(item)["is_winner"] = True
    found = read("a.json", page([item]))
    assert [getattr(r, "stage", None) for r in found.reports] == ["partial", None]


@pytest.mark.parametrize(
    "ballot_id",
    [
        "local.anytown.north",
        "local.anytown.2022-05-05",
        "local.anytown.north.east.2022-05-05",
        "local.anytown.north.2022-02-30",
        "local.anytown.north.0001-05-05",
        "Local.anytown.north.2022-05-05",
        "parl.2024-07-04",
        "../../etc",
    ],
)
def test_what_is_no_ballot_id_is_refused_in_every_shape(ballot_id: str) -> None:
    ballot = NORTH._replace(ballot_id=ballot_id)
    reason = f"ballot_paper_id is “{ballot_id}”, one such as local.anytown.north.2022-05-05 was expected"
    assert problem("a.json", result_sets([ballot])).reason == reason
    assert problem("a.csv", archive_csv([SOUTH, ballot])) == Problem(reason=reason, line=4)


def test_the_archive_holds_ballots_and_nothing_else() -> None:
    document = json.loads(archive([NORTH, SOUTH]))
    assert problem("a.json", dumped(document | {"notes": {}})).reason.startswith("ballot_paper_id is “notes”")
    document[SOUTH.ballot_id]["candidates"][0]["ballots_cast"] = "many"
    found = problem("a.json", dumped(document))
    assert found.reason == f"{SOUTH.ballot_id}.candidates[1].ballots_cast is “many”, a whole number was expected"
    assert found.line is not None
    assert dumped(document).decode().splitlines()[found.line - 2].strip().startswith(f'"{SOUTH.ballot_id}"')
    assert problem("a.json", dumped({NORTH.ballot_id: {}, SOUTH.ballot_id: 3})).reason.endswith(
        "is “3”, an object in braces was expected"
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (result_sets([NORTH])[:-30], "the document ends in the middle"),
        (b'{"count": 1, "results": [' + b"[" * 90_000, "the document is nested too deeply"),
        (b'{"ballot_paper_id": "a", "ballot_paper_id": "b"}', "“ballot_paper_id” is there twice in one object"),
        (b'{"ballot_paper_id": "\xe9"}', "not UTF-8"),
        (b'[{"ballot_paper_id": "a"}]', "this is a list, an object in braces was expected"),
        (b'{"count": 1, "results": 5}', "results is “5”, a list was expected"),
    ],
)
def test_a_document_that_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    assert problem("a.json", data).reason.startswith(reason)


def test_a_ballot_that_is_there_twice_is_refused() -> None:
    found = problem("a.json", ballot_page([NORTH, NORTH]))
    assert found.reason == f"“{NORTH.ballot_id}” is there twice: see line 6"


# ---- CSV


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("ballot_paper_id", "", "ballot_paper_id is empty"),
        ("person_name", None, "person_name is empty"),
        ("party_name", "", "Bob Birch has no party"),
        ("ballots_cast", "9x", "votes is “9x”, a whole number was expected"),
        ("elected", "maybe", "elected is “maybe”, true or false was expected"),
        ("turnout_percentage", "101", "turnout_percentage is “101”, a percentage was expected"),
        ("turnout_percentage", "most", "turnout_percentage is “most”, a percentage was expected"),
        ("total_electorate", "4593", "electorate is “4593”, but not in line 2 of the same ballot"),
        ("person_id", f"{NORTH.ballot_id}0", f"person_id “{NORTH.ballot_id}0” is there twice: see line 2"),
    ],
)
def test_a_wrong_cell_is_named_with_its_line(column: str, cell: str | None, reason: str) -> None:
    rows = archive_rows([NORTH, SOUTH])
    rows[1][column] = cell
    assert problem("a.csv", sheet(rows)) == Problem(reason=reason, line=3)


@pytest.mark.parametrize("column", ["person_name", "party_name"])
def test_a_column_that_must_be_there_is_named(column: str) -> None:
    rows = [{name: cell for name, cell in row.items() if name != column} for row in export_rows([NORTH])]
    assert problem("a.csv", sheet(rows)) == Problem(reason=f"no column “{column}”", line=1)


def test_a_csv_file_is_known_by_its_column_however_it_is_written() -> None:
    rows = archive_rows([NORTH])
    for data in (sheet(rows, bom=True), sheet(rows, delimiter=";"), sheet(rows, quote_all=True, trailer=True)):
        assert len(read("results-2022-05-05.csv", data).reports) == 1
    assert problem("a.csv", b"\n" + sheet(rows)[:-5] + b',"').line == 5
    assert read("a.csv", b"area,party,elected\nballot_paper_id,LAB,1\n").format == "sheet"


def test_yes_and_no_are_written_in_two_ways_and_empty_is_neither() -> None:
    archived, exported = archive_csv([NORTH]), export_csv([NORTH])
    assert b",True," in archived
    assert b",t," in exported
    assert len(read("a.csv", archived).reports) == len(read("a.csv", exported).reports) == 1
    assert len(read("a.csv", archived.replace(b",False,", b",,")).reports) == 2


def test_native_documents_are_none_of_these() -> None:
    assert read("a.json", b'{"results": []}').format == "native JSON"
    assert read("a.json", dumped({"notes": [{"area": "A", "kind": "x", "text": '"ballot_paper_id"'}]})).problem is None
    assert ballot_item(NORTH)["ballot_paper_id"] == NORTH.ballot_id
