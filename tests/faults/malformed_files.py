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

_XML: Final = b"<?xml version='1.0' encoding='UTF-8'?>\n"
_GOOD: Final = pa.result(pa.Council("Anytown", "all"), {"C": 20, "Lab": 19})
_HEAD: Final = b"area,party,elected\n"


def _entities(levels: int) -> bytes:
    names = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels))
    return _XML + f'<!DOCTYPE a [<!ENTITY e0 "owned">{names}]><a x="&e{levels - 1};"/>'.encode()


def _xml() -> dict[str, bytes]:
    wide = _GOOD.decode().replace("UTF-8", "UTF-16")
    return {
        "dtd.xml": _XML + b"<!DOCTYPE a><a/>",
        "dtd-outside.xml": _XML + b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        "dtd-network.xml": _XML + b'<!DOCTYPE a PUBLIC "x" "http://127.0.0.1:9/x.dtd"><a/>',
        "entity-billion.xml": _entities(10),
        "entity-outside.xml": _XML + b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a b="&x;"/>',
        "entity-parameter.xml": _XML + b'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x">%x;]><a/>',
        "entity-long.xml": _XML + b'<!DOCTYPE a [<!ENTITY x "' + b"y" * MILLION + b'">]><a>' + b"&x;" * 1000 + b"</a>",
        "entity-unknown.xml": _XML + b"<a x='&owned;'/>",
        "include.xml": _XML + b"<a xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='/etc/passwd'/></a>",
        "stylesheet.xml": b"<?xml version='1.0'?><?xml-stylesheet href='http://127.0.0.1:9/x'?><a/>",
        "depth.xml": _XML + b"<a>" * MILLION,
        "depth-closed.xml": _XML + b"<a>" * MILLION + b"</a>" * MILLION,
        "attributes.xml": _XML + b"<a " + b" ".join(b"x%d='1'" % n for n in range(MILLION)) + b"/>",
        "attributes-same.xml": _XML + b"<a " + b"x='1' " * MILLION + b"/>",
        "attribute-long.xml": _XML + b"<a x='" + b"y" * (20 * MEGABYTE) + b"'/>",
        "elements.xml": _XML + b"<a>" + b"<b/>" * (8 * MILLION) + b"</a>",
        "elements-within.xml": _XML + b"<a>" + b"<b/>" * 99_990 + b"</a>",
        "elements-million.xml": _XML + b"<a>" + b"<b/>" * MILLION + b"</a>",
        "attributes-within.xml": _XML + b"<a " + b" ".join(b"x%d='1'" % n for n in range(90_000)) + b"/>",
        "attribute-within.xml": _XML + b"<a x='" + b"y" * MILLION + b"'/>",
        "comment-within.xml": _XML + b"<!--" + b"x" * (4 * MEGABYTE - 100),
        "tag-within.xml": _XML + b"<a" + b" " * (4 * MEGABYTE - 100),
        "instruction-within.xml": _XML + b"<?a " + b"x" * (4 * MEGABYTE - 100),
        "comment.xml": _XML + b"<!--" + b"x" * (30 * MEGABYTE),
        "text.xml": _XML + b"<a>" + b"x" * (31 * MEGABYTE) + b"</a>",
        "cdata.xml": _XML + b"<a><![CDATA[" + b"]" * (20 * MEGABYTE),
        "tag-open.xml": _XML + b"<a" + b" " * (30 * MEGABYTE),
        "number.xml": _GOOD.replace(b"'20'", b"'" + b"9" * MILLION + b"'"),
        "number-within.xml": _GOOD.replace(b"'20'", b"'" + b"9" * 19_000 + b"'"),
        "nul.xml": _GOOD.replace(b"Anytown", b"Any\0town"),
        "nul-only.xml": b"\0" * LARGEST,
        "bad-utf8.xml": _GOOD.replace(b"Anytown", b"Any\xfftown"),
        "surrogate.xml": _GOOD.replace(b"Anytown", b"&#xD800;"),
        "cp1252.xml": _GOOD.replace(b"Anytown", b"M\xf4n"),
        "utf16.xml": wide.encode("utf-16"),
        "utf16-odd.xml": wide.encode("utf-16")[:-1],
        "utf16-no-mark.xml": wide.encode("utf-16-le"),
        "utf32.xml": _GOOD.decode().encode("utf-32"),
        "utf7.xml": b"<?xml version='1.0' encoding='utf-7'?>+ADw-a/+AD4-",
        "torn.xml": _GOOD[:-7],
        "twice.xml": _GOOD + _GOOD,
        "web-page.xml": b"<!DOCTYPE html><html><body>404</body></html>",
        "names.xml": _XML + b"<" + b"a" * MILLION + b"/>",
        "namespaces.xml": _XML + b"<a>" + b"<x:b xmlns:x='u'/>" * 200_000 + b"</a>",
    }


