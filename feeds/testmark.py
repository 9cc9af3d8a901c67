"""Whether a file is marked as test data (RULES 23): the whole word Test, not as part of a place's name."""

import re
from pathlib import PurePosixPath
from typing import Final

KINDS: Final = frozenset({"nominations", "rush", "result", "recount", "sop", "running"})
"""The words of a file name that say what kind of message it holds; what follows them is a place."""

_PLACES = re.compile(r"\btest\W+valley\b|\bsouthampton\W+test\b", re.IGNORECASE)
_WORD = re.compile(r"\btest\b", re.IGNORECASE)


def test_in_election(name: str) -> bool:
    """Return whether an election's name has the whole word Test.

    The places Test Valley and Southampton Test do not count.
    """
    return "test" in name.casefold() and _WORD.search(_PLACES.sub(" ", name)) is not None


def test_in_name(path: str) -> bool:
    """Return whether a file name has the whole word Test before its kind; False where it names no kind.

    `Local_Test_result_Adur_1.xml` has, `Local_result_Test_Valley_1.xml` has not.
    """
    if "test" not in path.casefold():
        return False
    words = PurePosixPath(path).stem.split("_")
    kind = next((i for i, word in enumerate(words) if word.lower() in KINDS), 0)
    return test_in_election(" ".join(words[:kind]))
