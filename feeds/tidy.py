"""Records that came typed, made as clean as those that a reader builds: text, party codes, bounds, times (UTC)."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from operator import attrgetter
from types import UnionType
from typing import Any, Final, Literal, NamedTuple, TypeVar, Union, get_args, get_origin

import msgspec

from feeds.cells import LONDON, PER_CENT, CellError, shown
from feeds.limits import out_of_bounds, year_believed
from feeds.parties import party_code
from feeds.report import NEW, NOC, Contest, PartyTotals, Place, Record
from feeds.text import clean

R = TypeVar("R", bound=Record)

_MAY_BE_EMPTY: Final = {("Candidate", "name")}
_PARTIES: Final = frozenset({"party", "control", "previous"})
_SHARED: Final = frozenset({Contest, Place})
_MAY_BE_NEW: Final = {("Result", "previous"), ("Baseline", "control")}


class _Field(NamedTuple):
    name: str
    default: Any


class _Fields(NamedTuple):
    """The fields of a kind of record that have to be looked at, and what returns the values of all of them."""

    all: tuple[_Field, ...]
    values: Callable[[Record], tuple[Any, ...]]


def tidied(record: R, names: dict[str, str], line: int | None = None) -> R:
    """Return a record with its texts cleaned, its parties as codes, its times in UTC, and the line if it is given.

    The names of parties, as they came, are added to `names` by code. Raises `CellError` where a figure is out of
    bounds, a text that must be there is empty, or a party has no name.
    """
    changes: dict[str, Any] = {} if line is None else {"line": line}
    fields, values = _fields(type(record))
    for field, value in zip(fields, values(record), strict=True):
        if value is not None and value is not field.default:  # what was not said is as it should be
            own = _tidied(record, field, value, names)
            if own is not value:
                changes[field.name] = own
    return msgspec.structs.replace(record, **changes) if changes else record


@cache
def _fields(kind: type[Record]) -> _Fields:
    """Return the fields that have to be looked at: one of a few given words or a truth is as it is, a line is ours."""
    found = [f for f in msgspec.structs.fields(kind) if f.name != "line" and not _is_given(f.type)]
    names = [f.name for f in found]
    several = attrgetter(*names, *names[:1])  # of one name alone it would return no tuple
    return _Fields(tuple(_Field(f.name, f.default) for f in found), lambda record: several(record)[: len(names)])


def _is_given(kind: Any) -> bool:
    """Return whether a type has only given words in it, so that decoding has seen to what it holds."""
    parts = get_args(kind) if get_origin(kind) in {Union, UnionType} else (kind,)
    return all(part in {bool, type(None)} or get_origin(part) is Literal for part in parts)


def _tidied(record: Record, field: _Field, value: Any, names: dict[str, str]) -> Any:
    name, kind = field.name, type(value)
    if kind is int:
        return _bounded(name, name, value)
    if kind is dict:
        return _by_party(name, value, names)
    if kind is str:
        return _text(record, field, value, names)
    if kind is tuple:
        return tuple([tidied(own, names) for own in value])
    if kind in _SHARED:
        return _shared(value)
    if isinstance(value, Record):
        return tidied(value, names)
    return _measured(name, value)


@lru_cache(maxsize=16_384)
def _shared(record: R) -> R:
    """Return a contest or a place, tidied: the same object for the same words, which come in many files."""
    return tidied(record, {})


def _measured(name: str, value: Any) -> Any:
    match value:
        case float() if not 0 <= value <= PER_CENT:
            raise CellError(f"{name} is {shown(str(value))}, a percentage was expected")
        case datetime():
            return _moment(name, value)
        case date() if not year_believed(value):
            raise CellError(f"{name} is {shown(str(value))}, a date such as 2022-05-05 was expected")
        case _:
            return value


def _text(record: Record, field: _Field, value: str, names: dict[str, str]) -> str | None:
    of = (type(record).__name__, field.name)
    text = clean(value).strip()
    if field.name in _PARTIES:
        return _code(of, text, names)
    if not text and field.default is None:
        return None
    if not text and of not in _MAY_BE_EMPTY:
        raise CellError(f"{field.name} is empty")
    return text


def _code(of: tuple[str, str], text: str, names: dict[str, str]) -> str:
    if text.casefold() == NEW.casefold() and of in _MAY_BE_NEW:
        return NEW
    code = _party(of[1], text, names)
    if code == NEW or (code == NOC and of[1] == "party"):
        raise CellError(f"{of[1]} is {shown(text)}, which is not a party")
    return code


def _party(field: str, label: str, names: dict[str, str]) -> str:
    code, text = _named(label)
    if not code:
        raise CellError(f"a party of {field} has no name" if field != "party" else "party is empty")
    names.setdefault(code, text)
    return code


@lru_cache(maxsize=16_384)
def _named(label: str) -> tuple[str, str]:
    """Return a party's code and its clean name; no code where it has no name."""
    text = clean(label).strip()
    try:
        return party_code(text), text
    except ValueError:
        return "", text


def _bounded(field: str, words: str, value: int) -> int:
    if reason := out_of_bounds(field, value):
        raise CellError(f"{words} is {shown(str(value))}, {reason}")
    return value


def _moment(field: str, value: datetime) -> datetime:
    if not year_believed(value):
        raise CellError(f"{field} is {shown(str(value))}, a time of an election was expected")
    return (value if value.tzinfo else value.replace(tzinfo=LONDON)).astimezone(UTC)


def _by_party(field: str, figures: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Return figures by party code; those of two names of one party are added."""
    out: dict[str, Any] = {}
    for label, value in figures.items():
        code = _party(field, label, names)
        if code == NEW or (code == NOC and not isinstance(value, PartyTotals)):
            raise CellError(f"{field} of {shown(label)}, which is not a party")
        if isinstance(value, PartyTotals):
            own = tidied(value, names)
            out[code] = _together(out[code], own) if code in out else own
        else:
            if out_of_bounds(field, value):
                _bounded(field, f"{field} of {clean(label)}", value)
            out[code] = out.get(code, 0) + value
    return out


def _together(one: PartyTotals, other: PartyTotals) -> PartyTotals:
    def total(a: int | None, b: int | None) -> int | None:
        return None if a is None or b is None else a + b

    return PartyTotals(
        seats=one.seats + other.seats,
        change=total(one.change, other.change),
        areas=total(one.areas, other.areas),
        areas_change=total(one.areas_change, other.areas_change),
    )
