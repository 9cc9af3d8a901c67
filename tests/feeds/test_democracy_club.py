from datetime import date

import msgspec
import pytest

from feeds.formats import read
from feeds.report import Baseline, Candidate, Contest, Place, Reading, Result
from tests.feeds.democracy_club_readings import (
    SHAPES,
    WITH_SEATS,
    Shape,
    ballot_page,
    one,
    reading,
    reports,
    result_sets,
    results,
    waiting,
)
from tests.makers.democracy_club import (
    NORTH,
    SOUTH,
    Person,
    archive,
    ballot_item,
    dumped,
    export_csv,
    page,
    result,
    result_set,
)

# ---- what is read


@SHAPES
def test_a_ward_is_read_alike_from_every_shape(shape: Shape) -> None:
    found = one(shape, NORTH)
    assert found.area.name == "Anytown"
    assert found.area.kind == "council"
    assert found.election == Contest(poll_date=date(2022, 5, 5))
    assert (found.ward, found.stage, found.up) == ("North and East", "full", 1)
    assert found.elected == {"LAB": 1, "LD": 0, "IND": 0}
    assert found.candidates == (
        Candidate(name="Ann Ash", party="LAB", votes=900, elected=True),
        Candidate(name="Bob Birch", party="LD", votes=700, elected=False),
        Candidate(name="Cy Cedar", party="IND", votes=20, elected=False),
    )
    assert (found.ballots, found.electorate, found.turnout) == (1630, 4592, 35.5)


@SHAPES
def test_a_ballot_without_a_result_is_a_baseline_so_that_the_count_knows_what_is_out(shape: Shape) -> None:
    known, out = reports(shape, NORTH, SOUTH)
    assert isinstance(known, Result)
    assert isinstance(out, Baseline)
    assert (out.area.name, out.ward, out.candidates) == ("Anytown", "South", {"LAB": 1, "GRN": 1})
    assert out.up == (1 if shape in {ballot_page, export_csv} else None)


@SHAPES
def test_who_is_not_known_to_be_elected_leaves_the_ward_partial_with_its_votes(shape: Shape) -> None:
    people = (Person("A", "Labour Party", 9, True), Person("B", "Green Party", 8, None))
    partial, out = reports(shape, NORTH._replace(people=people, reported=None))
    assert isinstance(partial, Result)
    assert (partial.stage, partial.elected) == ("partial", None)
    assert [c.votes for c in partial.candidates] == [9, 8]
    assert [c.elected for c in partial.candidates] == [True, None]
    assert isinstance(out, Baseline)
    assert out.candidates == {"LAB": 1, "GRN": 1}


@SHAPES
def test_a_ward_where_nobody_is_marked_as_elected_is_partial_and_says_so(shape: Shape) -> None:
    people = (Person("A", "Labour Party", 9, False), Person("B", "Green Party", 8, False))
    found = reading(shape, NORTH._replace(people=people, reported=None))
    assert [type(r) for r in found.reports] == [Result, Baseline]
    assert isinstance(found.reports[0], Result)
    assert found.reports[0].elected is None
    (warning,) = found.warnings
    assert "north-and-east.2022-05-05: nobody is marked as elected, so it counts as partial" in warning.reason


@WITH_SEATS
def test_fewer_winners_than_seats_leave_the_ward_partial_and_say_so(shape: Shape) -> None:
    found = reading(shape, NORTH._replace(seats=2))
    assert isinstance(found.reports[0], Result)
    assert (found.reports[0].stage, found.reports[0].elected, found.reports[0].up) == ("partial", None, 2)
    assert "1 are marked as elected for 2 seats" in found.warnings[0].reason


@WITH_SEATS
def test_a_seat_that_nobody_stood_for_is_deferred(shape: Shape) -> None:
    people = (Person("A", "Labour Party", 9, True), Person("B", "Green Party", 8, True))
    found = one(shape, NORTH._replace(people=people, seats=3, reported=None))
    assert (found.elected, found.up, found.deferred) == ({"LAB": 1, "GRN": 1}, 3, 1)


def test_an_item_may_stand_alone() -> None:
    (alone,), (listed,) = read("a.json", dumped(result_set(NORTH))).reports, reports(result_sets, NORTH)
    assert isinstance(listed, Result)
    assert alone == msgspec.structs.replace(listed, line=1)
    assert len(read("a.json", dumped(result(NORTH))).reports) == 1


def test_who_was_elected_may_stand_in_a_candidacys_result_alone() -> None:
    item = ballot_item(NORTH)
    for candidacy in item["candidacies"]:
        candidacy["elected"] = None
    (found,) = read("a.json", page([item])).reports
    assert isinstance(found, Result)
    assert found.elected == {"LAB": 1, "LD": 0, "IND": 0}


@pytest.mark.parametrize("data", [result_sets([]), b'\xef\xbb\xbf {"count": 0, "results": []}'])
def test_a_page_without_items_says_nothing(data: bytes) -> None:
    assert read("a.json", data) == Reading(format="Democracy Club results")


