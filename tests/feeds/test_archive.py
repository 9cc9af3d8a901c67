"""Saved nights in a zip file: read where they are, and refused where no packing of a folder made them."""

import io
import stat
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from feeds import archive
from feeds.arrival import Arrival
from feeds.saved import NightProblem, SavedNight, open_night
from tests.faults.malformed_files import overlapping
from tests.feeds.test_saved import NIGHT, folder

Parts = Mapping[str, str] | Mapping[zipfile.ZipInfo, str]


def packed(place: Path, parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(place, "w", method) as out:
        for name, text in parts.items():
            out.writestr(name, text)
    return place


def content(night: SavedNight) -> list[tuple[str, bytes]]:
    return [(event.path, event.data) for event in night.events if isinstance(event, Arrival)]


def refusal(place: Path) -> str:
    with pytest.raises(NightProblem) as caught:
        open_night(str(place))
    return str(caught.value)


def refused(tmp_path: Path, more: Parts) -> str:
    place = packed(tmp_path / "night.zip", NIGHT)
    with zipfile.ZipFile(place, "a", zipfile.ZIP_DEFLATED) as out:
        for name, text in more.items():
            out.writestr(name, text)
    return refusal(place)


@pytest.mark.parametrize("above", ["", "2024 night/"])
def test_a_packed_folder_is_the_same_night_as_the_folder(tmp_path: Path, above: str) -> None:
    place = packed(tmp_path / "small.zip", {above + name: text for name, text in NIGHT.items()})
    one, other = open_night(str(place)), open_night(str(folder(tmp_path / "small")))
    assert content(one) == content(other)
    assert (one.name, one.title, one.begin, one.end) == (other.name, other.title, other.begin, other.end)


def test_nothing_is_written_beside_it(tmp_path: Path) -> None:
    place = packed(tmp_path / "small.zip", NIGHT)
    before = place.stat()
    open_night(str(place))
    assert list(tmp_path.iterdir()) == [place]
    assert place.stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize(
    "name", ["../x.csv", "a/../../x.csv", "/etc/x.csv", "C:/x.csv", "a\\..\\x.csv", "./x.csv", "a//x.csv"]
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    assert "leads elsewhere" in refused(tmp_path, {name: "x"})


def test_a_link_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "“link.csv” in it is a link or a device" in refused(tmp_path, {link: "/etc/passwd"})


def test_a_name_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "night.zip"
    place.write_bytes(overlapping(["arrivals.csv", "arrivals.csv"], b"x"))
    assert "“arrivals.csv” is in it twice" in refusal(place)


def test_entries_that_share_bytes_are_refused(tmp_path: Path) -> None:
    place = tmp_path / "night.zip"
    place.write_bytes(overlapping(["arrivals.csv", "night.toml"], b"x"))
    assert "entries in it overlap" in refusal(place)


def test_what_grows_too_much_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    assert "grows more than 100 times" in refused(tmp_path, {"zeros.csv": "0" * 5_000_000})


def test_more_files_bytes_or_a_longer_file_than_a_night_has_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_FILE", 1_000)
    assert "“long.csv” in it is longer than the 1,000 bytes" in refused(tmp_path, {"long.csv": "x" * 1_001})
    monkeypatch.setattr(archive, "MAX_ALL", 100)
    assert "unpacked, it is larger than the 100 bytes" in refused(tmp_path, {})
    monkeypatch.setattr(archive, "MAX_FILES", 3)
    assert "more than 3 files" in refused(tmp_path, {})
    monkeypatch.setattr(archive, "MAX_PACKED", 50)
    assert "larger than the 50 bytes" in refused(tmp_path, {})


def test_a_directory_that_would_fill_the_memory_is_not_read(tmp_path: Path) -> None:
    place = packed(tmp_path / "night.zip", NIGHT)
    data = bytearray(place.read_bytes())
    struct.pack_into("<I", data, len(data) - 10, 500_000_000)
    place.write_bytes(data)
    assert "more than 30,000 files" in refusal(place)


def test_a_password_a_strange_packing_and_damage_are_named(tmp_path: Path) -> None:
    assert "packed in a way that is not read" in refusal(packed(tmp_path / "a.zip", NIGHT, zipfile.ZIP_LZMA))
    data = packed(tmp_path / "b.zip", NIGHT, zipfile.ZIP_STORED).read_bytes()
    (tmp_path / "c.zip").write_bytes(data.replace(b"Adur,LAB,17", b"Adur,LAB,71"))
    assert "“results/adur.csv” in it is damaged" in refusal(tmp_path / "c.zip")
    (tmp_path / "d.zip").write_bytes(data[:-30])
    assert "damaged, or not whole" in refusal(tmp_path / "d.zip")
    locked = bytearray(data)
    locked[data.index(b"PK\1\2") + 8] |= 1
    (tmp_path / "e.zip").write_bytes(locked)
    assert "protected by a password" in refusal(tmp_path / "e.zip")


def test_an_archive_without_an_order_of_arrivals_is_no_night(tmp_path: Path) -> None:
    assert "needs an arrivals.csv" in refusal(packed(tmp_path / "a.zip", {"x.csv": "x"}))
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    (tmp_path / "b.zip").write_bytes(empty.getvalue())
    assert "needs an arrivals.csv" in refusal(tmp_path / "b.zip")
