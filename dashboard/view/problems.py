"""What is wrong, odd or changed in a night: quarantined files, conflicts, corrections, disagreements."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from dashboard.count.night import Election, Explanation, FileCounts, FileProblem, Night, TotalsCheck
from dashboard.view.evidence import correction_rows, discrepancy_words, sentences
from dashboard.view.lines import Row, Section, paragraph, sentence
from dashboard.view.words import clock_words, grouped, party_short, signed

MOST_NAMED: Final = 5
"""So many areas that may explain a difference are named; of more it is said how many there are."""


def problem_counts(night: Night) -> dict[str, int]:
    """Return how many there are of each kind of trouble, in the order in which they are shown."""
    return {
        "quarantined": sum(not p.warning for p in night.problems),
        "conflicts": len(night.conflicts),
        "corrections": len(night.corrections),
        "discrepancies": sum(1 for _ in discrepancies(night)),
        "warnings": sum(p.warning for p in night.problems),
        "unknown parties": len(night.unknown_parties),
    }


def problems_title(night: Night) -> Row:
    """Return the headline with the counts; a count of zero is shown, too."""
    counts = problem_counts(night)
    pieces = [("PROBLEMS", "title"), ("  ", "")]
    for index, (name, number) in enumerate(counts.items()):
        grave = name in {"quarantined", "conflicts"} and number > 0
        pieces.append((f"{' · ' if index else ''}{number:,} {_one(name, number)}", "alarm" if grave else ""))
    return sentence(*pieces)


def _one(name: str, number: int) -> str:
    singular = {
        "conflicts": "conflict",
        "corrections": "correction",
        "discrepancies": "discrepancy",
        "warnings": "warning",
        "unknown parties": "unknown party",
    }
    return singular.get(name, name) if number == 1 else name


def files_sentence(files: FileCounts) -> str:
    """Return the equation of versions of files: `310 seen = 280 counted + 12 superseded + …`."""
    terms = ("counted", "superseded", "duplicate", "ignored", "waiting", "quarantined")
    return f"{files.seen:,} seen = " + " + ".join(f"{getattr(files, name):,} {name}" for name in terms)


def problem_sections(night: Night, zone: ZoneInfo, width: int) -> list[Section]:
    """Return all troubles as sections, the gravest first; a section without entries says `none`."""
    quarantined = [p for p in night.problems if not p.warning]
    warnings = [p for p in night.problems if p.warning]
    unknown = [
        f"{code}: “{name}” is not in the party register; it keeps its own name" for code, name in night.unknown_parties
    ]
    counts = " · ".join(f"{number:,} {_one(name, number)}" for name, number in problem_counts(night).items())
    sections = [
        ("", paragraph(counts, width)),
        ("Files, by version", paragraph(files_sentence(night.files), width)),
        ("Test data", sentences(night.test, width, "alarm", "TEST ")),
        ("Not counted (quarantined)", _problem_rows(quarantined, zone, width, "✗ ", "alarm")),
        ("Conflicts", _conflict_rows(night, width)),
        ("Corrections, newest first", correction_rows(night.corrections, zone, width)),
        ("Figures that do not agree", sentences(discrepancies(night), width)),
        ("Publishers' totals", _totals_rows(night, width)),
        ("Warnings (counted all the same)", _problem_rows(warnings, zone, width, "! ", "warning")),
        ("Unknown parties", sentences(unknown, width, "", "? ")),
    ]
    return [
        Section(title, tuple(rows) if rows else (sentence(("none", "quiet")),))
        for title, rows in sections
        if rows or title not in {"Test data", "Publishers' totals"}
    ]


def _problem_rows(problems: Iterable[FileProblem], zone: ZoneInfo, width: int, mark: str, style: str) -> list[Row]:
    rows: list[Row] = []
    for problem in sorted(problems, key=lambda p: p.at, reverse=True):
        where = problem.path + (f", line {problem.line}" if problem.line is not None else "")
        lead = (f"{clock_words(problem.at, zone)} {mark}", style)
        rows += paragraph(where, width, "strong", lead)
        rows += paragraph(problem.reason, width, lead=(" " * 8, ""))
    return rows


def _conflict_rows(night: Night, width: int) -> list[Row]:
    rows: list[Row] = []
    for conflict in night.conflicts:
        rows += paragraph(conflict.what, width, "alarm", ("⚠ CONFLICT ", "alarm"))
        for path in conflict.paths:
            rows += paragraph(path, width, "quiet", ("  ", ""))
    return rows


def discrepancies(night: Night) -> Iterator[str]:
    """Yield the sentences about figures that do not agree, with area and files, in the night's order."""
    several = len(night.elections) > 1
    for election in night.elections:
        prefix = f"{election.name}, " if several else ""
        for area in election.areas:
            for found in area.discrepancies:
                yield f"{prefix}{area.name}: {discrepancy_words(found)}"
        for check in election.totals_checks:
            if check.agrees is False:
                yield f"{prefix}{totals_sentence(check)}"


def _totals_rows(night: Night, width: int) -> list[Row]:
    return [row for election in night.elections for row in _checks(election, width)]


def _checks(election: Election, width: int) -> Iterator[Row]:
    for check in election.totals_checks:
        style = "good" if check.agrees else "quiet" if check.agrees is None else "warning"
        mark = "✓ " if check.agrees else "– " if check.agrees is None else "⚠ "
        yield from paragraph(f"{election.name}, {totals_sentence(check)}", width, style, (mark, style))


def totals_sentence(check: TotalsCheck) -> str:
    """Return a comparison with a publisher's totals: agrees, differs where and why, or why it cannot be compared."""
    number = f" {check.number:,}" if check.number is not None else ""
    name = (
        f"{check.publisher} totals{number} ({check.region}, {check.areas:,} {'area' if check.areas == 1 else 'areas'})"
    )
    if check.agrees is None:
        return f"{name}: {check.reason or 'not comparable'} [{check.path}]"
    apart = f" (not compared: {check.reason})" if check.reason else ""
    if check.agrees:
        return f"{name}: agree with ours{apart} [{check.path}]"
    differences = "; ".join(
        f"{party_short(d.party)} {d.figure.replace('_', ' ')}: {_number(d.figure, d.theirs)}, "
        f"ours {_number(d.figure, d.ours)}"
        for d in check.differences
    )
    why = "".join(f"; {words}" for words in explained_words(check.explained))
    return f"{name}: do not agree: {differences}{apart}{why} [{check.path}]"


def explained_words(explained: Sequence[Explanation]) -> list[str]:
    """Return in words which areas explain a difference: those that do it alone or together, then those that may."""
    sure = [f"{one.area}: {one.why}" for one in explained if one.among == 1]
    words = [f"explained by {_first(sure, '; ')}"] if sure else []
    may: dict[str, list[Explanation]] = {}
    for one in explained:
        if one.among > 1:
            may.setdefault(one.why, []).append(one)
    groups = (f"{_first([one.area for one in group], ', ')} ({why})" for why, group in may.items())
    return [*words, f"explained by one of {', '.join(groups)}"] if may else words


def _first(words: Sequence[str], between: str) -> str:
    more = len(words) - MOST_NAMED
    return between.join(words[:MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")


def _number(figure: str, number: int) -> str:
    return signed(number) if "change" in figure else grouped(number)
