"""The order of the areas: by any column, either way round, by key and by mouse."""

import pytest

from dashboard.panels.councils import CouncilsPanel
from dashboard.panels.line_table import MARGIN
from dashboard.view.rows import plan
from dashboard.view.sorting import SORTS, arranged, sort_of, sort_words, sorts_of
from tests.dashboard.screen import screen_text
from tests.dashboard.test_app import running
from tests.makers import nights
from tests.makers.states import area, wandsworth

AREAS = (
    wandsworth(turnout=40.0, region="London"),
    wandsworth(id="b", name="Barnet", turnout=44.0, region="East", elected={"LAB": 41, "CON": 22}, composition=None),
    wandsworth(id="y", name="York", turnout=None, region=None, composition={"LD": 30, "IND": 3}, up=20),
    area("Adur", region="South", up=14),
)


@pytest.mark.parametrize(
    ("sort", "one_way", "other_way"),
    [
        ("party:LAB", ["Barnet", "Wandsworth", "York", "Adur"], ["York", "Wandsworth", "Barnet", "Adur"]),
        ("rest", ["York", "Wandsworth", "Barnet", "Adur"], ["Barnet", "Wandsworth", "York", "Adur"]),
        ("turnout", ["Barnet", "Wandsworth", "Adur", "York"], ["Wandsworth", "Barnet", "Adur", "York"]),
        ("region", ["Barnet", "Wandsworth", "Adur", "York"], ["Adur", "Wandsworth", "Barnet", "York"]),
        ("seats up", ["Barnet", "Wandsworth", "York", "Adur"], ["Adur", "York", "Barnet", "Wandsworth"]),
        ("name", ["Adur", "Barnet", "Wandsworth", "York"], ["York", "Wandsworth", "Barnet", "Adur"]),
    ],
)
def test_a_column_sorts_either_way_and_what_is_not_known_comes_last(
    sort: str, one_way: list[str], other_way: list[str]
) -> None:
    for turned, found in ((False, one_way), (True, other_way)):
        order = arranged(AREAS, lambda _: True, sort, {}, turned=turned, rest=("LD", "IND"))
        assert [each.name for each in order] == found


@pytest.mark.parametrize("width", [60, 118, 196, 396])
def test_there_is_a_way_to_sort_by_every_column_but_the_drawn_ones(width: int) -> None:
    for night in (nights.small_local(), nights.small_parliament()):
        keys = [column.key for column in plan(night.elections[0], width).columns]
        sorts = sorts_of(keys)
        assert sorts[: len(SORTS)] == list(SORTS)
        assert {sort_of(key) for key in keys if key not in {"bar", "votes"}} <= set(sorts)
        assert all(sort_words(sort) for sort in sorts)
        for sort in sorts:
            shown = arranged(night.elections[0].areas, lambda _: True, sort, {}, rest=("LD",))
            assert {each.id for each in shown} == {each.id for each in night.elections[0].areas}


async def test_a_click_on_a_head_sorts_by_its_column_and_a_second_one_turns_it() -> None:
    async with running(nights.small_local(), (120, 40)) as (pilot, app, _):
        panel = app.query_one(CouncilsPanel)
        table = panel.table
        left = MARGIN
        for column in table.columns:
            if column.key == "party:CON":
                break
            left += column.width + 1
        for turned in (False, True):
            await pilot.click(table, offset=(left + 2, 0))
            await pilot.pause()
            assert (panel.sort, panel.turned) == ("party:CON", turned)
        assert "Councils · Con turned" in screen_text(app)
        assert [row.id for row in table.rows][:3] == ["barnet", "havant", "wandsworth"]
        await pilot.press("S")
        assert [row.id for row in table.rows][:3] == ["wandsworth", "havant", "barnet"]


async def test_the_key_goes_through_every_column_and_comes_round() -> None:
    async with running(nights.small_local(), (160, 40)) as (pilot, app, _):
        panel = app.query_one(CouncilsPanel)
        wanted = sorts_of(column.key for column in panel.table.columns)
        seen = []
        for _ in wanted:
            seen.append(panel.sort)
            await pilot.press("s")
        assert seen == wanted
        assert panel.sort == "newest"
