"""Figures that do not agree are said in sentences that name them (RULES 2, 4, 11, 26)."""

import msgspec
import pytest

from feeds.report import Candidate, Place, Result, Seats
from tests.makers.events import LOCAL, area, arrive, baseline, flagged, night, result


def people(**votes: int | None) -> tuple[Candidate, ...]:
    """Return candidates by name, which begins with the party's letter; a capital name was elected."""
    parties = {"l": "LAB", "c": "CON", "d": "LD"}
    return tuple(
        Candidate(name=name, party=parties[name[0].lower()], votes=n, elected=name[0].isupper())
        for name, n in votes.items()
    )


def ward(elected: Seats, candidates: tuple[Candidate, ...], *, name: str = "Ayton", **fields: object) -> Result:
    told = result(name, elected, ward="North", up=sum(elected.values()))
    return msgspec.structs.replace(told, candidates=candidates, **fields)


def flags(*reports: Result, name: str = "Ayton") -> tuple[str, ...]:
    return flagged(area(night(arrive("r", 1, *reports)), name))


def test_one_who_is_elected_with_fewer_votes_than_a_loser_is_named() -> None:
    told = ward({"LAB": 1}, people(Lee=356, carr=400))
    assert flags(told) == ("North: Lee (Lab) is elected with 356 votes, carr (Con) is not with 400",)


def test_a_tie_by_lot_is_no_discrepancy() -> None:
    assert flags(ward({"LAB": 1}, people(Lee=356, carr=356))) == ()


def test_winners_that_are_not_marked_are_compared_by_party_with_the_most_votes() -> None:
    assert flags(ward({"LAB": 1}, people(lee=300, carr=400))) == ("North: Con: 0 elected, but 1 by the most votes",)
    assert flags(ward({"LAB": 1}, people(lee=400, carr=300))) == ()
    assert flags(ward({"LAB": 1}, people(lee=400, carr=400))) == ()
    assert flags(ward({"LAB": 1}, people(lee=400))) == ()


@pytest.mark.parametrize("candidates", [people(Lee=None, carr=400), people(Lee=356, carr=None), ()])
def test_winners_are_not_compared_where_votes_are_not_known(candidates: tuple[Candidate, ...]) -> None:
    assert flags(ward({"LAB": 1}, candidates)) == ()


@pytest.mark.parametrize("place", [Place(name="Fife", code="S12000047"), Place(name="Fife", region="Scotland")])
def test_first_preferences_do_not_tell_who_wins_by_transferable_vote(place: Place) -> None:
    told = msgspec.structs.replace(ward({"LAB": 1}, people(Lee=356, carr=400)), area=place)
    assert flags(told, name="Fife") == ()


def test_a_mayor_may_win_after_the_second_round() -> None:
    contest = msgspec.structs.replace(LOCAL, kind="mayor", name="Mayors")
    told = Result(area=Place(name="Leeds", kind="mayor"), election=contest, elected={"LAB": 1}, control="LAB")
    assert flags(msgspec.structs.replace(told, candidates=people(Lee=356, carr=400)), name="Leeds") == ()


def test_the_winner_of_a_constituency_has_the_most_votes() -> None:
    contest = msgspec.structs.replace(LOCAL, kind="parliament", name="General election")
    told = Result(area=Place(name="Hove", kind="constituency"), election=contest, elected={"LAB": 1}, control="LAB")
    told = msgspec.structs.replace(told, candidates=people(Lee=356, carr=400))
    assert flags(told, name="Hove") == ("Lee (Lab) is elected with 356 votes, carr (Con) is not with 400",)


def test_candidates_marked_as_elected_are_as_many_as_the_seats_of_their_party() -> None:
    assert flags(ward({"LAB": 1}, people(Carr=400, lee=300))) == (
        "North: Con: 0 elected, but 1 marked as elected",
        "North: Lab: 1 elected, but 0 marked as elected",
    )


