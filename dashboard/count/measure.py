"""An area measured against a baseline: what stood before, and the change since (RULES 3, 8, 9)."""

from typing import Protocol

from dashboard.count.control import control_of, outcome_of, without_new
from dashboard.count.evidence import Evidence
from dashboard.count.night import Measure
from feeds.report import NEW, AreaKind, Baseline, BaselineName, Outcome, Result, Seats

OTHERS = "OTH"


class Measured(Protocol):
    """What is measured: an area's figures after the result; whether it is declared, and elects one person."""

    said: Evidence
    result: Result | None
    composition: Seats | None
    control: str | None
    declared: bool
    one_seat: bool
    kind: AreaKind


def measure(area: Measured, name: BaselineName | None) -> Measure:
    """Return the area against its baseline of that name.

    What the result itself states of before (previous control, change, outcome) is against the night's own baseline.
    """
    baseline = area.said.baseline(name)
    result = area.result if name == area.said.own else None
    before, before_total = _before(area, baseline, result)
    previous = _previous(area, baseline, result, before, before_total)
    if previous == NEW:
        before, before_total = None, None
    return Measure(
        name=name,
        before=before,
        before_total=before_total,
        previous=previous,
        outcome=_outcome(area, result, previous),
        change=None if previous == NEW else _change(area, result, before),
    )


def _before(area: Measured, baseline: Baseline | None, result: Result | None) -> tuple[Seats | None, int | None]:
    vacant = (baseline.vacant or 0) if baseline else 0
    composition = area.composition
    if result is not None and result.change is not None and composition is not None:
        change = result.change
        before = {code: composition.get(code, 0) - change.get(code, 0) for code in composition | change}
        return {code: n for code, n in before.items() if n}, sum(before.values()) + vacant
    holder = without_new(result.previous) if result is not None and area.one_seat else None
    if holder is not None:
        return {holder: 1}, 1
    if baseline is not None and baseline.held is not None:
        return baseline.held, sum(baseline.held.values()) + vacant
    return None, None


def _previous(
    area: Measured, baseline: Baseline | None, result: Result | None, before: Seats | None, total: int | None
) -> str | None:
    if result is not None and result.previous is not None:
        return result.previous
    if baseline is not None and baseline.control is not None:
        return baseline.control
    if not before or not total or area.kind == "region":
        return None
    return control_of(before, total)


def _outcome(area: Measured, result: Result | None, previous: str | None) -> Outcome | None:
    if not area.declared:
        return None
    if result is not None and result.outcome is not None:
        return result.outcome
    return None if area.control is None else outcome_of(area.control, previous)


def _change(area: Measured, result: Result | None, before: Seats | None) -> Seats | None:
    if not area.declared:
        return None
    if result is not None and result.change is not None:
        return result.change
    if area.composition is None or before is None:
        return None
    return difference(area.composition, before)


def difference(after: Seats, before: Seats) -> Seats:
    """Return after less before, party by party.

    Where the baseline counts several parties together as others, a party that it does not name is compared within
    them: its own change is not known.
    """
    if before.get(OTHERS):
        lumped = sum(n for code, n in after.items() if code not in before)
        after = {code: n for code, n in after.items() if code in before}
        after[OTHERS] = after.get(OTHERS, 0) + lumped
    return {code: after.get(code, 0) - before.get(code, 0) for code in after | before}