def _json() -> dict[str, bytes]:
    area = b'{"results":[{"area":{"name":"A"},"elected":{"LAB":'
    return {
        "depth.json": b"[" * MILLION,
        "depth-objects.json": b'{"a":' * MILLION,
        "depth-results.json": b'{"results":' + b"[" * MILLION + b"]" * MILLION + b"}",
        "depth-ballots.json": b'{"ballot_paper_id":' + b"[" * 900 + b"]" * 900 + b"}",
        "number.json": area + b"9" * MILLION + b"}}]}",
        "number-float.json": area + b"1." + b"9" * MILLION + b"}}]}",
        "number-exponent.json": area + b"1e999999999}}]}",
        "number-ballots.json": b'{"ballot_paper_id":"local.a.b.2022-05-05","winner_count":' + b"9" * MILLION + b"}",
        "nan.json": area + b"NaN}}]}",
        "infinity.json": area + b"-Infinity}}]}",
        "surrogate.json": b'{"results":[{"area":{"name":"\\ud800"}}]}',
        "surrogate-key.json": b'{"ballot_paper_id":"x","\\udfff":1}',
        "key-twice.json": b'{"results":[],"results":[]}',
        "keys.json": b"{" + b",".join(b'"k%d":1' % n for n in range(MILLION)) + b"}",
        "keys-ballots.json": b'{"count":1,' + b",".join(b'"k%d":{}' % n for n in range(MILLION)) + b"}",
        "items.json": b'{"results":[' + b"1," * (15 * MILLION) + b"1]}",
        "records-within.json": b'{"results":[' + b",".join([b'{"area":{"name":"A"}}'] * 9_999) + b"]}",
        "objects-within.json": b'{"quotes":[' + b",".join([b'{"text":"a","speaker":"b"}'] * 90_000) + b"]}",
        "keys-within.json": b'{"count":1,' + b",".join(b'"k%d":1' % n for n in range(190_000)) + b"}",
        "lists-within.json": b'{"ballot_paper_id":[' + b"[]," * 99_000 + b"[]]}",
        "text-within.json": b'{"results":[{"area":{"name":"' + "𝕬".encode() * (2 * MEGABYTE) + b'"}}]}',
        "records.json": b'{"results":[' + b",".join([b'{"area":{"name":"A"}}'] * MILLION) + b"]}",
        "quotes.json": b'{"quotes":[' + b",".join([b'{"text":"a","speaker":"b"}'] * MILLION) + b"]}",
        "lists-ballots.json": b'{"ballot_paper_id":[' + b"[]," * (8 * MILLION) + b"[]]}",
        "parties.json": area[:-7] + b",".join(b'"p%d":1' % n for n in range(MILLION)) + b"}}]}",
        "text.json": b'{"results":[{"area":{"name":"' + b"x" * (30 * MEGABYTE) + b'"}}]}',
        "escapes.json": b'{"results":[{"area":{"name":"' + b"\\u001b" * (4 * MILLION) + b'"}}]}',
        "text-open.json": b'{"results":[{"area":{"name":"' + b"x" * (30 * MEGABYTE),
        "nul.json": b'{"results":[{"area":{"name":"a\0b"}}]}',
        "cp1252.json": '{"results":[{"area":{"name":"Môn"}}]}'.encode("cp1252"),
        "utf16.json": '{"results":[]}'.encode("utf-16"),
        "mark.json": b"\xef\xbb\xbf\xef\xbb\xbf{}",
        "torn.json": b'{"results":[{"area":{"na',
        "brackets.json": b"[" + b"]" * MILLION,
        "blanks.json": b"{" + b" " * (31 * MEGABYTE) + b"}",
    }


def _csv() -> dict[str, bytes]:
    return {
        "columns.csv": b",".join(b"c%d" % n for n in range(MILLION)) + b"\n",
        "columns-empty.csv": b"area,party,elected" + b"," * (31 * MILLION) + b"\n",
        "columns-row.csv": _HEAD + b"," * (31 * MILLION) + b"\n",
        "rows.csv": _HEAD + b"A,LAB,1\n" * (4 * MILLION),
        "rows-short.csv": b"a\n" * (15 * MILLION),
        "rows-counted.csv": b"a\n" * (15 * MILLION) + b"# rows=14999999\n",
        "rows-blank.csv": _HEAD + b"\n" * (31 * MILLION),
        "rows-empty.csv": _HEAD + b",,\n" * (10 * MILLION),
        "rows-within.csv": _HEAD + b"".join(b"A%d,LAB,1\n" % n for n in range(29_999)),
        "quote-open.csv": _HEAD + b'A,"LAB,1\n' + b"x" * (31 * MEGABYTE),
        "quote-newlines.csv": _HEAD + b'A,"' + b"\n" * (31 * MEGABYTE),
        "quotes.csv": _HEAD + b'"' * (31 * MEGABYTE),
        "cell.csv": _HEAD + b"A" * (31 * MEGABYTE) + b",LAB,1\n",
        "number.csv": _HEAD + b"A,LAB," + b"9" * MILLION + b"\n",
        "number-within.csv": _HEAD + b"A,LAB," + b"9" * 9_999 + b"\n",
        "nul.csv": _HEAD + b"A\0,LAB,1\n",
        "nan.csv": _HEAD + b"A,LAB,NaN\n",
        "bad-utf8.csv": _HEAD + b"A\xff\x81,LAB,1\n",
        "wide.csv": _HEAD + "𝕬".encode() * (7 * MEGABYTE) + b",LAB,1\n",
        "torn-character.csv": council_sheet("Ynys Môn")[: council_sheet("Ynys Môn").index("ô".encode()) + 1],
        "utf16.csv": _HEAD.decode().encode("utf-16") + "A,LAB,1\n".encode("utf-16-le"),
        "marks.csv": b"\xef\xbb\xbf" * 3 + _HEAD + b"A,LAB,1\n",
        "trailer.csv": _HEAD + b"A,LAB,1\n# rows=999999999\n",
        "trailer-digits.csv": _HEAD + b"A,LAB,1\n# rows=" + b"9" * MILLION + b"\n",
        "returns.csv": _HEAD.replace(b"\n", b"\r") + b"A,LAB,1\r" * 100,
        "ballots.csv": b"ballot_paper_id,person_name,party_name\n" + b"local.a.b.2022-05-05,A,B\n" * 1_200_000,
        "names.csv": b",".join([b"area", b"party", b"x" * (20 * MEGABYTE)]) + b"\nA,LAB,1\n",
        "backslashes.csv": _HEAD + b"\\" * 9_999 + b",LAB,1\n",
    }


