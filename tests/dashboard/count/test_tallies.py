"""Tallies, wards, places, elections, totals checks, conflicts, test data (RULES 6-14, 22-24)."""

from datetime import date

from feeds.report import NOC, Baseline, Contest, Note, Place, Quote, Reading, Result, Settings, Totals
from tests.makers.events import LOCAL, POLL, area, arrive, at, baseline, flagged, gone, night, only, place, result, sop

GENERAL = Contest(kind="parliament", name="General election", poll_date=POLL)


def seat(name: str, winner: str, minutes: float) -> Result:
    return Result(
        area=Place(name=name, kind="constituency"), election=GENERAL, elected={winner: 1}, declared_at=at(minutes)
    )


def test_undeclared_is_not_zero() -> None:
    found = night(arrive("b", 0, baseline("Adur", {"CON": 3}, total=3, up=3)))
    adur = area(found, "Adur")
    assert (adur.elected, adur.composition, adur.change, adur.control) == (None, None, None, None)
    assert [row.party for row in only(found).parties] == []


def gained(name: str, minutes: float | None = None) -> Result:
    when = None if minutes is None else at(minutes)
    return result(name, {"LAB": 3}, up=3, total=3, control="LAB", previous="CON", declared_at=when)


def test_changes_come_oldest_first_whichever_file_came_first() -> None:
    found = night(
        arrive("a", 40, gained("Late", 30)), arrive("b", 41, gained("Early", 10)), arrive("c", 42, gained("Last"))
    )
    assert [change.area for change in only(found).changes] == ["Early", "Late", "Last"]


def test_a_change_at_an_unknown_time_stays_behind_the_one_counted_before_it() -> None:
    found = night(
        arrive("a", 40, gained("Noon", 10), basis="unknown"),
        arrive("b", 41, gained("Adur"), basis="unknown"),
        arrive("c", 42, gained("Bury", 5), basis="unknown"),
    )
    assert [change.area for change in only(found).changes] == ["Bury", "Noon", "Adur"]


def test_a_declared_nought_is_nought() -> None:
    found = night(arrive("r", 1, result("Adur", {"CON": 3, "LAB": 0}, up=3)))
    assert area(found, "Adur").elected == {"CON": 3, "LAB": 0}


def test_seats_of_wards_in_undeclared_councils_are_in_the_headline_but_not_in_change_or_control() -> None:
    found = night(
        arrive("b", 0, baseline("Adur", {"CON": 6}, total=6, up=6, control="CON")),
        arrive("w", 1, result("Adur", {"LAB": 2}, ward="North", up=2)),
    )
    (labour,) = only(found).parties
    assert (labour.seats, labour.change, labour.areas) == (2, None, 0)
    assert (area(found, "Adur").stage, area(found, "Adur").undeclared) == ("partial", 4)


def test_a_council_is_declared_when_its_wards_fill_the_seats_up() -> None:
    found = night(
        arrive("b", 0, baseline("Adur", {"CON": 4}, total=4, up=4, control="CON")),
        arrive("w1", 1, result("Adur", {"LAB": 2}, ward="North", up=2)),
        arrive("w2", 2, result("Adur", {"LAB": 1, "CON": 1}, ward="South", up=2)),
    )
    adur = area(found, "Adur")
    assert (adur.stage, adur.control, adur.outcome, adur.change) == ("declared", "LAB", "gain", {"LAB": 3, "CON": -3})


def test_an_area_row_states_the_area_and_wards_that_differ_are_a_discrepancy() -> None:
    found = night(
        arrive("a", 1, result("Adur", {"LAB": 3, "CON": 1}, total=4, up=4)),
        arrive("w1", 2, result("Adur", {"LAB": 2}, ward="North", up=2)),
        arrive("w2", 3, result("Adur", {"LAB": 0, "CON": 2}, ward="South", up=2)),
    )
    adur = area(found, "Adur")
    assert adur.elected == {"LAB": 3, "CON": 1}
    assert flagged(adur) == (
        "Con: 1 elected by the area's own row, 2 by its wards",
        "Lab: 3 elected by the area's own row, 2 by its wards",
    )


