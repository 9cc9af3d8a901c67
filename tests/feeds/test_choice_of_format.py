"""What a file is, is told by its content; what lies beside feed files is told by its name."""

import pytest

from feeds import formats
from feeds.formats import native, read, sheet_map, sheet_reports
from feeds.report import Problem
from tests.feeds.directories import XML


@pytest.mark.parametrize(
    ("name", "reason"),
    [("arrivals.csv", "the saved night's order of arrivals"), ("README.md", "a description, not a feed file")],
)
def test_a_page_beside_the_feed_is_never_data(name: str, reason: str) -> None:
    assert read(f"night/{name}", b"area,party,elected\nAdur,LAB,3\n").ignored == reason


def test_a_file_larger_than_is_read_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "MAX_BYTES", 10)
    problem = read("a.csv", b"area,party\n").problem
    assert problem == Problem(reason="the file is longer than the 10 bytes that are read")


@pytest.mark.parametrize("data", [b"", b" \r\n", b"\xef\xbb\xbf", b"\0\0"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert read("a.csv", data).problem == Problem(reason="the file is empty")


def test_what_is_no_format_is_refused_with_the_formats_that_are() -> None:
    problem = read("picture.png", b"\x89PNG\r\n").problem
    assert problem is not None
    assert problem.reason.startswith("not one of the formats that are read: XML, JSON, or a sheet")


MANY_OBJECTS = b"[" + b"{}," * 100_001 + b"{}]"
MANY_LINES = b"area,party,elected\n" + b"\n" * 400_001


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.json", MANY_OBJECTS, "there are more than the 100,000 objects and lists that are read: send it in parts"),
        ("a.csv", MANY_LINES, "there are more than the 200,000 lines that are read"),
    ],
)
def test_a_document_of_more_pieces_than_are_read_is_refused_before_it_is_parsed(
    name: str, data: bytes, reason: str
) -> None:
    assert read(name, data).problem == Problem(reason=reason)


def test_more_records_than_are_read_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "MAX_RECORDS", 1)
    note = '{"area": "Adur", "kind": "history", "text": "once"}'
    problem = read("a.json", f'{{"notes": [{note}, {note}]}}'.encode()).problem
    assert problem == Problem(reason="there are more than 1 records: send it in parts")


def test_more_places_or_tiles_than_a_sheet_can_have_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_reports, "MAX_PLACES", 1)
    rows = b"area,party,elected\nAdur,LAB,3\nBury,LAB,2\nColne,LAB,1\n"
    found = read("a.csv", rows).problem
    assert found is not None
    assert found.reason == "there are more than 1 areas and wards: send them in parts"
    monkeypatch.setattr(sheet_map, "_MOST", 1)
    tiles = read("map.csv", b"name,x,y\nAdur,1,1\nBury,1,2\n").problem
    assert tiles == Problem(reason="a map of more than 1 tiles", line=1)


def test_a_reader_that_raises_quarantines_its_file_with_the_error_in_inert_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(path: str, data: bytes) -> None:
        raise ZeroDivisionError("of \x1b[2J")

    monkeypatch.setattr(native, "read", broken)
    assert read("a.json", b"{}").problem == Problem(reason="the reader failed: ZeroDivisionError: of ␛[2J")


def test_an_interruption_is_no_failure_of_a_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(path: str, data: bytes) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(native, "read", interrupted)
    with pytest.raises(KeyboardInterrupt):
        read("a.json", b"{}")


def test_what_was_read_first_is_had_at_once_by_the_next_who_asks_and_by_nobody_after() -> None:
    data = XML
    first = formats.read_first("barnet.xml", data)
    assert formats.read("barnet.xml", bytes(bytearray(data))) is first
    again = formats.read("barnet.xml", data)
    assert again is not first
    assert again == first


def test_what_was_read_first_is_not_had_by_another_name_or_of_other_bytes() -> None:
    first = formats.read_first("barnet.xml", XML)
    assert formats.read("barnet-test.xml", XML) is not first
    assert formats.read("barnet.xml", XML + b"\n") is not first


def test_no_more_is_kept_than_is_asked_for_soon() -> None:
    kept = [(f"{number}.txt", b"x") for number in range(2 * formats.KEPT)]
    for path, data in kept:
        formats.read_first(path, data)
    assert len(formats._kept) == formats.KEPT
    large = b" " * formats.KEPT_BYTES + b"x"
    formats.read_first("large.txt", large)
    assert ("large.txt", large) not in formats._kept
    formats._kept.clear()
