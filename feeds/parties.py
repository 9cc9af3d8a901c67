"""The party register: which code a feed's name or abbreviation stands for, and how a party is named and coloured.

Parties are matched on name and abbreviation, never on a feed's numeric id: those change at every election
(RULES 5). A party that the register does not know keeps its own name, upper-cased, as its code.

The register is `parties.toml`, which people write. Every start reads it, and TOML takes long; so what is read is
`parties.json`, made of it by `python -m tests.makers.register`.
"""

from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from feeds.text import clean, folded

MAX_CODE: Final = 40


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """One party. Colours are `#rrggbb`: on dark ground, on light ground, and kept apart for colour-blind readers."""

    code: str
    name: str
    short: str
    glyph: str = "▫"
    dark: str = "#c8c8c8"
    light: str = "#505050"
    safe: str = "#c8c8c8"
    aliases: tuple[str, ...] = ()


@cache
def register() -> dict[str, Party]:
    """Return the register by code, in register order."""
    data = Path(__file__).with_name("parties.json").read_bytes()
    return {p.code: p for p in msgspec.json.decode(data, type=tuple[Party, ...])}


@cache
def _aliases() -> dict[str, str]:
    return {folded(alias): p.code for p in register().values() for alias in (p.code, p.name, p.short, *p.aliases)}


@cache
def party_code(name: str, abbreviation: str | None = None) -> str:
    """Return the code for a party as a feed names it; a full name is believed before an abbreviation.

    An unknown party gets its abbreviation (else its name), upper-cased. Raises ValueError where both are empty.
    """
    known = _aliases().get(folded(name))
    if known is None and abbreviation is not None:
        known = _aliases().get(folded(abbreviation))
    if known is not None:
        return known
    own = clean((abbreviation or name).upper(), MAX_CODE).strip()
    if not own:
        raise ValueError("a party without a name")
    return own


def party(code: str) -> Party:
    """Return the party of a code; an unknown code is its own name."""
    return register().get(code) or Party(code=code, name=code, short=code)


@cache
def rank(code: str) -> tuple[int, str]:
    """Return the sort key of register order: known parties first, then the others by code."""
    codes = list(register())
    return (codes.index(code) if code in codes else len(codes), code)
