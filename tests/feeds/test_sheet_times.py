from datetime import UTC, datetime

import pytest

from feeds.report import Problem
from tests.feeds.sheets import baselines, problem, results
from tests.makers.sheet import council_sheet


def at(hour: int, minute: int, day: int = 6) -> datetime:
    return datetime(2022, 5, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-05-06T02:14+01:00", at(1, 14)),
        ("2022-05-06T02:14:00+00:00", at(2, 14)),
        ("2022-05-06 02:14Z", at(2, 14)),
        ("2022-05-06 02:14", at(1, 14)),
        ("06/05/2022 02:14", at(1, 14)),
        ("02:14", at(1, 14)),
        ("22:00", at(21, 0, day=5)),
        ("23:59:30", datetime(2022, 5, 5, 22, 59, 30, tzinfo=UTC)),
        ("14:52", at(13, 52)),
        ("21:59", at(20, 59)),
    ],
)
def test_a_time_is_placed_in_the_night(text: str, expected: datetime) -> None:
    (result,) = results(council_sheet(declared_at=text, poll_date="2022-05-05"))
    assert result.declared_at == expected
    assert result.declared_at.tzinfo is UTC


def test_a_bare_time_cannot_be_placed_without_a_poll_date() -> None:
    assert problem(council_sheet(declared_at="02:14")) == Problem(
        reason="declared_at is “02:14”, which needs a column poll_date to say of which night", line=2
    )


@pytest.mark.parametrize(
    "text", ["24:10", "2022-05-06", "2022-13-06T02:14", "2am", "0001-01-01T00:00+14:00", "2022-05-06T02:14+99:00"]
)
def test_a_time_that_is_none_is_refused_in_words(text: str) -> None:
    found = problem(council_sheet(declared_at=text, poll_date="2022-05-05"))
    assert found.line == 2
    assert text in found.reason
    assert "was expected" in found.reason


def test_an_expected_time_is_baseline_and_never_a_declaration() -> None:
    (baseline,) = baselines(b"area,party,expected_at,poll_date\nAnytown,CON,02:00,5/5/2022\n")
    assert baseline.expected_at == at(1, 0)
    data = council_sheet(expected_at="02:00", poll_date="2022-05-05")
    assert results(data)[0].declared_at is None
    assert baselines(data)[0].expected_at == at(1, 0)
