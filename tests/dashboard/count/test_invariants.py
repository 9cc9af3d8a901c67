"""Any figure of a golden night that is changed so that it no longer fits is flagged, and shown as it was stated."""

from collections.abc import Callable, Iterator
from typing import Final

import msgspec
import pytest

from dashboard.count.night import Area
from feeds.report import Baseline, Report, Result
from tests.makers.events import area, arrive, flagged, night
from tests.makers.golden import WARDS, golden_night

CHANGES: Final[dict[str, Callable[[float], float]]] = {
    "+1": lambda n: n + 1,
    "-1": lambda n: n - 1,
    "x10": lambda n: n * 10,
}
NO_FIGURES: Final = {"revision", "round", "line"}
"""Numbers that order reports, not figures of the count."""

SHOWN: Final = ("elected", "composition", "change", "total", "up", "vacant", "electorate", "ballots", "candidates")

NEAR: Final = ("+1", "-1")
AGAIN: Final = "one vote more or less changes neither who is first nor what the ballots allow"
TURNOUT: Final = "one person more or less changes the turnout by less than a tenth of a point"
SIZE: Final = "the council may have had another size before: with all seats up, its wards may be new"
STOOD: Final = "so many may have stood: at least as many as were elected"

HARMLESS: Final[dict[str, str]] = {
    **{f"Ayton, {w} result candidates.{n}.votes {c}": AGAIN for w in WARDS for n in range(6) for c in NEAR},
    **{f"Ayton, {w} result {people} {c}": TURNOUT for w in WARDS for people in ("electorate", "ballots") for c in NEAR},
    **{f"Derwent result candidates.{n}.votes {c}": AGAIN for n in range(3) for c in NEAR},
    **{f"Derwent result {people} {c}": TURNOUT for people in ("electorate", "ballots") for c in NEAR},
    **{f"Bolton baseline candidates.{party} {c}": STOOD for party in ("LAB", "CON") for c in CHANGES},
    "Bolton baseline unopposed.CON +1": "two of the three who were elected may have been unopposed",
    "Bolton baseline unopposed.CON -1": "nobody need be unopposed",
    "Ayton baseline vacant +1": SIZE,
    "Crewe baseline vacant +1": SIZE,
    "Crewe, East baseline deferred -1": "the other deferred seat may be in a ward that nobody names",
}
"""Changes after which everything still fits, each with the reason."""

Path = tuple[str | int, ...]


def figures(value: object, path: Path = ()) -> Iterator[tuple[Path, float]]:
    """Yield every number in a report, with the way to it."""
    if isinstance(value, bool):
        return
    if isinstance(value, int | float):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from figures(inner, (*path, key))
    elif isinstance(value, tuple):
        for place, inner in enumerate(value):
            yield from figures(inner, (*path, place))
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            if name not in NO_FIGURES:
                yield from figures(getattr(value, name), (*path, name))


def changed(value: object, path: Path, number: float) -> object:
    """Return a copy in which the number at the end of the way is another."""
    if not path:
        return number
    key, rest = path[0], path[1:]
    if isinstance(value, dict):
        return {**value, key: changed(value[key], rest, number)}
    if isinstance(value, tuple) and isinstance(key, int):
        return (*value[:key], changed(value[key], rest, number), *value[key + 1 :])
    assert isinstance(value, msgspec.Struct)
    return msgspec.structs.replace(value, **{str(key): changed(getattr(value, str(key)), rest, number)})


def mutants() -> Iterator[tuple[str, int, Report]]:
    """Yield every change of one figure: its name, the place of the report, and the report after it.

    Figures below 0, which no reader lets through, are left out, but for changes.
    """
    for place, report in enumerate(golden_night()):
        if not isinstance(report, Baseline | Result):
            continue
        where = f"{report.area.name}{f', {report.ward}' if report.ward else ''} {type(report).__name__.lower()}"
        for path, before in figures(report):
            for name, change in CHANGES.items():
                after = change(before)
                if after != before and (after >= 0 or path[0] == "change"):
                    mutant = changed(report, path, after)
                    assert isinstance(mutant, Baseline | Result)
                    yield f"{where} {'.'.join(map(str, path))} {name}", place, mutant


MUTANTS: Final = list(mutants())


def after(place: int, mutant: Report) -> Area:
    """Return the area of a golden night's report, once that report is another."""
    reports = golden_night()
    reports[place] = mutant
    assert isinstance(mutant, Baseline | Result)
    return area(night(*(arrive(f"{n}.json", n, r) for n, r in enumerate(reports))), mutant.area.name)


def test_a_golden_night_has_nothing_to_flag() -> None:
    found = night(*(arrive(f"{n}.json", n, r) for n, r in enumerate(golden_night())))
    areas = {a.name: a for e in found.elections for a in e.areas}
    assert {name: a.discrepancies for name, a in areas.items()} == dict.fromkeys(areas, ())
    assert all(a.is_declared for a in areas.values())


@pytest.mark.parametrize(("name", "place", "mutant"), [pytest.param(*m, id=m[0]) for m in MUTANTS])
def test_a_figure_that_breaks_an_invariant_is_flagged_and_one_that_breaks_none_is_not(
    name: str, place: int, mutant: Report
) -> None:
    found = after(place, mutant)
    if name in HARMLESS:
        assert found.discrepancies == (), f"{name} is said to be harmless: {HARMLESS[name]}"
    else:
        assert found.discrepancies, name
        ward = mutant.ward if isinstance(mutant, Result) else None
        assert ward is None or any(ward in text or "wards" in text for text in flagged(found))


@pytest.mark.parametrize(("name", "place", "mutant"), [pytest.param(*m, id=m[0]) for m in MUTANTS])
def test_a_flag_never_hides_a_figure(name: str, place: int, mutant: Report) -> None:
    if not isinstance(mutant, Result):
        return
    found = after(place, mutant)
    if mutant.ward is None:
        shown = {field: getattr(found, field) for field in SHOWN}
        stated = {field: getattr(mutant, field) for field in SHOWN}
        assert {f: v for f, v in shown.items() if stated[f] is not None} == {
            f: v for f, v in stated.items() if v is not None
        }
    else:
        ward = next(w for w in found.wards if w.name == mutant.ward)
        assert (ward.elected, ward.seats, ward.candidates) == (mutant.elected, mutant.up, mutant.candidates)
        assert (ward.electorate, ward.ballots, ward.turnout) == (mutant.electorate, mutant.ballots, mutant.turnout)


def test_only_changes_that_can_be_made_are_said_to_be_harmless() -> None:
    assert set(HARMLESS) <= {name for name, _, _ in MUTANTS}
    assert all(HARMLESS.values())
