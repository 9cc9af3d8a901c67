from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from dashboard.plain import HealthWords
from dashboard.view.feed import feed_lines
from dashboard.view.pieces import plain
from dashboard.view.status import banners, third_line, title_line
from feeds.health import Health
from feeds.state import Condition, FeedState
from tests.dashboard.test_panels import frame
from tests.makers import nights
from tests.makers.player import LONDON

GONE_AT = datetime(2022, 5, 6, 1, 14, tzinfo=UTC)
WELL = FeedState(mode="events", state="ok")
GONE = FeedState(mode="events", state="gone", since=GONE_AT)
DEAF = FeedState(mode="polling", state="ok", why="the system reports no changes here")


def test_a_directory_that_is_gone_is_stale_since_a_time_of_the_nights_zone() -> None:
    ((word, text, tone),) = banners(frame(nights.small_local(), feed=GONE))
    assert (word, tone) == ("STALE", "error")
    assert text == "the directory is gone since 02:14; the figures are the last good ones"


@pytest.mark.parametrize(
    ("state", "words"), [("emptied", "is empty since 02:14"), ("unreadable", "cannot be read since 02:14 (stale file)")]
)
def test_an_empty_and_an_unreadable_directory_are_stale_in_words(state: Condition, words: str) -> None:
    feed = FeedState(mode="events", state=state, since=GONE_AT, reason="stale file")
    ((word, text, _),) = banners(frame(nights.small_local(), feed=feed))
    assert (word, words in text) == ("STALE", True)


@pytest.mark.parametrize("width", [60, 80, 160])
def test_polling_is_said_at_every_width_and_why_where_there_is_room(width: int) -> None:
    shown = frame(nights.small_local(), feed=DEAF)
    assert "● LIVE · polling" in plain(title_line(shown, width))
    assert plain(third_line(shown, width)).startswith(" polling: the system reports no changes here")


def test_clocks_that_cannot_be_right_are_said() -> None:
    feed = FeedState(mode="events", state="ok", ahead=timedelta(minutes=12), behind=timedelta(seconds=90))
    back, ahead = banners(frame(nights.small_local(), feed=feed))
    assert (back[0], "went back by 1 min" in back[1]) == ("CLOCK", True)
    assert (ahead[0], "dated 12 min after" in ahead[1]) == ("CLOCK", True)


def test_nothing_is_said_of_a_directory_that_is_well() -> None:
    assert feed_lines(WELL, LONDON) == []
    assert banners(frame(nights.small_local(), feed=WELL)) == []
    assert "polling" not in plain(title_line(frame(nights.small_local(), feed=WELL), 160))


def test_without_a_screen_each_change_of_the_directory_and_its_recording_is_said_once() -> None:
    said: list[str] = []
    unreadable = msgspec.structs.replace(GONE, state="unreadable", reason="permission denied")
    words = HealthWords(said.append)
    for state in (WELL, GONE, GONE, unreadable, WELL, DEAF):
        words.tell(Health(state), LONDON)
    words.tell(Health(DEAF, "disk full"), LONDON)
    assert said == [
        "STALE: the directory is gone since 02:14; the figures are the last good ones",
        "STALE: the directory cannot be read since 02:14 (permission denied); the figures are the last good ones",
        "STALE no more",
        "polling: the system reports no changes here",
        "NOT RECORDED: disk full",
    ]
