"""What stands behind an area's figures and beside them: files, corrections, quotes and notes."""

from collections.abc import Iterable
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import structs

from dashboard.count.night import Area, Correction, Discrepancy, Moment, Night, Noted, Said, Source
from dashboard.view.lines import Row, paragraph, sentence
from dashboard.view.words import clock_words, moment_words, quote_words
from feeds.places import folded_place

HASH: Final = 8
"""Characters of a content's hash that are shown."""

MOST_FILES: Final = 3
"""So many files of a disagreement are named."""


def quotes_of(night: Night, area: Area) -> list[Said]:
    """Return the quotes that are about the area, by name, in the order in which they became known."""
    name = folded_place(area.name)
    return [said for said in night.quotes if said.quote.area and folded_place(said.quote.area) == name]


def notes_of(night: Night, area: Area) -> list[Noted]:
    """Return the notes on the area and on its wards, by name."""
    name = folded_place(area.name)
    return [noted for noted in night.notes if folded_place(noted.note.area) == name]


def quote_rows(quotes: Iterable[Said], zone: ZoneInfo, width: int) -> list[Row]:
    """Return quotes word for word, each with who said it, when, and the source."""
    rows: list[Row] = []
    for said in quotes:
        quote = said.quote
        rows += paragraph(f"{quote.text} ❞", width, "strong", ("❝ ", "quiet"))
        by = [quote_words(structs.replace(quote, area=None))]
        if quote.said_at is not None:
            by.append(clock_words(quote.said_at, zone))
        if quote.source:
            by.append(quote.source)
        rows += paragraph(" · ".join(by), width, "quiet", ("  – ", "quiet"))
    return rows


def note_rows(notes: Iterable[Noted], width: int) -> list[Row]:
    """Return notes with their kind, ward and source."""
    rows: list[Row] = []
    for noted in notes:
        note = noted.note
        place = f"{note.kind}, {note.ward}" if note.ward else note.kind
        source = f" ({note.source})" if note.source else ""
        rows += paragraph(f"{place}: {note.text}{source}", width, lead=("• ", "quiet"))
    return rows


def correction_rows(corrections: Iterable[Correction], zone: ZoneInfo, width: int) -> list[Row]:
    """Return corrections, newest first, each with both values, when it came and the file that made it."""
    rows: list[Row] = []
    for item in sorted(corrections, key=lambda c: c.at, reverse=True):
        place = f"{item.area}, {item.ward} ward" if item.ward else item.area
        if item.what == "retraction":
            words = f"⚠ RETRACTED {place}: was {item.before}, now {item.after}"
        else:
            words = f"⚠ {place}, {item.what}: {item.before} → {item.after}"
        rows += paragraph(words, width, "alarm", (f"{clock_words(item.at, zone)} ", "quiet"))
        rows += paragraph(item.path, width, "quiet", (" " * 8, ""))
    return rows


def file_rows(files: Iterable[Source], zone: ZoneInfo, width: int) -> list[Row]:
    """Return the versions of files behind an area: path, revision, when it came, hash, lines, whether it is gone.

    A version that speaks of the area in several lines stands once, with all of them; a baseline, which has no
    revision, stands with the result in the same file.
    """
    sources = list(files)
    revisions = {structs.replace(s, line=None, revision=0): s.revision for s in sources if s.revision}
    versions: dict[Source, list[int]] = {}
    for source in sources:
        bare = structs.replace(source, line=None)
        known = bare if bare.revision else structs.replace(bare, revision=revisions.get(bare, 0))
        lines = versions.setdefault(known, [])
        if source.line is not None:
            lines.append(source.line)
    rows = [row for version, lines in versions.items() for row in _version_rows(version, lines, zone, width)]
    return rows or [sentence(("none", "quiet"))]


def _version_rows(version: Source, lines: list[int], zone: ZoneInfo, width: int) -> list[Row]:
    facts = [f"revision {version.revision}"] if version.revision else []
    facts.append(moment_words(Moment(at=version.at, basis=version.basis), zone))
    facts.append(f"hash {version.digest[:HASH]}")
    if lines:
        facts.append(lines_words(lines))
    rows = paragraph(version.path, width, "strong") + paragraph(" · ".join(facts), width, "quiet", "  ")
    if version.removed:
        words = "source removed: the file is gone, its figures stay"
        rows += paragraph(words, width, "alarm", ("  ⚠ ", "alarm"))
    return rows


def discrepancy_words(found: Discrepancy) -> str:
    """Return the sentence with the files that it is about, each with its lines; of many it is said how many more."""
    lines: dict[str, list[int]] = {}
    for source in found.files:
        lines.setdefault(source.path, []).extend([] if source.line is None else [source.line])
    files = [f"{path}, {lines_words(numbers)}" if numbers else path for path, numbers in lines.items()]
    more = [f"and {len(files) - MOST_FILES} more"] if len(files) > MOST_FILES else []
    return f"{found.text} [{'; '.join(files[:MOST_FILES] + more)}]" if files else found.text


def lines_words(numbers: Iterable[int]) -> str:
    """Return line numbers as they are said: `line 3`, `lines 3, 7`."""
    ordered = sorted(set(numbers))
    return f"line{'s' if len(ordered) > 1 else ''} {', '.join(map(str, ordered))}"


def sentences(texts: Iterable[str], width: int, style: str = "warning", mark: str = "⚠ ") -> list[Row]:
    """Return sentences one below the other, each wrapped and with a mark before it."""
    return [row for text in texts for row in paragraph(text, width, style, (mark, style))]
