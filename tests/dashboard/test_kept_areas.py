"""What is kept of an election's areas is the same whichever way the night came to where it is."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta
from operator import attrgetter
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from dashboard.count.night import Area, Change, Election, Happening, Night, Noted, Said
from dashboard.count.prefix import Prefix
from dashboard.count.tally import certain_of, change_of
from dashboard.view.among import ById, Removed, among, others, place_of, span
from dashboard.view.board import Board
from dashboard.view.changes import KINDS, Item, columns, items, of_kind, rows, turned
from dashboard.view.extent import Extent
from dashboard.view.filters import parties_named
from dashboard.view.pictures.atlas import LONDON, Names, placed, shipped
from dashboard.view.pictures.regions import InRegions, by_region
from dashboard.view.rows import Row
from dashboard.view.sorting import LAST, SORTS, Arrangement, How, arranged, counted_order
from dashboard.view.ticker import newest_declared
from dashboard.view.timeline import Bar, Placed, Scale, Turn, Turns, telling, time_lines
from feeds.report import Note, Quote, Tile
from tests.dashboard.test_panels import frame
from tests.makers.states import area, at, change, correction, election, happening, night, wandsworth
from tests.makers.walks import CODES, walk

SORTED: Final = (*SORTS, "region", "turnout", "seats up", "party:LAB", "rest")
FILTERS: Final = ("", "", "", "declared", "!gain", "town", "lab", "watched")
STEPS: Final = 25


QUOTES: Final = (Said(quote=Quote(text="not wonderful", speaker="B. R.", area="Bath"), at=at(2), path="q.json"),)
NOTES: Final = tuple(
    Noted(note=Note(area=name, kind=kind, text=f"{kind} of {name}"), at=at(3), path="n.json")
    for name, kind in (("Camden", "history"), ("Bath", "defeat"), ("Adur", "defeat"), ("York", "target"))
)


def moments(random: Random, fillers: int = 20) -> list[tuple[Night, Election]]:
    found = []
    known, alive = dict[int, Change](), list[Area]()
    quotes: tuple[Said, ...] = ()
    notes: tuple[Noted, ...] = ()
    for areas, happenings, corrections in walk(random, STEPS, fillers):
        known |= {id(each): made for each in areas if id(each) not in known and (made := change_of(each)) is not None}
        alive += areas
        turns = [known[id(each)] for each in areas if id(each) in known]
        turns.sort(key=lambda each: (each.declared.at or LAST, each.area))
        one = election(*areas, certain=certain_of(areas), changes=tuple(turns))
        quotes, notes = random.choice(((quotes, notes), (quotes, notes), (QUOTES, notes), (quotes, NOTES), ((), ())))
        of = night(one, happenings=happenings, corrections=corrections, quotes=quotes, notes=notes)
        found.append((of, one))
    return found


def how(random: Random, of: Election) -> How:
    return How(
        sort=random.choice(SORTED),
        turned=random.random() < 0.3,
        rest=("LD", "GRN"),
        filter=random.choice(FILTERS),
        parties=parties_named(of),
        watch=frozenset({"bath", "town 03"}),
    )


randoms = st.randoms(use_true_random=True)


@given(randoms)
def test_what_goes_along_with_the_areas_is_that_of_a_fresh_look_at_every_moment(random: Random) -> None:
    tiles = (*shipped(LONDON), Tile(name="Bath", x=0, y=0, short="Bat"), Tile(code="E09000007", x=0, y=1, short="C"))
    for of, one in moments(random):
        assert among(ById, of, one).areas == {each.id: each for each in one.areas}
        assert among(Removed, of, one).number == sum(each.source_removed for each in one.areas)
        assert placed(tiles, one.areas, among(Names, of, one)) == placed(tiles, one.areas)
        fresh, kept = by_region(one), by_region(one, among(InRegions, of, one))
        assert list(kept) == list(fresh)
        for tile, region in fresh.items():
            assert {each.id: each for each in kept[tile]} == {each.id: each for each in region}
            assert (kept[tile].declared, +kept[tile].control) == (region.declared, +region.control)


@given(randoms)
def test_what_may_be_typed_for_a_party_is_that_of_a_fresh_look_at_every_moment(random: Random) -> None:
    extent = Extent()
    for _, one in moments(random):
        assert parties_named(one, extent) == parties_named(one)


@given(randoms)
def test_rows_that_are_kept_in_order_are_those_that_would_be_sorted_anew(random: Random) -> None:
    kept = Arrangement[tuple[str, Area]]()
    wanted = None

    for of, one in moments(random, 200):
        wanted = how(random, one) if wanted is None or random.random() < 0.1 else wanted
        order = counted_order(of, one.id)
        kept.follow(one.areas, order, wanted, lambda each: (each.name, each))
        shown = arranged(one.areas, wanted.fits, wanted.sort, order, turned=wanted.turned, rest=wanted.rest)
        assert [name for name, _ in kept.made] == [each.name for each in shown]
        assert all(found is each for (_, found), each in zip(kept.made, shown, strict=True))


@given(randoms)
def test_the_newest_that_stand_declared_are_found_from_the_end_of_what_happened(random: Random) -> None:
    for of, one in moments(random):
        order = counted_order(of, one.id)
        assert sorted(order.values()) == list(order.values())
        standing = sorted(
            (each for each in one.areas if each.is_declared and each.id in order), key=lambda a: -order[a.id]
        )
        for most in (1, 3, 100):
            assert newest_declared(frame(of), most) == standing[:most]


PLAIN: Final = How(sort="name", turned=False, rest=(), filter="", parties={}, watch=frozenset())


def test_an_area_that_was_counted_again_or_in_another_order_is_put_elsewhere_though_it_is_the_same() -> None:
    kept, newest = Arrangement[str](), structs.replace(PLAIN, sort="newest")
    areas = tuple(area(name, stage="declared") for name in ("One", "Two", "Three"))
    order = {"one": 1, "two": 2, "three": 3}
    kept.follow(areas, order, newest, attrgetter("name"))
    assert kept.made == ["Three", "Two", "One"]
    order["two"] = order.pop("two") + 2
    kept.follow(areas, order, newest, attrgetter("name"))
    assert kept.made == ["Two", "Three", "One"]
    kept.follow(areas, {"three": 0, "two": 1, "one": 2}, newest, attrgetter("name"))
    assert kept.made == ["One", "Two", "Three"]


def test_of_areas_that_differ_in_nothing_one_is_behind_the_other_as_in_the_night() -> None:
    kept, places = Arrangement[str](), [area(f"Town {number:03}") for number in range(100)]
    order: dict[str, int] = {}
    kept.follow(tuple(places), order, PLAIN, attrgetter("id"))
    for number, identity in ((50, "z"), (52, "a")):
        places.insert(number, area("TOWN 050", id=identity))
        kept.follow(tuple(places), order, PLAIN, attrgetter("id"))
    assert kept.made[49:54] == ["town 049", "z", "town 050", "a", "town 051"]


def test_of_two_areas_a_code_stands_for_the_last_and_a_name_for_the_first() -> None:
    one, two = area("Bath", id="one", code="E06000022"), area("City of Bath", id="two", code="E06000022")
    tiles = (Tile(name="Bath", x=0, y=0, short="Bat"), Tile(code="E06000022", x=0, y=1, short="Bat"))
    assert [each.id for each in placed(tiles, (one, two)).values()] == ["one", "two"]


def as_data(found: Iterable[Row]) -> list[tuple[object, ...]]:
    return [(row.id, row.news, row.area_id, row.cells) for row in found]


@given(randoms)
def test_the_control_changes_that_are_kept_are_those_that_would_be_listed_anew(random: Random) -> None:
    board, zone, begin = Board(), ZoneInfo("Europe/London"), at(21, day=5)
    kind, width = "all", 120
    for of, one in moments(random, 200):
        if random.random() < 0.2:
            kind, width = random.choice(list(KINDS)), random.choice((60, 80, 120))
        board.follow(of, one)
        every = items(of, one)
        wanted = of_kind(every, kind)
        found, layout = board.listed(kind, width, zone, begin), columns(width, wanted)
        assert (found.columns, found.every) == (layout, len(every))
        assert as_data(found.rows) == as_data(rows(wanted, layout, zone, begin))
        assert [item.place for item in board.every] == [item.place for item in every]
    board.follow(night(), None)
    assert board.listed("all", width, zone, begin)[1:] == ([], 0)


@given(randoms)
def test_the_marks_of_the_time_bar_that_are_kept_are_those_of_a_fresh_look(random: Random) -> None:
    turns, placed_marks, width, now = Turns(), Placed(), 100, at(3)
    for of, one in moments(random, 40):
        if random.random() < 0.2:
            width, now = random.choice((40, 100, 300)), at(2) + timedelta(seconds=random.choice((5, 30, 3600, 90_000)))
        shown, fresh, kept = frame(of, as_at=now), telling(of, one), telling(of, one, turns)
        assert kept.changes == fresh.changes
        assert time_lines(shown, kept, width, 1, kept=placed_marks) == time_lines(shown, fresh, width, 1)


def test_an_area_that_changed_hands_and_was_counted_again_has_its_mark_where_it_was_counted_last() -> None:
    turns, one, two = Turns(), wandsworth(), wandsworth(id="h", name="Hull")
    shown = election(one, two, changes=(change(one), change(two)))
    happenings, origin = list[Happening](), Prefix[Happening]([]).origin
    found = telling(night(shown), shown)
    for minute, of in enumerate((one, two, one)):
        happenings.append(happening("declared", at=at(2, minute), turn=minute, election="local", area=of))
        found = telling(night(shown, happenings=Prefix(happenings, origin=origin)), shown, turns)
    assert found.changes == ((at(2, 2), "LAB"), (at(2, 1), "LAB"))
    other = Prefix([happening("declared", at=at(4), election="local", area=one)])
    assert telling(night(shown, happenings=other), shown, turns).changes == ((at(4), "LAB"),)


def most_of(bar: Bar, turns: Sequence[Turn]) -> dict[int, str]:
    """Return who has most in each cell, the later of equals, found by counting all."""
    found = {cell: Counter[str]() for cell in bar.scale.cells([when for when, _ in turns], bar.width)}
    for when, code in reversed(turns):
        found[bar.scale.cell(when, bar.width)][code] += 1
    return {cell: counted.most_common(1)[0][0] for cell, counted in found.items()}


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(CODES)), max_size=30), randoms)
def test_a_cell_of_the_time_bar_has_the_mark_of_the_party_with_most_in_it_and_of_equals_the_later(
    told: list[tuple[int, str]], random: Random
) -> None:
    bar, kept = Bar(Scale(at(2), at(2, 30)), 0, 8, ()), Placed()
    turns: list[Turn] = [(at(2, minute), code) for minute, code in told]
    for _ in range(6):
        shown = [turn for turn in turns if random.random() < 0.8]
        assert kept.most(bar, shown) == most_of(bar, shown)


def test_one_change_of_control_more_leaves_the_rows_of_the_others_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Counter[str]()

    def counted(of: Area, *more: Any) -> Item:
        asked[of.name] += 1
        return turned(of, *more)

    monkeypatch.setattr("dashboard.view.board.turned", counted)
    board, areas, happenings = Board(), [area(f"Town {number:03}") for number in range(100)], list[Happening]()
    origin, kept = Prefix(happenings).origin, list[Row]()
    for number in (70, 20, 90, 20, 50):
        areas[number] = wandsworth(id=f"town {number:03}", name=f"Town {number:03}", revision=len(happenings))
        happenings.append(happening("declared", turn=len(happenings), election="local", area=areas[number]))
        one = election(*areas)
        board.follow(night(one, happenings=Prefix(happenings, origin=origin)), one)
        shown = board.listed("all", 120, ZoneInfo("Europe/London"), at(21, day=5)).rows
        assert shown[0].area_id == f"town {number:03}"
        others_before = [row for row in kept if row.area_id != f"town {number:03}"]
        assert list(map(id, shown[1:])) == list(map(id, others_before))
        kept = list(shown)
    assert len(kept) == 4
    assert asked == {"Town 070": 1, "Town 020": 2, "Town 090": 1, "Town 050": 1}


def test_a_change_of_control_that_was_counted_again_comes_first_though_its_area_is_the_same() -> None:
    board, one, two = Board(), wandsworth(), wandsworth(id="h", name="Hull")
    shown, happenings, origin = election(one, two), list[Happening](), Prefix[Happening]([]).origin
    for turn, of in enumerate((one, two, one, two), 1):
        happenings.append(happening("declared", turn=turn, election="local", area=of))
        board.follow(night(shown, happenings=Prefix(happenings, origin=origin)), shown)
        assert board.every[0].area is of


def test_a_correction_of_an_area_that_is_no_more_opens_none() -> None:
    board, zone, one = Board(), ZoneInfo("Europe/London"), area("Redditch")
    happenings = Prefix([happening("correction", election="local", area=one, correction=correction())])
    for areas, found in (((one,), "redditch"), ((), None), ((one,), "redditch")):
        shown = election(*areas)
        board.follow(night(shown, happenings=happenings, corrections=(correction(),)), shown)
        assert [row.area_id for row in board.listed("all", 120, zone, at(21, day=5)).rows] == [found]


def test_one_area_more_is_put_in_its_place_and_no_other_is_made_again() -> None:
    kept, made = Arrangement[str](), list[str]()

    def make(each: Area) -> str:
        made.append(each.name)
        return each.name

    areas = [area(f"Town {number:03}", control=CODES[number % 5]) for number in range(100)]
    order: dict[str, int] = {}
    kept.follow(tuple(areas), order, PLAIN, make)
    made.clear()
    areas[70] = area("Town 000a")
    kept.follow(tuple(areas), order, PLAIN, make)
    assert made == ["Town 000a"]
    assert kept.made[:3] == ["Town 000", "Town 000a", "Town 001"]
    assert len(kept.made) == 100


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [("abc", "abc", (3, 3, 3)), ("abc", "abxc", (2, 2, 3)), ("aab", "ab", (1, 2, 1)), ("", "ab", (0, 0, 2)),
     ("ab", "", (0, 2, 0)), ("abcd", "xbcy", (0, 4, 4)), ("abc", "ab", (2, 3, 2)), ("aa", "aaa", (2, 2, 3))],
)  # fmt: skip
def test_the_span_of_what_differs_is_all_between_two_ends_that_are_the_same(
    before: str, now: str, found: tuple[int, int, int]
) -> None:
    assert span(before, now) == found


def test_an_area_that_is_another_among_those_that_moved_is_told_from_them() -> None:
    one, two, three, new = (area(name) for name in ("One", "Two", "Three", "New"))
    gone, come = others((one, two, three), (three, new, one))
    assert (list(gone), list(come)) == ([two], [new])
    assert [place_of((one, two), each) for each in (one, two, three)] == [0, 1, 2]
