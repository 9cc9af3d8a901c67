"""Made-up nights for property tests: events with revisions, rushes, duplicates, breakages and removals."""

from hypothesis import strategies as st

from feeds.report import Report, Result, Seats, Settings, Stage
from tests.makers.events import POLL, Pair, arrive, baseline, broken, gone, place, result

AREAS = ("Ayton", "Bolton & Bury", "Crewe")
WARDS = (None, None, "North", "South")
PATHS = ("a.csv", "b.csv", "c/d.xml", "e.json")
STAGES: tuple[Stage, ...] = ("full", "full", "full", "rush", "partial", "retracted")

seats: st.SearchStrategy[Seats] = st.dictionaries(st.sampled_from(("CON", "LAB", "LD")), st.integers(0, 4), max_size=3)


@st.composite
def results(draw: st.DrawFn) -> Result:
    """Draw a result of one of a few areas or wards."""
    return result(
        draw(st.sampled_from(AREAS)),
        draw(seats),
        ward=draw(st.sampled_from(WARDS)),
        revision=draw(st.integers(1, 3)),
        stage=draw(st.sampled_from(STAGES)),
        up=draw(st.sampled_from((None, 4))),
        total=draw(st.sampled_from((None, 8))),
    )


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Draw a result, mostly, or a baseline, or the night's settings."""
    kind = draw(st.integers(0, 9))
    if kind == 0:
        return Settings(poll_date=POLL, title=draw(st.sampled_from(("One", "Two"))))
    if kind <= 2:
        name = draw(st.sampled_from(AREAS))
        code = draw(st.sampled_from((None, f"E0{AREAS.index(name)}")))
        held = draw(seats)
        return baseline(name, held, code=code, total=8, up=draw(st.sampled_from((4, 8))), continuing=draw(seats))
    return draw(results())


@st.composite
def pairs(draw: st.DrawFn) -> Pair:
    """Draw one event with its reading."""
    path = draw(st.sampled_from(PATHS))
    minutes = draw(st.integers(0, 12))
    kind = draw(st.integers(0, 11))
    if kind == 0:
        return broken(path, minutes, mark=str(draw(st.integers(0, 3))))
    if kind == 1:
        return gone(path, minutes)
    said = draw(st.lists(reports(), min_size=1, max_size=4, unique_by=_subject))
    return arrive(path, minutes, *said, basis=draw(st.sampled_from(("arrived", "file", "unknown"))))


def _subject(report: Report) -> tuple[str, ...]:
    if isinstance(report, Settings):
        return ("settings",)
    name = getattr(report, "area", place("")).name
    return (type(report).__name__, name, str(getattr(report, "ward", "")))


def made_up_nights(least: int = 1, most: int = 14) -> st.SearchStrategy[list[Pair]]:
    """Return a strategy of whole nights, in no particular order; no event stands in one twice."""
    return st.lists(pairs(), min_size=least, max_size=most, unique_by=lambda pair: repr(pair[0]))
