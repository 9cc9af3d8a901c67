"""PA's referendum messages: known, and not counted as seats."""

from typing import Final

from feeds.pa import Reader, why_test
from feeds.report import Reading
from feeds.xml import Element


def _referendum(path: str, root: Element) -> Reading:
    return Reading(
        format="PA referendum",
        ignored="a referendum: recognised, not an election of seats",
        test=why_test(path, root),
    )


ROOTS: Final[dict[str, Reader]] = dict.fromkeys(
    ("ReferendumRush", "ReferendumResult", "ReferendumRecount", "RunningTotals"), _referendum
)
"""The readers by root element."""
