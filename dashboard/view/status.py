"""The status lines as data: which night, how far it is, how the clock runs, and what cannot be missed."""

import math
from datetime import timedelta
from typing import Final

from dashboard.count.night import Election
from dashboard.view.among import Removed, among
from dashboard.view.bars import eighths
from dashboard.view.feed import LAST_GOOD, feed_banners, polling_words
from dashboard.view.frame import Frame
from dashboard.view.lines import Piece
from dashboard.view.measures import baseline_brief, change_since, change_words
from dashboard.view.pieces import Line, between, line, party_mark, party_style, width_of
from dashboard.view.ticker import newest_declared
from dashboard.view.words import grouped, moment_words, outcome_words, party_short, span_words
from feeds.plural import many
from feeds.report import NOC

NAME: Final = "ELECTION NIGHT"

NOUNS: Final = {
    "local": "council",
    "parliament": "seat",
    "assembly": "area",
    "mayor": "mayor",
    "by-election": "by-election",
}

MOST_IN_STATUS: Final = 3
"""So many areas that explain a difference are named in the status line; of more their number."""

LEAST_BAR: Final = 14
"""Cells that a bar and the margins beside it need at least."""

THIRD_LINE: Final = 160
"""Cells from which the status has a third line, which says in full whether the publisher's totals agree."""

LONG_QUIET: Final = timedelta(minutes=30)
"""After so long without a file, while results are still out, the status line says so louder."""


def day_words(frame: Frame) -> str:
    """Return the poll date in words: `5 May 2022`; empty where it is not known."""
    election = frame.election
    day = (election.poll_date if election else None) or frame.night.poll_date or frame.night.settings.poll_date
    return "" if day is None else f"{day.day} {day:%B %Y}"


def heading(frame: Frame) -> Line:
    """Return the name of the program and of what is counted."""
    election = frame.election
    title = frame.night.settings.title or ""
    name = election.name if election else title
    several = len(frame.night.elections) > 1
    day = day_words(frame)
    words = title if title and not several else name
    if day and day not in words:
        words = f"{words}, {day}" if words else day
    return line((NAME, "title"), "  ", (words, "strong"))


def speed_words(speed: float) -> str:
    """Return a replay's speed: `×60`, `×0.5`, `×max`."""
    if math.isinf(speed):
        return "×max"
    return f"×{speed:g}"


def mode_chip(frame: Frame) -> Piece:
    """Return how the clock runs, on a ground of its own."""
    if frame.live:
        if not frame.paused:
            late = f" · {span_words(frame.delay)} late" if frame.delay else ""
            polling = " · polling" if polling_words(frame.feed) else ""
            return (f" ● LIVE{polling}{late} ", "chip:success")
        behind = f" · {frame.behind:,} behind" if frame.behind else ""
        return (f" ❚❚ PAUSED{behind} ", "chip:warning")
    if frame.paused:
        return (" ❚❚ REPLAY PAUSED ", "chip:warning")
    if frame.as_at >= frame.end:
        return (" ■ REPLAY END ", "chip:primary")
    return (f" ▶ REPLAY {speed_words(frame.speed)} ", "chip:primary")


def clock(frame: Frame) -> Piece:
    """Return the time in the night's zone, to the second: `Fri 02:41:07`."""
    return (f"{frame.as_at.astimezone(frame.zone):%a %H:%M:%S}", "strong")


def _quiet(frame: Frame) -> Piece:
    gone = frame.quiet
    if gone is None:
        return ("", "")
    words = span_words(gone)
    election = frame.election
    waiting = election is not None and election.status == "provisional"
    if gone >= LONG_QUIET and waiting:
        return (f"no feed for {words}", "warning")
    return (f"feed {words} ago", "quiet")


def troubles(frame: Frame) -> Piece:
    """Return the number of problems in words: quarantined files and warnings; conflicts have their banner."""
    number = len(frame.night.problems)
    words = "1 problem" if number == 1 else f"{number:,} problems"
    return (words, "warning" if number else "quiet")


