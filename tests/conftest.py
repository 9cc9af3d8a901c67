"""For all tests: recordings go into a directory of the test's own, never into that of the person who runs them.

And an error in a part of the screen ends a test, where it would not end the night. No example of Hypothesis fails for
being slow: a machine may have other things to do.
"""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from dashboard.screens.steady import SteadyApp

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# Rich keeps for each style the codes of the first terminal that it was for: all tests of a process have the same one.
os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}


@pytest.fixture(autouse=True)
def state_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the state directory that this process and those it starts use during a test."""
    place = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("XDG_STATE_HOME", str(place))
    return place


@pytest.fixture(autouse=True)
def every_error_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no program of this process go on after an error of its own; the tests of just that let it again."""
    monkeypatch.setattr(SteadyApp, "contains", False)
