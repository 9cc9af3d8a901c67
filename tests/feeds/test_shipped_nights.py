"""The saved nights that ship, read with nothing but `csv`: complete, consistent, and honest about times."""

import csv
import io
import tomllib
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

import pytest

import feeds
from feeds.parties import party_code, register
from feeds.report import Settings

NIGHTS = Path(feeds.__file__).parent / "nights"
LOCAL = ["2018-05-03-local", "2022-05-05-local"]
GENERAL = "2019-12-12-general"
ALL = [*LOCAL, GENERAL]
BESIDE = {"arrivals.csv", "SOURCES.md"}
NUMBERS = {
    *("elected", "seats", "votes", "composition", "held", "continuing", "candidates", "total", "vacant"),
    "deferred",
}
COLUMNS = NUMBERS | {
    *("area", "constituency", "party", "code", "region", "election", "poll_date", "ward", "candidate"),
    *("electorate", "turnout", "control", "previous_control", "declared_at", "expected_at"),
}

Row = dict[str, str]
Rows = Sequence[Row]


@cache
def sheet(night: str, path: str) -> tuple[Row, ...]:
    """Return a sheet's data rows, without the last line, which says how many there are."""
    lines = (NIGHTS / night / path).read_text(encoding="utf-8").splitlines(keepends=True)
    rows = tuple(csv.DictReader(io.StringIO("".join(lines[:-1]), newline="")))
    assert lines[-1] == f"# rows={len(rows)}\n", path
    return rows


@cache
def files(night: str) -> tuple[str, ...]:
    root = NIGHTS / night
    found = (p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file())
    return tuple(sorted(f for f in found if f not in BESIDE))


