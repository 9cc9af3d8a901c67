"""Every field of every format missing, doubled, of the wrong type or absurd: listed with its file and line.

Never a traceback, and never a silent figure: what is counted without a word is what was written, or it is not known.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import msgspec
import pytest

from dashboard.count.audit import audit
from dashboard.count.fold import Count
from dashboard.count.night import Night
from dashboard.view.check import check
from feeds.arrival import Arrival, digest
from feeds.formats import read
from feeds.report import Reading, Report
from tests.makers import absurd
from tests.makers.absurd import Wrong
from tests.makers.every_field import SETS, Files
from tests.makers.spreadsheet import Failed, Percent, ods, xlsx

MAKERS: Final[dict[str, Callable[[bytes], Iterator[Wrong]]]] = {
    "xml": absurd.xml,
    "json": absurd.json_document,
    "csv": absurd.rows,
    "toml": absurd.toml,
}
NAMES: Final = {"name", "text", "speaker"}
"""Texts that are put together of what is left, such as first name and surname."""

COUNTED: Final = {"up", "total", "elected", "candidates", "unopposed", "stage"}
"""What follows from how many are named, or marked as elected, where a format does not say it itself."""

Leaves = dict[tuple[object, ...], Any]


def leaves(value: object, way: tuple[object, ...] = ()) -> Iterator[tuple[tuple[object, ...], Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*way, key))
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            yield from leaves(inner, (*way, place))
    elif not way or way[-1] != "line":
        yield way, value


def said(reports: tuple[Report, ...]) -> Leaves:
    """Return every value that the reports hold, by its way in them."""
    found: Leaves = {}
    kinds: Counter[str] = Counter()
    for report in reports:
        kind = type(report).__name__
        found |= dict(leaves(msgspec.to_builtins(report), (kinds[kind], kind)))
        kinds[kind] += 1
    return found


def counted(files: Files) -> Count:
    """Return the count after these files, an hour after polls closed on the day that they are about."""
    closed = {True: datetime(2026, 5, 7, 22, tzinfo=UTC), False: datetime(2022, 5, 5, 22, tzinfo=UTC)}
    start = closed[all(path.endswith(".xml") for path in files)]
    count = Count()
    for number, (path, data) in enumerate(files.items()):
        at = start + timedelta(minutes=number)
        count.apply(Arrival(path=path, data=data, digest=digest(data), at=at, basis="arrived"), read(path, data))
    return count


def listed(night: Night) -> Counter[str]:
    """Return everything that a reader is told of what does not agree."""
    told = [f"{a.name}: {text}" for e in night.elections for a in e.areas for text in a.discrepancies]
    told += [c.what for c in night.conflicts]
    told += [f"{p.path}: {p.reason}" for p in night.problems]
    told += [f"{t.path}: {t.agrees} {t.reason}" for e in night.elections for t in e.totals_checks if not t.agrees]
    return Counter([*told, *(code for code, _ in night.unknown_parties), *night.test])


def draw(count: Count) -> None:
    """Have everything said of a count that can be said of it without a screen."""
    night, witness, entries = count.night(), count.witness(), count.entries()
    for election in night.elections:
        for area in election.areas:
            audit(night, election.id, area.id, witness=witness, entries=entries)
    msgspec.json.encode(check(night, entries, datetime(2026, 5, 8, tzinfo=UTC)))


def is_written(written: str | None, value: object) -> bool:
    """Whether a value is what somebody wrote, cleaned; a number as its digits say it."""
    text = (written or "").strip().strip('"').strip()
    if isinstance(value, bool):
        return text == str(value).lower()
    if isinstance(value, int | float):
        return text.lstrip("-").replace(".", "", 1).isdigit() and len(text) < 20 and float(text) == value
    return bool(text) and text[:30].casefold() in str(value).casefold()


def silent(wrong: Wrong, before: Leaves, after: Leaves) -> list[str]:
    """Return the figures that are neither those from before, nor what was written, nor unknown.

    What is missing or doubled moves its neighbours, and turns a result into a baseline: a figure is one from before
    where a field of that name had it.
    """
    known: dict[tuple[object, ...], list[object]] = {}
    for way, value in before.items():
        known.setdefault(field_of(way), []).append(value)
    return [
        f"{'/'.join(map(str, way))} = {value!r}"
        for way, value in after.items()
        if value not in known.get(field_of(way), [])
        and not is_written(wrong.written, value)
        and not (NAMES | COUNTED) & set(way)
    ]


def field_of(way: tuple[object, ...]) -> tuple[object, ...]:
    """Return the way to a value without numbers of items and without the kind of report."""
    return tuple(step for step in way[2:] if not isinstance(step, int))


def faults(files: Files, path: str, wrong: Wrong, right: Reading, told: Counter[str]) -> list[str]:
    """Return what is wrong with how one wrong document of a set of files is taken."""
    data = wrong.data
    reading = read(path, data)
    count = counted({**files, path: data})
    night = count.night()
    if reading.problem is not None:
        problems = [p for p in night.problems if p.path == path and not p.warning]
        shown = reading.problem.reason and reading.problem.line is not None and reading.problem.line > 0
        return [] if shown and problems and not reading.reports else [f"a problem without a line: {reading.problem}"]
    draw(count)
    if reading.ignored != right.ignored or listed(night) - told:
        return []
    return silent(wrong, said(right.reports), said(reading.reports))


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, made in SETS.items() for path in made()])
def test_no_field_that_is_missing_doubled_or_absurd_is_a_traceback_or_a_silent_figure(name: str, path: str) -> None:
    files = SETS[name]()
    if name == "club":  # one ballot in six shapes: each is a file of its own
        files = {path: files[path]}
    right, told = read(path, files[path]), listed(counted(files).night())
    assert right.problem is None
    assert not told
    found = {
        f"{wrong.what}: {fault}"
        for wrong in MAKERS[path.rpartition(".")[2]](files[path])
        for fault in faults(files, path, wrong, right, told)
    }
    assert found == set()


CELLS: Final = (
    True, -1, 1.5, 10**9, 1e300, Failed("#N/A"), Percent(0.5), date(1900, 1, 1),
    datetime.fromisoformat("2022-05-05T22:00"), "", "x", "-1",
)  # fmt: skip


@pytest.mark.parametrize("kind", [xlsx, ods])
def test_no_cell_of_a_spreadsheet_that_is_of_another_type_or_absurd_is_a_traceback_or_a_silent_figure(
    kind: Callable[..., bytes],
) -> None:
    columns = ("area", "party", "elected", "seats", "composition", "total", "poll_date")
    table: list[list[object]] = [
        list(columns),
        ["Anytown", "LAB", 3, 5, 3, 5, date(2022, 5, 5)],
        ["Anytown", "CON", 2, 5, 2, 5, date(2022, 5, 5)],
    ]
    right = read("a.xlsx", kind(table))
    assert right.problem is None
    found = []
    for column, name in enumerate(columns):
        for cell in CELLS:
            other = [list(row) for row in table]
            other[1][column] = cell
            wrong = Wrong(f"{name} is {cell!r}", str(cell), kind(other))
            found += [f"{wrong.what}: {f}" for f in faults({}, "a.xlsx", wrong, right, Counter())]
    assert found == []


@pytest.mark.parametrize(
    ("path", "before", "absurd_text"),
    [
        ("Local_result.xml", "seats='5'", "seats='1000000000'"),
        ("Local_result.xml", "revision='1'", "revision='-1'"),
        ("Local_result.xml", "date='2026-05-07'", "date='0000-00-00'"),
        ("Local_result.xml", "name='Lab' paId", "name='' paId"),
    ],
)
def test_the_absurd_is_quarantined_with_its_file_and_line_and_the_last_good_figures_stay(
    path: str, before: str, absurd_text: str
) -> None:
    files = SETS["local"]()
    data = files[path].replace(before.encode(), absurd_text.encode())
    assert data != files[path]
    count = counted(files)
    good = count.night().elections[0].areas
    late = datetime(2026, 5, 8, 3, tzinfo=UTC)
    count.apply(Arrival(path=path, data=data, digest=digest(data), at=late, basis="arrived"), read(path, data))
    night = count.night()
    assert night.elections[0].areas == good
    (problem,) = night.problems
    assert (problem.path, problem.warning) == (path, False)
    assert problem.line is not None
    assert night.files.quarantined == 1
