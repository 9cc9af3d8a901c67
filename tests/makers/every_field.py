"""Files that agree with each other and say everything that their formats can say, by the set that they belong to."""

import json
from collections.abc import Callable
from typing import Any, Final

from tests.makers import democracy_club, pa, pa_fptp, pa_stv, pa_topup
from tests.makers.pa_contest import Seat, Stood
from tests.makers.sheet import sheet, ward_rows

Files = dict[str, bytes]

DAY: Final = "2022-05-05"
VALE: Final = pa.Council("Anytown & Vale")
STOOD: Final = (
    Stood("Ann Ash", "Lab", 16_004, elected=True),
    Stood("Bo Birch", "C", 13_794),
    Stood("Cy Cedar", "Ind", 702),
)


def local() -> Files:
    """Return PA's messages about a council of which a third is up."""
    before = [pa.Standing("C", 6, 2, 4), pa.Standing("Lab", 5, 1, 4), pa.Standing("LD", 1, 1, 2)]
    rows = [
        pa.Row("Lab", 3, 2, 1, 1),
        pa.Row("C", 1, -1),
        pa.Row("LD", 0, -1),
        pa.Row("NOC", 0, 0, 0, -1),
    ]
    return {
        "Local_nominations.xml": pa.nominations(VALE, before),
        "Local_result.xml": pa.result(
            VALE, {"C": 5, "Lab": 7}, {"C": -1, "Lab": 2, "LD": -1}, {"C": 1, "Lab": 3}, declared="2026-05-08T02:00:00"
        ),
        "Local_SOP_1.xml": pa.sop(rows, [VALE], expected=1),
    }


def seats() -> Files:
    """Return PA's messages about a constituency."""
    rows = [pa_fptp.Row("Lab", 1, 1, 0), pa_fptp.Row("C", 0, 0, 1)]
    return {
        "nominations.xml": pa_fptp.nominations(STOOD, before=pa_fptp.earlier("C")),
        "rush.xml": pa_fptp.rush(STOOD, sitting="C"),
        "result.xml": pa_fptp.result(STOOD, sitting="C", before=pa_fptp.earlier("C", notional=True)),
        "sop.xml": pa_fptp.sop(rows, [pa_fptp.SEAT], expected=1),
    }


def recount() -> Files:
    """Return PA's message that votes are counted again."""
    return {"recount.xml": pa_fptp.recount()}


def lists() -> Files:
    """Return PA's messages about a region's lists."""
    people = (Stood("Di Dale", "SNP", elected=True, rank=1), Stood("Ed Elm", "Lab", elected=True, rank=1))
    votes = [pa_topup.List("SNP", 98_000, 1), pa_topup.List("Lab", 85_768, 1)]
    return {
        "nominations.xml": pa_topup.nominations(people),
        "rush.xml": pa_topup.rush(people),
        "result.xml": pa_topup.result(people, votes),
    }


def rounds() -> Files:
    """Return PA's messages about a mayor, after two rounds."""
    first = (Stood("Ann Ash", "Lab", 1_148_716), Stood("Bo Birch", "C", 909_755), Stood("Cy Cedar", "Ind", 150_673))
    second = (Stood("Ann Ash", "Lab", 1_310_143), Stood("Bo Birch", "C", 994_614))
    parts = [pa_stv.Round(first, {"Cy Cedar": "-"}), pa_stv.Round(second, {"Ann Ash": "*"})]
    city = Seat("London", 5_634_331)
    return {
        "nominations.xml": pa_stv.nominations(first, city, before=first[:1]),
        "result.xml": pa_stv.result(parts, city, valid=2_208_000, quota=1_104_001),
    }


AREA: Final = {"name": "Anytown", "kind": "council", "code": "E07000001", "region": "South East"}
CONTEST: Final = {"kind": "local", "name": "Local elections", "poll_date": DAY}


