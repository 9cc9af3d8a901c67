"""A bounded reader of XML: a light tree of elements with their attributes and line numbers.

Feed messages hold all their data in attributes, so text between elements is not kept. A document type (DTD)
is refused, and with it every entity but the five that XML itself has. Nothing outside the document is opened.
"""

from collections.abc import Callable
from typing import Final, cast
from xml.parsers import expat

import msgspec

from feeds.text import Raw, clean

MAX_DEPTH: Final = 64
MAX_ELEMENTS: Final = 100_000
MAX_ATTRIBUTES: Final = 1_000
MAX_ATTRIBUTE: Final = 20_000
"""Characters in one attribute's value."""

MAX_TAG: Final = 1024 * 1024
"""Bytes of one tag or comment. The parser begins an unfinished one anew with every chunk."""

CHUNK: Final = 64 * 1024
"""Bytes handed to the parser at a time, so that other threads get their turn within a large document."""

ENCODINGS: Final = frozenset({"UTF-8", "UTF-16", "ISO-8859-1", "US-ASCII", "WINDOWS-1252"})


class XmlProblem(ValueError):
    """Why a document cannot be used, in words for the person who wrote it, and the line (from 1) where."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(f"line {line}: {reason}")
        self.reason = reason
        self.line = line


class Element(msgspec.Struct):
    """One element: its name, its attributes as they came (by raw name, not cleaned), its first line, its children."""

    tag: str
    attributes: dict[str, Raw]
    line: int
    children: list["Element"] = []

    def all(self, tag: str) -> list["Element"]:
        """Return the children of that name, in document order."""
        return [child for child in self.children if child.tag == tag]

    def only(self, tag: str) -> "Element | None":
        """Return the one child of that name, None for none. Raises XmlProblem where there are more."""
        found = self.all(tag)
        if len(found) > 1:
            raise XmlProblem(f"{shown(self.tag)} has more than one {shown(tag)}", found[1].line)
        return found[0] if found else None


def shown(name: str) -> str:
    """Return an element's or attribute's name as it can be shown in a sentence."""
    return clean(name, 60)


def parse(data: bytes) -> Element:
    """Return the root element of a whole document. Raises XmlProblem unless it is well-formed and bounded."""
    tree = _Tree(len(data))
    try:
        for start in range(0, len(data), CHUNK):
            tree.parser.Parse(data[start : start + CHUNK], False)
            tree.bound_tag(start + CHUNK)
        tree.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise XmlProblem(_reason(error.code, tree, data), error.lineno) from None
    finally:
        tree.close()
    if tree.root is None:
        raise XmlProblem("the document is empty", 1)
    return tree.root


class _Tree:
    """Takes the parser's events and grows the tree, within the limits."""

    def __init__(self, size: int) -> None:
        # `<a/>`, ` a=""` and a character: a smaller document has no room for so much, and need not be asked
        self.bounded = size > min(4 * MAX_ELEMENTS, 5 * MAX_ATTRIBUTES, MAX_ATTRIBUTE)
        self.root: Element | None = None
        self.open: list[Element] = []
        self.count = 0
        self.parser = expat.ParserCreate()
        self.parser.XmlDeclHandler = self._declaration
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = cast("Callable[[str, dict[str, str]], None]", self._start)
        self.parser.EndElementHandler = self._end

    def close(self) -> None:
        """Let go of the parser's handlers: with them it would only be freed by a garbage collection."""
        self.parser.XmlDeclHandler = None
        self.parser.StartDoctypeDeclHandler = None
        self.parser.StartElementHandler = None
        self.parser.EndElementHandler = None

    def bound_tag(self, fed: int) -> None:
        """Raise XmlProblem where, of the bytes fed so far, an unfinished tag takes up more than the limit."""
        if fed - self.parser.CurrentByteIndex > MAX_TAG:
            raise self._refuse(f"one tag or comment is longer than {MAX_TAG:,} bytes")

    def _refuse(self, reason: str) -> XmlProblem:
        return XmlProblem(reason, self.parser.CurrentLineNumber)

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.upper() not in ENCODINGS:
            raise self._refuse(f"the encoding “{shown(encoding)}” is not one that is read; UTF-8 is")

    def _doctype(self, name: str, _system: str | None, _public: str | None, _internal: bool) -> None:
        hint = " (is it a web page?)" if name.lower() == "html" else ""
        raise self._refuse(f"a DTD is not accepted{hint}")

    def _start(self, tag: str, attributes: dict[str, Raw]) -> None:
        above = self.open
        if self.bounded:
            self._bound_elements()
        if len(above) >= MAX_DEPTH:
            raise self._refuse(f"elements stand more than {MAX_DEPTH} deep in one another")
        if self.bounded:
            self._bound(tag, attributes)
        element = Element(tag if tag.isascii() else shown(tag), attributes, self.parser.CurrentLineNumber)
        if above:
            above[-1].children.append(element)
        else:
            self.root = element
        above.append(element)

    def _bound_elements(self) -> None:
        self.count += 1
        if self.count > MAX_ELEMENTS:
            raise self._refuse(f"more than {MAX_ELEMENTS:,} elements")

    def _bound(self, tag: str, attributes: dict[str, Raw]) -> None:
        if len(attributes) > MAX_ATTRIBUTES:
            raise self._refuse(f"{shown(tag)} has more than {MAX_ATTRIBUTES:,} attributes")
        for name, value in attributes.items():
            if len(str(value)) > MAX_ATTRIBUTE:
                raise self._refuse(f"{shown(name)} is longer than {MAX_ATTRIBUTE:,} characters")

    def _end(self, _tag: str) -> None:
        self.open.pop()


