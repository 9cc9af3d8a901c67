"""PA messages that are known but not counted: referendums, and kinds of election that have no reader yet."""

from typing import Final

from feeds.pa import Reader, why_test
from feeds.report import Problem, Reading
from feeds.xml import Element

_REFERENDUM: Final = ("ReferendumRush", "ReferendumResult", "ReferendumRecount", "RunningTotals")
_UNREAD: Final = (
    "FirstPastThePostNominations",
    "FirstPastThePostRush",
    "FirstPastThePostResult",
    "FirstPastThePostStateOfParties",
    "Recount",
    "TopUpNominations",
    "TopUpRush",
    "TopUpResult",
    "ElectionNominations",
    "ElectionResult",
)


def _referendum(path: str, root: Element) -> Reading:
    return Reading(
        format="PA referendum",
        ignored="a referendum: recognised, not an election of seats",
        test=why_test(path, root),
    )


def _unread(path: str, root: Element) -> Reading:
    reason = f"PA's message {root.tag} is known, but this version does not read it yet"
    return Reading(format=f"PA {root.tag}", problem=Problem(reason=reason, line=root.line), test=why_test(path, root))


ROOTS: Final[dict[str, Reader]] = {
    **dict.fromkeys(_REFERENDUM, _referendum),
    **dict.fromkeys(_UNREAD, _unread),
}
"""The readers by root element."""
