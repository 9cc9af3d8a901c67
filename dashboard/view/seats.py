"""The seats panel as data: a row for every party, who is near the line, and what is not shown."""

import msgspec

from dashboard.count.night import Election, PartyTally
from dashboard.view.extent import has_councils
from dashboard.view.frame import Frame
from dashboard.view.pieces import Line, line, party_style
from dashboard.view.words import clock_words, grouped, party_short
from feeds.report import NOC


class SeatRow(msgspec.Struct, frozen=True, kw_only=True):
    """One party's row. None is "not known" or "does not apply", never zero."""

    party: str
    seats: int | None
    change: int | None
    areas: int | None
    areas_change: int | None

    @property
    def before(self) -> int | None:
        """Where the party stood by the change beside it: its seats less that change; None where it is not known."""
        if self.seats is None or self.change is None:
            return None
        return max(0, self.seats - self.change)


class SeatTable(msgspec.Struct, frozen=True, kw_only=True):
    """The rows that are shown, those that are not, the seats that fill a bar, and the line, where there is one."""

    rows: tuple[SeatRow, ...]
    rest: tuple[SeatRow, ...]
    largest: int
    line: int | None
    with_areas: bool


def seat_table(election: Election, most: int) -> SeatTable:
    """Return at most `most` rows, most seats first, no overall control last and always there.

    Control has columns of its own only where areas have several seats: in a parliament it would say the seats again.
    """
    with_areas = election.kind in {"local", "mayor"} or has_councils(election)
    tallies = [p for p in election.parties if p.party != NOC]
    noc = [p for p in election.parties if p.party == NOC] if with_areas else []
    room = max(1, most - len(noc))
    if len(tallies) > room:
        room -= 1  # a line that names the rest
    shown = [*tallies[:room], *noc]
    largest = max([1, *(max(p.seats, p.seats - (p.change or 0)) for p in tallies)])
    return SeatTable(
        rows=tuple(_row(p, election) for p in shown),
        rest=tuple(_row(p, election) for p in tallies[room:]),
        largest=max(largest, election.line.seats or 0),
        line=election.line.seats,
        with_areas=with_areas,
    )


def _row(tally: PartyTally, election: Election) -> SeatRow:
    is_noc = tally.party == NOC
    changed = election.baseline != "none" and bool(election.declared)
    return SeatRow(
        party=tally.party,
        seats=None if is_noc else tally.seats,
        change=None if is_noc else tally.change,
        areas=tally.areas if election.declared else None,
        areas_change=tally.areas_change if changed else None,
    )


def rest_words(rest: tuple[SeatRow, ...]) -> Line:
    """Return the parties without a row of their own, each with its seats: nothing is summed without a name."""
    out: list[tuple[str, str]] = []
    for row in rest:
        out.append((f"{party_short(row.party)} ", party_style(row.party)))
        out.append((f"{grouped(row.seats)}  ", ""))
    return line(*out)


def line_words(frame: Frame) -> Line:
    """Return what is to be said of a chamber's majority line; empty where there is none."""
    election = frame.election
    if election is None or election.line.seats is None:
        return ()
    goal = ("┊ ", "accent"), (f"{election.line.seats} for a majority", "strong")
    reached = election.line
    if reached.party is not None:
        when = "" if reached.reached_at is None else f" at {clock_words(reached.reached_at, frame.zone, frame.begin)}"
        return line(
            *goal,
            "  ",
            (party_short(reached.party), party_style(reached.party)),
            (f" reached it{when}", "strong"),
        )
    leaders = [p for p in election.parties if p.party != NOC and p.seats]
    if not leaders:
        return line(*goal)
    first = leaders[0]
    short = max(0, (election.line.seats or 0) - first.seats)
    return line(*goal, "  ", (party_short(first.party), party_style(first.party)), f" {short:,} short of it")
