"""Sums behind figures that the shipped nights do not have: stated befores, certain control, one seat, no totals."""

from typing import Any

import msgspec

from dashboard.count.audit import audit, audit_total, parties_of
from dashboard.count.facts import Reckoning
from dashboard.count.fold import Count
from feeds.report import Candidate, Contest, Place, Report, Result
from tests.makers.events import POLL, arrive, baseline, result
from tests.makers.states import area, election, night, wandsworth

GENERAL = Contest(kind="parliament", name="General election", poll_date=POLL)


def reckoned(*reports: Report) -> dict[tuple[str, str | None], list[Reckoning]]:
    """Return the sums of the first area that these files speak of, each report a file of its own."""
    count = Count()
    for number, report in enumerate(reports):
        count.apply(*arrive(f"{number}.csv", number, report))
    state = count.night()
    one = state.elections[0]
    found: dict[tuple[str, str | None], list[Reckoning]] = {}
    for r in audit(state, one.id, one.areas[0].id, witness=count.witness(), entries=count.entries()).reckonings:
        found.setdefault((r.figure, r.party), []).append(r)
    assert all(r.agrees for several in found.values() for r in several if not r.check)
    return found


def terms(r: Reckoning) -> list[tuple[str, Any]]:
    return [(t.kind, t.value) for t in r.terms]


def seat(**fields: Any) -> Result:
    stood = (
        Candidate(name="Ann", party="LAB", votes=300, elected=True),
        Candidate(name="Ben", party="CON", votes=100, elected=False),
    )
    facts: dict[str, Any] = {"area": Place(name="Hull", kind="constituency"), "election": GENERAL, "candidates": stood}
    return Result(**(facts | {"elected": {"LAB": 1}} | fields))


def test_a_seats_holder_is_what_the_result_says_of_before() -> None:
    found = reckoned(seat(previous="CON"))
    assert terms(found["before", "CON"][0]) == [("holder", 1)]
    assert terms(found["change", "LAB"][0]) == [("after", 1), ("before", 0)]
    assert terms(found["lead", None][0]) == [("candidate", 300), ("candidate", -100)]
    assert found["outcome", None][0].value == "gain"


def test_a_winners_lead_needs_somebody_to_lead() -> None:
    alone = (Candidate(name="Ann", party="LAB", votes=300, elected=True),)
    assert ("lead", None) not in reckoned(seat(candidates=alone))


def test_a_stated_turnout_and_a_stated_outcome_are_as_the_file_says() -> None:
    said = msgspec.structs.replace(result("Ayton", {"LAB": 5}, total=5, up=5, previous="CON"), turnout=38.2)
    found = reckoned(msgspec.structs.replace(said, outcome="gain"))
    assert (found["turnout", None][0].how, found["turnout", None][0].value) == ("stated", 38.2)
    assert [(r.how, r.check, r.agrees) for r in found["outcome", None]] == [
        ("stated", False, True), ("comparison", True, True),
    ]  # fmt: skip


def test_seats_that_nobody_states_are_the_sum_of_those_that_are_named() -> None:
    found = reckoned(result("Ayton", {"LAB": 2, "CON": 1}, composition={"LAB": 4, "CON": 3}))
    assert terms(found["total", None][0]) == [("after", 4), ("after", 3)]
    assert terms(found["up", None][0]) == [("elected", 2), ("elected", 1)]


def test_control_before_follows_from_the_seats_before_where_nobody_states_it() -> None:
    found = reckoned(baseline("Ayton", {"LAB": 3, "CON": 2}, total=5, up=5), result("Ayton", {"CON": 5}))
    assert terms(found["previous", None][0]) == [("before", 3), ("majority", 3), ("total", 5)]
    assert found["previous", None][0].value == "LAB"


def test_control_that_is_certain_comes_with_its_sum() -> None:
    before = baseline("Ayton", {"LAB": 6, "CON": 3}, total=9, up=3, continuing={"LAB": 5, "CON": 1})
    (found,) = reckoned(before)["certain", None]
    assert (found.value, terms(found)) == ("LAB", [("continuing", 5), ("elected", 0), ("majority", 5)])
    assert found.note is not None
    assert "5 continuing" in found.note


def test_a_result_that_is_taken_back_proves_nothing() -> None:
    gone = result("Ayton", revision=2, stage="retracted")
    found = reckoned(baseline("Ayton", {"LAB": 5}, total=5, up=5), result("Ayton", {"LAB": 5}), gone)
    assert found["elected", "LAB"][0].how == "unknown"


def test_a_figure_that_no_file_is_at_hand_for_stands_as_it_is_shown() -> None:
    """A night made by hand has no files; its sums rest on what it says itself."""
    state = night(election(wandsworth(previous="CON", turnout=30.0), area("Hull")))
    found = audit(state, "local", "wandsworth")
    assert found.agrees
    assert {r.figure for r in found.reckonings if r.how == "stated"} >= {"elected", "change", "previous", "turnout"}
    odd = night(election(area("Hull", stage="declared", elected={"LAB": 2}, control="LAB")))
    assert audit(odd, "local", "hull").agrees
    assert audit_total(odd, "local", "NOC", "change").reckoning.value is None
    assert audit_total(odd, "local", "CON", "seats").reckoning.value == 0


def test_control_that_is_not_known_counts_nowhere() -> None:
    odd = night(election(area("Hull", stage="declared", elected={"LAB": 2})))
    assert audit_total(odd, "local", "LAB", "areas").without == ("Hull",)


def test_every_party_with_any_figure_is_there_in_register_order() -> None:
    found = parties_of(area("Hull", elected={"LD": 1}, before={"CON": 1}, change={"ZED": 1}))
    assert found == ["CON", "LD", "ZED"]


def test_a_stated_change_without_a_baseline_has_no_second_way() -> None:
    found = reckoned(result("Ayton", {"LAB": 5}, total=5, up=5, change={"LAB": 1}))
    assert [(r.how, r.value) for r in found["change", "LAB"]] == [("stated", 1)]


def test_unopposed_returns_of_one_party_are_none_of_anothers() -> None:
    before = baseline("Ayton", total=9, up=9, candidates={"LAB": 9, "CON": 9}, unopposed={"LAB": 2})
    found = reckoned(before)
    assert ("unopposed", -2) in terms(found["needs", "LAB"][0])
    assert "unopposed" not in {kind for kind, _ in terms(found["needs", "CON"][0])}


def test_a_list_region_has_no_control_and_no_outcome() -> None:
    region = Result(area=Place(name="Glasgow", kind="region"), election=GENERAL, elected={"SNP": 4, "LAB": 3}, up=7)
    assert not {"control", "previous", "outcome"} & {figure for figure, _ in reckoned(region)}


def test_stated_control_and_outcome_stand_where_no_composition_is_known() -> None:
    third = result("Ayton", {"LAB": 3}, total=9, up=3, control="LAB")
    assert [r.how for r in reckoned(third)["control", None]] == ["stated"]
    unknown = msgspec.structs.replace(result("Ayton", {"LAB": 3}, total=9, up=3), outcome="hold")
    assert [(r.how, r.value) for r in reckoned(unknown)["outcome", None]] == [("stated", "hold")]
