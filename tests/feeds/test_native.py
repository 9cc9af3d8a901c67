import json
import sys
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.formats.native import read
from feeds.jsontext import malformed
from feeds.report import (
    Baseline,
    Candidate,
    Contest,
    Note,
    Place,
    Problem,
    Quote,
    Reading,
    Report,
    Result,
    TileMap,
    Totals,
)
from feeds.schema import schema


def document(**lists: Any) -> bytes:
    return json.dumps(lists, ensure_ascii=False, indent=1).encode()


def one(record: dict[str, Any], name: str = "results") -> Report:
    reading = read("a.json", document(**{name: [record]}))
    assert reading.problem is None, reading.problem
    (report,) = reading.reports
    return report


def result(**fields: Any) -> Result:
    report = one({"area": {"name": "Anytown"}, **fields})
    assert isinstance(report, Result)
    return report


def problem(data: bytes | str) -> Problem:
    reading = read("a.json", data.encode() if isinstance(data, str) else data)
    assert reading.problem is not None
    assert reading.reports == ()
    return reading.problem


def reason(**fields: Any) -> str:
    return problem(document(results=[{"area": {"name": "Anytown"}, **fields}])).reason


# ---- what is read


def test_a_result_is_read_field_by_field_as_the_record_is_written() -> None:
    found = result(
        area={"name": "Anytown", "kind": "council", "code": "E09000099", "region": "London"},
        election={"kind": "local", "name": "Local elections", "poll_date": "2022-05-05"},
        elected={"Labour": 31, "CON": 0},
        change={"LAB": 4, "CON": -4},
        control="Labour",
        previous="new",
        outcome="gain",
        candidates=[{"name": "Ann Ash", "party": "Lab Co-op", "votes": 10, "elected": True}],
        turnout=41.2,
        declared_at="2022-05-06T02:14:00+01:00",
        line=99,
    )
    assert found == Result(
        area=Place(name="Anytown", code="E09000099", region="London"),
        election=Contest(poll_date=date(2022, 5, 5)),
        elected={"LAB": 31, "CON": 0},
        change={"LAB": 4, "CON": -4},
        control="LAB",
        previous="NEW",
        outcome="gain",
        candidates=(Candidate(name="Ann Ash", party="LAB", votes=10, elected=True),),
        turnout=41.2,
        declared_at=datetime(2022, 5, 6, 1, 14, tzinfo=UTC),
        line=3,
    )


def test_all_five_lists_are_read_with_the_lines_they_begin_at() -> None:
    data = document(
        results=[{"area": {"name": "A"}, "stage": "retracted"}],
        baselines=[{"area": {"name": "A"}, "held": {"LAB": 3}}, {"area": {"name": "B"}, "control": "NEW"}],
        quotes=[{"text": "well", "speaker": "Ann Ash", "party": "Grn"}],
        notes=[{"area": "A", "kind": "history", "text": "x"}],
        totals=[{"election": {}, "parties": {"LAB": {"seats": 3}}}],
    )
    reports = read("a.json", data).reports
    assert [type(r) for r in reports] == [Result, Baseline, Baseline, Quote, Note, Totals]
    lines = data.decode().splitlines()
    assert [lines[r.line - 1].strip() for r in reports if not isinstance(r, Contest | TileMap) and r.line] == ["{"] * 6
    assert isinstance(reports[3], Quote)
    assert reports[3].party == "GRN"


def test_a_time_without_an_offset_is_londons() -> None:
    assert result(declared_at="2022-05-06T02:14:00").declared_at == datetime(2022, 5, 6, 1, 14, tzinfo=UTC)
    assert result(declared_at="2022-05-06T02:14:00+00:00").declared_at == datetime(2022, 5, 6, 2, 14, tzinfo=UTC)


def test_two_names_of_one_party_are_added() -> None:
    assert result(elected={"Labour": 3, "LAB": 4, "CON": 0}).elected == {"LAB": 7, "CON": 0}
    parties = {"Lab": {"seats": 3, "change": 1}, "Labour": {"seats": 4, "change": None}, "CON": {"seats": 0}}
    totals = one({"election": {}, "parties": parties}, "totals")
    assert isinstance(totals, Totals)
    assert {p: (t.seats, t.change) for p, t in totals.parties.items()} == {"LAB": (7, None), "CON": (0, None)}


