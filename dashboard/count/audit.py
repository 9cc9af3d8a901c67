"""The proof of a figure: which files say it, what became of every version of them, and the sum (DESIGN, `audit`).

Pure: everything comes from the frozen night and from what its files say of a place (`Witness`).
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol

from dashboard.count.facts import Facts, Reckoning, Sayings, Term, Value, total_of
from dashboard.count.night import (
    Area,
    Correction,
    Discrepancy,
    Election,
    FileEntry,
    Frozen,
    Measure,
    Night,
    PartyTally,
    Source,
    TotalsCheck,
)
from dashboard.count.reckoning import party_reckonings
from dashboard.count.reckoning_area import area_reckonings
from dashboard.count.standing import Saying
from feeds.parties import rank
from feeds.places import folded_place
from feeds.report import NEW, NOC, Totals

TotalFigure = Literal["seats", "change", "areas", "areas_change"]
TOTAL_FIGURES: tuple[TotalFigure, ...] = ("seats", "change", "areas", "areas_change")


class Witnesses(Protocol):
    """Finds what the files say; see `dashboard.count.witness.Witness`."""

    def of(self, election_id: str, area_id: str) -> Sayings:
        """Return everything said of an area by subject."""

    def totals(self, election_id: str) -> Sequence[Saying]:
        """Return the publishers' totals of an election."""


class Audit(Frozen, frozen=True, kw_only=True):
    """The proof of an area's figures, or of one party's in it.

    `reckonings` are the sums; `files` the versions that stand, `versions` every one known of all paths that speak of
    the area; `checks` are the publisher's totals that cover it.
    """

    election: str
    election_id: str
    area: Area
    party: str | None
    baseline: str | None
    reckonings: tuple[Reckoning, ...]
    files: tuple[Source, ...]
    versions: tuple[FileEntry, ...]
    corrections: tuple[Correction, ...]
    discrepancies: tuple[Discrepancy, ...]
    checks: tuple[TotalsCheck, ...]

    @property
    def agrees(self) -> bool:
        """Whether every sum gives what the night shows; second ways to a stated figure may differ."""
        return all(r.agrees for r in self.reckonings if not r.check)


class TotalAudit(Frozen, frozen=True, kw_only=True):
    """The proof of a figure over a whole election: a term for each area (or ward) that has one.

    `areas` have the figure, `without` are the names of those that do not (yet).
    """

    election: str
    election_id: str
    party: str
    baseline: str | None
    reckoning: Reckoning
    areas: int
    without: tuple[str, ...]
    checks: tuple[TotalsCheck, ...]


def audit(
    night: Night,
    election_id: str,
    area_id: str,
    party: str | None = None,
    *,
    witness: Witnesses | None = None,
    entries: Iterable[FileEntry] = (),
) -> Audit:
    """Return the proof of an area's figures: of all parties, or of one.

    Without a witness the sums rest on the night's own figures alone. Raises LookupError where there is no such area.
    """
    election = night.election(election_id)
    area = election.area(area_id) if election is not None else None
    if election is None or area is None:
        raise LookupError(f"no area {area_id} in {election_id}")
    said = witness.of(election_id, area_id) if witness is not None else {}
    facts = _facts(night, election, area, said)
    codes = (party,) if party is not None else parties_of(area)
    reckonings = [r for code in codes for r in party_reckonings(facts[0], code)] + list(area_reckonings(facts[0]))
    for other in facts[1:]:
        reckonings += _against_another(other, codes)
    paths = {f.path for f in area.files} | {s.path for sayings in said.values() for s in sayings}
    return Audit(
        election=election.name,
        election_id=election_id,
        area=area,
        party=party,
        baseline=facts[0].measure.name or election.baseline,
        reckonings=tuple(reckonings),
        files=area.files,
        versions=tuple(e for e in entries if e.path in paths),
        corrections=tuple(c for c in night.corrections if (c.election, c.area_id) == (election_id, area_id)),
        discrepancies=area.discrepancies,
        checks=covering(election, area, witness.totals(election_id) if witness is not None else ()),
    )


def parties_of(area: Area) -> list[str]:
    """Return every party with a figure in the area, in register order."""
    held = (area.elected, area.composition, area.before, area.change)
    named = {code for seats in held for code in seats or {}} | {p.party for p in area.paths}
    return sorted(named | {c.party for c in area.candidates}, key=rank)


def _facts(night: Night, election: Election, area: Area, said: Sayings) -> list[Facts]:
    """Return what the area rests on, by each baseline that is known of it, the one in use first."""
    measures = list(area.measures or ())
    if not measures:
        measures = [
            Measure(
                name=None, before=area.before, before_total=area.before_total, previous=area.previous,
                outcome=area.outcome, change=area.change,
            )
        ]  # fmt: skip
    own = night.baselines[0] if night.baselines else election.baseline
    return [Facts(area, said, measure, own) for measure in measures]


