"""Which night a feed is of, told from a few of its files."""

from datetime import date
from pathlib import Path

from feeds.arrival import Arrival, digest
from feeds.dating import ENOUGH, TRIES, Dating, dating_of
from feeds.report import Contest, Place, Reading, Result
from tests.feeds.directories import LONG_AGO, START, put

MAY, JUNE = date(2026, 5, 7), date(2026, 6, 4)


def sheet(day: date) -> bytes:
    return f"area,party,elected,poll_date\nAdur,CON,17,{day}\n# rows=1\n".encode()


def arrival(path: str, data: bytes) -> Arrival:
    return Arrival(path=path, data=data, digest=digest(data), at=START, basis="arrived")


def test_a_few_stray_files_do_not_make_it_another_night() -> None:
    dating = Dating()
    dating.add([arrival("stray.csv", sheet(JUNE))])
    assert dating.poll_date == JUNE
    dating.add([arrival(f"{n}.csv", sheet(MAY)) for n in range(3)])
    assert dating.poll_date == MAY
    assert dating.dates == {MAY, JUNE}


def test_the_settings_overrule_what_is_most_common() -> None:
    dating = Dating()
    dating.add([arrival("a.csv", sheet(JUNE)), arrival("night.toml", b'title = "A"\npoll_date = 2026-05-07\n')])
    assert (dating.poll_date, dating.title) == (MAY, "A")


def test_no_more_files_are_read_than_it_takes() -> None:
    read = []

    def reader(path: str, _: bytes) -> Reading:
        read.append(path)
        day = MAY if path.startswith("dated") else None
        return Reading(format="x", reports=(Result(area=Place(name="Adur"), election=Contest(poll_date=day)),))

    dating = Dating(reader)
    dating.add(arrival(f"dated {n}", b"") for n in range(2 * ENOUGH))
    assert len(read) == ENOUGH
    read.clear()
    dating = Dating(reader)
    dating.add(arrival(str(n), b"") for n in range(2 * TRIES))
    assert len(read) == TRIES


def test_of_a_directory_the_newest_files_say_which_night_it_is(tmp_path: Path) -> None:
    for number in range(2 * ENOUGH):
        put(tmp_path / f"old{number}.csv", sheet(JUNE), LONG_AGO)
        put(tmp_path / f"new{number}.csv", sheet(MAY), START)
    assert dating_of(tmp_path).poll_date == MAY


def test_a_directory_that_is_gone_says_nothing(tmp_path: Path) -> None:
    assert dating_of(tmp_path / "gone").dates == frozenset()
