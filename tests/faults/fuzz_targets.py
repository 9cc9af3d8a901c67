"""What is fuzzed: each reader with files that makers made to begin with, and what must hold of anything it reads."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec

from feeds.formats import FAILED, UNCLEAN, is_inert, read
from feeds.saved import NightNotFound, NightProblem, open_night
from feeds.whole import waiting_reason, whole
from tests.faults.hostile import strings
from tests.faults.hostile_text import fault_of
from tests.faults.malformed_files import overlapping, zipped
from tests.makers import democracy_club, pa, pa_fptp, pa_stv, pa_topup
from tests.makers.pa_contest import Stood
from tests.makers.sheet import council_sheet, sheet, ward_rows
from tests.makers.spreadsheet import ods, xlsx


class Target(NamedTuple):
    """One thing to fuzz: `check` raises where something does not hold, `corpus` is what the fuzzer begins with."""

    check: Callable[[bytes], None]
    corpus: Callable[[], list[bytes]]


def reads(path: str) -> Callable[[bytes], None]:
    """Return what reads bytes under that path, and raises where the reading is not what a reading must be."""

    def check(data: bytes) -> None:
        reading = read(path, data)
        if not is_inert(reading) or (reading.problem is not None and reading.problem.reason == UNCLEAN):
            raise AssertionError("a text in it was not cleaned")
        if reading.problem is not None and reading.problem.reason.startswith(FAILED):
            raise AssertionError(reading.problem.reason)
        if reading.problem is not None and reading.reports:
            raise AssertionError("a file that is kept out says something")
        msgspec.json.encode(reading)
        whole(path, data)
        waiting_reason(path, data)

    return check


def cleans(data: bytes) -> None:
    """Clean what bytes spell, in several ways; raise where the text is not as it must be."""
    for encoding, errors in (("utf-8", "surrogateescape"), ("utf-32-le", "surrogatepass"), ("latin-1", "strict")):
        try:
            fault = fault_of(data.decode(encoding, errors))
        except UnicodeDecodeError:
            continue
        if fault is not None:
            raise AssertionError(fault)


_PLACE = tempfile.TemporaryDirectory(prefix="fuzz-")


def opens(data: bytes) -> None:
    """Open bytes as a saved night in an archive, and as the order of arrivals of one in a folder."""
    folder = Path(_PLACE.name) / "night"
    folder.mkdir(exist_ok=True)
    packed = folder.with_suffix(".zip")
    packed.write_bytes(data)
    (folder / "arrivals.csv").write_bytes(data)
    (folder / "night.toml").write_bytes(b"poll_date = 2022-05-05\n")
    for place in (packed, folder):
        try:
            night = open_night(str(place))
        except (NightProblem, NightNotFound) as problem:
            if not str(problem).isprintable():
                raise AssertionError("what is said of it is not clean") from problem
        else:
            if not all(event.path.isprintable() for event in night.events):
                raise AssertionError("a path in it is not clean")


def _people() -> list[Stood]:
    return [Stood("Ann Example", "Lab", 520, True), Stood("Bob Sample", "C", 470), Stood("Cy Null", "Ind", None)]


def _local() -> list[bytes]:
    council = pa.Council("Anytown & Vale", "all")
    return [pa.result(council, {"C": 16, "Reform": 9}, {"Reform": 6, "C": -6}, {"Reform": 7, "C": 4})]


def _fptp() -> list[bytes]:
    return [pa_fptp.result(_people()), pa_fptp.rush(_people()), pa_fptp.nominations(_people()), pa_fptp.recount()]


def _topup() -> list[bytes]:
    lists = [pa_topup.List("Lab", 900, 2), pa_topup.List("C", 800)]
    return [pa_topup.result(_people(), lists), pa_topup.rush(_people()), pa_topup.nominations(_people())]


def _stv() -> list[bytes]:
    first = pa_stv.Round(_people(), {"Cy Null": "-"})
    return [pa_stv.result([first, first], valid=1_000, quota=334), pa_stv.nominations(_people(), before=_people())]


def _native() -> list[bytes]:
    return [
        b'{"results":[{"area":{"name":"A","code":"E06000001"},"election":{"kind":"local","poll_date":"2022-05-05"},'
        b'"elected":{"LAB":3},"control":"LAB","previous":"NEW","declared_at":"2022-05-06T15:40:00+01:00","turnout":1.5,'
        b'"candidates":[{"name":"X","party":"LAB","votes":1,"elected":true}]}]}',
        b'{"quotes":[{"text":"a","speaker":"b"}],"notes":[{"area":"A","kind":"k","text":"t"}],"baselines":[{"area":'
        b'{"name":"A"},"held":{"LAB":1},"baseline":"notional"}],"totals":[{"election":{},"parties":{"LAB":{"seats":1}}}]}',
    ]


def _club_json() -> list[bytes]:
    both = [democracy_club.NORTH, democracy_club.SOUTH]
    shapes = (democracy_club.result_set, democracy_club.result, democracy_club.ballot_item)
    return [
        democracy_club.archive(both),
        *(democracy_club.page([shape(b) for b in both]) for shape in shapes),
    ]


def _sheets() -> list[bytes]:
    people = [("A", "LAB", 9, True), ("B", "CON", 8, False)]
    wards = ward_rows("Anytown", "North", people, seats=1, poll_date="5/5/2022")
    return [
        council_sheet("Ynys Môn", total=3, declared_at="02:14", poll_date="2022-05-05"),
        sheet(wards, trailer=True),
        b'text,speaker,said_at\n"a ""b""",c,2022-05-06T02:14Z\n# rows=1\n',
        b"area;kind;text\nA;history;x\n",
    ]


def _settings() -> list[bytes]:
    return [
        b'title = "T"\npoll_date = 2022-05-05\nzone = "Europe/London"\npolls_close = 22:00:00\nbaseline = "notional"\n'
        b'line = 326\nwatch = ["A", "B"]\nrehearsal = true\n# end\n',
        b"odd = 1\n[watch]\na.b = '''x'''\n",
    ]


def _books() -> list[bytes]:
    rows: list[list[object]] = [["area", "party", "elected"], ["A", "LAB", 1], ["B", "CON", 2.5]]
    return [xlsx(rows), ods(rows), overlapping(["xl/workbook.xml", "b.xml"], b"<a/>")]


def _nights() -> list[bytes]:
    order = b"position,file,at,basis\n1,a.csv,2022-05-06T02:14:00+01:00,declared\n"
    settings = b'title = "T"\npoll_date = 2022-05-05\n'
    return [zipped({"n/arrivals.csv": order, "n/night.toml": settings, "n/a.csv": b"area,party\nA,B\n"}), order]


TARGETS = {
    "pa_local": Target(reads("a.xml"), _local),
    "pa_fptp": Target(reads("a.xml"), _fptp),
    "pa_topup": Target(reads("a.xml"), _topup),
    "pa_stv": Target(reads("a.xml"), _stv),
    "native": Target(reads("a.json"), _native),
    "democracy_club_json": Target(reads("a.json"), _club_json),
    "sheet": Target(reads("a.csv"), _sheets),
    "democracy_club_csv": Target(
        reads("a.csv"),
        lambda: [make([democracy_club.NORTH]) for make in (democracy_club.archive_csv, democracy_club.export_csv)],
    ),
    "settings": Target(reads("night.toml"), _settings),
    "spreadsheet": Target(reads("a.xlsx"), _books),
    "saved": Target(opens, _nights),
    "text": Target(cleans, lambda: [s.encode("utf-8", "surrogatepass") for s in strings(1, 300) if len(s) < 500]),
}
"""Every target by name."""
