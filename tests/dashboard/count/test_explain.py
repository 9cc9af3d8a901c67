"""Which areas are named when a publisher's totals are not our sum, and which figures are compared at all."""

import msgspec
import pytest

from dashboard.count.claims import totals_of
from dashboard.count.fold import Count
from dashboard.count.night import Explanation, TotalsCheck
from dashboard.count.standing import Saying
from feeds.report import Seats, Settings
from tests.makers.events import POLL, Pair, arrive, at, baseline, night, only, place, result, sop

Four = tuple[int, int, int, int]


def council(name: str, minutes: float, seats: Seats, change: Seats, *, revision: int = 1) -> Pair:
    """Return a council's result: all up, held by whoever has most of it."""
    control = max(seats, key=lambda code: seats[code])
    return arrive(
        f"{name}_{revision}",
        minutes,
        result(
            name, seats, composition=seats, change=change, total=sum(seats.values()), control=control,
            previous=control, revision=revision,
        ),
    )  # fmt: skip


def totals(number: int, minutes: float, parties: dict[str, Four], *names: str, region: str = "All") -> Pair:
    return arrive(f"sop_{region}_{number}", minutes, sop(number, parties, *names, region=region))


def check(*pairs: Pair) -> TotalsCheck:
    found = only(night(*pairs)).totals_check
    assert found is not None
    return found


def named(found: TotalsCheck) -> list[tuple[str, str, int]]:
    assert found.agrees is False
    return [(one.area, one.why, one.among) for one in found.explained]


ADUR = council("Adur", 1, {"CON": 7, "LAB": 3}, {"CON": 1, "LAB": -1})
ADUR_2 = council("Adur", 5, {"CON": 6, "LAB": 4}, {}, revision=2)
BURY = council("Bury", 2, {"LAB": 8, "CON": 2}, {"CON": 0})
BURY_2 = council("Bury", 6, {"LAB": 9, "CON": 1}, {"LAB": 1, "CON": -1}, revision=2)
WARDS = (("North", "LAB"), ("South", "LAB"), ("West", "CON"))
FIRST = {"CON": (9, 1, 1, 0), "LAB": (11, -1, 1, 0)}
"""What Adur and Bury add up to by their first revisions."""


def test_totals_by_an_older_revision_name_the_council_and_the_revision() -> None:
    found = check(ADUR, BURY, ADUR_2, totals(2, 7, FIRST, "Adur", "Bury"))
    assert named(found) == [("Adur", "its revision 1", 1)]
    assert found.explained[0].area_id == "council:adur"


def test_totals_that_are_corrected_with_the_result_agree_again() -> None:
    newer = totals(2, 8, {"CON": (8, 0, 1, 0), "LAB": (12, 0, 1, 0)}, "Adur", "Bury")
    assert check(ADUR, BURY, totals(2, 3, FIRST, "Adur", "Bury"), ADUR_2, newer).agrees is True


def test_totals_by_the_first_revisions_of_two_councils_name_both() -> None:
    found = check(ADUR, BURY, totals(2, 3, FIRST, "Adur", "Bury"), ADUR_2, BURY_2)
    assert named(found) == [("Adur", "its revision 1", 1), ("Bury", "its revision 1", 1)]


def test_a_rush_may_be_what_the_totals_hold() -> None:
    rush = arrive("rush", 1, result("Adur", {"LAB": 1}, stage="rush", control="LAB", previous="LAB"))
    full = arrive("full", 2, result("Adur", {"CON": 1}, control="CON", previous="LAB", revision=2))
    found = check(rush, full, totals(1, 3, {"LAB": (1, 0, 1, 0)}, "Adur"))
    assert named(found) == [("Adur", "its rush, revision 1", 1)]


