"""How the interpreter shares out its time while very much waits to be counted, and else."""

import sys
from typing import Final

from dashboard import garbage

SHORT_TURN: Final = 0.0005
"""Seconds after which one thread lets another have its turn: reading, drawing and writing each have their own."""

LONG_TURN: Final = 0.005
"""The same while very much waits: every turn costs, and there is much to do in each thread."""


def share_out(is_deep: bool) -> None:
    """Take note that very much waits, or that it does no longer."""
    sys.setswitchinterval(LONG_TURN if is_deep else SHORT_TURN)
    if is_deep:
        garbage.put_off()
    else:
        garbage.take_up()
