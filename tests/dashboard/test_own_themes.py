"""The reader's own themes: what is wrong in one is named, what can hardly be read is said, and all can be read."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.style import Style
from textual.color import Color

from dashboard.app import NightApp
from dashboard.cli import group
from dashboard.commands.looks import MOST_TOLD, looks_of
from dashboard.config import THEME_COLOURS, Config, Looks, toml
from dashboard.config_file import checked
from dashboard.contrast import contrast
from dashboard.own_themes import faint, own_themes
from dashboard.own_themes import settings as read
from dashboard.panels.seats import SeatsPanel
from dashboard.theme import THEMES, Palette, all_themes, shade
from feeds.parties import register
from tests.dashboard.test_app import Ticks
from tests.makers import nights
from tests.makers.player import FakePlayer

DESK = {"base": "night-light", "background": "#ffffff", "foreground": "#101010", "accent": "#7a0000"}


def written(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_theme_of_ones_own_is_read_and_can_be_the_one_that_is_shown() -> None:
    config, wrong = checked({"theme": "desk", "themes": {"desk": DESK}}, all_themes())
    assert wrong == []
    assert (config.theme, config.themes) == ("desk", {"desk": DESK})
    assert read(Path("/nowhere/config.toml")).config == Config()


def test_what_is_printed_is_read_again_as_it_was(tmp_path: Path) -> None:
    config = Config(theme="desk", pictures="braille", themes={"desk": DESK}, parties={"LAB": {"dark": "#ff0000"}})
    found = read(written(tmp_path, toml(config, "night-dark")))
    assert (found.config, found.wrong, found.warnings) == (config, (), ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("themes = 1", "themes is a table: [themes.mine]"),
        ("[themes]\ndesk = 1", "themes.desk is a table of base, foreground"),
        ("[themes.desk]\n", "themes.desk has no colour; it can have foreground"),
        ('[themes.desk]\nacent = "#123456"', "there is no key “themes.desk.acent”; did you mean “themes.desk.accent”?"),
        ('[themes.desk]\naccent = "red"', "themes.desk.accent: “red” is no colour; write # and six figures 0-9, a-f"),
        ('[themes.desk]\naccent = "#12345"', "themes.desk.accent: “#12345” is no colour"),
        ("[themes.desk]\naccent = 3", "themes.desk.accent: “3” is no colour"),
        ('[themes.desk]\naccent = "#\\u001b[31m"', "themes.desk.accent: “#"),
        ('[themes."a b"]\naccent = "#123456"', "themes.a b: a name has letters, figures and hyphens"),
        ('[themes.night-dark]\naccent = "#123456"', "themes.night-dark: the program has a theme of that name"),
        ('[themes.desk]\nbase = "night-drak"\naccent = "#ffffff"', "themes.desk.base: “night-drak” is no theme"),
        ('theme = "dsek"\n[themes.desk]\naccent = "#ffffff"', "“dsek” is no theme; did you mean “desk”?"),
        ('pictures = "brail"', "“brail” is no pictures; did you mean “braille”?"),
        ('colour = "red"', "there is no key “colour”"),
    ],
)
def test_what_is_wrong_names_the_file_the_key_and_what_is_allowed(text: str, words: str, tmp_path: Path) -> None:
    path = written(tmp_path, text)
    found = read(path)
    assert len(found.wrong) == 1
    assert found.wrong[0].startswith(f"{path}: ")
    assert words in found.wrong[0]
    assert found.wrong[0].isprintable()


def test_a_bad_colour_costs_only_itself() -> None:
    config, wrong = checked({"themes": {"desk": {"accent": "#ABCDEF", "panel": "grey"}}}, all_themes())
    assert (config.themes, len(wrong)) == ({"desk": {"accent": "#abcdef"}}, 1)


def test_where_nothing_is_near_all_that_there_is_is_named() -> None:
    assert checked({"qqq": 1}, all_themes())[1] == [
        "there is no key “qqq”; there are: theme, ticker, alerts, pictures, keymap, themes, parties"
    ]


def test_what_is_not_told_comes_from_the_base_else_from_the_theme_with_such_a_ground() -> None:
    desk, white, black, safe = own_themes(
        {
            "desk": {"base": "dracula", "accent": "#ffffff"},
            "white": {"background": "#ffffff"},
            "black": {"background": "#000000"},
            "safe": {"base": "night-colour-blind", "accent": "#ffffff"},
        }
    )
    assert (desk.primary, desk.accent, desk.dark) == ("#BD93F9", "#ffffff", True)
    assert (white.foreground, white.dark, shade(white)) == (THEMES[1].foreground, False, "light")
    assert (black.foreground, black.dark, shade(black)) == (THEMES[0].foreground, True, "dark")
    assert shade(safe) == "safe"


def test_a_colour_that_can_hardly_be_read_is_said_with_its_ground_and_the_contrast() -> None:
    grey, fine = own_themes({"grey": {"background": "#777777", "foreground": "#888888"}, "fine": DESK})
    told = list(faint(grey))
    assert "themes.grey: foreground can hardly be read on background: a contrast of 1.3, where 4.5 is needed" in told[0]
    assert list(faint(fine)) == []


def test_every_theme_of_the_program_can_be_read_by_the_same_measure() -> None:
    assert [told for theme in THEMES for told in faint(theme)] == []


colours = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.sampled_from(THEME_COLOURS), colours, min_size=1))
def test_whatever_the_colours_are_the_panels_words_can_be_read(told: dict[str, str]) -> None:
    (theme,) = own_themes({"mine": told})
    variables = theme.to_color_system().generate()
    palette = Palette(theme, variables)
    for ground in ("background", "surface", "panel"):
        base = Style(color=variables["foreground"], bgcolor=variables[ground])
        for name in ("", "quiet", "title", "good", "bad", "alarm", *(f"party:{code}" for code in register())):
            style = palette.on(name, base)
            assert style.color is not None
            assert style.bgcolor is not None
            assert contrast(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)) >= 4.5


async def test_themes_switch_at_once_to_one_of_ones_own_and_back() -> None:
    looks = Looks(config=Config(themes={"desk": DESK}))
    app = NightApp(FakePlayer(nights.small_local()), ticks=Ticks(), looks=looks)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.beat()
        await pilot.pause()
        assert "desk" in app.available_themes
        seats = app.query_one(SeatsPanel)

        def ground() -> str:
            found = {s.style.bgcolor.name for s in seats.render_line(1) if s.style is not None and s.style.bgcolor}
            return " ".join(sorted(found))

        before = ground()
        app.theme = "desk"
        await pilot.pause()
        assert "#ffffff" in ground()
        app.theme = THEMES[0].name
        await pilot.pause()
        assert ground() == before


def test_a_file_full_of_mistakes_is_told_in_a_few_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "\n".join(f"k{number} = 1" for number in range(2_000)))
    monkeypatch.setattr("dashboard.commands.looks.config_file", lambda: path)
    told = looks_of({"wall": False}).trouble
    assert len(told) == MOST_TOLD
    assert told[-1] == "and 1,996 more: election-night config check"


def test_a_theme_that_can_hardly_be_read_is_a_warning_and_no_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, '[themes.grey]\nbackground = "#777777"\nforeground = "#888888"\n')
    monkeypatch.setattr("dashboard.commands.config.config_file", lambda: path)
    done = CliRunner().invoke(group, ["config", "check"])
    assert done.exit_code == 0
    assert "warning: " in done.output
    assert "foreground can hardly be read" in done.output
