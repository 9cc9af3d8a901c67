"""Control, outcomes, seats that are not there (RULES 1-4, 25-27)."""

import pytest

from dashboard.count.control import control_of, majority, outcome_of
from feeds.report import NEW, NOC, Outcome
from tests.makers.events import area, arrive, baseline, flagged, night, only, result


@pytest.mark.parametrize(("total", "needed"), [(1, 1), (2, 2), (60, 31), (61, 31), (62, 32), (650, 326)])
def test_a_majority_is_more_than_half_of_all_seats(total: int, needed: int) -> None:
    assert majority(total) == needed


def test_exactly_half_is_no_overall_control() -> None:
    assert control_of({"LAB": 31, "CON": 31}, 62) == NOC


def test_vacant_seats_count_in_the_total() -> None:
    found = night(arrive("a", 1, result("Ayton", {"LAB": 18}, composition={"LAB": 18, "CON": 17}, vacant=1)))
    assert (area(found, "Ayton").total, area(found, "Ayton").control) == (36, NOC)


@pytest.mark.parametrize(
    ("control", "previous", "outcome"),
    [
        ("LAB", "LAB", "hold"),
        ("LAB", "CON", "gain"),
        ("LAB", NOC, "gain"),
        (NOC, "CON", "loss"),
        (NOC, NOC, "stays-noc"),
        ("LAB", NEW, "new"),
        (NOC, NEW, "new"),
        ("LAB", None, None),
    ],
)
def test_outcome_is_told_from_control_before_and_after(
    control: str, previous: str | None, outcome: Outcome | None
) -> None:
    assert outcome_of(control, previous) == outcome


def test_stated_control_stands_and_the_arithmetic_is_a_discrepancy() -> None:
    found = night(
        arrive("b", 0, baseline("Crawley", {"LAB": 17, "CON": 17}, total=36, control=NOC)),
        arrive("r", 1, result("Crawley", {"LAB": 9}, composition={"LAB": 18, "CON": 17}, vacant=1, control="LAB")),
    )
    crawley = area(found, "Crawley")
    assert (crawley.control, crawley.outcome) == ("LAB", "gain")
    assert flagged(crawley) == ("stated as Lab, which has 18 of 36; a majority is 19",)


def test_a_new_council_is_never_a_gain_and_has_no_change() -> None:
    found = night(
        arrive("b", 0, baseline("Cumberland", total=46, up=46, control=NEW)),
        arrive("r", 1, result("Cumberland", {"LAB": 30, "CON": 16}, control="LAB")),
    )
    cumberland = area(found, "Cumberland")
    assert (cumberland.outcome, cumberland.change, cumberland.composition) == ("new", None, {"LAB": 30, "CON": 16})
    assert only(found).changes == ()
    labour = only(found).parties[0]
    assert (labour.areas, labour.areas_change, labour.change) == (1, 0, None)


def test_no_baseline_means_no_outcome_and_no_change() -> None:
    found = night(arrive("r", 1, result("Ayton", {"LAB": 3}, composition={"LAB": 3, "CON": 1})))
    assert (area(found, "Ayton").outcome, area(found, "Ayton").change) == (None, None)


def test_a_result_before_its_baseline_gains_its_outcome_when_the_baseline_comes() -> None:
    late = night(
        arrive("r", 1, result("Ayton", {"LAB": 3, "CON": 1}, composition={"LAB": 3, "CON": 1})),
        arrive("b", 2, baseline("Ayton", {"CON": 4}, total=4, control="CON")),
    )
    assert (area(late, "Ayton").outcome, area(late, "Ayton").change) == ("gain", {"LAB": 3, "CON": -3})
    assert not late.corrections


def test_thirds_composition_is_continuing_and_elected() -> None:
    found = night(
        arrive("b", 0, baseline("Ayton", {"LAB": 7, "CON": 5}, total=12, up=4, continuing={"LAB": 5, "CON": 3})),
        arrive("r", 1, result("Ayton", {"CON": 4})),
    )
    ayton = area(found, "Ayton")
    assert (ayton.composition, ayton.control, ayton.outcome) == ({"LAB": 5, "CON": 7}, "CON", "gain")
    assert ayton.change == {"LAB": -2, "CON": 2}


def test_thirds_composition_is_unknown_without_continuing_seats() -> None:
    found = night(
        arrive("b", 0, baseline("Ayton", {"LAB": 7, "CON": 5}, total=12, up=4)),
        arrive("r", 1, result("Ayton", {"CON": 4})),
    )
    assert (area(found, "Ayton").composition, area(found, "Ayton").control) == (None, None)


