"""What change is measured against, in words, and one area against each of its baselines."""

from typing import Final

from dashboard.count.night import Area, Election, Measure
from dashboard.view.lines import Cell, Column, Row, paragraph, table
from dashboard.view.words import UNKNOWN, party_short, signed
from feeds.parties import rank
from feeds.report import NEW, Seats

BASELINES: Final = {
    "eve-of-poll": "the eve of poll",
    "last-election": "the last election",
    "notional": "notional results",
}

_COLUMNS: Final = (
    Column("against"),
    Column("before"),
    Column("outcome"),
    Column("change", flexible=True),
)


def baseline_name(name: str | None) -> str:
    """Return a baseline's name in words: `the eve of poll`."""
    return BASELINES.get(name or "", name or "a baseline without a name")


def baseline_brief(name: str | None) -> str:
    """Return what change is measured against in a word or two: `eve of poll`, `not stated`."""
    known = {None: "not stated", "none": "nothing before"}
    return known.get(name) or baseline_name(name).removeprefix("the ")


def entitled(title: str, election: Election | None) -> str:
    """Return a table's title with what its changes are measured against: `Seats · ± eve of poll`; alone if nothing."""
    name = election.baseline if election is not None else None
    return title if name in {None, "none"} else f"{title} · ± {baseline_brief(name)}"


def change_since(name: str | None) -> str:
    """Return what change is measured against, as a phrase: `change since the eve of poll`, `baseline not stated`."""
    if name is None:
        return "baseline not stated"
    if name == "none":
        return "nothing to compare with"
    return f"change {'on' if name == 'notional' else 'since'} {baseline_name(name)}"


def change_words(election: Election) -> str:
    """Return what change is measured against, and in how many areas it is known where some that declared have none."""
    covered = max((p.change_areas for p in election.parties if p.change is not None), default=0)
    name = election.baseline
    if name is None and election.declared and not covered:
        return "change not known"
    part = f" in {covered:,} of {election.declared:,}" if 0 < covered < election.declared else ""
    return f"change{part}, {change_since(name)}" if name is None else f"{change_since(name)}{part}"


def measure_rows(area: Area, width: int) -> list[Row]:
    """Return the area against each of its baselines, and by how much they differ; empty where there is but one."""
    known = [m for m in area.measures if m.before is not None or m.previous is not None]
    if len(known) <= 1:
        return []
    body: list[tuple[Cell, ...]] = [
        (baseline_name(m.name), _previous(m), m.outcome or UNKNOWN, _changes(m.change)) for m in known
    ]
    rows = table(_COLUMNS, body, width)
    for other in known[1:]:
        moved = _changes(_less(other.before, known[0].before))
        rows += paragraph(
            f"before, {baseline_name(other.name)} against {baseline_name(known[0].name)}: {moved}", width, "quiet"
        )
    return rows


def _previous(measure: Measure) -> str:
    if measure.previous is None:
        return UNKNOWN
    return "new" if measure.previous == NEW else measure.previous


def _less(one: Seats | None, other: Seats | None) -> Seats | None:
    if one is None or other is None:
        return None
    return {code: one.get(code, 0) - other.get(code, 0) for code in one | other}


def _changes(change: Seats | None) -> str:
    if change is None:
        return UNKNOWN
    moved = sorted(((code, n) for code, n in change.items() if n), key=lambda item: (-item[1], rank(item[0])))
    return " ".join(f"{party_short(code)} {signed(n)}" for code, n in moved) or "the same"
