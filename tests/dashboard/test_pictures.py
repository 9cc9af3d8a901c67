"""The laws of the pictures: nothing is shown twice, nothing is left out, and every sum is that of the tally."""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.player import Player
from dashboard.view.pictures import atlas, regions
from dashboard.view.pictures.atlas import LONDON, REGIONS, placed, shipped
from dashboard.view.pictures.gallery import KINDS, drawn, fitting
from dashboard.view.pictures.ink import Ink, ink_for, marks, spelt
from dashboard.view.pictures.scene import Scene, legend
from dashboard.view.pieces import line, plain, width_of
from feeds.clock import ReplayClock
from feeds.formats import sheet
from feeds.parties import party, register
from feeds.report import Settings, Tile, TileMap
from feeds.saved import open_night
from feeds.saved import shipped as nights_shipped
from tests.makers import nights
from tests.makers.events import night as told
from tests.makers.made_up import made_up_nights
from tests.makers.pictures import only, player_at_end, scene, texts, whole
from tests.makers.states import (
    area,
    election,
    night,
    wandsworth,
)

SIZES = [(1, 1), (20, 5), (40, 12), (78, 17), (118, 30), (200, 60)]


# The maps that come with the program


@pytest.mark.parametrize("name", [LONDON, REGIONS])
def test_a_shipped_map_is_a_sheet_and_read_as_one(name: str) -> None:
    reading = sheet.read(name, Path(atlas.__file__).with_name(name).read_bytes())
    assert reading.problem is None
    assert [report.tiles for report in reading.reports if isinstance(report, TileMap)] == [shipped(name)]


# Every picture


@pytest.mark.parametrize("ink", Ink)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("maker", [nights.small_local, nights.small_parliament, nights.empty, nights.two_elections])
def test_no_picture_is_larger_than_its_room_nor_fails_in_any(maker: Any, size: tuple[int, int], ink: Ink) -> None:
    for kind in KINDS:
        picture = drawn(scene(maker(), ink), kind.key, *size)
        assert len(picture.lines) <= size[1]
        assert all(width_of(each) <= size[0] for each in picture.lines)
        assert all(s.y < size[1] and s.right <= size[0] for s in picture.spots)


@pytest.mark.parametrize("name", nights_shipped())
@pytest.mark.parametrize("size", SIZES)
def test_the_saved_nights_fit_every_room(name: str, size: tuple[int, int]) -> None:
    for key in fitting(whole(name)):
        picture = drawn(whole(name), key, *size)
        assert len(picture.lines) <= size[1]
        assert all(width_of(each) <= size[0] for each in picture.lines)


@pytest.mark.parametrize("name", nights_shipped())
def test_in_ascii_no_picture_has_another_character(name: str) -> None:
    for key in fitting(whole(name)):
        assert all(text.isascii() for text in texts(drawn(whole(name, Ink.ASCII), key, 100, 40).lines))


@settings(max_examples=25, deadline=None)
@given(made_up_nights(), st.integers(1, 90), st.integers(1, 40))
def test_any_night_has_pictures_in_any_room(pairs: Any, width: int, height: int) -> None:
    made = scene(told(*pairs))
    for key in fitting(made):
        lines = drawn(made, key, width, height).lines
        assert len(lines) <= height
        assert all(width_of(each) <= width for each in lines)


def test_the_pictures_that_fit_are_those_of_the_kind_of_night() -> None:
    assert fitting(whole("2022-05-05-local")) == ["london", "regions", "seats", "flow", "council", "council-race"]
    assert fitting(whole("2019-12-12-general")) == ["hemicycle", "race", "regions", "seats", "flow"]
    assert fitting(scene(nights.empty())) == []


def test_the_picture_that_the_night_asks_for_comes_first() -> None:
    asked = msgspec.structs.replace(nights.small_local(), settings=Settings(picture="flow"))
    assert fitting(scene(asked))[0] == "flow"


def test_a_picture_shows_nothing_that_the_snapshot_does_not_know() -> None:
    """Of two nights that are the same up to a moment and differ after it, all pictures are equal at that moment."""
    saved = open_night("2018-05-03-local")
    moment = saved.begin + timedelta(hours=5)
    full = Player(ReplayClock(saved.begin, saved.end, ticks=lambda: 0.0), saved.events)
    cut = Player(ReplayClock(saved.begin, moment, ticks=lambda: 0.0), [e for e in saved.events if e.at <= moment])
    pictures = []
    for player in (full, cut):
        player.pause()
        player.seek(moment)
        made = scene(player.night, as_at=player.as_at, begin=player.begin, end=player.end, zone=player.zone)
        pictures.append([drawn(made, key, 100, 30) for key in fitting(made)])
    assert pictures[0] == pictures[1]


# Maps


