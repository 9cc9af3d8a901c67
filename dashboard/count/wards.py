"""The wards of one area, each made once of what stands of it and kept until something else stands."""

from typing import NamedTuple

from dashboard.count.evidence import Evidence, moment, stage_of, turnout_of
from dashboard.count.night import Ward
from dashboard.count.standing import Standing
from feeds.report import Baseline


class Known(NamedTuple):
    """A ward, and what it was made of: the result that stands, what was said beforehand.

    `deferred` are its seats that are not filled tonight, by the result, else beforehand. `odd` are its figures that
    contradict each other, in sentences, by whether those with the most votes win; they are filled in by the checks.
    """

    found: Standing | None
    before: Baseline | None
    ward: Ward
    deferred: int
    odd: dict[bool, tuple[str, ...]]


Wards = dict[str, Known]
"""The wards of an area by folded name."""


def wards_of(said: Evidence, known: Wards) -> Wards:
    """Return the wards that anything is said about, by name; taken from those that are known where they are the same.

    What is made is kept in `known`.
    """
    found: Wards = {}
    for key in sorted(said.wards.keys() | said.ward_baselines.keys()):
        result, before = said.wards.get(key), said.ward_baselines.get(key)
        ward = known.get(key)
        if ward is None or ward.found is not result or ward.before is not before:
            ward = known[key] = _known(key, result, before)
        found[key] = ward
    return found


def _known(key: str, found: Standing | None, before: Baseline | None) -> Known:
    name = (found.result.ward if found else before.ward if before else None) or key
    ward = _ward_of(name, found, before)
    stated = before if ward.elected is None or found is None else found.result
    return Known(found, before, ward, (stated.deferred or 0) if stated is not None else 0, {})


def _ward_of(name: str, found: Standing | None, baseline: Baseline | None) -> Ward:
    result = found.result if found else None
    up = (result.up if result else None) or (baseline.up if baseline else None)
    if result is None or found is None or result.stage == "retracted":
        return Ward(
            name=name, seats=up, elected=None, candidates=(), electorate=None, turnout=None, ballots=None,
            stage="expected", declared=None, revision=result.revision if result else 0,
        )  # fmt: skip
    elected = result.elected
    if up is None and elected is not None and result.stage == "full":
        up = sum(elected.values()) + (result.deferred or 0)
    return Ward(
        name=name,
        seats=up,
        elected=elected,
        candidates=() if found.pending else result.candidates,
        electorate=result.electorate,
        turnout=turnout_of(result),
        ballots=result.ballots,
        stage=stage_of(found),
        declared=moment(found.saying),
        revision=result.revision,
    )