def _toml() -> dict[str, bytes]:
    return {
        "depth/night.toml": b"title = " + b"[" * MILLION,
        "tables/night.toml": b"a." * MILLION + b"a = 1",
        "keys/night.toml": b"".join(b"k%d = 1\n" % n for n in range(MILLION)),
        "number/night.toml": b"line = " + b"9" * MILLION,
        "text/night.toml": b'title = "' + b"x" * (30 * MEGABYTE) + b'"',
        "open/night.toml": b'title = """' + b'"x' * (10 * MEGABYTE),
        "surrogate/night.toml": b'title = "\\ud800"',
        "comment/night.toml": b"#" * (31 * MEGABYTE),
        "lists/night.toml": b"watch = [" + b"[]," * (5 * MILLION) + b"]",
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


def _archives() -> dict[str, bytes]:
    text = '<c r="A1" t="inlineStr"><is><t>x</t></is></c>'
    far = '<c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c>'
    square = '<c r="ACA960"><v>1</v></c>'
    return {
        "zeros.xlsx": zipped({"xl/workbook.xml": b"\0" * (300 * MEGABYTE)}),
        "blanks.xlsx": _book(_cells(" " * (200 * MEGABYTE))),
        "blanks-within.xlsx": _book(_cells(" " * (22 * MEGABYTE))),
        "far.xlsx": _book(_cells(f'<row r="1">{text}</row><row r="1048576">{far}</row>')),
        "square.xlsx": _book(_cells(f'<row r="1">{text}</row><row r="960">{square}</row>')),
        "rows.xlsx": _book(_cells("<row><c><v>1</v></c></row>" * 700_000)),
        "rows-within.xlsx": _book(_cells("<row><c><v>1</v></c></row>" * 190_000)),
        "blanks-within-12.xlsx": _book(_cells(" " * (11 * MEGABYTE))),
        "depth.xlsx": _book("<a>" * MILLION),
        "dtd.xlsx": _book('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
        "strings.xlsx": _book(_cells(text), **{"xl/sharedStrings.xml": '<sst uniqueCount="99999999999"/>'}),
        "overlapping.xlsx": overlapping(["xl/workbook.xml", *(f"{n}.xml" for n in range(900))], b" " * MEGABYTE),
        "entries.xlsx": overlapping([f"{n}.xml" for n in range(600_000)], b"x"),
        "same-names.xlsx": overlapping(["xl/workbook.xml"] * 5, b"<a/>"),
        "inside-out.xlsx": zipped({"a.zip": zipped({"b.zip": zipped({"c.xml": b"x" * MEGABYTE})})}),
        "torn.xlsx": packed({"a.xml": "<a/>" * 1000})[:-30],
        "directory.xlsx": b"PK\3\4" + b"PK\1\2" * MILLION + b"PK\5\6" + b"\xff" * 18,
        "signature.xlsx": b"PK\3\4" * (8 * MILLION),
        "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * (31 * MEGABYTE),
    }


def _others() -> dict[str, bytes]:
    return {
        "empty.xml": b"",
        "blanks.csv": b" \r\n\t" * (8 * MEGABYTE - 1),
        "zeros.csv": b"\0" * (LARGEST - 1),
        "noise.json": bytes(range(256)) * 100_000,
        "noise.csv": bytes(range(1, 256)) * 100_000,
        "too-long.csv": b"x" * (LARGEST + 1),
        "picture.png": b"\x89PNG\r\n\x1a\n" + b"x" * MEGABYTE,
    }


GROUPS: Final[dict[str, Callable[[], dict[str, bytes]]]] = {
    "xml": _xml,
    "json": _json,
    "csv": _csv,
    "toml": _toml,
    "archives": _archives,
    "others": _others,
}
"""Makers of malformed files by what they try, each file by its path."""


def quiet_files(group: str) -> dict[str, bytes]:
    """Return the files of a group; what the library that packs them warns of is what is wanted."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return GROUPS[group]()
