"""Who reads in a thread stands aside while somebody waits for an answer, and only then."""

from pathlib import Path
from threading import Event, Thread

import pytest

from feeds import formats
from feeds.courtesy import Courtesy
from feeds.directory import Directory
from tests.bench.national import json_document
from tests.feeds.directories import Now


class Time:
    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def test_it_waits_as_long_as_was_asked_for_and_not_when_nobody_asked() -> None:
    time = Time()
    courtesy = Courtesy(time, time.sleep)
    courtesy.give()
    assert time.slept == []
    courtesy.ask(0.5)
    time.now = 0.25
    courtesy.ask(0.1)
    courtesy.give()
    assert time.slept == [0.25]
    courtesy.give()
    assert time.slept == [0.25]


def test_it_goes_on_at_once_where_nobody_waits_any_more_however_long_was_asked_for() -> None:
    time, waits = Time(), Event()
    courtesy = Courtesy(time)  # its clock stands still: it would wait for ever
    courtesy.ask(600.0)

    def given() -> None:
        waits.set()
        courtesy.give()

    thread = Thread(target=given)
    thread.start()
    assert waits.wait(5)
    courtesy.ask(0.0)
    thread.join(5)
    assert not thread.is_alive()
    courtesy.ask(0.5)
    assert courtesy._until == 0.5


def test_a_look_gives_way_before_each_file(tmp_path: Path) -> None:
    for number in range(50):
        (tmp_path / f"{number}.txt").write_text("text")
    given: list[None] = []
    Directory(tmp_path, Now(), give_way=lambda: given.append(None)).scan()
    assert len(given) >= 50


@pytest.mark.parametrize(("wards", "pieces"), [(200, 0), (1_000, 10), (12_000, 100)])
def test_a_document_that_is_not_small_gives_way_before_each_of_its_pieces(wards: int, pieces: int) -> None:
    given: list[None] = []
    data = json_document(wards)
    formats.read_ahead("large.json", data, lambda: given.append(None))
    assert (len(given) > pieces) is (pieces > 0)


def test_a_document_that_was_read_ahead_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    data = json_document(1_000)
    formats.read_ahead("large.json", data)
    monkeypatch.setattr(formats, "_read", lambda *_: pytest.fail("read in the thread that is to answer keys"))
    assert len(formats.read("large.json", data).reports) == 1_000