def native() -> Files:
    """Return a document of our own with every record and every field."""
    document: dict[str, Any] = {
        "baselines": [
            {
                "area": AREA, "election": CONTEST, "revision": 1, "baseline": "eve-of-poll", "total": 12, "up": 4,
                "held": {"CON": 6, "LAB": 5}, "continuing": {"CON": 4, "LAB": 4}, "candidates": {"CON": 4, "LAB": 4},
                "unopposed": {"CON": 1}, "vacant": 1, "deferred": 0, "control": "NOC",
                "expected_at": "2022-05-06T03:00:00Z",
            },
        ],
        "results": [
            {
                "area": AREA, "election": CONTEST, "revision": 1, "stage": "full", "elected": {"LAB": 1, "CON": 3},
                "composition": {"LAB": 5, "CON": 7}, "change": {"LAB": 0, "CON": 1}, "total": 12, "up": 4,
                "vacant": 0, "deferred": 0, "control": "CON", "previous": "NOC", "outcome": "gain",
                "declared_at": "2022-05-06T02:00:00+01:00",
            },
            {
                "area": {"name": "Derwent", "kind": "constituency"},
                "election": {"kind": "parliament", "name": "General election", "poll_date": DAY},
                "elected": {"LAB": 1}, "up": 1, "total": 1, "electorate": 3000, "ballots": 1200, "turnout": 40.0,
                "candidates": [
                    {"name": "Ann Ash", "party": "LAB", "votes": 900, "elected": True},
                    {"name": "Bo Birch", "party": "CON", "votes": 300, "elected": False},
                ],
            },
            {"area": {"name": "Botown"}, "election": CONTEST, "ward": "North", "round": 1, "elected": {"LAB": 1}},
        ],
        "quotes": [
            {
                "text": "not us", "speaker": "Ann", "role": "leader", "party": "LAB", "area": "Anytown",
                "said_at": "2022-05-06T02:00:00+01:00", "source": "BBC",
            },
        ],
        "notes": [{"area": "Anytown", "kind": "history", "text": "since 1999", "ward": "North", "source": "BBC"}],
        "totals": [
            {
                "election": CONTEST, "publisher": "PA", "region": "All", "number": 1, "expected": 1, "areas": [AREA],
                "parties": {
                    "CON": {"seats": 3, "change": 1, "areas": 1, "areas_change": 1},
                    "LAB": {"seats": 1, "change": 0, "areas": 0, "areas_change": 0},
                    "NOC": {"seats": 0, "change": 0, "areas": 0, "areas_change": -1},
                },
            },
        ],
    }  # fmt: skip
    return {"document.json": json.dumps(document, indent=1).encode()}


def sheets() -> Files:
    """Return a council's sheet, its baseline, and a ward of another council."""
    both: dict[str, object] = {
        "area": "Anytown", "code": "E07000001", "region": "South East", "election": "Local elections",
        "poll_date": DAY, "revision": 1, "seats": 4, "total": 12, "deferred": 0,
    }  # fmt: skip
    after = both | {
        "vacant": 0, "control": "CON", "previous_control": "NOC", "declared_at": "2022-05-06T02:00", "stage": "full",
    }  # fmt: skip
    before = both | {"vacant": 1, "control": "NOC", "expected_at": "2022-05-06T03:00", "baseline": "eve-of-poll"}
    people = [("Ann Ash", "LAB", 900, True), ("Bo Birch", "CON", 300, False)]
    return {
        "result.csv": sheet(
            [
                after | {"party": "CON", "elected": 3, "composition": 7, "change": 1},
                after | {"party": "LAB", "elected": 1, "composition": 5, "change": 0},
            ]
        ),
        "baseline.csv": sheet(
            [
                before | {"party": "CON", "held": 6, "continuing": 4, "candidates": 4, "unopposed": 1},
                before | {"party": "LAB", "held": 5, "continuing": 4, "candidates": 4, "unopposed": 0},
            ]
        ),
        "wards.csv": sheet(ward_rows("Botown", "North", people, seats=1, electorate=3000, turnout=1200, poll_date=DAY)),
    }


def pages() -> Files:
    """Return a sheet of quotes and one of notes."""
    quote = {"text": "not us", "speaker": "Ann", "role": "leader", "party": "LAB", "area": "Anytown"}
    note = {"area": "Anytown", "kind": "history", "text": "since 1999", "ward": "North", "source": "BBC"}
    return {
        "quotes.csv": sheet([quote | {"said_at": "2022-05-06T02:00", "source": "BBC"}]),
        "notes.csv": sheet([note]),
    }


def club() -> Files:
    """Return Democracy Club's files in each of their shapes, all about one ballot."""
    north = democracy_club.NORTH
    return {
        "result-sets.json": democracy_club.page([democracy_club.result_set(north)]),
        "results.json": democracy_club.page([democracy_club.result(north)]),
        "ballots.json": democracy_club.page([democracy_club.ballot_item(north)]),
        "archive.json": democracy_club.archive([north]),
        "archive.csv": democracy_club.archive_csv([north]),
        "export.csv": democracy_club.export_csv([north]),
    }


def settings() -> Files:
    """Return the settings of a night."""
    lines = [
        'title = "Local elections"', f"poll_date = {DAY}", 'zone = "Europe/London"', "polls_close = 22:00:00",
        'baseline = "eve-of-poll"', 'publisher = "PA"', "line = 326", 'watch = ["Anytown"]', 'picture = "quiet"',
        "rehearsal = false",
    ]  # fmt: skip
    return {"night.toml": "\n".join(lines).encode()}


SETS: Final[dict[str, Callable[[], Files]]] = {
    made.__name__: made for made in (local, seats, recount, lists, rounds, native, sheets, pages, club, settings)
}
"""Every set by its name; in each, only one file need be wrong."""