def test_another_file_of_the_same_revision_is_named_by_its_path() -> None:
    other = arrive("other", 6, result("Adur", {"CON": 5, "LAB": 5}, control="NOC", previous="CON", revision=1))
    found = check(ADUR, other, totals(1, 7, {"CON": (7, 1, 1, 0), "LAB": (3, -1, 0, 0)}, "Adur"))
    assert named(found) == [("Adur", "revision 1 as in Adur_1", 1)]


def test_a_council_whose_seats_contradict_its_changes_is_named_with_what_they_would_be() -> None:
    held = arrive("nominations", 0, baseline("Bury", {"LAB": 8, "CON": 2}, total=10))
    wrong = council("Bury", 2, {"LAB": 7, "CON": 3}, {"CON": 0})
    found = check(held, ADUR, wrong, totals(2, 3, FIRST, "Adur", "Bury"))
    assert named(found) == [("Bury", "the seats held and its changes give Con 2, Lab 8", 1)]


def test_a_council_whose_changes_contradict_its_seats_is_named_with_what_they_would_be() -> None:
    held = arrive("nominations", 0, baseline("Bury", {"LAB": 8, "CON": 2}, total=10))
    wrong = council("Bury", 2, {"LAB": 8, "CON": 2}, {"CON": 1, "LAB": -1})
    found = check(held, ADUR, wrong, totals(2, 3, FIRST, "Adur", "Bury"))
    assert named(found) == [("Bury", "its new council less the seats held changes Con 0, Lab 0", 1)]


def test_a_council_whose_stated_control_is_not_that_of_its_seats_is_named() -> None:
    stated = arrive("Bury", 2, result("Bury", {"LAB": 8, "CON": 2}, composition={"LAB": 8, "CON": 2}, control="NOC"))
    found = check(ADUR, stated, totals(2, 3, {"CON": (9, 1, 1, 0), "LAB": (11, -1, 1, 0)}, "Adur", "Bury"))
    assert named(found) == [("Bury", "its seats give Lab control", 1)]


def test_an_older_revision_and_a_contradiction_together_are_both_named() -> None:
    held = arrive("nominations", 0, baseline("Bury", {"LAB": 8, "CON": 2}, total=10))
    wrong = council("Bury", 2, {"LAB": 7, "CON": 2, "LD": 1}, {"CON": 0})
    found = check(held, ADUR, wrong, totals(2, 3, FIRST, "Adur", "Bury"), ADUR_2)
    assert [one.area for one in found.explained] == ["Adur", "Bury"]


def test_an_area_that_no_earlier_totals_hold_is_named_where_the_earlier_ones_agree() -> None:
    one = totals(1, 3, {"CON": (7, 1, 1, 0), "LAB": (3, -1, 0, 0)}, "Adur")
    two = totals(2, 4, {"CON": (8, 1, 1, 0), "LAB": (12, -1, 1, 0)}, "Adur", "Bury")
    assert named(check(ADUR, BURY, one, two)) == [("Bury", "it is not in totals 1, which agree", 1)]


def test_a_difference_is_placed_where_it_came_in_and_not_where_it_is_still_there() -> None:
    colne = council("Colne", 5, {"LD": 4}, {"LD": 0})
    one = totals(1, 3, {"CON": (7, 1, 1, 0), "LAB": (3, -1, 0, 0)}, "Adur")
    two = totals(2, 4, {"CON": (8, 1, 1, 0), "LAB": (12, -1, 1, 0)}, "Adur", "Bury")
    three = totals(3, 6, {"CON": (8, 1, 1, 0), "LAB": (12, -1, 1, 0), "LD": (4, 0, 1, 0)}, "Adur", "Bury", "Colne")
    assert named(check(ADUR, BURY, colne, one, two, three)) == [("Bury", "it is not in totals 1, which agree", 1)]


