"""Nights as nobody expects them, on the real screen: no area, one, 5,000; 40 parties; names without end; 10 × 3 cells.

Each is drawn at every size with every panel in order: nothing overlaps, no line is too long, and no panel has failed.
"""

from collections.abc import Callable

import msgspec
import pytest
from textual.widget import Widget

from dashboard.app import NightApp
from dashboard.count.night import Line, Night, Said
from dashboard.screens.area import AreaScreen
from dashboard.screens.too_small import TooSmall
from feeds.report import Candidate, Quote, Settings, Tile
from tests.dashboard.screen import screen_lines, screen_text
from tests.dashboard.test_app import running, settled
from tests.makers import nights
from tests.makers.states import area, at, change, election, moment, night, odd, party, wandsworth, ward

SIZES = [(60, 20), (80, 24), (120, 40), (200, 60), (400, 100)]
TRIED = [(60, 20), (200, 60)]
"""Sizes at which the table and every picture are looked at, too."""

LONG = "Llanfair­pwllgwyngyll 漢字 " * 12


def nobody() -> Night:
    """Return a night whose one election has no area and no party."""
    return night(election())


def one_area() -> Night:
    """Return a night of one council."""
    return night(election(wandsworth(), parties=(party("LAB", 35), party("CON", 22)), changes=(change(wandsworth()),)))


def thousands() -> Night:
    """Return a night of 5,000 councils, half of them declared."""
    return nights.many_local(5_000, 2_500)


def forty_parties() -> Night:
    """Return a night of forty parties, most of them unknown, all of them on one council too."""
    codes = ["LAB", "CON", *(f"PARTY OF THE {n:02}TH DAY" for n in range(38))]
    seats = {code: 40 - n for n, code in enumerate(codes)}
    one = wandsworth(elected=seats, composition=seats, total=sum(seats.values()), up=sum(seats.values()))
    parties = tuple(party(code, number, areas=1) for code, number in seats.items())
    return night(election(one, area("Adur"), parties=(*parties, party("NOC")), changes=(change(one),)))


def endless_names() -> Night:
    """Return a night in which every name has 300 characters."""
    name = LONG[:300]
    stood = tuple(Candidate(name=name, party=code, votes=9 - n, elected=n == 0) for n, code in enumerate(("LAB", name)))
    one = wandsworth(
        name=name, region=name, candidates=stood, discrepancies=odd(name), wards=(ward(name, candidates=stood),)
    )
    said = Said(quote=Quote(text=name, speaker=name, role=name, area=name), at=at(1), path=f"{name}.csv")
    held = election(one, area("Adur"), name=name, parties=(party("LAB", 35), party(name, 2)), changes=(change(one),))
    return night(held, settings=Settings(title=name), quotes=(said,), test=(name,), unknown_parties=((name, name),))


def strange_map() -> Night:
    """Return a night with a map on which nothing is where it belongs."""
    tiles = (
        Tile(x=0, y=0, short="W", name="Wandsworth"),
        Tile(x=90, y=40, short="Far", name="Nowhere"),
        *(Tile(x=n, y=3, short=f"X{n}", name=f"Unknown {n}") for n in range(30)),
    )
    return msgspec.structs.replace(nights.small_local(), tiles=tiles)


def huge_chamber() -> Night:
    """Return a parliament of a million seats."""
    parties = (party("CON", 600_000, change=-7), party("LAB", 300_000))
    facts = {"line": Line(seats=500_001, party="CON", reached_at=at(1)), "seats_up": 1_000_000}
    seat = area("Hull", kind="constituency", stage="declared", control="LAB", elected={"LAB": 1}, declared=moment(1))
    return night(election(seat, kind="parliament", parties=parties, **facts))


NIGHTS: dict[str, Callable[[], Night]] = {
    made.__name__: made
    for made in (nobody, one_area, thousands, forty_parties, endless_names, strange_map, huge_chamber)
}


def in_order(app: NightApp, size: tuple[int, int]) -> None:
    lines = screen_lines(app)
    assert [len(lines), "not drawn" in screen_text(app)] == [size[1], False]
    regions = [w.region for w in app.screen.walk_children(Widget) if w.region.area and not w.children]
    for number, region in enumerate(regions):
        assert region.right <= size[0]
        assert region.bottom <= size[1]
        assert not any(region.overlaps(other) for other in regions[number + 1 :])


@pytest.mark.parametrize("name", NIGHTS)
async def test_an_absurd_night_is_drawn_in_order_at_every_size_with_every_picture(name: str) -> None:
    async with running(NIGHTS[name](), SIZES[0]) as (pilot, app, _):
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await settled(pilot, app)
            in_order(app, size)
            for key in ("t", "t", *"v" * 9, "escape") if size in TRIED else ():
                await pilot.press(key)
                await pilot.pause()
                in_order(app, size)


@pytest.mark.parametrize("name", [name for name in NIGHTS if name != "nobody"])
async def test_an_area_of_an_absurd_night_can_be_opened(name: str) -> None:
    async with running(NIGHTS[name](), (80, 24)) as (pilot, app, _):
        await pilot.press("t", "home", "enter")
        await settled(pilot, app)
        assert isinstance(app.screen, AreaScreen)
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await settled(pilot, app)
            in_order(app, size)


async def test_a_map_with_unknown_areas_names_them() -> None:
    async with running(strange_map(), (200, 60)) as (_, app, _player):
        text = screen_text(app)
        assert "on the map, not in this election: Nowhere" in text
        assert "not on the map: Havant" in text


async def test_a_terminal_that_shrinks_to_ten_by_three_and_comes_back_shows_what_it_showed() -> None:
    async with running(nights.small_local(), (120, 40)) as (pilot, app, _):
        before = screen_lines(app)
        for size in ((10, 3), (1, 1), (59, 19), (10, 3)):
            await pilot.resize_terminal(*size)
            await settled(pilot, app)
            assert isinstance(app.screen, TooSmall)
            assert [len(text) for text in screen_lines(app)] == [size[0]] * size[1]
        await pilot.resize_terminal(120, 40)
        await settled(pilot, app)
        assert screen_lines(app) == before


@pytest.mark.parametrize("size", [(10, 3), (8, 2), (5, 1), (40, 10), (59, 19)])
async def test_a_terminal_that_is_too_small_says_what_it_takes_in_words_that_fit(size: tuple[int, int]) -> None:
    async with running(nights.small_local(), (120, 40)) as (pilot, app, _):
        await pilot.resize_terminal(*size)
        await settled(pilot, app)
        assert "60×20" in screen_text(app).replace(" ", "")


async def test_an_opened_area_is_there_again_after_the_terminal_was_too_small() -> None:
    async with running(nights.small_local(), (120, 40)) as (pilot, app, _):
        await pilot.press("t", "home", "enter")
        await settled(pilot, app)
        before = screen_lines(app)
        await pilot.resize_terminal(10, 3)
        await settled(pilot, app)
        await pilot.resize_terminal(120, 40)
        await settled(pilot, app)
        assert isinstance(app.screen, AreaScreen)
        assert screen_lines(app) == before
