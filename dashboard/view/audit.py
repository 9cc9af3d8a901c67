"""The proof of figures, as sections of styled lines: sums, files with every version of them, publishers' totals."""

from collections.abc import Iterable, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from dashboard.count.audit import Audit, TotalAudit
from dashboard.count.facts import FigureName, Reckoning, Term
from dashboard.count.night import Election, FileEntry, Moment, Source
from dashboard.view.equations import equation, figure_words, source_words, value_words
from dashboard.view.evidence import correction_rows, discrepancy_words, sentences
from dashboard.view.grids import areas_noun
from dashboard.view.lines import Column, Row, Section, padded, paragraph, sentence, table
from dashboard.view.measures import change_since
from dashboard.view.problems import totals_sentence
from dashboard.view.words import moment_words, party_long, stage_words
from feeds.parties import party

LABEL: Final = 15
"""Cells of a figure's name."""

NUMBER: Final = 9
"""Cells of its value."""

NAMED: Final = 12
"""Areas without a figure that are named."""

_OPEN, _SHUT = "▾ ", "▸ "


def audit_title(proof: Audit) -> Row:
    """Return whose figures are proved, and whether every sum gives what is shown."""
    whose = f" · {party_long(proof.party)}" if proof.party else ""
    return sentence(
        (f"AUDIT {proof.area.name.upper()}{whose}", "title"),
        (f"  {stage_words(proof.area.stage)}", "quiet"),
        verdict(proof),
        (f"  {proof.election} · {change_since(proof.baseline)}", "quiet"),
    )


def verdict(proof: Audit) -> tuple[str, str]:
    """Return in a few words whether the sums give what is shown, and whether the files agree with each other."""
    if not proof.agrees:
        return ("  ⚠ A SUM IS NOT WHAT IS SHOWN", "alarm")
    if proof.discrepancies or not all(r.agrees for r in proof.reckonings):
        return ("  ⚠ the files do not agree", "warning")
    return ("  ✓ the sums agree", "good")


def audit_sections(proof: Audit, zone: ZoneInfo, width: int) -> list[Section]:
    """Return the proof of an area's figures, at most `width` cells wide; empty sections are left out."""
    sections = [Section("Does not agree", tuple(sentences(map(discrepancy_words, proof.discrepancies), width)))]
    own = [r for r in proof.reckonings if r.baseline in {None, proof.baseline}]
    others = [r for r in proof.reckonings if r.baseline not in {None, proof.baseline}]
    for code in dict.fromkeys(r.party for r in own if r.party is not None):
        title = f"{party(code).glyph} {party_long(code)}"
        sections.append(Section(title, tuple(reckoning_rows((r for r in own if r.party == code), width))))
    whole = [r for r in own if r.party is None]
    sections.append(Section(f"The {proof.area.kind}", tuple(reckoning_rows(whole, width))))
    for name in dict.fromkeys(r.baseline for r in others):
        rows = reckoning_rows((r for r in others if r.baseline == name), width)
        sections.append(Section(change_since(name).capitalize(), tuple(rows)))
    sections += [
        Section("Publishers' totals that count it in", tuple(sentences(map(totals_sentence, proof.checks), width))),
        Section("Corrections", tuple(correction_rows(proof.corrections, zone, width))),
        Section("Files, every version", tuple(version_rows(proof, zone, width))),
    ]
    return [section for section in sections if section.rows]


def reckoning_rows(reckonings: Iterable[Reckoning], width: int) -> list[Row]:
    """Return one figure after the other: its name, its value, how it comes about; second ways under the first."""
    rows: list[Row] = []
    before: tuple[FigureName, str | None, str | None] | None = None
    several = False
    for reckoning in reckonings:
        key = (reckoning.figure, reckoning.party, reckoning.baseline)
        several = several or (reckoning.party is not None and before is not None and before[1] != reckoning.party)
        name = "" if reckoning.check and key == before else figure_words(reckoning.figure)
        if name and several and reckoning.party is not None:
            name = f"{party(reckoning.party).short} {name}"
        before = key
        value = value_words(reckoning.figure, reckoning.value)
        lead = (f"{padded(name, LABEL)}{padded(value, NUMBER, right=True)}  ", "strong" if name else "quiet")
        style = "" if reckoning.agrees else "warning" if reckoning.check else "alarm"
        rows += paragraph(equation(reckoning), width, style, lead)
    return rows


def version_rows(proof: Audit, zone: ZoneInfo, width: int) -> list[Row]:
    """Return every version of every file that speaks of the area: what became of it, when it came, its hash."""
    lines: dict[tuple[str, str | None], list[Source]] = {}
    for source in proof.files:
        lines.setdefault((source.path, source.digest), []).append(source)
    rows: list[Row] = []
    entries = list(proof.versions)
    known = {(e.path, e.digest) for e in entries}
    for entry in entries:
        rows += _version(entry, lines.get((entry.path, entry.digest), []), zone, width)
    for key, sources in lines.items():
        if key not in known:
            rows += _bare(sources, zone, width)
    return rows


