from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.formats.sheet import read
from feeds.report import Baseline, Note, Problem, Quote, Reading, Result
from tests.feeds.sheets import problem, results
from tests.makers.sheet import area_rows, council_sheet, sheet


def at(hour: int, minute: int, day: int = 6) -> datetime:
    return datetime(2022, 5, day, hour, minute, tzinfo=UTC)


# ---- the file as a spreadsheet saves it


def test_the_last_line_may_say_how_many_rows_there_are() -> None:
    rows = area_rows("Anytown", {"LAB": 1, "CON": 2})
    assert results(sheet(rows, trailer=True)) == results(sheet(rows))
    assert results(b"area,party,elected\nA,LAB,1\n#rows = 1,,\n")[0].elected == {"LAB": 1}
    assert read("a.csv", b"area,party,elected\n# rows=0\n") == Reading(format="sheet")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("A,LAB,1\n# rows=12\n", 3, "the last line says 12 rows, there is 1: is the file whole?"),
        ("A,LAB,1\nA,CON,2\n# rows=1\n", 4, "the last line says 1 row, there are 2: is the file whole?"),
        ("A,LAB,1\n# rows=1\nA,CON,2\n", 3, "there are rows after the line that says how many there are"),
    ],
)
def test_a_last_line_that_is_wrong_keeps_the_sheet_out(text: str, line: int, reason: str) -> None:
    assert problem("area,party,elected\n" + text) == Problem(reason=reason, line=line)


def test_header_names_are_read_in_any_case_and_spelling() -> None:
    data = b"Previous Control , PARTY,Declared-At,Elected,poll date,COUNCIL\nCON,Lab,02:14,3,2022-05-05,Anytown\n"
    (result,) = results(data)
    assert (result.previous, result.elected, result.declared_at) == ("CON", {"LAB": 3}, at(1, 14))


def test_unknown_columns_are_named_once_and_a_slip_is_recognised() -> None:
    reading = read("a.csv", b"area,party,electd,colour,\nAnytown,LAB,3,red,\n")
    assert [w.reason for w in reading.warnings] == [
        "unknown columns, not read: “electd” (did you mean elected?), “colour”"
    ]


def test_a_sheet_in_windows_1252_is_read_with_a_warning() -> None:
    data = sheet([*area_rows("Anytown", {"LAB": 1}), *area_rows("Ynys Môn", {"PC": 1})], encoding="cp1252")
    reading = read("a.csv", data)
    assert [r.area.name for r in reading.reports if isinstance(r, Result)] == ["Anytown", "Ynys Môn"]
    assert reading.warnings == (Problem(reason="not UTF-8, read as Windows-1252: check names with accents", line=3),)


def test_a_sheet_that_ends_in_the_middle_of_a_character_is_torn_not_windows_1252() -> None:
    data = "area,party,elected\nYnys Môn,PC,1\nMô".encode()[:-1]
    assert problem(data) == Problem(reason="the file ends in the middle of a character: is it whole?", line=3)


@pytest.mark.parametrize(
    "data",
    [council_sheet().decode().encode("utf-16"), council_sheet() + b"\0", council_sheet().decode().encode("utf-16-le")],
)
def test_utf_16_and_nul_bytes_are_refused_in_words(data: bytes) -> None:
    assert problem(data).reason == "this is not plain text but UTF-16 or a workbook: save it as “CSV UTF-8”"


def test_bytes_that_are_no_text_are_refused() -> None:
    assert "neither UTF-8 nor Windows-1252" in problem(b"area,party\nA,\x81\n").reason


def test_old_line_ends_are_read() -> None:
    assert results(sheet(area_rows("Anytown", {"LAB": 1, "CON": 2}), newline="\r"))[0].elected == {"LAB": 1, "CON": 2}


# ---- parties, text, test marks


def test_an_unknown_party_keeps_its_name_and_is_listed() -> None:
    reading = read("a.csv", council_sheet(elected={"Flux Party": 1, "LAB": 2}))
    assert isinstance(reading.reports[0], Result)
    assert reading.reports[0].elected == {"FLUX PARTY": 1, "LAB": 2}
    assert reading.unknown_parties == {"FLUX PARTY": "Flux Party"}


def test_feed_text_is_cleaned_and_markup_is_left_alone() -> None:
    (result,) = results(sheet(area_rows("[/foo]\x1b]52;c;x\x07\u202e", {"[red]": 1})))
    assert result.area.name == "[/foo]␛]52;c;x␇⟨U+202E⟩"
    assert result.elected == {"[RED]": 1}


@pytest.mark.parametrize(
    ("facts", "marked"),
    [
        ({"area": "Test Valley"}, False),
        ({"area": "Southampton, Test"}, False),
        ({"election": "Test local elections"}, True),
        ({"candidate": "Ann Ash Test"}, True),
        ({"candidate": "Ann Testament"}, False),
    ],
)
def test_test_data_is_marked_and_test_valley_is_no_test(facts: dict[str, str], marked: bool) -> None:
    row = {"area": "Anytown", "party": "LAB", "elected": 1, **facts}
    assert (read("a.csv", sheet([row])).test is not None) is marked


