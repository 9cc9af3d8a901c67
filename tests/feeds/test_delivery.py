import math
import threading
import tomllib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from feeds.arrival import Arrival, Event, Sighting, digest, order
from feeds.delivery import at_speed, deliver, rehearsed, within
from feeds.report import Settings
from feeds.saved import SavedNight
from feeds.whole import whole

BEGIN = datetime(2024, 5, 2, 21, 0, tzinfo=UTC)


def arrival(path: str, minutes: float, data: bytes | None = None, until: datetime | None = None) -> Arrival:
    content = path.encode() if data is None else data
    at = BEGIN + timedelta(minutes=minutes)
    return Arrival(path=path, data=content, digest=digest(content), at=at, basis="reported", until=until)


def night(*events: Event) -> SavedNight:
    return SavedNight(
        name="small",
        title="A small night",
        poll_date=date(2024, 5, 2),
        settings=Settings(),
        events=tuple(sorted(events, key=order)),
        begin=BEGIN,
        end=max([event.at for event in events], default=BEGIN),
    )


SETTINGS = arrival("night.toml", 0, b'title = "A small night"\n')


class Time:
    """A clock that moves only when something waits, and says when each file came."""

    def __init__(self) -> None:
        self.at = 500.0
        self.came: list[tuple[float, str]] = []

    def ticks(self) -> float:
        return self.at

    def wait(self, seconds: float) -> None:
        self.at += seconds

    def on_file(self, _position: int, _total: int, path: str) -> None:
        self.came.append((self.at - 500, path))


def delivered(
    saved: SavedNight,
    target: Path,
    pace: Callable[[datetime], float] = at_speed(BEGIN, math.inf),  # noqa: B008 - a pure function
    time: Time | None = None,
) -> int:
    time = time or Time()
    return deliver(
        saved, target, pace=pace, stop=threading.Event(), ticks=time.ticks, wait=time.wait, on_file=time.on_file
    )


def test_every_file_is_written_where_it_was_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "new" / "feed"
    events = (SETTINGS, arrival("a.csv", 1), arrival("results/deep/b.csv", 2))
    assert delivered(night(*events, Sighting(path=".x", at=BEGIN, state="ignored", reason="-")), target) == 3
    assert sorted(str(path.relative_to(target)) for path in target.rglob("*") if path.is_file()) == [
        "a.csv",
        "night.toml",
        "results/deep/b.csv",
    ]
    assert (target / "results/deep/b.csv").read_bytes() == b"results/deep/b.csv"


def test_files_come_when_the_pace_says_and_those_due_together_without_waiting(tmp_path: Path) -> None:
    time = Time()
    events = (SETTINGS, arrival("a", 1), arrival("b", 1), arrival("c", 10))
    delivered(night(*events), tmp_path, at_speed(BEGIN, 60), time)
    assert time.came == [(0, "night.toml"), (1, "a"), (1, "b"), (10, "c")]


def test_a_slow_write_is_made_up_for(tmp_path: Path) -> None:
    time = Time()
    came: list[float] = []

    def slow(_position: int, _total: int, _path: str) -> None:
        came.append(time.at - 500)
        time.at += 5

    stop = threading.Event()
    events = (SETTINGS, arrival("a", 1), arrival("b", 2), arrival("c", 20))
    pace = at_speed(BEGIN, 60)
    deliver(night(*events), tmp_path, pace=pace, stop=stop, ticks=time.ticks, wait=time.wait, on_file=slow)
    assert came == [0, 5, 10, 20]


def test_a_night_within_a_time_ends_at_that_time() -> None:
    end = BEGIN + timedelta(hours=10)
    pace = within(BEGIN, end, 90)
    assert [pace(BEGIN), pace(BEGIN + timedelta(hours=5)), pace(end)] == pytest.approx([0, 45, 90])
    assert pace(BEGIN - timedelta(hours=1)) == 0


def test_a_night_without_length_or_without_time_is_due_at_once() -> None:
    assert within(BEGIN, BEGIN, 90)(BEGIN) == 0
    assert within(BEGIN, BEGIN + timedelta(hours=1), 0)(BEGIN + timedelta(hours=1)) == 0
    assert at_speed(BEGIN, math.inf)(BEGIN + timedelta(hours=1)) == 0


def test_a_speed_that_is_not_positive_is_refused() -> None:
    with pytest.raises(ValueError, match="positive"):
        at_speed(BEGIN, 0)


