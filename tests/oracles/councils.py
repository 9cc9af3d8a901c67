"""Councils whose count goes on, made up by number: the same number is always the same council."""

import random

from tests.oracles.worlds import Council, Ward

CODES = ("LAB", "CON", "LD", "GRN", "IND")
MOST_OUT = 12
"""Seats that are undeclared at most, deferred ones included."""


def council(seed: int, number: int) -> Council:
    """Return the council of that number: whole or by thirds, in wards or in one pool, with anything that can be odd."""
    rng = random.Random(seed * 1_000_000_007 + number)  # noqa: S311 - the same council again, not a secret
    parties = rng.choice((1, 2, 2, 3, 3, 3, 4, 4, 5))
    deferred = rng.choice((0, 0, 0, 0, 1, 1, 2, 3))
    out = rng.randint(0, MOST_OUT - deferred)
    wards = tuple(_wards(rng, out, parties))
    loose = min(out, rng.choice((0, 0, deferred))) if deferred else 0
    held = _held(rng, parties, out + deferred)
    vacant = rng.choice((0, 0, 0, 1, 2))
    return Council(
        total=sum(held) + out + deferred - loose + vacant, held=held, wards=wards, deferred=deferred, loose=loose
    )


def _wards(rng: random.Random, out: int, parties: int) -> list[Ward]:
    most = rng.choice((1, 2, 3, 3, 3, 4, 7, MOST_OUT))
    known = rng.choice((0.0, 0.5, 1.0, 1.0))
    found = []
    while out:
        seats = min(out, rng.randint(1, most))
        out -= seats
        found.append(Ward(seats, _candidates(rng, seats, parties) if rng.random() < known else None))
    return found


def _candidates(rng: random.Random, seats: int, parties: int) -> tuple[int, ...]:
    """Return candidates of each party, none of the unnamed one: full slates, single ones, forced wards, too few."""
    kind = rng.randrange(5)
    if kind == 0:
        numbers = [seats] * parties
    elif kind == 1:
        numbers = [rng.choice((0, seats)) for _ in range(parties)]
    elif kind == 2:
        numbers = [rng.randint(0, 1) for _ in range(parties)]
        numbers[rng.randrange(parties)] = seats
    else:
        numbers = [rng.randint(0, seats + (kind == 3)) for _ in range(parties)]
    return (*numbers, 0)


def _held(rng: random.Random, parties: int, out: int) -> tuple[int, ...]:
    """Return seats that are safe: mostly such that one party is near a majority of all."""
    held = [rng.randint(0, 5) for _ in range(parties)]
    leader = rng.randrange(parties)
    if rng.random() < 0.75:
        rest = sum(held) - held[leader]
        held[leader] = max(0, min(22, rest + rng.randint(-out - 2, out + 3)))
    return (*held, 0)
