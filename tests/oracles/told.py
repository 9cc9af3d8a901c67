"""Councils of which not all is told, as reports of a night, and every end that fits what is told.

A whole council is made up first, with its candidates and its result; then some of it is told: all wards, some or none,
candidates by ward, for the whole council or not at all, wards declared, declared in part or still out.
"""

import random
from collections.abc import Callable

import msgspec

from feeds.report import Baseline, Candidate, Report, Result, Seats, Stage
from tests.makers.events import baseline, result
from tests.oracles.councils import CODES
from tests.oracles.worlds import BITS, fillings

NAME = "Ayton"
Numbers = tuple[int, ...]
ByCode = Callable[[Numbers], Seats]


class Ward(msgspec.Struct, kw_only=True):
    """A ward as it is in truth, and how much of it is told."""

    name: str
    seats: int
    deferred: int
    stand: Numbers
    winners: Numbers
    stage: str
    declared: Numbers
    listed: bool
    by_party: bool
    unopposed_told: bool
    names_told: bool
    deferred_told: bool

    @property
    def contested(self) -> bool:
        return sum(self.stand) > self.seats

    @property
    def out(self) -> int:
        """The seats that nobody has been declared to have won, those told to be deferred not included."""
        return self.seats - sum(self.declared) - self.gone

    @property
    def gone(self) -> int:
        """The seats that are told to be deferred in this ward."""
        return self.deferred if self.deferred_told else 0

    @property
    def sure(self) -> bool:
        """Whether a ward that is still out is told to be without a poll."""
        waiting = self.listed and self.stage == "out"
        return waiting and self.unopposed_told and not self.contested and not self.deferred


class Council(msgspec.Struct, kw_only=True):
    """A council as it is in truth, and how much is told of the whole of it."""

    total: int
    up: int
    continuing: Numbers
    vacant: int
    wards: list[Ward]
    candidates_told: bool
    unopposed_told: bool
    deferred_told: bool

    @property
    def codes(self) -> tuple[str, ...]:
        return CODES[: len(self.continuing)]


def council(seed: int, number: int) -> Council:
    """Return the council of that number."""
    rng = random.Random(seed * 1_000_003 + number)  # noqa: S311 - the same council again, not a secret
    parties = rng.randint(1, 4)
    listed = rng.choice((0.0, 0.5, 1.0, 1.0))
    wards = [_ward(rng, f"Ward {n}", parties, listed) for n in range(rng.randint(1, 5))]
    put_off = rng.randrange(len(wards)) if rng.random() < 0.35 else None
    for place, ward in enumerate(wards):
        if place == put_off:
            ward.deferred = rng.randint(1, ward.seats)
            ward.deferred_told = rng.random() < 0.5 and (ward.listed or ward.stage != "out")
        _count(rng, ward)
    up = sum(w.seats for w in wards)
    thirds = rng.random() < 0.6
    continuing = tuple(rng.randint(0, 7) if thirds else 0 for _ in range(parties))
    if thirds:
        leader = rng.randrange(parties)
        rest = sum(continuing) - continuing[leader]
        lead = max(0, rest + rng.randint(-up, up + 2))
        continuing = (*continuing[:leader], lead, *continuing[leader + 1 :])
    vacant = rng.choice((0, 0, 1)) if thirds else 0
    return Council(
        total=sum(continuing) + vacant + up,
        up=up,
        continuing=continuing,
        vacant=vacant,
        wards=wards,
        candidates_told=rng.random() < 0.5,
        unopposed_told=rng.random() < 0.5,
        deferred_told=rng.random() < 0.7,
    )


def _ward(rng: random.Random, name: str, parties: int, listed: float) -> Ward:
    seats = rng.randint(1, 3)
    stand = [rng.randint(0, seats) for _ in range(parties)]
    while sum(stand) < seats or (sum(stand) > seats and rng.random() < 0.2):
        stand[rng.randrange(parties)] += 1 if sum(stand) < seats else 0
        if sum(stand) > seats:
            place = rng.choice([p for p, n in enumerate(stand) if n])
            stand[place] -= 1
    return Ward(
        name=name,
        seats=seats,
        deferred=0,
        stand=tuple(stand),
        winners=(),
        declared=(0,) * parties,
        stage=rng.choice(("out", "out", "full", "partial")),
        listed=rng.random() < listed,
        by_party=rng.random() < 0.7,
        unopposed_told=rng.random() < 0.5,
        names_told=rng.random() < 0.4,
        deferred_told=False,
    )


def _count(rng: random.Random, ward: Ward) -> None:
    """Let a ward be counted: who wins in the end, and who is declared so far."""
    way = rng.choice(fillings(ward.seats - ward.deferred, ward.stand))
    ward.winners = _unpack(way, len(ward.stand))
    if ward.stage == "full":
        ward.declared = ward.winners
    elif ward.stage == "partial":
        ward.declared = tuple(rng.randint(0, n) for n in ward.winners)


def _unpack(packed: int, parties: int) -> Numbers:
    return tuple((packed >> (BITS * place)) & ((1 << BITS) - 1) for place in range(parties))


def reports(made: Council) -> list[Report]:
    """Return what is told of a council, as reports."""

    def by_code(numbers: Numbers) -> Seats:
        return {code: n for code, n in zip(made.codes, numbers, strict=True) if n}

    told: list[Report] = [
        baseline(
            NAME,
            total=made.total,
            up=made.up,
            continuing=by_code(made.continuing) if made.up < made.total else None,
            vacant=made.vacant or None,
            candidates=by_code(add([w.stand for w in made.wards])) if made.candidates_told else None,
            unopposed=by_code(_unopposed(made)) if made.unopposed_told else None,
            deferred=sum(w.deferred for w in made.wards) if made.deferred_told else None,
        )
    ]
    for ward in made.wards:
        if ward.listed:
            told.append(_ward_baseline(ward, by_code))
        if ward.stage != "out":
            told.append(_ward_result(ward, made.codes, by_code(ward.declared)))
    return told


def _ward_baseline(ward: Ward, by_code: ByCode) -> Baseline:
    return baseline(
        NAME,
        ward=ward.name,
        up=ward.seats,
        candidates=by_code(ward.stand) if ward.by_party else None,
        unopposed=by_code(ward.stand) if ward.sure else None,
        deferred=ward.deferred if ward.deferred and ward.deferred_told else None,
    )


def _ward_result(ward: Ward, codes: tuple[str, ...], elected: Seats) -> Result:
    deferred = ward.deferred if ward.deferred and ward.deferred_told else None
    stage: Stage = "full" if ward.stage == "full" else "partial"
    made = result(NAME, elected, ward=ward.name, up=ward.seats, deferred=deferred, stage=stage)
    stood = [(code, n) for code, number in zip(codes, ward.stand, strict=True) for n in range(number)]
    listed = tuple(Candidate(name=f"{code} {n}", party=code) for code, n in stood)
    return msgspec.structs.replace(made, candidates=listed) if ward.names_told else made


def add(parts: list[Numbers]) -> Numbers:
    """Return the sum of numbers, party by party."""
    return tuple(map(sum, zip(*parts, strict=True)))


def _unopposed(made: Council) -> Numbers:
    found = [w.stand for w in made.wards if not w.contested and not w.deferred]
    return add([*found, (0,) * len(made.continuing)])
