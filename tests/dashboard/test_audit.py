"""An audit proves every figure: on the three shipped nights, all cells, against a reading of the files of its own."""

import csv
from collections import Counter, defaultdict
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from dashboard.commands.source import played
from dashboard.count.audit import TOTAL_FIGURES, Audit, TotalAudit, audit, audit_total
from dashboard.count.facts import Reckoning
from dashboard.count.night import Area, Election
from dashboard.player import Player
from feeds.saved import shipped

NIGHTS = ("2018-05-03-local", "2019-12-12-general", "2022-05-05-local")
CELLS = ("elected", "composition", "before", "change")
Row = dict[str, str]


@cache
def player(name: str) -> Player:
    return played(name)[0]


def election(name: str) -> Election:
    (only,) = player(name).night.elections
    return only


@cache
def proof(name: str, area_id: str) -> Audit:
    of = player(name)
    return audit(of.night, election(name).id, area_id, witness=of.witness(), entries=of.files())


def areas(name: str) -> list[Area]:
    return list(election(name).areas)


# The files, read without the program's own readers


def rows(path: Path) -> list[tuple[int, Row]]:
    """Return the rows of a sheet with their lines; what starts with # is none."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return [(reader.line_num, row) for row in reader if not next(iter(row.values())).startswith("#")]


@cache
def about(path: Path) -> dict[str, list[tuple[int, Row]]]:
    """Return a sheet's rows about whole areas by their names."""
    found: dict[str, list[tuple[int, Row]]] = defaultdict(list)
    for line, row in rows(path):
        if not row.get("ward"):
            found[name_of(row)].append((line, row))
    return found


@cache
def folder(name: str) -> Path:
    return Path(str(files("feeds") / "nights" / name))


def name_of(row: Row) -> str:
    return row.get("area") or row["constituency"]


def seats(table: list[Row], column: str) -> Counter[str] | None:
    found: Counter[str] = Counter()
    stated = [row for row in table if row.get(column) and row["party"]]
    for row in stated:
        found[row["party"].upper()] += int(row[column])
    return found if stated else None


def one(table: list[Row], column: str) -> str | None:
    values = {row[column] for row in table if row.get(column)}
    assert len(values) <= 1, (column, values)
    return next(iter(values), None)


