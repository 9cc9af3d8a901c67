"""What is packed a little at a time: large documents, written over again and again."""

import sys
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dashboard.count import journal, past, readings, shared, shelf
from dashboard.count.fold import Count
from dashboard.count.readings import RUN, Readings
from dashboard.count.shared import Areas
from dashboard.count.shelf import SIZE
from feeds.arrival import Arrival
from feeds.report import Reading, Result
from tests.makers.events import Pair, arrive, gone, night, result

WARDS = 3
AREAS = 4
HUGE = 1 << 70
"""A number that has no form in bytes."""


def said(version: int, line: int = 0) -> list[Result]:
    """Return what a document says in one of its versions; each differs in one ward from that before."""
    return [
        replace(result(f"Town {place // WARDS}", elected(place, version), ward=f"W{place % WARDS}"), line=line + place)
        for place in range(AREAS * WARDS)
    ]


def elected(place: int, version: int) -> dict[str, int]:
    return {"CON" if place == version else "LAB": 1}


def document(version: int, minute: int) -> Pair:
    return arrive("national.json", minute, *said(version, line=version % 2))


def partly(turn: int, minute: int) -> Pair:
    """Return a file of which so many reports have been made; what it says of Bury another file says, too."""
    event, reading = arrive(
        "replayed.csv", minute, *(result("Bury", {"LAB": n}, ward=f"R{n}") for n in range(turn + 1))
    )
    same = arrive("replayed.csv", 0)[0]
    assert isinstance(event, Arrival)
    assert isinstance(same, Arrival)
    return replace(event, digest=same.digest, until=event.at), reading


EVENTS: tuple[Pair, ...] = tuple(
    pair
    for turn in range(14)
    for pair in (
        document(turn, 10 * turn),
        arrive(f"one_{turn}.xml", 10 * turn + 1, result("Adur", {"LAB": turn, "CON": 3}, revision=turn + 1)),
        gone(f"one_{turn - 1}.xml", 10 * turn + 2),
        arrive("other.json", 10 * turn + 3, *said(turn)[: 5 + turn % 3]),
        partly(turn, 10 * turn + 4),
        arrive("rival.xml", 10 * turn + 5, result("Bury", {"CON": 1}, ward=f"R{turn}")),
        arrive("again.xml", 10 * turn + 6, result("Bury", {"LAB": 2 + turn}, ward="Own")),
    )
)

