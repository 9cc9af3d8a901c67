"""A night taken out as a folder and brought in again: nothing is lost, whatever lay in the feed."""

import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.arrival import Arrival, Event, Sight, Sighting, digest, order
from feeds.portable import export_night, import_night, whole
from feeds.recording import RecordingProblem
from feeds.report import Basis, Settings
from feeds.saved import SavedNight, open_night, shipped
from feeds.text import clean, clean_path

CLOSE = datetime(2024, 5, 2, 21, 0, tzinfo=UTC)
ODD = (
    "night.toml", "Night.toml", "arrivals.csv", "SOURCES.md", "versions", "versions/a.csv", "a", "A", "a/b", "a/b/c",
    "a.csv", " a.csv ", "a ", "a.", "a:b", "a\\b", "café.csv", "cafe\u0301.csv", "x" * 200, "a\x1b[31m", "⟨1b⟩",
    "\udcff.csv", "=1+1", '"a,b"', "-", "..", "../a", "/a", "con\nnext",
)  # fmt: skip
TOML = (b'title = "One"\n', b'zone = "Mars/Base"\n', b"title = ", b'title = "Two"\nzone = "America/New_York"\n')
BASES: tuple[Basis, ...] = ("declared", "arrived", "file", "expected", "reported", "unknown")
SIGHTS: tuple[Sight, ...] = ("waiting", "ignored", "unreadable", "removed")


def arrival(path: str, data: bytes, at: datetime, basis: Basis = "arrived") -> Arrival:
    return Arrival(path=path, data=data, digest=digest(data), at=at, basis=basis)