def test_change_covers_only_areas_where_it_is_known() -> None:
    found = night(
        arrive("b", 0, baseline("Adur", {"CON": 3}, total=3, control="CON")),
        arrive("r1", 1, result("Adur", {"CON": 2, "LAB": 1}, composition={"CON": 2, "LAB": 1})),
        arrive("r2", 2, result("Bolton", {"CON": 5}, composition={"CON": 5})),
    )
    conservative = only(found).parties[0]
    assert (conservative.seats, conservative.change, conservative.change_areas, conservative.areas) == (7, -1, 1, 2)


def test_noc_has_a_row_that_counts_councils() -> None:
    found = night(
        arrive("b", 0, baseline("Adur", {"CON": 3}, total=4, control="CON")),
        arrive("r", 1, result("Adur", composition={"CON": 2, "LAB": 2}, elected={"CON": 2, "LAB": 2})),
    )
    noc = next(row for row in only(found).parties if row.party == NOC)
    assert (noc.seats, noc.areas, noc.areas_change, noc.change) == (0, 1, 1, None)


def test_places_are_the_same_by_folded_name() -> None:
    found = night(
        arrive("b", 0, baseline("Barking & Dagenham", total=3)),
        arrive("r", 1, result("Barking and Dagenham", {"LAB": 3})),
    )
    assert len(only(found).areas) == 1


def test_accents_in_either_composition_and_city_of_are_the_same_place() -> None:
    found = night(
        arrive("b", 0, baseline("Glyndŵr", total=3), baseline("City of York", total=3)),
        arrive("r", 1, result("Glyndw\u0302r", {"PC": 3}), result("York", {"LD": 3})),
    )
    assert only(found).declared == len(only(found).areas) == 2


def test_a_name_joins_the_code_it_was_seen_with_even_when_the_code_comes_later() -> None:
    found = night(
        arrive("r", 1, result("Rhondda Cynon Taf", {"LAB": 3})),
        arrive("b", 2, baseline("Rhondda Cynon Taf", code="W06000016", total=3)),
        arrive("c", 3, baseline("Rhondda Cynon Taff", code="W06000016", total=4)),
    )
    (rct,) = only(found).areas
    assert (rct.code, rct.total, rct.elected) == ("W06000016", 4, {"LAB": 3})


def test_two_codes_with_one_name_are_two_places() -> None:
    found = night(
        arrive("b", 0, baseline("Newport", code="W06000022", total=3), baseline("Newport", code="E99", total=5)),
    )
    assert [a.code for a in only(found).areas] == ["E99", "W06000022"]


def test_a_council_and_a_region_of_one_name_are_two_places() -> None:
    regional = Contest(kind="assembly", name="Scottish Parliament", poll_date=POLL)
    found = night(
        arrive("c", 0, result("Glasgow", {"SNP": 3})),
        arrive("l", 1, Result(area=Place(name="Glasgow", kind="region"), election=regional, elected={"LAB": 4})),
    )
    assert [e.kind for e in found.elections] == ["assembly", "local"]
    region = found.elections[0].areas[0]
    assert (region.control, region.outcome) == (None, None)


def test_several_elections_are_counted_apart() -> None:
    found = night(arrive("c", 0, result("Bury", {"LAB": 17})), arrive("g", 1, seat("Bury", "CON", 1)))
    assert [(e.kind, [r.party for r in e.parties]) for e in found.elections] == [
        ("parliament", ["CON"]),
        ("local", ["LAB"]),
    ]


def test_a_report_without_a_date_belongs_to_the_night() -> None:
    found = night(
        arrive("a", 1, result("Adur", {"CON": 3}, election=Contest())),
        arrive("b", 2, result("Bolton", {"LAB": 3})),
    )
    assert len(found.elections) == 1
    assert only(found).poll_date == POLL


def test_a_night_without_settings_takes_the_most_common_poll_date() -> None:
    other = Contest(poll_date=date(2022, 5, 4))
    found = night(
        arrive("a", 1, result("Adur", {"CON": 3})),
        arrive("b", 2, result("Bolton", {"LAB": 3})),
        arrive("c", 3, result("Crewe", {"LAB": 3}, election=other)),
    )
    assert found.poll_date == POLL


def test_files_of_another_night_are_named_but_the_day_before_is_not() -> None:
    before = Contest(name="Early", poll_date=date(2022, 5, 4))
    stray = Contest(name="Old", poll_date=date(2021, 5, 6))
    found = night(
        arrive("night.toml", 0, Settings(poll_date=POLL)),
        arrive("a", 1, result("Adur", {"CON": 3})),
        arrive("b", 2, result("Bolton", {"LAB": 3}, election=before)),
        arrive("c", 3, result("Crewe", {"LAB": 3}, election=stray)),
    )
    assert [c.paths for c in found.conflicts] == [("c",)]


