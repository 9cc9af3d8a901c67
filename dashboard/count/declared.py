"""When an area was declared: as the feed says, else when the file came that made it so (RULES 18, 29)."""

from dashboard.count.evidence import Evidence
from dashboard.count.night import Moment
from dashboard.count.standing import moment
from feeds.arrival import Arrival, Event


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
