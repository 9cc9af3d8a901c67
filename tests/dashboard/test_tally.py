"""The figures as data: the documented object, its schema, and the tables made of the same figures."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dashboard.count.night import (
    Certain,
    Conflict,
    FileCounts,
    FileEntry,
    FileProblem,
    Line,
    Moment,
    Night,
    Source,
    TotalsCheck,
    TotalsDifference,
)
from dashboard.csv_tables import write_csv
from dashboard.tables import print_check, print_tally, write_markdown
from dashboard.view.document import Tally, json_text, schema
from dashboard.view.tally import tally
from feeds.report import Settings
from tests.makers.states import area, at, change, correction, election, moment, night, party, wandsworth

ROOT = Path(__file__).parents[2]
AS_AT = at(1, 14)


def data(of: Night, **options: Any) -> Any:
    return json.loads(json_text(tally(of, AS_AT, **options)))


def full_night() -> Night:
    """Return a night in which every list of the document has an entry."""
    differs = TotalsDifference(party="LAB", figure="seats", theirs=36, ours=35)
    check = TotalsCheck(
        publisher="PA",
        region="All",
        number=1,
        areas=1,
        agrees=False,
        reason=None,
        missing=(),
        differences=(differs,),
        path="sop.xml",
    )
    gained = wandsworth()
    local = election(
        gained,
        area("Havant", certain="NOC"),
        parties=(party("LAB", 35, change=9, change_areas=1, areas=1, areas_change=1), party("NOC")),
        changes=(change(gained),),
        certain=(Certain(area="Havant", area_id="havant", control="NOC", undeclared=6, sum="Con 12 + 6"),),
        line=Line(seats=326, party="CON", reached_at=at(4)),
        totals_check=check,
        totals_checks=(check,),
    )
    return night(
        local,
        corrections=(correction(),),
        conflicts=(Conflict(what="two runs", paths=("a.xml", "b.xml")),),
        problems=(FileProblem(path="c.csv", line=3, reason="no party", at=AS_AT),),
        files=FileCounts(counted=3, quarantined=1, ignored=2),
    )


def test_the_document_has_the_documented_fields_in_the_documented_order() -> None:
    document = data(full_night(), areas=True)
    local = document["elections"][0]
    assert list(document) == [
        "night", "as_at", "elections", "corrections", "conflicts", "problems", "files",
    ]  # fmt: skip
    assert list(document["night"]) == ["title", "poll_date", "test", "rehearsal"]
    assert list(local) == [
        "name", "kind", "poll_date", "status", "baseline", "areas", "line", "parties", "changes", "certain",
        "totals_check", "totals_checks", "area_results",
    ]  # fmt: skip
    assert list(local["areas"]) == ["expected", "declared", "partial", "time_unknown"]
    assert list(local["line"]) == ["seats", "party", "reached_at"]
    assert list(local["parties"][0]) == [
        "party", "name", "seats", "change", "change_areas", "areas", "areas_change",
    ]  # fmt: skip
    assert list(local["changes"][0]) == ["area", "outcome", "control", "previous", "at", "basis"]
    assert list(local["certain"][0]) == ["area", "control", "undeclared", "sum"]
    assert list(local["totals_check"]) == ["publisher", "region", "areas", "agrees", "differences"]
    assert list(local["area_results"][0]) == [
        "area", "code", "kind", "stage", "revision", "total", "up", "undeclared", "deferred", "elected",
        "composition", "change", "control", "previous", "outcome", "certain", "declared_at", "basis", "files",
    ]  # fmt: skip
    assert list(document["corrections"][0]) == ["area", "what", "before", "after", "at", "file"]
    assert list(document["conflicts"][0]) == ["what", "files"]
    assert list(document["problems"][0]) == ["file", "line", "reason"]
    assert list(document["files"]) == [
        "seen", "counted", "superseded", "duplicate", "ignored", "waiting", "quarantined",
    ]  # fmt: skip


def test_area_results_are_there_only_where_they_were_asked_for() -> None:
    assert "area_results" not in data(full_night())["elections"][0]
    assert len(data(full_night(), areas=True)["elections"][0]["area_results"]) == 2


def test_times_carry_the_offset_of_the_nights_zone() -> None:
    document = data(full_night())
    assert document["as_at"] == "2022-05-06T02:14:00+01:00"
    assert document["elections"][0]["changes"][0]["at"] == "2022-05-06T02:39:00+01:00"
    assert document["elections"][0]["line"]["reached_at"] == "2022-05-06T05:00:00+01:00"
    elsewhere = night(settings=Settings(zone="America/New_York"))
    assert data(elsewhere)["as_at"] == "2022-05-05T21:14:00-04:00"


def test_an_estimate_is_never_given_as_a_declaration() -> None:
    guessed = wandsworth(declared=moment(1, 0, "expected"))
    unknown = wandsworth(declared=Moment(at=None, basis="unknown"))
    rows = data(night(election(guessed, unknown, area())), areas=True)["elections"][0]["area_results"]
    assert [(row["declared_at"], row["basis"]) for row in rows] == [
        (None, "expected"), (None, "unknown"), (None, None),
    ]  # fmt: skip


def test_a_change_may_hold_an_estimate_that_says_so() -> None:
    guessed, unknown = wandsworth(declared=moment(1, 0, "expected")), wandsworth(declared=moment(1, 0, "unknown"))
    rows = data(night(election(changes=(change(guessed), change(unknown)))))["elections"][0]["changes"]
    assert [(row["at"], row["basis"]) for row in rows] == [
        ("2022-05-06T02:00:00+01:00", "expected"), (None, "unknown"),
    ]  # fmt: skip


def test_what_is_not_known_is_null_and_a_declared_zero_is_zero() -> None:
    row = data(night(election(area(elected={"LAB": 0}))), areas=True)["elections"][0]["area_results"][0]
    assert (row["elected"], row["composition"], row["total"]) == ({"LAB": 0}, None, None)


def test_parties_come_most_seats_first_and_ties_in_register_order() -> None:
    rows = (party("NOC"), party("ZEBRA", 3), party("IND", 3), party("CON", 3), party("LAB", 9))
    document = data(night(election(parties=rows)))
    assert [row["party"] for row in document["elections"][0]["parties"]] == [
        "LAB", "CON", "IND", "ZEBRA", "NOC",
    ]  # fmt: skip


def test_warnings_are_not_problems() -> None:
    odd = FileProblem(path="a.csv", line=1, reason="cp1252", at=AS_AT, warning=True)
    bad = FileProblem(path="b.csv", line=None, reason="empty", at=AS_AT)
    assert data(night(problems=(odd, bad)))["problems"] == [{"file": "b.csv", "line": None, "reason": "empty"}]


def test_files_seen_is_the_sum_of_the_others() -> None:
    files = data(full_night())["files"]
    assert files.pop("seen") == sum(files.values()) == 6


def test_one_election_can_be_asked_for_by_name_and_a_wrong_one_names_those_there_are() -> None:
    both = night(election(), election(id="mayor", name="Mayors", kind="mayor"))
    assert [e["name"] for e in data(both, election="mayors")["elections"]] == ["Mayors"]
    with pytest.raises(ValueError, match="there are: Local elections, Mayors"):
        tally(both, AS_AT, election="Senedd")


def test_the_document_reads_back_as_its_types() -> None:
    figures = tally(full_night(), AS_AT, areas=True)
    assert msgspec.json.decode(json_text(figures), type=Tally) == figures


def test_the_published_schema_is_current() -> None:
    published = ROOT / "docs" / "tally.schema.json"
    assert published.read_text(encoding="utf-8") == json_text(schema()), (
        "write it again with: python -m tests.makers.schema"
    )


def test_every_table_says_as_at_when_how_much_is_in_and_against_what() -> None:
    for write in (print_tally, write_markdown):
        out = io.StringIO()
        write(full_night(), AS_AT, out)
        text = out.getvalue().replace("\\", "")
        assert "as at Fri 6 May 2022 02:14:00 BST" in text
        assert "1 of 2 councils declared; 58 of 116 seats; provisional; change since the eve of poll" in text


def test_the_tables_show_changes_certain_control_and_every_area_asked_for() -> None:
    out = io.StringIO()
    print_tally(full_night(), AS_AT, out, areas=True)
    text = out.getvalue()
    assert "LAB gain from CON" in text
    assert "NOC certain" in text
    assert "Lab 35 Con 22 Ind 1" in text
    assert "CONFLICT: two runs (a.xml, b.xml)" in text


def test_no_line_of_a_table_in_a_pipe_ends_in_blanks() -> None:
    out = io.StringIO()
    print_tally(full_night(), AS_AT, out, areas=True)
    lines = out.getvalue().splitlines()
    assert any("Wandsworth" in line for line in lines)
    assert [line for line in lines if line != line.rstrip()] == []


def test_test_data_and_rehearsals_are_banners_over_the_tables() -> None:
    out = io.StringIO()
    unreal = night(test=("the name says Test",), settings=Settings(rehearsal=True))
    print_tally(unreal, AS_AT, out)
    assert "TEST DATA: the name says Test" in out.getvalue()
    assert "REHEARSAL" in out.getvalue()


def test_markup_from_a_feed_is_shown_as_it_is() -> None:
    out = io.StringIO()
    print_tally(night(election(wandsworth(name="[red]Hull[/foo]"))), AS_AT, out, areas=True)
    assert "[red]Hull[/foo]" in out.getvalue()


def test_a_table_in_a_pipe_is_neither_wrapped_nor_coloured() -> None:
    out = io.StringIO()
    name = "A very long name of a council " * 6
    print_tally(night(election(wandsworth(name=name.strip()))), AS_AT, out, areas=True)
    assert name.strip() in out.getvalue()
    assert "\x1b" not in out.getvalue()


def test_csv_has_plain_numbers_and_says_in_every_row_what_they_are() -> None:
    out = io.StringIO()
    write_csv(full_night(), AS_AT, out)
    row = next(iter(csv.DictReader(out.getvalue().splitlines())))
    assert row | {"party": "LAB", "seats": "35", "change": "9", "declared": "1", "expected": "2"} == row
    assert row | {"status": "provisional", "baseline": "eve-of-poll"} == row
    assert row["as_at"] == "2022-05-06T02:14:00+01:00"


def test_csv_of_areas_has_a_row_an_area_and_party_and_one_for_an_undeclared_area() -> None:
    out = io.StringIO()
    write_csv(full_night(), AS_AT, out, areas=True)
    rows = list(csv.DictReader(out.getvalue().splitlines()))
    assert [(r["area"], r["party"], r["elected"], r["change"]) for r in rows] == [
        ("Wandsworth", "CON", "22", "-11"),
        ("Wandsworth", "LAB", "35", "9"),
        ("Wandsworth", "IND", "1", "1"),
        ("Havant", "", "", ""),
    ]


@pytest.mark.parametrize("name", ["=1+1", "+44", "-x", "@SUM(A1)"])
def test_csv_defuses_what_a_spreadsheet_would_calculate(name: str) -> None:
    out = io.StringIO()
    write_csv(night(election(wandsworth(name=name))), AS_AT, out, areas=True)
    assert {row["area"] for row in csv.DictReader(out.getvalue().splitlines())} == {f"'{name}"}


def test_markdown_cells_keep_pipes_and_markup_as_text() -> None:
    out = io.StringIO()
    write_markdown(night(election(wandsworth(name="Hull | <b>*x*"))), AS_AT, out, areas=True)
    assert "| Hull \\| \\<b\\>\\*x\\* |" in out.getvalue()


def test_check_lists_every_version_with_reason_and_line_and_the_sum() -> None:
    entry = FileEntry(
        path="c.csv",
        state="quarantined",
        reason="no party",
        line=3,
        at=AS_AT,
        basis="file",
        digest=None,
    )
    out = io.StringIO()
    report = print_check(full_night(), [entry], AS_AT, out)
    assert not report.passed
    row = next(line for line in out.getvalue().splitlines() if line.strip().startswith("c.csv"))
    assert row.split() == ["c.csv", "quarantined", "3", "no", "party"]
    assert "6 seen = 3 counted + 0 superseded + 0 duplicate + 2 ignored + 0 waiting + 1 quarantined" in (out.getvalue())
    assert "Lab seats: 36, ours 35" in out.getvalue()


def test_check_passes_where_nothing_is_quarantined_and_nothing_in_conflict() -> None:
    assert print_check(night(election(wandsworth())), [], AS_AT, io.StringIO()).passed


def test_the_files_of_an_area_are_named() -> None:
    source = Source(path="a.csv", digest="0", revision=1, at=AS_AT, basis="file")
    rows = data(night(election(wandsworth(files=(source,)))), areas=True)["elections"][0]["area_results"]
    assert rows[0]["files"] == ["a.csv"]


def test_a_file_that_speaks_of_an_area_in_several_lines_is_named_once() -> None:
    places = (("b.csv", 2), ("a.csv", 2), ("b.csv", 3))
    sources = tuple(Source(path=p, digest="0", revision=1, at=AS_AT, basis="file", line=n) for p, n in places)
    rows = data(night(election(wandsworth(files=sources))), areas=True)["elections"][0]["area_results"]
    assert rows[0]["files"] == ["b.csv", "a.csv"]


def test_noc_has_a_row_always() -> None:
    rows = tally(night(election(name="General election", kind="parliament")), AS_AT).elections[0].parties
    (noc,) = [row for row in rows if row.party == "NOC"]
    assert (noc.seats, noc.change, noc.areas, noc.areas_change) == (0, None, 0, 0)


def test_the_title_of_a_narrow_table_stays_on_one_line() -> None:
    out = io.StringIO()
    print_check(msgspec.structs.replace(night(election(wandsworth())), unknown_parties=(("Z", "Z"),)), [], AS_AT, out)
    assert "Unknown parties" in out.getvalue()
