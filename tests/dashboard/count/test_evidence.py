"""What stands about an area goes along with what is said of it, and is as if all were looked at afresh."""

from collections import Counter
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.count import wards
from dashboard.count.derive import derive
from dashboard.count.evidence import Evidence
from dashboard.count.fold import Count
from dashboard.count.heard import Heard, heard
from dashboard.count.standing import Saying
from dashboard.count.subjects import Subject
from feeds.places import folded_place
from feeds.report import Baseline, BaselineName, Candidate, Place, Report, Result, Stage
from tests.makers.events import arrive, at, result

PLACES = (Place(name="Adur"), Place(name="ADUR", code="E1"), Place(name="Adur", region="Scotland"))
WARDS = (None, "Abbey", "Brook", "Castle")
STAGES: tuple[Stage, ...] = ("full", "full", "full", "rush", "partial", "retracted")
NAMES: tuple[BaselineName | None, ...] = (None, *get_args(BaselineName)[:2])

some = st.none() | st.integers(0, 3)
seats = st.none() | st.dictionaries(st.sampled_from(("CON", "LAB", "LD")), st.integers(0, 3), max_size=3)


@st.composite
def results(draw: st.DrawFn) -> Result:
    """Draw a result of the area or of a ward."""
    people = draw(st.lists(st.tuples(st.sampled_from(("CON", "LAB")), some, st.booleans()), max_size=3))
    return Result(
        area=draw(st.sampled_from(PLACES)),
        ward=draw(st.sampled_from(WARDS)),
        revision=draw(st.integers(1, 2)),
        stage=draw(st.sampled_from(STAGES)),
        elected=draw(seats),
        up=draw(some),
        total=draw(some),
        deferred=draw(some),
        candidates=tuple(Candidate(name=c, party=c, votes=v, elected=e) for c, v, e in people),
    )


@st.composite
def baselines(draw: st.DrawFn) -> Baseline:
    """Draw what was said beforehand of the area or of a ward."""
    return Baseline(
        area=draw(st.sampled_from(PLACES)),
        ward=draw(st.sampled_from(WARDS)),
        baseline=draw(st.sampled_from(NAMES)),
        up=draw(some),
        deferred=draw(some),
        total=draw(some),
        held=draw(seats),
        continuing=draw(seats),
        candidates=draw(seats),
        unopposed=draw(seats),
    )


def subject_of(report: Report) -> Subject:
    assert isinstance(report, Result | Baseline)
    ward = folded_place(report.ward) if report.ward else ""
    return ("result", ward, "") if isinstance(report, Result) else ("baseline", ward, report.baseline or "")


def said_by(path: str, turn: int, report: Report, removed: bool) -> Saying:
    return Saying(
        report=report, path=path, number=turn, turn=turn, digest="", at=at(turn), basis="arrived", removed=removed
    )


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(results() | baselines(), st.sampled_from("abc"), st.booleans(), st.booleans()),
        min_size=1,
        max_size=14,
    ),
    st.sampled_from(NAMES),
    st.sampled_from(NAMES),
)
def test_an_area_that_goes_along_is_as_derived_afresh(steps: Any, own: Any, wanted: Any) -> None:
    said: dict[Subject, dict[str, Saying]] = {}
    voices: dict[Subject, Heard] = {}
    following: Evidence | None = None
    for turn, (report, path, removed, taken_back) in enumerate(steps, 1):
        subject = subject_of(report)
        by = said.setdefault(subject, {})
        if taken_back:
            by.pop(path, None)
        else:
            by[path] = said_by(path, turn, report, removed)
        found = heard(by.values())
        voices.pop(subject, None)
        if found is not None:
            voices[subject] = found
        if not voices:
            following = None
            continue
        if following is None:
            following = Evidence(voices, own, wanted)
        else:
            following.follow(voices)
        fresh = Evidence({key: voices[key] for key in sorted(voices)}, own, wanted)
        assert derive("council:adur", following, None) == derive("council:adur", fresh, None)
        assert following.rivals() == fresh.rivals()
        assert list(following.wards.elected or {}) == list(fresh.wards.elected or {})


def test_one_ward_more_makes_one_ward_however_many_the_area_has(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Counter[str]()
    known = wards._known

    def counted(key: str, *arguments: Any) -> Any:
        made[key] += 1
        return known(key, *arguments)

    monkeypatch.setattr(wards, "_known", counted)
    count = Count()
    for number in range(120):
        count.apply(*arrive(f"{number}.csv", number, result("Adur", {"LAB": 1}, ward=f"Ward {number}")))
    assert set(made.values()) == {1}
    assert len(made) == 120
