"""Files that cannot all be right: other nights, one council at two dates, two contents of a revision (RULES 17, 22)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from dashboard.count.night import Area, Conflict
from dashboard.count.standing import Saying
from dashboard.count.subjects import AreaKey, ElectionKey


def rival_revisions(areas: Iterable[tuple[Area, tuple[tuple[str, ...], ...]]]) -> Iterator[Conflict]:
    """Yield a conflict for each group of files that say different things of one place at the same revision."""
    for area, groups in areas:
        for paths in groups:
            yield Conflict(
                what=f"{area.name}: the same revision with different figures; the later one is shown",
                paths=paths,
            )


def wrong_dates(
    days: set[str], areas: Mapping[AreaKey, Area], totals: Mapping[ElectionKey, list[Saying]], night: date | None
) -> Iterator[Conflict]:
    """Yield a conflict for each council with two poll dates, and for each poll date that is of another night.

    `days` are the poll dates of the areas and totals.
    """
    if days <= {night.isoformat() if night is not None else "", ""}:
        return  # as on nearly every night, and then nothing need be looked at
    named = sorted(areas.items())
    yield from _two_dates(named)
    yield from _other_nights(named, totals, night)


def _two_dates(areas: Iterable[tuple[AreaKey, Area]]) -> Iterator[Conflict]:
    """Yield a conflict for each council that has results for two poll dates in local elections."""
    seen: dict[tuple[str, ...], list[tuple[str, Area]]] = {}
    for ((kind, name, day), place), area in areas:
        if kind == "local":
            seen.setdefault((name, *place), []).append((day, area))
    for found in seen.values():
        days = sorted({day for day, _ in found if day})
        if len(days) > 1:
            paths = tuple(sorted({f.path for _, area in found for f in area.files}))
            yield Conflict(what=f"{found[0][1].name} has two poll dates: {' and '.join(days)}", paths=paths)


def _other_nights(
    areas: Iterable[tuple[AreaKey, Area]], totals: Mapping[ElectionKey, list[Saying]], night: date | None
) -> Iterator[Conflict]:
    """Yield a conflict for each poll date that is neither the night's nor the day before it, with its files."""
    if night is None:
        return
    allowed = {night.isoformat(), (night - timedelta(days=1)).isoformat(), ""}
    strays: dict[str, set[str]] = {}
    for ((_, _, day), _), area in areas:
        if day not in allowed:
            strays.setdefault(day, set()).update(f.path for f in area.files)
    for (_, _, day), said in totals.items():
        if day not in allowed:
            strays.setdefault(day, set()).update(s.path for s in said)
    for day, paths in sorted(strays.items()):
        yield Conflict(
            what=f"files of another night: poll date {day}, this night's is {night.isoformat()}",
            paths=tuple(sorted(paths)),
        )
