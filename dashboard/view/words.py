"""How things are said in a few words: parties, numbers, control, outcomes, seats and times.

The words are a newsroom's (`LAB gain from CON`, `CON lose to NOC`, `stays NOC`). Nothing is decided here:
what is not known is said to be unknown. Whole lines are in `dashboard.view.sentences`.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dashboard.count.night import Area, Moment, Path, Stage
from feeds.parties import party, rank
from feeds.report import NEW, NOC, Quote

UNKNOWN: Final = "–"
"""Stands where there is no figure; never 0 (RULES 7)."""

BUCKETS: Final = frozenset({"IND", "RES", "OTH"})
"""Codes that gather people without a common party: a majority of them holds or gains nothing (RULES 4)."""

_BASIS: Final = {"arrived": "arrived", "file": "file", "reported": "reported"}
_STAGES: Final[dict[Stage, str]] = {
    "expected": "undeclared",
    "partial": "part declared",
    "rush": "rush",
    "declared": "declared",
    "under-correction": "correction on its way",
}


def party_short(code: str) -> str:
    """Return a party's name for tables: `Lab`, `LD`; an unknown code is its own name."""
    return party(code).short


def party_long(code: str) -> str:
    """Return a party's name in full: `Labour`, `Liberal Democrat`; an unknown code is its own name."""
    return party(code).name


def signed(number: int | None) -> str:
    """Return a change with its sign: `+4`, `−5`, `±0`, and `–` where it is not known."""
    if number is None:
        return UNKNOWN
    if number == 0:
        return "±0"
    return f"+{number:,}" if number > 0 else f"−{-number:,}"


def grouped(number: int | None) -> str:
    """Return a number with its thousands apart: `1,021`, and `–` where it is not known."""
    return UNKNOWN if number is None else f"{number:,}"