def _against_another(facts: Facts, codes: Iterable[str]) -> Iterator[Reckoning]:
    """Yield only what depends on the baseline."""
    for code in codes:
        yield from (r for r in party_reckonings(facts, code) if r.figure in {"before", "change"})
    yield from (r for r in area_reckonings(facts) if r.figure in {"previous", "outcome"})


def covering(election: Election, area: Area, totals: Iterable[Saying]) -> tuple[TotalsCheck, ...]:
    """Return the publisher's totals that count the area in."""
    paths = {s.path for s in totals if isinstance(s.report, Totals) and _counts_in(s.report, area)}
    return tuple(check for check in election.totals_checks if check.path in paths)


def _counts_in(totals: Totals, area: Area) -> bool:
    name = folded_place(area.name)
    return any(
        p.kind == area.kind and ((p.code == area.code) if p.code and area.code else folded_place(p.name) == name)
        for p in totals.areas
    )


def audit_total(
    night: Night, election_id: str, party: str, figure: TotalFigure, *, witness: Witnesses | None = None
) -> TotalAudit:
    """Return the proof of a party's figure over a whole election, area by area.

    Raises LookupError where there is no such election.
    """
    election = night.election(election_id)
    if election is None:
        raise LookupError(f"no election {election_id}")
    row = next((r for r in election.parties if r.party == party), None)
    terms: list[Term] = []
    have, without = 0, []
    for area in election.areas:
        own = _area_terms(area, party, figure, witness.of(election_id, area.id) if witness is not None else {})
        if own is None:
            without.append(area.name)
        else:
            have += 1
            terms += own
    known = figure != "change" or (have > 0 and party != NOC and _is_measured(election, party))
    value = total_of(terms) if known else None
    return TotalAudit(
        election=election.name,
        election_id=election_id,
        party=party,
        baseline=election.baseline,
        reckoning=Reckoning(
            figure=figure,
            party=party,
            how="sum" if known else "unknown",
            terms=tuple(terms) if known else (),
            value=value,
            shown=_shown(row, figure, known),
            baseline=election.baseline if figure in {"change", "areas_change"} else None,
        ),
        areas=have,
        without=tuple(without),
        checks=tuple(c for c in election.totals_checks if c.agrees is not None),
    )


def _is_measured(election: Election, party: str) -> bool:
    """Whether a party's change is known anywhere: not where every baseline counts it among the others."""
    areas = [a for a in election.areas if a.is_declared and a.change is not None]
    return any(party in (a.change or {}) for a in areas) or all(party not in (a.composition or {}) for a in areas)


def _shown(row: PartyTally | None, figure: TotalFigure, known: bool) -> Value:
    if row is None:
        return 0 if known else None
    return {"seats": row.seats, "change": row.change, "areas": row.areas, "areas_change": row.areas_change}[figure]


def _area_terms(area: Area, party: str, figure: TotalFigure, said: Sayings) -> list[Term] | None:
    """Return what an area adds, with its file; None where it has no such figure, or not yet."""
    if figure == "seats":
        return _seat_terms(area, party, said)
    if not area.is_declared:
        return None
    if figure == "change":
        number = None if area.change is None else area.change.get(party, 0)
    elif area.control is None:
        number = None
    elif figure == "areas":
        number = int(area.control == party)
    else:
        number = None if area.previous in {None, NEW} else int(area.control == party) - int(area.previous == party)
    return None if number is None else [Term(kind="area", value=number, name=area.name, source=_source(area, said))]


def _seat_terms(area: Area, party: str, said: Sayings) -> list[Term] | None:
    if area.elected is None:
        return None
    facts = Facts(area, said, _NO_MEASURE, None)
    wards = facts.ward_terms(party)
    if (facts.result is not None and facts.result.elected is not None) or not wards:
        number = area.elected.get(party, 0)
        return [Term(kind="area", value=number, name=area.name, source=_source(area, said))]
    return [Term(kind="ward", value=t.value, name=f"{area.name}, {t.name}", source=t.source) for t in wards]


_NO_MEASURE = Measure(name=None, before=None, before_total=None, previous=None, outcome=None, change=None)


def _source(area: Area, said: Sayings) -> Source | None:
    """Return the file of an area's own result, else the last that speaks of it."""
    own = Facts(area, said, _NO_MEASURE, None).result_source
    return own if own is not None else next(reversed(area.files), None)