def title_line(frame: Frame, width: int) -> Line:
    """Return the first line of the screen, `width` cells wide: what is counted, how the clock runs, problems."""
    waiting = (f"{frame.backlog:,} to count", "accent") if frame.backlog else ("", "")
    sums = _sums(frame, width)
    number = len(frame.night.problems)
    few = (f"⚠ {number:,}", "warning") if number else ("", "")
    mode, now = mode_chip(frame), clock(frame)
    long, short = heading(frame), heading(frame)[2:]
    choices = (
        (long, (mode, now, _quiet(frame), waiting, sums, troubles(frame))),
        (long, (mode, now, waiting, sums, troubles(frame))),
        (long, (mode, now, sums, few)),
        (short, (mode, now, sums, troubles(frame))),
        (short, (mode, now, sums, few)),
        (short, (mode, now, few)),
    )
    sides: tuple[Line, Line] = ((), ())
    for left, right in choices:
        sides = (line(" ", *left), line(*_spaced(right), " "))
        if width_of(sides[0]) + width_of(sides[1]) < width:
            break
    return between(*sides, width)


def _sums(frame: Frame, width: int) -> Piece:
    totals = totals_words(frame.election) if frame.election is not None and width < THIRD_LINE else None
    if totals is None:
        return ("", "")
    return (f"{totals[0][0]} totals", totals[1])


def _spaced(parts: tuple[Piece, ...]) -> list[Piece]:
    return [piece for part in parts if part[0] for piece in (("  ", ""), part)]


def progress_words(frame: Frame) -> tuple[Line, ...]:
    """Return how far the count is, and what change is measured against: in full, then in fewer and fewer words."""
    election = frame.election
    if election is None:
        files = frame.night.files.seen
        seen = f" · {many(files, 'file')} seen" if files else ""
        return (line(("waiting for the first result", "strong"), (seen, "quiet")),)
    areas = f"{election.declared:,} of {many(election.expected, NOUNS.get(election.kind, 'area'))}"
    partial = f" + {election.partial:,} part" if election.partial else ""
    seats = few_seats = ""
    if election.kind != "parliament":
        up = f" of {grouped(election.seats_up)}" if election.seats_up is not None else ""
        seats, few_seats = (f" · {election.seats_declared:,}{part} seats" for part in (up, ""))
    status = f" · {election.status}"
    return (
        line((areas, "strong"), partial, seats, (f"{status} · {change_words(election)}", "quiet")),
        line((areas, "strong"), seats, (f"{status} · {change_since(election.baseline)}", "quiet")),
        line((areas, "strong"), few_seats, (f"{status} · ± {baseline_brief(election.baseline)}", "quiet")),
        line((areas, "strong"), few_seats, (status, "quiet")),
    )


def progress_line(frame: Frame, width: int) -> Line:
    """Return the bar of the count and its figures, `width` cells wide."""
    told = progress_words(frame)
    words = next((words for words in told if width - width_of(words) >= LEAST_BAR), told[-1])
    bar = max(0, width - width_of(words) - 4)
    election = frame.election
    done, whole = (0, 1) if election is None else _progress(election)
    filled = eighths(done, whole, bar)
    return line(" ", (filled, "accent"), ("░" * (bar - len(filled)), "faint"), "  ", *words, " ")


def _progress(election: Election) -> tuple[int, int]:
    if election.seats_up:
        return election.seats_declared, election.seats_up
    return election.declared, election.expected


def third_line(frame: Frame, width: int) -> Line:
    """Return what stands beside the count, `width` cells wide at most.

    How the feed is watched if not as usual, how the other elections stand, whether the publisher's totals agree, and
    what came last.
    """
    polling = polling_words(frame.feed)
    parts = [*([line((polling, "warning"))] if polling else []), *_others(frame), *_checks(frame), *_latest(frame)]
    out: list[Piece] = [(" ", "")]
    for number, part in enumerate(parts):
        joined = (*(((" · ", "quiet"),) if number else ()), *part)
        if width_of(out) + width_of(joined) > width - 1:
            break
        out.extend(joined)
    return tuple(out) if parts else ()


