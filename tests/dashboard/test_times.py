"""Moments of a night: which one a typed time means (RULES 31)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dashboard.view.grids import length_words
from dashboard.view.times import moment, polls_close
from feeds.report import Settings
from tests.makers.states import night

LONDON = ZoneInfo("Europe/London")
CLOSE = datetime(2022, 5, 5, 21, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("22:00", "2022-05-05T21:00:00"),
        ("23:30", "2022-05-05T22:30:00"),
        ("02:14", "2022-05-06T01:14:00"),
        ("2:14:09", "2022-05-06T01:14:09"),
        ("21:59", "2022-05-06T20:59:00"),
        ("2022-05-06T02:14", "2022-05-06T01:14:00"),
        ("2022-05-06T02:14:00+00:00", "2022-05-06T02:14:00"),
    ],
)
def test_a_time_means_its_first_occurrence_after_polls_close_or_what_iso_says(text: str, utc: str) -> None:
    assert moment(text, CLOSE, LONDON) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_a_time_that_comes_twice_as_the_clocks_go_back_means_the_first() -> None:
    close = datetime(2022, 10, 29, 21, 0, tzinfo=UTC)
    assert moment("01:30", close, LONDON) == datetime(2022, 10, 30, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["25:00", "02:99", "soon", "", "2:1"])
def test_what_is_no_time_is_refused_with_how_to_write_one(text: str) -> None:
    with pytest.raises(ValueError, match="write HH:MM, HH:MM:SS or"):
        moment(text, CLOSE, LONDON)


def test_polls_close_on_the_poll_date_in_the_nights_zone_and_are_unknown_without_one() -> None:
    assert polls_close(night()) == CLOSE
    assert polls_close(night(poll_date=None)) is None
    assert polls_close(night(settings=Settings(rehearsal=True))) is None


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 s"), (59, "59 s"), (60, "0:01"), (66_600, "18:30"), (360_000, "100:00")]
)
def test_a_length_is_in_hours_and_minutes_and_under_a_minute_in_seconds(seconds: int, words: str) -> None:
    assert length_words(timedelta(seconds=seconds)) == words
