import pytest

from feeds.formats.sheet import read
from feeds.report import Problem
from tests.feeds.sheets import problem, results
from tests.makers.sheet import area_rows, council_sheet, sheet, ward_rows

COLUMNS = "the first line must name the columns, such as area,party,elected"
DATE = "a date such as 2022-05-05 was expected"
MARK = "#, as only a last line such as # rows=12 may"
OPEN = "a quotation mark left open?"
CLOSED = "quotation mark is opened here and never closed"


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("31x", "elected is “31x”, a whole number was expected"),
        ("3.5", "elected is “3.5”, a whole number was expected"),
        ("+3", "elected is “+3”, a whole number was expected"),
        ("12,34", "elected is “12,34”, a whole number was expected"),
        ("٣", "elected is “٣”, a whole number was expected"),
        ("-5", "elected is “-5”, which cannot be negative"),
        ("−5", "elected is “−5”, which cannot be negative"),
        ("99999", "elected is “99999”, more than the 10,000 that are believed"),
        ("9" * 5000, f"elected is “{'9' * 39}…”, more than the 10,000 that are believed"),
        ("\x1b[2J", "elected is “␛[2J”, a whole number was expected"),
    ],
)
def test_a_wrong_number_is_named_with_its_line(cell: str, reason: str) -> None:
    rows = [*area_rows("Anytown", {"LAB": 1}), *area_rows("Other", {"LAB": 2}), *area_rows("Third", {"LAB": 3})]
    rows[2]["elected"] = cell
    assert problem(sheet(rows)) == Problem(reason=reason, line=4)


@pytest.mark.parametrize(
    ("cell", "value"), [("1,234", 1234), ("1 234", 1234), ("1\u00a0234", 1234), ("31.0", 31), ("007", 7)]
)
def test_numbers_may_be_written_as_spreadsheets_write_them(cell: str, value: int) -> None:
    assert results(council_sheet(elected={"LAB": 1}, electorate=cell))[0].electorate == value


def test_a_candidate_is_elected_or_not_and_nothing_else() -> None:
    rows = ward_rows("Anytown", "Abbey", [("A", "LAB", 9, True)])
    rows[0]["elected"] = 2
    assert problem(sheet(rows)).reason == "elected is “2”, yes or no was expected for a candidate"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("area,elected\nA,1\n", 1, "no column “party”; " + COLUMNS),
        ("\nparty;elected\nLAB;1\n", 2, "no column “area”; " + COLUMNS),
        ("rhubarb\n", 1, "no column “area”; " + COLUMNS),
        ("area,party,elected\n,LAB,1\n", 2, "area is empty"),
        ("area,party,elected\nA,,1\n", 2, "party is empty, but elected is “1”"),
        ("area,party,elected\nA,NOC,1\n", 2, "party is “NOC”, which is not a party"),
        ("area,party,stage\nA,LAB,final\n", 2, "stage is “final”, partial, rush, full or retracted was expected"),
        ("area,party,poll_date\nA,LAB,May\n", 2, "poll_date is “May”, " + DATE),
        ("area,party,poll_date\nA,LAB,31/02/2022\n", 2, "poll_date is “31/02/2022”, " + DATE),
        ("area,party,elected\nA,LAB,1,9\n", 2, "there are more cells than columns: “9” has no column"),
        ("area,party,party\nA,LAB,1\n", 1, "the column “party” is there 2 times"),
        ("area,council,party\nA,A,LAB\n", 1, "the columns “area” and “council” mean the same"),
        ("area,party,elected\n", 1, "there are column names but no rows below them"),
        ("area,party,elected\n\nA,LAB,1\n\n\"A,CON,2\nB,LAB,3\n", 5, "a " + CLOSED),
        ("area,party,elected\nA,LAB,1\n# checked by me\n", 3, "“# checked by me” begins with " + MARK),
        ("area,party,elected\n" + "A" * 10_001 + ",LAB,1\n", 2, "a cell is 10,001 characters long: is " + OPEN),
        (",".join(f"c{i}" for i in range(101)) + "\nA\n", 1, "there are 101 columns, more than 100"),
    ],
)  # fmt: skip
def test_a_sheet_that_cannot_be_read_says_why_and_where(text: str, line: int, reason: str) -> None:
    assert problem(text) == Problem(reason=reason, line=line)


def test_lines_are_those_of_the_file_whatever_is_quoted_or_empty() -> None:
    text = 'area,party,elected\r\n\r\n"Any\r\ntown",LAB,1\r\n,,\r\nOther,CON,x\r\n'
    assert problem(text).line == 6


def test_one_bad_row_keeps_the_whole_sheet_out() -> None:
    rows = area_rows("Anytown", {"LAB": 1})
    rows.append({"area": "Other", "party": "LAB", "elected": "x"})
    assert read("a.csv", sheet(rows)).reports == ()


def test_too_many_rows_are_refused() -> None:
    assert problem(b"area,party,elected\n" + b"A,LAB,1\n" * 30_001).reason == "there are more than 30,000 rows"
