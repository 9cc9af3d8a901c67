"""The short form of the laws of time, and that a breach of them would be found."""

from datetime import UTC, datetime
from pathlib import Path

from feeds.saved import open_night
from tests.faults.laws import afresh, film, live_law, long_night, rehearse, ways

SEED = 3


def test_every_way_to_every_event_of_a_made_up_night_is_the_same_night() -> None:
    shown = film("made up", long_night(60, SEED))
    found = list(ways(shown, afresh(shown), SEED))
    assert [law.way for law in found] == [
        "played", "stepped", "sought forwards", "sought backwards", "sought at random",
    ]  # fmt: skip
    assert all(law.compared >= len(shown.pairs) for law in found)
    assert [law.different for law in found] == [()] * 5


def test_the_live_run_of_a_chaotic_rehearsal_is_the_replay_of_its_recording(tmp_path: Path) -> None:
    done = rehearse(open_night("2018-05-03-local"), SEED, tmp_path, datetime.now(UTC))
    law = live_law(film("rehearsal", done.events), done.live)
    assert law.compared > 150
    assert law.different == ()


def test_a_state_that_is_another_is_found() -> None:
    shown = film("made up", long_night(20, SEED))
    right = afresh(shown)
    right[7] = right[6]
    assert all(7 in law.different for law in ways(shown, right, SEED))
