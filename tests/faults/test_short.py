"""The short forms of the trials: the same promises, few repetitions, and no limits of time."""

import asyncio
import errno
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from feeds.directory import Directory
from tests.faults import exchanged, failing, filled, model, pieces, readonly, silent, soak, stopped
from tests.faults.running import chance
from tests.makers.sheet import area_rows, sheet


def test_a_stopped_process_loses_nothing() -> None:
    stopped.stopped(chance("short"), 300)


def test_a_feed_without_rest_with_pauses_and_exchanged_directories_loses_nothing() -> None:
    marks = soak.soaked(chance("short"), 3, 6_000, nap=lambda _: None)
    assert marks[-1].versions == 4 * 100


@pytest.mark.parametrize("way", exchanged.WAYS)
def test_an_exchanged_directory_heals_and_no_figure_goes_back(way: str) -> None:
    if way in {"mounted", "unmounted"} and not exchanged.may_mount():
        pytest.skip("nothing may be mounted here")
    if way == "closed" and os.geteuid() != 0:
        pytest.skip("nobody else can be asked to watch")
    exchanged.exchanged(way, chance("short"), 2)


def test_without_a_bell_the_state_is_the_same() -> None:
    asyncio.run(silent.silent(chance("short"), 2))


def test_no_piece_of_a_file_is_counted_and_the_whole_always_is() -> None:
    files = pieces.golden(2)
    with tempfile.TemporaryDirectory() as name:
        for path, data in files.items():
            for step in (64, 512, 0):
                pieces.delivered(Path(name), path, data, step, chance("short"))


def test_a_sheet_without_its_last_line_that_stalls_longer_than_two_seconds_counts_as_far_as_it_is(
    tmp_path: Path,
) -> None:
    data = sheet(area_rows("Anytown", {"LAB": 31, "CON": 23}))
    now = pieces.Now()
    place = Directory(tmp_path, now)
    (tmp_path / "a.csv").write_bytes(data[:-5])
    assert pieces.arrived(place.scan()) == []
    now.passes(2)
    assert pieces.arrived(place.scan()) == [data[:-5]]
    (tmp_path / "a.csv").write_bytes(data)
    assert pieces.arrived(place.scan()) == []
    now.passes(2)
    assert pieces.arrived(place.scan()) == [data]


def test_directories_filled_at_once_and_second_changes_while_polling_are_seen() -> None:
    asyncio.run(filled.filled(chance("short"), 2, 20))
    asyncio.run(filled.twice(chance("short"), 1, 5))


@pytest.mark.parametrize("error", [errno.EIO, errno.ENOENT])
def test_a_system_call_that_fails_does_no_harm(error: int) -> None:
    assert failing.every_failure((error,)) > 100


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_the_watched_directory_is_only_read() -> None:
    wrong, calls = readonly.traced(chance("short"), 10)
    assert wrong == []
    assert calls


def test_a_trace_with_a_write_or_a_lock_in_the_directory_is_found() -> None:
    root = Path("/srv/feed")
    lines = [
        '12 openat(AT_FDCWD</>, "/srv/feed/a", O_WRONLY|O_CREAT, 0666) = 3</srv/feed/a>',
        "12 write(3</srv/feed/a>, 1, 1) = 1",
        "12 flock(3</srv/feed/a>, LOCK_EX) = 0",
        '12 unlink("/srv/feed/a") = 0',
        '12 rename("/srv/feed/a", "/srv/feed/b") = 0',
    ]
    fine = [
        '12 openat(AT_FDCWD</>, "/srv/feed/a", O_RDONLY|O_CLOEXEC) = 3</srv/feed/a>',
        '12 write(1</dev/pts/1>, "watching /srv/feed", 18) = 18',
    ]
    assert readonly.offences("\n".join([*lines, *fine]), root) == (lines, 7)


def test_whatever_is_done_to_the_directory_the_figures_are_right() -> None:
    model.sequences(300, 1)