def test_the_map_of_london_has_each_borough_and_the_city_once() -> None:
    codes = [tile.code or "" for tile in shipped(LONDON)]
    assert sorted(codes) == [f"E09{n:06}" for n in range(1, 34)]
    assert len({(tile.x, tile.y) for tile in shipped(LONDON)}) == 33
    assert len({tile.short for tile in shipped(LONDON)}) == 33


@pytest.mark.parametrize("name", ["2018-05-03-local", "2022-05-05-local"])
def test_every_borough_of_a_real_night_has_its_tile(name: str) -> None:
    election = only(player_at_end(name).night)
    found = placed(shipped(LONDON), election.areas)
    assert {a.id for a in found.values()} == {a.id for a in election.areas if a.region == "London"}
    assert all(tile.name == a.name for tile, a in found.items())
    assert [tile.name for tile in shipped(LONDON) if tile not in found] == ["City of London"]


@pytest.mark.parametrize("size", [(39, 9), (60, 17), (76, 24), (150, 50)])
def test_the_map_shows_each_borough_once_by_its_short_name(size: tuple[int, int]) -> None:
    words = Counter(" ".join(texts(drawn(whole("2022-05-05-local"), "london", *size).lines[:-1])).split())
    shown = Counter(word[:3] for word in words.elements())
    for tile in shipped(LONDON):
        assert shown[tile.short] == 1


def test_the_legend_of_the_map_sums_to_the_boroughs() -> None:
    picture = drawn(whole("2022-05-05-local"), "london", 80, 30)
    figures = [int(word) for word in plain(picture.lines[-1]).split() if word.isdecimal()]
    assert sum(figures) == 32
    assert "32 of 32" in picture.title


def borough(name: str, number: int, **fields: Any) -> Any:
    return area(name, code=f"E09{number:06}", **fields)


def test_an_undeclared_borough_is_hatched_and_never_in_a_partys_colour() -> None:
    barnet = borough("Barnet", 3, previous="CON", control="LAB", certain="LAB", elected={"LAB": 9}, stage="partial")
    picture = drawn(scene(night(election(barnet, borough("Brent", 5)))), "london", 80, 30)
    styles = {style for each in picture.lines for _, style in each}
    assert not any(style.startswith(("tile:", "party:")) for style in styles)
    assert all("░░" in texts(picture.lines)[spot.y][spot.left : spot.right] for spot in picture.spots)
    assert {spot.area_id for spot in picture.spots} == {"barnet", "brent"}


def test_a_declared_borough_says_in_letters_who_controls_it_and_what_changed() -> None:
    won = wandsworth(code="E09000032")
    lost = borough("Croydon", 8, stage="declared", control="NOC", previous="LAB", outcome="loss")
    text = "\n".join(texts(drawn(scene(night(election(won, lost))), "london", 150, 40).lines))
    assert "Wns ●+" in text
    assert "LAB gain" in text
    assert "from CON" in text
    assert "Crd ╳+" in text
    assert "LAB lose to NOC" in text
    small = "\n".join(texts(drawn(scene(night(election(won, lost))), "london", 76, 30).lines))
    assert "was LAB" in small


def test_a_click_on_a_tile_means_its_area() -> None:
    picture = drawn(scene(night(election(wandsworth(code="E09000032")))), "london", 80, 30)
    spot = picture.spots[0]
    assert spot.area_id == "wandsworth"
    assert "Wns" in plain(picture.lines[spot.y])[spot.left : spot.right]


def test_a_partly_declared_borough_says_how_many_wards_are_in() -> None:
    half = msgspec.structs.replace(nights.barnet(), code="E09000003")
    assert "2/3" in "\n".join(texts(drawn(scene(night(election(half, borough("Brent", 5)))), "london", 80, 30).lines))


def own(*tiles_of: Tile, areas: Any = ()) -> Scene:
    return scene(night(election(*areas), tiles=tiles_of))


def test_a_map_with_unknown_areas_names_them_and_draws_the_rest() -> None:
    made = own(
        Tile(x=0, y=0, short="Wan", name="Wandsworth"),
        Tile(x=1, y=0, short="Atl", name="Atlantis"),
        areas=[wandsworth(), area("Adur")],
    )
    text = texts(drawn(made, "map", 80, 20).lines)
    assert "⚠ on the map, not in this election: Atlantis" in text
    assert "not on the map: Adur" in text
    assert any("Wan ●+" in each for each in text)


def test_many_unknown_areas_are_counted() -> None:
    made = own(*(Tile(x=n, y=0, short="x", name=f"Nowhere {n}") for n in range(9)), areas=[wandsworth()])
    assert any("and 3 more" in text for text in texts(drawn(made, "map", 200, 20).lines))


