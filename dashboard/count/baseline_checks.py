"""Figures of before and after one area's result that do not agree: held + change = new, previous control, seats up."""

from collections.abc import Iterator

from dashboard.count.control import control_of, majority, without_new
from dashboard.count.figures import Figures
from dashboard.count.measure import OTHERS
from dashboard.count.ward_checks import short
from feeds.plural import many
from feeds.report import NOC, Baseline, Seats


def against_baselines(figures: Figures) -> Iterator[str]:
    """Yield a sentence for each figure of a baseline that contradicts another, of it or of the result."""
    several = len(figures.frames) > 1
    for baseline in figures.frames:
        prefix = f"{baseline.baseline}: " if several and baseline.baseline else ""
        yield from (f"{prefix}{text}" for text in (*_before(figures, baseline), *_frame(figures, baseline)))
    result = figures.result
    if result is None:
        return
    own = figures.said.baseline(figures.said.own)
    moved = list(_changes(figures, own)) if result.change is not None else []
    if moved or (own is not None and own.continuing is not None):
        yield from moved or _continuing(figures, own)
    if result.previous is not None:
        yield from _previous(figures, own)


def _before(figures: Figures, baseline: Baseline) -> Iterator[str]:
    """Check what a baseline says of the area before: control, seats held, seats that are not up."""
    held, total = baseline.held, sum((baseline.held or {}).values()) + (baseline.vacant or 0)
    stated = without_new(baseline.control)
    if held and stated is not None and figures.kind != "region":
        yield from _was(stated, held, total)
    for code, seats in (baseline.continuing or {}).items():
        if held is not None and seats > held.get(code, 0):
            yield f"{short(code)}: {seats} continuing, but {held.get(code, 0)} held"


def _was(stated: str, held: Seats, total: int) -> Iterator[str]:
    """Compare a stated control with seats held. Where parties are counted together as others, these are no party."""
    arithmetic = control_of(held, total)
    if arithmetic in {stated, OTHERS} or (OTHERS in held and stated not in {*held, NOC}):
        return
    if stated == NOC:
        yield f"no overall control before, but {short(arithmetic)} had {held[arithmetic]} of {total}"
    else:
        yield f"{short(stated)} before, which had {held.get(stated, 0)} of {total}; a majority is {majority(total)}"


def _frame(figures: Figures, baseline: Baseline) -> Iterator[str]:
    """Check the seats of tonight that a baseline states: how many there are, how many are up and not up.

    Seats held at an election are not compared: wards and their seats may be others since.
    """
    total, up, vacant = figures.total, figures.up, baseline.vacant
    held = baseline.held if (baseline.baseline or figures.said.own) == "eve-of-poll" else None
    result = figures.result
    if result is not None and None not in {result.up, baseline.up} and result.up != baseline.up:
        yield f"{many(result.up or 0, 'seat')} up, {baseline.up} by the baseline"
    if baseline.total is not None and baseline.total not in {total, _size(baseline.held or {}, baseline)}:
        yield f"{many(total or 0, 'seat')}, {baseline.total} by the baseline"
    if figures.one_seat and max(total or 0, sum((baseline.held or {}).values())) > 1:
        seats = sum((baseline.held or {}).values())
        yield f"{many(total or 0, 'seat')} and {seats} held before, where one person is elected"
    if total is None or up is None or up >= total:
        return
    continuing = sum((baseline.continuing or {}).values())
    if continuing + up > total:
        yield f"{continuing} continuing and {up} up are more than {many(total, 'seat')}"
    seats = sum((held or {}).values())
    if held is not None and (seats > total or (vacant is not None and seats + vacant != total)):
        yield f"{seats} held and {vacant or 0} vacant before, of {many(total, 'seat')}"
    if baseline.continuing is not None and vacant is not None and continuing + up + vacant < total:
        yield f"{continuing} continuing, {up} up and {vacant} vacant are fewer than {many(total, 'seat')}"


def _continuing(figures: Figures, baseline: Baseline | None) -> Iterator[str]:
    """Check continuing + elected = new, where only some of the seats are up."""
    result, continuing = figures.result, baseline.continuing if baseline else None
    if result is None or continuing is None or result.stage != "full" or figures.up == figures.total:
        return
    elected, after = result.elected, result.composition
    if elected is None or after is None:
        return
    for code in sorted(continuing | elected | after):
        stay, won, now = continuing.get(code, 0), elected.get(code, 0), after.get(code, 0)
        if stay + won != now:
            yield f"{short(code)}: {stay} continuing and {won} elected is {stay + won}, not the {now} after"


def _changes(figures: Figures, own: Baseline | None) -> Iterator[str]:
    """Check held + change = new, where the size of the council is the same before and after by either account."""
    result, after = figures.result, figures.composition
    change = result.change if result else None
    if change is None or after is None:
        return
    before = {code: after.get(code, 0) - change.get(code, 0) for code in after | change}
    for code in sorted(c for c, seats in before.items() if seats < 0):
        yield f"{short(code)}: {change[code]:+d} to {after.get(code, 0)} seats means {before[code]} before"
    held = own.held if own is not None else None
    if held is None or own is None or figures.total not in {_size(before, own), _size(held, own)}:
        return
    for code in sorted(c for c in before | held if before.get(c, 0) != held.get(c, 0)):
        then, now, by = held.get(code, 0), after.get(code, 0), change.get(code, 0)
        yield f"{short(code)}: {then} held and {by:+d} is {then + by}, not the {now} after"


def _size(seats: Seats, baseline: Baseline) -> int:
    return sum(seats.values()) + (baseline.vacant or 0)


def _previous(figures: Figures, own: Baseline | None) -> Iterator[str]:
    """Compare the previous control that the result states with the baseline, else with the seats before."""
    result = figures.result
    stated = without_new(result.previous) if result is not None else None
    if stated is None or figures.kind == "region":
        return
    known = own.control if own is not None else None
    if known is not None and known != stated:
        yield f"stated as {stated} before, by the baseline {known}"
        return
    measured = next((m for m in figures.measures if m.name == figures.said.own), None)
    if known is None and measured is not None and measured.before and measured.before_total:
        yield from _was(stated, measured.before, measured.before_total)
