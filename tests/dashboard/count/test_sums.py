"""An election that is kept up as its areas change is the one that is added up afresh."""

from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from dashboard.count.followed import Followed
from dashboard.count.night import Area, Moment, Stage
from dashboard.count.sums import Sums
from feeds.report import Basis, Outcome, Seats
from tests.faults.running import chance
from tests.makers.events import CLOSE, area, arrive, at, baseline, count, night, result

NAMES = ("Adur", "Bury", "Crewe", "Derby")
AREA = area(night(arrive("a", 1, result("Adur", {"LAB": 3, "CON": 1}, control="LAB"))), "Adur")
OUTCOMES: tuple[Outcome | None, ...] = ("gain", "loss", "hold", None)
STAGES: tuple[Stage, ...] = ("declared", "declared", "partial", "expected")
BASES: tuple[Basis, ...] = ("declared", "declared", "arrived", "unknown", "expected")


def an_area(name: str, rng: Random) -> Area:
    """Return an area in which anything may be or not be known."""

    def seats() -> Seats | None:
        return rng.choice([None, {}, {code: rng.randint(0, 3) for code in rng.sample(["LAB", "CON", "NOC"], 2)}])

    basis = rng.choice(BASES)
    moment = Moment(at=None if basis == "unknown" else at(rng.randint(0, 3)), basis=basis)
    kept = {field: getattr(AREA, field) for field in Area.__struct_fields__}
    return Area(
        **kept
        | {
            "id": f"council:{name.lower()}",
            "name": name,
            "stage": rng.choice(STAGES),
            "elected": seats(),
            "composition": seats(),
            "change": seats(),
            "before": seats(),
            "control": rng.choice(["LAB", "CON", "NOC", None]),
            "previous": rng.choice(["LAB", "CON", "NOC", "NEW", None]),
            "outcome": rng.choice(OUTCOMES),
            "certain": rng.choice(["LAB", None]),
            "declared": rng.choice([None, moment]),
            "up": rng.choice([None, 0, 4]),
            "total": rng.choice([None, 0, 4]),
        }
    )


def shown(sums: Sums) -> tuple[object, ...]:
    """All that is told of an election's areas."""
    return (
        sums.areas, sums.timed(), sums.rows.tallies(), sums.rows.most(), sums.changes(), sums.certain(), sums.lists,
        sums.declared, sums.partial, sums.time_unknown, sums.seats, sums.up, sums.size, sums.measured, len(sums),
    )  # fmt: skip


@given(moves=st.lists(st.tuples(st.sampled_from(NAMES), st.booleans(), st.integers(0, 10**6)), max_size=8))
def test_areas_that_come_change_and_go_add_up_as_those_that_are_there(moves: list[tuple[str, bool, int]]) -> None:
    kept, there = Sums(), dict[str, tuple[Area, int]]()
    for turn, (name, goes, seed) in enumerate(moves, 1):
        key = (("local", "", ""), ("council", "", name.lower()))
        if goes and there.pop(name, None) is not None:
            kept.take(key)
        else:
            there[name] = (an_area(name, chance(str(seed))), turn)
            kept.put(key, *there[name])
        afresh = Sums()
        for each, (own, when) in sorted(there.items(), reverse=True):
            afresh.put((("local", "", ""), ("council", "", each.lower())), own, when)
        assert shown(kept) == shown(afresh)


def test_an_area_that_stands_as_it_was_moves_nothing() -> None:
    sums, key = Sums(), (("local", "", ""), ("council", "", "adur"))
    sums.put(key, AREA, 1)
    moved = sums.moved
    sums.put(key, AREA, 1)
    assert sums.moved == moved


@given(states=st.lists(st.dictionaries(st.integers(0, 5), st.integers(0, 1)), max_size=6))
def test_what_moved_in_a_table_is_all_that_is_another(states: list[dict[int, int]]) -> None:
    followed, before, objects = Followed[int](), dict[int, object](), [object(), object()]
    for state in states:
        now = {key: objects[which] for key, which in state.items()}
        moved = followed.moved(now)
        assert len(moved) == len(set(moved))
        assert set(moved) == {k for k in now.keys() | before.keys() if now.get(k) is not before.get(k)}
        before = now


def test_a_night_asked_for_after_every_event_is_the_one_asked_for_at_the_end() -> None:
    pairs = (
        arrive("before.csv", 0, baseline("Adur", {"LAB": 1, "CON": 3}, total=4, up=4, control="CON")),
        arrive("adur.xml", 1, result("Adur", {"LAB": 3, "CON": 1}, control="LAB")),
        arrive("bury.xml", 2, result("Bury", {"LAB": 4}, code="E1")),
        arrive("adur.xml", 3, result("Adur", {"LAB": 1, "CON": 3}, control="CON", revision=2)),
        arrive("bury.xml", 4, result("Bury", stage="retracted", code="E1", revision=2)),
    )
    often = count(())
    for number, (event, reading) in enumerate(pairs, 1):
        often.apply(event, reading)
        assert often.night() == night(*pairs[:number])
    assert often.night().last_at == CLOSE + timedelta(minutes=4)
