"""Cutting a large document into pieces that can each be read as a document of their own.

A national document is one list of records: `{"results": [ … ]}`, or councils in one `Election` in one message. It is
cut where records begin, found by looking for bytes, without parsing. That such a cut is right is seen when a piece is
read: each is whole by itself between the document's head and tail, so the document is these pieces one after the
other. Where it cannot be cut so, nothing is, and the document is refused as too large.

Pieces end where the bytes at the beginning of a record say so, not after a number of bytes. So a record that grows
moves the pieces behind it and leaves them as they are.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple
from zlib import crc32

SHORTEST: Final = 8 * 1024
"""Bytes of a piece at least, but for the last one."""

MANY: Final = 4
"""Records by which a piece is longer than that, on average."""

NAMED_WITHIN: Final = 96
"""Bytes at the beginning of a record that name it, mostly; they say whether a piece begins there."""

LONGEST: Final = 1024 * 1024
"""Bytes of a piece, but for its last record: within what the readers take at once."""

LARGEST: Final = 4 * LONGEST
"""Bytes of a piece with its last record: what has a larger one is no list of records, and not worth its memory."""

HEAD: Final = 64 * 1024
"""Bytes in which the first record must begin."""

_LISTED: Final = rb"[\s\xef\xbb\xbf]*\{\s*\"(results|baselines|quotes|notes|totals)\"\s*:\s*\[\s*"
_JSON_HEAD: Final = re.compile(_LISTED + rb"(?=(\{\s*\"[^\"\\]*\"))")
_JSON_TAIL: Final = re.compile(rb"\s*\]\s*\}\s*\Z")
_XML_HEAD: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^?>]*\?>\s*)?"
    rb"<([A-Za-z][\w.-]*)(?:\s[^<>]*)?>\s*<([A-Za-z][\w.-]*)(?:\s[^<>]*)?>\s*(?=<([A-Za-z][\w.-]*)[\s>/])"
)
_BEHIND: Final = 64


class Cut(NamedTuple):
    """A document that was cut: between head and tail lie its pieces, from place to place.

    `kind` is the name of the JSON list, empty for XML. No piece may hold any of `forbidden`.
    """

    head: bytes
    tail: bytes
    places: list[int]
    kind: str
    forbidden: tuple[bytes, ...]

    def bodies(self, data: bytes) -> Iterator[memoryview]:
        """Yield the bytes of each piece, without copying them."""
        view = memoryview(data)
        for begin, end in pairwise(self.places):
            yield view[begin:end]

    def document(self, body: bytes) -> bytes:
        """Return a piece as a document of its own, its first line that of the head's end."""
        records = body.rstrip().removesuffix(b",") if self.kind else body
        return self.head + records + self.tail


def cut(data: bytes) -> Cut | None:
    """Return where a document can be cut; None where it is not one list of records, or has no end.

    A record that is longer than `LARGEST` is none.
    """
    found = _cut_json(data) if data[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" else _cut_xml(data)
    if found is None or len(found.places) <= 1 or max(b - a for a, b in pairwise(found.places)) > LARGEST:
        return None
    return found


def is_list(data: bytes) -> bool:
    """Return whether a document begins as one that can be cut does, whether or not all of it is there."""
    return _JSON_HEAD.match(data, 0, HEAD) is not None or _XML_HEAD.match(data, 0, HEAD) is not None


def _cut_json(data: bytes) -> Cut | None:
    head = _JSON_HEAD.match(data, 0, HEAD)
    tail = _JSON_TAIL.search(data, max(0, len(data) - _BEHIND))
    if head is None or tail is None or tail.start() <= head.end():
        return None
    places = _places(data, head[2], (head.end(), tail.start()), after=b",")
    return Cut(data[: head.end()], data[tail.start() :], places, head[1].decode(), ())


def _cut_xml(data: bytes) -> Cut | None:
    head = _XML_HEAD.match(data, 0, HEAD)
    if head is None or head[0].endswith(b"/>"):
        return None
    root, container, record = head[1], head[2], head[3]
    tail = re.compile(rb"</" + re.escape(container) + rb"\s*>\s*</" + re.escape(root) + rb"\s*>\s*\Z").search(
        data, max(0, len(data) - _BEHIND - 2 * HEAD)
    )
    if tail is None or record in {root, container}:
        return None
    places = _places(data, b"<" + record, (head.end(), tail.start()), follow=b" \t\r\n>/")
    tags = (b"<" + root, b"</" + root, b"<" + container, b"</" + container, b"<!", b"<?")
    return Cut(data[: head.end()], data[tail.start() :], places, "", tags)


def _places(data: bytes, sign: bytes, span: tuple[int, int], *, after: bytes = b"", follow: bytes = b"") -> list[int]:
    """Return where pieces begin within a span, and its end; a record begins with a sign.

    Before it stands `after`, blanks aside; behind it one of the bytes of `follow`. Empty means anything.
    """
    begin, end = span
    places, size, find = [begin], len(sign), data.find
    place = last = begin
    while (place := find(sign, max(place + size, last + SHORTEST), end)) >= 0:
        if crc32(data[place : place + NAMED_WITHIN]) % MANY and place - last < LONGEST:
            continue
        if follow and data[place + size] not in follow:
            continue
        if after and not data[max(begin, place - _BEHIND) : place].rstrip().endswith(after):
            continue
        places.append(place)
        last = place
    places.append(end)
    return places
