from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot

from dashboard.panels.line_table import HEAD, LineTable
from dashboard.view.pieces import Line, line
from dashboard.view.rows import Column, Row
from tests.dashboard.screen import table_lines

COLUMNS = (Column(key="name", title="council", width=20),)
HEIGHT = 10


class TableApp(App[int]):
    """A table alone on the screen."""

    def compose(self) -> ComposeResult:
        yield LineTable("table")


def row(name: str, news: str = "") -> Row:
    return Row(id=name, cells=(line(name),), news=news, area_id=name)


def rows(*names: str) -> list[Row]:
    return [row(name) for name in names]


MANY = [f"Town {n:02}" for n in range(40)]


@asynccontextmanager
async def shown(names: list[str]) -> AsyncIterator[tuple[Pilot[int], LineTable]]:
    app = TableApp()
    async with app.run_test(size=(40, HEIGHT + 1)) as pilot:
        table = app.query_one(LineTable)
        table.focus()
        await pilot.pause()
        table.show(COLUMNS, rows(*names))
        await pilot.pause()
        yield pilot, table


def at_cursor(table: LineTable) -> str:
    lines = [text for text in table_lines(table) if text.startswith("❯")]
    return lines[0].removeprefix("❯").strip() if lines else ""


def line_of_cursor(table: LineTable) -> int:
    return next(y for y, text in enumerate(table_lines(table)) if text.startswith("❯"))


async def test_only_rows_that_are_others_are_drawn_again_however_many(monkeypatch: pytest.MonkeyPatch) -> None:
    async with shown(MANY) as (_, table):
        drawn: list[Region] = []
        monkeypatch.setattr(table, "refresh", lambda *regions, **_: drawn.extend(regions))
        now = list(table.rows)
        for place in range(0, HEIGHT, 2):
            now[place] = row(f"Other {place}")
        table.show(COLUMNS, now, quiet=True)
        assert sorted(region.y for region in drawn) == [place + HEAD for place in range(0, HEIGHT, 2)]
        assert {region.height for region in drawn} == {1}


async def test_the_cursor_stays_on_its_row_and_the_row_on_its_line_while_rows_move() -> None:
    async with shown(MANY) as (pilot, table):
        await pilot.press("end", "up", "up", "up")
        before = line_of_cursor(table)
        assert at_cursor(table) == "Town 36"
        table.show(COLUMNS, rows("New A", "New B", *MANY))
        await pilot.pause()
        assert at_cursor(table) == "Town 36"
        assert line_of_cursor(table) == before


async def test_the_cursor_follows_its_row_when_the_table_is_sorted_anew() -> None:
    async with shown(MANY) as (pilot, table):
        await pilot.press("down", "down", "down")
        assert at_cursor(table) == "Town 02"
        table.show(COLUMNS, rows(*reversed(MANY)), quiet=True)
        await pilot.pause()
        assert at_cursor(table) == "Town 02"


async def test_without_a_cursor_the_top_row_stays_on_top_when_scrolled() -> None:
    async with shown(MANY) as (pilot, table):
        table.scroll_to(y=12, animate=False, force=True)
        await pilot.pause()
        assert "Town 12" in table_lines(table)[1]
        table.show(COLUMNS, rows("New", *MANY))
        await pilot.pause()
        assert "Town 12" in table_lines(table)[1]


async def test_an_untouched_table_shows_what_is_newest_on_top() -> None:
    async with shown(MANY) as (pilot, table):
        table.show(COLUMNS, rows("New", *MANY))
        await pilot.pause()
        assert "New" in table_lines(table)[1]


async def test_a_row_that_goes_takes_the_cursor_with_it_and_nothing_breaks() -> None:
    async with shown(MANY) as (pilot, table):
        await pilot.press("down", "down")
        table.show(COLUMNS, rows(*MANY[5:]))
        await pilot.press("down")
        assert at_cursor(table) == "Town 05"
        table.show(COLUMNS, [])
        await pilot.press("down", "pageup", "end", "enter")


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        (["home"], "Town 00"),
        (["end"], "Town 39"),
        (["down"], "Town 00"),
        (["down", "pagedown"], "Town 09"),
        (["end", "pageup"], "Town 30"),
        (["home", "up"], "Town 00"),
    ],
)
async def test_arrows_pages_home_and_end_move_the_cursor(keys: list[str], found: str) -> None:
    async with shown(MANY) as (pilot, table):
        await pilot.press(*keys)
        assert at_cursor(table) == found


async def test_where_few_rows_are_left_all_that_fit_are_in_view() -> None:
    async with shown(MANY) as (pilot, table):
        table.scroll_to(y=30, animate=False, force=True)
        left = MANY[: table.body_height + 2]
        table.show(COLUMNS, rows(*left), quiet=True)
        await pilot.pause()
        assert [text.strip() for text in table_lines(table)[1:]] == left[2:]


async def test_the_head_stays_while_the_rows_scroll() -> None:
    async with shown(MANY) as (pilot, table):
        await pilot.press("end")
        assert "council" in table_lines(table)[0]


def declared(names: list[str], *new: str) -> list[Row]:
    return [row(name, "declared 1" if name in new else "") for name in names]


async def test_news_outside_the_view_is_counted_on_a_pill_until_it_has_been_seen() -> None:
    async with shown(MANY) as (pilot, table):
        table.show(COLUMNS, declared(MANY, "Town 30", "Town 31", "Town 32"))
        await pilot.pause()
        assert "▼ +3 new" in table_lines(table)[-1]
        await pilot.press("end")
        assert "▲" not in "".join(table_lines(table))
        await pilot.press("home")
        assert "new" not in table_lines(table)[-1]


