"""A comparison as grids of cells, and the lines that say what stands on either side."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from dashboard.view.compare import AreaRow, Comparison, Difference, OneSided, Pair, SideRow, Value
from dashboard.view.grids import Cell, Grid
from dashboard.view.measures import baseline_brief
from dashboard.view.words import UNKNOWN, control_words, grouped, party_long, seats_words, signed
from feeds.report import NOC


def since_words(seconds: int) -> str:
    """Return a time since polls closed: `5 h 00 after polls closed`, `0 h 10 before polls closed`."""
    span = timedelta(seconds=abs(seconds))
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    return f"{hours} h {minutes:02} {'before' if seconds < 0 else 'after'} polls closed"


def side_words(letter: str, side: SideRow) -> str:
    """Return what stands on a side: `A  2018-05-03-local: Local elections …, as at Fri 4 May 2018 03:00, 5 h 00 …`."""
    at = datetime.fromisoformat(side.as_at)
    when = f"{at:%a} {at.day} {at:%B %Y %H:%M}, {since_words(side.since_close)}"
    return f"{letter}  {side.source}: {side.title}, as at {when}"


def comparison_lines(comparison: Comparison) -> list[str]:
    """Return the lines over all grids: what is compared, and whether anything differs."""
    lines = [side_words("A", comparison.a), side_words("B", comparison.b)]
    if comparison.one_night:
        lines.append("two sources of one night: " + _verdict(comparison))
    lines += [f"{name}: on one side only" for name in comparison.alone]
    return lines


def _verdict(comparison: Comparison) -> str:
    if not comparison.differs:
        return "no figure differs"
    number = sum(len(p.differences) for p in comparison.elections)
    return f"{number:,} {'figure differs' if number == 1 else 'figures differ'}"


def comparison_grids(comparison: Comparison) -> list[Grid]:
    """Return the grids of every election: tallies; what differs; control then and now; councils of one side."""
    return [grid for pair in comparison.elections for grid in _grids(pair, comparison.one_night)]


def _grids(pair: Pair, one_night: bool) -> list[Grid]:
    grids = [_tallies(pair)]
    if one_night:
        grids.append(_differences(pair.differences))
    else:
        grids += [
            _control("Control differs", (row for row in pair.areas if row.differs and all(row.declared))),
            _control("Control is the same", (row for row in pair.areas if not row.differs and all(row.declared))),
            _control("Not declared on both sides", (row for row in pair.areas if not all(row.declared))),
        ]
    grids += [
        _one_sided("New councils", pair.new),
        _one_sided("Only in A: abolished, or no election in B", pair.only_a),
        _one_sided("Only in B: no election in A", pair.only_b),
    ]
    return [grid for grid in grids if grid.rows]


def _baselines(pair: Pair) -> str:
    a, b = map(baseline_brief, pair.baselines)
    return a if a == b else f"{a} in A, {b} in B"


def _tallies(pair: Pair) -> Grid:
    a, b = (f"{d:,} of {e:,}" for d, e in zip(pair.declared, pair.expected, strict=True))
    rows: list[tuple[Cell, ...]] = []
    for row in pair.tallies:
        seats = (None, None) if row.party == NOC else row.seats
        rows.append((party_long(row.party), *seats, _more(seats), *row.change, *row.areas, _more(row.areas)))
    return Grid(
        f"{pair.name}: declared in A {a}, in B {b}; ± {_baselines(pair)}",
        (
            ("party", "text"),
            ("seats A", "number"),
            ("B", "number"),
            ("B − A", "change"),
            ("change A", "change"),
            ("B", "change"),
            ("areas A", "number"),
            ("B", "number"),
            ("B − A", "change"),
        ),
        tuple(rows),
    )


def _more(both: tuple[int | None, int | None]) -> int | None:
    a, b = both
    return None if a is None or b is None else b - a


def _control(title: str, rows: Iterable[AreaRow]) -> Grid:
    found = tuple(
        (row.area, control_words(row.control[0]), control_words(row.control[1]), *map(seats_words, row.seats))
        for row in rows
    )
    columns = ("area", "A", "B", "seats A", "seats B")
    return Grid(f"{title}: {len(found):,}", tuple((name, "text") for name in columns), found)


def _one_sided(title: str, rows: Iterable[OneSided]) -> Grid:
    found = tuple((row.area, control_words(row.control), seats_words(row.seats)) for row in rows)
    return Grid(f"{title}: {len(found):,}", (("area", "text"), ("control", "text"), ("seats", "text")), found)


def _differences(differences: Iterable[Difference]) -> Grid:
    rows = tuple(
        (d.area or "all", d.figure.replace("_", " "), d.party or "", _text(d.figure, d.a), _text(d.figure, d.b))
        for d in differences
    )
    columns = ("area", "figure", "party", "A", "B")
    return Grid(f"What differs: {len(rows):,}", tuple((name, "text") for name in columns), rows)


def _text(figure: str, value: Value) -> str:
    if value is None:
        return UNKNOWN
    if not isinstance(value, int):
        return str(value)
    return signed(value) if "change" in figure else grouped(value)
