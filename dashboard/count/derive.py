"""One area as it stands, from everything that is said of it."""

from dashboard.count.checks import discrepancies
from dashboard.count.evidence import Evidence, turnout_of
from dashboard.count.figures import Figures
from dashboard.count.night import Area, Moment
from dashboard.count.standing import sources
from dashboard.count.wards import Wards


def derive(area_id: str, said: Evidence, declared: Moment | None, known: Wards | None = None) -> Area:
    """Return the area that this evidence adds up to.

    `declared` is when it was first declared, if it is; it is left out while the area is not. The evidence holds at
    least one saying: an area that nobody mentions does not exist. `known` are the wards that were made of the area
    before, and is given those that are made now.
    """
    figures = Figures(said, {} if known is None else known)
    result, places, measured = figures.result, said.places, figures.measures[0]
    found, found_sum, paths = figures.certainty()
    codes, regions = [p.code for p in places if p.code], [p.region for p in places if p.region]
    expected = [b.expected_at for b in figures.frames if b.expected_at is not None]
    return Area(
        id=area_id,
        name=places[0].name,
        code=codes[0] if codes else None,
        kind=places[0].kind,
        region=regions[0] if regions else None,
        stage=figures.stage,
        revision=said.area.result.revision if said.area else max([w.revision for w in figures.wards], default=None),
        total=figures.total,
        up=figures.up,
        undeclared=figures.undeclared(),
        deferred=figures.deferred,
        vacant=figures.vacant,
        elected=figures.elected,
        composition=figures.composition,
        before=measured.before,
        before_total=measured.before_total,
        change=measured.change,
        control=figures.control,
        previous=measured.previous,
        outcome=measured.outcome,
        measures=figures.measures,
        certain=found,
        certain_sum=found_sum,
        paths=paths,
        declared=declared if figures.declared else None,
        expected_at=expected[0] if expected else None,
        wards=figures.wards,
        candidates=result.candidates if result and said.area and not said.area.pending else (),
        electorate=result.electorate if result else None,
        ballots=result.ballots if result else None,
        turnout=turnout_of(result) if result else None,
        discrepancies=discrepancies(figures),
        files=sources(said.sources),
        source_removed=any(s.removed for s in said.sources),
    )
