"""The formats, one module each, and the choice among them by content.

`read` turns one version of a file into a `Reading` and never raises for what a file may hold. A format knows
no tallies and no other format.
"""

import re
from collections import OrderedDict
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

import msgspec

from feeds.bulk import (
    LEAST,
    MAX_BYTES,
    OLD_WORKBOOK,
    PACKED,
    too_much_json,
    too_much_text,
    too_much_xml,
)
from feeds.courtesy import GiveWay, at_once
from feeds.once import once
from feeds.pa import Reader, why_test
from feeds.report import Problem, Reading
from feeds.text import clean
from feeds.xml import Element, XmlProblem, parse, shown

if TYPE_CHECKING:
    from feeds.formats.spreadsheet import Sort
    from feeds.grid import Grid
    from feeds.national import National

UNCLEAN: Final = "a text in it could not be made safe to show: a fault of this program, please report it"

FAILED: Final = "the reader failed:"
"""How the reason begins where a reader did what none must: it raised. The file is quarantined, and says so."""

MAX_WORDS: Final = 200
"""Characters of such an error's own words."""

_SOMETHING: Final = re.compile(rb"[^\0 \t\r\n\xef\xbb\xbf]")

_CONTROL: Final = re.compile(r"(?<!\\)(?:\\\\)*\\[^\\\"/]")
"""How JSON writes a control character; a backslash, a quotation mark and a slash are none."""

MESSAGES: Final[dict[str, tuple[str, ...]]] = {
    "pa_local": ("LocalElectionResult", "LocalElectionNominations", "LocalStateOfParties"),
    "pa_fptp": (
        "FirstPastThePostResult",
        "FirstPastThePostRush",
        "FirstPastThePostNominations",
        "FirstPastThePostStateOfParties",
        "Recount",
    ),
    "pa_topup": ("TopUpResult", "TopUpRush", "TopUpNominations"),
    "pa_stv": ("ElectionResult", "ElectionNominations"),
    "pa_referendum": ("ReferendumRush", "ReferendumResult", "ReferendumRecount", "RunningTotals"),
}
"""The root elements of XML that each module reads. A module is loaded for the first of them: a night has few kinds."""


@cache
def _loaded(module: str, root: str) -> Reader:
    reader: Reader = import_module(f"feeds.formats.{module}").ROOTS[root]
    return reader


def _reader(module: str, root: str) -> Reader:
    def read_message(path: str, element: Element) -> Reading:
        return _loaded(module, root)(path, element)

    return read_message


ROOTS: Final[dict[str, Reader]] = {root: _reader(module, root) for module, roots in MESSAGES.items() for root in roots}
"""The readers of XML by the name of the root element."""

OWN_PAGES: Final = {
    "arrivals.csv": "the saved night's order of arrivals",
    "sources.md": "where the saved night's facts come from",
    "readme.md": "a description, not a feed file",
    "readme.txt": "a description, not a feed file",
    "license": "a licence, not a feed file",
}
"""Files that lie beside feed files and are never data, by lower-case name, with what they are."""


__all__ = ["MAX_BYTES", "MESSAGES", "OWN_PAGES", "ROOTS", "is_inert", "read", "read_ahead", "read_first"]

KEPT: Final = 64
KEPT_BYTES: Final = 20_000
"""So many readings of files that are no larger wait for the one who reads them again; of more, the oldest go."""

_kept: OrderedDict[tuple[str, bytes], Reading] = OrderedDict()


def read(path: str, data: bytes) -> Reading:
    """Return what one version of a file says, or the problem that keeps it out.

    The name decides only what is not data (`arrivals.csv`, `SOURCES.md`) and what `night.toml` is; everything
    else is told by content, so that a file under a wrong name is still read for what it is.
    """
    return (_kept.pop((path, data), None) if _kept else None) or _bounded(path, data, may_cut=True)


def read_first(path: str, data: bytes) -> Reading:
    """Return what `read` does, for somebody who does so before the count: it has that of a small file then at once."""
    reading = read(path, data)
    if len(data) <= KEPT_BYTES:
        _kept[path, data] = reading
        if len(_kept) > KEPT:
            _kept.popitem(last=False)
    return reading


def _read_piece(path: str, data: bytes) -> Reading:
    """Return what a piece of a large document says: one that is too large itself is not cut again, but refused."""
    return _bounded(path, data, may_cut=False)


def _bounded(path: str, data: bytes, *, may_cut: bool) -> Reading:
    try:
        if may_cut and len(data) > LEAST and (large := _large(path, data)) is not None:
            return large
        reading = _read(path, data)
        return reading if is_inert(reading) else _refused(UNCLEAN)
    except Exception as error:  # noqa: BLE001 - the boundary of the readers: one that fails costs its file, not the night
        return _refused(f"{FAILED} {type(error).__name__}: {clean(str(error), MAX_WORDS)}")


