"""The arithmetic of bars: how long a bar is in eighths of a cell, how a whole is divided among its parts."""

from collections.abc import Sequence
from typing import Final

BLOCKS: Final = " ▏▎▍▌▋▊▉█"
"""A cell filled from the left by none to eight eighths."""

CELL: Final = 8
"""Eighths in one cell."""


def filled(count: int) -> str:
    """Return a bar of `count` eighths, without trailing spaces."""
    whole, rest = divmod(max(0, count), CELL)
    return BLOCKS[CELL] * whole + (BLOCKS[rest] if rest else "")


def eighths(value: float, maximum: float, width: int) -> str:
    """Return the bar of `value` where `maximum` fills `width` cells.

    A value above zero has a bar of at least one eighth, only the maximum fills the whole width, and a larger
    value never has a shorter bar. Zero and less, or no room, is the empty string.
    """
    if value <= 0 or maximum <= 0 or width <= 0:
        return ""
    full = width * CELL
    if value >= maximum:
        return filled(full)
    return filled(min(full - 1, max(1, int(value * full / maximum))))


def divided(values: Sequence[int], width: int) -> list[int]:
    """Return how many eighths each of the values gets in a bar of `width` cells.

    The parts fill the bar exactly where any value is above zero. Each value above zero gets at least one
    whole cell, so that nobody vanishes; where there are more of them than cells, the largest are kept.
    """
    shown = sorted((i for i, v in enumerate(values) if v > 0), key=lambda i: -values[i])[: max(0, width)]
    parts = [0] * len(values)
    large = shown
    room = width * CELL
    while large:
        total = sum(values[i] for i in large)
        small = [i for i in large if values[i] * room < CELL * total]
        if not small:
            break
        room -= CELL * len(small)
        large = [i for i in large if i not in small]
    for i in shown:
        parts[i] = CELL
    _share_out(parts, values, large, room)
    return parts


def _share_out(parts: list[int], values: Sequence[int], among: list[int], room: int) -> None:
    """Divide `room` eighths in proportion, what is left over going to the largest remainders."""
    if not among:
        return
    total = sum(values[i] for i in among)
    for i in among:
        parts[i] = values[i] * room // total
    left = room - sum(parts[i] for i in among)
    for i in sorted(among, key=lambda i: -(values[i] * room % total))[:left]:
        parts[i] += 1
