"""A council's result with one seat altered, in the ways in which a file can be wrong."""

from random import Random

from tests.makers import pa
from tests.makers.agency import CODES, Plan, Seats, Version, shifted, total

CONTRADICTING = ("moved", "added", "removed", "won only", "changes only")
"""Alterations that leave the figures of the file at odds with each other or with the nominations."""

PLAUSIBLE = ("moved throughout", "added throughout")
"""Alterations that might as well be another result: changes and control follow from the altered seats."""


def altered(plan: Plan, kind: str, rng: Random) -> bytes | None:
    """Return the file of the council's newest result altered so, None where that kind cannot be in it."""
    version = plan.versions[-1]
    giver = rng.choice(sorted(version.elected))
    taker = rng.choice([p for p in ("C", "Lab", "LD") if CODES[p] != CODES[giver]])
    moved = shifted(rng, version, giver, taker)
    if kind in {"moved", "added", "removed"}:
        seat = {"moved": {giver: -1, taker: 1}, "added": {taker: 1}, "removed": {giver: -1}}[kind]
        return _file(plan, version, total(version.elected, seat), total(version.after, seat))
    if kind == "won only":
        return None if plan.council.proportion == "all" else _file(plan, version, moved.elected, version.after)
    if kind == "changes only":
        changes = total(plan.changes(version), {giver: -1, taker: 1})
        told = plan.told(version)
        return _file(plan, version, version.elected, version.after, changes) if told.states_change else None
    if kind == "moved throughout":
        return plan.data(moved)
    more = Version(version.revision, total(version.elected, {taker: 1}), total(version.after, {taker: 1}))
    return plan.data(more)


def _file(plan: Plan, version: Version, won: Seats, after: Seats, changes: Seats | None = None) -> bytes:
    states = plan.told(version).states_change
    return pa.result(
        plan.council,
        after,
        (plan.changes(version) if changes is None else changes) if states else None,
        None if plan.council.proportion == "all" else won,
        revision=version.revision,
        control=plan.control(version),
        states_control=plan.states_control,
    )
