"""What the status line says of a publisher's totals: a tick, or the areas that may be why they differ."""

import pytest

from dashboard.count.night import Explanation, TotalsCheck
from dashboard.view.pieces import plain
from dashboard.view.status import THIRD_LINE, third_line, title_line, totals_words
from tests.dashboard.test_panels import frame
from tests.makers.states import election, night


def check(agrees: bool | None, *names: str, areas: int = 10, among: int = 1) -> TotalsCheck:
    return TotalsCheck(
        publisher="PA",
        region="All",
        number=areas,
        areas=areas,
        agrees=agrees,
        reason=None,
        missing=(),
        differences=(),
        path="sop.xml",
        explained=tuple(Explanation(area=n, area_id=n, why="its revision 1", among=among) for n in names),
    )


def test_without_totals_that_can_be_compared_nothing_is_said() -> None:
    assert totals_words(election()) is None
    assert totals_words(election(totals_checks=(check(None),))) is None


def test_totals_that_agree_have_a_tick() -> None:
    assert totals_words(election(totals_checks=(check(True), check(None, areas=12)))) == ("✓ PA totals agree", "good")


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (check(False), "⚠ PA totals differ"),
        (check(False, "Adur"), "⚠ PA totals differ: Adur"),
        (check(False, "Adur", "Bury"), "⚠ PA totals differ: Adur and Bury"),
        (check(False, "Adur", "Bury", among=2), "⚠ PA totals differ: Adur or Bury"),
        (check(False, *"ABCD"), "⚠ PA totals differ: 4 councils"),
        (check(False, *"ABCD", among=4), "⚠ PA totals differ: one of 4 councils"),
    ],
)
def test_totals_that_differ_name_up_to_three_areas_that_may_be_why(found: TotalsCheck, words: str) -> None:
    assert totals_words(election(totals_checks=(found,))) == (words, "warning")


def test_totals_that_differ_are_said_before_larger_ones_that_agree() -> None:
    found = election(totals_checks=(check(False, "Adur", areas=4), check(True, areas=9)))
    assert totals_words(found) == ("⚠ PA totals differ: Adur", "warning")


@pytest.mark.parametrize("width", [80, 120, THIRD_LINE, 200])
@pytest.mark.parametrize(("agrees", "mark"), [(True, "✓"), (False, "⚠")])
def test_whether_the_totals_agree_is_in_the_status_line_once_at_every_width(
    width: int, agrees: bool, mark: str
) -> None:
    shown = frame(night(election(totals_checks=(check(agrees),))))
    lines = [title_line(shown, width), *([third_line(shown, width)] if width >= THIRD_LINE else [])]
    assert [plain(each).count(f"{mark} ") for each in lines if "totals" in plain(each)] == [1]
