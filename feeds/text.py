"""Cleaning of feed text: the one place where outside text becomes safe to show.

After `clean`, a string holds printable characters only. What was not printable is made visible, not dropped:
control characters as their Unicode pictures (`␛`), everything else that is invisible or directs the terminal
(8-bit controls, direction overrides, zero-width and private characters, lone surrogates) as `⟨U+202E⟩`.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

MAX_TEXT: Final = 2_000
CONTROL_PICTURES: Final = 0x2400
MAX_MARKS: Final = 4
"""Combining marks kept in a row: more than any language needs."""

_PLAIN = re.compile(r"[\x20-\x7e]*\Z")
_SPACES = "\t\n\v\f\r\u0085\u2028\u2029"
_SPELT_OUT = re.compile(r"⟨U\+(10[0-9A-F]{4}|[0-9A-F]{4,5})⟩")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def _visible(char: str) -> str:
    code = ord(char)
    if char in _SPACES:
        return " "
    if code < ord(" "):
        return chr(CONTROL_PICTURES + code)
    if char == "\x7f":
        return "␡"
    return f"⟨U+{code:04X}⟩"


def _bounded(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _spelt(text: str) -> str:
    out: list[str] = []
    marks = 0
    for char in text:
        category = unicodedata.category(char)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if marks > MAX_MARKS:
            continue
        if category == "Zs":
            out.append(" ")
        else:
            out.append(_visible(char) if category in _HIDDEN else char)
    return "".join(out)


def clean(text: str, limit: int = MAX_TEXT) -> str:
    """Return text that is safe to show: composed (NFC), printable, at most `limit` characters.

    Line breaks and tabs become spaces; a longer text ends in `…`. Cleaning twice changes nothing more.
    """
    if _PLAIN.match(text):
        return _bounded(text, limit)
    return _bounded(_spelt(unicodedata.normalize("NFC", text[: limit * 8])), limit)


def clean_path(path: str) -> str:
    """Return a path that is safe to show; different paths stay different (a `⟨` of its own is spelt out, too)."""
    return "".join(c if _shows(c) else f"⟨U+{ord(c):04X}⟩" for c in path)


def original_path(shown: str) -> str:
    """Return the path that `clean_path` made this of, lone surrogates for undecodable bytes included."""
    return _SPELT_OUT.sub(lambda spelt: chr(int(spelt[1], 16)), shown)


def _shows(char: str) -> bool:
    return char == " " or (char != "⟨" and unicodedata.category(char) not in _HIDDEN | {"Zs"})


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """Return text as it is compared: without case, accents and punctuation, `&` read as `and`, spaces single.

    A text of nothing but punctuation or symbols folds to itself, so that it still differs from others.
    """
    decomposed = unicodedata.normalize("NFKD", text.replace("&", " and ")).casefold()
    letters = (c for c in decomposed if not unicodedata.combining(c) and c not in "'’")
    kept = "".join(c if c.isalnum() else " " for c in letters)
    return " ".join(kept.split()) or text.strip()
