"""When two snapshots tell the same figures, so that only the time and the feed are shown anew."""

from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from dashboard.count.night import FileCounts, FileProblem, Night
from dashboard.view.frame import Frame, tells_the_same
from feeds.state import FeedState
from tests.makers.states import at, correction, declared, election, night, wandsworth

NIGHT = night(election(wandsworth()), happenings=(declared(wandsworth()),))


def frame(of: Night = NIGHT, **fields: Any) -> Frame:
    base: dict[str, Any] = {"election_id": "local", "as_at": at(2), "begin": at(0), "end": at(2), "live": True}
    return Frame(**(base | {"night": of, "zone": ZoneInfo("Europe/London")} | fields))


def after(**fields: Any) -> Night:
    return msgspec.structs.replace(NIGHT, **fields)


@pytest.mark.parametrize(
    "later",
    [
        frame(as_at=at(3), end=at(3), backlog=4),
        frame(feed=FeedState(mode="polling", state="ok"), alarm="gone", recording="stopped"),
        frame(after(events=9, last_at=at(3), files=FileCounts(waiting=1))),
    ],
)
def test_the_time_the_feed_and_what_files_were_seen_are_no_figures(later: Frame) -> None:
    assert tells_the_same(frame(), later)


@pytest.mark.parametrize(
    "later",
    [
        frame(after(elections=(election(wandsworth(revision=2)),))),
        frame(after(elections=())),
        frame(after(corrections=(correction(),))),
        frame(after(happenings=())),
        frame(after(problems=(FileProblem(path="a.xml", line=None, reason="torn", at=at(1)),))),
        frame(after(test=("a.xml",))),
        frame(election_id="mayors"),
        frame(watch=frozenset({"wandsworth"})),
        frame(paused=True),
        frame(speed=60.0),
    ],
)
def test_anything_else_is(later: Frame) -> None:
    assert not tells_the_same(frame(), later)
