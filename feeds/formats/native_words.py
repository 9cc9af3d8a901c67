"""What is wrong with a native document, in words for the person who wrote it."""

import difflib
import re
from typing import Any, Final, get_args

from feeds.cells import CellError, shown
from feeds.jsontext import Step, line_at, locate, value_at
from feeds.limits import WHOLE
from feeds.parties import MAX_CODE
from feeds.report import AreaKind, BaselineName, Kind, Outcome, Stage
from feeds.text import clean

LISTS: Final = ("results", "baselines", "quotes", "notes", "totals")
"""The members of a native document."""

_TYPES: Final = {
    "int": "a whole number",
    "float": "a number",
    "str": "a text",
    "bool": "true or false",
    "array": "a list",
    "object": "an object in braces",
}
_CHOICES: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("area", "kind"): get_args(AreaKind),
    ("areas", "kind"): get_args(AreaKind),
    ("election", "kind"): get_args(Kind),
    ("results", "stage"): get_args(Stage),
    ("results", "outcome"): get_args(Outcome),
    ("baselines", "baseline"): get_args(BaselineName),
}
_MESSAGE = re.compile(r"(?P<what>.*?)(?: - at `(?:key in )?\$(?P<path>.*)`)?", re.DOTALL)
_FIELD = re.compile(r"(unknown|required) field `(.*)`", re.DOTALL)
_STEP = re.compile(r"\.(?P<name>[^.\[]+)|\[(?P<index>\d+)\]|(?P<any>\[\.\.\.\])")


def explained(text: str, message: str) -> CellError:
    """Return in words, with the line where it can be found, what a msgspec validation message says of a text."""
    match = _MESSAGE.fullmatch(message)
    what, path = (match["what"], match["path"] or "") if match else (message, "")
    steps: list[Step] = []
    found = list(_STEP.finditer(path))
    for i, step in enumerate(found):
        if step["any"]:
            steps.append(_first_bad(text, steps, found[i + 1]["name"] if i + 1 < len(found) else None, what))
        else:
            steps.append(int(step["index"]) if step["index"] else step["name"])
    place = locate(text, steps)
    return CellError(where(steps) + _reason(text, what, steps), line_at(text, place))


def where(steps: list[Step]) -> str:
    """Return the item that steps lead into, as the beginning of a sentence: "results, item 4: "."""
    match steps:
        case [str() as name, int() as index, *_]:
            return f"{name}, item {index + 1}: "
        case _:
            return ""


def _first_bad(text: str, steps: list[Step], field: str | None, what: str) -> Step:
    """Return the first member that (or whose field) is not what was expected: messages do not name it."""
    value = _value(text, steps)
    for name, own in value.items() if isinstance(value, dict) else ():
        figure = own.get(field, 0) if field and isinstance(own, dict) else own
        if _is_bad(figure, what):
            return str(name)
    return "…"


def _is_bad(value: Any, what: str) -> bool:
    """Return whether a value is what a message complains of: one of a wrong type, or an object of wrong fields."""
    if about := _FIELD.search(what):
        return isinstance(value, dict) and (about[2] in value) == (about[1] == "unknown")
    wanted = what.partition(", got")[0]
    types = tuple(
        t for word, t in (("int", int), ("object", dict), ("null", type(None))) if re.search(rf"\b{word}\b", wanted)
    )
    return isinstance(value, bool) or not isinstance(value, types)


def _value(text: str, steps: list[Step]) -> Any:
    try:
        return value_at(text, locate(text, steps))
    except (ValueError, RecursionError):
        return None


def _reason(text: str, what: str, steps: list[Step]) -> str:
    names = [clean(s) for s in steps if isinstance(s, str)]
    field = _named(names)
    if quoted := _FIELD.search(what):
        return _about_field(quoted[1], quoted[2], names)
    if "Expected" in what:
        types = re.findall(r"`([^`]*)`", what)[0].split(" | ")
        expected = " or ".join(_TYPES[t] for t in types if t in _TYPES) or "something else"
        return f"{field} is {_as_written(text, steps)}, {expected} was expected"
    if "enum" in what:
        choices = _CHOICES.get((names[-2], names[-1]), ()) if len(names) > 1 else ()
        expected = f"one of {', '.join(choices)}" if choices else "another word"
        return f"{field} is {_as_written(text, steps)}, {expected} was expected"
    if "RFC3339" in what:
        example = "2022-05-06T02:14:00+01:00" if "datetime" in what else "2022-05-05"
        return f"{field} is {_as_written(text, steps)}, {example} or the like was expected"
    return f"{field} is a number that is too large"


def _named(names: list[str]) -> str:
    if len(names) > 1 and names[-2] in WHOLE and names[-1] != "…":
        return f"{names[-2]} of {clean(names[-1], MAX_CODE)}"
    names = [name for name in names if name != "…"]
    return " of ".join(reversed(names[1:])) or "".join(names) or "the document"


def _about_field(which: str, field: str, names: list[str]) -> str:
    if which == "required":
        return f"{field} is missing" + (f" in {names[-1]}" if len(names) > 1 else "")
    if not names:
        near = difflib.get_close_matches(field, LISTS, 1)
        hint = f"did you mean “{near[0]}”?" if near else f"a document of results has {', '.join(LISTS)}"
        return f"unknown list {shown(field)}: {hint}"
    return f"unknown field {shown(field)}" + (f" in {names[-1]}" if len(names) > 1 else "")


def _as_written(text: str, steps: list[Step]) -> str:
    value = _value(text, steps)
    match value:
        case str():
            return shown(value)
        case None:
            return "empty"
        case list():
            return "a list"
        case dict():
            return "an object in braces"
        case bool():
            return "true" if value else "false"
        case _:
            return shown(str(value))
