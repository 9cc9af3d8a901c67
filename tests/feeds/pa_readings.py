"""Reads made-up PA messages as the table of formats would, and says what came out in one line."""

from typing import TypeVar

from feeds.formats import ROOTS
from feeds.report import Reading, Record
from feeds.xml import parse

R = TypeVar("R", bound=Record)


def read(data: bytes, path: str = "a.xml") -> Reading:
    root = parse(data)
    return ROOTS[root.tag](path, root)


def only(kind: type[R], data: bytes) -> R:
    """Return the one report of a message that is read without a problem."""
    reading = read(data)
    assert reading.problem is None, reading.problem
    (report,) = reading.reports
    assert isinstance(report, kind)
    return report


def refusal(data: bytes) -> str:
    """Return why a message is refused, with its line."""
    reading = read(data)
    assert reading.problem is not None
    assert reading.reports == ()
    return f"line {reading.problem.line}: {reading.problem.reason}"


def warnings(data: bytes) -> list[str]:
    """Return what is odd in a message that is read all the same."""
    reading = read(data)
    assert reading.reports, reading.problem
    return [f"line {warning.line}: {warning.reason}" for warning in reading.warnings]
