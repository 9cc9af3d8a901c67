import os
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from importlib.resources.abc import Traversable
from pathlib import Path

import pytest

from feeds import saved
from feeds.arrival import Arrival, Sighting, order
from feeds.saved import NightNotFound, NightProblem, SavedNight, open_night, shipped

CLOSE = datetime(2024, 5, 2, 21, 0, tzinfo=UTC)
NIGHT: Mapping[str, str] = {
    "night.toml": 'title = "A small night"\npoll_date = 2024-05-02\n',
    "arrivals.csv": "position,file,at,basis\n"
    "1,results/adur.csv,2024-05-03T02:10:00+01:00,reported\n"
    "2,results/barnet.csv,2024-05-03T00:30:00Z,unknown\n",
    "results/adur.csv": "area,party,elected\nAdur,LAB,17\n# rows=1\n",
    "results/barnet.csv": "area,party,elected\nBarnet,LAB,41\n# rows=1\n",
    "SOURCES.md": "# Sources\n",
}


def folder(root: Path, changes: Mapping[str, str | None] = {}) -> Path:
    for path, text in {**NIGHT, **changes}.items():
        if text is not None:
            place = root / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
    return root


def arrivals(night: SavedNight) -> list[Arrival]:
    return [event for event in night.events if isinstance(event, Arrival)]


def ignored(night: SavedNight) -> dict[str, str]:
    return {
        event.path: event.reason for event in night.events if isinstance(event, Sighting) and event.state == "ignored"
    }


def rows(*lines: str) -> dict[str, str]:
    return {"arrivals.csv": "\n".join(["position,file,at,basis", *lines, ""])}


class TestFolder:
    def test_its_files_arrive_at_the_times_and_on_the_bases_that_are_listed(self, tmp_path: Path) -> None:
        night = open_night(str(folder(tmp_path / "small")))
        assert (night.name, night.title, night.poll_date) == ("small", "A small night", date(2024, 5, 2))
        feed = [(a.path, a.at, a.basis) for a in arrivals(night) if a.path != "night.toml"]
        assert feed == [
            ("results/barnet.csv", datetime(2024, 5, 3, 0, 30, tzinfo=UTC), "unknown"),
            ("results/adur.csv", datetime(2024, 5, 3, 1, 10, tzinfo=UTC), "reported"),
        ]
        assert list(night.events) == sorted(night.events, key=order)

    def test_it_begins_when_polls_close_and_ends_with_the_last_event(self, tmp_path: Path) -> None:
        night = open_night(str(folder(tmp_path)))
        assert night.begin == CLOSE
        assert night.end == datetime(2024, 5, 3, 1, 10, tzinfo=UTC)

    def test_it_begins_with_the_first_arrival_if_that_is_earlier(self, tmp_path: Path) -> None:
        early = rows(
            "1,results/adur.csv,2024-05-02T18:00+01:00,file", "2,results/barnet.csv,2024-05-03T01:00+01:00,file"
        )
        assert open_night(str(folder(tmp_path, early))).begin == CLOSE - timedelta(hours=4)

    def test_settings_that_are_not_listed_come_at_the_beginning(self, tmp_path: Path) -> None:
        first = open_night(str(folder(tmp_path))).events
        assert next((e.path, e.at) for e in first if isinstance(e, Arrival)) == ("night.toml", CLOSE)

    def test_settings_that_are_listed_come_once(self, tmp_path: Path) -> None:
        listed = {"arrivals.csv": NIGHT["arrivals.csv"] + "3,night.toml,2024-05-02T22:00:00+01:00,file\n"}
        night = open_night(str(folder(tmp_path, listed)))
        assert [a.path for a in arrivals(night)].count("night.toml") == 1

    def test_what_is_not_listed_is_ignored_with_a_reason(self, tmp_path: Path) -> None:
        extra = {"results/stray.csv": "area,party,elected\n", ".DS_Store": "x"}
        assert ignored(open_night(str(folder(tmp_path, extra)))) == {
            "arrivals.csv": "the saved night's order of arrivals",
            "SOURCES.md": "where the saved night's facts come from",
            "results/stray.csv": "not listed in arrivals.csv",
            ".DS_Store": "not listed in arrivals.csv",
        }

    def test_a_time_without_a_zone_is_a_time_of_the_night(self, tmp_path: Path) -> None:
        naive = rows("1,results/adur.csv,2024-05-03T02:10:00,reported")
        assert arrivals(open_night(str(folder(tmp_path, naive))))[-1].at == datetime(2024, 5, 3, 1, 10, tzinfo=UTC)

    def test_polls_close_in_the_nights_own_zone(self, tmp_path: Path) -> None:
        told = {"night.toml": 'poll_date = 2024-05-02\nzone = "America/New_York"\npolls_close = 20:00:00\n'} | rows()
        assert open_night(str(folder(tmp_path, told))).begin == datetime(2024, 5, 3, 0, 0, tzinfo=UTC)

    def test_a_night_without_a_title_has_its_folders_name(self, tmp_path: Path) -> None:
        night = open_night(str(folder(tmp_path / "small", {"night.toml": "poll_date = 2024-05-02\n"})))
        assert night.title == "small"


