"""Blocks and box drawings as shapes: no font is needed for them, and no gap is left between the cells.

Everything is in pixels; a cell is told by its upper left corner. What comes out is the `d` of an SVG path.
"""

import itertools
from typing import Final, Literal

from feeds.text import width

Kind = Literal["fill", "light", "heavy", "dash", "hatch", "half", "dark"]

LOOKS: Final[dict[Kind, str]] = {
    "fill": 'fill="{}"',
    "half": 'fill="{}" fill-opacity=".5"',
    "dark": 'fill="{}" fill-opacity=".75"',
    "light": 'fill="none" stroke="{}" stroke-width="1.4"',
    "heavy": 'fill="none" stroke="{}" stroke-width="3"',
    "dash": 'fill="none" stroke="{}" stroke-width="1.4" stroke-dasharray="2 2.8"',
    "hatch": 'fill="none" stroke="{}" stroke-width="1.6" stroke-dasharray="1.6 3.2"',
}
"""How each kind of path is drawn, with a place for its colour."""

_UPRIGHT: Final = "▁▂▃▄▅▆▇█"
_LYING: Final = "▏▎▍▌▋▊▉█"
_PARTS: Final[dict[str, tuple[float, float, float, float]]] = {
    **{char: (0, 1 - eighths / 8, 1, eighths / 8) for eighths, char in enumerate(_UPRIGHT, 1)},
    **{char: (0, 0, eighths / 8, 1) for eighths, char in enumerate(_LYING, 1)},
    "▐": (0.5, 0, 0.5, 1),
    "▕": (7 / 8, 0, 1 / 8, 1),
    "▀": (0, 0, 1, 0.5),
    "▔": (0, 0, 1, 1 / 8),
    "▒": (0, 0, 1, 1),
    "▓": (0, 0, 1, 1),
}
"""The part of its cell that a block fills: left, top, width and height, as shares of the cell."""

_ARMS: Final = {
    **dict.fromkeys("─━┄╌", "lr"),
    **dict.fromkeys("│┃┆┊", "ud"),
    **dict.fromkeys("┌┏╭", "rd"),
    **dict.fromkeys("┐┓╮", "ld"),
    **dict.fromkeys("└┗╰", "ru"),
    **dict.fromkeys("┘┛╯", "lu"),
    **dict.fromkeys("├┣", "rud"),
    **dict.fromkeys("┤┫", "lud"),
    **dict.fromkeys("┬┳", "lrd"),
    **dict.fromkeys("┴┻", "lru"),
    **dict.fromkeys("┼╋", "lrud"),
    **dict.fromkeys("╴╸", "l"),
    **dict.fromkeys("╶╺", "r"),
    **dict.fromkeys("╵╹", "u"),
    **dict.fromkeys("╷╻", "d"),
}
"""Where the lines of a box drawing go from the middle of its cell: left, right, up, down."""

_HEAVY: Final = frozenset("━┃┏┓┗┛┣┫┳┻╋╸╺╹╻")
_DASHED: Final = frozenset("┄╌┆┊")
_ROUND: Final = frozenset("╭╮╰╯")
_HATCH_ROWS: Final = 4

SHAPES: Final = frozenset({*_PARTS, *_ARMS, "░"})
"""The characters that are drawn as shapes."""


def paths(text: str, left: float, top: float, cell: float, line: float) -> dict[Kind, str]:
    """Return the shapes in a row of text that begins at (`left`, `top`), in cells of `cell` by `line` pixels."""
    out: dict[Kind, str] = {}
    for char, run in itertools.groupby(text):
        length = len(list(run))
        wide = width(char) * length * cell
        if char in SHAPES:
            kind = _kind(char)
            out[kind] = out.get(kind, "") + _run(char, length, (left, top), (cell, line))
        left += wide
    return out


def _kind(char: str) -> Kind:
    if char in _PARTS:
        return "half" if char == "▒" else "dark" if char == "▓" else "fill"
    if char == "░":
        return "hatch"
    return "heavy" if char in _HEAVY else "dash" if char in _DASHED else "light"


def _run(char: str, length: int, corner: tuple[float, float], size: tuple[float, float]) -> str:
    """Return the same character so many times; what joins from cell to cell is one shape."""
    (left, top), (cell, line) = corner, size
    if char == "░":
        return _hatched(left, top, length * cell, line)
    if char in _PARTS and _PARTS[char][2] == 1:
        return _block(char, corner, (length * cell, line))
    if _ARMS.get(char) == "lr":
        return f"M{left:g} {top + line / 2:g}h{length * cell:g}"
    each = _block if char in _PARTS else _arms
    return "".join(each(char, (round(left + n * cell, 1), top), size) for n in range(length))


def _hatched(left: float, top: float, wide: float, high: float) -> str:
    step = high / _HATCH_ROWS
    rows = ((left + 0.8 + 2.4 * (n % 2), top + step * (n + 0.5)) for n in range(_HATCH_ROWS))
    return "".join(f"M{x:g} {y:g}H{left + wide:g}" for x, y in rows)


def _block(char: str, corner: tuple[float, float], size: tuple[float, float]) -> str:
    x, y, wide, high = (round(share * pixels, 2) for share, pixels in zip(_PARTS[char], (*size, *size), strict=True))
    return f"M{corner[0] + x:g} {corner[1] + y:g}h{wide:g}v{high:g}h{-wide:g}z"


def _arms(char: str, corner: tuple[float, float], size: tuple[float, float]) -> str:
    """Return the lines of a box drawing, from each edge of the cell to its middle."""
    (left, top), (cell, line) = corner, size
    middle = (round(left + cell / 2, 1), top + line / 2)
    ends = {
        "l": (left, middle[1]),
        "r": (round(left + cell, 1), middle[1]),
        "u": (middle[0], top),
        "d": (middle[0], top + line),
    }
    through = "Q{:g} {:g}".format(*middle)
    first, *rest = (ends[arm] for arm in _ARMS[char])
    if char in _ROUND:
        return "M{:g} {:g}".format(*first) + through + " {:g} {:g}".format(*rest[0])
    bent = "L{:g} {:g}".format(*middle)
    parts = ["M{:g} {:g}".format(*first) + bent, *("L{:g} {:g}".format(*end) for end in rest[:1])]
    return "".join([*parts, *("M{:g} {:g}".format(*end) + bent for end in rest[1:])])
