"""One area as it stands, from everything that is said of it."""

from dashboard.count.checks import discrepancies
from dashboard.count.evidence import Evidence
from dashboard.count.figures import Figures
from dashboard.count.night import Area, Moment
from dashboard.count.standing import turnout_of


def derive(area_id: str, said: Evidence, declared: Moment | None) -> Area:
    """Return the area that this evidence adds up to.

    `declared` is when it was first declared, if it is; it is left out while the area is not. The evidence holds at
    least one saying: an area that nobody mentions does not exist.
    """
    figures = Figures(said)
    result, place, measured = figures.result, said.place, figures.measures[0]
    found, found_sum, paths = figures.certainty()
    expected = [b.expected_at for b in figures.frames if b.expected_at is not None]
    return Area(
        id=area_id,
        name=place.name,
        code=said.code,
        kind=place.kind,
        region=said.region,
        stage=figures.stage,
        revision=said.area.result.revision if said.area else said.wards.revision,
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
        files=said.files,
        source_removed=said.is_removed,
    )
