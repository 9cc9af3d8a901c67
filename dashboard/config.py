"""The reader's own settings: a small TOML file, read with every mistake named and the rest kept.

What is wrong in it never stops the program: that key keeps its default, and a sentence says the file, the key and the
nearest one that there is.
"""

import difflib
import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, Final, Literal

import msgspec
from platformdirs import user_config_path

from dashboard.actions import TABLE, Action
from feeds.parties import register
from feeds.text import clean, clean_path

NAME: Final = "config.toml"
MOST: Final = 100_000
"""Bytes of a file that is still read."""

Speed = Literal["still", "slow", "normal", "fast"]
SPEEDS: Final = ("still", "slow", "normal", "fast")
SHADES: Final = ("dark", "light", "safe")
KEYS: Final = ("theme", "ticker", "alerts", "keymap", "parties")

_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_KEY: Final = re.compile(r"(?:(?:ctrl|shift|alt|super)\+)*(?:[a-zA-Z0-9]|[a-z][a-z0-9_]+)")
_FIXED: Final = frozenset({"ctrl+c", "ctrl+q"})
"""Keys that end the program whatever is set."""


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """What the file says, over the defaults.

    `keymap` holds keys by the id of an action (see `dashboard.actions`), `parties` colours (`#rrggbb`) by code and
    shade. A theme of None is the program's own.
    """

    theme: str | None = None
    ticker: Speed = "normal"
    alerts: bool = False
    keymap: dict[str, str] = {}
    parties: dict[str, dict[str, str]] = {}


class Looks(msgspec.Struct, frozen=True, kw_only=True):
    """How a screen looks and what it may do: the settings of a file, and what was asked for on the command line."""

    config: Config = Config()
    trouble: tuple[str, ...] = ()
    wall: bool = False


def config_file() -> Path:
    """Return where the file belongs on this system."""
    return user_config_path("election-night") / NAME


def read_config(path: Path, themes: Collection[str]) -> tuple[Config, list[str]]:
    """Return the settings in a file and what is wrong with it; a file that is not there is an empty one."""
    where = clean_path(str(path))
    if path.is_file() and path.stat().st_size > MOST:
        return Config(), [f"{where} has more than {MOST:,} bytes and was left out"]
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Config(), []
    except OSError as problem:
        return Config(), [f"{where} cannot be read: {problem.strerror or problem}"]
    try:
        told = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as problem:
        return Config(), [f"{where} is no TOML and was left out: {clean(str(problem), 200)}"]
    config, wrong = checked(told, themes)
    return config, [f"{where}: {each}" for each in wrong]


def checked(told: Mapping[str, Any], themes: Collection[str]) -> tuple[Config, list[str]]:
    """Return the settings that are right, and a sentence for each that is not."""
    wrong: list[str] = [_unknown(key, KEYS) for key in told if key not in KEYS]
    right: dict[str, Any] = {}
    checks: dict[str, Callable[[Any], tuple[Any, list[str]]]] = {
        "theme": lambda value: _one_of("theme", value, themes),
        "ticker": lambda value: _one_of("ticker", value, SPEEDS),
        "alerts": _alerts,
        "keymap": _keymap,
        "parties": _parties,
    }
    for key, check in checks.items():
        if key in told:
            value, problems = check(told[key])
            wrong += problems
            if value is not None:
                right[key] = value
    return Config(**right), wrong


def toml(config: Config, theme: str) -> str:
    """Return settings as the file would have them; `theme` is the one that a config without a theme means."""
    lines = [f'theme = "{config.theme or theme}"', f'ticker = "{config.ticker}"']
    lines += [f"alerts = {str(config.alerts).lower()}", "", "[keymap]"]
    lines += [f'{name} = "{keys}"' for name, keys in config.keymap.items()]
    for code, colours in config.parties.items():
        lines += ["", f"[parties.{code}]", *(f'{shade} = "{colour}"' for shade, colour in colours.items())]
    return "\n".join(lines) + "\n"


