"""The area and the problems screen in a running app: they follow the night, keep their place, and go back."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from textual.app import App
from textual.binding import Binding
from textual.pilot import Pilot
from textual.screen import Screen

from dashboard.actions import key_table
from dashboard.count.night import Area, FileProblem, Night
from dashboard.panels.page import Heading, Page
from dashboard.screens.area import AreaScreen
from dashboard.screens.audit import AuditScreen
from dashboard.screens.problems import ProblemsScreen
from feeds.report import Candidate
from tests.makers.states import area, at, election, night, wandsworth, ward

SIZES = [(60, 20), (80, 24), (120, 40), (200, 60), (400, 100)]
STOOD = (
    Candidate(name="Ann [red]", party="LAB", votes=300, elected=True),
    Candidate(name="[/foo]", party="CON", votes=1),
)


class Still:
    """A player that stands still, at a night that a test may change."""

    zone = ZoneInfo("Europe/London")
    as_at = datetime(2022, 5, 6, 1, 14, tzinfo=UTC)
    begin = datetime(2022, 5, 5, 21, tzinfo=UTC)
    end = datetime(2022, 5, 6, 9, tzinfo=UTC)
    live = False
    paused = False
    speed = 60.0
    behind = 0
    delay = timedelta(0)

    def __init__(self, state: Night) -> None:
        self.night = state


class Host(App[None]):
    """Nothing but a place for a screen."""


def council(declared: int) -> Area:
    wards = [
        ward(f"Ward {i:02}", seats=1, elected={"LAB": 1} if i < declared else None, candidates=STOOD) for i in range(30)
    ]
    return area("Leeds", stage="partial", total=30, up=30, undeclared=30 - declared, wards=tuple(wards))


def state(declared: int = 3) -> Night:
    return night(election(wandsworth(), council(declared), area("Hull")))


def drawn(screen: Screen[None]) -> str:
    """Return what the screen's pages show at this moment."""
    lines = []
    for page in screen.query(Page):
        lines += ["".join(s.text for s in page.render_line(y)) for y in range(page.size.height)]
    heading = screen.query_one(Heading)
    return "\n".join(["".join(s.text for s in heading.render_line(0)), *lines])


async def opened(pilot: Pilot[None], screen: Screen[None]) -> None:
    await pilot.app.push_screen(screen)
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_an_area_is_shown_at_every_size_without_a_word_lost(size: tuple[int, int]) -> None:
    async with Host().run_test(size=size) as pilot:
        screen = AreaScreen(Still(state()), "local", "wandsworth")
        await opened(pilot, screen)
        rows = "\n".join(row.text for page in screen.query(Page) for row in page.rows)
        assert "WANDSWORTH" in drawn(screen)
        assert "REPLAY ×60" in drawn(screen)
        for words in ("LAB gain from CON", "02:39 declared", "● Lab 35", "Files behind it"):
            assert words in " ".join(rows.split())


async def test_the_screen_follows_the_night_and_keeps_its_place() -> None:
    async with Host().run_test(size=(80, 24)) as pilot:
        screen = AreaScreen(Still(state(3)), "local", "leeds")
        await opened(pilot, screen)
        page = screen.query_one("#main", Page)
        await pilot.press("pagedown", "down", "down")
        before = (page.scroll_offset.y, page.stop)
        assert before[0] > 0
        assert before[1] is not None
        screen.show(state(4))
        await pilot.pause()
        assert (page.scroll_offset.y, page.stop) == before
        assert any("4/30 wards" in row.text for row in page.rows)


async def test_enter_opens_a_ward_and_closes_it_and_names_are_shown_literally() -> None:
    async with Host().run_test(size=(80, 60)) as pilot:
        screen = AreaScreen(Still(state()), "local", "leeds")
        await opened(pilot, screen)
        assert "Ann" not in drawn(screen)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert "Ann [red]" in drawn(screen)
        assert "[/foo]" in drawn(screen)
        assert "✓ elected" in drawn(screen)
        await pilot.press("enter")
        await pilot.pause()
        assert "Ann" not in drawn(screen)


