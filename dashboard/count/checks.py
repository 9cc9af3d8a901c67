"""Figures of one area that do not agree with each other: listed, never mended (RULES 2, 11)."""

from collections.abc import Iterator

from dashboard.count.baseline_checks import against_baselines
from dashboard.count.control import control_of, majority, outcome_of
from dashboard.count.figures import Figures
from dashboard.count.night import Discrepancy, Source
from dashboard.count.standing import sources
from dashboard.count.ward_checks import Poll, contradictions, short
from feeds.plural import many
from feeds.report import NOC, Result, Seats


def discrepancies(figures: Figures) -> tuple[Discrepancy, ...]:
    """Return a sentence for each pair of figures that contradict each other, with the files that they are in."""
    said = figures.said
    found: dict[str, tuple[Source, ...]] = {}
    if texts := list(_of_area(figures)):
        found = dict.fromkeys(texts, sources(said.of_area()))
    if figures.wards:
        for of_ward in (figures.in_wards.overfull(), figures.in_wards.odd(figures.rule), figures.in_wards.reframed()):
            found |= {text: sources(said.of_ward(key)) for key, text in of_ward if text not in found}
    in_all = (*_nominated(figures), *_wards(figures)) if figures.wards or figures.frames else ()
    if texts := [text for text in in_all if text not in found]:
        found |= dict.fromkeys(texts, said.files)
    return tuple([Discrepancy(text=text, files=files) for text, files in found.items()])


def _of_area(figures: Figures) -> Iterator[str]:
    """Yield what contradicts in what is said of the area itself; only what can contradict is looked at."""
    result = figures.result
    if figures.frames or result is not None:
        yield from against_baselines(figures)
    if result is not None and result.control is not None:
        yield from _control(figures)
    if result is not None and result.outcome is not None:
        yield from _outcome(figures)
    yield from _sums(figures)
    if result is not None:
        yield from _parties(figures)
        yield from _poll(figures, result)


def _control(figures: Figures) -> Iterator[str]:
    stated = figures.result.control if figures.result else None
    composition, total = figures.composition, figures.total
    if stated is None or composition is None or not total or figures.kind == "region":
        return
    arithmetic = control_of(composition, total)
    if arithmetic == stated:
        return
    if stated == NOC:
        yield f"stated as no overall control, but {short(arithmetic)} has {composition[arithmetic]} of {total}"
    else:
        held = composition.get(stated, 0)
        yield f"stated as {short(stated)}, which has {held} of {total}; a majority is {majority(total)}"


def _outcome(figures: Figures) -> Iterator[str]:
    result = figures.result
    if result is None or result.outcome is None or figures.control is None:
        return
    previous = next((m.previous for m in figures.measures if m.name == figures.said.own), None)
    found = outcome_of(figures.control, previous)
    if found is not None and found != result.outcome:
        yield f"stated as {result.outcome}, but {figures.control} after {previous} is {found}"


def _sums(figures: Figures) -> Iterator[str]:
    result, total, up = figures.result, figures.total, figures.up
    if up is not None and total is not None and up > total:
        yield f"{many(up, 'seat')} up, more than the {total} of the council"
    if result is not None and result.composition is not None and total is not None:
        seats = sum(result.composition.values()) + (figures.vacant or 0)
        if seats != total:
            yield f"the composition adds up to {seats}, the council has {many(total, 'seat')}"
    if figures.elected is None or up is None:
        return
    filled = sum(figures.elected.values())
    if filled > up:
        yield f"{filled} elected, more than the {up} seats up"
    elif filled + figures.deferred > up:
        yield f"{filled} elected and {figures.deferred} deferred, more than the {up} seats up"
    elif result is not None and result.stage != "partial" and filled + figures.deferred < up:
        yield f"{filled} elected and {figures.deferred} deferred, but {up} seats were up"


def _parties(figures: Figures) -> Iterator[str]:
    """Compare tonight's seats with the composition, party by party."""
    result = figures.result
    if result is None or result.elected is None or result.composition is None or result.stage == "partial":
        return
    for code in sorted(result.elected | result.composition):
        elected, after = result.elected.get(code, 0), result.composition.get(code, 0)
        if elected > after or (elected != after and figures.up == figures.total):
            yield f"{short(code)}: {elected} elected tonight, but {after} on the council afterwards"


def _poll(figures: Figures, result: Result) -> Iterator[str]:
    """Check what is declared of the area itself as one poll; its seats are checked with its others."""
    if figures.said.area is not None and figures.said.area.pending:
        return
    stood = next((b.candidates for b in figures.frames if b.candidates is not None), None)
    unopposed = next((b.unopposed for b in figures.frames if b.unopposed is not None), None)
    if not result.candidates and (result.ballots, result.turnout, stood, unopposed) == (None, None, None, None):
        return
    yield from contradictions(
        Poll(
            seats=figures.up,
            elected=result.elected,
            deferred=figures.deferred,
            candidates=result.candidates,
            electorate=result.electorate,
            ballots=result.ballots,
            turnout=result.turnout,
            stood=stood,
            unopposed=unopposed,
            whole=result.stage == "full",
            plurality=figures.rule.is_by_most_votes(result),
        )
    )


def _nominated(figures: Figures) -> Iterator[str]:
    """Compare the candidates nominated in the area with those in its wards."""
    stood = next((b.candidates for b in figures.frames if b.candidates is not None), None)
    wards = figures.in_wards
    if stood is None or wards.nominated != len(figures.wards) or wards.seats != figures.up:
        return
    if sum(stood.values()) != wards.candidates:
        yield f"{sum(stood.values())} nominated, {wards.candidates} in the wards"


def _wards(figures: Figures) -> Iterator[str]:
    own, known = figures.result.elected if figures.result else None, figures.in_wards
    if figures.up is not None and known.seats > figures.up:
        yield f"the wards have {many(known.seats, 'seat')}, but {figures.up} are up"
    if known.deferred > figures.deferred:
        yield f"{known.deferred} deferred in the wards, {figures.deferred} in all"
    wards = known.elected
    if own is None or wards is None:
        return
    complete = sum(wards.values()) >= sum(own.values())
    differing = [c for c in sorted(own | wards) if _contradicts(own, wards, c, complete)]
    for code in differing:
        yield f"{short(code)}: {own.get(code, 0)} elected by the area's own row, {wards.get(code, 0)} by its wards"


def _contradicts(own: Seats, wards: Seats, code: str, complete: bool) -> bool:
    """Wards that are still coming in contradict the area's row only where they already have more than it."""
    return wards.get(code, 0) > own.get(code, 0) or (complete and wards.get(code, 0) != own.get(code, 0))