def test_one_council_with_two_poll_dates_is_a_conflict() -> None:
    again = Contest(name="Local elections", poll_date=date(2022, 5, 4))
    found = night(
        arrive("a", 1, result("Adur", {"CON": 3})), arrive("b", 2, result("Adur", {"CON": 3}, election=again))
    )
    assert [c.what for c in found.conflicts] == ["Adur has two poll dates: 2022-05-04 and 2022-05-05"]


def test_a_publishers_totals_that_agree_say_so() -> None:
    found = night(
        arrive(
            "r", 1, result("Adur", {"CON": 3}, composition={"CON": 3}, change={"CON": 1}, control="CON", previous="LAB")
        ),
        arrive("s", 2, sop(1, {"CON": (3, 1, 1, 1), "LAB": (0, 0, 0, -1)}, "Adur")),
    )
    check = only(found).totals_check
    assert check is not None
    assert (check.agrees, check.areas, check.differences) == (True, 1, ())


def test_totals_that_differ_by_one_seat_name_the_figure() -> None:
    found = night(
        arrive("r", 1, result("Adur", {"CON": 3}, composition={"CON": 3}, control="CON")),
        arrive("s", 2, sop(1, {"CON": (4, 0, 1, 0)}, "Adur")),
    )
    check = only(found).totals_check
    assert check is not None
    assert check.agrees is False
    assert [(d.party, d.figure, d.theirs, d.ours) for d in check.differences] == [("CON", "seats", 4, 3)]


def test_totals_over_an_area_without_a_result_are_not_comparable_and_name_it() -> None:
    found = night(
        arrive("s", 1, sop(1, {"CON": (4, 0, 1, 0)}, "Adur", "Bolton")), arrive("r", 2, result("Adur", {"CON": 3}))
    )
    check = only(found).totals_check
    assert check is not None
    assert (check.agrees, check.missing, check.reason) == (None, ("Bolton",), "not comparable: no result of Bolton")


def test_older_totals_are_not_compared_once_newer_ones_contain_their_areas() -> None:
    found = night(
        arrive("r", 1, result("Adur", {"CON": 3})),
        arrive("s1", 2, sop(1, {"CON": (2, 0, 0, 0)}, "Adur")),
        arrive("s2", 3, sop(2, {"CON": (3, 0, 0, 0)}, "Adur", "Bolton")),
    )
    assert [c.number for c in only(found).totals_checks] == [2]


def test_older_totals_over_an_area_without_a_result_stay_listed_as_not_comparable() -> None:
    found = night(
        arrive("s1", 1, sop(1, {"CON": (2, 0, 0, 0)}, "Bolton")),
        arrive("s2", 2, sop(2, {"CON": (3, 0, 0, 0)}, "Adur", "Bolton")),
        arrive("r", 3, result("Adur", {"CON": 3})),
    )
    assert [(c.number, c.reason) for c in only(found).totals_checks] == [
        (1, "not comparable: no result of Bolton"),
        (2, "not comparable: no result of Bolton"),
    ]


def test_totals_that_lack_areas_of_lower_ones_are_mixed_runs() -> None:
    found = night(arrive("s4", 1, sop(4, {}, "Birmingham")), arrive("s10", 2, sop(10, {}, "Adur")))
    assert [c.paths for c in found.conflicts] == [("s4", "s10")]


def test_a_result_before_polls_close_on_its_poll_date_is_a_test() -> None:
    assert night(arrive("r", -60, result("Adur", {"CON": 3}))).test == (
        "a result came before polls close on 2022-05-05",
    )
    assert night(arrive("r", 1, result("Adur", {"CON": 3}))).test == ()


def test_a_test_mark_of_a_file_is_the_nights_until_the_file_is_replaced_by_a_real_one() -> None:
    event, reading = arrive("r", 1, result("Adur", {"CON": 3}))
    assert reading is not None
    marked = Reading(format="x", reports=reading.reports, test="the file name says Test")
    assert night((event, marked)).test == ("the file name says Test",)
    assert night((event, marked), arrive("r", 2, result("Adur", {"CON": 4}))).test == ()


