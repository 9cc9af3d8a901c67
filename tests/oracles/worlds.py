"""Every way in which a count can end, by brute force: the oracle for certain control.

Nothing here knows a formula. Each way to fill each ward is listed, each way is joined with each way of every other
ward, and each end that comes of it is looked at. Seats of all parties are packed into one number, six bits and a spare
one for each, so that joining two ways is an addition.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

BITS = 7
FULL = 1 << (BITS - 1)
"""Seats that a field can not hold any more; the bit that says that a number has reached a majority."""


class Ward(msgspec.Struct, frozen=True):
    """Seats that are filled together, and how many candidates each party has for them, None where not known."""

    seats: int
    candidates: tuple[int, ...] | None


class Council(msgspec.Struct, frozen=True, kw_only=True):
    """A council whose count goes on. The last party of all is the one that nobody has named yet.

    `held` are seats that are safe, whatever they come from; `loose` of the `deferred` seats are in the wards.
    """

    total: int
    held: tuple[int, ...]
    wards: tuple[Ward, ...]
    deferred: int = 0
    loose: int = 0


class Ends(msgspec.Struct, frozen=True):
    """What the ends of a count have in common: who controls the council in any of them, and the seats of each party.

    `controls` are places of parties, -1 for none; `seats` are the fewest and the most.
    """

    controls: frozenset[int]
    seats: tuple[tuple[int, int], ...]


def pack(seats: Iterable[int]) -> int:
    """Return seats, party by party, as one number."""
    return sum(n << (BITS * place) for place, n in enumerate(seats))


@lru_cache(maxsize=50_000)
def fillings(seats: int, candidates: tuple[int, ...]) -> tuple[int, ...]:
    """Return every way to fill seats with candidates; seats stay empty only where there are no candidates left."""
    return tuple(pack(way) for way in _ways(min(seats, sum(candidates)), candidates))


def _ways(seats: int, candidates: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    if len(candidates) == 1:
        if seats <= candidates[0]:
            yield (seats,)
        return
    for n in range(min(seats, candidates[0]) + 1):
        for rest in _ways(seats - n, candidates[1:]):
            yield (n, *rest)


@lru_cache(maxsize=1_000)
def anybody_or_nobody(seats: int, parties: int) -> tuple[int, ...]:
    """Return every way to give seats to the parties and to nobody."""
    return tuple(pack(way[:-1]) for way in _ways(seats, (seats,) * (parties + 1)))


def join(some: Iterable[int], others: Iterable[int]) -> set[int]:
    """Return every sum of one of the first and one of the second."""
    second = tuple(others)
    return {a + b for a in some for b in second}


def worlds(council: Council) -> set[int]:
    """Return every end of the count, packed."""
    parties = len(council.held)
    ends: dict[int, set[int]] = {council.loose: {pack(council.held)}}
    for ward in council.wards:
        after: dict[int, set[int]] = {}
        for loose, some in ends.items():
            for here in range(min(loose, ward.seats) + 1):
                seats = ward.seats - here
                candidates = (seats,) * parties if ward.candidates is None else ward.candidates
                after.setdefault(loose - here, set()).update(join(some, fillings(seats, candidates)))
        ends = after
    return join(ends[0], anybody_or_nobody(council.deferred, parties))


def ends_of(total: int, parties: int, packed: Iterable[int]) -> Ends:
    """Return what the ends have in common. A majority is more than half of the total."""
    found = tuple(packed)
    needed = next(n for n in range(total + 2) if 2 * n > total)
    lift = pack((FULL - needed,) * parties)
    mask = pack((FULL,) * parties)
    reached = {(end + lift) & mask for end in found}
    controls = frozenset(_place(bits) for bits in reached)
    seats = []
    for place in range(parties):
        numbers = {(end >> (BITS * place)) & (2 * FULL - 1) for end in found}
        seats.append((min(numbers), max(numbers)))
    return Ends(controls=controls, seats=tuple(seats))


def _place(bits: int) -> int:
    """Return the place of the one party that has reached a majority, -1 where none has."""
    if not bits:
        return -1
    place, rest = divmod(bits.bit_length() - 1, BITS)
    if rest != BITS - 1 or bits & (bits - 1):
        raise ValueError(f"two majorities: {bits:b}")
    return place
