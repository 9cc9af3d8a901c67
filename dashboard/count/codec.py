"""Records as bytes and back, for what is kept of the past.

The bytes stay in memory, are read by the process that wrote them and go nowhere else: their form may change.
"""

from collections.abc import Iterable, Mapping
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

    def ahead(self, value: T) -> Iterable[None]:
        """Make, in parts, each short, what `encode` will need of a value. Raises as that does."""
        ...

    def encode(self, value: T) -> bytes:
        """Return a value as bytes. Raises one of `CANNOT` where it has no such form."""
        ...

    def decode(self, data: bytes) -> T:
        """Return the value of these bytes."""
        ...


class AtOnce:
    """A codec that needs nothing made before."""

    def ahead(self, _: object) -> Iterable[None]:
        """Make nothing."""
        return ()


class Plain(AtOnce, Generic[T]):
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


class Short(AtOnce):
    """The codec of what files say, as a whole."""

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


class Reports(AtOnce):
    """The codec of reports."""

    def __init__(self) -> None:
        self._read = msgspec.msgpack.Decoder(list[Told]).decode

    def encode(self, value: tuple[Report, ...]) -> bytes:
        """Return reports as bytes. Raises one of `CANNOT` where one has no such form."""
        return _write([_told(report) for report in value])

    def decode(self, data: bytes) -> tuple[Report, ...]:
        """Return the reports of these bytes."""
        return tuple([_report(told) for told in self._read(data)])


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


class Sayings(AtOnce):
    """The codec of what is said of one subject, by path."""

    def __init__(self) -> None:
        self._read = msgspec.msgpack.Decoder(list[_Form]).decode

    def encode(self, value: Mapping[str, Saying]) -> bytes:
        """Return sayings as bytes. Raises one of `CANNOT` where they have no such form."""
        said = value.values()
        return _write([(_told(s.report), s.path, s.number, s.turn, s.digest, s.at, s.basis, s.removed) for s in said])

    def decode(self, data: bytes) -> Mapping[str, Saying]:
        """Return the sayings of these bytes."""
        return {form.path: _saying(form) for form in self._read(data)}


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


READING: Final = Short()
REPORTS: Final = Reports()
BY_PATH: Final = Sayings()
