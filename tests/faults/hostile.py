"""Strings that do harm where they reach a terminal, a spreadsheet or a markup parser, made from a seed."""

import random
import re
from collections.abc import Iterator
from typing import Final

CONTROLS: Final = tuple(chr(code) for code in (*range(0x20), 0x7F, *range(0x80, 0xA0)))
SEQUENCES: Final = (
    "\x1b[7;77H",
    "\x1b[77J",
    "\x1b[31;77m",
    "\x1b[?1047h",
    "\x1b[77t",
    "\x1b[6n",
    "\x1b[c",
    "\x1b]0;owned\x07",
    "\x1b]2;owned\x1b\\",
    "\x1b]52;c;b3duZWQ=\x07",
    "\x1b]8;;http://owned.example\x1b\\",
    "\x1b]1337;File=owned\x07",
    "\x1bP+q6f776e6564\x1b\\",
    "\x1b_Gowned\x1b\\",
    "\x1b^owned\x1b\\",
    "\x1bXowned\x1b\\",
    "\x1bc",
    "\x1b(0",
    "\x1b#8",
    "\x1bN",
    "\x9b7;77H",
    "\x9d0;owned\x9c",
    "\x90owned\x9c",
    "\x0e\x0f",
    "\x08\x08owned",
)
BIDI: Final = tuple("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
NOTHING: Final = tuple(
    "\u00ad\u034f\u115f\u1160\u17b4\u180b\u180e\u200b\u200c\u200d\u2060\u2064\u3164\ufe00\ufe0f\ufeff\uffa0"
)
MARKUP: Final = (
    *("[red]", "[/red]", "[/foo]", "[/]", "[b]", "[@click=app.quit]", "[link=x]", "\\[", "[[", "]]", "[", "]", "$name"),
    *("=1+1", "+1", "-1", "@SUM(A1)", "|", "`x`", "**b**", "<b>", "&lt;", "{0}", "%s", ":smile:", "\\", "'", '"'),
)
FLOODS: Final = ("\u0301" * 40, "\u0335\u0489" * 30, "\u093f" * 20, "\u1161" * 20, "\u20dd" * 10)
PICTURES: Final = (
    *("👍🏽", "🇬🇧", "👨\u200d👩\u200d👧", "❤\ufe0f", "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"),
    *("李明", "한국", "ｗｉｄｅ", "ŵŷ", "Mòr", "é", "ß", "ǅ", "नि", "ไทย", "שלום", "العربية", "☰", "⟨", "◌"),
)
ODD: Final = (
    "\ue000",
    "\uffff",
    "\U0010ffff",
    "\u0378",
    "\u2028",
    "\u2029",
    "\u00a0",
    "\u3000",
    "\ufffd",
    "\U000e0001",
)

_KINDS: Final = (CONTROLS, SEQUENCES, BIDI, NOTHING, MARKUP, FLOODS, PICTURES, ODD)
_LETTERS: Final = "abcdefghij klmnop"
_ODDS: Final = 8


def _unit(rng: random.Random, surrogates: bool) -> str:
    draw = rng.randrange(_ODDS + 3)
    if draw < _ODDS:
        return rng.choice(_KINDS[draw])
    if draw == _ODDS:
        return "".join(rng.choices(_LETTERS, k=rng.randint(1, 6)))
    if draw == _ODDS + 1 and surrogates:
        return chr(rng.randrange(0xD800, 0xE000))
    code = rng.randrange(0x110000 - 0x800)
    return chr(code if code < 0xD800 else code + 0x800)


def strings(seed: int, number: int) -> Iterator[str]:
    """Yield so many hostile strings, some of them very long; the same ones for a seed."""
    rng = random.Random(seed)
    for position in range(number):
        text = "".join(_unit(rng, surrogates=True) for _ in range(rng.randint(1, 6)))
        yield text * rng.randint(500, 5_000) if position % 2_000 == 0 else text


def names(seed: int, number: int) -> list[str]:
    """Return so many short hostile names, each with a number of its own before it, none with half a character."""
    rng = random.Random(seed)
    found = []
    for position in range(number):
        text = "".join(_unit(rng, surrogates=False) for _ in range(rng.randint(1, 2)))
        found.append(f"n{position:05} {text}")
    return found


def file_name(text: str) -> bytes:
    """Return a name for a file that holds as much of a text as a name can, wild bytes included."""
    data = text.encode("utf-8", "surrogateescape" if not re.search("[\ud800-\udc7f\udd00-\udfff]", text) else "replace")
    return data.replace(b"/", b"_").replace(b"\0", b"_")[:120]


TOKEN: Final = re.compile(
    rb"\x1b\[(?P<csi>[0-?]*[ -/]*[@-~])"
    rb"|\x1b\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    rb"|\x1b[PX^_](?P<dcs>.*?)\x1b\\"
    rb"|\x1b(?P<esc>[ -/]*[0-~])"
    rb"|(?P<c0>[\x00-\x1f\x7f])"
    rb"|(?P<c1>\xc2[\x80-\x9f])"
    rb"|(?P<text>[^\x00-\x1f\x7f\xc2]+|\xc2[\xa0-\xbf]|\xc2)",
    re.DOTALL,
)
_PARAMETERS: Final = re.compile(rb"[0-9;:]+")


def tokens(sent: bytes) -> tuple[set[tuple[str, bytes]], list[str]]:
    """Return the shapes of all control sequences in what reached a terminal, and the texts between them.

    The shape of a CSI is its bytes without numbers; of any other sequence, all of it.
    """
    shapes: set[tuple[str, bytes]] = set()
    texts: list[str] = [""]
    for match in TOKEN.finditer(sent):
        kind = match.lastgroup or ""
        if kind == "text":
            texts[-1] += match[0].decode("utf-8", "replace")
            continue
        if texts[-1]:
            texts.append("")
        shapes.add((kind, _PARAMETERS.sub(b"", match[kind]) if kind == "csi" else match[kind]))
    return shapes, texts