def test_quotes_and_notes_are_kept_with_the_moment_they_became_known() -> None:
    found = night(
        arrive("q", 3, Quote(text="a huge privilege", speaker="A. N. Other", area="Adur")),
        arrive("n", 4, Note(area="Adur", kind="history", text="first in years")),
    )
    assert [(q.quote.speaker, q.at) for q in found.quotes] == [("A. N. Other", at(3))]
    assert [(n.note.kind, n.path) for n in found.notes] == [("history", "n")]


def test_settings_name_the_baseline_that_change_is_measured_against() -> None:
    found = night(
        arrive("night.toml", 0, Settings(title="x", baseline="eve-of-poll", poll_date=POLL)),
        arrive("r", 1, result("Adur", {"CON": 3})),
    )
    assert (only(found).baseline, found.settings.title) == ("eve-of-poll", "x")


def test_happenings_tell_the_night_in_order() -> None:
    found = night(
        arrive("w", 1, result("Adur", {"LAB": 2}, ward="North", up=2)),
        arrive("a", 2, result("Adur", {"LAB": 4}, up=4)),
        arrive("a2", 3, result("Adur", {"LAB": 3}, up=4, revision=2)),
        gone("a2", 4),
    )
    assert [h.what for h in found.happenings] == ["ward", "declared", "correction", "removed"]


def test_an_areas_own_row_brings_the_time_that_its_wards_did_not_give() -> None:
    found = night(
        arrive("b", 0, baseline("Adur", total=2, up=2)),
        arrive("w", 1, result("Adur", {"LAB": 2}, ward="North", up=2), basis="unknown"),
        arrive("a", 2, result("Adur", {"LAB": 2}), basis="expected"),
    )
    declared = area(found, "Adur").declared
    assert declared is not None
    assert (declared.at, declared.basis) == (at(2), "expected")


def test_quotes_notes_and_totals_are_counted_files_and_settings_are_ignored_ones() -> None:
    found = night(
        arrive("night.toml", 0, Settings(poll_date=POLL)),
        arrive("q", 1, Quote(text="a huge privilege", speaker="A. N. Other")),
        arrive("n", 2, Note(area="Adur", kind="history", text="first in years")),
        arrive("s", 3, sop(1, {}, "Adur")),
    )
    assert (found.files.counted, found.files.ignored, found.files.superseded) == (3, 1, 0)
    assert found.poll_date == POLL


def test_a_recount_is_not_said_to_be_under_way_once_the_seat_is_declared() -> None:
    recount = arrive("n", 1, Note(area="Bury", kind="recount", text="recount 1 under way"))
    assert len(night(recount).notes) == 1
    assert night(recount, arrive("r", 2, seat("Bury", "CON", 2))).notes == ()


def test_totals_of_another_night_are_named_even_without_results() -> None:
    old = Totals(election=Contest(name="Old", poll_date=date(2015, 5, 6)), parties={}, number=650)
    found = night(arrive("r", 1, result("Adur", {"CON": 3})), arrive("s", 2, old))
    assert [c.paths for c in found.conflicts] == [("s",)]


def test_a_result_that_arrives_days_before_the_poll_is_a_test_but_an_old_file_time_is_not() -> None:
    days = -3 * 24 * 60
    assert night(arrive("r", days, result("Adur", {"CON": 3}))).test != ()
    assert night(arrive("r", days, result("Adur", {"CON": 3}), basis="file")).test == ()


def test_the_later_round_stands_over_every_revision_of_an_earlier_one() -> None:
    first = Result(area=place("Town"), election=LOCAL, round=1, revision=2, stage="partial")
    second = Result(area=place("Town"), election=LOCAL, round=2, revision=1, elected={"LAB": 1})
    for order_seen in ((first, second), (second, first)):
        found = night(*(arrive(str(i), i, report) for i, report in enumerate(order_seen)))
        assert (area(found, "Town").stage, found.conflicts) == ("declared", ())


def test_nominations_of_a_lower_revision_do_not_replace_a_higher_one() -> None:
    newer = Baseline(area=place("Adur"), election=LOCAL, revision=2, up=5)
    older = Baseline(area=place("Adur"), election=LOCAL, revision=1, up=4)
    assert area(night(arrive("n2", 1, newer), arrive("n1", 2, older)), "Adur").up == 5
