"""Whether a document is certainly complete, so that it need not wait until its file has been quiet.

A prefix of an XML or JSON document is never one itself. A prefix of a sheet is a sheet, often with a silently wrong
number; so a sheet is complete only where its last line is `# rows=N` and N data rows stand between it and the
header. In the same way settings (`.toml`) are complete only where their last line is `# end`. A spreadsheet file
(.xlsx, .ods) is packed, and its directory comes last.
"""

import csv
import io
import re
import tomllib
from pathlib import PurePosixPath
from typing import Final
from xml.parsers import expat

import msgspec

from feeds.formats import OWN_PAGES
from feeds.zipped import SIGNATURE, complete

CHUNK: Final = 65_536
"""Bytes of XML between two chances for other threads to run."""

END_OF_SETTINGS: Final = b"# end"

_BOM = b"\xef\xbb\xbf"
_TRAILER = re.compile(r"#\s*rows\s*=\s*(\d{1,9})\s*", re.IGNORECASE)


class _DoctypeError(ValueError):
    """The document has a DOCTYPE, which no feed has; the reader refuses it."""


def whole(path: str, data: bytes) -> bool:
    """Return whether the document is certainly complete: XML by its root, JSON by parsing, a sheet by its trailer.

    A spreadsheet file is known by its directory, and a page that is no data by its name is whole as it is. False means
    "not certain", not "torn".
    """
    name = PurePosixPath(path).name.lower()
    if name in OWN_PAGES:
        return True
    start = data[:64].removeprefix(_BOM).lstrip()
    if data.startswith(SIGNATURE):
        return complete(data)
    if looks_marked_up(data):
        return _whole_xml(data)
    if start[:1] in {b"{", b"["}:
        return _whole_json(data.removeprefix(_BOM))
    if name.endswith(".toml"):
        return _whole_settings(data)
    return _whole_sheet(data)


def waiting_reason(path: str, data: bytes) -> str:
    """Return why a document that is not certainly whole is not taken in yet, in words for who wrote it."""
    if not data:
        return "the file is empty: still being written?"
    begun = looks_marked_up(data) or data[:64].removeprefix(_BOM).lstrip()[:1] in {b"{", b"["}
    if begun or data.startswith(SIGNATURE):
        return "the document is not complete: still being written?"
    if path.lower().endswith((".csv", ".tsv", ".txt")):
        return "a sheet counts once it has been quiet for 2 s"
    return "it counts once it has been quiet for 2 s"


def looks_marked_up(data: bytes) -> bool:
    """Return whether the content begins like XML, in any of its usual encodings."""
    return data[:64].removeprefix(_BOM).lstrip().startswith(b"<") or data[:4] in {b"\xff\xfe<\0", b"\xfe\xff\0<"}


def _refuse_doctype(*_: object) -> None:
    raise _DoctypeError


def _whole_xml(data: bytes) -> bool:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        for begin in range(0, len(data), CHUNK):
            parser.Parse(data[begin : begin + CHUNK], False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError):
        return False
    return True


def _whole_json(data: bytes) -> bool:
    try:
        msgspec.json.decode(data, type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


def _whole_settings(data: bytes) -> bool:
    if data.rstrip().rpartition(b"\n")[2].strip() != END_OF_SETTINGS:
        return False
    try:
        tomllib.loads(data.removeprefix(_BOM).decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return False
    return True


def _whole_sheet(data: bytes) -> bool:
    if b"#" not in data.rstrip().rpartition(b"\n")[2]:
        return False
    text = data.removeprefix(_BOM).decode("latin-1")
    header = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    try:
        rows = [
            row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(map(str.strip, row))
        ]
    except csv.Error:
        return False
    if not rows or any(map(str.strip, rows[-1][1:])):
        return False
    trailer = _TRAILER.fullmatch(rows[-1][0].strip())
    header_and_trailer = 2
    return trailer is not None and int(trailer[1]) == len(rows) - header_and_trailer
