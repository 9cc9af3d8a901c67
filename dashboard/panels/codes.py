"""What goes to the terminal in fewer bytes: of a colour only what is another one than that of the piece before.

Rich resets everything behind each piece and says both its colours again, some forty bytes a piece; over a slow line
that is what takes the time.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

RESET: Final = "\x1b[0m"

STEP: Final = re.compile(r"(\x1b\[0m)?((?:\x1b\[\d+;\d+H|\r?\n)*)\x1b\[(?!0m)([\d;]+)m")
"""Where a piece begins: perhaps the end of the one before, perhaps the way to another place, and how it looks."""

EXTENDED: Final = {"2": 5, "5": 3}
"""How many numbers a colour takes that is given by its parts, or by its place in a table."""


class Look(NamedTuple):
    """How a piece looks, in the terminal's numbers: what is not a colour, the text's colour, and the ground's."""

    marks: str
    front: str
    ground: str


def shortened(written: str) -> str:
    """Return what puts the same on a terminal, given pieces that each say all of how they look and reset it."""
    before = Look("", "", "")

    def step(found: re.Match[str]) -> str:
        nonlocal before
        ends, way, codes = found.groups()
        last, before = (before if ends else None), look_of(codes)
        return way + (f"\x1b[{codes}m" if last is None else _change(last, before))

    return STEP.sub(step, written)


@lru_cache(maxsize=4_096)
def look_of(codes: str) -> Look:
    """Return the look that numbers between semicolons stand for."""
    numbers = codes.split(";")
    marks: list[str] = []
    front = ground = ""
    place = 0
    while place < len(numbers):
        number = numbers[place]
        size = EXTENDED.get(numbers[place + 1], 1) if number in {"38", "48"} and place + 1 < len(numbers) else 1
        said = ";".join(numbers[place : place + size])
        if number == "48" or (number.startswith(("4", "10")) and len(number) > 1):
            ground = said
        elif number == "38" or (number.startswith(("3", "9")) and len(number) > 1):
            front = said
        else:
            marks.append(said)
        place += size
    return Look(";".join(marks), front, ground)


@lru_cache(maxsize=4_096)
def _change(before: Look, now: Look) -> str:
    """Return what turns one look into another."""
    if now.marks != before.marks or (before.front and not now.front) or (before.ground and not now.ground):
        return f"\x1b[0;{';'.join(part for part in now if part)}m"
    said = ";".join(part for part, old in ((now.front, before.front), (now.ground, before.ground)) if part != old)
    return f"\x1b[{said}m" if said else ""
