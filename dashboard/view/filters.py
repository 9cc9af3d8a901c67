"""Which areas are shown: filters as people type them."""

from collections.abc import Callable, Mapping
from typing import Final

from dashboard.count.night import Area, Election
from dashboard.view.extent import Extent
from feeds.parties import party
from feeds.places import folded_place
from feeds.report import NOC
from feeds.text import folded

Test = Callable[[Area], bool]

WORDS: Final[dict[str, Test]] = {
    "gain": lambda a: a.is_declared and a.outcome == "gain",
    "loss": lambda a: a.is_declared and a.outcome == "loss",
    "hold": lambda a: a.is_declared and a.outcome == "hold",
    "new": lambda a: a.outcome == "new" or a.previous == "NEW",
    "changed": lambda a: a.is_declared and a.outcome in {"gain", "loss"},
    "declared": lambda a: a.is_declared,
    "undeclared": lambda a: not a.is_declared,
    "partial": lambda a: a.stage == "partial",
    "rush": lambda a: a.stage == "rush",
    "certain": lambda a: a.certain is not None and not a.is_declared,
    "odd": lambda a: bool(a.discrepancies) or a.source_removed or a.stage == "under-correction",
}
"""Words with a meaning of their own in a filter."""

WATCHED: Final = "watched"
"""The word for the areas with a star."""


def parties_named(election: Election, extent: Extent | None = None) -> dict[str, str]:
    """Return what may be typed for each party of an election (code, short and full name, folded), with its code.

    `extent` are sums over areas of the same night, to be brought to those of this moment.
    """
    extent = extent or Extent()
    extent.follow(election.areas)
    codes = {p.party for p in election.parties} | {NOC}
    codes |= {code for code, number in extent.codes.items() if number}
    return {folded(name): code for code in sorted(codes) for name in (code, party(code).short, party(code).name)}


def matcher(text: str, parties: Mapping[str, str], watch: frozenset[str] = frozenset()) -> Test:
    """Return a test of areas for a filter as it was typed; `watch` holds the folded names of the areas with a star.

    All its words must fit; a word after `!` must not. A word is `watched`, one of `WORDS`, a party (who controls
    the area, or did before while it is undeclared), else a part of the area's name or region, without case and accents.
    """
    tests = [_word(word, parties, watch) for word in text.split() if word.strip("!")]
    return lambda area: all(test(area) for test in tests)


def _word(word: str, parties: Mapping[str, str], watch: frozenset[str]) -> Test:
    if word.startswith("!"):
        inner = _word(word[1:], parties, watch)
        return lambda area: not inner(area)
    key = folded(word)
    if key == WATCHED:
        return lambda area: folded_place(area.name) in watch
    if key in WORDS:
        return WORDS[key]
    if key in parties:
        code = parties[key]
        return lambda area: (area.control if area.is_declared else area.previous) == code
    return lambda area: key in folded(area.name) or key in folded(area.region or "")
