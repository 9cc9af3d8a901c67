import io
import struct
import tracemalloc
import warnings
import zipfile

import pytest

from feeds.cells import CellError
from feeds.zipped import MAX_PARTS, MAX_UNPACKED, complete, unpacked
from tests.makers.spreadsheet import packed

PARTS = {"a.xml": "<a/>" * 100, "b.rels": "<b/>", "c.png": "c"}
DIRECTORY = b"PK\x01\x02"
DAMAGED = "the file is damaged, or not whole"


def refused(data: bytes) -> str:
    with pytest.raises(CellError) as found:
        unpacked(data, (".xml", ".rels"))
    return found.value.reason


def patched(data: bytes, offset: int, form: str, value: int) -> bytes:
    """Return an archive with a field of its first directory entry (and of that part's own header) changed."""
    changed = bytearray(data)
    struct.pack_into(form, changed, data.index(DIRECTORY) + offset, value)
    struct.pack_into(form, changed, offset - 2, value)
    return bytes(changed)


def test_the_parts_with_the_endings_are_returned_by_name() -> None:
    assert unpacked(packed(PARTS), (".xml", ".rels")) == {"a.xml": b"<a/>" * 100, "b.rels": b"<b/>"}
    assert unpacked(packed(PARTS, stored=True), (".png",)) == {"c.png": b"c"}


def test_an_archive_is_complete_when_its_directory_is_there() -> None:
    data = packed(PARTS)
    assert complete(data)
    assert [n for n in range(len(data)) if complete(data[:n])] == []
    assert not complete(data + b"\n")


def test_an_archive_within_a_torn_one_does_not_make_it_complete() -> None:
    inner = packed(PARTS)
    outer = packed({"inner.zip": inner, "b.xml": "<b/>"}, stored=True)
    end = outer.index(inner) + len(inner)
    assert complete(outer)
    assert not complete(outer[:end])


@pytest.mark.parametrize("place", [10, 16, 24, 42])
def test_a_damaged_directory_is_not_complete_and_not_read(place: int) -> None:
    data = bytearray(packed(PARTS))
    data[data.index(DIRECTORY) + place] ^= 0xFF
    assert refused(bytes(data))
    data[data.index(DIRECTORY) : data.index(DIRECTORY) + 4] = b"nope"
    assert not complete(bytes(data))


def test_content_that_does_not_fit_its_checksum_is_refused() -> None:
    data = bytearray(packed(PARTS, stored=True))
    data[data.index(b"<a/>")] ^= 1
    assert refused(bytes(data)).startswith(DAMAGED)


def test_what_is_larger_than_is_read_is_refused_by_its_directory() -> None:
    data = patched(packed(PARTS), 24, "<I", MAX_UNPACKED)
    assert refused(data) == "unpacked, the file is 12,582,917 bytes long, more than the 12,582,912 that are read"


def test_a_directory_that_says_too_little_is_not_believed_and_costs_no_memory() -> None:
    data = patched(packed({"a.xml": b"\0" * 50_000_000}), 24, "<I", 1_000)
    tracemalloc.start()
    try:
        assert refused(data).startswith(DAMAGED)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_too_many_parts_are_refused() -> None:
    assert (
        refused(packed({f"{i}.png": "" for i in range(MAX_PARTS + 1)})) == "the file has 1,001 parts, more than 1,000"
    )


def test_a_part_that_is_there_twice_is_refused() -> None:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("a.xml", "<a/>")
        archive.writestr("a.xml", "<b/>")
    assert refused(out.getvalue()).startswith(DAMAGED)


def test_a_password_and_a_strange_way_of_packing_are_named() -> None:
    assert refused(patched(packed(PARTS), 8, "<H", 1)) == "protected by a password: save it without one"
    assert refused(patched(packed(PARTS), 10, "<H", 14)) == "“a.xml” in it is packed in a way that is not read"


def test_an_archive_without_parts_is_not_complete() -> None:
    assert not complete(packed({}))