async def test_a_pill_says_thousands_as_every_other_figure_does() -> None:
    names = [f"Town {n}" for n in range(1100)]
    async with shown(names) as (pilot, table):
        await pilot.press("home")
        table.show(COLUMNS, declared(names, *names[50:]))
        await pilot.pause()
        assert "▼ +1,050 new" in table_lines(table)[-1]


async def test_a_flood_on_top_of_an_untouched_table_has_no_pill() -> None:
    async with shown(MANY) as (pilot, table):
        new = [f"New {n}" for n in range(30)]
        table.show(COLUMNS, declared([*new, *MANY], *new))
        await pilot.pause()
        assert "new" not in table_lines(table)[-1]


async def test_a_row_that_goes_before_it_was_seen_is_news_no_more() -> None:
    async with shown(MANY) as (pilot, table):
        await pilot.press("end")
        table.show(COLUMNS, declared(["New", *MANY], "New"))
        await pilot.pause()
        assert "▲ +1 new" in table_lines(table)[0]
        table.show(COLUMNS, declared(MANY[20:]))
        await pilot.pause()
        assert "new" not in table_lines(table)[0]


async def test_a_click_on_the_pill_goes_to_the_news() -> None:
    async with shown(MANY) as (pilot, table):
        table.show(COLUMNS, declared(MANY, "Town 30"))
        await pilot.pause()
        await pilot.click(LineTable, offset=(table.size.width - 3, table.size.height - 1))
        assert at_cursor(table) == "Town 30"


async def test_news_above_is_on_the_upper_edge() -> None:
    async with shown(MANY) as (pilot, table):
        await pilot.press("end")
        table.show(COLUMNS, declared(["New", *MANY], "New"))
        await pilot.pause()
        assert "▲ +1 new" in table_lines(table)[0]


async def test_new_rows_are_lit_and_a_jump_in_time_lights_nothing() -> None:
    async with shown(MANY) as (pilot, table):
        table.show(COLUMNS, declared(MANY, "Town 01"))
        await pilot.pause()
        assert "✦" in table_lines(table)[2]
        table.show(COLUMNS, declared(MANY, "Town 01", "Town 03"), quiet=True)
        await pilot.pause()
        assert "✦" not in table_lines(table)[4]


async def test_a_row_with_news_all_the_time_does_not_blink(monkeypatch: pytest.MonkeyPatch) -> None:
    timers: list[tuple[float, Callable[[], None]]] = []
    now = 0.0
    async with shown(MANY) as (_, table):
        monkeypatch.setattr(table, "set_timer", lambda delay, call: timers.append((now + delay, call)))
        seen = []
        for step in range(120):
            now = step * 0.1
            for due in [each for each in timers if each[0] <= now]:
                timers.remove(due)
                due[1]()
            if step < 60 and step % 2 == 0:
                table.show(COLUMNS, [row(name, f"revision {step}" if name == "Town 01" else "") for name in MANY])
            seen.append("✦" in table.render_line(2).text)
        changes = sum(1 for one, other in pairwise(seen) if one != other)
        assert (seen[0], seen[60], seen[-1]) == (True, True, False)
        assert changes == 1


async def test_nothing_is_lit_where_animations_are_off() -> None:
    async with shown(MANY) as (pilot, table):
        pilot.app.animation_level = "none"
        table.show(COLUMNS, declared(MANY, "Town 01"))
        await pilot.pause()
        assert "✦" not in "".join(table_lines(table))


async def test_only_lines_that_changed_are_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    async with shown(MANY) as (_, table):
        drawn: list[int] = []
        whole: list[object] = []
        monkeypatch.setattr(table, "refresh_line", drawn.append)
        monkeypatch.setattr(table, "refresh", lambda *region, **_: whole.append(region))
        changed = list(table.rows)
        changed[4] = Row(id="Town 04", cells=(line("Town 04 declared"),))
        table.show(COLUMNS, changed)
        assert drawn == [5]
        table.show(COLUMNS, list(changed))
        assert drawn == [5]
        assert whole == []


async def test_the_cells_of_rows_that_are_not_seen_are_not_made_and_those_of_the_others_once() -> None:
    made = Counter[str]()

    def unmade(name: str) -> Row:
        def cells() -> tuple[Line, ...]:
            made[name] += 1
            return (line(name),)

        return Row(id=name, cells=cells)

    async with shown([]) as (pilot, table):
        table.show(COLUMNS, [unmade(name) for name in MANY])
        await pilot.pause()
        assert "Town 08" in "".join(table_lines(table))
        await pilot.press("down", "down", "up")
        assert set(made) == set(MANY[:HEIGHT])
        assert set(made.values()) == {1}


async def test_enter_and_a_second_click_open_the_row() -> None:
    opened: list[str] = []

    class Listening(TableApp):
        def on_line_table_opened(self, event: LineTable.Opened) -> None:
            opened.append(event.area_id)

    app = Listening()
    async with app.run_test(size=(40, HEIGHT)) as pilot:
        table = app.query_one(LineTable)
        table.show(COLUMNS, rows(*MANY))
        await pilot.click(LineTable, offset=(5, 3))
        assert table.cursor == "Town 02"
        assert opened == []
        await pilot.click(LineTable, offset=(5, 3), times=2)
        table.open_cursor()
        await pilot.pause()
        assert opened == ["Town 02", "Town 02"]


HOSTILE: list[Callable[[], str]] = [
    lambda: "[red]Hull[/red]",
    lambda: "[/foo]",
    lambda: "Smith [Ind] z",
    lambda: "\\[b]",
]


@pytest.mark.parametrize("name", [made() for made in HOSTILE])
async def test_what_looks_like_markup_is_shown_as_it_is(name: str) -> None:
    async with shown([name]) as (_, table):
        assert table_lines(table)[1].strip() == name
