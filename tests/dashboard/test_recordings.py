"""Recordings as they are used: real processes that watch, are started again, and read what was recorded."""

import json
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.dashboard.test_cli import COMMAND, ROWS, SHEET, run
from tests.dashboard.test_real_terminal import program, put, quit_fine, sheet
from tests.terminal import Terminal

BARNET = ROWS.replace("Wandsworth", "Barnet")


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """Return a directory with one good sheet of Wandsworth in 2022."""
    place = tmp_path / "feed"
    place.mkdir()
    put(place, "wandsworth.csv", f"{SHEET}{ROWS}# rows=3\n")
    return place


class Watch:
    """A watch in plain lines; `narration` is what it said on standard error, once it has ended."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.narration = ""

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()


@contextmanager
def watching(feed: Path, *options: str) -> Iterator[Watch]:
    """Run a watch, and end it as a closed terminal does."""
    with subprocess.Popen(
        [*COMMAND, "watch", *options, str(feed)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
    ) as process:
        watch = Watch(process)
        yield watch
        process.send_signal(signal.SIGHUP)
        _, watch.narration = process.communicate(timeout=20)


def recordings(state_home: Path) -> list[Path]:
    return sorted((state_home / "election-night" / "recordings").glob("*"))


def figures(*arguments: str | Path) -> Any:
    done = run("tally", *arguments, "--format", "json", "--areas")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_watch_leaves_one_file_that_is_a_night(feed: Path, state_home: Path) -> None:
    with watching(feed) as watch:
        assert "Wandsworth: Labour gain" in watch.line()
    (recording,) = recordings(state_home)
    assert f"recording into {recording}" in watch.narration
    told = figures(recording)
    assert [a["area"] for a in told["elections"][0]["area_results"]] == ["Wandsworth"]
    assert "Wandsworth: Labour gain" in run("replay", recording, "--speed", "max").stdout
    assert run("audit", recording, "Wandsworth").returncode == 0
    assert run("compare", recording, feed, "--strict").returncode == 0
    assert str(recording) in run("nights").stdout


def test_started_again_it_goes_on_and_what_was_overwritten_and_removed_stays(feed: Path, state_home: Path) -> None:
    with watching(feed) as watch:
        watch.line()
        put(feed, "barnet.csv", f"{SHEET}{BARNET}# rows=3\n")
        assert "Barnet" in watch.line()
    (feed / "barnet.csv").unlink()
    put(feed, "wandsworth.csv", f"{SHEET}{ROWS.replace('35', '34').replace(',22,58', ',23,58')}# rows=3\n")
    with watching(feed) as watch:
        lines = [watch.line() for _ in range(3)]
    assert "Barnet: Labour gain" in "".join(lines)
    (recording,) = recordings(state_home)
    assert f"going on with {recording}, which holds 2 events" in watch.narration
    told = figures(recording)
    areas = {a["area"]: a["elected"] for a in told["elections"][0]["area_results"]}
    assert areas == {"Barnet": {"CON": 22, "LAB": 35, "IND": 1}, "Wandsworth": {"CON": 23, "LAB": 34, "IND": 1}}
    assert [(c["area"], c["what"]) for c in told["corrections"]] == [("Wandsworth", "seats")]


def test_without_recording_nothing_is_kept_but_which_directory_it_was(feed: Path, state_home: Path) -> None:
    with watching(feed, "--no-record") as watch:
        watch.line()
    [kept] = [path for path in state_home.rglob("*") if path.is_file()]
    assert kept.name == "recent.json"
    assert json.loads(kept.read_text(encoding="utf-8")) == {"directories": [str(feed.resolve())]}


def test_a_demo_records_nothing(state_home: Path) -> None:
    assert run("demo", "--speed", "max").returncode == 0
    assert list(state_home.iterdir()) == []


def test_two_watchers_of_one_directory_record_into_two_files(feed: Path, state_home: Path) -> None:
    with watching(feed) as first:
        first.line()
        with watching(feed) as second:
            second.line()
    assert len(recordings(state_home)) == 2
    assert "another watcher of this directory records into" in second.narration


def test_a_moment_of_a_watched_directory_is_taken_from_its_recording_and_that_is_said(
    feed: Path, state_home: Path
) -> None:
    with watching(feed) as watch:
        watch.line()
        put(feed, "barnet.csv", f"{SHEET}{BARNET}# rows=3\n")
        watch.line()
    (feed / "barnet.csv").unlink()
    done = run("tally", feed, "--at", "2100-01-01T00:00", "--areas")
    assert done.stderr.startswith(f"figures from the recording {recordings(state_home)[0]}, which goes to ")
    assert "Barnet" in done.stdout
    assert "Barnet" not in run("tally", feed, "--areas").stdout
    assert "figures from the recording" in run("compare", feed, feed, "--at", "2100-01-01T00:00").stderr


def test_a_recording_that_saw_nothing_arrive_knows_no_more_than_the_directory(feed: Path) -> None:
    with watching(feed) as watch:
        watch.line()
    assert run("tally", feed, "--at", "2100-01-01T00:00").stderr == ""


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: path.write_bytes(b"junk"), "“x.night”: it is not a recording"),
        (lambda path: path.write_bytes(b""), "“x.night”: nothing is recorded yet"),
        (lambda path: sqlite3.connect(path).execute("CREATE TABLE t (x)").connection.close(), "it is not a recording"),
    ],
)
def test_what_is_no_recording_is_one_line_and_exit_2(tmp_path: Path, make: Any, says: str) -> None:
    make(tmp_path / "x.night")
    done = run("tally", tmp_path / "x.night")
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_recording_that_was_cut_off_gives_what_can_be_read_and_says_so(feed: Path, state_home: Path) -> None:
    with watching(feed) as watch:
        watch.line()
    (recording,) = recordings(state_home)
    base = sqlite3.connect(recording)
    base.execute("INSERT INTO events (at, kind, path) VALUES ('soon', 'arrival', 'x')")
    base.commit()
    base.close()
    done = run("tally", recording)
    assert done.returncode == 0
    assert "it is cut off or damaged after 1 event, which is used; what came after is not" in done.stderr


def test_a_state_directory_that_cannot_be_used_stops_the_recording_loudly_and_nothing_else(
    feed: Path, state_home: Path
) -> None:
    (state_home / "election-night").write_bytes(b"a file in the way")
    with watching(feed) as watch:
        assert "Wandsworth: Labour gain" in watch.line()
    assert "recording stopped: not a directory" in watch.narration


def test_a_disk_that_fails_is_said_on_the_screen_and_the_figures_go_on(feed: Path) -> None:
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (120_000, 120_000)); "
        "from dashboard.cli import main; main()"
    )
    with Terminal([sys.executable, "-c", limited, "watch", str(feed)], 120, 40) as terminal:
        terminal.wait_for("Wandsworth")
        for number in range(20):
            put(feed, f"t{number}.csv", sheet(f"Town {number:02}", "LAB", 30) + " " * 9_000)
        terminal.wait_for("NOT RECORDED", 20)
        terminal.wait_for("recording stopped: ")
        put(feed, "z-hull.csv", sheet("Kingston upon Hull", "LD", 57))
        terminal.wait_for("Kingston upon Hull")
        quit_fine(terminal)


def test_the_screen_comes_back_with_what_was_recorded(feed: Path, state_home: Path) -> None:
    with program("watch", str(feed)) as terminal:
        terminal.wait_for("Wandsworth")
        put(feed, "hull.csv", sheet("Kingston upon Hull", "LD", 57))
        terminal.wait_for("Kingston upon Hull")
        quit_fine(terminal)
    (feed / "hull.csv").unlink()
    with program("watch", str(feed)) as terminal:
        terminal.wait_for("Kingston upon Hull")
        quit_fine(terminal)
    assert len(recordings(state_home)) == 1
