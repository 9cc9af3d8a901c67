"""What one file more costs on a long night, counted and not timed: as much as on a short one."""

from collections.abc import Iterator

from dashboard.count.fold import Count
from dashboard.count.night import Area, Ward
from dashboard.count.shared import Areas
from feeds import formats
from feeds.arrival import Arrival, digest
from tests.bench.scale import station
from tests.makers.events import at


def stations(files: int, areas: int) -> Count:
    """Return a count of so many polling stations' files."""
    count = Count()
    for number in range(files):
        path, data = f"{number}.json", station(number, areas)
        event = Arrival(path=path, data=data, digest=digest(data), at=at(number), basis="arrived")
        count.apply(event, formats.read(path, data))
    return count


def areas_of(count: Count, files: int) -> Iterator[Area]:
    for turn in range(1, files + 1):
        count.go(turn)
        yield from count.night().elections[0].areas


def test_an_area_that_is_counted_ward_by_ward_keeps_each_ward_once() -> None:
    found = []
    for wards in (16, 64):
        count = stations(4 * wards, 4)
        while count.pack(0):
            pass
        found.append(count.past_size / (4 * wards))
    assert found[1] < found[0] * 1.5


def test_an_area_comes_back_from_its_bytes_with_its_wards_and_sources() -> None:
    count = stations(30, 2)
    made, areas = list(areas_of(count, 30)), Areas()
    data = [areas.encode(area) for area in made]
    assert [areas.decode(each) for each in data] == made
    assert areas.encode(made[-1]) == data[-1]
    wards: list[Ward] = [ward for area in made for ward in area.wards]
    assert len(wards) > 200


def test_what_is_counted_anew_again_and_again_takes_no_more_room() -> None:
    files = 200
    count, sizes = stations(files, 4), []
    pairs = []
    for number in range(files):
        path, data = f"{number}.json", station(number, 4)
        event = Arrival(path=path, data=data, digest=digest(data), at=at(number), basis="arrived")
        pairs.append((event, formats.read(path, data)))
    for _ in range(5):
        while count.pack(0):
            pass
        sizes.append(count.past_size)
        before = count.night()
        happened = list(before.happenings)
        count.go(70)
        for event, reading in pairs[70:]:
            count.apply(event, reading)
        assert list(before.happenings) == happened
        assert count.night() == before
    assert max(sizes) < min(sizes) * 1.1