@cache
def result_rows(name: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for path in sorted((folder(name) / "results").iterdir()):
        for _, row in rows(path):
            found[name_of(row)].append(row)
    return found


@cache
def ward_seats(name: str) -> dict[str, dict[str, Counter[str]]]:
    """Return the seats won in each ward of each council that has sheets of its wards."""
    found: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for path in sorted((folder(name) / "wards").glob("*/*.csv")):
        for _, row in rows(path):
            found[row["area"]][row["ward"]][row["party"].upper()] += int(row["elected"])
    return found


@cache
def before_rows(name: str) -> dict[str | None, dict[str, list[Row]]]:
    """Return the rows about whole areas of each baseline by its name, None for the night's own."""
    found: dict[str | None, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for path in sorted(folder(name).glob("baseline*.csv")):
        for _, row in rows(path):
            if not row.get("ward"):
                found[row.get("baseline") or None][name_of(row)].append(row)
    return found


def composition(table: list[Row]) -> Counter[str]:
    after = seats(table, "composition") or seats(table, "elected")
    assert after is not None
    return after


def moved(after: Counter[str], held: Counter[str]) -> dict[str, int]:
    """Return after less before; who is counted among the others before is so after, too."""
    lumped: Counter[str] = Counter()
    for code, n in after.items():
        lumped["OTH" if held["OTH"] and code not in held else code] += n
    return {code: lumped[code] - held[code] for code in {*lumped, *held}}


def control(table: list[Row]) -> str:
    stated = one(table, "control")
    if stated is not None:
        return stated.upper()
    after = composition(table)
    return next((code for code, n in after.items() if 2 * n > sum(after.values())), "NOC")


def outcome(now: str, before: str) -> str:
    if before == "NEW":
        return "new"
    if now == before:
        return "stays-noc" if now == "NOC" else "hold"
    return "loss" if now == "NOC" else "gain"


def turnout(table: list[Row]) -> float | None:
    ballots, people = one(table, "turnout"), one(table, "electorate")
    return None if ballots is None or people is None else round(100 * int(ballots) / int(people), 2)


@cache
def expected(name: str, where: str, baseline: str | None) -> dict[str, Any]:
    """Return every figure of an area as its files give it."""
    table, before = result_rows(name)[where], before_rows(name)[baseline].get(where, [])
    after, held = composition(table), seats(before, "held")
    previous = one(before, "previous_control")
    before_control = previous.upper() if previous else None
    now = control(table)
    new = before_control == "NEW"
    return {
        "elected": seats(table, "elected"),
        "composition": after,
        "before": None if new else held,
        "change": None if new or held is None else moved(after, held),
        "control": now,
        "previous": before_control,
        "outcome": None if before_control is None else outcome(now, before_control),
        "turnout": turnout(table),
    }


def cell(figures: dict[str, Any], figure: str, party: str | None) -> Any:
    value = figures[figure]
    if party is None or value is None:
        return value
    if figure == "change" and party not in value:
        return None if (figures["before"] or {}).get("OTH") else 0
    return value.get(party, 0)


# All cells


def own_baseline(name: str, reckoning: Reckoning) -> str | None:
    """Return the name under which the files give what a sum is measured against."""
    return None if reckoning.baseline in {None, election(name).baseline} else reckoning.baseline


@pytest.mark.parametrize("name", NIGHTS)
def test_every_figure_of_every_area_and_party_is_what_the_files_give(name: str) -> None:
    assert tuple(shipped()) == NIGHTS
    wrong, cells = [], 0
    for area in areas(name):
        found = proof(name, area.id)
        parties = {r.party for r in found.reckonings if r.party is not None}
        assert {c for s in (area.elected, area.composition, area.before, area.change) for c in s or {}} <= parties
        told = {(r.figure, r.party) for r in found.reckonings}
        assert {(f, p) for f in CELLS for p in parties} <= told
        assert {(f, None) for f in ("control", "previous", "outcome", "turnout")} <= told
        for r in found.reckonings:
            if r.check or r.figure not in {*CELLS, "control", "previous", "outcome", "turnout"}:
                continue
            cells += 1
            theirs = cell(expected(name, area.name, own_baseline(name, r)), r.figure, r.party)
            if not r.value == r.shown == theirs:
                wrong.append((area.name, r.figure, r.party, r.baseline, r.value, r.shown, theirs))
    assert wrong == []
    assert cells > 12 * len(areas(name))


def shown(area: Area, r: Reckoning) -> Any:
    """Return a figure as the night has it, whatever the audit says is shown."""
    if r.party is None:
        return getattr(area, r.figure)
    value = getattr(area, r.figure)
    return None if value is None else value.get(r.party, 0)


@pytest.mark.parametrize("name", NIGHTS)
def test_what_an_audit_says_is_shown_is_what_the_night_shows(name: str) -> None:
    for area in areas(name):
        for r in proof(name, area.id).reckonings:
            if r.figure in {*CELLS, "control", "previous", "outcome", "turnout", "total", "up"} and (
                r.baseline in {None, election(name).baseline}
            ):
                ours = shown(area, r)
                assert r.shown == ours or (r.figure == "change" and r.shown is None and not ours), (area.name, r)


@pytest.mark.parametrize("name", NIGHTS)
def test_the_terms_of_every_sum_add_up_and_name_lines_that_say_so(name: str) -> None:
    columns = {"elected": "elected", "composition": "composition", "before": "held"}
    for area in areas(name):
        for r in proof(name, area.id).reckonings:
            if r.how == "sum":
                numbers = [t.value for t in r.terms]
                assert sum(n for n in numbers if isinstance(n, int)) == r.value, (area.name, r)
            for term in r.terms if r.figure in columns and r.how == "stated" else ():
                assert term.source is not None
                assert term.source.line is not None
                mine = about(folder(name) / term.source.path)[area.name]
                assert mine[0][0] == term.source.line
                given = seats([row for _, row in mine], columns[r.figure])
                assert given is not None
                assert given.get(r.party or "", 0) == term.value


@pytest.mark.parametrize("name", ["2018-05-03-local", "2022-05-05-local"])
def test_a_councils_seats_are_the_sum_of_its_wards_sheets(name: str) -> None:
    counted = 0
    for area in areas(name):
        wards = ward_seats(name).get(area.name)
        sums = [r for r in proof(name, area.id).reckonings if r.figure == "elected" and r.check]
        assert bool(sums) == (wards is not None)
        for r in sums:
            assert wards is not None
            assert {t.name: t.value for t in r.terms} == {ward: won[r.party or ""] for ward, won in wards.items()}
            assert all(t.source is not None and t.source.path.startswith("wards/") for t in r.terms)
            assert r.agrees
            counted += 1
    assert counted


def totals(name: str) -> list[TotalAudit]:
    of, witness = election(name), player(name).witness()
    return [
        audit_total(player(name).night, of.id, row.party, figure, witness=witness)
        for row in of.parties
        for figure in TOTAL_FIGURES
    ]


def over_the_night(name: str) -> dict[str, Counter[str]]:
    """Return every party's four figures over the election, added up from the files."""
    found: dict[str, Counter[str]] = {figure: Counter() for figure in TOTAL_FIGURES}
    for where, table in result_rows(name).items():
        figures = expected(name, where, None)
        found["seats"].update(seats(table, "elected") or {})
        for code, n in (figures["change"] or {}).items():
            found["change"][code] += n
        found["areas"][figures["control"]] += 1
        if figures["previous"] not in {None, "NEW", figures["control"]}:
            found["areas_change"][figures["control"]] += 1
            found["areas_change"][figures["previous"]] -= 1
    return found


@pytest.mark.parametrize("name", NIGHTS)
def test_every_figure_of_every_party_over_the_election_is_what_the_files_give(name: str) -> None:
    theirs = over_the_night(name)
    for found in totals(name):
        r = found.reckoning
        row = next(p for p in election(name).parties if p.party == found.party)
        assert r.value == r.shown == getattr(row, r.figure)
        if r.value is None:
            assert (r.figure, r.terms) == ("change", ())
            continue
        assert r.value == theirs[r.figure][found.party], (found.party, r.figure)
        assert sum(t.value for t in r.terms if isinstance(t.value, int)) == r.value
        assert len({t.name for t in r.terms}) == found.areas
        assert found.areas + len(found.without) == len(areas(name))
    assert len(totals(name)) == 4 * len(election(name).parties)


@pytest.mark.parametrize("name", NIGHTS)
def test_each_term_of_a_partys_seats_names_an_area_and_the_file_that_says_so(name: str) -> None:
    stated = {where: seats(table, "elected") or Counter() for where, table in result_rows(name).items()}
    for found in totals(name):
        if found.reckoning.figure != "seats":
            continue
        for term in found.reckoning.terms:
            assert term.source is not None
            assert term.source.path.startswith("results/")
            assert term.value == stated[term.name or ""][found.party]