def moments() -> st.SearchStrategy[datetime]:
    near = st.integers(0, 5).map(lambda hours: CLOSE + timedelta(hours=hours))
    far = st.datetimes(datetime(1900, 1, 1), datetime(9999, 12, 30)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
    return st.one_of(near, near, far)


def paths() -> st.SearchStrategy[str]:
    few = st.sampled_from(("a.csv", "A.csv", "a", "a/b.csv", "night.toml"))
    return st.one_of(few, few, st.sampled_from(ODD), st.text(min_size=1, max_size=12)).map(clean_path)


def events() -> st.SearchStrategy[list[Event]]:
    data = st.one_of(st.sampled_from(TOML), st.binary(max_size=1))
    came = st.builds(arrival, paths(), data, moments(), st.sampled_from(BASES))
    seen = st.builds(
        Sighting, path=paths(), at=moments(), state=st.sampled_from(SIGHTS), reason=st.text(max_size=9).map(clean)
    )
    drawn: st.SearchStrategy[list[Event]] = st.lists(
        st.one_of(came, came, seen), min_size=1, max_size=14, unique_by=order
    )
    return drawn


def night(events: list[Event], told: Settings | None = None, sources: bytes | None = None) -> SavedNight:
    ordered = tuple(sorted(events, key=order))
    return SavedNight(
        name="made",
        title="Made",
        poll_date=date(2024, 5, 2),
        settings=told or Settings(poll_date=date(2024, 5, 2)),
        events=ordered,
        begin=CLOSE,
        end=ordered[-1].at,
        sources=sources,
    )


@contextmanager
def place() -> Iterator[Path]:
    with TemporaryDirectory() as name:
        yield Path(name)


@settings(max_examples=150, deadline=None)
@given(events(), st.one_of(st.none(), st.binary(max_size=20)))
def test_out_in_out_and_in_again_every_file_time_and_basis_is_the_same(
    made: list[Event], sources: bytes | None
) -> None:
    first = night(made, sources=sources)
    with place() as root:
        export_night(first, root / "out")
        once = open_night(str(root / "out"))
        assert once.events == first.events
        import_night(once, root / "in.night", CLOSE)
        twice = open_night(str(root / "in.night"))
        assert (twice.events, twice.sources) == (first.events, once.sources)
        export_night(twice, root / "again")
        thrice = open_night(str(root / "again"))
        assert (thrice.events, thrice.sources) == (first.events, once.sources)
        assert sources in {None, once.sources}


@pytest.mark.parametrize("name", shipped())
def test_a_night_that_ships_comes_back_with_its_sources_and_settings(name: str, tmp_path: Path) -> None:
    first = open_night(name)
    export_night(first, tmp_path / "out")
    once = open_night(str(tmp_path / "out"))
    import_night(once, tmp_path / "in.night", CLOSE)
    twice = open_night(str(tmp_path / "in.night"))
    for other in (once, twice):
        assert (other.events, other.settings, other.sources) == (first.events, first.settings, first.sources)
        assert (other.title, other.poll_date, other.begin, other.end) == (
            (first.title, first.poll_date, first.begin, first.end)
        )


def test_overwritten_versions_are_kept_and_the_last_has_the_files_own_name(tmp_path: Path) -> None:
    came: list[Event] = [
        arrival("r/adur.csv", b"one", CLOSE),
        arrival("r/adur.csv", b"two", CLOSE + timedelta(minutes=1)),
        arrival("r/adur.csv", b"one", CLOSE + timedelta(minutes=2)),
        Sighting(path="r/adur.csv", at=CLOSE + timedelta(minutes=3), state="removed", reason="removed"),
    ]
    export_night(night(came), tmp_path / "out")
    assert (tmp_path / "out/r/adur.csv").read_bytes() == b"one"
    assert (tmp_path / "out/versions/000002-adur.csv").read_bytes() == b"two"
    assert (tmp_path / "out/arrivals.csv").read_text().splitlines() == [
        "position,file,at,basis,stored,state,reason",
        "1,r/adur.csv,2024-05-02T22:00:00+01:00,arrived,r/adur.csv,,",
        "2,r/adur.csv,2024-05-02T22:01:00+01:00,arrived,versions/000002-adur.csv,,",
        "3,r/adur.csv,2024-05-02T22:02:00+01:00,arrived,r/adur.csv,,",
        "4,r/adur.csv,2024-05-02T22:03:00+01:00,,,removed,removed",
    ]


def test_settings_are_made_where_the_feed_had_none_and_are_no_arrival(tmp_path: Path) -> None:
    told = Settings(title='A "night"\\', poll_date=date(2024, 5, 2), zone="Asia/Tokyo", watch=("Ynys Môn",), line=4)
    export_night(night([arrival("a.csv", b"x", CLOSE)], told), tmp_path / "out")
    found = open_night(str(tmp_path / "out"))
    assert found.settings == told
    assert [event.path for event in found.events] == ["a.csv"]


def test_nothing_is_written_outside_the_folder(tmp_path: Path) -> None:
    export_night(
        night([arrival(path, path.encode(), CLOSE) for path in ("../up", "/abs", "a/../../up")]), tmp_path / "out"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert sorted(path.name for path in (tmp_path / "out/versions").iterdir()) == [
        "000001-up",
        "000002-abs",
        "000003-up",
    ]


def test_a_folder_that_is_packed_comes_in_as_the_folder_does(tmp_path: Path) -> None:
    made = night([arrival("a.csv", b"x", CLOSE), arrival("a.csv", b"y", CLOSE + timedelta(hours=1))])
    export_night(made, tmp_path / "out")
    shutil.make_archive(str(tmp_path / "out"), "zip", tmp_path, "out")
    assert zipfile.is_zipfile(tmp_path / "out.zip")
    assert open_night(str(tmp_path / "out.zip")).events == made.events


def test_a_plain_directory_is_taken_with_each_file_once_and_whole(tmp_path: Path) -> None:
    (tmp_path / "feed").mkdir()
    (tmp_path / "feed/two.csv").write_text(
        "area,party,elected,declared_at\nAdur,LAB,1,2024-05-03T01:00\nBath,LAB,1,2024-05-03T02:00\n# rows=2\n"
    )
    found = open_night(str(tmp_path / "feed"), lambda: CLOSE + timedelta(days=1))
    assert len(found.events) > 1
    with pytest.raises(ValueError, match="plain directory"):
        export_night(found, tmp_path / "out")
    export_night(whole(found), tmp_path / "out")
    (only,) = open_night(str(tmp_path / "out")).events
    assert isinstance(only, Arrival)
    assert (only.path, only.until, only.later) == ("two.csv", None, ())


def test_neither_way_writes_over_anything(tmp_path: Path) -> None:
    made = night([arrival("a.csv", b"x", CLOSE)])
    (tmp_path / "full").mkdir()
    (tmp_path / "full/mine").write_bytes(b"mine")
    with pytest.raises(ValueError, match="not an empty directory"):
        export_night(made, tmp_path / "full")
    (tmp_path / "in.night").write_bytes(b"mine")
    with pytest.raises(RecordingProblem, match="is there already"):
        import_night(made, tmp_path / "in.night", CLOSE)
    assert (tmp_path / "in.night").read_bytes() == b"mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["full", "in.night"]


def test_a_recording_holds_what_came_not_what_a_replay_makes_of_it(tmp_path: Path) -> None:
    partly = msgspec.structs.replace(arrival("a.csv", b"x", CLOSE), until=CLOSE)
    with pytest.raises(ValueError, match="what a directory brings"):
        import_night(night([partly]), tmp_path / "in.night", CLOSE)
    assert list(tmp_path.iterdir()) == []
