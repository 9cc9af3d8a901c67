"""The reader's own settings: what a small TOML file can say. How it is read stands in `dashboard.config_file`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal

import msgspec
from platformdirs import user_config_path

from dashboard.actions import TABLE, Action

NAME: Final = "config.toml"
Speed = Literal["still", "slow", "normal", "fast"]
SPEEDS: Final = ("still", "slow", "normal", "fast")
SHADES: Final = ("dark", "light", "safe")
PICTURES: Final = ("auto", "blocks", "braille", "ascii")
BASE: Final = "base"
THEME_COLOURS: Final = (
    *("foreground", "background", "surface", "panel", "accent"),
    *("primary", "secondary", "warning", "error", "success"),
)
"""The colours of a theme; what is not set is that of its `base`."""

KEYS: Final = ("theme", "ticker", "alerts", "pictures", "keymap", "themes", "parties")

Strokes = Literal["auto", "blocks", "braille", "ascii"]


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """What the file says, over the defaults.

    `keymap` holds keys by the id of an action (see `dashboard.actions`), `parties` colours (`#rrggbb`) by code and
    shade, `themes` colours by name and part, with the name of the theme that a `base` is. A theme of None is the
    program's own. `pictures` is what they are drawn with, `auto` what the terminal can.
    """

    theme: str | None = None
    ticker: Speed = "normal"
    alerts: bool = False
    pictures: Strokes = "auto"
    keymap: dict[str, str] = {}
    themes: dict[str, dict[str, str]] = {}
    parties: dict[str, dict[str, str]] = {}


class Looks(msgspec.Struct, frozen=True, kw_only=True):
    """How a screen looks and what it may do: the settings of a file, and what was asked for on the command line."""

    config: Config = Config()
    trouble: tuple[str, ...] = ()
    wall: bool = False


def config_file() -> Path:
    """Return where the file belongs on this system."""
    return user_config_path("election-night") / NAME


def toml(config: Config, theme: str) -> str:
    """Return settings as the file would have them; `theme` is the one that a config without a theme means."""
    lines = [f'theme = "{config.theme or theme}"', f'ticker = "{config.ticker}"']
    lines += [f"alerts = {str(config.alerts).lower()}", f'pictures = "{config.pictures}"', "", "[keymap]"]
    lines += [f'{name} = "{keys}"' for name, keys in config.keymap.items()]
    for kind, tables in (("themes", config.themes), ("parties", config.parties)):
        for name, colours in tables.items():
            lines += ["", f"[{kind}.{name}]", *(f'{part} = "{colour}"' for part, colour in colours.items())]
    return "\n".join(lines) + "\n"


def with_keymap(keymap: Mapping[str, str], table: tuple[Action, ...] = TABLE) -> tuple[Action, ...]:
    """Return the table of actions with the keys of a keymap instead of its own."""
    return tuple(
        msgspec.structs.replace(a, keys=keymap[a.id], shown=keymap[a.id].replace(",", " ")) if a.id in keymap else a
        for a in table
    )
