from datetime import date, time

import pytest

from feeds.formats.settings import read
from feeds.report import Problem, Reading, Settings

FULL = """
title = "Local elections, 5 May 2022"
poll_date = 2022-05-05
zone = "Europe/London"
polls_close = 22:00:00
baseline = "eve-of-poll"
publisher = "PA"
line = 326
watch = ["Anytown", "Ynys Môn"]
picture = "london"
rehearsal = true
"""


def settings(text: str) -> Settings:
    reading = read("night.toml", text.encode())
    assert reading.problem is None, reading.problem
    (report,) = reading.reports
    assert isinstance(report, Settings)
    return report


def problem(data: str | bytes) -> Problem:
    reading = read("night.toml", data.encode() if isinstance(data, str) else data)
    assert reading.problem is not None
    assert reading.reports == ()
    return reading.problem


def test_every_setting_is_read() -> None:
    assert settings(FULL) == Settings(
        title="Local elections, 5 May 2022",
        poll_date=date(2022, 5, 5),
        zone="Europe/London",
        polls_close=time(22, 0),
        baseline="eve-of-poll",
        publisher="PA",
        line=326,
        watch=("Anytown", "Ynys Môn"),
        picture="london",
        rehearsal=True,
    )


def test_every_setting_may_be_left_out_and_is_one_that_the_record_has() -> None:
    assert settings("# nothing\n") == Settings()
    assert all(f"\n{name} = " in FULL for name in Settings.__struct_fields__)


def test_dates_and_times_may_be_written_as_text() -> None:
    found = settings('poll_date = "2022-05-05"\npolls_close = "22:30"\n')
    assert (found.poll_date, found.polls_close) == (date(2022, 5, 5), time(22, 30))


def test_an_unknown_setting_is_a_warning_that_names_the_nearest() -> None:
    reading = read("night.toml", b'title = "Night"\n\nPoll-Date = 2022-05-05\nxyzzy = 1\n[table]\na = 1\n')
    first, second, third = reading.warnings
    assert first == Problem(reason="unknown setting “Poll-Date”: did you mean poll_date?", line=3)
    assert second.reason.startswith("unknown setting “xyzzy”: the settings are title, poll_date, zone")
    assert third.line == 5
    assert reading.reports == (Settings(title="Night"),)


@pytest.mark.parametrize(
    ("setting", "reason"),
    [
        ("title = 3", "title is “3”, a text was expected"),
        ('title = ""', "title is “”, a text was expected"),
        (
            "poll_date = 2022-05-05T22:00:00",
            "poll_date is “2022-05-05 22:00:00”, a date such as 2022-05-05 was expected",
        ),
        ('poll_date = "May"', "poll_date is “May”, a date such as 2022-05-05 was expected"),
        ("poll_date = 0001-01-01", "poll_date is “0001-01-01”, a date such as 2022-05-05 was expected"),
        ("polls_close = 22", "polls_close is “22”, a time such as 22:00 was expected"),
        ('polls_close = "25:99"', "polls_close is “25:99”, a time such as 22:00 was expected"),
        ('polls_close = "22"', "polls_close is “22”, a time such as 22:00 was expected"),
        ('polls_close = "22:00+01:00"', "polls_close is “22:00+01:00”, a time such as 22:00 was expected"),
        ('zone = "Europe/Londn"', "zone is “Europe/Londn”, which is no time zone: did you mean Europe/London?"),
        ('zone = "Rhubarb"', "zone is “Rhubarb”, which is no time zone"),
        ('zone = "../../etc/passwd"', "zone is “../../etc/passwd”, which is no time zone"),
        ('baseline = "eve"', "baseline is “eve”, one of eve-of-poll, last-election, notional, none was expected"),
        ("line = true", "line is true, a number of seats from 1 to 10,000 was expected"),
        ("line = 0", "line is “0”, a number of seats from 1 to 10,000 was expected"),
        ('watch = "Anytown"', "watch is “Anytown”, a list of places was expected"),
        ("watch = [1]", "watch is a list, a text was expected"),
        ('rehearsal = "yes"', "rehearsal is “yes”, true or false was expected"),
        ("rehearsal = {}", "rehearsal is a table, true or false was expected"),
    ],
)
def test_a_wrong_setting_is_a_problem_with_its_line(setting: str, reason: str) -> None:
    assert problem(f"# night\n\n{setting}\n") == Problem(reason=reason, line=3)


def test_what_is_not_toml_is_a_problem_with_its_line() -> None:
    assert problem('title = "Night"\npoll_date 2022-05-05\n') == Problem(
        reason="not TOML: expected '=' after a key in a key/value pair", line=2
    )
    assert problem('title = "Night') == Problem(reason="not TOML: unterminated string", line=1)
    assert problem('title = "a"\ntitle = "b"\n').line == 2
    assert problem(b'title = "M\xf4n"\n').reason == "not UTF-8, which TOML is always written in"


@pytest.mark.parametrize(
    "text", ['zone = "Europe"', "title = " + "[" * 100_000, 'zone = "' + "x" * 100_000 + '"', 'zone = "a\\u0000b"']
)
def test_hostile_settings_are_refused_without_failing(text: str) -> None:
    assert problem(text).reason


def test_text_is_cleaned() -> None:
    assert settings('title = "[red]\\u001b[2J"\n').title == "[red]␛[2J"


def test_a_byte_order_mark_is_no_problem() -> None:
    assert read("night.toml", b'\xef\xbb\xbftitle = "N"\n') == Reading(
        format="night settings", reports=(Settings(title="N"),)
    )