def test_totals_of_a_region_that_agree_leave_its_areas_out() -> None:
    colne = council("Colne", 3, {"LAB": 4}, {"LAB": 0})
    wales = totals(1, 4, {"LAB": (8, 0, 1, 0), "CON": (2, 0, 0, 0)}, "Bury", region="Wales")
    one = totals(1, 5, {"CON": (7, 1, 1, 0), "LAB": (3, -1, 0, 0)}, "Adur")
    two = totals(3, 6, {"CON": (10, 1, 1, 0), "LAB": (14, -1, 2, 0)}, "Adur", "Bury", "Colne")
    assert named(check(ADUR, BURY, colne, wales, one, two)) == [("Colne", "it is not in totals 1, which agree", 1)]


def test_an_area_that_cannot_have_made_the_difference_is_not_among_them() -> None:
    colne = council("Colne", 5, {"LD": 4}, {"LD": 0})
    one = totals(1, 3, {"CON": (7, 1, 1, 0), "LAB": (3, -1, 0, 0)}, "Adur")
    rows = {"CON": (10, 1, 1, 0), "LAB": (10, -1, 1, 0), "LD": (4, 0, 1, 0)}
    three = totals(3, 6, rows, "Adur", "Bury", "Colne")
    assert named(check(ADUR, BURY, colne, one, three)) == [("Bury", "it is not in totals 1, which agree", 1)]


def test_nothing_is_named_where_nothing_tells_one_area_from_the_others() -> None:
    names = [f"Town {letter}" for letter in "ABCDEF"]
    results = [council(name, 1, {"CON": 4}, {"CON": 0}) for name in names]
    found = check(*results, totals(6, 3, {"CON": (23, 0, 6, 0), "LAB": (1, 0, 0, 0)}, *names))
    assert named(found) == []


def test_the_areas_of_few_totals_are_among_those_that_may_be_wrong() -> None:
    found = check(ADUR, BURY, totals(2, 3, {"CON": (10, 1, 1, 0), "LAB": (10, -1, 1, 0)}, "Adur", "Bury"))
    assert found.explained == (
        Explanation(area="Adur", area_id="council:adur", why="no earlier totals are without it", among=2),
        Explanation(area="Bury", area_id="council:bury", why="no earlier totals are without it", among=2),
    )


def test_two_councils_that_contradict_themselves_are_both_named() -> None:
    adur = council("Adur", 1, {"CON": 6, "LAB": 4}, {"CON": 1, "LAB": -1})
    bury = council("Bury", 2, {"LAB": 7, "LD": 1, "CON": 2}, {"CON": 0})
    held = [
        arrive("n1", 0, baseline("Adur", {"CON": 6, "LAB": 4}, total=10)),
        arrive("n2", 0, baseline("Bury", {"LAB": 8, "CON": 2}, total=10)),
    ]
    found = check(*held, adur, bury, totals(2, 3, FIRST, "Adur", "Bury"))
    assert [one.area for one in found.explained] == ["Adur", "Bury"]


def test_two_ways_to_read_one_council_are_not_taken_together() -> None:
    held = arrive("nominations", 0, baseline("Bury", {"LAB": 8, "CON": 2}, total=10))
    wrong = council("Bury", 2, {"LAB": 7, "CON": 3}, {"CON": 0})
    one = totals(1, 3, {"CON": (7, 1, 1, 0), "LAB": (3, -1, 0, 0)}, "Adur")
    both = totals(2, 4, {"CON": (9, 2, 1, 0), "LAB": (11, -2, 1, 0)}, "Adur", "Bury")
    assert named(check(held, ADUR, wrong, one, both)) == [("Bury", "it is not in totals 1, which agree", 1)]


def test_a_council_whose_wards_add_up_to_something_else_is_named() -> None:
    row = result("Bury", {"LAB": 3}, composition={"LAB": 3}, control="LAB", previous="LAB", total=3, up=3)
    wards = [arrive(ward, 1, result("Bury", {code: 1}, ward=ward, up=1)) for ward, code in WARDS]
    found = check(*wards, arrive("row", 2, row), totals(1, 3, {"LAB": (2, 0, 1, 0), "CON": (1, 0, 0, 0)}, "Bury"))
    assert named(found) == [("Bury", "its wards add up otherwise", 1)]


