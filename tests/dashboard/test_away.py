"""While you were away: all that happened between two moments, in at most ten lines."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.count.night import Area, Happening, Measure, Night
from dashboard.view.away import MOST, Away, away, away_rows, away_title
from dashboard.view.lines import cells
from feeds.arrival import order
from feeds.places import folded_place
from feeds.report import Settings
from tests.makers import nights
from tests.makers.events import Pair, count
from tests.makers.made_up import made_up_nights
from tests.makers.player import LONDON
from tests.makers.states import area, at, correction, election, moment, night, wandsworth, ward

Where = tuple[str, str]


def where(election_id: str | None, found: Area) -> Where:
    return (election_id or "", folded_place(found.name))


def states(pairs: Sequence[Pair]) -> list[Night]:
    """Return the night before any event and after each one."""
    in_order = sorted(pairs, key=lambda pair: order(pair[0]))
    return [count(in_order[:n]).night() for n in range(len(in_order) + 1)]


class Told:
    """What a list of happenings comes to: kept event by event, as a reader would who never looked away."""

    def __init__(self, since: Night) -> None:
        self.before = {where(e.id, a) for e in since.elections for a in e.areas if a.is_declared}
        self.standing = set(self.before)
        self.corrections: list[object] = []

    def hear(self, happening: Happening) -> None:
        if happening.area is None:
            return
        place = where(happening.election, happening.area)
        if happening.what == "declared":
            self.standing.add(place)
        elif happening.correction is not None:
            self.corrections.append(happening.correction)
            if happening.correction.what == "retraction" and happening.correction.ward is None:
                self.standing.discard(place)


def held(state: Night) -> dict[Where, str | None]:
    """Return who controls the areas that have changed hands."""
    return {
        where(e.id, a): a.control
        for e in state.elections
        for a in e.areas
        if a.is_declared and a.outcome in {"gain", "loss", "new"}
    }


@settings(deadline=None, max_examples=50)
@given(made_up_nights(), st.integers(0, 14))
def test_what_is_told_is_what_the_events_since_add_up_to(pairs: list[Pair], looked: int) -> None:
    every = states(pairs)
    since, now = every[min(looked, len(pairs))], every[-1]
    told, turned = Told(since), set[Where]()
    before = len(since.happenings)
    for happening in list(now.happenings)[before:]:
        told.hear(happening)
    for old, new in pairwise(every[min(looked, len(pairs)) :]):
        turned |= {w for w, who in held(new).items() if held(old).get(w) != who}
    found = away(since, now)
    assert {where(m.election.id, m.area) for m in found.declared} == told.standing - told.before
    assert {where(m.election.id, m.area) for m in found.retracted} == told.before - told.standing
    assert sorted(map(repr, found.corrections)) == sorted(map(repr, told.corrections))
    assert {where(m.election.id, m.area) for m in found.turns} <= turned
    assert {where(m.election.id, m.area) for m in found.turns} == {
        w for w, who in held(now).items() if held(since).get(w) != who
    }


@settings(deadline=None, max_examples=40)
@given(made_up_nights(), st.integers(0, 14), st.integers(40, 200))
def test_there_are_never_more_than_ten_lines_and_none_is_too_wide(pairs: list[Pair], looked: int, width: int) -> None:
    every = states(pairs)
    rows = away_rows(away(every[min(looked, len(pairs))], every[-1]), width)
    assert 0 < len(rows) <= MOST
    assert all(cells(row.text) <= width for row in rows)


@settings(deadline=None, max_examples=40)
@given(made_up_nights(), st.integers(0, 13))
def test_nothing_of_the_future_is_told(pairs: list[Pair], looked: int) -> None:
    every = states(pairs)
    earlier = every[min(looked, len(pairs) - 1)]
    assert away(every[-1], earlier) == Away(went_back=True)


def text(found: Away, width: int = 120) -> list[str]:
    return [row.text for row in away_rows(found, width)]


OUT = area("Wandsworth", previous="CON", total=58, up=58)


def test_a_declaration_is_told_with_its_change_of_control_and_how_far_the_night_is() -> None:
    assert text(away(night(election(OUT)), night(election(wandsworth()), events=1))) == [
        "declared   1: Wandsworth · 1 of 1 council",
        "control    WANDSWORTH LAB gain from CON",
        "biggest    Con −11 in Wandsworth",
    ]


def test_what_was_declared_and_taken_back_meanwhile_is_no_news_but_for_its_correction() -> None:
    taken = correction(what="retraction", after="undeclared")
    found = away(night(election(OUT)), night(election(OUT), corrections=(taken,), events=2))
    assert (found.declared, found.turns, found.corrections) == ((), (), (taken,))
    assert text(found) == ["corrected  Redditch taken back, was CON 18"]


def test_a_retraction_and_a_correction_have_a_line_each() -> None:
    since = night(election(wandsworth(), area("Redditch")))
    taken = correction(area="Wandsworth", area_id="wandsworth", what="retraction", after="undeclared")
    fixed = (correction(), taken)
    found = away(since, night(election(OUT, area("Redditch")), corrections=fixed, events=2))
    assert text(found) == [
        "retracted  Wandsworth undeclared again",
        "corrected  Redditch seats CON 18 → CON 17",
    ]


def test_the_watch_list_tells_whatever_changed_in_it() -> None:
    wards = (ward("Vale", seats=3), ward("Hill", seats=3, elected={"LAB": 3}))
    barnet = area("Barnet", stage="partial", wards=wards)
    watched = Settings(watch=("BARNET", "Hull"))
    since = night(election(area("Barnet"), area("Hull")), settings=watched)
    assert text(away(since, night(election(barnet, area("Hull")), settings=watched, events=1))) == [
        "wards      Barnet 1/2 wards",
        "watched ★  Barnet 1/2 wards",
    ]


def test_a_watched_area_that_only_became_known_is_no_news() -> None:
    watched = Settings(watch=("Barnet",))
    found = away(night(settings=watched), night(election(area("Barnet", wards=(ward(),))), settings=watched, events=1))
    assert found.watched == ()


def test_the_newest_declarations_come_first() -> None:
    times = {"Ayton": 1, "Bolton": 3, "Crewe": 2}
    done = [wandsworth(id=name, name=name, declared=moment(hour)) for name, hour in times.items()]
    found = away(night(), night(election(*done), events=1))
    assert [m.area.name for m in found.declared] == ["Bolton", "Crewe", "Ayton"]


def test_seats_certain_calls_and_troubles_are_told() -> None:
    since = nights.many_local(30)
    now = nights.many_local(30, declare=30)
    call = area("Havant", certain="NOC", stage="partial")
    one = msgspec.structs.replace(now.elections[0], areas=(*now.elections[0].areas, call))
    now = msgspec.structs.replace(now, elections=(one,), events=30, problems=())
    lines = text(away(since, now), 100)
    assert lines[0].startswith("declared   30: Town 029, Town 028, ")
    assert " more · 30 of 30 councils" in lines[0]
    assert "certain    Havant NOC" in lines
    assert "seats won  2: Lab +480, Con +420" in lines


def test_control_changes_have_a_line_each_and_the_last_says_how_many_more_there_are() -> None:
    towns = [wandsworth(id=f"t{n}", name=f"Town {n:02}") for n in range(40)]
    still = [area(t.name, id=t.id, previous="CON") for t in towns]
    lines = text(away(night(election(*still)), night(election(*towns), events=1)), 80)
    assert len(lines) == MOST
    assert lines[1:9] == [
        "control    40: TOWN 00 LAB gain from CON",
        *(f"           TOWN 0{n} LAB gain from CON" for n in range(1, 7)),
        "           and 33 more",
    ]
    few = text(away(night(election(*still[:5])), night(election(*towns[:5]), events=1)), 80)
    assert [line[11:18] for line in few if "gain from" in line] == [f"TOWN 0{n}" for n in range(5)]


def test_an_area_that_gets_its_official_code_meanwhile_is_no_news() -> None:
    before, after = wandsworth(id="council:wandsworth"), wandsworth(id="council:E09", code="E09")
    assert not away(night(election(before)), night(election(after), events=1)).is_news


def test_another_baseline_is_no_news() -> None:
    def measure(name: Any, outcome: Any) -> Measure:
        return Measure(name=name, before=None, before_total=None, previous=None, outcome=outcome, change=None)

    eve, last = measure("eve-of-poll", "hold"), measure("last-election", "gain")
    before = wandsworth(outcome="hold", measures=(eve, last))
    after = wandsworth(outcome="gain", measures=(last, eve))
    assert not away(night(election(before)), night(election(after))).is_news


def test_several_elections_are_named() -> None:
    mayors = election(area("Croydon", kind="mayor"), id="mayors", name="Mayors", kind="mayor")
    now = night(election(wandsworth()), mayors, events=1)
    assert "WANDSWORTH (LOCAL ELECTIONS) LAB gain from CON" in text(away(night(election(OUT), mayors), now))[1]


def test_nothing_is_said_to_be_nothing_and_a_night_taken_back_says_so() -> None:
    one = night(election(OUT), events=3)
    assert text(away(one, one)) == ["Nothing has happened since you last looked."]
    assert "before the one that you looked at last" in text(away(one, night(election(OUT), events=2)))[0]


def test_the_title_says_from_when_to_when() -> None:
    assert away_title(at(1, 14), at(2, 40), LONDON).text == "WHILE YOU WERE AWAY  02:14 to 03:40  1 h 26 min"
    assert away_title(at(1, 14), at(1, 20), LONDON).text.endswith("02:20  6 min")
    assert away_title(at(1, 14), at(1, 14), LONDON).text.endswith("less than a minute")
