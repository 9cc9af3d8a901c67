"""One area in full: everything that is known of it, as sections of styled lines."""

from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from dashboard.count.night import Area, Election, Night, Noted
from dashboard.view.composition import composition_rows, majority_of
from dashboard.view.evidence import (
    correction_rows,
    discrepancy_words,
    file_rows,
    note_rows,
    notes_of,
    quote_rows,
    quotes_of,
    sentences,
)
from dashboard.view.lines import Cell, Column, Piece, Row, Section, cut, paragraph, sentence, table
from dashboard.view.measures import entitled, measure_rows
from dashboard.view.pieces import party_style
from dashboard.view.wards import candidate_rows, majority_words, percent, turnout_of, ward_rows
from dashboard.view.words import (
    UNKNOWN,
    by_seats,
    certain_words,
    clock_words,
    control_long,
    grouped,
    moment_words,
    outcome_sentence,
    outcome_words,
    party_long,
    party_short,
    path_words,
    signed,
    stage_words,
    wards_words,
)
from feeds.parties import party, rank
from feeds.report import NEW, NOC, Seats

LABEL: Final = 11
"""Cells of a fact's name in the summary."""

LONGEST_ELECTION: Final = 24
LONGEST_AREA: Final = 60
"""Cells of a name in the trail, so that what comes after it is seen, too."""

SINGLE: Final = frozenset({"constituency", "mayor"})
"""Kinds of areas with one seat: candidates instead of a council."""

_SEAT_COLUMNS: Final = (
    Column("party", flexible=True),
    Column("before", right=True),
    Column("tonight", right=True),
    Column("after", right=True),
    Column("change", right=True),
)


def area_title(area: Area, election: Election, ward: str | None = None) -> Row:
    """Return where one is, election › area › `ward` if one is in question, and how far the area's result is."""
    stage = "alarm" if area.stage == "under-correction" else "good" if area.is_declared else "quiet"
    removed = ("  ⚠ SOURCE REMOVED", "alarm") if area.source_removed else ""
    return sentence(
        (cut(election.name, LONGEST_ELECTION), "quiet"),
        (" › ", "quiet"),
        (cut(area.name.upper(), LONGEST_AREA), "title"),
        (f" › {ward}" if ward else "", "strong"),
        (f"  {stage_words(area.stage)}", stage),
        removed,
    )


def area_sections(
    night: Night, election: Election, area: Area, *, zone: ZoneInfo, width: int, opened: frozenset[str]
) -> list[Section]:
    """Return all that is known of an area, at most `width` cells wide; empty sections are left out.

    `opened` are the names of the wards whose candidates are shown. Times are in `zone`.
    """
    corrections = [c for c in night.corrections if c.area_id == area.id and c.election == election.id]
    wards = wards_words(area)
    single = area.kind in SINGLE
    sections = [
        Section("", tuple(fact_rows(area, zone, width, notes_of(night, area)))),
        Section("Does not agree", tuple(sentences(map(discrepancy_words, area.discrepancies), width))),
        Section("Corrections", tuple(correction_rows(corrections, zone, width))),
        Section("Candidates", tuple(candidate_rows(area.candidates, width) if area.candidates else ())),
        Section("Composition", () if single else tuple(composition_rows(area, width))),
        Section(entitled("Seats", election), () if single else tuple(seat_rows(area, width))),
        Section("Against each baseline", tuple(measure_rows(area, width))),
        Section("Still possible", tuple(path_rows(area, width)), side=True),
        Section(f"Wards as they came, {wards}", tuple(ward_rows(area, zone, opened, width)) if area.wards else ()),
        Section("Said here", tuple(quote_rows(quotes_of(night, area), zone, width)), side=True),
        Section("Notes", tuple(note_rows(notes_of(night, area), width)), side=True),
        Section("Files behind it", tuple(file_rows(area.files, zone, width)), side=True),
    ]
    return [section for section in sections if section.rows]


def fact_rows(area: Area, zone: ZoneInfo, width: int, notes: Sequence[Noted] = ()) -> list[Row]:
    """Return the summary: outcome, control before and its history, time, majority, turnout, where it is, each named."""
    facts: list[tuple[str, Piece]] = [("now", _outcome(area)), ("before", _before(area))]
    facts += [("history", (n.note.text, "accent")) for n in notes if n.note.kind == "history" and not n.note.ward]
    facts.append(("time", _time(area, zone)))
    if (line := _majority(area)) is not None:
        facts.append(("majority", (line, "")))
    if area.certain is not None:
        words = certain_words(area) or ""
        facts.append(("certain", (f"{words}: {area.certain_sum}" if area.certain_sum else words, "good")))
    missing = _missing(area)
    if missing:
        facts.append(("seats", (missing, "")))
    if turnout := _turnout(area):
        facts.append(("turnout", (turnout, "")))
    facts.append(("where", (" · ".join(filter(None, (area.region, area.code, area.kind))), "quiet")))
    return [row for name, (text, style) in facts for row in paragraph(text, width, style, (name.ljust(LABEL), "head"))]


