"""Typed attributes: what is taken, what is refused, and in which words."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.attributes import day, flag, moment, number, required, required_number, text
from feeds.text import Raw
from feeds.xml import Element, XmlProblem

LONDON = ZoneInfo("Europe/London")


def holding(value: str | None) -> Element:
    return Element("Party", {} if value is None else {"x": Raw(value)}, 7)


def test_text_is_cleaned_and_a_blank_is_not_said() -> None:
    assert text(holding("  Glyndw\u0302r\u202e "), "x") == "Glyndŵr⟨U+202E⟩"
    assert text(holding("  "), "x") is None
    assert text(holding(None), "x") is None


def test_a_missing_name_is_said_with_its_line() -> None:
    with pytest.raises(XmlProblem, match=r"^line 7: Party has no x$"):
        required(holding(" "), "x")
    with pytest.raises(XmlProblem, match=r"^line 7: Party has no x$"):
        required_number(holding(None), "x", 10)


@pytest.mark.parametrize(("value", "expected"), [("31", 31), ("+6", 6), ("-6", -6), ("007", 7), (" 8 ", 8), ("0", 0)])
def test_whole_numbers_are_read_with_or_without_a_sign(value: str, expected: int) -> None:
    assert number(holding(value), "x", 100, -100) == expected


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("31x", "x is “31x”, a whole number was expected"),
        ("3.0", "x is “3.0”, a whole number was expected"),
        ("1_000", "x is “1_000”, a whole number was expected"),
        ("٣١", "x is “٣١”, a whole number was expected"),
        ("−3", "x is “−3”, a whole number was expected"),
        ("-3", "x is “-3”, less than the 0 that can be right"),
        ("10001", "x is “10001”, more than the 10,000 that can be right"),
        ("9" * 5_000, f"x is “{'9' * 39}…”, more than the 10,000 that can be right"),
        ("-" + "9" * 5_000, f"x is “-{'9' * 38}…”, less than the 0 that can be right"),
    ],
)
def test_a_number_that_cannot_be_right_is_quoted(value: str, reason: str) -> None:
    with pytest.raises(XmlProblem) as caught:
        number(holding(value), "x", 10_000)
    assert str(caught.value).startswith(f"line 7: {reason[:40]}")
    assert caught.value.reason.endswith(reason[-30:])


def test_a_flag_is_true_false_or_absent() -> None:
    assert [flag(holding(v), "x") for v in ("true", "1", "false", "0", None)] == [True, True, False, False, False]
    with pytest.raises(XmlProblem, match="x is “yes”, true or false was expected"):
        flag(holding("yes"), "x")


def test_a_date_is_iso_with_or_without_an_offset() -> None:
    assert day(holding("2026-05-07"), "x") == date(2026, 5, 7)
    assert day(holding("2026-05-07+01:00"), "x") == date(2026, 5, 7)
    assert day(holding(None), "x") is None


@pytest.mark.parametrize("value", ["0000-00-00", "2026-02-30", "07/05/2026", "20260507", "2026-W19-4", "0001-01-01"])
def test_a_date_that_is_none_is_refused_with_an_example(value: str) -> None:
    with pytest.raises(XmlProblem) as caught:
        day(holding(value), "x")
    assert caught.value.reason == f"x is “{value}”, a date such as 2026-05-07 was expected"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-05-08T02:14:00+01:00", datetime(2026, 5, 8, 1, 14, tzinfo=UTC)),
        ("2026-05-08T01:14:00+00:00", datetime(2026, 5, 8, 1, 14, tzinfo=UTC)),
        ("2026-05-08T01:14:00Z", datetime(2026, 5, 8, 1, 14, tzinfo=UTC)),
        ("2026-05-08T02:14:00", datetime(2026, 5, 8, 1, 14, tzinfo=UTC)),
        ("2026-11-08 02:14", datetime(2026, 11, 8, 2, 14, tzinfo=UTC)),
    ],
)
def test_a_time_is_utc_and_one_without_an_offset_is_local(value: str, expected: datetime) -> None:
    found = moment(holding(value), "x", LONDON)
    assert found == expected
    assert found is not None
    assert found.tzinfo is UTC


@pytest.mark.parametrize("value", ["02:14", "2026-05-08", "2026-05-08T25:00:00", "0001-01-01T00:00:00+14:00"])
def test_a_time_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(XmlProblem, match="a time such as"):
        moment(holding(value), "x", LONDON)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_no_text_raises_anything_but_a_problem(value: str) -> None:
    element = holding(value)
    for read in (
        lambda: number(element, "x", 10),
        lambda: flag(element, "x"),
        lambda: day(element, "x"),
        lambda: moment(element, "x", LONDON),
    ):
        try:
            read()
        except XmlProblem as problem:
            assert problem.line == 7
