"""A night with everything that goes wrong: what is watched of it is what its plan says."""

import math
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from dashboard.count.night import Area, Night
from dashboard.player import Player
from feeds.altered import control_of, flipped, retracted
from feeds.arrival import Event
from feeds.chaos import chaotic
from feeds.clock import WallClock
from feeds.delivery import at_speed, carry_out
from feeds.directory import Directory
from feeds.plan import Delivery, Plan, as_it_came
from feeds.report import Candidate, Result
from feeds.saved import SavedNight, open_night, shipped
from tests.makers.events import place, result

NOW = datetime(2024, 5, 3, 20, tzinfo=UTC)
SEED = 7


@cache
def saved(name: str) -> SavedNight:
    return open_night(name)


class Watch:
    """A directory that is looked at after every delivery, three seconds after the last look."""

    def __init__(self, target: Path) -> None:
        self.now = NOW
        self.events: list[Event] = []
        target.mkdir()
        self._directory = Directory(target, lambda: self.now)
        self.look()

    def look(self, _: Delivery | None = None) -> None:
        for _again in range(2):
            self.now += timedelta(seconds=3)
            self.events += self._directory.scan()

    def night(self) -> Night:
        player = Player(WallClock(), self.events, live=True)
        player.to_end()
        return player.night


@cache
def usual(name: str) -> Night:
    """Return a night as it came, played to its end."""
    player = Player(WallClock(), saved(name).events, live=True)
    player.to_end()
    return player.night


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Plan, Night]]:
    """Return of each shipped night the plan of its chaos and what a watcher has at the end."""
    found: dict[str, tuple[Plan, Night]] = {}
    for name in shipped():
        target = tmp_path_factory.mktemp("chaos") / "feed"
        watch, plan = Watch(target), chaotic(saved(name), SEED)
        carry_out(plan, target, pace=at_speed(NOW, math.inf), stop=threading.Event(), on_done=watch.look)
        found[name] = (plan, watch.night())
    return found


def figures(area: Area) -> tuple[object, ...]:
    return (area.name, area.stage, area.elected, area.composition, area.control, area.previous)


def real(night: Night) -> dict[str, Area]:
    return {a.id: a for e in night.elections if not e.name.startswith("Test ") for a in e.areas}


def of(night: Night, stands: Result) -> Area:
    return next(a for a in real(night).values() if a.code == stands.area.code)


@pytest.mark.parametrize("name", shipped())
def test_what_no_trouble_touched_ends_as_the_night_did(name: str, watched: dict[str, tuple[Plan, Night]]) -> None:
    plan, night = watched[name]
    touched = {of(night, stands).id for stands in plan.stands}
    assert real(night).keys() == real(usual(name)).keys()
    assert {
        key: figures(area) for key, area in real(night).items() if key not in touched
    } == {key: figures(area) for key, area in real(usual(name)).items() if key not in touched}  # fmt: skip


@pytest.mark.parametrize("name", shipped())
def test_what_trouble_touched_ends_as_the_plan_says(name: str, watched: dict[str, tuple[Plan, Night]]) -> None:
    plan, night = watched[name]
    assert len(plan.stands) >= 3
    for stands in plan.stands:
        area = of(night, stands)
        if stands.stage == "retracted":
            assert (area.stage, area.elected) == ("expected", None)
        else:
            assert (area.stage, area.elected, area.control) == ("declared", stands.elected, stands.control)
            assert area.control != real(usual(name))[area.id].control


@pytest.mark.parametrize("name", shipped())
def test_every_correction_is_shown_as_one_and_nothing_else_is(
    name: str, watched: dict[str, tuple[Plan, Night]]
) -> None:
    plan, night = watched[name]
    planned = {d.path for d in plan.deliveries if d.deed in {"a correction flips the winner", "a retraction"}}
    assert {c.path for c in night.corrections} == planned
    assert Counter(c.what for c in night.corrections)["retraction"] == 1


