"""A made-up night that goes on and back by chance: one election's areas and happenings at one moment after another."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import count
from random import Random
from typing import Any, Final, NamedTuple

import msgspec

from dashboard.count.night import Area, Correction, Happening
from dashboard.count.prefix import Prefix
from tests.makers.states import area, at, correction, happening, moment

ELECTION: Final = "local"
CODES: Final = ("LAB", "CON", "LD", "GRN", "XYZ")
REGIONS: Final = ("London", "South East", "Wales", "Yorkshire & the Humber", None)
NAMES: Final = ("Adur", "Barnet", "City of Bath", "Bath", "Barking & Dagenham", "Camden", "Enfield", "York")
CODED: Final = {"Barnet": "E09000003", "Camden": "e09000007", "Adur": "E09000003"}


class At(NamedTuple):
    """The areas in their order, and what has happened so far and was corrected: views of lists that grow."""

    areas: tuple[Area, ...]
    happenings: Prefix[Happening]
    corrections: Sequence[Correction]


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
        for name in random.sample(random.choice((NAMES, names)), random.choice((0, 1, 1, 2, 5))):
            before, found = areas.get(name), _let(random, areas, name)
            if found is None:
                continue
            now = at(2) + timedelta(seconds=len(told))
            facts: dict[str, Any] = {"turn": next(turns), "at": now, "election": ELECTION, "area": found}
            if before is not None and before.is_declared and random.random() < 0.3:
                made = correction(area=name, area_id=found.id, at=now, election=ELECTION)
                told.append(happening("correction", correction=made, **facts))
            told.append(happening("declared", **facts))
        past.append((dict(areas), len(told)))
        view = Prefix(list(told), origin=view.origin)
        yield At(_in_order(areas), view, [each.correction for each in told if each.correction is not None])


def _in_order(areas: dict[str, Area]) -> tuple[Area, ...]:
    return tuple(areas[name] for name in sorted(areas))


def _let(random: Random, areas: dict[str, Area], name: str) -> Area | None:
    """Let something become of an area; return it where that is a declaration."""
    before = areas.get(name)
    chance = random.random()
    if before is None or chance < 0.2:
        where = random.choice(REGIONS)
        certain = random.choice((None, None, "LAB"))
        areas[name] = area(
            name, code=CODED.get(name), region=where, expected_at=at(random.randint(0, 7)), certain=certain
        )
        return None
    if chance < 0.3:
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
        declared=moment(random.randint(0, 7), basis=random.choice(("declared", "declared", "declared", "arrived"))),
    )
    return after if after.is_declared and (not before.is_declared or chance < 0.5) else None
