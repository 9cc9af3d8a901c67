"""What a file is, is told by its content; what lies beside feed files is told by its name."""

import pytest

from feeds import formats
from feeds.formats import read
from feeds.report import Problem


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