def by_seats(seats: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return party codes with their seats, most seats first, ties in register order.

    Parties without a seat are left out, unless nobody has one.
    """
    ordered = sorted(seats.items(), key=lambda item: (-item[1], rank(item[0])))
    return [(code, number) for code, number in ordered if number] or ordered


def seats_words(seats: Mapping[str, int] | None) -> str:
    """Return seats for a line of a table, most first: `Lab 35 Con 22 Ind 1`, and `–` where none are known."""
    if not seats:
        return UNKNOWN
    return " ".join(f"{party_short(code)} {number:,}" for code, number in by_seats(seats))


def is_bucket(code: str | None, kind: str) -> bool:
    """Return whether control by that code is a majority of people without a common party (RULES 4)."""
    return kind == "council" and code in BUCKETS


def control_words(code: str | None, kind: str = "council") -> str:
    """Return who controls an area: `LAB`, `NOC`, `IND majority`, `new council`; `–` where it is not known."""
    if code is None:
        return UNKNOWN
    if code == NEW:
        return f"new {kind}"
    return f"{code} majority" if is_bucket(code, kind) else code


def was_words(area: Area) -> str:
    """Return how an area stood before: `was CON`, `new council`; `–` where it is not known."""
    words = control_words(area.previous, area.kind)
    return words if area.previous in {None, NEW} else f"was {words}"


def outcome_words(area: Area) -> str:
    """Return what became of an area, in codes: `LAB gain from CON`, `CON hold`, `CON lose to NOC`.

    Undeclared areas say how they stood (`was CON`); a declared area whose outcome is not known says who
    controls it, and no more. A list region has no control and says `–`.
    """
    if not area.is_declared:
        return was_words(area)
    return change_words(area.outcome, area.control, area.previous, area.kind)


def change_words(outcome: str | None, control: str | None, previous: str | None, kind: str = "council") -> str:
    """Return an outcome in codes from its parts; `control` and `previous` are codes, None where not known."""
    now, before = control_words(control, kind), control_words(previous, kind)
    if outcome == "stays-noc":
        return "stays NOC"
    if outcome == "new":
        return f"new {kind}, {now}"
    if control is None or outcome is None:
        return now
    if is_bucket(control, kind):
        return now if outcome == "hold" else f"{now}, was {before}"
    if outcome == "hold":
        return f"{now} hold"
    if outcome == "loss":
        return f"{now}, was {before}" if is_bucket(previous, kind) else f"{before} lose to {now}"
    return f"{now} gain" if previous is None else f"{now} gain from {previous}"


def control_long(code: str | None, kind: str = "council") -> str:
    """Return who controls an area in full: `Labour`, `no overall control`, `Independent/Other majority`."""
    if code is None:
        return "control not known"
    if code in {NOC, NEW}:
        return "no overall control" if code == NOC else f"new {kind}"
    return f"{party_long(code)} majority" if is_bucket(code, kind) else party_long(code)


def outcome_sentence(area: Area) -> str:
    """Return what became of an area in full names, without a full stop: `Labour gain from Conservative`."""
    kind, outcome = area.kind, area.outcome
    now, before = control_long(area.control, kind), control_long(area.previous, kind)
    if outcome == "stays-noc":
        return "stays under no overall control"
    if outcome == "new":
        return f"new {kind}, {now}"
    if area.control is None or outcome is None:
        return "declared" if area.control is None else now
    if is_bucket(area.control, kind):
        return now if outcome == "hold" else f"{now}, was {before}"
    if outcome == "hold":
        return f"{now} hold"
    if outcome == "loss":
        return f"{now}, was {before}" if is_bucket(area.previous, kind) else f"{before} lose to {now}"
    return f"{now} gain" if area.previous is None else f"{now} gain from {before}"


def certain_words(area: Area) -> str | None:
    """Return what is certain in an undeclared area: `NOC certain`; None where nothing is."""
    return None if area.certain is None else f"{control_words(area.certain, area.kind)} certain"


def path_words(path: Path) -> str:
    """Return what a party still needs, and of how many it can still win: `Lab need 12 of 21`."""
    return f"{party_short(path.party)} need {path.needs} of {path.available}"


def stage_words(stage: Stage) -> str:
    """Return how far an area is: `undeclared`, `part declared`, `rush`, `declared`, …."""
    return _STAGES[stage]


def wards_words(area: Area) -> str | None:
    """Return how many of an area's wards are in, `11/18 wards`; None where no wards are known."""
    if not area.wards:
        return None
    done = sum(1 for ward in area.wards if ward.elected is not None)
    return f"{done}/{len(area.wards)} {'ward' if len(area.wards) == 1 else 'wards'}"


def clock_words(at: datetime, zone: ZoneInfo, begin: datetime | None = None) -> str:
    """Return a time of the night: `02:39`, with the weekday from 24 hours after `begin` on, and before it.

    A time that the clocks show twice carries its zone: `01:30 GMT`.
    """
    local = at.astimezone(zone)
    words = f"{local:%H:%M}"
    if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset():
        words += f" {local.tzname()}"
    if begin is not None and not begin <= at < begin + timedelta(hours=24):
        words = f"{local:%a} {words}"
    return words


def basis_words(moment: Moment) -> str | None:
    """Return what a time rests on (`arrived`, `file`, `reported`); None where that is the declaration."""
    return None if moment.at is None else _BASIS.get(moment.basis)


def moment_words(moment: Moment | None, zone: ZoneInfo, begin: datetime | None = None) -> str:
    """Return a moment with its basis, where that is not the declaration itself (RULES 29).

    `02:39`, `02:39 arrived`, `02:39 file`, `02:39 reported`, `≈ 02:00`, `time unknown`; None is `–`. `begin`
    (polls close) makes times of another day carry their weekday.
    """
    if moment is None:
        return UNKNOWN
    if moment.at is None or moment.basis == "unknown":
        return "time unknown"
    words = clock_words(moment.at, zone, begin)
    if moment.basis == "expected":
        return f"≈ {words}"
    return " ".join(filter(None, [words, basis_words(moment)]))


def quote_words(quote: Quote) -> str:
    """Return who said it: `Barry Rawlings, Labour, Barnet`; what the role says already is not said twice."""
    role = quote.role or ""
    more = (party_long(quote.party) if quote.party else "", quote.area or "")
    return ", ".join(part for part in (quote.speaker, role, *(m for m in more if m not in role)) if part)


def span_words(span: timedelta) -> str:
    """Return a time span in its largest unit: `4 s`, `12 min`, `3 h`, `5 days`."""
    if span < timedelta(minutes=1):
        return f"{span.seconds} s"
    if span < timedelta(hours=1):
        return f"{span // timedelta(minutes=1)} min"
    if span < timedelta(days=2):
        return f"{span // timedelta(hours=1)} h"
    return f"{span.days:,} days"