def test_a_partial_result_is_nothing_that_totals_may_hold() -> None:
    part = arrive("part", 1, result("Adur", {"CON": 6, "LAB": 1}, stage="partial"))
    one = totals(1, 6, {"CON": (6, 1, 1, 0), "LAB": (1, -1, 0, 0)}, "Adur")
    later = council("Adur", 5, {"CON": 7, "LAB": 3}, {"CON": 1, "LAB": -1}, revision=2)
    assert named(check(part, later, one)) == [("Adur", "no earlier totals are without it", 1)]


def test_a_difference_that_earlier_totals_show_is_not_laid_on_a_correction_of_the_same_size() -> None:
    """Totals 1 and 2 hold Adur's first revision, totals 3 its second; Bury has a seat too many for Labour."""
    bury = council("Bury", 2, {"LAB": 9, "CON": 1}, {"LAB": 1, "CON": -1})
    colne = council("Colne", 6, {"LD": 4}, {"LD": 0})
    one = totals(1, 3, {"CON": (7, 1, 1, 0), "LAB": (3, -1, 0, 0)}, "Adur")
    rows = {"CON": (8, 0, 1, 0), "LAB": (12, 0, 1, 0), "LD": (4, 0, 1, 0)}
    three = totals(3, 7, rows, "Adur", "Bury", "Colne")
    found = check(ADUR, bury, colne, ADUR_2, one, totals(2, 4, FIRST, "Adur", "Bury"), three)
    assert named(found) == [("Bury", "it is not in totals 1, which agree", 1)]


def test_a_seat_altered_in_a_correction_is_among_the_new_areas_and_those_corrected() -> None:
    """Totals 1 hold Adur's first revision and tell nothing of its second."""
    altered = council("Adur", 4, {"CON": 5, "LAB": 5, "LD": 1}, {"CON": -1, "LAB": 1, "LD": 1}, revision=2)
    one = totals(1, 3, {"CON": (7, 1, 1, 0), "LAB": (3, -1, 0, 0)}, "Adur")
    two = totals(2, 6, {"CON": (8, 0, 1, 0), "LAB": (12, 0, 1, 0)}, "Adur", "Bury")
    assert [(one.area, one.why) for one in check(ADUR, altered, BURY, one, two).explained] == [
        ("Adur", "its revision 2 is not in totals 1, which agree"),
        ("Bury", "it is not in totals 1, which agree"),
    ]


def test_totals_of_a_region_that_differ_in_the_same_way_narrow_the_areas_to_theirs() -> None:
    colne = council("Colne", 3, {"LAB": 4, "CON": 3}, {"LAB": 0})
    west = totals(2, 4, {"LAB": (9, 0, 1, 0), "CON": (1, 0, 0, 0)}, "Bury", region="West")
    odd = totals(2, 4, {"CON": (9, 1, 1, 0), "LAB": (10, -1, 1, 0)}, "Adur", "Bury", region="Odd")
    one = totals(1, 5, {"CON": (7, 1, 1, 0), "LAB": (3, -1, 0, 0)}, "Adur")
    three = totals(3, 6, {"CON": (11, 1, 1, 0), "LAB": (16, -1, 2, 0)}, "Adur", "Bury", "Colne")
    election = only(night(ADUR, BURY, colne, west, odd, one, three))
    assert election.totals_check is not None
    assert named(election.totals_check) == [("Bury", "it is not in totals 1, which agree", 1)]


