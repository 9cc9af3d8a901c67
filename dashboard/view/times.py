"""Moments of a night: when polls close, and which moment a time means that somebody types."""

import re
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dashboard.count.night import Night

_CLOCK: Final = r"(\d{1,2}):(\d{2})(?::(\d{2}))?"
_SPAN: Final = r"(\d{1,6}(?:\.\d{1,3})?) ?(s|m|min|h)?"
_UNITS: Final = {"s": "seconds", "m": "minutes", "min": "minutes", "h": "hours"}


def polls_close(night: Night) -> datetime | None:
    """Return when polls close, in the night's zone; None in a rehearsal, and without a poll date."""
    if night.poll_date is None or night.settings.rehearsal:
        return None
    return datetime.combine(night.poll_date, night.settings.polls_close, ZoneInfo(night.settings.zone))


def moment(text: str, begin: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment (UTC) that a text means in a night whose polls close at `begin` (RULES 31).

    `HH:MM` and `HH:MM:SS` are their first occurrence from `begin` on, in the night's zone; else an ISO date and
    time, in the night's zone where it has no offset. Raises ValueError where it is neither.
    """
    clock = re.fullmatch(_CLOCK, text.strip())
    try:
        if clock is None:
            at = datetime.fromisoformat(text.strip())
            return (at if at.tzinfo is not None else at.replace(tzinfo=zone)).astimezone(UTC)
        hour, minute, second = (int(part or 0) for part in clock.groups())
        wanted = time(hour, minute, second)
    except ValueError:
        problem = f"“{text}” is not a time: write HH:MM, HH:MM:SS or 2022-05-06T02:14"
        raise ValueError(problem) from None
    day = begin.astimezone(zone).date()
    candidates = (
        datetime.combine(day + timedelta(days=days), wanted.replace(fold=fold), zone).astimezone(UTC)
        for days in range(3)
        for fold in (0, 1)
    )
    return next(at for at in candidates if at >= begin.astimezone(UTC))


def span(text: str, unit: str = "s") -> timedelta:
    """Return the length of time that a text means: `30s`, `15m`, `1.5h`; a bare number is in `unit`.

    Raises ValueError where it is none, or no time at all.
    """
    found = re.fullmatch(_SPAN, text.strip(), re.IGNORECASE)
    length = timedelta(**{_UNITS[(found[2] or unit).lower()]: float(found[1])}) if found else timedelta(0)
    if not length:
        raise ValueError(f"“{text}” is not a length of time: write 30s, 15m or 2h")
    return length