def test_an_unknown_party_is_listed_with_its_name() -> None:
    reading = read("a.json", document(results=[{"area": {"name": "A"}, "elected": {"Flux Party": 1}}]))
    assert reading.unknown_parties == {"FLUX PARTY": "Flux Party"}


def test_text_is_cleaned_and_an_empty_ward_is_none() -> None:
    found = result(area={"name": "[/foo]\x1b[2J\u202e"}, ward="", elected={"\x07[red]": 1})
    assert found.area.name == "[/foo]␛[2J⟨U+202E⟩"
    assert found.ward is None
    assert found.elected == {"␇[RED]": 1}


def test_a_byte_order_mark_and_empty_lists_are_no_problem() -> None:
    assert read("a.json", b'\xef\xbb\xbf{"results": []}') == Reading(format="native JSON")


def test_test_data_is_marked() -> None:
    marked = {"area": {"name": "A"}, "election": {"name": "Scottish Parliament Test"}}
    person = {"area": {"name": "A"}, "candidates": [{"name": "Ann Test", "party": "LAB"}]}
    valley = {"area": {"name": "Test Valley"}}
    found = [read("a.json", document(results=[r])).test for r in (marked, person, valley)]
    assert found == ["the election is called “Scottish Parliament Test”", "a candidate is called “Ann Test”", None]


TIME = "2022-05-06T02:14:00+01:00 or the like was expected"
DATE = "2022-05-05 or the like was expected"
NUMBER = "a number is not one (NaN or Infinity), or a character is half of one (\\ud800)"
LISTS = "a document of results has results, baselines, quotes, notes, totals"

# ---- what is refused, and how it is said


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"elected": {"LAB": 1, "CON": "31x"}}, "elected of CON is “31x”, a whole number was expected"),
        ({"elected": {"LAB": 3.5}}, "elected of LAB is “3.5”, a whole number was expected"),
        ({"elected": {"LAB": True}}, "elected of LAB is true, a whole number was expected"),
        ({"elected": {"LAB": None}}, "elected of LAB is empty, a whole number was expected"),
        ({"elected": {"LAB": -3}}, "elected of LAB is “-3”, which cannot be negative"),
        ({"elected": {"LAB": 99999}}, "elected of LAB is “99999”, more than the 10,000 that are believed"),
        ({"elected": {"": 3}}, "a party of elected has no name"),
        ({"total": "60"}, "total is “60”, a whole number was expected"),
        ({"total": -1}, "total is “-1”, which cannot be negative"),
        ({"revision": 0}, "revision is “0”, the least is 1"),
        ({"stage": "final"}, "stage is “final”, one of partial, rush, full, retracted was expected"),
        ({"declared_at": "yesterday"}, "declared_at is “yesterday”, " + TIME),
        ({"declared_at": "0001-01-01T00:00:00+23:00"}, "declared_at is “0001-01-01 00:00:00+23:00”, a time of an "
            "election was expected"),
        ({"election": {"poll_date": "5/5/22"}}, "poll_date of election is “5/5/22”, " + DATE),
        ({"election": {"kind": "council"}}, "kind of election is “council”, one of local, parliament, assembly, mayor, "
            "by-election was expected"),
        ({"election": {"name": " "}}, "name is empty"),
        ({"turnout": 141.0}, "turnout is “141.0”, a percentage was expected"),
        ({"control": "new"}, "control is “new”, which is not a party"),
        ({"candidates": [{"party": "LAB"}]}, "name is missing in candidates"),
        ({"candidates": [{"name": "A", "party": ""}]}, "party is empty"),
        ({"elcted": {"LAB": 1}}, "unknown field “elcted”"),
        ({"candidates": {}}, "candidates is an object in braces, a list was expected"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_named_with_its_item_and_value(fields: dict[str, Any], words: str) -> None:
    assert reason(**fields) == f"results, item 1: {words}"


def test_the_line_of_a_wrong_figure_is_given() -> None:
    good = '{"area": {"name": "A"},\n  "elected": {"LAB": 1}}'
    text = (
        f'{{"results": [\n{good},\n{good},\n{{"area": {{"name": "B"}},\n "elected": {{"CON": 2,\n  "LAB": "31x"}}}}]}}'
    )
    assert problem(text) == Problem(
        reason="results, item 3: elected of LAB is “31x”, a whole number was expected", line=8
    )
    assert problem(text.replace('"31x"', "-1")).line == 6


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[]", 1, 'not an object: the document is written {"results": [ … ]}'),
        ("{\n}", 1, "the document has none of results, baselines, quotes, notes, totals"),
        ('{"result": []}', 1, "unknown list “result”: did you mean “results”?"),
        ('{"count": 1}', 1, "unknown list “count”: " + LISTS),
        ('{"results": {}}', 1, "results is an object in braces, a list was expected"),
        ('{"results": [\n{"area": {"name": "A"}}', 2, "the document ends in the middle: is the file whole?"),
        ('{"results": [\n{"area": {"name": "A', 2, "a text is opened here and never closed: is the file whole?"),
        ('{"results": [\n{"area" {"name": "A"}}]}', 2, "a colon is missing before this"),
        ('{"results": [\n\n]} {', 3, "there is more text after the end of the document"),
        ('{"results": [],\n"results": []}', 2, "“results” is there twice in one object"),
        ('{"baselines": [{"area": {"name": "A"}, "held": {"A": 1, "A": 2}}]}', 1, "“A” is there twice in one object"),
        ('{"notes": [{"area": "A", "text": ":", "kind": "", "kind": "k"}]}', 1, "“kind” is there twice in one object"),
        (r'{"notes": [{"area":"A","text":"\u003a","kind":"","kind":"k"}]}', 1, "“kind” is there twice in one object"),
        ('{"baselines": [{"area": {"name": "A"},\n"held": {"A": 1,\n"A": 2}}]}', 1, "“A” is there twice in one object"),
        ('{"results": [{"area": {"name": "A"}, "turnout":\n NaN}]}', 2, NUMBER),
        ('{"results": [{"area": {"name": "\\ud800"}}]}', 1, NUMBER),
    ],
)  # fmt: skip
def test_a_document_that_cannot_be_read_says_why_and_where(text: str, line: int | None, words: str) -> None:
    assert problem(text) == Problem(reason=words, line=line)


