"""Typed members of a JSON object. What is not as it should be is said with where it stands, in words for people.

A member that is absent or null is "not said": None. Every method raises `CellError` for a value that is there but
cannot be right.
"""

import re
from typing import Any, Final

from feeds.cells import PER_CENT, CellError, shown
from feeds.limits import out_of_bounds
from feeds.text import clean

MAX_PATH: Final = 120

_DECIMAL = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,12})?")


class Members:
    """The members of one object; `path` says where it stands in its document, empty for the outermost."""

    def __init__(self, value: object, path: str = "") -> None:
        if not isinstance(value, dict):
            raise CellError(f"{path or 'this'} is {_written(value)}, an object in braces was expected")
        self._members: dict[str, Any] = value
        self.path = path

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def text(self, name: str) -> str | None:
        """Return a member's cleaned text without blanks around it; None where it is not said or blank."""
        value = self._members.get(name)
        if value is not None and not isinstance(value, str):
            raise self._wrong(name, value, "a text was expected")
        return clean(value or "").strip() or None

    def needed(self, name: str) -> str:
        """Return a member's text as `text` does; raises `CellError` where there is none."""
        value = self.text(name)
        if value is None:
            raise CellError(f"{self._at(name)} is empty")
        return value

    def number(self, name: str, bounds: str) -> int | None:
        """Return a whole number within the bounds (`feeds.limits`) of the field `bounds`; None if not said."""
        value = self._members.get(name)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._wrong(name, value, "a whole number was expected")
        if reason := out_of_bounds(bounds, value):
            raise self._wrong(name, value, reason)
        return value

    def percentage(self, name: str) -> float | None:
        """Return a percentage from 0 to 100, written as a number or as a text such as "35.00"; None if not said."""
        value = self._members.get(name)
        if value is None:
            return None
        figure = float(value) if isinstance(value, str) and _DECIMAL.fullmatch(value) else value
        if not isinstance(figure, int | float) or isinstance(figure, bool) or not 0 <= figure <= PER_CENT:
            raise self._wrong(name, value, "a percentage was expected")
        return float(figure)

    def flag(self, name: str) -> bool | None:
        """Return true or false; None if not said."""
        value = self._members.get(name)
        if value is not None and not isinstance(value, bool):
            raise self._wrong(name, value, "true, false or null was expected")
        return value

    def inner(self, name: str) -> "Members":
        """Return the object that a member is; one without members if it is not said."""
        value = self._members.get(name)
        return Members({} if value is None else value, self._at(name))

    def items(self, name: str) -> list["Members"]:
        """Return the objects that are listed in a member; none if it is not said."""
        value = self._members.get(name)
        if value is not None and not isinstance(value, list):
            raise self._wrong(name, value, "a list was expected")
        return [Members(item, f"{self._at(name)}[{i}]") for i, item in enumerate(value or [], 1)]

    def _at(self, name: str) -> str:
        return clean(f"{self.path}.{name}" if self.path else name, MAX_PATH)

    def _wrong(self, name: str, value: object, expected: str) -> CellError:
        return CellError(f"{self._at(name)} is {_written(value)}, {expected}")


def _written(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case dict():
            return "an object in braces"
        case list():
            return "a list"
        case _:
            return shown(str(value))
