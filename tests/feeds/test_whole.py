import pytest

from feeds.whole import CHUNK, waiting_reason, whole

XML = b"""<?xml version="1.0" encoding="UTF-8"?>
<Result revision="1"><Council name="Barking &amp; Dagenham"><Party name="Lab" seats="51"/></Council></Result>
"""
JSON = b'{"results": [{"area": {"name": "Ynys M\xc3\xb4n"}, "elected": {"PC": 20}}]}\n'
SHEET = b'area,party,elected\n"Hull, Kingston upon",LD,29\n"Hull, Kingston upon",LAB,27\n# rows=2\n'
SETTINGS = b'title = "A night"\npoll_date = 2024-05-02\n# end\n'


@pytest.mark.parametrize(
    ("path", "data"), [("a.xml", XML), ("a.json", JSON), ("a.csv", SHEET), ("night.toml", SETTINGS)]
)
def test_a_complete_document_is_whole_and_none_of_its_prefixes_is(path: str, data: bytes) -> None:
    assert whole(path, data)
    shortest = len(data.rstrip())
    torn = [length for length in range(shortest) if whole(path, data[:length])]
    assert torn == []


def test_a_sheet_without_a_trailer_is_not_certain() -> None:
    assert not whole("a.csv", b"area,party,elected\nAdur,CON,17\n")


@pytest.mark.parametrize("rows", [b"0", b"1", b"3", b"22"])
def test_a_trailer_that_counts_other_rows_is_no_proof(rows: bytes) -> None:
    assert not whole("a.csv", SHEET.replace(b"rows=2", b"rows=" + rows))


def test_a_trailer_in_the_middle_is_no_proof() -> None:
    assert not whole("a.csv", SHEET + b"Adur,CON,17\n")


@pytest.mark.parametrize(
    "data",
    [
        SHEET.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + SHEET,
        SHEET.rstrip(),
        SHEET + b"\n\n",
        SHEET.replace(b"# rows=2", b"#rows = 2"),
        SHEET.replace(b"# rows=2", b"# rows=2,,"),
        b"area;party;elected\nAdur;CON;17\n;;\nAdur;LAB;3\n# rows=2;;\n",
        b"area\tparty\telected\nAdur\tCON\t17\n# rows=1\t\t\n",
        b'text,speaker\n"two\nlines",Somebody\n# rows=1\n',
        b"area,party,elected\nPlymouth caf\xe9,CON,1\n# rows=1\n",
        b"area,party,elected\n# rows=0\n",
    ],
    ids=[
        "crlf",
        "bom",
        "no last newline",
        "blank end",
        "spaces",
        "padded",
        "semicolons",
        "tabs",
        "two lines",
        "cp1252",
        "no rows",
    ],
)
def test_a_trailer_is_known_in_every_way_that_programs_save_it(data: bytes) -> None:
    assert whole("a.csv", data)


def test_a_trailer_inside_a_quoted_cell_is_no_trailer() -> None:
    assert not whole("a.csv", b'text,speaker\n"one,\n# rows=1')


@pytest.mark.parametrize("junk", [b"x", b"\0\0", b"<b/>"])
def test_xml_with_something_after_its_root_is_not_whole(junk: bytes) -> None:
    assert not whole("a.xml", XML + junk)


@pytest.mark.parametrize("data", [b'<!DOCTYPE a SYSTEM "x"><a/>', b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_xml_with_a_doctype_is_never_called_whole(data: bytes) -> None:
    assert not whole("a.xml", data)


@pytest.mark.parametrize("encoding", ["klingon", "shift_jis"])
def test_xml_in_an_encoding_that_cannot_be_read_is_not_whole(encoding: str) -> None:
    assert not whole("a.xml", f'<?xml version="1.0" encoding="{encoding}"?><a/>'.encode())


def test_xml_in_utf_16_and_windows_1252_can_be_whole() -> None:
    assert whole("a.xml", '<?xml version="1.0" encoding="UTF-16"?><a b="Ynys Môn"/>'.encode("utf-16"))
    assert whole("a.xml", '<?xml version="1.0" encoding="windows-1252"?><a b="Ynys Môn"/>'.encode("cp1252"))


def test_xml_larger_than_a_chunk_is_whole() -> None:
    assert whole("a.xml", b"<a>" + b'<b c="d"/>' * CHUNK + b"</a>")


def test_content_decides_not_the_name() -> None:
    assert whole("a.csv", XML)
    assert whole("result", JSON)
    assert not whole("a.xml", b"area,party\n")


def test_json_with_more_behind_it_or_nested_without_end_is_not_whole() -> None:
    assert not whole("a.json", JSON + JSON)
    assert not whole("a.json", b"[" * 100_000)


def test_settings_without_their_last_line_are_not_certain() -> None:
    assert not whole("night.toml", b'title = "A night"\n')
    assert not whole("night.toml", b'title = "A night\n# end\n')
    assert not whole("night.toml", b'title = "\xff"\n# end\n')


def test_a_page_that_is_no_data_is_whole_as_it_is() -> None:
    assert whole("docs/README.md", b"half a sent")


def test_an_empty_file_is_not_whole() -> None:
    assert not whole("a.xml", b"")
    assert not whole("a.csv", b"")


def test_why_a_file_waits_is_said_by_what_it_is() -> None:
    assert "still being written" in waiting_reason("a.xml", XML[:40])
    assert "still being written" in waiting_reason("a.json", JSON[:10])
    assert "empty" in waiting_reason("a.csv", b"")
    assert "a sheet counts once it has been quiet for 2 s" in waiting_reason("a.csv", b"area,party\n")
    assert "2 s" in waiting_reason("night.toml", b"title")
