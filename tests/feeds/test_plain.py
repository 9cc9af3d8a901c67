import os
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from feeds.arrival import Arrival
from feeds.plain import plain_events
from feeds.report import Baseline, Contest, Place, Problem, Quote, Reading, Report, Result, Settings
from feeds.said import said

POLL = date(2024, 5, 2)
CLOSE = datetime(2024, 5, 2, 21, 0, tzinfo=UTC)
LATER = CLOSE + timedelta(days=30)
NOW = CLOSE + timedelta(days=400)


def at(hours: float) -> datetime:
    return CLOSE + timedelta(hours=hours)


def result(area: str, hours: float | None, revision: int = 1, ward: str | None = None) -> Result:
    return Result(
        area=Place(name=area),
        ward=ward,
        election=Contest(poll_date=POLL),
        revision=revision,
        declared_at=None if hours is None else at(hours),
    )


class Feed:
    """A directory whose files say what a test wants them to say."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.says: dict[str, Reading] = {}

    def put(self, path: str, *reports: Report, modified: datetime = LATER) -> None:
        (self.root / path).write_bytes(f"<{path[0]}/>".encode())
        os.utime(self.root / path, (modified.timestamp(), modified.timestamp()))
        self.says[path] = Reading(format="test", reports=reports)

    def read(self, path: str, _data: bytes) -> Reading:
        return self.says[path]

    def arrivals(self) -> list[Arrival]:
        night = plain_events(self.root, NOW, self.read)
        return sorted((e for e in night.events if isinstance(e, Arrival)), key=lambda arrival: arrival.at)

    def story(self) -> list[tuple[datetime, str, list[str]]]:
        """Return when each arrival comes, on what basis, and whom it speaks about."""
        story: list[tuple[datetime, str, list[str]]] = []
        for arrival in self.arrivals():
            reports = said(self.says[arrival.path], arrival).reports
            names = [r.area.name if isinstance(r, Result | Baseline) else type(r).__name__ for r in reports]
            story.append((arrival.at, arrival.basis, names))
        return story


def test_the_first_version_of_a_result_comes_at_the_time_that_it_gives(tmp_path: Path) -> None:
    feed = Feed(tmp_path)
    feed.put("a.xml", result("Adur", 2))
    feed.put("b.xml", result("Barnet", 1))
    assert feed.story() == [(at(1), "declared", ["Barnet"]), (at(2), "declared", ["Adur"])]


def test_a_later_revision_comes_when_its_file_was_modified_whatever_time_it_carries(tmp_path: Path) -> None:
    feed = Feed(tmp_path)
    feed.put("1.xml", result("Adur", 2))
    feed.put("2.xml", result("City of Adur", 2, revision=3), modified=at(5))
    assert [(when, basis) for when, basis, _ in feed.story()] == [(at(2), "declared"), (at(5), "file")]


def test_of_two_files_with_the_same_revision_only_the_earlier_comes_at_its_own_time(tmp_path: Path) -> None:
    feed = Feed(tmp_path)
    feed.put("a.xml", result("Adur", 2), modified=at(9))
    feed.put("b.xml", result("Adur", 3), modified=at(8))
    assert [(when, basis) for when, basis, _ in feed.story()] == [(at(3), "declared"), (at(9), "file")]


def test_a_result_without_a_time_comes_when_its_file_was_modified(tmp_path: Path) -> None:
    feed = Feed(tmp_path)
    feed.put("a.xml", result("Adur", None), modified=at(3))
    assert feed.story() == [(at(3), "file", ["Adur"])]


def test_the_same_place_in_another_ward_is_another_result(tmp_path: Path) -> None:
    feed = Feed(tmp_path)
    feed.put("a.xml", result("Adur", 1, ward="Churchill"))
    feed.put("b.xml", result("Adur", 2, revision=2, ward="Eastbrook"))
    assert [basis for _, basis, _ in feed.story()] == ["declared", "declared"]


def test_a_file_of_many_results_is_said_one_time_after_another(tmp_path: Path) -> None:
    feed = Feed(tmp_path)
    feed.put("a.xml", result("Adur", 2), result("Barnet", 1), result("Crawley", 2))
    assert feed.story() == [(at(1), "declared", ["Barnet"]), (at(2), "declared", ["Adur", "Barnet", "Crawley"])]
    assert [arrival.until for arrival in feed.arrivals()] == [at(1), None]
    assert len({arrival.digest for arrival in feed.arrivals()}) == 1


def test_results_of_such_a_file_without_a_first_time_wait_for_its_modification(tmp_path: Path) -> None:
    feed = Feed(tmp_path)
    feed.put("old.xml", result("Crawley", 0.5))
    feed.put(
        "a.xml",
        result("Adur", 2),
        result("Barnet", None),
        result("Crawley", 1, revision=2),
        result("Dudley", 6),
        modified=at(4),
    )
    assert feed.story() == [
        (at(0.5), "declared", ["Crawley"]),
        (at(2), "declared", ["Adur"]),
        (at(4), "file", ["Adur", "Barnet", "Crawley"]),
        (at(6), "declared", ["Adur", "Barnet", "Crawley", "Dudley"]),
    ]


def test_quotes_come_with_the_modification_and_baselines_with_the_first_result(tmp_path: Path) -> None:
    feed = Feed(tmp_path)
    baseline = Baseline(area=Place(name="Adur"))
    feed.put("a.xml", baseline, result("Adur", 2), Quote(text="Well.", speaker="Somebody"), modified=at(4))
    assert feed.story() == [(at(2), "declared", ["Adur", "Adur"]), (at(4), "file", ["Adur", "Adur", "Quote"])]


def test_settings_and_baselines_are_known_when_polls_close_at_the_latest(tmp_path: Path) -> None:
    feed = Feed(tmp_path)
    feed.put("night.toml", Settings(poll_date=POLL, polls_close=time(22, 0)))
    feed.put("b.xml", Baseline(area=Place(name="Adur")))
    feed.put("c.xml", Baseline(area=Place(name="Barnet")), modified=at(-48))
    assert sorted(feed.story()) == [
        (at(-48), "file", ["Barnet"]),
        (CLOSE, "file", ["Adur"]),
        (CLOSE, "file", ["Settings"]),
    ]


def test_without_settings_the_most_common_poll_date_is_the_nights(tmp_path: Path) -> None:
    feed = Feed(tmp_path)
    stray = Result(area=Place(name="Dudley"), election=Contest(poll_date=date(2023, 5, 4)))
    feed.put("a.xml", result("Adur", 1), result("Barnet", 1))
    feed.put("b.xml", stray)
    night = plain_events(tmp_path, NOW, feed.read)
    assert night.settings.poll_date == POLL
    assert night.begin == CLOSE


def test_the_night_begins_with_the_first_result_however_old_other_files_are(tmp_path: Path) -> None:
    feed = Feed(tmp_path)
    feed.put("a.xml", result("Adur", -1))
    feed.put("b.xml", Baseline(area=Place(name="Adur")), modified=at(-1000))
    assert plain_events(tmp_path, NOW, feed.read).begin == at(-1)


def test_a_file_that_cannot_be_read_comes_when_it_was_modified(tmp_path: Path) -> None:
    feed = Feed(tmp_path)
    feed.put("a.xml", modified=at(3))
    feed.says["a.xml"] = Reading(format="test", problem=Problem(reason="no"))
    assert feed.story() == [(at(3), "file", [])]


def test_an_empty_directory_is_an_empty_night(tmp_path: Path) -> None:
    night = plain_events(tmp_path, NOW)
    assert (night.events, night.begin) == ([], NOW)


def test_an_unknown_zone_in_the_settings_does_not_stop_the_night(tmp_path: Path) -> None:
    feed = Feed(tmp_path)
    feed.put("night.toml", Settings(poll_date=POLL, zone="Atlantis/Capital"))
    assert plain_events(tmp_path, NOW, feed.read).begin == CLOSE


def test_said_leaves_a_whole_arrival_as_it_is() -> None:
    reading = Reading(format="test", reports=(result("Adur", 2),))
    arrival = Arrival(path="a", data=b"", digest="", at=CLOSE, basis="file")
    assert said(reading, arrival) is reading
