"""What is drawn of a result more, of a file that tells none, and when: counted, not timed."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from textual._compositor import Compositor
from textual._styles_cache import StylesCache
from textual.app import App
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from dashboard.app import NightApp
from dashboard.panels.councils import CouncilsPanel
from dashboard.panels.paint import entitle
from dashboard.panels.picture import PicturePanel
from dashboard.panels.seats import SeatsPanel
from dashboard.screens.rhythm import AT_ONCE
from feeds.arrival import Sighting
from tests.bench.test_counts import drawing, more, night, shown
from tests.dashboard.screen import screen_text
from tests.dashboard.test_app import Ticks, settled
from tests.dashboard.test_rhythm import Hand


async def test_a_line_that_only_moves_is_not_put_together_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Counter[str]()
    render = StylesCache.render_line

    def counted(self: StylesCache, *arguments: Any) -> Any:
        made["lines"] += 1
        return render(self, *arguments)

    player = night(200)
    async with shown(player) as (pilot, app):
        with monkeypatch.context() as patch:
            patch.setattr(StylesCache, "render_line", counted)
            player.add(more(200))
            await settled(pilot, app)
    assert 0 < made["lines"] <= 40


async def test_the_first_picture_has_all_panels(monkeypatch: pytest.MonkeyPatch) -> None:
    app, drawn = NightApp(night(200), ticks=Ticks()), list[list[str]]()
    update = Compositor.render_update

    def noted(self: Compositor, *arguments: Any, **named: Any) -> Any:
        picture = app.screen.query_one(PicturePanel)
        drawn.append(
            [str(picture.border_title), *("".join(text for text, _ in line) for line in picture.picture_shown[1])]
        )
        return update(self, *arguments, **named)

    monkeypatch.setattr(Compositor, "render_update", noted)
    async with app.run_test(size=(200, 60)) as pilot:
        while not drawn:
            await pilot.pause()
        await settled(pilot, app)
        picture = app.screen.query_one(PicturePanel)
        assert drawn[0][0] == str(picture.border_title) != ""
    assert len(drawn[0]) > 10


@pytest.mark.parametrize("size", [(200, 60), (120, 40), (80, 24), (300, 70)])
async def test_the_whole_screen_is_drawn_as_textual_does_without_what_lies_beneath(
    monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    app = NightApp(night(200), ticks=Ticks())
    async with app.run_test(size=size) as pilot:
        app.animation_level = "none"
        await settled(pilot, app)
        await pilot.press("down")
        ours, asked = app.screen._compositor, set[Widget]()
        render = Widget.render_lines

        def noted(self: Widget, crop: Region) -> list[Strip]:
            asked.add(self)
            return render(self, crop)

        monkeypatch.setattr(Widget, "render_lines", noted)
        found = ours.render_strips()
        assert not asked & {app.screen, app.screen.query_one("#body")}
        monkeypatch.setattr(type(ours), "_render_chops", Compositor._render_chops)
        assert found == ours.render_strips()
        assert app.screen in asked
    assert [strip.cell_length for strip in found] == [size[0]] * size[1]


async def test_where_a_widget_lies_is_looked_up_for_a_picture_and_not_for_each_of_its_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = Counter[str]()
    find = Compositor.find_widget

    def counted(self: Compositor, widget: Widget) -> Any:
        found["widgets"] += 1
        return find(self, widget)

    player = night(200)
    async with shown(player) as (pilot, app):
        with drawing(monkeypatch) as drawn, monkeypatch.context() as patch:
            patch.setattr(Compositor, "find_widget", counted)
            player.add(more(200))
            await settled(pilot, app)
    assert drawn.lines >= 50
    assert 0 < found["widgets"] <= 80


async def test_a_result_is_on_the_screen_before_any_message_has_gone_round(monkeypatch: pytest.MonkeyPatch) -> None:
    player = night(200)
    async with shown(player) as (_, app):
        with drawing(monkeypatch) as drawn:
            player.add(more(200))
            app.beat()
            assert (drawn.pictures, drawn.messages) == (1, 0)
            assert drawn.bytes > 1_000
        assert "Town 000200" in screen_text(app)


async def test_the_thread_that_writes_has_its_turn_when_there_is_a_picture(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    player, done = night(200), list[str]()
    show = App._display

    def noted(self: App[Any], screen: Screen[Any], picture: Any) -> None:
        done.append("picture")
        show(self, screen, picture)

    async with shown(player) as (_, app):
        monkeypatch.setattr(App, "_display", noted)
        monkeypatch.setattr("dashboard.panels.composing.sleep", lambda seconds: done.append(f"turn {seconds}"))
        player.add(more(200))
        app.beat()
        assert done == ["picture", "turn 0"]


async def test_a_title_that_a_panel_has_draws_nothing_and_another_one_two_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with shown(night(200)) as (_, app):
        panel, asked = app.screen.query_one(SeatsPanel), list[Region]()
        monkeypatch.setattr(panel, "refresh", lambda *regions: asked.extend(regions))
        for title, lines in (("Seats here", 2), ("Seats here", 2), ("Seats there", 4)):
            entitle(panel, title)
            assert len(asked) == lines


async def test_a_file_that_tells_no_figure_draws_next_to_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    player = night(200)
    async with shown(player) as (pilot, app):
        told: list[object] = []
        with drawing(monkeypatch) as drawn, monkeypatch.context() as patch:
            for panel in (SeatsPanel, CouncilsPanel, PicturePanel):
                patch.setattr(panel, "show", lambda self, *_: told.append(self))
            at = player.end + timedelta(seconds=1)
            player.add([Sighting(path=".a.part", at=at, state="waiting", reason="a temporary name")])
            await settled(pilot, app)
    assert player.night.files.waiting == 1
    assert told == []
    assert drawn.lines <= 30


async def test_a_file_right_behind_another_is_shown_as_soon_as_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks, player, asked = Hand(), night(200), list[tuple[float, Callable[[], None]]]()
    app = NightApp(player, ticks=ticks)
    async with app.run_test(size=(200, 60)) as pilot:
        app.animation_level = "none"
        await settled(pilot, app)
        monkeypatch.setattr(app, "set_timer", lambda seconds, beat: asked.append((seconds, beat)))
        ticks.now += 1
        for number in range(2):
            player.add(more(200 + number))
            app.beat(AT_ONCE)
        assert [seconds for seconds, _ in asked] == [pytest.approx(AT_ONCE)]
        assert "Town 000201" not in screen_text(app)
        ticks.now += AT_ONCE * 1.1
        asked[0][1]()
        await pilot.pause()
        assert "Town 000201" in screen_text(app)


async def test_a_letter_in_the_filter_that_leaves_the_rows_as_they_are_draws_the_field_and_the_title_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with shown(night(200)) as (pilot, app):
        await pilot.press("slash", "t", "o")
        await pilot.pause()
        with drawing(monkeypatch) as drawn:
            await pilot.press("w")
            await pilot.pause()
        assert "filter “tow”: 200 of 200" in screen_text(app)
        assert drawn.layouts == 0
        assert 0 < drawn.lines <= 8
        with drawing(monkeypatch) as drawn:
            await pilot.press("x")
            await pilot.pause()
        assert "no area fits the filter" in screen_text(app)
        assert drawn.lines > 8


async def test_a_letter_in_the_filter_is_answered_before_any_message_has_gone_round(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with shown(night(200)) as (pilot, app):
        await pilot.press("slash", "t", "o")
        await pilot.pause()
        panel = app.screen.query_one(CouncilsPanel)
        with drawing(monkeypatch) as drawn:
            panel.filter_while_typing(Input.Changed(panel.field, "tow"))
            assert (drawn.pictures, drawn.messages) == (1, 0)
        assert "filter “tow”: 200 of 200" in screen_text(app)


async def test_the_field_shows_the_end_of_a_text_that_is_longer_than_it() -> None:
    app = NightApp(night(20), ticks=Ticks())
    async with app.run_test(size=(60, 24)) as pilot:
        await settled(pilot, app)
        await pilot.press("slash", *"a" * 70, *"the end")
        await pilot.pause()
        assert "the end" in screen_text(app)
        await pilot.press("home")
        await pilot.pause()
        assert "the end" not in screen_text(app)
