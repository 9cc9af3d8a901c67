import pytest
from textual.color import Color
from textual.theme import Theme

from dashboard.theme import MONO, THEMES, Palette, shade
from feeds.parties import party, register


def palette(theme: Theme, *, colours: bool = True) -> Palette:
    return Palette(theme, theme.to_color_system().generate(), colours)


def ground(theme: Theme) -> Color:
    return Color.parse(theme.background or "")


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("name", ["quiet", "title", "accent", "good", "bad", "warning", "alarm"])
def test_words_can_be_read_on_the_ground_of_every_theme(theme: Theme, name: str) -> None:
    colour = palette(theme).style(name).color
    assert colour is not None
    assert abs(Color.from_rich_color(colour).brightness - ground(theme).brightness) > 0.25


@pytest.mark.parametrize("theme", [t for t in THEMES if t.name not in MONO], ids=lambda theme: theme.name)
def test_every_party_has_the_colour_that_the_register_has_for_the_theme(theme: Theme) -> None:
    own = palette(theme)
    for code in register():
        wanted = {"dark": party(code).dark, "light": party(code).light, "safe": party(code).safe}[shade(theme)]
        assert own.style(f"party:{code}").color == Color.parse(wanted).rich_color


def test_one_partys_colour_can_stand_on_anothers() -> None:
    style = palette(THEMES[0]).style("party:LAB/CON")
    assert style.bgcolor == palette(THEMES[0]).style("party:CON").color


def test_without_colours_a_party_is_as_bright_as_text() -> None:
    own = palette(THEMES[0], colours=False)
    assert own.style("party:LAB").color == own.style("party:CON").color


def test_a_theme_without_colours_has_none() -> None:
    theme = next(theme for theme in THEMES if theme.name in MONO)
    own = palette(theme)
    names = [f"party:{code}" for code in register()] + ["good", "bad", "warning", "alarm", "accent", "quiet"]
    for name in names:
        colour = own.style(name).color
        assert colour is not None
        red, green, blue = Color.from_rich_color(colour).rgb
        assert red == green == blue, name


def test_an_unknown_name_is_ordinary_text_and_an_unknown_party_has_a_colour() -> None:
    own = palette(THEMES[0])
    assert own.style("no such name").color is None
    assert own.style("party:ASPIRE").color is not None


def test_a_theme_without_colours_of_its_own_still_gives_some() -> None:
    assert Palette(THEMES[0], {"foreground": "ansi_default", "background": "nonsense"}).style("quiet").color
