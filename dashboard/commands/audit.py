"""The command `audit`: the files behind a figure, and the sum."""

import difflib
import shutil
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

import click

from dashboard.commands.choosing import answer_option, at_option, baseline_option, election_option
from dashboard.commands.options import NAME, Refused
from dashboard.commands.source import measured, played
from dashboard.count.audit import TOTAL_FIGURES, Audit, TotalAudit, audit_total
from dashboard.count.audit import audit as proof_of
from dashboard.count.night import Area, Election, Night
from dashboard.player import Player
from dashboard.view.audit import audit_sections, audit_title, total_sections, totals_title
from dashboard.view.document import json_text
from dashboard.view.grids import banners, instant_words
from dashboard.view.lines import Row, Section, flattened
from dashboard.view.named import named
from dashboard.view.proofs import proofs
from dashboard.view.tally import ordered
from dashboard.view.words import party_short
from feeds.parties import party_code
from feeds.places import folded_place
from feeds.report import BaselineName
from feeds.text import inert

ALL: Final = "all"
PIPE_WIDTH: Final = 1_000
"""Columns where the output is no terminal: a sum stays on one line there."""

RULE: Final = 80
"""Columns of the rules between sections there."""

NEAREST: Final = 3


@click.command(epilog="Example: election-night audit 2022-05-05-local Wandsworth LAB")
@click.argument("source", metavar="SOURCE", type=NAME)
@click.argument("area", metavar="AREA", default=ALL)
@click.argument("party", metavar="PARTY", required=False)
@answer_option
@at_option
@election_option
@baseline_option
def audit(
    *,
    source: str,
    area: str,
    party: str | None,
    form: Literal["table", "json"],
    at: str | None,
    election: str | None,
    baseline: BaselineName | None,
) -> None:
    """Show where the figures of AREA come from: files, revisions, times of arrival, hashes, and the sum.

    PARTY leaves only that one's. Without AREA, or with "all", the parties' figures over the whole election.
    """
    player, as_at = played(source, at)
    if baseline is not None:
        measured(player, baseline)
    night = player.night
    try:
        elections = named(night, election)
    except ValueError as problem:
        raise Refused(str(problem)) from problem
    if area.casefold() == ALL:
        answer: tuple[list[Audit], list[TotalAudit]] = ([], _totals(player, elections, party))
    else:
        answer = (_areas(player, elections, area, party), [])
    if form == "json":
        sys.stdout.write(json_text(proofs(night, as_at, *answer)))
    else:
        _print(night, as_at, *answer, in_full=party is not None)


def _areas(player: Player, elections: Iterable[Election], name: str, party: str | None) -> list[Audit]:
    """Return the proofs of the area of that name or code, in each election that has one."""
    elections = tuple(elections)
    found = [(e, a) for e in elections for a in e.areas if _is(a, name)]
    if not found:
        raise Refused(f"no area “{name}” in this night{_nearest(name, [a.name for e in elections for a in e.areas])}")
    witness, entries = player.witness(), player.files()
    whole = [proof_of(player.night, e.id, a.id, witness=witness, entries=entries) for e, a in found]
    if party is None:
        return whole
    there = {r.party for proof in whole for r in proof.reckonings if r.party is not None}
    code = _party(party, there, found[0][1].name)
    return [proof_of(player.night, e.id, a.id, code, witness=witness, entries=entries) for e, a in found]


def _is(area: Area, name: str) -> bool:
    return folded_place(area.name) == folded_place(name) or (area.code or "").casefold() == name.strip().casefold()


def _nearest(name: str, names: Sequence[str]) -> str:
    folded = {folded_place(n): n for n in names}
    near = difflib.get_close_matches(folded_place(name), folded, n=NEAREST, cutoff=0.6)
    if not near:
        near = [n for n in folded if folded_place(name) in n][:NEAREST]
    return f"; did you mean {' or '.join(f'“{folded[n]}”' for n in near)}?" if near else ""


def _party(name: str, there: Iterable[str], where: str) -> str:
    codes = sorted(there)
    try:
        code = party_code(name)
    except ValueError:
        code = ""
    if code not in codes:
        raise Refused(f"no party “{name}” in {where}; there are: {', '.join(codes) or 'none yet'}")
    return code


def _totals(player: Player, elections: Iterable[Election], party: str | None) -> list[TotalAudit]:
    witness = player.witness()
    found = []
    for election in elections:
        there = [row.party for row in ordered(election.parties)]
        codes = there if party is None else [_party(party, there, election.name)]
        found += [
            audit_total(player.night, election.id, code, figure, witness=witness)
            for code in codes
            for figure in TOTAL_FIGURES
        ]
    return found


def _print(
    night: Night, as_at: datetime, areas: Iterable[Audit], totals: Sequence[TotalAudit], *, in_full: bool
) -> None:
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else PIPE_WIDTH
    zone = ZoneInfo(night.settings.zone)
    _lines([*banners(night), f"as at {instant_words(as_at, zone)}"])
    for proof in areas:
        _page(audit_title(proof), audit_sections(proof, zone, width), width)
    for election in night.elections:
        mine = [t for t in totals if t.election_id == election.id]
        if mine:
            opened = None if in_full else frozenset[str]()
            _page(totals_title(election), total_sections(mine, election, width, opened), width)
            if not in_full:
                parties = " ".join(dict.fromkeys(party_short(t.party) for t in mine))
                _lines(["", f"area by area: name a party ({parties})"])


def _page(title: Row, sections: Iterable[Section], width: int) -> None:
    _lines(["", title.text, ""])
    _lines(row.text.rstrip() for row in flattened(sections, width if width < PIPE_WIDTH else RULE))


def _lines(lines: Iterable[str]) -> None:
    sys.stdout.writelines(f"{inert(line)}\n" for line in lines)
