"""Sheets made from plain data, in any of the shapes that a spreadsheet program saves them in."""

import csv
import io
from collections.abc import Mapping, Sequence

Rows = Sequence[Mapping[str, object]]


def sheet(
    rows: Rows,
    *,
    columns: Sequence[str] | None = None,
    delimiter: str = ",",
    newline: str = "\r\n",
    quote_all: bool = False,
    bom: bool = False,
    encoding: str = "utf-8",
    trailer: bool = False,
) -> bytes:
    """Return a sheet of the rows; a missing key or None is an empty cell. `columns` gives their order."""
    names = list(columns or dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO(newline="")
    # The writer of Python 3.11 leaves a line break bare that is not the one that ends its lines: no sheet has that.
    is_broken = "\n" not in newline and any("\n" in str(cell) for row in rows for cell in row.values())
    quotes_all = quote_all or is_broken
    writer = csv.writer(
        out, delimiter=delimiter, lineterminator=newline, quoting=csv.QUOTE_ALL if quotes_all else csv.QUOTE_MINIMAL
    )
    writer.writerow(names)
    writer.writerows([("" if row.get(n) is None else row[n]) for n in names] for row in rows)
    text = out.getvalue() + (f"# rows={len(rows)}{newline}" if trailer else "")
    return (b"\xef\xbb\xbf" if bom else b"") + text.encode(encoding)


def area_rows(area: str, elected: Mapping[str, int], **facts: object) -> list[dict[str, object]]:
    """Return the rows of one area: a row a party, the facts repeated in each."""
    return [{"area": area, "party": party, "elected": n, **facts} for party, n in elected.items()]


def ward_rows(
    area: str, ward: str, candidates: Sequence[tuple[str, str, int | None, bool | None]], **facts: object
) -> list[dict[str, object]]:
    """Return the rows of one ward: a row a candidate (name, party, votes, elected), the facts repeated in each."""
    said = {True: "yes", False: "no", None: None}
    return [
        {"area": area, "ward": ward, "candidate": name, "party": party, "votes": votes, "elected": said[won], **facts}
        for name, party, votes, won in candidates
    ]


def council_sheet(area: str = "Anytown", elected: Mapping[str, int] | None = None, **facts: object) -> bytes:
    """Return the sheet of one area."""
    return sheet(area_rows(area, {"LAB": 31, "CON": 23} if elected is None else elected, **facts))
