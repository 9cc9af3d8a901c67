"""Which reports of a file had been said when it arrived: a plain directory replays report by report."""

import msgspec

from feeds.arrival import Arrival
from feeds.report import Reading, Result


def said(reading: Reading, arrival: Arrival) -> Reading:
    """Return the reading with only those reports that had been said at the arrival.

    Without `until` that is all of them. With it, results declared after it are left out, and so are those that
    the arrival says come `later`.
    """
    until = arrival.until
    if until is None:
        return reading
    later = frozenset(arrival.later)
    kept = tuple(
        report
        for position, report in enumerate(reading.reports)
        if position not in later
        and not (isinstance(report, Result) and report.declared_at is not None and report.declared_at > until)
    )
    return msgspec.structs.replace(reading, reports=kept)
