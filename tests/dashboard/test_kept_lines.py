"""A line within its frame is the same whether Textual puts it there or it is put between the sides that are known."""

from collections.abc import Callable

import pytest
from textual._styles_cache import StylesCache
from textual.app import App, ComposeResult
from textual.color import Color
from textual.dom import DOMNode
from textual.filter import ANSIToTruecolor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from dashboard.panels.kept import KeptLines
from dashboard.panels.paint import Painter, entitle
from dashboard.theme import THEMES
from dashboard.view.pieces import line
from tests.dashboard.test_app import running
from tests.makers import nights

WIDTH, HEIGHT = 24, 7


class Lines(Widget):
    """Lines of words, one of them empty."""

    DEFAULT_CSS = f"Lines {{ width: {WIDTH}; height: {HEIGHT}; background: darkblue; color: white; }}"

    def __init__(self) -> None:
        super().__init__()
        self.painter = Painter(self)
        self.words = {1: ""}

    def render_line(self, y: int) -> Strip:
        """Return one of the lines."""
        words = self.words.get(y, f"line {y} as it stands")
        return self.painter.strip(line((words, "strong")), self.painter.size.width)


class LinesApp(App[None]):
    """Such lines alone."""

    def compose(self) -> ComposeResult:
        """Yield them."""
        yield Lines()


@pytest.mark.parametrize("title", [None, "a title"])
@pytest.mark.parametrize(
    "look",
    [
        {},
        {"border": ("round", Color.parse("red"))},
        {"border_left": ("thick", Color.parse("red"))},
        {"border_right": ("outer", Color.parse("red"))},
        {"border": ("round", Color.parse("red")), "padding": (1, 2)},
        {"outline": ("heavy", Color.parse("green"))},
        {"tint": Color.parse("red").with_alpha(0.4)},
        {"opacity": 0.5},
        {"text_opacity": 0.5},
        {"hatch": ("cross", Color.parse("red"))},
    ],
)
async def test_every_line_is_that_of_textuals_own(
    monkeypatch: pytest.MonkeyPatch, look: dict[str, object], title: str | None
) -> None:
    async with LinesApp().run_test(size=(40, 10)) as pilot:
        lines = pilot.app.query_one(Lines)
        lines.border_title = title
        for begun in ({}, look):
            for name, value in begun.items():
                setattr(lines.styles, name, value)
            lines.refresh()
            await pilot.pause()
            crop = Region(0, 0, *lines.outer_size)
            ours = lines.render_lines(crop)
            with monkeypatch.context() as patch:
                patch.setattr(lines, "_styles_cache", StylesCache())
                assert [list(strip) for strip in ours] == [list(strip) for strip in lines.render_lines(crop)]


LOOKS: list[dict[str, object]] = [
    {},
    {"border": ("round", Color.parse("red")), "padding": (1, 2)},
    {"outline": ("heavy", Color.parse("green"))},
    {"opacity": 0.5},
    {"text_opacity": 0.5},
]


@pytest.mark.parametrize("look", LOOKS)
async def test_of_a_widget_that_looks_as_before_one_line_more_is_drawn_and_it_is_that_of_textuals_own(
    monkeypatch: pytest.MonkeyPatch, look: dict[str, object]
) -> None:
    asked: list[Widget] = []
    found = vars(DOMNode)["background_colors"]

    def noted(self: Widget) -> object:
        asked.append(self)
        return found.fget(self)

    async with LinesApp().run_test(size=(40, 10)) as pilot:
        lines = pilot.app.query_one(Lines)
        for name, value in look.items():
            setattr(lines.styles, name, value)
        lines.border_title = "a title"
        await pilot.pause()
        width, height = lines.outer_size
        monkeypatch.setattr(Widget, "background_colors", property(noted))
        for crop in (Region(0, 0, width, height), Region(0, 2, width, 2), Region(3, 0, width - 5, height)):
            lines.words[1] += "more "
            lines.refresh(Region(0, 1, *lines.size.with_height(1)))
            asked.clear()
            ours = lines.render_lines(crop)
            assert bool(asked) == bool({"outline", "opacity", "text_opacity"} & look.keys())
            with monkeypatch.context() as patch:
                patch.setattr(lines, "_styles_cache", StylesCache())
                assert [list(strip) for strip in ours] == [list(strip) for strip in lines.render_lines(crop)]
        changes: tuple[Callable[[], None], ...] = (
            lambda: entitle(lines, "another title"),
            lambda: setattr(lines.styles, "border", ("heavy", Color.parse("blue"))),
            lambda: setattr(lines.styles, "background", Color.parse("green")),
        )
        for change in changes:
            change()
            ours = lines.render_lines(Region(0, 0, *lines.outer_size))
            with monkeypatch.context() as patch:
                patch.setattr(lines, "_styles_cache", StylesCache())
                again = lines.render_lines(Region(0, 0, *lines.outer_size))
            assert [list(strip) for strip in ours] == [list(strip) for strip in again]


async def test_no_line_of_a_panel_is_looked_through_for_the_terminals_own_colours() -> None:
    async with running(nights.small_local(), (200, 60)) as (_, app, _):
        found = [each._styles_cache for each in app.screen.query(Widget)]
        around = [each._around for each in found if isinstance(each, KeptLines) and each._around is not None]
        assert len(around) > 5
        assert any(isinstance(each, ANSIToTruecolor) for each in app.screen.get_line_filters())
    assert not [each for one in around for each in one.filters if isinstance(each, ANSIToTruecolor)]


async def test_textual_is_asked_for_one_line_of_a_frame_and_for_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    async with LinesApp().run_test(size=(40, 10)) as pilot:
        lines = pilot.app.query_one(Lines)
        lines.styles.border = ("round", Color.parse("red"))
        await pilot.pause()
        asked: list[int] = []
        render = StylesCache.render_line

        def noted(self: StylesCache, styles: object, y: int, *around: object) -> Strip:
            asked.append(y)
            return render(self, styles, y, *around)  # type: ignore[arg-type] # handed on as it came

        monkeypatch.setattr(StylesCache, "render_line", noted)
        lines.styles.border = ("round", Color.parse("green"))
        await pilot.pause()
        lines.render_lines(Region(0, 0, *lines.outer_size))
        assert asked == [0, 1, HEIGHT - 1]


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_no_panel_is_drawn_in_the_terminals_own_colours_which_textual_would_look_for(theme: str) -> None:
    async with running(nights.small_local(), (200, 60)) as (pilot, app, _):
        app.theme = theme
        await pilot.pause()
        panels = [each for each in app.screen.query(Widget) if isinstance(each._styles_cache, KeptLines)]
        assert len(panels) > 5
        for panel in panels:
            strips = [panel.render_line(y) for y in range(panel.size.height)]
            strips += panel._styles_cache.render_widget(panel, panel.outer_size.region)
            for _, style, _ in (segment for strip in strips for segment in strip):
                assert style is None or not style.dim
                colours = [] if style is None else [style.color, style.bgcolor]
                assert all(colour is None or colour.triplet is not None for colour in colours)
