"""Whether a document is certainly complete, so that it need not wait until its file has been quiet.

A prefix of an XML or JSON document is never one itself. A prefix of a sheet is a sheet, often with a silently wrong
number; so a sheet is complete only where its last line is `# rows=N` and N data rows stand between it and the
header. In the same way settings (`.toml`) are complete only where their last line is `# end`. A spreadsheet file
(.xlsx, .ods) is packed, and its directory comes last. A document beyond the bounds of its reader is as good as
whole: it is refused, whatever is still to come. But one that is read in pieces is never certain: a file that is written
over in place may be whole and half of it new.
"""

import io
import re
from typing import Final
from xml.parsers import expat

import msgspec

from feeds.bulk import PACKED, too_much, too_much_json, too_much_text, too_much_xml
from feeds.formats import OWN_PAGES
from feeds.xml import ENCODINGS, MAX_DEPTH, MAX_TAG

CHUNK: Final = 65_536
"""Bytes of XML between two chances for other threads to run."""

END_OF_SETTINGS: Final = b"# end"

_BOM = b"\xef\xbb\xbf"
_TRAILER: Final = r"(?:^|[\r\n])[ \t]*\"?[ \t]*#\s*rows\s*=\s*([0-9]{1,9})[ \t]*\"?[\s,;]*\Z"
_TAIL: Final = 400
_HEAD: Final = 10_000


class _StrangeError(ValueError):
    """The document has a DOCTYPE, or an encoding, that no feed has; the reader refuses it."""


class _BeyondError(ValueError):
    """The document is beyond the reader's bounds: it is refused, whatever is still to come."""


def whole(path: str, data: bytes) -> bool:
    """Return whether the document is certainly complete: XML by its root, JSON by parsing, a sheet by its trailer.

    A spreadsheet file is known by its directory, and a page that is no data by its name is whole as it is. False means
    "not certain", not "torn".
    """
    name = path.rpartition("/")[2].lower()
    if name in OWN_PAGES:
        return True
    start = data[:64].removeprefix(_BOM).lstrip()
    if data.startswith(PACKED):
        from feeds.zipped import complete  # noqa: PLC0415 - as a reader, loaded with the first file of its kind

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
    if too_much(data) and _is_list(data):
        return "a large file counts once it has been quiet for 2 s"
    begun = looks_marked_up(data) or data[:64].removeprefix(_BOM).lstrip()[:1] in {b"{", b"["}
    if begun or data.startswith(PACKED):
        return "the document is not complete: still being written?"
    if path.lower().endswith((".csv", ".tsv", ".txt")):
        return "a sheet counts once it has been quiet for 2 s"
    return "it counts once it has been quiet for 2 s"


def looks_marked_up(data: bytes) -> bool:
    """Return whether the content begins like XML, in any of its usual encodings."""
    return data[:64].removeprefix(_BOM).lstrip().startswith(b"<") or data[:4] in {b"\xff\xfe<\0", b"\xfe\xff\0<"}


def _is_list(data: bytes) -> bool:
    from feeds.pieces import is_list  # noqa: PLC0415 - only a large document is asked

    return is_list(data)


class _Skeleton:
    """Takes the parser's events, and knows only how deep they are; a document of one chunk cannot be too deep."""

    def __init__(self, size: int) -> None:
        self.depth = 0
        self.parser = expat.ParserCreate()
        self.parser.XmlDeclHandler = self._declaration
        self.parser.StartDoctypeDeclHandler = self._doctype
        if size > CHUNK:
            self.parser.StartElementHandler = self._start
            self.parser.EndElementHandler = self._end

    def close(self) -> None:
        """Let go of the parser's handlers: with them it would only be freed by a garbage collection."""
        self.parser.XmlDeclHandler = None
        self.parser.StartDoctypeDeclHandler = None
        self.parser.StartElementHandler = None
        self.parser.EndElementHandler = None

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.upper() not in ENCODINGS:
            raise _StrangeError  # before the parser looks for a codec of that name

    def _doctype(self, *_: object) -> None:
        raise _StrangeError

    def _start(self, *_: object) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _BeyondError

    def _end(self, _: str) -> None:
        self.depth -= 1


def _whole_xml(data: bytes) -> bool:
    if too_much_xml(data):
        return not _is_list(data)
    skeleton = _Skeleton(len(data))
    parser = skeleton.parser
    try:
        for begin in range(0, len(data), CHUNK):
            parser.Parse(data[begin : begin + CHUNK], False)
            if begin + CHUNK - parser.CurrentByteIndex > MAX_TAG:
                return True
        parser.Parse(b"", True)
    except _BeyondError:
        return True
    except (expat.ExpatError, ValueError, LookupError):
        return False
    finally:
        skeleton.close()
    return True


def _whole_json(data: bytes) -> bool:
    if too_much_json(data):
        return not _is_list(data)
    try:
        msgspec.json.decode(data, type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


def _whole_settings(data: bytes) -> bool:
    if data.rstrip().rpartition(b"\n")[2].strip() != END_OF_SETTINGS:
        return False
    import tomllib  # noqa: PLC0415 - as `complete` above

    try:
        tomllib.loads(data.removeprefix(_BOM).decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return False
    return True


def _whole_sheet(data: bytes) -> bool:
    trailer = re.search(_TRAILER, data[-_TAIL:].decode("latin-1"), re.IGNORECASE)
    if trailer is None:
        return False
    if too_much_text(data):
        return True
    import csv  # noqa: PLC0415 - as `complete` above

    from feeds.cells import CellError  # noqa: PLC0415 - as above
    from feeds.grid import bounded_lines  # noqa: PLC0415 - as above

    header = data[:_HEAD].removeprefix(_BOM).lstrip().partition(b"\n")[0].decode("latin-1")
    text = io.TextIOWrapper(io.BytesIO(data.removeprefix(_BOM)), encoding="latin-1", newline="")
    rows, last = 0, [""]
    try:
        for row in csv.reader(bounded_lines(text), delimiter=max(",;\t", key=header.count)):
            if any(map(str.strip, row)):
                rows, last = rows + 1, row
    except CellError:
        return True
    except csv.Error:
        return False
    header_and_trailer = 2
    return last[0].strip().startswith("#") and int(trailer[1]) == rows - header_and_trailer
