"""What tests ask a sheet: its results, its baselines, or the problem that keeps it out."""

from feeds.formats.sheet import read
from feeds.report import Baseline, Problem, Result


def results(data: bytes) -> list[Result]:
    """Return the results of a sheet that can be read."""
    reading = read("a.csv", data)
    assert reading.problem is None, reading.problem
    return [r for r in reading.reports if isinstance(r, Result)]


def baselines(data: bytes) -> list[Baseline]:
    """Return the baselines of a sheet that can be read."""
    reading = read("a.csv", data)
    assert reading.problem is None, reading.problem
    return [r for r in reading.reports if isinstance(r, Baseline)]


def problem(data: bytes | str) -> Problem:
    """Return why a sheet cannot be read; nothing of it is reported."""
    reading = read("a.csv", data.encode() if isinstance(data, str) else data)
    assert reading.problem is not None
    assert reading.reports == ()
    return reading.problem