@cache
def arrivals(night: str) -> tuple[Row, ...]:
    with (NIGHTS / night / "arrivals.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def under(night: str, folder: str) -> list[str]:
    return [f for f in files(night) if f.startswith(folder + "/")]


def name(row: Row) -> str:
    return row.get("area") or row["constituency"]


@cache
def results(night: str) -> dict[str, tuple[Row, ...]]:
    """Return the rows of each area by its name; fails where an area has two files or a file two areas."""
    found: dict[str, tuple[Row, ...]] = {}
    for path in under(night, "results"):
        (area,) = {name(r) for r in sheet(night, path)}
        assert area not in found, area
        found[area] = sheet(night, path)
    return found


@cache
def baseline(night: str) -> dict[str, list[Row]]:
    """Return each area's rows of the baseline, without those of its wards."""
    found: dict[str, list[Row]] = {}
    for row in sheet(night, "baseline.csv"):
        if not row.get("ward"):
            found.setdefault(name(row), []).append(row)
    return found


def seats(rows: Rows, column: str) -> dict[str, int]:
    """Return a column's sum by party, without the parties that have 0."""
    found: Counter[str] = Counter()
    for row in rows:
        found[row["party"]] += int(row[column])
    return dict(+found)


def one(rows: Rows, column: str) -> int:
    """Return the number that all rows of an area have in a column; 0 where there is no such column."""
    (value,) = {r.get(column, "0") for r in rows}
    return int(value)


def control(night: str, area: str) -> tuple[str, str]:
    (before,) = {r["previous_control"] for r in baseline(night)[area]}
    (after,) = {r["control"] for r in results(night)[area]}
    return before, after


@pytest.mark.parametrize("night", ALL)
def test_settings_have_known_keys_and_the_nights_own_date(night: str) -> None:
    settings = tomllib.loads((NIGHTS / night / "night.toml").read_text(encoding="utf-8"))
    assert set(settings) <= set(Settings.__struct_fields__)
    assert settings["poll_date"] == date.fromisoformat(night[:10])
    assert settings["polls_close"] == time(22, 0)
    assert settings["baseline"] == ("last-election" if night == GENERAL else "eve-of-poll")
    assert set(settings["watch"]) <= set(results(night))


@pytest.mark.parametrize("night", ALL)
def test_every_sheet_is_whole_with_known_columns_numbers_and_parties(night: str) -> None:
    known = {*register(), "ASPIRE", ""}
    for path in ["baseline.csv", *under(night, "results"), *under(night, "wards")]:
        for row in sheet(night, path):
            assert set(row) <= COLUMNS, path
            assert all(v == v.strip() and "â€" not in v for v in row.values()), path
            assert all(not row.get(c) or int(row[c]) >= 0 for c in NUMBERS), path
            assert (party_code(row["party"]) if row["party"] else "") in known, path
            assert row["poll_date"] == night[:10], path
            assert bool(row.get("elected")) == (path != "baseline.csv"), path


@pytest.mark.parametrize("night", ALL)
def test_file_names_are_plain(night: str) -> None:
    assert all(c in "abcdefghijklmnopqrstuvwxyz0123456789-./" for f in files(night) for c in f)


@pytest.mark.parametrize("night", ALL)
def test_arrivals_list_every_file_once_in_order(night: str) -> None:
    rows = arrivals(night)
    assert [int(r["position"]) for r in rows] == list(range(1, len(rows) + 1))
    assert sorted(r["file"] for r in rows) == list(files(night))
    order = [(datetime.fromisoformat(r["at"]), r["file"]) for r in rows]
    assert order == sorted(order)
    assert all(at.utcoffset() is not None for at, _ in order)
    polls_close = datetime.fromisoformat(f"{night[:10]}T22:00").replace(tzinfo=order[0][0].tzinfo)
    assert all(
        (at == polls_close) == (f == "night.toml" or f.startswith("baseline") or "-before." in f) for at, f in order
    )


@pytest.mark.parametrize("night", ALL)
def test_no_time_without_a_source_is_a_declaration(night: str) -> None:
    for row in arrivals(night):
        stated = {r.get("declared_at", "") for r in sheet(night, row["file"])} if row["file"][-4:] == ".csv" else {""}
        assert (row["basis"] == "declared") == (stated != {""}), row
        if row["basis"] == "declared":
            assert {datetime.fromisoformat(s) for s in stated} == {datetime.fromisoformat(row["at"])}


def test_local_times_are_reported_expected_or_unknown_and_estimates_are_the_baselines() -> None:
    counts = {n: Counter(r["basis"] for r in arrivals(n) if r["file"].startswith("results/")) for n in ALL}
    assert counts[LOCAL[0]] == {"reported": 47, "unknown": 103}
    assert counts[LOCAL[1]] == {"reported": 4, "expected": 133, "unknown": 63}
    assert counts[GENERAL] == {"declared": 650}
    night = LOCAL[1]
    for row in arrivals(night):
        if row["basis"] == "expected":
            area = name(sheet(night, row["file"])[0])
            (expected,) = {r["expected_at"] for r in baseline(night)[area]}
            assert datetime.fromisoformat(expected) == datetime.fromisoformat(row["at"])


@pytest.mark.parametrize("night", ALL)
def test_every_area_of_the_baseline_has_one_result(night: str) -> None:
    assert set(results(night)) == set(baseline(night))
    assert len(results(night)) == {LOCAL[0]: 150, LOCAL[1]: 200, GENERAL: 650}[night]


@pytest.mark.parametrize("night", LOCAL)
def test_seats_add_up_in_every_council(night: str) -> None:
    for area, rows in results(night).items():
        elected, after = seats(rows, "elected"), seats(rows, "composition")
        total, up = one(rows, "total"), one(rows, "seats")
        assert sum(after.values()) + one(rows, "vacant") == total, area
        assert sum(elected.values()) + one(rows, "deferred") == up, area
        assert all(elected[p] <= after[p] for p in elected), area
        assert up < total or elected == after, area
        assert (one(baseline(night)[area], "total"), one(baseline(night)[area], "seats")) == (total, up), area


@pytest.mark.parametrize("night", LOCAL)
def test_stated_control_is_a_majority_but_for_crawley(night: str) -> None:
    for area, rows in results(night).items():
        largest, most = max(seats(rows, "composition").items(), key=lambda s: s[1])
        has = largest if most > one(rows, "total") // 2 else "NOC"
        assert control(night, area)[1] == has or (area, has) == ("Crawley", "NOC"), area


@pytest.mark.parametrize("night", LOCAL)
def test_wards_add_up_to_their_council_and_come_before_it(night: str) -> None:
    at = {r["file"]: r["at"] for r in arrivals(night)}
    elected: dict[str, Counter[str]] = {}
    up: Counter[str] = Counter()
    for path in under(night, "wards"):
        rows = sheet(night, path)
        (area,) = {r["area"] for r in rows}
        won = seats(rows, "elected")
        assert sum(won.values()) == one(rows, "seats"), path
        elected.setdefault(area, Counter()).update(won)
        up[area] += one(rows, "seats")
        assert at[path] < at[f"results/{path.split('/')[1]}.csv"]
    five = {"Westminster", "Wandsworth", "Barnet", "Portsmouth", "Cumberland"}
    assert set(elected) == (five if night[:4] == "2022" else {"Westminster"})
    for area, won_there in elected.items():
        assert won_there == seats(results(night)[area], "elected"), area
        assert up[area] == one(results(night)[area], "seats"), area


@pytest.mark.parametrize("night", LOCAL)
def test_quotes_and_notes_name_a_council_and_give_nothing_away(night: str) -> None:
    at = {r["file"]: r["at"] for r in arrivals(night)}
    result_of = {name(sheet(night, f)[0]): f for f in under(night, "results")}
    for path in [*under(night, "quotes"), *under(night, "notes")]:
        for row in sheet(night, path):
            assert row["text"]
            assert row.get("speaker") or row.get("kind")
            assert "-before." in path or at[path] > at[result_of[row["area"]]], path


@pytest.mark.parametrize(
    ("night", "area", "seats_after"),
    [
        (LOCAL[0], "Westminster", "CON>CON 60 CON41 LAB19"),
        (LOCAL[1], "Westminster", "CON>LAB 54 LAB31 CON23"),
        (LOCAL[1], "Wandsworth", "CON>LAB 58 LAB35 CON22 IND1"),
        (LOCAL[1], "Barnet", "CON>LAB 63 LAB41 CON22"),
        (LOCAL[1], "Cumberland", "new>LAB 46 LAB30 CON7 LD4 IND3 GRN2"),
        (LOCAL[1], "Portsmouth", "NOC>NOC 42 LD17 CON13 LAB9 IND3"),
        (LOCAL[1], "Crawley", "NOC>LAB 36 LAB18 CON17"),
    ],
)
def test_the_councils_that_were_checked_are_as_they_were(night: str, area: str, seats_after: str) -> None:
    rows = results(night)[area]
    parties = (f"{p}{n}" for p, n in Counter(seats(rows, "composition")).most_common())
    assert f"{'>'.join(control(night, area))} {one(rows, 'total')} {' '.join(parties)}" == seats_after


def test_the_eve_of_poll_is_the_baseline() -> None:
    assert seats(baseline(LOCAL[0])["Westminster"], "held") == {"CON": 44, "LAB": 15, "IND": 1}
    portsmouth = baseline(LOCAL[1])["Portsmouth"]
    assert seats(portsmouth, "held") == {"CON": 17, "LD": 15, "LAB": 7, "IND": 3}
    assert one(portsmouth, "seats") == 14


def test_2022_has_eleven_labour_gains_and_four_new_councils() -> None:
    night = LOCAL[1]
    changes = {area: control(night, area) for area in results(night)}
    gains = {a for a, (before, after) in changes.items() if after == "LAB" and before not in {"LAB", "new"}}
    assert gains == {
        *("Barnet", "Blaenau Gwent", "Bridgend", "Crawley", "Kirklees", "Rossendale", "Southampton"),
        *("Wandsworth", "West Dunbartonshire", "Westminster", "Worthing"),
    }
    new = {a for a, (before, _) in changes.items() if before == "new"}
    assert new == {"Cumberland", "North Yorkshire", "Somerset", "Westmorland and Furness"}
    assert all(not r["held"] and not r["party"] for a in new for r in baseline(night)[a])


def test_seats_whose_poll_was_put_off_are_deferred_and_vacant() -> None:
    short = {a: one(r, "deferred") for n in LOCAL for a, r in results(n).items() if one(r, "deferred")}
    assert short == {
        **dict.fromkeys(["Brent", "Southwark", "Kingston upon Thames", "Redbridge"], 3),
        "Neath Port Talbot": 2,
        "Na h-Eileanan Siar": 2,
        "Shetland Islands": 1,
    }


def test_2019_has_one_winner_a_seat_with_the_most_votes_and_the_known_totals() -> None:
    winners: Counter[str] = Counter()
    for area, rows in results(GENERAL).items():
        (winner,) = (r for r in rows if r["elected"] == "1")
        assert int(winner["votes"]) == max(int(r["votes"]) for r in rows), area
        assert not any(r["candidate"] for r in rows if r is not winner), area
        assert sum(int(r["votes"]) for r in rows) <= one(rows, "turnout") <= one(rows, "electorate"), area
        (before,) = baseline(GENERAL)[area]
        assert (before["held"], before["total"], before["previous_control"]) == ("1", "1", before["party"])
        winners[winner["party"]] += 1
    assert winners == Counter(CON=365, LAB=202, SNP=48, LD=11, DUP=8, SF=7, PC=4, SDLP=2, GRN=1, APNI=1, SPK=1)


@pytest.mark.parametrize("night", ALL)
def test_sources_are_credited(night: str) -> None:
    text = (NIGHTS / night / "SOURCES.md").read_text(encoding="utf-8")
    assert "Open Parliament Licence" in text
    assert night == GENERAL or ("CC BY-SA" in text and "Open Council Data" in text)
