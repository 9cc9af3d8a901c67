"""What stands of a subject is found from the last saying on as it is found from all of them."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.count.heard import Heard, hear, heard, sayings_of, together, without
from dashboard.count.standing import Saying, baseline_standing, standing
from feeds.report import Baseline, Report, Result, Stage
from tests.makers.events import at, place

STAGES: tuple[Stage, ...] = ("full", "full", "rush", "partial", "retracted")


def saying(path: str, turn: int, report: Report, removed: bool = False) -> Saying:
    return Saying(
        report=report, path=path, number=turn, turn=turn, digest="", at=at(turn), basis="arrived", removed=removed
    )


@st.composite
def results(draw: st.DrawFn) -> list[Saying]:
    """Sayings of several paths about one place, in any order of their turns."""
    turns = draw(st.permutations(range(draw(st.integers(1, 9)))))
    return [
        saying(
            f"{n}.xml",
            turn,
            Result(
                area=place("Adur"),
                revision=draw(st.integers(1, 3)),
                round=draw(st.sampled_from([1, 1, 1, 2])),
                stage=draw(st.sampled_from(STAGES)),
                elected={"LAB": draw(st.integers(0, 1))},
            ),
            draw(st.booleans()),
        )
        for n, turn in enumerate(turns)
    ]


def added(sayings: Sequence[Saying]) -> Heard:
    found: Heard | None = None
    for each in sayings:
        found = hear(found, each)
    assert found is not None
    return found


@given(said=results())
def test_one_result_after_another_stands_as_among_all_of_them(said: list[Saying]) -> None:
    found = added(said)
    assert found.result == standing(said)
    assert found.best is standing(said).saying
    assert sayings_of(found) == said[::-1]


@given(said=results(), data=st.data())
def test_without_what_a_path_says_stands_what_stands_among_the_others(said: list[Saying], data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(said))
    left = [each for each in said if each is not gone]
    found = without(added(said), gone.path)
    assert (found and found.result) == (standing(left) if left else None)
    assert sayings_of(found) == left[::-1]


@given(said=results(), data=st.data())
def test_under_several_names_stands_what_stands_among_all(said: list[Saying], data: st.DataObject) -> None:
    parts = [[each for each in said if data.draw(st.booleans())], []]
    parts[1] = [each for each in said if each not in parts[0]]
    found = together(part for each in parts if (part := heard(each)) is not None)
    assert found is not None
    assert found.result == standing(said)


def test_a_removed_file_is_no_rival_any_more() -> None:
    two = [saying(f"{n}.xml", n, Result(area=place("Adur"), elected={"LAB": n}), removed=n == 0) for n in range(2)]
    assert added(two).result == standing(two)
    assert standing(two).rivals == ()


@given(revisions=st.lists(st.integers(1, 3), min_size=1, max_size=6))
def test_the_newest_of_the_highest_baselines_stands(revisions: list[int]) -> None:
    said = [saying(f"{n}", n, Baseline(area=place("Adur"), revision=each)) for n, each in enumerate(revisions)]
    found = added(said)
    assert found.result is None
    assert found.best is baseline_standing(said)


def test_one_revision_more_leaves_all_that_was_heard_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    before = added([saying(f"{n}", n, Result(area=place("Adur"), revision=n + 1)) for n in range(100)])
    monkeypatch.setattr("dashboard.count.heard.standing", lambda _: pytest.fail("all sayings were looked at again"))
    assert hear(before, saying("new", 100, Result(area=place("Adur"), revision=101))).rest is before
    late = hear(before, saying("late", 101, Result(area=place("Adur"), revision=50, stage="rush")))
    assert late.best is before.best