def test_the_wrong_party_of_a_publishers_totals_is_found() -> None:
    parties = '{"LAB": {"seats": 1},\n"CON": {"seats": "x"}}'
    assert problem(f'{{"totals": [{{"election": {{}}, "parties": {parties}}}]}}') == Problem(
        reason="totals, item 1: seats of CON of parties is “x”, a whole number was expected", line=2
    )


@pytest.mark.parametrize(
    ("party", "line", "words"),
    [
        ("3", 2, "CON of parties is “3”, an object in braces was expected"),
        ('{"seats": 1, "change": "x"}', 2, "change of CON of parties is “x”, a whole number was expected"),
        ('{"seats": true}', 2, "seats of CON of parties is true, a whole number was expected"),
        ('{"seatz": 1}', 2, "unknown field “seatz” in CON"),
        ("{}", 2, "seats is missing in CON"),
    ],
)
def test_the_wrong_one_of_several_parties_is_named(party: str, line: int, words: str) -> None:
    parties = f'{{"LAB": {{"seats": 1, "change": null}},\n"CON": {party}}}'
    found = problem(f'{{"totals": [{{"election": {{}}, "parties": {parties}}}]}}')
    assert found == Problem(reason=f"totals, item 1: {words}", line=line)


def test_a_number_of_thousands_of_digits_is_refused_in_words() -> None:
    text = '{"results":[{"area":{"name":"A"},"elected":{"LAB":' + "1" * 5_000 + "}}]}"
    assert problem(text) == Problem(reason="results, item 1: elected is a number that is too large", line=1)


def test_a_wrong_figure_beside_an_endless_one_is_refused_where_it_stands() -> None:
    text = '{"results":[{"area":{"name":"A"},\n"elected":{"LAB":"x","CON":' + "1" * 5_000 + "}}]}"
    assert problem(text) == Problem(reason="results, item 1: elected is empty, a whole number was expected", line=2)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"results": [\n-Infinity]}', 2),
        ('{"results": [],\n"notes": [\n1e400]}', 3),
        ('{"results": ["\\u00e9",\n"\\ud800"]}', 2),
        ('{"results": [\n' + "1" * 5_000 + "\n]}", 2),
        ('{"results":\n' + "[" * 100_000 + "]" * 100_000 + "}", 2),
    ],
)
def test_what_no_json_can_hold_is_named_with_its_line(text: str, line: int) -> None:
    assert malformed(text).line == line


