"""Memory is searched a little at a time: nobody who presses a key waits for a long search."""

import gc
import sys
from collections.abc import Iterator

import pytest

from dashboard import garbage
from dashboard.deep import LONG_TURN, SHORT_TURN, Load, share_out

RECORDS = 400_000
A_LITTLE = 1_500
"""Records that are looked through in two or three milliseconds, where each refers to others all over the memory."""


@pytest.fixture
def _as_it_was() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


@pytest.mark.usefixtures("_as_it_was")
def test_however_much_a_count_makes_no_search_looks_through_much_at_a_time() -> None:
    looked_through: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            looked_through.append(sum(len(gc.get_objects(age)) for age in range(info["generation"] + 1)))

    garbage.searched_rarely()
    gc.callbacks.append(note)
    try:
        kept = [[number] for number in range(RECORDS)]
    finally:
        gc.callbacks.remove(note)
    assert len(kept) == RECORDS
    assert looked_through
    assert max(looked_through) < A_LITTLE


@pytest.fixture
def _turns() -> Iterator[None]:
    before = sys.getswitchinterval()
    yield
    sys.setswitchinterval(before)
    gc.enable()


@pytest.mark.usefixtures("_as_it_was", "_turns")
@pytest.mark.parametrize(
    ("load", "turn"), [(Load.OPENING, SHORT_TURN), (Load.LONG, SHORT_TURN), (Load.DEEP, LONG_TURN)]
)
def test_while_there_is_much_to_count_nothing_is_searched_and_what_was_made_meanwhile_never_is(
    load: Load, turn: float
) -> None:
    share_out(load)
    kept = [[number] for number in range(RECORDS)]
    assert not gc.isenabled()
    assert sys.getswitchinterval() == pytest.approx(turn)
    share_out(Load.LITTLE)
    assert gc.isenabled()
    assert sys.getswitchinterval() == pytest.approx(SHORT_TURN)
    assert len(gc.get_objects()) < A_LITTLE < len(kept)
