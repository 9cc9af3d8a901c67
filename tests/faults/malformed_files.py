"""Files that no publisher sends: bombs, torn, nested, mixed up. Each is made anew, by code; none is kept."""

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable
from typing import Final

from tests.makers import pa
from tests.makers.sheet import council_sheet
from tests.makers.spreadsheet import packed, xlsx_parts

MILLION: Final = 1_000_000
MEGABYTE: Final = 1024 * 1024
LARGEST: Final = 32 * MEGABYTE

Files = dict[str, Callable[[], bytes]]
"""Makers of files by path: a file is made when it is its turn."""

_XML: Final = b"<?xml version='1.0' encoding='UTF-8'?>\n"
_GOOD: Final = pa.result(pa.Council("Anytown", "all"), {"C": 20, "Lab": 19})
_HEAD: Final = b"area,party,elected\n"


def _entities(levels: int) -> bytes:
    names = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels))
    return _XML + f'<!DOCTYPE a [<!ENTITY e0 "owned">{names}]><a x="&e{levels - 1};"/>'.encode()


def _xml() -> Files:
    wide = _GOOD.decode().replace("UTF-8", "UTF-16")
    return {
        "dtd.xml": lambda: _XML + b"<!DOCTYPE a><a/>",
        "dtd-outside.xml": lambda: _XML + b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        "dtd-network.xml": lambda: _XML + b'<!DOCTYPE a PUBLIC "x" "http://127.0.0.1:9/x.dtd"><a/>',
        "entity-billion.xml": lambda: _entities(10),
        "entity-outside.xml": lambda: _XML + b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a b="&x;"/>',
        "entity-parameter.xml": lambda: _XML + b'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x">%x;]><a/>',
        "entity-long.xml": lambda: (
            _XML + b'<!DOCTYPE a [<!ENTITY x "' + b"y" * MILLION + b'">]><a>' + b"&x;" * 1000 + b"</a>"
        ),
        "entity-unknown.xml": lambda: _XML + b"<a x='&owned;'/>",
        "include.xml": lambda: (
            _XML + b"<a xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='/etc/passwd'/></a>"
        ),
        "stylesheet.xml": lambda: b"<?xml version='1.0'?><?xml-stylesheet href='http://127.0.0.1:9/x'?><a/>",
        "depth.xml": lambda: _XML + b"<a>" * MILLION,
        "depth-closed.xml": lambda: _XML + b"<a>" * MILLION + b"</a>" * MILLION,
        "attributes.xml": lambda: _XML + b"<a " + b" ".join(b"x%d='1'" % n for n in range(MILLION)) + b"/>",
        "attributes-same.xml": lambda: _XML + b"<a " + b"x='1' " * MILLION + b"/>",
        "attribute-long.xml": lambda: _XML + b"<a x='" + b"y" * (20 * MEGABYTE) + b"'/>",
        "elements.xml": lambda: _XML + b"<a>" + b"<b/>" * (8 * MILLION) + b"</a>",
        "elements-within.xml": lambda: _XML + b"<a>" + b"<b/>" * 99_990 + b"</a>",
        "elements-million.xml": lambda: _XML + b"<a>" + b"<b/>" * MILLION + b"</a>",
        "attributes-within.xml": lambda: _XML + b"<a " + b" ".join(b"x%d='1'" % n for n in range(90_000)) + b"/>",
        "attribute-within.xml": lambda: _XML + b"<a x='" + b"y" * MILLION + b"'/>",
        "comment-within.xml": lambda: _XML + b"<!--" + b"x" * (4 * MEGABYTE - 100),
        "tag-within.xml": lambda: _XML + b"<a" + b" " * (4 * MEGABYTE - 100),
        "instruction-within.xml": lambda: _XML + b"<?a " + b"x" * (4 * MEGABYTE - 100),
        "comment.xml": lambda: _XML + b"<!--" + b"x" * (30 * MEGABYTE),
        "text.xml": lambda: _XML + b"<a>" + b"x" * (31 * MEGABYTE) + b"</a>",
        "cdata.xml": lambda: _XML + b"<a><![CDATA[" + b"]" * (20 * MEGABYTE),
        "tag-open.xml": lambda: _XML + b"<a" + b" " * (30 * MEGABYTE),
        "number.xml": lambda: _GOOD.replace(b"'20'", b"'" + b"9" * MILLION + b"'"),
        "number-within.xml": lambda: _GOOD.replace(b"'20'", b"'" + b"9" * 19_000 + b"'"),
        "nul.xml": lambda: _GOOD.replace(b"Anytown", b"Any\0town"),
        "nul-only.xml": lambda: b"\0" * LARGEST,
        "bad-utf8.xml": lambda: _GOOD.replace(b"Anytown", b"Any\xfftown"),
        "surrogate.xml": lambda: _GOOD.replace(b"Anytown", b"&#xD800;"),
        "cp1252.xml": lambda: _GOOD.replace(b"Anytown", b"M\xf4n"),
        "utf16.xml": lambda: wide.encode("utf-16"),
        "utf16-odd.xml": lambda: wide.encode("utf-16")[:-1],
        "utf16-no-mark.xml": lambda: wide.encode("utf-16-le"),
        "utf32.xml": lambda: _GOOD.decode().encode("utf-32"),
        "utf7.xml": lambda: b"<?xml version='1.0' encoding='utf-7'?>+ADw-a/+AD4-",
        "torn.xml": lambda: _GOOD[:-7],
        "twice.xml": lambda: _GOOD + _GOOD,
        "web-page.xml": lambda: b"<!DOCTYPE html><html><body>404</body></html>",
        "names.xml": lambda: _XML + b"<" + b"a" * MILLION + b"/>",
        "namespaces.xml": lambda: _XML + b"<a>" + b"<x:b xmlns:x='u'/>" * 200_000 + b"</a>",
    }


