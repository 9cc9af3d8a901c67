"""All that is said of one subject, and what stands of it: one saying more costs as much however many there are.

A `Heard` is never changed. One saying more makes another that holds the one before, so that a count can keep each of
them and go back.
"""

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from dashboard.count.standing import Saying, Standing, baseline_standing, standing
from feeds.report import Result


class Heard(msgspec.Struct, frozen=True, gc=False):
    """What is said of one subject, each path once: `saying` came last, `rest` holds the others.

    `best` is the saying that stands, `result` how it stands where it is a result.
    """

    saying: Saying
    rest: "Heard | None"
    best: Saying
    result: Standing | None


def heard(sayings: Iterable[Saying]) -> Heard | None:
    """Return what is heard from these sayings, None from none; each is of another path."""
    found: Heard | None = None
    for saying in sayings:
        found = hear(found, saying)
    return found


def hear(rest: Heard | None, saying: Saying) -> Heard:
    """Return what is heard with one saying more, of a path that has not spoken of the subject."""
    if isinstance(saying.report, Result):
        result = _result(rest, saying)
        return Heard(saying, rest, result.saying, result)
    best = saying if rest is None or saying.rank > rest.best.rank else rest.best
    return Heard(saying, rest, best, None)


def _result(rest: Heard | None, saying: Saying) -> Standing:
    """Return the result that stands; all sayings are looked at only where the new one contradicts another."""
    if rest is None or rest.result is None:
        return Standing(saying=saying)
    best, rank = rest.best, saying.rank
    if not best.rush:
        if saying.rush:
            if rank[0] <= best.rank[0]:
                return rest.result
        elif rank[:2] > best.rank[:2]:
            return Standing(saying=saying)
        elif rank[:2] < best.rank[:2]:
            return rest.result
    return standing([saying, *sayings_of(rest)])


def sayings_of(found: Heard | None) -> list[Saying]:
    """Return the sayings, the one that came last first."""
    sayings = []
    while found is not None:
        sayings.append(found.saying)
        found = found.rest
    return sayings


def without(found: Heard | None, path: str) -> Heard | None:
    """Return what is heard without what a path says; None where nothing is left."""
    if found is None:
        return None
    if found.saying.path == path:
        return found.rest
    return heard(s for s in reversed(sayings_of(found)) if s.path != path)


def together(several: Iterable[Heard]) -> Heard | None:
    """Return what is heard of one subject under several names; of equals, that under the first name stands."""
    sayings = [saying for found in several for saying in reversed(sayings_of(found))]
    found = heard(sayings)
    if found is None or found.result is None:
        return found if found is None else replace(found, best=baseline_standing(sayings))
    result = standing(sayings)
    return replace(found, best=result.saying, result=result)