# ---- quotes and notes


def test_a_sheet_with_text_and_speaker_is_quotes() -> None:
    rows = [
        {
            "speaker": "Ann Ash",
            "text": "not us, #being wonderful",
            "party": "Labour",
            "area": "Anytown",
            "said_at": "2022-05-06 03:00",
        },
        {"speaker": "Bob Beech", "text": "#yes", "role": "Leader", "source": "the hall"},
    ]
    reading = read("q.csv", sheet(rows))
    assert reading.reports == (
        Quote(
            text="not us, #being wonderful", speaker="Ann Ash", party="LAB", area="Anytown", said_at=at(2, 0), line=2
        ),
        Quote(text="#yes", speaker="Bob Beech", role="Leader", source="the hall", line=3),
    )


def test_a_quote_without_words_or_with_a_wrong_time_is_refused() -> None:
    assert problem("text,speaker\nwell,Ann\n,Bob\n") == Problem(reason="text is empty", line=3)
    assert problem("text,speaker,said_at\nwell,Ann,3am\n").line == 2


def test_a_sheet_with_area_kind_and_text_is_notes() -> None:
    rows = [{"area": "Anytown", "kind": "history", "text": "Conservative since 1964", "ward": "Abbey"}]
    assert read("n.csv", sheet(rows)).reports == (
        Note(area="Anytown", kind="history", text="Conservative since 1964", ward="Abbey", line=2),
    )
    assert problem("area,kind,text\nA,,x\n") == Problem(reason="kind is empty", line=2)


# ---- laws

codes = st.sampled_from(["CON", "LAB", "LD", "GRN", "Independent", "Flux Party"])
names = st.text(
    st.characters(blacklist_categories=["C", "Z", "M"]) | st.sampled_from(" ,;\t\"'#\n"), min_size=1, max_size=12
)
figures = st.dictionaries(codes, st.integers(0, 60), min_size=1)
SHAPES: dict[str, st.SearchStrategy[Any]] = {
    "delimiter": st.sampled_from([",", ";", "\t"]),
    "newline": st.sampled_from(["\r\n", "\n", "\r"]),
    "quote_all": st.booleans(),
    "bom": st.booleans(),
    "trailer": st.booleans(),
}
order = ["area", "party", "elected", "composition", "total", "control"]


@settings(max_examples=60, deadline=None)
@given(
    areas=st.lists(st.tuples(figures, st.integers(0, 99)), min_size=1, max_size=5),
    name=names.filter(lambda n: n.strip() and not n.strip().startswith("#")),
    columns=st.permutations(order),
    shape=st.fixed_dictionaries(SHAPES),
)
def test_a_sheet_says_the_same_in_whatever_order_delimiter_and_quoting(
    areas: list[tuple[dict[str, int], int]],
    name: str,
    columns: list[str],
    shape: dict[str, Any],
) -> None:
    rows = [
        {"area": f"{i} {name}", "party": party, "elected": n, "composition": n + 1, "total": total, "control": "LAB"}
        for i, (elected, total) in enumerate(areas)
        for party, n in elected.items()
    ]
    data = sheet(rows, columns=columns, **shape)
    known = {"Independent": "IND", "Flux Party": "FLUX PARTY"}
    said = [({known.get(p, p): n for p, n in elected.items()}, total) for elected, total in areas]
    assert [(r.elected, r.total) for r in results(data)] == said
    assert [r.composition for r in results(data)] == [{p: n + 1 for p, n in e.items()} for e, _ in said]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_a_file_holds_it_is_read_or_refused_and_never_fails(data: bytes) -> None:
    for head in (b"", b"area,party,elected,votes,declared_at,poll_date\n", b"text,speaker\n"):
        reading = read("a.csv", head + data)
        assert reading.problem is None or reading.reports == ()


def test_a_sheet_torn_within_its_last_line_is_never_counted() -> None:
    whole = sheet(area_rows("Ynys Môn", {"LAB": 12, "CON": 34, "PC": 56}), trailer=True, newline="\n")
    last = whole.index(b"#")
    for end in range(last + 1, len(whole.rstrip())):
        assert problem(whole[:end]).line == 5


def test_a_sheet_may_hold_several_baselines_each_named() -> None:
    data = (
        b"area,party,held,previous_control,baseline\n"
        b"Ayton,Lab,3,LAB,eve-of-poll\nAyton,Lab,2,NOC,last-election\nAyton,Con,2,NOC,Last-Election\n# rows=3\n"
    )
    found = [r for r in read("b.csv", data).reports if isinstance(r, Baseline)]
    assert [(b.baseline, b.held, b.control) for b in found] == [
        ("eve-of-poll", {"LAB": 3}, "LAB"),
        ("last-election", {"LAB": 2, "CON": 2}, "NOC"),
    ]


def test_a_baseline_that_is_not_known_is_refused_with_the_ones_that_are() -> None:
    reading = read("b.csv", b"area,party,held,baseline\nAyton,Lab,3,yesterday\n# rows=1\n")
    assert reading.problem is not None
    assert reading.problem.line == 2
    assert "eve-of-poll, last-election, notional or none was expected" in reading.problem.reason
