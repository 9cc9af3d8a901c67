"""Spreadsheet files (.xlsx, .ods) made from rows of plain values, as small as the programs would take them."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from html import escape
from typing import NamedTuple

Rows = Sequence[Sequence[object]]
"""Rows of cells: text, number, bool, date, time, datetime, `Percent`, `Failed`; None is an empty cell."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_STYLES = {date: 1, time: 2, datetime: 3}
_EPOCH = datetime.fromisoformat("1899-12-30")
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


class Percent(NamedTuple):
    """A number that is shown as a percentage: 0.345 as 34.5%."""

    fraction: float


class Failed(NamedTuple):
    """A formula that went wrong."""

    error: str = "#REF!"


class Sheet(NamedTuple):
    """One worksheet; its first row stands in the sheet's row `first`, its first cell in the column `left`."""

    rows: Rows
    name: str = "Sheet1"
    first: int = 1
    left: int = 0
    hidden: bool = False


def packed(parts: Mapping[str, str | bytes], stored: bool = False) -> bytes:
    """Return a zip archive of the parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def xlsx(*sheets: Sheet | Rows) -> bytes:
    """Return an Excel file."""
    return packed(xlsx_parts(*sheets))


def xlsx_parts(*sheets: Sheet | Rows) -> dict[str, str | bytes]:
    """Return the parts of an Excel file, by name."""
    made = [sheet if isinstance(sheet, Sheet) else Sheet(sheet) for sheet in sheets]
    strings: list[str] = []
    tables = {f"xl/worksheets/sheet{i}.xml": xlsx_sheet(_xlsx_rows(sheet, strings)) for i, sheet in enumerate(made, 1)}
    listed = "".join(_xlsx_name(i, sheet) for i, sheet in enumerate(made, 1))
    links = "".join(
        f'<Relationship Id="rId{i}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(made) + 1)
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="hh:mm"/>'
        '<numFmt numFmtId="165" formatCode="yyyy-mm-dd hh:mm"/></numFmts><cellXfs count="5"><xf numFmtId="0"/>'
        '<xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="10"/></cellXfs></styleSheet>',
        "xl/sharedStrings.xml": strings_of(strings),
        **tables,
    }


def _xlsx_name(number: int, sheet: Sheet) -> str:
    state = ' state="hidden"' if sheet.hidden else ""
    return f'<sheet name="{escape(sheet.name)}" sheetId="{number}" r:id="rId{number}"{state}/>'


def strings_of(strings: Sequence[str], attributes: str = "") -> str:
    """Return the part of an Excel file that holds the texts of its cells."""
    items = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings)
    return f'<sst xmlns="{_MAIN}"{attributes}>{items}</sst>'


def xlsx_sheet(rows: str) -> str:
    """Return a worksheet of an Excel file, given its rows as XML."""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def _xlsx_rows(sheet: Sheet, strings: list[str]) -> str:
    rows = []
    for number, row in enumerate(sheet.rows, sheet.first):
        cells = [_xlsx_cell(f"{chr(65 + i)}{number}", cell, strings) for i, cell in enumerate(row, sheet.left)]
        rows.append(f'<row r="{number}">{"".join(cells)}</row>')
    return "".join(rows)


def _xlsx_cell(place: str, cell: object, strings: list[str]) -> str:
    match cell:
        case None:
            return f'<c r="{place}" s="1"/>'
        case bool():
            return f'<c r="{place}" t="b"><v>{cell:d}</v></c>'
        case int() | float():
            return f'<c r="{place}"><v>{cell!r}</v></c>'
        case Percent():
            return f'<c r="{place}" s="4"><v>{cell.fraction!r}</v></c>'
        case Failed():
            return f'<c r="{place}" t="e"><f>1/0</f><v>{cell.error}</v></c>'
        case date() | time():
            return f'<c r="{place}" s="{_STYLES[type(cell)]}"><v>{_serial(cell)!r}</v></c>'
        case _:
            strings.append(str(cell))
            return f'<c r="{place}" t="s"><v>{len(strings) - 1}</v></c>'


def _serial(moment: date | time) -> float:
    """Return a time as Excel counts: days since the end of 1899."""
    if isinstance(moment, time):
        moment = datetime.combine(_EPOCH, moment)
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    return (moment - _EPOCH).total_seconds() / 86_400


def ods(*sheets: Sheet | Rows) -> bytes:
    """Return an OpenDocument file, its rows and cells followed by the empty ones that programs write after them."""
    made = [sheet if isinstance(sheet, Sheet) else Sheet(sheet) for sheet in sheets]
    return packed(ods_parts("".join(_ods_table(sheet) for sheet in made)))


def ods_parts(tables: str, manifest: str = "") -> dict[str, str | bytes]:
    """Return the parts of an OpenDocument file, given its tables as XML."""
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    names += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    hidden = '<style:style style:name="no"><style:table-properties table:display="false"/></style:style>'
    return {
        "mimetype": _MIMETYPE,
        "content.xml": f"<office:document-content{names}>{hidden}<office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>",
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0">'
        f"{manifest}</manifest:manifest>",
    }


def _ods_table(sheet: Sheet) -> str:
    before = f'<table:table-row table:number-rows-repeated="{sheet.first - 1}"><table:table-cell/></table:table-row>'
    left = f'<table:table-cell table:number-columns-repeated="{sheet.left}"/>' if sheet.left else ""
    end = '<table:table-cell table:number-columns-repeated="16370"/></table:table-row>'
    rows = "".join(f"<table:table-row>{left}{''.join(map(_ods_cell, row))}{end}" for row in sheet.rows)
    after = '<table:table-row table:number-rows-repeated="1048560"><table:table-cell/></table:table-row>'
    style = ' table:style-name="no"' if sheet.hidden else ""
    return (
        f'<table:table table:name="{escape(sheet.name)}"{style}>'
        f"{before if sheet.first > 1 else ''}{rows}{after}</table:table>"
    )


def _ods_cell(cell: object) -> str:
    match cell:
        case None:
            return "<table:table-cell/>"
        case bool():
            said = f'office:value-type="boolean" office:boolean-value="{str(cell).lower()}"'
        case int() | float():
            said = f'office:value-type="float" office:value="{cell!r}"'
        case Percent():
            said = f'office:value-type="percentage" office:value="{cell.fraction!r}"'
        case Failed():
            said = 'office:value-type="string" office:string-value="" calcext:value-type="error"'
            return f"<table:table-cell {said}><text:p>{cell.error}</text:p></table:table-cell>"
        case time():
            said = f'office:value-type="time" office:time-value="PT{cell:%HH%MM%SS}"'
        case date():
            said = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
        case _:
            said = 'office:value-type="string"'
    return f"<table:table-cell {said}><text:p>{escape(str(cell))}</text:p></table:table-cell>"
