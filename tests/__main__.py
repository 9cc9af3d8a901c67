"""All checks and tests, one after the other: `python -m tests`. Ends with the first exit code that is not 0."""

import shlex
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
PYTHON: Final = (sys.executable, "-m")
CHECKS: Final = (
    (*PYTHON, "ruff", "check"),
    (*PYTHON, "ruff", "format", "--check"),
    (*PYTHON, "mypy"),
    (str(Path(sys.executable).with_name("lint-imports")),),
    (*PYTHON, "pytest"),
)


def main() -> int:
    """Run the checks in turn; return the first exit code that is not 0."""
    for check in CHECKS:
        sys.stderr.write(f"$ {shlex.join(check)}\n")
        sys.stderr.flush()
        code = subprocess.run(check, cwd=ROOT, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
