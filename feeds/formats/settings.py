"""The settings of a night, `night.toml`: flat names and values, each of which may be left out."""

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any, Final, get_args
from zoneinfo import ZoneInfo, available_timezones

from feeds.cells import CellError, shown
from feeds.limits import MAX_SEATS, year_believed
from feeds.report import BaselineName, Problem, Reading, Settings
from feeds.text import clean

_NAME: Final = "night settings"
_MAX_WATCHED: Final = 1_000
_MAX_ZONE: Final = 64
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")


def read(path: str, data: bytes) -> Reading:
    """Return the settings that a `night.toml` states, or the problem that keeps it out. The path plays no part."""
    del path
    try:
        text = _text(data)
        values = _values(text)
        settings = Settings(**{key: _checked(key, values[key], text) for key in _CHECKS if key in values})
    except CellError as error:
        return Reading(format=_NAME, problem=Problem(reason=error.reason, line=error.line))
    warnings = tuple(_unknown(key, text) for key in values if key not in _CHECKS)
    return Reading(format=_NAME, reports=(settings,), warnings=warnings)


def _text(data: bytes) -> str:
    body = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CellError("not UTF-8, which TOML is always written in", body.count(b"\n", 0, error.start) + 1) from None


def _values(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _AT_LINE.search(str(error))
        reason = clean(_AT_LINE.sub("", str(error)), 200)
        reason = f"{reason[:1].lower()}{reason[1:]}".removesuffix(" (at end of document)")
        raise CellError(f"not TOML: {reason}", int(line[1]) if line else text.count("\n") + 1) from None
    except RecursionError:
        raise CellError("nested too deeply") from None


def _line(key: str, text: str) -> int | None:
    match = re.search(
        rf"""^[ \t]*["']?{re.escape(key)}["']?[ \t]*[=.]|^[ \t]*\[+{re.escape(key)}""", text, re.MULTILINE
    )
    return text.count("\n", 0, match.start()) + 1 if match else None


def _checked(key: str, value: Any, text: str) -> Any:
    try:
        return _CHECKS[key](value)
    except ValueError as error:
        raise CellError(f"{key} is {_as_written(value)}, {error}", _line(key, text)) from None


def _as_written(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case list():
            return "a list"
        case dict():
            return "a table"
        case _:
            return shown(str(value))


def _unknown(key: str, text: str) -> Problem:
    near = _nearest(key.casefold().replace("-", "_").replace(" ", "_"), _CHECKS)
    hint = f": did you mean {near}?" if near else f": the settings are {', '.join(_CHECKS)}"
    return Problem(reason=f"unknown setting {shown(key)}{hint}", line=_line(key, text))


def _nearest(word: str, words: Iterable[str]) -> str | None:
    return next(iter(difflib.get_close_matches(word, list(words), 1)), None)


def _words(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("a text was expected")
    return clean(value).strip()


def _date(value: Any) -> date:
    try:
        found = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        found = None
    if isinstance(found, date) and not isinstance(found, datetime) and year_believed(found):
        return found
    raise ValueError("a date such as 2022-05-05 was expected")


def _time(value: Any) -> time:
    try:
        found = time.fromisoformat(value) if isinstance(value, str) and ":" in value else value
    except ValueError:
        found = None
    if isinstance(found, time) and found.tzinfo is None:
        return found
    raise ValueError("a time such as 22:00 was expected")


def _zone(value: Any) -> str:
    name = _words(value)
    try:
        ZoneInfo(name[:_MAX_ZONE])
    except (KeyError, ValueError, OSError):
        near = _nearest(name[:_MAX_ZONE], sorted(available_timezones()))
        raise ValueError("which is no time zone" + (f": did you mean {near}?" if near else "")) from None
    return name


def _baseline(value: Any) -> BaselineName:
    for name in get_args(BaselineName):
        if name == value:
            found: BaselineName = name
            return found
    raise ValueError(f"one of {', '.join(get_args(BaselineName))} was expected")


def _seats(value: Any) -> int:
    if type(value) is int and 0 < value <= MAX_SEATS:
        return value
    raise ValueError(f"a number of seats from 1 to {MAX_SEATS:,} was expected")


def _watched(value: Any) -> tuple[str, ...]:
    if isinstance(value, list) and len(value) <= _MAX_WATCHED:
        return tuple(_words(name) for name in value)
    raise ValueError("a list of places was expected")


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError("true or false was expected")


_CHECKS: Final[dict[str, Callable[[Any], Any]]] = {
    "title": _words,
    "poll_date": _date,
    "zone": _zone,
    "polls_close": _time,
    "baseline": _baseline,
    "publisher": _words,
    "line": _seats,
    "watch": _watched,
    "picture": _words,
    "rehearsal": _flag,
}
"""Every setting, and what turns its value into that of `Settings`, or raises ValueError in words."""