def test_a_tile_finds_its_area_by_code_and_else_by_name_but_not_against_another_code() -> None:
    coded, named, other = area("Old name", code="E07000001"), area("Adur"), area("Corby", code="E07000002")
    found = placed(
        [
            Tile(x=0, y=0, short="a", name="New name", code="E07000001"),
            Tile(x=1, y=0, short="b", name="City of ADUR", code="E07000009"),
            Tile(x=2, y=0, short="c", name="Corby", code="E07000003"),
        ],
        [coded, named, other],
    )
    assert [a.name for a in found.values()] == ["Old name", "Adur"]


def test_where_a_map_has_no_room_it_says_so() -> None:
    assert "needs more room" in "".join(texts(drawn(whole("2022-05-05-local"), "london", 30, 5).lines))


# Regions


@pytest.mark.parametrize("name", nights_shipped())
def test_each_area_is_in_one_region_or_counted_as_without(name: str) -> None:
    election = only(player_at_end(name).night)
    inside = [a.id for areas in regions.by_region(election).values() for a in areas]
    assert len(inside) == len(set(inside))
    assert {a.id for a in election.areas} - set(inside) == {a.id for a in election.areas if a.region is None}


def test_the_regions_sum_to_the_tally() -> None:
    made = whole("2019-12-12-general")
    parts: Counter[str] = Counter()
    for areas in regions.by_region(only(made.frame.night)).values():
        parts.update(a.control for a in areas if a.is_declared and a.control)
    assert parts == Counter({p.party: p.areas for p in only(made.frame.night).parties if p.areas})


def test_a_region_says_how_many_of_its_areas_declared_and_whose_they_are() -> None:
    one, two = wandsworth(region="London"), area("Adur", region="South East")
    text = "\n".join(texts(drawn(scene(night(election(one, two))), "regions", 80, 20).lines))
    assert "London" in text
    assert "1/1" in text
    assert "●1" in text
    assert "0/1" in text


def test_the_map_of_regions_has_each_region_once() -> None:
    assert len({tile.name for tile in shipped(REGIONS)}) == len({(t.x, t.y) for t in shipped(REGIONS)}) == 12


# Ink


def test_no_two_parties_share_a_mark() -> None:
    codes = [*register(), "ASPIRE", "ABC", "ABD", "YPP", "XYZ"]
    for ink in Ink:
        found = marks(codes, ink)
        assert len(set(found.values())) == len(codes) if ink is not Ink.ASCII else len(found) == len(codes)
        assert all(len(mark) == 1 for mark in found.values())
    assert marks(["LAB", "CON"], Ink.BLOCKS) == {"LAB": party("LAB").glyph, "CON": party("CON").glyph}
    few = ["CON", "LAB", "LD", "GRN", "SNP", "PC", "SDLP", "SF", "DUP", "NOC", "IND", "OTH"]
    assert len(set(marks(few, Ink.ASCII).values())) == len(few)


@pytest.mark.parametrize(
    ("environment", "asked", "wanted"),
    [
        ({"LANG": "en_GB.UTF-8"}, "auto", Ink.BLOCKS),
        ({"LANG": "en_GB.utf8", "TERM": "xterm"}, "braille", Ink.BRAILLE),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "C"}, "auto", Ink.ASCII),
        ({"LANG": "en_GB.ISO-8859-1"}, "braille", Ink.ASCII),
        ({"LC_ALL": "", "LC_CTYPE": "C.UTF-8", "LANG": "C"}, "auto", Ink.BLOCKS),
        ({}, "auto", Ink.BLOCKS),
        ({"LANG": "en_GB.UTF-8", "TERM": "linux"}, "auto", Ink.ASCII),
        ({"LANG": "en_GB.UTF-8", "TERM": "linux"}, "blocks", Ink.BLOCKS),
        ({"LANG": "en_GB.UTF-8"}, "ascii", Ink.ASCII),
    ],
)
def test_what_is_asked_for_is_drawn_with_where_the_terminal_can(
    environment: dict[str, str], asked: str, wanted: Ink
) -> None:
    assert ink_for(environment, asked) is wanted


def test_ascii_lines_are_as_wide_as_they_were() -> None:
    lines = [line("Ynys Môn – 12 × ● ░█▏→ 東京")]
    assert width_of(spelt(lines, Ink.ASCII)[0]) == width_of(lines[0])
    assert plain(spelt(lines, Ink.ASCII)[0]).startswith("Ynys Mon - 12 x ")


def test_a_legend_counts_what_it_has_no_room_for() -> None:
    entries = [line(f"Party {n}") for n in range(9)]
    rows = texts(tuple(legend(entries, 30)))
    assert len(rows) == 2
    assert all(len(each) <= 30 for each in rows)
    shown = sum(each.count("Party") for each in rows)
    assert rows[-1].endswith(f"+{9 - shown}")
