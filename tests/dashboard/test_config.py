"""The reader's own settings: what is right holds, what is wrong is named and left out."""

import os
from pathlib import Path

import pytest

from dashboard.actions import TABLE
from dashboard.app import NightApp
from dashboard.commands.looks import looks_of
from dashboard.config import KEYS, Config, Looks, toml, with_keymap
from dashboard.config_file import checked, read_config
from dashboard.panels.keybar import KeyBar
from dashboard.panels.seats import SeatsPanel
from dashboard.screens.help import HelpScreen
from dashboard.theme import THEMES, all_themes
from tests.dashboard.test_app import Ticks
from tests.makers import nights
from tests.makers.player import FakePlayer

WHOLE = """
theme = "night-light"
ticker = "still"
alerts = true
[keymap]
help = "f1"
[parties.LAB]
dark = "#123456"
"""


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "config.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_file_that_is_right_is_read_whole_and_printed_again_as_it_is(tmp_path: Path) -> None:
    config, wrong = read_config(written(tmp_path, WHOLE), all_themes())
    assert wrong == []
    assert config == Config(
        theme="night-light",
        ticker="still",
        alerts=True,
        keymap={"help": "f1"},
        parties={"LAB": {"dark": "#123456"}},
    )
    assert read_config(written(tmp_path, toml(config, "night-dark")), all_themes()) == (config, [])


def test_no_file_is_no_trouble(tmp_path: Path) -> None:
    assert read_config(tmp_path / "none.toml", all_themes()) == (Config(), [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('theem = "night-light"', "there is no key “theem”; did you mean “theme”?"),
        ('theme = "night-lite"', "“night-lite” is no theme; did you mean “night-light”?"),
        ('ticker = "stil"', "“stil” is no ticker; did you mean “still”?"),
        ("ticker = 3", "“3” is no ticker; there are: still, slow, normal, fast"),
        ('alerts = "yes"', "alerts is true or false"),
        ("keymap = 1", "keymap is a table"),
        ('[keymap]\nexprt = "z"', "there is no key “keymap.exprt”; did you mean “keymap.export”?"),
        ('[keymap]\nexport = "q"', "keymap.export: “q” is the key of “quit”"),
        ('[keymap]\nexport = "z"\ncopy = "z"', "keymap.copy: “z” is the key of “export”"),
        ('[keymap]\nexport = "ctrl+c"', "“ctrl+c” is no key"),
        ('[keymap]\nexport = ""', "is no key"),
        ("parties = 1", "parties is a table"),
        ('[parties.LAV]\ndark = "#123456"', "there is no key “parties.LAV”; did you mean “parties.LAB”?"),
        ('[parties.LAB]\ndrak = "#123456"', "there is no key “parties.LAB.drak”; did you mean “parties.LAB.dark”?"),
        ('[parties.LAB]\ndark = "red"', "parties.LAB.dark: “red” is no colour"),
        ('[parties]\nLAB = "red"', "parties.LAB is a table"),
        ("theme = ", "is no TOML and was left out"),
        (b"\xff\xfe\x00", "is no TOML and was left out"),
        ("#" * 100_001, "has more than 100,000 bytes"),
    ],
)
def test_what_is_wrong_names_the_file_the_key_and_the_nearest_one_and_the_rest_holds(
    text: str | bytes, words: str, tmp_path: Path
) -> None:
    path = written(tmp_path, text)
    config, wrong = read_config(path, all_themes())
    assert len(wrong) == 1
    assert wrong[0].startswith(str(path))
    assert words in wrong[0]
    assert config.theme is None
    assert config.ticker == "normal"


@pytest.mark.parametrize("kind", ["directory", "pipe", "unreadable", "huge", "binary", "deep"])
def test_a_file_that_cannot_be_read_is_said_in_one_sentence_and_never_waited_for(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    if kind == "directory":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "unreadable":
        path.symlink_to(path)
    elif kind == "huge":
        with path.open("wb") as file:
            file.truncate(10**12)
    else:
        path.write_bytes(bytes(range(256)) if kind == "binary" else b"a = " + b"[" * 90_000)
    config, wrong = read_config(path, all_themes())
    assert config == Config()
    assert len(wrong) == 1
    assert wrong[0].startswith(str(path))
    assert wrong[0].isprintable()


def test_a_mistake_does_not_cost_what_is_right_beside_it() -> None:
    config, wrong = checked({"ticker": "slow", "thema": 1, "keymap": {"copy": "f3", "x": "y"}}, all_themes())
    assert (config.ticker, config.keymap, len(wrong)) == ("slow", {"copy": "f3"}, 2)


def test_every_setting_can_be_written_and_every_action_has_a_name_of_its_own() -> None:
    lines = toml(Config(themes={"a": {}}, parties={"LAB": {}}), "x").splitlines()
    assert {each.split(" =")[0].split(".")[0].strip("[]") for each in lines} >= set(KEYS)
    names = [action.id for action in TABLE]
    assert len(names) == len(set(names))


def test_what_was_asked_for_on_the_command_line_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.commands.looks.config_file", lambda: written(tmp_path, WHOLE))
    assert looks_of({"ticker": None, "alerts": None, "pictures": None, "wall": False}).config.ticker == "still"
    asked = looks_of({"ticker": "fast", "alerts": False, "pictures": "braille", "wall": True})
    assert (asked.config.ticker, asked.config.alerts, asked.config.theme, asked.wall) == (
        "fast",
        False,
        "night-light",
        True,
    )


async def test_the_screen_takes_the_theme_the_keys_and_the_colours_and_says_what_is_wrong() -> None:
    config = Config(theme=THEMES[1].name, keymap={"help": "f1"}, parties={"LAB": {"light": "#0000cc"}})
    looks = Looks(config=config, trouble=("config.toml: there is no key [b]",))
    app = NightApp(FakePlayer(nights.small_local()), ticks=Ticks(), looks=looks)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.beat()
        await pilot.pause()
        assert app.theme == THEMES[1].name
        assert [each.message for each in app._notifications] == ["config.toml: there is no key [b]"]
        assert app.query_one(SeatsPanel).painter.palette.style("party:LAB").color is not None
        shown = app.query_one(SeatsPanel).painter.palette.style("party:LAB").color
        assert shown is not None
        assert shown.name == "#0000cc"
        assert "f1 help" in app.query_one(KeyBar).render_line(0).text
        await pilot.press("question_mark")
        await pilot.pause()
        assert not isinstance(app.screen, HelpScreen)
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)


def test_a_keymap_changes_only_the_keys() -> None:
    changed = with_keymap({"help": "f1"})
    assert [(a.id, a.help) for a in changed] == [(a.id, a.help) for a in TABLE]
    assert [a.keys for a in changed if a.id == "help"] == ["f1"]
