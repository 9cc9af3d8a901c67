"""The short forms of the scripts beside this file."""

from pathlib import Path

import pytest

from tests.faults.kill import Campaign, run
from tests.faults.stalled import stall


def test_killed_at_random_instants_and_started_again_it_stands_as_after_a_fresh_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign = run(tmp_path, kills=3, seed=4)
    assert campaign.divergences == []
    assert (campaign.tally["kills"], campaign.tally["opened"], campaign.tally["compared"]) == (3, 6, 3)
    assert campaign.tally["areas compared"] > 10
    assert campaign.tally["events"] > 10


def test_kills_that_were_stopped_go_on_where_they_were(tmp_path: Path) -> None:
    run(tmp_path, kills=1, seed=5)
    assert Campaign(tmp_path, 5).tally["kills"] == 1


def test_everything_is_recorded_with_its_time_while_the_terminal_takes_nothing(tmp_path: Path) -> None:
    seen = stall(tmp_path, files=60, seconds=3)
    assert seen.held
    assert (seen.recorded, seen.fine) == (60, True)
