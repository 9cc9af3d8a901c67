"""What a terminal can draw with: block characters, braille dots, or plain ASCII."""

import unicodedata
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Final

from dashboard.view.pieces import Line
from feeds.parties import party


class Ink(Enum):
    """A set of characters. Braille is used for lines only: in it, nothing but colour would tell parties apart."""

    BLOCKS = "blocks"
    BRAILLE = "braille"
    ASCII = "ascii"


LOCALE: Final = ("LC_ALL", "LC_CTYPE", "LANG")

POOR: Final = frozenset({"linux", "dumb", "vt100", "vt102", "vt220"})
"""Terminals with at most 512 letters, by their `TERM`: the console of the kernel, and old ones."""

SPARE: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
"""Marks for parties whose own are taken."""

_PLAIN: Final = str.maketrans(
    {
        **dict.fromkeys("█▉▊▋▌▍▎▏▇▆▅▄▃▂▁▓", "#"),
        **dict.fromkeys("░▒", ":"),
        **dict.fromkeys("─━┄╌–—−", "-"),
        **dict.fromkeys("│┃┊┆", "|"),
        **dict.fromkeys("╭╮╰╯┌┐└┘├┤┬┴┼╴╶", "+"),
        **dict.fromkeys("“”", '"'),
        **dict.fromkeys("‘’", "'"),
        "→": ">", "▶": ">", "►": ">", "·": ".", "…": "~", "±": "=", "×": "x", "≈": "~", "⚠": "!", "✦": "*", "★": "*",
    }
)  # fmt: skip


def ink_for(environment: Mapping[str, str], wanted: str = "auto") -> Ink:
    """Return the ink that is `wanted`; `auto` is blocks, and ASCII on a terminal whose letters have few of them.

    Where the locale is not UTF-8 it is ASCII, whatever is wanted; without a locale it is taken to be UTF-8.
    """
    stated = next((environment[name] for name in LOCALE if environment.get(name)), "UTF-8")
    if "utf8" not in stated.casefold().replace("-", ""):
        return Ink.ASCII
    if wanted == "auto":
        return Ink.ASCII if environment.get("TERM") in POOR else Ink.BLOCKS
    return Ink(wanted)


def marks(codes: Iterable[str], ink: Ink) -> dict[str, str]:
    """Return a mark of one cell for each party, no two the same: its glyph, in ASCII a letter of its name.

    A party's mark does not depend on those after it. There are marks for 36 parties without a glyph; the others
    share `?`.
    """
    out: dict[str, str] = {}
    taken: set[str] = set()
    for code in codes:
        own = party(code)
        wanted = own.short.upper() + code + SPARE if ink is Ink.ASCII else own.glyph + code + SPARE
        free = (c for c in wanted if c not in taken and (ink is not Ink.ASCII or (c.isascii() and c.isalnum())))
        out[code] = next(free, "?")
        taken.add(out[code])
    return out


def spelt(lines: Iterable[Line], ink: Ink) -> tuple[Line, ...]:
    """Return lines in the characters of an ink, every one as wide as it was."""
    if ink is not Ink.ASCII:
        return tuple(lines)
    return tuple(tuple((_ascii(text), style) for text, style in each) for each in lines)


def _ascii(text: str) -> str:
    if text.isascii():
        return text
    return "".join(map(_letter, text.translate(_PLAIN)))


def _letter(char: str) -> str:
    if char.isascii():
        return char
    if unicodedata.category(char) in {"Mn", "Me"}:
        return ""
    base = unicodedata.normalize("NFKD", char)[0]
    letter = base if base.isascii() else "?"
    return letter * (2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1)
