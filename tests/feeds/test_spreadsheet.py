import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
import python_calamine

from feeds.formats import read
from feeds.formats.sheet import read as read_sheet
from feeds.formats.spreadsheet import text
from feeds.report import Note, Problem, Quote, Reading, Result
from feeds.whole import waiting_reason, whole
from tests.makers.democracy_club import NORTH, SOUTH, export_rows
from tests.makers.sheet import sheet
from tests.makers.spreadsheet import Failed, Percent, Rows, Sheet, ods, ods_parts, packed, xlsx, xlsx_parts

Maker = Callable[..., bytes]
KINDS = pytest.mark.parametrize("make", [xlsx, ods])

HEAD = ("area", "party", "elected", "seats", "poll_date", "declared_at", "turnout")
ROWS: Rows = [
    HEAD,
    ("Barking & Dagenham", "Lab", 31, 54, date(2022, 5, 5), time(2, 14), Percent(0.345)),
    ("Barking & Dagenham", "Con", 23.0, 54, date(2022, 5, 5), datetime.fromisoformat("2022-05-06T02:14"), 34.5),
]


def reading(data: bytes) -> Reading:
    found = read("results.xlsx", data)
    assert found.problem is None, found.problem
    assert found.format == "spreadsheet"
    return found


def result(data: bytes) -> Result:
    (report,) = reading(data).reports
    assert isinstance(report, Result)
    return report


def problem(data: bytes) -> Problem:
    found = read("results.xlsx", data)
    assert found.problem is not None
    assert found.reports == ()
    assert found.format == "spreadsheet"
    return found.problem


# ---- the table in it


@KINDS
def test_a_spreadsheet_says_what_its_sheet_says_as_csv(make: Maker) -> None:
    rows = [dict(zip(HEAD, row, strict=True)) for row in ROWS[1:]]
    for row in rows:
        row |= {"elected": int(str(row["elected"]).removesuffix(".0")), "declared_at": "02:14", "turnout": "34.5"}
    as_csv = read_sheet("results.csv", sheet(rows))
    assert reading(make(ROWS)).reports == as_csv.reports
    assert as_csv.reports


@KINDS
def test_numbers_dates_and_times_are_what_they_show(make: Maker) -> None:
    found = result(make(ROWS))
    assert found.elected == {"LAB": 31, "CON": 23}
    assert found.election.poll_date == date(2022, 5, 5)
    assert found.declared_at == datetime(2022, 5, 6, 1, 14, tzinfo=UTC)
    assert found.turnout == 34.5
    assert found.line == 2


@KINDS
def test_rows_are_numbered_as_the_program_numbers_them(make: Maker) -> None:
    rows = [("area", "party", "elected"), (), ("A", "Lab", 1), (), ("B", "Con", "x")]
    assert problem(make(Sheet(rows, first=4, left=2))) == Problem(
        reason="elected is “x”, a whole number was expected", line=8
    )


@KINDS
def test_the_first_worksheet_with_the_columns_counts_and_the_others_are_named(make: Maker) -> None:
    notes = Sheet([("to do",), ("call Ann",)], "Notes to self")
    hidden = Sheet([("area", "party", "elected"), ("H", "Lab", 9)], "Old", hidden=True)
    chosen = Sheet([("area", "party", "elected"), ("A", "Lab", 1)], "Wards")
    other = Sheet([("area", "party", "elected"), ("B", "Lab", 2)], "Wards [2]")
    found = reading(make(Sheet([], "Empty"), notes, hidden, chosen, other))
    assert [r.area.name for r in found.reports if isinstance(r, Result)] == ["A"]
    assert [w.reason for w in found.warnings] == [
        "not read: “Wards [2]”, for “Wards” is the first worksheet with such columns"
    ]


@KINDS
def test_quotes_notes_and_democracy_club_tables_are_read_as_their_csv_is(make: Maker) -> None:
    (quote,) = reading(make([("Text", "Speaker"), ("Well.", "Ann Ash")])).reports
    assert isinstance(quote, Quote)
    (note,) = reading(make([("area", "kind", "text"), ("A", "history", "x")])).reports
    assert isinstance(note, Note)
    rows = export_rows([NORTH, SOUTH])
    table = [list(rows[0]), *(list(row.values()) for row in rows)]
    assert reading(make(table)).reports == read("export.csv", sheet(rows)).reports


@KINDS
def test_a_workbook_without_such_columns_says_what_it_has(make: Maker) -> None:
    assert problem(make([("council", "seats", None, "who")])).reason == (
        "no worksheet begins with columns such as area, party, elected: “Sheet1” begins with “council”, “seats”, “who”"
    )
    assert problem(make([], [(None, " ")])).reason == "there is nothing in the worksheets"
    assert problem(make([("area", "party", "elected")])).reason == "there are column names but no rows below them"


@KINDS
def test_a_formula_that_went_wrong_is_no_empty_cell(make: Maker) -> None:
    rows = [("area", "party", "elected"), ("A", "Lab", 1), ("A", "Con", Failed("#REF!"))]
    assert problem(make(rows)) == Problem(reason="elected is “#REF!”, a whole number was expected", line=3)


@KINDS
def test_a_candidate_is_elected_by_a_tick_or_a_word(make: Maker) -> None:
    head = ("area", "ward", "candidate", "party", "votes", "elected")
    rows = [head, ("A", "W", "Ann Ash", "Lab", 900.0, True), ("A", "W", "Bob Birch", "Con", 800, False)]
    assert result(make(rows)).elected == {"LAB": 1, "CON": 0}