def _json() -> Files:
    area = b'{"results":[{"area":{"name":"A"},"elected":{"LAB":'
    return {
        "depth.json": lambda: b"[" * MILLION,
        "depth-objects.json": lambda: b'{"a":' * MILLION,
        "depth-results.json": lambda: b'{"results":' + b"[" * MILLION + b"]" * MILLION + b"}",
        "depth-ballots.json": lambda: b'{"ballot_paper_id":' + b"[" * 900 + b"]" * 900 + b"}",
        "number.json": lambda: area + b"9" * MILLION + b"}}]}",
        "number-float.json": lambda: area + b"1." + b"9" * MILLION + b"}}]}",
        "number-exponent.json": lambda: area + b"1e999999999}}]}",
        "number-ballots.json": lambda: (
            b'{"ballot_paper_id":"local.a.b.2022-05-05","winner_count":' + b"9" * MILLION + b"}"
        ),
        "nan.json": lambda: area + b"NaN}}]}",
        "infinity.json": lambda: area + b"-Infinity}}]}",
        "surrogate.json": lambda: b'{"results":[{"area":{"name":"\\ud800"}}]}',
        "surrogate-key.json": lambda: b'{"ballot_paper_id":"x","\\udfff":1}',
        "key-twice.json": lambda: b'{"results":[],"results":[]}',
        "keys.json": lambda: b"{" + b",".join(b'"k%d":1' % n for n in range(MILLION)) + b"}",
        "keys-ballots.json": lambda: b'{"count":1,' + b",".join(b'"k%d":{}' % n for n in range(MILLION)) + b"}",
        "items.json": lambda: b'{"results":[' + b"1," * (15 * MILLION) + b"1]}",
        "records-within.json": lambda: b'{"results":[' + b",".join([b'{"area":{"name":"A"}}'] * 9_999) + b"]}",
        "objects-within.json": lambda: b'{"quotes":[' + b",".join([b'{"text":"a","speaker":"b"}'] * 90_000) + b"]}",
        "keys-within.json": lambda: b'{"count":1,' + b",".join(b'"k%d":1' % n for n in range(149_000)) + b"}",
        "lists-within.json": lambda: b'{"ballot_paper_id":[' + b"[]," * 99_000 + b"[]]}",
        "text-within.json": lambda: b'{"results":[{"area":{"name":"' + "𝕬".encode() * (2 * MEGABYTE) + b'"}}]}',
        "records.json": lambda: b'{"results":[' + b",".join([b'{"area":{"name":"A"}}'] * MILLION) + b"]}",
        "quotes.json": lambda: b'{"quotes":[' + b",".join([b'{"text":"a","speaker":"b"}'] * MILLION) + b"]}",
        "lists-ballots.json": lambda: b'{"ballot_paper_id":[' + b"[]," * (8 * MILLION) + b"[]]}",
        "parties.json": lambda: area[:-7] + b",".join(b'"p%d":1' % n for n in range(MILLION)) + b"}}]}",
        "text.json": lambda: b'{"results":[{"area":{"name":"' + b"x" * (30 * MEGABYTE) + b'"}}]}',
        "escapes.json": lambda: b'{"results":[{"area":{"name":"' + b"\\u001b" * (4 * MILLION) + b'"}}]}',
        "text-open.json": lambda: b'{"results":[{"area":{"name":"' + b"x" * (30 * MEGABYTE),
        "nul.json": lambda: b'{"results":[{"area":{"name":"a\0b"}}]}',
        "cp1252.json": lambda: '{"results":[{"area":{"name":"Môn"}}]}'.encode("cp1252"),
        "utf16.json": lambda: '{"results":[]}'.encode("utf-16"),
        "mark.json": lambda: b"\xef\xbb\xbf\xef\xbb\xbf{}",
        "torn.json": lambda: b'{"results":[{"area":{"na',
        "brackets.json": lambda: b"[" + b"]" * MILLION,
        "blanks.json": lambda: b"{" + b" " * (31 * MEGABYTE) + b"}",
    }


