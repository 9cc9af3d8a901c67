"""Where something stands in the text of a JSON document, and what is wrong with a text that is none."""

import json
import re
from collections.abc import Iterator
from math import isfinite
from typing import Any, Final

import msgspec

from feeds.cells import CellError, shown

Step = str | int
"""One step down into a document: a member's name, or an item's number from 0."""

MAX_DIGITS: Final = 4_300
"""The longest number that Python makes of text."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[-+\w.]+')
_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"|[][{}]')
_SPACE = re.compile(r"[ \t\r\n]*")
_WORDS: Final = {
    "Expecting value": "a value was expected here",
    "Expecting property name enclosed in double quotes": "a name in double quotation marks was expected here",
    "Expecting ',' delimiter": "a comma is missing before this",
    "Expecting ':' delimiter": "a colon is missing before this",
    "Extra data": "there is more text after the end of the document",
    "Unterminated string starting at": "a text is opened here and never closed: is the file whole?",
    "Invalid control character at": "a line break or a control character stands within a text here",
}


def utf8(data: bytes) -> str:
    """Return the text of a document, without a byte order mark. Raises `CellError` where it is not UTF-8."""
    body = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise CellError("not UTF-8, which JSON is always written in", line) from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise CellError(f"{shown(twice)} is there twice in one object")
    return members


_DECODER = json.JSONDecoder(object_pairs_hook=_unique)


def _past_space(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return match.end() if match else place


def members(text: str, place: int) -> Iterator[tuple[Step, int]]:
    """Yield the steps into the object or list at a place, each with the place of its value.

    Raises ValueError or IndexError where the text is not JSON, and `CellError` where a value that was passed
    holds a name twice. Anything but an object or a list has no steps.
    """
    opening = text[place]
    if opening not in "{[":
        return
    place = _past_space(text, place + 1)
    seen: set[Step] = set()
    while text[place] not in "}]":
        step: Step = len(seen)
        if opening == "{":
            start = place
            step, place = _DECODER.raw_decode(text, place)
            if not isinstance(step, str):
                raise ValueError("a name is a text")
            if step in seen:
                raise CellError(f"{shown(str(step))} is there twice in one object", line_at(text, start))
            place = _past_space(text, _past_space(text, place) + 1)
        seen.add(step)
        yield step, place
        place = _past_space(text, _DECODER.raw_decode(text, place)[1])
        if text[place] != ",":
            return
        place = _past_space(text, place + 1)


def locate(text: str, steps: list[Step]) -> int:
    """Return the place of what the steps lead to, or of the last of them that can be found."""
    place = _past_space(text, 0)
    try:
        for step in steps:
            found = next((at for name, at in members(text, place) if name == step), None)
            if found is None:
                return place
            place = found
    except (ValueError, IndexError, RecursionError):
        pass
    return place


def value_at(text: str, place: int) -> Any:
    """Return the value at a place. Raises ValueError where there is none."""
    return json.JSONDecoder().raw_decode(text, place)[0]


def line_at(text: str, place: int) -> int:
    """Return the number, from 1, of the line that a place is in."""
    return text.count("\n", 0, place) + 1


def item_lines(text: str) -> dict[str, list[int]]:
    """Return, for each list in the top object, the line that each of its items begins at.

    The text must be JSON. Raises `CellError` where a name is twice in one object: one of two figures would be lost.
    """
    if "\n" not in text.rstrip() and (alone := _on_one_line(text)) is not None:
        return alone
    found: dict[str, list[int]] = {}
    place = counted = 0
    line = 1
    try:
        for name, start in members(text, _past_space(text, 0)):
            begins = found[str(name)] = []
            for _, place in members(text, start):
                line += text.count("\n", counted, place)
                counted = place
                begins.append(line)
    except CellError as error:
        raise CellError(error.reason, error.line or line_at(text, place)) from None
    except (ValueError, IndexError) as error:  # what one parser takes and the other does not
        raise CellError("this cannot be read as JSON", line_at(text, place)) from error
    return found


def _on_one_line(text: str) -> dict[str, list[int]] | None:
    """Return the lines of a document that is written on one; None where anything is wrong with it."""
    try:
        top = _plain(text) if len(text) < MAX_DIGITS and "\\" not in text else None
        if top is None:
            top = _DECODER.decode(text)
    except (ValueError, RecursionError):  # a `CellError`, too: which name is there twice is said by looking again
        return None
    if not isinstance(top, dict):
        return None
    return {name: [1] * len(items) if isinstance(items, list | dict) else [] for name, items in top.items()}


def _plain(text: str) -> Any:
    """Return a document without backslashes; None where a name may be there twice, of which only one would be kept.

    Each member has a colon, so that fewer of them are written of what was read if one was lost.
    """
    try:
        value = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return None
    return value if msgspec.json.encode(value).count(b":") == text.count(":") else None


def malformed(text: str) -> CellError:
    """Return in words why a text cannot be read as JSON."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        if not text[error.pos :].strip():
            return CellError("the document ends in the middle: is the file whole?", error.lineno)
        return CellError(_WORDS.get(error.msg, "this cannot be read as JSON"), error.lineno)
    except (RecursionError, ValueError):
        return CellError("the document is nested too deeply, or has a number that is too long", _far(text))
    return CellError("a number is not one (NaN or Infinity), or a character is half of one (\\ud800)", _odd(text))


def _odd(text: str) -> int | None:
    """Return the line of the first word, number or text that no JSON document may hold."""
    for token in _TOKEN.finditer(text):
        if _is_odd(token[0]):
            return line_at(text, token.start())
    return None


def _is_odd(token: str) -> bool:
    try:
        if token[0] == '"':
            str(json.loads(token)).encode()
            return False
        return not isfinite(float(token))
    except ValueError:
        return True


def _far(text: str) -> int:
    """Return the line of the longest number, or where the document is nested most deeply."""
    longest = max(_TOKEN.finditer(text), key=lambda t: 0 if t[0][0] == '"' else len(t[0]), default=None)
    if longest is not None and longest[0][0] != '"' and len(longest[0]) > MAX_DIGITS:
        return line_at(text, longest.start())
    depth = deepest = place = 0
    for bracket in _BRACKET.finditer(text):
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(bracket[0], 0)
        if depth > deepest:
            deepest, place = depth, bracket.start()
    return line_at(text, place)
