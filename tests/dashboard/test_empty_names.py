"""An empty name is a mistake, an unset variable for one: it never means the directory that one happens to be in."""

import pytest
from click.testing import CliRunner

from dashboard.cli import group

NIGHT = "2018-05-03-local"


@pytest.mark.parametrize(
    "arguments",
    [
        ("watch", "", "--once"),
        ("tally", ""),
        ("check", ""),
        ("audit", ""),
        ("replay", "", "--plain", "--speed", "max"),
        ("compare", NIGHT, "", "--plain"),
        ("compare", "", NIGHT, "--plain"),
        ("rehearse", "", "practice"),
        ("rehearse", NIGHT, ""),
        ("nights", "export", "", "out"),
        ("nights", "export", NIGHT, ""),
        ("nights", "import", ""),
        ("nights", "import", "folder", "--to", ""),
        ("declare", "", "Wandsworth", "LAB=35"),
        ("quote", "", "not us being wonderful", "--by", "Barry Rawlings"),
    ],
)
def test_an_empty_name_is_refused_as_wrong_usage(arguments: tuple[str, ...]) -> None:
    done = CliRunner().invoke(group, list(arguments))
    assert done.exit_code == 2
    assert "the name is empty" in done.output
