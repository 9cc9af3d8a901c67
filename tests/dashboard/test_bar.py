"""The scroll bar looks as Textual's own, and draws only what has changed."""

import pytest
from textual.geometry import Region
from textual.scrollbar import ScrollBar

from dashboard.panels.bar import SparingBar
from tests.dashboard.test_line_table import MANY, shown


@pytest.mark.parametrize("rows", [31, 60, 1_000])
@pytest.mark.parametrize("place", [0, 1, 17.125, 30])
async def test_every_line_of_it_is_that_of_textuals_own(rows: int, place: float) -> None:
    async with shown(MANY) as (pilot, table):
        bar = table.vertical_scrollbar
        assert isinstance(bar, SparingBar)
        bar.window_virtual_size, bar.position = rows, place
        await pilot.pause()
        drawn = [list(bar.render_line(y)) for y in range(bar.size.height)]
        ScrollBar._render_content(bar)
        assert drawn == [list(line) for line in bar._render_cache.lines]


async def test_a_row_more_draws_hardly_any_of_its_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    async with shown(MANY) as (pilot, table):
        bar = table.vertical_scrollbar
        await pilot.pause()
        bar.window_virtual_size = 1_000
        drawn: list[tuple[Region, ...]] = []
        monkeypatch.setattr(ScrollBar, "refresh", lambda self, *regions, **_: drawn.append(regions))
        bar.window_virtual_size = 1_001
        bar.window_virtual_size = 1_002
        assert drawn == []
        bar.window_virtual_size = 40
        assert [region.height for regions in drawn for region in regions] == [1] * len(drawn[0])
        assert 0 < len(drawn[0]) <= 3


async def test_another_theme_draws_all_of_it() -> None:
    async with shown(MANY) as (pilot, table):
        bar = table.vertical_scrollbar
        before = list(bar.render_line(0))
        pilot.app.theme = "textual-light"
        await pilot.pause()
        assert list(bar.render_line(0)) != before
