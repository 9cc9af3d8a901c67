"""Cleaning of outside text: the one place where it becomes safe to show, and what keeps the rest from a terminal.

After `clean`, a string holds printable characters only. What was not printable is made visible, not dropped:
control characters as their Unicode pictures (`␛`), everything else that is invisible or directs the terminal
(8-bit controls, direction overrides, zero-width and private characters, lone surrogates) as `⟨U+202E⟩`, flags as
their letters (`⟨GB⟩`). Only what picks another picture of the same character is dropped (variation selectors 15 and
16, skin tones), since terminals do not agree how wide the two are together. So every character that is left takes
the same number of cells everywhere (`width`), and columns align.

Three nets, so that forgetting to clean is an error and not a hole:

1. Text that has not been cleaned has the type `Raw` where a reader holds it. For mypy that is no `str`: it fits no
   field of a record and no argument of a widget, and only `clean` and what is built on it turn it into one.
2. `feeds.formats.read`, through which every file comes, refuses a reading in which a text is not clean,
   whatever format made it.
3. Whatever draws or prints passes each text through `inert` last: paths, arguments, and what a library's error says.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final, NewType

Raw = NewType("Raw", object)
"""Text from outside as it came. Really a `str`, but mypy does not take it for one; `clean` does."""

MAX_TEXT: Final = 2_000
CONTROL_PICTURES: Final = 0x2400
MAX_MARKS: Final = 4
"""Characters without a width of their own in a row: more than any language needs."""

_PLAIN = re.compile(r"[\x20-\x7e\xa1-\xac\xae-\u02ff]*\Z")
"""What is shown as it is: ASCII and Latin letters, which are always composed."""

NARROW: Final = re.compile("[\x20-\x7e\u00a0-\u02ff\u2010-\u2027\u2190-\u21ff\u2500-\u25fc−★☆⚠✓✗✦❝❞❮❯]")
"""Characters of one cell that nobody has to look up: Latin letters, and what the program draws with."""

_SPACES = "\t\n\v\f\r\u0085\u2028\u2029"
_SPELT_OUT = re.compile(r"⟨U\+(10[0-9A-F]{4}|[0-9A-F]{4,5})⟩")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_SELECTORS = (range(0x180B, 0x1810), range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_PICTURES = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
_FLAGS = re.compile("[\U0001f1e6-\U0001f1ff]+|[\U000e0020-\U000e007e]+\U000e007f?")
_LETTER_FLAG: Final = 0x1F1E6
_TAGS: Final = 0xE0000
_END_OF_TAGS: Final = "\x7f"
_DOTTED_CIRCLE: Final = "◌"


def _hidden(char: str) -> bool:
    """Return whether a character is invisible or directs the terminal; a space of any kind is not."""
    if unicodedata.category(char) in _HIDDEN or char in _BLANKS:
        return True
    return any(ord(char) in selectors for selectors in _SELECTORS)


def _spelt(char: str) -> str:
    return f"⟨U+{ord(char):04X}⟩"


@lru_cache(maxsize=4_096)
def _visible(char: str) -> str:
    code = ord(char)
    if char in _SPACES or unicodedata.category(char) == "Zs":
        return " "
    if code < ord(" "):
        return chr(CONTROL_PICTURES + code)
    if char == "\x7f":
        return "␡"
    return _spelt(char) if _hidden(char) else char


def _letters(flag: re.Match[str]) -> str:
    codes = map(ord, flag[0])
    letters = "".join(chr(c - _TAGS if c >= _TAGS else c - _LETTER_FLAG + ord("A")) for c in codes)
    return f"⟨{letters.rstrip(_END_OF_TAGS)}⟩"


def _bounded(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _shown(text: str) -> str:
    """Return composed text with everything visible, and no more than a few marks on one character."""
    out: list[str] = []
    marks = 0
    blank = True
    for char in text:
        seen = _visible(char)
        marks = marks + 1 if len(seen) == 1 and not char_width(seen) else 0
        if marks > MAX_MARKS:
            continue
        if marks == 1 and blank:
            out.append(_DOTTED_CIRCLE)  # else it would sit on what stands before this text
        out.append(seen)
        blank = seen == " "
    return "".join(out)


def clean(text: str | Raw, limit: int = MAX_TEXT) -> str:
    """Return text that is safe to show: composed (NFC), printable, at most `limit` characters.

    Line breaks and tabs become spaces; a longer text ends in `…`. Cleaning twice changes nothing more.
    """
    own = str(text)
    if own.isascii() and own.isprintable():  # nearly always, and then nothing has to be looked at twice
        return own if len(own) <= limit else _bounded(own, limit)
    if _PLAIN.match(own):
        return _bounded(own, limit)
    seen = _FLAGS.sub(_letters, _PICTURES.sub("", own[: limit * 8]))
    return _bounded(_shown(unicodedata.normalize("NFC", seen)), limit)


def inert(text: str) -> str:
    """Return text that is about to be drawn or printed: as it is where every character prints, else cleaned."""
    return text if text.isprintable() else clean(text)


def inert_lines(text: str) -> str:
    """Return text of several lines that is about to be printed, each line inert, its indentation kept."""
    return "\n".join(inert(line.replace("\t", "    ")) for line in text.split("\n"))


def width(text: str) -> int:
    """Return how many cells a terminal gives to clean text: two to a wide character, none to a combining mark."""
    return len(text) if text.isascii() else sum(map(char_width, text))


@lru_cache(maxsize=16_384)
def char_width(char: str) -> int:
    """Return the cells of one printable character; one that should not be there counts as one."""
    if NARROW.match(char):
        return 1
    from wcwidth import wcwidth  # noqa: PLC0415 - its tables take longer to load than a whole night to draw in Latin

    cells = wcwidth(char)
    return cells if cells >= 0 else 1


def clean_path(path: str) -> str:
    """Return a path that is safe to show; different paths stay different (a `⟨` of its own is spelt out, too)."""
    if path.isascii() and path.isprintable():
        return path
    out: list[str] = []
    marks = MAX_MARKS
    for char in path:
        marks = marks + 1 if not char_width(char) else 0
        out.append(char if marks <= MAX_MARKS and _shows(char) else _spelt(char))
    return "".join(out)


def original_path(shown: str) -> str:
    """Return the path that `clean_path` made this of, lone surrogates for undecodable bytes included."""
    return _SPELT_OUT.sub(lambda spelt: chr(int(spelt[1], 16)), shown)


def _shows(char: str) -> bool:
    if char in {"⟨", "◌"} or _PICTURES.match(char) or _FLAGS.match(char):
        return False
    return char == " " or (not _hidden(char) and unicodedata.category(char) != "Zs")


_FOLDED_ASCII: Final = {
    code: "" if chr(code) == "'" else " and " if chr(code) == "&" else " "
    for code in range(128)
    if not chr(code).isalnum()
}


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """Return text as it is compared: without case, accents and punctuation, `&` read as `and`, spaces single.

    A text of nothing but punctuation or symbols folds to itself, so that it still differs from others.
    """
    if text.isascii():  # nearly always, and then no character has to be looked at by itself
        return " ".join(text.lower().translate(_FOLDED_ASCII).split()) or text.strip()
    decomposed = unicodedata.normalize("NFKD", text.replace("&", " and ")).casefold()
    letters = (c for c in decomposed if not unicodedata.combining(c) and c not in "'’")
    kept = "".join(c if c.isalnum() else " " for c in letters)
    return " ".join(kept.split()) or text.strip()
