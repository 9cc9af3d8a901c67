"""Contrast between two colours, and colours made legible: at least 4.5 to 1, whatever the theme."""

from collections.abc import Callable
from typing import Final

from textual.color import BLACK, WHITE, Color

LEAST: Final = 4.5
"""The contrast that text needs against its ground (WCAG 2.1, level AA)."""

STEPS: Final = 20

_LINEAR_BELOW: Final = 0.04045


def luminance(colour: Color) -> float:
    """Return the relative luminance of a colour, from 0 to 1."""
    red, green, blue = (_linear(part / 255) for part in colour.rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= _LINEAR_BELOW else ((part + 0.055) / 1.055) ** 2.4


def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two colours, from 1 (the same) to 21 (black and white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def as_it_is(colour: Color) -> Color:
    """Return the colour itself: what a terminal with all colours shows of it."""
    return colour


def legible(colour: Color, ground: Color, shown: Callable[[Color], Color] = as_it_is) -> Color:
    """Return the colour itself where it is legible on the ground, else moved just far enough towards black or white.

    One of the two always is: no ground is too near both. What counts is what is `shown` of either on the terminal.
    """
    under = shown(ground)
    if contrast(shown(colour), under) >= LEAST:
        return colour
    end = max((WHITE, BLACK), key=lambda other: contrast(other, under))
    moved = (colour.blend(end, step / STEPS) for step in range(1, STEPS + 1))
    return next((each for each in moved if contrast(shown(each), under) >= LEAST), end)