def test_totals_that_are_not_part_of_each_other_are_each_added_up_by_themselves() -> None:
    colne = council("Colne", 3, {"LD": 4}, {"LD": 0})
    one = totals(1, 4, {"CON": (7, 1, 1, 0), "LAB": (3, -1, 0, 0)}, "Adur")
    two = totals(2, 5, {"LAB": (8, 0, 1, 0), "CON": (2, 0, 0, 0)}, "Bury")
    rows = {"CON": (9, 1, 1, 0), "LAB": (11, -1, 1, 0), "LD": (5, 0, 1, 0)}
    found = check(ADUR, BURY, colne, one, two, totals(3, 6, rows, "Adur", "Bury", "Colne"))
    assert named(found) == [("Colne", "it is not in totals 1, which agree", 1)]


def test_totals_are_outdated_by_newer_ones_that_name_the_same_area_by_its_code() -> None:
    coded = msgspec.structs.replace(sop(1, {"LAB": (8, 0, 1, 0), "CON": (2, 0, 0, 0)}), areas=(place("Bury", "E1"),))
    bury = arrive("Bury", 2, result("Bury", {"LAB": 8, "CON": 2}, code="E1", control="LAB", previous="LAB"))
    found = only(night(bury, totals(1, 3, {"LAB": (7, 0, 1, 0)}, "Bury"), arrive("coded", 4, coded)))
    assert [(one.path, one.agrees) for one in found.totals_checks] == [("coded", True)]


def test_what_no_totals_are_cannot_be_claimed() -> None:
    saying = Saying(report=Settings(), path="x", number=0, turn=1, digest="", at=at(0), basis="arrived")
    with pytest.raises(TypeError, match="not totals: Settings"):
        totals_of(saying)


def test_totals_that_lack_an_area_of_lower_ones_leave_those_compared() -> None:
    one = totals(1, 3, {"CON": (7, 1, 1, 0), "LAB": (3, -1, 0, 0)}, "Adur")
    two = totals(2, 4, {"LAB": (8, 0, 1, 0), "CON": (2, 0, 0, 0)}, "Bury")
    assert [one.agrees for one in only(night(ADUR, BURY, one, two)).totals_checks] == [True, True]


def test_a_change_that_is_not_known_of_every_area_is_not_compared_and_it_is_said_of_which() -> None:
    plain = arrive("Bury", 2, result("Bury", {"LAB": 8, "CON": 2}, control="LAB", previous="LAB"))
    found = check(ADUR, plain, totals(2, 3, {"CON": (9, 0, 1, 0), "LAB": (11, 0, 1, 0)}, "Adur", "Bury"))
    assert (found.agrees, found.reason) == (True, "change not known of Bury")


def test_a_revision_that_changes_no_figure_that_is_compared_explains_nothing() -> None:
    again = council("Adur", 3, {"CON": 7, "LAB": 3}, {}, revision=2)
    plain = arrive("Bury", 2, result("Bury", {"LAB": 8, "CON": 2}, control="LAB", previous="LAB"))
    found = check(ADUR, plain, again, totals(2, 4, {"CON": (9, 1, 1, 0), "LAB": (10, 0, 1, 0)}, "Adur", "Bury"))
    assert {one.why for one in found.explained} == {"no earlier totals are without it"}


def test_totals_over_an_area_whose_seats_won_are_not_known_are_not_comparable() -> None:
    third = arrive("Bury", 2, result("Bury", composition={"LAB": 8, "CON": 2}, control="LAB", previous="LAB", total=20))
    found = check(ADUR, third, totals(2, 3, FIRST, "Adur", "Bury"))
    assert (found.agrees, found.reason) == (None, "not comparable: seats not known of Bury")
    assert found.explained == ()


def test_a_new_council_has_no_change_and_does_not_keep_the_change_from_being_compared() -> None:
    new = arrive("New", 2, result("Newton", {"LD": 5}, composition={"LD": 5}, control="LD", previous="NEW"))
    rows = {"CON": (7, 2, 1, 0), "LAB": (3, -1, 0, 0), "LD": (5, 0, 1, 0)}
    found = check(ADUR, new, totals(2, 3, rows, "Adur", "Newton"))
    assert [(d.party, d.figure, d.theirs, d.ours) for d in found.differences] == [("CON", "change", 2, 1)]


