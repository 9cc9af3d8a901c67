"""How much of a document is read at all: found out by looking at bytes, before anything that takes memory.

What a reader makes of a byte can be a hundred times as large. So each kind of document has bounds of its own, several
times above what any publisher sends, within which it is read in about a second and 64 MB.
"""

from typing import Final

PACKED: Final = b"PK\x03\x04"
"""What an archive begins with, and a spreadsheet, which is one."""

OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What the Excel files of before 2007 begin with, and those of today that are protected by a password."""

MAX_BYTES: Final = 64 * 1024 * 1024
"""Larger files are quarantined unread."""

LARGE: Final = 8 * 1024 * 1024
"""A file of this size is not read while it is still being written, however often that is reported."""

LEAST: Final = 256 * 1024
"""No document below this size is too large to be read at once."""

MAX_XML: Final = 4 * 1024 * 1024
MAX_JSON: Final = 12 * 1024 * 1024
MAX_OBJECTS: Final = 100_000
MAX_VALUES: Final = 150_000
MAX_LINES: Final = 200_000


def too_much_xml(data: bytes) -> str | None:
    """Return why an XML document is too large to be read, in words; None where it is not."""
    return None if len(data) <= MAX_XML else f"the document is longer than the {MAX_XML:,} bytes of XML that are read"


def too_much_json(data: bytes) -> str | None:
    """Return why a JSON document is too large to be read, in words; None where it is not."""
    if len(data) > MAX_JSON:
        return f"the document is longer than the {MAX_JSON:,} bytes of JSON that are read"
    if data.count(b"{") + data.count(b"[") > MAX_OBJECTS:
        return f"there are more than the {MAX_OBJECTS:,} objects and lists that are read: send it in parts"
    if data.count(b",") > MAX_VALUES:
        return f"there are more than the {MAX_VALUES:,} values that are read: send it in parts"
    return None


def too_much_text(data: bytes) -> str | None:
    """Return why a sheet is too large to be read, in words; None where it is not."""
    if data.count(b"\n") + data.count(b"\r") > 2 * MAX_LINES:
        return f"there are more than the {MAX_LINES:,} lines that are read"
    return None


def too_much(data: bytes) -> bool:
    """Return whether an XML or JSON document is too large to be read at once."""
    first = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if first == b"<":
        return too_much_xml(data) is not None
    return first == b"{" and too_much_json(data) is not None