def test_more_votes_than_ballots_allow_are_flagged_and_without_ballots_than_electors() -> None:
    told = ward({"LAB": 1}, people(Lee=600, carr=401))
    assert flags(msgspec.structs.replace(told, ballots=1000)) == (
        "North: 1,001 votes, more than 1,000 ballots for 1 seat allow",
    )
    assert flags(msgspec.structs.replace(told, electorate=1000)) == (
        "North: 1,001 votes, more than 1,000 electors for 1 seat allow",
    )


def test_more_ballots_than_electors_are_flagged() -> None:
    told = ward({"LAB": 1}, people(Lee=6, carr=4))
    assert "North: 11 ballots of an electorate of 10" in flags(msgspec.structs.replace(told, ballots=11, electorate=10))


@pytest.mark.parametrize(("turnout", "flagged"), [(40.0, False), (40.2, False), (40.3, True), (39.7, True)])
def test_a_stated_turnout_may_be_rounded_but_not_another(turnout: float, flagged: bool) -> None:
    told = ward({"LAB": 1}, people(Lee=300, carr=100), ballots=400, electorate=1000, turnout=turnout)
    assert bool(flags(told)) == flagged


def test_a_turnout_of_more_than_all_is_flagged() -> None:
    assert flags(ward({"LAB": 1}, (), turnout=101.0)) == ("North: turnout is stated as 101 %",)


def test_more_elected_than_nominated_and_unopposed_who_are_not_elected_are_flagged() -> None:
    found = night(
        arrive("b", 0, baseline("Ayton", ward="North", up=2, candidates={"LAB": 1, "CON": 2}, unopposed={"CON": 3})),
        arrive("r", 1, result("Ayton", {"LAB": 2}, ward="North", up=2)),
    )
    assert flagged(area(found, "Ayton")) == (
        "North: Lab: 2 elected, but 1 nominated",
        "North: Con: 3 returned unopposed, but 2 nominated",
        "North: Con: 3 returned unopposed, but 0 elected",
    )


def test_more_candidates_than_were_nominated_are_flagged() -> None:
    found = night(
        arrive("b", 0, baseline("Ayton", ward="North", up=1, candidates={"LAB": 1})),
        arrive("r", 1, ward({"LAB": 1}, people(Lee=3, lamb=2))),
    )
    assert flagged(area(found, "Ayton")) == ("North: Lab: 2 stood, but 1 nominated",)


def test_seats_of_a_ward_and_deferred_ones_are_not_more_than_it_has() -> None:
    assert flags(result("Ayton", {"LAB": 2}, ward="North", up=2, deferred=1)) == (
        "North: 2 elected and 1 deferred, for 2 seats",
    )


def test_a_control_that_is_stated_as_none_is_checked_against_a_majority() -> None:
    told = result("Ayton", {"LAB": 3}, composition={"LAB": 3, "CON": 1}, control="NOC")
    assert flags(told) == ("stated as no overall control, but Lab has 3 of 4",)


def test_a_stated_outcome_is_checked_against_control_before_and_after() -> None:
    told = result("Ayton", {"LAB": 4}, composition={"LAB": 4}, control="LAB", previous="CON")
    assert flags(msgspec.structs.replace(told, outcome="hold")) == ("stated as hold, but LAB after CON is gain",)


def test_a_previous_control_that_is_not_the_baselines_is_flagged() -> None:
    found = night(
        arrive("b", 0, baseline("Ayton", {"LAB": 4}, total=4, control="LAB")),
        arrive("r", 1, result("Ayton", {"LAB": 4}, composition={"LAB": 4}, control="LAB", previous="CON")),
    )
    assert flagged(area(found, "Ayton")) == ("stated as CON before, by the baseline LAB",)


def test_a_previous_control_is_checked_against_the_seats_before() -> None:
    told = result("Ayton", {"LAB": 4}, composition={"LAB": 4}, change={"LAB": 0}, control="LAB", previous="NOC")
    assert flags(told) == ("no overall control before, but Lab had 4 of 4",)
    none = result("Ayton", {"LAB": 4}, composition={"LAB": 4}, control="LAB", previous="CON")
    assert flags(none) == ()