class TestProblems:
    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            (rows("1,../outside.csv,2024-05-03T02:10Z,file"), "there is no file “../outside.csv”"),
            (rows("1,results/adur.csv,ten past two,file"), "line 2: at is “ten past two”"),
            (rows("1,results/adur.csv,,unknown"), "line 2: at is “”"),
            (rows("1,results/adur.csv,0001-01-01T00:00+14:00,file"), "line 2: at is"),
            (rows("1,results/adur.csv,2024-05-03T02:10Z,guessed"), "basis is “guessed”"),
            (rows("first,results/adur.csv,2024-05-03T02:10Z,file"), "position is “first”"),
            (rows("1,results/adur.csv"), "line 2"),
            ({"arrivals.csv": "position,file,at\n"}, "no column “basis”"),
            ({"arrivals.csv": ""}, "no column “position”"),
            ({"results/adur.csv": None, "results/barnet.csv": None}, "arrivals.csv line 2: there is no file"),
            ({"night.toml": None} | rows(), "there is no night.toml"),
            ({"night.toml": "title = "} | rows(), "small/night.toml line 1"),
            ({"night.toml": 'title = "x"\n'} | rows(), "no arrivals"),
        ],
    )
    def test_a_night_that_cannot_be_used_says_what_and_where(
        self, tmp_path: Path, changes: Mapping[str, str | None], words: str
    ) -> None:
        place = folder(tmp_path / "small", changes)
        with pytest.raises(NightProblem) as caught:
            open_night(str(place))
        assert words in str(caught.value)
        assert "small" in str(caught.value)
        assert "\n" not in str(caught.value)

    def test_an_order_of_arrivals_that_is_not_text_is_named(self, tmp_path: Path) -> None:
        place = folder(tmp_path)
        (place / "arrivals.csv").write_bytes(b"position,file,at,basis\n1,\xff\xfe,x,y\n")
        with pytest.raises(NightProblem, match="not UTF-8"):
            open_night(str(place))


class TestPlainDirectory:
    def test_a_directory_without_an_order_is_replayed_by_the_times_of_its_files(self, tmp_path: Path) -> None:
        place = folder(tmp_path / "feed", {"arrivals.csv": None})
        modified = CLOSE + timedelta(hours=3)
        for path in place.rglob("*.*"):
            os.utime(path, (modified.timestamp(), modified.timestamp()))
        night = open_night(str(place), now=lambda: CLOSE + timedelta(days=9))
        assert (night.name, night.title, night.begin, night.end) == ("feed", "A small night", CLOSE, modified)
        assert {a.path: (a.at, a.basis) for a in arrivals(night)} == {
            "night.toml": (CLOSE, "file"),
            "SOURCES.md": (modified, "file"),
            "results/adur.csv": (modified, "file"),
            "results/barnet.csv": (modified, "file"),
        }

    def test_an_empty_directory_is_a_night_without_events(self, tmp_path: Path) -> None:
        night = open_night(str(tmp_path), now=lambda: CLOSE)
        assert (night.events, night.begin, night.end) == ((), CLOSE, CLOSE)

    def test_a_directory_is_named_even_when_given_as_a_dot(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "feed").mkdir()
        monkeypatch.chdir(tmp_path / "feed")
        assert open_night(".").name == "feed"


class TestNotFound:
    def test_the_nearest_directory_is_suggested(self, tmp_path: Path) -> None:
        (tmp_path / "2024-local").mkdir()
        with pytest.raises(NightNotFound) as caught:
            open_night(str(tmp_path / "2024-locl"))
        assert f"did you mean “{tmp_path / '2024-local'}”?" in str(caught.value)

    def test_the_nearest_shipped_night_is_suggested(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        ship(monkeypatch, folder(tmp_path / "feeds/nights/2024-05-02-local").parents[1])
        with pytest.raises(NightNotFound, match=r"did you mean “2024-05-02-local”\?"):
            open_night("2024-05-02-locals")
        with pytest.raises(NightNotFound, match="there are 2024-05-02-local"):
            open_night("zzz")

    def test_a_file_is_no_night(self, tmp_path: Path) -> None:
        (tmp_path / "a.xml").write_text("<a/>")
        with pytest.raises(NightNotFound, match="is a file"):
            open_night(str(tmp_path / "a.xml"))

    def test_the_message_is_one_line_whatever_was_asked_for(self) -> None:
        with pytest.raises(NightNotFound) as caught:
            open_night("a\nb\x1b[31m")
        assert "\n" not in str(caught.value)
        assert "\x1b" not in str(caught.value)


def ship(monkeypatch: pytest.MonkeyPatch, package: Traversable) -> None:
    monkeypatch.setattr(saved, "files", lambda _: package)


class TestShipped:
    def test_shipped_nights_are_named_and_opened_by_their_folder(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder(tmp_path / "feeds/nights/2024-05-02-local")
        folder(tmp_path / "feeds/nights/2020-05-02-local")
        (tmp_path / "feeds/nights/notes").mkdir()
        ship(monkeypatch, tmp_path / "feeds")
        assert shipped() == ["2020-05-02-local", "2024-05-02-local"]
        assert open_night("2024-05-02-local").name == "2024-05-02-local"

    def test_they_open_from_inside_an_archive(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        archive = tmp_path / "wheel.zip"
        with zipfile.ZipFile(archive, "w") as packed:
            for path, text in NIGHT.items():
                packed.writestr(f"feeds/nights/small/{path}", text)
        ship(monkeypatch, zipfile.Path(archive, "feeds/"))
        assert shipped() == ["small"]
        assert len(arrivals(open_night("small"))) == 3

    def test_a_program_without_nights_has_none(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        ship(monkeypatch, tmp_path)
        assert shipped() == []

    @pytest.mark.parametrize("name", shipped())
    def test_every_night_that_ships_can_be_opened_and_lists_all_its_files(self, name: str) -> None:
        night = open_night(name)
        assert night.poll_date is not None
        assert night.begin < night.end
        assert not [path for path, reason in ignored(night).items() if reason == "not listed in arrivals.csv"]
