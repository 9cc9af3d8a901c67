"""Rules and cases that are nobody else's: numbering, one seat, rushes, votes, orders, parts of a chamber (RULES)."""

from datetime import date
from itertools import permutations

import msgspec
import pytest

from feeds.formats import read
from feeds.report import Candidate, Contest, Place, Report, Result, Settings, Totals
from tests.makers import pa
from tests.makers.events import LOCAL, POLL, area, arrive, at, baseline, gone, night, only, result, sop

GENERAL = Contest(kind="parliament", name="General election", poll_date=POLL)
SCOTTISH = Contest(kind="assembly", name="Scottish Parliament", poll_date=POLL)


def seat(name: str, winner: str, contest: Contest = GENERAL) -> Result:
    return Result(area=Place(name=name, kind="constituency"), election=contest, elected={winner: 1})


def test_gaps_in_numbers_are_normal() -> None:
    parties = {"LAB": (3, 0, 0, 0)}
    areas = [result("Adur", {"LAB": 3}), result("Bury", {"CON": 2}, revision=5), result("Bury", {"CON": 1}, revision=2)]
    pairs = [arrive(f"r{n}", n, one) for n, one in enumerate(areas)]
    found = night(
        *pairs,
        arrive("s1", 8, sop(10, parties, "Adur")),
        arrive("s2", 9, sop(14, {**parties, "CON": (2, 0, 0, 0)}, "Adur", "Bury")),
    )
    assert not found.conflicts
    assert not found.problems
    assert area(found, "Bury").revision == 5


def test_votes_never_make_seats_and_a_seat_led_is_not_a_seat_won() -> None:
    who = (Candidate(name="Ann", party="LAB", votes=900), Candidate(name="Bo", party="CON", votes=9))
    led = msgspec.structs.replace(result("Adur", ward="Hill", stage="partial", up=1), candidates=who)
    found = night(arrive("b", 0, baseline("Adur", up=1, total=1)), arrive("a", 1, led))
    assert area(found, "Adur").elected is None
    assert area(found, "Adur").undeclared == 1
    assert not [r for r in only(found).parties if r.seats]


def test_a_result_that_disagrees_with_its_rush_is_a_correction_of_the_winner() -> None:
    rush = msgspec.structs.replace(seat("Bury", "LAB"), stage="rush")
    found = night(arrive("rush", 1, rush), arrive("result", 2, seat("Bury", "CON")))
    assert area(found, "Bury").elected == {"CON": 1}
    assert [(c.what, c.before, c.after) for c in found.corrections] == [("winner", "LAB", "CON")]
    late = night(arrive("result", 1, seat("Bury", "CON")), arrive("rush", 2, rush))
    assert area(late, "Bury").elected == {"CON": 1}
    assert not late.corrections


def test_the_speaker_is_a_seat_of_its_own_and_totals_come_from_no_constant() -> None:
    seats = [seat("Ayr", "LAB"), seat("Bath", "LAB"), seat("Chorley", "SPK")]
    found = only(night(*(arrive(f"{n}", n, one) for n, one in enumerate(seats))))
    assert {r.party: r.seats for r in found.parties if r.seats} == {"LAB": 2, "SPK": 1}
    assert (found.expected, found.line.seats, found.line.party) == (3, 2, "LAB")


def test_a_chambers_constituency_totals_check_the_constituencies_only() -> None:
    region = Result(
        area=Place(name="Glasgow", kind="region"), election=SCOTTISH, elected={"LAB": 4, "SNP": 3}, total=7, up=7
    )
    totals = Totals(
        election=SCOTTISH,
        parties=sop(1, {"SNP": (1, 0, 0, 0)}).parties,
        number=1,
        areas=(Place(name="Ayr", kind="constituency"),),
    )
    found = only(night(arrive("a", 1, seat("Ayr", "SNP", SCOTTISH)), arrive("r", 2, region), arrive("s", 3, totals)))
    assert {r.party: r.seats for r in found.parties if r.seats} == {"LAB": 4, "SNP": 4}
    assert [(d.party, d.figure) for c in found.totals_checks for d in c.differences if d.figure == "seats"] == []
    (glasgow,) = [a for a in found.areas if a.kind == "region"]
    assert (glasgow.control, glasgow.outcome) == (None, None)


def test_what_is_said_at_one_moment_may_be_seen_in_any_order() -> None:
    pairs = [
        arrive("b", 0, baseline("Adur", {"CON": 3}, total=3, up=3)),
        arrive("r1", 1, result("Adur", {"LAB": 3})),
        arrive("r2", 2, result("Adur", {"CON": 3}, revision=2)),
        gone("r1", 3),
    ]
    first = night(*pairs)
    assert all(night(*order) == first for order in permutations(pairs))


def test_a_row_that_is_taken_out_returns_its_area_to_undeclared() -> None:
    rows = [result("Adur", {"LAB": 3}), result("Bury", {"CON": 2})]
    found = night(arrive("b", 0, baseline("Bury", up=2)), arrive("s.csv", 1, *rows), arrive("s.csv", 2, rows[0]))
    assert (area(found, "Bury").stage, area(found, "Bury").elected) == ("expected", None)
    assert [c.what for c in found.corrections] == ["retraction"]


