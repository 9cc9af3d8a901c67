"""What one cell of a sheet means: text in, a value out, or words for the person who typed it.

Every function raises `CellError` where the text is not what its column holds.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from feeds.limits import out_of_bounds, year_believed
from feeds.parties import party_code
from feeds.report import NEW
from feeds.text import clean

LONDON: Final = ZoneInfo("Europe/London")
"""The zone of a time that says none: a sheet does not know the night it is read in."""

POLLS_CLOSE: Final = time(22, 0)
"""`HH:MM` means its first occurrence from here on (RULES 31)."""

MAX_DIGITS: Final = 18
PER_CENT: Final = 100
"""The greatest turnout, and so the number up to which ballots may have been meant as one."""

_SIGNS = {"+": 1, "-": -1, "−": -1, "–": -1}
_WHOLE = re.compile(
    r"(?P<sign>[-+−–]?)\s*(?P<digits>[0-9]{1,3}(?P<gap>[,\s])[0-9]{3}(?:(?P=gap)[0-9]{3})*|[0-9]+)(?:\.0+)?"
)
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,9})?)\s*%|([0-9]{1,3}\.[0-9]{1,9})")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})|([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?")
_MOMENT = re.compile(
    r"(?P<day>[-/0-9]{8,10})(?:T|\s+)(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)(?:\.[0-9]+)?"
    r"\s*(?P<zone>Z|[-+][0-9]{2}:?[0-9]{2})?",
    re.IGNORECASE,
)
_YES = frozenset({"1", "1.0", "yes", "y", "true", "elected"})
_NO = frozenset({"0", "0.0", "no", "n", "false", "not elected"})


class CellError(ValueError):
    """Why a cell (or a file) cannot be used, in words for the person who wrote it; `line` from 1 where it is known."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def shown(text: str) -> str:
    """Return a cell's text as it is quoted in words for a person."""
    return f"“{clean(text, 40)}”"


def whole(column: str, text: str) -> int:
    """Return a whole number within the bounds of its column; thousands may be set apart by commas or spaces.

    Only `change` may carry a sign. "31.0", as some programs write 31, is whole.
    """
    match = _WHOLE.fullmatch(text)
    signed = column == "change"
    if match is None or (match["sign"] == "+" and not signed):
        raise CellError(f"{column} is {shown(text)}, a whole number was expected")
    if match["sign"] and not signed:
        raise CellError(f"{column} is {shown(text)}, which cannot be negative")
    digits = re.sub(r"\D", "", match["digits"])
    value = int(digits[:MAX_DIGITS]) if len(digits) > MAX_DIGITS else int(digits)
    value *= _SIGNS.get(match["sign"], 1)
    if reason := out_of_bounds(column, value):
        raise CellError(f"{column} is {shown(text)}, {reason}")
    return value


def yes_no(column: str, text: str) -> bool:
    """Return whether a candidate is said to have been elected."""
    word = " ".join(text.casefold().split())
    if word in _YES or word in _NO:
        return word in _YES
    raise CellError(f"{column} is {shown(text)}, yes or no was expected for a candidate")


def turnout(text: str) -> tuple[int | None, float | None]:
    """Return ballots and percentage, one of them None: it is a percentage that has a % sign or a decimal point."""
    match = _PERCENT.fullmatch(text)
    if match is None:
        return whole("turnout", text), None
    value = float(match[1] or match[2])
    if value > PER_CENT:
        raise CellError(f"turnout is {shown(text)}, more than 100%")
    return None, value


def day(column: str, text: str) -> date:
    """Return a date: 2022-05-05, or as a British spreadsheet writes it, 5/5/2022 with the day first."""
    match = _DAY.fullmatch(text)
    try:
        if match is not None:
            parts = [int(part) for part in match.groups() if part]
            found = date(*parts) if match[1] else date(*reversed(parts))
            if year_believed(found):
                return found
    except ValueError:
        pass
    raise CellError(f"{column} is {shown(text)}, a date such as 2022-05-05 was expected")


def moment(column: str, text: str, poll_date: date | None) -> datetime:
    """Return a time as UTC: date and time with or without an offset (London, where none), or `HH:MM` of the night.

    `HH:MM` is its first occurrence after polls close on `poll_date`, and cannot be placed without one.
    """
    of_the_night = _CLOCK.fullmatch(text) is not None
    if of_the_night and poll_date is None:
        raise CellError(f"{column} is {shown(text)}, which needs a column poll_date to say of which night")
    match = _MOMENT.fullmatch(text)
    try:
        if of_the_night and poll_date is not None:
            at = _time(text)
            first = poll_date if at >= POLLS_CLOSE else poll_date + timedelta(days=1)
            return datetime.combine(first, at, LONDON).astimezone(UTC)
        if match is not None:
            local = datetime.combine(day(column, match["day"]), _time(match["clock"]), LONDON)
            return _placed(local, match["zone"])
    except ValueError:
        pass
    raise CellError(f"{column} is {shown(text)}, a time such as 02:14 or 2022-05-06T02:14 was expected")


def _time(text: str) -> time:
    hour, minute, second, *_ = [int(part) for part in text.split(":")] + [0]
    return time(hour, minute, second)


def _placed(local: datetime, offset: str | None) -> datetime:
    if offset is not None:
        local = datetime.fromisoformat(f"{local:%Y-%m-%dT%H:%M:%S}{offset.upper()}")
    return local.astimezone(UTC)


def party(column: str, text: str) -> str:
    """Return the code of a party."""
    try:
        return party_code(clean(text))
    except ValueError:
        raise CellError(f"{column} is empty") from None


def control(column: str, text: str) -> str:
    """Return who controls: a party's code, NOC, or NEW for "new", where there was no predecessor."""
    return NEW if text.casefold() == "new" else party(column, text)
