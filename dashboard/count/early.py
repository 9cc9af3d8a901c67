"""Whether a result is a test by its time: it came before polls close on its poll date (RULES 23)."""

from typing import Final
from zoneinfo import ZoneInfo

from feeds.arrival import Arrival
from feeds.report import Reading, Result, Settings

_DAYS: Final = 2
"""So many days after a poll it is over in every zone."""


def too_early(settings: Settings, arrival: Arrival, reading: Reading) -> str | None:
    """Return why an arrival's results are a test, None where they are not: by the night's zone and end of polling."""
    days = {report.election.poll_date for report in reading.reports if isinstance(report, Result)}
    for day in days:
        if day is None or arrival.basis not in {"arrived", "file"}:
            continue
        if (arrival.at.date() - day).days > _DAYS:
            continue
        local = arrival.at.astimezone(ZoneInfo(settings.zone))
        # A file's time may be of any day by the way it was copied; what is seen to arrive is a fact.
        before_the_day = local.date() < day and arrival.basis == "arrived"
        if before_the_day or (local.date() == day and local.time() < settings.polls_close):
            return f"a result came before polls close on {day.isoformat()}"
    return None
