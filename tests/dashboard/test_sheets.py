"""A sheet without what means nothing says the same, and the variables that it names are those of the theme."""

from pathlib import Path

import pytest
from textual.app import App
from textual.color import Color
from textual.command import CommandPalette
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Footer, Input, OptionList, Static, Tooltip
from textual.widgets._toast import Toast

import dashboard
from dashboard.panels.line_table import LineTable
from dashboard.panels.sheets import SparingStylesheet, squeezed
from dashboard.screens.area import AreaScreen
from dashboard.screens.asking import AskScreen
from dashboard.theme import THEMES
from tests.dashboard.test_app import running
from tests.makers import nights

OWN = (Path(dashboard.__file__).parent / "dashboard.tcss").read_text(encoding="utf-8")
KINDS: tuple[type[DOMNode], ...] = (
    *(App, Screen, ModalScreen, Widget, Static, Input, OptionList, Footer, Tooltip, Toast, CommandPalette),
    *(LineTable, AreaScreen, AskScreen),
)
SHEETS = [OWN, *(kind.DEFAULT_CSS for kind in KINDS)]
VARIABLES = {**App[None]().get_css_variables(), **THEMES[0].to_color_system().generate()}


def meant(sheet: Stylesheet, css: str) -> list[tuple[str, dict[str, str]]]:
    """Return what a sheet has made of a source: each rule's selectors, and what it sets."""
    sheet.add_source(css)
    return told(sheet)


def told(sheet: Stylesheet) -> list[tuple[str, dict[str, str]]]:
    rules = [(rule.selectors, rule.styles.get_rules()) for rule in sheet.rules]
    return [(where, {name: repr(value) for name, value in said.items()}) for where, said in rules]


def grounds(sheet: Stylesheet) -> list[str]:
    """Return the grounds that a sheet's rules set."""
    return [said["background"] for _, said in told(sheet)]


@pytest.mark.parametrize("css", SHEETS)
def test_a_sheet_says_the_same_without_what_means_nothing(css: str) -> None:
    assert meant(SparingStylesheet(variables=VARIABLES), css) == meant(Stylesheet(variables=VARIABLES), css)


def test_our_own_sheet_is_shorter_and_has_no_comment() -> None:
    assert len(squeezed(OWN)) < 0.8 * len(OWN)
    assert "/*" not in squeezed(OWN)


@pytest.mark.parametrize("css", ['#a { content: "x  y"; }', "#a { # a comment\n height: 1; }", "#a { content: '  '; }"])
def test_a_sheet_in_which_a_blank_can_mean_something_is_left_alone(css: str) -> None:
    assert squeezed(css) == css


def test_other_variables_are_taken() -> None:
    sheet = SparingStylesheet(variables={"ground": "#000000"})
    sheet.add_source("A { background: $ground; }")
    assert grounds(sheet) == [repr(Color(0, 0, 0))]
    sheet.set_variables({"ground": "#ffffff"})
    sheet.reparse()
    assert grounds(sheet) == [repr(Color(255, 255, 255))]


def test_a_variable_of_the_sheet_itself_is_taken() -> None:
    sheet = SparingStylesheet(variables={})
    sheet.add_source("$own: #010203;\nA { background: $own; }")
    assert grounds(sheet) == [repr(Color(1, 2, 3))]


async def test_the_screen_has_such_a_sheet_and_another_theme_changes_its_colours() -> None:
    async with running(nights.small_local(), (200, 60)) as (pilot, app, _):
        assert isinstance(app.stylesheet, SparingStylesheet)
        for theme in THEMES:
            app.theme = theme.name
            await pilot.pause()
            assert app.screen.styles.background.hex.lower() == (theme.background or "").lower()
