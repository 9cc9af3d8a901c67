"""How a party's figures in one area come about, worked out afresh from what the files say."""

from collections.abc import Iterator

from dashboard.count.control import majority
from dashboard.count.facts import Facts, Reckoning, Term, as_stated, measured, summed, total_of, unknown
from dashboard.count.night import SINGLE, Source
from feeds.report import NEW, Seats

OTHERS = "OTH"


def party_reckonings(facts: Facts, code: str) -> Iterator[Reckoning]:
    """Yield how each of a party's figures in the area comes about."""
    yield from _elected(facts, code)
    if facts.area.kind in SINGLE:
        yield from _votes(facts, code)
    yield from _composition(facts, code)
    yield _before(facts, code)
    yield from _change(facts, code)
    yield from _needs(facts, code)


def _elected(facts: Facts, code: str) -> Iterator[Reckoning]:
    area = facts.area
    if area.elected is None:
        yield unknown("elected", code)
        return
    shown = area.elected.get(code, 0)
    stated = facts.stated(facts.result.elected if facts.result else None, code, facts.result_source)
    wards = facts.ward_terms(code)
    if wards and not stated:
        yield summed("elected", code, wards, shown)
        return
    yield as_stated("elected", code, stated, shown)
    if wards and facts.wards_complete:
        yield summed("elected", code, wards, shown, check=True)


def _composition(facts: Facts, code: str) -> Iterator[Reckoning]:
    area = facts.area
    if area.composition is None:
        yield unknown("composition", code)
        return
    shown = area.composition.get(code, 0)
    stated = facts.stated(facts.result.composition if facts.result else None, code, facts.result_source)
    won = (Term(kind="elected", value=area.elected.get(code, 0), name=code),) if area.elected is not None else ()
    continuing = facts.continuing(code)
    both = won + continuing if won and (continuing or area.kind in SINGLE) else ()
    if both and not stated:
        yield summed("composition", code, both, shown)
        return
    yield as_stated("composition", code, stated, shown)
    if both:
        yield summed("composition", code, both, shown, check=True)


def _before(facts: Facts, code: str) -> Reckoning:
    area, measure = facts.area, facts.measure
    if measure.before is None:
        return measured(unknown("before", code, _why(facts)), measure)
    shown = measure.before.get(code, 0)
    result = facts.result if facts.states_change else None
    if result is not None and result.change is not None and area.composition is not None:
        terms: tuple[Term, ...] = (
            Term(kind="after", value=area.composition.get(code, 0), name=code),
            Term(kind="stated-change", value=-result.change.get(code, 0), name=code, source=facts.result_source),
        )
        return measured(summed("before", code, terms, shown), measure)
    if result is not None and area.kind in SINGLE and result.previous not in {None, NEW}:
        held = int(result.previous == code)
        terms = (Term(kind="holder", value=held, name=result.previous, source=facts.result_source),)
        return measured(as_stated("before", code, terms, shown), measure)
    found = facts.against()
    stated = facts.stated(found[0].held, code, found[1]) if found else ()
    return measured(as_stated("before", code, stated, shown), measure)


def _change(facts: Facts, code: str) -> Iterator[Reckoning]:
    measure, result = facts.measure, facts.result
    if measure.change is None or (code not in measure.change and _lumped(facts, code)):
        yield measured(unknown("change", code, _why(facts)), measure)
        return
    shown = measure.change.get(code, 0)
    found = facts.against()
    if facts.states_change and result is not None and result.change is not None:
        yield measured(
            as_stated("change", code, facts.stated(result.change, code, facts.result_source), shown), measure
        )
        if found and found[0].held is not None:
            terms = _difference(facts, code, found[0].held, found[1])
            yield measured(summed("change", code, terms, shown, check=True), measure)
        return
    if measure.before is None:
        yield measured(as_stated("change", code, (), shown), measure)
        return
    before = measure.before
    yield measured(
        summed("change", code, _difference(facts, code, before, found[1] if found else None), shown), measure
    )


def _why(facts: Facts) -> str | None:
    """Return why there is nothing before, where that is known."""
    if facts.measure.previous == NEW:
        return f"a new {facts.area.kind}"
    return None if facts.area.is_declared or facts.measure.before is None else "not declared"


def _lumped(facts: Facts, code: str) -> bool:
    """Whether the baseline counts the party among others, so that its own change is not known."""
    before = facts.measure.before or {}
    return bool(before.get(OTHERS)) and code not in before and code != OTHERS


def _difference(facts: Facts, code: str, before: Seats, source: Source | None) -> tuple[Term, ...]:
    after = facts.area.composition or {}
    codes = [code]
    if code == OTHERS and before.get(OTHERS):
        codes += [c for c in sorted(after) if c not in before and c != OTHERS]
    return (
        *(Term(kind="after", value=after.get(c, 0), name=c) for c in codes),
        Term(kind="before", value=-before.get(code, 0), name=code, source=source),
    )


def _votes(facts: Facts, code: str) -> Iterator[Reckoning]:
    shown = [c for c in facts.area.candidates if c.party == code]
    said = facts.result.candidates if facts.result is not None else facts.area.candidates
    mine = [c for c in said if c.party == code]
    if shown and all(c.votes is not None for c in (*shown, *mine)):
        source = facts.result_source
        terms = tuple(Term(kind="candidate", value=c.votes, name=c.name or code, source=source) for c in mine)
        yield summed("votes", code, terms, sum(c.votes or 0 for c in shown))


def _needs(facts: Facts, code: str) -> Iterator[Reckoning]:
    area = facts.area
    path = next((p for p in area.paths if p.party == code), None)
    if path is None or not area.total:
        return
    won = (area.elected or {}).get(code, 0)
    terms = [Term(kind="majority", value=majority(area.total))]
    terms += [
        Term(kind=t.kind, value=-t.value, name=code, source=t.source)
        for t in facts.continuing(code)
        if isinstance(t.value, int)
    ]
    terms.append(Term(kind="elected", value=-won, name=code))
    terms += _unopposed(facts, code, total_of(terms) - path.needs)
    yield Reckoning(
        figure="needs", party=code, how="sum", terms=tuple(terms), value=max(0, total_of(terms)), shown=path.needs
    )


def _unopposed(facts: Facts, code: str, most: int) -> Iterator[Term]:
    """Yield the party's unopposed returns, as many as are not declared yet."""
    for seats, source in facts.unopposed:
        number = min(most, seats.get(code, 0))
        if number > 0:
            most -= number
            yield Term(kind="unopposed", value=-number, name=code, source=source)