def test_a_local_result_of_the_agency_has_no_time_but_its_arrival() -> None:
    data = pa.result(pa.Council("Anytown"), {"Lab": 3}, {}, {"Lab": 1})
    (report,) = read("Local_result_Anytown_1.xml", data).reports
    assert isinstance(report, Result)
    assert report.declared_at is None
    found = night(arrive("a", 9, msgspec.structs.replace(report, election=LOCAL)))
    (council,) = only(found).areas
    assert council.declared is not None
    assert (council.declared.at, council.declared.basis) == (at(9), "arrived")


@pytest.mark.parametrize("seats", [{}, {"Lab": 5}, {"Lab": 2, "C": 1, "LD": 1, "Green": 1}])
def test_no_child_one_child_and_many_where_a_list_is_expected(seats: dict[str, int]) -> None:
    data = pa.result(pa.Council("Anytown", "all"), {"Ind": 4} | seats, seats)
    (report,) = read("Local_result_Anytown_1.xml", data).reports
    assert isinstance(report, Result)
    assert sum((report.change or {}).values()) == sum(seats.values())
    assert len(report.composition or {}) == len(seats) + 1


def test_a_place_of_one_name_in_two_contests_is_two_places() -> None:
    council, region = (
        result("Glasgow", {"SNP": 3}),
        Result(area=Place(name="Glasgow", kind="region"), election=SCOTTISH),
    )
    found = night(arrive("c", 1, council), arrive("r", 2, region))
    assert sorted(a.kind for e in found.elections for a in e.areas) == ["council", "region"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bournemouth, Christchurch and Poole", "Bournemouth Christchurch & Poole"),
        ("Barking & Dagenham", "Barking and Dagenham"),
        ("Stoke-on-Trent", "Stoke on Trent"),
        ("Ynys Môn", "YNYS MON"),
        ("Glynd\u0175r", "Glyndw\u0302r"),
    ],
)
def test_a_name_with_commas_ampersands_hyphens_and_accents_is_one_place(one: str, other: str) -> None:
    found = night(arrive("b", 0, baseline(one, up=3)), arrive("r", 1, result(other, {"LAB": 3})))
    assert [(a.name, a.elected) for a in only(found).areas] == [(one, {"LAB": 3})]


def test_control_that_is_certain_before_a_vote_is_counted_is_listed_with_its_sum() -> None:
    before = baseline("Adur", {"LAB": 7, "CON": 3}, total=10, up=3, continuing={"LAB": 6, "CON": 1}, control="LAB")
    open_ = baseline("Bury", {"LAB": 5, "CON": 5}, total=10, up=3, continuing={"LAB": 4, "CON": 3})
    found = only(night(arrive("b", 0, before, open_)))
    assert (found.declared, found.partial) == (0, 0)
    assert [(c.area, c.control, c.undeclared, c.sum) for c in found.certain] == [
        ("Adur", "LAB", 3, "Lab 6 continuing = 6 of 10: certain with 3 undeclared")
    ]
    corrected = baseline("Adur", total=10, up=3, continuing={"LAB": 4, "CON": 3})
    withdrawn = night(arrive("b", 0, before), arrive("b", 1, corrected))
    assert only(withdrawn).certain == ()


def reports_of(data: bytes) -> tuple[Report, ...]:
    return read("a.csv", data).reports


def test_a_retracted_row_that_names_no_party_has_no_seats_whatever_stands_beside_it() -> None:
    (report,) = reports_of(b"area,party,elected,stage\nAdur,,3,retracted\n")
    assert isinstance(report, Result)
    assert (report.stage, report.elected) == ("retracted", None)


def test_a_seat_and_totals_of_other_dates_are_told_apart_from_those_of_the_night() -> None:
    old = Contest(kind="parliament", name="General election", poll_date=date(2019, 12, 12))
    own = [arrive("r", 1, result("Adur", {"LAB": 3})), arrive("s", 2, sop(1, {"LAB": (3, 0, 0, 0)}, "Adur"))]
    found = night(arrive("set", 0, Settings(poll_date=POLL)), *own, arrive("old", 3, seat("Ayr", "LAB", old)))
    assert [(c.what, c.paths) for c in found.conflicts] == [
        ("files of another night: poll date 2019-12-12, this night's is 2022-05-05", ("old",))
    ]


def test_an_unknown_party_is_listed_once_however_many_copies_of_its_file_lie_there() -> None:
    pairs = []
    for path in ("a", "b"):
        event, reading = arrive(path, 1, result("Adur", {"ASPIRE": 3}))
        assert reading is not None
        pairs.append((event, msgspec.structs.replace(reading, unknown_parties={"ASPIRE": "Aspire"})))
    assert night(*pairs).unknown_parties == (("ASPIRE", "Aspire"),)
