"""What there is to open, in lines: saved nights, recordings, directories, each with a bar of its seats."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

import msgspec

from dashboard.count.night import Night
from dashboard.view.composition import UNHELD, Part, bar
from dashboard.view.lines import Row, cells, cut, sentence
from dashboard.view.words import grouped, party_short
from feeds.report import NOC

Kind = Literal["night", "recording", "directory"]

KINDS: Final[dict[Kind, str]] = {
    "night": "Saved nights",
    "recording": "Recordings",
    "directory": "Directories watched before",
}
WIDEST: Final = 96
"""Cells of the longest bar."""


NAMED: Final = 3
"""Parties whose seats are said in words, too."""


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to open: what a command takes for it, its title, what else is said of it, and what to picture."""

    kind: Kind
    argument: str
    title: str
    detail: str
    pictured: str | None

    @property
    def key(self) -> str:
        """What tells it from all others."""
        return f"{self.kind}:{self.argument}"


def seat_parts(night: Night) -> list[Part]:
    """Return who has how many seats in the first election of a night, and how many are still out."""
    if not night.elections:
        return []
    first = night.elections[0]
    held = [(each.party, each.seats) for each in first.parties if each.party != NOC and each.seats]
    left = (first.seats_up or 0) - sum(number for _, number in held)
    return [*held, ("undeclared", left)] if left > 0 else held


def start_rows(choices: Iterable[Choice], parts: Mapping[str, Sequence[Part]], width: int) -> list[Row]:
    """Return the lines of a start screen; `parts` are the pictures known so far, by what they picture."""
    rows: list[Row] = []
    listed = list(choices)
    for kind, title in KINDS.items():
        mine = [choice for choice in listed if choice.kind == kind]
        if not mine:
            continue
        rows += [sentence((title, "head")), Row()]
        for choice in mine:
            rows += [*_lines(choice, parts.get(choice.pictured or "", ()), width), Row()]
    return [*rows, *_words(width)]


def _lines(choice: Choice, parts: Sequence[Part], width: int) -> list[Row]:
    title = cut(choice.title, width)
    first = " · ".join(f"{party_short(code)} {grouped(number)}" for code, number in parts[:NAMED] if code not in UNHELD)
    rest = cut("  ".join(["", *([first] if first else []), choice.detail]), width - cells(title))
    named = Row(((title, "strong"), (rest, "quiet")), stop=choice.key)
    if not parts:
        return [named]
    return [named, Row(tuple(bar(parts, min(width, WIDEST))))]


def _words(width: int) -> list[Row]:
    lines = (
        ("election-night demo", "a whole night in a minute and a half"),
        ("election-night watch DIR", "a directory of result files"),
        ("election-night --help", "everything else"),
    )
    return [Row(((f"{command:<28}", "key"), (cut(words, max(0, width - 28)), "quiet"))) for command, words in lines]
