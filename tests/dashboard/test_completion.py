"""What Tab offers: commands, options, their values, and the names of nights; in a real bash, too."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from dashboard.cli import group
from feeds.saved import shipped


def offered(*argv: str, incomplete: str = "") -> dict[str, str]:
    """Return what is offered after some words, each with its type."""
    found = ShellComplete(group, {}, "election-night", "_X").get_completions(list(argv), incomplete)
    return {item.value: item.type for item in found}


@pytest.mark.parametrize("argv", [("replay",), ("tally",), ("audit",), ("compare",), ("compare", "x"), ("serve",)])
def test_where_a_night_is_wanted_its_names_are_offered_beside_files(argv: tuple[str, ...]) -> None:
    found = offered(*argv)
    assert {name for name, kind in found.items() if kind == "plain"} == set(shipped())
    assert found[""] == "file"


def test_only_names_that_begin_so_are_offered() -> None:
    assert set(offered("replay", incomplete="2019")) == {"2019", "2019-12-12-general"}
    assert offered("tally", incomplete="./res") == {"./res": "file"}


def test_where_a_directory_is_wanted_the_shell_offers_directories() -> None:
    assert offered("watch") == {"": "dir"}
    assert offered("declare") == {"": "dir"}


@pytest.mark.parametrize(
    ("argv", "incomplete", "words"),
    [
        ((), "re", {"replay", "rehearse"}),
        (("config",), "", {"show", "path", "check"}),
        (("replay",), "--pi", {"--pictures"}),
        (("watch", "--pictures"), "b", {"blocks", "braille"}),
        (("serve",), "--po", {"--poll", "--port"}),
        (("serve", "--ticker"), "s", {"still", "slow"}),
        (("tally", "--format"), "j", {"json"}),
    ],
)
def test_commands_options_and_their_values_are_offered(argv: tuple[str, ...], incomplete: str, words: set[str]) -> None:
    assert set(offered(*argv, incomplete=incomplete)) == words


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_a_real_bash_completes_the_name_of_a_night(tmp_path: Path) -> None:
    command = tmp_path / "election-night"
    command.write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -c "from dashboard.cli import main; main()" "$@"\n', encoding="utf-8"
    )
    command.chmod(0o755)
    script = """
eval "$(_ELECTION_NIGHT_COMPLETE=bash_source election-night)"
COMP_WORDS=(election-night replay 2022)
COMP_CWORD=2
_election_night_completion election-night 2022 replay 2>/dev/null
echo "${COMPREPLY[*]}"
"""
    env = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, env=env, check=True)
    assert done.stdout.split() == ["2022-05-05-local"]
