"""The race to the majority line: what each party has won, and the seats that are still out, against the line."""

from typing import Final

from dashboard.count.night import Election, PartyTally
from dashboard.view.bars import eighths
from dashboard.view.lines import Piece, cells
from dashboard.view.pictures.ink import marks, spelt
from dashboard.view.pictures.scene import Picture, Scene, notice, short_name
from dashboard.view.pieces import Line, fitted, line, party_style
from dashboard.view.words import clock_words, grouped
from feeds.plural import many
from feeds.report import NOC

MOST: Final = 10
LEAST_BAR: Final = 12
OUT: Final = "░"


def still_out(election: Election) -> int | None:
    """Return how many of the election's seats nobody has been said to have won; None where that is not known."""
    if election.seats_up is None:
        return None
    return max(0, election.seats_up - sum(p.seats for p in election.parties if p.party != NOC))


def race(scene: Scene, width: int, height: int) -> Picture:
    """Return a track for each party, the line through all of them."""
    election = scene.election
    goal = election.line.seats if election is not None else None
    if election is None or goal is None:
        return Picture(title="Race", lines=notice("there is no majority line", width, height))
    title = f"Race to {goal:,}"
    out = still_out(election)
    if out is not None:
        title += f" · {many(out, 'seat')} still out"
    runners = [p for p in election.parties if p.party != NOC and p.seats]
    if not runners:
        return Picture(title=title, lines=notice("no seat is declared yet", width, height))
    shown = runners[: max(1, min(MOST, height - 2))]
    thick = 3 if len(shown) * 3 + 2 <= height else 2 if len(shown) * 2 + 2 <= height else 1
    own = marks([p.party for p in shown], scene.ink)
    names = max(cells(short_name(p.party)) for p in shown) + 4
    words = [_words(p, scene) for p in shown]
    track = width - names - 7 - max(cells(text) for text in words) - 1
    if track < LEAST_BAR:
        words, track = [""] * len(shown), width - names - 8
    lines = [_head(goal, election, names + 7, track, out)]
    for runner, text in zip(shown, words, strict=True):
        bar = _track(runner, election, track, out)
        label = line((f" {own[runner.party]} {short_name(runner.party)}", party_style(runner.party)))
        seats = line((grouped(runner.seats).rjust(6) + " ", "strong"))
        lines.append(line(*fitted(label, names), *seats, *bar, (f" {text}", "quiet")))
        lines += [line((" " * (names + 7), ""), *bar)] * (1 if thick == 3 else 0)  # noqa: PLR2004
        lines += [()] * (1 if thick > 1 else 0)
    rest = runners[len(shown) :]
    if rest:
        named = "  ".join(f"{short_name(p.party)} {p.seats:,}" for p in rest)
        lines.append(fitted(line((f" and {named}", "quiet")), width))
    return Picture(title=title, lines=spelt(lines, scene.ink))


def _words(runner: PartyTally, scene: Scene) -> str:
    election, frame = scene.election, scene.frame
    if election is None or election.line.seats is None:
        return ""
    if election.line.party == runner.party:
        at = election.line.reached_at
        return "reached it" if at is None else f"reached it at {clock_words(at, frame.zone, frame.begin)}"
    return f"{max(0, election.line.seats - runner.seats):,} short"


def _scale(election: Election) -> int:
    """Return the seats at the right end of the tracks: a little more than the line or the leader."""
    most = max([election.line.seats or 1, *(p.seats for p in election.parties if p.party != NOC)])
    return most + max(1, most // 20)


def _line_cell(election: Election, width: int) -> int:
    return min(width - 1, (election.line.seats or 0) * width // _scale(election))


def _head(goal: int, election: Election, left: int, width: int, out: int | None) -> Line:
    at = _line_cell(election, width)
    text = f"{goal:,} ▼"
    note = f"{OUT} {out:,} still out" if out else ""
    if cells(note) + cells(text) + 1 > at:
        note = ""
    gap = max(0, at + 1 - cells(text) - cells(note))
    return line((" " * left, ""), (note, "quiet"), (" " * gap, ""), (text, "accent"))


def _track(runner: PartyTally, election: Election, width: int, out: int | None) -> Line:
    """Return what a party has won, then the seats that are still out as far as they would take it, and the line."""
    scale = _scale(election)
    won = eighths(runner.seats, scale, width)
    reach = min(width, (runner.seats + (out or 0)) * width // scale)
    text = (won + OUT * (reach - len(won))).ljust(width)
    at = _line_cell(election, width)
    pieces: list[Piece] = []
    for left, right in ((0, at), (at + 1, width)):
        solid = text[left : min(right, len(won))] if left < len(won) else ""
        pieces += [(solid, party_style(runner.party)), (text[left + len(solid) : right], "quiet")]
        if right == at:
            pieces.append(("┃" if at >= len(won) else "┊", "accent"))
    return line(*pieces)
