"""Certain control agrees with the brute force: a sample of what `python -m tests.oracles.certain` compares."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.count.control import ANYBODY, Ballot, Count, certain
from feeds.report import NOC
from tests.makers.events import area, arrive, night
from tests.oracles import told
from tests.oracles.certain import WRONG, chunk, truth
from tests.oracles.told_ends import ends
from tests.oracles.worlds import Council, Ward, ends_of, worlds

PARTIES = ("LAB", "CON", "LD")


def test_a_call_is_certain_just_where_every_end_of_the_count_has_it() -> None:
    seen, wrong = chunk(1, 0, 2_000)
    assert wrong == []
    assert {what: seen[what] for what in WRONG} == dict.fromkeys(WRONG, 0)
    assert min(seen["certain NOC"], seen["certain for a party"], seen["open"]) > 200


def test_the_count_calls_what_is_certain_just_where_every_end_that_fits_the_reports_has_it() -> None:
    kinds: Counter[str] = Counter()
    for number in range(600):
        kinds[check_told(2, number)] += 1
    assert min(kinds["NOC"], kinds["party"], kinds["open"]) > 50


def check_told(seed: int, number: int) -> str:
    """Compare what the count calls certain of one made-up council with every end; return the kind of call."""
    made = told.council(seed, number)
    found = area(night(arrive("n", 1, *told.reports(made))), told.NAME)
    if found.is_declared:
        return "declared"
    codes = (*made.codes, ANYBODY)
    every = ends(made)
    call, paths = truth(every, codes)
    assert found.certain == call, f"council {number}: {found.certain_sum}"
    assert {p.party for p in found.paths} <= paths, f"council {number}"
    for path in found.paths:
        assert (path.least, path.most) == every.seats[codes.index(path.party)], f"council {number}, {path.party}"
    if call is not None and not told_too_little(made):
        assert call == control_in_the_end(made), f"council {number}"
    return "open" if call is None else "NOC" if call == NOC else "party"


def told_too_little(made: told.Council) -> bool:
    """Return whether a deferred seat is not told, so that the count must take it for one like the others."""
    return not made.deferred_told and any(w.deferred and not w.deferred_told for w in made.wards)


def control_in_the_end(made: told.Council) -> str:
    """Return who controls the council when all of it is declared."""
    seats = told.add([made.continuing, *(w.winners for w in made.wards)])
    return next((c for c, n in zip(made.codes, seats, strict=True) if Fraction(n, made.total) > Fraction(1, 2)), NOC)


@st.composite
def councils(draw: st.DrawFn) -> Council:
    wards = []
    for _ in range(draw(st.integers(0, 3))):
        seats = draw(st.integers(0, 3))
        candidates = draw(st.none() | st.tuples(*[st.integers(0, 4)] * 3))
        wards.append(Ward(seats, None if candidates is None else (*candidates, 0)))
    held = (*draw(st.tuples(*[st.integers(0, 6)] * 3)), 0)
    deferred = draw(st.integers(0, 3))
    out = sum(w.seats for w in wards)
    loose = draw(st.integers(0, min(deferred, out)))
    total = sum(held) + out + deferred - loose + draw(st.integers(0, 2))
    return Council(total=max(1, total), held=held, wards=tuple(wards), deferred=deferred, loose=loose)


@settings(max_examples=150, deadline=None)
@given(councils())
def test_least_and_most_are_what_the_ends_of_the_count_have(made: Council) -> None:
    counted = Count(
        total=made.total,
        continuing=dict(zip(PARTIES, made.held, strict=False)),
        won={},
        ballots=[
            Ballot(
                seats=w.seats,
                candidates=None if w.candidates is None else dict(zip(PARTIES, w.candidates, strict=False)),
            )
            for w in made.wards
        ],
        deferred=made.deferred,
        loose=made.loose,
    )
    every = ends_of(made.total, 4, worlds(made))
    call, _ = truth(every, (*PARTIES, ANYBODY))
    assert certain(counted)[0] == call
    for code, bounds in zip((*PARTIES, ANYBODY), every.seats, strict=True):
        assert (counted.path(code).least, counted.path(code).most) == bounds


def test_the_oracle_knows_a_hand_made_council() -> None:
    """Three seats, for which the second party has one candidate: the first cannot have fewer than two of them."""
    made = Council(total=5, held=(1, 1, 0), wards=(Ward(3, (3, 1, 0)),))
    found = ends_of(5, 3, worlds(made))
    assert (found.controls, found.seats) == (frozenset({0}), ((3, 4), (1, 2), (0, 0)))


def test_two_majorities_cannot_be() -> None:
    with pytest.raises(ValueError, match="two majorities"):
        ends_of(1, 2, [1 | 1 << 7])
