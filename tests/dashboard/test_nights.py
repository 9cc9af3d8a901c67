"""`nights` as it is used: the list, a night taken out and brought in, and what is said of those that are no use."""

import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feeds.portable import import_night
from feeds.saved import open_night
from tests.dashboard.test_cli import ROWS, SHEET, run

NOW = datetime(2026, 5, 8, 3, 0, tzinfo=UTC)
NIGHT = "2022-05-05-local"
SMALL = {
    "night.toml": 'title = "A small night"\npoll_date = 2022-05-05\n',
    "wandsworth.csv": f"{SHEET}{ROWS}# rows=3\n",
    "first.csv": f"{SHEET}{ROWS.replace('35', '34').replace(',22,58', ',23,58')}# rows=3\n",
    "SOURCES.md": "# Sources\n",
    "arrivals.csv": "position,file,at,basis,stored,state,reason\n"
    "1,night.toml,2022-05-05T22:00,file,,,\n"
    "2,wandsworth.csv,2022-05-06T01:00,arrived,first.csv,,\n"
    "3,wandsworth.csv,2022-05-06T02:00,arrived,wandsworth.csv,,\n"
    "4,wandsworth.csv,2022-05-06T03:00,,,removed,removed by somebody\n",
}
"""As somebody would make it by hand from what the README says."""


def small(root: Path, **changes: str | None) -> Path:
    root.mkdir()
    for name, text in {**SMALL, **{key.replace("__", "."): text for key, text in changes.items()}}.items():
        if text is not None:
            (root / name).write_text(text, encoding="utf-8")
    return root


def figures(source: Path | str, *options: str) -> str:
    done = run("tally", source, "--areas", "--format", "json", *options)
    assert done.returncode == 0, done.stderr
    return done.stdout


def refused(*arguments: str | Path) -> str:
    """Return the one line with which a command refuses."""
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    return line


def test_a_folder_made_by_hand_with_two_versions_of_a_file_replays_with_the_correction(tmp_path: Path) -> None:
    told = json.loads(figures(small(tmp_path / "small")))
    assert [(c["area"], c["what"]) for c in told["corrections"]] == [("Wandsworth", "seats")]
    early = json.loads(figures(tmp_path / "small", "--at", "01:30"))
    assert early["elections"][0]["area_results"][0]["elected"] == {"LAB": 34, "CON": 23, "IND": 1}
    checked = run("check", tmp_path / "small", "--format", "json").stdout
    assert "wandsworth.csv" in checked
    assert "first.csv" not in checked


def test_a_night_goes_out_and_comes_in_and_says_the_same_at_every_stage(tmp_path: Path, state_home: Path) -> None:
    out = run("nights", "export", NIGHT, tmp_path / "out")
    assert (out.returncode, out.stdout) == (0, "")
    assert "346 arrivals" in out.stderr
    brought = run("nights", "import", tmp_path / "out")
    recording = Path(brought.stdout.strip())
    assert recording.parent == state_home / "election-night/recordings"
    assert run("nights", "export", recording, tmp_path / "again").returncode == 0
    listed = run("nights").stdout
    assert str(recording) in listed
    for at in ("00:30", "03:00", "2022-05-07T00:00"):
        sources = (NIGHT, tmp_path / "out", recording, tmp_path / "again")
        assert len({figures(source, "--at", at) for source in sources}) == 1
    for path in (tmp_path / "out").rglob("*.*"):
        if path.is_file():
            assert (tmp_path / "again" / path.relative_to(tmp_path / "out")).read_bytes() == path.read_bytes()


def test_a_zip_comes_in_to_a_named_place_and_never_over_a_file(tmp_path: Path, state_home: Path) -> None:
    folder = small(tmp_path / "small")
    with zipfile.ZipFile(tmp_path / "small.zip", "w") as packed:
        for path in folder.iterdir():
            packed.write(path, f"small/{path.name}")
    place = tmp_path / "mine.night"
    done = run("nights", "import", tmp_path / "small.zip", "--to", place)
    assert (done.returncode, done.stdout) == (0, f"{place}\n")
    assert figures(place) == figures(folder)
    assert list(state_home.iterdir()) == []
    assert "is there already" in refused("nights", "import", folder, "--to", place)
    assert "ends in .night" in refused("nights", "import", folder, "--to", tmp_path / "x.db")


def test_imported_twice_there_are_two_recordings_and_a_watch_takes_neither(tmp_path: Path, state_home: Path) -> None:
    folder = small(tmp_path / "feed-0123456789-2022-05-05")
    names = [Path(run("nights", "import", folder).stdout.strip()).name for _ in range(2)]
    assert names == ["feed-2022-05-05.night", "feed-2022-05-05-2.night"]


