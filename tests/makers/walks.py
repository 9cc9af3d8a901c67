"""A made-up night that goes on and back by chance: one election's areas and happenings at one moment after another."""

from collections.abc import Iterator
from itertools import count
from random import Random
from typing import Final, NamedTuple

import msgspec

from dashboard.count.night import Area, Happening
from dashboard.count.prefix import Prefix
from tests.makers.states import area, at, happening, moment

ELECTION: Final = "local"
CODES: Final = ("LAB", "CON", "LD", "GRN", "XYZ")
REGIONS: Final = ("London", "South East", "Wales", "Yorkshire & the Humber", None)
NAMES: Final = ("Adur", "Barnet", "City of Bath", "Bath", "Barking & Dagenham", "Camden", "Enfield", "York")
CODED: Final = {"Barnet": "E09000003", "Camden": "e09000007", "Adur": "E09000003"}


class At(NamedTuple):
    """The areas in their order, and what has happened so far: a view of one list that grows."""

    areas: tuple[Area, ...]
    happenings: Prefix[Happening]


def walk(random: Random, steps: int, fillers: int = 20) -> Iterator[At]:
    """Yield moments of a night: results come, are corrected and taken back, areas come and go, time jumps back."""
    names = (*NAMES, *(f"Town {number:02}" for number in range(fillers)))
    areas = {name: area(name, code=CODED.get(name), region=random.choice(REGIONS)) for name in names}
    told: list[Happening] = []
    turns = count(1)
    past: list[tuple[dict[str, Area], int]] = []
    view: Prefix[Happening] = Prefix(told)
    for _ in range(steps):
        if past and random.random() < 0.15:
            areas, length = random.choice(past)
            areas = dict(areas)
            del told[length:]
            past = [each for each in past if each[1] <= length]
        for name in random.sample(names, random.choice((0, 1, 1, 2, 12))):
            found = _let(random, areas, name)
            if found is not None:
                told.append(happening("declared", turn=next(turns), election=ELECTION, area=found))
        past.append((dict(areas), len(told)))
        view = Prefix(list(told), origin=view.origin)
        yield At(_in_order(areas), view)


def _in_order(areas: dict[str, Area]) -> tuple[Area, ...]:
    return tuple(areas[name] for name in sorted(areas))


def _let(random: Random, areas: dict[str, Area], name: str) -> Area | None:
    """Let something become of an area; return it where that is a declaration."""
    before = areas.get(name)
    chance = random.random()
    if before is None or chance < 0.2:
        where = random.choice(REGIONS)
        areas[name] = area(name, code=CODED.get(name), region=where, expected_at=at(random.randint(0, 7)))
        return None
    if chance < 0.25:
        del areas[name]
        return None
    seats = {code: random.randint(0, 9) for code in random.sample(CODES, 3)}
    areas[name] = after = msgspec.structs.replace(
        before,
        elected=seats,
        composition=seats,
        up=random.choice((None, 9)),
        control=max(seats, key=seats.__getitem__),
        previous=random.choice(CODES),
        outcome=random.choice(("gain", "loss", "hold")),
        turnout=random.choice((None, 40.0, 50.5)),
        stage=random.choice(("declared", "declared", "rush", "partial")),
        source_removed=chance > 0.8,
        declared=moment(random.randint(0, 7)),
    )
    return after if after.is_declared and (not before.is_declared or chance < 0.5) else None
