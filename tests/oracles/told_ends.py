"""Every end of a count that fits what is told of a council, by brute force."""

from tests.oracles.told import Council, Numbers, Ward, add
from tests.oracles.worlds import Ends, anybody_or_nobody, ends_of, fillings, join, pack


def ends(made: Council) -> Ends:
    """Return what the ends of a council's count have in common that fit what is told of it; nobody is the last party.

    Deferred seats that are told for the council alone may be in any ward that is not declared.
    """
    gone, missing = sum(w.gone for w in made.wards), sum(w.out for w in made.wards if w.stage == "full")
    deferred = _deferred(made)
    loose = max(0, deferred - gone - missing)
    limited = [w for w in made.wards if _limited(w)]
    free = sum(w.out for w in made.wards if _free(w))
    found: set[int] = set()
    for here in range(min(loose, free) + 1):
        some = _of_free_wards(made, free - here)
        found |= join(some, _of_limited_wards(limited, loose - here))
    held = pack(add([made.continuing, *(w.declared for w in made.wards), *(w.stand for w in made.wards if w.sure)]))
    found = join(found, [held])
    nobody_knows = max(deferred, gone + missing)
    parties = len(made.continuing) + 1
    return ends_of(made.total, parties, join(found, anybody_or_nobody(nobody_knows, parties)))


def _deferred(made: Council) -> int:
    """Return the deferred seats that are told of the council, or else by the results of its wards."""
    if made.deferred_told:
        return sum(w.deferred for w in made.wards)
    return sum(w.gone for w in made.wards if w.stage != "out")


def _limited(ward: Ward) -> bool:
    return ward.stage != "full" and ward.listed and ward.by_party and not ward.sure


def _free(ward: Ward) -> bool:
    return ward.stage != "full" and not _limited(ward) and not ward.sure


def _left(ward: Ward) -> Numbers:
    return tuple(n - m for n, m in zip(ward.stand, ward.declared, strict=True))


def _of_limited_wards(wards: list[Ward], loose: int) -> set[int]:
    """Return every way to fill the wards whose candidates are told, with so many of their seats deferred."""
    found: dict[int, set[int]] = {loose: {0}}
    for ward in wards:
        after: dict[int, set[int]] = {}
        for left, some in found.items():
            for here in range(min(left, ward.out) + 1):
                ways = fillings(ward.out - here, (*_left(ward), 0))
                after.setdefault(left - here, set()).update(join(some, ways))
        found = after
    return found.get(0, set())


def _of_free_wards(made: Council, seats: int) -> list[int]:
    """Return every way to fill the other wards' seats with what the council's candidates and returns leave for them."""
    limit: Numbers = (seats,) * (len(made.continuing) + 1)
    if made.candidates_told:
        elsewhere = add([_standing(w) for w in made.wards])
        everybody = add([w.stand for w in made.wards])
        limit = (*(n - m for n, m in zip(everybody, elsewhere, strict=True)), 0)
    least = pack(_least(made)) if made.unopposed_told else 0
    return [way for way in fillings(seats, limit) if _holds(way, least)]


def _holds(way: int, least: int) -> bool:
    while least:
        if way & 127 < least & 127:
            return False
        way, least = way >> 7, least >> 7
    return True


def _standing(ward: Ward) -> Numbers:
    """Return the candidates that are told to have stood in a ward whose other seats are not free."""
    told = (ward.listed and ward.by_party) or (ward.stage == "full" and ward.names_told)
    return ward.stand if told or ward.sure else ward.declared


def _least(made: Council) -> Numbers:
    """Return the unopposed returns that no other ward can account for."""
    nobody = (0,) * len(made.continuing)
    returned = add([nobody, *(w.stand for w in made.wards if not w.contested and not w.deferred)])
    elsewhere = add([nobody, *(_accounts(w) for w in made.wards)])
    return tuple(max(0, n - m) for n, m in zip(returned, elsewhere, strict=True))


def _accounts(ward: Ward) -> Numbers:
    """Return the returns that a ward may account for: those elected in it, and those who cannot but be."""
    by_names = (ward.listed and ward.by_party) or (ward.stage != "out" and ward.names_told)
    without_poll = _limited(ward) and sum(_left(ward)) <= ward.out
    forced = _left(ward) if without_poll else (0,) * len(ward.stand)
    declared = (0,) * len(ward.stand) if ward.contested and by_names else ward.declared
    return ward.stand if ward.sure else add([declared, forced])