_BEYOND_ASCII = range(0x80, 0x100)
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\r\n"))
_TORN = "the document ends in the middle (torn?)"
_CODES = expat.errors.codes
_INVALID_TOKEN = _CODES[expat.errors.XML_ERROR_INVALID_TOKEN]
_TAG_MISMATCH = _CODES[expat.errors.XML_ERROR_TAG_MISMATCH]
_REASONS: Final = {
    _CODES[name]: reason
    for name, reason in (
        (expat.errors.XML_ERROR_NO_ELEMENTS, _TORN),
        (expat.errors.XML_ERROR_UNCLOSED_TOKEN, _TORN),
        (expat.errors.XML_ERROR_PARTIAL_CHAR, _TORN),
        (expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION, _TORN),
        (expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE, "an attribute stands twice in one element"),
        (expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT, "something stands after the end of the document"),
        (expat.errors.XML_ERROR_MISPLACED_XML_PI, "the line <?xml …?> is not the first thing in the file"),
        (expat.errors.XML_ERROR_XML_DECL, "the line <?xml …?> is not right"),
        (expat.errors.XML_ERROR_BAD_CHAR_REF, "“&#…;” stands for a character that is not allowed"),
        (expat.errors.XML_ERROR_UNKNOWN_ENCODING, "the encoding is not one that is read; UTF-8 is"),
        (
            expat.errors.XML_ERROR_INCORRECT_ENCODING,
            "the text is not in the encoding that the first line names",
        ),
        (expat.errors.XML_ERROR_UNDEFINED_ENTITY, "“&…;” is not defined; a plain & is written &amp;"),
    )
}


def _reason(code: int, tree: _Tree, data: bytes) -> str:
    """Return the parser's error in plain words."""
    if code == _INVALID_TOKEN:
        return _wrong_character(data, tree.parser.ErrorByteIndex)
    if code == _TAG_MISMATCH and tree.open:
        return f"<{shown(tree.open[-1].tag)}> of line {tree.open[-1].line} is not closed"
    return _REASONS.get(code, f"not well-formed XML ({expat.ErrorString(code)})")


def _wrong_character(data: bytes, index: int) -> str:
    """Return what is wrong at a byte where no character or no such character may stand."""
    wide = b"\0" in data[:4]
    if wide or not 0 <= index < len(data):
        return "a character that cannot stand there"
    byte = data[index]
    before = data[max(0, index - 40) : index + 1]
    if byte == 0:
        return "zero bytes where text should be (torn?)"
    if byte in _BEYOND_ASCII:
        return f"the byte 0x{byte:02X} is not valid text; was the file saved in another encoding than it says?"
    if byte in _CONTROLS:
        return f"a control character (0x{byte:02X})"
    if b"&" in before and b";" not in before.rpartition(b"&")[2]:
        return "a plain & is written &amp;"
    if byte in b"<":
        return "a “<” where none can stand; is a quote or a > missing before it?"
    if byte in b"\t\r\n":
        return "a tab or a line break where none can stand"
    return f"“{shown(chr(byte))}” cannot stand there"
