"""The ticker as data: who said what, or, while nobody has said anything, the newest declarations."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from dashboard.count.night import Area, Said
from dashboard.view.frame import Frame
from dashboard.view.pieces import Line, line, party_mark, party_style
from dashboard.view.rows import detail_words
from dashboard.view.told import told
from dashboard.view.words import moment_words, outcome_words, party_short

MOST: Final = 24
"""Lines that go round; older ones have been read."""

GAP: Final = "    ·    "


def ticker_lines(frame: Frame) -> list[Line]:
    """Return the lines of the ticker, newest first; empty while nothing has happened."""
    if frame.night.quotes:
        return [_quote(said) for said in list(frame.night.quotes)[: -MOST - 1 : -1]]
    return [_declaration(area, frame) for area in islice(newest_declared(frame), MOST)]


def newest_declared(frame: Frame) -> Iterator[Area]:
    """Yield the areas that stand declared, the last declared first, each as it is now and not as it was then."""
    election = frame.election
    if election is None:
        return
    order = told(frame.night.happenings, election.id).order
    standing = [area for area in election.areas if area.is_declared and area.id in order]
    yield from sorted(standing, key=lambda area: order[area.id], reverse=True)


def _quote(said: Said) -> Line:
    quote = said.quote
    who = [quote.speaker]
    role = quote.role or (party_short(quote.party) if quote.party else None)
    if role:
        who.append(role)
    if quote.area and quote.area not in (role or ""):
        who.append(quote.area)
    mark = (party_mark(quote.party), " ") if quote.party else ()
    return line(("❝ ", "quiet"), (quote.text, "strong"), (" ❞ ", "quiet"), *mark, (", ".join(who), "quiet"))


def _declaration(area: Area, frame: Frame) -> Line:
    mark = (party_mark(area.control), " ") if area.control else ()
    when = moment_words(area.declared, frame.zone, frame.begin)
    return line(
        (f"{when}  ", "quiet"),
        (f"{area.name}: ", "strong"),
        *mark,
        (outcome_words(area), party_style(area.control)),
        f", {detail_words(area)}",
    )


def joined(lines: list[Line]) -> Line:
    """Return the lines as one, with a gap after each, so that it can go round."""
    return tuple(piece for each in lines for piece in (*each, (GAP, "faint")))
