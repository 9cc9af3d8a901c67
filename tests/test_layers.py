"""The direction of the arrows: what a module drags in when it is imported in a fresh process."""

import subprocess
import sys

import pytest

HEADLESS = (
    "feeds.report",
    "feeds.formats",
    "feeds.saved",
    "dashboard.count.fold",
    "dashboard.player",
    "dashboard.view.words",
    "dashboard.view.rows",
    "dashboard.view.tally",
    "dashboard.view.area",
    "dashboard.view.problems",
    "dashboard.tables",
    "dashboard.plain",
    "dashboard.cli",
)


def loaded_by(module: str) -> set[str]:
    """Return the top-level and dashboard modules that importing one loads, in a process of its own."""
    code = f"import sys, {module}; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("module", HEADLESS)
def test_nothing_without_a_screen_loads_textual(module: str) -> None:
    assert "textual" not in loaded_by(module)


@pytest.mark.parametrize(
    "module", ["feeds.formats", "feeds.saved", "feeds.directory", "feeds.delivery", "feeds.schema"]
)
def test_feeds_load_nothing_of_the_dashboard(module: str) -> None:
    assert not {m for m in loaded_by(module) if m.startswith(("dashboard", "rich", "click"))}


@pytest.mark.parametrize("module", ["dashboard.count.fold", "dashboard.view.words", "dashboard.view.rows"])
def test_the_count_and_the_view_load_no_rich_and_no_watcher(module: str) -> None:
    assert not {m for m in loaded_by(module) if m.startswith(("rich", "watchfiles", "dashboard.panels"))}