def test_the_line_is_where_the_item_the_ballot_or_the_first_row_begins() -> None:
    data = result_sets([NORTH, SOUTH])
    line = 1 + data.decode().splitlines().index("  },")
    assert [r.line for r in read("a.json", data).reports if isinstance(r, Result | Baseline)] == [6, line + 1]
    assert [r.line for r in reports(export_csv, NORTH, SOUTH) if isinstance(r, Result | Baseline)] == [2, 5]
    assert one(archive, NORTH).line == 3


# ---- councils, wards and other areas


@pytest.mark.parametrize(
    ("ballot_id", "official", "name"),
    [
        ("local.stoke-on-trent.abbey.2022-05-05", None, "Stoke on Trent"),
        ("local.stoke-on-trent.abbey.2022-05-05", "Stoke-on-Trent City Council", "Stoke-on-Trent"),
        ("local.hammersmith-and-fulham.a.2022-05-05", "London Borough of Hammersmith & Fulham", "Hammersmith & Fulham"),
        ("local.bradford.a.2022-05-05", "City of Bradford Metropolitan District Council", "Bradford"),
        ("local.highland.a.2022-05-05", "The Highland Council", "Highland"),
        ("local.eilean-siar.a.2022-05-05", "Comhairle nan Eilean Siar", "Eilean Siar"),
        ("local.anytown.a.2022-05-05", "Somewhere Else Council", "Anytown"),
    ],
)
def test_a_council_is_named_by_its_id_and_spelt_by_its_official_name(
    ballot_id: str, official: str | None, name: str
) -> None:
    found = one(export_csv, NORTH._replace(ballot_id=ballot_id, more={"organisation_name": official}))
    assert found.area.name == name


def test_a_ward_without_a_label_is_named_by_its_id() -> None:
    assert one(results, NORTH).ward == "North and East"
    assert one(result_sets, NORTH._replace(label="North & East")).ward == "North & East"


@pytest.mark.parametrize(
    ("ballot_id", "kind", "election", "area", "name"),
    [
        ("local.anytown.north.by.2022-05-05", "by-election", "Local by-elections", "council", "Anytown"),
        ("parl.hove.2024-07-04", "parliament", "General election", "constituency", "Hove"),
        ("parl.hove.by.2024-07-04", "by-election", "Parliamentary by-elections", "constituency", "Hove"),
        ("mayor.west-yorkshire-ca.2024-05-02", "mayor", "Mayoral elections", "mayor", "West Yorkshire"),
        ("pcc.kent.2024-05-02", "mayor", "Police and crime commissioners", "mayor", "Kent"),
        ("sp.c.almond-valley.2021-05-06", "assembly", "Scottish Parliament", "constituency", "Almond Valley"),
        ("sp.r.lothian.2021-05-06", "assembly", "Scottish Parliament", "region", "Lothian"),
        ("senedd.r.north-wales.2021-05-06", "assembly", "Welsh Parliament", "region", "North Wales"),
        ("senedd.bangor-conwy-mon.2026-05-07", "assembly", "Welsh Parliament", "region", "Bangor Conwy Mon"),
        ("gla.c.south-west.2021-05-06", "assembly", "London Assembly", "constituency", "South West"),
        ("gla.a.2021-05-06", "assembly", "London Assembly", "region", "London"),
        ("nia.foyle.2022-05-05", "assembly", "Northern Ireland Assembly", "region", "Foyle"),
    ],
)
def test_the_id_says_which_election_and_what_kind_of_area(
    ballot_id: str, kind: str, election: str, area: str, name: str
) -> None:
    found = one(results, NORTH._replace(ballot_id=ballot_id))
    assert (found.election.kind, found.election.name) == (kind, election)
    assert (found.area.kind, found.area.name) == (area, name)
    assert found.ward == ("North" if area == "council" else None)
    assert found.total == (1 if area == "region" else None)


def test_a_constituency_has_its_official_code_and_a_council_not_its_wards() -> None:
    hove = NORTH._replace(ballot_id="parl.hove.2024-07-04", label="Hove & Portslade", post_id="gss:E14001294")
    assert one(result_sets, hove).area == Place(name="Hove & Portslade", kind="constituency", code="E14001294")
    assert one(export_csv, hove).area.code == "E14001294"
    assert one(export_csv, hove._replace(post_id="mapit:7")).area.code is None
    assert one(result_sets, hove._replace(post_id="MTW:E14001294")).area.code is None
    assert one(export_csv, NORTH).area == Place(name="Anytown", region="Yorkshire and the Humber")
    assert one(ballot_page, NORTH).area.code is None


def test_a_region_of_a_ballot_that_is_out_has_as_many_seats_as_are_up() -> None:
    found = waiting(ballot_page, SOUTH._replace(ballot_id="senedd.gwent.2026-05-07", seats=6))
    assert (found.total, found.up) == (6, 6)
