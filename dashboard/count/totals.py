"""A publisher's own totals against our sum over the same areas (RULES 13), and runs that were mixed (RULES 22)."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from dashboard.count.night import Area, Conflict, Figure, TotalsCheck, TotalsDifference
from dashboard.count.standing import Saying
from dashboard.count.tally import party_rows
from feeds.report import NOC, PartyTotals, Place, Totals

VACANT = "VAC"
Find = Callable[[Place], tuple[str, Area | None]]
"""Returns a place's identity, and its area where there is one."""


def _totals(saying: Saying) -> Totals:
    report = saying.report
    if not isinstance(report, Totals):
        raise TypeError(f"not totals: {type(report).__name__}")
    return report


def _order(saying: Saying) -> tuple[int, int, str]:
    return (_totals(saying).number or 0, saying.turn, saying.path)


def _ids(totals: Totals, find: Find) -> dict[str, str]:
    return {find(place)[0]: place.name for place in totals.areas}


def totals_checks(sayings: Sequence[Saying], find: Find) -> tuple[TotalsCheck, ...]:
    """Return the comparison of each state of the parties of one election, the one that covers most areas last.

    One whose areas a newer one of the same region contains is not compared, since it is not rewritten when a result
    is corrected; it is listed only where it names areas that have no result.
    """
    ordered = sorted(sayings, key=_order)
    covers = [set(_ids(_totals(s), find)) for s in ordered]
    outdated = [
        any(
            _totals(later).region == _totals(saying).region and covers[i] <= covers[j]
            for j, later in enumerate(ordered[i + 1 :], start=i + 1)
        )
        for i, saying in enumerate(ordered)
    ]
    checks = [(_check(saying, find), old) for saying, old in zip(ordered, outdated, strict=True)]
    listed = [check for check, old in checks if check.missing or not old]
    return tuple(sorted(listed, key=lambda c: (c.areas, c.number or 0, c.path)))


def _check(saying: Saying, find: Find) -> TotalsCheck:
    totals = _totals(saying)
    found = [(place.name, find(place)[1]) for place in totals.areas]
    missing = tuple(sorted(name for name, area in found if area is None or not area.is_declared))
    reason = None
    if not totals.areas:
        reason = "not comparable: it does not name its areas"
    elif missing:
        reason = f"not comparable: no result of {', '.join(missing)}"
    differences = () if reason else tuple(_differences(totals, [a for _, a in found if a is not None]))
    return TotalsCheck(
        publisher=totals.publisher,
        region=totals.region,
        number=totals.number,
        areas=len(totals.areas),
        agrees=None if reason else not differences,
        reason=reason,
        missing=missing,
        differences=differences,
        path=saying.path,
    )


def _differences(totals: Totals, areas: list[Area]) -> Iterator[TotalsDifference]:
    ours = {row.party: row for row in party_rows(areas)}
    nothing = PartyTotals(seats=0, change=0, areas=0, areas_change=0)
    for code in sorted(totals.parties.keys() | ours.keys()):
        if code == VACANT:
            continue
        theirs = totals.parties.get(code, nothing)
        row = ours.get(code)
        pairs: tuple[tuple[Figure, int | None, int | None], ...] = (
            ("seats", theirs.seats, row.seats if row else 0),
            ("change", theirs.change, (row.change if row else 0) if code != NOC else None),
            ("areas", theirs.areas, row.areas if row else 0),
            ("areas_change", theirs.areas_change, row.areas_change if row else 0),
        )
        for figure, their, our in pairs:
            if their is not None and our is not None and their != our:
                yield TotalsDifference(party=code, figure=figure, theirs=their, ours=our)


def mixed_runs(sayings: Sequence[Saying], find: Find) -> Iterator[Conflict]:
    """Yield a conflict for each state of the parties that lacks areas of the one numbered below it."""
    by_region: dict[str, list[Saying]] = {}
    for saying in sorted(sayings, key=_order):
        by_region.setdefault(_totals(saying).region, []).append(saying)
    for run in by_region.values():
        for lower, higher in pairwise(run):
            have = _ids(_totals(higher), find)
            gone = sorted(name for area, name in _ids(_totals(lower), find).items() if area not in have)
            if gone and (_totals(lower).number or 0) < (_totals(higher).number or 0):
                yield Conflict(
                    what=(
                        f"two runs are mixed: the state of the parties after {_totals(higher).number} results lacks "
                        f"{', '.join(gone)}, which the one after {_totals(lower).number} includes"
                    ),
                    paths=(lower.path, higher.path),
                )