@pytest.mark.parametrize("name", shipped())
def test_copies_are_duplicates_a_test_file_is_a_banner_and_no_file_stays_broken(
    name: str, watched: dict[str, tuple[Plan, Night]]
) -> None:
    plan, night = watched[name]
    assert night.files.duplicate == len(plan.duplicates) > 0
    assert len(plan.tests) == len(night.test) == 1
    assert night.test == (f"the election is called “Test {night.elections[0].name}”",)
    assert [p for p in night.problems if not p.warning] == []
    assert night.conflicts == ()
    assert [e.name for e in night.elections if e.name.startswith("Test ")] == [f"Test {night.elections[0].name}"]


@pytest.mark.parametrize("name", shipped())
def test_a_torn_file_declares_nothing_until_it_is_completed(name: str) -> None:
    plan = chaotic(saved(name), SEED)
    torn = [d for d in plan.deliveries if d.manner == "torn"]
    completed = {d.path: d for d in plan.deliveries if d.manner == "completed"}
    assert torn
    assert {d.path for d in torn} == completed.keys()
    for each in torn:
        assert 0 < each.part < len(each.data)
        assert completed[each.path].data == each.data
        assert completed[each.path].at > each.at


def test_the_same_seed_gives_the_same_plan_and_another_one_another() -> None:
    night = saved("2018-05-03-local")
    assert chaotic(night, 1) == chaotic(night, 1) != chaotic(night, 2)


@pytest.mark.parametrize("seed", range(8))
def test_a_plan_is_in_order_and_no_file_lies_over_another(seed: int) -> None:
    night = saved("2022-05-05-local")
    plan = chaotic(night, seed)
    times = [d.at for d in plan.deliveries]
    assert times == sorted(times)
    whole = Counter(d.path for d in plan.deliveries if d.manner == "whole")
    assert set(whole.values()) == {1}
    assert {d.path for d in as_it_came(night).deliveries} <= {d.path for d in plan.deliveries}
    assert {d.manner for d in plan.deliveries} == {"whole", "torn", "completed", "pause"}
    assert all(d.shows for d in plan.deliveries if d.deed)


def test_a_night_with_nothing_to_trouble_comes_as_it_is() -> None:
    night = saved("2018-05-03-local")
    settings = tuple(e for e in night.events if e.path == "night.toml")
    bare = SavedNight(
        name="bare", title="Bare", poll_date=None, settings=night.settings, events=settings, begin=NOW, end=NOW
    )
    assert [d.path for d in chaotic(bare, 1).deliveries] == ["night.toml"]


class TestCarryingOut:
    DATA = b'{"results": []}'
    TORN = (
        Delivery(path="a.json", data=DATA, at=NOW, manner="torn", part=4),
        Delivery(path="", data=b"", at=NOW, manner="pause", deed="nothing comes"),
        Delivery(path="a.json", data=DATA, at=NOW, manner="completed"),
    )

    def contents(self, target: Path, number: int) -> dict[str, bytes]:
        """Return what lies there when so many deliveries are done."""
        seen: list[dict[str, bytes]] = []

        def look(_: Delivery) -> None:
            seen.append({p.name: p.read_bytes() for p in target.iterdir()})

        carry_out(
            Plan(deliveries=self.TORN), target, pace=at_speed(NOW, math.inf), stop=threading.Event(), on_done=look
        )
        return seen[number - 1]

    @pytest.mark.parametrize(("number", "lies"), [(1, b'{"re'), (2, b'{"re'), (3, DATA)])
    def test_a_torn_file_lies_there_under_its_own_name_until_it_is_completed(
        self, tmp_path: Path, number: int, lies: bytes
    ) -> None:
        assert self.contents(tmp_path, number) == {"a.json": lies}

    def test_a_pause_is_no_file(self, tmp_path: Path) -> None:
        pace = at_speed(NOW, math.inf)
        assert carry_out(Plan(deliveries=self.TORN), tmp_path, pace=pace, stop=threading.Event()) == 2

    def test_what_is_torn_is_completed_when_it_is_stopped(self, tmp_path: Path) -> None:
        stop = threading.Event()
        done = carry_out(
            Plan(deliveries=self.TORN), tmp_path, pace=at_speed(NOW, math.inf), stop=stop, on_done=lambda _: stop.set()
        )
        assert done == 1
        assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"a.json": self.DATA}

    def test_the_gate_says_when_and_whether_it_goes_on(self, tmp_path: Path) -> None:
        plan = as_it_came(saved("2018-05-03-local"))
        asked: list[str] = []

        def gate(delivery: Delivery) -> bool:
            asked.append(delivery.path)
            return len(asked) <= 2

        done = carry_out(plan, tmp_path, pace=lambda _: 0.0, stop=threading.Event(), gate=gate)
        assert (done, asked) == (2, [d.path for d in plan.deliveries[:3]])

    @pytest.mark.parametrize("in_place", [False, True])
    def test_only_in_place_a_file_is_written_under_its_own_name(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_place: bool
    ) -> None:
        renamed: list[str] = []
        replace = Path.replace

        def noted(path: Path, to: Path) -> Path:
            renamed.append(path.name)
            return replace(path, to)

        monkeypatch.setattr(Path, "replace", noted)
        plan = Plan(deliveries=(Delivery(path="a.json", data=self.DATA, at=NOW),))
        carry_out(plan, tmp_path, pace=lambda _: 0.0, stop=threading.Event(), in_place=in_place)
        assert renamed == ([] if in_place else [".a.json.part"])
        assert (tmp_path / "a.json").read_bytes() == self.DATA


