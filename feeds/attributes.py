"""Typed attributes of an XML element. What is not as it should be is said with the line, in words for people.

An attribute that is absent or blank is "not said": None. Every function raises XmlProblem for a value that is
there but cannot be right.
"""

import re
from datetime import UTC, date, datetime, tzinfo
from typing import Final

from feeds.text import clean
from feeds.xml import MAX_ATTRIBUTE, Element, XmlProblem, shown

MAX_NAME: Final = 200
YEARS: Final = range(1900, 2101)
"""Years of polls and declarations that are believed."""

_NUMBER = re.compile(r"[+-]?[0-9]+")
_DIGITS: Final = 12
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)


def text(element: Element, name: str, limit: int = MAX_NAME) -> str | None:
    """Return an attribute's cleaned text without blanks around it; None where it is absent or blank."""
    value = element.attributes.get(name)
    return None if value is None else clean(value, limit).strip() or None


def required(element: Element, name: str) -> str:
    """Return an attribute's cleaned text; raises XmlProblem where there is none."""
    value = text(element, name)
    if value is None:
        raise _missing(element, name)
    return value


def number(element: Element, name: str, most: int, least: int = 0) -> int | None:
    """Return a whole number from `least` to `most`, in plain digits, signed or not; None if not said."""
    value = text(element, name, MAX_ATTRIBUTE)
    if value is None:
        return None
    if not (value.isascii() and value.isdigit()) and not _NUMBER.fullmatch(value):
        raise _wrong(element, name, value, "a whole number was expected")
    bounded = int(value) if len(value) <= _DIGITS else (least - 1 if value[0] == "-" else most + 1)
    if bounded > most:
        raise _wrong(element, name, value, f"more than the {most:,} that can be right")
    if bounded < least:
        raise _wrong(element, name, value, f"less than the {least:,} that can be right")
    return bounded


def required_number(element: Element, name: str, most: int, least: int = 0) -> int:
    """Return a whole number as `number` does; raises XmlProblem where there is none."""
    value = number(element, name, most, least)
    if value is None:
        raise _missing(element, name)
    return value


def flag(element: Element, name: str) -> bool:
    """Return whether an attribute says `true` (or 1); absent is false."""
    value = text(element, name)
    if value not in {None, "true", "false", "1", "0"}:
        raise _wrong(element, name, str(value), "true or false was expected")
    return value in {"true", "1"}


def day(element: Element, name: str) -> date | None:
    """Return a date written as 2026-05-07 (an offset behind it is passed over); None if not said."""
    value = text(element, name)
    if value is None:
        return None
    found = _DAY.fullmatch(value)
    try:
        result = date.fromisoformat(found[1]) if found else None
    except ValueError:
        result = None
    if result is None or result.year not in YEARS:
        raise _wrong(element, name, value, "a date such as 2026-05-07 was expected")
    return result


def moment(element: Element, name: str, zone: tzinfo) -> datetime | None:
    """Return a time as UTC; one without an offset is taken to be in `zone`. None if not said."""
    value = text(element, name)
    if value is None:
        return None
    try:
        result = datetime.fromisoformat(value) if _MOMENT.fullmatch(value) else None
    except ValueError:
        result = None
    if result is None or result.year not in YEARS:
        raise _wrong(element, name, value, "a time such as 2026-05-08T02:14:00+01:00 was expected")
    return (result if result.tzinfo else result.replace(tzinfo=zone)).astimezone(UTC)


def _missing(element: Element, name: str) -> XmlProblem:
    return XmlProblem(f"{shown(element.tag)} has no {name}", element.line)


def _wrong(element: Element, name: str, value: str, expected: str) -> XmlProblem:
    return XmlProblem(f"{name} is “{clean(value, 40)}”, {expected}", element.line)
