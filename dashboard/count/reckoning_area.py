"""How the figures of one area that are no party's come about: seats, control, outcome, turnout, what is certain."""

from collections.abc import Iterator

from dashboard.count.control import control_of, majority, outcome_of
from dashboard.count.facts import (
    Facts,
    FigureName,
    Reckoning,
    Term,
    TermKind,
    Value,
    as_stated,
    measured,
    summed,
    unknown,
)
from dashboard.count.night import SINGLE
from feeds.report import Seats


def area_reckonings(facts: Facts) -> Iterator[Reckoning]:
    """Yield how the figures that are not a party's come about: seats, control, outcome, turnout, what is certain."""
    yield from _counts(facts)
    if facts.area.kind != "region":
        yield from _control(facts)
        yield _previous(facts)
        yield from _outcome(facts)
    yield from _certain(facts)
    yield _turnout(facts)
    yield from _lead(facts)


def _counts(facts: Facts) -> Iterator[Reckoning]:
    area = facts.area
    figures: tuple[tuple[FigureName, int | None], ...] = (
        ("total", area.total), ("up", area.up), ("deferred", area.deferred or None), ("vacant", area.vacant),
    )  # fmt: skip
    for figure, shown in figures:
        if shown is not None:
            yield _count(facts, figure, shown)
    if area.undeclared and area.up is not None:
        won = sum((area.elected or {}).values())
        terms = (
            Term(kind="up", value=area.up),
            Term(kind="deferred", value=-area.deferred),
            Term(kind="elected", value=-won),
        )
        yield summed("undeclared", None, terms, area.undeclared)


def _count(facts: Facts, figure: FigureName, shown: int) -> Reckoning:
    reports = [(facts.result, facts.result_source), *facts.baselines]
    for report, source in reports:
        number = getattr(report, figure, None) if report is not None else None
        if isinstance(number, int):
            return as_stated(figure, None, (Term(kind="stated", value=number, source=source),), shown)
    result = facts.result
    seats = result.composition if result and figure == "total" else result.elected if result else None
    if figure in {"total", "up"} and seats:
        terms = tuple(
            Term(kind="after" if figure == "total" else "elected", value=n, name=c, source=facts.result_source)
            for c, n in seats.items()
        )
        return summed(figure, None, terms, shown)
    return as_stated(figure, None, (), shown)


def _control(facts: Facts) -> Iterator[Reckoning]:
    area = facts.area
    if area.control is None:
        yield unknown("control", None)
        return
    stated = facts.result.control if facts.result else None
    if stated is not None:
        yield as_stated("control", None, (Term(kind="stated", value=stated, source=facts.result_source),), area.control)
    if area.composition is not None and area.total:
        yield _majority("control", area.composition, area.total, "after", area.control, check=stated is not None)
    elif stated is None:
        yield as_stated("control", None, (), area.control)


def _majority(
    figure: FigureName, seats: Seats, total: int, kind: TermKind, shown: Value, *, check: bool = False
) -> Reckoning:
    held = {c: n for c, n in seats.items() if c != "VAC"}
    largest = max(held, key=lambda c: held[c], default=None)
    terms = (
        *([Term(kind=kind, value=held[largest], name=largest)] if largest else []),
        Term(kind="majority", value=majority(total)),
        Term(kind="total", value=total),
    )
    return Reckoning(
        figure=figure, party=None, how="majority", terms=terms, value=control_of(seats, total), shown=shown, check=check
    )


def _previous(facts: Facts) -> Reckoning:
    measure = facts.measure
    if measure.previous is None:
        return measured(unknown("previous", None), measure)
    result = facts.result if facts.states_change else None
    if result is not None and result.previous is not None:
        terms: tuple[Term, ...] = (Term(kind="stated", value=result.previous, source=facts.result_source),)
        return measured(as_stated("previous", None, terms, measure.previous), measure)
    found = facts.against()
    if found is not None and found[0].control is not None:
        terms = (Term(kind="stated", value=found[0].control, source=found[1]),)
        return measured(as_stated("previous", None, terms, measure.previous), measure)
    if measure.before and measure.before_total:
        return measured(
            _majority("previous", measure.before, measure.before_total, "before", measure.previous), measure
        )
    return measured(as_stated("previous", None, (), measure.previous), measure)


def _outcome(facts: Facts) -> Iterator[Reckoning]:
    area, measure = facts.area, facts.measure
    if measure.outcome is None:
        yield measured(unknown("outcome", None), measure)
        return
    terms = (Term(kind="control", value=area.control), Term(kind="previous", value=measure.previous))
    found = outcome_of(area.control, measure.previous) if area.control is not None else None
    stated = facts.result.outcome if facts.result and facts.states_change else None
    if stated is not None:
        own = (Term(kind="stated", value=stated, source=facts.result_source),)
        yield measured(as_stated("outcome", None, own, measure.outcome), measure)
    if stated is None or found is not None:
        yield measured(
            Reckoning(
                figure="outcome", party=None, how="comparison", terms=terms, value=found, shown=measure.outcome,
                check=stated is not None,
            ),
            measure,
        )  # fmt: skip


def _certain(facts: Facts) -> Iterator[Reckoning]:
    area = facts.area
    if area.certain is None or not area.total:
        return
    won = (area.elected or {}).get(area.certain, 0)
    terms = (
        *facts.continuing(area.certain),
        Term(kind="elected", value=won, name=area.certain),
        Term(kind="majority", value=majority(area.total)),
    )
    yield Reckoning(
        figure="certain", party=None, how="majority", terms=terms, value=area.certain, shown=area.certain,
        note=area.certain_sum,
    )  # fmt: skip


def _turnout(facts: Facts) -> Reckoning:
    area = facts.area
    if area.turnout is None:
        return unknown("turnout", None)
    source = facts.result_source
    stated = facts.result.turnout if facts.result else None
    if stated is None and area.ballots is not None and area.electorate:
        terms = (
            Term(kind="ballots", value=area.ballots, source=source),
            Term(kind="electorate", value=area.electorate, source=source),
        )
        share = round(100 * area.ballots / area.electorate, 2)
        return Reckoning(figure="turnout", party=None, how="share", terms=terms, value=share, shown=area.turnout)
    given = () if stated is None else (Term(kind="stated", value=stated, source=source),)
    return as_stated("turnout", None, given, area.turnout)


def _lead(facts: Facts) -> Iterator[Reckoning]:
    """Yield the winner's majority in votes, of an area with one seat."""
    area, source = facts.area, facts.result_source
    winner = next((c for c in area.candidates if c.elected and c.votes is not None), None)
    others = [c for c in area.candidates if not c.elected and c.votes is not None]
    if area.kind not in SINGLE or winner is None or not others:
        return
    second = max(others, key=lambda c: c.votes or 0)
    terms = (
        Term(kind="candidate", value=winner.votes, name=winner.name or winner.party, source=source),
        Term(kind="candidate", value=-(second.votes or 0), name=second.name or second.party, source=source),
    )
    yield summed("lead", None, terms, (winner.votes or 0) - (second.votes or 0))