operations = st.lists(
    st.one_of(
        st.just(("next", 0)),
        st.tuples(st.just("pack"), st.integers(1, 60)),
        st.tuples(st.just("go"), st.integers(0, len(EVENTS))),
    ),
    min_size=20,
    max_size=80,
)


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let these few wards be very many."""
    for module, name, size in (
        (journal, "HEAVY", 10),
        (journal, "BLOCK", 20),
        (journal, "MOST", 0),
        (past, "PART", 2),
        (readings, "LONG", 4),
        (readings, "RUN", 3),
        (readings, "KNOWN", 10),
        (shared, "AT_ONCE", 2),
        (shared, "ITSELF", 0),
        (shelf, "SIZE", 4),
    ):
        monkeypatch.setattr(module, name, size)


@settings(max_examples=60, deadline=None)
@given(done=operations)
def test_whatever_is_packed_between_a_count_is_everywhere_as_one_that_was_begun_afresh(
    done: list[tuple[str, int]],
) -> None:
    count, counted = Count(), list[Pair]()
    upcoming = iter(EVENTS)
    for what, number in done:
        if what == "next":
            del counted[count.turn :]
            counted.append(next(upcoming))
            count.apply(*counted[-1])
        elif what == "pack":
            for _ in range(number):
                count.pack(0)
        else:
            count.go(number % (count.known + 1))
        assert count.night() == night(*counted[: count.turn])
    afresh = Count()
    for event, reading in counted[: count.turn]:
        afresh.apply(event, reading)
    assert count.entries() == afresh.entries()
    assert list(count.happenings) == list(afresh.happenings)


def versions(number: int) -> Iterator[Pair]:
    shared_reports = said(-1)
    for version in range(number):
        reports = list(shared_reports)
        reports[version % len(reports)] = said(version % len(reports))[version % len(reports)]
        yield arrive("national.json", version, *reports)


def test_few_steps_are_packed_where_they_are_heavy_and_the_newest_are_not() -> None:
    count = Count()
    for event, reading in versions(12):
        count.apply(event, reading)
        while count.is_heavy:
            assert count.pack()
    assert count.loose == journal.NEWEST < SIZE


def test_a_part_takes_in_few_wards_however_many_a_step_changes() -> None:
    count = Count()
    for event, reading in versions(12):
        count.apply(event, reading)
    wards = count._kept._whole.wards.store
    parts = [wards.number]
    while count.pack():
        parts.append(wards.number)
    taken = [after - before for before, after in pairwise(parts)]
    assert sum(taken) > AREAS * WARDS
    assert max(taken) <= shared.AT_ONCE + WARDS


many = st.lists(st.lists(st.integers(0, 30), max_size=40), max_size=6)


@settings(max_examples=200)
@given(several=many, back=st.booleans())
def test_what_is_read_back_is_what_was_said_whatever_versions_have_in_common(
    several: list[list[int]], back: bool
) -> None:
    reports = [result(f"Town {number}", {"LAB": number}) for number in range(31)]
    codec = Readings()
    told = [Reading(format="x", reports=tuple(reports[number] for number in numbers)) for numbers in several]
    kept = []
    for reading in told:
        if back:
            list(codec.ahead(reading))
        kept.append(codec.encode(reading))
        assert codec.decode(kept[-1]) == reading
    assert [codec.decode(data) for data in kept] == told


def test_of_a_document_that_is_written_over_only_the_run_that_changed_is_kept_again() -> None:
    codec = Readings()
    sizes = [len(codec._runs)]
    for _, reading in versions(6):
        assert reading is not None
        codec.encode(reading)
        sizes.append(len(codec._runs))
    first, *more = [after - before for before, after in pairwise(sizes)]
    assert first == AREAS * WARDS / readings.RUN
    assert RUN > readings.RUN
    assert all(0 < grown <= 3 for grown in more)


def test_a_number_without_a_form_in_bytes_is_kept_as_it_is() -> None:
    count = Count()
    pairs = [
        arrive("national.json", minute, *said(minute), replace(result("Bury", {"LAB": 1}), electorate=HUGE + minute))
        for minute in range(6)
    ]
    for event, reading in pairs:
        count.apply(event, reading)
    while count.pack(0):
        pass
    for turn in (1, 4, 2, 6):
        count.go(turn)
        assert count.night() == night(*pairs[:turn])


def test_what_a_file_said_first_is_as_old_as_it_was_after_going_back() -> None:
    pairs = [
        partly(0, 0),
        arrive("rival.xml", 1, result("Bury", {"CON": 1}, ward="R0")),
        partly(1, 2),
        arrive("again.xml", 3, result("Bury", {"LAB": 1}, ward="R0", stage="rush")),
    ]
    count = Count()
    for event, reading in (*pairs[:3], partly(2, 3)):
        count.apply(event, reading)
    count.go(3)
    count.apply(*pairs[3])
    assert count.night() == night(*pairs)
    assert [ward.elected for ward in count.night().elections[0].areas[0].wards if ward.name == "R0"] == [{"CON": 1}]


def test_a_long_reading_is_held_no_longer_than_it_takes_to_make_bytes_of_it() -> None:
    codec = Readings()
    reading = Reading(format="x", reports=tuple(said(-1)))
    before = sys.getrefcount(reading)
    codec.encode(reading)
    assert sys.getrefcount(reading) == before
    for version in range(10):
        codec.encode(Reading(format="x", reports=tuple(said(version))))
    assert sum(map(len, codec._held.values())) <= 2 * AREAS * WARDS


def test_a_part_takes_in_few_areas_even_where_their_wards_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "ITSELF", 1)
    codec, areas = Areas(), night(*EVENTS).elections[0].areas
    for area in areas:
        codec.ahead(area)
    ends = [bool(codec.ahead(area)) for area in areas * 3]
    assert 0 < sum(ends) < len(ends)