def _outcome(area: Area) -> Piece:
    if not area.is_declared:
        progress = wards_words(area)
        return (stage_words(area.stage) + (f", {progress}" if progress else ""), "quiet")
    style = party_style(area.control) or "strong"
    glyph = f"{party(area.control).glyph} " if area.control else ""
    words, short = outcome_sentence(area), outcome_words(area)
    return (f"{glyph}{words}" + ("" if short == UNKNOWN else f" ({short})"), style)


def _before(area: Area) -> Piece:
    if area.previous is None:
        return ("not known", "quiet")
    style = "" if area.previous in {NEW, NOC} else party_style(area.previous)
    return (control_long(area.previous, area.kind), style)


def _time(area: Area, zone: ZoneInfo) -> Piece:
    revision = f", revision {area.revision}" if area.revision and area.revision > 1 else ""
    if area.declared is not None:
        words = moment_words(area.declared, zone)
        basis = {"declared": " declared", "expected": ", an estimate"}.get(area.declared.basis, "")
        return (f"{words}{basis}{revision}", "")
    if area.is_declared:
        return (f"time unknown{revision}", "quiet")
    if area.expected_at is not None:
        return (f"≈ {clock_words(area.expected_at, zone)} expected", "quiet")
    return ("not declared yet", "quiet")


def _majority(area: Area) -> str | None:
    """Return a council's majority line and how far its largest party is from it, or a winner's majority."""
    if area.kind in SINGLE:
        return majority_words(area.candidates)
    if area.kind != "council" or not area.total:
        return None
    line = majority_of(area.total)
    words = f"{line:,} of {area.total:,}"
    held = {code: n for code, n in (area.composition or {}).items() if code != "VAC"}
    if not held or not area.is_declared:
        return words
    code, most = by_seats(held)[0]
    if most == line:
        return f"{words}: {party_short(code)} has exactly as many"
    if most > line:
        return f"{words}: {party_short(code)} {most:,}, {most - line:,} more than needed"
    return f"{words}: the largest, {party_short(code)} {most:,}, is {line - most:,} short"


def _missing(area: Area) -> str:
    parts = []
    if area.up is not None and area.total is not None and area.kind not in SINGLE:
        up = "all" if area.up == area.total else f"{area.up:,}"
        parts.append(f"{up} of {area.total:,} up")
    if area.undeclared and area.kind not in SINGLE:
        parts.append(f"{area.undeclared:,} undeclared")
    if area.deferred:
        parts.append(f"{area.deferred:,} deferred")
    if area.vacant:
        parts.append(f"{area.vacant:,} vacant")
    return " · ".join(parts)


def _turnout(area: Area) -> str:
    parts = []
    turnout = turnout_of(area.turnout, area.ballots, area.electorate)
    if turnout is not None:
        parts.append(percent(turnout))
    if area.electorate is not None:
        parts.append(f"electorate {area.electorate:,}")
    if area.ballots is not None:
        parts.append(f"ballots {area.ballots:,}")
    return " · ".join(parts)


def path_rows(area: Area, width: int) -> list[Row]:
    """Return what each party still needs for a majority, or that it cannot reach it; empty once declared."""
    if area.is_declared or not area.total:
        return []
    line = majority_of(area.total)
    rows: list[Row] = []
    for path in area.paths:
        span = f"at least {path.least:,}, at most {path.most:,}"
        if path.least >= line:
            words = f"{party_short(path.party)} certain of a majority: {span}"
        elif path.most < line:
            words = f"{party_short(path.party)} cannot reach {line:,}: {span}"
        else:
            words = f"{path_words(path)}: {span}"
        lead = (f"{party(path.party).glyph} ", party_style(path.party))
        rows += paragraph(words, width, lead=lead)
    return rows


def seat_rows(area: Area, width: int) -> list[Row]:
    """Return the table of seats by party: before, elected tonight, after, change; `–` where not known."""
    known = None if area.stage == "expected" else area.elected
    after = None if area.stage == "expected" else area.composition
    body: list[tuple[Cell, ...]] = [
        (
            (f"{party(code).glyph} {party_long(code)}", party_style(code)),
            _figure(area.before, code),
            _figure(known, code),
            _figure(after, code),
            signed((area.change or {}).get(code)),
        )
        for code in _parties(area.before, known, after)
    ]
    up = f" of {area.up:,}" if area.up is not None else ""
    won = grouped(sum(known.values())) if known is not None else UNKNOWN
    total = ("all", grouped(area.before_total), f"{won}{up}", grouped(area.total), "")
    body.append(tuple((text, "head") for text in total))
    return table(_SEAT_COLUMNS, body, width)


def _parties(before: Seats | None, elected: Seats | None, after: Seats | None) -> list[str]:
    most = after or elected or before or {}
    codes = {*(before or {}), *(elected or {}), *(after or {})}
    return sorted(codes, key=lambda code: (-most.get(code, 0), rank(code)))


def _figure(seats: Seats | None, code: str) -> str:
    return UNKNOWN if seats is None else grouped(seats.get(code, 0))
