"""What change is measured against, and chambers with their line (RULES 3, 8, 10, 12)."""

from feeds.report import Baseline, Contest, Place, Result, Settings, Totals
from tests.makers.events import LOCAL, POLL, area, arrive, at, baseline, count, night, only, place, result

GENERAL = Contest(kind="parliament", name="General election", poll_date=POLL)


def seat(name: str, winner: str, minutes: float) -> Result:
    return Result(
        area=Place(name=name, kind="constituency"), election=GENERAL, elected={winner: 1}, declared_at=at(minutes)
    )


def test_a_one_seat_area_changes_by_who_held_it() -> None:
    bury = Place(name="Bury", kind="constituency")
    found = night(
        arrive("b", 0, Baseline(area=bury, election=GENERAL, held={"LAB": 1}, total=1, up=1, control="LAB")),
        arrive("r", 1, seat("Bury", "CON", 1)),
    )
    after = area(found, "Bury")
    assert (after.control, after.outcome, after.change) == ("CON", "gain", {"CON": 1, "LAB": -1})


def test_the_line_is_a_majority_of_the_seats_known_and_says_when_it_was_reached() -> None:
    names = ["A", "B", "C", "D", "E"]
    winners = ["CON", "LAB", "CON", "CON", "LAB"]
    seats = [arrive(n, i + 1, seat(n, w, i + 1)) for i, (n, w) in enumerate(zip(names, winners, strict=True))]
    line = only(night(*seats)).line
    assert (line.seats, line.party, line.reached_at) == (3, "CON", at(4))


def test_a_stated_line_is_taken_and_not_reached_before_its_time() -> None:
    settings = arrive("night.toml", 0, Settings(title="x", poll_date=POLL, line=2))
    line = only(night(settings, arrive("A", 1, seat("A", "CON", 1)))).line
    assert (line.seats, line.party, line.reached_at) == (2, None, None)


def test_local_elections_have_no_line() -> None:
    assert only(night(arrive("r", 1, result("Adur", {"CON": 3})))).line.seats is None


def test_a_party_that_the_baseline_counts_among_the_others_has_no_change_of_its_own() -> None:
    found = night(
        arrive("b", 0, baseline("Adur", {"LAB": 4, "OTH": 2}, total=6)),
        arrive("r", 1, result("Adur", {"ASPIRE": 3, "LAB": 3}, composition={"ASPIRE": 3, "LAB": 3, "LD": 0})),
    )
    assert area(found, "Adur").change == {"LAB": -1, "OTH": 1}
    rows = {row.party: row.change for row in only(found).parties}
    assert rows["ASPIRE"] is None
    assert (rows["LAB"], rows["OTH"]) == (-1, 1)


def test_a_party_outside_the_areas_with_a_baseline_has_changed_by_nothing_in_them() -> None:
    found = night(
        arrive("b", 0, baseline("Adur", {"LAB": 3}, total=3)),
        arrive("r1", 1, result("Adur", {"LAB": 3}, composition={"LAB": 3})),
        arrive("r2", 2, result("Bolton", {"LD": 3}, composition={"LD": 3})),
    )
    row = next(r for r in only(found).parties if r.party == "LD")
    assert (row.seats, row.change, row.change_areas) == (3, 0, 1)


def test_change_is_measured_against_the_baseline_that_is_asked_for() -> None:
    pairs = [
        arrive("night.toml", 0, Settings(poll_date=POLL, baseline="eve-of-poll")),
        arrive("eve", 0, baseline("Adur", {"CON": 2, "LAB": 1}, total=3, up=3, control="CON")),
        arrive(
            "last",
            0,
            Baseline(area=place("Adur"), election=LOCAL, baseline="last-election", held={"LAB": 3}, control="LAB"),
        ),
        arrive("r", 1, result("Adur", {"LAB": 3}, composition={"LAB": 3})),
    ]
    eve = count(pairs).night()
    last = count(pairs, "last-election").night()
    assert (area(eve, "Adur").outcome, area(eve, "Adur").change) == ("gain", {"CON": -2, "LAB": 2})
    assert (area(last, "Adur").outcome, area(last, "Adur").change) == ("hold", {"LAB": 0})
    assert (only(eve).baseline, only(last).baseline) == ("eve-of-poll", "last-election")
    assert eve.baselines == last.baselines == ("eve-of-poll", "last-election")
    assert [m.name for m in area(last, "Adur").measures] == ["last-election", "eve-of-poll"]


def test_what_a_feed_states_of_before_is_against_the_nights_own_baseline() -> None:
    pairs = [
        arrive(
            "eve",
            0,
            Baseline(area=place("Adur"), election=LOCAL, baseline="eve-of-poll", held={"CON": 3}, control="CON"),
        ),
        arrive(
            "eve2",
            0,
            Baseline(area=place("Bolton"), election=LOCAL, baseline="eve-of-poll", held={"CON": 3}, control="CON"),
        ),
        arrive(
            "last",
            0,
            Baseline(area=place("Adur"), election=LOCAL, baseline="last-election", held={"LD": 3}, control="LD"),
        ),
        arrive(
            "r",
            1,
            result("Adur", composition={"LAB": 3}, elected={"LAB": 3}, change={"LAB": 3, "CON": -3}, previous="CON"),
        ),
    ]
    assert area(count(pairs).night(), "Adur").change == {"LAB": 3, "CON": -3}
    last = area(count(pairs, "last-election").night(), "Adur")
    assert (last.previous, last.change) == ("LD", {"LAB": 3, "LD": -3})


def test_a_chamber_is_not_complete_before_its_lists_are() -> None:
    chamber = Contest(kind="assembly", name="Assembly", poll_date=POLL)
    region = Result(area=Place(name="West", kind="region"), election=chamber, elected={"LAB": 3}, up=3, total=3)
    constituencies = [
        arrive(name, i, Result(area=Place(name=name, kind="constituency"), election=chamber, elected={"CON": 1}, up=1))
        for i, name in enumerate(("A", "B"))
    ]
    totals = arrive("s", 5, Totals(election=chamber, parties={}, number=2, expected=3))
    found = only(night(*constituencies, totals, arrive("w", 6, region)))
    assert (found.expected, found.declared, found.status) == (4, 3, "provisional")
    assert only(night(*constituencies)).line.seats is None


def test_the_seats_holder_is_who_the_result_says_it_was() -> None:
    bury = Place(name="Bury", kind="constituency")
    found = night(
        arrive("b", 0, Baseline(area=bury, election=GENERAL, held={"CON": 1}, total=1, up=1)),
        arrive("r", 1, Result(area=bury, election=GENERAL, elected={"LAB": 1}, previous="LD", control="LAB")),
    )
    assert area(found, "Bury").change == {"LAB": 1, "LD": -1}


def test_a_chamber_has_no_line_while_the_seats_of_one_of_its_areas_are_not_known() -> None:
    contest = Contest(kind="assembly", name="Senedd", poll_date=POLL)
    lists = Result(area=Place(name="North", kind="region"), election=contest, stage="partial", elected={"LAB": 2})
    assert only(night(arrive("r", 1, lists))).line.seats is None
