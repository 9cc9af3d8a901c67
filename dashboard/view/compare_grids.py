"""A comparison as grids of cells, and the lines that say what stands on either side."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from dashboard.view.compare import AreaRow, Comparison, Difference, OneSided, Pair, SideRow, Since, Value
from dashboard.view.grids import Cell, Grid
from dashboard.view.measures import baseline_brief
from dashboard.view.words import UNKNOWN, control_words, grouped, party_long, seats_words, signed, span_words
from feeds.report import NOC

_SINCE: dict[Since, str] = {"polls-closed": "polls closed", "first-file": "the first file"}


def since_words(seconds: int, *since: Since) -> str:
    """Return a time since something: `5 h 01 after polls closed`, `10 min before polls closed`, `4 s after …`.

    Where the two sides count from something else, that is said: `4 s after polls closed in A, the first file in B`.
    """
    span = timedelta(seconds=abs(seconds))
    words = span_words(span)
    if timedelta(hours=1) <= span < timedelta(days=2):
        hours, minutes = divmod(span // timedelta(minutes=1), 60)
        words = f"{hours} h {minutes:02}"
    of = _SINCE[since[0]] if since else _SINCE["polls-closed"]
    if len(set(since)) > 1:
        of = ", ".join(f"{_SINCE[each]} in {letter}" for each, letter in zip(since, "AB", strict=True))
    return f"{words} {'before' if seconds < 0 else 'after'} {of}"


def side_words(letter: str, side: SideRow) -> str:
    """Return what stands on a side: `A  2018-05-03-local: Local elections …, as at Fri 4 May 2018 03:00, 5 h 00 …`.

    What is not real is said before all else: `TEST DATA`, `REHEARSAL`.
    """
    at = datetime.fromisoformat(side.as_at)
    when = f"{at:%a} {at.day} {at:%B %Y %H:%M}, {since_words(side.since_close, side.since)}"
    unreal = "".join(f"{word}: " for word, is_so in (("TEST DATA", side.test), ("REHEARSAL", side.rehearsal)) if is_so)
    return f"{letter}  {side.source}: {unreal}{side.title}, as at {when}"


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
