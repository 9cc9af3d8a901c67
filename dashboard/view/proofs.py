"""The object of `audit --format json`: sums with their terms, files with every version, publishers' totals."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from dashboard.count.audit import Audit, TotalAudit
from dashboard.count.facts import FigureName, How, Reckoning, Term, TermKind, Value
from dashboard.count.night import FileState, Night, Stage
from dashboard.view.document import Instant, NightRow
from dashboard.view.equations import equation
from dashboard.view.evidence import discrepancy_words
from dashboard.view.problems import totals_sentence
from dashboard.view.tally import tally
from feeds.report import Basis


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the documented objects."""


class TermRow(Record, frozen=True):
    """One number of a sum with its sign: what it is, whose, and where it stands."""

    term: TermKind
    name: str | None
    value: Value
    file: str | None
    line: int | None


class SumRow(Record, frozen=True):
    """How one figure comes about. `check` marks a second way to a figure that stands by the sum before it."""

    figure: FigureName
    party: str | None
    baseline: str | None
    how: How
    value: Value
    shown: Value
    agrees: bool
    check: bool
    words: str
    terms: tuple[TermRow, ...]


class FileRow(Record, frozen=True):
    """One version of a file that speaks of the area: what became of it, when it came and on what basis."""

    file: str
    state: FileState
    reason: str
    revisions: tuple[int, ...]
    at: Instant
    basis: Basis
    digest: str | None
    removed: bool


class AreaProof(Record, frozen=True):
    """The proof of an area's figures, or of one party's in it."""

    election: str
    area: str
    code: str | None
    stage: Stage
    party: str | None
    baseline: str | None
    agrees: bool
    sums: tuple[SumRow, ...]
    files: tuple[FileRow, ...]
    discrepancies: tuple[str, ...]
    totals: tuple[str, ...]


class TotalProof(Record, frozen=True):
    """The proof of a party's figure over a whole election; `areas` have the figure, `without` do not."""

    election: str
    areas: int
    without: tuple[str, ...]
    sum: SumRow
    totals: tuple[str, ...]


class Proofs(Record, frozen=True):
    """The whole object that `audit --format json` prints."""

    night: NightRow
    as_at: Instant
    areas: tuple[AreaProof, ...]
    elections: tuple[TotalProof, ...]


def proofs(night: Night, as_at: datetime, areas: Iterable[Audit], totals: Iterable[TotalAudit]) -> Proofs:
    """Return audits as documented data, with times in the night's zone; `as_at` is the moment they are for."""
    zone = ZoneInfo(night.settings.zone)
    figures = tally(night, as_at)
    return Proofs(
        night=figures.night,
        as_at=figures.as_at,
        areas=tuple(_area(proof, zone) for proof in areas),
        elections=tuple(_total(proof) for proof in totals),
    )


def _area(proof: Audit, zone: ZoneInfo) -> AreaProof:
    return AreaProof(
        election=proof.election,
        area=proof.area.name,
        code=proof.area.code,
        stage=proof.area.stage,
        party=proof.party,
        baseline=proof.baseline,
        agrees=proof.agrees,
        sums=tuple(_sum(r) for r in proof.reckonings),
        files=tuple(
            FileRow(
                file=e.path,
                state=e.state,
                reason=e.reason,
                revisions=tuple(
                    sorted({f.revision for f in proof.files if (f.path, f.digest) == (e.path, e.digest) and f.revision})
                ),
                at=e.at.astimezone(zone).isoformat(),
                basis=e.basis,
                digest=e.digest,
                removed=e.removed,
            )
            for e in proof.versions
        ),
        discrepancies=tuple(map(discrepancy_words, proof.discrepancies)),
        totals=tuple(totals_sentence(c) for c in proof.checks),
    )


def _total(proof: TotalAudit) -> TotalProof:
    return TotalProof(
        election=proof.election,
        areas=proof.areas,
        without=proof.without,
        sum=_sum(proof.reckoning),
        totals=tuple(totals_sentence(c) for c in proof.checks),
    )


def _sum(reckoning: Reckoning) -> SumRow:
    return SumRow(
        figure=reckoning.figure,
        party=reckoning.party,
        baseline=reckoning.baseline,
        how=reckoning.how,
        value=reckoning.value,
        shown=reckoning.shown,
        agrees=reckoning.agrees,
        check=reckoning.check,
        words=equation(reckoning),
        terms=tuple(_term(t) for t in reckoning.terms),
    )


def _term(term: Term) -> TermRow:
    source = term.source
    return TermRow(
        term=term.kind,
        name=term.name,
        value=term.value,
        file=None if source is None else source.path,
        line=None if source is None else source.line,
    )
