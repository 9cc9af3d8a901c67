from datetime import date

import msgspec
import pytest

from dashboard.count.night import Night
from dashboard.view.filters import matcher, parties_named
from dashboard.view.frame import chosen, following
from dashboard.view.sorting import SORTS, arranged, counted_order, next_sort
from tests.makers import nights
from tests.makers.states import area, at, election, moment, night, wandsworth


def names(of: Night, text: str = "", sort: str = "name", watch: frozenset[str] = frozenset()) -> list[str]:
    one = of.elections[0]
    found = arranged(one.areas, matcher(text, parties_named(one), watch), sort, counted_order(of, one.id))
    return [each.name for each in found]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("wands", ["Wandsworth"]),
        ("glyndwr", ["Glyndŵr"]),
        ("GLYNDŴR", ["Glyndŵr"]),
        ("south east", ["Havant"]),
        ("lab", ["Wandsworth"]),
        ("Labour", ["Wandsworth"]),
        ("noc", ["Havant"]),
        ("gain", ["Wandsworth"]),
        ("lab gain", ["Wandsworth"]),
        ("con gain", []),
        ("con", ["Adur", "Barnet"]),
        ("undeclared", ["Adur", "Barnet", "Glyndŵr"]),
        ("partial", ["Barnet"]),
        ("!undeclared", ["Havant", "Wandsworth"]),
        ("!con !lab", ["Glyndŵr", "Havant"]),
        ("!", ["Adur", "Barnet", "Glyndŵr", "Havant", "Wandsworth"]),
        ("[red]", []),
        ("   ", ["Adur", "Barnet", "Glyndŵr", "Havant", "Wandsworth"]),
    ],
)
def test_a_filter_finds_by_name_region_party_and_outcome(typed: str, found: list[str]) -> None:
    assert names(nights.small_local(), typed) == found


def test_an_undeclared_area_is_found_by_the_party_that_held_it() -> None:
    assert "Adur" in names(nights.small_local(), "con undeclared")


def test_a_party_that_is_not_in_the_election_is_a_piece_of_a_name() -> None:
    assert names(night(election(area("Alloa"), area("Hull"))), "all") == ["Alloa"]


def test_newest_is_the_last_one_counted_whatever_time_was_declared() -> None:
    early = wandsworth(declared=moment(2, 30))
    late = wandsworth(id="b", name="Yeovil", declared=moment(1))
    both = night(election(early, late), happenings=nights.counted((early, late)))
    assert names(both, sort="newest") == ["Yeovil", "Wandsworth"]


def test_after_the_declared_come_those_in_part_then_those_expected_soonest() -> None:
    assert names(nights.small_local(), sort="newest")[2:] == ["Barnet", "Glyndŵr", "Adur"]


def test_next_expected_puts_what_is_out_first() -> None:
    late, soon = area("A", expected_at=at(7)), area("B", expected_at=at(3))
    assert names(night(election(wandsworth(), late, soon)), sort="next expected") == ["B", "A", "Wandsworth"]


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_keeps_every_area_and_takes_any_night(sort: str) -> None:
    for made in (nights.small_local(), nights.small_parliament(), nights.many_local(9, 4)):
        assert sorted(names(made, sort=sort)) == sorted(a.name for a in made.elections[0].areas)


def test_the_sorts_go_round() -> None:
    seen = ["newest"]
    for _ in SORTS:
        seen.append(next_sort(seen[-1], list(SORTS)))
    assert seen[0] == seen[-1]
    assert set(seen) == set(SORTS)


def test_the_order_of_counting_is_kept_apart_for_each_election() -> None:
    assert counted_order(nights.small_parliament(), "another") == {}


def test_the_chosen_election_stays_while_it_is_there_and_the_keys_go_round() -> None:
    both = nights.two_elections()
    assert chosen(both, "mayors") == "mayors"
    assert chosen(both, "gone") == "local"
    assert chosen(nights.empty(), "gone") is None


def test_an_election_of_another_night_is_not_the_one_shown_first() -> None:
    both = nights.two_elections()
    first, second = both.elections
    other = msgspec.structs.replace(first, poll_date=date(2015, 5, 7))
    assert chosen(msgspec.structs.replace(both, elections=(other, second)), None) == second.id
    alone = msgspec.structs.replace(both, elections=(other,))
    assert chosen(alone, None) == other.id


def test_the_keys_for_elections_go_round() -> None:
    both = nights.two_elections()
    assert following(both, "local") == "mayors"
    assert following(both, "mayors") == "local"
    assert following(nights.empty(), None) is None


def test_a_test_is_made_anew_where_the_area_is_another() -> None:
    one = nights.small_local()
    changed = msgspec.structs.replace(one.elections[0], areas=one.elections[0].areas[:2])
    assert names(msgspec.structs.replace(one, elections=(changed,)), "undeclared") == []


def test_watched_areas_can_be_asked_for_and_left_out() -> None:
    starred = frozenset({"barnet", "adur"})
    assert names(nights.small_local(), "watched", watch=starred) == ["Adur", "Barnet"]
    assert names(nights.small_local(), "!watched", watch=starred) == ["Glyndŵr", "Havant", "Wandsworth"]
    assert names(nights.small_local(), "watched") == []
