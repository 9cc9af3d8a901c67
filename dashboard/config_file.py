"""The reader's own settings, read from their file with every mistake named and the rest kept.

What is wrong in it never stops the program: that key keeps its default, and a sentence says the file, the key and the
nearest one that there is.
"""

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from dashboard.actions import TABLE
from dashboard.config import BASE, KEYS, PICTURES, SHADES, SPEEDS, THEME_COLOURS, Config
from feeds.parties import register
from feeds.text import clean, clean_path

MOST: Final = 100_000
"""Bytes of a file that is still read."""

FEW: Final = 12
"""Keys that are named, at most, where none is near."""

_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_KEY: Final = re.compile(r"(?:(?:ctrl|shift|alt|super)\+)*(?:[a-zA-Z0-9]|[a-z][a-z0-9_]+)")
_FIXED: Final = frozenset({"ctrl+c", "ctrl+q"})
"""Keys that end the program whatever is set."""


def read_config(path: Path, themes: Collection[str]) -> tuple[Config, list[str]]:
    """Return the settings in a file and what is wrong with it; a file that is not there is an empty one."""
    where = clean_path(str(path))
    try:
        if not path.is_file() and path.exists():
            return Config(), [f"{where} is no file and was left out"]  # a pipe would be waited for
        with path.open("rb") as file:
            data = file.read(MOST + 1)
    except (FileNotFoundError, NotADirectoryError):
        return Config(), []
    except OSError as problem:
        return Config(), [f"{where} cannot be read: {problem.strerror or problem}"]
    if len(data) > MOST:
        return Config(), [f"{where} has more than {MOST:,} bytes and was left out"]
    import tomllib  # noqa: PLC0415 - most have no such file

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
        "themes": lambda value: _themes(value, themes),
        "theme": lambda value: _one_of("theme", value, [*themes, *right.get("themes", ())]),
        "ticker": lambda value: _one_of("ticker", value, SPEEDS),
        "alerts": _alerts,
        "pictures": lambda value: _one_of("pictures", value, PICTURES),
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


def _unknown(key: str, there: Iterable[str], before: str = "") -> str:
    keys = list(there)
    near = difflib.get_close_matches(key, keys, n=1, cutoff=0.4)
    some = f"; there are: {', '.join(keys[:FEW])}{', …' if len(keys) > FEW else ''}"
    return f"there is no key “{clean(f'{before}{key}', 80)}”" + (
        f"; did you mean “{before}{near[0]}”?" if near else some
    )


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
            right[code.upper()] = _colours(f"parties.{code}.", colours, SHADES, wrong)
    return right, wrong


def _themes(value: Any, there: Collection[str]) -> tuple[dict[str, dict[str, str]] | None, list[str]]:
    """Return the reader's own themes; one without a single right colour is none."""
    if not isinstance(value, dict):
        return None, ["themes is a table: [themes.mine]"]
    right: dict[str, dict[str, str]] = {}
    wrong: list[str] = []
    for name, told in value.items():
        shown = clean(name, 40)
        if not _NAME.fullmatch(name):
            wrong.append(f"themes.{shown}: a name has letters, figures and hyphens, 40 at most")
        elif name in there:
            wrong.append(f"themes.{shown}: the program has a theme of that name; choose another")
        elif not isinstance(told, dict):
            wrong.append(f"themes.{shown} is a table of {BASE}, {', '.join(THEME_COLOURS)}")
        else:
            base = {key: colour for key, colour in told.items() if key == BASE}
            colours = {key: colour for key, colour in told.items() if key != BASE}
            found = _colours(f"themes.{name}.", colours, THEME_COLOURS, wrong) | _base(name, base, there, wrong)
            if found.keys() - {BASE}:
                right[name] = found
            elif not colours:
                wrong.append(f"themes.{name} has no colour; it can have {', '.join(THEME_COLOURS)}")
    return right, wrong


def _base(name: str, told: Mapping[str, Any], there: Collection[str], wrong: list[str]) -> dict[str, str]:
    """Return the theme from which another takes what it does not say."""
    if BASE not in told:
        return {}
    base, problems = _one_of("theme", told[BASE], there)
    wrong += [f"themes.{name}.{BASE}: {problem}" for problem in problems]
    return {} if base is None else {BASE: base}


def _colours(before: str, told: Mapping[str, Any], parts: Collection[str], wrong: list[str]) -> dict[str, str]:
    out = {}
    for part, colour in told.items():
        if part not in parts:
            wrong.append(_unknown(part, parts, before))
        elif not isinstance(colour, str) or not _COLOUR.fullmatch(colour):
            wrong.append(
                f"{before}{part}: “{clean(str(colour), 40)}” is no colour; write # and six figures 0-9, a-f: #e4003b"
            )
        else:
            out[part] = colour.lower()
    return out
