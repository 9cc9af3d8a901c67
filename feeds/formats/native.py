"""The project's own JSON: one object with lists of the records of `feeds.report`, by the same field names.

The records are decoded strictly: an unknown field, a text for a number or a name that is there twice keeps the
whole version out. Times without an offset are London's.
"""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Final

import msgspec

from feeds.cells import CellError, shown
from feeds.formats.native_words import LISTS, explained
from feeds.jsontext import item_lines, malformed, utf8
from feeds.parties import register
from feeds.report import Baseline, Contest, Note, Problem, Quote, Reading, Record, Report, Result, Totals
from feeds.testmark import test_in_election
from feeds.tidy import tidied

_NAME: Final = "native JSON"

MAX_RECORDS: Final = 8_000
"""Records of one document: a country has fewer wards up at once."""


class Document(Record, frozen=True):
    """Results, baselines, quotes, notes and publishers' totals, as they are written in a file.

    The `line` of a record is not read from the file: it is where the record begins in it.
    """

    results: tuple[Result, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    quotes: tuple[Quote, ...] = ()
    notes: tuple[Note, ...] = ()
    totals: tuple[Totals, ...] = ()


_lists: Callable[[Document], tuple[tuple[Report, ...], ...]] = attrgetter(*LISTS)
_DECODER = msgspec.json.Decoder(Document)


def read(path: str, data: bytes) -> Reading:
    """Return what a native document says, or the problem that keeps it out, with its line. The path plays no part."""
    del path
    try:
        text = utf8(data)
        document = _decoded(text)
        lines = item_lines(text)
        names: dict[str, str] = {}
        reports = tuple(_reports(document, lines, names))
    except CellError as error:
        return Reading(format=_NAME, problem=Problem(reason=error.reason, line=error.line))
    return Reading(
        format=_NAME,
        reports=reports,
        test=_test(reports),
        unknown_parties={code: name for code, name in names.items() if code not in register()},
    )


def _decoded(text: str) -> Document:
    if not text.lstrip().startswith("{"):
        raise CellError(f'not an object: the document is written {{"{LISTS[0]}": [ … ]}}', 1)
    try:
        document = _DECODER.decode(text)
    except msgspec.ValidationError as error:
        raise explained(text, str(error)) from None
    except (msgspec.DecodeError, RecursionError):
        raise malformed(text) from None
    if sum(map(len, _lists(document))) > MAX_RECORDS:
        raise CellError(f"there are more than {MAX_RECORDS:,} records: send it in parts")
    if not text.strip("{} \t\r\n"):
        raise CellError(f"the document has none of {', '.join(LISTS)}", 1)
    return document


def _reports(document: Document, lines: dict[str, list[int]], names: dict[str, str]) -> Iterable[Report]:
    for name, records in zip(LISTS, _lists(document), strict=True):
        for i, record in enumerate(records):
            line = lines[name][i]
            try:
                yield tidied(record, names, line)
            except CellError as error:
                raise CellError(f"{name}, item {i + 1}: {error.reason}", line) from None


def _test(reports: Iterable[Report]) -> str | None:
    for report in reports:
        election: Contest | None = getattr(report, "election", None)
        if election is not None and test_in_election(election.name):
            return f"the election is called {shown(election.name)}"
        for candidate in report.candidates if isinstance(report, Result) else ():
            if candidate.name.split()[-1:] == ["Test"]:
                return f"a candidate is called {shown(candidate.name)}"
    return None