def read_ahead(path: str, data: bytes, give_way: GiveWay = at_once) -> None:
    """Read a large document now, so that `read` has it at once for the same bytes; does nothing for other files.

    `give_way` is called between two pieces of it.
    """
    if len(data) > LEAST:
        _national().ahead(path, data, give_way)


def _large(path: str, data: bytes) -> Reading | None:
    """Return what a document says that is large and can be cut into pieces; None for any other."""
    if len(data) > MAX_BYTES or path.rpartition("/")[2].lower() in OWN_PAGES:
        return None
    return _national().reading(path, data)


def is_inert(reading: Reading) -> bool:
    """Return whether every text of a reading, wherever it stands in it, holds printable characters only.

    It is asked of what any format reads: one that forgets to clean a text cannot get it any further.
    """
    try:
        text = msgspec.json.encode(reading).decode()
    except UnicodeEncodeError:  # half a character
        return False
    return text.isprintable() and ("\\" not in text or _CONTROL.search(text) is None)


def _read(path: str, data: bytes) -> Reading:
    name = path.rpartition("/")[2].lower()
    if name in OWN_PAGES:
        return Reading(format="page", ignored=OWN_PAGES[name])
    if reason := _unread(data):
        return _refused(reason)
    if path == "night.toml":
        from feeds.formats import settings  # noqa: PLC0415 - see `_read_json`

        return settings.read(path, data)
    return once(_by_content(path, name, data))


def _unread(data: bytes) -> str | None:
    """Return why a file is not even looked into, None where it is."""
    if len(data) > MAX_BYTES:
        return f"the file is longer than the {MAX_BYTES:,} bytes that are read"
    return None if _SOMETHING.search(data) else "the file is empty"


def _by_content(path: str, name: str, data: bytes) -> Reading:
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"<") or data[:4] in {b"\xff\xfe<\0", b"\xfe\xff\0<"}:
        reason = too_much_xml(data)
        return _refused(reason, "XML", path) if reason else _read_xml(path, data)
    if start[:1] in {b"{", b"["}:
        return _read_json(path, data)
    if data.startswith((PACKED, OLD_WORKBOOK)):
        return _read_workbook(path, data)
    if name.endswith((".csv", ".tsv", ".txt")):
        return _read_sheet(path, data)
    return _refused("not one of the formats that are read: XML, JSON, or a sheet saved as .csv, .tsv, .xlsx or .ods")


# What reads a format is loaded when its first file comes: a night has few of them, and a start waits for no other.


def _read_json(path: str, data: bytes) -> Reading:
    from feeds.formats import democracy_club, native  # noqa: PLC0415 - see above

    if reason := too_much_json(data):
        return _refused(reason, "JSON")
    return democracy_club.read(path, data) if democracy_club.looks_like(data) else native.read(path, data)


def _read_sheet(path: str, data: bytes) -> Reading:
    from feeds.formats import democracy_club, sheet  # noqa: PLC0415 - see above

    if reason := too_much_text(data):
        return _refused(reason, "sheet")
    return democracy_club.read_csv(path, data) if democracy_club.begins_like_csv(data) else sheet.read(path, data)


def _read_workbook(path: str, data: bytes) -> Reading:
    from feeds.formats import spreadsheet  # noqa: PLC0415 - see above

    if data.startswith(OLD_WORKBOOK):
        return spreadsheet.read_old(path, data)
    return spreadsheet.read(path, data, _reader_of_table)


def _reader_of_table(grid: "Grid") -> "Sort | None":
    """Return what reads a sheet with these columns; None where no format has them."""
    from feeds.formats import democracy_club, sheet  # noqa: PLC0415 - see above

    return next((kind.read_table for kind in (democracy_club, sheet) if kind.has_columns(grid)), None)


def _read_xml(path: str, data: bytes) -> Reading:
    """Return what an XML document says: the root element, not the name, decides what it is."""
    try:
        root = parse(data)
    except XmlProblem as problem:
        return Reading(
            format="XML",
            problem=Problem(reason=problem.reason, line=problem.line),
            test=why_test(path),
        )
    reader = ROOTS.get(root.tag)
    if reader is None:
        reason = f"the root element is <{shown(root.tag)}>, which is not one of the messages that are read"
        return Reading(format="XML", problem=Problem(reason=reason, line=root.line), test=why_test(path, root))
    return reader(path, root)


def _refused(reason: str, kind: str = "unknown", path: str = "") -> Reading:
    return Reading(format=kind, problem=Problem(reason=reason), test=why_test(path))


@cache
def _national() -> "National":
    from feeds.national import National  # noqa: PLC0415 - few nights have a document so large

    return National(_read_piece)