@pytest.mark.parametrize("name", ["NOC", "no overall control", "new", "NEW"])
@pytest.mark.parametrize("field", ["elected", "composition", "held", "candidates"])
def test_no_overall_control_and_new_are_no_parties_and_have_no_seats(name: str, field: str) -> None:
    kind = "baselines" if field in {"held", "candidates"} else "results"
    found = problem(document(**{kind: [{"area": {"name": "A"}, field: {"LAB": 1, name: 2}}]}))
    assert found.reason.endswith(f"{field} of “{name}”, which is not a party")


def test_a_candidate_is_of_a_party_and_not_of_none() -> None:
    found = problem(document(results=[{"area": {"name": "A"}, "candidates": [{"name": "Ann", "party": "NOC"}]}]))
    assert found.reason == "results, item 1: party is “NOC”, which is not a party"


@pytest.mark.parametrize("number", [0, -1, 1_001, 10**30])
def test_a_round_is_counted_from_1_to_a_thousand(number: int) -> None:
    assert "round is" in problem(document(results=[{"area": {"name": "A"}, "round": number}])).reason


def test_json_that_is_not_utf_8_is_refused() -> None:
    assert problem(b'{"results": [\n{"area": {"name": "M\xf4n"}}]}').line == 2


@pytest.mark.parametrize(
    "text",
    [
        "{" + '"results":[' * 100_000,
        '{"results":[{"area":' + '{"a":' * 100_000,
        '{"results":[{"area":{"name":"A"},"line":' + "[" * 100_000,
        '{"results":[{"area":{"name":"A"},"turnout":' + "1" * 5_000 + "}]}",
        '{"results":[{"area":{"name":"A"},"total":' + "1" * 5_000 + "}]}",
        '{"results":[{"area":{"name":"A"},"elected":{"LAB":' + "1" * 5_000 + "}}]}",
    ],
)
def test_deep_nesting_and_endless_numbers_are_refused_without_failing(text: str) -> None:
    limit = sys.getrecursionlimit()
    assert problem(text).reason
    assert sys.getrecursionlimit() == limit


# ---- laws

seats = st.dictionaries(st.sampled_from(["CON", "LAB", "LD", "IND"]), st.integers(0, 99), max_size=4) | st.none()
times = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive
records = st.builds(
    Result,
    area=st.builds(Place, name=st.sampled_from(["Anytown", "Ynys Môn", "A, B & C"])),
    ward=st.none() | st.just("Abbey"),
    elected=seats,
    composition=seats,
    total=st.none() | st.integers(0, 99),
    turnout=st.none() | st.floats(0, 100),
    declared_at=st.none() | times,
    revision=st.integers(1, 9),
)


@settings(max_examples=50, deadline=None)
@given(st.lists(records, max_size=4))
def test_records_that_are_written_are_read_back_as_they_were(written: list[Result]) -> None:
    data = b'{"results":' + msgspec.json.encode(written) + b"}"
    read_back = read("a.json", data).reports
    assert [msgspec.structs.replace(r, line=None) for r in read_back if isinstance(r, Result)] == written


FIELDS = ["area", "name", "elected", "LAB", "candidates", "party", "declared_at", "text", "speaker", "kind", "parties"]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(json_values, max_size=3),
    st.sampled_from(["results", "baselines", "quotes", "notes", "totals"]),
    st.integers(0),
)
def test_whatever_a_document_holds_it_is_read_or_refused_and_never_fails(items: list[Any], name: str, cut: int) -> None:
    data = json.dumps({name: items}).encode()
    for version in (data, data[: cut % len(data)]):
        reading = read("a.json", version)
        assert reading.problem is None or reading.reports == ()


# ---- the schema


def test_the_schema_is_of_the_records() -> None:
    made = schema()
    assert json.loads(json.dumps(made)) == made
    definitions = made["$defs"]
    assert set(definitions["Document"]["properties"]) == {"results", "baselines", "quotes", "notes", "totals"}
    for record in (Result, Baseline, Quote, Note, Totals, Place, Contest, Candidate):
        assert set(definitions[record.__name__]["properties"]) == set(record.__struct_fields__)
        assert definitions[record.__name__]["additionalProperties"] is False
