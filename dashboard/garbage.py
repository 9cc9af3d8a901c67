"""How often memory is searched for cycles. A count makes hardly any, and holds much that would be looked through.

Frozen records of which a night has thousands are left out of the search (`gc=False` where they are declared): what
cannot be changed once it is made can be no part of a cycle of its own.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

YOUNG: Final = 300
MIDDLE: Final = 1
OLD: Final = 5_000
"""So many new records to a search through the new, so many of those to one through the middle-aged, and so on.

Every record that stays is looked at once in each age, whatever the numbers are: they say how many at a time, and a key
waits as long as that. Two thousand took 13 ms where each refers to others all over the memory of a national count.
"""


def searched_rarely() -> None:
    """Leave what is loaded out of every search from now on, and search the rest more rarely than Python does."""
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)


def put_off() -> None:
    """Search for nothing until `take_up`: nearly all that is made meanwhile stays."""
    gc.disable()


def take_up() -> None:
    """Search again, where that was put off; what was made meanwhile is left out of every search."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


@contextmanager
def loading() -> Iterator[None]:
    """Search for nothing while modules are loaded: all that they leave stays, and it is left out of every search."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
