import pytest

from feeds.formats import read
from feeds.workbook_bounds import MAX_CELLS
from tests.makers.spreadsheet import ods_parts, packed, strings_of, xlsx_parts, xlsx_sheet

FAR = "a worksheet reaches too far to the right or down"
TEXT = "there is too much text in the worksheets"
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
HEAD = (
    '<row r="1"><c r="A1" t="str"><v>area</v></c><c r="B1" t="str"><v>party</v></c><c r="C1" t="str"><v>elected</v></c>'
    "</row>"
)
ROW = '<row r="2"><c r="A2" t="str"><v>A</v></c><c r="B2" t="str"><v>Lab</v></c><c r="C2"><v>1</v></c></row>'


def excel(rows: str, strings: str = strings_of([])) -> bytes:
    return packed(xlsx_parts([]) | {SHEET: xlsx_sheet(rows), STRINGS: strings})


def cells(*cells: str, head: str = "") -> str:
    return f"<table:table-row{head}>{''.join(cells)}</table:table-row>"


def cell(text: str = "x", more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


def document(*rows: str) -> bytes:
    head = cells(cell("area"), cell("party"), cell("elected"))
    data = cells(cell("A"), cell("Lab"), '<table:table-cell office:value-type="float" office:value="1"/>')
    return packed(ods_parts(f'<table:table table:name="S">{head}{data}{"".join(rows)}</table:table>'))


def times(columns: int) -> str:
    return f' table:number-columns-repeated="{columns}"'


def refused(data: bytes) -> str:
    found = read("a.xlsx", data)
    assert found.problem is not None
    return found.problem.reason


def reads(data: bytes) -> bool:
    found = read("a.xlsx", data)
    assert found.problem is None, found.problem
    return len(found.reports) == 1


# ---- .xlsx


@pytest.mark.parametrize(
    "row",
    [
        '<row r="9"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1048576"><c r="D1048576" t="inlineStr"><is><t>x</t></is></c></row>',
        '<row r="1048576"><c/><c/><c/><c><v>1</v></c></row>',
        '<row r="4000001"><c><v>1</v></c></row>',
        '<x:row xmlns:x="x" r="9"><x:c r="XFD999999"><x:v>1</x:v></x:c></x:row>',
    ],
)
def test_a_cell_far_away_is_refused_before_memory_is_reserved_for_what_lies_between(row: str) -> None:
    assert refused(excel(HEAD + ROW + row)).startswith(FAR)


def test_far_rows_and_cells_that_hold_nothing_do_no_harm() -> None:
    assert reads(excel(HEAD + ROW + '<row r="1048576" s="3"><c r="XFD1048576" s="3"/></row>'))
    assert reads(excel(HEAD + ROW + "<row><c/><c/></row>" * 50))


def test_cells_without_a_place_stand_one_after_the_other() -> None:
    rows = "<row>" + "<c><v>1</v></c>" * 3 + "</row>"
    assert reads(excel(HEAD + ROW + rows.replace("<v>1</v>", "")))
    far = MAX_CELLS // 4
    assert reads(excel(HEAD + ROW + f'<row r="{far}"><c/><c/><c/><c r="A{far}"/></row>'))
    assert refused(
        excel(HEAD + ROW + f'<row r="{far}"><c/><c/></row><row><c/><c/><c/><c><v>1</v></c></row>')
    ).startswith(FAR)


@pytest.mark.parametrize("place", ["ABCD1", "A99999999", "1A", "A-1", "", "A1 "])
def test_what_is_no_cell_is_refused(place: str) -> None:
    assert refused(excel(f'<row><c r="{place}"><v>1</v></c></row>')) == f"“{place}” in it is not a cell"


def test_a_long_text_that_many_cells_point_to_is_counted_in_each() -> None:
    strings = strings_of(["x" * 100_000])
    for pointer in ("0", "+0", "-1", "9" * 30):
        many = f'<c t="s"><v>{pointer}</v></c>' * 10
        row = "<row>" + many * 300 + "</row>"
        assert refused(excel(HEAD + ROW + row, strings)).startswith(TEXT)
    few = '<row r="3"><c r="D1" t="s"><v>0</v></c><c r="D2" t="s"><v>7</v></c></row>'
    assert not refused(excel(HEAD + ROW + few, strings)).startswith(TEXT)
    numbers = "<row>" + "<c><v>0</v></c>" * 3000 + "</row>"
    assert not refused(excel(HEAD + ROW + numbers, strings)).startswith(TEXT)


@pytest.mark.parametrize("said", ["99999999999", "+4000001", "9" * 5000, "0000099999999"])
def test_a_stated_number_of_texts_is_not_believed(said: str) -> None:
    strings = strings_of([], f' uniqueCount="{said}"')
    assert refused(excel(HEAD + ROW, strings)).startswith("it says that it has “")


@pytest.mark.parametrize("said", ["0", "750000", "", "many", "-7"])
def test_a_stated_number_of_texts_that_can_be_does_no_harm(said: str) -> None:
    assert reads(excel(HEAD + ROW, strings_of([], f' uniqueCount="{said}"')))


# ---- .ods


def test_rows_and_cells_that_stand_for_many_are_read() -> None:
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    data = document(cells(empty, head=' table:number-rows-repeated="1048570"'))
    assert reads(data)


@pytest.mark.parametrize(
    "row",
    [
        cells(cell(more=times(16_384)), head=' table:number-rows-repeated="1000"'),
        cells(cell(), head=' table:number-rows-repeated="1048576"') + cells(cell(more=times(4))),
        cells("<table:table-cell/>", head=' table:number-rows-repeated="1333333"') + cells(cell()),
        cells(f"<table:table-cell{times(16_000)}/>", "<table:table-cell/>") * 300,
        cells(f"<table:covered-table-cell{times(16_000)}/>", cell()) * 300,
        cells(cell(more=times(16_384))) * 300,
    ],
)
def test_rows_and_cells_that_stand_for_too_many_are_refused(row: str) -> None:
    assert refused(document(row)).startswith(FAR)


def test_the_worksheets_of_a_file_are_counted_together() -> None:
    row = cells(cell(more=times(16_384)), head=' table:number-rows-repeated="100"')
    table = f'<table:table table:name="S">{row}</table:table>'
    assert refused(packed(ods_parts(table * 3))).startswith(FAR)


@pytest.mark.parametrize(
    "row",
    [
        cells(cell("x<text:s text:c='300000000'/>")),
        cells(cell("x" * 100_000, times(3_000))),
        cells(cell("x" * 100_000), head=' table:number-rows-repeated="3000"'),
        cells(cell(more=f' table:formula="{"x" * 100_000}"' + times(3_000))),
    ],
)
def test_text_that_stands_for_too_much_is_refused(row: str) -> None:
    assert refused(document(row)).startswith(TEXT)


@pytest.mark.parametrize("said", ["many", "-1", "99999999999", "1.5", ""])
def test_a_number_of_repetitions_that_is_none_is_refused(said: str) -> None:
    row = cells(f'<table:table-cell table:number-columns-repeated="{said}"/>')
    assert refused(document(row)) == f"table:number-columns-repeated is “{said}”, a whole number was expected"


# ---- XML


def test_a_table_that_is_never_closed_is_damaged_and_waited_for_by_nobody() -> None:
    parts = ods_parts('<table:table table:name="S"><table:table-row>')
    content = str(parts["content.xml"]).partition("</office:spreadsheet>")[0]
    assert refused(packed(parts | {"content.xml": content})) == "“content.xml” in it is damaged: no element found"


def test_a_document_type_is_refused() -> None:
    sheet = '<!DOCTYPE a [<!ENTITY b "c">]>' + xlsx_sheet(HEAD)
    reason = "it has a document type, which no spreadsheet program writes"
    assert refused(packed(xlsx_parts([]) | {SHEET: sheet})) == reason


def test_parts_in_another_encoding_are_refused_not_passed_over() -> None:
    for encoding in ("utf-16", "utf-16-be"):
        sheet = xlsx_sheet(HEAD).encode(encoding)
        assert "is not UTF-8" in refused(packed(xlsx_parts([]) | {SHEET: sheet}))
    sheet = xlsx_sheet(HEAD.replace("area", "Môn")).encode("cp1252")
    assert "is damaged: not well-formed" in refused(packed(xlsx_parts([]) | {SHEET: sheet}))
