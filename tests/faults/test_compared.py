"""The short form of the comparison of screen and state."""

from random import Random

import pytest

from dashboard.panels.line_table import LineTable
from tests.faults.compared import compared
from tests.faults.running import chance


def test_with_650_areas_at_200_results_a_second_the_screen_is_the_state() -> None:
    assert compared(chance("short"), 25) > 100_000


def test_a_row_that_is_not_drawn_again_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LineTable, "_redraw", lambda *_: None)
    with pytest.raises(AssertionError, match="is not"):
        compared(Random(1), 25)
