"""A saved night of which something is wrong: what can be used is used, and one sentence says what is not."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feeds.arrival import Sighting
from feeds.saved import open_night
from tests.feeds.test_saved import CLOSE, arrivals, folder, rows


@pytest.mark.parametrize(
    ("changes", "words", "used"),
    [
        (
            {"results/adur.csv": None},
            "small/arrivals.csv line 2: there is no file “results/adur.csv” in the folder; "
            "the other arrival is used, that is not",
            ["results/barnet.csv"],
        ),
        (
            rows(
                "1,results/adur.csv,2024-05-03T02:10Z,file",
                "2,results/adur.csv,2024-05-03T02:20Z,file",
                "3,results/barnet.csv,2024-05-03T02:30Z,file",
            ),
            "small/arrivals.csv line 3: “results/adur.csv” is listed already in line 2; "
            "the other 2 arrivals are used, that is not",
            ["results/adur.csv", "results/barnet.csv"],
        ),
        (
            rows(
                "1,results/adur.csv,ten past two,file",
                "2,results/barnet.csv,2024-05-03T02:30Z,file",
                "3,results/cork.csv,2024-05-03T02:40Z,file",
            ),
            "small/arrivals.csv line 2: at is “ten past two”, a time such as 2022-05-06T02:14:00+01:00 was "
            "expected, and 1 row more cannot be used; the other arrival is used, those are not",
            ["results/barnet.csv"],
        ),
    ],
)
def test_a_night_with_a_row_that_cannot_be_used_is_used_without_it_and_says_so(
    tmp_path: Path, changes: Mapping[str, str | None], words: str, used: list[str]
) -> None:
    night = open_night(str(folder(tmp_path / "small", changes)))
    assert (night.note or "").startswith(words)
    assert [a.path for a in arrivals(night) if a.path != "night.toml"] == used


def test_a_file_that_is_missing_is_listed_at_its_time_with_the_line_that_names_it(tmp_path: Path) -> None:
    night = open_night(str(folder(tmp_path, {"results/adur.csv": None})))
    seen = [e for e in night.events if isinstance(e, Sighting) and e.state == "unreadable"]
    assert [(e.path, e.at, e.reason) for e in seen] == [
        (
            "results/adur.csv",
            datetime(2024, 5, 3, 1, 10, tzinfo=UTC),
            "arrivals.csv line 2: there is no file “results/adur.csv” in the folder",
        )
    ]


def test_a_file_whose_row_has_no_time_is_listed_at_the_begin_and_not_as_one_that_no_row_names(tmp_path: Path) -> None:
    wrong = rows("1,results/adur.csv,,unknown", "2,results/barnet.csv,2024-05-03T02:30Z,file")
    night = open_night(str(folder(tmp_path, wrong)))
    seen = [e for e in night.events if e.path == "results/adur.csv"]
    assert [(e.at, e.state) for e in seen if isinstance(e, Sighting)] == [(CLOSE, "unreadable")]


def test_an_older_version_that_is_missing_leaves_the_newer_one_in_force(tmp_path: Path) -> None:
    listed = {
        "arrivals.csv": "position,file,at,basis,stored\n"
        "1,results/adur.csv,2024-05-03T02:10Z,file,versions/1\n"
        "2,results/adur.csv,2024-05-03T02:20Z,file,results/adur.csv\n"
    }
    night = open_night(str(folder(tmp_path, listed)))
    assert "line 2: there is no file “versions/1”" in (night.note or "")
    assert [a.path for a in arrivals(night)].count("results/adur.csv") == 1


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (None, "small: there is no night.toml; all else is used, and times are those of Europe/London"),
        ("title = ", "small/night.toml line 1"),
        ('poll_date = 2024-05-02\nzone = "Atlantis/Capital"\n', "small/night.toml line 2: zone is “Atlantis/"),
        ('zone = "../../etc/passwd"\n', "small/night.toml line 1: zone is"),
    ],
)
def test_settings_that_cannot_be_used_leave_the_night_with_the_times_of_london(
    tmp_path: Path, settings: str | None, words: str
) -> None:
    naive = rows("1,results/adur.csv,2024-05-03T02:10:00,reported")
    night = open_night(str(folder(tmp_path / "small", naive | {"night.toml": settings})))
    assert (night.note or "").startswith(words)
    assert (night.note or "").endswith("times are those of Europe/London")
    assert next(a.at for a in arrivals(night) if a.path == "results/adur.csv") == datetime(
        2024, 5, 3, 1, 10, tzinfo=UTC
    )


def test_several_things_that_are_odd_are_all_said_in_one_line(tmp_path: Path) -> None:
    odd = rows(
        "1,results/adur.csv,2024-05-03T02:10Z,file",
        "2,results/barnet.csv,2024-05-03T01:10Z,file",
        "3,results/barnet.csv,2024-05-03T01:10Z,file",
    )
    note = open_night(str(folder(tmp_path / "small", odd | {"night.toml": None}))).note or ""
    assert [words in note for words in ("no night.toml", "listed already", "earlier than line 2")] == [True] * 3
    assert "\n" not in note
