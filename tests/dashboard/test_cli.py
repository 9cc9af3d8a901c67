"""The command line as it is used: real processes, their output, their narration and their exit codes."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dashboard.cli import COMMANDS
from tests.test_readme import README

COMMAND = [sys.executable, "-c", "from dashboard.cli import main; main()"]
SHEET = "area,party,elected,seats,held,total,control,previous_control,poll_date\n"
ROWS = (
    "Wandsworth,LAB,35,58,26,58,LAB,CON,2022-05-05\n"
    "Wandsworth,CON,22,58,33,58,LAB,CON,2022-05-05\n"
    "Wandsworth,IND,1,58,1,58,LAB,CON,2022-05-05\n"
)


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """Return a directory with one good sheet of Wandsworth in 2022."""
    place = tmp_path / "feed"
    place.mkdir()
    (place / "wandsworth.csv").write_text(f"{SHEET}{ROWS}# rows=3\n", encoding="utf-8")
    return place


def figures(*arguments: str | Path) -> Any:
    done = run("tally", *arguments, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_without_arguments_and_without_a_terminal_there_is_the_help() -> None:
    done = run()
    assert done.returncode == 0
    assert done.stdout == run("--help").stdout
    for command in ("demo", "watch", "replay", "tally", "check", "nights", "rehearse"):
        assert f"  {command} " in done.stdout


@pytest.mark.parametrize("command", ["", "demo", "watch", "replay", "tally", "check", "nights", "rehearse"])
def test_every_help_has_an_example(command: str) -> None:
    done = run(*filter(None, [command]), "--help")
    assert done.returncode == 0
    assert "Example: election-night " in " ".join(done.stdout.split())


def test_the_readme_has_a_row_for_every_command() -> None:
    assert list(dict.fromkeys(re.findall(r"^\| `election-night (\w+)", README, re.MULTILINE))) == list(COMMANDS)


def test_a_directory_is_tallied_as_json(feed: Path) -> None:
    document = figures(feed, "--areas")
    area = document["elections"][0]["area_results"][0]
    assert (area["area"], area["control"], area["previous"], area["outcome"]) == ("Wandsworth", "LAB", "CON", "gain")
    assert area["elected"] == {"CON": 22, "LAB": 35, "IND": 1}
    assert document["files"]["seen"] == document["files"]["counted"] == 1


def test_a_saved_night_is_tallied_to_the_moment_asked_for_inclusive() -> None:
    document = figures("2019-12-12-general", "--at", "23:27")
    assert document["as_at"] == "2019-12-12T23:27:00+00:00"
    assert document["elections"][0]["areas"]["declared"] == 1
    assert figures("2019-12-12-general", "--at", "23:26:59")["elections"][0]["areas"]["declared"] == 0


def test_csv_and_markdown_are_data_on_standard_output_alone() -> None:
    done = run("tally", "2019-12-12-general", "--format", "csv")
    rows = list(csv.DictReader(done.stdout.splitlines()))
    assert (rows[0]["party"], rows[0]["seats"], done.stderr) == ("CON", "365", "")
    assert run("tally", "2019-12-12-general", "--format", "markdown").stdout.startswith("# General election")


def test_check_is_fine_with_a_good_file_and_ends_with_1_for_a_bad_one(feed: Path) -> None:
    assert run("check", feed).returncode == 0
    (feed / "bad.csv").write_text(SHEET + ROWS.replace("35", "31x") + "# rows=3\n", encoding="utf-8")
    done = run("check", feed)
    assert done.returncode == 1
    row = next(line for line in done.stdout.splitlines() if line.strip().startswith("bad.csv"))
    assert row.split()[1:3] == ["quarantined", "2"]
    assert "31x" in row


def test_check_as_json_says_what_the_table_says(feed: Path) -> None:
    document = json.loads(run("check", feed, "--format", "json").stdout)
    assert document["passed"] is True
    assert [(v["file"], v["state"]) for v in document["versions"]] == [("wandsworth.csv", "counted")]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("tally", "2022-05-05-locl"), "did you mean “2022-05-05-local”?"),
        (("replay", "2022-05-05-locl"), "did you mean “2022-05-05-local”?"),
        (("tally", "2022-05-05-local", "--at", "25:99"), "“25:99” is not a time"),
        (("tally", "2022-05-05-local", "--election", "Senedd"), "there are: Local elections"),
    ],
)
def test_what_is_not_there_is_one_line_and_exit_2(arguments: tuple[str, ...], says: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_directory_that_does_not_exist_is_one_line_with_the_nearest_name(feed: Path) -> None:
    done = run("watch", feed.with_name("fed"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.rstrip().endswith(f"did you mean “{feed}”?")
    assert len(done.stderr.splitlines()) == 1
    assert "is a file" in run("watch", feed / "wandsworth.csv").stderr


@pytest.mark.parametrize("speed", ["0", "-1", "fast", "nan", "inf"])
def test_a_speed_is_a_number_above_zero_or_max(speed: str) -> None:
    done = run("replay", "2022-05-05-local", f"--speed={speed}")
    assert done.returncode == 2
    assert "is not a speed" in done.stderr


def test_a_replay_without_a_terminal_is_a_line_an_event_and_ends_by_itself() -> None:
    done = run("replay", "2019-12-12-general", "--speed", "max")
    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert len(lines) == 650
    assert lines[0].startswith("23:27 Newcastle Upon Tyne Central: Labour hold.")
    assert "650 of 650 constituencies declared" in done.stderr


def test_a_replay_begins_where_it_is_told_to() -> None:
    done = run("replay", "2019-12-12-general", "--speed", "1000000", "--from", "14:00")
    assert done.returncode == 0
    assert [line[:5] for line in done.stdout.splitlines()] == ["14:52"]


def test_the_demo_without_a_terminal_plays_in_lines_and_leaves_nothing_behind(tmp_path: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "demo", "--speed", "max"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | {"TMPDIR": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr
    assert "200 of 200 councils declared" in done.stderr
    assert sum(" Wandsworth: Labour gain from Conservative." in line for line in done.stdout.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_an_interrupted_demo_removes_its_directory(number: signal.Signals, code: int, tmp_path: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "demo", "--speed", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"TMPDIR": str(tmp_path)},
    ) as demo:
        assert demo.stdout is not None
        assert demo.stdout.readline()
        assert len(list(tmp_path.iterdir())) == 1
        demo.send_signal(number)
        assert demo.wait(timeout=20) == code
    assert list(tmp_path.iterdir()) == []


def test_watch_prints_what_is_there_and_what_comes_and_ends_with_130(feed: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "watch", str(feed)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as watch:
        assert watch.stdout is not None
        assert "Wandsworth: Labour gain from Conservative." in watch.stdout.readline()
        new = feed / ".barnet.part"
        new.write_text(f"{SHEET}{ROWS.replace('Wandsworth', 'Barnet')}# rows=3\n", encoding="utf-8")
        new.rename(feed / "barnet.csv")
        assert "Barnet: Labour gain from Conservative." in watch.stdout.readline()
        watch.send_signal(signal.SIGINT)
        assert watch.wait(timeout=20) == 130
    assert sorted(p.name for p in feed.iterdir()) == ["barnet.csv", "wandsworth.csv"]


def test_a_rehearsal_delivers_every_file_and_says_in_the_tables_that_it_is_one(tmp_path: Path) -> None:
    done = run("rehearse", "2018-05-03-local", tmp_path / "practice", "--speed", "max")
    assert (done.returncode, done.stdout) == (0, "")
    document = figures(tmp_path / "practice")
    assert document["night"]["rehearsal"] is True
    assert document["elections"][0]["areas"]["declared"] == 150


def test_a_rehearsal_never_mixes_with_a_feed(feed: Path) -> None:
    done = run("rehearse", "2018-05-03-local", feed, "--speed", "max")
    assert done.returncode == 2
    assert done.stderr == f"election-night: “{feed}” is not empty: a night is delivered into a directory of its own\n"
    assert [p.name for p in feed.iterdir()] == ["wandsworth.csv"]


def test_a_chaotic_rehearsal_says_what_a_screen_should_have_shown(tmp_path: Path) -> None:
    done = run("rehearse", "2018-05-03-local", tmp_path / "practice", "--speed", "max", "--chaos", "7")
    assert done.returncode == 0
    for deed in ("a correction flips the winner", "a retraction", "the file is torn off", "a file of a test run"):
        assert deed in done.stdout
    document = figures(tmp_path / "practice")
    assert document["night"]["test"] is True
    assert document["elections"][0]["areas"]["declared"] == 149


def test_a_rehearsal_stopped_leaves_whole_files_and_ends_with_130(tmp_path: Path) -> None:
    target = tmp_path / "practice"
    arguments = ["rehearse", "2018-05-03-local", str(target), "--speed", "1"]
    with subprocess.Popen([*COMMAND, *arguments], stderr=subprocess.PIPE, text=True) as rehearsal:
        assert rehearsal.stderr is not None
        assert "Ctrl-C ends it" in rehearsal.stderr.readline()
        rehearsal.send_signal(signal.SIGINT)
        assert rehearsal.wait(timeout=20) == 130
        assert "were still to come" in rehearsal.stderr.read()
    assert [p for p in target.rglob("*") if p.name.startswith(".")] == []


def test_a_rehearsal_by_steps_delivers_a_file_a_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "rehearse", "2018-05-03-local", str(tmp_path / "practice"), "--step"],
        input="\n\n\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert sorted(p.name for p in (tmp_path / "practice").rglob("*") if p.is_file()) == [
        "baseline.csv",
        "night.toml",
        "westminster-before.csv",
    ]


def test_nights_lists_those_that_ship() -> None:
    done = run("nights")
    assert done.returncode == 0
    for name in ("2018-05-03-local", "2019-12-12-general", "2022-05-05-local"):
        assert f" {name} " in done.stdout


def test_a_reader_who_closes_the_pipe_has_had_enough_and_that_is_fine() -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as closed:
        done = subprocess.run(
            [*COMMAND, "tally", "2019-12-12-general", "--areas"],
            stdout=closed,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        ("--help", "textual watchfiles rich msgspec asyncio"),
        ("tally 2019-12-12-general", "textual watchfiles"),
        ("replay 2019-12-12-general --speed max", "textual"),
    ],
)
def test_a_command_loads_only_what_it_needs(arguments: str, absent: str) -> None:
    program = (
        "import sys, atexit\n"
        "atexit.register(lambda: print('LOADED', *sys.modules, file=sys.stderr))\n"
        "from dashboard.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments.split()],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )
    loaded = set(done.stderr.splitlines()[-1].split())
    assert "LOADED" in loaded
    assert not loaded & set(absent.split())


def test_one_look_prints_the_figures_with_what_they_are_and_ends(feed: Path) -> None:
    done = run("watch", feed, "--once")
    assert done.returncode == 0, done.stderr
    assert "1 of 1 council declared; 58 of 58 seats; complete; baseline not stated" in done.stdout
    assert f"source: {feed}" in done.stdout
    assert sorted(path.name for path in feed.iterdir()) == ["wandsworth.csv"]


def test_one_plain_look_prints_every_event_as_a_sentence(feed: Path) -> None:
    done = run("watch", feed, "--once", "--plain")
    assert done.returncode == 0, done.stderr
    assert "Wandsworth: Labour gain from Conservative." in done.stdout
    assert "1 of 1 council declared" in done.stderr


def test_one_look_at_an_election_that_is_not_there_names_those_there_are(feed: Path) -> None:
    for options in (("--once",), ("--once", "--plain")):
        done = run("watch", feed, *options, "--election", "Senedd")
        assert (done.returncode, done.stdout) == (2, "")
        assert "there are: " in done.stderr


@pytest.mark.parametrize("form", ["table", "text", "csv", "markdown", "svg"])
def test_every_form_of_the_figures_that_people_read_names_the_source_that_was_asked_for(form: str, feed: Path) -> None:
    done = run("tally", feed, "--format", form)
    assert done.returncode == 0, done.stderr
    assert str(feed) in done.stdout.replace("\\", "")


def test_the_json_of_the_figures_is_the_documented_object_and_nothing_more(feed: Path) -> None:
    documented = ["night", "as_at", "elections", "corrections", "conflicts", "problems", "files"]
    assert list(figures(feed)) == documented