def test_boundary_changes_need_not_sum_to_nothing() -> None:
    found = night(
        arrive("b", 0, baseline("Essex", {"CON": 50, "LAB": 25}, total=78)),
        arrive("r", 1, result("Essex", composition={"CON": 60, "LAB": 18}, up=78, elected={"CON": 60, "LAB": 18})),
    )
    essex = area(found, "Essex")
    assert essex.change == {"CON": 10, "LAB": -7}
    assert essex.discrepancies == ()


def test_deferred_seats_complete_a_council_and_belong_to_nobody() -> None:
    found = night(
        arrive("b", 0, baseline("Ayton", total=6, up=6, deferred=2)),
        arrive("w1", 1, result("Ayton", {"LAB": 2}, ward="North", up=2)),
        arrive("w2", 2, result("Ayton", {"CON": 2}, ward="South", up=2)),
    )
    ayton = area(found, "Ayton")
    assert (ayton.stage, ayton.deferred, ayton.undeclared) == ("declared", 2, 0)


def test_a_forced_ward_makes_control_certain_before_it_is_counted() -> None:
    found = night(
        arrive(
            "b",
            0,
            baseline("Ayton", total=5, up=5, control="CON"),
            baseline("Ayton", ward="North", up=3, candidates={"LAB": 3}),
            baseline("Ayton", ward="South", up=2, candidates={"LAB": 2, "CON": 2}),
        )
    )
    ayton = area(found, "Ayton")
    assert (ayton.certain, ayton.stage) == ("LAB", "expected")
    assert ayton.certain_sum == "Lab 0 won + 3 that nobody else can win = 3 of 5: certain with 5 undeclared"


def test_certain_control_shows_its_sum() -> None:
    found = night(
        arrive("b", 0, baseline("Ayton", total=60, up=15, continuing={"LAB": 28, "CON": 17})),
        arrive("w", 1, result("Ayton", {"LAB": 3}, ward="North", up=3)),
    )
    assert area(found, "Ayton").certain_sum == "Lab 28 continuing + 3 won = 31 of 60: certain with 12 undeclared"
    assert [c.control for c in only(found).certain] == ["LAB"]


def test_no_overall_control_is_certain_when_no_party_can_reach_a_majority() -> None:
    found = night(arrive("b", 0, baseline("Ayton", total=30, up=2, continuing={"LAB": 13, "CON": 13, "LD": 2})))
    assert area(found, "Ayton").certain == NOC


def test_a_party_cannot_be_sure_of_more_seats_than_it_has_candidates() -> None:
    found = night(
        arrive(
            "b",
            0,
            baseline("Ayton", total=5, up=3, continuing={"LAB": 1, "CON": 1}),
            baseline("Ayton", ward="North", up=3, candidates={"LAB": 1}),
        )
    )
    assert area(found, "Ayton").certain == NOC


def test_unopposed_returns_are_won_before_the_count_and_named_in_the_sum() -> None:
    told = baseline(
        "Ayton", total=9, up=5, continuing={"LAB": 3, "CON": 1}, candidates={"LAB": 5, "CON": 5}, unopposed={"LAB": 2}
    )
    before = night(arrive("b", 0, told))
    assert area(before, "Ayton").certain_sum == "Lab 3 continuing + 2 unopposed = 5 of 9: certain with 5 undeclared"
    after = night(arrive("b", 0, told), arrive("w", 1, result("Ayton", {"CON": 1}, ward="North", up=1)))
    assert area(after, "Ayton").certain_sum == "Lab 3 continuing + 2 unopposed = 5 of 9: certain with 4 undeclared"


def test_unopposed_returns_of_a_ward_are_won_before_the_count() -> None:
    found = night(
        arrive(
            "b",
            0,
            baseline("Ayton", total=5, up=5, control="CON"),
            baseline("Ayton", ward="North", up=3, unopposed={"LAB": 3}),
        )
    )
    assert area(found, "Ayton").certain_sum == "Lab 0 won + 3 unopposed = 3 of 5: certain with 5 undeclared"


def test_unopposed_returns_that_a_ward_has_no_seats_for_are_not_believed() -> None:
    found = night(
        arrive(
            "b",
            0,
            baseline("Ayton", total=5, up=5, control="CON"),
            baseline("Ayton", ward="North", up=2, unopposed={"LAB": 3}),
        )
    )
    assert area(found, "Ayton").certain is None


def test_candidates_of_a_ward_in_part_declared_limit_the_rest_of_it() -> None:
    found = night(
        arrive(
            "b",
            0,
            baseline("Ayton", total=6, up=3, continuing={"LAB": 2, "CON": 1}),
            baseline("Ayton", ward="North", up=3, candidates={"LAB": 1, "CON": 3}),
        ),
        arrive("w", 1, result("Ayton", {"LAB": 1}, ward="North", up=3, stage="partial")),
    )
    assert (area(found, "Ayton").certain, area(found, "Ayton").paths) == (NOC, ())