def _version(entry: FileEntry, sources: Sequence[Source], zone: ZoneInfo, width: int) -> list[Row]:
    facts = [entry.state + (", removed" if entry.removed else "")]
    facts += [*_about(sources), moment_words(Moment(at=entry.at, basis=entry.basis), zone)]
    if entry.reason:
        facts.append(entry.reason)
    style = "" if entry.state == "counted" else "alarm" if entry.state == "quarantined" else "quiet"
    return _file(entry.path, facts, entry.digest, style, width)


def _bare(sources: Sequence[Source], zone: ZoneInfo, width: int) -> list[Row]:
    first = sources[0]
    facts = [*_about(sources), moment_words(Moment(at=first.at, basis=first.basis), zone)]
    return _file(first.path, [*facts, *(["removed"] if first.removed else [])], first.digest, "", width)


def _about(sources: Sequence[Source]) -> list[str]:
    if not sources:
        return []
    numbers = sorted({s.line for s in sources if s.line is not None})
    revisions = sorted({s.revision for s in sources if s.revision})
    facts = [f"revision {', '.join(map(str, revisions))}"] if revisions else ["baseline"]
    return facts + ([f"from line {numbers[0]:,}"] if numbers else [])


def _file(path: str, facts: Sequence[str], digest: str | None, style: str, width: int) -> list[Row]:
    rows = paragraph(path, width, style or "strong")
    rows += paragraph(" · ".join(facts), width, style, ("  ", ""))
    return rows + (paragraph(f"sha256 {digest}", width, "quiet", ("  ", "")) if digest else [])


def totals_title(election: Election) -> Row:
    """Return which election's figures are proved."""
    return sentence((f"AUDIT {election.name.upper()}", "title"), (f"  {change_since(election.baseline)}", "quiet"))


def total_key(proof: TotalAudit) -> str:
    """Return what names a figure of a party among the stops of a page."""
    return f"{proof.party} {proof.reckoning.figure}"


def total_sections(
    proofs: Iterable[TotalAudit], election: Election, width: int, opened: frozenset[str] | None
) -> list[Section]:
    """Return the figures of the parties over an election; the terms of those that are `opened` (all for None)."""
    found: dict[str, list[Row]] = {}
    last: TotalAudit | None = None
    for proof in proofs:
        last = proof
        is_open = opened is None or total_key(proof) in opened
        found.setdefault(proof.party, []).extend(total_rows(proof, election, width, is_open))
    sections = [Section(f"{party(code).glyph} {party_long(code)}", tuple(rows)) for code, rows in found.items()]
    if last is not None and last.checks:
        sections.append(Section("Publishers' totals", tuple(sentences(map(totals_sentence, last.checks), width))))
    return sections


def total_rows(proof: TotalAudit, election: Election, width: int, is_open: bool) -> list[Row]:
    """Return one figure with over how many areas it is the sum, and its terms where it is open."""
    reckoning = proof.reckoning
    noun = areas_noun(election.kind, 2)
    words = {"areas": noun, "areas_change": f"± {noun}"}.get(reckoning.figure, figure_words(reckoning.figure))
    counting = [t for t in reckoning.terms if t.value]
    text = f"sum over {proof.areas:,} {areas_noun(election.kind, proof.areas)}"
    if reckoning.how == "unknown":
        text = "not known"
    elif len(counting) < len(reckoning.terms):
        text += f", {len(counting):,} not 0"
    if proof.without and reckoning.how != "unknown":
        text += f"; {len(proof.without):,} without"
    if not reckoning.agrees:
        text += f" ⚠ shown as {value_words(reckoning.figure, reckoning.shown)}"
    mark = _OPEN if is_open else _SHUT
    value = value_words(reckoning.figure, reckoning.value)
    style = "" if reckoning.agrees else "alarm"
    rows = paragraph(text, width, style, (f"{mark}{words:<{LABEL}}{padded(value, NUMBER, right=True)}  ", "strong"))
    rows[0] = Row(rows[0].pieces, total_key(proof))
    if not is_open:
        return rows
    rows += _term_rows(counting, reckoning.figure, width)
    if proof.without and reckoning.how != "unknown":
        names = ", ".join(proof.without[:NAMED]) + (" …" if len(proof.without) > NAMED else "")
        rows += paragraph(names, width, "quiet", ("  without: ", "quiet"))
    return rows


_TERM_COLUMNS: Final = (Column("  area", flexible=True), Column("", right=True), Column("file", flexible=True))


def _term_rows(terms: Sequence[Term], figure: FigureName, width: int) -> list[Row]:
    body = [(f"  {t.name}", (value_words(figure, t.value), "strong"), (source_words(t.source), "quiet")) for t in terms]
    return table(_TERM_COLUMNS, body, width) if body else []
