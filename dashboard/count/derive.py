"""One area as it stands, from everything that is said of it."""

from dashboard.count.checks import discrepancies
from dashboard.count.control import outcome_of
from dashboard.count.evidence import Evidence, Sayings, turnout_of
from dashboard.count.figures import Figures
from dashboard.count.night import Area, Moment, Source
from dashboard.count.standing import Saying
from feeds.report import NEW, Baseline, Result


def derive(area_id: str, sayings: Sayings, declared: Moment | None, removed: bool = False) -> Area:
    """Return the area that these sayings add up to.

    `declared` is when it was first declared, if it is; it is left out while the area is not. At least one saying is
    needed: an area that nobody mentions does not exist.
    """
    said = Evidence(sayings)
    figures = Figures(said)
    result, places = figures.result, said.places()
    found, found_sum, paths = figures.certainty()
    control, previous = figures.control, figures.previous
    outcome = result.outcome if result else None
    if control is not None and outcome is None:
        outcome = outcome_of(control, previous)
    return Area(
        id=area_id,
        name=places[0].name,
        code=next((p.code for p in places if p.code), None),
        kind=places[0].kind,
        region=next((p.region for p in places if p.region), None),
        stage=figures.stage,
        revision=said.area.result.revision if said.area else max((w.revision for w in figures.wards), default=None),
        total=figures.total,
        up=figures.up,
        undeclared=figures.undeclared(),
        deferred=figures.deferred,
        vacant=figures.vacant,
        elected=figures.elected,
        composition=figures.composition,
        before=None if previous == NEW else figures.before,
        before_total=None if previous == NEW else figures.before_total,
        change=figures.change(),
        control=control,
        previous=previous,
        outcome=outcome if figures.declared else None,
        certain=found,
        certain_sum=found_sum,
        paths=paths,
        declared=declared if figures.declared else None,
        expected_at=figures.baseline.expected_at if figures.baseline else None,
        wards=figures.wards,
        candidates=result.candidates if result and said.area and not said.area.pending else (),
        electorate=result.electorate if result else None,
        ballots=result.ballots if result else None,
        turnout=turnout_of(result) if result else None,
        discrepancies=discrepancies(figures),
        files=tuple(_source(s) for s in sorted(said.sources, key=lambda s: (s.turn, s.path))),
        source_removed=removed or any(s.removed for s in said.sources),
    )


def _source(saying: Saying) -> Source:
    report = saying.report
    line = report.line if isinstance(report, Baseline | Result) else None
    return Source(
        path=saying.path,
        digest=saying.digest,
        revision=report.revision if isinstance(report, Result) else 0,
        at=saying.at,
        basis=saying.basis,
        line=line,
        removed=saying.removed,
    )