def test_candidates_that_are_fewer_than_the_elected_are_not_believed() -> None:
    found = night(
        arrive("b", 0, baseline("Ayton", total=6, up=4, continuing={"LAB": 1, "CON": 1}, candidates={"LAB": 1})),
        arrive("w", 1, result("Ayton", {"CON": 1}, ward="North", up=1)),
    )
    assert {p.party for p in area(found, "Ayton").paths} == {"LAB", "CON"}


def test_candidates_that_cannot_fill_the_wards_nobody_names_are_not_believed() -> None:
    found = night(
        arrive(
            "b",
            0,
            baseline("Ayton", total=6, up=4, continuing={"LAB": 1, "CON": 1}, candidates={"LAB": 2, "CON": 1}),
            baseline("Ayton", ward="North", up=2, candidates={"LAB": 1, "CON": 1}),
        )
    )
    assert {p.party for p in area(found, "Ayton").paths} == {"LAB", "CON"}


def test_wards_that_have_more_seats_than_are_up_are_left_aside() -> None:
    found = night(
        arrive(
            "b",
            0,
            baseline("Ayton", total=6, up=2, continuing={"LAB": 2, "CON": 2}),
            baseline("Ayton", ward="North", up=3, candidates={"LAB": 3}),
        )
    )
    assert (area(found, "Ayton").certain, len(area(found, "Ayton").paths)) == (None, 2)


def test_an_area_row_in_part_counts_for_its_wards() -> None:
    found = night(
        arrive("b", 0, baseline("Ayton", total=6, up=4, continuing={"LAB": 2})),
        arrive("r", 1, result("Ayton", {"LAB": 2}, stage="partial")),
    )
    assert area(found, "Ayton").certain_sum == "Lab 2 continuing + 2 won = 4 of 6: certain with 2 undeclared"


def test_a_deferred_seat_of_no_known_ward_may_be_one_that_is_forced() -> None:
    wards = (
        baseline("Ayton", ward="North", up=3, candidates={"LAB": 3}),
        baseline("Ayton", ward="South", up=2, candidates={"CON": 2, "LAB": 2}),
    )
    sure = night(arrive("b", 0, baseline("Ayton", total=5, up=5, control="CON"), *wards))
    deferred = night(arrive("b", 0, baseline("Ayton", total=5, up=5, control="CON", deferred=1), *wards))
    assert (area(sure, "Ayton").certain, area(deferred, "Ayton").certain) == ("LAB", None)


def test_continuing_seats_that_no_party_is_named_for_may_be_anybodys() -> None:
    known = night(arrive("b", 0, baseline("Ayton", total=11, up=2, vacant=1, continuing={"LAB": 3, "CON": 5})))
    unknown = night(arrive("b", 0, baseline("Ayton", total=11, up=2, continuing={"LAB": 3, "CON": 4})))
    assert [p.party for p in area(known, "Ayton").paths] == ["CON"]
    assert {p.party: p.most for p in area(unknown, "Ayton").paths} == {"CON": 8, "LAB": 7}


@pytest.mark.parametrize("continuing", [{"LAB": 5}, {"LAB": 6, "CON": 5}])
def test_nothing_is_certain_where_the_seats_do_not_add_up(continuing: dict[str, int]) -> None:
    more = result("Ayton", {"CON": 3}, ward="North", up=3, stage="partial")
    found = night(arrive("b", 0, baseline("Ayton", total=9, up=2, continuing=continuing)), arrive("w", 1, more))
    assert (area(found, "Ayton").certain, area(found, "Ayton").paths) == (None, ())
    alone = night(arrive("b", 0, baseline("Ayton", total=9, up=2, continuing={"LAB": 6, "CON": 5})))
    assert (area(alone, "Ayton").certain, area(alone, "Ayton").paths) == (None, ())


def test_nothing_is_certain_where_continuing_seats_are_not_known() -> None:
    found = night(arrive("b", 0, baseline("Ayton", {"LAB": 40}, total=60, up=20)))
    assert (area(found, "Ayton").certain, area(found, "Ayton").paths) == (None, ())


def test_a_path_says_what_a_party_needs_of_what_it_can_win() -> None:
    found = night(arrive("b", 0, baseline("Ayton", total=43, up=22, continuing={"LAB": 8, "CON": 13})))
    labour = next(p for p in area(found, "Ayton").paths if p.party == "LAB")
    assert (labour.needs, labour.available) == (14, 22)