def test_totals_are_compared_by_the_nights_own_baseline_whichever_is_in_use() -> None:
    named = (("eve-of-poll", {"CON": 6, "LAB": 4}), ("last-election", {"CON": 2, "LAB": 8}))
    held = [
        arrive(name, 0, msgspec.structs.replace(baseline("Adur", seats, total=10), baseline=name))
        for name, seats in named
    ]
    own = arrive("night.toml", 0, Settings(poll_date=POLL, baseline="eve-of-poll"))
    count = Count("last-election")
    for event, reading in (own, *held, ADUR, totals(1, 3, {"CON": (7, 1, 1, 0), "LAB": (3, -1, 0, 0)}, "Adur")):
        count.apply(event, reading)
    election = only(count.night())
    assert {p.party: p.change for p in election.parties if p.seats} == {"CON": 5, "LAB": -5}
    assert election.totals_check is not None
    assert election.totals_check.agrees is True


def test_a_correction_of_the_same_size_does_not_hide_an_altered_area() -> None:
    """Totals 2 hold Adur's second revision; Bury's file has a seat too many, the one that Adur's correction moved."""
    bury = council("Bury", 2, {"LAB": 9, "CON": 1}, {"LAB": 1, "CON": -1})
    one = totals(1, 3, {"CON": (7, 1, 1, 0), "LAB": (3, -1, 0, 0)}, "Adur")
    two = totals(2, 6, {"CON": (8, 0, 1, 0), "LAB": (12, 0, 1, 0)}, "Adur", "Bury")
    assert named(check(ADUR, bury, one, ADUR_2, two)) == [
        ("Adur", "its revision 1", 2),
        ("Bury", "it is not in totals 1, which agree", 2),
    ]


def test_an_area_that_totals_which_agree_hold_is_not_among_those_that_may_be_wrong() -> None:
    colne = council("Colne", 5, {"LAB": 5}, {"LAB": 1})
    two = totals(2, 4, FIRST, "Adur", "Bury")
    three = totals(3, 6, {"CON": (9, 1, 1, 0), "LAB": (15, -1, 2, 0)}, "Adur", "Bury", "Colne")
    assert named(check(ADUR, BURY, colne, two, three)) == [("Colne", "it is not in totals 2, which agree", 1)]


def test_a_third_whose_new_council_less_the_seats_not_up_is_not_what_it_elected_is_named() -> None:
    before = baseline("Adur", {"CON": 6, "LAB": 4}, total=10, up=3, continuing={"CON": 4, "LAB": 3}, control="CON")
    after = result(
        "Adur", {"CON": 2, "LAB": 1}, composition={"CON": 5, "LAB": 5}, change={"CON": -1, "LAB": 1}, total=10,
        control="NOC", previous="CON",
    )  # fmt: skip
    stated = {"CON": (1, -1, 0, -1), "LAB": (2, 1, 0, 0), "NOC": (0, 0, 1, 1)}
    found = check(arrive("b", 0, before), arrive("r", 1, after), totals(1, 2, stated, "Adur"))
    assert ("Adur", "its new council less the seats not up gives Con 1, Lab 2", 1) in named(found)


def test_two_totals_that_differ_are_each_explained_and_one_that_lacks_a_result_is_not() -> None:
    late = totals(3, 9, {"CON": (30, 3, 3, 0)}, "Adur", "Bury", "Cork")
    west = totals(1, 8, {"CON": (6, 0, 1, 0), "LAB": (4, 0, 0, 0)}, "Adur", region="West")
    found = only(
        night(
            ADUR,
            BURY,
            totals(2, 7, {"CON": (9, 1, 1, 0), "LAB": (12, 0, 1, 0)}, "Adur", "Bury", region="East"),
            west,
            late,
        )
    )
    assert [(c.region, c.agrees, bool(c.explained)) for c in found.totals_checks] == [
        ("West", False, True),
        ("East", False, True),
        ("All", None, False),
    ]