# ---- cells


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("31", "31"),
        (31, "31"),
        (31.0, "31"),
        (-0.0, "0"),
        (34.5, "34.5"),
        (30.000000000000004, "30"),
        (1e300, "1e+300"),
        (float("inf"), "inf"),
        (float("nan"), "nan"),
        (True, "true"),
        (False, "false"),
        (date(2022, 5, 5), "2022-05-05"),
        (datetime.fromisoformat("2022-05-06T02:14"), "2022-05-06T02:14:00"),
        (datetime.fromisoformat("2022-05-06T02:13:59.999999"), "2022-05-06T02:14:00"),
        (datetime.fromisoformat("9999-12-31T23:59:59.999999"), "9999-12-31T23:59:59.999999"),
        (time(2, 14), "02:14"),
        (time(2, 14, 5), "02:14:05"),
        (time(23, 59, 59, 999_999), "00:00"),
        (timedelta(hours=2, minutes=14), "02:14"),
        (timedelta(hours=26, minutes=14), "1 day, 2:14:00"),
        (-timedelta(hours=1), "-1 day, 23:00:00"),
    ],
)
def test_a_cell_is_the_text_that_it_would_be_in_csv(
    value: int | float | str | bool | time | date | datetime | timedelta, words: str
) -> None:
    assert text(value) == words


@KINDS
@pytest.mark.parametrize(
    ("cell", "turnout", "ballots"),
    [
        (Percent(0.345), 34.5, None),
        (0.3333333333, 33.333333, None),
        (34.5, 34.5, None),
        ("0.5", 0.5, None),
        ("34.5%", 34.5, None),
        (1, None, 1),
        (0, None, 0),
        (1630, None, 1630),
    ],
)
def test_a_fraction_is_a_percentage_in_the_turnout_column_alone(
    make: Maker, cell: object, turnout: float | None, ballots: int | None
) -> None:
    found = result(make([("area", "party", "elected", " Turnout "), ("A", "Lab", 1, cell)]))
    assert (found.turnout, found.ballots) == (turnout, ballots)
    assert problem(make([("area", "party", "elected"), ("A", "Lab", 0.5)])).reason.startswith("elected is “0.5”")


# ---- files that cannot be read


def test_without_the_extra_one_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    assert problem(xlsx(ROWS)).reason == "a spreadsheet: install election-night[xlsx], or save it as CSV"


def test_an_old_excel_file_says_how_to_save_it() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert problem(old).reason == "an old Excel file (.xls): save it as .xlsx or CSV"
    assert problem(old + "EncryptedPackage".encode("utf-16-le")).reason == (
        "protected by a password: save it without one"
    )


def test_a_protected_open_document_says_so() -> None:
    parts = ods_parts("", "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>")
    assert problem(packed(parts)).reason == "protected by a password: save it without one"


def test_another_packed_file_is_not_a_spreadsheet() -> None:
    reason = "a packed file (zip), but not a spreadsheet: .xlsx and .ods are read"
    assert problem(packed({"word/document.xml": "<a/>"})).reason == reason


@pytest.mark.parametrize("make", [lambda: xlsx(ROWS), lambda: ods(ROWS)])
def test_no_prefix_of_a_spreadsheet_is_whole_or_read(make: Callable[[], bytes]) -> None:
    data = make()
    assert whole("a.xlsx", data)
    torn = [n for n in range(4, len(data), 7) if whole("a.xlsx", data[:n]) or read("a.xlsx", data[:n]).problem is None]
    assert torn == []
    assert "not complete" in waiting_reason("a.xlsx", data[:-1])


def test_a_part_that_is_missing_or_strange_is_named() -> None:
    parts = xlsx_parts(ROWS)
    del parts["xl/worksheets/sheet1.xml"]
    assert problem(packed(parts)).reason == "the worksheet “Sheet1” is listed, but is not there"
    parts = xlsx_parts(ROWS)
    parts["xl/worksheets/sheet1.xml"] = str(parts["xl/worksheets/sheet1.xml"]).replace('t="s"', 't="q"', 1)
    assert problem(packed(parts)).reason == "the spreadsheet cannot be read: Unknown cell 't' attribute: \"q\""


def test_a_fault_within_the_library_is_a_problem_of_the_file_and_an_interruption_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class PanicException(BaseException):
        """What the library raises for a fault of its own."""

    raised: list[BaseException] = [PanicException("index out of bounds"), KeyboardInterrupt()]

    class Faulty:
        @staticmethod
        def from_filelike(_file: object) -> None:
            raise raised.pop(0)

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", Faulty)
    assert problem(xlsx(ROWS)).reason == "the spreadsheet cannot be read: save it as CSV"
    with pytest.raises(KeyboardInterrupt):
        read("a.xlsx", xlsx(ROWS))


def test_empty_parts_and_parts_that_are_nobodys_table_do_no_harm() -> None:
    assert result(packed(xlsx_parts(ROWS) | {"docProps/empty.xml": "", "xl/media/a.png": b"\x89"})).elected
    parts = ods_parts("")
    content = str(parts["content.xml"])
    assert problem(packed(parts | {"Configurations2/current.xml": ""})).reason == "there is nothing in the worksheets"
    assert problem(packed(parts | {"content.xml": content[:-9]})).reason.startswith("“content.xml” in it is damaged")


def test_too_many_worksheets_are_refused() -> None:
    assert problem(xlsx(*[Sheet([], f"S{i}") for i in range(51)])).reason == "there are 51 worksheets, more than 50"


@KINDS
def test_columns_that_are_there_twice_are_refused(make: Maker) -> None:
    assert problem(make([("area", "party", "Party")])).reason == "the column “party” is there 2 times"


def test_too_many_columns_are_refused() -> None:
    wide = ods([("area", "party", *(f"c{i}" for i in range(99)))])
    assert problem(wide) == Problem(reason="there are 101 columns, more than 100", line=1)