async def test_the_trail_follows_the_ward_under_the_cursor_and_the_area() -> None:
    async with Host().run_test(size=(80, 60)) as pilot:
        screen = AreaScreen(Still(state()), "local", "leeds")
        await opened(pilot, screen)
        assert "Local elections › LEEDS  " in drawn(screen)
        await pilot.press("down", "down")
        await pilot.pause()
        assert "Local elections › LEEDS › Ward 01  " in drawn(screen)
        await pilot.press("n")
        await pilot.pause()
        assert "Local elections › HULL  " in drawn(screen)


async def test_a_click_on_a_ward_opens_it() -> None:
    async with Host().run_test(size=(80, 60)) as pilot:
        screen = AreaScreen(Still(state()), "local", "leeds")
        await opened(pilot, screen)
        page = screen.query_one("#main", Page)
        line = next(i for i, row in enumerate(page.rows) if row.stop == "Ward 02")
        await pilot.click(page, offset=(4, line))
        await pilot.pause()
        assert "▾ Ward 02" in drawn(screen)


async def test_n_and_p_go_through_the_areas_in_the_night_s_order() -> None:
    async with Host().run_test() as pilot:
        screen = AreaScreen(Still(state()), "local", "wandsworth")
        await opened(pilot, screen)
        await pilot.press("n", "n")
        assert screen.area_id == "hull"
        await pilot.press("n")
        assert screen.area_id == "wandsworth"
        await pilot.press("p")
        assert screen.area_id == "hull"
        assert "HULL" in drawn(screen)


@pytest.mark.parametrize("screen", [AreaScreen, AuditScreen, ProblemsScreen])
def test_the_help_has_every_key_of_the_screens_beside_the_overview(screen: type[Screen[None]]) -> None:
    keys = [b.key_display or b.key for b in screen.BINDINGS if isinstance(b, Binding) and b.show]
    assert keys
    assert set(keys) <= {shown for shown, _, _ in key_table()}


async def test_another_area_begins_at_its_top_with_no_ward_chosen() -> None:
    async with Host().run_test(size=(80, 24)) as pilot:
        screen = AreaScreen(Still(state()), "local", "leeds")
        await opened(pilot, screen)
        await pilot.press("pagedown", "down")
        page = screen.query_one("#main", Page)
        assert (page.scroll_offset.y > 0, page.stop is None) == (True, False)
        await pilot.press("n", "p")
        await pilot.pause()
        assert (page.scroll_offset.y > 0, page.stop is None) == (False, True)


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_escape_and_q_go_back(key: str) -> None:
    async with Host().run_test() as pilot:
        for screen in (AreaScreen(Still(state()), "local", "hull"), ProblemsScreen(Still(state()))):
            await opened(pilot, screen)
            await pilot.press(key)
            await pilot.pause()
            assert pilot.app.screen is not screen


async def test_an_area_that_is_not_there_at_this_moment_says_so_and_comes_back() -> None:
    async with Host().run_test() as pilot:
        screen = AreaScreen(Still(night()), "local", "hull")
        await opened(pilot, screen)
        assert "Nothing has been reported here yet" in drawn(screen)
        screen.show(state())
        assert "HULL" in drawn(screen)


async def test_the_problems_screen_follows_the_night() -> None:
    async with Host().run_test(size=(120, 40)) as pilot:
        screen = ProblemsScreen(Still(state()))
        await opened(pilot, screen)
        assert "0 quarantined" in drawn(screen)
        wrong = FileProblem(path="[red].csv", line=7, reason="elected is “31x”", at=at(1))
        screen.show(night(problems=(wrong,)))
        await pilot.pause()
        assert "1 quarantined" in drawn(screen)
        assert "[red].csv, line 7" in drawn(screen)


async def test_coming_back_to_a_screen_shows_what_came_meanwhile() -> None:
    async with Host().run_test(size=(120, 40)) as pilot:
        player = Still(state(3))
        screen = AreaScreen(player, "local", "leeds")
        await opened(pilot, screen)
        await opened(pilot, ProblemsScreen(player))
        player.night = state(9)
        await pilot.press("escape")
        await pilot.pause()
        assert "9/30 wards" in drawn(screen)