def test_an_area_whose_control_is_not_known_has_its_seats_compared_and_not_its_control() -> None:
    bare = arrive("a", 1, result("Adur", {"CON": 2, "LAB": 1}))
    found = check(bare, totals(1, 2, {"CON": (3, 0, 1, 0)}, "Adur"))
    assert found.reason == "change not known of Adur; areas not known of Adur; areas change not known of Adur"
    assert [(d.party, d.figure, d.theirs, d.ours) for d in found.differences] == [
        ("CON", "seats", 3, 2),
        ("LAB", "seats", 0, 1),
    ]


def test_an_area_is_not_named_for_the_control_of_another() -> None:
    off = {"CON": (9, 1, 1, 0), "LAB": (11, -1, 0, -1), "NOC": (0, 0, 1, 1)}
    found = check(
        ADUR, totals(1, 3, {"CON": (7, 1, 1, 0), "LAB": (3, -1, 0, 0)}, "Adur"), BURY, totals(2, 4, off, "Adur", "Bury")
    )
    assert {name for name, _, _ in named(found)} == {"Bury"}


def test_what_explains_totals_is_the_same_whether_it_is_worked_out_afresh_or_kept() -> None:
    wrong = totals(2, 7, {"CON": (9, 1, 1, 0), "LAB": (12, 0, 1, 0)}, "Adur", "Bury")
    elsewhere = council("Cork", 8, {"LD": 3}, {"LD": 0})
    counting = Count()
    pairs = [ADUR, BURY, wrong, elsewhere, ADUR_2, BURY_2]
    for number, (event, reading) in enumerate(pairs, start=1):
        counting.apply(event, reading)
        afresh = Count()
        for one, said in pairs[:number]:
            afresh.apply(one, said)
        assert counting.night() == afresh.night()


def test_the_only_totals_there_are_say_that_no_earlier_ones_are_without_an_area() -> None:
    found = check(ADUR, totals(1, 3, {"CON": (7, 1, 1, 0), "LAB": (4, 0, 0, 0)}, "Adur"))
    assert named(found) == [("Adur", "no earlier totals are without it", 1)]


def test_the_seats_not_up_are_enough_to_name_a_third_that_contradicts_itself() -> None:
    before = baseline("Adur", total=10, up=3, continuing={"CON": 4, "LAB": 3})
    after = result("Adur", {"CON": 2, "LAB": 1}, composition={"CON": 5, "LAB": 5}, total=10, control="NOC")
    stated = {"CON": (1, 0, 0, 0), "LAB": (2, 0, 0, 0), "NOC": (0, 0, 1, 0)}
    found = check(arrive("b", 0, before), arrive("r", 1, after), totals(1, 2, stated, "Adur"))
    assert ("Adur", "its new council less the seats not up gives Con 1, Lab 2", 1) in named(found)


def test_totals_over_a_council_in_part_are_not_comparable_and_name_it() -> None:
    ward = arrive("r", 1, result("Adur", {"CON": 1}, ward="Hill", up=1))
    found = check(arrive("b", 0, baseline("Adur", total=10, up=10)), ward, totals(1, 2, {"CON": (1, 0, 0, 0)}, "Adur"))
    assert (found.agrees, found.reason) == (None, "not comparable: no result of Adur")


def test_of_the_only_totals_every_area_is_named_where_none_alone_can_have_made_the_difference() -> None:
    off = {"CON": (9, 1, 0, -1), "LAB": (11, -1, 0, -1), "NOC": (0, 0, 2, 2)}
    assert named(check(ADUR, BURY, totals(2, 3, off, "Adur", "Bury"))) == [
        ("Adur", "no earlier totals are without it", 2),
        ("Bury", "no earlier totals are without it", 2),
    ]
