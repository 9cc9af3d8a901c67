"""PA's messages through the count: rush and result of one seat, rounds of one count, a chamber of seats and lists."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import permutations

from dashboard.count.fold import fold
from dashboard.count.night import Area, Night
from feeds.arrival import Arrival, digest
from feeds.formats import read
from tests.makers import pa_fptp, pa_stv, pa_topup
from tests.makers.pa_contest import Seat, Stood
from tests.makers.pa_fptp import SEAT, Row, file_name
from tests.makers.pa_stv import Round
from tests.makers.pa_topup import List

CLOSE = datetime(2026, 5, 7, 21, 0, tzinfo=UTC)
LAB_WINS = [Stood("Ann Example", "Lab", 900, elected=True), Stood("Bob Sample", "C", 300)]
CON_WINS = [Stood("Ann Example", "Lab", 900), Stood("Bob Sample", "C", 903, elected=True)]
File = tuple[str, bytes]

NOMINATIONS = (file_name("nominations"), pa_fptp.nominations(LAB_WINS, before=pa_fptp.earlier("Lab")))
RUSH_1 = (file_name("rush", 1), pa_fptp.rush(LAB_WINS, sitting="Lab"))
RESULT_1 = (file_name("result", 1), pa_fptp.result(LAB_WINS, sitting="Lab"))
RUSH_2 = (file_name("rush", 2), pa_fptp.rush(CON_WINS, sitting="Lab", revision=2))
RESULT_5 = (file_name("result", 5), pa_fptp.result(CON_WINS, sitting="Lab", revision=5))
NIGHT = [NOMINATIONS, RUSH_1, RESULT_1, RUSH_2, RESULT_5]


def counted(files: Sequence[File]) -> Night:
    """Return the night of these files, which arrive a minute apart."""
    return fold(
        (Arrival(path=path, data=data, digest=digest(data), at=CLOSE + timedelta(minutes=n), basis="arrived"), said)
        for n, (path, data) in enumerate(files)
        for said in [read(path, data)]
    )


def only_area(night: Night) -> Area:
    (election,) = night.elections
    (area,) = election.areas
    return area


def test_a_seat_goes_from_expected_to_rush_to_result_to_correction_to_the_corrected_result() -> None:
    found = [only_area(counted(NIGHT[: n + 1])) for n in range(len(NIGHT))]
    assert [(a.stage, a.revision, a.control, a.outcome) for a in found] == [
        ("expected", None, None, None),
        ("rush", 1, "LAB", "hold"),
        ("declared", 1, "LAB", "hold"),
        ("under-correction", 2, "CON", "gain"),
        ("declared", 5, "CON", "gain"),
    ]
    assert [bool(a.candidates) for a in found] == [False, True, True, False, True]
    assert all(a.discrepancies == () for a in found)


def test_a_flipped_winner_is_one_correction_and_no_conflict() -> None:
    night = counted(NIGHT)
    assert [(c.what, c.before, c.after) for c in night.corrections] == [("winner", "LAB", "CON")]
    assert (night.conflicts, night.problems) == ((), ())


def test_the_last_revision_stands_in_whatever_order_the_files_arrive() -> None:
    for files in permutations(NIGHT):
        area = only_area(counted(files))
        assert (area.stage, area.revision, area.control, area.previous) == ("declared", 5, "CON", "LAB")


FIRST = Round([Stood("Ann Example", "Lab", 500), Stood("Bob Sample", "C", 400), Stood("Cy Null", "Green", 9)])
SECOND = Round(FIRST.stood[:2], {})
THIRD = Round(FIRST.stood[:2], {"Ann Example": "*"})
ROUNDS = [
    (pa_stv.file_name(1), pa_stv.result([FIRST])),
    (pa_stv.file_name(2), pa_stv.result([FIRST, SECOND])),
    (pa_stv.file_name(3), pa_stv.result([FIRST, SECOND, THIRD])),
    (pa_stv.file_name(1, 2), pa_stv.result([FIRST._replace(revision=2)])),
]


def test_a_mayor_is_undeclared_until_a_round_elects_one_and_rounds_are_no_conflict() -> None:
    for n, stage in enumerate(["partial", "partial", "declared"], start=1):
        night = counted(ROUNDS[:n])
        assert only_area(night).stage == stage
        assert not night.conflicts
        assert not night.corrections


def test_the_last_round_stands_in_whatever_order_the_rounds_and_their_corrections_arrive() -> None:
    for files in permutations(ROUNDS):
        area = only_area(counted(files))
        assert (area.stage, area.control) == ("declared", "LAB")


def test_constituencies_and_lists_add_up_as_one_chamber_and_the_publisher_s_totals_are_of_the_constituencies() -> None:
    lists = [Stood("Di Lister", "SNP", elected=True), Stood("Ed Lister", "Lab", elected=True)]
    other = Seat("Otherville")
    files = [
        RESULT_1,
        ("b.xml", pa_fptp.result(CON_WINS, other, sitting="Lab")),
        ("c.xml", pa_topup.result(lists, [List("SNP", 900), List("Lab", 800)])),
        ("d.xml", pa_fptp.sop([Row("Lab", 1, 0, 1), Row("C", 1, 1), Row("Others")], [SEAT, other], expected=2)),
    ]
    (election,) = counted(files).elections
    assert {row.party: row.seats for row in election.parties} == {"LAB": 2, "CON": 1, "SNP": 1}
    assert election.totals_check is not None
    assert election.totals_check.agrees is True


def test_a_list_is_not_one_more_person_than_those_who_were_nominated_on_it() -> None:
    nominated = (Stood("Di Dale", "SNP", rank=1), Stood("Ed Elm", "Ind", rank=1))
    elected = tuple(Stood(p.name, p.party, elected=True, rank=1) for p in nominated)
    votes = [List("SNP", 98_000, 1), List("Ind", 85_768, 1)]
    files = [("nominations.xml", pa_topup.nominations(nominated)), ("result.xml", pa_topup.result(elected, votes))]
    region = only_area(counted(files))
    assert region.discrepancies == ()
    assert {c.party: c.votes for c in region.candidates if not c.name} == {"SNP": 98_000, "IND": 85_768}
