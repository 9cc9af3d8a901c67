"""A sum in words: `35 elected + 0 continuing`, `Lab 35, a majority of 58 is 30`, `stated by results/x.csv, line 2`."""

from collections.abc import Sequence
from typing import Final

from dashboard.count.facts import FigureName, Reckoning, Term, TermKind, Value
from dashboard.count.night import Source
from dashboard.view.wards import percent
from dashboard.view.words import UNKNOWN, grouped, party_short, signed

FIGURES: Final[dict[FigureName, str]] = {
    "areas_change": "± areas",
    "lead": "majority",
    "total": "seats",
    "up": "seats up",
    "needs": "still needs",
    "previous": "control before",
}
"""What figures are called that do not go by their own name."""

_TERMS: Final[dict[TermKind, str]] = {
    "elected": "elected",
    "continuing": "continuing",
    "all-up": "continuing (all seats are up)",
    "unopposed": "unopposed",
    "after": "after",
    "before": "before",
    "stated-change": "of stated change",
    "majority": "for a majority",
    "up": "up",
    "deferred": "deferred",
    "ballots": "ballots",
    "electorate": "electors",
}
_PLACES: Final = frozenset({"ward", "area"})
_NAMED: Final = _PLACES | {"candidate"}
"""Terms that are told by their name."""

_SIGNED: Final = frozenset({"change", "areas_change"})


def figure_words(figure: FigureName) -> str:
    """Return what a figure is called."""
    return FIGURES.get(figure, figure)


def value_words(figure: FigureName, value: Value) -> str:
    """Return a figure's value as it is shown: `1,021`, `+9`, `38.2 %`, `LAB`; `–` where it is not known."""
    if value is None or isinstance(value, str):
        return "stays NOC" if value == "stays-noc" else value or UNKNOWN
    if isinstance(value, float):
        return percent(value)
    return signed(value) if figure in _SIGNED else grouped(value)


def source_words(source: Source | None) -> str:
    """Return where a term is from: `results/wandsworth.csv, line 2`; empty where no file is known."""
    if source is None:
        return ""
    line = "" if source.line is None else f", line {source.line}"
    revision = f", revision {source.revision}" if source.revision > 1 else ""
    return f"{source.path}{line}{revision}{', removed' if source.removed else ''}"


def files_words(terms: Sequence[Term]) -> str:
    """Return the files of the terms, each once; of more than two places their file, or the number of their files."""
    paths = list(dict.fromkeys(words for t in terms if (words := source_words(t.source))))
    if len(paths) > 2:  # noqa: PLR2004 - more than that are told with their terms, not after them
        files = list(dict.fromkeys(t.source.path for t in terms if t.source is not None))
        return f" [{files[0]}]" if len(files) == 1 else f" [{len(files)} files]"
    return f" [{'; '.join(paths)}]" if paths else ""


def equation(reckoning: Reckoning) -> str:
    """Return how a figure comes about, and what the night shows where that is something else."""
    words = _WORDS[reckoning.how](reckoning)
    if not reckoning.agrees:
        words += f" ⚠ shown as {value_words(reckoning.figure, reckoning.shown)}"
    return words


def _stated(reckoning: Reckoning) -> str:
    term = reckoning.terms[0]
    where = source_words(term.source)
    if term.kind == "unnamed":
        return f"the file names other parties only [{where}]"
    if term.kind == "holder":
        return f"the seat was held by {party_short(term.name or '')} [{where}]"
    return f"stated [{where}]" if where else "as counted; no file is at hand"


def _sum(reckoning: Reckoning) -> str:
    told = [t for t in reckoning.terms if t.value or t.kind not in _PLACES]
    silent = len(reckoning.terms) - len(told)
    words = ""
    for term in told:
        sign = "−" if _is_taken(reckoning.figure, term) else "+"
        words += f" {sign} {_term(term, reckoning.party)}" if words or sign == "−" else _term(term, reckoning.party)
    if silent:
        words += f"{' + ' if words else ''}0 in {silent} {'others' if words else 'places'}"
    return words.strip() + files_words(reckoning.terms)


def _is_taken(figure: FigureName, term: Term) -> bool:
    """Whether a term is taken away, a 0 included."""
    if not isinstance(term.value, int) or term.value:
        return isinstance(term.value, int) and term.value < 0
    if figure in {"needs", "undeclared"}:
        return term.kind not in {"majority", "up"}
    return (figure, term.kind) in {("change", "before"), ("before", "stated-change")}


def _term(term: Term, party: str | None) -> str:
    number = grouped(abs(term.value)) if isinstance(term.value, int) else str(term.value)
    if term.kind in _NAMED:
        return f"{term.name} {number}"
    words = _TERMS.get(term.kind, term.kind)
    other = term.name is not None and term.name != party
    return f"{number} {party_short(term.name)} {words}" if other and term.name else f"{number} {words}"


def _majority(reckoning: Reckoning) -> str:
    numbers = {t.kind: t.value for t in reckoning.terms}
    if reckoning.figure == "certain":
        return reckoning.note or "by arithmetic"
    needed, total = numbers["majority"], numbers["total"]
    largest = next((t for t in reckoning.terms if t.kind in {"after", "before"}), None)
    if largest is None:
        return f"nobody holds a seat; a majority of {total} is {needed}"
    held = f"{party_short(largest.name or '')} {largest.value}"
    if isinstance(largest.value, int) and isinstance(needed, int) and largest.value >= needed:
        return f"{held} ≥ {needed}, a majority of {total}{files_words(reckoning.terms)}"
    return f"the largest, {held}, is short of {needed}, a majority of {total}{files_words(reckoning.terms)}"


def _comparison(reckoning: Reckoning) -> str:
    control, previous = (t.value for t in reckoning.terms[:2])
    before = "a control that is not known" if previous is None else "no predecessor" if previous == "NEW" else previous
    return f"{control or 'a control that is not known'} after {before}"


def _share(reckoning: Reckoning) -> str:
    ballots, electorate = reckoning.terms[:2]
    return f"{_term(ballots, None)} of {_term(electorate, None)}{files_words(reckoning.terms)}"


def _unknown(reckoning: Reckoning) -> str:
    return reckoning.note or "not known"


_WORDS: Final = {
    "stated": _stated,
    "sum": _sum,
    "majority": _majority,
    "comparison": _comparison,
    "share": _share,
    "unknown": _unknown,
}