def _csv() -> Files:
    return {
        "columns.csv": lambda: b",".join(b"c%d" % n for n in range(MILLION)) + b"\n",
        "columns-empty.csv": lambda: b"area,party,elected" + b"," * (31 * MILLION) + b"\n",
        "columns-row.csv": lambda: _HEAD + b"," * (31 * MILLION) + b"\n",
        "rows.csv": lambda: _HEAD + b"A,LAB,1\n" * (4 * MILLION),
        "rows-short.csv": lambda: b"a\n" * (15 * MILLION),
        "rows-counted.csv": lambda: b"a\n" * (15 * MILLION) + b"# rows=14999999\n",
        "rows-blank.csv": lambda: _HEAD + b"\n" * (31 * MILLION),
        "rows-empty.csv": lambda: _HEAD + b",,\n" * (10 * MILLION),
        "rows-within.csv": lambda: _HEAD + b"".join(b"A%d,LAB,1\n" % n for n in range(29_999)),
        "quote-open.csv": lambda: _HEAD + b'A,"LAB,1\n' + b"x" * (31 * MEGABYTE),
        "quote-newlines.csv": lambda: _HEAD + b'A,"' + b"\n" * (31 * MEGABYTE),
        "quotes.csv": lambda: _HEAD + b'"' * (31 * MEGABYTE),
        "cell.csv": lambda: _HEAD + b"A" * (31 * MEGABYTE) + b",LAB,1\n",
        "number.csv": lambda: _HEAD + b"A,LAB," + b"9" * MILLION + b"\n",
        "number-within.csv": lambda: _HEAD + b"A,LAB," + b"9" * 9_999 + b"\n",
        "nul.csv": lambda: _HEAD + b"A\0,LAB,1\n",
        "nan.csv": lambda: _HEAD + b"A,LAB,NaN\n",
        "bad-utf8.csv": lambda: _HEAD + b"A\xff\x81,LAB,1\n",
        "wide.csv": lambda: _HEAD + "𝕬".encode() * (7 * MEGABYTE) + b",LAB,1\n",
        "torn-character.csv": lambda: council_sheet("Ynys Môn")[: council_sheet("Ynys Môn").index("ô".encode()) + 1],
        "utf16.csv": lambda: _HEAD.decode().encode("utf-16") + "A,LAB,1\n".encode("utf-16-le"),
        "marks.csv": lambda: b"\xef\xbb\xbf" * 3 + _HEAD + b"A,LAB,1\n",
        "trailer.csv": lambda: _HEAD + b"A,LAB,1\n# rows=999999999\n",
        "trailer-digits.csv": lambda: _HEAD + b"A,LAB,1\n# rows=" + b"9" * MILLION + b"\n",
        "returns.csv": lambda: _HEAD.replace(b"\n", b"\r") + b"A,LAB,1\r" * 100,
        "ballots.csv": lambda: b"ballot_paper_id,person_name,party_name\n" + b"local.a.b.2022-05-05,A,B\n" * 1_200_000,
        "names.csv": lambda: b",".join([b"area", b"party", b"x" * (20 * MEGABYTE)]) + b"\nA,LAB,1\n",
        "backslashes.csv": lambda: _HEAD + b"\\" * 9_999 + b",LAB,1\n",
    }


