"""Which recording a watcher goes on with, and where recordings lie."""

import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from feeds.arrival import Arrival, Event
from feeds.recorded import summary
from feeds.recording import RecordingProblem
from feeds.recording_place import Begun, Beside, begin, beside, recording_of, recordings, recordings_dir
from feeds.scan import one_shot

NOW = datetime(2026, 5, 7, 22, 0, tzinfo=UTC)
TONIGHT, LAST_YEAR = date(2026, 5, 7), date(2025, 5, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recordings"


def put(root: Path, name: str, day: date | None) -> None:
    column, value = (",poll_date", f",{day}") if day else ("", "")
    (root / name).write_text(f"area,party,elected{column}\nAdur,CON,17{value}\n# rows=1\n", encoding="utf-8")


def watch(root: Path, folder: Path, now: datetime) -> Begun:
    """Return what a watcher begins with, after it has recorded what lies there and gone."""
    begun = begin(root, folder, now)
    take(begun, one_shot(root, now))
    begun.recording.close()
    return begun


def take(begun: Begun, events: list[Event]) -> None:
    begun.recording.add(events)
    begun.dating.add(events)
    begun.recording.settle(begun.dating.poll_date, begun.dating.title)


def names(begun: Begun) -> list[str]:
    return [event.path for event in begun.events]


def test_starting_again_goes_on_with_the_recording(root: Path, folder: Path) -> None:
    put(root, "a.csv", TONIGHT)
    first = watch(root, folder, NOW)
    again = watch(root, folder, NOW + timedelta(hours=3))
    assert again.recording.path == first.recording.path
    assert (names(first), names(again)) == ([], ["a.csv"])
    assert summary(again.recording.path).poll_date == TONIGHT


def test_who_stands_beside_a_watcher_knows_what_came_and_when_and_writes_nothing(root: Path, folder: Path) -> None:
    put(root, "a.csv", TONIGHT)
    begun = begin(root, folder, NOW)
    take(begun, one_shot(root, NOW))
    there = {each: each.read_bytes() for each in folder.iterdir() if not each.name.endswith("-shm")}
    told = beside(root, folder, NOW + timedelta(hours=3))
    assert [(event.path, event.at) for event in told.events] == [(e.path, e.at) for e in one_shot(root, NOW)]
    assert {each: each.read_bytes() for each in folder.iterdir() if not each.name.endswith("-shm")} == there
    begun.recording.close()


def test_beside_nobody_there_is_nothing_to_know(root: Path, folder: Path) -> None:
    put(root, "a.csv", TONIGHT)
    assert beside(root, folder, NOW) == Beside()
    assert beside(root, Path("recordings"), NOW) == Beside()
    assert not folder.exists()


def test_last_years_recording_never_comes_back(root: Path, folder: Path) -> None:
    put(root, "old.csv", LAST_YEAR)
    old = watch(root, folder, NOW - timedelta(days=371))
    (root / "old.csv").unlink()
    put(root, "new.csv", TONIGHT)
    new = watch(root, folder, NOW)
    assert new.recording.path != old.recording.path
    assert names(new) == []
    (root / "new.csv").unlink()
    assert watch(root, folder, NOW + timedelta(hours=1)).recording.path == new.recording.path


def test_an_empty_directory_goes_on_with_tonights_recording_but_not_with_last_years(root: Path, folder: Path) -> None:
    put(root, "a.csv", TONIGHT)
    first = watch(root, folder, NOW)
    (root / "a.csv").unlink()
    assert begin(root, folder, NOW + timedelta(days=3)).recording.path != first.recording.path
    again = begin(root, folder, NOW + timedelta(hours=20))
    assert again.recording.path == first.recording.path
    again.recording.close()


def test_a_feed_without_dates_goes_on_within_two_days(root: Path, folder: Path) -> None:
    put(root, "a.csv", None)
    first = watch(root, folder, NOW)
    assert watch(root, folder, NOW + timedelta(hours=40)).recording.path == first.recording.path
    assert watch(root, folder, NOW + timedelta(days=9)).recording.path != first.recording.path


def test_a_recording_begun_before_the_first_result_is_of_the_night_that_the_result_names(
    root: Path, folder: Path
) -> None:
    first = begin(root, folder, NOW)
    put(root, "a.csv", TONIGHT)
    take(first, one_shot(root, NOW))
    first.recording.close()
    assert begin(root, folder, NOW + timedelta(days=30)).recording.path == first.recording.path


def test_the_settings_decide_which_night_it_is(root: Path, folder: Path) -> None:
    put(root, "a.csv", LAST_YEAR)
    (root / "night.toml").write_text('title = "Tonight"\npoll_date = 2026-05-07\n# end\n', encoding="utf-8")
    begun = watch(root, folder, NOW + timedelta(hours=1))
    found = summary(begun.recording.path)
    assert (found.poll_date, found.title) == (TONIGHT, "Tonight")


def test_a_second_watcher_of_the_same_directory_records_into_a_file_of_its_own(root: Path, folder: Path) -> None:
    put(root, "a.csv", TONIGHT)
    first = begin(root, folder, NOW)
    take(first, one_shot(root, NOW))
    second = begin(root, folder, NOW + timedelta(minutes=5))
    assert second.recording.path != first.recording.path
    assert f"another watcher of this directory records into {first.recording.path.name}" in second.notes
    first.recording.close()
    second.recording.close()
    assert begin(root, folder, NOW + timedelta(minutes=9)).recording.path == first.recording.path


def test_another_directory_of_the_same_name_has_another_recording(root: Path, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "b" / "feed"
    other.mkdir(parents=True)
    put(root, "a.csv", TONIGHT)
    put(other, "a.csv", TONIGHT)
    assert watch(root, folder, NOW).recording.path != watch(other, folder, NOW).recording.path


def test_a_link_to_a_directory_is_that_directory(root: Path, folder: Path, tmp_path: Path) -> None:
    put(root, "a.csv", TONIGHT)
    (tmp_path / "link").symlink_to(root)
    assert watch(root, folder, NOW).recording.path == watch(tmp_path / "link", folder, NOW).recording.path


def test_a_damaged_recording_is_left_as_it_is_and_another_begun(root: Path, folder: Path) -> None:
    for number in range(60):
        rows = "".join(f"Town {number} {row},CON,17,{TONIGHT}\n" for row in range(40 * number))
        text = f"area,party,elected,poll_date\n{rows}# rows={40 * number}\n"
        (root / f"{number}.csv").write_text(text, encoding="utf-8")
    path = watch(root, folder, NOW).recording.path
    path.write_bytes(path.read_bytes()[:500_000])
    cut = path.read_bytes()
    again = watch(root, folder, NOW + timedelta(hours=1))
    assert again.recording.path != path
    assert "a recording is left as it is" in again.notes[0]
    assert path.read_bytes() == cut
    assert watch(root, folder, NOW + timedelta(hours=2)).recording.path == again.recording.path


def test_nothing_is_recorded_into_the_watched_directory(root: Path) -> None:
    with pytest.raises(RecordingProblem, match="in the watched directory"):
        begin(root, root / "state" / "recordings", NOW)
    assert list(root.iterdir()) == []


def test_without_a_home_directory_nothing_is_recorded_anywhere(root: Path) -> None:
    with pytest.raises(RecordingProblem, match="no home directory"):
        begin(root, Path("~/.local/state/election-night/recordings"), NOW)


def test_recordings_lie_in_the_users_state_directory_which_only_they_can_read(root: Path, state_home: Path) -> None:
    begin(root, recordings_dir(), NOW).recording.close()
    assert recordings_dir() == state_home / "election-night" / "recordings"
    assert stat.S_IMODE(recordings_dir().stat().st_mode) == 0o700


def test_a_state_directory_that_cannot_be_made_is_said(root: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(RecordingProblem, match="not a directory"):
        begin(root, tmp_path / "file" / "recordings", NOW)


def test_all_readable_recordings_are_listed_and_the_one_of_a_directory_is_found(root: Path, folder: Path) -> None:
    put(root, "a.csv", TONIGHT)
    assert (recording_of(root, folder, NOW), recordings(folder)) == (None, [])
    path = watch(root, folder, NOW).recording.path
    (folder / "junk.night").write_bytes(b"junk")
    assert [found.path for found in recordings(folder)] == [path]
    assert recordings(folder)[0].files == 1
    assert recording_of(root, folder, NOW) == path


def test_a_recorded_arrival_is_the_very_event_that_was_seen(root: Path, folder: Path) -> None:
    put(root, "a.csv", TONIGHT)
    watch(root, folder, NOW)
    again = begin(root, folder, NOW)
    (event,) = again.events
    assert isinstance(event, Arrival)
    assert event == one_shot(root, NOW)[0]
    again.recording.close()
