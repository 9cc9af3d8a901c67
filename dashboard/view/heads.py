"""Heads for the columns of parties: a few cells each, no two alike.

A party of the register has its short name. One that it does not know is known by the name that the feed gives it, and
two such names can begin alike: then each is told by its initials, by the letter where it parts from the others, or by a
number. A head follows from the parties that there are so far, and from nothing else.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count, takewhile
from operator import eq

from dashboard.view.lines import cells
from dashboard.view.words import party_short
from feeds.parties import rank, register


def heads(codes: Iterable[str], width: int) -> dict[str, str]:
    """Return a head of at most `width` cells (3 or more) for each party; no two are alike, whatever their case."""
    ordered = sorted(set(codes), key=rank)
    known = register()
    out = {code: _first(party_short(code), width) for code in ordered if code in known or cells(code) <= width}
    left = [code for code in ordered if code not in out]
    ways: tuple[Callable[[str], str], ...] = (
        lambda code: _first(code, width),
        lambda code: _first(_initials(code), width),
        lambda code: _parting(code, ordered, width),
    )
    for way in ways:
        tried = {code: way(code) for code in left}
        uses = Counter(map(str.casefold, [*out.values(), *tried.values()]))
        told = {code: head for code, head in tried.items() if head and uses[head.casefold()] == 1}
        out |= told
        left = [code for code in left if code not in told]
    for code in left:
        out[code] = _numbered(code, out, width)
    return out


def _first(text: str, width: int) -> str:
    """Return as much of the beginning of a text as `width` cells hold."""
    out = ""
    for char in text:
        if cells(out + char) > width:
            break
        out += char
    return out.strip()


def _initials(code: str) -> str:
    words = code.split()
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def _parting(code: str, every: Sequence[str], width: int) -> str:
    """Return the beginning of a code, and in the last cells the letter where it parts from all that begin like it."""
    alike = max((sum(takewhile(bool, map(eq, code, other))) for other in every if other != code), default=0)
    letter = code[alike:].strip()[:1]
    return _first(code, width - cells(letter)) + letter if letter else ""


def _numbered(code: str, taken: Mapping[str, str], width: int) -> str:
    used = {head.casefold() for head in taken.values()}
    tried = (f"{_first(code, width - len(str(number)))}{number}" for number in count(2))
    return next(head for head in tried if head.casefold() not in used)
