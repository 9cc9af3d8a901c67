"""Branch coverage of the counting and of the formats: `python -m tests.coverage`. Below 100 % it ends with 2.

Only the tests beside the two packages are run: what they do not reach has no test of its own.
"""

import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
TESTS: Final = (
    "tests/dashboard/count",
    "tests/feeds",
    "tests/dashboard/test_count_pa_messages.py",
    "tests/dashboard/test_audit.py",
    "tests/dashboard/test_audit_words.py",
)
RUN: Final = ("run", "-m", "pytest", "-q", "-p", "no:cacheprovider", *TESTS)


def main() -> int:
    """Run the tests and report what they leave out; return the first exit code that is not 0."""
    for arguments in (RUN, ("report",)):
        code = subprocess.run((sys.executable, "-m", "coverage", *arguments), cwd=ROOT, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
