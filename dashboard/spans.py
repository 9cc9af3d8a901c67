"""Texts with their colours. They stand by themselves, since every screen is painted in them and few become pictures."""

from typing import Final

import msgspec

DARK: Final = ("#0d1117", "#e6e9ef")
"""The ground of a picture and its ordinary text."""


class Span(msgspec.Struct, frozen=True):
    """A text in one style. Colours are `#rrggbb`; None is the picture's own."""

    text: str
    colour: str | None = None
    ground: str | None = None
    bold: bool = False