def sources(root: Path) -> list[Path]:
    """Return a saved night as a folder, packed, and as a recording."""
    folder = small(root / "small")
    with zipfile.ZipFile(root / "packed.zip", "w") as packed:
        for path in folder.iterdir():
            packed.write(path, path.name)
    import_night(open_night(str(folder)), root / "mine.night", NOW)
    return [folder, root / "packed.zip", root / "mine.night"]


@pytest.mark.parametrize("at", ["01:30", "02:30", "03:00"])
def test_what_was_known_at_a_moment_is_the_same_whatever_holds_the_night(tmp_path: Path, at: str) -> None:
    found = sources(tmp_path)
    for command in (
        ("tally", "--areas", "--format", "json"),
        ("check", "--format", "json"),
        ("audit", "--format", "json"),
    ):
        said = []
        for source in found:
            argument = [source, "Wandsworth"] if command[0] == "audit" else [source]
            done = run(command[0], *argument, *command[1:], "--at", at)
            assert done.returncode == 0, done.stderr
            said.append(json.loads(done.stdout))
        assert len({json.dumps(each, sort_keys=True) for each in said}) == 1
    done = run("compare", found[0], found[2], "--at", at, "--strict")
    assert done.returncode == 0, done.stdout


def test_a_recording_replays_from_a_moment(tmp_path: Path) -> None:
    *_, recording = sources(tmp_path)
    done = run("replay", recording, "--from", "01:30", "--speed", "max")
    assert done.returncode == 0
    assert "correct" in done.stdout.lower()
    assert "Wandsworth: Labour gain" not in done.stdout
    assert "Wandsworth: Labour gain" in run("replay", recording, "--from", "00:30", "--speed", "max").stdout


def test_the_list_has_title_date_length_files_and_size_of_both_kinds(tmp_path: Path) -> None:
    run("nights", "import", small(tmp_path / "small"))
    lines = run("nights").stdout.splitlines()
    shipped = next(line for line in lines if NIGHT in line)
    assert "Local elections, 5 May 2022" in shipped
    assert "346" in shipped
    mine = next(line for line in lines if "small.night" in line)
    assert "A small night" in mine
    assert "5 May 2022" in mine
    assert "5:00" in mine


def test_a_recording_that_cannot_be_read_is_not_listed_and_that_is_said(state_home: Path) -> None:
    place = state_home / "election-night/recordings"
    place.mkdir(parents=True)
    (place / "x.night").write_bytes(b"junk")
    done = run("nights")
    assert done.returncode == 0
    assert "not listed: “x.night”: it is not a recording" in done.stderr


def test_a_recording_that_is_cut_off_is_listed_with_what_is_left_or_it_is_said_what_and_where(
    state_home: Path, tmp_path: Path
) -> None:
    run("nights", "import", small(tmp_path / "small"))
    place = state_home / "election-night/recordings"
    whole = (place / "small.night").read_bytes()
    (place / "small.night").write_bytes(whole[:9_000])
    many = place / "many.night"
    import_night(open_night(NIGHT), many, NOW)
    many.write_bytes(many.read_bytes()[: many.stat().st_size * 7 // 10])
    done = run("nights")
    assert done.returncode == 0
    early, late = sorted(done.stderr.splitlines(), key=lambda line: "not listed" not in line)
    words = "it is cut off or damaged before its first event, at 9,000 bytes; none of it is used"
    assert early == f"not listed: “small.night”: {words} (in {place})"
    assert late.startswith("“many.night”: it is cut off or damaged after ")
    assert late.endswith(f"(in {place})")
    assert "many.night" in done.stdout
    assert "small.night" not in done.stdout


def test_what_cannot_be_taken_out_or_brought_in_is_one_line(tmp_path: Path) -> None:
    folder = small(tmp_path / "small")
    (tmp_path / "plain").mkdir()
    assert "there is no night" in refused("nights", "export", tmp_path / "none", tmp_path / "out")
    assert "is not an empty directory" in refused("nights", "export", folder, folder)
    assert "has no arrivals.csv" in refused("nights", "import", tmp_path / "plain")
    assert "cannot be written" in refused("nights", "import", folder, "--to", tmp_path / "small/night.toml/x.night")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"first__csv": None}, "small/arrivals.csv line 3: there is no file “first.csv” in the folder"),
        (
            {"night__toml": 'zone = "Mars/Base"\n'},
            "small/night.toml line 1: zone is “Mars/Base”, which is no time zone",
        ),
        (
            {"arrivals__csv": f"{SMALL['arrivals.csv']}5,wandsworth.csv,2022-05-06T02:00,file,wandsworth.csv,,\n"},
            "small/arrivals.csv line 6: “wandsworth.csv” is listed already in line 4",
        ),
        (
            {"arrivals__csv": f"{SMALL['arrivals.csv']}5,first.csv,2022-05-06T02:00,file,,,\n" * 2},
            "small/arrivals.csv line 7: position is “position”",
        ),
        ({"arrivals__csv": f"{SMALL['arrivals.csv']}5,x,2022-05-06T02:00,,,lost,\n"}, "line 6: state is “lost”"),
        ({"arrivals__csv": f"{SMALL['arrivals.csv']}5,,2022-05-06T02:00,,,removed,\n"}, "line 6: file is empty"),
    ],
)
def test_of_a_saved_night_with_something_wrong_all_else_is_used_and_one_line_says_what_and_where(
    tmp_path: Path, changes: dict[str, str | None], says: str
) -> None:
    done = run("tally", small(tmp_path / "small", **changes))
    assert (done.returncode, done.stderr.count("\n")) == (0, 1)
    assert says in done.stderr
    assert "used" in done.stderr
    assert "Wandsworth" in run("tally", tmp_path / "small", "--areas").stdout


