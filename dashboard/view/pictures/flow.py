"""Gains and losses as a flow: who lost areas, and who won them."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from dashboard.count.night import Election
from dashboard.view.bars import eighths
from dashboard.view.lines import cells, cut
from dashboard.view.pictures.ink import marks, spelt
from dashboard.view.pictures.scene import Picture, Scene, centred, legend, notice, short_name
from dashboard.view.pieces import Line, fitted, line, party_style
from dashboard.view.words import UNKNOWN, by_seats, grouped, signed
from feeds.parties import rank

LEAST_BAR: Final = 8

Pair = tuple[str, str]
"""Who had an area, and who has it."""


def flows(election: Election) -> list[tuple[Pair, int]]:
    """Return how many areas went from whom to whom: the largest losers first, of each its largest losses first."""
    found = Counter((change.previous or UNKNOWN, change.control) for change in election.changes)
    lost: Counter[str] = Counter()
    for (previous, _), number in found.items():
        lost[previous] += number
    return sorted(found.items(), key=lambda item: (-lost[item[0][0]], rank(item[0][0]), -item[1], rank(item[0][1])))


def net(election: Election) -> list[tuple[str, int]]:
    """Return by how many areas each party that gained or lost any is up or down, the largest gains first."""
    touched = {code for change in election.changes for code in (change.control, change.previous) if code}
    rows = [(p.party, p.areas_change) for p in election.parties if p.party in touched]
    return sorted(rows, key=lambda row: (-row[1], rank(row[0])))


def flow(scene: Scene, width: int, height: int) -> Picture:
    """Return a line for each pair of parties between which areas went, and the parties' net change."""
    election = scene.election
    pairs = flows(election) if election is not None else []
    if election is None or not pairs:
        return Picture(
            title="Gains and losses", lines=notice("nothing has changed hands yet", width, height), is_drawn=False
        )
    title = f"Gains and losses · {len(election.changes):,} changed hands"
    codes = [code for code, _ in by_seats(_weights(pairs))]
    own = marks([code for code in codes if code != UNKNOWN], scene.ink) | {UNKNOWN: UNKNOWN}
    changes = [
        line((f"{own[code]} {short_name(code)} ", party_style(code)), signed(number)) for code, number in net(election)
    ]
    foot = centred([line(("net  ", "quiet"), *each) for each in legend(changes, width - 5, most=1)], width)
    room = height - len(foot) - 2
    shown = pairs if len(pairs) <= room else pairs[: max(1, room - 1)]
    airy = 2 * len(shown) + 2 <= room
    lines = [_head(width, _name_width(codes)), *_rows(shown, own, width, airy=airy, names=_name_width(codes))]
    rest = sum(number for _, number in pairs[len(shown) :])
    if rest:
        lines.append(line((cut(f" and {rest:,} more, between {len(pairs) - len(shown)} other pairs", width), "quiet")))
    lines += [()] * max(0, min(1, height - len(lines) - len(foot)))
    return Picture(title=title, lines=spelt([*lines, *foot][:height], scene.ink))


def _weights(pairs: Sequence[tuple[Pair, int]]) -> dict[str, int]:
    weights: Counter[str] = Counter()
    for (one, other), number in pairs:
        weights[one] += number
        weights[other] += number
    return weights


def _name_width(codes: Sequence[str]) -> int:
    return max(cells(short_name(code)) for code in codes) + 3


def _head(width: int, names: int) -> Line:
    return line(("from".rjust(names - 1), "head"), (" " * max(1, width - 2 * names - 5), ""), ("to", "head"))


def _rows(shown: Sequence[tuple[Pair, int]], own: dict[str, str], width: int, *, airy: bool, names: int) -> list[Line]:
    most = max(number for _, number in shown)
    room = max(LEAST_BAR, width - 2 * names - 8)
    lines: list[Line] = []
    last = None
    for (previous, control), number in shown:
        if airy and last is not None:
            lines.append(())
        before = line((f"{short_name(previous)} {own[previous]} ", party_style(previous)))
        left = fitted(before, names, right=True) if previous != last else line((" " * names, ""))
        bar = eighths(number, most, room)
        lines.append(
            line(
                *left,
                (bar, party_style(previous)),
                ("─" * (room - len(bar)) + "▶", "faint"),
                (f" {own[control]} {short_name(control)}", party_style(control)),
                (" " * max(1, names - cells(short_name(control)) - 2), ""),
                (grouped(number).rjust(4), "strong"),
            )
        )
        last = previous
    return lines
