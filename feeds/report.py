"""The records that every format is read into: what was reported, and nothing that was concluded from it.

All records are frozen. Seats are dictionaries from party code to a whole number; a party that is not in one had
no figure there. `None` means "not said", never zero. Times are aware datetimes.
"""

from datetime import date, datetime, time
from typing import Literal

import msgspec

Kind = Literal["local", "parliament", "assembly", "mayor", "by-election"]
AreaKind = Literal["council", "constituency", "region", "mayor"]
Stage = Literal["partial", "rush", "full", "retracted"]
Outcome = Literal["hold", "gain", "loss", "stays-noc", "new"]
BaselineName = Literal["eve-of-poll", "last-election", "notional", "none"]
Basis = Literal["declared", "arrived", "file", "reported", "expected", "unknown"]
Seats = dict[str, int]

NOC = "NOC"
"""The code of no overall control, where a party's code could stand."""

NEW = "NEW"
"""Stands as the previous control of an area that has no predecessor."""


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """Base of all records: frozen, by keyword only, and strict about what it is decoded from."""


class Contest(Record, frozen=True, kw_only=True):
    """The election that a report belongs to. `poll_date` is None where the feed does not give one."""

    kind: Kind = "local"
    name: str = "Local elections"
    poll_date: date | None = None


class Place(Record, frozen=True, kw_only=True):
    """A place that elects seats, as a feed names it. `code` is an official (ONS) code, not a feed's own id."""

    name: str
    kind: AreaKind = "council"
    code: str | None = None
    region: str | None = None


class Candidate(Record, frozen=True, kw_only=True):
    """One candidate in a ward or a constituency. `votes` and `elected` are None where they were not said."""

    name: str
    party: str
    votes: int | None = None
    elected: bool | None = None


class Baseline(Record, frozen=True, kw_only=True):
    """How a place (or one ward of it) stood before the poll, and what is up in it.

    `held` are seats before; `continuing` are those of them that are not up; `candidates` and `unopposed` are
    numbers of candidates and of unopposed returns; `vacant` are seats that nobody held. `control` is a party code,
    NOC, or NEW where there was no predecessor. `baseline` names what is measured against; None means the night's own.
    """

    area: Place
    election: Contest = Contest()
    ward: str | None = None
    revision: int = 1
    baseline: BaselineName | None = None
    total: int | None = None
    up: int | None = None
    held: Seats | None = None
    continuing: Seats | None = None
    candidates: Seats | None = None
    unopposed: Seats | None = None
    vacant: int | None = None
    deferred: int | None = None
    control: str | None = None
    expected_at: datetime | None = None
    line: int | None = None


class Result(Record, frozen=True, kw_only=True):
    """What was declared for a place, or for one ward of it.

    `elected` are the seats won tonight; `composition` is the whole council afterwards; `change` is the net change
    that the feed states. `control` and `previous` are party codes, NOC, or (previous only) NEW. `outcome` is what
    the feed states, None where it says nothing. `revision` is the feed's own number, counted afresh in each `round`
    where a count goes by rounds. `total`, `up`, `vacant` and `deferred` count seats. `electorate`
    and `ballots` count people; `turnout` is a percentage. `line` is the line of the file that the report began at.
    """

    area: Place
    election: Contest = Contest()
    ward: str | None = None
    revision: int = 1
    round: int = 1
    stage: Stage = "full"
    elected: Seats | None = None
    composition: Seats | None = None
    change: Seats | None = None
    total: int | None = None
    up: int | None = None
    vacant: int | None = None
    deferred: int | None = None
    control: str | None = None
    previous: str | None = None
    outcome: Outcome | None = None
    candidates: tuple[Candidate, ...] = ()
    electorate: int | None = None
    ballots: int | None = None
    turnout: float | None = None
    declared_at: datetime | None = None
    line: int | None = None


class PartyTotals(Record, frozen=True, kw_only=True):
    """One party's row in a publisher's totals: seats won, net change, councils, net change in councils."""

    seats: int
    change: int | None = None
    areas: int | None = None
    areas_change: int | None = None


class Totals(Record, frozen=True, kw_only=True):
    """A publisher's state of the parties (SOP) over `areas`. `number` is how many results it includes."""

    election: Contest
    parties: dict[str, PartyTotals]
    publisher: str = "PA"
    region: str = "All"
    number: int | None = None
    expected: int | None = None
    areas: tuple[Place, ...] = ()
    line: int | None = None


class Quote(Record, frozen=True, kw_only=True):
    """What somebody said, word for word. `area` is a place's name; `said_at` is None where no time is known."""

    text: str
    speaker: str
    role: str | None = None
    party: str | None = None
    area: str | None = None
    said_at: datetime | None = None
    source: str | None = None
    line: int | None = None


class Note(Record, frozen=True, kw_only=True):
    """Something worth knowing about a place; `kind` is a word such as `history`, `target`, `turnout`."""

    area: str
    kind: str
    text: str
    ward: str | None = None
    source: str | None = None
    line: int | None = None


class Settings(Record, frozen=True, kw_only=True):
    """What `night.toml` says of a night. `line` is the number of seats to reach in a parliament, if stated."""

    title: str | None = None
    poll_date: date | None = None
    zone: str = "Europe/London"
    polls_close: time = time(22, 0)
    baseline: BaselineName | None = None
    publisher: str | None = None
    line: int | None = None
    watch: tuple[str, ...] = ()
    picture: str | None = None
    rehearsal: bool = False


class Tile(Record, frozen=True, kw_only=True):
    """Where an area stands on a tile map: column `x` and row `y`, from 0; `short` is what fits on a small tile."""

    x: int
    y: int
    short: str
    name: str | None = None
    code: str | None = None


class TileMap(Record, frozen=True, kw_only=True):
    """A map that a night carries; no two tiles stand in one place."""

    tiles: tuple[Tile, ...]


Report = Baseline | Result | Totals | Quote | Note | Settings | TileMap


class Problem(Record, frozen=True, kw_only=True):
    """Why a file could not be used, or what is odd in it, in words for the person who wrote it; `line` from 1."""

    reason: str
    line: int | None = None


class Reading(Record, frozen=True, kw_only=True):
    """What one version of a file says.

    `problem` means that the whole version is quarantined and `reports` is empty; `ignored` that it is recognised
    and deliberately not counted, with the reason. `warnings` do not stop the file. `test` says why the file is
    marked as test data. `unknown_parties` maps codes that the register does not have to the names as they came.
    `format` is the format's name for people ("sheet", "PA local result").
    """

    format: str
    reports: tuple[Report, ...] = ()
    problem: Problem | None = None
    ignored: str | None = None
    warnings: tuple[Problem, ...] = ()
    test: str | None = None
    unknown_parties: dict[str, str] = {}
