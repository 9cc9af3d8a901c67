import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
import pytest
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input

from dashboard.actions import TABLE, Where, in_footer, key_table
from dashboard.app import NightApp
from dashboard.count.night import Night, Said
from dashboard.panels.changes import ChangesPanel
from dashboard.panels.councils import CouncilsPanel
from dashboard.panels.seats import SeatsPanel
from dashboard.panels.ticker import Ticker
from dashboard.screens.area import AreaScreen
from dashboard.screens.help import HelpScreen
from dashboard.screens.overview import OverviewScreen
from dashboard.screens.too_small import TooSmall
from feeds.report import Quote, Settings
from tests.dashboard.screen import screen_lines, screen_text, table_lines
from tests.makers import nights
from tests.makers.player import FakePlayer
from tests.makers.states import area, at, election, night, wandsworth


class Ticks:
    """Seconds that pass when a test says so, and at least a beat at each look."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 0.2
        return self.now


@asynccontextmanager
async def running(
    of: Night, size: tuple[int, int] = (120, 40), *, live: bool = True
) -> AsyncIterator[tuple[Pilot[int], NightApp, FakePlayer]]:
    player = FakePlayer(of, live=live)
    app = NightApp(player, ticks=Ticks())
    async with app.run_test(size=size) as pilot:
        await settled(pilot, app)
        yield pilot, app, player


async def settled(pilot: Pilot[int], app: NightApp) -> None:
    """Wait until what the player has now is on the screen."""
    await pilot.pause()
    app.beat()
    await pilot.pause()
    await pilot.pause()


SIZES = [(60, 20), (80, 24), (100, 24), (120, 40), (80, 50), (160, 24), (200, 60), (400, 100)]


@pytest.mark.parametrize(
    ("size", "maker"),
    [
        *((size, nights.small_local) for size in SIZES),
        ((60, 20), nights.empty),
        ((60, 20), nights.small_parliament),
        ((200, 60), nights.empty),
        ((200, 60), nights.small_parliament),
    ],
)
async def test_every_size_has_status_seats_and_changes_and_fills_the_screen(maker: type, size: tuple[int, int]) -> None:
    async with running(maker(), size) as (_, app, _):
        lines = screen_lines(app)
        assert len(lines) == size[1]
        assert all(len(text) == size[0] for text in lines)
        assert "● LIVE" in lines[0]
        assert app.query_one(SeatsPanel).region.area > 0
        assert app.query_one(ChangesPanel).region.area > 0
        assert "? help" in lines[-1]
        assert "q quit" in lines[-1]


@pytest.mark.parametrize("size", SIZES)
async def test_panels_never_overlap(size: tuple[int, int]) -> None:
    loud = msgspec.structs.replace(nights.small_local(), test=("a test",), settings=Settings(rehearsal=True))
    async with running(loud, size, live=False) as (_, app, _):
        assert "TEST" in screen_text(app)
        assert "REHEARSAL" in screen_text(app)
        assert "ELECTION NIGHT" in screen_lines(app)[0] or size[0] < 80
        regions = [w.region for w in app.screen.walk_children(Widget) if w.region.area and not w.children]
        for number, region in enumerate(regions):
            assert not any(region.overlaps(other) for other in regions[number + 1 :])


@pytest.mark.parametrize(("size", "seen"), [((80, 24), False), ((100, 30), False), ((80, 50), True), ((120, 40), True)])
async def test_a_short_screen_has_the_table_one_key_away(size: tuple[int, int], seen: bool) -> None:
    async with running(nights.small_local(), size) as (pilot, app, _):
        panel = app.query_one(CouncilsPanel)
        assert (panel.region.area > 0) == seen
        await pilot.press("t")
        await pilot.pause()
        assert panel.region.area > 0
        assert "Wandsworth" in screen_text(app)
        await pilot.press("t")
        await pilot.pause()
        assert (panel.region.area > 0) == seen


async def test_below_the_least_size_it_says_what_it_needs_and_comes_back() -> None:
    async with running(nights.small_local(), (80, 24)) as (pilot, app, _):
        await pilot.resize_terminal(59, 20)
        await pilot.pause()
        assert "60 × 20" in screen_text(app)
        assert "59 × 20" in screen_text(app)
        assert "Seats" not in screen_text(app)
        await pilot.resize_terminal(50, 12)
        await pilot.pause()
        assert "50 × 12" in screen_text(app)
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert not isinstance(app.screen, TooSmall)
        assert "Wandsworth" in screen_text(app)


async def test_a_terminal_that_is_too_small_from_the_start_can_be_left() -> None:
    async with running(nights.small_local(), (40, 10)) as (pilot, app, _):
        assert isinstance(app.screen, TooSmall)
        await pilot.press("q")
        await pilot.pause()
        assert app._exit


async def test_a_new_night_is_shown_by_the_next_beat() -> None:
    async with running(nights.many_local(9, 2)) as (pilot, app, player):
        assert "2 of 9 councils" in screen_text(app)
        player.shown = nights.many_local(9, 3)
        await settled(pilot, app)
        assert "3 of 9 councils" in screen_text(app)


@pytest.mark.parametrize("live", [True, False])
async def test_the_heart_beats_by_itself_though_nothing_comes_and_no_key_is_pressed(live: bool) -> None:
    often = asyncio.Event()

    class Watched(FakePlayer):
        def tick(self, limit: int = 200) -> bool:
            found = super().tick(limit)
            if self.ticked > 3:
                often.set()
            return found

    app = NightApp(Watched(nights.small_local(), live=live))
    async with app.run_test(size=(80, 24)):
        assert await asyncio.wait_for(often.wait(), 10)


async def test_a_withdrawn_call_is_gone_from_every_panel() -> None:
    async with running(nights.small_local(), (200, 60)) as (pilot, app, player):
        assert "LAB gain from CON" in screen_text(app)
        player.shown = night(election(area("Wandsworth", previous="CON"), area("Barnet")))
        await settled(pilot, app)
        assert "LAB gain from CON" not in screen_text(app)


async def test_the_filter_is_typed_shown_in_the_title_and_cleared_with_escape() -> None:
    async with running(nights.small_local()) as (pilot, app, _):
        table = app.query_one(CouncilsPanel).table
        await pilot.press("/", *"glyndwr")
        assert [row.id for row in table.rows] == ["glyndŵr"]
        assert "filter “glyndwr”: 1 of 5" in screen_text(app)
        await pilot.press("enter")
        assert app.focused is table
        assert [row.id for row in table.rows] == ["glyndŵr"]
        await pilot.press("escape")
        assert len(table.rows) == 5
        assert "filter “" not in screen_text(app)


async def test_enter_after_a_filter_is_on_a_row_that_fits_and_opens_it() -> None:
    async with running(nights.small_local()) as (pilot, app, _):
        await pilot.press("/", *"glyndwr", "enter", "enter")
        await settled(pilot, app)
        assert isinstance(app.screen, AreaScreen)
        assert app.screen.area_id == "glyndŵr"


async def test_the_night_goes_on_before_the_panels_are_there_and_after_they_are_gone() -> None:
    async with running(nights.small_local()) as (_, app, player):
        overview = app.screen
        assert isinstance(overview, OverviewScreen)
        await overview.remove_children()
        player.shown = nights.small_local()
        app.beat()
        assert not overview.ready


async def test_no_key_for_time_acts_while_something_is_typed() -> None:
    async with running(nights.small_local(), live=False) as (pilot, app, player):
        await pilot.press("/")
        assert isinstance(app.focused, Input)
        await pilot.press("space", ".", ",", "+", "-", ">", "<", "}", "{", "backspace", "ctrl+home", "ctrl+end", "q")
        assert player.asked == []
        assert not player.paused
        assert app.focused.value.endswith("q")


async def test_the_keys_for_time_ask_the_player() -> None:
    async with running(nights.small_local(), live=False) as (pilot, _, player):
        keys = [".", "comma", ">", "<", "}", "{", "+", "+", "-", "backspace", "ctrl+home", "ctrl+end"]
        await pilot.press(*keys)
        moves = ["step 1", "step -1", "seek 01:42", "seek 01:41", "seek 01:51", "seek 01:41"]
        assert player.asked == [*moves, "speed 2", "speed 5", "speed 2", "speed 1", "start", "end"]
        await pilot.press("space")
        assert player.paused


async def test_live_has_no_speed_and_says_so() -> None:
    async with running(nights.small_local()) as (pilot, app, player):
        await pilot.press("+")
        await pilot.pause()
        assert player.asked == []
        assert [each.message for each in app._notifications] == ["A live night goes at its own pace."]


async def test_pausing_live_says_how_far_behind_the_screen_is() -> None:
    async with running(nights.small_local()) as (pilot, app, player):
        player.counted_behind = 14
        await pilot.press("space")
        await settled(pilot, app)
        assert "PAUSED · 14 behind" in screen_text(app)


async def test_the_table_sorts_and_says_how() -> None:
    async with running(nights.small_local()) as (pilot, app, _):
        assert "Councils · newest" in screen_text(app)
        await pilot.press("s")
        await pilot.pause()
        assert "Councils · name" in screen_text(app)
        assert app.query_one(CouncilsPanel).table.rows[0].id == "adur"


async def test_the_next_election_is_counted_apart() -> None:
    async with running(nights.two_elections(), (160, 40)) as (pilot, app, _):
        await pilot.press("e")
        await pilot.pause()
        assert "0 of 1 mayor" in screen_text(app)
        assert "Croydon" in screen_text(app)
        await pilot.press("e")
        await pilot.pause()
        assert "2 of 5 councils" in screen_text(app)


async def test_help_has_every_key_of_the_table_of_actions() -> None:
    async with running(nights.small_local(), (120, 90)) as (pilot, app, _):
        await pilot.press("?")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        text = screen_text(app)
        for key, words, _ in key_table():
            assert key in text
            assert all(word in text for word in words.split())
        await pilot.press("escape")
        assert isinstance(app.screen, OverviewScreen)


def test_every_action_of_the_table_is_there_to_be_run() -> None:
    for action in TABLE:
        name = action.action.partition("(")[0].removeprefix("app.")
        owners: dict[Where, type] = {"app": NightApp, "overview": OverviewScreen, "area": AreaScreen}
        owner = NightApp if action.action.startswith("app.") else owners[action.where]
        assert hasattr(owner, f"action_{name}"), action.action


def test_no_key_is_given_away_twice() -> None:
    keys = [key for action in TABLE for key in action.keys.split(",")]
    assert len(keys) == len(set(keys))


def test_a_narrow_footer_keeps_help_and_quit() -> None:
    kept = {action.action for action in in_footer(20, lambda action: len(action.label) + 4)}
    assert kept == {"help", "quit"}


@pytest.mark.parametrize("name", ["[red]Hull[/red]", "[/foo]", "[@click=app.quit]x[/]"])
async def test_names_that_look_like_markup_are_shown_as_they_are(name: str) -> None:
    bad = wandsworth(name=name)
    said = Said(quote=Quote(text=name, speaker=name), at=at(1), path="q.csv")
    of = night(election(bad, name=name), quotes=(said,), test=(name,), unknown_parties=(("X", name),))
    async with running(of, (200, 40)) as (pilot, app, _):
        await pilot.press("/", *name[:6])
        await pilot.pause()
        text = screen_text(app)
        assert f"filter “{name[:6]}”" in text
        assert name in text
        assert name in app.query_one(Ticker).render_line(0).text
        assert "TEST" in text


async def test_enter_opens_the_area_under_the_cursor_and_escape_comes_back() -> None:
    async with running(nights.small_local()) as (pilot, app, _):
        app.query_one(CouncilsPanel).table.focus()
        await pilot.press("home", "down", "enter")
        await pilot.pause()
        assert type(app.screen).__name__ == "AreaScreen"
        assert "WANDSWORTH" in screen_text(app)
        await pilot.press("escape")
        assert isinstance(app.screen, OverviewScreen)


async def test_problems_are_one_key_away() -> None:
    async with running(nights.small_local()) as (pilot, app, _):
        await pilot.press("c")
        await pilot.pause()
        assert type(app.screen).__name__ == "ProblemsScreen"


async def test_the_screen_in_front_follows_the_night() -> None:
    async with running(nights.small_local()) as (pilot, app, player):
        app.query_one(CouncilsPanel).table.focus()
        await pilot.press("end", "enter")
        await pilot.pause()
        assert "ADUR" in screen_text(app)
        changed = tuple(
            wandsworth(id=a.id, name="Adur by the Sea") if a.id == "adur" else a
            for a in player.shown.elections[0].areas
        )
        one = msgspec.structs.replace(player.shown.elections[0], areas=changed)
        player.shown = msgspec.structs.replace(player.shown, elections=(one,))
        await settled(pilot, app)
        assert "ADUR BY THE SEA" in screen_text(app)


async def test_the_table_goes_on_where_it_was_while_declarations_come_in() -> None:
    async with running(nights.many_local(60, 20)) as (pilot, app, player):
        table = app.query_one(CouncilsPanel).table
        table.focus()
        await pilot.press("end", "up", "up")
        cursor, before = table.cursor, table_lines(table)
        player.shown = nights.many_local(60, 23)
        await settled(pilot, app)
        assert table.cursor == cursor
        after = table_lines(table)
        assert [t[:12] for t in after if t.startswith("❯")] == [t[:12] for t in before if t.startswith("❯")]
        assert "▲ +3 new" in after[0]


@pytest.mark.parametrize(
    "theme", ["night-dark", "night-light", "night-colour-blind", "night-contrast", "night-mono", "nord"]
)
async def test_every_theme_draws_the_same_text(theme: str) -> None:
    async with running(nights.small_local()) as (pilot, app, _):
        before = screen_lines(app)[2:]
        app.theme = theme
        await settled(pilot, app)
        assert screen_lines(app)[2:-3] == before[:-3]


async def test_no_colour_draws_the_same_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(nights.small_local()) as (_, app, _):
        text = screen_text(app)
        assert "● LAB gain from CON" in text
        assert app.no_color


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_every_table_of_the_screen_names_the_baseline_in_use(size: tuple[int, int]) -> None:
    async with running(nights.small_local(), size) as (_, app, _player):
        panels = [app.screen.query_one(name) for name in ("SeatsPanel", "ChangesPanel", "CouncilsPanel")]
        titles = [str(panel.border_title) for panel in panels if panel.size.width]
    assert len(titles) > 1
    assert all(title.endswith("· ± eve of poll") for title in titles)
