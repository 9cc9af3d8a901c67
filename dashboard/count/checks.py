"""Figures of one area that do not agree with each other: listed, never mended (RULES 2, 11)."""

from collections.abc import Iterator

from dashboard.count.control import control_of, majority, outcome_of
from dashboard.count.figures import Figures, add_up
from feeds.parties import party
from feeds.report import NOC, Seats


def discrepancies(figures: Figures) -> tuple[str, ...]:
    """Return a sentence for each pair of figures that contradict each other."""
    if not figures.declared and not any(w.elected for w in figures.wards):
        return ()
    return (*_control(figures), *_outcome(figures), *_sums(figures), *_wards(figures))


def _control(figures: Figures) -> Iterator[str]:
    stated = figures.result.control if figures.result else None
    composition, total = figures.composition, figures.total
    if stated is None or composition is None or not total or figures.kind == "region":
        return
    arithmetic = control_of(composition, total)
    if arithmetic == stated:
        return
    if stated == NOC:
        yield f"stated as no overall control, but {_short(arithmetic)} has {composition[arithmetic]} of {total}"
    else:
        held = composition.get(stated, 0)
        yield f"stated as {_short(stated)}, which has {held} of {total}; a majority is {majority(total)}"


def _outcome(figures: Figures) -> Iterator[str]:
    result = figures.result
    if result is None or result.outcome is None or figures.control is None:
        return
    found = outcome_of(figures.control, figures.previous)
    if found is not None and found != result.outcome:
        yield f"stated as {result.outcome}, but {figures.control} after {figures.previous} is {found}"


def _sums(figures: Figures) -> Iterator[str]:
    result = figures.result
    if result is None:
        return
    if result.composition is not None and figures.total is not None:
        seats = sum(result.composition.values()) + (figures.vacant or 0)
        if seats != figures.total:
            yield f"the composition adds up to {seats}, the council has {figures.total} seats"
    if result.elected is None or figures.up is None or result.stage == "partial":
        return
    filled = sum(result.elected.values())
    if filled > figures.up:
        yield f"{filled} elected, more than the {figures.up} seats up"
    elif filled + figures.deferred < figures.up:
        yield f"{filled} elected and {figures.deferred} deferred, but {figures.up} seats were up"


def _wards(figures: Figures) -> Iterator[str]:
    own = figures.result.elected if figures.result else None
    parts = [w.elected for w in figures.wards if w.elected is not None]
    for ward in figures.wards:
        if ward.elected is not None and ward.seats is not None and sum(ward.elected.values()) > ward.seats:
            yield f"{ward.name}: {sum(ward.elected.values())} elected for {ward.seats} seats"
    if own is None or not parts:
        return
    wards = add_up(parts)
    complete = sum(wards.values()) >= sum(own.values())
    differing = [c for c in sorted(own | wards) if _contradicts(own, wards, c, complete)]
    for code in differing:
        yield f"{_short(code)}: {own.get(code, 0)} elected by the area's own row, {wards.get(code, 0)} by its wards"


def _contradicts(own: Seats, wards: Seats, code: str, complete: bool) -> bool:
    """Wards that are still coming in contradict the area's row only where they already have more than it."""
    return wards.get(code, 0) > own.get(code, 0) or (complete and wards.get(code, 0) != own.get(code, 0))


def _short(code: str) -> str:
    return party(code).short
