"""A whole synthetic agency night against its truth, after every file; and every way to alter one seat in it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from dashboard.count.fold import Count
from dashboard.count.night import Election, Night, TotalsCheck
from feeds import formats
from feeds.arrival import Arrival, digest
from tests.makers import pa
from tests.makers.agency import LOCAL, VACANT, Plan
from tests.makers.agency_altered import CONTRADICTING, PLAUSIBLE, altered
from tests.makers.agency_feed import ELECTIONS, Feed, File, Row, Truth

CLOSE = datetime(2026, 5, 7, 21, 0, tzinfo=UTC)


def take(count: Count, path: str, data: bytes, second: int) -> None:
    event = Arrival(path=path, data=data, digest=digest(data), at=CLOSE + timedelta(seconds=second), basis="arrived")
    count.apply(event, formats.read(path, data))


def counted(files: Sequence[File]) -> Count:
    count = Count()
    for number, file in enumerate(files):
        take(count, file.path, file.data, number + 1)
    return count


def rows(night: Night, name: str) -> dict[str, Row]:
    """Return an election's four figures by party, without the rows that hold nothing."""
    found = {
        p.party: (p.seats, p.change, p.areas, p.areas_change)
        for election in night.elections
        if election.name == name
        for p in election.parties
    }
    return {code: row for code, row in found.items() if any(row)}


def local(night: Night) -> Election:
    (found,) = [election for election in night.elections if election.name == LOCAL]
    return found


def check(night: Night) -> TotalsCheck:
    found = local(night).totals_check
    assert found is not None
    return found


def agreement(night: Night) -> dict[str, bool | None]:
    return {check.path: check.agrees for election in night.elections for check in election.totals_checks}


@pytest.mark.parametrize("seed", [1, 2])
def test_our_sums_and_the_totals_checks_equal_the_truth_after_every_file(seed: int) -> None:
    count, truth = Count(), Truth()
    for number, file in enumerate(Feed(seed).files()):
        take(count, file.path, file.data, number + 1)
        truth.take(file)
        night = count.night()
        assert {name: rows(night, name) for name in ELECTIONS} == {name: truth.rows(name) for name in ELECTIONS}
        assert agreement(night) == truth.checks()
        assert night.conflicts == ()
        for one in (c for e in night.elections for c in e.totals_checks):
            assert not one.explained or one.agrees is False


@pytest.mark.parametrize("seed", [1, 2])
def test_the_synthetic_night_has_what_goes_wrong_on_real_ones(seed: int) -> None:
    feed = Feed(seed)
    files, plans = feed.files(), feed.plans
    later = [plan for plan in plans if len(plan.versions) > 1]
    assert len(plans) >= 200
    assert {plan.council.proportion for plan in plans} == {"all", "half", "third"}
    assert {plan.region for plan in plans} == {"England", "Scotland", "Wales"}
    assert {plan.nominated for plan in plans} == {"before", "late", "never"}
    assert any(plan.council.boundary_change for plan in plans)
    assert any(plan.council.new for plan in plans)
    assert any(plan.before.get(VACANT) for plan in plans)
    assert any(plan.versions[0].after.get(VACANT) and not plan.before.get(VACANT) for plan in plans)
    assert any(not plan.states_changes for plan in plans)
    assert any(plan.control(plan.versions[0]) != plan.control(plan.versions[-1]) for plan in later)
    assert any(plan.versions[-1].revision > len(plan.versions) for plan in later)
    assert {file.told.election for file in files if file.told} == set(ELECTIONS)
    assert {file.sop.region for file in files if file.sop} == {"All", "England", "Scotland", "Wales"}
    assert any(file.path.startswith("copies/") for file in files)
    truth, agreed = Truth(), set[bool | None]()
    for file in files:
        truth.take(file)
        if file.sop:
            agreed |= set(truth.checks().values())
    assert agreed == {True, False, None}


def told_apart(plan: Plan, kind: str) -> bool:
    """Whether a file contradicts itself or the nominations once a seat is altered in this way."""
    return kind in CONTRADICTING and plan.nominated != "never" and plan.told(plan.versions[-1]).states_change


def alterations(feed: Feed, plans: Sequence[Plan]) -> list[tuple[Plan, str, bytes]]:
    rng = Random(7)  # noqa: S311  (which seat is altered, no secret)
    tried = ((plan, kind, altered(plan, kind, rng)) for plan in plans for kind in (*CONTRADICTING, *PLAUSIBLE))
    return [(plan, kind, data) for plan, kind, data in tried if data is not None]


@pytest.mark.parametrize(("councils", "every"), [(60, 1), (200, 5)])
def test_any_seat_altered_in_any_council_makes_totals_disagree_and_names_the_council(councils: int, every: int) -> None:
    """Alone where the file contradicts itself, else among those that the totals have more than earlier ones."""
    feed = Feed(11, councils, every, corrected=False)
    count = counted(feed.files())
    assert check(count.night()).agrees is True
    for number, (plan, kind, data) in enumerate(alterations(feed, feed.plans)):
        path = pa.result_name(plan.council)
        take(count, path, data, 20_000 + 2 * number)
        found = check(count.night())
        take(count, path, plan.data(plan.versions[0]), 20_001 + 2 * number)
        names = [one.area for one in found.explained]
        assert found.agrees is False, (plan.name, kind)
        assert plan.name in names, (plan.name, kind, found)
        assert len(names) <= (1 if told_apart(plan, kind) else every), (plan.name, kind, found)
        assert {one.among for one in found.explained} == {len(names)}
    assert check(count.night()).agrees is True


def test_a_seat_altered_in_a_file_is_found_when_the_totals_come_as_well_as_at_the_end() -> None:
    feed = Feed(12, 60, 3, corrected=False)
    files, rng = feed.files(), Random(7)  # noqa: S311  (which council is altered, no secret)
    for plan in rng.sample(feed.plans, 6):
        path, data = pa.result_name(plan.council), altered(plan, "moved throughout", rng)
        assert data is not None
        wrong = [File(f.path, data) if f.path == path else f for f in files]
        first = next(n for n, f in enumerate(files) if f.sop and f.sop.region == "All" and plan.name in f.sop.places)
        for shown in (wrong[: first + 1], wrong):
            found = check(counted(shown).night())
            assert found.agrees is False
            assert plan.name in [one.area for one in found.explained]
            assert len(found.explained) <= 3


def test_a_seat_altered_in_a_night_with_corrections_names_the_council_too() -> None:
    """Alone or beside corrections that happen to make the same difference."""
    feed = Feed(3, 60, 4)
    count = counted(feed.files())
    assert check(count.night()).agrees is True
    all_of_it = count.turn
    for plan, kind, data in alterations(feed, feed.plans):
        count.go(all_of_it)
        take(count, pa.result_name(plan.council, plan.versions[-1].revision), data, 20_000)
        found = check(count.night())
        assert found.agrees is False
        assert plan.name in [one.area for one in found.explained], (plan.name, kind, found)
