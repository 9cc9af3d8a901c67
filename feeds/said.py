"""Which reports of a file had been said when it arrived: a plain directory replays report by report."""

from datetime import datetime

import msgspec

from feeds.arrival import Arrival
from feeds.report import Quote, Reading, Report, Result


def said(reading: Reading, arrival: Arrival) -> Reading:
    """Return the reading with only those reports that had been said at the arrival.

    Without `until` that is all of them. With it, results declared and quotes said after it are left out, and so are
    those that the arrival says come `later`.
    """
    until = arrival.until
    if until is None:
        return reading
    later = frozenset(arrival.later)
    kept = tuple(
        report
        for position, report in enumerate(reading.reports)
        if position not in later and not _is_after(report, until)
    )
    return msgspec.structs.replace(reading, reports=kept)


def _is_after(report: Report, until: datetime) -> bool:
    at = report.declared_at if isinstance(report, Result) else report.said_at if isinstance(report, Quote) else None
    return at is not None and at > until