def test_progress_is_told_from_one_to_the_total(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    pace = at_speed(BEGIN, math.inf)
    saved = night(SETTINGS, arrival("a", 1))
    deliver(saved, tmp_path, pace=pace, stop=threading.Event(), on_file=lambda *news: told.append(news))
    assert told == [(1, 2, "night.toml"), (2, 2, "a")]


def test_it_stops_when_told_and_says_how_many_files_there_are(tmp_path: Path) -> None:
    stop = threading.Event()
    pace = at_speed(BEGIN, 60)
    done = deliver(
        night(SETTINGS, arrival("a", 1), arrival("b", 2)),
        tmp_path,
        pace=pace,
        stop=stop,
        ticks=Time().ticks,
        wait=lambda _: stop.set(),
    )
    assert done == 1
    assert [path.name for path in tmp_path.iterdir()] == ["night.toml"]


def test_stopping_ends_a_long_wait_at_once(tmp_path: Path) -> None:
    stop, begun = threading.Event(), threading.Event()
    saved = night(SETTINGS, arrival("a", 60 * 24 * 365))
    thread = threading.Thread(
        target=lambda: deliver(saved, tmp_path, pace=at_speed(BEGIN, 1), stop=stop, on_file=lambda *_: begun.set())
    )
    thread.start()
    assert begun.wait(20)
    stop.set()
    thread.join(20)
    assert not thread.is_alive()


def test_a_content_said_bit_by_bit_is_delivered_once(tmp_path: Path) -> None:
    time = Time()
    events = (SETTINGS, arrival("a", 1, b"x", until=BEGIN), arrival("a", 2, b"x"), arrival("a", 3, b"y"))
    assert delivered(night(*events), tmp_path, at_speed(BEGIN, 60), time) == 3
    assert time.came == [(0, "night.toml"), (1, "a"), (3, "a")]
    assert (tmp_path / "a").read_bytes() == b"y"


def test_nothing_is_ever_seen_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    write = Path.write_bytes

    def noted(path: Path, data: bytes) -> int:
        written.append(path.name)
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", noted)
    delivered(night(SETTINGS, arrival("a.csv", 1)), tmp_path)
    assert written == [".night.toml.part", ".a.csv.part"]


def test_a_write_that_fails_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        delivered(night(SETTINGS), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["../a", "/etc/a", "b/../../a", ""])
def test_a_path_that_leads_out_of_the_directory_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="outside"):
        delivered(night(SETTINGS, arrival(path, 1, b"x")), tmp_path / "feed")
    assert not (tmp_path / "a").exists()


class TestTarget:
    def test_a_directory_that_holds_something_is_refused_in_words(self, tmp_path: Path) -> None:
        (tmp_path / "real.xml").write_text("<a/>")
        with pytest.raises(ValueError, match="is not empty"):
            delivered(night(SETTINGS), tmp_path)
        assert [path.name for path in tmp_path.iterdir()] == ["real.xml"]

    def test_dotfiles_do_not_matter(self, tmp_path: Path) -> None:
        (tmp_path / ".timestamp").write_text("1")
        assert delivered(night(SETTINGS), tmp_path) == 1

    def test_a_file_is_refused_in_words(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("x")
        with pytest.raises(ValueError, match="is a file"):
            delivered(night(SETTINGS), tmp_path / "file")


class TestRehearsal:
    def test_the_delivered_night_says_that_it_is_a_rehearsal(self, tmp_path: Path) -> None:
        delivered(night(SETTINGS), tmp_path)
        told = tomllib.loads((tmp_path / "night.toml").read_text(encoding="utf-8"))
        assert told == {"title": "A small night", "rehearsal": True}

    def test_a_night_without_settings_gets_some(self, tmp_path: Path) -> None:
        assert delivered(night(arrival("a.xml", 1)), tmp_path) == 2
        assert tomllib.loads((tmp_path / "night.toml").read_text(encoding="utf-8")) == {"rehearsal": True}

    @pytest.mark.parametrize(
        "text",
        [
            "",
            'title = "x"',
            'title = "x"\nrehearsal = false # not yet\nline = 326\n',
            'title = "x"\n"rehearsal"=false\n',
            "rehearsal = true\n# end\n",
            'title = "x"\n[table]\nrehearsal = false\n',
            'title = """\nrehearsal = false\n"""\nrehearsal = false\n[table]\nrehearsal = false\n',
            'watch = [\n  "Hull",\n]\n',
            'title = "Ynys Môn"\r\nrehearsal = false\r\n',
            "\ufefftitle = 'x'\n",
        ],
    )
    def test_only_that_setting_changes_and_the_file_counts_at_once(self, text: str) -> None:
        data = rehearsed(text.encode())
        before = tomllib.loads(text.removeprefix("\ufeff"))
        assert tomllib.loads(data.decode()) == {**before, "rehearsal": True}
        assert whole("night.toml", data)
        assert rehearsed(data) == data

    def test_settings_that_cannot_be_read_are_delivered_all_the_same(self) -> None:
        assert rehearsed(b"title = \n") == b"rehearsal = true\ntitle =\n# end\n"
        assert b"\xff" in rehearsed(b"\xff\n")