def test_a_saved_night_that_is_no_use_says_what_and_where_and_that_nothing_of_it_is_used(tmp_path: Path) -> None:
    line = refused("tally", small(tmp_path / "small", arrivals__csv="position,file,at\n"))
    assert "small/arrivals.csv line 1: no column “basis”" in line
    assert line.endswith("; nothing of it is used")


def test_a_file_that_is_missing_from_a_saved_night_fails_its_check_with_the_line_that_names_it(tmp_path: Path) -> None:
    listed = "".join(SMALL["arrivals.csv"].splitlines(keepends=True)[:-1])
    done = run("check", small(tmp_path / "small", wandsworth__csv=None, arrivals__csv=listed))
    assert done.returncode == 1
    assert "arrivals.csv line 4: there is no file “wandsworth.csv” in the folder" in " ".join(done.stdout.split())


def test_times_out_of_order_are_said_and_all_are_used_in_the_order_of_their_times(tmp_path: Path) -> None:
    right = figures(small(tmp_path / "small"))
    lines = SMALL["arrivals.csv"].splitlines(keepends=True)
    done = run("tally", small(tmp_path / "odd", arrivals__csv="".join([lines[0], *reversed(lines[1:])])), "--areas")
    assert done.returncode == 0
    assert done.stderr == (
        "odd/arrivals.csv: line 3 is earlier than line 2, and 2 more are: all are used, in the order of their times\n"
    )
    assert figures(tmp_path / "odd") == right


@contextmanager
def locked(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.execute("PRAGMA locking_mode = EXCLUSIVE")
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("INSERT INTO meta VALUES ('x', 'y')")
        yield


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as base:
        base.execute("PRAGMA user_version = 7")


def other(path: Path) -> None:
    with closing(sqlite3.connect(path)) as base:
        base.execute("PRAGMA application_id = 1")


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (newer, "a newer version of the program wrote it (format 7, this one reads 1)"),
        (other, "it is not a recording"),
        (lambda path: path.write_bytes(b"position,file"), "it is not a recording"),
        (lambda path: path.write_bytes(b""), "nothing is recorded yet"),
    ],
)
def test_a_recording_that_is_no_use_says_what_it_is_and_that_nothing_of_it_is_used(
    tmp_path: Path, harm: Callable[[Path], None], says: str
) -> None:
    recording = tmp_path / "x.night"
    import_night(open_night(str(small(tmp_path / "small"))), recording, NOW)
    harm(recording)
    line = refused("tally", recording)
    assert f"“x.night”: {says}" in line
    assert line.endswith("; nothing of it is used")


def test_a_recording_that_another_program_has_locked_is_one_line(tmp_path: Path) -> None:
    recording = tmp_path / "x.night"
    import_night(open_night(str(small(tmp_path / "small"))), recording, NOW)
    with locked(recording):
        assert "“x.night”: another program has locked it; nothing of it is used" in refused("tally", recording)


def test_a_recording_that_is_cut_off_replays_and_goes_out_up_to_the_cut_and_says_so(tmp_path: Path) -> None:
    recording = tmp_path / "x.night"
    import_night(open_night(NIGHT), recording, NOW)
    data = recording.read_bytes()
    recording.write_bytes(data[: len(data) * 9 // 10])
    said = run("replay", recording, "--speed", "max")
    assert said.returncode == 0, said.stderr
    assert "“x.night”: it is cut off or damaged after " in said.stderr
    assert "events, which are used; what came after is not" in said.stderr
    assert said.stdout
    assert run("nights", "export", recording, tmp_path / "out").returncode == 0
    assert figures(tmp_path / "out") == figures(recording)
