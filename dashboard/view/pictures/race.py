"""The race to the majority line, of a chamber or of one council: what each party has, what is still out, the line."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from dashboard.count.night import Area, Election, PartyTally
from dashboard.view.bars import eighths
from dashboard.view.composition import majority_of
from dashboard.view.lines import Piece, cells
from dashboard.view.pictures.ink import marks, spelt
from dashboard.view.pictures.scene import Picture, Scene, newest_declared, notice, short_name
from dashboard.view.pieces import Line, fitted, line, party_style
from dashboard.view.words import by_seats, clock_words, grouped
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


class Runner(NamedTuple):
    """A party on its way: the seats it has, the most it can reach, and how far it is in words."""

    party: str
    has: int
    most: int
    words: str


class Course(NamedTuple):
    """What is run over: the line, the seats still out (None where not known), and who runs, most seats first."""

    goal: int
    out: int | None
    runners: Sequence[Runner]

    @property
    def scale(self) -> int:
        """The seats at the right end of the tracks: a little more than the line or the leader."""
        most = max([self.goal, *(runner.has for runner in self.runners)])
        return most + max(1, most // 20)

    def line_cell(self, width: int) -> int:
        """Return the cell of a track in which the line stands."""
        return min(width - 1, self.goal * width // self.scale)


def race(scene: Scene, width: int, height: int) -> Picture:
    """Return a track for each party of a chamber, the line through all of them."""
    election = scene.election
    goal = election.line.seats if election is not None else None
    if election is None or goal is None:
        return Picture(title="Race", lines=notice("there is no majority line", width, height), is_drawn=False)
    title = f"Race to {goal:,}"
    out = still_out(election)
    if out is not None:
        title += f" · {many(out, 'seat')} still out"
    runners = [
        Runner(p.party, p.seats, p.seats + (out or 0), _words(p, scene))
        for p in election.parties
        if p.party != NOC and p.seats
    ]
    if not runners:
        return Picture(title=title, lines=notice("no seat is declared yet", width, height), is_drawn=False)
    return Picture(title=title, lines=_tracks(Course(goal, out, runners), scene, width, height))


def council_race(scene: Scene, width: int, height: int) -> Picture:
    """Return the same for the council that the reader points at, else for the one declared last.

    A council whose count goes on has what stays and what is won so far; each party reaches as far as its candidates.
    """
    area = newest_declared(scene)
    if area is None or not area.total:
        words = "no council yet" if area is None else "how many seats there are is not known"
        return Picture(title="Race for a council", lines=notice(words, width, height), is_drawn=False)
    goal = majority_of(area.total)
    title = f"{area.name} · race to {goal:,}"
    runners = council_runners(area)
    if not runners:
        return Picture(
            title=title, lines=notice("what stays of the council is not known", width, height), is_drawn=False
        )
    out = 0 if area.is_declared else area.undeclared
    if out:
        title += f" · {many(out, 'seat')} still out"
    return Picture(title=title, lines=_tracks(Course(goal, out, runners), scene, width, height))


def council_runners(area: Area) -> list[Runner]:
    """Return the parties of a council, most seats first: after the result, else by what they can still win."""
    goal = majority_of(area.total or 0)
    if area.is_declared:
        held = {code: number for code, number in (area.composition or {}).items() if code != "VAC"}
        return [Runner(code, seats, seats, _short(seats, goal)) for code, seats in by_seats(held) if seats]
    has = {path.party: path.most - path.available for path in area.paths}
    runners = []
    for path in sorted(area.paths, key=lambda path: -has[path.party]):
        words = "cannot reach it" if path.most < goal else "certain" if path.least >= goal else ""
        runners.append(Runner(path.party, has[path.party], path.most, words or _short(has[path.party], goal)))
    return runners


def _short(seats: int, goal: int) -> str:
    if seats < goal:
        return f"{goal - seats:,} short"
    return f"{seats - goal:,} more than needed" if seats > goal else "exactly enough"


def _tracks(course: Course, scene: Scene, width: int, height: int) -> tuple[Line, ...]:
    shown = course.runners[: max(1, min(MOST, height - 2))]
    thick = 3 if len(shown) * 3 + 2 <= height else 2 if len(shown) * 2 + 2 <= height else 1
    own = marks([runner.party for runner in shown], scene.ink)
    names = max(cells(short_name(runner.party)) for runner in shown) + 4
    words = [runner.words for runner in shown]
    track = width - names - 7 - max(cells(text) for text in words) - 1
    if track < LEAST_BAR:
        words, track = [""] * len(shown), width - names - 8
    lines = [_head(course, names + 7, track)]
    for runner, text in zip(shown, words, strict=True):
        bar = _track(runner, course, track)
        label = line((f" {own[runner.party]} {short_name(runner.party)}", party_style(runner.party)))
        seats = line((grouped(runner.has).rjust(6) + " ", "strong"))
        lines.append(line(*fitted(label, names), *seats, *bar, (f" {text}", "quiet")))
        lines += [line((" " * (names + 7), ""), *bar)] * (1 if thick == 3 else 0)  # noqa: PLR2004
        lines += [()] * (1 if thick > 1 else 0)
    rest = course.runners[len(shown) :]
    if rest:
        named = "  ".join(f"{short_name(runner.party)} {runner.has:,}" for runner in rest)
        lines.append(fitted(line((f" and {named}", "quiet")), width))
    return spelt(lines, scene.ink)


def _words(runner: PartyTally, scene: Scene) -> str:
    election, frame = scene.election, scene.frame
    if election is None or election.line.seats is None:
        return ""
    if election.line.party == runner.party:
        at = election.line.reached_at
        return "reached it" if at is None else f"reached it at {clock_words(at, frame.zone, frame.begin)}"
    return f"{max(0, election.line.seats - runner.seats):,} short"


def _head(course: Course, left: int, width: int) -> Line:
    at = course.line_cell(width)
    text = f"{course.goal:,} ▼"
    note = f"{OUT} {course.out:,} still out" if course.out else ""
    if cells(note) + cells(text) + 1 > at:
        note = ""
    gap = max(0, at + 1 - cells(text) - cells(note))
    return line((" " * left, ""), (note, "quiet"), (" " * gap, ""), (text, "accent"))


def _track(runner: Runner, course: Course, width: int) -> Line:
    """Return what a party has, then the seats that are still out as far as they would take it, and the line."""
    won = eighths(runner.has, course.scale, width)
    reach = min(width, runner.most * width // course.scale)
    text = (won + OUT * (reach - len(won))).ljust(width)
    at = course.line_cell(width)
    pieces: list[Piece] = []
    for left, right in ((0, at), (at + 1, width)):
        solid = text[left : min(right, len(won))] if left < len(won) else ""
        pieces += [(solid, party_style(runner.party)), (text[left + len(solid) : right], "quiet")]
        if right == at:
            pieces.append(("┃" if at >= len(won) else "┊", "accent"))
    return line(*pieces)
