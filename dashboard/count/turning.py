"""Which happenings are turning points: declarations, changes of control, corrections, and what is about an area."""

from typing import Final

from dashboard.count.night import Deed, Happening
from feeds.places import folded_place

DECLARATIONS: Final[frozenset[Deed]] = frozenset({"declared", "ward"})
TURNED: Final = frozenset({"gain", "loss"})
"""Outcomes that are changes of control (RULES 2); they are the ones that an election's `changes` list."""


def is_declaration(happening: Happening) -> bool:
    """Return whether an area or a ward was declared."""
    return happening.what in DECLARATIONS


def is_change(happening: Happening, election: str | None = None) -> bool:
    """Return whether control changed: by a declaration, or by a correction of who has won; in that election only."""
    if election is not None and happening.election != election:
        return False
    if happening.what == "correction":
        return happening.correction is not None and happening.correction.what in {"control", "winner"}
    return happening.what == "declared" and happening.area is not None and happening.area.outcome in TURNED


def is_correction(happening: Happening) -> bool:
    """Return whether something that had been published was changed or withdrawn."""
    return happening.what == "correction"


def is_about(happening: Happening, name: str) -> bool:
    """Return whether results of the area of that name were declared or corrected."""
    area = happening.area
    told = is_declaration(happening) or is_correction(happening)
    return told and area is not None and folded_place(area.name) == folded_place(name)
