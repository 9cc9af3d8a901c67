"""The reader's own themes: made of the colours in the settings, and a warning for those that can hardly be read."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import msgspec
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from dashboard.config import BASE, Config
from dashboard.config_file import read_config
from dashboard.contrast import LEAST, contrast, luminance
from dashboard.theme import SHADE, THEMES, all_themes, shade
from feeds.text import clean_path

BRIGHT: Final = 0.4
"""Luminance from which a ground is a light one."""

GROUNDS: Final = ("background", "surface", "panel")
WORDS: Final = ("foreground", "accent")
"""The colours in which titles, fields and notices are written; what the panels say is made legible as it is drawn."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of a file, what is wrong with it, and what is not wrong but can hardly be read."""

    config: Config
    wrong: tuple[str, ...]
    warnings: tuple[str, ...]


def settings(path: Path) -> Settings:
    """Return the settings in a file, with what there is to say of them."""
    config, wrong = read_config(path, all_themes())
    where = clean_path(str(path))
    warnings = [f"{where}: {each}" for theme in own_themes(config.themes) for each in faint(theme)]
    return Settings(config=config, wrong=tuple(wrong), warnings=tuple(warnings))


def own_themes(told: Mapping[str, Mapping[str, str]]) -> list[Theme]:
    """Return a theme for each that the settings tell, in their order."""
    return [_theme(name, colours) for name, colours in told.items()]


def faint(theme: Theme) -> Iterable[str]:
    """Yield a sentence for each colour of words that can hardly be read on a ground of the theme."""
    colours = theme.to_color_system().generate()
    for word in WORDS:
        pairs = {ground: contrast(Color.parse(colours[word]), Color.parse(colours[ground])) for ground in GROUNDS}
        worst = min(pairs, key=lambda ground: pairs[ground])
        if pairs[worst] < LEAST:
            yield (
                f"themes.{theme.name}: {word} can hardly be read on {worst}: a contrast of {pairs[worst]:.1f}, "
                f"where {LEAST} is needed; what the panels say is drawn lighter or darker until it can"
            )


def _theme(name: str, colours: Mapping[str, str]) -> Theme:
    base = _base(colours)
    own: dict[str, Any] = {part: colour for part, colour in colours.items() if part != BASE}
    ground = own.get("background") or base.background
    dark = base.dark if ground is None else luminance(Color.parse(ground)) < BRIGHT
    kept = base.dark is dark and shade(base) == "safe"
    variables = {**base.variables, **({SHADE: "safe"} if kept else {})}
    return replace(base, name=name, dark=dark, variables=variables, **own)


def _base(colours: Mapping[str, str]) -> Theme:
    """Return the theme that gives what is not told; unnamed, our own with a ground as light or dark."""
    named = colours.get(BASE)
    if named is not None:
        return next((theme for theme in THEMES if theme.name == named), None) or BUILTIN_THEMES[named]
    ground = Color.parse(colours["background"]) if "background" in colours else None
    return THEMES[1] if ground is not None and luminance(ground) >= BRIGHT else THEMES[0]
