"""Records as bytes and back, for what is kept of the past.

The bytes stay in memory, are read by the process that wrote them and go nowhere else: their form may change.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final, Generic, Protocol, TypeVar, get_args

import msgspec

from dashboard.count.standing import Saying
from feeds.report import Basis, Problem, Reading, Report

T = TypeVar("T")

CANNOT: Final = (OverflowError, UnicodeEncodeError)
"""What `encode` raises of a value that has no such form: a number of more than 64 bits, half a character."""

_write: Final = msgspec.msgpack.Encoder().encode
_KINDS: Final = get_args(Report)
_NUMBERS: Final = {kind: number for number, kind in enumerate(_KINDS)}
_READERS: Final = tuple(msgspec.msgpack.Decoder(kind).decode for kind in _KINDS)

Told = tuple[int, msgspec.Raw]
"""A report: the number of its kind, and its bytes. The record itself does not say which of them it is."""


class Codec(Protocol[T]):
    """Makes bytes of values of one type, and equal values of the bytes."""

    def encode(self, value: T) -> bytes:
        """Return a value as bytes. Raises one of `CANNOT` where it has no such form."""
        ...

    def decode(self, data: bytes) -> T:
        """Return the value of these bytes."""
        ...


class Plain(Generic[T]):
    """The codec of what msgspec can read back by its type alone. Times come back in UTC."""

    def __init__(self, kind: Any) -> None:
        self.encode = _write
        self.decode = msgspec.msgpack.Decoder(kind).decode


@cache
def plain(kind: Any) -> Codec[Any]:
    """Return the codec of a type."""
    return Plain(kind)


class _Reading(msgspec.Struct, frozen=True, array_like=True):
    format: str
    reports: list[Told]
    problem: Problem | None
    ignored: str | None
    warnings: tuple[Problem, ...]
    test: str | None
    unknown_parties: dict[str, str]


class Readings:
    """The codec of what files say."""

    def __init__(self) -> None:
        self._read = msgspec.msgpack.Decoder(_Reading).decode

    def encode(self, value: Reading) -> bytes:
        """Return a reading as bytes. Raises one of `CANNOT` where it has no such form."""
        reports = [_told(report) for report in value.reports]
        return _write(
            (value.format, reports, value.problem, value.ignored, value.warnings, value.test, value.unknown_parties)
        )

    def decode(self, data: bytes) -> Reading:
        """Return the reading of these bytes."""
        kept = self._read(data)
        return Reading(
            format=kept.format,
            reports=tuple(_report(told) for told in kept.reports),
            problem=kept.problem,
            ignored=kept.ignored,
            warnings=kept.warnings,
            test=kept.test,
            unknown_parties=kept.unknown_parties,
        )


def _told(report: Report) -> tuple[int, Report]:
    return _NUMBERS[type(report)], report


def _report(told: Told) -> Report:
    kind, data = told
    report: Report = _READERS[kind](data)
    return report


class _Form(msgspec.Struct, frozen=True, array_like=True):
    report: Told
    path: str
    number: int
    turn: int
    digest: str
    at: datetime
    basis: Basis
    removed: bool


class Sayings(Generic[T]):
    """The codec of collections of sayings.

    `apart` takes a collection apart into pairs of a key, of the type `key`, and a saying; `together` makes it of them.
    """

    def __init__(
        self,
        key: Any,
        apart: Callable[[T], Iterable[tuple[Any, Saying]]],
        together: Callable[[Iterable[tuple[Any, Saying]]], T],
    ) -> None:
        self._read = msgspec.msgpack.Decoder(list[tuple[key, _Form]]).decode
        self._apart, self._together = apart, together

    def encode(self, value: T) -> bytes:
        """Return a collection of sayings as bytes. Raises one of `CANNOT` where it has no such form."""
        return _write(
            [
                (key, (_told(s.report), s.path, s.number, s.turn, s.digest, s.at, s.basis, s.removed))
                for key, s in self._apart(value)
            ]
        )

    def decode(self, data: bytes) -> T:
        """Return the collection of these bytes."""
        return self._together((key, _saying(form)) for key, form in self._read(data))


def _saying(form: _Form) -> Saying:
    return Saying(
        report=_report(form.report),
        path=form.path,
        number=form.number,
        turn=form.turn,
        digest=form.digest,
        at=form.at,
        basis=form.basis,
        removed=form.removed,
    )


_Subject = tuple[str, ...]
_Raw = tuple[tuple[str, str, str], tuple[str, str, str]]
_Place = tuple[_Raw | None, _Subject]


def _paths_apart(by_path: Mapping[str, Saying]) -> Iterable[tuple[None, Saying]]:
    return ((None, saying) for saying in by_path.values())


def _paths(pairs: Iterable[tuple[None, Saying]]) -> Mapping[str, Saying]:
    return {saying.path: saying for _, saying in pairs}


def _items(said: Mapping[_Place, Saying]) -> Iterable[tuple[_Place, Saying]]:
    return said.items()


def _together(pairs: Iterable[tuple[_Place, Saying]]) -> Mapping[_Place, Saying]:
    return dict(pairs)


READING: Final = Readings()
BY_PLACE: Final = Sayings(_Place, _items, _together)
"""Of what one path says: by place and subject."""
BY_PATH: Final = Sayings(None, _paths_apart, _paths)
"""Of what is said of one subject: by path."""