def _toml() -> Files:
    return {
        "depth/night.toml": lambda: b"title = " + b"[" * MILLION,
        "tables/night.toml": lambda: b"a." * MILLION + b"a = 1",
        "keys/night.toml": lambda: b"".join(b"k%d = 1\n" % n for n in range(MILLION)),
        "number/night.toml": lambda: b"line = " + b"9" * MILLION,
        "text/night.toml": lambda: b'title = "' + b"x" * (30 * MEGABYTE) + b'"',
        "open/night.toml": lambda: b'title = """' + b'"x' * (10 * MEGABYTE),
        "surrogate/night.toml": lambda: b'title = "\\ud800"',
        "comment/night.toml": lambda: b"#" * (31 * MEGABYTE),
        "lists/night.toml": lambda: b"watch = [" + b"[]," * (5 * MILLION) + b"]",
    }


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return an archive of these parts, packed as tightly as can be."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def overlapping(names: list[str], data: bytes) -> bytes:
    """Return an archive in which all entries are the same bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packer.compress(data) + packer.flush()
    crc = zlib.crc32(data)
    first = names[0].encode()
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 0, crc, len(body), len(data), len(first), 0) + first + body
    directory = b"".join(
        struct.pack(
            "<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 0, crc, len(body), len(data), len(name), 0, 0, 0, 0, 0, 0
        )
        + name
        for name in map(str.encode, names)
    )
    end = struct.pack(
        "<4s4H2IH", b"PK\5\6", 0, 0, len(names) & 0xFFFF, len(names) & 0xFFFF, len(directory), len(local), 0
    )
    return local + directory + end


def _book(sheet: str, **more: str) -> bytes:
    parts = {**xlsx_parts([["area"]]), "xl/worksheets/sheet1.xml": sheet, **more}
    return zipped({name: part.encode() if isinstance(part, str) else part for name, part in parts.items()})


def _cells(rows: str) -> str:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'


def _archives() -> Files:
    text = '<c r="A1" t="inlineStr"><is><t>x</t></is></c>'
    far = '<c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c>'
    square = '<c r="ACA960"><v>1</v></c>'
    return {
        "zeros.xlsx": lambda: zipped({"xl/workbook.xml": b"\0" * (300 * MEGABYTE)}),
        "blanks.xlsx": lambda: _book(_cells(" " * (200 * MEGABYTE))),
        "blanks-within.xlsx": lambda: _book(_cells(" " * (22 * MEGABYTE))),
        "far.xlsx": lambda: _book(_cells(f'<row r="1">{text}</row><row r="1048576">{far}</row>')),
        "square.xlsx": lambda: _book(_cells(f'<row r="1">{text}</row><row r="960">{square}</row>')),
        "rows.xlsx": lambda: _book(_cells("<row><c><v>1</v></c></row>" * 700_000)),
        "rows-within.xlsx": lambda: _book(_cells("<row><c><v>1</v></c></row>" * 130_000)),
        "blanks-within-12.xlsx": lambda: _book(_cells(" " * (11 * MEGABYTE))),
        "depth.xlsx": lambda: _book("<a>" * MILLION),
        "dtd.xlsx": lambda: _book('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
        "strings.xlsx": lambda: _book(_cells(text), **{"xl/sharedStrings.xml": '<sst uniqueCount="99999999999"/>'}),
        "overlapping.xlsx": lambda: overlapping(
            ["xl/workbook.xml", *(f"{n}.xml" for n in range(900))], b" " * MEGABYTE
        ),
        "entries.xlsx": lambda: overlapping([f"{n}.xml" for n in range(600_000)], b"x"),
        "same-names.xlsx": lambda: overlapping(["xl/workbook.xml"] * 5, b"<a/>"),
        "inside-out.xlsx": lambda: zipped({"a.zip": zipped({"b.zip": zipped({"c.xml": b"x" * MEGABYTE})})}),
        "torn.xlsx": lambda: packed({"a.xml": "<a/>" * 1000})[:-30],
        "directory.xlsx": lambda: b"PK\3\4" + b"PK\1\2" * MILLION + b"PK\5\6" + b"\xff" * 18,
        "signature.xlsx": lambda: b"PK\3\4" * (8 * MILLION),
        "old.xls": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * (31 * MEGABYTE),
    }


def _others() -> Files:
    return {
        "empty.xml": lambda: b"",
        "blanks.csv": lambda: b" \r\n\t" * (8 * MEGABYTE - 1),
        "zeros.csv": lambda: b"\0" * (LARGEST - 1),
        "noise.json": lambda: bytes(range(256)) * 100_000,
        "noise.csv": lambda: bytes(range(1, 256)) * 100_000,
        "too-long.csv": lambda: b"x" * (LARGEST + 1),
        "picture.png": lambda: b"\x89PNG\r\n\x1a\n" + b"x" * MEGABYTE,
    }


GROUPS: Final[dict[str, Callable[[], Files]]] = {
    "xml": _xml,
    "json": _json,
    "csv": _csv,
    "toml": _toml,
    "archives": _archives,
    "others": _others,
}
"""Malformed files by what they try."""


def made(make: Callable[[], bytes]) -> bytes:
    """Return a file's content; what the library that packs it warns of is what is wanted."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return make()