def _latest(frame: Frame) -> list[Line]:
    newest = newest_declared(frame, 1)
    if not newest:
        return []
    area = newest[0]
    mark = (party_mark(area.control), " ") if area.control else ()
    when = moment_words(area.declared, frame.zone, frame.begin)
    words = (outcome_words(area), party_style(area.control))
    return [line(("latest: ", "quiet"), f"{when} ", (f"{area.name} ", "strong"), *mark, words)]


def _others(frame: Frame) -> list[Line]:
    lines = []
    for election in frame.night.elections:
        if election.id == frame.election_id:
            continue
        leaders = [p for p in election.parties if p.party != NOC and p.seats][:3]
        figures = [piece for p in leaders for piece in ((" ", ""), *_party_seats(p.party, p.seats))]
        counted = f" {election.declared:,} of {election.expected:,}"
        lines.append(line((election.name, "strong"), (counted, "quiet"), *figures, ("  e ", "key")))
    return lines


def _party_seats(code: str, seats: int) -> tuple[Piece, ...]:
    return (party_mark(code), (f" {party_short(code)} {seats:,}", party_style(code)))


def totals_words(election: Election) -> Piece | None:
    """Return whether the publisher's totals agree with ours, and if not, which areas may be why; None without any."""
    compared = [check for check in election.totals_checks if check.agrees is not None]
    if not compared:
        return None
    check = max(compared, key=lambda c: (not c.agrees, c.areas))
    if check.agrees:
        return (f"✓ {check.publisher} totals agree", "good")
    names = list(dict.fromkeys(one.area for one in check.explained))
    single = all(one.among == 1 for one in check.explained)
    if len(names) > MOST_IN_STATUS:
        where = f": {'' if single else 'one of '}{many(len(names), NOUNS.get(election.kind, 'area'))}"
    else:
        where = f": {(' and ' if single else ' or ').join(names)}" if names else ""
    return (f"⚠ {check.publisher} totals differ{where}", "warning")


def _checks(frame: Frame) -> list[Line]:
    election, night = frame.election, frame.night
    lines: list[Line] = []
    totals = totals_words(election) if election is not None else None
    if totals is not None:
        lines.append(line(totals))
    if night.corrections:
        number = len(night.corrections)
        lines.append(line((f"{number:,} correction{'s' if number != 1 else ''}", "warning"), ("  c ", "key")))
    if election is not None and election.certain:
        lines.append(line((f"{len(election.certain):,} more certain by arithmetic", "accent")))
    if election is not None and election.time_unknown:
        lines.append(line((f"{election.time_unknown:,} declared at an unknown time", "quiet")))
    if night.unknown_parties:
        names = ", ".join(name for _, name in night.unknown_parties[:3])
        lines.append(line((f"parties not in the register: {names}", "quiet")))
    return lines


def banners(frame: Frame) -> list[tuple[str, str, str]]:
    """Return what cannot be missed, the gravest first: word, sentence, and the theme's colour of its ground."""
    night = frame.night
    out: list[tuple[str, str, str]] = []
    if frame.alarm is not None:
        out.append(("STALE", f"{frame.alarm}; {LAST_GOOD}", "error"))
    out += feed_banners(frame.feed, frame.zone)
    if frame.recording is not None:
        out.append(("NOT RECORDED", f"{frame.recording}; the watching goes on", "error"))
    if night.test:
        more = f" (and {len(night.test) - 1:,} more)" if len(night.test) > 1 else ""
        out.append(("TEST", f"test data, not for publication: {night.test[0]}{more}", "error"))
    if night.settings.rehearsal:
        out.append(("REHEARSAL", "a past night delivered as if live, not tonight's results", "warning"))
    if night.conflicts:
        out.append((f"CONFLICT ({len(night.conflicts):,})", f"{night.conflicts[0].what} · c shows all", "error"))
    removed = sum(among(Removed, night, election).number for election in night.elections)
    if removed:
        out.append(
            (
                f"SOURCE REMOVED ({removed:,})",
                "files of counted results are gone; the figures stay",
                "warning",
            )
        )
    return out
