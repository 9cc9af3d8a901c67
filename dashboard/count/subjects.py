"""What a report is about: of which area, as its file names it, or of none, and which question it answers."""

from feeds.places import PlaceKey, folded_place, place_key
from feeds.report import Baseline, Contest, Note, Quote, Report, Result, TileMap, Totals
from feeds.text import folded

ElectionKey = tuple[str, str, str]
"""Kind, folded name, poll date in ISO form (empty where unknown)."""

RawArea = tuple[ElectionKey, PlaceKey]
AreaKey = tuple[ElectionKey, PlaceKey]
Subject = tuple[str, ...]

Place = tuple[RawArea | None, Subject]
"""A subject, and the raw area that it is of: None for what is about no area."""

MAP: Subject = ("map",)
SETTINGS: Subject = ("settings",)


def election_key(contest: Contest) -> ElectionKey:
    """Return what a feed said of an election's identity."""
    return (contest.kind, folded(contest.name), contest.poll_date.isoformat() if contest.poll_date else "")


def place_of(report: Report, path: str) -> Place:
    """Return what a report of a path is about."""
    if isinstance(report, Baseline | Result):
        raw = (election_key(report.election), place_key(report.area))
        ward = folded_place(report.ward) if report.ward else ""
        if isinstance(report, Result):
            return raw, ("result", ward, "")
        return raw, ("baseline", ward, report.baseline or "")
    if isinstance(report, Totals):
        number = f"{report.number or 0:09}"
        return None, ("totals", *election_key(report.election), report.publisher, report.region, number, path)
    if isinstance(report, Quote):
        return None, ("quote", folded(report.speaker), folded(report.text))
    if isinstance(report, Note):
        return None, ("note", folded(report.area), folded(report.ward or ""), report.kind, folded(report.text))
    return None, MAP if isinstance(report, TileMap) else SETTINGS


def election_id(key: AreaKey) -> str:
    """Return the id that an election has in a night: kind, name and date."""
    return ":".join(part for part in key[0] if part)


def area_id(key: AreaKey) -> str:
    """Return the id that an area has in its election: kind, and code or folded name."""
    kind, code, name = key[1]
    return f"{kind}:{code or name}"
