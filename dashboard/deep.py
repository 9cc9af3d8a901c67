"""How the interpreter shares out its time while there is much to count, and else."""

import sys
from enum import Enum, auto
from typing import Final

from dashboard import garbage

SHORT_TURN: Final = 0.0005
"""Seconds after which one thread lets another have its turn: reading, drawing and writing each have their own."""

LONG_TURN: Final = 0.005
"""The same while very much waits: every turn costs, and there is much to do in each thread."""


class Load(Enum):
    """How much there is to count: not much, an event with very many reports, or very many events.

    Before the first picture nearly all that is made stays, however little it is.
    """

    OPENING = auto()
    LITTLE = auto()
    LONG = auto()
    DEEP = auto()


def share_out(load: Load) -> None:
    """Take note of how much there is to count."""
    sys.setswitchinterval(LONG_TURN if load is Load.DEEP else SHORT_TURN)
    if load is Load.LITTLE:
        garbage.take_up()
    else:
        garbage.put_off()


def unheard(_load: Load) -> None:
    """Take no note of it."""