def _unknown(key: str, there: Iterable[str], before: str = "") -> str:
    near = difflib.get_close_matches(key, list(there), n=1, cutoff=0.4)
    name = clean(f"{before}{key}", 80)
    return f"there is no key “{name}”" + (f"; did you mean “{before}{near[0]}”?" if near else "")


def _one_of(key: str, value: Any, there: Collection[str]) -> tuple[str | None, list[str]]:
    if isinstance(value, str) and value in there:
        return value, []
    shown = clean(str(value), 80)
    near = difflib.get_close_matches(shown, list(there), n=1, cutoff=0.4)
    hint = f"did you mean “{near[0]}”?" if near else f"there are: {', '.join(there)}"
    return None, [f"“{shown}” is no {key}; {hint}"]


def _alerts(value: Any) -> tuple[bool | None, list[str]]:
    return (value, []) if isinstance(value, bool) else (None, ["alerts is true or false"])


def _keymap(value: Any) -> tuple[dict[str, str] | None, list[str]]:
    if not isinstance(value, dict):
        return None, ["keymap is a table: [keymap]"]
    ids = {action.id: action for action in TABLE if "{key}" not in action.action}
    right: dict[str, str] = {}
    wrong = [_unknown(key, ids, "keymap.") for key in value if key not in ids]
    for key, wanted in value.items():
        if key not in ids:
            continue
        if not isinstance(wanted, str) or not all(map(_is_key, wanted.split(","))):
            wrong.append(f"keymap.{key}: “{clean(str(wanted), 40)}” is no key; write x, X, f5, ctrl+x or comma")
            continue
        right[key] = wanted
    return _without_clashes(right, wrong), wrong


def _is_key(text: str) -> bool:
    return _KEY.fullmatch(text) is not None and text not in _FIXED


def _without_clashes(right: dict[str, str], wrong: list[str]) -> dict[str, str]:
    """Return the keymap without the keys that an action has already; `wrong` is told of each."""
    taken = {key: a for a in TABLE if a.id not in right for key in a.keys.split(",")}
    out: dict[str, str] = {}
    for name, keys in right.items():
        clash = next((key for key in keys.split(",") if key in taken), None)
        if clash is not None:
            wrong.append(f"keymap.{name}: “{clash}” is the key of “{taken[clash].id}”")
            continue
        own = next(action for action in TABLE if action.id == name)
        taken |= dict.fromkeys(keys.split(","), own)
        out[name] = keys
    return out


def _parties(value: Any) -> tuple[dict[str, dict[str, str]] | None, list[str]]:
    if not isinstance(value, dict):
        return None, ["parties is a table: [parties.LAB]"]
    right: dict[str, dict[str, str]] = {}
    wrong: list[str] = []
    for code, colours in value.items():
        if code.upper() not in register():
            wrong.append(_unknown(code, register(), "parties."))
        elif not isinstance(colours, dict):
            wrong.append(f"parties.{code} is a table of {', '.join(SHADES)}")
        else:
            right[code.upper()] = _colours(code, colours, wrong)
    return right, wrong


def _colours(code: str, colours: Mapping[str, Any], wrong: list[str]) -> dict[str, str]:
    out = {}
    for shade, colour in colours.items():
        if shade not in SHADES:
            wrong.append(_unknown(shade, SHADES, f"parties.{code}."))
        elif not isinstance(colour, str) or not _COLOUR.fullmatch(colour):
            wrong.append(f"parties.{code}.{shade}: “{clean(str(colour), 40)}” is no colour; write #e4003b")
        else:
            out[shade] = colour.lower()
    return out


def with_keymap(keymap: Mapping[str, str], table: tuple[Action, ...] = TABLE) -> tuple[Action, ...]:
    """Return the table of actions with the keys of a keymap instead of its own."""
    return tuple(
        msgspec.structs.replace(a, keys=keymap[a.id], shown=keymap[a.id].replace(",", " ")) if a.id in keymap else a
        for a in table
    )
