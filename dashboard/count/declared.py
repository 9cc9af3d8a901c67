"""When an area was declared: as the feed says, else when the file came that made it so (RULES 18, 29).

And whether that can be: what comes before polls close on its poll date is a test (RULES 23).
"""

from typing import Final
from zoneinfo import ZoneInfo

from dashboard.count.evidence import Evidence
from dashboard.count.night import Moment
from dashboard.count.standing import moment
from feeds.arrival import Arrival, Event
from feeds.report import Reading, Result, Settings

_DAYS: Final = 2
"""So many days after a poll it is over in every zone."""


def moment_as_kept(kept: Moment | None, said: Evidence) -> Moment | None:
    """Return when an area was declared, as it was kept; its own row may state another time since. None for not yet."""
    if kept is None:
        return None
    own = said.area.result.declared_at if said.area else None
    return Moment(at=own, basis="declared") if own is not None else kept


def lacks_moment(kept: Moment | None, said: Evidence) -> bool:
    """Whether an area has just become declared, or its own row brings a better time than was known."""
    if kept is None:
        return True
    if said.area is None:
        return False
    better = moment(said.area.saying)
    return (kept.at is None and better.at is not None) or better.basis == "declared" != kept.basis


def first_moment(said: Evidence, event: Event) -> Moment:
    """Return when an area became declared: what the feed says, else when this event came."""
    if said.area is not None and not said.retracted:
        return moment(said.area.saying)
    basis = event.basis if isinstance(event, Arrival) else "arrived"
    times = [k.found.result.declared_at for k in said.wards.known.values() if k.found is not None]
    if times and all(t is not None for t in times):
        return Moment(at=max(t for t in times if t is not None), basis="declared")
    return Moment(at=None if basis == "unknown" else event.at, basis=basis)


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
