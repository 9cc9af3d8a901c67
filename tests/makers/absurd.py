"""Documents with one thing wrong: any field missing, blank, doubled, of the wrong type, or absurd.

Each maker takes a document that is right and yields what may happen to it: a name, the value that was written (None
where a field is missing or doubled), and the bytes.
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple
from xml.etree import ElementTree as ET

LONG: Final = "9" * 400
WORDS: Final = (
    "", " ", "x", "-1", "+", "0", "1.5", "1e3", "0x10", "٣", "1000000000", LONG, "NaN", "inf", "true", "null",
    "0000-00-00", "2022-13-45", "0000-00-00T00:00:00", "9999-12-31T23:59:59+14:00", "\N{NO-BREAK SPACE}", "NOC", "new",
)  # fmt: skip
"""What somebody or something may write where a figure, a date or a name belongs."""

LITERALS: Final = (
    "null", "true", "-1", "0", "1.5", "1000000000", "1e400", "NaN", "-Infinity", LONG, "[]", "{}", "[[]]", '"1"',
    '"-1"', '""', '" "', '"x"', '"0000-00-00"', '"2022-13-45"', '"0000-00-00T00:00:00Z"', '"NOC"',
)  # fmt: skip
"""What may stand as a value in a JSON document, some of which JSON does not have."""

SETTINGS: Final = (
    '""', '"x"', "-1", "0", "1.5", "1000000000", "nan", "-inf", LONG, "[]", "[1]", "{}", "true", "0000-00-00",
    '"0000-00-00"', "2022-13-45", "25:00:00", "2022-05-05T22:00:00", "1e400",
)  # fmt: skip
"""What may stand as a value in TOML, some of which TOML does not have."""


class Wrong(NamedTuple):
    """A document with one thing wrong: what it is, the value that was written, and the bytes."""

    what: str
    written: str | None
    data: bytes


_ATTRIBUTE: Final = re.compile(r"""\s([\w:]+)=(["'])(.*?)\2""")


def xml(data: bytes) -> Iterator[Wrong]:
    """Yield an XML document with every attribute and every element gone, doubled, and every attribute absurd."""
    declaration, body = data.decode().split("?>", 1)
    for match in _ATTRIBUTE.finditer(body):
        before, after = body[: match.start()], body[match.end() :]
        tag = re.findall(r"<(\w+)", before)[-1]
        line = declaration.count("\n") + before.count("\n") + 1
        name = f"{tag} {match[1]}, line {line}"

        def made(middle: str, before: str = before, after: str = after) -> bytes:
            return f"{declaration}?>{before}{middle}{after}".encode()

        yield Wrong(f"{name} missing", None, made(""))
        yield Wrong(f"{name} doubled", None, made(match[0] * 2))
        for word in WORDS:
            yield Wrong(f"{name} is {word[:30]!r}", word, made(f" {match[1]}={match[2]}{word}{match[2]}"))
    yield from _elements(data)


def _elements(data: bytes) -> Iterator[Wrong]:
    count = len(list(ET.fromstring(data).iter()))  # noqa: S314 -- a document of our own making
    for number in range(1, count):
        for deed in ("missing", "doubled", "misnamed"):
            root = ET.fromstring(data)  # noqa: S314 -- a document of our own making
            parents = {child: parent for parent in root.iter() for child in parent}
            element = list(root.iter())[number]
            if deed == "missing":
                parents[element].remove(element)
            elif deed == "doubled":
                parents[element].insert(list(parents[element]).index(element), element)
            else:
                element.tag = "Else"
            yield Wrong(f"element {number} {element.tag} {deed}", None, ET.tostring(root, encoding="utf-8"))


def json_document(data: bytes) -> Iterator[Wrong]:
    """Yield a JSON document with every member and every item gone, doubled, of another type, and absurd."""
    for way in list(_ways(json.loads(data))):
        name = ".".join(map(str, way))
        yield Wrong(f"{name} missing", None, _json(data, way, "missing"))
        yield Wrong(f"{name} doubled", None, _json(data, way, "doubled"))
        for other in ("", " ", "NOC", "new", "x") if isinstance(way[-1], str) else ():
            yield Wrong(f"{name} is called {other!r}", other, _json(data, way, "called", other))
        for literal in LITERALS:
            yield Wrong(f"{name} is {literal[:30]}", literal, _json(data, way, literal))


def _ways(value: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    pairs: Sequence[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = list(enumerate(value))
    for key, inner in pairs:
        yield (*way, key)
        yield from _ways(inner, (*way, key))


_RAW: Final = "\ue000"
_TWIN: Final = "\ue001"


def _json(data: bytes, way: tuple[str | int, ...], deed: str, name: str = "") -> bytes:
    document = json.loads(data)
    inner = document
    for step in way[:-1]:
        inner = inner[step]
    last = way[-1]
    if deed == "missing":
        del inner[last]
    elif deed == "called":
        inner[name] = inner.pop(last)
    elif deed == "doubled" and isinstance(inner, list):
        inner.insert(int(last), inner[int(last)])
    elif deed == "doubled":
        inner[f"{last}{_TWIN}"] = inner[last]
    else:
        inner[last] = _RAW
    text = json.dumps(document, indent=1, ensure_ascii=False).replace(_TWIN, "").replace(f'"{_RAW}"', deed)
    return text.encode()


def rows(data: bytes) -> Iterator[Wrong]:
    """Yield a sheet (of plain cells, with commas) with every cell blank or absurd, columns and rows gone or doubled."""
    table = [line.split(",") for line in data.decode().splitlines()]
    for column, name in enumerate(table[0]):
        yield Wrong(f"column {name} missing", None, _sheet([r[:column] + r[column + 1 :] for r in table]))
        yield Wrong(f"column {name} doubled", None, _sheet([[*r, r[column]] for r in table]))
        for number in range(1, len(table)):
            for word in WORDS:
                other = [list(row) for row in table]
                other[number][column] = word
                yield Wrong(f"{name} in line {number + 1} is {word[:30]!r}", word, _sheet(other))
    for number in range(1, len(table)):
        yield Wrong(f"line {number + 1} missing", None, _sheet(table[:number] + table[number + 1 :]))
        yield Wrong(f"line {number + 1} doubled", None, _sheet([*table, table[number]]))
        yield Wrong(f"line {number + 1} longer", None, _sheet([*table[:number], [*table[number], "9"]]))


def _sheet(table: Sequence[Sequence[str]]) -> bytes:
    return "".join(",".join(row) + "\r\n" for row in table).encode()


def toml(data: bytes) -> Iterator[Wrong]:
    """Yield settings with every line gone, doubled, and every value absurd."""
    lines = data.decode().splitlines()
    for number, line in enumerate(lines):
        name = line.partition(" = ")[0]
        yield Wrong(f"{name} missing", None, "\n".join(lines[:number] + lines[number + 1 :]).encode())
        yield Wrong(f"{name} doubled", None, "\n".join([*lines, line]).encode())
        for value in SETTINGS:
            other = [*lines[:number], f"{name} = {value}", *lines[number + 1 :]]
            yield Wrong(f"{name} is {value[:30]}", value, "\n".join(other).encode())