class TestAltered:
    def test_a_council_goes_to_the_next_party_by_the_fewest_seats(self) -> None:
        after = flipped(result("Ayton", {"LAB": 6, "CON": 4}, total=10))
        assert after is not None
        assert (after.elected, after.control, after.revision) == ({"LAB": 4, "CON": 6}, "CON", 2)

    def test_or_to_nobody_where_too_few_seats_were_up(self) -> None:
        told = result("Ayton", {"LAB": 2, "CON": 1}, composition={"LAB": 7, "CON": 3}, total=10)
        after = flipped(told)
        assert after is not None
        assert (after.elected, after.composition) == ({"LAB": 0, "CON": 3}, {"LAB": 5, "CON": 5})
        assert after.control == "NOC"

    @pytest.mark.parametrize(
        "told",
        [
            result("Ayton", {"LAB": 5, "CON": 5}, total=10),
            result("Ayton", {"LAB": 10}, total=10),
            result("Ayton", {"LAB": 6, "CON": 4}),
            result("Ayton", {"CON": 1}, composition={"LAB": 7, "CON": 3}, total=10),
        ],
    )
    def test_what_cannot_be_turned_is_left_alone(self, told: Result) -> None:
        assert flipped(told) is None

    def test_in_one_seat_the_first_two_change_places(self) -> None:
        people = (
            Candidate(name="Ann", party="LAB", votes=10, elected=True),
            Candidate(name="Bo", party="CON", votes=9, elected=False),
            Candidate(name="Cy", party="LD", votes=1, elected=False),
        )
        seat = Result(area=place("Derwent"), elected={"LAB": 1}, candidates=people)
        area = type(seat.area)(name="Derwent", kind="constituency")
        after = flipped(Result(area=area, elected={"LAB": 1}, candidates=people))
        assert after is not None
        assert (after.elected, after.control) == ({"LAB": 0, "CON": 1}, "CON")
        assert [(c.name, c.votes, c.elected) for c in after.candidates] == [
            ("Ann", 9, False),
            ("Bo", 10, True),
            ("Cy", 1, False),
        ]

    def test_a_retraction_says_nothing_but_that(self) -> None:
        after = retracted(result("Ayton", {"LAB": 6}, revision=3))
        assert (after.stage, after.revision, after.elected) == ("retracted", 4, None)

    @pytest.mark.parametrize(("seats", "control"), [({"LAB": 6, "CON": 4}, "LAB"), ({"LAB": 5, "CON": 5}, "NOC")])
    def test_half_is_no_majority(self, seats: dict[str, int], control: str) -> None:
        assert control_of(seats, 10) == control
