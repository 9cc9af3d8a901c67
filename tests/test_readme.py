"""What the README says is what the program does: its commands, formats, keys and the JSON."""

import json
import re
import tomllib
from datetime import datetime
from pathlib import Path

import msgspec
import pytest

from dashboard.actions import key_table
from dashboard.config_file import checked
from dashboard.player import Player
from dashboard.theme import all_themes
from dashboard.view.check import check
from dashboard.view.document import Tally
from dashboard.view.pictures.gallery import KINDS
from dashboard.view.tally import tally
from feeds.clock import WallClock
from feeds.saved import shipped
from feeds.scan import one_shot

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SET_UP = "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/election-night demo"
TESTS = "python3 -m venv .venv-dev && .venv-dev/bin/pip install -e '.[dev]' && .venv-dev/bin/python -m tests"


def section(title: str) -> str:
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def examples() -> dict[str, str]:
    """Return the files that the section on formats shows, by name."""
    found = re.findall(r"\*\*`([^`]+)`\*\*\n\n```\w+\n(.*?)```", section("Formats"), re.DOTALL)
    return dict(found)


def example_player(folder: Path) -> Player:
    for name, text in examples().items():
        (folder / name).write_text(text, encoding="utf-8")
    clock = WallClock()
    player = Player(clock, one_shot(folder, clock.now()), live=True)
    player.to_end()
    return player


def test_the_two_commands_stand_on_lines_of_their_own() -> None:
    assert SET_UP in README.splitlines()
    assert TESTS in README.splitlines()


def test_continuous_integration_runs_the_readmes_own_command() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    prefix = re.search(r"grep -m 1 '\^([^']+)'", script)
    assert prefix is not None
    assert [line for line in README.splitlines() if line.startswith(prefix[1])] == [TESTS]


def test_every_example_of_a_format_counts_and_nothing_is_odd_in_it(tmp_path: Path) -> None:
    player = example_player(tmp_path)
    report = check(player.night, player.files(), player.as_at)
    assert {v.file: v.reason for v in report.versions if v.state in {"quarantined", "waiting"}} == {}
    assert not report.warnings
    assert not report.conflicts
    assert len(report.versions) == 7


def test_the_examples_say_what_they_seem_to_say(tmp_path: Path) -> None:
    night = example_player(tmp_path).night
    areas = {area.name: area for area in night.elections[0].areas}
    assert areas["Anytown"].outcome == "gain"
    assert areas["Anytown"].composition == {"LAB": 35, "CON": 22, "IND": 1}
    assert areas["Newshire"].outcome == "new"
    assert areas["Otherham"].elected == {"LAB": 3, "CON": 0}
    assert areas["Otherham"].stage == "partial"
    assert [said.quote.speaker for said in night.quotes] == ["Barry Rawlings"]
    assert [noted.note.kind for noted in night.notes] == ["history"]


def test_the_key_table_is_that_of_the_program() -> None:
    rows = [f"| {group} | `{key}` | {words} |" for key, words, group in key_table()]
    written = [line for line in section("Keys").splitlines() if line.startswith("| ")][1:]
    assert written == rows, "the table should read:\n" + "\n".join(rows)


def test_the_json_shown_is_a_tally_in_the_order_that_is_printed() -> None:
    shown = re.search(r"```json\n(.*?)```", section("JSON of `tally`"), re.DOTALL)
    assert shown is not None
    decoded = msgspec.json.decode(shown[1], type=Tally)
    assert msgspec.to_builtins(decoded).keys() == json.loads(shown[1]).keys()
    assert json.dumps(json.loads(msgspec.json.encode(decoded))) == json.dumps(json.loads(shown[1]))


def test_the_json_shown_is_what_the_example_files_give(tmp_path: Path) -> None:
    player = example_player(tmp_path)
    shown = re.search(r"```json\n(.*?)```", section("JSON of `tally`"), re.DOTALL)
    assert shown is not None
    document = msgspec.json.decode(shown[1], type=Tally)
    assert tally(player.night, datetime.fromisoformat(document.as_at)) == document


def test_the_saved_nights_are_those_that_ship() -> None:
    assert re.findall(r"^\| `([^`]+)` \|", section("Saved nights"), re.MULTILINE) == shipped()


@pytest.mark.parametrize("name", ["LICENSE", "CHANGELOG.md", "docs/tally.schema.json"])
def test_what_the_project_needs_beside_the_code_is_there(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8").strip()


def test_the_pictures_listed_are_those_that_there_are() -> None:
    assert re.findall(r"^\| `([^`]+)` \|", section("Pictures"), re.MULTILINE) == [kind.key for kind in KINDS]


def test_the_changelog_knows_this_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"## [{project['version']}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_promise_names_what_tests_it_and_that_is_there() -> None:
    rows = re.findall(r"^\| (P\d) \|.*\| (.*) \|$", section("Promises"), re.MULTILINE)
    assert [name for name, _ in rows] == [f"P{n}" for n in range(1, 9)]
    for _, commands in rows:
        scripts, files = re.findall(r"python -m ([\w.]+)", commands), re.findall(r"tests/[\w/]+\.py", commands)
        places = [ROOT / name.replace(".", "/") for name in scripts]
        there = [place.with_suffix(".py").is_file() or (place / "__main__.py").is_file() for place in places]
        there += [(ROOT / name).is_file() for name in files]
        assert there
        assert all(there), commands


def test_the_settings_shown_are_settings() -> None:
    shown = re.search(r"```toml\n(.*?)```", section("Settings"), re.DOTALL)
    assert shown is not None
    config, wrong = checked(tomllib.loads(shown[1]), all_themes())
    assert wrong == []
    assert (config.ticker, config.alerts, config.keymap["help"]) == ("slow", True, "f1")