def test_a_baseline_whose_control_its_seats_do_not_bear_out_is_flagged_before_any_result() -> None:
    found = night(arrive("b", 0, baseline("Ayton", {"LAB": 2, "CON": 2}, total=4, control="LAB")))
    assert flagged(area(found, "Ayton")) == ("Lab before, which had 2 of 4; a majority is 3",)


def test_others_that_are_counted_together_are_no_party_with_a_majority() -> None:
    told = baseline("Ayton", {"OTH": 3, "CON": 1}, total=4, control="NOC")
    ratepayers = baseline("Bolton", {"OTH": 3, "CON": 1}, total=4, control="RES")
    found = night(arrive("b", 0, told, ratepayers))
    assert flagged(area(found, "Ayton")) == flagged(area(found, "Bolton")) == ()


def test_two_baselines_are_named_in_what_they_contradict() -> None:
    told = baseline("Ayton", {"LAB": 2, "CON": 2}, total=4, control="LAB")
    found = night(
        arrive(
            "b",
            0,
            msgspec.structs.replace(told, baseline="last-election"),
            msgspec.structs.replace(told, baseline="eve-of-poll", control="NOC"),
        )
    )
    assert flagged(area(found, "Ayton")) == ("last-election: Lab before, which had 2 of 4; a majority is 3",)


def test_where_some_are_up_the_continuing_and_the_elected_make_the_council() -> None:
    found = night(
        arrive("b", 0, baseline("Ayton", total=4, up=2, continuing={"LAB": 2})),
        arrive("r", 1, result("Ayton", {"LAB": 1, "CON": 1}, composition={"LAB": 2, "CON": 2}, total=4, up=2)),
    )
    assert flagged(area(found, "Ayton")) == (
        "Con: 0 continuing and 1 elected is 1, not the 2 after",
        "Lab: 2 continuing and 1 elected is 3, not the 2 after",
    )
    winners = night(
        arrive("b", 0, baseline("Ayton", total=4, up=2, continuing={"LAB": 2})),
        arrive("r", 1, result("Ayton", {"LAB": 1, "CON": 1}, total=4, up=2)),
    )
    assert area(winners, "Ayton").discrepancies == ()


def test_more_seats_up_than_there_are_is_flagged() -> None:
    assert flags(result("Ayton", {"LAB": 5}, total=4, up=5)) == ("5 seats up, more than the 4 of the council",)


def test_a_rush_under_correction_is_not_compared_with_votes_that_are_withheld() -> None:
    full = result("Ayton", {"LAB": 1}, composition={"LAB": 1}, up=1)
    rush = result("Ayton", {"CON": 1}, composition={"CON": 1}, up=1, revision=2, stage="rush")
    found = night(arrive("r1", 1, full), arrive("r2", 2, rush))
    assert (area(found, "Ayton").stage, flagged(area(found, "Ayton"))) == ("under-correction", ())


def test_a_ward_whose_seats_are_not_known_is_not_compared_with_them() -> None:
    assert flags(result("Ayton", {"LAB": 2}, ward="North", stage="partial")) == ()


def test_a_discrepancy_has_the_files_that_it_is_about_and_no_other() -> None:
    found = night(
        arrive("before", 0, baseline("Ayton", total=4, up=4)),
        arrive("north-before", 1, baseline("Ayton", ward="North", up=2)),
        arrive("north", 2, result("Ayton", {"LAB": 3}, ward="North", up=3)),
        arrive("south", 3, result("Ayton", {"CON": 2}, ward="South", up=1)),
        arrive("whole", 4, result("Ayton", {"LAB": 4}, up=5, total=4)),
    )
    files = {d.text: [s.path for s in d.files] for d in area(found, "Ayton").discrepancies}
    assert files["North: 3 seats up, 2 by the baseline"] == ["north-before", "north"]
    assert files["South: 2 elected for 1 seat"] == ["south"]
    assert files["5 seats up, more than the 4 of the council"] == ["before", "whole"]
    assert files["Con: 0 elected by the area's own row, 2 by its wards"] == [
        "before", "north-before", "north", "south", "whole",
    ]  # fmt: skip
