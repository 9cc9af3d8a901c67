"""Wards as they came, and candidates: who stood, who was elected, with how many votes."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from dashboard.count.night import Area, Ward
from dashboard.view.lines import Column, Row, cut, sentence, table
from dashboard.view.pieces import party_style
from dashboard.view.words import UNKNOWN, grouped, moment_words, party_short, seats_words, stage_words
from feeds.report import Candidate

_LAST: Final = datetime.max.replace(tzinfo=UTC)

_WARD_COLUMNS: Final = (
    Column("  ward", flexible=True),
    Column("seats", right=True),
    Column("elected", flexible=True),
    Column("time"),
    Column("turnout", right=True),
)
_CANDIDATE_COLUMNS: Final = (
    Column("candidate", flexible=True),
    Column("party", flexible=True),
    Column("votes", right=True),
    Column("share", right=True),
    Column(""),
)


def percent(value: float | None) -> str:
    """Return a percentage with one decimal: `38.2 %`, and `–` where it is not known."""
    return UNKNOWN if value is None else f"{value:.1f} %"


def turnout_of(turnout: float | None, ballots: int | None, electorate: int | None) -> float | None:
    """Return the stated turnout, else ballots as a percentage of the electorate, else None."""
    if turnout is not None:
        return turnout
    if ballots is None or not electorate:
        return None
    return 100 * ballots / electorate


def votes_cast(candidates: Sequence[Candidate]) -> int | None:
    """Return the sum of all candidates' votes, None where any candidate's are not known."""
    votes = [c.votes for c in candidates if c.votes is not None]
    return sum(votes) if votes and len(votes) == len(candidates) else None


def ranked(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates by votes, most first; those without a figure after, the elected before the others."""
    return sorted(candidates, key=lambda c: (c.votes is None, -(c.votes or 0), not c.elected))


def candidate_rows(candidates: Sequence[Candidate], width: int, indent: int = 0) -> list[Row]:
    """Return candidates as a table: name, party, votes, share of the votes cast, who was elected."""
    cast = votes_cast(candidates)
    body = [
        (
            (c.name or "name not given", "strong" if c.elected else "" if c.name else "quiet"),
            (party_short(c.party), party_style(c.party)),
            grouped(c.votes),
            percent(100 * c.votes / cast if c.votes is not None and cast else None),
            ("✓ elected", "good") if c.elected else "",
        )
        for c in ranked(candidates)
    ]
    rows = table(_CANDIDATE_COLUMNS, body, width - indent)
    return [sentence(" " * indent, *row.pieces) for row in rows]


def majority_words(candidates: Sequence[Candidate]) -> str | None:
    """Return the majority of who was elected: `1,204 (3.1 %)`, or that it was a tie; None if not known."""
    winners = [c for c in candidates if c.elected]
    others = [c.votes for c in candidates if not c.elected and c.votes is not None]
    if len(winners) != 1 or winners[0].votes is None or not others:
        return None
    lead = winners[0].votes - max(others)
    if lead == 0:
        return "none: a tie, settled by lot"
    cast = votes_cast(candidates)
    share = f" ({percent(100 * lead / cast)})" if cast else ""
    return f"{lead:,}{share}"


def as_they_came(wards: Sequence[Ward]) -> list[Ward]:
    """Return declared wards by time, those without a known time after them, undeclared ones last."""

    def key(ward: Ward) -> tuple[bool, datetime]:
        at = ward.declared.at if ward.declared else None
        return (ward.elected is None, at or _LAST)

    return sorted(wards, key=key)


def ward_rows(area: Area, zone: ZoneInfo, opened: frozenset[str], width: int) -> list[Row]:
    """Return the wards as a table; under each ward named in `opened` its candidates. Each ward is a stop."""
    wards = as_they_came(area.wards)
    lines = table(_WARD_COLUMNS, [_ward_cells(ward, zone, ward.name in opened) for ward in wards], width)
    rows = [lines[0]]
    for ward, line in zip(wards, lines[1:], strict=True):
        rows.append(Row(line.pieces, stop=ward.name if _has_more(ward) else None))
        if ward.name in opened:
            rows += _opened(ward, width)
    return rows


def _ward_cells(ward: Ward, zone: ZoneInfo, is_open: bool) -> tuple[str | tuple[str, str], ...]:
    mark = ("▾" if is_open else "▸") if _has_more(ward) else " "
    name = f"{mark} {ward.name}"
    seats = grouped(ward.seats)
    turnout = percent(turnout_of(ward.turnout, ward.ballots, ward.electorate))
    if ward.elected is None:
        return (name, seats, (UNKNOWN, "quiet"), ("undeclared", "quiet"), UNKNOWN)
    when = moment_words(ward.declared, zone) if ward.declared else "time unknown"
    if ward.stage in {"rush", "under-correction"}:
        when += f", {stage_words(ward.stage)}"
    return (name, seats, (seats_words(ward.elected), _leader(ward)), when, turnout)


def _has_more(ward: Ward) -> bool:
    """Return whether a ward has anything to open it for."""
    return bool(ward.candidates or ward.electorate is not None or ward.ballots is not None)


def _leader(ward: Ward) -> str:
    parties = [code for code, number in (ward.elected or {}).items() if number]
    return party_style(parties[0] if len(parties) == 1 else None)


def _opened(ward: Ward, width: int) -> list[Row]:
    facts = []
    if ward.electorate is not None:
        facts.append(f"electorate {ward.electorate:,}")
    if ward.ballots is not None:
        facts.append(f"ballots {ward.ballots:,}")
    if ward.revision > 1:
        facts.append(f"revision {ward.revision}")
    rows = [sentence(("    " + cut(" · ".join(facts), width - 4), "quiet"))] if facts else []
    if not ward.candidates:
        return [*rows, sentence(("    no candidates were reported", "quiet"))]
    return rows + candidate_rows(ward.candidates, width, indent=4)
