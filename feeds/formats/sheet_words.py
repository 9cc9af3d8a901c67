"""Sheets of words: quotes (`text, speaker` and more) and notes (`area, kind, text`)."""

from typing import Final

from feeds.cells import CellError, day, moment, party
from feeds.grid import Grid, Line, lines
from feeds.parties import register
from feeds.report import Note, Quote, Reading
from feeds.text import clean

_QUOTE_FIELDS: Final = {
    "council": "area",
    "constituency": "area",
    **{name: name for name in ("text", "speaker", "role", "party", "area", "said_at", "poll_date", "source")},
}
_NOTE_FIELDS: Final = {
    "council": "area",
    "constituency": "area",
    **{name: name for name in ("area", "kind", "text", "ward", "source")},
}


def read_quotes(grid: Grid) -> Reading:
    """Return the quotes of a sheet. Raises `CellError` where a row is not one."""
    rows, warnings = lines(grid, _QUOTE_FIELDS)
    quotes = tuple(_quote(line, cells) for line, cells in rows)
    unknown = {
        quote.party: clean(cells["party"])
        for quote, (_, cells) in zip(quotes, rows, strict=True)
        if quote.party is not None and quote.party not in register()
    }
    return Reading(format="sheet of quotes", reports=quotes, warnings=grid.warnings + warnings, unknown_parties=unknown)


def read_notes(grid: Grid) -> Reading:
    """Return the notes of a sheet. Raises `CellError` where a row is not one."""
    rows, warnings = lines(grid, _NOTE_FIELDS)
    notes = tuple(_note(line, cells) for line, cells in rows)
    return Reading(format="sheet of notes", reports=notes, warnings=grid.warnings + warnings)


def _quote(line: int, cells: dict[str, str]) -> Quote:
    try:
        poll_date = day("poll_date", cells["poll_date"]) if "poll_date" in cells else None
        return Quote(
            text=_needed((line, cells), "text"),
            speaker=_needed((line, cells), "speaker"),
            role=_optional(cells, "role"),
            party=party("party", cells["party"]) if "party" in cells else None,
            area=_optional(cells, "area"),
            said_at=moment("said_at", cells["said_at"], poll_date) if "said_at" in cells else None,
            source=_optional(cells, "source"),
            line=line,
        )
    except CellError as error:
        raise CellError(error.reason, line) from None


def _note(line: int, cells: dict[str, str]) -> Note:
    return Note(
        area=_needed((line, cells), "area"),
        kind=_needed((line, cells), "kind"),
        text=_needed((line, cells), "text"),
        ward=_optional(cells, "ward"),
        source=_optional(cells, "source"),
        line=line,
    )


def _needed(row: Line, field: str) -> str:
    line, cells = row
    if field not in cells:
        raise CellError(f"{field} is empty", line)
    return clean(cells[field])


def _optional(cells: dict[str, str], field: str) -> str | None:
    return clean(cells[field]) if field in cells else None
