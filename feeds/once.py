"""Whether a document says two things of one place: one of two figures would be lost.

A place may come again at another revision, in another round, or as a rush and as a full result.
"""

import msgspec

from feeds.places import folded_place, place_key
from feeds.report import Baseline, Contest, Problem, Reading, Report, Result, Totals
from feeds.text import folded

Key = tuple[object, ...]


def once(reading: Reading) -> Reading:
    """Return the reading; with a problem in place of its reports where it holds two reports of one place."""
    if len(reading.reports) <= 1:
        return reading
    seen: dict[Key, int | None] = {}
    for report in reading.reports:
        key = key_of(report)
        if key is None:
            continue
        if key in seen:
            problem = Problem(reason=_words(report, seen[key]), line=_line(report))
            return msgspec.structs.replace(reading, reports=(), warnings=(), unknown_parties={}, problem=problem)
        seen[key] = _line(report)
    return reading


def key_of(report: Report) -> Key | None:
    """Return what a report is about, in which state of its count; None where it may well be said again."""
    if isinstance(report, Result):
        state: Key = ("result", report.stage, report.round, report.revision)
    elif isinstance(report, Baseline):
        state = ("baseline", report.baseline, report.revision)
    elif isinstance(report, Totals):
        return ("totals", _contest(report.election), report.publisher, report.region, report.number)
    else:
        return None
    return (*state, _contest(report.election), place_key(report.area), folded_place(report.ward or ""))


def _contest(contest: Contest) -> Key:
    return (contest.kind, folded(contest.name), contest.poll_date)


def _line(report: Report) -> int | None:
    return report.line if isinstance(report, Result | Baseline | Totals) else None


def _words(report: Report, line: int | None) -> str:
    if isinstance(report, Result | Baseline):
        what = f"{report.area.name}, {report.ward}" if report.ward else report.area.name
    else:
        what = "a state of the parties"
    return f"{what} is there twice" + (f": see line {line}" if line else "")
